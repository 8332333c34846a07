"""Rows on the page grid: where pages break. Pure arithmetic; drawing is left to the rows.

GB/T 9704-2012 5.2.3 (22 rows) and 7.3.5.5 (the sign-off stays with the text).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from desktop.notices.model import Note
from desktop.notices.page import PITCH, SIZE_3

MIN_TEXT = 2
"""Text rows that must stand above the sign-off on its page."""
PULLED_TEXT = 3
"""Text rows carried over to a sign-off that would stand alone; two would look like a slip."""
ODD_ROWS = 20
"""A page of so many rows looks full but ends too high; 21 pass for full, 19 for broken on purpose."""


class RowKind(Enum):
    """What a row holds, as far as page breaks care."""

    HEAD = auto()  # title and addressee
    TEXT = auto()
    BLANK = auto()
    SIGN = auto()  # sign-off and remark


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``draw`` gets the top of its em box. ``keep`` ties it to the next row."""

    kind: RowKind
    draw: Callable[[float], None] | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where rows go on a page, in points from its top: first em top to last em bottom."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The outcome: row numbers page by page, the pitch used, and notes for the clerk."""

    pages: tuple[tuple[int, ...], ...]
    pitch: float
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows to be spread over pages.

    ``tail`` is the number of the sign-off's first row; ``foot`` the height of the 版记, which must
    fit under the last row on the last page. The first ``rigid`` rows, the title and the blank row
    under it, always stand a full pitch apart.
    """

    rows: Sequence[Row]
    first: Frame
    rest: Frame
    tail: int
    foot: float = 0.0
    rigid: int = 0
    blocks: list[int] = field(init=False, default_factory=list, compare=False)
    """How many rows from each one on must go to the next page with it, 0 inside a block."""

    def __post_init__(self) -> None:
        self.blocks.extend(self._blocks())

    def paginate(self, pitches: Sequence[float]) -> Placed:
        """Take the first pitch that needs no repair, else carry text over to the sign-off.

        Pitches below the first serve to keep a letter on one page; further pages are always full.
        """
        pages: tuple[tuple[int, ...], ...]
        plain = self._fill(pitches[0], frozenset())
        if self._whole(plain) and self._foot_fits(plain, pitches[0]) and len(plain) == 1:
            return Placed(plain, pitches[0], ())
        for pitch in pitches[1:]:
            if len(self.rows) > self._capacity(0, pitch):
                continue
            pages = (tuple(range(len(self.rows))),)
            if self._foot_fits(pages, pitch):
                return Placed(pages, pitch, (Note.TIGHTER_ROWS,))
        pitch = pitches[0]
        if self._whole(plain) and self._foot_fits(plain, pitch):
            return Placed(plain, pitch, ())
        pages = self._fill(pitch, frozenset({self._pull_from()}))
        text_first = any(self.rows[k].kind is RowKind.TEXT for k in pages[0])
        if self._foot_fits(pages, pitch) and (text_first or not self._whole(plain)):
            return Placed(pages, pitch, (Note.PULLED_ROWS,))
        if self._whole(plain):
            return Placed((*plain, ()), pitch, (Note.SEPARATE_COLOPHON,))
        return Placed((*pages, ()), pitch, (Note.PULLED_ROWS, Note.SEPARATE_COLOPHON))

    def step(self, row: int, pitch: float) -> float:
        """Return the distance from this row to the next one on its page."""
        return PITCH if row < self.rigid else pitch

    def _frame(self, page: int) -> Frame:
        return self.rest if page else self.first

    def _capacity(self, page: int, pitch: float) -> int:
        """How many rows fit on a page."""
        frame = self._frame(page)
        rigid = 0 if page else self.rigid
        room = frame.bottom - frame.top - SIZE_3 - rigid * PITCH + 0.1
        return max(1, rigid + int(room / pitch) + 1)

    def _fill(self, pitch: float, breaks: frozenset[int]) -> tuple[tuple[int, ...], ...]:
        """Split the rows over pages, none of which inside the letter ends at an odd height."""
        pages = self._split(pitch, breaks)
        while (found := self._odd_end(pages)) is not None:
            earlier, end = found
            breaks = breaks - {end} | {earlier}
            pages = self._split(pitch, breaks)
        return pages

    def _odd_end(self, pages: Sequence[Sequence[int]]) -> tuple[int, int] | None:
        """Return where the first page that ends at an odd height should end, and where it does."""
        for page, following in pairwise(pages[1:]):
            text = [k for k in page if self.rows[k].kind is not RowKind.BLANK]
            if len(text) != ODD_ROWS or page[ODD_ROWS - 1] != text[-1]:
                continue
            k = text[-1]
            while k > page[0] and self.rows[k - 1].keep:
                k -= 1
            if k > page[0] and following:
                return k, following[0]
        return None

    def _split(self, pitch: float, breaks: frozenset[int]) -> tuple[tuple[int, ...], ...]:
        """Fill pages row by row; blank rows vanish at the top of a page."""
        pages: list[list[int]] = [[]]
        page, blocks = pages[0], self.blocks
        room = self._capacity(0, pitch)
        for k, row in enumerate(self.rows):
            held = len(page)
            if held and (held >= room or held + blocks[k] > room or k in breaks):
                page = []
                pages.append(page)
                room = self._capacity(len(pages) - 1, pitch)
            if row.kind is RowKind.BLANK and not page and len(pages) > 1:
                continue
            page.append(k)
        return tuple(tuple(page) for page in pages)

    def _blocks(self) -> list[int]:
        blocks: list[int] = []
        for k, row in enumerate(self.rows):
            if not row.keep or (k and self.rows[k - 1].keep):
                blocks.append(0)
                continue
            end = k
            while end < len(self.rows) - 1 and self.rows[end].keep:
                end += 1
            blocks.append(end - k + 1)
        return blocks

    def _whole(self, pages: Sequence[Sequence[int]]) -> bool:
        """Tell whether the sign-off is on the last page with enough text above it."""
        last = pages[-1]
        if self.tail not in last:
            return False
        if len(pages) == 1:
            return True
        above = sum(1 for k in last if k < self.tail and self.rows[k].kind is RowKind.TEXT)
        return above >= MIN_TEXT

    def _foot_fits(self, pages: Sequence[Sequence[int]], pitch: float) -> bool:
        if not self.foot:
            return True
        frame = self._frame(len(pages) - 1)
        end = frame.top + sum(self.step(k, pitch) for k in pages[-1])
        return end + self.foot <= frame.bottom + 0.1

    def _pull_from(self) -> int:
        """Number of the row from which rows go to the sign-off's page.

        A heading goes with its text, and page 1 keeps some text if there is any to spare (7.3.3).
        """
        texts = [k for k in range(self.tail) if self.rows[k].kind is RowKind.TEXT]
        if not texts:
            return self.tail
        start = texts[-max(1, min(PULLED_TEXT, len(texts) - 1))]
        k = start
        while k > 0 and self.rows[k - 1].keep:
            k -= 1
        return k if k > texts[0] else start
