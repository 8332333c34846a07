"""The rulebooks say what the regulations say, and a damaged one is refused in plain words.

The figures below were typed from the texts, not from the data files.
"""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.rulebook import (
    Clock,
    Remedy,
    Rulebook,
    RulebookFault,
    System,
    Unit,
    entries,
    in_words,
    parse,
)

FOLDER = Path(__file__).parents[2] / "resources" / "rulebooks"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}
BOOKS = {name: parse(text, f"{name}.toml") for name, text in TEXTS.items()}
PLACES = {"baoding", "wuan", "shexian", "fuxing", "fujin", "kunming", "district", "yingshang"}


def table(text: str) -> list[tuple[str, ...]]:
    """Read rows typed one a line, columns parted by blanks; a backslash carries on."""
    return [tuple(line.split()) for line in text.strip().split("\n")]


# ---- every file ---------------------------------------------------------------------------------


def test_there_is_one_file_for_each_place_and_one_for_the_country() -> None:
    assert set(BOOKS) == PLACES | {"national"}
    assert {b.id for b in BOOKS.values() if b.kind == "place"} == PLACES
    assert BOOKS["national"].kind == "national"


@pytest.mark.parametrize("name", BOOKS)
def test_each_file_is_named_by_its_id_and_is_the_first_version(name: str) -> None:
    assert BOOKS[name].id == name
    assert BOOKS[name].version == 1
    assert BOOKS[name].summary
    assert BOOKS[name].notes


@pytest.mark.parametrize("name", BOOKS)
def test_each_entry_can_be_cited(name: str) -> None:
    book = BOOKS[name]
    for _, entry in entries(book):
        assert re.fullmatch(r"[a-z0-9_.]+", entry.id), entry.id
        # 涉县 is known from a description only: no article numbers, and each entry says so.
        if name == "shexian":
            assert entry.flag, entry.id
        else:
            assert re.match(r"第[零一二三四五六七八九十百]+(条|部分)", entry.article), entry.article
        title = book.source(entry.source).title
        assert book.cite(entry) == f"《{title}》{in_words(entry.article)}"
    for source in book.sources:
        assert "《" not in source.title
        assert "》" not in source.title


def test_a_letter_cites_the_full_title_and_the_article() -> None:
    book = BOOKS["baoding"]
    assert book.cite(clock(book, "transfer")) == (
        "《保定市政务公开暨行政权力公开透明运行工作投诉举报受理工作制度（试行）》第七条第（三）项"
    )


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("第七条（五）", "第七条第（五）项"),
        ("第五条（一）、第五条（二）", "第五条第（一）项、第五条第（二）项"),
        ("第六条（一）第1项", "第六条第（一）项第1目"),
        ("第四条第3项", "第四条第3项"),
        ("第九十五条", "第九十五条"),
        ("第三部分（二）", "第三部分（二）"),
        ("第三部分第2项（1）", "第三部分第2项（1）"),
    ],
)
def test_an_article_is_named_by_its_parts(article: str, said: str) -> None:
    assert in_words(article) == said


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_clean_simplified_chinese(name: str) -> None:
    text = TEXTS[name]
    assert not re.search("[臵關運權責導領項規]", text)
    assert not re.search(r"[一-鿿][,;:!?()][一-鿿]", text), "half-width punctuation in Chinese"
    assert not re.search(r"[一-鿿]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", text), "pinyin leftover"
    assert "\t" not in text


@pytest.mark.parametrize("name", BOOKS)
def test_wording_is_short(name: str) -> None:
    for _, entry in entries(BOOKS[name]):
        assert len(getattr(entry, "text", "")) <= 90, entry.id


# ---- 期限 ----------------------------------------------------------------------------------------


def clock(book: Rulebook, ident: str) -> Clock:
    return next(c for c in book.clocks if c.id == ident)


