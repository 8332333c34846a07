"""The tabs and pages of the window, each loaded only when somebody goes there."""

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from desktop.ui.context import Context

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class Room(Protocol):
    """What the window asks of a tab or page."""

    def reload(self) -> None:
        """Read anew what is shown."""

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost."""


class Page(Room, Protocol):
    """A page in place of the tabs."""

    closed: "SignalInstance"


class Tab(Room, Protocol):
    """A tab that records are opened in."""

    def open_record(self, record: int) -> None:
        """Show a record."""

    def start_new(self) -> None:
        """Begin a new one."""

    def start_from(self, origin: str, record: int) -> None:
        """Begin a case from a complaint or a unit of a round."""


#: Where the class of each tab and page stands.
TABS = {
    "today": ("desktop.ui.today.tab", "TodayTab"),
    "complaints": ("desktop.ui.complaints.tab", "ComplaintsTab"),
    "casefiles": ("desktop.ui.casefiles.tab", "CaseFilesTab"),
    "assessments": ("desktop.ui.assessments.tab", "AssessmentsTab"),
}
PAGES = {
    "settings": ("desktop.ui.office.settings", "SettingsPage"),
    "people": ("desktop.ui.office.people", "PeoplePage"),
    "calendar": ("desktop.ui.office.calendar", "CalendarPage"),
    "rules": ("desktop.ui.office.rules_page", "RulesPage"),
    "letters": ("desktop.ui.letters.book", "LetterBookPage"),
    "templates": ("desktop.ui.templates.page", "TemplatesPage"),
    "codes": ("desktop.ui.letters.codepage", "CodePage"),
    "testpage": ("desktop.ui.letters.testpage", "TestPage"),
}


def make(where: tuple[str, str], context: Context) -> object:
    """Load a tab or page and make it."""
    module, name = where
    return cast("object", getattr(import_module(module), name)(context))
