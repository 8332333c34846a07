"""The redo journal (续写日志) on a second medium: each event, encrypted, right after its commit.

A journal begins from a full backup. Backup and journal together give everything back; a record
that was torn off at the end is the last one. Sealed values stay sealed in it.
"""

import json
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from db import bundles, files, guards, keys
from db.backup import BLOBS, JOURNALS, Head, head
from db.driver import Database, sqlite
from db.errors import StorageFault
from frozen import dataclass

MAGIC = b"SLEDJ1\n"
_LENGTH = struct.Struct(">IQ")  # bytes of the box, number of the event
_HEADER = struct.Struct(">I")
_LARGEST = 256 << 20
#: How many journals are kept beside the newest: older backups can still be continued with them.
KEPT = 5


@dataclass(frozen=True, slots=True)
class Began:
    """From where a journal goes on: the office's ring, the event of its backup, the file's shape."""

    ring: str
    seq: int
    hash: str
    shape: tuple[str, ...]


def shape(db: Database) -> tuple[str, ...]:
    """Return which migrations a file has: a journal holds for one shape only."""
    found = db.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    return tuple(str(row[0]) for row in found)


class Journal:
    """The journal of an open office file; give its ``append`` to the ledger.

    A medium that is away does not stop the work: ``away`` says so from then on, and the journal
    has to begin anew from a full backup.
    """

    def __init__(self, db: Database, path: Path, key: bytes, ring: str, place: Path) -> None:
        """Keep what is needed; nothing is written before ``begin`` or ``go_on``.

        Args:
            db: the connection of the office file, used in ``append`` only.
            path: the office file, beside which the attachments lie.
            key: the data key.
            ring: the random name in the key file.
            place: the folder of backups on the second medium.
        """
        self._db, self._path, self._key, self._ring = db, path, key, ring
        self.place = place
        self.away = True
        self._stream: BinaryIO | None = None
        self.told: Callable[[], None] | None = None

    def begin(self, since: Head) -> None:
        """Begin a new journal behind a full backup that lies on the same medium.

        Raises:
            StorageFault: ``backup_place`` – the medium is away or can not be written.
        """
        self.close()
        now = head(self._db)
        name = self.place / JOURNALS / f"{since.seq:012d}.redo"
        began = Began(self._ring, since.seq, since.hash, shape(self._db))
        try:
            name.parent.mkdir(parents=True, exist_ok=True)
            part = name.with_suffix(".part")
            with part.open("wb") as stream:
                head_line = json.dumps(
                    {"ring": began.ring, "seq": began.seq, "hash": began.hash, "shape": began.shape}
                ).encode()
                stream.write(MAGIC + _HEADER.pack(len(head_line)) + head_line)
                for seq in range(since.seq + 1, now.seq + 1):
                    stream.write(self._record(seq))
                stream.flush()
                _sync(stream)
            part.replace(name)
            files.sync_folder(name.parent)
            self._stream = name.open("ab")
            for old in sorted(name.parent.glob("*.redo"), key=_age, reverse=True)[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            raise StorageFault("backup_place", str(self.place)) from error
        self.away = False

    def go_on(self) -> bool:
        """Go on with the newest journal, if it ends where the office file ends; else begin anew."""
        self.close()
        newest = newest_journal(self.place)
        if newest is None:
            return False
        last, whole = _end(newest, self._key, self._ring, shape(self._db))
        if last != head(self._db).seq or not whole:
            return False
        try:
            self._stream = newest.open("ab")
        except OSError:
            return False
        self.away = False
        return True

    def append(self, seq: int) -> None:
        """Write an event that was just committed; a medium that fails is away from then on."""
        if self.away or self._stream is None:
            return
        try:
            self._copy_blobs(seq)
            self._stream.write(self._record(seq))
            self._stream.flush()
            _sync(self._stream)
        except (OSError, sqlite.Error, StorageFault):
            self.away = True
            self.close()
            if self.told is not None:
                self.told()

    def close(self) -> None:
        """Let the medium go."""
        stream, self._stream = self._stream, None
        self.away = True
        if stream is not None:
            try:
                stream.close()
            except OSError:
                return

    def _record(self, seq: int) -> bytes:
        event = _row(self._db, "SELECT * FROM event WHERE seq = ?", [seq])
        cursor = self._db.execute("SELECT * FROM event_change WHERE seq = ? ORDER BY id", [seq])
        names = [column[0] for column in cursor.description]
        changes = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        kept = [
            (table, sha, bytes(found[0]))
            for table, sha in _kept_files(changes)
            if (found := self._db.execute(_FILES[table], [sha]).fetchone())
        ]
        before = _row(
            self._db,
            "SELECT seq, hash, at FROM event WHERE seq < ? ORDER BY seq DESC LIMIT 1",
            [seq],
        )
        listed = {
            "after": before or {"seq": 0, "hash": "", "at": ""},
            "event": event,
            "changes": changes,
            "files": [(table, sha, len(content)) for table, sha, content in kept],
        }
        said = json.dumps(listed, ensure_ascii=False).encode()
        plain = _HEADER.pack(len(said)) + said + b"".join(content for _table, _sha, content in kept)
        box = keys.seal(self._key, zlib.compress(plain, 1), _purpose(self._ring, seq))
        return _LENGTH.pack(len(box), seq) + box

    def _copy_blobs(self, seq: int) -> None:
        """Attachments of the event go onto the medium before the event does."""
        names = {
            json.loads(after)["sha256"]
            for (after,) in self._db.execute(
                "SELECT after FROM event_change WHERE seq = ? AND tbl = 'attachment'", [seq]
            ).fetchall()
        }
        store = self._path.with_suffix(".files")
        for sha in names:
            for file in store.glob(f"{sha[:2]}/{sha}.*"):
                target = self.place / BLOBS / sha[:2] / file.name
                if file.suffix != ".part" and not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    files.copy(file, target)


def _sync(stream: BinaryIO) -> None:
    os.fsync(stream.fileno())


def _purpose(ring: str, seq: int) -> bytes:
    return f"journal {ring} {seq}".encode()


def _row(db: Database, sql: str, values: list[object]) -> dict[str, object]:
    cursor = db.execute(sql, values)
    found = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), found, strict=True)) if found else {}


