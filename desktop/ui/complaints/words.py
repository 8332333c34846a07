"""Words that only the register uses: filters, stepper, grounds in short; the rest is wording.py."""

from dataclasses import replace

from desktop.rules.complaints import UNDECIDED, Identity, Ruling, State, Step
from desktop.rules.rulebook import Ground
from desktop.text import N_, _, format_date
from desktop.ui.common import wording
from desktop.ui.common.record.stepper import Step as Dot
from desktop.ui.common.record.stepper import StepState
from desktop.usecases.listing import Counts, Press, Query
from desktop.usecases.register import ComplaintView, Source

#: The filters above the list with the states they hold; 临期 and 超期 look at the clock instead,
#: 不满意 at what the complainants said.
STATES = {
    "registered": (N_("待批示"), UNDECIDED),
    "working": (N_("办理中"), (State.ACCEPTED, State.TRANSFER_DUE, State.REFUSAL_DUE)),
    "waiting": (N_("等待回复"), (State.TRANSFERRED,)),
    "found": (N_("待答复"), (State.FOUND,)),
    "told": (N_("待办结"), (State.ANSWERED, State.REFUSED)),
    "closed": (N_("已办结"), (State.CLOSED,)),
    "archived": (N_("已归档"), (State.ARCHIVED,)),
    "void": (N_("作废"), (State.VOID,)),
}
CLOCKS = {
    "soon": N_("临期"),
    "overdue": N_("超期"),
    "paused": N_("中止"),
    "dissatisfied": N_("不满意"),
}
#: The order of the filters.
FILTERS = (
    "all",
    "registered",
    "working",
    "waiting",
    "found",
    "told",
    "soon",
    "overdue",
    "paused",
    "closed",
    "archived",
    "dissatisfied",
    "void",
)


#: Filters that most offices have nothing in on most days.
RARE = ("paused", "archived", "dissatisfied", "void")


def filter_name(key: str) -> str:
    """The word of a filter."""
    if key == "all":
        return _("全部")
    return _(STATES[key][0] if key in STATES else CLOCKS[key])


def narrowed(query: Query, key: str) -> Query:
    """A query narrowed by a filter."""
    if key in STATES:
        return replace(query, states=STATES[key][1], press=Press.ANY)
    press = Press(key) if key in CLOCKS else Press.ANY
    return replace(query, states=(), press=press)


def filter_of(query: Query) -> str:
    """The filter by which a query is narrowed."""
    if query.press is not Press.ANY:
        return query.press.value
    asked = set(query.states)  # a view kept before a filter held more states still fits it
    return next(
        (key for key, (_name, held) in STATES.items() if asked and asked <= set(held)), "all"
    )


def count(counts: Counts, key: str) -> int:
    """How many a filter holds."""
    if key in STATES:
        return sum(counts.states.get(state, 0) for state in STATES[key][1])
    own = {
        "soon": counts.soon,
        "overdue": counts.overdue,
        "paused": counts.paused,
        "dissatisfied": counts.dissatisfied,
    }
    return own.get(key, counts.total)


_SOURCES = {
    Source.OLD_NUMBER: N_("原登记号"),
    Source.ORIGIN: N_("来源"),
    Source.ACCUSED: N_("被投诉人"),
    Source.BODY: N_("内容"),
    Source.DEMANDS: N_("诉求"),
    Source.DECISION: N_("批示"),
    Source.STEP: N_("办理过程"),
    Source.LETTER: N_("文书"),
    Source.FILED: N_("归档"),
    Source.NAME: N_("投诉举报人"),
}


def source_name(source: Source) -> str:
    """The word of a text in which a search found something."""
    return _(_SOURCES[source])


def grounds_in_short(grounds: tuple[Ground, ...]) -> str:
    """The items of the article, such as （五）（八）; the texts are in the tooltip."""
    return "".join(_item(ground) for ground in grounds)


def _item(ground: Ground) -> str:
    at = ground.article.rfind("（")
    return ground.article[at:] if at >= 0 else ground.article


