"""How fluid the register is with very many complaints, each figure against a peer in the same run.

    python -m tests.bench.register [--size 10k|100k|1m] [--json FILE] [--rounds N] [--keep FOLDER]

The data comes from a fixed seed. Ours and theirs take turns, so that a busy machine slows both; a
figure is the median over the turns, its spread the distance of the largest from the smallest.

What is asked for is asked for with a million complaints. Where the peer's time grows with their
number, the reach is scaled to the size measured. What an index of pairs needs besides does not: each
pair that occurs at all is named once, which weighs more in a small file. So 0.35 is asked for with a
million, and what is asked of smaller files (``INDEX``) is our own measure, so that a file of 10,000
is seen to grow too. What a list holds in memory grows with nothing, so that a small list can not be
told from an empty one: it is measured from 100,000 on.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from db import search
from db.driver import Database
from db.ledger import EventDraft
from desktop.usecases import derived, listing
from desktop.usecases import office as offices
from desktop.usecases.listing import By, Query
from desktop.usecases.office import Acting, Office
from desktop.usecases.session import unlock
from tests.bench import clocks, data, figures
from tests.bench.data import TODAY
from tests.bench.figures import Figure, at_least, at_most, cpu_seconds, seconds
from tests.bench.password import NOW, PASSWORD

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
FULL = 1_000_000
#: How large the index may be against what it is made from, by the number of complaints: the first
#: is what is asked for, the others are our own.
INDEX = {1_000_000: 0.35, 100_000: 0.42, 10_000: 0.6}
#: What a start does in all against an empty window; measured were 3.1 to 3.4.
STRETCH = 3.8


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
    one = [kinds[n % len(kinds)]() for n in range(count)]
    two = [f"{word()} {known.words[n]}" for n in range(count // 6)]
    return [*known.words[:6], *one, *two]


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
    orders = [by for by in By if by is not By.NUMBER]
    newest: list[float] = []
    ordered: list[float] = []
    theirs: list[float] = []
    found(office, asked[0], By.NUMBER)
    for n, typed in enumerate(asked):
        newest.append(cpu_seconds(lambda: found(office, typed, By.NUMBER)))  # noqa: B023
        by = orders[n % len(orders)]
        ordered.append(cpu_seconds(lambda: found(office, typed, by)))  # noqa: B023
        if n % max(1, len(asked) // rounds) == 0:
            words = [f"%{typed.split()[0]}%"] * 3
            scan = lambda: office.db.execute(_LIKE, words).fetchone()  # noqa: B023, E731
            theirs.append(cpu_seconds(scan))
    right, wrong, missed = _compared(office, asked[3 : 3 + max(rounds, 6)])
    scale, name = size / FULL, f"{size:,} records"
    half, worst, slowest = median(newest), max(newest), max(ordered)
    return [
        at_least(f"search p50 ({name})", [t / half for t in theirs], 300 * scale),
        at_least(f"search worst ({name})", [t / worst for t in theirs], 20 * scale),
        Figure("search recall", 1 - missed / max(1, right), 0.0, 1.0, missed == 0),
        Figure("search false hits", float(wrong), 0.0, 0.0, wrong == 0),
        at_least(
            f"sorted by another column, worst ({name})", [t / slowest for t in theirs], 10 * scale
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


def index_size(path: Path, size: int, folder: Path) -> Figure:
    """What the index adds to the tables whose texts are in it: complaints and their steps.

    Both are counted as the pages that they fill: each is copied into a file of its own. The indexes
    of these tables, by which lists are ordered, count on neither side.
    """
    with opened(path) as office:
        index = _filled(office.db, folder, "complaint_gram%")
        texts = _filled(office.db, folder, "complaint") + _filled(
            office.db, folder, "complaint_step"
        )
    reach = next((reach for least, reach in INDEX.items() if size >= least), max(INDEX.values()))
    return at_most(f"index size ({size:,} records)", [index / texts], reach)


def _filled(db: Database, folder: Path, tables: str) -> int:
    """Return how many bytes some tables fill."""
    copy = folder / "copy.db"
    names = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE ? "
        "AND sql NOT LIKE 'CREATE VIRTUAL%'",
        [tables],
    ).fetchall()
    db.execute("ATTACH DATABASE ? AS copy KEY ''", [str(copy)])
    for (name,) in names:
        db.execute(f"CREATE TABLE copy.{name} AS SELECT * FROM main.{name}")
    db.execute("DETACH DATABASE copy")
    filled = copy.stat().st_size
    copy.unlink()
    return filled


# ---- edits -------------------------------------------------------------------------------------


def edits(office: Office, size: int, count: int = 3_000) -> Figure:
    """One action after another on complaints anywhere, each with its event and its index.

    Counted is processor time: an edit waits for the disk as well, and for whatever else the machine
    does, both of which come and go; what the index does at once comes from ours alone.
    """
    chance, known = random.Random(7), data.words(5)
    actor = Acting(1, "王敏", NOW).actor()
    took = []
    for _n in range(count):
        complaint = chance.randrange(1, size + 1)
        text = "".join(known.text(chance, 64))
        event = EventDraft("complaint.correct", "complaint", complaint, "")
        started = time.process_time()
        with office.ledger.action(event, actor) as action:
            action.update("complaint", complaint, body=text)
        took.append(time.process_time() - started)
    name = f"one edit with the index, worst of {count} against the median"
    return at_most(name, [max(took) / median(took)], 50)


# ---- processes of their own --------------------------------------------------------------------


def child(*arguments: str) -> tuple[float, dict[str, float]]:
    """Run a part of the bench in a process of its own; return its time from birth and its words."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    # A window that is on no screen warns that it has no frame to size, line after line.
    environment["QT_LOGGING_RULES"] = "default.warning=false"
    # The program comes with its modules compiled; they lie outside the sources here.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "sunlight-bench-pyc")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))  # it ends untidily
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