#: Where the bytes lie that records name by their hash, and how they are read.
_FILES = {
    "letter": "SELECT pdf FROM letter_file WHERE sha256 = ?",
    "bundle": "SELECT content FROM bundle_file WHERE sha256 = ?",
}


def _kept_files(changes: list[dict[str, object]]) -> list[tuple[str, str]]:
    """The letters and bundles whose bytes an event kept: which of both, and their hash."""
    found = [
        (str(c["tbl"]), json.loads(str(c["after"]))["sha256"])
        for c in changes
        if c["tbl"] in _FILES
    ]
    return list(dict.fromkeys((table, str(sha)) for table, sha in found if sha))


# ---- reading -----------------------------------------------------------------------------------


def journals(place: Path) -> list[Path]:
    """Return the journals of a place, the oldest first."""
    return sorted((place / JOURNALS).glob("*.redo"))


def newest_journal(place: Path) -> Path | None:
    """Return the journal that was begun last."""
    found = journals(place)
    return max(found, key=_age) if found else None


def _age(file: Path) -> tuple[int, str]:
    return file.stat().st_mtime_ns, file.name


def began(file: Path) -> tuple[Began, int] | None:
    """Read the head of a journal: from where it goes on, and where its records begin."""
    try:
        with file.open("rb") as stream:
            start = stream.read(len(MAGIC) + _HEADER.size)
            if not start.startswith(MAGIC) or len(start) != len(MAGIC) + _HEADER.size:
                return None
            (length,) = _HEADER.unpack(start[len(MAGIC) :])
            found = json.loads(stream.read(min(length, 1 << 20)))
        first = Began(
            str(found["ring"]), int(found["seq"]), str(found["hash"]), tuple(found["shape"])
        )
        return first, len(start) + length
    except (OSError, ValueError, KeyError, TypeError):
        return None


