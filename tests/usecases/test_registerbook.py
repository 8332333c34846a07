"""The register as a bound book: every number in it, volumes that go on, who may see whom."""

import re
from datetime import date
from io import BytesIO

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.ledger import StaleRecord
from desktop.rules.complaints import Ruling
from desktop.usecases import office, registerbook
from desktop.usecases.registerbook import Beginning, Book, BookDraft, RegisterVolume, Span
from tests.tamper import outside
from tests.usecases.desk import ACTING, NAME, SECRETS, TODAY, Desk, faulty, forbidden


def quiet(_done: int, _total: int) -> None:
    """Nobody looks on."""


def printed(desk: Desk, span: Span = Span.GO_ON, **more: object) -> Book:
    values: dict[str, object] = {"span": span, "year": 2026, **more}
    return registerbook.make(desk.office, BookDraft(**values), ACTING, quiet)  # type: ignore[arg-type]


def pages(book: Book) -> list[str]:
    reader = pypdf.PdfReader(BytesIO(book.pdf))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def numbers(book: Book) -> list[str]:
    return re.findall(r"投〔2026〕(\d{4})(?=2026-)", "".join(pages(book)[1:]))


def test_every_number_stands_in_the_book_a_void_one_with_its_reason(desk: Desk) -> None:
    for _one in range(3):
        desk.register()
    desk.register(subject="登记错了的一件")
    office.take_back(desk.office, desk.last_event(), ACTING, "与 0002 号是同一封信")
    done = desk.register(subject="已经办结的一件")
    desk.decide(done, Ruling.ACCEPT)
    desk.find(done)
    desk.answer(done)
    desk.close(done)
    book = printed(desk)
    assert numbers(book) == ["0001", "0002", "0003", "0004", "0005"]
    assert (book.count, book.void, book.missing) == (5, 1, 0)
    whole = "".join(pages(book))
    assert "作废（2026-11-20，王敏）：与0002号是同一封信" in whole
    assert "共5件，其中作废1件，空号0个" in whole
    assert "投诉举报登记簿" in pages(book)[0]
    assert "2026年第1册" in pages(book)[0]
    assert f"第1页共{book.pages}页" in whole
    for head in ("编号", "收到日期", "领导批示", "承办单位", "答复日期", "归档、备注"):
        assert head in whole
    assert "登记人：" in pages(book)[-1]


def test_a_gap_is_a_line_of_its_own_and_explained(desk: Desk) -> None:
    for _one in range(2):
        desk.register()
    outside(desk.office.db, "UPDATE number_series SET last = 5 WHERE series = 'complaint'")
    desk.register()
    book = printed(desk, gaps="旧系统迁移时留出。")
    assert (book.count, book.missing) == (3, 3)
    assert "0003—0005空号：程序里没有登记过这个编号。旧系统迁移时留出。" in "".join(pages(book))


def test_the_next_volume_begins_after_the_last_that_was_bound(desk: Desk) -> None:
    for _one in range(5):
        desk.register()
    first = printed(desk, last=3)
    assert numbers(first) == ["0001", "0002", "0003"]
    assert first.volume is not None
    bound = registerbook.bind(desk.office, first.volume, ACTING)
    second = printed(desk)
    assert numbers(second) == ["0004", "0005"]
    assert "2026年第2册" in pages(second)[0]
    with pytest.raises(StaleRecord):
        registerbook.bind(desk.office, first.volume, ACTING)
    again = printed(desk, Span.NUMBERS, first=1, last=3)
    assert "第1册（重印）" in pages(again)[0]
    assert again.volume is None
    office.take_back(desk.office, bound.event, ACTING)
    assert numbers(printed(desk)) == ["0001", "0002", "0003", "0004", "0005"]


def test_a_span_of_days_says_of_the_numbers_between_why_they_are_not_in_it(desk: Desk) -> None:
    desk.register(received=date(2026, 11, 2))
    desk.register(received=date(2026, 11, 16))
    desk.register(received=date(2026, 11, 3))
    book = printed(desk, Span.DAYS, since=date(2026, 11, 1), until=date(2026, 11, 5))
    assert numbers(book) == ["0001", "0003"]
    assert "0002收到日期不在本次打印的日期内。" in "".join(pages(book))
    assert book.missing == 0
    assert book.volume is None


def test_who_complained_is_printed_with_a_reason_only_and_on_record(desk: Desk) -> None:
    desk.register()
    plain = "".join(pages(printed(desk)))
    assert "实名" in plain
    assert not [secret for secret in SECRETS if secret in plain]
    with faulty(("reason", "required")):
        printed(desk, named=True)
    named = printed(desk, named=True, reason="移交档案室")
    assert NAME in "".join(pages(named))
    assert "按保密规定保管" in pages(named)[0]
    event = desk.office.db.execute(
        "SELECT action, reason FROM event ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert tuple(event) == ("complaint.reveal", "移交档案室")


def test_a_span_in_which_nothing_was_registered_prints_nothing(desk: Desk) -> None:
    with forbidden("no_numbers"):
        printed(desk)
    desk.register()
    with forbidden("no_numbers"):
        printed(desk, Span.DAYS, since=date(2025, 1, 1), until=date(2025, 2, 1))
    with faulty(("last", "last_before_first")):
        printed(desk, Span.NUMBERS, first=5, last=2)
    with faulty(("first", "required"), ("last", "required")):
        printed(desk, Span.NUMBERS)


class _Stopped(Exception):
    pass


def test_a_long_print_tells_how_far_it_is_and_can_be_stopped(desk: Desk) -> None:
    for _one in range(3):
        desk.register()
    told: list[tuple[int, int]] = []
    draft = BookDraft(Span.GO_ON, 2026)
    registerbook.make(desk.office, draft, ACTING, lambda at, of: told.append((at, of)))
    assert told == sorted(told)
    assert {of for _at, of in told} == {9}

    def stop(at: int, _of: int) -> None:
        if at:
            raise _Stopped

    with pytest.raises(_Stopped):
        registerbook.make(desk.office, draft, ACTING, stop)
    assert desk.count("register_volume") == 0


@given(ends=st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_volumes_follow_each_other_without_a_number_twice_or_left_out(ends: list[int]) -> None:
    volumes: list[RegisterVolume] = []
    for pages_ in ends:
        volume, first = Beginning((), tuple(volumes)).next(2026)
        volumes.append(
            RegisterVolume(len(volumes), 2026, volume, first, first + pages_, 1, False, TODAY)
        )
    held = [n for one in volumes for n in range(one.first, one.last + 1)]
    assert held == list(range(1, held[-1] + 1))
    assert [one.volume for one in volumes] == list(range(1, len(volumes) + 1))