CLOCKS = table("""
baoding  transfer         第七条（三）         5  workday received transferred transfer
baoding  written          第七条（五）         7  day received told_in_writing real_name
baoding  refusal          第七条（六）         5  day received refusal_told refusal
fuxing   power_report     第五部分（一）       1  week power_exercised reported always
fujin    publish          第二部分第5项        20 workday information_formed published always
fujin    reply            第二部分             15 workday request_received request_answered always
fujin    reply_extended   第二部分             15 workday extended request_answered always
fujin    secrecy          第十二部分           15 workday \
  secrecy_review_requested secrecy_review_done always
fujin    joint_meeting    第三部分第2项        3  month met met always
fujin    quarterly_report 第三部分（一）第1项  3  month reported reported always
fujin    website          第二部分第3项        2  day materials_received published always
fujin    weekly_report    第三部分第2项        1  week submitted submitted always
district assigned         第二部分（四）       1  week assigned finished always
district proposals        第二部分（四）       6  month assigned finished always
district visits           第二部分（四）       1  week received finished always
district requests         第二部分（四）       3  week materials_received answered always
national publish          第二十六条           20 workday information_formed published always
national supplement       第三十条             7  workday request_received supplement_told always
national third_party      第三十二条           15 workday opinion_sought opinion_given always
national co_producer      第三十四条           15 workday opinion_sought opinion_given always
national reply            第三十三条           20 workday request_received request_answered always
national reply_extended   第三十三条           20 workday extended request_answered always
national petition_transfer  第二十二条         15 day received transferred transfer
national petition_written   第二十三条         15 day received told_in_writing real_name
national petition_objection 第二十三条         5  workday materials_received objected always
national petition_finish    第三十四条         60 day accepted answered always
national petition_extended  第三十四条         30 day extended answered always
""")


@pytest.mark.parametrize("row", CLOCKS, ids=" ".join)
def test_each_clock_counts_as_the_text_says(row: tuple[str, ...]) -> None:
    place, ident, article, count, unit, starts, stops, applies = row
    found = clock(BOOKS[place], ident)
    assert (found.article, found.count, found.unit) == (article, int(count), Unit(unit))
    assert (found.starts, found.stops, found.applies) == (starts, stops, applies)


def test_no_place_has_a_clock_that_its_text_lacks() -> None:
    listed = {(place, ident) for place, ident, *_ in CLOCKS}
    assert {(name, c.id) for name, book in BOOKS.items() for c in book.clocks} == listed


def test_only_the_real_name_notice_of_baoding_must_be_written() -> None:
    assert [c.id for c in BOOKS["baoding"].clocks if c.written] == ["written"]


def test_meetings_and_reports_of_fujin_recur() -> None:
    recurring = {c.id for c in BOOKS["fujin"].clocks if c.recurring}
    assert recurring == {"joint_meeting", "quarterly_report", "weekly_report"}


def test_the_old_reply_limits_of_fujin_name_the_rule_in_their_place() -> None:
    for ident in ("reply", "reply_extended"):
        assert clock(BOOKS["fujin"], ident).superseded == (
            "政府信息公开条例第三十三条：20 个工作日，可延长 20 个工作日"
        )
    assert not clock(BOOKS["fujin"], "publish").superseded


# ---- 救济 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("book", "ident", "count", "unit", "starts", "decide", "decide_unit"),
    [
        ("fujin", "review", 5, "workday", "served", 20, "workday"),
        ("national", "staff_review", 30, "day", "served", 30, "day"),
        ("national", "staff_appeal", 15, "day", "review_decided", 60, "day"),
        ("national", "staff_direct_appeal", 30, "day", "served", 60, "day"),
        ("national", "supervision_review", 1, "month", "served", 1, "month"),
        ("national", "supervision_second_review", 1, "month", "review_decided", 2, "month"),
        ("national", "petition_review", 30, "day", "answered", 30, "day"),
        ("national", "petition_second_review", 30, "day", "review_decided", 30, "day"),
    ],
)
def test_remedies(
    book: str, ident: str, count: int, unit: str, starts: str, decide: int, decide_unit: str
) -> None:
    found = next(r for r in BOOKS[book].remedies if r.id == ident)
    assert (found.count, found.unit, found.starts) == (count, Unit(unit), starts)
    assert (found.decide_count, found.decide_unit) == (decide, Unit(decide_unit))


def test_only_fujin_has_a_remedy_of_its_own() -> None:
    assert {p for p in PLACES if BOOKS[p].remedies} == {"fujin"}
    assert BOOKS["fujin"].remedies[0].article == "第八部分"


# ---- 渠道、事由、收到日期 ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("baoding", ["信函", "电话", "传真", "电子邮件", "当面反映"]),
        ("kunming", ["来信", "来访", "互联网", "春城热线", "电话", "传真"]),
        ("yingshang", ["举报电话", "政务公开监督信箱"]),
        ("district", ["来访", "违诺举报投诉电话"]),
        ("fujin", []),
        ("wuan", []),
        ("shexian", []),
        ("fuxing", []),
    ],
)
def test_channels(place: str, names: list[str]) -> None:
    assert [c.name for c in BOOKS[place].channels] == names


def test_what_is_said_aloud_must_be_recorded() -> None:
    spoken = {c.id for p in PLACES for c in BOOKS[p].channels if c.transcript}
    assert spoken == {"phone", "visit", "hotline"}


