"""Office files for the tests of storage."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db.connect import create_office, open_office
from db.ledger import Actor, Ledger

KEY = bytes(range(32))
ACTOR = Actor(1, "王敏", datetime(2026, 11, 20, 9, 30))


@pytest.fixture(scope="session", name="blank")
def _blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a new office file."""
    path = tmp_path_factory.mktemp("blank") / "office.db"
    create_office(path, KEY)
    return path.read_bytes()


@pytest.fixture(name="path")
def _path(tmp_path: Path, blank: bytes) -> Path:
    path = tmp_path / "office.db"
    path.write_bytes(blank)
    return path


@pytest.fixture(name="ledger")
def _ledger(path: Path) -> Iterator[Ledger]:
    ledger = Ledger(open_office(path, KEY))
    yield ledger
    ledger.close()


@pytest.fixture(name="count")
def _count(ledger: Ledger) -> Callable[[str], int]:
    def count(table: str) -> int:
        return int(ledger.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    return count
