"""Text to lines on a grid of character cells: 避头尾, punctuation squeeze, justification.

Knows nothing of pages. Follows GB/T 15834-2011 (no closing mark at the start of a line, no opening
mark at its end) and GB/T 9704-2012 5.2.3 (28 cells, lines fill the core).
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from desktop.notices.fonts import CLOSING, OPENING, FontBook, Glyph, Role
from frozen import dataclass

NO_START = CLOSING | frozenset("…～·％‰℃′″.,;:?!)]}%°")
"""Characters that may not begin a line (行首禁则)."""
NO_END = OPENING | frozenset("([{￥¥＄$№")
"""Characters that may not end a line (行末禁则)."""

_ATOM = re.compile(
    r"[一-鿿]{0,8}〔\d+〕第?\d+号?|第（[一二三四五六七八九十]+）[款项目]"
    r"|[0-9A-Za-z@#_./:%+\-−–,]*[0-9A-Za-z%](?:(?<=\d)[年月日号元万亿])?|—+|…+|$"
)
"""What may not be parted inside; all other characters stand for themselves. A 发文字号 or register
number is one with the words before its bracket; 第（五）项 names one thing."""
_NO_MARK = re.compile(r".*(?:根据|依据|依照|按照|[为的是将与及第号见])")
"""What in front of a number's bracket is no part of it."""
_RUN = re.compile(r"[0-9A-Za-z@#_./:%+\-−–,]")
_SOFT = frozenset("-–/_@")
"""Where a code may be parted; a point or comma may belong to a number."""
_EPS = 0.01
_SQUEEZE = 0.95
"""Share of the empty halves of marks that a line may give up."""
_PULL = 3
"""Closing marks that may be pulled into a full line."""
_HOLE = 3.0
"""A hole wider than this many characters lets a long Latin or digit run be split."""
_LONG_RUN = 14
"""Latin or digit runs longer than this may be split anywhere; years and amounts never are."""
_STRETCH, _STRETCH_SHORT, _SHORT = 0.6, 0.35, 15
"""Widest gap between characters, in ems, beyond which a line stays ragged: a line of text, and one
of fewer than 15 characters in a narrow cell."""

_SAME_GAP = 0.004
"""Gaps that differ by less, in points, are one."""
_REMEMBERED = 2048
"""Paragraphs whose lines are kept: most of a letter's stand in many letters."""

Atom = list[Glyph]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one role."""

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbours in one font with one gap, which share an operator; lengths in points."""

    left: float
    """Distance from the line's start."""
    rise: float
    font: str
    size: float
    gap: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of glyphs, each with its distance in points from the line's start."""

    placed: tuple[tuple[float, Glyph], ...]
    stretches: tuple[Stretch, ...]

    @property
    def width(self) -> float:
        """Width in points from the line's start to the end of its last character."""
        return self.placed[-1][0] + self.placed[-1][1].width if self.placed else 0.0

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(glyph.char for _, glyph in self.placed)


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide lines are and how large the type: all in points.

    ``em`` is the cell of one Han character: 156 mm / 28 on the letter grid, else the type size.
    ``ragged`` lines are not stretched to their edge, which suits narrow columns.
    """

    fonts: FontBook
    size: float
    em: float
    first: float
    rest: float
    ragged: bool = False


def break_lines(spans: Sequence[Span], measure: Measure) -> list[Line]:
    """Break text into lines that fill their width; a newline ends a line, which stays short."""
    return list(_broken(tuple(spans), measure))


@lru_cache(maxsize=_REMEMBERED)
def _broken(spans: tuple[Span, ...], measure: Measure) -> tuple[Line, ...]:
    lines: list[Line] = []
    for part in _hard_lines(spans):
        glyph = measure.fonts.glyph
        size, em = measure.size, measure.em
        glyphs = [glyph(char, span.role, size, em) for span in part for char in span.text]
        glyphs[0] = replace(glyphs[0], left=0.0)  # the indent stays what it is
        queue = deque(_clusters(glyphs))
        while queue:
            width = measure.rest if lines else measure.first
            taken = _fill(queue, width, size)
            while queue and queue[0][0].char == " ":
                queue.popleft()
            lines.append(_place(taken, width, last=measure.ragged or not queue))
    return tuple(lines)


@lru_cache(maxsize=_REMEMBERED)
def set_line(text: str, measure: Measure, role: Role = Role.BODY) -> Line:
    """Set text on one line at its natural width, however long."""
    glyphs = [measure.fonts.glyph(char, role, measure.size, measure.em) for char in text]
    return _place(glyphs, float("inf"), last=True)


def _hard_lines(spans: Sequence[Span]) -> list[list[Span]]:
    parts: list[list[Span]] = [[]]
    for span in spans:
        for k, piece in enumerate(span.text.split("\n")):
            if k:
                parts.append([])
            if piece:
                parts[-1].append(Span(piece, span.role))
    return [part for part in parts if part]


def _clusters(glyphs: Atom) -> list[Atom]:
    """Group glyphs that may not be parted: runs, and marks with the character they lean on."""
    clusters: list[Atom] = []
    text = "".join([glyph.char for glyph in glyphs])
    place, leans = 0, False
    for match in _ATOM.finditer(text):
        start, end = match.span()
        mark, bracket, _ = match[0].partition("〔")
        if bracket and (before := _NO_MARK.match(mark)):
            start += before.end()
        for glyph in glyphs[place:start]:
            char = glyph.char
            if leans or (char in NO_START and clusters):
                clusters[-1].append(glyph)
            else:
                clusters.append([glyph])
            leans = char in NO_END
        if start < end:
            atom = glyphs[start:end]
            if leans or (atom[0].char in NO_START and clusters):
                clusters[-1].extend(atom)
            else:
                clusters.append(atom)
            leans = atom[-1].char in NO_END
        place = end
    return clusters


def _width(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.width for glyph in glyphs)


def _give(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.left + glyph.right for glyph in glyphs)


def _fill(queue: deque[Atom], width: float, size: float) -> Atom:
    """Take from the queue what goes on one line (at least one glyph)."""
    line: Atom = []
    used = 0.0
    while queue:
        cluster = queue[0]
        more = _width(cluster)
        if used + more <= width + _EPS:
            line += queue.popleft()
            used += more
            continue
        if _pulls_in(line, cluster, used, width):
            line += queue.popleft()
        elif width - used > _HOLE * size and (
            cut := _soft_cut(cluster, width - used) or _mark_cut(line, cluster, width - used)
        ):
            line += cluster[:cut]
            queue[0] = cluster[cut:]
        elif not line:
            cut = _hard_cut(cluster, width)
            line = cluster[:cut]
            if cluster[cut:]:
                queue[0] = cluster[cut:]
            else:
                queue.popleft()
        break
    return line


def _pulls_in(line: Atom, cluster: Atom, used: float, width: float) -> bool:
    """Tell whether closing marks at the end of the cluster fit by squeezing the line's marks."""
    marks = 0
    while marks < len(cluster) and cluster[-1 - marks].char in NO_START:
        marks += 1
    base = cluster[: len(cluster) - marks]
    if not 0 < marks <= _PULL or used + _width(base) > width + _EPS:
        return False
    return used + _width(cluster) - width <= _SQUEEZE * (_give(line) + _give(cluster))


