"""The imports of the past on the page of import: what is said of them, and taking one back whole."""

import csv
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.rules.complaints import Ruling
from desktop.rules.ledgerrows import ADD
from desktop.rules.roles import Role
from desktop.ui.complaints.imports import ImportPage
from desktop.ui.complaints.imports_past import PastImports
from desktop.ui.complaints.imports_undo import UndoImportPage
from desktop.usecases import complaints, imports, register, undoing
from desktop.usecases.complaints import DecisionDraft
from desktop.usecases.office import Office
from tests.ui.complaints.conftest import TODAY, Desk
from tests.ui.complaints.test_imports import HEAD, ROWS, opened, settle


def bring(desk: Desk, path: Path, rows: list[list[str]]) -> None:
    """Let a ledger have been imported, and something else have been done since."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    acting = desk.context.acting()

    def work(office: Office) -> None:
        plan = imports.plan(office, imports.read_ledger(path))
        plan = imports.decide(plan, units={"市城管局": ADD})
        imports.import_ledger(office, imports.check(office, plan, TODAY), acting)

    desk.work(work)
    desk.register()


def many(count: int) -> list[list[str]]:
    return [
        [f"旧{n}", "2025.3.5", "来信", "刘芳", "", "市住房保障局", f"第{n}处没有公开。", "", ""]
        for n in range(count)
    ]


def standing(desk: Desk) -> list[str]:
    rows = desk.ask(lambda office: register.rows(office, TODAY))
    return sorted(row.complaint.number for row in rows if row.state != "void")


def lines(past: PastImports) -> list[tuple[str, ...]]:
    shown = range(past.model.columnCount())
    return [
        tuple(str(past.model.index(at, column).data()) for column in shown)
        for at in range(past.model.rowCount())
    ]


def imports_page(desk: Desk) -> ImportPage:
    page = desk.tab._page
    assert isinstance(page, ImportPage)
    return page


def undoing_page(desk: Desk) -> UndoImportPage:
    page = desk.tab._page
    assert isinstance(page, UndoImportPage)
    return page


def note(page: UndoImportPage, key: str) -> str:
    return page.form.editor(key).findChildren(QLabel)[0].text()


def test_where_nothing_was_imported_there_is_no_list(desk: Desk) -> None:
    page = opened(desk)
    assert page.past.isHidden()


def test_an_import_is_taken_back_whole_by_keyboard_alone(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "旧台账.csv", ROWS)
    page = opened(desk)
    assert lines(page.past) == [
        (
            "旧台账.csv", "2026-11-20 09:30", "王敏", "2", "1",
            "投〔2025〕0001 至 投〔2026〕0001", "在册",
        )
    ]  # fmt: skip
    assert page.past.why.text() == "导入的 2 件以后都没有办理过，可以整批撤销。"
    page.choose._button.setFocus()
    desk.press(Qt.Key.Key_Tab)
    desk.at("import.past")
    desk.press(Qt.Key.Key_Tab)
    desk.at("import.take_back")
    desk.press(Qt.Key.Key_Space)
    desk.at("complaints.import_undo.reason")
    undo = undoing_page(desk)
    assert note(undo, "what") == "“旧台账.csv”的导入（王敏 2026-11-20 09:30）"
    assert note(undo, "effect") == (
        "投〔2025〕0001 至 投〔2026〕0001 共 2 件作废，编号不再使用。\n"
        "随它添加的 1 个单位也作废。\n别的件不受影响；原来的台账文件不动，改好以后可以重新导入。"
    )
    desk.press(Qt.Key.Key_Escape)  # nothing was typed: back to the list, on the same import
    desk.at("import.past")
    assert len(standing(desk)) == 3
    desk.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)
    desk.at("complaints.import_undo.reason")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    undo = undoing_page(desk)
    settle(desk, undo.form.faults)
    assert len(standing(desk)) == 3
    desk.type("选错了文件")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    desk.at("import.past")
    page = imports_page(desk)
    settle(desk, lambda: lines(page.past) and "已撤销" in lines(page.past)[0])
    assert desk.said[-1] == "已整批撤销“旧台账.csv”，2 件作废。"
    assert desk.events[-1] == 0
    assert page.past.take_back.isHidden()
    assert page.past.why.text() == (
        "2026-11-20 09:30 由 王敏 整批撤销；编号不再使用，改好的台账可以重新导入。"
    )
    assert standing(desk) == ["投〔2026〕0002"]


def test_leaving_with_a_reason_typed_asks_first(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "旧台账.csv", ROWS)
    opened(desk)
    desk.click("import.take_back")
    desk.at("complaints.import_undo.reason")
    desk.type("选错了文件")
    desk.press(Qt.Key.Key_Escape)
    undo = undoing_page(desk)
    assert undo.bar.text() == "有未保存的内容。"
    assert desk.tab.has_unsaved()
    desk.press(Qt.Key.Key_Escape)  # stays
    desk.at("complaints.import_undo.reason")
    desk.tab.start_new()  # something else is wanted meanwhile
    undo.bar.clicked.emit("drop")
    settle(desk, lambda: desk.tab._page is not None and desk.tab._page is not undo)
    assert desk.tab._page.objectName() == "complaints.register"


def test_what_was_worked_on_since_is_told_in_place_of_the_button(
    desk: Desk, tmp_path: Path
) -> None:
    bring(desk, tmp_path / "一.csv", ROWS)
    bring(desk, tmp_path / "二.csv", many(9))
    acting = desk.context.acting()
    draft = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)

    def work(office: Office) -> list[int]:
        found = [
            row.complaint.id
            for row in register.rows(office, TODAY)
            if row.complaint.old_number.startswith("旧")
        ]
        for one in sorted(found)[:7]:
            complaints.decide(office, one, draft, acting)
        return sorted(found)[:7]

    worked = desk.work(work)
    page = opened(desk)
    assert [line[0] for line in lines(page.past)] == ["二.csv", "一.csv"]
    assert [line[-1] for line in lines(page.past)] == ["7 件办理过", "在册"]
    assert page.past.take_back.isHidden()
    named = "、".join(f"投〔2025〕{n:04d}" for n in range(2, 7))
    assert page.past.why.text() == (
        f"导入以后办理过 7 件（{named} 等），不能整批撤销；逐件撤销这些步骤以后才可以。"
    )
    page.past.enter()
    desk.press(Qt.Key.Key_Down)
    assert not page.past.take_back.isHidden()
    desk.press(Qt.Key.Key_Up)

    def undo(office: Office) -> None:
        for one in worked:
            last = undoing.foresee(office, one, acting)
            undoing.undo(office, one, last.event, "记错了", acting)

    desk.work(undo)
    settle(desk, lambda: not page.past.take_back.isHidden())
    assert lines(page.past)[0][-1] == "在册"


def test_what_was_done_while_it_was_asked_is_told(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "旧台账.csv", ROWS)
    opened(desk)
    desk.click("import.take_back")
    desk.at("complaints.import_undo.reason")
    acting = desk.context.acting()
    draft = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)
    found = desk.ask(lambda office: register.rows(office, TODAY))
    (one,) = (r.complaint.id for r in found if r.complaint.old_number == "信2")
    desk.work(lambda office: complaints.decide(office, one, draft, acting))
    desk.type("选错了文件")
    desk.press(Qt.Key.Key_Return, ctrl=True)
    undo = undoing_page(desk)
    settle(desk, lambda: not undo.bar.isHidden())
    assert undo.bar.text() == "其中 1 件导入以后办理过（投〔2026〕0001），不能整批撤销。"
    assert undo.form.editor("reason").value() == "选错了文件"
    assert len(standing(desk)) == 3


def test_taking_back_is_stopped_by_the_button(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "多.csv", many(700))
    opened(desk)
    before = standing(desk)
    desk.click("import.take_back")
    desk.at("complaints.import_undo.reason")
    desk.type("选错了文件")
    undo = undoing_page(desk)
    undo.save()
    assert undo.cancel_button.text() == "停止"
    desk.qtbot.mouseClick(undo.cancel_button, Qt.MouseButton.LeftButton)
    settle(desk, lambda: not undo.bar.isHidden())
    assert undo.bar.text() == "已停止，什么也没有撤销。"
    assert undo.cancel_button.text() == "取消"
    assert standing(desk) == before
    desk.at("complaints.import_undo.reason")


def test_who_may_not_import_is_told_so(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path / "旧台账.csv", ROWS)
    session = desk.context.session
    assert session is not None
    desk.context.sit(replace(session, roles=frozenset({Role.READER})))
    page = desk.show(ImportPage(desk.context))
    desk.wait()
    assert page.past.take_back.isHidden()
    assert "登记员" in page.past.why.text()
