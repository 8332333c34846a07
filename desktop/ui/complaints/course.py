"""The pages beside the main way: 拟办, 中止办理, 恢复办理, 归档, 撤销上一步."""

from collections.abc import Callable, Mapping

from desktop.rules.complaints import Ruling, State, Step
from desktop.text import N_, _, format_date
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    DateField,
    Field,
    Form,
    LineField,
    NoteField,
    RadioField,
    SuggestField,
    TextField,
)
from desktop.ui.complaints import values as read
from desktop.ui.complaints.letters import LetterPage, to_complainants
from desktop.ui.complaints.page import Job, Made, StepPage, about, made
from desktop.ui.complaints.reading import Reading
from desktop.ui.complaints.units import UnitField
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import course, undoing
from desktop.usecases.auditwords import ACTIONS
from desktop.usecases.complaintletters import Preview
from desktop.usecases.course import (
    ArchiveDraft,
    FilingPlan,
    PauseDraft,
    ProposalDraft,
    ResumeDraft,
)
from desktop.usecases.office import Done, Office
from desktop.usecases.register import ComplaintView
from desktop.usecases.undoing import Undoable


class ProposalPage(StepPage):
    """What is proposed to the leader (拟办); it stands on the 领导批示单."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        today = context.today()
        accused = view.complaint.accused_unit
        units = [unit for unit in context.directory.units if unit.id != accused]
        clerks = [clerk.name for clerk in context.directory.clerks]
        form = Form(
            [
                RadioField(
                    "ruling",
                    _("拟办意见(&R)"),
                    required=True,
                    choices=[(one, _(words)) for one, words in wording.PROPOSALS.items()],
                ),
                UnitField(
                    "receiver",
                    _("拟承办单位(&U)"),
                    required=True,
                    hint=_("不能转给被投诉的单位自己办理。"),
                    units=units,
                    can_add=False,
                ),
                SuggestField(
                    "handler", _("拟承办人(&H)"), known=clerks, width=16, hint=_("可以不填。")
                ),
                TextField(
                    "text",
                    _("理由和建议(&E)"),
                    required=True,
                    lines=4,
                    hint=_("会印在领导批示单的“拟办意见”里；不要写投诉举报人的姓名、电话和地址。"),
                ),
                DateField("day", _("拟办日期(&D)"), required=True),
            ],
            today,
        )
        words = (_("拟办"), about(view), _("保存拟办意见(&S)"))
        super().__init__(context, "complaints.propose", words, form, Reading(view))
        form.set_values({"day": today, **_proposed(view)})
        form.edited.connect(self._follow)
        self._follow("ruling")

    def job(self, values: Values) -> Job:
        draft = ProposalDraft(
            ruling=read.one_of(values, "ruling", Ruling),
            receiver=read.number(values, "receiver"),
            handler=read.text(values, "handler"),
            text=read.text(values, "text"),
            day=read.day(values, "day"),
        )
        return self.job_on(
            self._view,
            lambda office, complaint, acting: course.propose(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 的拟办意见已保存，可以打印批示单送领导。").format(number=what.number)

    def _follow(self, key: str) -> None:
        if key == "ruling":
            ruling = read.one_of(self.form.values(), "ruling", Ruling)
            self.form.set_shown("receiver", ruling is Ruling.TRANSFER)
            self.form.set_shown("handler", ruling is not Ruling.REFUSE)


def _proposed(view: ComplaintView) -> Mapping[str, object]:
    """What was proposed before, to be put otherwise."""
    step = view.last(Step.PROPOSE)
    if step is None or step.outcome is None:
        return {}
    return {
        "ruling": Ruling(step.outcome),
        "receiver": step.unit,
        "handler": step.detail,
        "text": step.text,
    }


def _pause_note(view: ComplaintView) -> NoteField:
    """Whether the place's text knows a pause; where it is silent, whose act it is."""
    rule = course.pause_rule(view)
    if rule:
        said = _("依据{rule}。").format(rule=rule)
    else:
        said = _(
            "本单位所用的规则没有规定办理可以中止；中止由本单位自行决定，要经批准、记明理由。"
            "正在走的期限停下来，恢复以后顺延；原定日期一并显示。已经超期的不因中止而改变。"
        )
    return NoteField("rule", _("规则"), text=said)


