"""An open office file as it stands at one moment, to be read beside the one who goes on writing.

What is written goes into the log file first (WAL) and from there into the office file. While that
second step is put off, the office file itself does not change: another connection may read it as
long as it likes, on another thread, and nobody waits for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from db.driver import Database, sqlite

#: Pages in the log file at which they are written into the office file, as SQLite has it; 0: never.
_USUAL, _NEVER = 1_000, 0
_SETTINGS = (
    "query_only = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
)


def hold(db: Database) -> bool:
    """Write everything into the office file and let it be so from now on; false if it is in use.

    Whoever holds it lets it go again; who closes it need not.
    """
    try:
        left, *_pages = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite.OperationalError:  # something is being read this very moment
        return False
    if left:
        return False
    db.execute(f"PRAGMA wal_autocheckpoint = {_NEVER}")
    return True


def let_go(db: Database) -> None:
    """Let what is written go into the office file again, as usual."""
    db.execute(f"PRAGMA wal_autocheckpoint = {_USUAL}")


@contextmanager
def beside(
    path: Path, key: bytes, stopper: Callable[[Callable[[], None]], None] | None = None
) -> Iterator[Database]:
    """Read an office file that is held, on whatever thread.

    Args:
        path: where it lies.
        key: the data key.
        stopper: told how to stop what is being read at that moment, from any thread; it then ends
            with an error. Between two statements there is nothing to stop.
    """
    connection = sqlite.connect(
        _address(path), uri=True, isolation_level=None, check_same_thread=False
    )
    lock, over = Lock(), False

    def stop() -> None:
        with lock:  # a connection that is closed must not be touched any more
            if not over:
                connection.interrupt()

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


def _address(path: Path) -> str:
    """Return a file's name as SQLite takes it together with how the file is to be opened."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode=ro&immutable=1"
