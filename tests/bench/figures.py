"""What the benches have in common: a figure, how it is counted, printed and written as JSON."""

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

#: How a line begins that is printed beside the figures: nothing is to be reached there.
BESIDE = "beside:"


@dataclass(frozen=True, slots=True)
class Figure:
    """One comparison: the median of the rounds, their spread, what is to be reached."""

    name: str
    ratio: float
    spread: float
    reach: float
    holds: bool


def at_least(name: str, ratios: Sequence[float], reach: float) -> Figure:
    """A figure of which more is better: how many times as fast."""
    return _figure(name, ratios, reach, holds=median(ratios) >= reach)


def at_most(name: str, ratios: Sequence[float], reach: float) -> Figure:
    """A figure of which less is better: a size, a worst case, a price."""
    return _figure(name, ratios, reach, holds=median(ratios) <= reach)


def _figure(name: str, ratios: Sequence[float], reach: float, *, holds: bool) -> Figure:
    spread = max(ratios) - min(ratios)
    return Figure(name, _short(median(ratios)), _short(spread), _short(reach), holds)


def _short(value: float) -> float:
    """Leave as many digits as tell something."""
    return float(f"{value:.4g}")


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes on the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the processor time some work takes in this process, begun without old rubbish."""
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def parser(doc: str | None, rounds: int = 0) -> argparse.ArgumentParser:
    """Return the arguments that every bench takes; one that takes turns also their number."""
    made = argparse.ArgumentParser(description=(doc or "").split("\n", maxsplit=1)[0])
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
    if rounds:
        made.add_argument("--rounds", type=int, default=rounds)
    return made


def finish(figures: Sequence[Figure], path: Path | None) -> int:
    """Print the figures, write them if asked; 1 when something is not reached."""
    print(table(figures), flush=True)
    if path is not None:
        said = {"figures": [asdict(figure) for figure in figures]}
        path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if all(figure.holds for figure in figures) else 1


def read(path: Path) -> list[Figure]:
    """Return the figures that a bench has written."""
    return [Figure(**one) for one in json.loads(path.read_text(encoding="utf-8"))["figures"]]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures, a line each."""
    wide = max((len(figure.name) for figure in figures), default=0)
    return "\n".join(
        f"{one.name:<{wide}}  {one.ratio:>10g}  ±{one.spread:<10g} reach {one.reach:<8g} "
        f"{'ok' if one.holds else 'NOT REACHED'}"
        for one in figures
    )
