"""How fast the register's clocks follow the calendar, against chinesecalendar asked for each.

    python -m tests.bench.clocks [--json FILE] [--rounds N] [--open N]

The office has so many open complaints, most with three clocks (100,000 altogether). Three things
are compared with walking to each deadline by ``chinese_calendar.is_workday``: one deadline looked
up; a day off that is entered in the calendar, as the whole action with its event, its signature and
its commit; and the calendar being unknown, so that every clock is counted anew. A figure is the median over the rounds of the other's
processor time for so many deadlines divided by ours, its spread the distance of the largest from
the smallest of them.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from db.queries import clocks as kept
from desktop.rules.complaints import State
from desktop.rules.rulebook import System
from desktop.usecases import calendars, derived
from desktop.usecases.office import Office
from tests.bench import figures
from tests.bench.figures import Figure, at_least
from tests.bench.figures import cpu_seconds as seconds
from tests.usecases import desk

REACH = 500.0
#: Open complaints: with their clocks 100,000 deadlines.
OPEN = 33_400
#: Working days of the deadlines that are walked to.
_COUNT = 15
_WALKED = 100


def fill(office: Office, count: int) -> None:
    """Write open complaints, received on the days of the last three years."""
    from db import guards

    book = office.book(System.COMPLAINTS)
    assert book is not None
    guards.take_down(office.db)  # they ask for an event of every row
    office.db.execute("BEGIN IMMEDIATE")
    office.db.conn.executemany(
        "INSERT INTO complaint (id, rev, year, serial, number, pack, pack_version, channel, "
        "received, registered, identity, accused_unit, accused_person, subject, body, demands, "
        "state, told_in_writing) VALUES (?, 1, ?, ?, ?, ?, ?, 'letter', ?, ?, 'real_name', 1, '', "
        "'未公开收费标准', '', '', ?, NULL)",
        (
            (n, day.year, n, f"投〔{day.year}〕{n}", book.id, book.version, day.isoformat(),
             day.isoformat(), (State.REGISTERED, State.ACCEPTED)[n % 2].value)
            for n in range(1, count + 1)
            for day in (desk.TODAY - timedelta(days=n * 1_000 // count),)
        ),
    )  # fmt: skip
    office.db.execute("COMMIT")
    guards.install(office.db)
    office.db.execute("DELETE FROM derived")
    derived.current(office, desk.TODAY)


def walk() -> None:
    """Walk from day to day, as long as the library asks."""
    import chinese_calendar

    for n in range(_WALKED):
        end, left = date(2024, 1, 2) + timedelta(days=n * 6), _COUNT
        while left:
            end += timedelta(days=1)
            left -= chinese_calendar.is_workday(end)


def look_up(office: Office) -> Callable[[], None]:
    """Return what looks up a thousand deadlines."""
    after = calendars.calendar(office).workday_after
    starts = [date(2024, 1, 2) + timedelta(days=n % 600) for n in range(1_000)]

    def looked() -> None:
        for start in starts:
            after(start, _COUNT)

    looked()
    return looked


#: What is measured.
NAMES = (
    "a deadline",
    "100,000 deadlines after a day off was entered",
    "100,000 deadlines evaluated anew",
)


def ratios(rounds: int, count: int) -> list[list[float]]:
    """Run all in turn; return the ratios of the rounds for each of the names."""
    found: list[list[float]] = [[], [], []]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        desk.make(path, desk.draft_office())
        office = desk.sit_down(path).office
        fill(office, count)
        clocks = office.db.execute("SELECT count(*) FROM complaint_clock").fetchone()[0]
        looked = look_up(office)
        for n in range(rounds):
            each = seconds(walk) / _WALKED
            found[0].append(each / (seconds(looked) / 1_000))
            day = desk.TODAY + timedelta(days=3 + n % 5)
            acting = replace(desk.ACTING, at=desk.NOW + timedelta(minutes=n))
            entered = seconds(
                lambda: calendars.set_override(office, day, n > 4, f"调休{n}", acting)  # noqa: B023
            )
            assert office.moved
            found[1].append(each * clocks / entered)
            kept.know(office.db, "days", "")
            found[2].append(each * clocks / seconds(lambda: derived.recount(office, desk.TODAY)))
        office.close()
    return found


def measure(rounds: int, count: int) -> list[Figure]:
    """Run all in turn; return the figures."""
    return [
        at_least(name, one, REACH) for name, one in zip(NAMES, ratios(rounds, count), strict=True)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write JSON if asked; exit 1 when something is not reached."""
    parser = figures.parser(__doc__, rounds=5)
    parser.add_argument("--open", type=int, default=OPEN)
    chosen = parser.parse_args(arguments)
    return figures.finish(measure(chosen.rounds, chosen.open), chosen.json)


if __name__ == "__main__":
    sys.exit(main())
