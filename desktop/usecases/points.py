"""The points of a complaint (诉求逐项答复): proposed at registration, edited, answered one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.ledger import Action
from db.records import ComplaintPoint
from desktop.rules import typed
from desktop.rules.complaints import ComplaintDraft, State
from desktop.rules.faults import Fault, NotPermitted, fault, refuse_if
from desktop.rules.points import PointState
from desktop.rules.points import points as points_of
from desktop.usecases import identity, register
from desktop.usecases.complaintwork import event_of, shown
from desktop.usecases.identity import MASK
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.register import ComplaintView

#: Where a complaint stands when its points are no longer changed, and why.
_OVER = {
    State.ANSWERED: "already_done",
    State.REFUSED: "already_done",
    State.CLOSED: "closed",
    State.ARCHIVED: "archived",
    State.VOID: "void",
}


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A point as typed in the record (诉求)."""

    text: str
    answer: str = ""
    state: PointState = PointState.OPEN


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """What is said to one point that was open; why not, where it is not answered (不予答复)."""

    point: int
    answer: str
    state: PointState = PointState.ANSWERED


def propose(action: Action, complaint_id: int, draft: ComplaintDraft) -> None:
    """List the points of a new complaint from its demands; who complained is masked in them."""
    for text in points_of(typed.clean(draft.demands)):
        action.insert(
            "complaint_point",
            complaint=complaint_id,
            text=identity.mask(draft.complainants, text),
            answer="",
            state=PointState.OPEN.value,
        )


def why_not(state: State) -> str:
    """Return the code of the reason why the points can not be changed now, or nothing."""
    return _OVER.get(state, "")


def save(
    office: Office, complaint_id: int, drafts: Sequence[PointDraft], acting: Acting
) -> Done[None]:
    """Write down the points as they stand on the page; what is left out there is taken away.

    Raises:
        Faults: a point without words, answered without an answer, or nothing changed.
        NotPermitted: the complainants were answered already, or the complaint is closed or void.
    """
    view = register.view(office, complaint_id, acting.today)
    if reason := why_not(view.state):
        raise NotPermitted(reason)
    faults: list[Fault | None] = []
    for n, one in enumerate(drafts):
        faults += [
            typed.check_text(
                f"points.{n}.text", one.text, required=True, limit=typed.LONG, lines=True
            ),
            typed.check_text(
                f"points.{n}.answer",
                one.answer,
                required=one.state is not PointState.OPEN,
                limit=typed.LONG,
                lines=True,
            ),
        ]
    refuse_if(faults)
    wanted = [
        (shown(office, complaint_id, d.text), shown(office, complaint_id, d.answer), d.state.value)
        for d in drafts
    ]
    pairs, new, gone = _matched(view.points, wanted)
    changed = [(p, w) for p, w in pairs if (p.text, p.answer, p.state) != w]
    refuse_if([None if changed or new or gone else fault("", "unchanged")])
    event = event_of("complaint.points", view.complaint)
    with office.ledger.action(event, acting.actor()) as action:
        for point, (text, answer, state) in changed:
            action.update("complaint_point", point.id, text=text, answer=answer, **_kept(state))
        for point in gone:
            action.update("complaint_point", point.id, void=1)
        for text, answer, state in new:
            action.insert(
                "complaint_point", complaint=complaint_id, text=text, answer=answer, **_kept(state)
            )
    return Done(None, event.seq)


def _kept(state: str) -> dict[str, str | int]:
    """Return how the row keeps where a point stands: what is declined counts as answered there."""
    declined = state == PointState.DECLINED
    return {
        "state": PointState.ANSWERED.value if declined else state,
        "declined": int(declined),
    }


_Words = tuple[str, str, str]


def _matched(
    known: Sequence[ComplaintPoint], wanted: Sequence[_Words]
) -> tuple[list[tuple[ComplaintPoint, _Words]], list[_Words], list[ComplaintPoint]]:
    """Match points to rows: the same words first, the others in their order."""
    left, rest = list(known), []
    pairs: list[tuple[ComplaintPoint, _Words]] = []
    for one in wanted:
        same = next((p for p in left if p.text == one[0]), None)
        if same is None:
            rest.append(one)
        else:
            left.remove(same)
            pairs.append((same, one))
    pairs += zip(left, rest, strict=False)
    return pairs, rest[len(left) :], left[len(rest) :]