def _soft_cut(cluster: Atom, room: float) -> int:
    """Return how many glyphs of a long Latin or digit run go into the room, 0 for none."""
    long_run = sum(1 for glyph in cluster if _RUN.match(glyph.char)) > _LONG_RUN
    used, best = 0.0, 0
    for k in range(len(cluster) - 1):
        used += cluster[k].width
        if used > room + _EPS:
            break
        here, after = cluster[k].char, cluster[k + 1].char
        inside = _RUN.match(here) and _RUN.match(after) and after not in NO_START
        if inside and (long_run or here in _SOFT):
            best = k + 1
    return best


def _mark_cut(line: Atom, cluster: Atom, room: float) -> int:
    """Return how many glyphs of a 发文字号, up to its bracket, go into the room, 0 for none.

    That is the least evil where the line could not be stretched over the hole.
    """
    bracket = "".join([glyph.char for glyph in cluster]).rfind("〔")
    if bracket < 1 or room <= _widest(line) * max(len(line) - 1, 1):
        return 0
    used, best = 0.0, 0
    for k, glyph in enumerate(cluster[:bracket], 1):
        used += glyph.width
        if used > room + _EPS:
            break
        best = 0 if glyph.char in NO_END else k
    return best


def _widest(line: Atom) -> float:
    """Return the widest gap, in points, that a line may be stretched with."""
    size = line[0].size if line else 0.0
    return (_STRETCH if len(line) >= _SHORT else _STRETCH_SHORT) * size


def _hard_cut(cluster: Atom, width: float) -> int:
    """Return how many glyphs of a cluster wider than a whole line go on it (at least one)."""
    used = 0.0
    for k, glyph in enumerate(cluster):
        used += glyph.width
        if used > width + _EPS:
            return max(k, 1)
    return len(cluster)


def _place(glyphs: Sequence[Glyph], width: float, *, last: bool) -> Line:
    """Squeeze or stretch so that the line ends on its edge; a last line is only ever squeezed."""
    line = list(glyphs)
    while line and line[-1].char == " ":
        line.pop()
    slack = width - _width(line)
    squeeze = stretch = 0.0
    if slack < -_EPS:
        give = _give(line)
        squeeze = min(1.0, -slack / give) if give else 0.0
    elif not last and len(line) > 1:
        stretch = slack / (len(line) - 1)
        if stretch > _widest(line):
            stretch = 0.0
    placed: list[tuple[float, Glyph]] = []
    x = 0.0
    for glyph in line:
        if squeeze:
            placed.append((x - glyph.left * squeeze, glyph))
            x += glyph.width - (glyph.left + glyph.right) * squeeze
        else:
            placed.append((x, glyph))
            x += glyph.width + stretch
    return Line(tuple(placed), tuple(_stretches(placed)))


def _stretches(placed: Sequence[tuple[float, Glyph]]) -> Iterator[Stretch]:
    """Group glyphs that share font and gap; a shrunk glyph stands alone, centred in its box."""
    start, count = 0, len(placed)
    while start < count:
        left, first = placed[start]
        if first.scale != 1.0:
            shift = first.advance * (1 - first.scale) / 2
            size = first.size * first.scale
            yield Stretch(left + shift, first.size * 0.02, first.font, size, 0.0, first.char)
            start += 1
            continue
        font, edge, gap = first.font, left + first.advance, 0.0
        chars = [first.char]
        for x, glyph in placed[start + 1 :]:
            if glyph.font != font or glyph.scale != 1.0:
                break
            here = x - edge
            if len(chars) == 1:
                gap = here
            elif not -_SAME_GAP <= here - gap <= _SAME_GAP:
                break
            edge = x + glyph.advance
            chars.append(glyph.char)
        yield Stretch(left, 0.0, font, first.size, gap, "".join(chars))
        start += len(chars)