def test_baoding_has_nine_grounds() -> None:
    grounds = BOOKS["baoding"].grounds
    assert [g.id for g in grounds] == [str(n) for n in range(1, 10)]
    assert [g.article for g in grounds] == [f"第四条（{n}）" for n in "一二三四五六七八九"]
    assert grounds[8].text.startswith("其他")


def test_receipt_rules_are_borrowed_and_say_so() -> None:
    receipts = BOOKS["national"].receipts
    assert {r.channel for r in receipts} == {"visit", "letter", "internet", "email", "fax"}
    for receipt in receipts:
        assert receipt.article.startswith("第三十一条")
        assert receipt.text.startswith("参照：")
    assert len({r.channel for r in receipts}) == len(receipts)
    assert not any(BOOKS[p].receipts for p in PLACES)


def test_the_rules_of_counting_are_those_of_the_civil_code() -> None:
    counting = {c.id: c.article for c in BOOKS["national"].counting}
    assert counting["start_day"] == "第二百零一条"
    assert counting["month_end"] == "第二百零二条"
    assert counting["roll"] == "第二百零三条"
    assert {c.source for c in BOOKS["national"].counting} == {"civil_code"}


# ---- 追究情形 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "groups"),
    [
        (
            "baoding",
            {
                "应当公开而未公开": 4,
                "公开不全面、不及时、不真实": 4,
                "权力运行不规范": 3,
                "不能按时报送有关材料": 2,
                "监督管理不到位": 5,
            },
        ),
        (
            "wuan",
            {
                "应公开而不公开": 4,
                "公开不全面、不及时、不真实": 4,
                "权力运行不规范": 4,
                "监督管理不到位": 5,
            },
        ),
        ("fujin", {"单位：公开内容不全面": 11, "单位：其他情形": 8, "工作人员": 9}),
        ("kunming", {"违反实施办法": 3}),
        ("yingshang", {"工作不力": 1, "追究领导责任": 3}),
        (
            "district",
            {"首问负责制": 1, "服务承诺制": 3, "限时办结制": 1, "失职责任追究制": 6},
        ),
        ("shexian", {}),
        ("fuxing", {}),
    ],
)
def test_situations_by_group(place: str, groups: dict[str, int]) -> None:
    found: dict[str, int] = {}
    for situation in BOOKS[place].situations:
        found[situation.group] = found.get(situation.group, 0) + 1
    assert found == groups


def test_the_ids_of_baodings_situations_follow_the_articles() -> None:
    numerals = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
    for situation in BOOKS["baoding"].situations:
        match = re.fullmatch(r"第(.)条（(.)）", situation.article)
        assert match
        assert situation.id == f"{numerals[match[1]]}.{numerals[match[2]]}"


# ---- 责任区分 ------------------------------------------------------------------------------------

BEARINGS = table("""
baoding  unapproved handler            plain               liable          must
baoding  approved   supervising_leader plain               primary         must
baoding  approved   handler            plain               secondary       must
baoding  approved   handler            kept_silent         full            must
baoding  approved   handler            advised_not_adopted none            must
baoding  collective main_leader        plain               primary         must
baoding  collective team_member        plain               secondary       must
baoding  collective team_member        advised             none            must
wuan     unapproved handler            plain               liable          must
wuan     approved   supervising_leader plain               liable          must
wuan     approved   handler            plain               liable          must
wuan     approved   handler            advised             reduced_or_none may
wuan     collective main_leader        plain               primary         must
wuan     collective handler            plain               primary         must
wuan     collective team_member        plain               secondary       must
wuan     collective handler            advised             reduced_or_none may
wuan     collective team_member        advised             reduced_or_none may
fujin    unapproved handler            plain               liable          must
fujin    approved   supervising_leader plain               liable          must
fujin    approved   handler            plain               liable          must
fujin    approved   handler            advised             exempt          may
fujin    collective main_leader        plain               primary         must
fujin    collective supervising_leader plain               primary         must
fujin    collective handler            plain               primary         must
fujin    collective team_member        plain               secondary       must
fujin    collective handler            advised             exempt          may
fujin    collective team_member        advised             exempt          may
shexian  any        handler            advised_not_adopted reduced_or_none may
district any        direct             plain               liable          must
district any        supervising_leader plain               liable          must
national approved   handler            advised_not_adopted none            must
""")


@pytest.mark.parametrize("name", BOOKS)
def test_responsibility_table(name: str) -> None:
    found = [(name, b.approval, b.role, b.conduct, b.share, b.force) for b in BOOKS[name].bearings]
    assert sorted(found) == sorted(row for row in BEARINGS if row[0] == name)


