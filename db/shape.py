"""The shape of an office file – tables, columns, indexes – compared with what the steps make.

The guards are made from the columns that a file has, and rows are compared column by column: a
column that somebody took out would be missed by nobody else.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from db import migrations
from db.driver import Database, sqlite
from frozen import dataclass


class Shape(StrEnum):
    """What is wrong with a part of the shape."""

    TABLE_MISSING = "table_missing"
    TABLE_ALTERED = "table_altered"  # its columns are as they should be, its conditions are not
    TABLE_UNKNOWN = "table_unknown"
    COLUMN_MISSING = "column_missing"
    COLUMN_ALTERED = "column_altered"
    COLUMN_UNKNOWN = "column_unknown"
    INDEX_MISSING = "index_missing"
    INDEX_ALTERED = "index_altered"
    INDEX_UNKNOWN = "index_unknown"


#: What an index is can be made anew from nothing but the rows; a column can not.
MENDED = frozenset({Shape.INDEX_MISSING, Shape.INDEX_ALTERED, Shape.INDEX_UNKNOWN})
#: What took rows or values with it.
LOST = frozenset({Shape.TABLE_MISSING, Shape.COLUMN_MISSING})


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """A part that is not as it should be: of which table, its name, and how it was found."""

    shape: Shape
    table: str
    name: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A shape: the columns of each table, the texts of tables and of indexes, the triggers.

    Of a column: type, whether it must be filled, its default, its place in the key, whether the
    database reckons it. ``indexes``: the table of each, and its text.
    """

    columns: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, str]
    indexes: Mapping[str, tuple[str, str]]
    triggers: Mapping[str, str]


#: What a full-text index keeps beside itself belongs to it; the names with _ are sqlite-utils' own.
_NO_OWN = (
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND (type = 'shadow' "
    "OR name LIKE 'sqlite\\_%' ESCAPE '\\' OR name LIKE '\\_sqlite%' ESCAPE '\\')"
)
_PARTS = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema "  # noqa: S608 - our own words
    f"WHERE sql IS NOT NULL AND tbl_name NOT IN ({_NO_OWN})"
)
_COLUMNS = (
    'SELECT m.name, x.name, json_array(x.type, x."notnull", x.dflt_value, x.pk, x.hidden) '  # noqa: S608 - our own words
    "FROM sqlite_schema m, pragma_table_xinfo(m.name) x "
    f"WHERE m.type = 'table' AND m.name NOT IN ({_NO_OWN})"
)
#: Different versions of the database write the same statement with other blanks and quotes.
_BLANKS = re.compile(r"[\s\"`\[\]]+")


def read(db: Database) -> Made:
    """Return the shape of a file as it is."""
    columns: dict[str, dict[str, str]] = {}
    tables: dict[str, str] = {}
    indexes: dict[str, tuple[str, str]] = {}
    triggers: dict[str, str] = {}
    for kind, name, table, sql in db.execute(_PARTS).fetchall():
        if kind == "index":
            indexes[str(name)] = (str(table), str(sql))
        elif kind == "trigger":
            triggers[str(name)] = str(sql)
        else:  # a view pretends to be a table
            tables[str(name)] = str(sql)
    for table, name, said in db.execute(_COLUMNS).fetchall():
        columns.setdefault(str(table), {})[str(name)] = str(said)
    return Made(columns, tables, indexes, triggers)


@lru_cache(maxsize=1)
def expected() -> Made:
    """Return the shape that the steps make, computed once."""
    blank = Database(memory=True)
    migrations.OFFICE.apply(blank)
    made = read(blank)
    blank.close()
    return made


def compare(db: Database) -> tuple[ShapeFault, ...]:
    """Compare the shape of a file with what the steps make of any file, however old."""
    wanted, found = expected(), read(db)
    faults: list[ShapeFault] = []
    for table, text in wanted.tables.items():
        if table in found.tables:
            faults += _of_table(table, wanted, found)
        else:
            faults.append(ShapeFault(Shape.TABLE_MISSING, table, table, text))
    faults += [
        ShapeFault(Shape.TABLE_UNKNOWN, table, table, text)
        for table, text in found.tables.items()
        if table not in wanted.tables
    ]
    return (*faults, *_of_indexes(wanted, found))


def _of_table(table: str, wanted: Made, found: Made) -> list[ShapeFault]:
    """Compare a table that is there: each column, then what is said of the whole."""
    own, should = found.columns.get(table, {}), wanted.columns[table]
    faults = [ShapeFault(Shape.COLUMN_MISSING, table, name) for name in should if name not in own]
    faults += [
        ShapeFault(
            Shape.COLUMN_ALTERED if name in should else Shape.COLUMN_UNKNOWN, table, name, said
        )
        for name, said in own.items()
        if should.get(name) != said
    ]
    text = found.tables[table]
    if not faults and _bare(text) != _bare(wanted.tables[table]):
        faults.append(ShapeFault(Shape.TABLE_ALTERED, table, table, text))
    return faults


def _of_indexes(wanted: Made, found: Made) -> list[ShapeFault]:
    """Compare the indexes; those of a table that is gone went with it."""
    faults = [
        ShapeFault(Shape.INDEX_MISSING, table, name)
        for name, (table, _text) in wanted.indexes.items()
        if name not in found.indexes and table in found.tables
    ]
    for name, (table, text) in found.indexes.items():
        should = wanted.indexes.get(name)
        if should is None:
            if table in wanted.tables:  # that of an unknown table is told with it
                faults.append(ShapeFault(Shape.INDEX_UNKNOWN, table, name, text))
        elif _bare(should[1]) != _bare(text):
            faults.append(ShapeFault(Shape.INDEX_ALTERED, table, name, text))
    return faults


def _bare(sql: str) -> str:
    return _BLANKS.sub("", sql)


def mend(db: Database) -> None:
    """Make the indexes anew that are not as they should be; unknown ones go.

    One that the rows do not allow any more, or whose column is lost, stays missing.
    """
    wanted = expected().indexes
    for one in compare(db):
        if one.shape not in MENDED:
            continue
        try:
            with db.atomic():
                db.execute(f'DROP INDEX IF EXISTS "{one.name}"')
                if one.name in wanted:
                    db.execute(wanted[one.name][1])
        except (sqlite.IntegrityError, sqlite.OperationalError):
            continue
