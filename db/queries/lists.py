"""The register as a list: how many, which ones in which order from where on; never all of them."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing

from db.driver import Database
from db.search import SEAT
from frozen import dataclass

#: Sets up to this size are sorted; larger ones are read along the index of the order.
SMALL = 20_000

_PLACE = f"c.year * {SEAT} + c.serial"
_SAID_ONES = "complaint_step s INDEXED BY complaint_step_said"
#: What the complaints are ordered by: the tables in the order they are to be walked, the columns.
_BY: dict[str, tuple[str, tuple[str, ...]]] = {
    "number": ("complaint c", ("c.year", "c.serial")),
    "received": ("complaint c", ("c.received", "c.year", "c.serial")),
    "subject": ("complaint c", ("c.subject", "c.year", "c.serial")),
    "identity": ("complaint c", ("c.identity", "c.year", "c.serial")),
    "unit": (
        "unit u CROSS JOIN complaint c ON c.accused_unit = u.id",
        ("u.name", "u.id", "c.year", "c.serial"),
    ),
    # the line beside a complaint says all that is asked: no need to look at the complaint itself
    "grounds": ("complaint_line l", ("l.grounds", "l.place")),
    "clock": (
        "complaint_clock k CROSS JOIN complaint c ON c.id = k.complaint",
        ("k.due", "k.complaint"),
    ),
    "receiver": (
        "unit r CROSS JOIN complaint_line l ON l.receiver = r.id",
        ("r.name", "r.id", "l.place"),
    ),
    "satisfaction": (
        f"{_SAID_ONES} CROSS JOIN complaint c ON c.id = s.complaint",
        ("s.outcome", "s.complaint"),
    ),
    "volume": (
        "complaint_archive a CROSS JOIN complaint c ON c.id = a.complaint",
        ("a.volume", "a.complaint"),
    ),
}
#: Of a few in some states each is looked at: along the units one would walk over all the others.
_OF_STATE = "complaint c INDEXED BY complaint_of_state"
_UNIT_OF_EACH = f"{_OF_STATE} CROSS JOIN unit u ON u.id = c.accused_unit"
#: What is transferred to nobody, in the order of its number.
_NO_RECEIVER = ("complaint_line l", ("l.place",))
_INDEX = {
    "received": "complaint_by_receipt",
    "subject": "complaint_by_subject",
    "identity": "complaint_by_identity",
}
_INDEXED = re.compile(r" INDEXED BY \w+")
_PRESSING = "k.pressing = 1"
_SAID = "s.step = 'satisfaction' AND s.void = 0"
#: Those who have it are gathered once, instead of being looked for at each complaint walked over.
_NOT_SAID = f"c.id NOT IN (SELECT s.complaint FROM {_SAID_ONES} WHERE {_SAID})"  # noqa: S608
_NOT_PRESSING = "c.id NOT IN (SELECT k.complaint FROM complaint_clock k WHERE k.pressing = 1)"
_FILED = "a.void = 0"
_NOT_FILED = "c.id NOT IN (SELECT a.complaint FROM complaint_archive a WHERE a.void = 0)"
#: Orders by what not every complaint has: what has it, what lacks it (last), the table that counts.
_HAVING = {
    "clock": (_PRESSING, _NOT_PRESSING, "complaint_clock k"),
    "satisfaction": (_SAID, _NOT_SAID, _SAID_ONES),
    "volume": (_FILED, _NOT_FILED, "complaint_archive a"),
}


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which complaints: in some states (none: all), or by how their clock presses on a day.

    ``clock``: "" or "soon" or "overdue" or "paused", or what the complainants said:
    "dissatisfied"; ``soon_until``: the last day that counts as soon;
    ``order``: all states as the column of states orders them.
    """

    states: tuple[str, ...] = ()
    clock: str = ""
    today: str = ""
    soon_until: str = ""
    order: tuple[str, ...] = ()


