"""An office file with very many complaints, made from a fixed seed, only to be measured.

It is a file like any other: every row has its image in the log, every two thousand complaints are
an import with an event of its own in the chain. Only the order of making is another, so that it
takes a minute for 100,000: the guards, the indexes and what is derived come at the end.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, islice
from itertools import count as count_from
from pathlib import Path

from db import batches, guards
from db.driver import Database
from db.keys import Cost
from db.ledger import EventDraft
from db.queries.office import clerks
from desktop.rules.complaints import State
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import derived, founding, identity
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.session import Session, unlock
from tests.bench.password import NOW, PASSWORD

TODAY = NOW.date()
NAME = "测速用文件"
UNITS = 120
#: So many are not closed, whatever the size: nobody works on more.
OPEN = 400
_CHUNK = 2_000
#: Clauses that a complaint and its steps take at most: names and lines, the body, the steps.
_CLAUSES = 1 + 2 + 20 + 1 + 3
_COMPLAINT = (
    "id", "year", "serial", "number", "pack", "pack_version", "channel", "received", "registered",
    "identity", "accused_unit", "accused_person", "subject", "body", "demands", "state", "ruling",
    "outcome", "transferred", "refusal_told", "told_in_writing", "closed",
)  # fmt: skip
_IDENTITY = _COMPLAINT.index("identity")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the texts, the frequent ones first, with their running weights."""

    words: list[str]
    weights: list[float]

    def text(self, chance: random.Random, count: int) -> list[str]:
        """Draw words as often as they are frequent."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)

    def clauses(self, chance: random.Random, count: int) -> list[str]:
        """Put words together to clauses of some ten characters, each with the sign at its end."""
        lengths = chance.choices((2, 3, 4, 5, 6), (1, 1, 2, 1, 1), k=count)
        drawn = iter(self.text(chance, sum(lengths)))
        signs = chance.choices("，。", (4, 1), k=count)
        return [
            "".join(islice(drawn, length)) + sign
            for length, sign in zip(lengths, signs, strict=True)
        ]


def _usual() -> list[str]:
    """Return the usual characters (GB 2312 一级汉字), of which the texts of offices consist.

    Drawn from all that have a code, four of five would be in no font of an interface, and a painted
    list would be measured by the search for one that has them.
    """
    rows = bytes(
        byte for row in range(0xB0, 0xD8) for at in range(0xA1, 0xFF) for byte in (row, at)
    )
    return list(rows.decode("gb2312", "ignore"))


def words(seed: int) -> Words:
    """Make 20,000 words of two to four characters, as unevenly frequent as those of a language."""
    chance = random.Random(seed)
    signs = chance.sample(_usual(), 2_500)
    common = list(accumulate(1 / (n + 8) for n in range(len(signs))))
    made: dict[str, None] = {}
    while len(made) < 20_000:
        length = chance.choices((2, 3, 4), (7, 2, 1))[0]
        made["".join(chance.choices(signs, cum_weights=common, k=length))] = None
    weights = [8_000 / (n + 9) for n in range(len(made))]
    return Words(list(made), list(accumulate(weights)))


class Texts:
    """What people write: two thirds of it in clauses that others wrote too, one third in new ones.

    So 1.8 million characters hold 0.21 million different pairs of neighbours; a newspaper's hold
    0.25, readers' letters to a bookshop 0.16.
    """

    def __init__(self, known: Words, seed: int, count: int) -> None:
        """Prepare as many clauses as so many complaints have in common."""
        self._known, self._chance = known, random.Random(seed)
        self._common = known.clauses(self._chance, max(20_000, min(200_000, 4 * count)))

    def clauses(self, count: int) -> list[str]:
        """Draw clauses."""
        drawn = self._chance.choices(self._common, k=count)
        drawn[::3] = self._known.clauses(self._chance, len(drawn[::3]))
        return drawn


def make(path: Path, count: int, seed: int = 5) -> Session:
    """Make the file and everything derived in it; return the session that opens it."""
    draft = OfficeDraft(
        name=NAME,
        letterhead=NAME,
        mark="测",
        telephone="",
        address="",
        contact="",
        clerks=(ClerkDraft("王敏", "", frozenset({Role.REGISTRAR, Role.ADMIN}), PASSWORD),),
        packs=dict.fromkeys(
            (System.COMPLAINTS, System.ACCOUNTABILITY, System.ASSESSMENT), "baoding"
        ),
    )
    office = founding.create_office(path, draft, Acting(0, "王敏", NOW), Cost(1, 8, 1))
    fill(office, count, seed)
    with batches.room(office.db):
        derived.current(office, TODAY)
    assert clerks(office.db)
    office.db.execute("PRAGMA journal_mode = WAL")
    office.close()
    return unlock(path, 1, PASSWORD)


def fill(office: Office, count: int, seed: int = 5) -> None:
    """Write the complaints with their grounds, steps and complainants, an import after another."""
    chance = random.Random(seed)
    known = words(seed)
    texts = Texts(known, seed + 1, count)
    grounds = [g.id for g in _book(office).grounds]
    ids = {table: count_from(1) for table in ("complaint_ground", "complaint_step", "complainant")}
    derive, office.ledger.derive = office.ledger.derive, None  # everything at once at the end
    with _quickly(office.db):
        _units(office, known)
        for first in range(0, count, _CHUNK):
            some = range(first + 1, min(first + _CHUNK, count) + 1)
            flow = iter(texts.clauses(len(some) * _CLAUSES))
            rows = [_complaint(chance, n, count, flow) for n in some]
            event = EventDraft("complaint.import", "import_batch", 0, NAME)
            with office.ledger.action(event, Acting(1, "王敏", NOW).actor()) as action:
                action.insert_many("complaint", _COMPLAINT, rows)
                action.insert_many(
                    "complaint_ground",
                    ("id", "complaint", "ground"),
                    zip(
                        ids["complaint_ground"],
                        some,
                        chance.choices(grounds, k=len(some)),
                        strict=False,
                    ),
                )
                action.insert_many(
                    "complaint_step",
                    ("id", "complaint", "step", "day", "person", "text"),
                    (
                        (next(ids["complaint_step"]), *step)
                        for row in rows
                        for step in _steps(row, flow)
                    ),
                )
                action.insert_many(
                    "complainant",
                    ("id", "complaint", "name", "phone", "address"),
                    (
                        (
                            next(ids["complainant"]),
                            row[0],
                            identity.seal(office, chance.choice(known.words[40:400])[:3]),
                            identity.seal(office, f"13{chance.randrange(10**9):09d}"),
                            "",
                        )
                        for row in rows
                        if row[_IDENTITY] != "anonymous"
                    ),
                )
    office.ledger.derive = derive


def _units(office: Office, known: Words) -> None:
    event = EventDraft("unit.save", "unit", 0, NAME)
    with office.ledger.action(event, Acting(1, "王敏", NOW).actor()) as action:
        names = (
            f"{known.words[60 + n]}{('局', '街道办事处', '镇人民政府')[n % 3]}{n}"
            for n in range(1, UNITS + 1)
        )
        rows = ((n, name, "行政机关") for n, name in enumerate(names, 1))
        action.insert_many("unit", ("id", "name", "kind"), rows)


@contextmanager
def _quickly(db: Database) -> Iterator[None]:
    """Write without a journal, guards and indexes; guards and indexes are made at the end."""
    guards.take_down(db)
    filled = "('complaint', 'complaint_ground', 'complaint_step', 'complainant')"
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
        f"AND tbl_name IN {filled}"
    ).fetchall()
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA journal_mode = OFF")
    for name, _sql in indexes:
        db.execute(f'DROP INDEX "{name}"')
    with batches.room(db):
        yield
        for _name, sql in indexes:
            db.execute(sql)
    guards.install(db)


def _book(office: Office):  # type: ignore[no-untyped-def]
    book = office.book(System.COMPLAINTS)
    assert book is not None
    return book


def _complaint(
    chance: random.Random, n: int, count: int, texts: Iterator[str]
) -> tuple[int | str | None, ...]:
    """Return the columns of the n-th complaint: an old one is closed, of the last ones some are."""
    days = (count - n) * 3_000 // count
    received = TODAY - timedelta(days=days)
    closed = n <= count - OPEN
    state = State.CLOSED if closed else chance.choice(_OPEN_STATES)
    ruling = "accept" if closed or state is not State.REGISTERED else None
    day = received.isoformat()
    told = (received + timedelta(days=chance.randrange(9))).isoformat() if closed else None
    return (
        n,
        received.year,
        n,
        f"投〔{received.year}〕{n:06d}",
        "baoding",
        1,
        "letter",
        day,
        day,
        chance.choice(("real_name", "real_name", "anonymous")),
        chance.randrange(1, UNITS + 1),
        next(texts)[:3],
        (next(texts) + next(texts))[:-1],
        "".join(islice(texts, chance.randrange(6, 21))),
        next(texts),
        state.value,
        ruling,
        "proven" if closed else None,
        None,
        None,
        told,
        told,
    )


_OPEN_STATES = (State.REGISTERED, State.ACCEPTED, State.ACCEPTED, State.TRANSFERRED, State.FOUND)


def _steps(
    row: tuple[int | str | None, ...], texts: Iterator[str]
) -> list[tuple[int | str | None, ...]]:
    steps: list[tuple[int | str | None, ...]] = [(row[0], "register", row[7], "", "")]
    if row[16]:
        steps.append((row[0], "decide", row[7], "陈守正", next(texts)))
    if row[15] == "closed":
        steps.append((row[0], "find", row[20], "", next(texts) + next(texts)))
        steps.append((row[0], "close", row[21], "", ""))
    return steps


def rank(known: Words, share: float) -> str:
    """Return the word that stands at a share of the weights: 0 the most frequent."""
    return known.words[min(bisect(known.weights, share * known.weights[-1]), len(known.words) - 1)]
