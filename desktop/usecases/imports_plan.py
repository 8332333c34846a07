"""What passes between the steps of an import: the plan, the review, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.records import ImportBatch
from desktop.rules.ledgercells import Cell
from desktop.rules.ledgerfields import Field
from desktop.rules.ledgerrows import Checked, Choices
from desktop.usecases.imports_read import Sheet

#: Unknown words that are shown to be settled; who has more of them mends the ledger first.
SETTLED = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """A ledger that was read, with the proposal of what its columns mean.

    ``first``: the first line of the matters, counted from 0; ``remembered``: the columns are those
    of an earlier import; ``before``: the day on which the same file was imported, if it was.
    """

    sheet: Sheet
    names: tuple[str, ...]
    first: int
    mapping: tuple[Field | None, ...]
    choices: Choices
    channels: tuple[tuple[str, str], ...]
    remembered: bool = False
    before: ImportBatch | None = None

    @property
    def lines(self) -> int:
        """How many lines follow the headers."""
        return len(self.sheet.rows) - self.first

    def examples(self, column: int, count: int = 3) -> tuple[Cell, ...]:
        """Return the first values of a column."""
        found: list[Cell] = []
        for row in self.sheet.rows[self.first : self.first + 200]:
            if column < len(row) and row[column] not in (None, "") and row[column] not in found:
                found.append(row[column])
                if len(found) == count:
                    break
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Review:
    """A ledger that was checked: what comes in, and what does not and why.

    ``seen``: the last event that the register had when it was checked against it; ``near``: for
    unknown names of units the known unit that each may mean, which is for the clerk to say.
    """

    plan: Plan
    checked: Checked
    seen: int
    near: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    batch: int
    count: int
    left_out: int
    first: str
    last: str
    units: tuple[str, ...] = ()
