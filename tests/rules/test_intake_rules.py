"""Rules of intake: ways to answer, unopened letters, filings, the day another body has set."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import handovers
from desktop.rules.clocks import ClockState
from desktop.rules.complaints import (
    ORIGIN,
    Identity,
    Outcome,
    PersonTyped,
    Standing,
    State,
    awaits_origin,
    clocks,
)
from desktop.rules.filings import (
    MONTHS,
    FilingDraft,
    around,
    before,
    check_filing,
    period_of,
    periods,
    unreported,
)
from desktop.rules.handovers import HandingDraft, HandoverDraft, Sealing, read_time
from desktop.rules.replies import ReplyWay, answered_to, check_reply
from desktop.usecases.calendars import build
from desktop.usecases.people import UNIT_KINDS
from tests.rules.books import BOOKS, NATIONAL

TODAY = date(2026, 11, 20)
CALENDAR = build({}, frozenset())
ONE = PersonTyped("单堃", "13800001111", "文华路 12 号")
OTHER = PersonTyped("仇喆", "", "")
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


# ---- 答复方式 --------------------------------------------------------------------------------------


def asked(way: ReplyWay | None, *people: PersonTyped, **more: str) -> list[tuple[str, str]]:
    given_ = {"representative": "", "address": "", "postcode": "", "email": "", **more}
    found = check_reply(way, people, **given_)
    return [(f.field, f.code) for f in found if f is not None]


@pytest.mark.parametrize(
    ("way", "person", "more", "wanted"),
    [
        (None, OTHER, {}, []),
        (ReplyWay.NONE, OTHER, {}, []),
        (ReplyWay.PERSON, OTHER, {}, []),
        (ReplyWay.POST, ONE, {}, []),
        (ReplyWay.POST, OTHER, {}, [("reply_address", "post_needs_address")]),
        (ReplyWay.POST, OTHER, {"address": "和平里 3 号"}, []),
        (ReplyWay.POST, ONE, {"postcode": "71000"}, [("reply_postcode", "postcode")]),
        (ReplyWay.PHONE, ONE, {}, []),
        (ReplyWay.PHONE, OTHER, {}, [("reply_way", "phone_needs_number")]),
        (ReplyWay.EMAIL, ONE, {}, [("reply_email", "email_needs_address")]),
        (ReplyWay.EMAIL, ONE, {"email": "a@b"}, [("reply_email", "email")]),
        (ReplyWay.EMAIL, ONE, {"email": "shan.kun@example.cn"}, []),
        (None, ONE, {"representative": "王五"}, [("representative", "not_a_complainant")]),
    ],
)
def test_a_way_of_answering_asks_for_what_it_needs(
    way: ReplyWay | None, person: PersonTyped, more: dict[str, str], wanted: list[tuple[str, str]]
) -> None:
    assert asked(way, person, **more) == wanted


def test_the_answer_goes_to_the_representative_else_to_the_first() -> None:
    assert answered_to((ONE, OTHER), "仇喆") is OTHER
    assert answered_to((ONE, OTHER), "") is ONE
    assert answered_to((), "仇喆") is None
    assert asked(ReplyWay.PHONE, ONE, OTHER, representative="仇喆") == [
        ("reply_way", "phone_needs_number")
    ]


# ---- 只登交接 --------------------------------------------------------------------------------------

NOW = datetime.combine(TODAY, time(11, 30))
LETTER = HandoverDraft(
    "superior", TODAY, "9:05", "信函", "邮递员", "牛皮纸信封，16 开", "0007", Sealing.INTACT, 1, 36
)


def test_no_field_of_an_unopened_letter_holds_what_it_says() -> None:
    kept = set(HandoverDraft.__dataclass_fields__)
    assert not kept & {"subject", "text", "body", "content", "summary", "note", "accused_person"}
    assert handovers.check_handover(LETTER, NATIONAL, NOW) == []
    long = replace(LETTER, envelope="信" * (handovers.OUTSIDE + 1))
    assert [f.code for f in handovers.check_handover(long, NATIONAL, NOW)] == ["too_long"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "anybody"}, ("kind", "choose")),
        ({"received": None}, ("received", "required")),
        ({"received": TODAY + timedelta(days=1)}, ("received", "future")),
        ({"at": ""}, ("at", "required")),
        ({"at": "25:00"}, ("at", "time")),
        ({"at": "11:31"}, ("at", "time_ahead")),
        ({"channel": ""}, ("channel", "required")),
        ({"envelope": ""}, ("envelope", "required")),
        ({"envelope": "两行\n字"}, ("envelope", "line_break")),
        ({"sealing": None}, ("sealing", "choose")),
        ({"pieces": 0}, ("pieces", "pieces")),
        ({"pieces": None}, ("pieces", "pieces")),
        ({"weight": 0}, ("weight", "weight")),
    ],
)
def test_each_fault_of_an_unopened_letter_stands_at_its_field(
    change: dict[str, object], fault: tuple[str, str]
) -> None:
    draft = replace(LETTER, **change)  # type: ignore[arg-type]
    found = handovers.check_handover(draft, NATIONAL, NOW)
    assert [(f.field, f.code) for f in found] == [fault]


def test_the_time_of_an_earlier_day_may_be_any() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert (
        handovers.check_handover(replace(LETTER, received=yesterday, at="23:59"), NATIONAL, NOW)
        == []
    )
    assert handovers.check_handover(replace(LETTER, at="11:30"), NATIONAL, NOW) == []


def test_both_sign_and_nothing_is_handed_on_before_it_came() -> None:
    hand = HandingDraft("市纪委监委信访室", "赵建国", TODAY, "10:00", signed=True)
    assert handovers.check_handing(hand, TODAY, "09:05", NOW) == []
    for change, wanted in (
        ({"signed": False}, "both_sign"),
        ({"at": "9:04"}, "before_arrival"),
        ({"at": "11:31"}, "time_ahead"),
        ({"person": ""}, "required"),
        ({"day": TODAY - timedelta(days=1)}, "before_receipt"),
    ):
        wrong = replace(hand, **change)  # type: ignore[arg-type]
        found = handovers.check_handing(wrong, TODAY, "09:05", NOW)
        assert [f.code for f in found] == [wanted], change


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([":", "："]))
def test_every_time_of_day_is_read_and_orders_as_it_passes(
    hour: int, minute: int, sign: str
) -> None:
    read = read_time(f" {hour}{sign}{minute:02d} ")
    assert read == f"{hour:02d}:{minute:02d}"
    assert read >= read_time("0:00")


@given(st.text(max_size=8))
def test_no_text_breaks_the_reading_of_a_time(text: str) -> None:
    assert read_time(text) in ("", read_time(read_time(text)))


def test_the_country_says_which_letters_are_only_handed_on() -> None:
    assert [h.id for h in NATIONAL.handovers] == ["superior", "own_head"]
    assert all(h.flag and h.article == "第十五条" for h in NATIONAL.handovers)
    assert not any(book.handovers for book in BOOKS.values())


# ---- 备案 ------------------------------------------------------------------------------------------

FILED = FilingDraft(
    1, TODAY, "2026-3-3", unit_number="东办〔2026〕3号", received=date(2026, 9, 1),
    subject="窗口没有公开收费标准", outcome=Outcome.PROVEN, handling="已公开。",
    answered=date(2026, 9, 20),
)  # fmt: skip


@given(DAYS, st.sampled_from(list(MONTHS)))
def test_every_day_lies_in_one_period_and_periods_leave_no_gap(day: date, period: str) -> None:
    one = around(day, period)
    assert one.first <= day <= one.last
    assert before(one).last + timedelta(days=1) == one.first
    assert around(one.last, period) == one
    assert period_of(one.key) == one
    assert str(one) != str(before(one))
    listed = periods(day, period, 8)
    assert len(listed) == len({p.key for p in listed}) == 9
    assert sorted(listed, reverse=True) == list(listed)


@pytest.mark.parametrize("key", ["", "2026", "2026-5-1", "2026-3-5", "2026-3-0", "x-3-1", "0-3-1"])
def test_what_is_no_period_is_none(key: str) -> None:
    assert period_of(key) is None


def test_periods_are_called_as_offices_call_them() -> None:
    said = [str(around(date(2026, 8, 9), period)) for period in MONTHS]
    assert said == ["2026年8月", "2026年第三季度", "2026年下半年", "2026年度"]


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(UNIT_KINDS)), unique_by=lambda u: u[0]),
    st.sets(st.integers(1, 9)),
)
def test_a_unit_is_missed_until_it_reports_and_only_where_it_has_to(
    units: list[tuple[int, str]], done: set[int]
) -> None:
    rule = BOOKS["shexian"].filings[0]
    one = around(TODAY, "quarter")
    late = unreported(units, rule, [(u, one.key) for u in done], one)
    assert set(late) == {u for u, kind in units if kind in rule.kinds} - done
    assert unreported(units, rule, [(u, before(one).key) for u in done], one) == tuple(
        u for u, kind in units if kind in rule.kinds
    )


def test_only_she_county_wants_filings_and_sets_no_period() -> None:
    assert [name for name, book in BOOKS.items() if book.filings] == ["shexian"]
    rule = BOOKS["shexian"].filings[0]
    assert rule.period == ""
    assert set(rule.kinds) <= set(UNIT_KINDS)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"unit": None}, ("unit", "choose_unit")),
        ({"reported": None}, ("reported", "required")),
        ({"period": ""}, ("period", "choose")),
        ({"received": None}, ("received", "required")),
        ({"received": date(2026, 9, 30), "answered": None, "reported": date(2026, 9, 29)},
         ("received", "future")),
        ({"subject": ""}, ("subject", "required")),
        ({"outcome": None}, ("outcome", "choose")),
        ({"handling": ""}, ("handling", "required")),
        ({"answered": date(2026, 8, 1)}, ("answered", "before_receipt")),
    ],
)  # fmt: skip
def test_each_fault_of_a_filing_stands_at_its_field(
    change: dict[str, object], fault: tuple[str, str]
) -> None:
    draft = replace(FILED, **change)  # type: ignore[arg-type]
    assert [(f.field, f.code) for f in check_filing(draft, TODAY, period="quarter")] == [fault]


def test_a_zero_report_needs_only_the_unit_the_day_and_the_period() -> None:
    empty = FilingDraft(1, TODAY, "2026-3-3", nothing=True)
    assert check_filing(empty, TODAY, period="quarter") == []
    assert check_filing(replace(empty, period=""), TODAY) == []


# ---- 外单位要求回复 --------------------------------------------------------------------------------


@given(
    st.sampled_from(State),
    st.sampled_from(Identity),
    st.integers(-30, 60),
    st.none() | st.integers(0, 40),
)
def test_another_body_is_waited_for_whatever_becomes_of_the_matter(
    state: State, identity: Identity, ahead: int, replied: int | None
) -> None:
    due = TODAY + timedelta(days=ahead)
    told = TODAY - timedelta(days=replied) if replied is not None else None
    facts = Standing(state, identity, date(2026, 11, 2), origin_due=due, origin_replied=told)
    own = [c for c in clocks(facts, BOOKS["baoding"], CALENDAR, TODAY) if c.rule is ORIGIN]
    assert len(own) == 1
    clock = own[0]
    if state is State.VOID:
        assert clock.end is None
        assert not awaits_origin(facts)
        return
    assert clock.end is not None
    assert clock.end.due == clock.end.latest == due
    if told is not None:
        met = ClockState.MET if told <= due else ClockState.MET_LATE
        assert clock.status.state is met
    elif due < TODAY:
        assert clock.status.state is ClockState.OVERDUE
    else:
        assert clock.status.state in (ClockState.TODAY, ClockState.SOON, ClockState.RUNNING)
    assert awaits_origin(facts) is (told is None)
    without = clocks(replace(facts, origin_due=None), BOOKS["baoding"], CALENDAR, TODAY)
    assert [c.rule.id for c in without] == [c.rule.id for c in own[:0]] + [
        c.rule.id for c in clocks(facts, BOOKS["baoding"], CALENDAR, TODAY) if c.rule is not ORIGIN
    ]
