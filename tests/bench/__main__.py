"""Every bench one after another at its quick size: one table, one file of figures.

    python -m tests.bench [--size 10k|100k|1m] [--json FILE]

The size is that of the register; the others have theirs. Each runs in a process of its own, so that
none finds loaded what another one needed.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench import figures, register
from tests.bench.figures import Figure

#: What each is asked, so that all of them together take under two minutes.
QUICK: dict[str, tuple[str, ...]] = {
    "register": ("--rounds", "3"),
    "letters": ("--rounds", "3", "--each", "24", "--many", "200"),
    "imports": ("--rounds", "3", "--rows", "10000"),
    "safekeeping": ("--rounds", "3", "--events", "50000"),
}


def measure(size: str, folder: Path) -> list[Figure]:
    """Run them all.

    Raises:
        SystemExit: one of them broke down.
    """
    found: list[Figure] = []
    for name, asked in QUICK.items():
        path = folder / f"{name}.json"
        command = [sys.executable, "-m", f"tests.bench.{name}", "--json", str(path), *asked]
        if name == "register":
            command += ["--size", size]
        started = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        if not path.exists():  # it ends with 1 where something is not reached, and has written it
            raise SystemExit(f"{done.stdout}\n{name}: {done.returncode}")
        beside = [line for line in done.stdout.splitlines() if line.startswith(figures.BESIDE)]
        took = f"{name}: {time.perf_counter() - started:.0f} s"
        print("\n".join((took, *beside)), flush=True)
        found += figures.read(path)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print one table, write JSON if asked; exit 1 when something is not reached."""
    parser = figures.parser(__doc__)
    parser.add_argument("--size", choices=register.SIZES, default="10k")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(chosen.size, Path(folder))
    return figures.finish(found, chosen.json)


if __name__ == "__main__":
    sys.exit(main())
