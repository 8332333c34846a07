"""Leaving with work under way: the one question, what is kept, and where a draft is gone on with."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import clipboard, tempfiles, theme
from desktop.ui.common.drafts import Drafts
from desktop.ui.common.labels import button, label
from desktop.usecases.drafts import Draft


class LeaveQuestion(QDialog):
    """保存为草稿并关闭, or 回到填写; `leaving` after the first was chosen."""

    leaving = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("leaving")
        self.setWindowTitle(_("有没有保存的内容"))
        said = _("这一页还有没有保存的内容。可以存成草稿，下次打开时接着填写。")
        self.go = button(_("保存为草稿并关闭(&S)"), "primary")
        self.go.setObjectName("leaving.go")
        self.stay = button(_("回到填写(&B)"))
        self.stay.setObjectName("leaving.stay")
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self.accepted.connect(self.leaving)
        self.go.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(self.stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(label(said, wrap=True))
        column.addLayout(row)
        self.setMinimumWidth(theme.em(28))


def keep(
    drafts: Drafts, go_on: Callable[[], object], stay: Callable[[], object] = lambda: None
) -> None:
    """Write every draft, then `go_on`; `stay` if one of them could not be written."""

    def kept(_none: None) -> None:
        (stay if drafts.trouble else go_on)()

    drafts.keep_all()
    drafts.tasks.run(lambda _office: None, kept)


def ask(window: QWidget, drafts: Drafts, go_on: Callable[[], object]) -> LeaveQuestion:
    """Ask once; `go_on` is called when every draft is written. What can not be written keeps us."""
    known = window.findChild(LeaveQuestion)
    if known is not None and known.isVisible():
        return known
    question = LeaveQuestion(window)
    question.leaving.connect(lambda: keep(drafts, go_on))
    question.finished.connect(question.deleteLater)
    question.open()
    return question


def secure(drafts: Drafts, *, gone: bool = False) -> None:
    """Before the desk is left (锁定、关闭): drafts are written, copies and the clipboard go.

    `gone`: the office is closed and not only covered, nothing of it is remembered.
    """
    drafts.keep_all()
    if gone:
        clipboard.guard().clear()
    else:
        clipboard.guard().wipe()
    tempfiles.wipe()


@runtime_checkable
class Continues(Protocol):
    """A tab or page that can open the form of a draft."""

    def continue_draft(self, draft: Draft) -> None:
        """Open it."""


def resume(
    drafts: Drafts, draft: Draft, show: Callable[[str], None], find: Callable[[str], object]
) -> None:
    """Show the tab or page of a draft, and open its form unless it is open already.

    `show(key)` brings a tab or page to the front, `find(key)` returns it.
    """
    key = draft.place.form.split(".")[0]
    is_open = drafts.expect(draft)
    show(key)
    place = find(key)
    if not is_open and isinstance(place, Continues):
        place.continue_draft(draft)
