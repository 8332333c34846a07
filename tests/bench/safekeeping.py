"""How dear checking the chain of events is, against reading the same two tables, in one run.

``python -m tests.bench.safekeeping [--events N] [--rounds N] [--json FILE]``
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from db import chain
from db.connect import create_office, open_office
from db.driver import Database
from tests.bench import figures
from tests.bench.figures import Figure, at_most, cpu_seconds

KEY = bytes(range(32))
EVENTS = 200_000
#: Checking may cost at most so many times what reading costs.
REACH = 2.0


def fill(db: Database, count: int) -> None:
    """Write events as an office has them: one changed row each, of some three hundred bytes."""
    before, previous = None, chain.START
    db.execute("BEGIN")
    for seq in range(1, count + 1):
        after = json.dumps(
            {"id": 1, "rev": seq, "void": 0, "name": f"市第{seq}局", "kind": "行政机关" * 12},
            ensure_ascii=False,
        )
        row: chain.Row = (
            seq, "2026-11-20T09:30:00", 1, "王敏", "unit.save", "unit", 1, f"市第{seq}局", "",
            None, None, 0,
        )  # fmt: skip
        change: chain.Row = ("unit", 1, seq, before, after)
        digest = chain.link(previous, row, [change])
        db.execute(
            "INSERT INTO event_change (seq, tbl, row_id, rev, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [seq, *change],
        )
        names = ", ".join(chain.EVENT)
        marks = ", ".join("?" * (len(chain.EVENT) + 2))
        db.execute(
            f"INSERT INTO event ({names}, hash, signature) VALUES ({marks})",
            [*row, digest, "0" * 128],
        )
        before, previous = after, digest
    db.execute("COMMIT")


def read(db: Database) -> None:
    """Read both tables in their order and do nothing with them."""
    for table, order in (("event", "seq"), ("event_change", "seq, id")):
        for _row in db.execute(f"SELECT * FROM {table} ORDER BY {order}"):
            pass


def check(db: Database) -> None:
    """Check the whole chain.

    Raises:
        AssertionError: it is not found whole.
    """
    found = chain.follow(chain.events(db))
    assert not found.count, found.breaks


def measure(events: int, rounds: int) -> list[Figure]:
    """Return the figures: reading and checking by turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        create_office(path, KEY)
        db = open_office(path, KEY)
        fill(db, events)
        ratios = []
        for _round in range(rounds):
            reading = cpu_seconds(lambda: read(db))
            ratios.append(cpu_seconds(lambda: check(db)) / reading)
        db.close()
    return [at_most("chain-verified", ratios, REACH)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and say; 1 if a figure misses its reach."""
    parser = figures.parser(__doc__, 5)
    parser.add_argument("--events", type=int, default=EVENTS)
    chosen = parser.parse_args(arguments)
    return figures.finish(measure(chosen.events, chosen.rounds), chosen.json)


if __name__ == "__main__":
    sys.exit(main())
