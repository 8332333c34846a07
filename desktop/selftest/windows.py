"""The window in a self-test: it opens, shows every tab and page, changes its look, and closes."""

import sys
from types import TracebackType

from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop import text
from desktop.app import Places, Program
from desktop.selftest.trial import NAME, PASSWORD, Failed, Trial
from desktop.ui.common import contrast, palette, theme
from desktop.ui.common.palette import Scheme

TABS = ("today", "complaints", "casefiles", "assessments")
PAGES = (
    "settings", "people", "calendar", "rules", "users", "recovery", "password", "drafts",
    "backups", "letters", "templates", "codes", "testpage", "log", "month",
    "anchor", "findings", "about",
)  # fmt: skip


def start(trial: Trial) -> str:
    """Open the program as a user does, up to its first page."""
    own = trial.folder / "own"
    where = Places(own / "settings.ini", own / "log.txt", own / "sample.db")
    trial.started = Program(trial.application, where, trial.clock)
    _take_errors(trial)
    window = trial.program.window
    window.resize(1366, 768)
    window.show()
    trial.until(window.isVisible, "the window")
    trial.picture("首页")
    _name_fonts(trial)
    if not window.windowIcon().availableSizes():
        raise Failed("the window has no icon")
    return f"{window.width()} × {window.height()}，缩放 {window.devicePixelRatio():g}"


def _take_errors(trial: Trial) -> None:
    def unexpected(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        trial.errors.append(error)

    sys.excepthook = unexpected


def _name_fonts(trial: Trial) -> None:
    """Note the font of the interface, and whether it or its substitutes draw a rare character."""
    font = trial.application.font()
    trial.fonts["界面"] = QFontInfo(font).family()
    if QFontMetrics(font).horizontalAdvance(NAME) <= 0:
        raise Failed(f"the interface can not show {NAME}")


def open_office(trial: Trial) -> str:
    """Open the office that the other steps have made, at its door, with its password."""
    window = trial.program.window
    window.open_office(trial.office)
    line = window.findChild(QLineEdit, "unlock.password")
    button = window.findChild(QPushButton, "unlock.go")
    if line is None or button is None or not line.isVisible():
        raise Failed("nobody was asked for a password")
    trial.picture("登录")
    line.setText(PASSWORD)
    button.click()
    trial.rest()
    if "自检" not in window.windowTitle():
        raise Failed(f"the window is titled {window.windowTitle()!r}")
    return window.windowTitle()


def show_tabs(trial: Trial) -> str:
    """Show every tab, and the complaint in its own."""
    window = trial.program.window
    for key in TABS:
        window.show_tab(key)
        trial.rest()
        trial.picture(f"标签-{key}")
    window.open_record("complaint", 1)
    trial.rest()
    trial.picture("投诉")
    return f"{len(TABS)} 个标签页"


def show_pages(trial: Trial) -> str:
    """Show every page of the menus."""
    window = trial.program.window
    for key in PAGES:
        window.show_page(key)
        trial.rest()
        trial.picture(f"页面-{key}")
    window.show_tab("today")
    return f"{len(PAGES)} 个页面"


def change_look(trial: Trial) -> str:
    """Show the register in dark, in large letters, and in English."""
    window = trial.program.window
    try:
        window.show_tab("complaints")
        for name, scheme, factor in (("深色", Scheme.DARK, 1.0), ("大字", Scheme.LIGHT, 1.5)):
            theme.apply(trial.application, scheme, factor)
            trial.rest()
            trial.picture(name)
    finally:
        theme.apply(trial.application, Scheme.LIGHT, 1.0)
    for language in text.LANGUAGES:
        text.use_language(language)
    text.use_language("zh_CN")
    return "深色、大字、译文" + _high_contrast()


def _high_contrast() -> str:
    """Ask Windows for its colours as high contrast does, and see that they can be read."""
    if sys.platform == "win32":
        tones = contrast.colours(contrast.system_colours())
        if palette.contrast(tones.text, tones.window) < contrast.LEAST:
            raise Failed(f"{tones.text} on {tones.window} can not be read")
        return f"、高对比度（{'没有开' if contrast.system() is None else '开着'}）"
    return ""


def close(trial: Trial) -> str:
    """Close the window; the office file must be one whole file again."""
    window = trial.program.window
    window.close()
    trial.until(lambda: not window.isVisible(), "the window to close")
    left = sorted(p.name for p in trial.office.parent.glob("*-wal"))
    if left:
        raise Failed(f"not closed into one file: {left}")
    return "、".join(sorted(p.name for p in trial.office.parent.iterdir()))
