"""Complaints that came in by the thousand and wait for the search index: which, and what they may hold.

Which they are is kept beside the version of the index. Whoever searches meanwhile lets the database
look through their texts for what may be the words that were typed; whether it really is, is said by
the texts themselves, when they are compared (``search.Search.fitting``).
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice

from db.driver import Database
from frozen import dataclass

#: A complaint's place in the index: its year and its serial number in one.
SEAT = 10_000_000

#: Stretches of complaints, the first and the last id of each.
Stretches = Sequence[tuple[int, int]]

# ---- which they are ------------------------------------------------------------------------------

_KEPT = "SELECT value FROM derived WHERE key = 'search'"
_FORM = re.compile(r"([0-9]+)(?::([0-9]+-[0-9]+(?:,[0-9]+-[0-9]+)*))?")


def made(kept: str) -> str:
    """Return by which version of the making an index was made, of what is kept about it.

    Kept is the version, and behind a colon which complaints still wait. A program that knows of no
    waiting takes the whole for a version that is not its own, and makes the index anew; so does
    this one with what is not of this form.
    """
    found = _FORM.fullmatch(kept)
    return found[1] if found else ""


def waiting(db: Database, version: str) -> list[tuple[int, int]]:
    """Return the complaints that are not in an index of this version yet, as stretches."""
    kept = db.execute(_KEPT).fetchone()
    found = _FORM.fullmatch(str(kept[0])) if kept else None
    if found is None or found[1] != version or not found[2]:
        return []
    ends = [stretch.split("-") for stretch in found[2].split(",")]
    return [(int(first), int(last)) for first, last in ends]


def keep(db: Database, version: str, stretches: Stretches) -> None:
    """Keep which complaints wait now, in rising order; inside the caller's transaction."""
    joined: list[tuple[int, int]] = []
    for first, last in stretches:
        if joined and joined[-1][1] == first - 1:
            first = joined.pop()[0]
        joined.append((first, last))
    listed = ",".join(f"{first}-{last}" for first, last in joined)
    value = f"{version}:{listed}" if listed else version
    db.execute("INSERT OR REPLACE INTO derived VALUES ('search', ?)", [value])


# ---- how what was typed may be written -----------------------------------------------------------

#: Beyond it no character is another one in small letters.
_CASED = 0x20000
#: So much of a word, and so many of its parts between signs, are looked for.
_LENGTH, _RUNS = 8, 4


class Writings:
    """In which ways a folded character may stand in a text."""

    def __init__(self, table: Mapping[int, str]) -> None:
        """Turn round how texts are folded: into small letters, then by the table."""
        self._ways: dict[str, set[str]] = {}
        #: What may come from one character that is folded to several: it has no place of its own.
        self._shared: set[str] = set()
        for code in {*range(_CASED), *table}:
            folded = chr(code).casefold().translate(table)
            if folded == chr(code):
                continue
            for ch in folded:
                self._ways.setdefault(ch, {ch}).add(chr(code))
            if len(folded) > 1:
                self._shared.update(folded)

    def pattern(self, run: str) -> str:
        """Return a pattern (GLOB) that fits every text which, once folded, holds these letters."""
        parts = "".join(" " if ch in self._shared else ch for ch in run).split()
        return f"*{''.join(map(self._any, max(parts, key=len, default=run[0])[:_LENGTH]))}*"

    def _any(self, ch: str) -> str:
        ways = self._ways.get(ch)
        return f"[{''.join(sorted(ways))}]" if ways else ch


# ---- what they may hold --------------------------------------------------------------------------

#: So many are looked at first, and no more than so many at a time: what is common is found at once.
_FIRST, _MOST = 500, 4_000
#: If more than one of so many waits, all are walked in their order; fewer are sorted.
_FEW = 8
_PLACE = f"c.year * {SEAT} + c.serial"


