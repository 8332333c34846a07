"""The pages without a letter: 领导批示, 办理结果, 办结; what came in stands beside them."""

from collections.abc import Sequence

from desktop.rules.complaints import Outcome, Ruling, Satisfaction, State
from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    DateField,
    Field,
    FilesField,
    Form,
    LineField,
    NoteField,
    RadioField,
    SuggestField,
    TextField,
)
from desktop.ui.complaints import points
from desktop.ui.complaints import values as read
from desktop.ui.complaints.page import Job, Made, StepPage, about
from desktop.ui.complaints.reading import Reading
from desktop.ui.complaints.units import UnitField
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import complaints, register
from desktop.usecases.complaints import Asked, DecisionDraft, FindingDraft
from desktop.usecases.register import ComplaintView

#: The choice that a receiver which sent the matter back deals with it all the same (维持转办).
_UPHOLD = "uphold"


class DecisionPage(StepPage):
    """What the leader wrote on the paper (领导批示); anew where the receiver sent it back."""

    def __init__(self, context: Context, view: ComplaintView, leaders: Sequence[str]) -> None:
        self._view = view
        today = context.today()
        form = Form(
            [
                *self._returned(),
                SuggestField("leader", _("批示领导(&L)"), required=True, known=leaders, width=16),
                DateField("day", _("批示日期(&D)"), required=True),
                RadioField(
                    "ruling",
                    _("批示意见(&R)"),
                    required=True,
                    choices=self._choices(),
                ),
                UnitField(
                    "receiver",
                    _("承办单位(&U)"),
                    required=True,
                    hint=_("不能转给被投诉的单位自己办理，也不能转给它的下属单位。"),
                    units=context.directory.units,
                    can_add=False,
                ),
                TextField(
                    "reason",
                    _("理由(&E)"),
                    required=True,
                    hint=_("不予受理的理由，会写进不予受理告知书。"),
                ),
                TextField("opinion", _("批示原文(&O)"), hint=_("照抄纸上的批示；可以不填。")),
            ],
            today,
        )
        words = (_("领导批示"), about(view), _("保存批示(&S)"))
        super().__init__(context, "complaints.decide", words, form, Reading(view))
        form.set_values({"day": today})
        form.edited.connect(self._follow)
        self._follow("ruling")

    def _returned(self) -> tuple[Field, ...]:
        """What the receiver objected, where it did."""
        back = self._view.returned
        if back is None:
            return ()
        said = _("{unit} {day} 退回：{reason}").format(
            unit=back.unit_name or "", day=format_date(back.day), reason=back.text
        )
        return (NoteField("returned", _("退回情况"), text=said),)

    def _choices(self) -> list[tuple[object, str]]:
        found: list[tuple[object, str]] = [(one, _(wording.RULINGS[one])) for one in Ruling]
        back = self._view.returned
        if back is not None:
            at = list(Ruling).index(Ruling.TRANSFER)
            found[at] = (Ruling.TRANSFER, _("改转其他单位"))
            uphold = _("维持转办（{unit}）").format(unit=back.unit_name or "")
            found.insert(at + 1, (_UPHOLD, uphold))
        return found

    def job(self, values: Values) -> Job:
        upheld = values.get("ruling") == _UPHOLD and self._view.returned is not None
        draft = DecisionDraft(
            leader=read.text(values, "leader"),
            day=read.day(values, "day"),
            ruling=Ruling.TRANSFER if upheld else read.one_of(values, "ruling", Ruling),
            opinion=read.text(values, "opinion"),
            receiver=self._returner() if upheld else read.number(values, "receiver"),
            reason=read.text(values, "reason"),
        )
        return self.job_on(
            self._view,
            lambda office, complaint, acting: complaints.decide(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 的领导批示已记录。").format(number=what.number)

    def _follow(self, key: str) -> None:
        if key not in ("ruling", "receiver"):
            return
        ruling = self.form.editor("ruling").value()
        transfer = ruling is Ruling.TRANSFER
        again = transfer and self.form.editor("receiver").value() == self._returner()
        upheld = ruling == _UPHOLD or (again and self._returner() is not None)
        self.form.set_shown("receiver", transfer)
        self.form.set_shown("reason", upheld or ruling is Ruling.REFUSE)
        said = _("不予受理的理由，会写进不予受理告知书。")
        if upheld:
            said = _("不采纳退回理由、仍由它办理的理由，会写进新的转办函。")
        self.form.set_hint("reason", said)

    def _returner(self) -> int | None:
        """The unit that sent the matter back."""
        return self._view.returned.unit if self._view.returned is not None else None


class FindingPage(StepPage):
    """What was found, by the office itself or by the unit that replied (办理结果)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        self._replied = view.state is State.TRANSFERRED
        today = context.today()
        known = [clerk.name for clerk in context.directory.clerks]
        form = Form(
            [
                DateField("day", self._word(_("查明日期(&D)"), _("回复日期(&D)")), required=True),
                SuggestField(
                    "investigators",
                    self._word(_("调查人员(&P)"), _("回复单位(&P)")),
                    required=True,
                    hint=self._word(_("几个人的，用顿号隔开。"), _("可以写到经办人。")),
                    known=known,
                ),
                TextField(
                    "facts",
                    _("查明的情况(&W)"),
                    required=True,
                    lines=5,
                    most=14,
                ),
                RadioField(
                    "outcome",
                    _("认定意见(&O)"),
                    required=True,
                    choices=[(one, _(wording.OUTCOMES[one])) for one in Outcome],
                ),
                TextField(
                    "handling",
                    _("处理情况(&J)"),
                    required=True,
                    lines=3,
                ),
                *(self._paper() if self._replied else ()),
                FilesField("attachments", _("附件(&A)")),
            ],
            today,
        )
        title = self._word(_("记录办理结果"), _("记录承办单位回复"))
        words = (title, about(view), _("保存(&S)"))
        super().__init__(context, "complaints.find", words, form, Reading(view))
        by = _receiver(view) if self._replied else context.acting().name
        form.set_values({"day": today, "investigators": by})

    def job(self, values: Values) -> Job:
        draft = FindingDraft(
            day=read.day(values, "day"),
            investigators=read.text(values, "investigators"),
            facts=read.text(values, "facts"),
            outcome=read.one_of(values, "outcome", Outcome),
            handling=read.text(values, "handling"),
            attachments=read.files(values, "attachments"),
            paper=read.text(values, "paper"),
        )
        return self.job_on(
            self._view,
            lambda office, complaint, acting: complaints.record_finding(
                office, complaint, draft, acting
            ),
        )

    def sentence(self, what: Made) -> str:
        words = self._word(_("{number} 的办理结果已记录。"), _("{number} 的承办单位回复已记录。"))
        return words.format(number=what.number)

    def _paper(self) -> tuple[Field, ...]:
        """The reply's own number."""
        return (LineField("paper", _("回复文号(&N)"), hint=_("承办单位来函的文号；没有的不填。")),)

    def _word(self, own: str, replied: str) -> str:
        return replied if self._replied else own


def _receiver(view: ComplaintView) -> str:
    """The unit to which the matter was passed on."""
    passed = register.passed_on(view.steps)
    return passed[0].unit_name or "" if passed else ""


def _asked_fields() -> tuple[Field, ...]:
    """Whether who complained is satisfied (满意度)."""
    return (
        RadioField(
            "satisfaction",
            _("满意度(&R)"),
            required=True,
            choices=[(one, _(words)) for one, words in wording.SATISFACTIONS.items()],
        ),
        DateField("asked", _("回访日期(&V)"), required=True),
        TextField("said", _("评价内容(&W)"), hint=_("投诉举报人怎么说；可以不填。"), lines=2),
    )


class ClosePage(StepPage):
    """The end of a complaint (办结)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        today = context.today()
        form = Form(
            [
                DateField("day", _("办结日期(&D)"), required=True),
                *points.closing_fields(view),
                *(_asked_fields() if complaints.asks(view) else ()),
                TextField("note", _("说明(&N)"), hint=_("如归档位置；可以不填。"), lines=2),
            ],
            today,
        )
        words = (_("办结"), about(view), _("办结(&S)"))
        super().__init__(context, "complaints.close", words, form, Reading(view))
        form.set_values({"day": today, **points.closing_beginning(view)})
        if complaints.asks(view):
            form.set_values({"satisfaction": Satisfaction.UNRATED})
            form.edited.connect(self._follow)
            self._follow("satisfaction")

    def _follow(self, key: str) -> None:
        """Nobody was asked: then there is no day on which it was."""
        if key == "satisfaction":
            said = read.one_of(self.form.values(), key, Satisfaction)
            self.form.set_shown("asked", said is not Satisfaction.UNRATED)
            if said is not Satisfaction.UNRATED and self.form.editor("asked").value() is None:
                self.form.editor("asked").set_value(self.context.today())

    def _asked(self, values: Values) -> Asked | None:
        if not complaints.asks(self._view):
            return None
        return Asked(
            read.one_of(values, "satisfaction", Satisfaction),
            read.day(values, "asked"),
            read.text(values, "said"),
        )

    def job(self, values: Values) -> Job:
        day, note, asked = read.day(values, "day"), read.text(values, "note"), self._asked(values)
        settled = points.read_settled(self._view, values)
        return self.job_on(
            self._view,
            lambda office, complaint, acting: complaints.close(
                office, complaint, day, note, acting, asked, settled
            ),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已办结。").format(number=what.number)
