"""What is printed from the letter book: letters again, many at once, the book itself, Word."""

import errno
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from db.errors import StorageFault
from db.ledger import EventDraft
from db.queries import letters as queries
from db.records import BookLetter
from desktop import notices
from desktop.notices import Align, Column, Table, Turn
from desktop.notices.joined import Joined as Joined  # what the window prints and says
from desktop.notices.joined import Part as Part
from desktop.notices.joined import join as join_pdfs
from desktop.rules.faults import NotPermitted
from desktop.usecases import letterbook, letters
from desktop.usecases.letterbook import Row, Status
from desktop.usecases.office import Acting, Office, keep_event

Progress = Callable[[int, int], None]
"""Told how many of how many letters are done; stops the work by an exception."""


# -- letters again ---------------------------------------------------------------------------------


def read(office: Office, letter_id: int, acting: Acting) -> bytes:
    """Return a letter as it was made; reading one that names who complained is an event (查看).

    Raises:
        NotPermitted: the number is only reserved.
        LookupError: there is no such letter, or its bytes are gone or changed.
    """
    letter = _letter(office, letter_id)
    content = letters.pdf(office, letter_id)
    reveal(office, letter, acting)
    return content


def _letter(office: Office, letter_id: int) -> BookLetter:
    letter = queries.letter(office.db, letter_id)
    if letter is None:
        raise LookupError(f"letter {letter_id}")
    if not letter.sha256:
        raise NotPermitted("not_made")
    return letter


def reveal(office: Office, letter: BookLetter, acting: Acting) -> None:
    """Write down that the name of who complained was looked at."""
    if not letterbook.is_secret(letter):
        return
    label = f"{letter.subject_number} {letter.number}"
    event = EventDraft("complaint.reveal", "complaint", letter.subject_id, label)
    keep_event(office, event, acting)


def file_name(letter: BookLetter) -> str:
    """Return what a kept letter is called, without its ending; nobody is named in it."""
    kind = letters.TITLES.get(letter.kind, "")
    return re.sub(r'[\\/:*?"<>|\s]+', " ", f"{letter.number} {kind}").strip()


def word(office: Office, letter_id: int, acting: Acting) -> bytes:
    """Return a letter as .docx, for an office that routes it through a system of its own.

    Raises:
        NotPermitted: the number is only reserved.
        Faults: ``wording_changed`` – the wording it was made from is no longer at hand.
    """
    letter = _letter(office, letter_id)
    content = notices.to_docx(letters.recompose(office, letter))
    reveal(office, letter, acting)
    return content


# -- many at once ----------------------------------------------------------------------------------