def test_where_a_text_says_may_the_entry_shows_its_word() -> None:
    for book in BOOKS.values():
        for bearing in book.bearings:
            assert (bearing.force == "may") == (
                "可减轻" in bearing.text or "可免除" in bearing.text
            )


# ---- 追究方式 ------------------------------------------------------------------------------------

LADDERS = table("""
baoding 1 direct             口头告诫                   office
baoding 1 direct             批评教育                   office
baoding 1 direct             限期改正                   office
baoding 2 unit               批评                       office
baoding 2 responsible        通报批评                   office
baoding 2 responsible        责令写出书面检查           office
baoding 2 responsible        取消当年评优、评奖资格     office
baoding 3 unit               通报批评                   office
baoding 3 unit               责令限期整改               office
baoding 3 unit               取消评优、评先资格         office
baoding 3 responsible        离岗培训3个月              appointing
baoding 3 responsible        调离原工作岗位             appointing
baoding 4 responsible        移交纪检监察机关按程序处理 discipline
baoding 5 responsible        移送司法机关依法处理       judicial
wuan    1 direct             告诫                       office
wuan    1 direct             批评教育                   office
wuan    1 direct             限期改正                   office
wuan    2 unit               批评                       office
wuan    2 responsible        通报批评                   office
wuan    2 responsible        责令作出书面检查           office
wuan    2 responsible        取消当年评优、评奖资格     office
wuan    3 unit               通报批评                   office
wuan    3 unit               责令限期整改               office
wuan    3 unit               取消年度评优、评奖资格     office
wuan    3 responsible        调离原工作岗位             appointing
wuan    3 responsible        下岗                       appointing
wuan    3 responsible        免职                       appointing
wuan    4 responsible        移交纪检监察机关处理       discipline
wuan    5 responsible        移送司法机关处理           judicial
fujin   1 direct             告诫                       office
fujin   1 direct             批评教育                   office
fujin   1 direct             限期改正                   office
fujin   2 unit               批评                       office
fujin   2 responsible        通报批评                   office
fujin   2 responsible        责令作出书面检查           office
fujin   3 unit               通报批评                   office
fujin   3 unit               责令限期整改               office
fujin   3 supervising_leader 通报批评                   office
fujin   3 supervising_leader 给予相应的党纪政纪处分     discipline
fujin   3 direct             给予相应的党纪政纪处分     discipline
fujin   4 responsible        移送司法机关处理           judicial
shexian 1 responsible        口头告诫                   office
shexian 2 responsible        书面告诫                   office
shexian 3 responsible        通报批评                   office
shexian 4 responsible        停职离岗培训               appointing
shexian 5 responsible        调离工作岗位               appointing
shexian 5 responsible        免职                       appointing
shexian 6 responsible        给予党政纪处分             discipline
""")


@pytest.mark.parametrize("place", ["baoding", "wuan", "fujin", "shexian", "kunming", "fuxing"])
def test_sanction_ladder(place: str) -> None:
    found = [
        (place, str(rung.rank), m.target, m.text, m.authority)
        for rung in BOOKS[place].rungs
        for m in rung.measures
    ]
    assert found == [row for row in LADDERS if row[0] == place]


def test_the_layoff_is_for_those_without_a_post() -> None:
    conditions = {
        (p, m.text): m.condition
        for p in PLACES
        for r in BOOKS[p].rungs
        for m in r.measures
        if m.condition
    }
    assert conditions == {
        ("wuan", "调离原工作岗位"): "无职务的",
        ("wuan", "下岗"): "无职务的",
        ("fujin", "给予相应的党纪政纪处分"): "视情节",
    }


@pytest.mark.parametrize("place", ["baoding", "wuan", "fujin"])
def test_the_mildest_rung_lets_choose_between_two_measures(place: str) -> None:
    first = BOOKS[place].rungs[0]
    assert [m.alternative for m in first.measures] == ["admonish", "admonish", ""]
    assert [m.rectify for m in first.measures] == [False, False, True]


def test_measures_of_one_place_have_stable_ids() -> None:
    ids = [[m.id for m in r.measures] for r in BOOKS["baoding"].rungs]
    assert ids[0] == ["oral_warning", "education", "correct"]
    assert ids[1] == ["unit_criticism", "circular", "written_review", "bar"]


def test_bars_from_commendation() -> None:
    bars = {
        (place, r.rank, m.target, m.bar_until)
        for place in PLACES
        for r in BOOKS[place].rungs
        for m in r.measures
        if m.bar
    }
    assert bars == {
        ("baoding", 2, "responsible", "year_end"),
        ("baoding", 3, "unit", ""),
        ("wuan", 2, "responsible", "year_end"),
        ("wuan", 3, "unit", "year_end"),
    }


