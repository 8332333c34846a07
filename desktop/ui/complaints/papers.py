"""The letters and attachments of a complaint: the lists in its record, and one letter to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _, format_date
from desktop.ui.common import theme
from desktop.ui.common.bars import Tone
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms.files import size_text
from desktop.ui.common.labels import button, card, label
from desktop.ui.common.palette import Status
from desktop.ui.common.permission import allow
from desktop.ui.common.pills import Pill
from desktop.ui.common.reader import Reader
from desktop.ui.complaints.cards import Cards
from desktop.usecases import contents
from desktop.usecases.letters import TO_COMPLAINANTS
from desktop.usecases.office import Acting, Office
from desktop.usecases.records import Attachment, Letter


class Letters(Cards):
    """The letters made for a complaint; `wanted(letter)` opens one."""

    wanted = Signal(object)

    def show_letters(
        self, letters: Sequence[Letter], *, named: bool = True, hidden: str = ""
    ) -> None:
        """Show these letters, the newest first; `named`: somebody is known who complained.

        `hidden` says why letters that name who complained can not be opened.
        """
        said = _("还没有文书。办到转办、告知、答复时，在“下一步”里制作。")
        cards = [self._line(one, named=named, hidden=hidden) for one in reversed(letters)]
        self.show_cards(cards, "document_text", said)

    def _line(self, letter: Letter, *, named: bool, hidden: str) -> QWidget:
        title = label(letter.title, "strong", wrap=True)
        facts = QWidget()
        row = FlowLayout(facts, theme.MEDIUM)
        row.addWidget(label(letter.number))
        row.addWidget(label(format_date(letter.dated), "quiet"))
        row.addWidget(label(_("发给 {name}").format(name=addressee(letter, named=named)), "quiet"))
        row.addWidget(label(_("{n} 页").format(n=letter.pages), "quiet"))
        if letter.void:
            row.addWidget(Pill(_("作废"), Status.VOID))
        look = button(_("打开"), "", "document_pdf")
        look.setObjectName(f"complaints.letter.{letter.id}")
        look.setAccessibleName(_("打开 {number}").format(number=letter.number))
        look.clicked.connect(lambda: self.wanted.emit(letter))
        allow(look, hidden if letter.secret else "")
        return _card((title, facts), look)


def addressee(letter: Letter, *, named: bool) -> str:
    """Whom a letter is for; who complained is not named in a list."""
    return _("投诉举报人") if named and letter.kind in TO_COMPLAINANTS else letter.addressee


class Attachments(Cards):
    """The files kept with a complaint; `looked(attachment)` shows one, `wanted` saves it elsewhere."""

    wanted = Signal(object)
    looked = Signal(object)

    def show_files(self, files: Sequence[Attachment], *, hidden: str = "") -> None:
        """Show these files; `hidden` says why those that name who complained can not be taken."""
        said = _("没有附件。登记和记录办理结果时可以添加。")
        self.show_cards([self._line(file, hidden) for file in files], "attach", said)

    def _line(self, file: Attachment, hidden: str) -> QWidget:
        name = label(file.name, wrap=True)
        facts = _("{size} · {day} 添加").format(
            size=size_text(file.size), day=format_date(file.added)
        )
        keep = button(_("另存为…"), "", "save")
        keep.setObjectName(f"complaints.file.{file.id}")
        keep.setAccessibleName(_("把 {name} 另存为").format(name=file.name))
        keep.clicked.connect(lambda: self.wanted.emit(file))
        look = button(_("查看"), "", "eye")
        look.setObjectName(f"complaints.look.{file.id}")
        look.setAccessibleName(_("查看 {name}").format(name=file.name))
        look.clicked.connect(lambda: self.looked.emit(file))
        for one in (look, keep):
            allow(one, hidden if file.secret else "")
        return _card((name, label(facts, "hint")), look, keep)


def _card(words: Sequence[QWidget], *actions: QWidget) -> QFrame:
    frame = card()
    column = QVBoxLayout()
    column.setSpacing(2)
    for one in words:
        column.addWidget(one)
    row = QHBoxLayout(frame)
    row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
    row.setSpacing(theme.MEDIUM)
    row.addLayout(column, 1)
    for action in actions:
        row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
    return frame


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter or form to read: what it is called, its numbers, its bytes."""

    title: str
    numbers: str
    pdf: bytes
    name: str
    void: bool = False
    warning: str = ""


def paper_of(letter: Letter, complaint: str, pdf: bytes) -> Paper:
    """A letter of a complaint."""
    numbers = f"{letter.number} · {complaint}"
    return Paper(letter.title, numbers, pdf, letter.number, letter.void)


def contents_paper(office: Office, complaint: int, number: str, acting: Acting) -> Paper:
    """The 卷内目录 of a complaint."""
    pdf = contents.contents_sheet(office, complaint, acting)
    name = _("{number} 卷内目录").format(number=number)
    return Paper(_("卷内目录"), number, pdf, name)


class LetterView(Reader):
    """A letter or form of a complaint."""

    def __init__(self, paper: Paper) -> None:
        super().__init__("complaints.reader", paper.title, paper.numbers, paper.pdf, paper.name)
        if paper.void:
            self.head.addWidget(Pill(_("作废"), Status.VOID))
        if paper.warning:
            self.preview.bar.tell(Tone.WARN, paper.warning, closable=False)
