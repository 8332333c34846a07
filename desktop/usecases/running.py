"""One program at a time (正在运行): a second start hands its file to the one that runs.

Both meet in the program's own data folder: a file held locked says that it runs, and a request is
a small file that the running program takes away as its answer. No network, no other process's
memory. Another user's data folder is another one, so his program is not asked.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from desktop.usecases.leftovers import lock
from frozen import dataclass

_LOCK = "program.lock"
_WANTED, _READY = "wanted-", ".json"
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """What a second start was asked for: an office file, the sample office, or only the window."""

    office: Path | None = None
    sample: bool = False


class Running:
    """The place where a program that starts finds the one that runs."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the program's own, of this user."""
        self.folder = folder
        self._held: IO[bytes] | None = None

    def take(self) -> bool:
        """Be the one that runs; false if another one is.

        Where the folder takes no lock at all, nobody is asked: better two programs than none.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            held = (self.folder / _LOCK).open("ab")
        except OSError:
            return True
        try:
            lock(held)
        except OSError:
            held.close()
            return False
        self._held = held
        for old in self._waiting():  # from a run that ended before it could answer
            old.unlink(missing_ok=True)
        return True

    def leave(self) -> None:
        """Let another one run."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def ask(
        self,
        wish: Wish,
        patience: float = 5.0,
        pause: Callable[[float], object] = time.sleep,
    ) -> bool:
        """Hand a wish to the program that runs; whether it took it within so many seconds."""
        import json

        let_come_to_the_front()
        name = f"{_WANTED}{os.urandom(4).hex()}"
        said = {"office": str(wish.office) if wish.office else "", "sample": wish.sample}
        part, ready = self.folder / name, self.folder / (name + _READY)
        part.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        part.replace(ready)
        end = time.monotonic() + patience
        while ready.exists():
            if time.monotonic() > end:
                with suppress(OSError):
                    ready.unlink()
                    return False
            pause(0.02)
        return True

    def wishes(self) -> tuple[Wish, ...]:
        """Return what was asked since the last time, and answer by taking it away."""
        import json

        found: list[Wish] = []
        for path in self._waiting():
            try:
                with path.open("rb") as stream:
                    said = json.loads(stream.read(_LARGEST))
                path.unlink()
                office = str(said["office"])
                found.append(Wish(Path(office) if office else None, said["sample"] is True))
            except (OSError, ValueError, KeyError, TypeError):
                with suppress(OSError):
                    path.unlink()
        return tuple(found)

    def _waiting(self) -> list[Path]:
        return sorted(self.folder.glob(f"{_WANTED}*{_READY}"))


def wish_of(arguments: list[str]) -> Wish:
    """Read what the program was started for: ``--sample``, ``--office FILE``, or a file's name.

    A double click on an office file starts the program with the file's name alone.
    """
    if "--sample" in arguments:
        return Wish(sample=True)
    named = ""
    if "--office" in arguments[:-1]:
        named = arguments[arguments.index("--office") + 1]
    elif arguments and not arguments[-1].startswith("-"):
        before = arguments[-2] if len(arguments) > 1 else ""
        named = "" if before.startswith("-") else arguments[-1]  # else it belongs to an option
    # Relative to where this start stands, which is not where the running program stands.
    return Wish(Path(os.path.abspath(Path(named).expanduser()))) if named else Wish()  # noqa: PTH100


def let_come_to_the_front() -> None:
    """Windows lets only the program just started give the front to another one."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
