"""Finding complaints by what is written in them: an index over pairs of characters, rechecked.

The index (``complaint_gram``) holds, for every complaint, the pairs of neighbouring characters of
all its texts and nothing else; a longer word is found where all its pairs occur, and what was found
is compared with the texts themselves. Its row number tells the complaint's number, so that the
newest stand at its end. Complainants' names are not in it; whoever may see them keeps them in
memory and passes what he found there (``Named``).
"""

import heapq
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from math import isqrt
from operator import add
from pathlib import Path

from db import pairs, unindexed
from db.driver import Database
from db.unindexed import Source, Stretches, Unindexed, Word, Writings
from frozen import dataclass

#: Raised when what stands in the index is made otherwise; it is then built anew.
VERSION = "3"
#: Made as now, but without what complaints are filed under: only filed ones are indexed anew.
UNFILED_VERSIONS = ("1", "2")

#: A complaint's place in the index: its year and its serial number in one.
SEAT = unindexed.SEAT

#: The texts of a complaint itself; what a file's shape does not have is left out.
OWN = (
    "number", "old_number", "origin", "origin_number", "subject", "body", "demands",
    "accused_person",
)  # fmt: skip

#: So many hits are kept in memory to be recognised while the order is walked.
KNOWN = 100_000
#: Where they are kept, and how many keys of an order are read while one row is.
_HITS, _KEYS = "temp.hit", 64
#: So many of the first in the order are looked at before the index is asked for one character.
WALKED = 1_000
_CHUNK = 256
#: Complaints that are indexed at a time.
_INDEXED = 2_000
#: So many that came in together are indexed afterwards, in portions of so many.
TOGETHER, PORTION = 2_000, 500
#: From so many on the index is gathered in a larger memory (bytes) before it is written.
_MANY, _LARGE, _USUAL = 2_000, 268_435_456, 1_048_576
#: Of more pieces than so many the index is merged at each edit, so many pages at a time (about a
#: thirtieth of a second); so many are more than it ever has.
_CROWDED, _STEP, _WHOLE = 256, 500, 100_000_000
#: How a version begins in the head of the index that counts what was deleted.
_SECOND_VERSION = b"\xff\x00\x00\x01"

#: Marks in the index for what may be renamed or changes often; no typed character is one.
_UNIT, _STATE = "\ue000", "\ue001"
#: How a sealed value begins (desktop.usecases.identity).
_SEALED = "\u2063"

#: So many folded texts are kept at hand.
_FOLDED = 4_000

_RUN = re.compile(r"[^\W_]+")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")


_NEWEST = f"SELECT year * {SEAT} + serial FROM complaint ORDER BY year DESC, serial DESC"  # noqa: S608


class Folding:
    """One writing for what is searched: simplified characters, half width, small letters."""

    def __init__(self, simplified: Mapping[str, str]) -> None:
        """Take the simplified character of each traditional one."""
        table = {ord(old): new for old, new in simplified.items()}
        table.update({code: chr(code - 0xFEE0).casefold() for code in range(0xFF01, 0xFF5F)})
        table[0x3000] = " "
        self.table: Mapping[int, str] = table
        # One search looks at a text once for each of its words, and the next key does so again.
        self._folded = lru_cache(maxsize=_FOLDED)(self._fold)

    def __call__(self, text: str) -> str:
        """Return a text as it is compared; character by character, so that parts stay parts."""
        return self._folded(text)

    def _fold(self, text: str) -> str:
        return text.casefold().translate(self.table)

    @cached_property
    def writings(self) -> Writings:
        """In which ways what is folded may be written."""
        return Writings(self.table)

    @staticmethod
    @lru_cache(maxsize=1)
    def read(path: Path) -> "Folding":
        """Read the table of characters, a pair a line."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return Folding({line[0]: line[1:] for line in lines if line and not line.startswith("#")})


def grams(folded: str) -> str:
    """Return the pairs of a folded text, and the last character of each run by itself."""
    made: list[str] = []
    for run in _RUN.findall(folded):
        made += map("".join, pairwise(run))
        made.append(run[-1])
    return " ".join(made)


# ---- writing -----------------------------------------------------------------------------------


def _own(db: Database) -> tuple[str, ...]:
    known = {row[1] for row in db.execute("PRAGMA table_info(complaint)").fetchall()}
    return tuple(name for name in OWN if name in known)


def _own_texts(db: Database) -> Source:
    columns = tuple(f"c.{name}" for name in _own(db))
    return Source("c.id", columns, "json_each(?) j JOIN complaint c ON c.id = j.value")


def _other_texts(db: Database) -> list[Source]:
    """Return where the steps and letters of complaints stand, and what they are filed under."""
    known = {row[1] for row in db.execute("PRAGMA table_info(complaint_step)").fetchall()}
    detail = "CASE s.step WHEN 'correct' THEN '' ELSE s.detail END"
    steps = ("s.text", detail, "s.person", *(("s.paper",) if "paper" in known else ()))
    sources = [
        Source(
            "s.complaint",
            steps,
            "complaint_step s JOIN json_each(?) j ON s.complaint = j.value",
            "s.void = 0",
        ),
        Source(
            "l.subject_id",
            ("l.number", "l.title"),
            "json_each(?) j JOIN letter l ON l.subject = 'complaint' AND l.subject_id = j.value",
            "l.void = 0",
        ),
    ]
    if db.execute("SELECT 1 FROM pragma_table_info('complaint_archive')").fetchone():
        filed = "json_each(?) j JOIN complaint_archive a ON a.complaint = j.value"
        sources.append(Source("a.complaint", ("a.volume", "a.box"), filed, "a.void = 0"))
    return sources


def _others(db: Database, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the texts of the steps and letters of complaints, and what they are filed under."""
    found: dict[int, list[str]] = {}
    wanted = json.dumps(list(ids))
    for source in _other_texts(db):
        for row in db.execute(source.sql, [wanted]).fetchall():
            texts = found.get(row[0])
            if texts is None:
                texts = found[row[0]] = []
            for text in row[1:]:
                if text and text[0] != _SEALED:
                    texts.append(text)
    return found


