"""The child that reads a ledger: a process of its own, so that a bad file ends it and nothing else.

It is started for one file and writes what it read into a pipe: first what it is, then rows in
portions. The parent trusts nothing of it: the portions are plain values without any code in them.
Nothing of the program is imported here but the look at the file.

A workbook is looked through while the reader takes it apart; nothing that the reader made is sent
before the look has ended. Both at once need more memory than one after the other: where it does not
suffice, or the reader ends the process, the parent starts another that does them in turn.
"""

import csv
import gc
import io
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from python_calamine import CalamineSheet as Sheet
    from python_calamine import CalamineWorkbook

from desktop.usecases.imports_file import (
    AREA,
    COLUMNS,
    ROWS,
    Looked,
    Refused,
    delimiter,
    glance,
    look,
    read_text,
)

#: Rows in one portion.
PORTION = 2_000
#: Merged cells that are filled in; a sheet with more is no ledger.
_MERGED = 20_000
#: Memory that the child may have (bytes of address space; on Windows of the job).
MEMORY = 460 * 1024 * 1024

Cell = str | int | float | bool | None


def read(pipe: Connection, path: str, sheet: str | None, in_turn: bool = False) -> None:
    """Read a file and send it up the pipe; the child's whole life.

    Args:
        pipe: where to.
        path: the file.
        sheet: which sheet; the first one that holds something if not said.
        in_turn: whether a workbook shall be looked through before the reader begins.
    """
    gc.disable()  # it lives for one file, and what it makes has no rings
    _be_quiet()
    _cap_memory()
    try:
        for message in messages(Path(path), sheet, in_turn=in_turn):
            pipe.send_bytes(message)
    except Refused as refused:
        pipe.send_bytes(msgspec.msgpack.encode({"refused": refused.code}))
    except PermissionError:
        pipe.send_bytes(msgspec.msgpack.encode({"refused": "locked"}))
    except FileNotFoundError:
        pipe.send_bytes(msgspec.msgpack.encode({"refused": "missing"}))
    except OSError:
        pipe.send_bytes(msgspec.msgpack.encode({"refused": "unreadable"}))
    except MemoryError:
        pipe.send_bytes(msgspec.msgpack.encode({"refused": "memory"}))
    except Exception:  # noqa: BLE001 - whatever a broken file does to the reader
        pipe.send_bytes(msgspec.msgpack.encode({"refused": "broken"}))
    pipe.close()
    os._exit(0)  # what was made is not tidied up, and a reader that nobody waits for is left alone


def messages(path: Path, sheet: str | None, *, in_turn: bool = False) -> Iterator[bytes]:
    """Yield what is sent: the head, portions of rows, the end."""
    kind = glance(path)
    if kind == "csv":
        yield from _csv(path)
    else:
        yield from _workbook(path, kind, sheet, in_turn=in_turn)
    yield msgspec.msgpack.encode({"end": True})


def _head(looked: Looked, sheets: Sequence[str], sheet: str, code: str = "") -> bytes:
    return msgspec.msgpack.encode(
        {
            "kind": looked.kind,
            "sheets": list(sheets),
            "sheet": sheet,
            "code": code,
            "epoch_1904": looked.epoch_1904,
            "formulas": looked.formulas,
            "errors": looked.errors,
        }
    )


