"""Taking over an office file of the first version (接收旧数据文件): encrypted, with users and keys.

A new file is made whole beside the old one before it takes its name. The old file stays, readable
by everybody, under another name: somebody has to destroy it once the new one was seen to be right.
"""

import base64
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from db import adopt as storage
from db import connect, keys
from db.driver import Database
from db.errors import StorageFault
from db.keys import Cost, Keys
from db.ledger import EventDraft, Ledger, Signer
from desktop.rules import typed
from desktop.rules.complaints import Identity, PersonTyped
from desktop.rules.faults import fault, refuse_if
from desktop.rules.roles import Role, sees_identity
from desktop.usecases import identity
from desktop.usecases.founding import IDENTITY_MARK, identity_mark, password_fault
from desktop.usecases.letters import TO_COMPLAINANTS
from desktop.usecases.office import Acting, keep_setting
from desktop.usecases.profile import ClerkDraft, clerk_values
from desktop.usecases.session import Session

#: What is put after the name of the old file and of the folder of its attachments.
OLD = ".unencrypted-old"

_CLERKS = "SELECT id, name, role FROM clerk WHERE void = 0 ORDER BY id"


@dataclass(frozen=True, slots=True)
class OldOffice:
    """An office file that is not encrypted yet, and who worked in it (id, name, post)."""

    path: Path
    name: str
    clerks: tuple[tuple[int, str, str], ...]


def look(path: Path) -> OldOffice:
    """Read who worked in an office file of the first version.

    Raises:
        StorageFault: it can not be read.
    """
    (row,) = storage.read_plain(path, "SELECT name FROM profile WHERE id = 1")
    clerks = tuple(
        (int(str(c[0])), str(c[1]), str(c[2])) for c in storage.read_plain(path, _CLERKS)
    )
    return OldOffice(path, str(row[0]), clerks)


def old_path(path: Path) -> Path:
    """Return where the old file is kept."""
    return path.with_name(path.name + OLD)


def adopt(
    old: OldOffice, clerk: int, draft: ClerkDraft, acting: Acting, cost: Cost | None = None
) -> Session:
    """Encrypt an office file of the first version; one of its clerks becomes its first user.

    Args:
        old: what ``look`` found.
        clerk: which of its clerks.
        draft: his name, post and roles, and the password he has from now on.
        acting: when.
        cost: how dear guessing the password is made.

    Raises:
        Faults: no 管理员, nobody who may see identities, or the password can not be taken.
        StorageFault: the file is in use or damaged, the disk is full, the folder read-only.
    """
    _check(draft)
    path = old.path
    held = keys.new_keys()
    part = path.with_name(path.name + ".part")
    _sweep(part)
    try:
        storage.copy_encrypted(path, part, held.data)
        db = connect.connect(part, held.data)
        try:
            sealer = _Sealer(db, held)
            storage.bring_up(db, _TABLES, sealer.reseal, sealer.reseal_letter)
            _seal_files(db, path, held)
            _enter(db, clerk, draft, held, acting)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            db.close()
        ring = keys.new_ring()
        slot = keys.make_slot(
            ring, clerk, typed.clean(draft.name), sorted(draft.roles), held, draft.password, cost
        )
        keys.write_ring(path, ring.having(slot))
        _swap(path, part)
    except OSError as error:
        raise StorageFault("read_only", str(path)) from error
    finally:
        _sweep(part)
    return Session(clerk, typed.clean(draft.name), draft.roles, held)


def _check(draft: ClerkDraft) -> None:
    refuse_if(
        [
            typed.check_text("name", draft.name, required=True, limit=typed.NAME),
            typed.check_text("title", draft.title, limit=typed.NAME),
            None if Role.ADMIN in draft.roles else fault("roles", "no_admin"),
            None if sees_identity(draft.roles) else fault("roles", "no_identity"),
            password_fault("password", draft.password, draft.name),
        ]
    )


def _enter(db: Database, clerk: int, draft: ClerkDraft, held: Keys, acting: Acting) -> None:
    """Write the first user with his key, in the event of the taking over."""
    name = typed.clean(draft.name)
    assert held.identity is not None
    ledger = Ledger(db, Signer(clerk, 1, held.signing))
    event = EventDraft("office.adopt", "profile", 1, name)
    with ledger.action(event, replace(acting, clerk=clerk, name=name).actor()) as action:
        action.update("clerk", clerk, **clerk_values(draft))
        action.insert(
            "clerk_key", id=1, clerk=clerk, public=held.public, since=acting.at.isoformat()
        )
        keep_setting(action, db, IDENTITY_MARK, identity_mark(held.identity))


def _swap(path: Path, part: Path) -> None:
    """Keep the old file under its other name, then give the new one the name; never neither."""
    kept = old_path(path)
    shutil.copy2(path, kept)
    with kept.open("r+b") as stream:  # Windows flushes only what is open for writing
        os.fsync(stream.fileno())
    part.replace(path)
    folder = path.with_suffix(".files")
    for file in sorted(folder.glob("??/*")) if folder.is_dir() else []:
        if not file.suffix:  # the sealed ones have one
            target = folder.with_name(folder.name + OLD) / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)


