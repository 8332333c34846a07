"""How fluid the register is with very many complaints, each figure against a peer in the same run.

    python -m tests.bench.register [--size 10k|100k|1m] [--json FILE] [--rounds N]

The data comes from a fixed seed. Ours and theirs take turns, so that a busy machine slows both; a
figure is the median over the turns, its spread the distance of the largest from the smallest. Where
a reach is named for a million complaints and the peer's time grows with their number, it is scaled
to the size measured; where less is better (sizes, memory, the worst against the median) the reach is
the most that is allowed.
"""

import argparse
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from db import search
from db.driver import Database
from db.ledger import EventDraft
from db.queries import clocks as clock_queries
from desktop.usecases import calendars, derived, listing
from desktop.usecases import office as offices
from desktop.usecases.listing import By, Query
from desktop.usecases.office import Acting, Office
from tests.bench import data
from tests.bench.data import TODAY
from tests.bench.password import NOW

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
FULL = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One comparison."""

    name: str
    ratio: float
    spread: float
    reach: float
    holds: bool


def at_least(name: str, ratios: Sequence[float], reach: float) -> Figure:
    """A figure of which more is better."""
    ratio = median(ratios)
    spread = max(ratios) - min(ratios)
    return Figure(name, round(ratio, 3), round(spread, 3), round(reach, 3), ratio >= reach)


def at_most(name: str, ratios: Sequence[float], reach: float) -> Figure:
    """A figure of which less is better."""
    ratio = median(ratios)
    spread = max(ratios) - min(ratios)
    return Figure(name, round(ratio, 4), round(spread, 4), round(reach, 4), ratio <= reach)


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes on the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# ---- search ------------------------------------------------------------------------------------

_LIKE = "SELECT count(*) FROM complaint WHERE subject LIKE ? OR body LIKE ? OR demands LIKE ?"
_ALL = (
    "SELECT year * 10000000 + serial FROM complaint c WHERE number LIKE :w OR subject LIKE :w "
    "OR body LIKE :w OR demands LIKE :w OR accused_person LIKE :w "
    "UNION SELECT c.year * 10000000 + c.serial FROM complaint_step s JOIN complaint c "
    "ON c.id = s.complaint WHERE s.text LIKE :w OR s.person LIKE :w "
    "UNION SELECT c.year * 10000000 + c.serial FROM complaint c JOIN unit u "
    "ON u.id = c.accused_unit WHERE u.name LIKE :w ORDER BY 1 DESC"
)


def questions(db: Database, count: int, seed: int = 11) -> list[str]:
    """Draw what is searched: frequent words, rare ones, parts of the texts, two words."""
    chance, known = random.Random(seed), data.words(5)
    top = int(db.execute("SELECT max(id) FROM complaint").fetchone()[0])

    def part(length: int) -> str:
        while True:
            row = db.execute(
                "SELECT body FROM complaint WHERE id = ?", [chance.randrange(1, top + 1)]
            ).fetchone()
            first = chance.randrange(len(row[0]) - length)
            cut = str(row[0][first : first + length])
            if not set(cut) & set("，。"):
                return cut

    def word() -> str:
        while True:
            found = data.rank(known, chance.random())
            if len(found) > 1:
                return found

    kinds = (word, lambda: part(2), lambda: part(3), lambda: part(4), word, lambda: part(2))
    return [kinds[n % len(kinds)]() for n in range(count)]


def found(office: Office, typed: str, by: By) -> list[int]:
    """Return the places of the first hundred hits, as the list asks for them."""
    query = Query(words=typed, by=by)
    folding = derived.folding()
    look = search.Search(office.db, folding, search.Wanted(search.terms(folding, typed)))
    narrow = listing._narrow(office, query, TODAY)
    return listing._places(office, query, narrow, look)[: listing.FIRST]


def searching(office: Office, size: int, rounds: int) -> list[Figure]:
    """Search and order, against a scan; and what is found, against what the scan finds."""
    asked = questions(office.db, 60)
    orders = (By.RECEIVED, By.UNIT, By.SUBJECT)
    ours: dict[str, list[float]] = {"newest": [], "ordered": []}
    theirs: list[float] = []
    found(office, asked[0], By.NUMBER)
    for n, typed in enumerate(asked):
        ours["newest"].append(seconds(lambda: found(office, typed, By.NUMBER)))  # noqa: B023
        by = orders[n % len(orders)]
        ours["ordered"].append(seconds(lambda: found(office, typed, by)))  # noqa: B023
        if n % max(1, len(asked) // rounds) == 0:
            words = [f"%{typed}%"] * 3
            theirs.append(seconds(lambda: office.db.execute(_LIKE, words).fetchone()))  # noqa: B023
    right, wrong, missed = _compared(office, asked[: max(rounds, 6)])
    scale, scan = size / FULL, median(theirs)
    name = f"{size:,} records"
    half = median(ours["newest"])
    return [
        at_least(f"search p50 ({name})", [t / half for t in theirs], 300 * scale),
        at_least(f"search worst ({name})", [t / max(ours["newest"]) for t in theirs], 20 * scale),
        Figure("search recall", 1 - missed / max(1, right), 0.0, 1.0, missed == 0),
        Figure("search false hits", float(wrong), 0.0, 0.0, wrong == 0),
        at_least(
            f"sorted by another column, worst ({name})",
            [t / max(ours["ordered"]) for t in (scan, *theirs)],
            10 * scale,
        ),
    ]


def _compared(office: Office, asked: Sequence[str]) -> tuple[int, int, int]:
    """Return how many the scan finds, how many only we find, how many only the scan finds."""
    folding, right, wrong, missed = derived.folding(), 0, 0, 0
    for typed in asked:
        true = {int(row[0]) for row in office.db.execute(_ALL, {"w": f"%{typed}%"}).fetchall()}
        look = search.Search(office.db, folding, search.Wanted(search.terms(folding, typed)))
        ours = set(look.newest(10**9))
        # one writing finds the other, which a plain scan does not: those are looked at folded
        other = {place for place in ours - true if not _folded(office, typed, place)}
        right += len(true)
        wrong += len(other)
        missed += len(true - ours)
    return right, wrong, missed


def _folded(office: Office, typed: str, place: int) -> bool:
    """Whether what was typed really stands in a complaint, in whichever writing."""
    folding, db = derived.folding(), office.db
    year, serial = divmod(place, search.SEAT)
    row = db.execute(
        "SELECT c.id, c.number, c.subject, c.body, c.demands, c.accused_person, u.name "
        "FROM complaint c JOIN unit u ON u.id = c.accused_unit WHERE year = ? AND serial = ?",
        [year, serial],
    ).fetchone()
    steps = db.execute("SELECT text FROM complaint_step WHERE complaint = ?", [row[0]]).fetchall()
    texts = [*row[1:], *(step[0] for step in steps)]
    return any(folding(typed) in folding(text) for text in texts)


def index_size(office: Office) -> Figure:
    """What the index adds to what it is made from."""

    def size(pattern: str) -> int:
        sql = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name GLOB ?"
        return int(office.db.execute(sql, [pattern]).fetchone()[0])

    try:
        index, base = size("complaint_gram*"), size("complaint")
    except Exception:  # noqa: BLE001 - this SQLite has no dbstat: count what stands in the tables
        index = _bytes(office.db, "SELECT sum(length(block)) FROM complaint_gram_data") + _bytes(
            office.db, "SELECT count(*) * 12 FROM complaint_gram_docsize"
        )
        base = _pages(office.db)
    return at_most("index size", [index / base], 0.35)


def _bytes(db: Database, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0] or 0)


def _pages(db: Database) -> int:
    """Return the bytes of the texts and columns of the complaints, as SQLite writes them."""
    columns = [row[1] for row in db.execute("PRAGMA table_info(complaint)").fetchall()]
    sizes = " + ".join(f"coalesce(length(CAST({name} AS BLOB)), 0) + 1" for name in columns)
    return _bytes(db, f"SELECT sum({sizes}) FROM complaint")


# ---- edits -------------------------------------------------------------------------------------


def edits(office: Office, size: int, count: int = 3_000) -> Figure:
    """One action after another on complaints anywhere, each with its event and its index."""
    chance, known = random.Random(7), data.words(5)
    actor = Acting(1, "王敏", NOW).actor()
    took = []
    for _n in range(count):
        complaint = chance.randrange(1, size + 1)
        text = "".join(known.text(chance, 64))
        event = EventDraft("complaint.correct", "complaint", complaint, "")
        started = time.perf_counter()
        with office.ledger.action(event, actor) as action:
            action.update("complaint", complaint, body=text)
        took.append(time.perf_counter() - started)
    name = f"one edit with the index, worst of {count} against the median"
    return at_most(name, [max(took) / median(took)], 50)


# ---- deadlines ---------------------------------------------------------------------------------


def deadlines(office: Office, rounds: int) -> list[Figure]:
    """Working days looked up, one by one and all at once, against walking from day to day."""
    import chinese_calendar

    table = calendars.calendar(office)
    starts = [date(2024, 1, 2) + timedelta(days=n % 600) for n in range(1_000)]

    def theirs() -> None:
        for start in starts[:100]:
            end, left = start, 15
            while left:
                end += timedelta(days=1)
                left -= chinese_calendar.is_workday(end)

    def ours() -> None:
        for start in starts:
            table.workday_after(start, 15)

    table.workday_after(TODAY, 1)
    one, many = [], []
    _hundred_thousand(office)
    for n in range(rounds):
        walked = seconds(theirs) / 100
        one.append(walked / (seconds(ours) / 1_000))
        # the calendar has changed: every clock is counted anew and written
        shift = (n % 2) * 2 - 1
        office.db.execute("UPDATE calendar_day SET seq = seq + ? WHERE day > '2030'", [shift * 40])
        office.db.execute("UPDATE complaint_clock SET due = date(due, '+1 day')")
        counted = seconds(lambda: clock_queries.recount(office.db, moved=False))
        many.append(walked / (counted / 100_000))
    office.db.execute("ROLLBACK")
    return [
        at_least("a deadline", one, 500),
        at_least("100,000 deadlines evaluated anew and written", many, 500),
    ]


def _hundred_thousand(office: Office) -> None:
    """Put 100,000 clocks beside the complaints; taken back afterwards."""
    office.db.execute("BEGIN")
    derived.fill_calendar(office)
    office.db.execute("DELETE FROM complaint_clock")
    office.db.conn.executemany(
        "INSERT INTO complaint_clock VALUES (?, ?, 'transfer', ?, 15, 'workday', ?, ?, 0, 0, 1, 0, 0)",
        (
            (n // 4 + 1, n % 4, day, day, day)
            for n in range(100_000)
            for day in ((date(2024, 1, 2) + timedelta(days=n % 600)).isoformat(),)
        ),
    )


# ---- processes of their own --------------------------------------------------------------------


def child(*arguments: str) -> tuple[float, dict[str, float]]:
    """Run a part of the bench in a process of its own; return its time from birth and its words."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    # The program comes with its modules compiled; they lie outside the sources here.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "sunlight-bench-pyc")
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.children", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    took = time.perf_counter() - started
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return took, said


