"""只登交接: letters that may not be entered; their outside, their seal, whom they were handed to."""

from collections.abc import Sequence

from desktop.rules.handovers import HandoverState
from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.record import Chip
from desktop.ui.context import Context
from desktop.ui.registers.handoverforms import HandForm, LetterForm, Offers, offers
from desktop.ui.registers.handoverwords import EVENTS, NAME, STATES, actions, columns, facts
from desktop.ui.registers.page import RegisterPage, events
from desktop.usecases import handovers
from desktop.usecases.handovers import Row, View


class HandoversPage(RegisterPage[Row]):
    """The register of unopened letters, with its 交接单."""

    def __init__(self, context: Context) -> None:
        words = (
            _("只登交接（不录内容）"),
            _("反映上级管理的人员、本单位负责人的来信，单独编号，不计入投诉登记。"),
            _("在左边选一件，这里显示它的封口和交接情况。"),
        )
        super().__init__(context, NAME, words, columns(), lambda row: row.letter.id)
        self._seen: View | None = None
        self.new_button = self.add_button("new", _("登记来信(&N)…"), "add", "primary")
        self.new_button.clicked.connect(self.start_new)
        self.record.steps.why_not = self._why_not
        self.record.tabs.add("events", _("办理过程"), self.record.timeline)

    def reload(self) -> None:
        today = self.context.today()
        self.context.allow(self.new_button, "handover.register")
        self.context.ask(lambda office: handovers.rows(office, today), self._show)

    def start_new(self) -> None:
        if not self.context.refuses("handover.register"):
            self.context.ask(offers, self._open_new)

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
                self.context.ask(offers, lambda offers: self._correct(seen, offers))
            case "void":
                self.open_void(
                    letter.id,
                    letter.number,
                    lambda office, reason: handovers.void(office, letter.id, reason, acting),
                )
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
        self.record.steps.set_actions(*actions(seen))
        self.record.facts.set_facts(facts(seen))
        self.record.timeline.set_events(events(seen.events, EVENTS))
        if not seen.hidden:
            self.context.shown([letter.envelope, letter.brought])
        self.record.show_entry()

    def _why_not(self, key: str) -> str:
        action = {"hand": "hand", "correct": "correct", "void": "void", "print": "print"}[key]
        why = self.context.why_not(f"handover.{action}")
        return why or (self.context.why_hidden() if key in ("correct", "print") else "")

    def _open_new(self, known: Offers) -> None:
        self.open_form(LetterForm(self.context, known))

    def _correct(self, seen: View, known: Offers) -> None:
        letter = seen.row.letter
        self.open_form(LetterForm(self.context, known, seen), letter.id, letter.number)

    def _hand(self, seen: View, known: Sequence[str]) -> None:
        letter = seen.row.letter
        self.open_form(HandForm(self.context, seen, known), letter.id, letter.number)
