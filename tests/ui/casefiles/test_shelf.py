"""The list of case files, and what the record on the right offers."""

from dataclasses import replace
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage

from desktop.rules.rulebook import System
from desktop.ui.casefiles.letterpage import ShownLetter
from desktop.ui.common import tempfiles
from desktop.ui.common.fileview import FileView
from desktop.ui.exportpage import TableExportPage
from desktop.usecases import assessments, casefiles, inquiry
from desktop.usecases import office as offices
from desktop.usecases.assessments import RoundDraft, ScoreDraft
from desktop.usecases.inquiry import EvidenceDraft
from desktop.usecases.leftovers import SessionFolder
from desktop.usecases.office import Office
from tests.ui.casefiles.conftest import CASE, TODAY, Desk, prove_complaint
from tests.ui.casefiles.test_refusals import decide
from tests.ui.office_fixtures import ACTING


def test_an_empty_shelf_says_how_a_case_begins(desk: Desk) -> None:
    desk.tab.reload()
    desk.settle()
    assert desk.tab.list_pane.list.is_empty_shown()
    desk.tab.list_pane.list.wanted.emit()
    desk.settle()
    assert desk.page.objectName() == "casefiles.opening"


def test_the_list_says_what_is_missing_and_filters_by_state(desk: Desk) -> None:
    desk.open_case()
    other = desk.open_case(replace(CASE, unit=2, title="不能按时报送材料"))
    desk.ask(lambda office: decide(office, other))
    desk.turn_to(other)
    model = desk.tab.list_pane.list.model()
    shown = [[model.index(row, at).data() for at in range(6)] for row in range(2)]
    assert shown[0][:5] == ["案〔2026〕0002", "待送达", "", "市市场监督局", "不能按时报送材料"]
    assert shown[1][1:4] == ["调查中", "缺 5 项", "市住房保障局"]
    desk.tab.list_pane.filters.choose("open")
    desk.tab.list_pane.filters.chosen.emit("open")
    assert desk.numbers() == ["案〔2026〕0001"]
    desk.turn_to(other)  # a record asked for is shown, whatever the filter
    assert "案〔2026〕0002" in desk.numbers()


def test_enter_in_the_list_goes_to_the_next_step(desk: Desk) -> None:
    desk.open_case()
    desk.tab.list_pane.list.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.tab.record.next.main.hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.page.objectName() == "casefiles.evidence"


def test_a_taken_back_case_is_void(desk: Desk) -> None:
    made = desk.ask(lambda office: casefiles.open_case(office, CASE, ACTING))
    desk.turn_to(made.value)
    desk.ask(lambda office: offices.take_back(office, made.event, ACTING))
    desk.turn_to(made.value)
    model = desk.tab.list_pane.list.model()
    assert model.index(0, 1).data() == "作废"
    assert not desk.tab.record.next.main.isVisible()
    desk.tab.list_pane.filters.chosen.emit("void")
    assert desk.numbers() == ["案〔2026〕0001"]


def test_the_facts_can_be_corrected_while_the_case_is_open(desk: Desk) -> None:
    desk.open_case()
    desk.press(Qt.Key.Key_F2)
    desk.write("casefiles.opening.title", "公租房分配结果逾期公开")
    desk.save()
    assert desk.said == ["已修改 案〔2026〕0001 的案情。"]
    assert desk.view().case.title == "公租房分配结果逾期公开"
    assert len(desk.view().people) == 2


def test_the_origin_leads_back_to_the_complaint(desk: Desk) -> None:
    complaint = desk.ask(prove_complaint)
    desk.open_case(replace(CASE, complaint=complaint))
    wanted: list[tuple[str, int]] = []
    desk.context.wanted.connect(lambda kind, found: wanted.append((kind, found)))
    desk.click("casefiles.origin")
    assert wanted == [("complaint", complaint)]


def test_a_complaint_that_has_a_case_is_not_taken_twice(desk: Desk) -> None:
    complaint = desk.ask(prove_complaint)
    desk.open_case(replace(CASE, complaint=complaint))
    desk.tab.start_from("complaint", complaint)
    desk.settle()
    desk.click("casefiles.situations.group.0")
    desk.click("casefiles.situation.5.1")
    desk.save()
    assert desk.page.bar.text() == "已经立案。"


def test_the_decision_is_shown_as_it_was_made(desk: Desk) -> None:
    case = desk.open_case()
    desk.ask(lambda office: decide(office, case))
    desk.turn_to(case)
    desk.tab.record.tabs.show_page("papers")
    desk.click(f"casefiles.letter.{desk.view().letters[0].id}")
    shown = desk.tab.letter
    assert isinstance(shown, ShownLetter)
    assert shown.preview.page_count() >= 2
    desk.press(Qt.Key.Key_Escape)
    assert desk.tab.letter is None