def tally(db: Database) -> dict[str, int]:
    """Return how many complaints stand in each state."""
    return {row[0]: row[1] for row in db.execute("SELECT state, n FROM complaint_tally").fetchall()}


_CLOCKS = (
    "SELECT coalesce(sum(latest < :today AND paused IS NULL), 0), "
    "coalesce(sum(latest >= :today AND due <= :soon AND paused IS NULL), 0), count(*) "
    "FROM complaint_clock WHERE pressing = 1"
)


#: Handling rests (中止); what was merged away meanwhile is over.
_RESTING = "c.paused IS NOT NULL AND c.void = 0 AND c.state NOT IN ('closed', 'archived')"


def resting(db: Database) -> int:
    """Return how many complaints rest."""
    sql = "SELECT count(*) FROM complaint c INDEXED BY complaint_paused WHERE "
    return int(db.execute(sql + _RESTING).fetchone()[0])


def clock_tally(db: Database, today: str, soon_until: str) -> tuple[int, int, int]:
    """Return how many complaints are overdue, soon due, and have a clock at all."""
    row = db.execute(_CLOCKS, {"today": today, "soon": soon_until}).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


_DISSATISFIED = (
    "SELECT count(*) FROM complaint_step s INDEXED BY complaint_step_said "
    "WHERE s.step = 'satisfaction' AND s.void = 0 AND s.outcome = 'dissatisfied'"
)


def dissatisfied(db: Database) -> int:
    """Return of how many complaints the complainants said that they are not satisfied (不满意)."""
    return int(db.execute(_DISSATISFIED).fetchone()[0])


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a list: a source, its conditions and its order, and how many there are."""

    tables: str
    where: str
    values: tuple[str, ...]
    order: tuple[str, ...]
    count: int

    @property
    def id(self) -> str:
        """Which column says which complaint it is."""
        return "c.id" if "complaint c" in self.tables else "l.complaint"

    def sql(self, what: str, *, descending: bool) -> str:
        way = "DESC" if descending else "ASC"
        order = ", ".join(f"{name} {way}" for name in self.order)
        where = f"WHERE {self.where} " if self.where else ""
        return f"SELECT {what} FROM {self.tables} {where}ORDER BY {order}"  # noqa: S608

    def places(self, among: str, *, descending: bool) -> str:
        """Say in SQL which places there are, all or those in a table."""
        place = "l.place" if "complaint_line l" in self.tables else _PLACE
        if not among:
            return self.sql(place, descending=descending)
        those = f"{place} IN (SELECT place FROM {among})"  # noqa: S608 - our own name
        where = f"{self.where} AND {those}" if self.where else those
        narrowed = _Part(self.tables, where, self.values, self.order, self.count)
        return narrowed.sql(place, descending=descending)


class Register:
    """The register narrowed and ordered; read from any place without walking to it."""

    def __init__(self, db: Database, narrow: Narrow, by: str, *, descending: bool) -> None:
        """Prepare; counts what there is."""
        self._db, self._descending = db, descending
        self._parts = _parts(db, narrow, by, descending=descending)
        self.count = sum(part.count for part, _way in self._parts)

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of a stretch of the list."""
        found: list[int] = []
        for part, descending in self._parts:
            if offset >= part.count:
                offset -= part.count
                continue
            size = min(limit - len(found), part.count - offset)
            found += self._stretch(part, offset, size, descending=descending)
            offset = 0
            if len(found) >= limit:
                break
        return found

    def _stretch(self, part: _Part, offset: int, size: int, *, descending: bool) -> list[int]:
        if offset <= part.count // 2:
            sql = part.sql(part.id, descending=descending)
            skip = offset
        else:  # nearer from the other end
            sql = part.sql(part.id, descending=not descending)
            skip = part.count - offset - size
        rows = self._db.execute(f"{sql} LIMIT ? OFFSET ?", [*part.values, size, skip]).fetchall()
        ids = [int(row[0]) for row in rows]
        return ids if offset <= part.count // 2 else ids[::-1]

    def places(self, among: str = "") -> Iterator[int]:
        """Yield every complaint's place in the index (year and serial), in this order.

        Args:
            among: a table of places (``place``); only those in it are wanted.
        """
        for part, descending in self._parts:
            sql = part.places(among, descending=descending)
            with closing(self._db.execute(sql, list(part.values))) as cursor:
                while rows := cursor.fetchmany(64 if among else 256):
                    for row in rows:
                        yield row[0]

    def position(self, complaint: int) -> int:
        """Return at which place of the list a complaint stands, or -1."""
        before = 0
        for part, descending in self._parts:
            found = self._within(part, complaint, descending=descending)
            if found >= 0:
                return before + found
            before += part.count
        return -1

    def _within(self, part: _Part, complaint: int, *, descending: bool) -> int:
        where = f"{part.where} AND " if part.where else ""
        names = ", ".join(part.order)
        one = _INDEXED.sub("", part.tables)  # by its id; along the order it would be far to walk
        key = self._db.execute(
            f"SELECT {names} FROM {one} WHERE {where}{part.id} = ?",  # noqa: S608
            [*part.values, complaint],
        ).fetchone()
        if key is None:
            return -1
        marks = ", ".join("?" * len(part.order))
        sign = ">" if descending else "<"
        row = self._db.execute(
            f"SELECT count(*) FROM {part.tables} "  # noqa: S608
            f"WHERE {where}({names}) {sign} ({marks})",
            [*part.values, *key],
        ).fetchone()
        return int(row[0])


