"""What a drill found, in figures."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One drill: what was tried how often, and how often it came out as promised."""

    name: str
    tried: int
    survived: int
    what: str

    @property
    def holds(self) -> bool:
        """Whether every try came out as promised."""
        return self.tried > 0 and self.survived == self.tried

    def record(self) -> dict[str, object]:
        """Return the result for the JSON file."""
        found = {**asdict(self), "holds": self.holds}
        return {key: found[key] for key in ("name", "tried", "survived", "holds", "what")}
