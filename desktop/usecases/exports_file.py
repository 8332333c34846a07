"""Writing tables that Excel and WPS open rightly: text stays text, days are days, no live formula."""

import csv
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.rules.faults import Fault, fault

#: What a cell of an export holds.
Value = str | date | None

#: Most characters of one cell; programs cut the rest off without a word.
CELL = 32_767
#: Most lines of one sheet below its heading; programs leave the others out without a word.
LINES = 1_048_575
_NO_TEXT = re.compile("[\ud800-\udfff\x00]")
#: A cell that begins so would be computed, also in full width.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WIDTHS = {"short": 12, "usual": 18, "long": 48}


def guarded(text: str) -> str:
    """Return a text that no spreadsheet computes when it reads it from a list of plain text."""
    return f"'{text}" if text.startswith(_LIVE) else text


def check_lines(path: Path, count: int) -> Fault | None:
    """Say if a table has more lines than a workbook holds; a list as text (.csv) holds any number."""
    if path.suffix.casefold() == ".csv" or count <= LINES:
        return None
    return fault("kind", "too_many_lines", limit=LINES, count=count)


def write(path: Path, sheet: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a table as its name says: a list as text (.csv), or else a workbook (.xlsx).

    Raises:
        OSError: it can not be written there.
    """
    if path.suffix.casefold() == ".csv":
        write_csv(path, headers, rows)
    else:
        write_xlsx(path, sheet, headers, rows)


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a list as text (UTF-8 with its mark, so that Excel reads Chinese).

    Raises:
        OSError: it can not be written there.
    """
    part = _part(path)
    try:
        with part.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
            writer = csv.writer(file)
            writer.writerow([guarded(one) for one in headers])
            for row in rows:
                writer.writerow([guarded(_words(value)) for value in row])
        os.replace(part, path)  # noqa: PTH105 - atomic on every system
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_xlsx(
    path: Path,
    sheet: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    marked: Callable[[int, int], bool] = lambda _row, _column: False,
) -> None:
    """Write a table: texts as text, days as days; what is too long for a cell goes on beside it.

    Args:
        path: the new file; it appears only when it is whole.
        sheet: the name of the sheet.
        headers: the first line.
        rows: the lines after it.
        marked: whether a cell (row and column from 0) is to be coloured.

    Raises:
        OSError: it can not be written there (another program has it open, the disk is full).
    """
    import xlsxwriter  # only when something is exported

    part = _part(path)
    with ExitStack() as stack:
        stack.callback(part.unlink, missing_ok=True)
        scratch = stack.enter_context(tempfile.TemporaryDirectory(dir=path.parent, prefix=".~"))
        book = xlsxwriter.Workbook(
            str(part),
            {
                "constant_memory": True,
                "tmpdir": scratch,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        try:
            _fill(book, sheet, headers, rows, marked)
        finally:
            try:
                book.close()
            except xlsxwriter.exceptions.FileCreateError as error:
                raise OSError(str(error)) from error
        os.replace(part, path)  # noqa: PTH105 - atomic on every system


def _part(path: Path) -> Path:
    return path.with_name(f".~{path.name}.part")


def _words(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value or ""


def _fill(
    book: Any,
    sheet: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    marked: Callable[[int, int], bool],
) -> None:
    page = book.add_worksheet(sheet[:31])
    looks = _looks(book)
    page.freeze_panes(1, 0)
    for column, text in enumerate(headers):
        width = _WIDTHS["long" if "内容" in text or "结果" in text else "usual"]
        page.set_column(column, column, width)
        page.write_string(0, column, text, looks["head"])
    rest: list[tuple[str, str]] = []
    count = 0
    for count, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            look = looks["marked" if marked(count - 1, column) else "text"]
            if isinstance(value, date):
                page.write_datetime(count, column, _midnight(value), looks["day"])
            elif value:
                text = _NO_TEXT.sub("�", value)
                if _length(text) > CELL:
                    where = f"{headers[column]}（第 {count + 1} 行）"
                    text, *more = _pieces(text, f"……（下转“长文”表：{where}）")
                    rest += [(where, piece) for piece in more]
                page.write_string(count, column, text, look)
            elif marked(count - 1, column):
                page.write_blank(count, column, None, look)
    if count:
        page.autofilter(0, 0, count, max(0, len(headers) - 1))
    if rest:
        more_page = book.add_worksheet("长文")
        more_page.set_column(1, 1, _WIDTHS["long"])
        for at, (where, piece) in enumerate(rest):
            more_page.write_string(at, 0, where, looks["text"])
            more_page.write_string(at, 1, piece, looks["text"])


def _looks(book: Any) -> dict[str, Any]:
    usual = {"font_name": "宋体", "font_size": 11, "valign": "top", "num_format": "@"}
    return {
        "text": book.add_format({**usual, "text_wrap": False}),
        "head": book.add_format({**usual, "bold": True, "bg_color": "#E7ECF3", "bottom": 1}),
        "marked": book.add_format({**usual, "bg_color": "#FFE9A8"}),
        "day": book.add_format({**usual, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _midnight(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001


def _length(text: str) -> int:
    """The length as spreadsheets count: characters beyond the first plane twice."""
    return len(text) + sum(ch > "\uffff" for ch in text) if len(text) * 2 > CELL else len(text)


def _pieces(text: str, pointer: str) -> list[str]:
    size = (CELL - 2 * len(pointer)) // (2 if any(ch > "\uffff" for ch in text) else 1)
    first, *more = [text[at : at + size] for at in range(0, len(text), size)]
    return [first + pointer, *more]
