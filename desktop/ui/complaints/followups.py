"""The pages of the words beside the main way: 受理告知书, 催办函, 延期告知书."""

from collections.abc import Callable, Mapping

from desktop.rules.complaints import Identity, Step
from desktop.text import N_, _, format_date
from desktop.ui.common.forms import (
    ChoiceField,
    DateField,
    Field,
    LineField,
    NoteField,
    SuggestField,
    TextField,
)
from desktop.ui.complaints import values as read
from desktop.ui.complaints.course import PauseLetterPage, ResumeLetterPage
from desktop.ui.complaints.letters import (
    AnswerPage,
    InterimPage,
    LetterPage,
    RefusalPage,
    TransferPage,
    to_complainants,
)
from desktop.ui.complaints.values import Values
from desktop.usecases import followups
from desktop.usecases.complaintletters import Preview
from desktop.usecases.followups import AcceptanceDraft, ChaseDraft, ExtensionDraft
from desktop.usecases.office import Done, Office


class FollowupPage(LetterPage):
    """A letter page whose draft goes to `followups`."""

    def followup(self, values: Values) -> followups.Draft:
        """The draft that the use case takes."""
        raise NotImplementedError

    def compose(self, values: Values) -> Callable[[Office], Preview]:
        draft, acting = self.followup(values), self.context.acting()
        complaint = self.view.complaint.id
        return lambda office: followups.preview(office, complaint, draft, acting)


class AcceptancePage(FollowupPage):
    """受理告知书: it was accepted, who handles it, until when the office writes again."""

    name = "acceptance"
    kind = "acceptance"
    title = N_("制作受理告知书")
    save_words = N_("制作告知书(&S)")

    def fields(self) -> list[Field]:
        return [
            to_complainants(),
            DateField("day", _("告知日期(&D)"), required=True),
            LineField(
                "handler", _("承办(&H)"), hint=_("承办的科室或者人员，会写进告知书；可以不填。")
            ),
            DateField(
                "answer_by",
                _("再告知日期(&X)"),
                hint=_("告知书里写“将于这一天前书面告知办理情况”；可以不填。"),
            ),
        ]

    def beginning(self) -> Mapping[str, object]:
        return {"answer_by": followups.answer_by(self.view, self.context.today())}

    def followup(self, values: Values) -> AcceptanceDraft:
        return AcceptanceDraft(
            handler=read.text(values, "handler"),
            answer_by=read.day(values, "answer_by"),
            day=read.day(values, "day"),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: followups.tell_acceptance(
            office, complaint, self.followup(v), acting
        )


class ChasePage(FollowupPage):
    """催办函: the receiving unit is reminded, with a new date to reply by."""

    name = "chase"
    kind = "chase"
    title = N_("制作催办函")
    save_words = N_("制作催办函(&S)")

    def fields(self) -> list[Field]:
        transfer = self.view.last(Step.TRANSFER)
        unit = transfer.unit_name or "" if transfer else ""
        due = self.view.reply_due
        known = _("没有约定回复日期")
        if due is not None:
            known = _("要求 {day} 前回复").format(day=format_date(due))
        return [
            NoteField(
                "to",
                _("催办"),
                text=_("{unit}（{day} 转办，{known}），第 {n} 次催办").format(
                    unit=unit,
                    day=format_date(transfer.day) if transfer else "",
                    known=known,
                    n=self.view.chased + 1,
                ),
            ),
            DateField("day", _("催办日期(&D)"), required=True),
            DateField("reply_by", _("新的回复期限(&R)"), required=True),
            TextField(
                "consequence",
                _("逾期的后果(&C)"),
                lines=2,
                hint=_("不填的，函里写“依照有关规定处理”。"),
            ),
        ]

    def followup(self, values: Values) -> ChaseDraft:
        return ChaseDraft(
            reply_by=read.day(values, "reply_by"),
            consequence=read.text(values, "consequence"),
            day=read.day(values, "day"),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: followups.chase(office, complaint, self.followup(v), acting)


class ExtensionPage(FollowupPage):
    """延期告知书: why it takes longer, who approved that, until when."""

    name = "extension"
    kind = "extension"
    title = N_("制作延期告知书")
    save_words = N_("制作告知书(&S)")

    def fields(self) -> list[Field]:
        return [
            self._to(),
            NoteField(
                "clocks",
                _("规定期限"),
                text=_("延期只改变本单位告知的预计办结日期；规则规定的期限照常计算，不因此顺延。"),
            ),
            NoteField("limit", _("延期的限度"), text=self._limit()),
            DateField("day", _("告知日期(&D)"), required=True),
            TextField("reason", _("延期的理由(&E)"), required=True, lines=3),
            SuggestField("approved_by", _("批准人(&P)"), required=True, known=self._leaders()),
            DateField(
                "due", _("原定日期(&O)"), hint=_("以前告知过的预计办结日期；没有告知过的不填。")
            ),
            DateField("new_due", _("延期至(&X)"), required=True),
            TextField("progress", _("目前进展(&W)"), lines=2),
        ]

    def beginning(self) -> Mapping[str, object]:
        start: dict[str, object] = {"due": self.view.expected}
        if self._anonymous():
            start["to"] = followups.concerned(self.view)[0][0]
        return start

    def followup(self, values: Values) -> ExtensionDraft:
        return ExtensionDraft(
            reason=read.text(values, "reason"),
            approved_by=read.text(values, "approved_by"),
            due=read.day(values, "due"),
            new_due=read.day(values, "new_due"),
            progress=read.text(values, "progress"),
            day=read.day(values, "day"),
            to=read.number(values, "to"),
        )

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: followups.extend(office, complaint, self.followup(v), acting)

    def _limit(self) -> str:
        """How far the rulebook lets it be extended; where it is silent, the national rule to compare."""
        own = followups.extension_rule(self.view.book)
        if own is not None:
            return _("{article}：{text}").format(article=self.view.book.cite(own), text=own.text)
        national = followups.extension_rule(self.view.national)
        silent = _("本单位所用的规则没有规定延期的次数和天数，只要求说明理由，由本单位掌握。")
        if national is None:
            return silent
        return silent + _("国家规定可以参照：{article}，{text}。").format(
            article=self.view.national.cite(national), text=national.text
        )

    def _anonymous(self) -> bool:
        return self.view.standing.identity is Identity.ANONYMOUS

    def _to(self) -> Field:
        """Nobody who complained can be told: then the unit concerned is."""
        if not self._anonymous():
            return to_complainants()
        return ChoiceField(
            "to",
            _("发给(&T)"),
            required=True,
            choices=followups.concerned(self.view),
            hint=_("匿名投诉举报，向有关单位说明理由。"),
        )

    def _leaders(self) -> tuple[str, ...]:
        decision = self.view.last(Step.DECIDE)
        return (decision.person,) if decision else ()


LETTER_PAGES: Mapping[Step, type[LetterPage]] = {
    Step.ACCEPTANCE: AcceptancePage,
    Step.TRANSFER: TransferPage,
    Step.CHASE: ChasePage,
    Step.REFUSE: RefusalPage,
    Step.INTERIM: InterimPage,
    Step.EXTENSION: ExtensionPage,
    Step.PAUSE: PauseLetterPage,
    Step.RESUME: ResumeLetterPage,
    Step.ANSWER: AnswerPage,
}
