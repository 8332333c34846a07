"""Rows on the page grid: where pages break. Pure arithmetic; drawing is left to the rows.

GB/T 9704-2012 5.2.3 (22 rows) and 7.3.5.5 (the sign-off stays with the text). A paragraph's last
row never begins a page alone, and its first row does not end one where a full page allows it.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from desktop.notices.model import Note
from desktop.notices.page import PITCH, SIZE_3
from frozen import dataclass

MIN_TEXT = 2
"""Text rows that must stand above the sign-off on its page."""
PULLED_TEXT = 3
"""Text rows carried over to a sign-off that would stand alone; two would look like a slip."""
ODD_ROWS = 20
"""A page of so many rows looks full but ends too high; 21 pass for full, 19 for broken on purpose."""

_BACK = 6
"""How many rows above the lowest possible end of a page it may be broken instead."""
_NO_TEXT, _WIDOW, _ODD, _SHORT, _ORPHAN = 16, 8, 4, 2, 1
"""What speaks against ending a page somewhere: no text on page 1 (7.3.3), a paragraph's last row
alone on the next page, an odd height, two or more rows less than there is room for, a paragraph's
first row alone at the foot."""


class RowKind(Enum):
    """What a row holds, as far as page breaks care."""

    HEAD = auto()  # title and addressee
    TEXT = auto()
    BLANK = auto()
    SIGN = auto()  # sign-off and remark


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``draw`` gets the top of its em box. ``keep`` ties it to the next row.

    ``opens`` and ``ends``: it is the first row of its paragraph, and the last.
    """

    kind: RowKind
    draw: Callable[[float], None] | None = None
    keep: bool = False
    opens: bool = True
    ends: bool = True


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

    def paginate(self, pitches: Sequence[float]) -> Placed:
        """Take the first pitch that needs no repair, else carry text over to the sign-off.

        Pitches below the first serve to keep a letter on one page; further pages are always full.
        """
        pages: tuple[tuple[int, ...], ...]
        plain = self._fill(pitches[0])
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
        pages = self._fill(pitch, self._pull_from())
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

    def _fill(self, pitch: float, latest: int = 0) -> tuple[tuple[int, ...], ...]:
        """Split the rows over pages; ``latest``: a page ends there, or a little before.

        Blank rows vanish at the top of a page.
        """
        pages: list[tuple[int, ...]] = []
        start, count = 0, len(self.rows)
        while start < count:
            end = min(start + self._capacity(len(pages), pitch), count)
            if start < latest <= end:
                end, latest = self._end(len(pages), start, latest), 0
            elif end < count:
                end = self._end(len(pages), start, end)
            pages.append(tuple(range(start, end)))
            while end < count and self.rows[end].kind is RowKind.BLANK:
                end += 1
            start = end
        return tuple(pages) or ((),)

    def _end(self, page: int, start: int, most: int) -> int:
        """Return the best row to end a page before, not after ``most``.

        A row that is tied to the next never ends a page, unless the page holds nothing else.
        """
        free = [k for k in range(most, start, -1) if not self.rows[k - 1].keep]
        if not free:
            return most
        near = [k for k in free if k >= free[0] - _BACK]
        return min(near, key=lambda k: (self._against(page, start, k, near[0]), -k))

    def _against(self, page: int, start: int, end: int, lowest: int) -> int:
        """Return what speaks against ending a page before a row, 0 for nothing."""
        above, below = self.rows[end - 1], self.rows[end]
        blames = _SHORT if lowest - end > 1 else 0
        if not below.opens and below.ends:
            blames += _WIDOW
        if above.opens and not above.ends:
            blames += _ORPHAN
        shown = [k for k in range(start, end) if self.rows[k].kind is not RowKind.BLANK]
        if page and len(shown) == ODD_ROWS and shown[-1] == start + ODD_ROWS - 1:
            blames += _ODD
        if not page and not any(self.rows[k].kind is RowKind.TEXT for k in shown):
            blames += _NO_TEXT
        return blames

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
