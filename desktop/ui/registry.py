"""Which tabs and pages there are, and how each is made: the one place that knows them all.

Their modules are loaded when something of theirs is first shown, so that the program starts without
them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.text import N_

if TYPE_CHECKING:
    from desktop.ui.assessments.tab import AssessmentsTab
    from desktop.ui.casefiles.tab import CaseFilesTab
    from desktop.ui.complaints.tab import ComplaintsTab
    from desktop.ui.context import Context
    from desktop.ui.letters.book import LetterBookPage
    from desktop.ui.letters.codepage import CodePage
    from desktop.ui.letters.testpage import TestPage
    from desktop.ui.office.about import AboutPage
    from desktop.ui.office.backups import BackupsPage
    from desktop.ui.office.calendar import CalendarPage
    from desktop.ui.office.drafts import DraftsPage
    from desktop.ui.office.handbook import HandbookPage
    from desktop.ui.office.log import LogViewPage
    from desktop.ui.office.loganchor import AnchorPage
    from desktop.ui.office.logfindings import FindingsPage
    from desktop.ui.office.logmonth import MonthPage
    from desktop.ui.office.ownpassword import OwnPasswordPage
    from desktop.ui.office.people import PeoplePage
    from desktop.ui.office.recoverysheet import RecoverySheetPage
    from desktop.ui.office.rules_page import RulesPage
    from desktop.ui.office.settings import SettingsPage
    from desktop.ui.office.users import UsersPage
    from desktop.ui.templates.page import TemplatesPage
    from desktop.ui.today.tab import TodayTab

#: The tabs in their order: key, title, icon.
TABS = (
    ("today", N_("今日"), "home"),
    ("complaints", N_("投诉登记"), "document_text"),
    ("casefiles", N_("责任追究案卷"), "scales"),
    ("assessments", N_("考核评分"), "chart"),
)

#: Which tab opens a record of a kind.
TAB_OF = {"complaint": "complaints", "case_file": "casefiles", "round": "assessments"}


class Reads(Protocol):
    """What every tab and page can be asked."""

    def has_unsaved(self) -> bool:
        """Say whether something typed here is not saved."""

    def reload(self) -> None:
        """Read anew what is shown."""


def reads(widget: QWidget) -> Reads:
    """Return a tab or page as what can be asked and read anew."""
    return cast("Reads", widget)


def closed(page: QWidget) -> SignalInstance:
    """Return the signal by which a page says that it is left."""
    found: SignalInstance = page.closed  # type: ignore[attr-defined]
    return found


# ---- tabs --------------------------------------------------------------------------------------


def _today(context: "Context") -> "TodayTab":
    from desktop.ui.today.tab import TodayTab

    return TodayTab(context)


def _complaints(context: "Context") -> "ComplaintsTab":
    from desktop.ui.complaints.tab import ComplaintsTab

    return ComplaintsTab(context)


def _casefiles(context: "Context") -> "CaseFilesTab":
    from desktop.ui.casefiles.tab import CaseFilesTab

    return CaseFilesTab(context)


def _assessments(context: "Context") -> "AssessmentsTab":
    from desktop.ui.assessments.tab import AssessmentsTab

    return AssessmentsTab(context)


# ---- pages of the office -----------------------------------------------------------------------


def _settings(context: "Context") -> "SettingsPage":
    from desktop.ui.office.settings import SettingsPage

    return SettingsPage(context)


def _people(context: "Context") -> "PeoplePage":
    from desktop.ui.office.people import PeoplePage

    return PeoplePage(context)


def _calendar(context: "Context") -> "CalendarPage":
    from desktop.ui.office.calendar import CalendarPage

    return CalendarPage(context)


def _rules(context: "Context") -> "RulesPage":
    from desktop.ui.office.rules_page import RulesPage

    return RulesPage(context)


def _users(context: "Context") -> "UsersPage":
    from desktop.ui.office.users import UsersPage

    return UsersPage(context)


def _recovery(context: "Context") -> "RecoverySheetPage":
    from desktop.ui.office.recoverysheet import RecoverySheetPage

    return RecoverySheetPage(context)


def _password(context: "Context") -> "OwnPasswordPage":
    from desktop.ui.office.ownpassword import OwnPasswordPage

    return OwnPasswordPage(context)


def _drafts(context: "Context") -> "DraftsPage":
    from desktop.ui.office.drafts import DraftsPage

    return DraftsPage(context)


def _backups(context: "Context") -> "BackupsPage":
    from desktop.ui.office.backups import BackupsPage

    return BackupsPage(context)


# ---- pages of the letters ----------------------------------------------------------------------


def _letters(context: "Context") -> "LetterBookPage":
    from desktop.ui.letters.book import LetterBookPage

    return LetterBookPage(context)


def _templates(context: "Context") -> "TemplatesPage":
    from desktop.ui.templates.page import TemplatesPage

    return TemplatesPage(context)


def _codes(context: "Context") -> "CodePage":
    from desktop.ui.letters.codepage import CodePage

    return CodePage(context)


def _testpage(context: "Context") -> "TestPage":
    from desktop.ui.letters.testpage import TestPage

    return TestPage(context)


# ---- pages of the log --------------------------------------------------------------------------


def _log(context: "Context") -> "LogViewPage":
    from desktop.ui.office.log import LogViewPage

    return LogViewPage(context)


def _month(context: "Context") -> "MonthPage":
    from desktop.ui.office.logmonth import MonthPage

    return MonthPage(context)


def _anchor(context: "Context") -> "AnchorPage":
    from desktop.ui.office.loganchor import AnchorPage

    return AnchorPage(context)


def _findings(context: "Context") -> "FindingsPage":
    from desktop.ui.office.logfindings import FindingsPage

    return FindingsPage(context)


# ---- pages that need no office -----------------------------------------------------------------


def _about() -> "AboutPage":
    from desktop.ui.office.about import AboutPage

    return AboutPage()


def _handbook() -> "HandbookPage":
    from desktop.ui.office.handbook import HandbookPage

    return HandbookPage()


Maker: TypeAlias = "Callable[[Context], QWidget]"

#: How each tab is made.
TAB_MAKERS: dict[str, Maker] = {
    "today": _today,
    "complaints": _complaints,
    "casefiles": _casefiles,
    "assessments": _assessments,
}
#: How each page of an open office is made.
PAGE_MAKERS: dict[str, Maker] = {
    "settings": _settings,
    "people": _people,
    "calendar": _calendar,
    "rules": _rules,
    "users": _users,
    "recovery": _recovery,
    "password": _password,
    "drafts": _drafts,
    "backups": _backups,
    "letters": _letters,
    "templates": _templates,
    "codes": _codes,
    "testpage": _testpage,
    "log": _log,
    "month": _month,
    "anchor": _anchor,
    "findings": _findings,
}
#: How each page is made that can be shown without an office.
HELP_MAKERS: dict[str, Callable[[], QWidget]] = {"about": _about, "handbook": _handbook}