def test_periods_in_months() -> None:
    months = {
        (name, m.text): m.months
        for name, book in BOOKS.items()
        for r in book.rungs
        for m in r.measures
        if m.months
    }
    assert months == {
        ("baoding", "离岗培训3个月"): 3,
        ("national", "警告"): 6,
        ("national", "记过"): 12,
        ("national", "记大过"): 18,
        ("national", "降级"): 24,
        ("national", "撤职"): 24,
    }


def test_what_the_office_can_not_impose_is_left_to_those_who_can() -> None:
    for name, book in BOOKS.items():
        for rung in book.rungs:
            for measure in rung.measures:
                if re.search("免职|调离|离岗|下岗", measure.text):
                    assert measure.authority == "appointing", (name, measure.id)
                if re.search("处分|纪检", measure.text):
                    assert measure.authority == "discipline", (name, measure.id)
                if "司法" in measure.text:
                    assert measure.authority == "judicial", (name, measure.id)


# ---- 考核与评议 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "system", "names"),
    [
        ("baoding", "assessment", ["优秀", "良好", "一般", "差"]),
        ("baoding", "evaluation", ["优秀", "良好", "一般", "差"]),
        ("fujin", "assessment", ["优秀", "良好", "合格", "不合格"]),
    ],
)
def test_grades_from_the_best_down(place: str, system: str, names: list[str]) -> None:
    grades = [g for g in BOOKS[place].grades if g.system == system]
    assert [g.name for g in grades] == names
    assert [g.rank for g in grades] == [1, 2, 3, 4]


def test_consequences_of_grades() -> None:
    told = {
        (place, g.system, g.name): (g.commend, g.pursue, g.rectify, g.pursue_unrectified)
        for place in PLACES
        for g in BOOKS[place].grades
        if g.commend or g.pursue or g.rectify or g.pursue_unrectified
    }
    assert told == {
        ("baoding", "assessment", "优秀"): (True, False, False, False),
        ("baoding", "assessment", "差"): (False, True, False, False),
        ("fujin", "assessment", "优秀"): (True, False, False, False),
        ("fujin", "assessment", "不合格"): (False, False, True, True),
    }


def test_only_fujin_overrides_a_grade() -> None:
    assert {p for p in PLACES if BOOKS[p].overrides} == {"fujin"}
    (override,) = BOOKS["fujin"].overrides
    assert override.when == "evaluation_unsatisfied"
    lowest = max((g for g in BOOKS["fujin"].grades), key=lambda g: g.rank)
    assert (override.grade, lowest.name) == (lowest.id, "不合格")


@pytest.mark.parametrize(
    ("place", "system", "items"),
    [
        ("baoding", "assessment", [3, 3, 4, 3, 2]),
        ("baoding", "evaluation", [4, 3, 2]),
        ("fujin", "assessment", [4, 3, 1, 1, 3, 2]),
        ("fuxing", "assessment", [1, 1, 1, 1]),
        ("kunming", "assessment", []),
        ("wuan", "assessment", []),
    ],
)
def test_blocks_and_their_questions(place: str, system: str, items: list[int]) -> None:
    blocks = [b for b in BOOKS[place].blocks if b.system == system]
    assert [len(b.items) for b in blocks] == items


@pytest.mark.parametrize(
    ("place", "system", "names"),
    [
        ("baoding", "assessment", ["日常检查", "半年抽查", "年终考核"]),
        ("baoding", "evaluation", ["公众评议", "特邀评议"]),
        ("fujin", "assessment", ["年度考核", "平时检查"]),
    ],
)
def test_rounds(place: str, system: str, names: list[str]) -> None:
    assert [r.name for r in BOOKS[place].rounds if r.system == system] == names


# ---- 程序 ----------------------------------------------------------------------------------------


def gates(book: Rulebook, system: System) -> list[str]:
    steps = sorted((s for s in book.steps if s.system == system), key=lambda s: s.rank)
    return [s.gate for s in steps if s.gate]


@pytest.mark.parametrize("place", ["baoding", "wuan"])
def test_the_road_to_a_decision(place: str) -> None:
    assert gates(BOOKS[place], System.ACCOUNTABILITY) == [
        "evidence",
        "hearing",
        "division",
        "notice",
        "feedback",
    ]


def test_only_the_report_after_a_decision_is_called_feedback() -> None:
    systems = {s.system for b in BOOKS.values() for s in b.steps if s.gate == "feedback"}
    assert systems == {System.ACCOUNTABILITY}