def _parts(db: Database, narrow: Narrow, by: str, *, descending: bool) -> list[tuple[_Part, bool]]:
    counts = tally(db)
    if narrow.clock:
        return _pressing(db, narrow, by, descending=descending)
    states = narrow.states or tuple(counts)
    if by == "state":
        order = narrow.states or narrow.order or tuple(counts)
        ranked = order[::-1] if descending else order
        return [
            (_part((state,), "number", counts.get(state, 0)), True)
            for state in ranked
            if counts.get(state)
        ]
    total = sum(counts.get(state, 0) for state in states)
    if by in _HAVING:
        first, last, alone = _HAVING[by]
        where, values = _in_states(narrow.states)
        tables, order = _BY[by]
        both = f"{first} AND {where}" if where else first
        n = _count(db, tables if where else alone, both, values)
        rest = f"{last} AND {where}" if where else last
        tables_rest, order_rest = _BY["number"]
        if _few(narrow.states, total):
            tables_rest = _OF_STATE
        return [
            (_Part(tables, both, values, order, n), descending),
            (_Part(tables_rest, rest, values, order_rest, total - n), True),
        ]
    if by in ("grounds", "receiver"):
        return _lines(db, narrow.states, by, total, descending=descending)
    return [(_part(narrow.states, by, total), descending)]


def _lines(
    db: Database, states: tuple[str, ...], by: str, total: int, *, descending: bool
) -> list[tuple[_Part, bool]]:
    """Return what is ordered by the line beside each complaint; a few are sorted."""
    tables, order = _BY[by]
    alone = "complaint_line l"
    if _few(states, total):
        where, values = _in_states(states)
        alone = f"{_OF_STATE} CROSS JOIN {alone} ON l.complaint = c.id"
        tables = alone if by == "grounds" else f"{alone} CROSS JOIN unit r ON r.id = l.receiver"
    else:
        where, values = f"l.state IN ({', '.join('?' * len(states))})" if states else "", states
    if by == "grounds":
        return [(_Part(tables, where, values, order, total), descending)]
    and_where = f" AND {where}" if where else ""
    sent, kept = f"l.receiver > 0{and_where}", f"l.receiver = 0{and_where}"
    n = _count(db, alone, sent, values)
    return [
        (_Part(tables, sent, values, order, n), descending),
        (_Part(alone, kept, values, _NO_RECEIVER[1], total - n), True),
    ]


