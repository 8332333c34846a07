"""What can go wrong with an office file itself, as codes that the window words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.driver import sqlite


class StorageFault(RuntimeError):
    """The office file can not be used: ``code`` says why, ``path`` which file, ``facts`` more."""

    def __init__(self, code: str, path: str = "", **facts: str) -> None:
        """Keep the code (not_an_office, too_new, locked, full, read_only, damaged, no_keys …)."""
        self.code, self.path, self.facts = code, path, facts
        super().__init__(f"{code} {path}".strip())


_SIGNS = (
    ("database is locked", "locked"),
    ("database or disk is full", "full"),
    ("readonly database", "read_only"),
    ("unable to open database file", "unreadable"),
    ("file is not a database", "not_an_office"),
    ("malformed", "damaged"),
    ("disk I/O error", "damaged"),
)


def storage_fault(error: "sqlite.Error", path: str) -> StorageFault | None:
    """Return the storage fault that an SQLite error means, or None if it is our own mistake."""
    text = str(error)
    return next((StorageFault(code, path) for sign, code in _SIGNS if sign in text), None)
