"""The list of filings on paper for a time (查处结果备案表), and all of them in a file; always Chinese."""

from datetime import date
from pathlib import Path

from db.ledger import EventDraft
from db.records import Filing
from desktop.notices import Align, Column, Table
from desktop.rules import filings as rules
from desktop.rules.complaints import Outcome
from desktop.rules.faults import fault, refuse_if
from desktop.usecases import exports_file, filings, letters
from desktop.usecases.answers import OUTCOME_WORDS
from desktop.usecases.office import Acting, Done, Office

_LEFT, _CENTRE = Align.LEFT, Align.CENTRE
HEADINGS = (
    "编号", "报备日期", "报备单位", "单位编号", "收到日期", "反映事项", "结论", "处理情况",
    "答复日期", "所属期间",
)  # fmt: skip
_WIDTHS = (31.0, 21.0, 26.0, 35.0, 21.0, 34.0, 17.0, 36.0, 21.0)


def print_list(office: Office, first: date, last: date, acting: Acting) -> bytes:
    """Return the list of the filings of a time as a landscape table (查处结果备案表).

    Raises:
        Faults: the days are the wrong way round, or a character can not be printed.
    """
    refuse_if([fault("last", "before", earliest=first) if last < first else None])
    found = filings.between(office, first, last)
    figures = filings.tally(found)
    by = "，".join(f"{OUTCOME_WORDS[Outcome(o)]}{n}件" for o, n in figures.outcomes)
    said = f"共{figures.count}件" + (f"，其中{by}" if by else "")
    if figures.nothing:
        said += f"；零报告{figures.nothing}份"
    table = Table(
        kind="filing_list",
        issuer=office.profile().name,
        title="直接受理投诉查处结果备案表",
        columns=tuple(
            Column(name, width, _CENTRE if name.endswith("日期") else _LEFT)
            for name, width in zip(HEADINGS, _WIDTHS, strict=False)
        ),
        rows=tuple(_cells(one)[: len(_WIDTHS)] for one in found),
        dated=acting.today,
        caption=(f"{_han(first)}至{_han(last)}报备", said),
        notes=("各单位直接受理的投诉，查处结果报备；不计入本办公室的投诉登记。",),
        empty="这段时间没有备案。",
    )
    return letters.printed(office, table)


def export(office: Office, path: Path, acting: Acting) -> Done[int]:
    """Write every filing that stands into a file (.xlsx, or .csv by its name), on record.

    Raises:
        OSError: the file can not be written there.
    """
    found = [one for one in reversed(filings.listed(office)) if not one.void]
    event = EventDraft("filing.export", "filing", 0, path.name)
    rows = (_cells(one) for one in found)
    with office.ledger.action(event, acting.actor()):
        exports_file.write(path, "备案", HEADINGS, rows)
    return Done(len(found), 0)


def _cells(one: Filing) -> tuple[str, ...]:
    period = rules.period_of(one.period)
    outcome = "零报告" if one.no_cases else OUTCOME_WORDS[Outcome(one.outcome or "unclear")]
    return (
        one.number,
        one.reported.isoformat(),
        one.unit_name,
        one.unit_number,
        one.received.isoformat() if one.received else "",
        one.subject or ("本期没有直接受理的投诉" if one.no_cases else ""),
        outcome,
        one.handling,
        one.answered.isoformat() if one.answered else "",
        str(period) if period else "",
    )


def _han(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