def _pause_fields(view: ComplaintView) -> list[Field]:
    decision = view.last(Step.DECIDE)
    leaders = (decision.person,) if decision else ()
    return [
        _pause_note(view),
        DateField("day", _("中止日期(&D)"), required=True, hint=_("从这一天起不计期限。")),
        TextField(
            "reason",
            _("中止的理由(&E)"),
            required=True,
            lines=3,
            hint=_("如“等待法院对同一事项的判决”。"),
        ),
        SuggestField("approved_by", _("批准人(&P)"), required=True, known=leaders, width=16),
        LineField("basis", _("依据(&B)"), hint=_("有法律、文件依据的写全称和条款；没有的不填。")),
    ]


def _pause_draft(values: Values) -> PauseDraft:
    return PauseDraft(
        reason=read.text(values, "reason"),
        approved_by=read.text(values, "approved_by"),
        basis=read.text(values, "basis"),
        day=read.day(values, "day"),
    )


class PauseLetterPage(LetterPage):
    """中止办理, told to whoever complained by a 中止办理告知书."""

    name = "pause"
    kind = "pause"
    title = N_("中止办理")
    save_words = N_("中止并制作告知书(&S)")

    def fields(self) -> list[Field]:
        return [to_complainants(), *_pause_fields(self.view)]

    def compose(self, values: Values) -> Callable[[Office], Preview]:
        draft, acting = _pause_draft(values), self.context.acting()
        complaint = self.view.complaint.id
        return lambda office: course.preview(office, complaint, draft, acting)

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: course.pause(office, complaint, _pause_draft(v), acting)

    def sentence(self, what: Made) -> str:
        return _("{number} 已中止办理，并制作 {letter}。").format(
            number=what.number, letter=what.letter_number
        )


