"""A new round, its ranking, what the office set itself and what follows from a grade."""

from pathlib import Path

import openpyxl

from desktop.ui.assessments.newround import NewRoundPage, UnitsEditor, round_name
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.exportpage import TableExportPage
from tests.ui.assessments.conftest import GOOD, POOR, Desk


def _begin(desk: Desk) -> NewRoundPage:
    desk.tab.start_new()
    desk.wait()
    page = desk.tab.page()
    assert isinstance(page, NewRoundPage)
    return page


def _choose(page: NewRoundPage, kind: str) -> None:
    editor = page.form.editor("kind")
    assert isinstance(editor, ChoiceEditor)
    editor.combo.setCurrentText(kind)


def test_an_office_without_rounds_is_told_what_to_do(desk: Desk) -> None:
    assert "还没有考核" in desk.tab.empty.sentence()
    assert desk.tab.empty.isVisible()


def test_the_name_follows_kind_and_year_until_it_is_written_by_hand(desk: Desk) -> None:
    page = _begin(desk)
    _choose(page, "年终考核")
    assert page.form.values()["name"] == "2026年度年终考核"
    page.form.editor("name").set_value("2026年度第二次年终考核")
    _choose(page, "半年抽查")
    assert page.form.values()["name"] == "2026年度第二次年终考核"


def test_a_round_is_opened_with_the_offices_own_points_and_cut_offs(desk: Desk) -> None:
    page = _begin(desk)
    _choose(page, "年终考核")
    keys = [key for key in page.form.values() if key.startswith("block.")]
    for key, points in zip(keys, ("20", "15", "25", "25", "15"), strict=True):
        desk.type(page.form.editor(key).target(), points)
    sum_ = page.form.editor("sum").findChild(type(page._title))
    assert sum_ is not None
    assert sum_.text() == "各项分值合计：100 分"
    floors = [key for key in page.form.values() if key.startswith("grade.")]
    for key, floor in zip(floors, ("90", "80", "60"), strict=True):
        desk.type(page.form.editor(key).target(), floor)
    desk.click("assessments.round.save")
    assert desk.tab.page() is None
    assert desk.said[-1] == "已建立“2026年度年终考核”。"
    assert len(desk.view().units) == 3
    assert "分值和分数线为本单位自定" in [
        one.text() for one in desk.tab.overview._head.findChildren(type(page._title))
    ]


def test_a_cut_off_above_the_better_grade_is_refused_under_its_field(desk: Desk) -> None:
    page = _begin(desk)
    _choose(page, "年终考核")
    for key, value in page.form.values().items():
        if key.startswith("block."):
            page.form.editor(key).set_value("20")
        elif key.startswith("grade."):
            page.form.editor(key).set_value("85")
        del value
    desk.click("assessments.round.save")
    assert desk.tab.page() is page
    assert page.form.faults() == {
        "grade.good": "分数线要大于 0，并且低于上一档（85）。",
        "grade.fair": "分数线要大于 0，并且低于上一档（85）。",
    }
    assert page.form.values()["name"] == "2026年度年终考核"


def test_no_unit_chosen_is_said_and_all_can_be_chosen_at_once(desk: Desk) -> None:
    page = _begin(desk)
    desk.click("assessments.round.units.none")
    desk.click("assessments.round.save")
    assert page.form.faults()["units"] == "请选择一项。"
    desk.click("assessments.round.units.all")
    editor = page.form.editor("units")
    assert isinstance(editor, UnitsEditor)
    assert editor.value() == (1, 2, 3)


def test_the_next_round_repeats_points_and_cut_offs_of_the_one_before(desk: Desk) -> None:
    desk.open_round()
    values = _begin(desk).form.values()
    points = [str(v) for k, v in values.items() if k.startswith("block.")]
    assert points == ["20", "15", "25", "25", "15"]
    assert [str(v) for k, v in values.items() if k.startswith("grade.")] == ["80", "70", "60"]


def test_the_ranking_names_place_total_and_the_grade_to_come(desk: Desk) -> None:
    desk.open_round()
    desk.score(2, GOOD)
    desk.score(1, POOR)
    rows = desk.tab.overview.model.rows()
    assert [(r.unit.unit_name, r.place) for r in rows] == [
        ("市市场监督局", 1),
        ("市住房保障局", 2),
        ("东关街道办事处", 0),
    ]
    model = desk.tab.overview.model
    shown = [model.index(0, column).data() for column in range(5)]
    assert shown == ["1", "市市场监督局", "84", "拟优秀", "5/5"]


def test_filters_count_what_is_to_be_scored_and_graded(desk: Desk) -> None:
    desk.open_round()
    desk.score(2, GOOD)
    chips = [one.text() for one in desk.tab.overview.filters._buttons.values()]
    assert chips == ["全部 3", "待评分 2", "待定档 1", "已定档 0"]


def test_a_grade_that_leads_to_accountability_opens_a_case(desk: Desk) -> None:
    desk.open_round()
    desk.score(1, POOR)
    desk.tab.overview.select(1)
    pane = desk.tab.overview.pane
    assert pane.next.main.text() == "下一步：确定档次并出通知书…"
    desk.click("assessments.next")
    desk.click("assessments.grade.save")
    desk.click("assessments.letter.back")
    assert desk.said[-1] == "已确定市住房保障局的档次为“差”，并制作考核结果通知书。"
    assert pane.next.main.text() == "下一步：转入责任追究…"
    with desk.qtbot.waitSignal(desk.context.case_wanted) as wanted:
        desk.click("assessments.next")
    assert wanted.args == ["round_unit", 1]


def test_an_override_is_shown_beside_the_grade_of_the_points(desk: Desk) -> None:
    desk.open_round("fujin")
    desk.score(1, ("18", "14", "24", "23", "14", "9"), unsatisfied=True)
    desk.tab.overview.select(1)
    words = desk.tab.overview.pane.override.text()
    assert words == (
        "按得分为“优秀”；民主评议为不满意的，考核等级评定为不合格（第五部分第1项），因此评定为“不合格”。"
    )
    assert desk.tab.overview.pane.override.isVisible()


def test_the_scheme_says_what_follows_from_a_grade_with_its_article(desk: Desk) -> None:
    desk.open_round()
    desk.click("assessments.scheme")
    card = desk.tab.overview._head._card
    assert card.isVisible()
    said = [one.text() for one in card.findChildren(type(card._note))]
    assert "存在问题、评定为差的，按有关规定进行责任追究（第八条）" in said
    assert any(text.startswith("分值和分数线为本单位自定") for text in said)


def test_the_proposed_name_says_the_year_once() -> None:
    assert round_name("2026", "年终考核") == "2026年度年终考核"
    assert round_name("2026", "年度考核") == "2026年度考核"


def test_a_round_goes_into_a_workbook_with_the_points_of_every_block(
    desk: Desk, tmp_path: Path
) -> None:
    desk.open_round()
    desk.score(1, GOOD)
    desk.reload()
    path = tmp_path / "考核.xlsx"
    desk.click("assessments.export")
    page = desk.tab.page()
    assert isinstance(page, TableExportPage)
    page.ask_path = lambda _name: str(path)
    desk.click("assessments.exporting.save")
    assert desk.tab.page() is None
    lines = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert lines[0][:3] == ("名次", "单位", "总分")
    assert lines[1][3:8] == GOOD
    assert len(lines) == 4
