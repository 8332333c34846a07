"""Looking through the log (操作记录): its lines by filter, and what one event changed; no writing."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from db import chain
from db.queries import log as queries
from db.queries import office as office_queries
from db.records import Clerk, LogFilter, LogLine
from desktop.text import _
from desktop.usecases import auditwords as words
from desktop.usecases.audit import Change, names_file, record_label, shown
from desktop.usecases.office import Office

#: So many lines are read at once.
PAGE = 300

#: Columns that say nothing to a reader: what they hold is told by other means.
_ASIDE = frozenset({"id", "rev", "fields", "fonts", "findings", "mapping"})


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of the log, newest first; ``total`` of the whole log fit the filter."""

    lines: tuple[LogLine, ...]
    total: int
    more: bool


def page(office: Office, wanted: LogFilter, before: int = 0) -> LogPage:
    """Return the newest lines that fit, or those before an event."""
    found = queries.lines(office.db, wanted, before, PAGE + 1)
    total = queries.count(office.db, wanted)
    return LogPage(tuple(found[:PAGE]), total, len(found) > PAGE)


def clerks(office: Office) -> Sequence[Clerk]:
    """Return whom the log may be filtered by."""
    return office_queries.clerks(office.db)


class Signature(StrEnum):
    """What an event's signature is worth."""

    GOOD = "good"  # made by the clerk's key, over what the event says now
    ALTERED = "altered"  # what the event says is not what was hashed
    FORGED = "forged"  # not made by this clerk's key
    NONE = "none"  # written before users had keys


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """One record that an event changed, field by field; ``made``: it is new."""

    table: str
    record: str
    made: bool
    fields: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with what it changed, its anchor and what its signature is worth.

    ``more``: how many other records it changed, by table: what was done by the thousand is not
    told one by one.
    """

    line: LogLine
    records: tuple[ChangedRecord, ...]
    signature: Signature
    anchor: str
    more: tuple[tuple[str, int], ...] = ()


#: So many records of one event are told one by one.
TOLD = 100


def event(office: Office, seq: int) -> EventView:
    """Return one event with what it changed, in words.

    Raises:
        LookupError: there is no such event.
    """
    line = queries.line(office.db, seq)
    if line is None:
        raise LookupError(f"event {seq}")
    records = tuple(_records(office, seq))
    told = Counter(one.table for one in records)
    changed = queries.changed(office.db, seq)
    more = tuple((t, n - told[t]) for t, n in changed.items() if n > told[t])
    return EventView(line, records, _signature(office, line), _anchor(line), more)


def _anchor(line: LogLine) -> str:
    return str(chain.anchor(line.seq, line.hash)) if line.hash else ""


def _records(office: Office, seq: int) -> list[ChangedRecord]:
    found = []
    for one in queries.changes(office.db, seq, TOLD):
        before, after = _image(one.before), _image(one.after)
        hidden = names_file(office, one.tbl, after)
        fields = tuple(
            Change(one.tbl, name, _(words.HIDDEN) if before else "", _(words.HIDDEN))
            if hidden and name == "name"
            else Change(
                one.tbl,
                name,
                shown(office, one.tbl, name, before.get(name), _),
                shown(office, one.tbl, name, after[name], _),
            )
            for name in after
            if name not in _ASIDE
            and before.get(name) != after[name]
            and (one.before or after[name] not in ("", None, 0))
        )
        label = record_label(office, one.tbl, one.row_id)
        found.append(ChangedRecord(one.tbl, label, one.before is None, fields))
    return found


def _image(text: str | None) -> dict[str, object]:
    """Read an image; empty where there is none, or where somebody made it one that is none."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _signature(office: Office, line: LogLine) -> Signature:
    here = next((one for one in chain.events(office.db, line.seq - 1)), None)
    before = queries.line(office.db, line.seq - 1)
    previous = before.hash if before else chain.START
    if here is None or here.seq != line.seq:
        return Signature.ALTERED
    if chain.link(previous, here.columns, here.changes) != line.hash:
        return Signature.ALTERED
    if line.signer is None or not line.signature:
        return Signature.NONE
    key = queries.key(office.db, line.signer)
    if key is None or key[1] != line.clerk or not chain.signed(key[0], line.hash, line.signature):
        return Signature.FORGED
    return Signature.GOOD


__all__ = [
    "PAGE",
    "ChangedRecord",
    "EventView",
    "LogFilter",
    "LogLine",
    "LogPage",
    "Signature",
    "clerks",
    "event",
    "page",
    "words",
]
