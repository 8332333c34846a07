"""Where a search found its words: marks in what is in sight, the text for what is not."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.complaints import Ruling
from desktop.usecases import found, listing
from desktop.usecases.listing import Query
from desktop.usecases.register import Row, Source
from tests.usecases.desk import NAME, PHONE, TODAY, Desk


def hits(desk: Desk, words: str) -> list[Row]:
    begun = listing.opening(desk.office, Query(words=words), TODAY)
    return list(listing.page(desk.office, begun, TODAY, 0))


def place(desk: Desk, words: str) -> tuple[Source, str] | None:
    (row,) = hits(desk, words)
    return (row.where.source, row.where.text) if row.where else None


def test_each_hit_says_in_which_text_it_is(desk: Desk) -> None:
    number = desk.register(
        subject="职权目录未公开",
        text=f"我叫{NAME}。公开栏上一直贴着三年前的旧目录，没有人更换。",
        demands="尽快更换公开栏",
        accused_person="赵建国",
    )
    desk.decide(number, Ruling.TRANSFER, opinion="请住建部门从速查处")
    desk.transfer(number)
    assert place(desk, "职权目录") is None  # in sight
    assert place(desk, "0001") is None
    assert place(desk, "住房保障") is None
    assert place(desk, "三年前") == (Source.BODY, "…一直贴着三年前的旧目录，没有人更换。")
    assert place(desk, "三年") == (Source.BODY, "…一直贴着三年前的旧目录，没有人更换。")
    assert place(desk, "尽快") == (Source.DEMANDS, "尽快更换公开栏")
    assert place(desk, "趙建國") == (Source.ACCUSED, "赵建国")
    assert place(desk, "从速") == (Source.DECISION, "请住建部门从速查处")
    source, text = place(desk, "转〔2026〕") or (None, "")
    assert source is Source.LETTER
    assert "转〔2026〕" in text


def test_a_name_is_said_to_be_found_and_never_shown(desk: Desk) -> None:
    desk.register()
    listing.open_names(desk.office)
    assert place(desk, NAME) == (Source.NAME, "")
    assert place(desk, PHONE) == (Source.NAME, "")
    assert not any(NAME in str(row) for row in hits(desk, NAME))


def test_of_several_words_the_first_out_of_sight_is_told(desk: Desk) -> None:
    desk.register(subject="职权目录未公开", demands="尽快更换公开栏")
    assert place(desk, "职权 尽快") == (Source.DEMANDS, "尽快更换公开栏")


TEXTS = st.text("公开目錄录职权 ＡAaｂ0０〔ßİ", max_size=12)


@given(TEXTS, st.text("公开目錄录 aA０", max_size=4))
def test_marks_lie_within_the_text_apart_and_in_order(text: str, words: str) -> None:
    marks = found.spots(text, words)
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(one[1] < other[0] for one, other in pairwise(marks))


def test_traditional_and_full_width_are_marked_where_they_stand() -> None:
    assert found.spots("職權目録未公開", "目录") == ((2, 4),)
    assert found.spots("ＡＢ路改线", "ab") == ((0, 2),)
    assert found.spots("公开公开栏", "公开 开公") == ((0, 4),)
    assert found.spots("没有", "公开") == ()
