"""The colours of the program, light and dark, as plain values; applying them is theme.py."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from frozen import dataclass


class Scheme(StrEnum):
    """The colour scheme a clerk can choose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Status(StrEnum):
    """States that carry a colour and always a word beside it."""

    OVERDUE = "overdue"  # 已超期
    TODAY = "today"  # 今日到期
    SOON = "soon"  # 临期
    RUNNING = "running"  # 办理中
    WAITING = "waiting"  # 等待他人
    PAUSED = "paused"  # 暂停
    DONE = "done"  # 已办结
    VOID = "void"  # 作废、不适用


@dataclass(frozen=True, slots=True)
class Pair:
    """Foreground on background; the contrast of the two is at least 4.5 : 1."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One complete set of colours; names say the use, not the hue."""

    dark: bool
    window: str  # behind everything
    base: str  # lists, cards, inputs
    stripe: str  # every second row of a list
    hover: str
    text: str
    quiet: str  # labels, hints, secondary text
    faint: str  # disabled text
    line: str  # separators and card borders
    edge: str  # border of an input, strong enough to be found
    handle: str  # of a scroll bar
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str  # selected rows, quiet highlights
    on_accent_soft: str
    link: str
    error: str
    error_soft: str
    warn_soft: str
    info_soft: str
    mark: str  # behind words that were searched for
    status: MappingProxyType[Status, Pair]


LIGHT: Final = Colours(
    dark=False,
    window="#f4f5f7",
    base="#ffffff",
    stripe="#f9fafb",
    hover="#eef1f5",
    text="#1b1f26",
    quiet="#59626f",
    faint="#868e99",
    line="#dfe3e8",
    edge="#868e99",
    handle="#b9c0c9",
    accent="#1b5faa",
    accent_hover="#17528f",
    accent_pressed="#134578",
    on_accent="#ffffff",
    accent_soft="#dfeaf7",
    on_accent_soft="#12385f",
    link="#1b5faa",
    error="#b3261e",
    error_soft="#fdecea",
    warn_soft="#fff4d6",
    info_soft="#e8f0fa",
    mark="#ffe27a",
    status=MappingProxyType(
        {
            Status.OVERDUE: Pair("#a4161a", "#fde4e3"),
            Status.TODAY: Pair("#8f3b00", "#ffe7d1"),
            Status.SOON: Pair("#705000", "#fff1c2"),
            Status.RUNNING: Pair("#1a5293", "#e2edf9"),
            Status.WAITING: Pair("#573a94", "#ede7f8"),
            Status.PAUSED: Pair("#46505c", "#e6e9ed"),
            Status.DONE: Pair("#1c6332", "#dff2e4"),
            Status.VOID: Pair("#59626f", "#eff1f3"),
        }
    ),
)

DARK: Final = Colours(
    dark=True,
    window="#1c1f23",
    base="#24282d",
    stripe="#282c32",
    hover="#2f343a",
    text="#e8eaed",
    quiet="#aab2bc",
    faint="#7d8691",
    line="#383e46",
    edge="#7d8691",
    handle="#565e68",
    accent="#7db0ee",
    accent_hover="#95c0f3",
    accent_pressed="#6a9fdf",
    on_accent="#0d1b2b",
    accent_soft="#2a4160",
    on_accent_soft="#e3eefb",
    link="#8fbcf2",
    error="#ff9d96",
    error_soft="#452526",
    warn_soft="#3f351c",
    info_soft="#25364b",
    mark="#6b5314",
    status=MappingProxyType(
        {
            Status.OVERDUE: Pair("#ffb4ae", "#4d2324"),
            Status.TODAY: Pair("#ffc294", "#482e19"),
            Status.SOON: Pair("#f0d380", "#3f361b"),
            Status.RUNNING: Pair("#acd0f8", "#213a59"),
            Status.WAITING: Pair("#d0bff6", "#392f55"),
            Status.PAUSED: Pair("#c5ccd5", "#3b424a"),
            Status.DONE: Pair("#a5dfb2", "#1f3e29"),
            Status.VOID: Pair("#aab2bc", "#32373e"),
        }
    ),
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
