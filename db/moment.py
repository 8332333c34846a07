"""An open office file as it stands at one moment, to be read beside the one who goes on writing.

What is written goes into the log file first (WAL) and from there into the office file. While that
second step is put off, the office file itself does not change: another connection may read it as
long as it likes, on another thread, and nobody waits for it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Lock
from urllib.parse import quote
from weakref import WeakKeyDictionary

from db.driver import Database, sqlite

#: Pages in the log file at which they are written into the office file, as SQLite has it; 0: never.
_USUAL, _NEVER = 1_000, 0
#: Bytes of the log file at which reading beside is given up, so that it does not fill the disk.
_LARGEST = 256 << 20
#: Bytes of the log file from which it is much that was put off.
_MUCH = 16 << 20
#: Seconds between two nudges to a reading that shall end.
_NUDGED_EVERY = 0.02
_SETTINGS = (
    "query_only = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
)


class Held:
    """A moment at which an office file is held: who holds it, who reads it."""

    def __init__(self, path: Path) -> None:
        """Begin with one who holds it."""
        self.path = path
        self.over = False
        self._holders = 1
        self._readers: list[Callable[[], None]] = []
        self._gone = Condition()

    def join(self) -> bool:
        """Hold it too; false if it is over."""
        with self._gone:
            if not self.over:
                self._holders += 1
            return not self.over

    def leave(self) -> bool:
        """Hold it no longer; say whether nobody does any more."""
        with self._gone:
            self._holders -= 1
            return self._holders == 0

    def enter(self, stop: Callable[[], None]) -> None:
        """Note who reads.

        Raises:
            sqlite.OperationalError: the file is not held any more.
        """
        with self._gone:
            if self.over:
                raise sqlite.OperationalError("interrupted")
            self._readers.append(stop)

    def go(self, stop: Callable[[], None]) -> None:
        """Note who reads no longer."""
        with self._gone:
            self._readers.remove(stop)
            self._gone.notify_all()

    def end(self) -> None:
        """Let nobody read any more; wait until nobody does."""
        with self._gone:
            self.over = True
            while self._readers:
                for stop in self._readers:
                    stop()
                self._gone.wait(_NUDGED_EVERY)


_held: WeakKeyDictionary[Database, Held] = WeakKeyDictionary()


def hold(db: Database, *, alone: bool = False) -> Held | None:
    """Write everything into the office file and let it be so from now on; None if it is in use.

    Whoever holds it lets it go again; who closes it need not. A file that is held already is held
    as it stood then: to write into it would change it under the eyes of who reads it.

    Args:
        db: the open file.
        alone: it must stand as it is now, so a moment that somebody else holds will not do.
    """
    found = _held.get(db)
    if found is not None:
        return found if not alone and found.join() else None
    try:
        left, *_pages = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite.OperationalError:  # something is being read this very moment
        return None
    if left:
        return None
    db.execute(f"PRAGMA wal_autocheckpoint = {_NEVER}")
    held = _held[db] = Held(_file(db))
    return held


def let_go(db: Database, held: Held) -> None:
    """Let what is written go into the office file again, as usual, if nobody else holds it."""
    if held.leave() and _held.get(db) is held:
        end(db)


def end(db: Database) -> None:
    """Let the file go whoever holds it; who reads it is stopped first."""
    held = _held.pop(db, None)
    if held is not None:
        held.end()
        db.execute(f"PRAGMA wal_autocheckpoint = {_USUAL}")


@contextmanager
def put_off(db: Database) -> Iterator[None]:
    """Let what is written meanwhile stay in the log file: it is safe there, and whoever waits is done.

    It goes into the office file with the next writing, or when the file is settled.
    """
    db.execute(f"PRAGMA wal_autocheckpoint = {_NEVER}")
    try:
        yield
    finally:
        if _held.get(db) is None:
            db.execute(f"PRAGMA wal_autocheckpoint = {_USUAL}")


def unsettled(db: Database) -> bool:
    """Say whether much was put off, of a file that is not held."""
    return _held.get(db) is None and _logged(_file(db)) >= _MUCH


def settle(db: Database) -> bool:
    """Bring into the office file what was put off, unless it is held; say whether there was much."""
    if not unsettled(db):
        return False
    try:
        left, *_pages = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite.OperationalError as error:
        if "locked" not in str(error):
            raise
        return False  # something is being read this very moment
    return not left


def _logged(path: Path) -> int:
    """Return how large the log file beside an office file is."""
    try:
        return os.stat(f"{path}-wal").st_size  # noqa: PTH116 - a text, not a path
    except OSError:
        return 0


def relieve(db: Database) -> None:
    """Let the file go if the log file has become too large; asked after each action."""
    held = _held.get(db)
    if held is None:
        return
    if _logged(held.path) >= _LARGEST:
        end(db)


def _file(db: Database) -> Path:
    return Path(str(db.execute("PRAGMA database_list").fetchone()[2]))


@contextmanager
def beside(
    held: Held, key: bytes, stopper: Callable[[Callable[[], None]], None] | None = None
) -> Iterator[Database]:
    """Read an office file that is held, on whatever thread.

    Args:
        held: the moment.
        key: the data key.
        stopper: told how to stop what is being read at that moment, from any thread; it then ends
            with an error. Between two statements there is nothing to stop.

    Raises:
        sqlite.OperationalError: the file is not held any more.
    """
    connection = sqlite.connect(
        _address(held.path), uri=True, isolation_level=None, check_same_thread=False
    )
    lock, over = Lock(), False

    def stop() -> None:
        with lock:  # a connection that is closed must not be touched any more
            if not over:
                connection.interrupt()

    try:
        held.enter(stop)
    except BaseException:
        connection.close()
        raise
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if stopper is not None:
            stopper(stop)
        yield Database(connection, execute_plugins=False)
    finally:
        with lock:
            over = True
        connection.close()
        held.go(stop)


def _address(path: Path) -> str:
    """Return a file's name as SQLite takes it together with how the file is to be opened."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode=ro&immutable=1"
