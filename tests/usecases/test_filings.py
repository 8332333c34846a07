"""Filings (备案): what units report of complaints they dealt with themselves, counted apart."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.rules.complaints import Outcome
from desktop.rules.filings import FilingDraft
from desktop.usecases import audit, filingprints, filings, letterbook, listing, monthly, today
from desktop.usecases.monthly import Month
from desktop.usecases.office import Acting
from tests.pdftext import text_of
from tests.usecases.desk import ACTING, TODAY, Desk, Make, at, faulty, forbidden

FILED = FilingDraft(
    unit=3,
    reported=TODAY,
    unit_number="东办〔2026〕3号",
    received=date(2026, 10, 8),
    subject="窗口没有公开收费标准",
    outcome=Outcome.PROVEN,
    handling="当日公开收费标准，对窗口人员口头告诫。",
    answered=date(2026, 10, 20),
)


@pytest.fixture(name="she")
def _she(desk_of: Make) -> Desk:
    return desk_of(case="shexian")


def register(desk: Desk, acting: Acting = ACTING, **change: object) -> int:
    draft = replace(FILED, **change)  # type: ignore[arg-type]
    return filings.register(desk.office, draft, acting).value


def test_only_an_office_whose_rules_want_it_has_filings(desk: Desk, she: Desk) -> None:
    assert filings.duty(desk.office) is None
    assert not filings.concern(desk.office)
    with forbidden("no_filing"):
        register(desk)
    known = filings.duty(she.office)
    assert known is not None
    assert known.book.id == "shexian"
    assert "书面报县领导小组办公室备案" in known.citation
    assert known.period == ""
    assert not known.own


def test_its_number_is_no_gap_in_the_letter_book(she: Desk) -> None:
    register(she)
    assert letterbook.gaps(she.office) == ()


def test_a_report_has_its_own_number_and_is_counted_apart(she: Desk) -> None:
    first = register(she)
    she.register()
    register(she, unit=1, outcome=Outcome.UNPROVEN)
    register(she, unit=1, nothing=True)
    assert [one.number for one in filings.listed(she.office)] == [
        "备〔2026〕0003",
        "备〔2026〕0002",
        "备〔2026〕0001",
    ]
    counted = filings.tally(filings.listed(she.office))
    assert (counted.count, counted.units, counted.nothing) == (2, 2, 1)
    assert counted.outcomes == (("proven", 1), ("unproven", 1))
    assert listing.counts(she.office, TODAY).total == 1
    seen = filings.view(she.office, first)
    assert (seen.filing.unit_name, seen.filing.answered) == ("东关街道办事处", FILED.answered)
    said = text_of(monthly.sheet(she.office, Month(2026, 11), at(TODAY)))
    assert "备案3件" in said
    assert audit.inspect(she.office).findings == ()


def test_a_zero_report_keeps_nothing_that_was_typed_before(she: Desk) -> None:
    one = filings.view(she.office, register(she, nothing=True)).filing
    assert one.no_cases
    assert (one.subject, one.outcome, one.handling, one.received) == ("", None, "", None)


def test_files_come_with_it_sealed(she: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "报告.pdf"
    scan.write_bytes(b"%PDF-1.4\n% scan\n")
    one = register(she, attachments=(str(scan),))
    kept = filings.view(she.office, one).attachments
    assert [(a.name, a.secret) for a in kept] == [("报告.pdf", True)]
    with faulty(("attachments", "file_missing")):
        register(she, attachments=(str(tmp_path / "没有.pdf"),))


def test_it_is_corrected_made_void_and_taken_back(she: Desk) -> None:
    one = register(she)
    rev = filings.view(she.office, one).filing.rev
    before = she.rows()
    with faulty(("", "unchanged"), ("reason", "required")):
        filings.correct(she.office, one, FILED, "", rev, ACTING)
    changed = replace(FILED, outcome=Outcome.PARTLY)
    filings.correct(she.office, one, changed, "单位更正", rev, ACTING)
    assert filings.view(she.office, one).filing.outcome == "partly"
    she.take_back()
    assert she.rows() == before
    filings.void(she.office, one, "报错了单位", ACTING)
    assert filings.tally(filings.listed(she.office)).count == 0
    with forbidden("void"):
        filings.void(she.office, one, "又一次", ACTING)
    she.take_back()
    assert filings.tally(filings.listed(she.office)).count == 1


def test_nobody_is_awaited_until_the_office_says_how_often(she: Desk) -> None:
    begun = datetime(2027, 1, 5, 9, 30)
    later = Acting(1, "王敏", begun)
    assert filings.missing(she.office, begun.date()) is None
    filings.set_period(she.office, "quarter", ACTING)
    known = filings.duty(she.office)
    assert known is not None
    assert (known.period, known.own) == ("quarter", True)
    assert filings.missing(she.office, TODAY) is None  # the office was not there in that quarter
    late = filings.missing(she.office, begun.date())
    assert late is not None
    assert (str(late.period), len(late.units)) == ("2026年第四季度", 3)
    item = next(i for i in today.agenda(she.office, begun.date()) if i.record == "filing")
    assert (item.number, item.group) == ("2026年第四季度", today.Group.TODO)
    register(she, later, reported=begun.date(), period="2026-3-4")
    register(she, later, unit=1, nothing=True, reported=begun.date(), period="2026-3-4")
    late = filings.missing(she.office, begun.date())
    assert late is not None
    assert late.units == ("市市场监督局",)
    register(she, later, unit=2, nothing=True, reported=begun.date(), period="2026-3-4")
    assert filings.missing(she.office, begun.date()) is None
    with faulty(("period", "choose")):
        register(she, later)
    filings.set_period(she.office, "", ACTING)
    assert filings.duty(she.office) is not None
    assert filings.periods(she.office, TODAY) == ()


def test_the_list_of_a_time_is_printed_and_exported(she: Desk, tmp_path: Path) -> None:
    register(she)
    register(she, unit=1, nothing=True)
    register(she, unit=2, subject="=1+1", reported=date(2026, 10, 30), answered=None)
    void = register(she)
    filings.void(she.office, void, "重复", ACTING)
    said = text_of(filingprints.print_list(she.office, date(2026, 11, 1), TODAY, ACTING))
    assert "直接受理投诉查处结果备案表" in said
    assert "共1件，其中属实1件；零报告1份" in said
    assert "备〔2026〕0003" not in said
    with faulty(("last", "before")):
        filingprints.print_list(she.office, TODAY, date(2026, 1, 1), ACTING)
    path = tmp_path / "备案.xlsx"
    assert filingprints.export(she.office, path, ACTING).value == 3
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["编号", "报备日期", "报备单位"]
    assert rows[3][5] == "=1+1"
    assert sheet.cell(4, 6).data_type != "f"
    assert she.office.db.execute("SELECT action FROM event ORDER BY seq DESC").fetchone() == (
        "filing.export",
    )
    filingprints.export(she.office, tmp_path / "备案.csv", ACTING)
    assert "'=1+1" in (tmp_path / "备案.csv").read_text(encoding="utf-8-sig")
