"""Bundles (成批改动): the images of rows that were made by the thousand, some hundred in one line.

Each such row still has a line of its own among the event's changes; instead of the image that line
names the bundle which holds it (``@12``), or says that the row was made void as the bundle has it
(``@12-``). A bundle is a record like any other, written with its event, and names the SHA-256 of
its content: so the chain covers what it holds. The content is a JSON array of rows, compressed.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from db.driver import Database
from frozen import dataclass

Value = str | int | float | None

#: How a line of changes begins that names a bundle: no image does, for it is a JSON object.
MARK = "@"
#: What stands behind the number where the row was made void.
VOIDED = "-"
#: Rows in one bundle: one of them is found in a few milliseconds.
SIZE = 1_000
#: Says in SQL that the line ``c`` names a bundle.
BUNDLED = f"substr(c.after, 1, 1) = '{MARK}'"
#: So many bytes are compressed to see whether it pays, and how short they must become.
_TRIED, _PAYS = 8_192, 0.6
#: Bundles kept open at a time.
_OPEN = 4
#: No bundle is larger than this, nor is more of it opened, whatever somebody put in its place.
LARGEST = 64 << 20

_encode = msgspec.json.Encoder().encode


class BundleFault(ValueError):
    """A bundle that is not there, or whose content is not what was written."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows of one table with ids that follow each other.

    ``names``: the columns that differ from row to row, in the order of their values; ``rest``: the
    others, which are the same in all. Both together name every column the table had.
    """

    table: str
    first: int
    last: int
    names: tuple[str, ...]
    rest: Mapping[str, Value]
    sha256: str

    def row(self) -> dict[str, str | int]:
        """Return it as the record it is."""
        return {
            "tbl": self.table,
            "first": self.first,
            "last": self.last,
            "names": json.dumps(self.names, ensure_ascii=False),
            "rest": json.dumps(self.rest, ensure_ascii=False, sort_keys=True),
            "sha256": self.sha256,
        }


def written(rows: Sequence[Sequence[Value]]) -> bytes:
    """Return rows as JSON."""
    return _encode(rows)


def packed(said: bytes) -> tuple[str, bytes]:
    """Return the SHA-256 and the content of a bundle that holds rows in JSON.

    Values under seal hardly shrink and take the longest: rows that are little else stay as long.
    """
    tried = said[:_TRIED]
    pays = len(zlib.compress(tried, 1)) < _PAYS * len(tried)
    content = zlib.compress(said, 1 if pays else 0)
    return hashlib.sha256(content).hexdigest(), content


class Ref(NamedTuple):
    """What a line of changes names instead of an image."""

    bundle: int
    voided: bool


def ref(after: str) -> Ref | None:
    """Read a line of changes; None if it holds its image itself.

    Raises:
        BundleFault: it is neither.
    """
    if not after.startswith(MARK):
        return None
    number = after.removeprefix(MARK).removesuffix(VOIDED)
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        raise BundleFault(after[:40])
    return Ref(int(number), after.endswith(VOIDED))


class Reader:
    """Opens bundles of a file, keeping the last few open."""

    def __init__(self, db: Database) -> None:
        """Take the open file."""
        self._db = db
        self._open: dict[int, tuple[Bundle, list[list[Value]]]] = {}

    def bundle(self, number: int) -> tuple[Bundle, list[list[Value]]]:
        """Return a bundle and the values of its rows in the order of their ids.

        Raises:
            BundleFault: it is not there, or not what was written.
        """
        found = self._open.get(number)
        if found is None:
            found = self._read(number)
            while len(self._open) >= _OPEN:
                del self._open[next(iter(self._open))]
            self._open[number] = found
        return found

    def _read(self, number: int) -> tuple[Bundle, list[list[Value]]]:
        one, content = self.content(number)
        try:
            values = msgspec.json.decode(content, type=list[list[Value]])
        except msgspec.DecodeError as error:
            raise BundleFault(f"bundle {number} can not be read") from error
        if set(map(len, values)) - {len(one.names)}:
            raise BundleFault(f"bundle {number} holds other rows")
        return one, values

    def content(self, number: int) -> tuple[Bundle, str]:
        """Return a bundle and its rows as JSON.

        Raises:
            BundleFault: it is not there, or not what was written.
        """
        row = self._db.execute(
            "SELECT b.tbl, b.first, b.last, b.names, b.rest, b.sha256, f.content FROM bundle b "
            "LEFT JOIN bundle_file f ON f.sha256 = b.sha256 WHERE b.id = ?",
            [number],
        ).fetchone()
        if row is None or row[6] is None:
            raise BundleFault(f"bundle {number} is not there")
        table, first, last, names, rest, sha256, content = row
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BundleFault(f"bundle {number} was altered")
        try:
            one = Bundle(
                str(table),
                int(first),
                int(last),
                tuple(msgspec.json.decode(names, type=list[str])),
                msgspec.json.decode(rest, type=dict[str, Value]),
                str(sha256),
            )
            said = zlib.decompressobj().decompress(content, LARGEST).decode()
            count = len(msgspec.json.decode(said, type=list[msgspec.Raw]))
        except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BundleFault(f"bundle {number} can not be read") from error
        if count != one.last - one.first + 1:
            raise BundleFault(f"bundle {number} holds other rows")
        return one, said

    def image(self, table: str, row_id: int, after: str) -> dict[str, Value]:
        """Return the image that a line of changes stands for: every column by its name.

        Raises:
            BundleFault: the line names a bundle that does not hold this row.
        """
        named = ref(after)
        if named is None:
            whole: dict[str, Value] = json.loads(after)
            return whole
        one, values = self.bundle(named.bundle)
        if one.table != table or not one.first <= row_id <= one.last:
            raise BundleFault(f"bundle {named.bundle} does not hold {table} {row_id}")
        made = {**one.rest, **dict(zip(one.names, values[row_id - one.first], strict=True))}
        if named.voided:
            made |= {"rev": 2, "void": 1}
        return made

    def text(self, table: str, row_id: int, after: str) -> str:
        """Return the image that a line of changes stands for, as JSON; itself if it is one."""
        if not after.startswith(MARK):
            return after
        image = self.image(table, row_id, after)
        return json.dumps(image, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def known(self, table: str, row_id: int, after: str) -> str:
        """Return the image that a line of changes stands for, as ``text``; empty if it is lost."""
        try:
            return self.text(table, row_id, after)
        except BundleFault:
            return ""


def defaults(db: Database, table: str) -> dict[str, str | int | None]:
    """Return what a new row holds where nothing is said: every column of a table by its name."""
    found = db.execute(
        "SELECT name, dflt_value FROM pragma_table_info(?) ORDER BY cid", [table]
    ).fetchall()
    values = ", ".join(default or "NULL" for _name, default in found)
    row = db.execute(f"SELECT {values}").fetchone()
    return {str(name): value for (name, _), value in zip(found, row, strict=True)}


__all__ = [
    "BUNDLED", "LARGEST", "MARK", "SIZE", "VOIDED", "Bundle", "BundleFault", "Reader", "Ref", "defaults",
    "packed", "ref", "written",
]  # fmt: skip
