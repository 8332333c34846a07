"""Update by USB in a self-test: files of older programs are taken over, one of a newer is refused."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton

from db import connect
from desktop import paths
from desktop.rules.backups import Reason
from desktop.rules.roles import Role
from desktop.selftest.trial import NAME, PASSWORD, Failed, Trial
from desktop.text import _
from desktop.usecases import adopt, audit, backups, register
from desktop.usecases import office as offices
from desktop.usecases.office import Acting, Office
from desktop.usecases.profile import ClerkDraft
from desktop.usecases.session import Session, unlock

#: Who worked in the old files, and what opens the one of the second shape.
OLD_CLERK, OLD_PASSWORD = "王敏", "qingfeng2026"
_NEWER = "m9999_of_a_newer_program"
_SUBJECTS = ("职权目录未公开", "公开栏一年没有更换")


def update_second(trial: Trial) -> str:
    """Open a file of the second shape in the window: first a backup, then everything is there."""
    path = trial.folder / "升级 台账" / "第二种.db"
    old_second(path)
    before = path.read_bytes()
    _enter(trial, path)
    trial.program.window.show_tab("complaints")
    trial.rest()
    trial.picture("升级以后")
    _leave(trial)
    with _opened(path, unlock(path, 1, OLD_PASSWORD)) as office:
        _is_whole(office, trial)
        found = backups.look(office, trial.clock()).lines
    kept = [line for line in found if line.reason is Reason.MIGRATION]
    if len(kept) != 1 or not kept[0].complete:
        raise Failed(f"of the file as it was there are {len(kept)} backups")
    if path.read_bytes() == before:
        raise Failed("nothing was brought to the newest shape")
    return "升级前备份一份，投诉、身份、操作记录都在"


def update_first(trial: Trial) -> str:
    """Take over a file of the first shape, which was not encrypted."""
    path = trial.folder / "升级 台账" / "第一种.db"
    old_first(path)
    roles = frozenset({Role.REGISTRAR, Role.ADMIN})
    draft = ClerkDraft(OLD_CLERK, "登记员", roles, PASSWORD)
    session = adopt.adopt(adopt.look(path), 1, draft, Acting(1, OLD_CLERK, trial.clock()))
    with _opened(path, session) as office:
        _is_whole(office, trial)
    if path.read_bytes().startswith(b"SQLite format") or NAME.encode() in path.read_bytes():
        raise Failed("the file is not encrypted")
    return "已加密，投诉、身份、操作记录都在"


def refuse_newer(trial: Trial) -> str:
    """See that a file which a newer program wrote is refused in words, and not touched."""
    path = trial.folder / "升级 台账" / "将来的.db"
    old_second(path)
    session = unlock(path, 1, OLD_PASSWORD)
    with _opened(path, session):
        pass
    db = connect.connect(path, session.keys.data)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('office', ?, '')",
        [_NEWER],
    )
    db.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    window = trial.program.window
    _type_password(trial, path)
    trial.until(window.welcome.bar.isVisible, "the refusal")
    said = window.welcome.bar.text()
    trial.picture("不打开更新的文件")
    if "升级程序" not in said:
        raise Failed(f"a newer file is refused with {said!r}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != before:
        raise Failed("the refused file was changed")
    window.welcome.bar.clear()
    return said


# ---- old files ---------------------------------------------------------------------------------


def old_first(path: Path) -> None:
    """Make an office file as the first version of the program made it: readable by everybody."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path)
    db.executescript(_script("first.sql"))
    db.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
    db.close()


def old_second(path: Path) -> None:
    """Make an office file as the second version of the program made it, with its keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = paths.resources() / "selftest"
    path.with_suffix(".keys").write_bytes((folder / "second.keys").read_bytes())
    db = connect.connect(path, unlock(path, 1, OLD_PASSWORD).keys.data)
    db.execute("PRAGMA foreign_keys = OFF")  # the script names the tables by the alphabet
    db.conn.executescript(_script("second.sql"))
    db.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
    db.close()


def _script(name: str) -> str:
    return (paths.resources() / "selftest" / name).read_text("utf-8")


# ---- the window --------------------------------------------------------------------------------


def _type_password(trial: Trial, path: Path) -> None:
    window = trial.program.window
    window.open_office(path)
    line = window.findChild(QLineEdit, "unlock.password")
    button = window.findChild(QPushButton, "unlock.go")
    if line is None or button is None or not line.isVisible():
        raise Failed("nobody was asked for a password")
    line.setText(OLD_PASSWORD)
    button.click()


def _enter(trial: Trial, path: Path) -> None:
    _type_password(trial, path)
    trial.rest()


def _leave(trial: Trial) -> None:
    window = trial.program.window
    wanted = _("关闭数据文件(&C)")
    next(one for one in window.findChildren(QAction) if one.text() == wanted).trigger()
    trial.until(lambda: window.context is None, "the file to be closed")


@contextmanager
def _opened(path: Path, session: Session) -> Iterator[Office]:
    office = offices.open_office(path, session)
    try:
        yield office
    finally:
        office.close()


def _is_whole(office: Office, trial: Trial) -> None:
    """Everything that was in the old file is there, and the log agrees with it."""
    rows = {row.complaint.subject for row in register.rows(office, trial.clock().date())}
    if rows != set(_SUBJECTS):
        raise Failed(f"the register holds {rows}")
    names = [who.name for who in register.complainants(office, 1)]
    if names != [NAME]:
        raise Failed(f"the complainant is called {names}")
    found = audit.inspect(office).findings
    if found:
        raise Failed("; ".join(audit.sentence(one) for one in found))
