"""The way into an office file: first run, users, lock, changing seats, recovery, an old file."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from desktop.ui.common import clipboard
from desktop.usecases import recovery
from desktop.usecases.session import unlock
from tests.e2e import door, line
from tests.e2e.conftest import NOW
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import PASSWORD, make_office, session

K = Qt.Key


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "本单位.db"
    make_office(path)
    return path


def _open(hand: Hand, path: Path, clerk: int = 1) -> None:
    hand.window.open_office(path, session(path, clerk))
    hand.until(hand.window.ready, "the office")
    hand.rest()


def test_the_first_run_ends_with_the_sheet_and_goes_on_with_users(
    hand: Hand, tmp_path: Path
) -> None:
    path = tmp_path / "清河.db"
    door.make_office(hand, path)
    window = hand.window
    assert window.stack.currentWidget() is window._pages["recovery"]
    window.show_page("about")
    window._page_closed()
    assert window.stack.currentWidget() is window._pages["recovery"]
    door.make_the_sheet(hand, path)
    assert window.stack.currentWidget() is window._office
    door.add_a_user(hand)
    door.lock_and_go_on(hand)
    door.change_user(hand, "沈卫东", door.COLLEAGUES)
    assert window.session is not None
    assert window.session.name == "沈卫东"
    assert not window.tab("complaints").new_button.isEnabled()  # type: ignore[union-attr]
    tip = window.tab("complaints").new_button.toolTip()  # type: ignore[union-attr]
    assert tip == "您的角色是“审批领导”，不能做这一步；需要登记员。"


def test_a_sheet_not_finished_is_asked_for_again(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "清河.db"
    door.make_office(hand, path)
    door.change_user(hand, "王敏", door.PASSWORD)
    assert hand.window.stack.currentWidget() is hand.window._pages["recovery"]


def test_wrong_passwords_take_longer_and_longer(hand: Hand, office: Path) -> None:
    hand.window.open_office(office)
    card = hand.window.unlock.card
    for _time in range(5):
        door.type_in(card.password.line, "wrong")
        card.unlock()
        hand.until(card.idle, "the answer")
        hand.pause(0.02)
    assert card.fault.text() == "密码不对，已经错了 5 次，请等 2 秒再试。"
    assert not card.button.isEnabled()
    card.pause.timeout.emit()
    card.pause.timeout.emit()
    assert card.button.isEnabled()
    door.type_in(card.password.line, PASSWORD)
    QTest.keyClick(card.password.line, K.Key_Return)
    hand.until(hand.window.ready, "the office")


def test_caps_lock_is_told_and_the_password_can_be_shown(hand: Hand, office: Path) -> None:
    hand.window.open_office(office)
    password = hand.window.unlock.card.password
    QTest.keyClick(password.line, "Q", Qt.KeyboardModifier.ShiftModifier)
    assert not password.caps_shown()
    QTest.keyClick(password.line, "Q")
    assert password.caps_shown()
    assert password.line.displayText() != "QQ"
    password.eye.click()
    assert password.line.displayText() == "QQ"
    assert not password.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_it_locks_when_nobody_is_there_and_keeps_what_was_typed(
    program: Program, hand: Hand, office: Path
) -> None:
    del program
    _open(hand, office)
    window = hand.window
    window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write("subject", "名单没有公开")
    QGuiApplication.clipboard().setText("刘堃 138 0000 1111")
    clipboard.guard().know(["刘堃"])
    now = [NOW]
    window.watch._clock = lambda: now[0]
    window.watch.start(5)
    now[0] = NOW + timedelta(minutes=4, seconds=59)
    window.watch.look()
    assert not window.locked()
    now[0] = NOW + timedelta(minutes=5)
    window.watch.look()
    assert window.locked()
    assert not window.menuBar().isVisible()
    assert QGuiApplication.clipboard().text() == ""
    hand.until(lambda: window.context is not None and window.context.tasks.idle(), "the drafts")
    card = window.lock.card
    door.type_in(card.password.line, PASSWORD)
    card.unlock()
    hand.until(lambda: not window.locked(), "the window to be unlocked")
    assert hand.form().values()["subject"] == "名单没有公开"


def test_a_key_or_the_mouse_keeps_the_window_open(hand: Hand, office: Path) -> None:
    _open(hand, office)
    watch = hand.window.watch
    now = [NOW]
    watch._clock = lambda: now[0]
    watch.start(5)
    handle = hand.window.windowHandle()
    watch._watch(handle)
    now[0] = NOW + timedelta(minutes=4)
    QTest.mouseMove(handle, hand.window.rect().center())
    hand.pause(0.02)
    now[0] = NOW + timedelta(minutes=8)
    watch.look()
    assert not hand.window.locked()
    now[0] = NOW + timedelta(minutes=9, seconds=1)
    watch.look()
    assert hand.window.locked()


def test_ctrl_l_locks_and_only_the_password_unlocks(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_L, CTRL)
    assert hand.window.locked()
    card = hand.window.lock.card
    door.type_in(card.password.line, PASSWORD)
    QTest.keyClick(card.password.line, K.Key_Return)
    hand.until(lambda: not hand.window.locked(), "the window to be unlocked")


def test_the_keyboard_is_where_it_was_before_the_lock(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    field = hand.form().editor("text").target()
    field.setFocus()
    hand.window.lock_up()
    card = hand.window.lock.card
    door.type_in(card.password.line, PASSWORD)
    QTest.keyClick(card.password.line, K.Key_Return)
    hand.until(lambda: not hand.window.locked(), "the window to be unlocked")
    hand.rest()
    assert QApplication.focusWidget() is field


def test_the_keys_of_the_tabs_lead_to_their_lists(hand: Hand) -> None:
    line.open_the_sample(hand)
    assert QApplication.focusWidget() is hand.window.tabs.tabBar()
    hand.key(K.Key_2, CTRL)
    assert QApplication.focusWidget() is hand.see("complaints.list")


def test_who_leaves_a_page_goes_on_where_it_was_opened(hand: Hand) -> None:
    line.open_the_sample(hand)
    for key in ("calendar", "log"):  # opened with the keyboard still on the bar of the tabs
        hand.window.show_tab("complaints")
        hand.window.tabs.tabBar().setFocus()
        hand.window.show_page(key)
        hand.rest()
        hand.key(K.Key_Escape)
        assert QApplication.focusWidget() is hand.see("complaints.list")
    search = hand.see("complaints.search")
    search.setFocus()
    hand.window.show_page("calendar")
    hand.rest()
    hand.key(K.Key_Escape)
    assert QApplication.focusWidget() is search
    for held in (search, hand.see("complaints.list")):
        held.setFocus()
        hand.window._tabs["complaints"].start_export()
        hand.rest()
        hand.key(K.Key_Escape)
        assert QApplication.focusWidget() is held


def test_the_keys_of_the_tabs_turn_nothing_behind_a_page(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.window.show_page("people")
    hand.rest()
    hand.key(K.Key_3, CTRL)
    assert hand.window.tabs.currentIndex() == 0


def test_another_user_at_a_locked_window_leaves_a_draft_behind(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write("subject", "名单没有公开")
    hand.window.lock_up()
    hand.window.lock.other.click()
    card = hand.window.unlock.card
    hand.until(hand.window.unlock.isVisible, "the door")
    card.choose(2)
    door.type_in(card.password.line, PASSWORD)
    card.unlock()
    hand.until(hand.window.ready, "the office")
    assert hand.window.session is not None
    assert hand.window.session.name == "李堃"
    assert not hand.window.locked()


def test_the_sample_changes_seats_without_a_password(hand: Hand) -> None:
    line.open_the_sample(hand)
    window = hand.window
    assert window._user is not None
    assert window._user.text() == "示例：王敏 · 登记员、管理员"
    hand.menu("user", "周晓")
    hand.until(window.ready, "the sample office")
    assert window._user.text() == "示例：周晓 · 查阅"
    window.lock_up()
    assert not window.locked()


def test_the_sheet_opens_an_office_when_the_keys_are_gone(hand: Hand, office: Path) -> None:
    held = session(office).keys
    assert held.identity is not None
    for spare in (".keys", ".keys2"):
        office.with_suffix(spare).unlink()
    hand.window.open_office(office)
    assert "密钥文件" in hand.window.unlock.bar.text()
    hand.window.unlock.sheet.click()
    page = hand.window.opensheet
    page.keys.form.editor("data").set_value(recovery.signs(held.data))
    page.keys.form.editor("identity").set_value(recovery.signs(held.identity))
    page.keys.save()
    hand.until(page.idle, "the keys")
    hand.pause(0.05)
    page.user.form.editor("clerk").set_value(2)
    for key in ("password", "again"):
        page.user.form.editor(key).set_value("likun-2026-new")
    page.user.save()
    hand.until(hand.window.ready, "the office")
    assert hand.window.session is not None
    assert hand.window.session.name == "李堃"
    assert unlock(office, 2, "likun-2026-new").keys.data == held.data
