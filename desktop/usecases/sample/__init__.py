"""The sample office (示例单位): a lively register, case files and a round, from a fixed seed.

Everything is done through the same actions that a clerk takes, in the order of their days, so the
sample shows what the program can really hold. All places, units and people are invented.
"""

import heapq
import random
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path

from db import keys
from db.errors import StorageFault
from db.keys import Cost
from db.ledger import Signer
from desktop import paths
from desktop.rules.roles import read_roles
from desktop.usecases import founding, people, session
from desktop.usecases.calendars import calendar
from desktop.usecases.office import CHOSEN, Acting
from desktop.usecases.profile import ClerkDraft, OfficeDraft
from desktop.usecases.sample.complaints import complaint_lives
from desktop.usecases.sample.maker import Life, Maker, clerk
from desktop.usecases.sample.rounds import round_life
from desktop.usecases.sample.unopened import letter_lives
from desktop.usecases.session import SAMPLE_PASSWORD as SAMPLE_PASSWORD

#: Nothing is to be guessed there, so unlocking it need not be dear.
SAMPLE_COST = Cost(1, 64, 1)

SEED = 20100126


def make_sample(
    path: Path, today: date, progress: Callable[[int, int], None] | None = None
) -> None:
    """Make the sample office at ``path``, as it would stand on ``today``.

    Args:
        path: where the file shall be; it appears there only when it is complete.
        today: the day on which the sample shall be lively.
        progress: told (done, total) after each record; an exception of it stops the making.

    Raises:
        StorageFault: the file can not be made.
    """
    if path.exists():
        raise StorageFault("exists", str(path))
    half = path.with_name(f"{path.stem}.making{path.suffix}")
    # what a making that broke off wrote beside its file would spoil the new one
    beside = [Path(f"{half}{end}") for end in ("-wal", "-shm", "-journal")]
    halves = [half, keys.key_path(half), keys.spare_path(half), *beside]
    for one in halves:
        one.unlink(missing_ok=True)
    try:
        _make(half, today, progress)
        keys.key_path(half).replace(keys.key_path(path))
        keys.spare_path(half).replace(keys.spare_path(path))
        half.replace(path)
    finally:
        for one in halves:
            one.unlink(missing_ok=True)


def _make(path: Path, today: date, progress: Callable[[int, int], None] | None) -> None:
    text = (paths.resources() / "sample" / "words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    own = words["office"]
    draft = OfficeDraft(
        own["name"],
        own["letterhead"],
        own["mark"],
        own["telephone"],
        own["address"],
        own["contact"],
        tuple(
            ClerkDraft(name, title, read_roles(roles), SAMPLE_PASSWORD)
            for name, title, roles in own["clerks"]
        ),
        dict.fromkeys(CHOSEN, own["rulebook"]),
    )
    begun = datetime.combine(today - timedelta(days=400), time(9))
    office = founding.create_office(path, draft, Acting(1, own["contact"], begun), SAMPLE_COST)
    try:
        other = session.unlock(path, 2, SAMPLE_PASSWORD)
        office.ledger.signers[2] = Signer(2, 2, other.keys.signing)
        maker = Maker(office, words, today, random.Random(SEED), calendar(office))
        _directory(maker, begun)
        _run([*complaint_lives(maker), *letter_lives(maker), round_life(maker)], progress)
    finally:
        office.close()


def _run(lives: list[Life], progress: Callable[[int, int], None] | None) -> None:
    """Let every record's life go on in the order of its days, as an office's year does."""
    order = count()
    done = 0
    queue = [(next(life), next(order), life) for life in lives]
    heapq.heapify(queue)
    while queue:
        _, _, life = heapq.heappop(queue)
        moment = next(life, None)
        if moment is not None:
            heapq.heappush(queue, (moment, next(order), life))
            continue
        done += 1
        if progress is not None:
            progress(done, len(lives))


def _directory(maker: Maker, begun: datetime) -> None:
    acting = clerk(begun)
    for unit in maker.words["units"]:
        maker.units.append(
            people.save_unit(maker.office, None, unit["name"], unit["kind"], acting).value
        )
    posts = maker.words["people"]["posts"]
    for n in range(40):
        unit = maker.units[n % len(maker.units)]
        held = maker.people.setdefault(unit, [])
        post = posts[min(len(held) * 2, len(posts) - 1)]
        name = maker.name()
        held.append((name, post))
        people.save_person(maker.office, None, name, unit, post, acting)
