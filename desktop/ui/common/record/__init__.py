"""The pieces of the record pane: what it is, where it stands, its clocks, the next step."""

from desktop.ui.common.record.clocks import Clock, ClockCard
from desktop.ui.common.record.daystrip import Day, DayKind, DayStrip
from desktop.ui.common.record.facts import Fact, Facts, MaskedValue
from desktop.ui.common.record.header import Chip, Header
from desktop.ui.common.record.nextstep import Action, NextStep
from desktop.ui.common.record.papers import Exhibit, ExhibitList
from desktop.ui.common.record.stepper import Step, Stepper, StepState
from desktop.ui.common.record.tabs import QuietTabs
from desktop.ui.common.record.timeline import Event, Timeline

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
