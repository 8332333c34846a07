"""The tab on a fresh office, and a clerk's two hands: a keyboard that goes where the focus is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped
from desktop.ui.complaints import ComplaintsTab
from desktop.ui.complaints.page import StepPage
from desktop.ui.context import Context
from desktop.usecases import complaints
from tests.ui import desk
from tests.ui.office_fixtures import NOW

T = TypeVar("T")
TODAY = NOW.date()

DRAFT = ComplaintDraft(
    channel="letter",
    received=TODAY - timedelta(days=7),
    identity=Identity.REAL_NAME,
    complainants=(PersonTyped("刘芳", "13900001234", "东关街道和平里 3 号楼 2 单元"),),
    accused_unit=1,
    accused_person="张喆",
    grounds=("5", "8"),
    subject="保障房分配结果迟迟不公开",
    text="市住房保障局上半年保障房分配结果，至今没有在网站公开。",
    demands="尽快公开分配结果。",
)


class Desk(desk.Desk):
    """The tab with what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        super().__init__(qtbot, context)
        self.tab = self.follow(ComplaintsTab(context))

    def register(self, **changes: object) -> int:
        """Register a complaint and return its id."""
        draft = replace(DRAFT, **changes)  # type: ignore[arg-type]
        acting = self.context.acting()
        return self.work(lambda o: complaints.register_complaint(o, draft, acting)).value

    def open(self, complaint: int) -> None:
        self.tab.open_record(complaint)
        self.wait()

    def page(self) -> StepPage:
        page = self.tab._page
        assert isinstance(page, StepPage)
        return page

    # -- the keyboard --------------------------------------------------------------------------

    def holder(self) -> QWidget:
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key, ctrl: bool = False) -> None:
        hold = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            popup = QApplication.activePopupWidget()
            # An open list of suggestions takes the keys first, as on a real screen.
            self.qtbot.keyClick(popup or self.holder(), key, hold)
            if popup is not None and not popup.isVisible():
                self._come_back()

    def _come_back(self) -> None:
        """A list of suggestions that was active gives the window back."""
        self.tab.activateWindow()
        own = self.tab.windowHandle()
        self.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is own)

    def type(self, text: str) -> None:
        """Type as an input method does."""
        desk.commit(self.holder(), text)
        popup = QApplication.activePopupWidget()
        if popup is not None and QGuiApplication.platformName() == "offscreen":
            # Without a screen a list of suggestions becomes the active window, a moment later.
            shown = popup.windowHandle()
            self.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is shown)

    def at(self, name: str) -> None:
        """The keyboard is on this widget."""
        self.qtbot.waitUntil(lambda: self.holder().objectName() == name)


@pytest.fixture(name="desk")
def _desk(qtbot: QtBot, context: Context) -> Iterator[Desk]:
    """The tab, shown and loaded."""
    made = Desk(qtbot, context)
    yield made
    made.wait()


def day(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)
