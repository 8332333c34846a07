"""Old ledgers: cells, headers, what a line comes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import ledgerwords, typed
from desktop.rules.complaints import Identity, Outcome, Ruling, State, Step
from desktop.rules.faults import Fault
from desktop.rules.ledgercells import Cell, cell_text, check_kept, kept, read_day
from desktop.rules.ledgerfields import Field, faulty_mapping, find_headers, guess
from desktop.rules.ledgerrows import ADD, Checker, Choices, Faulty, Known, Matter, check_rows

TODAY = date(2026, 11, 20)
CHANNELS = (("letter", "信函"), ("phone", "电话"), ("visit", "当面反映"))
KNOWN = Known({"市住房保障局": 1, "市市场监督局": 2}, CHANNELS)


@pytest.mark.parametrize(
    "cell",
    [
        "2026年3月5日",
        "2026年03月05日",
        "2026.3.5",
        "2026/3/5",
        "2026-3-5",
        "26-3-5",
        "26.03.05",
        "20260305",
        20260305,
        46086,
        46086.5,
        "二〇二六年三月五日",
        "二○二六年三月五日",
        "２０２６年３月５日",
        "2026年3月5日（星期四）",
        "2026年3月5日上午",
        "2026-03-05 09:30",
        "2026-03-05T09:30:00",
        " 2026 年 3 月 5 日 ",
        "2026、3、5",
        "2026.3.5.",
        "2026年3月5号",
    ],
)
def test_a_day_is_read_in_every_chinese_way(cell: str | int | float) -> None:
    assert read_day("received", cell) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026年2月30日", "impossible_day"),
        (20260230, "impossible_day"),
        ("2026年3月", "no_day"),
        ("三月五日", "no_year"),
        ("3.5", "no_year"),
        ("5/3/2026", "day_or_month"),
        ("民国115年3月5日", "other_era"),
        ("115.3.5", "other_era"),
        ("佛历2569年3月5日", "other_era"),
        ("农历三月初五", "lunar_day"),
        ("昨天", "not_a_day"),
        (12, "not_a_day"),
        (True, "not_a_day"),
        (float("nan"), "not_a_day"),
    ],
)
def test_a_day_that_cannot_be_is_told_apart(cell: str | float, code: str) -> None:
    read = read_day("received", cell)
    assert isinstance(read, Fault)
    assert read.code == code


def test_the_year_of_the_ledger_stands_in_and_1904_is_known() -> None:
    assert read_day("received", "三月五日", year=2025) == date(2025, 3, 5)
    assert read_day("received", 46086 - 1462, epoch_1904=True) == date(2026, 3, 5)
    assert read_day("received", "13/3/2026") == date(2026, 3, 13)
    assert read_day("received", "—") is None


@given(st.dates(date(2000, 1, 1), date(2026, 11, 20)))
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(ch)] for ch in str(day.year))
    serial = (day - date(1899, 12, 30)).days
    ways = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{year}年{day.month}月{day.day}日",
        day.strftime("%Y%m%d"),
        serial,
        serial + 0.25,
    )
    assert {read_day("received", way) for way in ways} == {day}


@given(st.text(max_size=300))
def test_a_text_is_kept_as_any_typed_text(text: str) -> None:
    assert kept(text) == typed.clean(text)
    for lines in (False, True):
        mine = check_kept("body", kept(text), 200, lines=lines)
        assert mine == typed.check_text("body", kept(text), limit=200, lines=lines)


@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.text(), st.none()))
def test_no_cell_breaks_the_reading(cell: int | float | bool | str | None) -> None:
    cell_text(cell)
    read = read_day("received", cell)
    assert read is None or isinstance(read, date | Fault)


def test_headers_are_found_below_titles_and_under_merged_cells() -> None:
    title = ["2025年投诉举报登记台账"] * 8
    rows = [
        title,
        ["填报单位：某办", "", "", "", "", "", "", ""],
        [
            "序号",
            "来访时间",
            "投诉人信息",
            "投诉人信息",
            "被投诉单位",
            "反映问题",
            "办结情况",
            "办结情况",
        ],
        ["序号", "来访时间", "姓名", "电话", "被投诉单位", "反映问题", "日期", "结果"],
        [1, "3月5日", "刘芳", "139", "市住房保障局", "不公开", "", ""],
    ]
    headers = find_headers(rows)
    assert (headers.first, headers.year) == (4, 2025)
    assert guess(headers.names) == (
        None,
        Field.RECEIVED,
        Field.NAME,
        Field.PHONE,
        Field.UNIT,
        Field.BODY,
        Field.CLOSED,
        Field.RESULT,
    )


def test_the_usual_names_of_columns_are_guessed() -> None:
    names = [
        "登记号",
        "来访日期",
        "来源",
        "署名方式",
        "姓名",
        "联系电话",
        "家庭住址",
        "被投诉单位",
        "被投诉人",
        "事由",
        "主要内容",
        "诉求",
        "批示领导",
        "批示日期",
        "领导批示意见",
        "承办单位",
        "转办日期",
        "处理结果",
        "是否属实",
        "答复日期",
        "办结日期",
        "办理状态",
        "备注",
    ]
    found = guess(names)
    assert None not in found
    assert len(set(found)) == len(names)
    assert faulty_mapping(found) == {}
    assert faulty_mapping([Field.NAME, Field.NAME]) == {
        "missing": (Field.RECEIVED, Field.UNIT, Field.BODY),
        "twice": (Field.NAME,),
    }


FIELDS = (
    Field.NUMBER,
    Field.RECEIVED,
    Field.CHANNEL,
    Field.NAME,
    Field.PHONE,
    Field.UNIT,
    Field.PERSON,
    Field.BODY,
    Field.LEADER,
    Field.DECIDED,
    Field.RULING,
    Field.RECEIVER,
    Field.OUTCOME,
    Field.RESULT,
    Field.ANSWERED,
    Field.CLOSED,
    Field.STATE,
    Field.NOTE,
)
PLAIN: dict[Field, object] = {
    Field.NUMBER: "信1",
    Field.RECEIVED: "2026-03-05",
    Field.CHANNEL: "来信",
    Field.NAME: "刘芳",
    Field.PHONE: 13800001111,
    Field.UNIT: "市住房保障局",
    Field.BODY: "分配结果不公开。群众意见大。",
}


def look(*, choices: Choices | None = None, **change: object) -> Matter | Faulty | None:
    cells = {**PLAIN, **{Field(key): value for key, value in change.items()}}
    checker = Checker(FIELDS, KNOWN, choices or Choices(), TODAY, names=["备注"] * len(FIELDS))
    return checker.check(2, [cells.get(field, "") for field in FIELDS])  # type: ignore[misc]


def matter(*, choices: Choices | None = None, **change: object) -> Matter:
    found = look(choices=choices, **change)
    assert isinstance(found, Matter), found
    return found


def codes(*, choices: Choices | None = None, **change: object) -> list[tuple[str, str]]:
    found = look(choices=choices, **change)
    assert isinstance(found, Faulty), found
    return [(one.field, one.code) for one in found.faults]


def test_a_line_becomes_a_matter() -> None:
    found = matter(note="曾经来过")
    assert (found.old_number, found.received, found.channel) == ("信1", date(2026, 3, 5), "letter")
    assert (found.identity, found.people[0].phone) == (Identity.REAL_NAME, "13800001111")
    assert found.subject == "分配结果不公开"
    assert found.body.endswith("备注：曾经来过")
    assert found.course.state is State.REGISTERED


def test_what_was_done_comes_with_its_days() -> None:
    course = matter(
        leader="周局",
        decided="2026.3.7",
        result="经查属实，已整改",
        answered=46106,
        closed="26-4-1",
    ).course
    assert (course.state, course.outcome) == (State.CLOSED, Outcome.PROVEN)
    assert [(s.step, s.day) for s in course.steps] == [
        (Step.DECIDE, date(2026, 3, 7)),
        (Step.FIND, date(2026, 3, 25)),
        (Step.ANSWER, date(2026, 3, 25)),
        (Step.CLOSE, date(2026, 4, 1)),
    ]


def test_how_far_a_matter_has_come() -> None:
    def state(**change: object) -> State:
        return matter(**change).course.state

    assert state(ruling="受理") is State.ACCEPTED
    assert state(ruling="转办", receiver="市市场监督局") is State.TRANSFER_DUE
    assert state(ruling="不予受理") is State.REFUSAL_DUE
    assert state(ruling="不予受理", answered="2026-03-09") is State.REFUSED
    assert state(answered="2026-03-09") is State.ANSWERED
    assert state(state="已办结") is State.CLOSED
    assert state(state="未办结") is State.REGISTERED
    assert state(result="部分属实，已整改", state="在办") is State.FOUND
    whole = matter(result="已整改")
    assert (whole.course.state, whole.course.closed) == (State.CLOSED, date(2026, 3, 5))
    open_one = Choices(finished=False)
    assert codes(result="已整改", choices=open_one) == [("outcome", "outcome_needed")]
    assert matter(ruling="自办").course.ruling is Ruling.ACCEPT


def test_what_is_wrong_is_told() -> None:
    assert codes(received="") == [("received", "required")]
    assert codes(received="2026-12-01") == [("received", "future")]
    assert codes(unit="市城管局") == [("unit", "unknown_unit")]
    assert codes(channel="托梦") == [("channel", "unknown_channel")]
    assert codes(channel="") == [("channel", "choose")]
    assert codes(phone=440106199001011234) == [("phone", "digits_lost")]
    assert codes(phone="4.40106E+17") == [("phone", "digits_lost")]
    assert codes(person="刘芳") == [("person", "gives_away")]
    assert codes(body="") == [("body", "required")]
    assert codes(body="字" * 20_001) == [("body", "too_long")]
    assert codes(body="看\u202e反") == [("body", "hidden_character")]
    assert codes(closed="2026-03-01") == [("closed", "before_receipt")]  # one fault, told once
    assert codes(closed="2026-03-01", answered="2026-03-02") == [
        ("answered", "before_receipt"),
        ("closed", "before_receipt"),
    ]
    assert codes(closed="2026-03-09", answered="2026-03-10") == [("closed", "closed_too_early")]
    assert codes(closed="2026-03-09", state="办理中") == [("state", "open_and_closed")]
    assert codes(ruling="转办") == [("receiver", "receiver_missing")]
    assert codes(state="？？") == [("state", "unknown_state")]


def test_the_clerks_choices_settle_what_is_unknown() -> None:
    assert matter(unit="市城管局", choices=Choices(units={"市城管局": ADD})).unit == "市城管局"
    assert matter(unit="房管局", choices=Choices(units={"房管局": 1})).unit == "市住房保障局"
    assert matter(channel="托梦", choices=Choices(channels={"托梦": "visit"})).channel == "visit"
    assert matter(channel="", choices=Choices(channel="phone")).channel == "phone"


def test_lines_without_a_matter_are_passed_over_and_twins_are_told() -> None:
    checker = Checker((Field.NUMBER, Field.RECEIVED, Field.UNIT, Field.BODY), KNOWN,
                      Choices(channel="phone"), TODAY)  # fmt: skip
    assert checker.check(1, ["", None, "", ""]) is None
    assert checker.check(2, ["一月份"] * 4) is None
    line = ["7", "2026-03-05", "市住房保障局", "不公开"]
    assert isinstance(checker.check(3, line), Matter)
    twin = checker.check(4, line)
    assert isinstance(twin, Faulty)
    assert twin.faults[0].code == "number_twice"


def test_words_of_ledgers() -> None:
    assert ledgerwords.names_of("刘芳、张三；李四") == ("刘芳", "张三", "李四")
    assert ledgerwords.names_of("匿名") == ()
    assert ledgerwords.outcome_of("经查部分属实") is Outcome.PARTLY
    assert ledgerwords.outcome_of("经查不属实") is Outcome.UNPROVEN
    assert ledgerwords.outcome_of("已处理") is None
    assert ledgerwords.channel_of("群众来访", CHANNELS) == "visit"
    assert matter(name="刘芳、张三").identity is Identity.JOINT
    assert matter(name="", phone="").identity is Identity.ANONYMOUS


def test_a_day_beyond_today_is_no_day_of_a_ledger() -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert codes(received=tomorrow) == [("received", "future")]


_CELLS = st.one_of(
    st.sampled_from(
        (
            "",
            "无",
            "匿名",
            "王建国、李伟",
            "2026-03-05",
            "2026-02-30",
            46086,
            "来信",
            "市住房保障局",
        )
    ),
    st.sampled_from(("某某局", "属实", "办结", "受理", "转办", "不予受理", True, 0, 1.5, None)),
    st.text(max_size=8),
)


@given(st.lists(st.lists(_CELLS, min_size=8, max_size=12), min_size=1, max_size=6))
def test_a_line_is_judged_alike_whatever_was_read_before_it(rows: list[list[Cell]]) -> None:
    mapping = (
        Field.RECEIVED, Field.UNIT, Field.BODY, Field.NAME, Field.CHANNEL, Field.PERSON,
        Field.DECIDED, Field.RULING, Field.RECEIVER, Field.RESULT, Field.CLOSED, Field.NOTE,
    )  # fmt: skip

    def checker() -> Checker:
        return Checker(mapping, KNOWN, Choices(channel="letter"), TODAY)

    alone = [checker().check(n, row) for n, row in enumerate(rows)]
    after = checker()
    for n, row in enumerate(rows * 2):
        found = after.check(n % len(rows), row)
        if isinstance(found, Faulty) and found.faults[0].code == "matter_twice":
            assert isinstance(alone[n % len(rows)], Matter)
        else:
            assert found == alone[n % len(rows)]


#: Lines as ledgers hold them: what was done repeats, in nearly the same words.
_LINES = st.tuples(
    st.sampled_from(("2026-03-02", "2026-03-03")),
    st.sampled_from(("市住房保障局", "市民政局")),
    st.text("甲乙丙丁", min_size=4, max_size=12),
    st.sampled_from(("", "2026-03-05", "2026-03-01")),
    st.sampled_from(("", "受理", "转办", "不予受理")),
    st.sampled_from(("", "市住房保障局", "市民政局", "某某局")),
    st.sampled_from(("", "经查属实，已整改。", "不属实")),
    st.sampled_from(("", "2026-03-20")),
)


@given(st.lists(_LINES, min_size=2, max_size=12), st.booleans())
def test_the_handling_is_found_out_alike_whatever_was_read_before_it(
    rows: list[tuple[Cell, ...]], short: bool
) -> None:
    mapping = (
        Field.RECEIVED, Field.UNIT, Field.BODY, Field.DECIDED, Field.RULING, Field.RECEIVER,
        Field.RESULT, Field.CLOSED,
    )  # fmt: skip
    if short:  # what stands at the end of a line may be left out
        rows = [row[:-1] if row[-1] == "" else row for row in rows]

    def checker() -> Checker:
        known = Known({"市住房保障局": 1, "市民政局": 2}, (("letter", "信函"),))
        return Checker(mapping, known, Choices(channel="letter"), TODAY)

    after = checker()
    for n, row in enumerate(rows):
        found, alone = after.check(n, row), checker().check(n, row)
        if not (isinstance(found, Faulty) and found.faults[0].code == "matter_twice"):
            assert found == alone
    told = sum(row[5] == "某某局" for row in rows)
    assert after.strangers == ({"某某局": told} if told else {})


def checker() -> Checker:
    return Checker(FIELDS, KNOWN, Choices(), TODAY)


SUMS: list[list[Cell]] = [
    ["合计", None, "58件"],
    [None, "合　计：58 件，其中已办结 50 件", ""],
    ["共 58 件"],
    ["2026年度总计", 58, 50.0, "", "", "", "", ""],
    ["小计", "", "", 12],
    ["本页小计", "12件", "属实 3 件"],
    ["累计受理投诉举报58件，办结50件"],
]
NO_SUMS: list[list[Cell]] = [
    ["合计补偿款没有公开"],
    ["总计", "王敏"],
    ["1", "2026-03-05", "合计"],
    ["共青团市委", "来信"],
    [58, "合计"],
    [],
]


@pytest.mark.parametrize("row", SUMS)
def test_a_line_that_only_counts_others_is_neither_a_matter_nor_faulty(row: list[Cell]) -> None:
    checked = check_rows(checker(), [["栏名"], row], 1)
    assert (checked.good, checked.faulty, checked.passed, checked.sums) == ((), (), 0, (2,))
    assert (checked.strangers, checked.ways) == ({}, {})


@pytest.mark.parametrize("row", NO_SUMS)
def test_a_line_that_says_more_is_none(row: list[Cell]) -> None:
    assert check_rows(checker(), [row], 0).sums == ()


@given(st.lists(st.none() | st.text(max_size=12) | st.integers(0, 99) | st.dates().map(str)))
def test_a_line_that_names_a_unit_is_never_taken_for_a_sum(cells: list[Cell]) -> None:
    assert check_rows(checker(), [[*cells, "市住房保障局"]], 0).sums == ()
