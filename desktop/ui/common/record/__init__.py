"""The pieces of the record pane: what it is, where it stands, its clocks, the next step.

A piece is loaded when it is first asked for: a window that shows no form does not wait for one.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.common.record.clocks import Clock, ClockCard
    from desktop.ui.common.record.daystrip import Day, DayKind, DayStrip
    from desktop.ui.common.record.facts import Fact, Facts, MaskedValue
    from desktop.ui.common.record.header import Chip, Header
    from desktop.ui.common.record.nextstep import Action, NextStep
    from desktop.ui.common.record.papers import Exhibit, ExhibitList
    from desktop.ui.common.record.stepper import Step, Stepper, StepState
    from desktop.ui.common.record.tabs import QuietTabs
    from desktop.ui.common.record.timeline import Event, Timeline

_HOMES = {
    "clocks": (
        "Clock",
        "ClockCard",
    ),
    "daystrip": (
        "Day",
        "DayKind",
        "DayStrip",
    ),
    "facts": (
        "Fact",
        "Facts",
        "MaskedValue",
    ),
    "header": (
        "Chip",
        "Header",
    ),
    "nextstep": (
        "Action",
        "NextStep",
    ),
    "papers": (
        "Exhibit",
        "ExhibitList",
    ),
    "stepper": (
        "Step",
        "Stepper",
        "StepState",
    ),
    "tabs": ("QuietTabs",),
    "timeline": (
        "Event",
        "Timeline",
    ),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Action",
    "Chip",
    "Clock",
    "ClockCard",
    "Day",
    "DayKind",
    "DayStrip",
    "Event",
    "Exhibit",
    "ExhibitList",
    "Fact",
    "Facts",
    "Header",
    "MaskedValue",
    "NextStep",
    "QuietTabs",
    "Step",
    "StepState",
    "Stepper",
    "Timeline",
]


def __getattr__(name: str) -> object:
    """Return a piece by its name."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
