"""Every hostile or broken ledger is refused in time, and the program lives on."""

from pathlib import Path

import pytest

from tests.drill import hostile


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_ledger_is_refused_with_a_word(name: str, tmp_path: Path) -> None:
    make, kind, codes = hostile.FILES[name]
    good, path = tmp_path / "good.xlsx", tmp_path / f"{name}.{kind}"
    hostile.honest(good)
    make(path)
    assert hostile.tried(path, codes, good) == ""


def test_a_file_that_another_program_holds_is_refused_with_a_word(tmp_path: Path) -> None:
    good = tmp_path / "good.xlsx"
    hostile.honest(good)
    assert hostile._locked(tmp_path, good).holds


def test_every_word_of_refusal_is_worded() -> None:
    from desktop.ui.complaints import imports_words

    for _make, _kind, codes in hostile.FILES.values():
        assert codes <= imports_words._REFUSED.keys()