def starts(path: Path, rounds: int) -> list[Figure]:
    """From the start of the process to the painted register, against an empty window.

    Once with the password there at once: one stretch from nothing to the list. And once as it is
    waited for at the desk: until the password can be typed, and from the keys to the list.
    """
    for part in ("register", "door"):
        child(part, str(path))
    whole, waited = [], []
    for _n in range(rounds):
        empty, _said = child("empty")
        ours, _said = child("register", str(path))
        whole.append(ours / empty)
        started = time.perf_counter()
        _took, said = child("door", str(path))
        waited.append((said["door"] - started + said["after"]) / empty)
    return [
        at_most("start to the painted register, in one stretch", whole, 1.6),
        at_most("start to the painted register, waited for at the desk", waited, 1.6),
    ]


def lists(path: Path, size: int, rounds: int, folder: Path) -> list[Figure]:
    """Our list to its end, against Qt's own model."""
    plain = folder / "plain.db"
    _plain_copy(path, plain)
    faster, smaller = [], []
    for _n in range(rounds):
        _took, theirs = child("sqlmodel", str(plain))
        _took, ours = child("list", str(path))
        assert ours["rows"] == theirs["rows"] == size
        faster.append(theirs["seconds"] / ours["seconds"])
        smaller.append(ours["memory"] / theirs["memory"])
    scale = size / FULL
    return [
        at_least(f"list to its end ({size:,} rows)", faster, 100 * scale),
        at_most(f"memory of the list ({size:,} rows)", smaller, 1 / 20 / scale),
    ]


