"""The printer's test page, and codes read back by a scanner."""

from PySide6.QtCore import Qt

from desktop.ui.letters.codepage import CodePage
from desktop.ui.letters.testpage import TestPage
from desktop.usecases import letterbook
from tests.ui.letters.conftest import NAME, Desk, answer, transfer


def test_a_ruler_on_the_test_page_tells_what_the_printer_does(desk: Desk) -> None:
    page = desk.show(TestPage(desk.context))
    assert page.preview.page_count() == 1
    desk.click("testpage.judge")
    assert "都要填" in page.verdict.text()
    for key, typed in {"width": "151", "height": "217.6", "left": "30.6", "top": "40.5"}.items():
        desk.write(f"testpage.{key}", typed)
    desk.click("testpage.judge")
    assert "缩小到了 96.8%" in page.verdict.text()
    page.form.editor("width").set_value(15)
    desk.click("testpage.judge")
    assert list(page.form.faults()) == ["width"]


def test_a_scanned_code_is_looked_up(desk: Desk) -> None:
    desk.work(lambda office: (transfer(office), answer(office)))
    rows = desk.work(letterbook.book)
    page = desk.show(CodePage(desk.context))
    code = rows[0].letter.code
    page.input.setText(code)
    desk.qtbot.keyClick(page.input, Qt.Key.Key_Return)
    desk.wait()
    assert page.verdict.text().startswith("文书是本单位的，与登记的一致。")
    assert page.facts.text("主送") == "投诉举报人"
    assert NAME not in page.facts.text("登记簿里")
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        desk.click("codes.open")
    assert wanted.args == [rows[0].letter.id]
    page.input.setText(code.replace(rows[0].digest, "0" * 16))
    desk.click("codes.ask")
    assert "内容与登记的文书不一致" in page.verdict.text()
    page.input.setText("不是二维码")
    desk.click("codes.ask")
    assert page.verdict.text().startswith("这不是本程序文书上的二维码")
    assert page.card.isHidden()
