"""Offices to work in: made once for each choice of rulebooks, copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.usecases.desk import Desk, Make, copy_office, draft_office, make, sit_down


@pytest.fixture(scope="session", name="files")
def _files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Path]:
    return {}


@pytest.fixture(name="desk_of")
def _desk_of(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    files: dict[tuple[str, str, str], Path],
) -> Iterator[Make]:
    """Make a desk under the given rulebooks: complaints, accountability, assessment."""
    opened: list[Desk] = []

    def make_desk(
        complaint: str = "baoding", case: str = "baoding", assess: str = "baoding"
    ) -> Desk:
        key = complaint, case, assess
        if key not in files:
            path = tmp_path_factory.mktemp("made") / "office.db"
            make(path, draft_office(*key))
            files[key] = path
        path = tmp_path / f"{len(opened)}.db"
        copy_office(files[key], path)
        opened.append(sit_down(path))
        return opened[-1]

    yield make_desk
    for desk in opened:
        desk.office.close()


@pytest.fixture(name="desk")
def _desk(desk_of: Make) -> Desk:
    return desk_of()
