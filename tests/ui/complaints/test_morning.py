"""A clerk's morning without touching the mouse: from the envelope to the closed complaint."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.rules.complaints import State
from desktop.ui.complaints.papers import LetterView
from tests.ui.complaints.conftest import Desk

K = Qt.Key


def test_a_whole_complaint_is_handled_by_keyboard_only(desk: Desk) -> None:
    register_from_a_letter(desk)
    decide_on_a_transfer(desk)
    make_the_transfer_letter(desk)
    record_the_reply(desk)
    answer_the_complainant(desk)
    close_it(desk)


def save(desk: Desk) -> None:
    desk.press(K.Key_Return, ctrl=True)
    desk.wait()


def register_from_a_letter(desk: Desk) -> None:
    desk.tab.start_new()  # Ctrl+N belongs to the window
    desk.wait()
    desk.at("complaints.register.channel")
    desk.press(K.Key_Down, K.Key_Return)
    desk.at("complaints.register.received")
    desk.press(K.Key_Return)  # the day is today already
    desk.press(K.Key_Return)  # 实名
    desk.type("刘芳")
    desk.press(K.Key_Return)
    desk.type("13900001234")
    desk.press(K.Key_Return, K.Key_Return)  # no address
    while desk.holder().objectName() != "complaints.register.accused_unit":
        desk.press(K.Key_Tab)
    desk.type("住房")
    desk.press(K.Key_Tab)
    desk.qtbot.waitUntil(lambda: desk.page().form.editor("accused_unit").value() == 1)
    while desk.holder().objectName() != "complaints.register.accused_person":
        desk.press(K.Key_Tab)
    desk.press(K.Key_Return)
    desk.press(K.Key_Space)  # the first ground
    while not isinstance(desk.holder(), QLineEdit):
        desk.press(K.Key_Return)
    desk.type("保障房分配结果迟迟不公开")
    desk.press(K.Key_Return)
    desk.type("上半年保障房分配结果至今没有在网站公开。")
    save(desk)
    assert desk.said == ["已登记 投〔2026〕0001。"]
    view = desk.tab.record.view
    assert view is not None
    assert view.state is State.REGISTERED
    desk.at("complaints.next")


def decide_on_a_transfer(desk: Desk) -> None:
    desk.press(K.Key_Return)
    desk.wait()
    desk.at("complaints.decide.leader")
    desk.type("陈守正")
    desk.press(K.Key_Return, K.Key_Return)
    desk.press(K.Key_Space, K.Key_Right)  # from 受理 to 转办
    desk.press(K.Key_Tab)
    desk.at("complaints.decide.receiver")
    desk.type("市场")
    desk.press(K.Key_Return)
    save(desk)
    assert desk.said[-1] == "投〔2026〕0001 的领导批示已记录。"
    desk.at("complaints.next")


def make_the_transfer_letter(desk: Desk) -> None:
    desk.press(K.Key_Return)
    desk.wait()
    desk.at("complaints.transfer.day")
    save(desk)
    assert desk.said[-1] == "已制作 澄公开办投转〔2026〕1号。"
    leave_the_letter(desk)


def leave_the_letter(desk: Desk) -> None:
    """A letter that was made is shown to be printed; Esc goes on."""
    assert isinstance(desk.tab._page, LetterView)
    assert desk.tab._page.preview.page_count() > 0
    desk.qtbot.waitUntil(lambda: desk.holder() is desk.tab._page.preview.print_button)
    desk.press(K.Key_Escape)
    desk.at("complaints.next")


def record_the_reply(desk: Desk) -> None:
    desk.press(K.Key_Return)
    desk.wait()
    desk.at("complaints.find.day")
    assert desk.page().form.values()["investigators"] == "市市场监督局"
    desk.press(K.Key_Return, K.Key_Return)
    desk.type("经查，分配结果因核对名单推迟公开。")
    desk.press(K.Key_Tab, K.Key_Space)  # 属实
    desk.press(K.Key_Tab)
    desk.type("已于 11 月 19 日在网站公开。")
    save(desk)
    assert desk.said[-1] == "投〔2026〕0001 的承办单位回复已记录。"
    desk.at("complaints.next")


def answer_the_complainant(desk: Desk) -> None:
    desk.press(K.Key_Return)
    desk.wait()
    assert desk.page().form.values()["handling"] == "已于 11 月 19 日在网站公开。"
    save(desk)
    assert desk.said[-1] == "已制作 澄公开办投告〔2026〕1号。"
    leave_the_letter(desk)


def close_it(desk: Desk) -> None:
    desk.press(K.Key_Return)
    desk.wait()
    desk.at("complaints.close.day")
    save(desk)
    assert desk.said[-1] == "投〔2026〕0001 已办结。"
    view = desk.tab.record.view
    assert view is not None
    assert view.state is State.CLOSED