def test_the_law_wants_two_investigators() -> None:
    (step,) = [s for s in BOOKS["national"].steps if s.people]
    assert (step.article, step.gate, step.people) == ("第四十二条", "evidence", 2)


def test_material_never_reaches_the_accused() -> None:
    step = next(s for s in BOOKS["national"].steps if s.id == "no_passing")
    assert BOOKS["national"].cite(step) == "《信访工作条例》第三十条"


def test_the_evaluation_of_baoding_has_seven_steps() -> None:
    steps = [s for s in BOOKS["baoding"].steps if s.system == System.EVALUATION]
    assert [s.rank for s in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert [s.article for s in steps] == [f"第六条（{n}）" for n in "一二三四五六七"]


def test_baoding_investigates_after_a_leaders_approval() -> None:
    step = next(s for s in BOOKS["baoding"].steps if s.id == "leader_approval")
    assert (step.article, step.gate) == ("第七条（二）", "approval")


def test_forms_with_the_fields_that_the_texts_list() -> None:
    fields = {(p, f.id): len(f.fields) for p in PLACES for f in BOOKS[p].forms if f.fields}
    assert fields == {
        ("fuxing", "power_item"): 9,
        ("kunming", "flow_chart"): 9,
        ("fujin", "request_form"): 3,
    }


@pytest.mark.parametrize(
    ("place", "systems"),
    [
        ("baoding", {"complaints", "accountability", "assessment", "evaluation"}),
        ("wuan", {"accountability"}),
        ("shexian", {"accountability"}),
        ("fuxing", {"disclosure"}),
        # Fujin names a ground but no channel: nothing could be registered under it
        ("fujin", {"accountability", "assessment", "disclosure"}),
        ("kunming", {"complaints", "accountability"}),
        ("district", {"complaints", "accountability", "efficiency"}),
        ("yingshang", {"complaints", "accountability"}),
    ],
)
def test_what_a_place_offers(place: str, systems: set[str]) -> None:
    assert {s.value for s in System if BOOKS[place].offers(s)} == systems


# ---- doubtful places ----------------------------------------------------------------------------


def test_baodings_gap_is_flagged_and_not_filled() -> None:
    third = BOOKS["baoding"].rungs[2]
    assert "原文疑有脱漏" in third.flag
    assert not any("免职" in m.text for r in BOOKS["baoding"].rungs for m in r.measures)
    for measure in third.measures:
        assert bool(measure.flag) == (measure.target == "responsible" or measure.bar)


def test_baodings_lost_item_is_flagged() -> None:
    last = next(s for s in BOOKS["baoding"].situations if s.id == "7.3")
    assert "原文疑有脱漏" in last.flag
    assert not any("吃拿卡要" in s.text for s in BOOKS["baoding"].situations)


def test_wuans_two_wordings_are_told() -> None:
    book = BOOKS["wuan"]
    assert any("年度" in note and "两种" in note for note in book.notes)
    assert "纪委处分" in book.rungs[3].flag
    assert "纪律处分" in book.rungs[3].circumstance


@pytest.mark.parametrize(
    ("place", "dead"),
    [
        ("baoding", "行政监察法"),
        ("wuan", "国家公务员暂行条例"),
        ("district", "国家公务员暂行条例"),
        ("national", "国家公务员暂行条例"),
        ("national", "行政监察法"),
    ],
)
def test_dead_law_is_named_as_dead_and_is_no_source(place: str, dead: str) -> None:
    assert any(dead in note and "不得再引" in note for note in BOOKS[place].notes)
    for book in BOOKS.values():
        assert not any(dead in source.title for source in book.sources)


# ---- damage -------------------------------------------------------------------------------------

SMALL = """
id = "small"
version = 1
place = "某地"

[[sources]]
id = "one"
title = "某办法"

[[clocks]]
id = "transfer"
source = "one"
article = "第一条"
system = "complaints"
name = "转办"
starts = "received"
stops = "transferred"
count = 5
unit = "workday"

[[grades]]
id = "best"
source = "one"
article = "第二条"
system = "assessment"
name = "优秀"
rank = 1
"""


@pytest.mark.parametrize(
    ("old", "new", "entry", "problem"),
    [
        ("count = 5\n", "", "clocks “transfer”", "缺少字段 `count`"),
        ("count = 5", "count = 5\ncuont = 5", "clocks “transfer”", "有不认识的字段 `cuont`"),
        ("count = 5", 'count = "五"', "clocks “transfer” count", "应为 整数，实为 文字"),
        ("count = 5", "count = true", "clocks “transfer” count", "应为 整数"),
        ("count = 5", "count = -5", "clocks “transfer”", "期限必须大于 0"),
        ("count = 5", "count = 0", "clocks “transfer”", "期限必须大于 0"),
        ("count = 5", "count = 99999", "clocks “transfer”", "不超过"),
        ('unit = "workday"', 'unit = "fortnight"', "clocks “transfer” unit", "不在允许范围内"),
        ('"one"\narticle = "第一', '"two"\narticle = "第一', "clocks “transfer”", "文件“two”"),
        ('article = "第一条"', 'article = " "', "clocks “transfer”", "条款"),
        ('id = "transfer"', "", "clocks “第 1 项”", "缺少字段 `id`"),
        ('title = "某办法"', 'title = ""', "sources “one”", "没有写明文件名称"),
        ("rank = 1", "rank = 0", "grades “best”", "次序必须从 1 起"),
        ("version = 1", "version = 0", "全文", "版本"),
        ("version = 1", 'version = "一"', "version", "应为 整数"),
        ('place = "某地"', "", "全文", "缺少字段 `place`"),
        ('place = "某地"', 'place = "某地', "全文", "不是有效的 TOML"),
        ("count = 5", f"count = {'9' * 5000}", "全文", "不是有效的 TOML"),
        ("count = 5", f"count = {'[' * 5000}", "全文", "不是有效的 TOML"),
    ],
)
def test_the_sentence_names_file_entry_and_fault(
    old: str, new: str, entry: str, problem: str
) -> None:
    assert old in SMALL
    with pytest.raises(RulebookFault) as caught:
        parse(SMALL.replace(old, new, 1), "某地.toml")
    sentence = str(caught.value)
    assert sentence.startswith(f"规则文件 某地.toml，{entry}：")
    assert problem in sentence


def again(heading: str) -> str:
    """Return the small rulebook with one of its tables given twice."""
    start = SMALL.index(f"[[{heading}]]")
    end = SMALL.find("\n\n", start)
    return SMALL + "\n" + SMALL[start : end if end > 0 else None] + "\n"


@pytest.mark.parametrize(
    ("heading", "entry"), [("sources", "sources “one”"), ("clocks", "clocks “transfer”")]
)
def test_an_id_given_twice_is_refused(heading: str, entry: str) -> None:
    with pytest.raises(RulebookFault) as caught:
        parse(again(heading), "某地.toml")
    assert str(caught.value) == f"规则文件 某地.toml，{entry}：编号重复"


@pytest.mark.parametrize(
    ("place", "old", "new", "problem"),
    [
        ("fujin", 'grade = "unqualified"', 'grade = "awful"', "指向的档次不存在"),
        ("fujin", "decide_count = 20", "decide_count = -1", "作出决定的期限"),
        ("baoding", "months = 3", "months = -3", "措施的月数"),
        ("baoding", 'id = "education"', 'id = "oral_warning"', "措施编号重复"),
        ("baoding", 'conduct = "kept_silent"\n', "", "同一情形重复规定"),
        ("baoding", 'name = "良好"\nrank = 2', 'name = "良好"\nrank = 1', "同一次序有两个档次"),
        ("national", "people = 2", "people = -2", "人数不能小于 0"),
    ],
)
def test_contradictions_are_refused(place: str, old: str, new: str, problem: str) -> None:
    assert old in TEXTS[place]
    with pytest.raises(RulebookFault, match=problem) as caught:
        parse(TEXTS[place].replace(old, new, 1), f"{place}.toml")
    assert caught.value.file == f"{place}.toml"


def test_a_receipt_rule_needs_its_channel() -> None:
    entry = 'source = "one"\narticle = "第三条"\n'
    channel = f'\n[[channels]]\nid = "letter"\n{entry}name = "信函"\n'
    receipt = f'\n[[receipts]]\nid = "r"\n{entry}channel = "fax"\ntext = "以签收之日为准"\n'
    with pytest.raises(RulebookFault, match="指向的渠道不存在"):
        parse(SMALL + channel + receipt, "某地.toml")


@pytest.mark.parametrize("place", ["kunming", "fuxing"])
def test_losing_any_line_is_noticed_or_harmless(place: str) -> None:
    """Without one line a rulebook is refused or differs; without a blank one it is the same."""
    lines = TEXTS[place].split("\n")
    for number, line in enumerate(lines):
        rest = "\n".join(lines[:number] + lines[number + 1 :])
        meaningless = not line.strip() or line.startswith("#")
        book = read(rest, place)
        if meaningless:
            assert book == BOOKS[place], number
        else:
            assert book != BOOKS[place], line


def read(text: str, name: str) -> Rulebook | None:
    """Parse a damaged rulebook: return it if it is still sound, None if it was refused.

    A refusal must be a RulebookFault that names the file; what is accepted must be sound.
    """
    book: Rulebook | None
    try:
        book = parse(text, f"{name}.toml")
    except RulebookFault as fault:
        told = str(fault)
        book = None
    if book is None:
        assert told.startswith(f"规则文件 {name}.toml，")
        return None
    for _, entry in entries(book):
        assert book.source(entry.source).title.strip()
        assert entry.article.strip()
        if isinstance(entry, Clock | Remedy):
            assert entry.count > 0
    return book


names = st.sampled_from(sorted(TEXTS))


@settings(max_examples=40, deadline=None)
@given(name=names, data=st.data())
def test_noise_between_lines_changes_nothing(name: str, data: Any) -> None:
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    noise = data.draw(st.sampled_from(["", "# 注", "   ", "\t"]))
    lines = TEXTS[name].split("\n")
    # Only between tables: a line inside a list of notes may stand in brackets.
    places = [n for n, line in enumerate(lines) if line.startswith("[[")]
    at = data.draw(st.sampled_from(places))
    text = newline.join([*lines[:at], noise, *lines[at:]])
    assert read("\ufeff" * data.draw(st.booleans()) + text, name) == BOOKS[name]


values = st.sampled_from(
    ["-1", "0", "7.5", "true", '""', '"乱"', "[]", "{}", "[1]", "2026-02-30", "nan", "0x", "无", ""]
)


@settings(max_examples=150, deadline=None)
@given(name=names, data=st.data())
def test_random_damage_never_breaks_the_reader(name: str, data: Any) -> None:
    lines = TEXTS[name].split("\n")
    kind = data.draw(st.sampled_from(["delete", "value", "key", "copy", "cut", "text", "swap"]))
    at = data.draw(st.integers(0, len(lines) - 1))
    if kind == "delete":
        del lines[at : at + data.draw(st.integers(1, 4))]
    elif kind == "value":
        lines[at] = lines[at].partition("=")[0] + "= " + data.draw(values)
    elif kind == "key":
        lines.insert(at, data.draw(st.text("abcdefg_", min_size=1, max_size=6)) + ' = "x"')
    elif kind == "copy":
        other = data.draw(st.integers(0, len(lines) - 1))
        lines[at:at] = lines[other : other + 8]
    elif kind == "cut":
        lines[at] = lines[at][: len(lines[at]) // 2]
        if data.draw(st.booleans()):
            del lines[at + 1 :]
    elif kind == "text":
        lines[at] = data.draw(st.text(max_size=20))
    else:
        other = data.draw(st.integers(0, len(lines) - 1))
        lines[at], lines[other] = lines[other], lines[at]
    read("\n".join(lines), name)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200))
