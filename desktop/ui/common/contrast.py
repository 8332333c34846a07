"""High contrast (高对比度): the colours that Windows asks every program to use, and nothing else."""

import sys
from dataclasses import replace
from types import MappingProxyType

from desktop.ui.common.palette import DARK, LIGHT, Colours, Pair, Status, contrast
from frozen import dataclass

#: What text must stand out by (WCAG 2.2, 1.4.3).
LEAST = 4.5


@dataclass(frozen=True, slots=True)
class SystemColours:
    """What the system draws with, as #rrggbb."""

    window: str
    text: str
    selected: str
    on_selected: str
    link: str
    disabled: str


def system() -> SystemColours | None:
    """Return the system's colours if high contrast is switched on, else None."""
    if sys.platform == "win32":
        return _of_windows()
    return None


def colours(given: SystemColours) -> Colours:
    """Make a whole set of colours of the few that the system gives.

    Whatever would be hard to read on the window's ground becomes plain text.
    """
    ground, text = given.window, _readable(given.text, given.window)
    link, faint = _or(given.link, ground, text), _or(given.disabled, ground, text)
    selected = given.selected if contrast(given.selected, ground) >= 3 else text
    on_selected = _or(given.on_selected, selected, _readable(ground, selected))
    base = DARK if contrast(ground, "#ffffff") > contrast(ground, "#000000") else LIGHT
    plain = MappingProxyType(dict.fromkeys(Status, Pair(text, ground)))
    return replace(
        base,
        window=ground,
        base=ground,
        stripe=ground,
        hover=ground,
        text=text,
        quiet=text,
        faint=faint,
        line=text,
        edge=text,
        handle=text,
        accent=selected,
        accent_hover=selected,
        accent_pressed=selected,
        on_accent=on_selected,
        accent_soft=selected,
        on_accent_soft=on_selected,
        link=link,
        error=text,
        error_soft=ground,
        warn_soft=ground,
        info_soft=ground,
        status=plain,
    )


def _or(wanted: str, ground: str, otherwise: str) -> str:
    return wanted if contrast(wanted, ground) >= LEAST else otherwise


def _readable(wanted: str, ground: str) -> str:
    """A colour that can be read on a ground: the one wanted, else black or white."""
    if contrast(wanted, ground) >= LEAST:
        return wanted
    return max("#000000", "#ffffff", key=lambda tone: contrast(tone, ground))


if sys.platform == "win32":
    import ctypes

    _GET_HIGH_CONTRAST, _ON = 0x0042, 1
    _WINDOW, _TEXT, _SELECTED, _ON_SELECTED, _DISABLED, _LINK = 5, 8, 13, 14, 17, 26

    class _HighContrast(ctypes.Structure):
        """HIGHCONTRASTW of the Windows API."""

        _fields_ = (
            ("size", ctypes.c_uint),
            ("flags", ctypes.c_uint),
            ("scheme", ctypes.c_wchar_p),
        )

    def _of_windows() -> SystemColours | None:
        user = ctypes.windll.user32
        asked = _HighContrast(ctypes.sizeof(_HighContrast), 0, None)
        size = ctypes.sizeof(asked)
        known = user.SystemParametersInfoW(_GET_HIGH_CONTRAST, size, ctypes.byref(asked), 0)
        return system_colours() if known and asked.flags & _ON else None

    def system_colours() -> SystemColours:
        """Read the system's colours, whatever they are."""

        def read(which: int) -> str:
            found = ctypes.windll.user32.GetSysColor(which)  # 0x00bbggrr
            return f"#{found & 255:02x}{found >> 8 & 255:02x}{found >> 16 & 255:02x}"

        return SystemColours(
            read(_WINDOW), read(_TEXT), read(_SELECTED), read(_ON_SELECTED), read(_LINK),
            read(_DISABLED),
        )  # fmt: skip
