"""The parts of a printed letter as a check finds them: head, title, body, rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.notices.check_report import Findings
from desktop.notices.printed import MM, Printed, Rule, TextLine

LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
RIGHT, BOTTOM, CENTRE = LEFT + WIDTH, TOP + HEIGHT, LEFT + WIDTH / 2
NO_START = frozenset("，。、；：？！）》〉】〕”’…～·％,.;:?!)%")
NO_END = frozenset("（《〈【〔“‘([")

NUMBER = re.compile(r"[〔\[（(【]\s*(\d{4})\s*[〕\]）)】]\s*(第?)(\d+)\s*号")
PAGE_NUMBER = re.compile(r"^\s*[—–\-－]\s*(\d+)\s*[—–\-－]\s*$")
DATE = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*")


@dataclass
class PrintedLetter:
    """A printed letter with its parts found."""

    file: Printed
    findings: Findings
    layout: str
    number: TextLine | None
    title: list[TextLine]
    body: list[list[TextLine]]

    @cached_property
    def flat(self) -> list[TextLine]:
        """The lines of the body, of all pages."""
        return [line for page in self.body for line in page]

    @cached_property
    def red_rules(self) -> list[Rule]:
        """The red rules of page 1."""
        return [rule for rule in self.file.pages[0].rules if rule.red]

    @cached_property
    def mark(self) -> TextLine | None:
        """The 发文机关标志."""
        lines = self.file.pages[0].lines
        return next((x for x in lines if x.red and x.top < 140 and x.size > 20), None)


def printed_letter(file: Printed, findings: Findings) -> PrintedLetter:
    """Find the parts of a letter, or of a plain paper that has none of them."""
    first = file.pages[0]
    red = [rule for rule in first.rules if rule.red]
    long = any(abs(rule.length - 170) < 4 for rule in red)
    layout = "correspondence" if long else "document" if red else "plain"
    number = next((line for line in first.lines if _is_number(line)), None)
    title = [line for line in first.lines if 20.5 <= line.size <= 23.5 and not line.red]
    return PrintedLetter(file, findings, layout, number, title, _body_of(file, title))


def row_top(line: TextLine) -> float:
    """Top of the 3号 row in which a larger line is centred."""
    return float(line.top + (line.size - 16) / 2 * MM)


def _is_number(line: TextLine) -> bool:
    found = NUMBER.search(line.text)
    return bool(found and line.top < 160 and line.size <= 17 and len(line.text) < 60)


def _body_of(file: Printed, title: Sequence[TextLine]) -> list[list[TextLine]]:
    pages: list[list[TextLine]] = []
    for place, page in enumerate(file.pages):
        start = title[-1].base + 3 if place == 0 and title else 0.0
        pages.append(
            [
                line
                for line in page.lines
                if abs(line.size - 16) < 0.8
                and line.base > start
                and line.top < BOTTOM + 12
                and not line.red
                and not PAGE_NUMBER.match(line.text)
            ]
        )
    return pages
