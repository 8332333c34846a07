"""只登交接: letters that may not be entered; their outside, their seal, whom they were handed to."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.rules.handovers import HandingDraft, HandoverDraft, HandoverState, Sealing
from desktop.text import N_, _, format_date
from desktop.ui.actionpage import EntryForm, Values
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    CheckField,
    ChoiceField,
    DateField,
    Field,
    LineField,
    NoteField,
    NumberField,
    SuggestField,
    TextField,
)
from desktop.ui.common.labels import button
from desktop.ui.common.palette import Status
from desktop.ui.common.record import Action, Chip, Event, Fact
from desktop.ui.common.table import Column
from desktop.ui.complaints import values as read
from desktop.ui.context import Context
from desktop.ui.registers.form import Job, VoidForm
from desktop.ui.registers.page import RegisterPage
from desktop.usecases import handovers
from desktop.usecases.handovers import Row, View
from desktop.usecases.office import Done, Office
from desktop.usecases.records import Event as LogEvent

NAME = "handovers"

STATES = {
    HandoverState.HELD: (N_("待移交"), Status.WAITING),
    HandoverState.HANDED: (N_("已移交"), Status.DONE),
    HandoverState.VOID: (N_("作废"), Status.VOID),
}
SEALINGS = {
    Sealing.INTACT: N_("封条完好"),
    Sealing.PASTED: N_("无封条，封口完好"),
    Sealing.BROKEN: N_("封条破损"),
    Sealing.OPENED: N_("收到时已拆"),
    Sealing.MISTAKE: N_("误拆后重新封存"),
}
_EVENTS = {
    "handover.register": N_("登记"),
    "handover.correct": N_("修改登记"),
    "handover.hand": N_("移交"),
    "handover.void": N_("作废"),
    "handover.print": N_("打印交接单"),
    "undo": N_("撤销"),
}
_FILTERS = ("all", *HandoverState)
_CHANNELS = ("信函", "上级转来", "部门转来", "当面递交", "机要交换", "举报箱")


def why_no_content() -> str:
    """Why nothing of what a letter says can be typed."""
    return _(
        "这类来信不拆阅、不复制、不摘抄、不录入：只登记信封、封条和交接，所以这里没有填写内容的地方。"
        "误拆的，原样封存，封口情况选“误拆后重新封存”。"
    )


class HandoversPage(RegisterPage[Row]):
    """The register of unopened letters, with its 交接单."""

    def __init__(self, context: Context) -> None:
        words = (
            _("只登交接（不录内容）"),
            _("反映上级管理的人员、本单位负责人的来信，单独编号，不计入投诉登记。"),
            _("在左边选一件，这里显示它的封口和交接情况。"),
        )
        super().__init__(context, NAME, words, _columns(), lambda row: row.letter.id)
        self._seen: View | None = None
        self.new_button = button(_("登记来信(&N)…"), "primary", "add")
        self.new_button.setObjectName(f"{NAME}.new")
        self.new_button.clicked.connect(self.start_new)
        self.view.head.addWidget(self.new_button)
        self.record.steps.why_not = self._why_not
        self.record.tabs.add("events", _("办理过程"), self.record.timeline)

    def reload(self) -> None:
        today = self.context.today()
        self.context.allow(self.new_button, "handover.register")
        self.context.ask(lambda office: handovers.rows(office, today), self._show)

    def start_new(self) -> None:
        if not self.context.refuses("handover.register"):
            self.context.ask(_offers, self._open_new)

    def show_row(self, row: Row) -> None:
        letter, today = row.letter.id, self.context.today()
        self.context.ask(lambda office: handovers.view(office, letter, today), self._show_view)

    def passes(self, row: Row, key: str) -> bool:
        return key in ("", "all") or row.state == key

    def step(self, key: str) -> None:
        seen = self._seen
        if seen is None:
            return
        letter, acting = seen.row.letter, self.context.acting()
        match key:
            case "hand":
                self.context.ask(handovers.receivers, lambda known: self._hand(seen, known))
            case "correct":
                self.context.ask(_offers, lambda offers: self._correct(seen, offers))
            case "void":
                form = VoidForm(
                    self.context,
                    f"{NAME}.void",
                    letter.number,
                    lambda office, reason: handovers.void(office, letter.id, reason, acting),
                    letter.id,
                )
                self.open_form(form, letter.id, letter.number)
            case "print":
                name = _("{number} 来信交接单").format(number=letter.number)
                self.open_paper(
                    _("来信交接单"), name, lambda office: handovers.sheet(office, letter.id, acting)
                )

    # -- inside --------------------------------------------------------------------------------

    def _show(self, rows: Sequence[Row]) -> None:
        may = self.context.may("handover.register")
        self.list.set_empty("lock", _("还没有只登交接的来信。"), _("登记来信") if may else "")
        names = [("all", _("全部")), *((one.value, _(STATES[one][0])) for one in HandoverState)]
        self.show_rows(rows, names)
        year = self.context.today().year
        live = [r for r in rows if r.letter.year == year and r.state is not HandoverState.VOID]
        held = sum(r.state is HandoverState.HELD for r in live)
        self.tally.setText(
            _("{year} 年登记 {n} 件，待移交 {held} 件；另行计数，不计入投诉登记。").format(
                year=year, n=len(live), held=held
            )
        )

    def _show_view(self, seen: View) -> None:
        row = self.list.current_row()
        if row is None or row.letter.id != seen.row.letter.id:
            return
        self._seen = seen
        letter = seen.row.letter
        word, colour = STATES[seen.row.state]
        chips = [Chip(_(word), colour)]
        if seen.row.due is not None:
            due, tone = wording.clock_words(seen.row.due.status)
            chips.append(Chip(due, tone))
        kind = seen.row.rule.name if seen.row.rule else ""
        came = _("{channel} · {day} {time} 收到").format(
            channel=letter.channel, day=format_date(letter.received), time=letter.received_at
        )
        self.record.header.show_record(letter.number, kind, chips, came)
        self.record.steps.set_actions(*_actions(seen))
        self.record.facts.set_facts(_facts(seen))
        self.record.timeline.set_events([_event(one) for one in reversed(seen.events)])
        if not seen.hidden:
            self.context.shown([letter.envelope, letter.brought])
        self.record.show_entry()

    def _why_not(self, key: str) -> str:
        action = {"hand": "hand", "correct": "correct", "void": "void", "print": "print"}[key]
        why = self.context.why_not(f"handover.{action}")
        return why or (self.context.why_hidden() if key in ("correct", "print") else "")

    def _open_new(self, offers: "Offers") -> None:
        form = LetterForm(self.context, offers)
        self.open_form(form)

    def _correct(self, seen: View, offers: "Offers") -> None:
        letter = seen.row.letter
        self.open_form(LetterForm(self.context, offers, seen), letter.id, letter.number)

    def _hand(self, seen: View, known: Sequence[str]) -> None:
        letter = seen.row.letter
        self.open_form(HandForm(self.context, seen, known), letter.id, letter.number)


Offers = tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]


def _offers(office: Office) -> Offers:
    """The kinds of letters (id, name, text with its article), and to whom such letters went."""
    book = office.national
    kinds = tuple((k.id, k.name, f"{book.cite(k)}：{k.text}") for k in handovers.kinds(office))
    return kinds, handovers.receivers(office)


class LetterForm(EntryForm):
    """The outside of a letter; there is no field for what it says."""

    def __init__(self, context: Context, offers: Offers, seen: View | None = None) -> None:
        self._kinds = {key: text for key, _name, text in offers[0]}
        self._letter = seen.row.letter if seen else None
        name = f"{NAME}.correct" if seen else f"{NAME}.register"
        title = _("修改交接登记") if seen else _("登记来信（只登交接）")
        about = self._letter.number if self._letter else _("单独编号；登记以后编号不再改变。")
        fields: list[Field] = [
            NoteField("why", _("不录内容"), text=why_no_content()),
            ChoiceField(
                "kind",
                _("来信类别(&K)"),
                required=True,
                choices=[(key, word) for key, word, _text in offers[0]],
            ),
            DateField("received", _("收到日期(&D)"), required=True),
            LineField("at", _("收到时间(&T)"), required=True, width=6, narrow=True),
            SuggestField("channel", _("来件渠道(&C)"), required=True, known=_CHANNELS, width=12),
            LineField("brought", _("送信人(&B)"), hint=_("谁送来、从哪里转来的；可以不填。")),
            LineField(
                "envelope",
                _("信封特征(&E)"),
                required=True,
                hint=_("信封的样式、大小、邮戳；不抄寄信人的姓名和地址。"),
            ),
            LineField("seal", _("封条编号(&L)"), width=12, hint=_("没有贴封条的不填。")),
            ChoiceField(
                "sealing",
                _("封口情况(&F)"),
                required=True,
                choices=[(one, _(SEALINGS[one])) for one in Sealing],
            ),
            NumberField("pieces", _("件数(&P)"), required=True, unit=_("件")),
            NumberField("weight", _("重量(&G)"), unit=_("克，连封口称；没有称的不填")),
            SuggestField("to_unit", _("拟交给(&U)"), known=offers[1], hint=_("可以移交时再填。")),
        ]
        if seen:
            fields.append(TextField("reason", _("修改理由(&R)"), required=True, lines=2))
        super().__init__(context, name, (title, about, _("登记(&S)")), fields)
        self.form.edited.connect(self._cite)
        if self._letter is None:
            now = context.clock()
            self.form.set_values({"received": now.date(), "at": f"{now:%H:%M}", "pieces": 1})
        else:
            draft = handovers.draft_of(self._letter)
            keys = ("kind", "received", "at", "channel", "brought", "envelope", "seal", "sealing")
            more = ("pieces", "weight", "to_unit")
            self.form.set_values({key: getattr(draft, key) for key in (*keys, *more)})
        self._cite("kind")

    def job(self, values: Values) -> Job:
        draft = HandoverDraft(
            kind=read.text(values, "kind"),
            received=read.day(values, "received"),
            at=read.text(values, "at"),
            channel=read.text(values, "channel"),
            brought=read.text(values, "brought"),
            envelope=read.text(values, "envelope"),
            seal=read.text(values, "seal"),
            sealing=read.one_of(values, "sealing", Sealing),
            pieces=read.number(values, "pieces"),
            weight=read.number(values, "weight"),
            to_unit=read.text(values, "to_unit"),
        )
        letter, acting = self._letter, self.context.acting()
        if letter is None:
            return lambda office: handovers.register(office, draft, acting)
        reason = read.text(values, "reason").replace("\n", " ")

        def work(office: Office) -> Done[int]:
            done = handovers.correct(office, letter.id, draft, reason, letter.rev, acting)
            return Done(letter.id, done.event)

        return work

    def sentence(self) -> str:
        if self._letter is None:
            return _("来信已登记；请打印交接单。")
        return _("{number} 的登记已修改。").format(number=self._letter.number)

    def _cite(self, key: str) -> None:
        """Say on which text it stands that such a letter is not entered."""
        if key == "kind":
            self.form.set_hint("kind", self._kinds.get(read.text(self.form.values(), "kind"), ""))


class HandForm(EntryForm):
    """移交: to whom and when, once both have signed."""

    def __init__(self, context: Context, seen: View, known: Sequence[str]) -> None:
        self._letter = seen.row.letter
        super().__init__(
            context,
            f"{NAME}.hand",
            (_("移交来信"), self._letter.number, _("登记移交(&S)")),
            [
                SuggestField("unit", _("接收单位(&U)"), required=True, known=known),
                LineField("person", _("接收人(&P)"), required=True, width=10),
                DateField("day", _("移交日期(&D)"), required=True),
                LineField("at", _("移交时间(&T)"), required=True, width=6, narrow=True),
                CheckField(
                    "signed",
                    _("签名"),
                    required=True,
                    text=_("交出、接收双方已在交接单上签名(&G)"),
                ),
            ],
        )
        now = context.clock()
        self.form.set_values(
            {"unit": self._letter.to_unit, "day": now.date(), "at": f"{now:%H:%M}"}
        )

    def job(self, values: Values) -> Job:
        draft = HandingDraft(
            read.text(values, "unit"),
            read.text(values, "person"),
            read.day(values, "day"),
            read.text(values, "at"),
            signed=values.get("signed") is True,
        )
        letter, acting = self._letter.id, self.context.acting()

        def work(office: Office) -> Done[int]:
            return Done(letter, handovers.hand_over(office, letter, draft, acting).event)

        return work

    def sentence(self) -> str:
        return _("{number} 已登记移交。").format(number=self._letter.number)


def _columns() -> list[Column[Row]]:
    return [
        Column("number", _("编号"), lambda row: row.letter.number, width=7.8),
        Column("received", _("收到"), lambda row: row.letter.received.isoformat(), width=5.6),
        Column("kind", _("来信类别"), lambda row: row.rule.name if row.rule else "", width=9.2),
        Column(
            "state",
            _("状态"),
            lambda row: _(STATES[row.state][0]),
            width=4.5,
            status=lambda row: STATES[row.state][1],
        ),
        Column("due", _("移交期限"), _due, width=6, status=_due_colour),
        Column("to", _("接收单位"), lambda row: row.letter.to_unit, width=6, stretch=True),
    ]


def _due(row: Row) -> str:
    return wording.clock_words(row.due.status)[0] if row.due else ""


def _due_colour(row: Row) -> Status | None:
    return wording.clock_words(row.due.status)[1] if row.due else None


def _actions(seen: View) -> tuple[Action | None, list[Action]]:
    state = seen.row.state
    over = wording.why_not_words("void") if state is HandoverState.VOID else ""
    handed = wording.why_not_words("already_done") if state is HandoverState.HANDED else over
    hand = Action("hand", _("登记移交…"), handed, "send")
    sheet = Action("print", _("打印交接单…"), over, "print")
    rest = [
        Action("correct", _("修改登记…"), over, "edit"),
        Action("void", _("作废…"), over, "prohibited"),
    ]
    if state is HandoverState.HELD:
        return replace(hand, icon=""), [sheet, *rest]
    return None, [hand, sheet, *rest]


def _facts(seen: View) -> list[Fact]:
    letter, due = seen.row.letter, seen.row.due
    by = ""
    if due is not None:
        by = _("{day} 前").format(day=format_date(due.due))
        by = _("{due} 暂定").format(due=by) if due.tentative else by
    weight = _("{n} 克").format(n=letter.weight) if letter.weight else _("没有称")
    handed = ""
    if letter.handed is not None:
        handed = f"{format_date(letter.handed)} {letter.handed_at}"
    return [
        Fact(_("依据"), seen.citation),
        *([Fact(_("移交期限"), by)] if by else []),
        Fact(_("信封特征"), letter.envelope),
        Fact(_("送信人"), letter.brought),
        Fact(_("封条编号"), letter.seal),
        Fact(_("封口情况"), _(SEALINGS[seen.sealing])),
        Fact(_("件数和重量"), _("{n} 件，{weight}").format(n=letter.pieces, weight=weight)),
        Fact(_("登记人"), letter.clerk_name),
        Fact(_("接收单位"), letter.to_unit),
        Fact(_("接收人"), letter.to_person),
        Fact(_("移交时间"), handed),
        *([Fact(_("移交人"), letter.handed_by)] if letter.handed_by else []),
        *([Fact(_("作废原因"), letter.void_reason)] if letter.void_reason else []),
        Fact(_("内容"), _("不录入")),
    ]


def _event(event: LogEvent) -> Event:
    words = _EVENTS.get(event.action)
    when = f"{event.at:%Y-%m-%d %H:%M}"
    return Event(when, _(words) if words else event.action, event.clerk_name, event.reason)