def test_an_attachment_is_looked_at_inside_and_kept_elsewhere(desk: Desk, tmp_path: Path) -> None:
    case = desk.open_case()
    scan = tmp_path / "截图.png"
    assert QImage(40, 30, QImage.Format.Format_RGB32).save(str(scan))
    piece = EvidenceDraft("截图", "电子数据", TODAY, "王敏", "", (str(scan),))
    desk.ask(lambda office: inquiry.add_evidence(office, case, piece, ACTING))
    desk.turn_to(case)
    file = desk.view().attachments[0]
    desk.tab.record.file_opened.emit(file)
    desk.settle()
    shown = desk.tab.letter
    assert isinstance(shown, FileView)
    assert shown.accessibleName() == "截图.png"
    tempfiles.use(SessionFolder(tmp_path / "session"))
    opened: list[QUrl] = []
    shown.open_file = lambda url: opened.append(url) or True  # type: ignore[func-returns-value]
    shown.open_button.click()
    copy = Path(opened[0].toLocalFile())
    assert (copy.name, copy.read_bytes()) == ("001.png", scan.read_bytes())
    desk.press(Qt.Key.Key_Escape)
    assert desk.tab.letter is None
    desk.tab.files.ask_path = lambda name: str(tmp_path / f"另存-{name}")
    desk.tab.record.file_kept.emit(file)
    desk.settle()
    assert (tmp_path / "另存-截图.png").read_bytes() == scan.read_bytes()


def test_a_case_that_began_on_its_own_has_no_origin(desk: Desk) -> None:
    desk.open_case()
    assert not desk.tab.record.origin_link.isVisible()


def test_a_poor_grade_opens_a_case_with_its_facts(desk: Desk) -> None:
    round_id, unit = desk.ask(_grade_poor)
    desk.tab.start_from("round_unit", unit)
    desk.settle()
    values = desk.page.form.values()
    assert values["title"] == "市市场监督局2026年年终考核评定为差"
    assert "存在的问题：职权目录没有更新" in str(values["facts"])
    desk.write("casefiles.situations.filter", "修订职权目录")
    desk.click("casefiles.situation.6.4")
    desk.save()
    wanted: list[tuple[str, int]] = []
    desk.context.wanted.connect(lambda kind, found: wanted.append((kind, found)))
    assert desk.find("casefiles.origin").text() == "来源：2026年年终考核"
    desk.click("casefiles.origin")
    assert wanted == [("round", round_id)]


def _grade_poor(office: Office) -> tuple[int, int]:
    """A round in which one unit is graded 差; returns the round and the unit's line in it."""
    book = office.book(System.ASSESSMENT)
    assert book is not None
    blocks = assessments.blocks(book)
    draft = RoundDraft(
        year=2026,
        kind="year_end",
        name="2026年年终考核",
        day=TODAY,
        units=(2,),
        points={one.id: "20" for one in blocks},
        floors={"excellent": "90", "good": "75", "fair": "60"},
    )
    made = assessments.open_round(office, draft, ACTING).value
    line = assessments.view(office, made).units[0].unit.id
    scores = ScoreDraft({one.id: "5" for one in blocks}, {}, "职权目录没有更新")
    assessments.score(office, line, scores, ACTING)
    assessments.grade(office, line, TODAY, ACTING)
    return made, line


def test_every_page_speaks_to_a_screen_reader(desk: Desk) -> None:
    desk.open_case()
    for key in ("evidence", "hearing", "division", "sanction", "approval", "revise"):
        desk.tab.open_page(key)
        desk.settle()
        form = desk.page.form
        for field in form.values():
            for one in form.editor(field).editors():
                if one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    assert one.accessibleName(), f"{key}.{field}"
        desk.escape()


def test_the_list_of_case_files_goes_into_a_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.open_case(replace(CASE, title="=1+1 不公开"))
    path = tmp_path / "案卷.xlsx"
    desk.click("casefiles.export")
    page = desk.tab.letter
    assert isinstance(page, TableExportPage)
    page.ask_path = lambda _name: str(path)
    desk.click("casefiles.exporting.save")
    assert desk.tab.letter is None
    lines = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert lines[0] == ("编号", "状态", "办理进展", "被追究单位", "案由", "人员")
    assert lines[1][0] == "案〔2026〕0001"
    assert lines[1][4] == "=1+1 不公开"
    assert desk.said[-1] == f"已把 1 行导出为 {path}。"
