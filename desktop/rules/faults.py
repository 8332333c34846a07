"""Faults in what a clerk typed: a code and its facts, worded by the window, never here."""

from collections.abc import Iterable

from frozen import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one field (填写问题).

    Args:
        field: key of the field, as the form names it; rows are ``key.index.part``.
        code: what is wrong, one of the codes that ``desktop.ui.common.wording`` words.
        facts: the values the sentence needs, as text ready to show.
    """

    field: str
    code: str
    facts: tuple[tuple[str, str], ...] = ()


def fault(field: str, code: str, /, **facts: object) -> Fault:
    """Make a fault with its facts as text."""
    return Fault(field, code, tuple((key, str(value)) for key, value in facts.items()))


class Faults(ValueError):
    """Raised when an action is refused because of what was typed; carries every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of the form."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{f.field}: {f.code}" for f in self.faults))


class NotPermitted(RuntimeError):
    """Raised when a record is not in a state in which the step may be taken (步骤不允许)."""

    def __init__(self, code: str, /, **facts: object) -> None:
        """Keep the reason's code and facts for the window to word."""
        self.code = code
        self.facts = tuple((key, str(value)) for key, value in facts.items())
        super().__init__(f"{code} {dict(self.facts)}")


def refuse_if(faults: Iterable[Fault | None]) -> None:
    """Raise ``Faults`` if any of the given faults is real."""
    found = tuple(f for f in faults if f is not None)
    if found:
        raise Faults(found)