@dataclass(frozen=True, slots=True)
class Source:
    """Where texts of complaints stand; ``tables`` takes the ids, a JSON list, as ``json_each(?) j``."""

    complaint: str
    columns: tuple[str, ...]
    tables: str
    where: str = "1"

    @property
    def sql(self) -> str:
        """Say in SQL all the texts, behind the id of the complaint."""
        columns = ", ".join((self.complaint, *self.columns))
        return f"SELECT {columns} FROM {self.tables} WHERE {self.where}"  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the patterns of what is between its signs, and the units that have it."""

    patterns: tuple[str, ...]
    units: Collection[int]

    @staticmethod
    def of(writings: Writings, runs: Sequence[str], units: Collection[int]) -> "Word":
        """Take a word without its signs."""
        return Word(tuple(map(writings.pattern, runs[:_RUNS])), units)


class Unindexed:
    """The complaints that wait, as one search sees them."""

    def __init__(
        self, db: Database, stretches: Stretches, sources: Callable[[], list[Source]]
    ) -> None:
        """Prepare.

        Args:
            db: the open file.
            stretches: which wait.
            sources: their texts, if they are asked for.
        """
        self._db, self._stretches, self._sources = db, stretches, sources

    def among(self, places: Collection[int]) -> set[int]:
        """Return which of some places wait."""
        if not self._stretches or not places:
            return set()
        sql = (
            f"SELECT j.value FROM json_each(?) j JOIN complaint c ON c.year = j.value / {SEAT} "  # noqa: S608
            f"AND c.serial = j.value % {SEAT} WHERE {self._wait('c.id')}"
        )
        return {int(row[0]) for row in self._db.execute(sql, [json.dumps(list(places))]).fetchall()}

    def newest(
        self, words: Callable[[], list[Word]], states: Sequence[str], going: Callable[[], bool]
    ) -> Iterator[int]:
        """Yield the places of those that may fit by their texts and units, the newest first.

        Args:
            words: what all of them must hold, if anything waits.
            states: in which states, none: all.
            going: asked between two portions; when it says no, that is all.
        """
        if not self._stretches:
            return
        wanted, size = words(), _FIRST
        order = self._in_order()
        while going() and (portion := dict(islice(order, size))):
            yield from self._may_fit(portion, wanted, states)
            size = min(2 * size, _MOST)

    def _in_order(self) -> Iterator[tuple[int, int]]:
        """Yield the place and the id of each, the newest first."""
        many = sum(last - first + 1 for first, last in self._stretches)
        (last,) = self._db.execute("SELECT max(id) FROM complaint").fetchone()
        if many * _FEW > last:
            where = self._wait("+c.id")  # along the numbers, no further than is asked for
            order = " ORDER BY c.year DESC, c.serial DESC"
        else:
            where, order = self._wait("c.id"), ""
        sql = f"SELECT {_PLACE}, c.id FROM complaint c WHERE {where}{order}"  # noqa: S608
        with closing(self._db.execute(sql)) as cursor:
            if not order:
                yield from sorted(cursor.fetchall(), reverse=True)
            while rows := cursor.fetchmany(_FIRST):
                yield from rows

    def _wait(self, column: str) -> str:
        spans = [f"{column} BETWEEN {first} AND {last}" for first, last in self._stretches]
        return f"({' OR '.join(spans)})"

    def _may_fit(
        self, portion: Mapping[int, int], words: Sequence[Word], states: Sequence[str]
    ) -> Iterator[int]:
        left = set(portion.values())
        if states:
            left = self._ids("CASE c.void WHEN 1 THEN 'void' ELSE c.state END", left, states)
        for word in words:
            left = self._with(word, left)
        return (place for place, complaint in portion.items() if complaint in left)

    def _with(self, word: Word, complaints: set[int]) -> set[int]:
        """Return those that may hold a word; it stands whole in one of their texts."""
        if not word.patterns:
            return complaints
        found: set[int] = set()
        if word.units:
            found = self._ids("c.accused_unit", complaints, list(word.units))
        for source in self._sources():
            left = complaints - found
            if not left:
                break
            # in a text with an empty character a pattern sees no further than that
            fits = [
                f"({' AND '.join([f'{column} GLOB ?'] * len(word.patterns))} "
                f"OR instr({column}, char(0)))"
                for column in source.columns
            ]
            sql = (
                f"SELECT {source.complaint} FROM {source.tables} "  # noqa: S608 - our own names
                f"WHERE {source.where} AND ({' OR '.join(fits)})"
            )
            values = [json.dumps(list(left)), *word.patterns * len(source.columns)]
            found |= {int(row[0]) for row in self._db.execute(sql, values).fetchall()}
        return found

    def _ids(self, what: str, complaints: Collection[int], values: Collection[object]) -> set[int]:
        """Return those of some complaints of which something is one of these values."""
        sql = (
            "SELECT c.id FROM json_each(?) j JOIN complaint c ON c.id = j.value "  # noqa: S608
            f"WHERE {what} IN (SELECT value FROM json_each(?))"
        )
        asked = [json.dumps(list(complaints)), json.dumps(list(values))]
        return {int(row[0]) for row in self._db.execute(sql, asked).fetchall()}
