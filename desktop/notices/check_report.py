"""What a check of a printed letter found: items with wanted and measured values."""

from dataclasses import field
from enum import StrEnum

from frozen import dataclass

TOLERANCE = 1.0
PITCH = 10.446
"""One 行 in millimetres, as ``page.PITCH``; stated here so that the check does not trust the page."""


class Status(StrEnum):
    """How an item came out."""

    PASS = "pass"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing measured; lengths in mm. ``code`` is stable, ``title`` the Chinese name.

    ``clause`` is that of GB/T 9704-2012 unless it names another source.
    """

    code: str
    title: str
    wanted: str
    measured: str
    status: Status
    clause: str

    def __str__(self) -> str:
        return f"{self.title}：应为{self.wanted}，实测{self.measured}（{self.clause}）"


@dataclass(frozen=True, slots=True)
class Report:
    """All items of one file. ``layout``: document, correspondence or plain."""

    layout: str
    items: tuple[Item, ...]

    @property
    def failures(self) -> tuple[Item, ...]:
        """The items that failed."""
        return tuple(item for item in self.items if item.status is Status.FAIL)

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


@dataclass(slots=True)
class Findings:
    """Items being collected."""

    items: list[Item] = field(default_factory=list)

    def add(
        self, code: str, title: str, wanted: str, got: object, passed: object, clause: str
    ) -> None:
        """Record an item."""
        status = Status.PASS if passed else Status.FAIL
        self.items.append(Item(code, title, wanted, str(got), status, clause))

    def near(
        self,
        code: str,
        title: str,
        wanted: float,
        got: float,
        clause: str,
        tolerance: float = TOLERANCE,
    ) -> None:
        """Record a length that must be as wanted."""
        passed = abs(got - wanted) <= tolerance + 1e-6
        self.add(code, title, f"{wanted:.2f}±{tolerance}", f"{got:.2f}", passed, clause)

    def none(self, code: str, title: str, found: object, clause: str) -> None:
        """Record that there should be none of something."""
        words = "、".join(str(one) for one in found) if isinstance(found, list) else found
        self.add(code, title, "无", words or "无", not found, clause)

    def blank_rows(self, code: str, title: str, rows: int, got: float, clause: str) -> None:
        """Record blank rows (空 n 行): n pitches, up to one more gap between rows."""
        low, high = rows * PITCH - TOLERANCE, rows * PITCH + 4.8 + TOLERANCE
        self.add(code, title, f"{low:.1f}–{high:.1f}", f"{got:.2f}", low <= got <= high, clause)
