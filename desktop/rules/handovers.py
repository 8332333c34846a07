"""Letters of which only the handing over is registered (只登交接不录内容): what may be noted of them.

Nothing in a draft can hold what a letter says; a letter that was opened by mistake is handed on with
its seal said to be broken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.rules import typed
from desktop.rules.faults import Fault, fault
from desktop.rules.rulebook import Rulebook


class Sealing(StrEnum):
    """How the seal of an envelope was found (封条状态)."""

    INTACT = "intact"  # 封口完好
    PASTED = "pasted"  # 没有封条，封口完好
    BROKEN = "broken"  # 封条破损
    OPENED = "opened"  # 收到时已拆
    MISTAKE = "mistake"  # 误拆后重新封存


class HandoverState(StrEnum):
    """Where such a letter stands (交接状态)."""

    HELD = "held"  # 待移交
    HANDED = "handed"  # 已移交
    VOID = "void"  # 作废


@dataclass(frozen=True, slots=True)
class HandoverDraft:
    """The outside of a letter as registered (交接登记): nothing of what it says.

    ``kind``: why it may not be entered, an entry of the national rulebook. ``weight`` in grams.
    """

    kind: str
    received: date | None
    at: str
    channel: str
    brought: str
    envelope: str
    seal: str
    sealing: Sealing | None
    pieces: int | None = 1
    weight: int | None = None
    to_unit: str = ""


@dataclass(frozen=True, slots=True)
class HandingDraft:
    """The handing over itself (移交): to whom, when, and that both have signed (交、接签名)."""

    unit: str
    person: str
    day: date | None
    at: str
    signed: bool = False


#: Limits of this program against slips of the key.
MOST_PIECES, MOST_WEIGHT = 999, 100_000
#: The outside of an envelope is soon told; more would be its content.
OUTSIDE = 60

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


def read_time(text: str) -> str:
    """Return a time of day as kept (09:05), empty if it can not be read."""
    found = _TIME.fullmatch(text.strip())
    return f"{int(found[1]):02d}:{found[2]}" if found else ""


def _time_fault(field: str, text: str, day: date | None, now: datetime) -> Fault | None:
    if not text.strip():
        return fault(field, "required")
    read = read_time(text)
    if not read:
        return fault(field, "time")
    latest = f"{now:%H:%M}"
    ahead = day == now.date() and read > latest
    return fault(field, "time_ahead", latest=latest) if ahead else None


def check_handover(draft: HandoverDraft, national: Rulebook, now: datetime) -> list[Fault]:
    """Check what was noted of a letter; return every fault in the order of the form."""
    today = now.date()
    found = [
        None if draft.kind in {h.id for h in national.handovers} else fault("kind", "choose"),
        typed.check_date("received", draft.received, today),
        _time_fault("at", draft.at, draft.received, now),
        typed.check_text("channel", draft.channel, required=True, limit=OUTSIDE),
        typed.check_text("brought", draft.brought, limit=OUTSIDE),
        typed.check_text("envelope", draft.envelope, required=True, limit=OUTSIDE),
        typed.check_text("seal", draft.seal, limit=OUTSIDE),
        None if draft.sealing else fault("sealing", "choose"),
        *_counted(draft),
        typed.check_text("to_unit", draft.to_unit, limit=typed.NAME),
    ]
    return [f for f in found if f is not None]


def _counted(draft: HandoverDraft) -> Iterator[Fault | None]:
    if draft.pieces is None or not 1 <= draft.pieces <= MOST_PIECES:
        yield fault("pieces", "pieces", most=MOST_PIECES)
    if draft.weight is not None and not 1 <= draft.weight <= MOST_WEIGHT:
        yield fault("weight", "weight", most=MOST_WEIGHT)


def check_handing(
    draft: HandingDraft, received: date, received_at: str, now: datetime
) -> list[Fault]:
    """Check the handing over: to somebody, not before the letter came, signed by both."""
    today = now.date()
    early = (
        draft.day == received and bool(read_time(draft.at)) and read_time(draft.at) < received_at
    )
    found = [
        typed.check_text("unit", draft.unit, required=True, limit=typed.NAME),
        typed.check_text("person", draft.person, required=True, limit=typed.NAME),
        typed.check_date(
            "day", draft.day, today, not_before=received, before_code="before_receipt"
        ),
        _time_fault("at", draft.at, draft.day, now),
        fault("at", "before_arrival", earliest=received_at) if early else None,
        None if draft.signed else fault("signed", "both_sign"),
    ]
    return [f for f in found if f is not None]
