"""The start of the program stays lean: what is not shown is neither loaded nor made."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench import data
from tests.bench.password import PASSWORD

#: What takes long to load and is of no use before something is printed, imported, drawn, spelled.
FORBIDDEN = (
    "PIL", "PySide6.QtCharts", "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtPdfWidgets",
    "PySide6.QtPrintSupport", "PySide6.QtSql", "babel", "calamine", "charset_normalizer", "click",
    "dateutil", "docx", "email", "fontTools", "jinja2", "mnemonic", "numpy", "openpyxl",
    "pluggy", "pydoc", "pypdfium2", "pypinyin", "python_calamine", "rapidfuzz", "reportlab",
    "segno", "sqlite3", "sqlite_utils", "xlsxwriter",
    "desktop.notices.letters", "desktop.ui.assessments.tab", "desktop.ui.casefiles.tab",
    "desktop.ui.complaints.intake", "desktop.ui.complaints.record", "desktop.ui.office.keeper",
    "desktop.ui.office.lock", "desktop.ui.office.settings", "desktop.usecases.audit",
    "desktop.usecases.backups", "desktop.usecases.letters",
)  # fmt: skip
#: At the door neither the register's own, nor what opens the file: only the door.
AT_THE_DOOR = (
    "PySide6.QtSvg", "chinese_calendar", "cryptography", "ctypes", "hashlib", "msgspec", "platformdirs",
    "sqlcipher3", "tomllib", "typing_extensions", "uuid", "db.connect", "db.driver", "db.keys",
    "db.ledger", "db.records", "desktop.rules.complaints", "desktop.rules.rulebook",
    "desktop.rules.workdays", "desktop.ui.common.clipboard", "desktop.ui.common.drafts",
    "desktop.ui.common.forms.form", "desktop.ui.common.tasks", "desktop.ui.common.wording",
    "desktop.ui.complaints.tab", "desktop.ui.context", "desktop.ui.office.thispc",
    "desktop.ui.office.welcome", "desktop.ui.today.tab", "desktop.usecases.listing",
    "desktop.usecases.office", "desktop.usecases.records",
)  # fmt: skip
#: Classes of Qt that the door does without: each brings so many enums that it is felt.
DEAR = ("QtCore.Qt", "QtGui.QKeySequence", "QtWidgets.QStyle")
#: So many widgets are there when the register is painted. Each costs its making and its style.
MOST = 110

SCRIPT = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QWidget
from desktop.app import Places, Program
from desktop.ui.common import theme
from tests.bench.children import Painted, when_listed

folder, office, tab, password, *first = sys.argv[1:]
for name in first:
    __import__(name)
where = Places(*(Path(folder) / name for name in ("s.ini", "log.txt", "sample.db")))
application = theme.application([])
program = Program(application, where, lambda: datetime(2026, 11, 20, 9, 30))
window = program.window

def say(**more):
    widgets = len(window.findChildren(QWidget))
    modules = [*sys.modules, *more.get("named", named())]
    found = {"modules": modules, "widgets": widgets, "late": more.get("late", [])}
    print(json.dumps(found), flush=True)
    os._exit(0)

def named():
    return [f"{m.__name__.split('.')[1]}.{n}" for m in (QtCore, QtGui, QtWidgets) for n in vars(m)]

def enter():
    # As after the password: the keys are there, nothing else is asked.
    if window.context is not None:
        return
    if window._ahead.at_work():
        QtCore.QTimer.singleShot(10, enter)
        return
    from desktop.usecases.session import unlock
    session = unlock(Path(office), 1, password)
    assert {"today", "complaints"} <= set(window._tabs.made)
    page, before = window._tabs["complaints"], set(sys.modules)

    def listed():
        assert window._tabs["complaints"] is page
        late = sorted(n for n in set(sys.modules) - before if n.split(".")[0] in ("db", "desktop"))
        say(late=late)

    window.open_office(Path(office), session, "complaints")
    when_listed(window, listed)

if tab == "prepared":
    window.open_office(Path(office))
    Painted(window.unlock.card.password, lambda: window.context is None, enter)
elif tab:
    from desktop.usecases.session import unlock
    window.open_office(Path(office), unlock(Path(office), 1, password), tab)
    when_listed(window, say)
else:
    window.open_office(Path(office))
    Painted(window.unlock.card.password, lambda: True, say)
window.show()
application.exec()
"""


@dataclass(frozen=True)
class Seen:
    """What a start has loaded and made when its first page is painted."""

    modules: list[str]
    widgets: int
    #: What of ours was loaded between the password and the painted register.
    late: list[str]

    def breaches(self, forbidden: tuple[str, ...]) -> list[str]:
        """Return what of the forbidden was loaded."""
        return [one for one in forbidden if one in self.modules]


def start(folder: Path, office: Path, tab: str, *first: str) -> Seen:
    """Start the program in a process of its own, up to its first painted page."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(office), tab, PASSWORD, *first],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    return Seen(**json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module", name="office")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("start") / "office.db"
    data.make(path, 40)
    return path


@pytest.fixture(scope="module", name="register")
def _register(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return start(tmp_path_factory.mktemp("own"), office, "complaints")


def test_the_register_is_painted_without_what_it_does_not_show(register: Seen) -> None:
    assert not register.breaches(FORBIDDEN)


def test_the_register_is_painted_with_few_widgets(register: Seen) -> None:
    assert 20 < register.widgets <= MOST


def test_the_door_is_painted_without_the_register(office: Path, tmp_path: Path) -> None:
    seen = start(tmp_path, office, "")
    assert not seen.breaches((*FORBIDDEN, *AT_THE_DOOR, *DEAR))


def test_the_register_is_ready_before_the_password_came(office: Path, tmp_path: Path) -> None:
    seen = start(tmp_path, office, "prepared")
    assert seen.late == []
    assert {"desktop.ui.complaints.tab", "desktop.ui.today.tab", "cryptography"} <= set(
        seen.modules
    )


@pytest.mark.parametrize("name", ["sqlite_utils", "desktop.ui.complaints.record"])
def test_what_is_loaded_too_early_is_found(name: str, office: Path, tmp_path: Path) -> None:
    seen = start(tmp_path, office, "complaints", "db.driver", name)
    assert name in seen.breaches(FORBIDDEN)