def step_name(step: Step, state: State) -> str:
    """The step as its button says it; after a transfer the finding is the unit's reply."""
    if step is Step.FIND and state is State.TRANSFERRED:
        return _("记录承办单位回复…")
    return _(wording.STEPS[step])


def step_done(step: Step, *, transferred: bool) -> str:
    """The step as a thing that was done."""
    if step is Step.FIND and transferred:
        return _("承办单位回复")
    return _(wording.STEPS_DONE[step])


_PATHS: dict[Ruling | None, tuple[tuple[str, Step], ...]] = {
    Ruling.TRANSFER: (
        (N_("登记"), Step.REGISTER),
        (N_("拟办"), Step.PROPOSE),
        (N_("批示"), Step.DECIDE),
        (N_("转办"), Step.TRANSFER),
        (N_("回复"), Step.FIND),
        (N_("答复"), Step.ANSWER),
        (N_("办结"), Step.CLOSE),
        (N_("归档"), Step.ARCHIVE),
    ),
    Ruling.REFUSE: (
        (N_("登记"), Step.REGISTER),
        (N_("拟办"), Step.PROPOSE),
        (N_("批示"), Step.DECIDE),
        (N_("告知不予受理"), Step.REFUSE),
        (N_("办结"), Step.CLOSE),
        (N_("归档"), Step.ARCHIVE),
    ),
}
_USUAL = (
    (N_("登记"), Step.REGISTER),
    (N_("拟办"), Step.PROPOSE),
    (N_("批示"), Step.DECIDE),
    (N_("办理"), Step.FIND),
    (N_("答复"), Step.ANSWER),
    (N_("办结"), Step.CLOSE),
    (N_("归档"), Step.ARCHIVE),
)


#: The steps that an objection of the receiver undoes.
_ANEW = (Step.DECIDE, Step.TRANSFER)


def path(view: ComplaintView) -> list[Dot]:
    """The few real steps of a complaint, as the leader's decision has set its way.

    What was merged into another goes no further: only what was done is shown.
    """
    # Of one complaint, never of a list.
    from desktop.usecases.links import merged_into

    merged = merged_into(view) is not None
    # what a receiver sent back is decided, passed on and replied to anew
    back = max((n for n, one in enumerate(view.steps) if one.step == Step.OBJECT), default=-1)
    days = {
        one.step: one.day for n, one in enumerate(view.steps) if n > back or one.step not in _ANEW
    }
    anonymous = view.standing.identity is Identity.ANONYMOUS
    found: list[Dot] = []
    reached = False
    proposed = Step.PROPOSE.value in days
    way = [
        one
        for one in _PATHS.get(view.standing.ruling, _USUAL)
        if proposed or one[1] is not Step.PROPOSE
    ]
    for name, step in way:
        day = days.get(step.value)
        if day is not None:
            said = _("{step}：{day}").format(step=_(name), day=format_date(day))
            found.append(Dot(_(name), StepState.DONE, said))
        elif merged:
            continue
        elif view.state is State.VOID:
            found.append(Dot(_(name), StepState.VOID, _("这一件已经作废。")))
        elif anonymous and step in (Step.ANSWER, Step.REFUSE):
            found.append(Dot(_(name), StepState.VOID, _("匿名投诉举报，没有可以告知的人。")))
        else:
            found.append(Dot(_(name), StepState.TODO if reached else StepState.CURRENT))
            reached = True
    return found


_LOOK_REASONS = {
    "联系核实": N_("联系核实"),
    "告知、答复": N_("告知、答复"),
    "文书送达": N_("文书送达"),
    "补充材料": N_("补充材料"),
    "领导要求了解": N_("领导要求了解"),
    "修改登记": N_("修改登记"),
    "其他": N_("其他（请写明）"),
}


def look_reason(reason: str) -> str:
    """Return a reason to look at who complained, in the language of the window."""
    return _(_LOOK_REASONS[reason])