def _whole(db: Database, ids: Sequence[int]) -> list[tuple[int, int, str, str]]:
    """Return of complaints their place, their unit, how they stand, and all their texts as one."""
    names = ", ".join(f"c.{name}" for name in _own(db))
    sql = (
        "SELECT c.id, c.year, c.serial, c.accused_unit, c.state, c.void, "  # noqa: S608
        f"{names} FROM json_each(?) j JOIN complaint c ON c.id = j.value"
    )
    others, found = _others(db, ids), []
    for row in db.execute(sql, [json.dumps(list(ids))]).fetchall():
        own = [text for text in row[6:] if text]
        text = _once([*own, *others.get(row[0], ())])
        found.append((row[1] * SEAT + row[2], row[3], "void" if row[5] else row[4], text))
    return found


def reindex(
    db: Database,
    folding: Folding,
    complaints: Iterable[int],
    told: Callable[[float], None] | None = None,
) -> None:
    """Bring the index up to date for some complaints; runs inside the caller's transaction.

    Args:
        db: the open file.
        folding: how texts are compared.
        complaints: their ids.
        told: how far it is, from 0 to 1; may raise to stop.
    """
    wanted = list(complaints)
    if len(wanted) > _MANY:  # one large piece at the end instead of many small ones to be merged
        _set(db, "hashsize", _LARGE)
    elif _pieces(db) > _CROWDED:
        _set(db, "merge", _STEP)
    for at in range(0, len(wanted), _INDEXED):
        if told is not None:
            told(at / len(wanted))
        found = _whole(db, wanted[at : at + _INDEXED])
        places = [place for place, _unit, _state, _text in found]
        marks = [f" {_UNIT}{unit} {_mark(state)}" for _place, unit, state, _text in found]
        made = map(add, pairs.of_many([row[3] for row in found], folding.table), marks)
        db.conn.executemany(
            "INSERT OR REPLACE INTO complaint_gram(rowid, grams) VALUES (?, ?)",
            zip(places, made, strict=True),
        )
    if len(wanted) > _MANY:
        _set(db, "hashsize", _USUAL)


def _pieces(db: Database) -> int:
    """Return of how many pieces the index consists, each written by an edit or merged from several.

    While a large piece is merged with small ones, those of further edits wait; it takes no more
    than 2,000 and would then refuse every edit as if the disk were full.
    """
    (head,) = db.execute("SELECT block FROM complaint_gram_data WHERE id = 10").fetchone()
    # A number that changes, the version, how many levels, how many pieces: seven bits a byte each.
    found, at = 0, 8 if head[4:8] == _SECOND_VERSION else 4
    for _number in ("levels", "pieces"):
        found = 0
        while head[at] & 0x80:
            found = (found | head[at] & 0x7F) << 7
            at += 1
        found |= head[at]
        at += 1
    return found


