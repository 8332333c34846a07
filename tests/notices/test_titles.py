"""Titles in balanced lines that keep words whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notices.titles import MOST, balance


def lines_of(title: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    return balance(title, (1.0,) * len(title), names=names)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("投诉举报办理结果告知书", ("投诉举报办理结果告知书",)),
        (
            "关于对市不动产登记中心予以责任追究的决定",
            ("关于对市不动产登记中心", "予以责任追究的决定"),
        ),
        (
            "某某市政务公开暨行政权力公开透明运行工作领导小组办公室",
            ("某某市政务公开暨行政权力", "公开透明运行工作领导小组办公室"),
        ),
        ("关于甲的决定\n补充说明", ("关于甲的决定", "补充说明")),
    ],
)
def test_titles_break_where_a_clerk_would(title: str, lines: tuple[str, ...]) -> None:
    assert lines_of(title, ("市不动产登记中心",)) == lines


@given(st.text("关于对市不动产登记中心予以责任追究的决定《办法》2026年", max_size=120))
def test_no_title_is_too_wide_or_loses_a_character(title: str) -> None:
    lines = lines_of(title)
    assert "".join(lines) == title
    assert all(len(line) <= MOST for line in lines)


def test_three_lines_are_no_hourglass() -> None:
    title = (
        "关于对市不动产登记中心工作人员在办理存量房转移登记中未履行一次性告知义务予以责任追究的决定"
    )
    lengths = [len(line) for line in lines_of(title)]
    assert len(lengths) == 3
    assert not lengths[0] > lengths[1] < lengths[2]