def save_each(
    office: Office, chosen: Sequence[int], folder: Path, acting: Acting, progress: Progress
) -> tuple[Path, ...]:
    """Write each of the letters into a file of its own (分别保存); whole files only.

    Reserved and void numbers are passed over. A file that is there already is not written over.

    Raises:
        StorageFault: the folder can not be written to.
        LookupError: the bytes of a letter are gone or changed.
    """
    written: list[Path] = []
    for letter, content in _contents(office, chosen, acting, progress):
        path = _free(folder, file_name(letter), content)
        write(path, content)
        written.append(path)
    return tuple(written)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageFault: the place can not be written to, or the disk is full.
    """
    half = path.with_name(f"{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
        raise StorageFault("full" if full else "read_only", str(path.parent)) from error


def _free(folder: Path, name: str, content: bytes) -> Path:
    """Return a path that is free, or that holds the same bytes already."""
    path, number = folder / f"{name}.pdf", 1
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = folder / f"{name} ({number}).pdf"
    return path


def join(
    office: Office,
    chosen: Sequence[int],
    acting: Acting,
    progress: Progress,
    *,
    duplex: bool = False,
) -> Joined:
    """Return the letters as one PDF, in the order given, each page as it was made (合并).

    Reserved and void numbers are passed over. Each letter has a bookmark: number, title and
    addressee; who complained is not named there.

    Raises:
        NotPermitted: none of the numbers is that of a letter that stands.
        LookupError: the bytes of a letter are gone or changed.
    """
    contents = _contents(office, chosen, acting, progress)
    try:
        titled = ((_bookmark(letter), content) for letter, content in contents)
        return join_pdfs(titled, duplex=duplex)
    except ValueError as error:
        raise NotPermitted("nothing_to_print") from error


def _bookmark(letter: BookLetter) -> str:
    title = letter.title.replace("\n", "")
    return f"{letter.number}　{title}　{letterbook.addressee_of(letter)}".rstrip("　")


def _contents(
    office: Office, chosen: Sequence[int], acting: Acting, progress: Progress
) -> Iterator[tuple[BookLetter, bytes]]:
    progress(0, len(chosen))
    for done, letter_id in enumerate(chosen, 1):
        letter = queries.letter(office.db, letter_id)
        if letter is not None and letterbook.status_of(letter) is Status.USED:
            yield letter, read(office, letter_id, acting)
        progress(done, len(chosen))


# -- the book on paper -----------------------------------------------------------------------------

_LEFT, _CENTRE = Align.LEFT, Align.CENTRE
_COLUMNS = (
    Column("编号", 50, _LEFT),
    Column("文种", 30, _LEFT),
    Column("主送", 36, _LEFT),
    Column("所属事项", 28, _LEFT),
    Column("成文日期", 21, _CENTRE),
    Column("页数", 11, _CENTRE),
    Column("用印", 21, _CENTRE),
    Column("发出", 21, _CENTRE),
    Column("备注", 24, _LEFT),
)
_STATUS = {Status.USED: "", Status.RESERVED: "预留", Status.VOID: "作废"}


def print_book(office: Office, year: int, acting: Acting) -> bytes:
    """Return the book of a year as a landscape table, oldest first; who complained is not named.

    Raises:
        Faults: a character can not be printed.
    """
    rows = letterbook.book(office, letterbook.Filter(year=year))
    ordered = sorted(rows, key=lambda row: (row.letter.series, row.letter.serial))
    table = Table(
        kind="letter_book",
        issuer=office.profile().name,
        title=f"{year}年发文登记簿",
        columns=_COLUMNS,
        rows=tuple(_cells(row) for row in ordered),
        dated=acting.today,
        caption=(f"共{len(rows)}件", f"{_han(acting.today)}打印"),
        empty="这一年还没有发文。",
    )
    return letters.printed(office, table)


def _cells(row: Row) -> tuple[str, ...]:
    letter = row.letter
    remark = _STATUS[row.status]
    if row.status is Status.RESERVED:
        remark = f"预留：{letter.title}"
    elif row.status is Status.VOID:
        remark = f"作废：{letter.void_reason}" if letter.void_reason else "作废：制作已撤销"
    return (
        letter.number,
        row.kind_name,
        row.addressee,
        letter.subject_number,
        letter.dated.isoformat(),
        str(letter.pages or ""),
        letter.sealed.isoformat() if letter.sealed else "",
        letter.dispatched.isoformat() if letter.dispatched else "",
        remark,
    )


def print_void(office: Office, letter_id: int, acting: Acting) -> bytes:
    """Return the page that stands in the book for a void number (作废页).

    Raises:
        NotPermitted: the number is not void.
        Faults: a character can not be printed.
    """
    seen = letterbook.entry(office, letter_id)
    letter = seen.row.letter
    if seen.row.status is not Status.VOID:
        raise NotPermitted("not_void")
    event = next((e for e in reversed(seen.history) if e.action in ("letter.void", "undo")), None)
    rows = [
        ("编号", letter.number),
        ("文种", seen.row.kind_name),
        ("主送", seen.row.addressee),
        ("所属事项", letter.subject_number),
        ("成文日期", _han(letter.dated)),
        ("作废原因", letter.void_reason or "制作该文书的步骤已撤销"),
        ("作废日期", _han(event.at.date()) if event else ""),
        ("经办人", event.clerk_name if event else acting.name),
        ("批准人", ""),
    ]
    table = Table(
        kind="void_number",
        issuer=office.profile().name,
        title="发文编号作废页",
        columns=(Column("项目", 30, _CENTRE), Column("内容", 120, _LEFT)),
        rows=tuple(rows),
        dated=acting.today,
        notes=("本页代替作废的文书归入发文登记簿；作废的编号不再使用。",),
        turn=Turn.UPRIGHT,
        size=14.0,
    )
    return letters.printed(office, table)


def _han(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
