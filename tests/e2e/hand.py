"""A clerk's two hands on the real window: mouse, keyboard and an input method; and eyes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.ui.common.forms import Form
from desktop.ui.window import MainWindow

PATIENCE = 30.0
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Lost(AssertionError):
    """What the clerk looked for is not on the screen."""


class Hand:
    """Drives the window as a person does; every method waits until the program is at rest."""

    def __init__(self, window: MainWindow, pictures: Path) -> None:
        """Take the window; pictures go into a folder."""
        self.window = window
        self.pictures = pictures
        self.taken: list[str] = []

    # ---- waiting and looking -------------------------------------------------------------------

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program run until something is so.

        Raises:
            Lost: it never was.
        """
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise Lost(f"waited in vain for {what}")
            # the worker needs the interpreter too: give it up for a moment
            QApplication.processEvents()
            time.sleep(0.005)

    def rest(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        for _again in range(3):
            self.until(self.window.ready, "the program to be at rest")
            self.pause(0.02)
            # without a running event loop nothing else carries out what deleteLater() asked for
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def pause(self, seconds: float) -> None:
        """Let timers run (a preview waits a moment after the last key)."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window, or of another top-level widget."""
        self.pause(0.15)
        shown = widget or self.window
        if not shown.grab().save(str(self.pictures / f"{name}.png")):
            raise Lost(f"the picture {name} can not be written")
        self.taken.append(name)

    def see(self, name: str) -> Any:
        """Return the visible widget with this object name.

        Raises:
            Lost: it is not on the screen.
        """
        found = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        if not found:
            raise Lost(f"{name} is not on the screen")
        return found[-1]

    def record_tab(self, key: str) -> None:
        """Click a quiet tab of the complaint's record."""
        tabs: Any = self.see("complaints.tabs")
        bar, n = tabs.bar, tabs._keys.index(key)
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(n).center())
        self.rest()

    def form(self) -> Form:
        """Return the form on the screen."""
        found = [f for f in self.window.findChildren(Form) if f.isVisible()]
        if not found:
            raise Lost("no form is on the screen")
        return found[-1]

    # ---- hands ---------------------------------------------------------------------------------

    def click(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.see(name), Qt.MouseButton.LeftButton)
        self.rest()

    def press_link(self, name: str) -> None:
        """Press the visible button with this accessible name.

        Raises:
            Lost: there is none.
        """
        found = [
            b
            for b in self.window.findChildren(QAbstractButton)
            if b.isVisible() and b.accessibleName() == name
        ]
        if not found:
            raise Lost(f"no button is called {name}")
        QTest.mouseClick(found[-1], Qt.MouseButton.LeftButton)
        self.rest()

    def menu(self, name: str, words: str) -> None:
        """Choose from the menu of a button.

        Raises:
            Lost: it does not offer that.
        """
        for action in self.see(name).menu().actions():
            if words in action.text() and action.isEnabled():
                action.trigger()
                self.rest()
                return
        raise Lost(f"{words} is not offered by {name}")

    def key(self, key: Qt.Key, hold: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()
            self.until(lambda: QApplication.focusWidget() is not None, "the keyboard")
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key, hold)
        self.rest()

    def write(self, key: str, text: str) -> None:
        """Write into a field of the form, in place of what it holds."""
        self.write_in(self.form().editor(key).target(), text)

    def write_cell(self, field: str, row: int, column: str, text: str) -> None:
        """Write into a row of a repeating field; a missing row is added first."""
        rows: Any = self.form().editor(field)
        while rows.count() <= row:
            QTest.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
        self.write_in(rows.cell(row, column).target(), text)

    def write_in(self, widget: QWidget, text: str) -> None:
        """Write as an input method does, then go on with Tab."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.selectAll()
        typed = QInputMethodEvent("", [])
        typed.setCommitString(text)
        QApplication.sendEvent(widget, typed)
        QTest.keyClick(QApplication.activePopupWidget() or widget, Qt.Key.Key_Tab)
        self.rest()

    def choose(self, key: str, words: str) -> None:
        """Choose in a combo box with the arrow keys."""
        self.choose_in(self.form().editor(key).target(), words)

    def choose_in(self, combo: QWidget, words: str) -> None:
        """Choose the line that begins with these words.

        Raises:
            Lost: it is not offered.
        """
        assert isinstance(combo, QComboBox)
        combo.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _line in range(combo.count()):
            if combo.currentText().startswith(words):
                self.rest()
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise Lost(f"{words} is not offered")

    def tick(self, key: str, words: str) -> None:
        """Choose a radio button or tick a box of a field by its words."""
        for one in self.form().editor(key).editors():
            if isinstance(one, QAbstractButton) and words in (one.text() or one.accessibleName()):
                one.setFocus(Qt.FocusReason.TabFocusReason)
                QTest.keyClick(one, Qt.Key.Key_Space)
                self.rest()
                return
        raise Lost(f"{words} is not offered in {key}")

    def save(self) -> None:
        """Ctrl+Enter: keep the page.

        Raises:
            Lost: the page stayed, with the sentences that stand in it.
        """
        before = self.form()
        self.press_save()
        stayed = shiboken6.isValid(before) and before.isVisible()
        if stayed:
            raise Lost(f"not saved: {' '.join([*before.faults().values(), before.bar.text()])}")

    def press_save(self) -> None:
        """Ctrl+Enter, whatever comes of it."""
        self.key(Qt.Key.Key_Return, CTRL)

    def page_stays(self) -> bool:
        """Say whether a form is still on the screen, asking about unsaved work."""
        return any(f.isVisible() for f in self.window.findChildren(Form))

    def said(self) -> str:
        """Return what the status line says."""
        return self.window.status.text()