def boxes(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a journal, still encrypted, up to the first that is not whole."""
    found = began(file)
    if found is None:
        return
    with file.open("rb") as stream:
        stream.seek(found[1])
        while len(head_bytes := stream.read(_LENGTH.size)) == _LENGTH.size:
            length, seq = _LENGTH.unpack(head_bytes)
            if length > _LARGEST:
                return
            box = stream.read(length)
            if len(box) < length:
                return
            yield seq, box


def _end(file: Path, key: bytes, ring: str, wanted: tuple[str, ...]) -> tuple[int, bool]:
    """Return the last event of a journal, and whether the journal fits and ends cleanly."""
    found = began(file)
    if found is None or found[0].ring != ring or found[0].shape != wanted:
        return 0, False
    last, end, box = found[0].seq, found[1], b""
    for seq, box in boxes(file):
        last, end = seq, end + _LENGTH.size + len(box)
    if box:
        try:
            keys.unseal(key, box, _purpose(ring, last))
        except keys.WrongPassword:
            return last, False
    return last, end == file.stat().st_size


@dataclass(frozen=True, slots=True)
class Replayed:
    """What journals gave back: how many events, up to which; whether the last tail was torn off."""

    events: int
    last: int
    torn: bool


def replay(db: Database, place: Path, key: bytes, ring: str) -> Replayed:
    """Add to a restored office file every event that the journals of a place have beyond it.

    Each event is written in a transaction of its own, in the order of the ledger. A journal of
    another office, of another shape, or of a history that was given up is passed over.
    """
    count, torn = 0, False
    here = shape(db)
    for file in journals(place):
        found = began(file)
        if found is not None and found[0].ring == ring and found[0].shape == here:
            added, torn = _replay_one(db, file, key, ring)
            count += added
    return Replayed(count, head(db).seq, torn)


def _replay_one(db: Database, file: Path, key: bytes, ring: str) -> tuple[int, bool]:
    """Add the events of one journal; return how many, and whether its tail is torn."""
    count, at = 0, head(db)
    for seq, box in boxes(file):
        if seq <= at.seq:
            continue
        try:
            plain = zlib.decompress(keys.unseal(key, box, _purpose(ring, seq)))
        except (keys.WrongPassword, zlib.error):
            return count, True
        listed, files_at = _read(plain)
        if Head(**listed["after"]) != at:
            return count, False
        _apply(db, listed, plain[files_at:])
        count, at = count + 1, head(db)
    return count, not _ends_cleanly(file)


def _ends_cleanly(file: Path) -> bool:
    found = began(file)
    end = found[1] if found else 0
    return end + sum(_LENGTH.size + len(box) for _seq, box in boxes(file)) == file.stat().st_size


def _read(plain: bytes) -> tuple[dict[str, Any], int]:
    (length,) = _HEADER.unpack(plain[: _HEADER.size])
    end = _HEADER.size + length
    return json.loads(plain[_HEADER.size : end]), end


def _apply(db: Database, listed: dict[str, Any], content: bytes) -> None:
    offset = 0
    db.execute("BEGIN IMMEDIATE")
    try:
        for table, sha, size in listed["files"]:
            if db.execute(_FILES[table], [sha]).fetchone() is None:
                values = [sha, content[offset : offset + size]]
                db.execute(f"INSERT INTO {table}_file VALUES (?, ?)", values)  # noqa: S608
            offset += size
        _changes(db, listed["changes"])
        _insert(db, "event", listed["event"])
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def _changes(db: Database, changes: list[dict[str, Any]]) -> None:
    """Write what an event changed; bundles before the rows whose images they hold.

    The guards can not read in a bundle: while rows are written that lie in one, they are down.
    """
    bundled = {c["tbl"] for c in changes if str(c["after"]).startswith(bundles.MARK)}
    names = [f"guard_{table}_{write}" for table in bundled for write in ("insert", "update")]
    reader = bundles.Reader(db)
    with guards.lifted(db, *names):
        for change in sorted(changes, key=lambda one: bool(one["tbl"] != "bundle")):
            _change(db, change, reader)


def _change(db: Database, change: dict[str, Any], reader: bundles.Reader) -> None:
    _insert(db, "event_change", change)
    after = reader.image(change["tbl"], change["row_id"], change["after"])
    if change["before"] is None:
        _insert(db, change["tbl"], after)
        return
    sets = ", ".join(f"{_quoted(name)} = ?" for name in after)
    db.execute(
        f"UPDATE {_quoted(change['tbl'])} SET {sets} WHERE id = ?",  # noqa: S608
        [*after.values(), change["row_id"]],
    )


def _insert(db: Database, table: str, row: Mapping[str, object]) -> None:
    names = ", ".join(_quoted(name) for name in row)
    marks = ", ".join("?" * len(row))
    db.execute(
        f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})",  # noqa: S608
        list(row.values()),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
