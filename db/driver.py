"""The one place that says which SQLite is used: SQLCipher's, known to sqlite-utils as its own.

Import this before anything imports sqlite_utils: it takes ``pysqlite3`` where there is one, and
catches the errors of that module only.
"""

import sys

import sqlcipher3.dbapi2 as sqlite

sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlite

from sqlite_utils import Database, Migrations  # noqa: E402 - only now

__all__ = ["Database", "Migrations", "sqlite"]
