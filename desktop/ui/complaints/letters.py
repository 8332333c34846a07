"""The pages that make a letter: what is typed left is seen right as it will print."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from desktop.rules.complaints import RunningClock, Step
from desktop.rules.faults import Faults
from desktop.text import N_, _, format_date
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import DateField, Field, Form, NoteField, SuggestField, TextField
from desktop.ui.common.numbers import chosen_number, hide_numbers, number_field, show_numbers
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.rest import Rest
from desktop.ui.complaints import points
from desktop.ui.complaints import values as read
from desktop.ui.complaints.page import Job, Made, StepPage, about, made
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import answers, letternumbers, letters, register, transfers
from desktop.usecases.answers import AnswerDraft, Draft, InterimDraft, RefusalDraft
from desktop.usecases.complaintletters import Preview
from desktop.usecases.letternumbers import ReservedNumber
from desktop.usecases.office import Done, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.transfers import TransferDraft

#: The event by which a kind of letter ends a clock, beside the written word to who complained.
_ENDS = {"transfer": "transferred", "refusal": "refusal_told"}


class LetterPage(StepPage):
    """A form with its letter beside it; the letter follows the typing."""

    name = ""
    kind = ""
    title = ""
    save_words = ""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self.context, self.view = context, view
        self.preview = LetterPreview()
        form = Form([*self.fields(), number_field()], context.today())
        hide_numbers(form)
        words = (_(self.title), about(view), _(self.save_words))
        super().__init__(context, f"complaints.{self.name}", words, form, self.preview)
        self.preview.setObjectName(f"complaints.{self.name}.preview")
        self._timer = Rest(self, self.show_draft)
        form.set_values({"day": context.today(), **self.beginning()})
        form.edited.connect(lambda _key: self._timer.start())
        form.edited.connect(self._tell_past)
        context.ask(lambda office: letternumbers.reserved(office, self.kind), self._offer)
        self.show_draft()

    # -- what each letter says for itself ------------------------------------------------------

    def fields(self) -> list[Field]:
        """The fields of the form."""
        raise NotImplementedError

    def beginning(self) -> Mapping[str, object]:
        """What is filled in already."""
        return {}

    def compose(self, values: Values) -> Callable[[Office], Preview]:
        """What sets the letter as it stands on the form; prepared on the UI thread."""
        draft, acting = self.draft(values), self.context.acting()
        complaint = self.view.complaint.id
        return lambda office: answers.preview(office, complaint, draft, acting)

    def draft(self, values: Values) -> Draft:
        """The draft that the use case takes, for pages that leave `compose` as it is."""
        raise NotImplementedError

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        """What makes the letter; prepared on the UI thread."""
        raise NotImplementedError

    # -- what they share -----------------------------------------------------------------------

    def job(self, values: Values) -> Job:
        complaint, acting, issue = self.view.complaint.id, self.context.acting(), self.issue()
        chosen = chosen_number(values)

        def work(office: Office) -> Done[Made]:
            with letternumbers.numbered(chosen):
                done = issue(office, values)
            return Done(made(office, complaint, acting, done.value), done.event)

        return work

    def sentence(self, what: Made) -> str:
        return _("已制作 {letter}。").format(letter=what.letter_number)

    def show_draft(self) -> None:
        """Set the letter anew from what is typed."""
        values = self.form.values()
        compose, chosen = self.compose(values), chosen_number(values)

        def job(office: Office) -> Preview:
            with letternumbers.numbered(chosen):
                return compose(office)

        self.context.tasks.run(job, self._show, self._no_preview)

    def _tell_past(self, key: str) -> None:
        """A letter that went out earlier ends its clocks on that day: the clerk sees which."""
        if key != "day":
            return
        day = read.day(self.form.values(), "day")
        past = day is not None and self.view.complaint.received <= day < self.context.today()
        ended = self._ended(day) if past and day is not None else ()
        said = _("早于今天；期限“{clock}”（{due}）按这一天停止计算。")
        lines = (
            said.format(clock=c.rule.name, due=format_date(c.end.latest)) for c in ended if c.end
        )
        self.form.set_hint("day", "\n".join(lines))

    def _ended(self, day: date) -> tuple[RunningClock, ...]:
        """The clocks that a letter of this day ends, or ends earlier than they ended."""
        events = {_ENDS.get(self.kind, "")}
        if self.kind in letters.TO_COMPLAINANTS:
            events.add("told_in_writing")
        return tuple(
            clock
            for clock in self.view.clocks
            if clock.end is not None
            and clock.rule.stops in events
            and (clock.stopped is None or day < clock.stopped)
        )

    def _offer(self, numbers: Sequence[ReservedNumber]) -> None:
        """Let the clerk choose a reserved number, where there is one."""
        show_numbers(self.form, numbers)

    def _show(self, preview: Preview) -> None:
        self.preview.show_letter(preview.pdf, _(self.title))
        self.context.ask(
            lambda office: letters.examine(office, preview.pdf), self.preview.show_report
        )
        if preview.faults:
            said = " ".join(dict.fromkeys(wording.fault_words(f) for f in preview.faults))
            self.preview.bar.tell(Tone.WARN, said)
        else:
            self.preview.bar.clear()

    def _no_preview(self, error: BaseException) -> None:
        words = wording.error_words(error) or _("草稿暂时显示不出来。")
        if isinstance(error, Faults) and all(one.code == "required" for one in error.faults):
            words = _("把必填的几项填好，文书就显示在这里。")
        self.preview.show_message(words)


class TransferPage(LetterPage):
    """转办函: the matter passes on, who complained does not."""

    name = "transfer"
    kind = "transfer"
    title = N_("制作转办函")
    save_words = N_("制作转办函(&S)")

    def fields(self) -> list[Field]:
        decision = self.view.last(Step.DECIDE)
        receiver = decision.unit_name or "" if decision else ""
        day = format_date(decision.day) if decision else ""
        leader = decision.person if decision else ""
        return [
            NoteField(
                "to",
                _("转给"),
                text=_("{unit}（{leader} {day} 批示转办）").format(
                    unit=receiver, leader=leader, day=day
                ),
            ),
            NoteField(
                "contents",
                _("转出的内容"),
                text=_(
                    "被投诉的单位和人员、事由、下面的情况和诉求。"
                    "投诉举报人的姓名、电话、地址和附件都不转出；"
                    "下面的文字里也不要写能认出投诉举报人的话。"
                ),
            ),
            *self._upheld(),
            DateField("day", _("转办日期(&D)"), required=True),
            TextField("summary", _("主要情况(&W)"), required=True, lines=6, most=14),
            TextField("demands", _("诉求(&Q)"), lines=2),
            DateField(
                "reply_by", _("回复期限(&R)"), hint=_("本单位自定；不填的，函里写“及时办理”。")
            ),
            SuggestField(
                "contact",
                _("联系人(&P)"),
                hint=_("承办单位接办的人，只记在登记簿里，不印在函上；可以不填。"),
                known=self._persons(decision.unit if decision else None),
                width=16,
            ),
        ]

    def _upheld(self) -> tuple[Field, ...]:
        """What the new letter tells a receiver whose objection was not followed."""
        objection = register.upheld(self.view.steps)
        if objection is None:
            return ()
        said = _(
            "{unit} {day} 退回，领导批示维持转办；新的函写明原函文号、退回的来文和维持的理由。"
        )
        said = said.format(unit=objection.unit_name or "", day=format_date(objection.day))
        return (NoteField("upheld", _("维持转办"), text=said),)

    def _persons(self, unit: int | None) -> tuple[str, ...]:
        return tuple(p.name for p in self.context.directory.persons if p.unit == unit)

    def beginning(self) -> Mapping[str, object]:
        """What was passed on before is passed on again: nothing that was left out comes back."""
        complaint, before = self.view.complaint, self.view.last(Step.TRANSFER)
        return {
            "summary": before.text if before is not None else complaint.body,
            "demands": complaint.demands,
        }

    def draft(self, values: Values) -> TransferDraft:
        return TransferDraft(
            summary=read.text(values, "summary"),
            demands=read.text(values, "demands"),
            reply_by=read.day(values, "reply_by"),
            day=read.day(values, "day"),
            contact=read.text(values, "contact"),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: transfers.transfer(office, complaint, self.draft(v), acting)


def to_complainants() -> NoteField:
    """Whom a letter to the complainants is for."""
    return NoteField("to", _("发给"), text=_("投诉举报人。预览里姓名隐去，打印的文书里有姓名。"))


def reply_note(view: ComplaintView) -> list[Field]:
    """How the answer was asked for, where a way was chosen."""
    if view.reply_way is None:
        return []
    said = _("请按投诉人选择的方式答复：{way}。").format(way=_(wording.REPLY_WAYS[view.reply_way]))
    return [NoteField("reply_way", _("答复方式"), text=said)]


class RefusalPage(LetterPage):
    """不予受理告知书."""

    name = "refuse"
    kind = "refusal"
    title = N_("制作不予受理告知书")
    save_words = N_("制作告知书(&S)")

    def fields(self) -> list[Field]:
        return [
            to_complainants(),
            *reply_note(self.view),
            DateField("day", _("告知日期(&D)"), required=True),
            TextField("reason", _("理由(&E)"), required=True, lines=4),
            TextField(
                "channel_hint",
                _("其他渠道(&O)"),
                hint=_("如“该事项可以向市行政审批局申请行政复议。”；可以不填。"),
                lines=2,
            ),
        ]

    def beginning(self) -> Mapping[str, object]:
        decision = self.view.last(Step.DECIDE)
        return {"reason": decision.detail if decision else ""}

    def draft(self, values: Values) -> RefusalDraft:
        return RefusalDraft(
            reason=read.text(values, "reason"),
            channel_hint=read.text(values, "channel_hint"),
            day=read.day(values, "day"),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: answers.refuse(office, complaint, self.draft(v), acting)


class InterimPage(LetterPage):
    """办理情况告知书: the written word while the matter is not finished."""

    name = "interim"
    kind = "interim"
    title = N_("制作办理情况告知书")
    save_words = N_("制作告知书(&S)")

    def fields(self) -> list[Field]:
        return [
            to_complainants(),
            DateField("day", _("告知日期(&D)"), required=True),
            TextField("progress", _("目前进展(&W)"), required=True, lines=4),
            TextField("next_step", _("下一步安排(&N)"), required=True, lines=2),
            DateField("expected", _("预计办结(&X)"), hint=_("可以不填。")),
        ]

    def beginning(self) -> Mapping[str, object]:
        waiting = self.view.last(Step.TRANSFER)
        progress = ""
        if waiting is not None and waiting.unit_name:
            progress = f"您反映的事项已转{waiting.unit_name}办理。"
        return {"progress": progress, "next_step": "继续核实有关情况，并依照规定作出处理。"}

    def draft(self, values: Values) -> InterimDraft:
        return InterimDraft(
            progress=read.text(values, "progress"),
            next_step=read.text(values, "next_step"),
            expected=read.day(values, "expected"),
            day=read.day(values, "day"),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: answers.tell_progress(office, complaint, self.draft(v), acting)


class AnswerPage(LetterPage):
    """办理结果告知书: what was found and done, for the one who complained."""

    name = "answer"
    kind = "result"
    title = N_("制作办理结果告知书")
    save_words = N_("制作告知书(&S)")

    def fields(self) -> list[Field]:
        outcome = self.view.standing.outcome
        return [
            to_complainants(),
            *reply_note(self.view),
            NoteField(
                "outcome", _("认定意见"), text=_(wording.OUTCOMES[outcome]) if outcome else ""
            ),
            DateField("day", _("答复日期(&D)"), required=True),
            TextField("findings", _("查明的情况(&W)"), required=True, lines=5, most=14),
            TextField("handling", _("处理情况(&J)"), required=True, lines=3),
            *points.answer_fields(self.view),
        ]

    def beginning(self) -> Mapping[str, object]:
        found = self.view.last(Step.FIND)
        texts = {"findings": found.text, "handling": found.detail} if found else {}
        return {**texts, **points.beginning(self.view)}

    def draft(self, values: Values) -> AnswerDraft:
        return AnswerDraft(
            findings=read.text(values, "findings"),
            handling=read.text(values, "handling"),
            day=read.day(values, "day"),
            points=points.read_answers(self.view, values),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: answers.answer(office, complaint, self.draft(v), acting)
