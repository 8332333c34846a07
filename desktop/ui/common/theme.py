"""Style, palette, font and spacing of the whole program; the colours themselves are palette.py."""

import sys
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QPalette,
    QPixmapCache,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.ui.common import contrast, sheet
from desktop.ui.common.palette import DARK, LIGHT, Colours, Pair, Scheme, Status

# The one spacing scale: between parts of one thing, things, groups, blocks, and page edges.
TIGHT: Final = 4
SMALL: Final = 8
MEDIUM: Final = 12
LARGE: Final = 16
WIDE: Final = 24

_STYLE: Final = "Fusion"
BASE_POINTS: Final = 9.5
FACTORS: Final = (1.0, 1.25, 1.5, 1.75)

_PREFERRED = ("Microsoft YaHei UI", "微软雅黑 UI", "Microsoft YaHei", "微软雅黑")
#: What the names of one typeface for several countries end in; ours is drawn as in 中国大陆.
_ELSEWHERE = (" JP", " KR", " TW", " TC", " HK")
_BUNDLED = "NoticeHei.ttf"
_RARE = "NoticeFallback.ttf"


class _Look(QObject):
    """The look in force, and the one place that tells when it changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Scheme.SYSTEM
        self.factor = 1.0
        self.colours: Colours = LIGHT
        self.own = False
        self.families: tuple[str, ...] = ()
        #: The width of a Chinese character, 0 until it is asked for.
        self.em = 0
        self.listening = self.styled = False
        self.forced: contrast.SystemColours | None = None


_look = _Look()


def application(arguments: Sequence[str]) -> QApplication:
    """Make the application, in the style whose edges ours takes off.

    Given beforehand, the style costs nothing; to ask for it afterwards brings all of `QStyle` along.
    """
    _look.styled = True
    return QApplication([sys.argv[0], "-style", _STYLE, *arguments])


def colours() -> Colours:
    """The colours in force; ask when painting, never keep them."""
    return _look.colours


def status(which: Status) -> Pair:
    """Foreground and background of a status in the scheme in force."""
    return _look.colours.status[which]


def factor() -> float:
    """The size factor in force, 1.0 to 1.75."""
    return _look.factor


def px(size: float) -> int:
    """A length that grows with the text, for rows, icons and columns (not for spaces)."""
    return round(size * _look.factor)


def on_change(slot: Callable[[], None]) -> None:
    """Call a method of a widget after each change of colours or size, while the widget lives."""
    _look.changed.connect(slot)


def font(size: float = 1.0, *, bold: bool = False) -> QFont:
    """The interface font at a multiple of the base size."""
    made = QFont(QApplication.font())
    made.setPointSizeF(BASE_POINTS * _look.factor * size)
    made.setBold(bold)
    return made


def em(count: float) -> int:
    """The width of so many Chinese characters in the interface font, in pixels."""
    one = _look.em or QFontMetrics(QApplication.font()).horizontalAdvance("汉")
    if _look.families:  # the font is ours
        _look.em = one
    return round(one * count)


def apply(app: QApplication, scheme: Scheme = Scheme.SYSTEM, size: float = 1.0) -> None:
    """Give the program its look; may be called again at any time while windows are open."""
    _look.scheme = scheme
    _look.factor = min(max(size, FACTORS[0]), FACTORS[-1])
    if not _look.listening:
        _look.listening = True
        if not _look.styled:
            app.setStyle(_STYLE)
        app.styleHints().colorSchemeChanged.connect(_follow_system)
        app.applicationStateChanged.connect(_follow_contrast)
        app.screenAdded.connect(lambda _screen: _look.changed.emit())  # icons in its scale
    if not _look.families:
        _look.families = _find_families()
    chosen = QFont()
    chosen.setFamilies(list(_look.families))
    chosen.setPointSizeF(BASE_POINTS * _look.factor)
    _look.em = 0
    app.setFont(chosen)
    _paint(app)


def _follow_system() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _look.scheme is Scheme.SYSTEM:
        QTimer.singleShot(0, app, lambda: _paint(app))


def _follow_contrast() -> None:
    """High contrast may have been switched on or off while the program was behind."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and contrast.system() != _look.forced:
        QTimer.singleShot(0, app, lambda: _paint(app))


def _paint(app: QApplication) -> None:
    _look.forced = contrast.system()
    dark = _look.scheme is Scheme.DARK or (_look.scheme is Scheme.SYSTEM and _is_dark(app))
    _look.own, _look.colours = True, DARK if dark else LIGHT
    if _look.forced is not None:  # whoever needs it has said so to the whole system
        _look.colours = contrast.colours(_look.forced)
    QPixmapCache.clear()
    app.setPalette(_palette(_look.colours))
    icons = paths.resources() / "icons"
    app.setStyleSheet(
        _own_fonts(app) + sheet.build(_look.colours, _look.factor, BASE_POINTS, icons)
    )
    _look.changed.emit()


def _is_dark(app: QApplication) -> bool:
    """Say whether the system's own colours are dark."""
    if not _look.own and sys.platform != "win32":  # as yet the palette is the system's, not ours
        return app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    from PySide6.QtCore import Qt  # takes a sixth of a start

    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _own_fonts(app: QApplication) -> str:
    """Say our font for what Windows has fonts of its own for, and brings back now and then."""
    families = ", ".join(f'"{name}"' for name in app.font().families())
    return (
        "QMenuBar, QMenu, QToolTip, QMessageBox, QStatusBar, QAbstractItemView, QHeaderView "
        f"{{ font-family: {families}; font-size: {app.font().pointSizeF()}pt; }}\n"
    )


def _palette(tones: Colours) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for which, tone in (
        (role.Window, tones.window),
        (role.WindowText, tones.text),
        (role.Base, tones.base),
        (role.AlternateBase, tones.stripe),
        (role.Text, tones.text),
        (role.Button, tones.base),
        (role.ButtonText, tones.text),
        (role.BrightText, tones.error),
        (role.Highlight, tones.accent),
        (role.HighlightedText, tones.on_accent),
        (role.Accent, tones.accent),
        (role.Link, tones.link),
        (role.LinkVisited, tones.link),
        (role.ToolTipBase, tones.base),
        (role.ToolTipText, tones.text),
        (role.PlaceholderText, tones.quiet),
        (role.Light, tones.base),
        (role.Midlight, tones.hover),
        (role.Mid, tones.line),
        (role.Dark, tones.edge),
        (role.Shadow, tones.line),
    ):
        made.setColor(which, QColor(tone))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tones.faint))
    return made


def _find_families() -> tuple[str, ...]:
    """Interface font first, the bundled fonts behind it for machines and characters without one."""
    known = set(QFontDatabase.families())
    simplified = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    chinese = [name for name in simplified if not name.endswith(_ELSEWHERE)]
    first = [name for name in _PREFERRED if name in known][:1]
    if not first:
        general = QGuiApplication.font().family()
        first = [general] if general in chinese else _sans_first(chinese)[:1]
    if not first:
        first = _load(_BUNDLED)
    return tuple(dict.fromkeys([*first, *_load(_RARE)]))


def _sans_first(families: list[str]) -> list[str]:
    """Only upright text faces for a screen: song and kai faces are for paper."""
    marks = ("Hei", "黑", "Sans", "等线", "DengXian", "PingFang", "YaHei")
    return [name for name in families if any(mark in name for mark in marks)]


def _load(name: str) -> list[str]:
    file = paths.resources() / "fonts" / name
    if not file.is_file():
        return []
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))


def set_role(widget: QWidget, role: str) -> None:
    """Mark a widget for the style sheet: title, heading, quiet, error, primary, link, card…"""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
