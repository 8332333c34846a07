"""An office file with very many complaints, made from a fixed seed, only to be measured.

The complaints are written into the tables directly: they have no events, so that the chain of this
file tells of the office alone. The office is named accordingly; no program needs such a file.
"""

import random
from bisect import bisect
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

from db import guards
from db.keys import Cost
from db.queries.office import clerks
from desktop.rules.complaints import State
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import derived, identity
from desktop.usecases import office as offices
from desktop.usecases.office import Acting, ClerkDraft, Office, OfficeDraft
from desktop.usecases.session import Session, unlock
from tests.bench.password import NOW, PASSWORD

TODAY = NOW.date()
NAME = "测速用文件（没有办理记录）"
UNITS = 120
#: So many are not closed, whatever the size: nobody works on more.
OPEN = 400
#: Above this size nobody's name is sealed into the file: it would only take long.
NAMED = 100_000
_CHUNK = 2_000
_COLUMNS = (
    "id, rev, year, serial, number, pack, pack_version, channel, received, registered, identity, "
    "accused_unit, accused_person, subject, body, demands, state, ruling, outcome, transferred, "
    "refusal_told, told_in_writing, closed"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the texts, the frequent ones first, with their running weights."""

    words: list[str]
    weights: list[float]

    def text(self, chance: random.Random, count: int) -> list[str]:
        """Draw words as often as they are frequent."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def words(seed: int) -> Words:
    """Make 20,000 words of two to four characters, as unevenly frequent as those of a language."""
    chance = random.Random(seed)
    signs = [chr(code) for code in chance.sample(range(0x4E00, 0x9000), 2_500)]
    common = list(accumulate(1 / (n + 8) for n in range(len(signs))))
    made = dict.fromkeys(("，", "。"))
    while len(made) < 20_000:
        length = chance.choices((2, 3, 4), (7, 2, 1))[0]
        made["".join(chance.choices(signs, cum_weights=common, k=length))] = None
    weights = [400.0, 130.0, *(8_000 / (n + 9) for n in range(len(made) - 2))]
    return Words(list(made), list(accumulate(weights)))


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
    office = offices.create_office(path, draft, Acting(0, "王敏", NOW), Cost(1, 8, 1))
    fill(office, count, seed)
    derived.current(office, TODAY)
    office.db.execute("PRAGMA synchronous = FULL")
    assert clerks(office.db)
    office.close()
    return unlock(path, 1, PASSWORD)


def fill(office: Office, count: int, seed: int = 5) -> None:
    """Write the complaints with their grounds, steps and complainants."""
    chance, db = random.Random(seed), office.db
    known = words(seed)
    grounds = [g.id for g in _book(office).grounds]
    guards.take_down(db)  # they ask for an event of every row
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN IMMEDIATE")
    db.conn.executemany(
        "INSERT INTO unit (id, rev, name, kind) VALUES (?, 1, ?, '行政机关')",
        [
            (n, f"{known.words[60 + n]}{('局', '街道办事处', '镇人民政府')[n % 3]}{n}")
            for n in range(1, UNITS + 1)
        ],
    )
    marks = ", ".join("?" * (_COLUMNS.count(",") + 1))
    for first in range(0, count, _CHUNK):
        ids = range(first + 1, min(first + _CHUNK, count) + 1)
        texts = known.text(chance, 76 * len(ids))
        rows = [
            _complaint(chance, n, count, texts[k * 76 : k * 76 + 76]) for k, n in enumerate(ids)
        ]
        db.conn.executemany(f"INSERT INTO complaint ({_COLUMNS}) VALUES ({marks})", rows)
        db.conn.executemany(
            "INSERT INTO complaint_ground (rev, complaint, ground) VALUES (1, ?, ?)",
            [(n, chance.choice(grounds)) for n in ids],
        )
        db.conn.executemany(
            "INSERT INTO complaint_step (rev, complaint, step, day, person, text) "
            "VALUES (1, ?, ?, ?, ?, ?)",
            [step for row in rows for step in _steps(chance, row, known)],
        )
        if count <= NAMED:
            db.conn.executemany(
                "INSERT INTO complainant (rev, complaint, name, phone, address) "
                "VALUES (1, ?, ?, ?, '')",
                [
                    (
                        row[0],
                        identity.seal(
                            office, "".join(chance.choices(known.words[40:400], k=1))[:3]
                        ),
                        identity.seal(office, f"13{chance.randrange(10**9):09d}"),
                    )
                    for row in rows
                    if row[10] != "anonymous"
                ],
            )
    db.execute("COMMIT")
    guards.install(db)


def _book(office: Office):  # type: ignore[no-untyped-def]
    book = office.book(System.COMPLAINTS)
    assert book is not None
    return book


def _complaint(
    chance: random.Random, n: int, count: int, texts: list[str]
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
        1,
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
        texts[0][:3],
        "".join(t for t in texts[:6] if t not in "，。"),
        "".join(texts[6:70]),
        "".join(texts[70:]),
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
    chance: random.Random, row: tuple[int | str | None, ...], known: Words
) -> list[tuple[int | str | None, ...]]:
    steps: list[tuple[int | str | None, ...]] = [(row[0], "register", row[8], "", "")]
    if row[17]:
        steps.append((row[0], "decide", row[8], "陈守正", "".join(known.text(chance, 3))))
    if row[16] == "closed":
        found = "".join(known.text(chance, 12))
        steps += [(row[0], "find", row[21], "", found), (row[0], "close", row[22], "", "")]
    return steps


def rank(known: Words, share: float) -> str:
    """Return the word that stands at a share of the weights: 0 the most frequent."""
    return known.words[min(bisect(known.weights, share * known.weights[-1]), len(known.words) - 1)]
