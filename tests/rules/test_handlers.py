"""Who must not deal with a matter, and which unit may not receive it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.handlers import Somebody, accused, recused, why_not_receiver

NAMES = st.text("王强国敏赵建李堃沈卫东·𬱖", min_size=1, max_size=4)
UNITS = st.none() | st.integers(1, 3)


@given(NAMES, UNITS, st.lists(st.builds(Somebody, NAMES, UNITS), max_size=4))
def test_who_is_on_the_list_is_barred_and_nobody_else(
    name: str, unit: int | None, listed: list[Somebody]
) -> None:
    found = recused(Somebody(name, unit), listed)
    plain = name.replace("·", "")
    same = [one for one in listed if one.name.replace("·", "") == plain]
    if not plain:
        assert found is None or found.name.strip("·") == ""
    elif unit is None or any(one.unit in (None, unit) for one in same):
        assert (found is not None) == bool(same)
    else:
        assert found is None


@given(NAMES, UNITS)
def test_widths_blanks_and_dots_of_a_name_make_no_difference(name: str, unit: int | None) -> None:
    if name.replace("·", ""):
        spaced = "　".join(name)
        assert recused(Somebody(spaced, unit), [Somebody(name, unit)]) is not None
        assert accused(Somebody(spaced, 1), f"副局长{name}、别人（科员）", 1)


@pytest.mark.parametrize(
    ("name", "unit", "said", "meant"),
    [
        ("王强", None, "王强", True),
        ("王强", 1, "王强", True),
        ("王强", 2, "王强", False),  # a namesake of another unit
        ("王强", None, "副局长王强", True),
        ("王强", None, "王强科员", True),
        ("王强", None, "李某、王 强（窗口）", True),
        ("王强", None, "王强国", False),
        ("强国", None, "王强国", False),
        ("王强", None, "", False),
        ("", None, "王强", False),
    ],
)
def test_the_accused_is_known_with_or_without_his_post(
    name: str, unit: int | None, said: str, meant: bool
) -> None:
    assert accused(Somebody(name, unit), said, 1) is meant


@pytest.mark.parametrize(
    ("receiver", "name", "code"),
    [
        (1, "市教育局", "receiver_is_accused"),
        (2, "市教育局招生办公室", "receiver_under_accused"),
        (2, "市 教育局　招生办公室", "receiver_under_accused"),
        (2, "市教育督导室", ""),
        (2, "市人民政府", ""),
    ],
)
def test_neither_the_accused_unit_nor_a_part_of_it_may_receive(
    receiver: int, name: str, code: str
) -> None:
    assert why_not_receiver(receiver, name, 1, "市教育局") == code


@given(st.text("市教育局招生办", min_size=1, max_size=6), st.text("市教育局招生办", max_size=4))
def test_a_name_that_goes_on_is_a_part_of_it(whole: str, more: str) -> None:
    assert bool(why_not_receiver(2, whole + more, 1, whole)) == bool(more)