def _once(texts: Sequence[str]) -> str:
    """Return texts as one, without those that the longest holds: a subject is often its begin."""
    longest = max(texts, key=len, default="")
    others = [text for text in dict.fromkeys(texts) if text.removesuffix("…") not in longest]
    return "\n".join((longest, *others))


def _mark(state: str) -> str:
    """Return a state as one word of the index, which parts words at every other sign."""
    return _STATE + state.replace("_", "")


def _set(db: Database, name: str, value: int) -> None:
    db.execute("INSERT INTO complaint_gram(complaint_gram, rank) VALUES (?, ?)", [name, value])


_ASKED = "SELECT 1 FROM complaint_gram WHERE complaint_gram MATCH 'a'"


def rebuild(db: Database, folding: Folding, told: Callable[[float], None] | None = None) -> None:
    """Make the index anew from all complaints; runs inside the caller's transaction.

    It ends as one piece, and not among those that edits write: a large one there would have to be
    written again before any of those can be merged. ``told``: how far it is, from 0 to 1; may raise
    to stop.
    """
    db.execute("INSERT INTO complaint_gram(complaint_gram) VALUES ('delete-all')")
    ids = [row[0] for row in db.execute("SELECT id FROM complaint ORDER BY year, serial")]
    reindex(db, folding, ids[:-1], told)
    db.execute(_ASKED).fetchone()  # to be asked, what was gathered is written as a piece
    reindex(db, folding, ids[-1:])
    _set(db, "merge", -_WHOLE)


# ---- what waits to be indexed ------------------------------------------------------------------


def waiting(db: Database) -> list[tuple[int, int]]:
    """Return the complaints that came in together and are not in the index yet, as stretches."""
    return unindexed.waiting(db, VERSION)


def put_off(db: Database, stretches: Stretches) -> None:
    """Let new complaints wait, of which none is in the index; inside the caller's transaction."""
    unindexed.keep(db, VERSION, [*waiting(db), *stretches])


def go_on(db: Database, folding: Folding) -> bool:
    """Index the next that wait, in the caller's transaction; return whether any is left."""
    stretches = waiting(db)
    if not stretches:
        return False
    (first, last), *others = stretches
    rows = db.execute(
        "SELECT id FROM complaint WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        [first, last, PORTION],
    ).fetchall()
    ids = [int(row[0]) for row in rows]
    reindex(db, folding, ids)
    left = [(ids[-1] + 1, last)] if len(ids) == PORTION and ids[-1] < last else []
    unindexed.keep(db, VERSION, [*left, *others])
    return bool(left or others)


# ---- asking ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One word that was typed: folded; the pairs that must occur; ``sure`` if they are enough."""

    text: str
    match: str
    sure: bool


def terms(folding: Folding, typed: str) -> tuple[Term, ...]:
    """Return the words of a line that was typed; whatever it holds, it can be searched for."""
    found = []
    for word in dict.fromkeys(folding(_SURROGATES.sub("", typed)).split()):
        tokens: list[str] = []
        for run in _RUN.findall(word):
            pairs = list(map("".join, pairwise(run)))
            tokens += [f'"{pair}"' for pair in pairs] or [f'"{run}"*']
        whole = len(word) <= 2 and _RUN.fullmatch(word) is not None
        found.append(Term(word, " AND ".join(dict.fromkeys(tokens)), whole))
    return tuple(found)


#: For each word the places (year and serial) of complaints known by a name, the last first.
Named = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, the places found by names for each, and the states that count."""

    terms: tuple[Term, ...]
    named: Named = ()
    states: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Say whether a word of one character is among them: it begins very many pairs."""
        return any(len(t.text) == 1 for t in self.terms)

    @property
    def indexed(self) -> bool:
        """Say whether the index knows anything of it; it knows no signs."""
        return any(t.match for t in self.terms)


_BETWEEN = "SELECT rowid FROM complaint_gram WHERE complaint_gram MATCH ? AND rowid BETWEEN ? AND ?"


