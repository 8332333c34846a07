"""The columns of the register's list and what a cell says; which rows there are is the list's pane."""

from collections.abc import Callable

from desktop.rules.complaints import Identity
from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.table import Column, ListModel
from desktop.ui.complaints import words
from desktop.usecases.register import Row


def model(sorter: Callable[[str, bool], None]) -> ListModel[Row]:
    """The list's model, a line by the complaint's id; the database orders it."""
    return ListModel(columns(), key=lambda row: row.complaint.id, sorter=sorter)


#: The column that is there only while something is searched for.
FOUND = "found"


def columns() -> list[Column[Row]]:
    """What presses stands first; what matters least gives way where there is no room."""
    return [
        Column("number", _("编号"), lambda row: row.complaint.number, width=8, marked=True),
        Column(
            "received",
            _("收到"),
            lambda row: format_date(row.complaint.received),
            width=5.8,
            rank=4,
        ),
        Column(
            "clock",
            _("期限"),
            _clock,
            width=6,
            tooltip=_clock_in_full,
            status=_clock_status,
        ),
        Column(
            "state",
            _("状态"),
            lambda row: _(wording.STATES[row.state][0]),
            width=4,
            tooltip=_receiver,
            status=lambda row: wording.STATES[row.state][1],
        ),
        Column(
            "unit",
            _("被投诉单位"),
            lambda row: row.complaint.unit_name,
            width=8,
            rank=2,
            marked=True,
        ),
        # the first to give way in a narrow list: the state's tooltip names the unit anyhow
        Column("receiver", _("承办单位"), lambda row: row.receiver, width=8, rank=9),
        Column(
            "subject",
            _("主题"),
            lambda row: row.complaint.subject,
            width=11,
            stretch=True,
            tooltip=_subject_in_full,
            marked=True,
        ),
        Column(FOUND, _("找到处"), _found, width=14, rank=1, least=9, marked=True),
        Column(
            "grounds",
            _("事由"),
            lambda row: words.grounds_in_short(row.grounds),
            width=4,
            tooltip=lambda row: "\n".join(f"{g.article}　{g.text}" for g in row.grounds),
            rank=5,
        ),
        Column(
            "identity",
            _("署名"),
            lambda row: _(wording.IDENTITIES[_identity(row)]),
            width=3.5,  # with the arrow of the order beside the word
            rank=6,
        ),
        Column(
            "satisfaction",
            _("满意度"),
            lambda row: _(wording.SATISFACTIONS[row.said]) if row.said else "",
            width=4,
            rank=7,
        ),
        # of use once a matter is over: there where the list is wide or other columns are hidden
        Column("volume", _("卷号"), lambda row: row.volume, width=11, rank=10),
    ]


def _receiver(row: Row) -> str:
    """The unit that has the matter now."""
    return _("承办单位：{unit}").format(unit=row.receiver) if row.receiver else ""


def _subject_in_full(row: Row) -> str:
    """The matter, and where something was found for which there is no room."""
    return "\n".join(part for part in (row.complaint.subject, _found(row)) if part)


def _found(row: Row) -> str:
    """In which text the words searched for were found, and the words around them."""
    if row.where is None:
        return ""
    source = words.source_name(row.where.source)
    if not row.where.text:
        return source
    return _("{source}：{text}").format(source=source, text=row.where.text)


def _clock(row: Row) -> str:
    return wording.clock_words(row.clock.status)[0] if row.clock else ""


def _clock_status(row: Row) -> Status | None:
    return wording.clock_words(row.clock.status)[1] if row.clock else None


def _clock_in_full(row: Row) -> str:
    clock = row.clock
    if clock is None or clock.end is None:
        return ""
    from desktop.ui.complaints import dates  # for the tip of a cell only

    due = dates.due_words(clock.end.due, clock.end.latest, tentative=clock.end.tentative)
    said = _("{clock}：{due}").format(clock=dates.clock_name(clock), due=due)
    if clock.end.planned is not None and clock.end.planned != clock.end.due:
        moved = _("{said}\n中止后顺延，原定 {planned}")
        said = moved.format(said=said, planned=format_date(clock.end.planned))
    return said


def _identity(row: Row) -> Identity:
    return Identity(row.complaint.identity)
