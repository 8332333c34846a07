"""Lines of text: 避头尾, nothing lost, full lines, and what happens to what does not fit."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.notices.fonts import Role, bundled
from desktop.notices.lines import NO_END, NO_START, Line, Measure, Span, break_lines
from desktop.notices.page import CELL, CORE_WIDTH, SIZE_3

GRID = Measure(bundled(), SIZE_3, CELL, CORE_WIDTH - 2 * CELL, CORE_WIDTH)

_HAN = st.sampled_from("政务公开责任追究投诉举报办理期限决定王堃喆犇昇玥𬱖䶮㛃的一是在有")
_WORD = st.text(_HAN, min_size=1, max_size=9)
_NUMBER = st.sampled_from(
    [
        "2026年",
        "投〔2026〕0003",
        "澄公开办责决〔2026〕1号",
        "1,286.40元",
        "15",
        "TS-2026-000128",
        "98.5%",
        "第3项",
        "PDF",
    ]
)
_CLOSE = st.sampled_from(
    ["，", "。", "；", "、", "”，", "》。", "）", "？”", "……", "——", "！", "："]
)
_OPEN = st.sampled_from(["《", "“", "（", "〔", "（《", ""])
_PIECE = st.tuples(_OPEN, st.one_of(_WORD, _WORD, _NUMBER), _CLOSE).map("".join)
TEXTS = st.lists(_PIECE, min_size=1, max_size=40).map("".join)


def text_of(lines: list[Line]) -> str:
    return "".join(line.text for line in lines)


@given(TEXTS)
@settings(max_examples=300)
def test_no_line_starts_or_ends_with_a_forbidden_mark(text: str) -> None:
    lines = break_lines([Span(text)], GRID)
    assert text_of(lines) == text
    for line in lines[1:]:
        assert line.text[0] not in NO_START, line.text
    for line in lines[:-1]:
        assert line.text[-1] not in NO_END, line.text


@given(TEXTS)
@settings(max_examples=200)
def test_every_full_line_ends_on_the_edge(text: str) -> None:
    lines = break_lines([Span(text)], GRID)
    for k, line in enumerate(lines[:-1]):
        width = GRID.rest if k else GRID.first
        end = line.placed[-1][1]
        assert width - 0.1 <= line.width <= width + end.right + 0.1, line.text
    for line in lines:
        gaps = [b[0] - a[0] for a, b in pairwise(line.placed)]
        assert all(gap > 0 for gap in gaps)


@given(st.text(st.characters(codec="gb2312", exclude_categories=["C", "Z"]), max_size=200))
@settings(max_examples=150)
def test_any_text_at_all_is_kept_in_order(text: str) -> None:
    lines = break_lines([Span(text)], GRID)
    assert text_of(lines) == text
    assert all(line.placed for line in lines)


def test_years_and_amounts_are_never_parted() -> None:
    for before in range(20, 30):
        text = "政" * before + "2026年12月31日前缴纳人民币1,286,400.00元。" + "公" * 20
        lines = [line.text for line in break_lines([Span(text)], GRID)]
        for token in ("2026年", "1,286,400.00元"):
            assert any(token in line for line in lines), (before, lines)


@pytest.mark.parametrize(
    ("lead", "number"),
    [
        ("受理编号：", "投〔2026〕0003"),
        ("投诉登记号为", "投〔2026〕0003"),
        ("（", "澄公开办责决〔2026〕1号"),
        ("现依据", "澄公开办责决〔2026〕第12号"),
        ("《通知》（", "国办发〔2025〕12号"),
        ("", "〔2026〕12号"),
    ],
)
def test_numbers_of_letters_and_of_the_register_are_never_parted(lead: str, number: str) -> None:
    for before in range(36):
        text = "政" * before + lead + number + "办理。" + "公" * 20
        lines = break_lines([Span(text)], GRID)
        texts = [line.text for line in lines]
        mark, rest = number[: number.index("〔")], number[number.index("〔") :]
        parted = bool(mark) and texts[0].endswith(mark) and texts[1].startswith(rest)
        assert parted or any(number in text for text in texts), texts
        assert not parted or len(texts[0]) - len(mark) <= 17, "too wide a hole, else, to stretch"
        assert all(line.width >= GRID.first - 0.1 for line in lines[:-1]), "a line with a hole"


def test_the_item_of_an_article_is_never_parted() -> None:
    for before in range(20, 34):
        lines = [
            x.text for x in break_lines([Span("政" * before + "第七条第（五）项，办理。")], GRID)
        ]
        assert any("第（五）项" in line for line in lines), lines


def test_a_number_after_running_words_is_whole_from_its_bracket_on() -> None:
    for before in range(36):
        text = "政" * before + "我市转来澄江市政务公开办公室投诉举报转字〔2026〕0003办理。"
        lines = [line.text for line in break_lines([Span(text)], GRID)]
        assert any("〔2026〕0003" in line for line in lines), lines


def test_a_number_too_wide_for_its_column_is_parted() -> None:
    narrow = Measure(bundled(), SIZE_3, SIZE_3, 4 * SIZE_3, 4 * SIZE_3, ragged=True)
    lines = break_lines([Span("见投〔2026〕0003")], narrow)
    assert text_of(lines) == "见投〔2026〕0003"
    assert all(line.width <= 4.6 * SIZE_3 for line in lines)


def test_a_long_code_is_parted_rather_than_leaving_a_hole() -> None:
    text = "政" * 15 + "https://www.example.gov.cn/zwgk/2026/notice-000128.html"
    lines = break_lines([Span(text)], GRID)
    assert text_of(lines) == text
    assert lines[0].width == pytest.approx(GRID.first, abs=0.1)


@pytest.mark.parametrize("text", ["9" * 300, "A" * 300, "。" * 100, "（" * 100, "—" * 90])
def test_what_no_line_can_hold_is_parted_by_force(text: str) -> None:
    lines = break_lines([Span(text)], GRID)
    assert text_of(lines) == text
    assert len(lines) > 1
    assert all(line.width <= CORE_WIDTH + CELL for line in lines)


def test_a_newline_ends_a_line_and_spaces_do_not_begin_one() -> None:
    assert [line.text for line in break_lines([Span("甲\n\n乙")], GRID)] == ["甲", "乙"]
    lines = break_lines([Span("政" * 26 + "   公开")], GRID)
    assert [line.text for line in lines] == ["政" * 26, "公开"]
    assert break_lines([Span("")], GRID) == []


def test_marks_are_squeezed_to_keep_a_closing_mark_on_its_line() -> None:
    lines = break_lines([Span("政，政，" + "政" * 22 + "。公开")], GRID)
    assert lines[0].text.endswith("。")
    assert len(lines[0].text) == 27


def test_the_roles_of_spans_are_kept() -> None:
    lines = break_lines([Span("标题。", Role.KAI), Span("正文")], GRID)
    assert [glyph.font for _, glyph in lines[0].placed] == ["KAI"] * 3 + ["BODY"] * 2