class PausePage(StepPage):
    """中止办理 of an anonymous complaint: there is nobody to tell."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        form = Form(_pause_fields(view), context.today())
        words = (_("中止办理"), about(view), _("中止办理(&S)"))
        super().__init__(context, "complaints.pause", words, form, Reading(view))
        form.set_values({"day": context.today()})

    def job(self, values: Values) -> Job:
        draft = _pause_draft(values)
        return self.job_on(
            self._view,
            lambda office, complaint, acting: course.pause(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已中止办理。").format(number=what.number)


def _resume_fields(view: ComplaintView) -> list[Field]:
    step = view.last(Step.PAUSE)
    since = _("{day} 起中止，{name} 批准：{reason}").format(
        day=format_date(step.day) if step else "",
        name=step.person if step else "",
        reason=step.text if step else "",
    )
    return [
        NoteField("since", _("中止情况"), text=since),
        DateField(
            "day",
            _("恢复日期(&D)"),
            required=True,
            hint=_("从这一天起继续计算期限；中止的日子顺延。"),
        ),
        TextField("reason", _("恢复的理由(&E)"), required=True, lines=3),
    ]


def _resume_draft(values: Values) -> ResumeDraft:
    return ResumeDraft(reason=read.text(values, "reason"), day=read.day(values, "day"))


class ResumeLetterPage(LetterPage):
    """恢复办理, told to whoever complained by a 恢复办理告知书."""

    name = "resume"
    kind = "resume"
    title = N_("恢复办理")
    save_words = N_("恢复并制作告知书(&S)")

    def fields(self) -> list[Field]:
        return [to_complainants(), *_resume_fields(self.view)]

    def compose(self, values: Values) -> Callable[[Office], Preview]:
        draft, acting = _resume_draft(values), self.context.acting()
        complaint = self.view.complaint.id
        return lambda office: course.preview(office, complaint, draft, acting)

    def issue(self) -> Callable[[Office, Values], Done[int]]:
        complaint, acting = self.view.complaint.id, self.context.acting()
        return lambda office, v: course.resume(office, complaint, _resume_draft(v), acting)

    def sentence(self, what: Made) -> str:
        return _("{number} 已恢复办理，并制作 {letter}。").format(
            number=what.number, letter=what.letter_number
        )


class ResumePage(StepPage):
    """恢复办理 of an anonymous complaint."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        form = Form(_resume_fields(view), context.today())
        words = (_("恢复办理"), about(view), _("恢复办理(&S)"))
        super().__init__(context, "complaints.resume", words, form, Reading(view))
        form.set_values({"day": context.today()})

    def job(self, values: Values) -> Job:
        draft = _resume_draft(values)
        return self.job_on(
            self._view,
            lambda office, complaint, acting: course.resume(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已恢复办理，期限已顺延。").format(number=what.number)


#: Steps that make a letter unless there is nobody to tell.
UNTOLD: Mapping[Step, type[PausePage] | type[ResumePage]] = {
    Step.PAUSE: PausePage,
    Step.RESUME: ResumePage,
}


class ArchivePage(StepPage):
    """The end of a closed complaint: under what it is filed (归档)."""

    def __init__(self, context: Context, view: ComplaintView, plan: FilingPlan) -> None:
        self._view = view
        today = context.today()
        form = Form(
            [
                NoteField(
                    "lock",
                    _("归档以后"),
                    text=_("这一件不能再改，只能重新办理或者转入责任追究；要改的，先撤销归档。"),
                ),
                SuggestField(
                    "volume",
                    _("卷号(&V)"),
                    required=True,
                    known=plan.volumes,
                    hint=_("按本单位的档号编法填写，如 Z109-WS·2026-Y-0001。"),
                ),
                SuggestField("box", _("盒号(&B)"), known=plan.boxes, width=12),
                SuggestField(
                    "retention",
                    _("保管期限(&T)"),
                    required=True,
                    known=plan.retentions,
                    width=12,
                    hint=_("按本单位的归档范围和保管期限表填写，如 永久、30年、10年。"),
                ),
                LineField("pages", _("页数(&G)"), width=6, narrow=True, hint=_("可以不填。")),
                DateField("day", _("归档日期(&D)"), required=True),
                LineField("person", _("归档人(&P)"), required=True, width=12),
                TextField("note", _("备注(&N)"), lines=2),
            ],
            today,
        )
        words = (_("归档"), about(view), _("归档(&S)"))
        super().__init__(context, "complaints.archive", words, form, Reading(view))
        last = {
            "box": plan.boxes[0] if plan.boxes else "",
            "retention": plan.retentions[0] if plan.retentions else "",
        }
        form.set_values({"day": today, "person": context.acting().name, **last})

    def job(self, values: Values) -> Job:
        draft = ArchiveDraft(
            volume=read.text(values, "volume"),
            box=read.text(values, "box"),
            retention=read.text(values, "retention"),
            pages=read.text(values, "pages"),
            person=read.text(values, "person"),
            day=read.day(values, "day"),
            note=read.text(values, "note"),
        )
        return self.job_on(
            self._view,
            lambda office, complaint, acting: course.archive(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已归档。").format(number=what.number)


class UndoPage(StepPage):
    """撤销上一步: what will be taken back is said beforehand; the reason stays on record."""

    def __init__(self, context: Context, view: ComplaintView, last: Undoable) -> None:
        self._view, self._last = view, last
        form = Form(
            [
                NoteField("what", _("撤销的是"), text=_taken(last)),
                NoteField("effect", _("撤销以后"), text=effect(last)),
                TextField(
                    "reason",
                    _("撤销理由(&E)"),
                    required=True,
                    lines=3,
                    hint=_("写明为什么撤销；办理过程和操作记录里会留下。"),
                ),
            ],
            context.today(),
        )
        words = (_("撤销上一步"), about(view), _("撤销这一步(&S)"))
        super().__init__(context, "complaints.undo", words, form, Reading(view))

    def job(self, values: Values) -> Job:
        reason, event = read.text(values, "reason"), self._last.event
        complaint, acting = self._view.complaint.id, self.context.acting()

        def work(office: Office) -> Done[Made]:
            undoing.undo(office, complaint, event, reason, acting)
            return Done(made(office, complaint, acting), 0)

        return work

    def sentence(self, what: Made) -> str:
        done = _(ACTIONS[self._last.action])
        return _("已撤销 {number} 的“{step}”。").format(number=what.number, step=done)


def _taken(last: Undoable) -> str:
    return _("{step}（{by} {at}）").format(
        step=_(ACTIONS[last.action]), by=last.by, at=f"{last.at:%Y-%m-%d %H:%M}"
    )


def effect(last: Undoable) -> str:
    """What taking a step back does, in sentences."""
    said = []
    if last.after is State.VOID:
        said.append(_("这一件作废；编号保留，不再使用。"))
    elif last.after is not last.now:
        now, after = (_(wording.STATES[one][0]) for one in (last.now, last.after))
        back = _("状态由“{now}”回到“{after}”，期限跟着重新计算。")
        if last.after in (State.CLOSED, State.ARCHIVED):
            back = _("状态由“{now}”回到“{after}”。")
        said.append(back.format(now=now, after=after))
    else:
        said.append(_("状态不变；这一步改动的内容恢复原样，期限跟着重新计算。"))
    if last.letters:
        said.append(
            _("文书 {letters} 作废；编号保留，不再使用，文书仍然可以查看。").format(
                letters=_("、").join(last.letters)
            )
        )
    said.append(_("这一步和撤销都留在操作记录里。"))
    return "".join(said)
