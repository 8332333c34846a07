"""Every attack on the log is found, and named by the right record or event."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.usecases import audit
from tests.drill import attacks as drill
from tests.drill.attacks import ATTACKS, Attack, copied, cut_tail, make, try_attack
from tests.drill.result import Result


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attacked") / "office.db"
    make(path)
    return path


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_is_found_and_named(made: Path, attack: Attack) -> None:
    result = try_attack(made, attack)
    assert result.holds, result.what


def test_a_cut_tail_is_found_by_a_head_on_paper_only(made: Path) -> None:
    result = cut_tail(made)
    assert result.holds
    assert "纸上的链首" in result.what


def test_an_office_left_alone_is_never_accused(made: Path) -> None:
    with copied(made) as office:
        assert audit.inspect(office).findings == ()
        assert audit.inspect_signatures(office).findings == ()


def test_the_drill_runs_every_attack(monkeypatch: pytest.MonkeyPatch) -> None:
    few: tuple[Callable[..., object], ...] = ATTACKS[:1]
    monkeypatch.setattr(drill, "ATTACKS", few)
    results = drill.attacks()
    assert [one.name for one in results] == ["tamper.edit", "tamper.cut_tail"]
    assert all(one.holds for one in results)
    assert results[0].line()["holds"] is True
    assert not Result("x", 2, 1, "").holds
