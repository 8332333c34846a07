"""Chinese Windows: the input method in every field, small and lost screens, a second start."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop import app
from desktop.app import Program
from desktop.ui.window import MainWindow
from desktop.usecases.running import Running
from tests.e2e import line
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import make_office

K = Qt.Key

TABS = ("complaints", "casefiles", "assessments")
#: Every page of the menus.
PAGES = (
    "settings", "people", "calendar", "rules", "users", "recovery", "password", "drafts",
    "backups", "letters", "templates", "codes", "testpage", "log", "month", "anchor",
    "findings", "about",
)  # fmt: skip

#: What the smallest screen of an office leaves for a window, in points: 1366 × 768 at 125 %, less
#: the taskbar and the title. 1920 × 1080 at 150 % and 2560 × 1440 at 200 % leave more.
SMALL = (1092, 543)


def _fields(window: QWidget) -> list[QWidget]:
    """What can be typed into, on the screen now."""
    found: list[QWidget] = []
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        found += [
            w for w in window.findChildren(kind)
            if w.isVisible() and w.isEnabled() and not w.isReadOnly()
        ]  # fmt: skip
    return found


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    assert isinstance(field, QPlainTextEdit | QTextEdit)
    return field.toPlainText()


def _compose(field: QWidget, composing: str, done: str = "") -> None:
    event = QInputMethodEvent(composing, [])
    event.setCommitString(done)
    QCoreApplication.sendEvent(field, event)


def _state(window: MainWindow) -> tuple[object, ...]:
    return (
        window.stack.currentWidget(), window.tabs.currentIndex(), window.status.can_undo(),
        QGuiApplication.topLevelWindows() and window.isVisible(), window.windowTitle(),
    )  # fmt: skip


def _try_every_field(hand: Hand, where: str) -> int:
    """Compose a word in every field on the screen; nothing moves until it is chosen."""
    tried = 0
    for field in _fields(hand.window):
        if isinstance(field, QLineEdit) and field.echoMode() is QLineEdit.EchoMode.Password:
            # no composing of passwords: they must be the same letters everywhere
            assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), where
            continue
        name = f"{where}: {field.objectName() or field.accessibleName()}"
        assert field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), name
        kind = field.window().windowFlags() & Qt.WindowType.WindowType_Mask
        assert kind is not Qt.WindowType.Popup, name  # there Windows offers no input method
        field.setFocus()
        before, state = _text(field), _state(hand.window)
        _compose(field, "ce'shi")
        assert _text(field) == before, name
        assert _state(hand.window) == state, name
        _compose(field, "", "测试")
        assert "测试" in _text(field), name
        assert field.isVisible(), name
        if isinstance(field, QLineEdit):
            field.setText(before)
        else:
            field.undo()  # type: ignore[attr-defined]
        tried += 1
    return tried


def test_an_input_method_types_into_every_field(hand: Hand) -> None:
    window = hand.window
    window.welcome.start_new()
    new = window.welcome.new_page()
    assert new is not None
    hand.until(new.idle, "the rulebooks")
    assert _try_every_field(hand, "new office") > 8
    new.leave()
    line.open_the_sample(hand)
    tried = 0
    for key in PAGES:
        window.show_page(key)
        hand.rest()
        tried += _try_every_field(hand, key)
    for key in TABS:
        window.show_tab(key)
        hand.rest()
        tried += _try_every_field(hand, key)
        hand.key(K.Key_N, CTRL)
        tried += _try_every_field(hand, f"{key}: new")
        hand.key(K.Key_Escape)
        if hand.page_stays():
            hand.press_link("放弃")
    assert tried > 30


# ---- screens -----------------------------------------------------------------------------------


def test_every_page_fits_on_a_small_screen(hand: Hand) -> None:
    window = hand.window
    line.open_the_sample(hand)
    too_large: dict[str, tuple[int, int]] = {}

    def see(name: str) -> None:
        hand.rest()
        least = window.minimumSizeHint()
        if least.width() > SMALL[0] or least.height() > SMALL[1]:
            too_large[name] = (least.width(), least.height())

    for key in ("today", *TABS):
        window.show_tab(key)
        see(key)
    for key in PAGES:
        window.show_page(key)
        see(key)
    assert too_large == {}
    window.resize(*SMALL)
    hand.rest()
    assert (window.width(), window.height()) == SMALL


@pytest.mark.parametrize(
    "place", [QRect(5000, 200, 1000, 700), QRect(-4000, -3000, 1000, 700), QRect(10, 10, 9000, 700)]
)
def test_a_window_left_on_a_screen_that_is_gone_comes_back(program: Program, place: QRect) -> None:
    window = program.window
    window.setGeometry(place)
    program.settings.setValue("window/geometry", window.saveGeometry())
    again = MainWindow(lambda: app.now(), program.settings, Path("sample.db"))
    again.show()
    try:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        seen = screen.intersected(again.frameGeometry())
        assert seen.width() >= min(400, again.width())
        assert seen.height() >= 300
        assert screen.contains(again.geometry().topLeft())
    finally:
        again.discard()
        again.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# ---- a second start ----------------------------------------------------------------------------


@pytest.fixture(name="call")
def _call(program: Program, tmp_path: Path, hand: Hand) -> Callable[[dict[str, object]], None]:
    """Ask the running program for something, as a second start does."""
    running = Running(tmp_path / "own" / "session")
    assert running.take()
    program.listen(running)

    def call(said: dict[str, object]) -> None:
        wish = running.folder / "wanted-1.json"
        part = running.folder / "part"
        part.write_text(json.dumps(said), "utf-8")
        part.rename(wish)
        hand.until(lambda: not wish.exists(), "the answer")

    return call


def test_a_second_start_opens_its_file_in_the_window_that_is_there(
    hand: Hand, call: Callable[[dict[str, object]], None], tmp_path: Path
) -> None:
    path = tmp_path / "清河 的.sunlight"
    make_office(path)
    hand.window.showMinimized()
    call({"office": str(path), "sample": False})
    assert not hand.window.isMinimized()
    assert hand.window.stack.currentWidget() is hand.window.unlock
    call({"office": str(tmp_path / "没有.sunlight"), "sample": False})
    assert "没有.sunlight" in hand.window.welcome.bar.text()


def test_a_file_that_is_open_stays_open(
    hand: Hand, call: Callable[[dict[str, object]], None], tmp_path: Path
) -> None:
    line.open_the_sample(hand)
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write("subject", "名单没有公开")
    call({"office": str(tmp_path / "sample.db"), "sample": False})
    call({"office": "", "sample": False})
    hand.rest()
    assert hand.form().values()["subject"] == "名单没有公开"