def _sweep(part: Path) -> None:
    for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")):
        leftover.unlink(missing_ok=True)


def _seal_files(db: Database, path: Path, held: Keys) -> None:
    """Put each attachment sealed beside the plain one; one that is missing stays missing."""
    folder = path.with_suffix(".files")
    found = db.execute("SELECT DISTINCT sha256, secret FROM attachment").fetchall()
    for digest, secret in found:
        plain = folder / str(digest)[:2] / str(digest)
        if not plain.is_file():
            continue
        key = held.identity if secret else held.data
        assert key is not None
        target = plain.with_name(plain.name + (".sealed" if secret else ".enc"))
        part = target.with_suffix(".part")
        with part.open("wb") as stream:
            stream.write(keys.seal(key, plain.read_bytes(), b"attachment"))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)


# ---- sealing -----------------------------------------------------------------------------------

_TABLES = {
    "complainant": "SELECT id, complaint, name, phone, address FROM complainant",
    "complaint": "SELECT id, body, demands FROM complaint",
    "complaint_step": "SELECT id, complaint, text, detail FROM complaint_step",
    "letter": "SELECT id, kind, subject, subject_id, addressee, fields, sha256 FROM letter",
    "attachment": "SELECT id, owner, name FROM attachment",
}


class _Sealer:
    """Seals what may say who complained: the same words give the same seal in row and log."""

    def __init__(self, db: Database, held: Keys) -> None:
        assert held.identity is not None
        self._db, self._key = db, held.identity
        self._sealed: dict[tuple[object, ...], str] = {}
        self._letters: set[str] = set()
        self._people: dict[int, list[PersonTyped]] = {}
        self._anonymous: set[int] = set()
        for complaint, *parts in self._known():
            self._people.setdefault(int(str(complaint)), []).append(
                PersonTyped(*(str(p) for p in parts))
            )
        for one, kind in db.execute("SELECT id, identity FROM complaint").fetchall():
            if kind == Identity.ANONYMOUS:
                self._anonymous.add(int(one))

    def _known(self) -> list[tuple[object, ...]]:
        """Everybody who complained, also as he was called before a correction."""
        rows = self._db.execute("SELECT complaint, name, phone, address FROM complainant")
        found: list[tuple[object, ...]] = [tuple(row) for row in rows.fetchall()]
        images = self._db.execute(
            "SELECT after ->> 'complaint', after ->> 'name', after ->> 'phone', "
            "after ->> 'address' FROM event_change WHERE tbl = 'complainant'"
        )
        return list(dict.fromkeys([*found, *(tuple(row) for row in images.fetchall())]))

    def reseal(
        self, table: str, row: int, values: dict[str, storage.Value]
    ) -> Mapping[str, storage.Value]:
        """Return the columns of a row, or of its image, that are to be other than they are."""
        match table:
            case "complainant":
                names = ("name", "phone", "address")
                return {n: self._seal(str(values[n]), table, row, n) for n in names}
            case "complaint":
                return self._texts(row, values)
            case "complaint_step":
                people = self._people.get(int(values["complaint"] or 0), [])
                return {n: identity.mask(people, str(values[n])) for n in ("text", "detail")}
            case "letter":
                return self._letter(row, values)
        if values["owner"] != "complaint":
            return {}
        return {"secret": 1, "name": self._seal(str(values["name"]), table, row)}

    def _texts(self, row: int, values: dict[str, storage.Value]) -> Mapping[str, storage.Value]:
        texts = {name: str(values[name]) for name in ("body", "demands")}
        shown, hidden = identity.masked(self._people.get(row, ()), texts)
        if not hidden:
            return {}
        return {**shown, "sealed": self._seal(hidden, "complaint", row)}

    def _letter(self, row: int, values: dict[str, storage.Value]) -> Mapping[str, storage.Value]:
        subject = int(values["subject_id"] or 0)
        named = values["subject"] == "complaint" and subject not in self._anonymous
        if not named or values["kind"] not in TO_COMPLAINANTS or not values["sha256"]:
            return {}
        self._letters.add(str(values["sha256"]))
        return {
            "addressee": identity.MASK,
            "fields": self._seal(str(values["fields"]), "letter", row),
            "secret": 1,
        }

    def _seal(self, text: str, *place: object) -> str:
        if not text:
            return ""
        if (*place, text) not in self._sealed:
            box = keys.seal(self._key, text.encode("utf-8"), b"text")
            self._sealed[*place, text] = identity.SEALED + base64.b64encode(box).decode()
        return self._sealed[*place, text]

    def reseal_letter(self, sha256: str, pdf: bytes) -> bytes:
        """Return a letter's bytes, sealed if it names who complained."""
        return keys.seal(self._key, pdf, b"bytes") if sha256 in self._letters else pdf