def _part(states: tuple[str, ...], by: str, count: int) -> _Part:
    tables, order = _BY[by]
    where, values = _in_states(states)
    if _few(states, count) and by in ("number", "unit", *_INDEX):
        tables = _UNIT_OF_EACH if by == "unit" else _OF_STATE
    elif by in _INDEX:
        tables = f"complaint c INDEXED BY {_INDEX[by]}"
    return _Part(tables, where, values, order, count)


def _few(states: Sequence[str], count: int) -> bool:
    """Say whether so many in some states are rather sorted than met along an order of all."""
    return bool(states) and count <= SMALL


def _in_states(states: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if not states:
        return "", ()
    if tuple(states) == ("void",):
        return "c.void = 1", ()
    standing = tuple(state for state in states if state != "void")
    marks = ", ".join("?" * len(standing))
    if len(standing) < len(states):
        return f"(c.void = 1 OR c.state IN ({marks}))", standing
    return f"c.void = 0 AND c.state IN ({marks})", standing


def _count(db: Database, tables: str, where: str, values: Sequence[str]) -> int:
    sql = f"SELECT count(*) FROM {tables} WHERE {where}"  # noqa: S608
    return int(db.execute(sql, list(values)).fetchone()[0])


def _pressing(
    db: Database, narrow: Narrow, by: str, *, descending: bool
) -> list[tuple[_Part, bool]]:
    """Return the complaints that press, or rest, or whose complainants are not satisfied.

    They are few, so they are sorted whatever the order.
    """
    values: tuple[str, ...] = ()
    if by == "volume":  # nothing that presses is filed; of what is, the number says as much
        by = "number"
    if narrow.clock == "dissatisfied":
        alone, where = _BY["satisfaction"][0], f"{_SAID} AND s.outcome = 'dissatisfied'"
        tables = alone
        if by == "clock":
            tables += " JOIN complaint_clock k ON k.complaint = c.id"
            pressing = _Part(
                tables,
                f"{where} AND {_PRESSING}",
                values,
                _BY[by][1],
                _count(db, tables, f"{where} AND {_PRESSING}", values),
            )
            rest = f"{where} AND {_NOT_PRESSING}"
            order = _BY["number"][1]
            others = _Part(alone, rest, values, order, _count(db, alone, rest, values))
            return [(pressing, descending), (others, True)]
    elif narrow.clock == "paused":
        alone = tables = "complaint c INDEXED BY complaint_paused"
        where = _RESTING
    else:
        alone = "complaint_clock k"
        tables = "complaint_clock k CROSS JOIN complaint c ON c.id = k.complaint"
        if narrow.clock == "overdue":
            where = f"{_PRESSING} AND k.paused IS NULL AND k.latest < ?"
            values = (narrow.today,)
        else:
            where = f"{_PRESSING} AND k.paused IS NULL AND k.latest >= ? AND k.due <= ?"
            values = (narrow.today, narrow.soon_until)
    count = _count(db, alone, where, values)
    order = _BY[by][1] if by != "state" else (_rank(narrow.order), "c.year", "c.serial")
    if by == "clock" and narrow.clock == "paused":
        order = ("c.paused", "c.id")  # what rests longest comes first
    if by == "unit":
        tables += " CROSS JOIN unit u ON u.id = c.accused_unit"
    elif by == "grounds":
        tables += " CROSS JOIN complaint_line l ON l.complaint = c.id"
    elif by == "receiver":  # what is transferred to nobody stands last
        line = f"{tables} CROSS JOIN complaint_line l ON l.complaint = c.id"
        sent, rest = f"{where} AND l.receiver > 0", f"{where} AND l.receiver = 0"
        n = _count(db, line, sent, values)
        named = f"{line} JOIN unit r ON r.id = l.receiver"
        return [
            (_Part(named, sent, values, order, n), descending),
            (_Part(line, rest, values, _NO_RECEIVER[1], count - n), True),
        ]
    elif by == "satisfaction" and narrow.clock != "dissatisfied":
        # nothing that presses was asked about yet
        order = _BY["number"][1]
    return [(_Part(tables, where, values, order, count), descending)]


def _rank(states: Sequence[str]) -> str:
    """Return the expression that numbers the states in their order."""
    ranks = " ".join(f"WHEN '{state}' THEN {n}" for n, state in enumerate(states))
    return f"CASE CASE c.void WHEN 1 THEN 'void' ELSE c.state END {ranks} END"


def sort(
    db: Database, places: Collection[int], by: str, states: Sequence[str], *, descending: bool
) -> list[int]:
    """Put some places of the index into an order.

    Args:
        db: the open file.
        places: year and serial in one.
        by: the column.
        states: the order of states, for the column of states.
        descending: from the last to the first; what has no clock stands last in both directions.
    """
    way = "DESC" if descending else "ASC"
    columns: dict[str, tuple[str, ...]] = {
        "state": (f"{_rank(states)} {way}",),
        # where these are alike, it is as in the list without a word: by the complaint's row
        "clock": ("k.due IS NULL", f"k.due {way}", f"k.complaint {way}"),
        "satisfaction": ("s.outcome IS NULL", f"s.outcome {way}", f"s.complaint {way}"),
        "volume": ("a.volume IS NULL", f"a.volume {way}", f"a.complaint {way}"),
        "grounds": (f"l.grounds {way}",),
        "unit": (f"u.name {way}", f"u.id {way}"),
        "receiver": (
            "r.id IS NULL",
            f"r.name {way}",
            f"r.id {way}",
            "CASE WHEN r.id IS NULL THEN -l.place END",
        ),
        "number": (),
    }
    keys = columns.get(by, (f"c.{by} {way}",))
    last = "DESC" if by in ("state", *_HAVING) else way
    order = ", ".join([*keys, f"c.year {last}", f"c.serial {last}"])
    sql = (
        f"SELECT j.value FROM json_each(?) j CROSS JOIN complaint c "  # noqa: S608
        f"ON c.year = j.value / {SEAT} AND c.serial = j.value % {SEAT} "
        "JOIN unit u ON u.id = c.accused_unit "
        "LEFT JOIN complaint_line l ON l.complaint = c.id "
        "LEFT JOIN unit r ON r.id = l.receiver "
        "LEFT JOIN complaint_clock k ON k.complaint = c.id AND k.pressing = 1 "
        "LEFT JOIN complaint_step s ON s.complaint = c.id AND s.step = 'satisfaction' "
        "AND s.void = 0 "
        "LEFT JOIN complaint_archive a ON a.complaint = c.id AND a.void = 0 "
        f"ORDER BY {order}"
    )
    return [row[0] for row in db.execute(sql, [json.dumps(list(places))]).fetchall()]


_IDS = (
    f"SELECT c.id FROM json_each(?) j JOIN complaint c ON c.year = j.value / {SEAT} "  # noqa: S608
    f"AND c.serial = j.value % {SEAT}"
)
_PLACES = f"SELECT {_PLACE} FROM json_each(?) j JOIN complaint c ON c.id = j.value"  # noqa: S608


def ids_at(db: Database, places: Sequence[int]) -> list[int]:
    """Return the ids of the complaints at some places of the index, in that order."""
    return [row[0] for row in db.execute(_IDS, [json.dumps(list(places))]).fetchall()]


def places_of(db: Database, ids: Sequence[int]) -> list[int]:
    """Return the places in the index of some complaints."""
    return [row[0] for row in db.execute(_PLACES, [json.dumps(list(ids))]).fetchall()]
