"""The papers that are not letters, as records: forms, tables, envelopes and address labels."""

import datetime as dt
from enum import StrEnum

from desktop.notices.model import CopyMark, Kind, Letter
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class FormCell:
    """A label (栏目) and what stands beside it; an empty value is left to be written by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """Cells side by side; the row grows with its text but is never lower than ``height`` mm.

    ``grow``: the row shares in what is left of the page, as room to write. ``sign`` stands at the
    right of the row's foot (签名 and date).
    """

    cells: tuple[FormCell, ...]
    height: float = 13.0
    grow: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A black form with ruled cells (文书式), A4 upright."""

    kind: Kind
    issuer: str
    title: str
    number: str
    rows: tuple[FormRow, ...]
    dated: dt.date
    """Date for the metadata only; a form prints the dates of its cells."""
    notes: tuple[str, ...] = ()
    """Lines in small type under the table (说明)."""
    mark: CopyMark = CopyMark.NONE
    register_number: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    """二维码 side by side under the notes: what stands below each, and its text."""


class Align(StrEnum):
    """Where the text of a column stands in its cells."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Turn(StrEnum):
    """How the paper of a table lies."""

    LANDSCAPE = "landscape"  # 横
    UPRIGHT = "upright"  # 竖
    FIT = "fit"  # upright unless its rows would become tall


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its least width in millimetres; long texts share what is over."""

    head: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ledger-like table (表册) on A4: the head is repeated on every page, pages are numbered.

    ``rows`` hold as many texts as there are columns. The first cell of a row is set in 黑体 when
    it is one of ``strong``.
    """

    kind: str
    """A :class:`Kind`, or any word that names the ledger; goes into the PDF's keywords."""
    issuer: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    dated: dt.date
    """Date for the metadata only."""
    caption: tuple[str, str] = ("", "")
    """What stands above the table at its left and at its right."""
    empty: str = ""
    """What a table without rows says."""
    strong: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    """Lines under the table on its last page."""
    turn: Turn = Turn.LANDSCAPE
    size: float = 10.5
    """Type size in points (五号; 小四 is 12)."""
    mark: CopyMark = CopyMark.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRegister:
    """A register to be bound (登记簿): a cover, landscape pages with the head repeated, signed at
    its end.

    ``rows`` hold as many texts as there are columns; the last text of a shorter row reaches over
    the columns that are left. In ``facts`` ``{pages}`` stands for the number of pages.
    """

    issuer: str
    title: str
    volume: str
    """Year and volume: 2026年第1册."""
    facts: tuple[tuple[str, str], ...]
    """What the cover says: a label and its value."""
    running: str
    """What stands above every page."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    """Lines after the last row."""
    signs: tuple[str, ...]
    """Who signs, side by side."""
    two_sided: bool
    """Printed on both sides: the bound edge of a back is at its right."""
    dated: dt.date


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes: 邮政编码, 地址, 收件人 (the name or unit, without “收”)."""

    postcode: str
    place: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One envelope (信封) as GB/T 1416 lays it out; the page is as large as the envelope."""

    kind: Kind = Kind.ENVELOPE
    to: Address
    sender: Address
    width: float
    """In millimetres, like ``height``."""
    height: float
    reference: str = ""
    """发文字号 of the letter inside."""
    preprinted: bool = False
    """The stock carries boxes, stamp place and sender already."""
    dated: dt.date


@dataclass(frozen=True, slots=True)
class LabelGrid:
    """A sheet of adhesive labels (不干胶标签), A4; lengths in millimetres."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float = 0.0
    gap_y: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """Address labels (地址标签), row by row; ``skip`` labels of the first sheet are used up."""

    kind: Kind = Kind.ADDRESS_LABELS
    issuer: str
    addresses: tuple[Address, ...]
    grid: LabelGrid
    skip: int = 0
    dated: dt.date


Paper = Letter | Form | Table | Envelope | LabelSheet
"""Whatever can be printed."""