def test_text_that_is_no_rulebook_is_refused(text: str) -> None:
    with pytest.raises(RulebookFault, match=re.escape("乱.toml")):
        parse(text, "乱.toml")


tree = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(name=names, data=st.data())
def test_wrong_types_anywhere_are_refused_in_words(name: str, data: Any) -> None:
    """Put any value in place of any field of any entry, at the level of the parsed data."""
    book = msgspec.to_builtins(BOOKS[name])
    lists = sorted(k for k, v in book.items() if isinstance(v, list | tuple) and v and k != "notes")
    chosen = data.draw(st.sampled_from(lists))
    entry = data.draw(st.sampled_from(book[chosen]))
    field = data.draw(st.sampled_from(sorted(entry)))
    entry[field] = data.draw(tree)
    read(to_toml(book), name)


def to_toml(value: Any) -> str:
    """Write plain data as TOML, inline below the first level; None is left out."""
    return "\n".join(f"{key} = {inline(v)}" for key, v in value.items() if v is not None)


def inline(value: Any) -> str:
    """Write one value as it stands in a line of TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(v) for v in value if v is not None) + "]"
    if isinstance(value, dict):
        pairs = ((k, v) for k, v in value.items() if v is not None)
        return "{" + ", ".join(f"{quoted(k)} = {inline(v)}" for k, v in pairs) + "}"
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """Write a TOML string with every doubtful character escaped."""
    return '"' + "".join(c if c.isalnum() else f"\\U{ord(c):08X}" for c in text) + '"'


@pytest.mark.parametrize("name", BOOKS)
def test_a_rulebook_written_out_and_read_again_is_the_same(name: str) -> None:
    assert read(to_toml(msgspec.to_builtins(BOOKS[name])), name) == BOOKS[name]
