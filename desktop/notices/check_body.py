"""Checking the body of a letter: type, rows, edges, justification, 避头尾 (5.2 and 7.3.3)."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from desktop.notices.check_foot import colophon_lines
from desktop.notices.check_head import is_face
from desktop.notices.check_letter import (
    BOTTOM,
    HEIGHT,
    LEFT,
    NO_END,
    NO_START,
    RIGHT,
    TOP,
    WIDTH,
    PrintedLetter,
)
from desktop.notices.check_report import TOLERANCE
from desktop.notices.printed import CELL, HAN, MM, TextLine


def check_type(letter: PrintedLetter) -> None:
    """正文: 3号仿宋; first-level headings 黑体."""
    findings = letter.findings
    colophon = colophon_lines(letter)
    sizes = Counter(
        round(char.size, 1)
        for page in letter.file.pages
        for line in page.lines
        if not line.red and line not in letter.title and line not in colophon
        for char in line.chars
        if HAN.match(char.text)
    )
    fonts = Counter(c.font for line in letter.flat for c in line.chars if HAN.match(c.text))
    if not sizes or not fonts:
        findings.add("body-size", "正文", "3号仿宋", "未找到", False, "5.2.2")
        return
    findings.near("body-size", "正文字号（磅）", 16, sizes.most_common(1)[0][0], "5.2.2", 0.5)
    font = fonts.most_common(1)[0][0]
    findings.add("body-face", "正文主字体", "仿宋", font, is_face(font, "body"), "5.2.2")
    wrong = [
        line.text[:8]
        for line in letter.flat
        if re.match(r"[一二三四五六七八九十]+、", line.text)
        and not is_face(line.han_font(4), "heading")
    ]
    findings.none("heading-face", "不是黑体的一级标题", wrong, "7.3.3")


def check_rows(letter: PrintedLetter) -> None:
    """22 rows a page, evenly spaced; a 信函 may be tighter (7.3.5.5)."""
    findings = letter.findings
    steps = [
        below.base - above.base
        for page in letter.body
        for above, below in pairwise(page)
        if 8 < below.base - above.base < 12
    ]
    if not steps:
        return
    pitch = median(steps)
    lowest = 9.4 if letter.layout == "correspondence" else 10.13
    good = lowest <= pitch <= 10.6
    findings.add("pitch", "行距", f"{lowest}–10.6", f"{pitch:.2f}", good, "5.2.3")
    spread = max(steps) - min(steps)
    findings.add("pitch-even", "行距相差", "<0.15", f"{spread:.2f}", spread < 0.15, "5.2.3")
    rows = int((HEIGHT - 16 * MM + 0.3) / pitch + 1e-6) + 1
    good = rows == 22 or (letter.layout == "correspondence" and 22 <= rows <= 24)
    findings.add("rows", "每面可排行数", "22", rows, good, "5.2.3")
    most = max(len(page) for page in letter.body)
    findings.add("rows-most", "最满一面行数", f"≤{rows}", most, most <= rows, "5.2.3")


def check_edges(letter: PrintedLetter) -> None:
    """版心: 28 characters a line, text from edge to edge and from top to bottom."""
    findings = letter.findings
    full = [
        line
        for line in letter.flat
        if line.right > RIGHT - 2 * CELL and line.right - line.left > WIDTH - 3 * CELL
    ]
    if full:
        cells = median(line.cells + (line.left - LEFT) / CELL for line in full)
        good = 27 <= cells < 28.9
        findings.add("cells", "每行字数（满行）", "28", f"{cells:.1f}", good, "5.2.3")
        starts = [line.left for line in full if line.left < LEFT + CELL]
        if starts:
            findings.near("left", "版心左边", LEFT, median(starts), "5.2.1")
        ends = [line.right - _overhang(line) for line in full if line in _continued(letter)]
        if ends:
            findings.near("right", "版心右边", RIGHT, median(ends), "5.2.1")
    for number, page in enumerate(letter.body, 1):
        if number > 1 and len(page) > 10:
            findings.near("top", f"第{number}页天头", TOP, page[0].top, "5.2.1")
        if len(page) >= 20:
            slack = TOLERANCE + (0.6 if len(page) == 22 else 11)
            bottom = page[-1].bottom
            findings.near("bottom", f"第{number}页版心下边", BOTTOM, bottom, "5.2.1", slack)
        if letter.layout == "document" or number > 1:
            over = [line.text for line in page if line.bottom > BOTTOM + TOLERANCE]
            findings.none("over", f"第{number}页超出版心的文字", over, "5.2.1")


def _continued(letter: PrintedLetter) -> list[TextLine]:
    """The lines whose paragraph goes on in the next one: only these must reach the edge."""
    return [
        line
        for line, after in pairwise(letter.flat)
        if abs(after.left - LEFT) < TOLERANCE and line.right > RIGHT - 3 * CELL
    ]


def _overhang(line: TextLine) -> float:
    """A squeezed closing mark overhangs the edge with its empty half."""
    return CELL / 2 if line.text[-1] in NO_START and line.right > RIGHT + 0.5 else 0.0


def check_lines(letter: PrintedLetter) -> None:
    """Justification, 避头尾 and indents of the running text."""
    findings, lines = letter.findings, letter.flat
    ragged: list[str] = []
    ends: list[str] = []
    starts: list[str] = []
    indents: list[float] = []
    for k, line in enumerate(lines):
        after = lines[k + 1] if k + 1 < len(lines) else None
        flush = abs(line.left - LEFT) < TOLERANCE
        if after and abs(after.left - LEFT) < TOLERANCE and line.right > RIGHT - 3 * CELL:
            hang = CELL / 2 if line.text[-1] in NO_START else 0.0
            if not RIGHT - TOLERANCE <= line.right <= RIGHT + TOLERANCE + hang:
                ragged.append(f"{line.text[:6]} {line.right - RIGHT:.1f}")
            if line.text[-1] in NO_END:
                ends.append(line.text[-6:])
        if k and flush and line.text[0] in NO_START:
            starts.append(line.text[:6])
        if LEFT + TOLERANCE < line.left < LEFT + 3.5 * CELL and line.text[0] != "附":
            indents.append((line.left - LEFT) / CELL)
    findings.none("justified", "行尾不齐的续行", ragged, "5.2.3")
    findings.none("line-start", "行首禁则", starts, "GB/T 15834")
    findings.none("line-end", "行末禁则", ends, "GB/T 15834")
    if indents:
        findings.near("indent", "段首左空（字）", 2.0, median(indents), "7.3.3", 0.2)
