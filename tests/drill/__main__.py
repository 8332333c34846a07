"""The drill (演练): what safekeeping promises, tried out; `python -m tests.drill [--full] [--json FILE]`."""

import argparse
import importlib
import importlib.util
import json
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.drill.bytesearch import byte_search
from tests.drill.children import warm
from tests.drill.kills import killed_while_migrating, killed_while_restoring, killed_while_writing
from tests.drill.result import Result
from tests.drill.rolematrix import role_matrix
from tests.drill.searching import searching
from tests.drill.storage import backups_reopened, disk_full, rebuilt, two_programs

#: Drills that others of us keep in a module of their own: its name, and the function in it.
OTHERS = (("attacks", "attacks"), ("hostile", "hostile"))


def drills(full: bool, dice: random.Random) -> list[Callable[[Path], Result | Iterable[Result]]]:
    """Return every drill, each to be given a folder of its own."""
    counts = (1000, 80, 60, 20, 20) if full else (50, 10, 8, 5, 2)
    kills, migrations, restorings, copies, rebuildings = counts
    found: list[Callable[[Path], Result | Iterable[Result]]] = [
        lambda folder: killed_while_writing(folder, kills, dice),
        lambda folder: killed_while_migrating(folder, migrations, dice),
        lambda folder: killed_while_restoring(folder, restorings, dice),
        lambda folder: backups_reopened(folder, copies),
        lambda folder: rebuilt(folder, rebuildings, dice),
        disk_full,
        two_programs,
        byte_search,
        role_matrix,
        lambda _folder: searching(full=full),
    ]
    for module, function in OTHERS:
        if importlib.util.find_spec(f"tests.drill.{module}") is not None:
            drill = getattr(importlib.import_module(f"tests.drill.{module}"), function)
            found.append(lambda _folder, drill=drill: drill())
    return found


def main(arguments: list[str]) -> int:
    """Run every drill; 1 if anything did not hold."""
    parser = argparse.ArgumentParser(prog="drill")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--seed", type=int, default=20100126)
    chosen = parser.parse_args(arguments)
    results: list[Result] = []
    warm()
    dice = random.Random(chosen.seed)
    for number, drill in enumerate(drills(chosen.full, dice)):
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix=f"drill{number}-") as folder:
            try:
                came = drill(Path(folder))
            except Exception:  # noqa: BLE001 - the other drills are to be run all the same
                came = Result(f"drill_{number}", 1, 0, traceback.format_exc())
        took = time.perf_counter() - began
        for result in [came] if isinstance(came, Result) else list(came):
            results.append(result)
            assert result.tried, result.name
            word = "通过 ok" if result.holds else "失败 FAILED"
            print(f"{result.name:<18} {result.survived:>6}/{result.tried:<6} {word}  {took:.1f} s")
            print(f"    {result.what}", flush=True)
    if chosen.json:
        listed = [result.line() for result in results]
        text = json.dumps(listed, ensure_ascii=False, indent=1)
        Path(chosen.json).write_text(text + "\n", "utf-8")
    return 0 if all(result.holds for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