def _plain_copy(path: Path, plain: Path) -> None:
    """Copy the complaints into a file that Qt's driver can read."""
    from desktop.usecases.session import unlock
    from tests.bench.password import PASSWORD

    office = offices.open_office(path, unlock(path, 1, PASSWORD))
    office.db.execute("ATTACH DATABASE ? AS plain KEY ''", [str(plain)])
    office.db.execute("CREATE TABLE plain.complaint AS SELECT * FROM main.complaint")
    office.db.execute("DETACH DATABASE plain")
    office.close()


def imported() -> list[Figure]:
    """The import of a ledger, where that bench is at hand."""
    try:
        module = importlib.import_module("tests.bench.imports")
    except ModuleNotFoundError:
        return []
    return [Figure(**asdict(figure)) for figure in module.figures()]


def measure(size: int, rounds: int, folder: Path) -> list[Figure]:
    """Make the file and run all comparisons."""
    path = folder / "register.db"
    took = seconds(lambda: data.make(path, size))
    print(f"{size:,} complaints made in {took:.0f} s", flush=True)
    figures = starts(path, rounds)
    from desktop.usecases.session import unlock
    from tests.bench.password import PASSWORD

    office = offices.open_office(path, unlock(path, 1, PASSWORD))
    listing.counts(office, TODAY)
    figures += searching(office, size, rounds)
    figures.append(index_size(office))
    figures += deadlines(office, rounds)
    figures.append(edits(office, size))
    office.close()
    figures += lists(path, size, min(rounds, 3), folder)
    return [*figures, *imported()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write JSON if asked; exit 1 when something is not reached."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        figures = measure(SIZES[chosen.size], chosen.rounds, Path(folder))
    for figure in figures:
        word = "ok" if figure.holds else "NOT REACHED"
        print(
            f"{figure.name:<62} {figure.ratio:>10g} × (spread {figure.spread:g}, "
            f"reach {figure.reach:g}) {word}"
        )
    if chosen.json:
        said = {"figures": [asdict(figure) for figure in figures]}
        chosen.json.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
