"""One letter of the book: what can be done with it, its sheet, seals and dispatches, the check."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.text import _, format_date
from desktop.ui.common import theme
from desktop.ui.common.bars import Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import label, selectable
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.record import (
    Action,
    Chip,
    Event,
    Fact,
    Facts,
    Header,
    NextStep,
    QuietTabs,
    Timeline,
)
from desktop.ui.context import Context
from desktop.ui.letters import listing, words
from desktop.usecases.letterbook import Entry, Row, Status, is_secret
from desktop.usecases.letterprints import file_name
from desktop.usecases.letters import Finding

#: Which record of the window a letter belongs to.
_OPENS = {"complaint": "complaint", "case_file": "case_file", "round_unit": "round"}


#: What is written in the book, and what tells whom a letter is for.
_WRITES = frozenset({"next", "void", "seal", "dispatch"})
_TELLS = frozenset({"envelope", "label", "word"})


class LetterPane(QWidget):
    """The entry chosen in the list; `chosen(key)` is what the clerk wants done with it."""

    chosen = Signal(str)
    wanted = Signal()  # to see the sheet of a letter that names who complained

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.entry: Entry | None = None
        self.header = Header()
        self.steps = NextStep()
        self.steps.setObjectName("letters.steps")
        self.steps.main.setObjectName("letters.next")
        self.steps.more.setObjectName("letters.more")
        self.steps.chosen.connect(self.chosen)
        self.steps.why_not = self._why_not
        self.preview = LetterPreview()
        self.preview.setObjectName("letters.preview")
        self._closed = EmptyState("lock", "")
        self._closed.clicked.connect(self._open_closed)
        self._sheet = QStackedWidget()
        self._sheet.addWidget(self.preview)
        self._sheet.addWidget(self._closed)
        self.facts = Facts()
        self._rest = QVBoxLayout()
        self._rest.setSpacing(theme.SMALL)
        self._found = QVBoxLayout()
        self._found.setSpacing(theme.SMALL)
        self.timeline = Timeline()
        self.tabs = QuietTabs()
        self.tabs.setObjectName("letters.tabs")
        self.tabs.add("sheet", _("文书"), self._sheet)
        self.tabs.add("book", _("登记"), _scrolled(self.facts, self._rest))
        self.tabs.add("check", _("检查"), _scrolled(self._found))
        self.tabs.add("history", _("办理过程"), _scrolled(self.timeline))
        self.preview.bar.clicked.connect(self.tabs.show_page)
        self._nothing = EmptyState("document_text", _("在左边选一份文书。"))
        self._lay_out()
        self.show_nothing()

    def _why_not(self, key: str) -> str:
        """Return why the user may not do this to the letter shown."""
        if key in _WRITES:
            return self._context.why_not(f"letter.{key}")
        secret = self.entry is not None and is_secret(self.entry.row.letter)
        return self._context.why_hidden() if secret and key in _TELLS else ""

    def show_nothing(self) -> None:
        """There is nothing to show."""
        self.entry = None
        self._stack.setCurrentWidget(self._nothing)

    def show_entry(self, entry: Entry) -> None:
        """Show an entry; its sheet follows by `show_sheet` once it was read."""
        self.entry = entry
        row, letter = entry.row, entry.row.letter
        word, colour = listing.status_words(row), words.STATUSES[row.status][1]
        subject = letter.title if row.status is not Status.RESERVED else ""
        self.header.show_record(letter.number, subject, [Chip(word, colour)], _origin(row))
        self.steps.set_actions(*_actions(entry))
        self.facts.set_facts(_facts(entry))
        self._show_rest(entry)
        self._show_findings(entry)
        self.timeline.set_events(
            [
                Event(
                    f"{event.at:%Y-%m-%d %H:%M}",
                    words.event_words(event),
                    event.clerk_name,
                    event.reason,
                )
                for event in entry.history
            ]
        )
        self._show_cover(row)
        self._stack.setCurrentIndex(0)

    def show_sheet(self, pdf: bytes) -> None:
        """Show the letter as it was made."""
        if self.entry is None:
            return
        self._sheet.setCurrentWidget(self.preview)
        self.preview.show_letter(pdf, file_name(self.entry.row.letter))
        off = [one for one in self.entry.findings if not words.is_note(one)]
        if off:
            said = words.check_words(self.entry.findings)
            self.preview.bar.tell(Tone.WARN, said, ("check", _("查看")))
        else:
            self.preview.bar.clear()

    def show_lost(self) -> None:
        """The bytes of the letter are not there any more, or not as they were."""
        self._sheet.setCurrentWidget(self.preview)
        said = _("数据文件里没有这份文书的原件，或者它被改动过；请从备份恢复。")
        self.preview.show_message(said)

    def needs_asking(self) -> bool:
        """Whether the sheet is shown only when asked for."""
        return self.entry is not None and is_secret(self.entry.row.letter)

    def has_sheet(self) -> bool:
        """Whether a letter was made under the number."""
        return self.entry is not None and bool(self.entry.row.letter.sha256)

    def _show_cover(self, row: Row) -> None:
        """Say what stands in place of the sheet until it is there."""
        self.preview.bar.clear()
        if not row.letter.sha256:
            self._show_free(row)
        elif is_secret(row.letter):
            said = _("这份文书写有投诉举报人的姓名；查看会记入操作记录。")
            hidden = self._context.why_hidden()
            self._closed.set("lock", hidden or said, "" if hidden else _("查看文书"))
            self._sheet.setCurrentWidget(self._closed)

    def _show_free(self, row: Row) -> None:
        """Say how a number without a letter comes to one."""
        said, act = _("这个编号没有文书，不再使用。"), ""
        if row.next:
            said = _("下一份{kind}将使用这个编号。").format(kind=row.kind_name)
            act = _("不再指定它")
        elif row.status is Status.RESERVED:
            said = _("这个编号还没有文书。指定以后，下一份{kind}就使用它。").format(
                kind=row.kind_name
            )
            act = _("指定下一份使用它")
        self._closed.set("document_text", said, act)
        self._sheet.setCurrentWidget(self._closed)

    def _open_closed(self) -> None:
        if self.has_sheet():
            self.wanted.emit()
        else:
            self.chosen.emit("next")

    def _show_rest(self, entry: Entry) -> None:
        clear(self._rest)
        seals = [
            _("{day} 用印 {n} 份，批准人 {approved}，用印人 {sealed}").format(
                day=format_date(one.day),
                n=one.copies,
                approved=one.approved_by,
                sealed=one.sealed_by,
            )
            + _note(one.note)
            for one in entry.seals
        ]
        sent = [
            _("{day} {way}，收件人 {recipient}").format(
                day=format_date(one.day), way=one.way, recipient=one.recipient
            )
            + (_("，邮件编号 {number}").format(number=one.tracking) if one.tracking else "")
            + _note(one.note)
            for one in entry.dispatches
        ]
        served = [
            _("{day} {way}，受送达人 {recipient}，签收人 {receiver}").format(
                day=format_date(one.day),
                way=one.way,
                recipient=one.recipient,
                receiver=one.receiver or _("（未签收）"),
            )
            for one in entry.services
        ]
        for title, lines, empty in (
            (_("用印"), seals, _("没有登记用印。")),
            (_("发出"), sent, _("没有登记发出。")),
            (_("送达"), served, _("没有送达记录。送达在案卷里登记。")),
        ):
            self._rest.addWidget(label(title, "heading"))
            for line in lines:
                self._rest.addWidget(selectable(line))
            if not lines:
                self._rest.addWidget(label(empty, "quiet", wrap=True))
            self._rest.addSpacing(theme.SMALL)

    def _show_findings(self, entry: Entry) -> None:
        findings: Sequence[Finding] = entry.findings
        clear(self._found)
        off = [one for one in findings if not words.is_note(one)]
        self.tabs.set_text("check", _("检查 {n}").format(n=len(off)) if off else _("检查"))
        made = self.has_sheet()
        said = words.check_words(findings) if made else _("还没有文书可以检查。")
        self._found.addWidget(label(said, "strong", wrap=True))
        for one in off:
            self._found.addWidget(selectable("· " + words.finding_words(one), "error"))
        for one in findings:
            if words.is_note(one):
                self._found.addWidget(selectable("· " + words.finding_words(one), "quiet"))
        if entry.fonts:
            fonts = _("所用字体：{files}").format(files="、".join(entry.fonts))
            self._found.addWidget(selectable(fonts, "quiet"))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        above = QVBoxLayout()
        above.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        above.setSpacing(theme.SMALL)
        above.addWidget(self.header)
        above.addWidget(self.steps)
        column.addLayout(above)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(inside)
        self._stack.addWidget(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)


def _origin(row: Row) -> str:
    parts = [row.kind_name, format_date(row.letter.dated)]
    if row.status is Status.RESERVED:
        parts.append(_("预留给：{what}").format(what=row.letter.title))
    elif row.addressee:
        parts.append(_("发给 {name}").format(name=row.addressee))
    return " · ".join(parts)


def _note(note: str) -> str:
    return _("（{note}）").format(note=note) if note else ""


def _facts(entry: Entry) -> list[Fact]:
    row, letter = entry.row, entry.row.letter
    found = [Fact(_("文种"), row.kind_name), Fact(_("日期"), format_date(letter.dated))]
    if row.status is Status.RESERVED:
        return [*found, Fact(_("预留给"), letter.title)]
    if row.status is Status.VOID:
        why = letter.void_reason or _("制作这份文书的步骤已撤销")
        found.append(Fact(_("作废原因"), why))
    if letter.sha256:
        found += [
            Fact(_("主送"), row.addressee),
            Fact(_("所属事项"), letter.subject_number),
            Fact(_("页数"), _("{n} 页").format(n=letter.pages)),
            Fact(_("原件校验"), letter.sha256[:16]),
        ]
    return found


def _actions(entry: Entry) -> tuple[Action | None, list[Action]]:
    row, letter = entry.row, entry.row.letter
    goes_to = _OPENS.get(letter.subject, "")
    opens = [Action("open", _("打开所属事项"), icon="open")] if goes_to else []
    if row.status is Status.RESERVED:
        using = _("不再指定它") if row.next else _("指定下一份使用它")
        return None, [
            Action("next", using, icon="sync"),
            Action("void", _("作废…"), icon="prohibited"),
        ]
    if row.status is Status.VOID:
        return None, [Action("void_page", _("打印作废页…"), icon="print"), *opens]
    seal = Action("seal", _("登记用印…"), icon="signature")
    send = Action("dispatch", _("登记发出…"), icon="send")
    rest = [
        Action("envelope", _("打印信封…"), icon="mail"),
        Action("label", _("打印标签…"), icon="mail"),
        Action("word", _("另存为 Word…"), icon="save"),
        *opens,
        Action("void", _("作废…"), icon="prohibited"),
    ]
    if letter.sealed is None:
        return seal, [send, *rest]
    if letter.dispatched is None:
        return send, [seal, *rest]
    return None, [seal, send, *rest]


def _scrolled(*parts: QWidget | QVBoxLayout) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.LARGE)
    column.setSpacing(theme.LARGE)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll
