"""What a drill came to; the same shape for every drill."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """So many times something was tried, so many times the office came through it."""

    name: str
    tried: int
    survived: int
    what: str

    @property
    def holds(self) -> bool:
        """Whether it held every time."""
        return self.tried == self.survived

    def line(self) -> dict[str, object]:
        """Return the result for the list of results (JSON)."""
        return {**asdict(self), "holds": self.holds}
