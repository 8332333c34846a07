"""只登交接 by keyboard and mouse in the real window: no field for what a letter says, two signatures."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop.ui.registers.handovers import HandoversPage
from desktop.ui.today.tab import TodayTab
from desktop.ui.window import MainWindow
from desktop.usecases import drafts
from desktop.usecases.drafts import Draft
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import session


def page(window: MainWindow) -> HandoversPage:
    found = window._pages["handovers"]
    assert isinstance(found, HandoversPage)
    return found


def open_page(hand: Hand) -> HandoversPage:
    pick(hand, "只登交接")
    return page(hand.window)


def pick(hand: Hand, words: str) -> None:
    """Take a line of the menu 登记."""
    actions = hand.window.findChildren(QAction)
    action = next(one for one in actions if one.text().startswith(words))
    assert action.isVisible()
    action.trigger()
    hand.rest()


def register(hand: Hand, **more: str) -> None:
    """Ctrl+N is the register's own; here the button begins."""
    hand.click("handovers.new")
    hand.choose("kind", "反映上级")
    hand.write("channel", "信函")
    hand.write("envelope", "牛皮纸信封，16 开，有邮戳")
    hand.write("seal", "0007")
    hand.choose("sealing", "封条完好")
    for key, text in more.items():
        hand.write(key, text)


def test_the_outside_of_a_letter_is_registered_and_its_content_can_not_be(hand: Hand) -> None:
    shown = open_page(hand)
    assert shown.list.is_empty_shown()
    hand.click("handovers.new")
    keys = set(hand.form().values())
    assert not keys & {"subject", "text", "content", "demands", "attachments"}
    assert "不录入" in " ".join(
        w.text() for w in hand.form().editor("why").findChildren(type(shown.tally))
    )
    hand.press_save()
    assert set(hand.form().faults()) >= {"kind", "channel", "envelope", "sealing"}
    hand.key(Qt.Key.Key_Escape)
    register(hand, weight="36")
    assert "第十五条" in hand.form().hint("kind")
    hand.save()
    assert hand.said().startswith("来信已登记")
    row = shown.list.current_row()
    assert row is not None
    assert row.letter.number == "接〔2026〕0001"
    assert shown.record.facts.text("信封特征") == "牛皮纸信封，16 开，有邮戳"
    assert shown.record.facts.text("内容") == "不录入"
    assert "待移交 1 件" in shown.tally.text()


def test_the_sheet_is_printed_and_the_handing_over_noted_and_taken_back(hand: Hand) -> None:
    shown = open_page(hand)
    register(hand)
    hand.save()
    shown.record.steps.choose("print")
    hand.rest()
    assert hand.see("handovers.paper.preview").isVisible()
    hand.key(Qt.Key.Key_Escape)
    hand.click("handovers.next")
    hand.write("unit", "市纪委监委信访室")
    hand.write("person", "赵建国")
    hand.press_save()
    assert "签名" in hand.form().faults()["signed"]
    hand.form().editor("signed").target().setFocus()
    hand.key(Qt.Key.Key_Space)
    hand.save()
    row = shown.list.current_row()
    assert row is not None
    assert row.state == "handed"
    assert shown.record.facts.text("接收人") == "赵建国"
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    row = shown.list.current_row()
    assert row is not None
    assert row.state == "held"


def test_a_mistake_is_corrected_or_made_void_with_a_reason(hand: Hand) -> None:
    shown = open_page(hand)
    register(hand)
    hand.save()
    shown.record.steps.choose("correct")
    hand.rest()
    hand.write("seal", "0008")
    hand.write("reason", "看错封条")
    hand.save()
    assert shown.record.facts.text("封条编号") == "0008"
    shown.record.steps.choose("void")
    hand.rest()
    hand.write("reason", "重复登记")
    hand.save()
    assert shown.record.facts.text("作废原因") == "重复登记"
    assert "登记 0 件" in shown.tally.text()
    assert "作废" in " ".join(shown.record.steps.menu_texts())


def test_today_leads_to_the_letter_that_waits(hand: Hand) -> None:
    open_page(hand)
    register(hand)
    hand.save()
    hand.key(Qt.Key.Key_Escape)
    hand.window.show_tab("today")
    hand.rest()
    today = hand.window.tab("today")
    assert isinstance(today, TodayTab)
    lines = [group.lines for group in today.groups.values() if group.lines.items()]
    item = lines[0].items()[0]
    assert (item.number, item.todo) == ("接〔2026〕0001", "移交来信")
    today._open(item)
    hand.rest()
    assert hand.window.stack.currentWidget() is page(hand.window)


def test_who_may_only_read_sees_no_outside_and_registers_nothing(
    hand: Hand, window: MainWindow
) -> None:
    shown = open_page(hand)
    register(hand)
    hand.save()
    path = window.path
    assert path is not None
    hand.key(Qt.Key.Key_Escape)
    window._close_office()
    window.open_office(path, session(path, 4))
    hand.rest()
    shown = open_page(hand)
    hand.rest()
    assert not shown.new_button.isEnabled()
    assert shown.record.facts.text("信封特征") == "×××"
    assert not shown.record.steps.main.isEnabled()


def test_what_is_typed_is_found_again_as_a_draft(hand: Hand, window: MainWindow) -> None:
    shown = open_page(hand)
    register(hand)
    assert shown.has_unsaved()
    context = window.context
    assert context is not None
    context.drafts.keep_all()
    hand.rest()
    path = window.path
    assert path is not None
    window._drop_office()  # as if the power had gone
    window.open_office(path, session(path))
    hand.rest()
    context = window.context
    assert context is not None
    found: list[Draft] = []
    context.ask(drafts.mine, found.extend)
    hand.rest()
    assert [one.place.form for one in found] == ["handovers.register"]
    window._resume(found[0])
    hand.rest()
    assert hand.form().values()["envelope"] == "牛皮纸信封，16 开，有邮戳"
    hand.save()
    assert page(window).record.facts.text("封条编号") == "0007"
