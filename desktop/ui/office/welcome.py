"""The first page: open an office file, make a new one, or try the sample office."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import Elided, button, label, tool
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.office.placewords import file_kinds
from desktop.ui.office.recent import UNFINISHED, forget, recent
from desktop.ui.office.thispc import AssociationLine, proposed_folder
from desktop.usecases.session import Session

if TYPE_CHECKING:  # its forms take their time; most starts open an office that is there
    from desktop.ui.office.newoffice import NewOfficePage


class WelcomePage(QWidget):
    """Shown while no office file is open; what can not be opened is said here.

    ``ask_path`` is how the clerk is asked for a file.
    """

    open_wanted = Signal(object)  # Path
    sample_wanted = Signal()
    created = Signal(object, object)  # Path, Session

    def __init__(
        self, clock: Callable[[], datetime], settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._clock = clock
        self._settings = settings
        self._new: NewOfficePage | None = None
        self.ask_path: Callable[[], str] = self._ask_path
        self.bar = MessageBar()
        self.bar.setObjectName("welcome.bar")
        self.open_button = button(_("打开数据文件(&O)…"), "primary", "open")
        self.new_button = button(_("新建本单位(&N)…"), "", "add")
        self.sample_button = button(_("用示例单位试用(&S)"), "", "building")
        for name, one, slot in (
            ("welcome.open", self.open_button, self._open),
            ("welcome.new", self.new_button, self.start_new),
            ("welcome.sample", self.sample_button, self._try_sample),
        ):
            one.setObjectName(name)
            one.clicked.connect(slot)
        self.new_hint = label("", "quiet", wrap=True)
        self.new_hint.setObjectName("welcome.new.hint")
        self.association = AssociationLine("welcome.association")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(theme.TIGHT)
        self._recent_title = label(_("最近打开"), "heading")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._front())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.reload()

    def reload(self) -> None:
        """Show the recent files anew, what was left unfinished, and what a double click does."""
        left = self._settings.value(UNFINISHED)
        self.new_hint.setText(
            _("上次没有填完，内容还在，可以接着填。")
            if left
            else _("第一次使用：填写单位，设定自己的密码，选定规则。")
        )
        self.association.reload()
        clear(self._recent)
        files = recent(self._settings)
        self._recent_title.setVisible(bool(files))
        for at, path in enumerate(files):
            self._recent.addWidget(self._recent_line(at, path))

    def show_error(self, error: BaseException) -> None:
        """Say why a file could not be opened or made; what is typed for a new office stays."""
        tell_trouble(self.bar if self._new is None else self._new.bar, error)

    def start_new(self) -> None:
        """Ask for a new office."""
        if self._new is not None:
            return
        self.bar.clear()
        from desktop.ui.office.newoffice import NewOfficePage

        self._new = NewOfficePage(self._clock, proposed_folder(), self._settings)
        self._new.cancelled.connect(self._leave_new)
        self._new.created.connect(self._created)
        self._stack.addWidget(self._new)
        self._stack.setCurrentWidget(self._new)

    def new_page(self) -> "NewOfficePage | None":
        """The form of a new office, while it is shown."""
        return self._new

    def stop(self) -> None:
        """End what runs in the background; called before the program ends."""
        if self._new is not None:
            self._new.stop()

    def _front(self) -> QWidget:
        inside = QWidget()
        inside.setMaximumWidth(theme.em(44))
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.SMALL)
        column.addStretch(1)
        column.addWidget(label(_("阳光台账"), "title"))
        said = _("政务公开投诉登记、责任追究案卷、考核评分。所有数据在一个文件里，不联网。")
        column.addWidget(label(said, "quiet", wrap=True))
        column.addSpacing(theme.MEDIUM)
        column.addWidget(self.bar)
        for one, hint in (
            (self.open_button, self._hint(_("接着用已有的数据文件。"))),
            (self.new_button, self.new_hint),
            (
                self.sample_button,
                self._hint(_("一个虚构单位的数据，随便试，不影响本单位的数据。")),
            ),
        ):
            column.addWidget(self._choice(one, hint))
        column.addSpacing(theme.LARGE)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addSpacing(theme.LARGE)
        column.addWidget(self.association)
        column.addStretch(2)
        outside = QWidget()
        row = QHBoxLayout(outside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(outside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _hint(self, said: str) -> QWidget:
        return label(said, "quiet", wrap=True)

    def _choice(self, one: QWidget, hint: QWidget) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        one.setMinimumWidth(theme.em(13))
        row.addWidget(one)
        row.addWidget(hint, 1)
        return line

    def _recent_line(self, at: int, path: Path) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        known = path.exists()
        name = button(path.name, "link", "folder" if known else "warning")
        name.setObjectName(f"welcome.recent.{at}")
        name.setToolTip(str(path))
        name.clicked.connect(lambda: self.open_wanted.emit(path))
        row.addWidget(name)
        where = str(path.parent)
        row.addWidget(
            Elided(where if known else _("找不到：{path}").format(path=where), "quiet"), 1
        )
        row.addWidget(tool("dismiss", _("从列表中去掉"), lambda: self._forget(path)))
        return line

    def _forget(self, path: Path) -> None:
        forget(self._settings, path)
        self.reload()

    def _open(self) -> None:
        chosen = self.ask_path()
        if chosen:
            self.bar.clear()
            self.open_wanted.emit(Path(chosen))

    def _try_sample(self) -> None:
        self.bar.clear()
        self.sample_wanted.emit()

    def _ask_path(self) -> str:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("打开数据文件"), "", file_kinds())
        return chosen

    def _created(self, path: Path, session: Session) -> None:
        self._leave_new()
        self.created.emit(path, session)

    def _leave_new(self) -> None:
        page, self._new = self._new, None
        self._stack.setCurrentIndex(0)
        if page is not None:
            page.stop()
            self.reload()
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)