def starts(path: Path, size: int, rounds: int) -> list[Figure]:
    """From the start of the process to the painted register, against an empty window.

    What is asked for is what is waited for at the desk: until the password can be typed, and from
    the password to the list; the time of typing is nobody's waiting. Beside it the whole of a start
    in one stretch, with the password there at once: our own guard, near to what is measured.
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
        at_most(
            f"start to the painted register (after the password; {size:,} records)", waited, 1.6
        ),
        at_most(f"start in one stretch, password at once ({size:,} records)", whole, STRETCH),
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
    plain.unlink()
    scale = size / FULL
    found = [at_least(f"list to its end ({size:,} rows)", faster, 100 * scale)]
    if size >= FULL // 10:
        found.append(at_most(f"memory of the list ({size:,} rows)", smaller, 1 / 20 / scale))
    return found


def pauses(path: Path, size: int) -> Figure:
    """The longest time for which the window of the program takes no key, against a tenth second."""
    _took, said = child("fluid", str(path), "2")
    for name, longest in said.items():
        print(f"  {name:<44} {longest * 1000:6.0f} ms", flush=True)
    name = f"longest pause of the window ({size:,} records), in tenths of a second"
    return at_most(name, [max(said.values()) / 0.1], 1)


def tell_first_pauses(path: Path) -> None:
    """Say the same of right after the password, when all is done for the first time; no figure.

    It is seen once only, whatever else the machine does then.
    """
    _took, said = child("first", str(path))
    longest = sorted(said, key=lambda name: said[name], reverse=True)[:3]
    told = ", ".join(f"{name} {said[name] * 1000:.0f} ms" for name in longest)
    print(f"{figures.BESIDE} the longest pauses at first, after the password: {told}", flush=True)


def _plain_copy(path: Path, plain: Path) -> None:
    """Copy the complaints into a file that Qt's driver can read."""
    with opened(path) as office:
        office.db.execute("ATTACH DATABASE ? AS plain KEY ''", [str(plain)])
        office.db.execute("CREATE TABLE plain.complaint AS SELECT * FROM main.complaint")
        office.db.execute("DETACH DATABASE plain")


@contextmanager
def opened(path: Path) -> Iterator[Office]:
    """Open the office for a while."""
    office = offices.open_office(path, unlock(path, 1, PASSWORD))
    try:
        yield office
    finally:
        office.close()


@contextmanager
def copied(path: Path, folder: Path) -> Iterator[Path]:
    """Lend a copy of an office that may be changed, so that a kept one is the same at each run."""
    with tempfile.TemporaryDirectory(dir=folder) as inside:
        for one in path.parent.glob(f"{path.stem}.*"):
            if one.is_file():
                shutil.copy(one, inside)
        yield Path(inside) / path.name


def measure(size: int, rounds: int, folder: Path) -> list[Figure]:
    """Make the file, if it is not there, and run all comparisons."""
    path = folder / f"register-{size}.db"
    if not path.exists():
        took = seconds(lambda: data.make(path, size))
        print(f"{size:,} complaints made in {took:.0f} s", flush=True)
    found = [*starts(path, size, rounds), index_size(path, size, folder)]
    with opened(path) as office:
        listing.counts(office, TODAY)
        found += searching(office, size, rounds)
        found += clocks.measure(rounds, clocks.OPEN)
    with copied(path, folder) as copy, opened(copy) as office:
        found.append(edits(office, size))
    found += lists(path, size, min(rounds, 3), folder)
    found.append(pauses(path, size))
    if size > min(SIZES.values()):  # the quick size shall stay quick
        tell_first_pauses(path)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write JSON if asked; exit 1 when something is not reached."""
    parser = figures.parser(__doc__, 5)
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the file for the next run"
    )
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        where = chosen.keep or Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        found = measure(SIZES[chosen.size], chosen.rounds, where)
    return figures.finish(found, chosen.json)


if __name__ == "__main__":
    sys.exit(main())
