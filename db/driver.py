"""The one place that says which SQLite is used: SQLCipher's, known to sqlite-utils as its own.

Import this before anything imports sqlite_utils: it takes ``pysqlite3`` where there is one, and
catches the errors of that module only. sqlite-utils itself takes its time to load (a command line
and its plugins come with it), so it is loaded for the first thing that only it can do: a file is
opened and read without it.
"""

import sys
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlite

sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlite

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations
else:

    class Database:
        """sqlite-utils' ``Database`` over an open connection, for the program to read and write.

        What is not written here is asked of sqlite-utils' own on the same connection.
        """

        def __init__(self, connection=None, *, memory=False, execute_plugins=False):
            """Take a connection that commits each statement by itself, or make one in memory."""
            if (connection is None) is not memory:
                raise ValueError("either a connection or memory=True")
            self.conn = sqlite.connect(":memory:") if memory else connection
            self._plugins = execute_plugins
            self._whole = None
            self.conn.execute("PRAGMA recursive_triggers = on")

        def execute(self, sql, parameters=None):
            """Run one statement and return its cursor."""
            if self.conn.isolation_level is not None:  # who begins must commit: sqlite-utils knows
                return self.whole.execute(sql, parameters)
            if parameters is None:
                return self.conn.execute(sql)
            return self.conn.execute(sql, parameters)

        def close(self):
            """Close the connection."""
            self.conn.close()

        @property
        def whole(self):
            """sqlite-utils' own database on this connection."""
            if self._whole is None:
                import sqlite_utils

                self._whole = sqlite_utils.Database(self.conn, execute_plugins=self._plugins)
            return self._whole

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            self.close()

        def __getitem__(self, table):
            return self.whole[table]

        def __getattr__(self, name):
            return getattr(self.whole, name)


def __getattr__(name: str) -> Any:
    """Return sqlite-utils' own ``Migrations``."""
    if name != "Migrations":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import sqlite_utils

    return sqlite_utils.Migrations


__all__ = ["Database", "Migrations", "sqlite"]
