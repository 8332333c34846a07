"""How a filing (备案) is worded: its columns, what came of it, what is known, the figures of a year."""

from desktop.rules.complaints import Outcome
from desktop.text import N_, _, format_date
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.record import Fact
from desktop.ui.common.table import Column
from desktop.usecases import filings
from desktop.usecases.filings import Duty, View
from desktop.usecases.records import Filing

NAME = "filings"
EVENTS = {
    "filing.register": N_("登记备案"),
    "filing.correct": N_("修改备案"),
    "filing.void": N_("作废"),
    "undo": N_("撤销"),
}
PERIODS = {
    "month": N_("每月"),
    "quarter": N_("每季度"),
    "half": N_("每半年"),
    "year": N_("每年"),
}


def columns() -> list[Column[Filing]]:
    """The columns of the list."""
    return [
        Column("number", _("编号"), lambda row: row.number, width=7.8),
        Column("reported", _("报备"), lambda row: row.reported.isoformat(), width=5.6),
        Column("unit", _("报备单位"), lambda row: row.unit_name, width=8),
        Column("subject", _("反映事项"), _subject, width=10, stretch=True),
        Column(
            "outcome",
            _("结论"),
            lambda row: outcome(row)[0],
            width=4,
            status=lambda row: outcome(row)[1],
        ),
    ]


def _subject(row: Filing) -> str:
    return row.subject or (_("本期没有直接受理的投诉") if row.no_cases else "")


def outcome(one: Filing) -> tuple[str, Status]:
    """What came of it, and its colour."""
    if one.void:
        return _("作废"), Status.VOID
    if one.no_cases:
        return _("零报告"), Status.PAUSED
    return _(wording.OUTCOMES[Outcome(one.outcome or Outcome.UNCLEAR)]), Status.DONE


def tally(listed: tuple[Filing, ...], duty: Duty | None, year: int) -> str:
    """The figures of a year, counted apart from the register."""
    counted = filings.tally(tuple(one for one in listed if one.reported.year == year))
    parts = [
        _("{word} {n}").format(word=_(wording.OUTCOMES[Outcome(o)]), n=n)
        for o, n in counted.outcomes
    ]
    said = _("{year} 年备案 {n} 件，{units} 个单位").format(
        year=year, n=counted.count, units=counted.units
    )
    if parts:
        said = _("{said}：{parts}").format(said=said, parts=_("、").join(parts))
    if counted.nothing:
        said = _("{said}；零报告 {n} 份").format(said=said, n=counted.nothing)
    apart = _("{said}。另行计数，不计入投诉登记。").format(said=said)
    if duty is None:
        return apart
    period = _(PERIODS[duty.period]) if duty.period else _("没有规定")
    own = _("（本单位自定）") if duty.own else ""
    return _("{said}报备周期：{period}{own}。").format(said=apart, period=period, own=own)


def facts(entry: View) -> list[Fact]:
    """What is known of a filing."""
    one = entry.filing
    period = str(entry.period) if entry.period else ""
    head = [
        Fact(_("依据"), entry.citation),
        Fact(_("报备单位"), one.unit_name),
        Fact(_("报备日期"), format_date(one.reported)),
        *([Fact(_("所属期间"), period)] if period else []),
    ]
    said = [
        Fact(_("单位编号"), one.unit_number),
        Fact(_("收到投诉日期"), format_date(one.received) if one.received else ""),
        Fact(_("反映事项"), one.subject),
        Fact(_("查处结论"), outcome(one)[0]),
        Fact(_("处理情况"), one.handling),
        Fact(_("答复日期"), format_date(one.answered) if one.answered else ""),
    ]
    end = [
        Fact(_("登记日期"), format_date(one.registered)),
        *([Fact(_("作废原因"), one.void_reason)] if one.void_reason else []),
    ]
    return [*head, *([] if one.no_cases else said), *end]