def _portions(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    flow = iter(rows)
    encoder = msgspec.msgpack.Encoder()
    while portion := list(islice(flow, PORTION)):
        yield encoder.encode({"rows": portion})


# ---- text --------------------------------------------------------------------------------------


def _csv(path: Path) -> Iterator[bytes]:
    text, code = read_text(path.read_bytes(), _best_guess)
    yield _head(Looked("csv"), [], "", code)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    try:
        yield from _portions(_within_limits(reader))
    except csv.Error as error:
        raise Refused("broken") from error


def _best_guess(content: bytes) -> str | None:
    """Guess the code of a text that is neither UTF-8 nor GB18030 (Big5, perhaps)."""
    import charset_normalizer  # seldom needed, and slow to import

    best = charset_normalizer.from_bytes(content[:200_000]).best()
    return best.encoding if best is not None else None


def _within_limits(rows: Iterable[list[str]]) -> Iterator[list[Cell]]:
    for at, row in enumerate(rows):
        if at >= ROWS:
            raise Refused("too_many_rows")
        if len(row) > COLUMNS and any(row[COLUMNS:]):
            raise Refused("far_cell")
        # A list that Excel was to take as text bears a sign before what would be computed.
        yield [_unguarded(cell) for cell in row[:COLUMNS]]


def _unguarded(cell: str) -> str:
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@＝＋－＠\t\r" else cell


# ---- workbooks ---------------------------------------------------------------------------------


class _Reader:
    """Takes a workbook apart on a thread of its own: what it does needs nothing of this one."""

    def __init__(self, path: Path, sheet: str | None) -> None:
        self._path, self._wanted = path, sheet
        self._error: BaseException | None = None
        self._found: tuple[list[str], str, Sheet] | None = None
        # When the look refuses the file, nobody waits for the reader.
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def found(self) -> "tuple[list[str], str, Sheet]":
        """Return the names of the sheets, the one that was read, and what it holds."""
        self._thread.join()
        if self._found is None:
            raise self._error or MemoryError
        return self._found

    def _run(self) -> None:
        try:
            self._found = _opened(self._path, self._wanted)
        except BaseException as error:  # noqa: BLE001 - whatever a broken file does to the reader
            self._error = error


def _opened(path: Path, sheet: str | None) -> "tuple[list[str], str, Sheet]":
    import python_calamine as calamine  # in the child only: it can end a process

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheets = [
            one.name
            for one in book.sheets_metadata
            if one.typ == calamine.SheetTypeEnum.WorkSheet
            and one.visible == calamine.SheetVisibleEnum.Visible
        ]
        if not sheets:
            raise Refused("no_sheet")
        return sheets, *_choose(book, sheets, sheet)
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except (calamine.CalamineError, ValueError, KeyError) as error:
        raise Refused("broken") from error


def _workbook(path: Path, kind: str, sheet: str | None, *, in_turn: bool) -> Iterator[bytes]:
    reader = None if in_turn else _Reader(path, sheet)
    looked = look(path) if kind == "xlsx" else Looked(kind)
    sheets, chosen, read_sheet = _opened(path, sheet) if reader is None else reader.found()
    yield _head(looked, sheets, chosen)
    if read_sheet.total_height > ROWS:
        raise Refused("too_many_rows")
    if read_sheet.total_width > COLUMNS or read_sheet.total_height * read_sheet.total_width > AREA:
        raise Refused("far_cell")
    merged = _merged(read_sheet.merged_cell_ranges or ())
    rows = (
        [cell if type(cell) is str else _plain(cell) for cell in row]
        for row in read_sheet.iter_rows()
    )
    yield from _portions(_filled(rows, merged, read_sheet.start) if merged else rows)


def _choose(
    book: "CalamineWorkbook", sheets: Sequence[str], wanted: str | None
) -> "tuple[str, Sheet]":
    """Return the sheet that was wanted, else the first one that holds something."""
    if wanted is not None and wanted in sheets:
        return wanted, book.get_sheet_by_name(wanted)
    for name in sheets:
        found = book.get_sheet_by_name(name)
        if found.total_height:
            return name, found
    return sheets[0], book.get_sheet_by_name(sheets[0])


def _plain(cell: object) -> Cell:
    """Return a cell as a plain value; days as text, whole numbers without a point."""
    if type(cell) is date:  # most of what is no text
        return cell.isoformat()
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell if isinstance(cell, int) else str(cell)


Merged = dict[int, list[tuple[int, int, int]]]


def _merged(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Merged:
    """Return what is to be filled in: by row the source row, the first and the last column."""
    found: Merged = {}
    for count, ((top, left), (bottom, right)) in enumerate(ranges):
        if count > _MERGED or bottom - top > ROWS:
            raise Refused("bomb")
        if right - left > COLUMNS:
            continue
        for row in range(top, min(bottom, top + 1_000) + 1):
            found.setdefault(row, []).append((top, left, right))
    return found


def _filled(
    rows: Iterable[list[Cell]], merged: Merged, start: tuple[int, int] | None
) -> Iterator[list[Cell]]:
    """Fill merged cells with what stands in their first one.

    Rows come from the top of the sheet, but columns begin with the first one that is used.
    """
    shift = start[1] if start else 0
    corners: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(rows):
        for top, left, right in merged.get(at, ()):
            first, last = left - shift, min(right - shift + 1, len(row))
            if at == top and 0 <= first < len(row):
                corners[top, left] = row[first]
            value = corners.get((top, left))
            if value not in (None, ""):
                for column in range(max(0, first), last):
                    if row[column] in (None, ""):
                        row[column] = value
        yield row


# ---- keeping the child small -------------------------------------------------------------------


def _be_quiet() -> None:
    """Say nothing on the screen: a reader that aborts would write there."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        try:
            os.dup2(nowhere, stream)
        except OSError:  # a windowed program has none
            continue
    os.close(nowhere)


def _cap_memory() -> None:
    """Let the child have no more memory than a ledger needs."""
    if sys.platform == "win32":
        from desktop.usecases.imports_job import cap_this_process

        cap_this_process(MEMORY)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
