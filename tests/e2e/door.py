"""Before and beside the work: a new office with its recovery sheet, users, the lock, unlocking."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.rules.roles import Role
from desktop.usecases import recovery
from desktop.usecases.session import unlock
from tests.e2e.hand import Hand

PASSWORD, COLLEAGUES = "qinghe-2026-yang", "weidong-2026-shen"
OFFICE = (
    ("name", "清河市政务公开办公室"),
    ("mark", "清公开"),
    ("user.name", "王敏"),
    ("user.title", "主任科员"),
    ("user.password", PASSWORD),
    ("user.again", PASSWORD),
    ("pack.complaints", "baoding"),
    ("pack.accountability", "shexian"),
    ("pack.assessment", "fujin"),
)


def type_in(widget: QWidget, text: str) -> None:
    """Type a password letter by letter; no input method is at work there."""
    widget.setFocus()
    QTest.keyClicks(widget, text)


def make_office(hand: Hand, path: Path) -> None:
    """新建本单位: the form, filled in."""
    hand.window.welcome.start_new()
    page: Any = hand.window.welcome.new_page()
    hand.until(page.idle, "the rulebooks")
    for key, value in (("path", str(path)), *OFFICE):
        page.profile.editor(key).set_value(value)
    page.profile.enter("user.password")
    hand.picture("new-office")
    page.save()
    hand.until(hand.window.ready, "the new office")


def make_the_sheet(hand: Hand, path: Path) -> None:
    """恢复单: not done before it was kept and two characters were read back from it."""
    hand.rest()
    hand.pause(0.5)
    hand.picture("recovery-sheet")
    page: Any = hand.window._pages["recovery"]
    hand.click("recovery.save")
    assert page.page.bar.text() == "请先打印恢复单，或者另存后打印。"
    page.preview.ask_path = lambda _name: str(path.with_suffix(".pdf"))
    page.preview.keep()
    signs = recovery.signs(unlock(path, 1, PASSWORD).keys.data)
    for key in ("sign.0", "sign.1"):
        place = re.search(r"\d+", page.form.hint(key))
        assert place is not None
        hand.write(key, signs[int(place[0]) - 1])
    hand.click("recovery.save")
    path.with_suffix(".pdf").unlink()


def add_a_user(hand: Hand) -> None:
    """用户和权限: a leader with a password of his own."""
    hand.window.show_page("users")
    hand.rest()
    hand.picture("users")
    hand.click("users.add")
    page: Any = hand.window._pages["users"]
    form = page.card.form
    form.editor("name").set_value("沈卫东")
    form.editor("title").set_value("副主任")
    form.editor("roles").set_value((Role.LEADER,))
    for key in ("password", "again"):
        type_in(form.editor(key).target(), COLLEAGUES)
    hand.picture("users-add")
    hand.click("users.save")
    hand.click("users.back")


def lock_and_go_on(hand: Hand) -> None:
    """锁定: nothing is seen of the office until the password was typed."""
    hand.window.lock_up()
    hand.picture("lock")
    card = hand.window.lock.card
    type_in(card.password.line, PASSWORD)
    QTest.keyClick(card.password.line, Qt.Key.Key_Return)
    hand.until(lambda: not hand.window.locked(), "the window to be unlocked")
    hand.rest()


def change_user(hand: Hand, name: str, password: str) -> None:
    """换人登录: the office is closed, and another user unlocks it; once with a wrong password."""
    hand.window._change_user()
    door = hand.window.unlock
    hand.until(door.isVisible, "the door")
    wanted = next(u for u in door.card._users if u.name == name)
    door.card.choose(wanted.clerk)
    type_in(door.card.password.line, "Wrong")
    QTest.keyClick(door.card.password.line, Qt.Key.Key_Return)
    hand.until(lambda: bool(door.card.fault.text()), "the refusal")
    hand.picture("unlock")
    type_in(door.card.password.line, password)
    QTest.keyClick(door.card.password.line, Qt.Key.Key_Return)
    hand.until(hand.window.ready, "the office")
    hand.rest()
