"""Reading a ledger that was kept elsewhere (读入旧台账), by a child that a bad file may end.

The program itself never opens the file but to take its hash: what comes back is plain values.
"""

import gc
import hashlib
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import msgspec

from desktop.rules.ledgercells import Cell
from desktop.usecases import imports_child

#: Seconds after which a file that is still being read is given up.
LONGEST = 60.0
#: Bytes of values that a ledger may have altogether.
_MOST = 160 * 1024 * 1024
_TICK = 0.1


class Unreadable(ValueError):
    """A ledger that is not read; ``code`` says why, worded by the window."""

    def __init__(self, code: str, path: str = "") -> None:
        """Keep the code (too_large, bomb, macros, password, no_ledger, broken, locked …)."""
        self.code, self.path = code, path
        super().__init__(f"{code} {path}".strip())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it was read, with what is known of its file.

    ``formulas``, ``errors``: cells whose stored result was taken, or that hold an error of Excel.
    """

    path: Path
    sha256: str
    kind: str
    sheets: tuple[str, ...]
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    code: str = ""
    epoch_1904: bool = False
    formulas: int = 0
    errors: int = 0


@dataclass(slots=True)
class _Flow:
    """What came up the pipe so far."""

    head: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    size: int = 0
    ended: bool = False

    def take(self, message: bytes) -> None:
        self.size += len(message)
        if self.size > _MOST:
            raise Unreadable("memory")
        said = msgspec.msgpack.decode(message)
        if "refused" in said:
            raise Unreadable(str(said["refused"]))
        if "rows" in said:
            self.rows += map(tuple, said["rows"])  # tuples of plain values cost the window nothing
        elif "end" in said:
            self.ended = True
        else:
            self.head = said


@contextmanager
def without_rings() -> Iterator[None]:
    """Do not look for rings of objects while very many are made that form none."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_ledger(
    path: Path,
    sheet: str | None = None,
    told: Callable[[int], None] | None = None,
    longest: float = LONGEST,
) -> Sheet:
    """Read one sheet of a ledger (.xlsx, .xls, .csv).

    Args:
        path: the file.
        sheet: which sheet; the first one that holds something if not said.
        told: called several times a second with the rows read so far; may raise to stop.
        longest: seconds after which it is given up.

    Raises:
        Unreadable: it is no ledger, too large, protected, damaged, in use, made to do harm.
    """
    until = time.monotonic() + longest
    flow = _Flow()
    try:
        try:
            _read(path, sheet, told, until, flow)
        except Unreadable as refused:
            if refused.code != "memory" or flow.size > _MOST:
                raise
            # Is there room for one thing after the other, or is something wrong with the file?
            flow = _Flow()
            _read(path, sheet, told, until, flow, in_turn=True)
    except Unreadable as refused:
        raise Unreadable(refused.code, str(path)) from None
    if not any(any(cell not in (None, "") for cell in row) for row in flow.rows):
        raise Unreadable("empty", str(path))
    head = flow.head
    return Sheet(
        path,
        _hash(path),
        head["kind"],
        tuple(head["sheets"]),
        head["sheet"],
        tuple(flow.rows),
        head["code"],
        bool(head["epoch_1904"]),
        int(head["formulas"]),
        int(head["errors"]),
    )


def _read(
    path: Path,
    sheet: str | None,
    told: Callable[[int], None] | None,
    until: float,
    flow: _Flow,
    *,
    in_turn: bool = False,
) -> None:
    """Let a child read a file, and take what it sends; ``in_turn``: see the child."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=imports_child.read,
        args=(theirs, str(path), sheet, in_turn),
        daemon=True,
        name="ledger",
    )
    try:
        child.start()
        theirs.close()
        with without_rings():
            _listen(ours, child, flow, told, until)
    finally:
        _end(child)
        ours.close()


def _listen(
    pipe: Connection,
    child: BaseProcess,
    flow: _Flow,
    told: Callable[[int], None] | None,
    until: float,
) -> None:
    while not flow.ended:
        if told is not None:
            told(len(flow.rows))
        if time.monotonic() > until:
            raise Unreadable("too_slow")
        if not pipe.poll(_TICK):
            continue
        try:
            flow.take(pipe.recv_bytes(_MOST))
        except (EOFError, OSError, msgspec.DecodeError) as error:
            # The child is gone without a word: the reader ended it, or the limit of its memory.
            child.join(1)
            raise Unreadable("memory" if child.exitcode else "broken") from error


def _end(child: BaseProcess) -> None:
    """See that nothing is left of the child, however it went."""
    if child.pid is None:
        return
    child.join(0.5)
    if child.is_alive():
        child.kill()
        child.join(5)
    child.close()


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable("missing", str(path)) from error
