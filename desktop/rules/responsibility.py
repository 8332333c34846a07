"""The division of responsibility (责任区分): who bears what, by the rulebook's own table."""

from collections.abc import Sequence

from desktop.rules.rulebook import Approval, Bearing, Conduct, Role, Rulebook, Share
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in what happened (行为人情况).

    Args:
        person: the person's key in the case file.
        role: in which function the person acted.
        advised: told the leader it was wrong, or gave the right advice (提出正确意见).
        adopted: the advice was taken.
        kept_silent: knew it would mislead the leader and said nothing (明知而不提醒).
        exhibit: the paper that proves advice or silence (签注意见、会议纪要).
    """

    person: int
    role: Role
    advised: bool = False
    adopted: bool = False
    kept_silent: bool = False
    exhibit: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table says of one person, or that it is silent (``bearing`` None).

    ``discretion``: the text allows relief (可以) but does not demand it, so the clerk must choose
    and give a reason; ``plain`` is then what the person bears without relief.
    ``exhibit_missing``: relief or blame rests on a fact without a paper.
    """

    person: int
    bearing: Bearing | None
    plain: Bearing | None
    discretion: bool
    exhibit_missing: bool
    relieved_by: int = 0  # the person who bears everything instead


def divide(book: Rulebook, approval: Approval, parts: Sequence[Part]) -> tuple[Proposal, ...]:
    """Apply the rulebook's responsibility table to the persons of a case.

    Mandatory cells (必须) are computed; discretionary ones (可以) are only offered. Where the table
    is silent about a role, nothing is proposed. Where one person bears everything (全部责任), the
    others bear nothing.
    """
    proposals = [_propose(book, approval, part) for part in parts]
    whole = [p.person for p in proposals if p.bearing and p.bearing.share == "full"]
    if not whole:
        return tuple(proposals)
    return tuple(
        p
        if p.person in whole
        else Proposal(
            p.person, None, None, discretion=False, exhibit_missing=False, relieved_by=whole[0]
        )
        for p in proposals
    )


def _propose(book: Rulebook, approval: Approval, part: Part) -> Proposal:
    plain = _cell(book, approval, part.role, "plain")
    special = next((b for c in _conducts(part) if (b := _cell(book, approval, part.role, c))), None)
    if special is None:
        return Proposal(part.person, plain, plain, discretion=False, exhibit_missing=False)
    return Proposal(
        part.person,
        special,
        plain,
        discretion=special.force == "may",
        exhibit_missing=not part.exhibit.strip(),
    )


def _conducts(part: Part) -> tuple[Conduct, ...]:
    """List the conducts of a part from the gravest; being told is not the same as not being heeded."""
    if part.kept_silent:
        return ("kept_silent",)
    if part.advised and not part.adopted:
        return ("advised_not_adopted", "advised")
    return ("advised",) if part.advised else ()


def _cell(book: Rulebook, approval: Approval, role: Role, conduct: Conduct) -> Bearing | None:
    """Find the cell for this situation; a cell for any kind of approval serves where none is exact."""
    return next(
        (
            b
            for wanted in (approval, "any")
            for b in book.bearings
            if b.approval == wanted and b.role == role and b.conduct == conduct
        ),
        None,
    )


def choices(book: Rulebook) -> tuple[Share, ...]:
    """Return the shares that this rulebook knows, for the clerk's own choice, gravest first.

    To bear responsibility or not can be said anywhere, also where the text divides nothing.
    """
    order: tuple[Share, ...] = (
        "full",
        "liable",
        "primary",
        "secondary",
        "reduced_or_none",
        "exempt",
        "none",
    )
    used = {b.share for b in book.bearings}
    return tuple(s for s in order if s in used or s in ("liable", "none"))