class Search:
    """One question to the index; gives the places of what it finds."""

    def __init__(
        self,
        db: Database,
        folding: Folding,
        wanted: Wanted,
        going: Callable[[], bool] = lambda: True,
    ) -> None:
        """Prepare.

        Args:
            db: the open file.
            folding: how texts are compared.
            wanted: what is looked for.
            going: asked now and then; when it says no, the search ends with what it has.
        """
        self._db, self._folding, self._wanted, self._going = db, folding, wanted, going
        units = db.execute("SELECT id, name FROM unit").fetchall()
        names = [(int(row[0]), folding(str(row[1]))) for row in units]
        self._units = [{u for u, name in names if t.text in name} for t in wanted.terms]
        self._named = [frozenset(places) for places in wanted.named] or [
            frozenset() for _ in wanted.terms
        ]
        #: What the index does not know yet; it is looked at itself.
        self._unknown = Unindexed(db, waiting(db), lambda: [_own_texts(db), *_other_texts(db)])
        columns = ", ".join(f"c.{name}" for name in _own(db))
        self._texts = (
            f"SELECT j.value, c.id, c.void, c.state, c.accused_unit, {columns} "  # noqa: S608
            f"FROM json_each(?) j JOIN complaint c ON c.year = j.value / {SEAT} "
            f"AND c.serial = j.value % {SEAT}"
        )

    # -- the newest first ----------------------------------------------------------------------

    def newest(self, limit: int) -> list[int]:
        """Return the places of the newest that fit, the newest first."""
        if not self._wanted.indexed:
            return self._filtered(self._all(), limit)
        if self._wanted.short:
            found, ended = self._looked(self._all(), limit)
            if ended or len(found) >= limit:
                return found
        return self._filtered(self._stream(), limit, indexed=True)

    def _looked(self, order: Iterator[int], limit: int) -> tuple[list[int], bool]:
        """Look at the first of an order: one character is either common, then it is there, or rare.

        Returns:
            What fits, and whether that was all there is.
        """
        first = list(islice(order, WALKED + 1))
        return self._filtered(iter(first[:WALKED]), limit), len(first) <= WALKED

    def _all(self) -> Iterator[int]:
        return self._read(_NEWEST, [])

    def _read(self, sql: str, values: Sequence[object]) -> Iterator[int]:
        with closing(self._db.execute(sql, list(values))) as cursor:
            while rows := cursor.fetchmany(_CHUNK):
                for row in rows:
                    yield row[0]

    def _stream(self) -> Iterator[int]:
        """Yield what may fit, the newest first: from the index, from the names, and what waits."""
        indexed = self._read(
            "SELECT rowid FROM complaint_gram WHERE complaint_gram MATCH ? ORDER BY rowid DESC",
            [self._match()],
        )
        named = heapq.merge(*self._wanted.named, reverse=True) if self._wanted.named else iter(())
        last = -1
        for place in heapq.merge(indexed, named, self._unindexed(), reverse=True):
            if place != last:
                last = place
                yield place

    def _unindexed(self) -> Iterator[int]:
        """Yield of what waits to be indexed what may fit, the newest first.

        What has a word in a name is not among it: that comes from the names.
        """
        return self._unknown.newest(self._words, self._wanted.states, self._going)

    def _words(self) -> list[Word]:
        return [
            Word.of(self._folding.writings, _RUN.findall(term.text), units)
            for term, units in zip(self._wanted.terms, self._units, strict=True)
        ]

    def _match(self) -> str:
        parts = []
        for term, units in zip(self._wanted.terms, self._units, strict=True):
            if not term.match:
                continue
            also = [f'"{_UNIT}{unit}"' for unit in sorted(units)]
            parts.append(" OR ".join([f"({term.match})", *also]))
        if self._wanted.states:
            parts.append(" OR ".join(f'"{_mark(state)}"' for state in self._wanted.states))
        return " AND ".join(f"({part})" for part in parts)

    def _filtered(self, places: Iterator[int], limit: int, *, indexed: bool = False) -> list[int]:
        """Take from the candidates until enough of them fit."""
        found: list[int] = []
        size = min(_CHUNK, max(limit, 16))
        while len(found) < limit and self._going():
            chunk = list(islice(places, size))
            if not chunk:
                break
            found += self.fitting(chunk, indexed=indexed)
        return found[:limit]

    # -- comparing with the texts themselves ----------------------------------------------------

    def fitting(self, places: Sequence[int], *, indexed: bool = False) -> list[int]:
        """Return those of the places that really fit, in their order.

        Args:
            places: candidates.
            indexed: they come from the index, which needs no second look for words of a pair.
        """
        wanted = self._wanted
        if indexed and not any(self._named) and all(t.sure for t in wanted.terms):
            unknown = self._unknown.among(places)
            wrong = unknown.difference(self.fitting(sorted(unknown))) if unknown else ()
            return [place for place in places if place not in wrong]
        rows = {
            row[0]: row
            for row in self._db.execute(self._texts, [json.dumps(list(places))]).fetchall()
        }
        doubtful: dict[int, int] = {}
        fits: dict[int, bool] = {}
        missing: dict[int, list[int]] = {}
        for place, row in rows.items():
            state = "void" if row[2] else row[3]
            if wanted.states and state not in wanted.states:
                continue
            left = self._left(place, row[4], row[5:])
            fits[place] = not left
            if left:
                doubtful[row[1]], missing[row[1]] = place, left
        others = _others(self._db, list(doubtful)) if doubtful else {}
        for complaint, place in doubtful.items():
            texts = others.get(complaint, ())
            fits[place] = bool(texts) and all(
                self._has(wanted.terms[n].text, texts) for n in missing[complaint]
            )
        return [place for place in places if fits.get(place)]

    def _left(self, place: int, unit: int, texts: Sequence[str]) -> list[int]:
        """Return which words are found neither by name, nor by unit, nor in the own texts."""
        return [
            n
            for n, term in enumerate(self._wanted.terms)
            if place not in self._named[n]
            and unit not in self._units[n]
            and not self._has(term.text, texts)
        ]

    def _has(self, text: str, texts: Iterable[str]) -> bool:
        known = [one for one in texts if one]
        # as it stands first: folding is only needed where that fails
        return any(text in one for one in known) or any(text in self._folding(one) for one in known)

    # -- among a few ---------------------------------------------------------------------------

    def among(self, places: Sequence[int]) -> list[int]:
        """Return those of some places that fit, in their order; the others' texts are not read."""
        wanted = self._wanted
        if not places or not wanted.indexed or wanted.short:
            return self.fitting(places)
        indexed = self._read(_BETWEEN, [self._match(), min(places), max(places)])
        known = {place for some in self._named for place in some}
        known.update(indexed, self._unknown.among(places))
        return self.fitting([place for place in places if place in known], indexed=True)

    # -- in another order ----------------------------------------------------------------------

    def ordered(
        self,
        limit: int,
        total: int,
        order: Callable[[str], Iterator[int]],
        sort: Callable[[Collection[int]], list[int]],
    ) -> list[int]:
        """Return the first that fit in an order other than the newest first.

        Few hits are sorted; for many, the order is walked until enough of them were met. Either way
        only the texts of those are read that stand first.

        Args:
            limit: how many.
            total: how many complaints the order has.
            order: yields every place in that order, read no further than needed; with the name of
                a table only the places in its column ``place``.
            sort: puts some places into that order.
        """
        if not self._wanted.indexed:
            return self._filtered(order(""), limit)
        if self._wanted.short:
            found, ended = self._looked(order(""), limit)
            if ended or len(found) >= limit:
                return found
        count = self._gather()
        if count > KNOWN:
            return self._filtered(order(""), limit)
        # To sort reads a row of every hit; to walk reads keys until enough hits were met. The fewer
        # hits, the longer the walk: where both cost the same, a key being a fraction of a row.
        if count <= max(limit, isqrt(limit * total // _KEYS)):
            rows = self._db.execute(f"SELECT place FROM {_HITS}").fetchall()  # noqa: S608
            return self._filtered(iter(sort([row[0] for row in rows])), limit, indexed=True)
        return self._filtered(order(_HITS), limit, indexed=True)

    def _gather(self) -> int:
        """Put every candidate into a table of this connection, in memory; return how many.

        More than ``KNOWN`` are not gathered.
        """
        db = self._db
        db.execute(f"CREATE TABLE IF NOT EXISTS {_HITS} (place INTEGER PRIMARY KEY)")
        db.execute(f"DELETE FROM {_HITS}")  # noqa: S608
        named = {place for places in self._named for place in places}
        named.update(self._unindexed())
        db.conn.executemany(f"INSERT INTO {_HITS} VALUES (?)", [(one,) for one in named])  # noqa: S608
        db.execute(
            f"INSERT OR IGNORE INTO {_HITS} SELECT rowid FROM complaint_gram "  # noqa: S608
            "WHERE complaint_gram MATCH ? LIMIT ?",
            [self._match(), KNOWN + 1],
        )
        return int(db.execute(f"SELECT count(*) FROM {_HITS}").fetchone()[0])  # noqa: S608