def faults(
    open_: Sequence[ComplaintPoint], answers: Sequence[PointAnswer], *, code: str = "points_open"
) -> list[Fault]:
    """Find the open points that an answer, or a closing, leaves open (还有诉求没有答复)."""
    said = {one.point: one.answer for one in answers}
    found: list[Fault] = []
    missing = [p for p in open_ if not typed.clean(said.get(p.id, ""))]
    if missing:
        found.append(fault("", code, n=len(missing)))
    for point in open_:
        key, text = f"point{point.id}", said.get(point.id, "")
        wrong = typed.check_text(key, text, required=True, limit=typed.LONG, lines=True)
        found += [wrong] if wrong else []
    return found


def unanswered(points: Sequence[ComplaintPoint]) -> tuple[ComplaintPoint, ...]:
    """Return the points that are still open."""
    return tuple(p for p in points if p.state == PointState.OPEN)


def settled(
    points: Sequence[ComplaintPoint], answers: Sequence[PointAnswer]
) -> tuple[ComplaintPoint, ...]:
    """Return the points as an answer settles them; those it says nothing to stay as they are."""
    said = {one.point: one for one in answers if typed.clean(one.answer)}
    found = []
    for point in points:
        one = said.get(point.id)
        if one is not None and point.state == PointState.OPEN:
            state = PointState.ANSWERED if one.state is PointState.OPEN else one.state
            point = replace(point, answer=typed.clean(one.answer), state=state.value)
        found.append(point)
    return tuple(found)


def settle(
    action: Action,
    office: Office,
    complaint_id: int,
    points: Sequence[ComplaintPoint],
    answers: Sequence[PointAnswer],
) -> None:
    """Write down what the answer says to each open point."""
    for before, after in zip(points, settled(points, answers), strict=True):
        if after != before:
            answer = shown(office, complaint_id, after.answer)
            action.update("complaint_point", before.id, answer=answer, **_kept(after.state))


def carry(
    action: Action, office: Office, points: Sequence[ComplaintPoint], other: ComplaintView
) -> None:
    """Let what is open of a merged complaint be answered in the other (并入): none is lost."""
    known = {point.text for point in other.points}
    for point in unanswered(points):
        action.update("complaint_point", point.id, answer=_carried(other), state="answered")
        if point.text not in known:
            action.insert(
                "complaint_point",
                complaint=other.complaint.id,
                text=shown(office, other.complaint.id, point.text),
                answer="",
                state=PointState.OPEN.value,
            )


def bring_back(action: Action, points: Sequence[ComplaintPoint], other: ComplaintView) -> None:
    """Open the points anew that went along with a merging; what the other answered stays there."""
    carried = [point for point in points if point.answer == _carried(other)]
    for point in carried:
        action.update("complaint_point", point.id, answer="", state=PointState.OPEN.value)
    texts = {point.text for point in carried}
    for point in unanswered(other.points):
        if point.text in texts and not point.answer:
            action.update("complaint_point", point.id, void=1)


def _carried(other: ComplaintView) -> str:
    return f"并入 {other.complaint.number}，在该件答复。"


def letter_text(points: Sequence[ComplaintPoint]) -> str:
    """Return the points with their answers as the letter says them, nothing if there are none."""
    lines = [
        f"关于{_named(n, point)}：{stopped(point.answer)}"
        for n, point in enumerate(points, 1)
        if point.answer
    ]
    return "\n".join(lines)


def stopped(text: str) -> str:
    """Return a text that ends with a stop, for others stand after it."""
    return text if text.endswith(("。", "！", "？", "；", "”")) else f"{text}。"


def _named(n: int, point: ComplaintPoint) -> str:
    """A point whose words were masked is called by its number."""
    return f"第{n}项诉求" if MASK in point.text else f"“{point.text}”的诉求"
