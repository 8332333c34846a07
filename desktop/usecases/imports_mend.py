"""What an import left out, as a file to mend (待改正): every faulty line with what is wrong with it."""

from collections.abc import Callable
from pathlib import Path

from desktop.rules.faults import Fault
from desktop.rules.ledgercells import cell_text
from desktop.usecases.exports_file import write_xlsx
from desktop.usecases.imports_plan import Review

#: The heading of the last column; an import takes no notice of it.
WRONG = "要改正的地方"


def save_rest(review: Review, path: Path, say: Callable[[Fault], str]) -> int:
    """Write the faulty lines with their headers into a file, the faulty cells coloured.

    Args:
        review: the ledger as it was checked.
        path: where; the clerk says so.
        say: words a fault.

    Returns:
        How many lines.

    Raises:
        OSError: it can not be written there.
    """
    plan, faulty = review.plan, review.checked.faulty
    at = {field.value: n for n, field in enumerate(plan.mapping) if field is not None}
    width = len(plan.names)
    marks = {(n, at.get(f.field, -1)) for n, one in enumerate(faulty) for f in one.faults}
    headers = [name for name in plan.names if name != WRONG] + [WRONG]
    kept = [n for n, name in enumerate(plan.names) if name != WRONG]

    def line(number: int, faults: tuple[Fault, ...]) -> list[str]:
        row = plan.sheet.rows[number - 1]
        cells = [cell_text(row[n]) if n < min(len(row), width) else "" for n in kept]
        said = dict.fromkeys(say(one) for one in faults)
        return [*cells, f"第 {number} 行：{''.join(said)}"]

    write_xlsx(
        path,
        "待改正",
        headers,
        (line(one.line, one.faults) for one in faulty),
        lambda row, column: column < len(kept) and (row, kept[column]) in marks,
    )
    return len(faulty)
