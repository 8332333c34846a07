"""The columns of the register's list and what a cell says; which rows there are is the list's pane."""

from collections.abc import Callable

from desktop.rules.complaints import Identity
from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.table import Column, ListModel
from desktop.ui.complaints import dates, words
from desktop.usecases.register import Row


def model(sorter: Callable[[str, bool], None]) -> ListModel[Row]:
    """The list's model, a line by the complaint's id; the database orders it."""
    return ListModel(columns(), key=lambda row: row.complaint.id, sorter=sorter)


def columns() -> list[Column[Row]]:
    """What presses stands first, so that it is seen in a narrow list too."""
    return [
        Column("number", _("编号"), lambda row: row.complaint.number, width=8),
        Column("received", _("收到"), lambda row: format_date(row.complaint.received), width=5.8),
        Column(
            "clock",
            _("期限"),
            _clock,
            width=8,
            tooltip=_clock_in_full,
            status=_clock_status,
        ),
        Column(
            "state",
            _("状态"),
            lambda row: _(wording.STATES[row.state][0]),
            width=5,
            tooltip=_receiver,
            status=lambda row: wording.STATES[row.state][1],
        ),
        Column("unit", _("被投诉单位"), lambda row: row.complaint.unit_name, width=8),
        # in a narrow list the subject matters more; the state's tooltip names the unit anyhow
        Column("receiver", _("承办单位"), lambda row: row.receiver, width=8, optional=True),
        Column("subject", _("主题"), lambda row: row.complaint.subject, width=10, stretch=True),
        Column(
            "grounds",
            _("事由"),
            lambda row: words.grounds_in_short(row.grounds),
            width=4,
            tooltip=lambda row: "\n".join(f"{g.article}　{g.text}" for g in row.grounds),
        ),
        Column("identity", _("署名"), lambda row: _(wording.IDENTITIES[_identity(row)]), width=3),
    ]


def _receiver(row: Row) -> str:
    """The unit that has the matter now."""
    return _("承办单位：{unit}").format(unit=row.receiver) if row.receiver else ""


def _clock(row: Row) -> str:
    return wording.clock_words(row.clock.status)[0] if row.clock else ""


def _clock_status(row: Row) -> Status | None:
    return wording.clock_words(row.clock.status)[1] if row.clock else None


def _clock_in_full(row: Row) -> str:
    clock = row.clock
    if clock is None or clock.end is None:
        return ""
    due = dates.due_words(clock.end.due, clock.end.latest, tentative=clock.end.tentative)
    return _("{clock}：{due}").format(clock=dates.clock_name(clock), due=due)


def _identity(row: Row) -> Identity:
    return Identity(row.complaint.identity)
