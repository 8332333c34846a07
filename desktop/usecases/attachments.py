"""Files kept with a record: stored by content hash beside the office file, never changed."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db import keys
from db.ledger import Action
from db.queries import office as queries
from desktop.rules import typed
from desktop.rules.faults import Fault, NotPermitted, fault
from desktop.usecases.office import Acting, Office

#: Kinds that may be kept: what offices scan, photograph and write. Programs are never among them.
KINDS = frozenset([
    "pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "csv", "txt",
    "jpg", "jpeg", "png", "bmp", "tif", "tiff", "gif",
    "mp3", "wav", "m4a", "amr", "mp4", "mov", "avi", "eml", "zip",
])  # fmt: skip
LIMIT = 50 * 1024 * 1024

_PROGRAMS = (b"MZ", b"\x7fELF", b"L\x00\x00\x00\x01\x14\x02\x00", b"#!")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is in the store already, ready to be noted in an action."""

    name: str
    sha256: str
    size: int
    secret: bool = False


def check_files(field: str, files: Sequence[str]) -> list[Fault]:
    """Check files before anything is written: there, not empty, not too large, of an allowed kind."""
    found: list[Fault] = []
    for file in files:
        path = Path(file)
        try:
            size = path.stat().st_size
            with path.open("rb") as stream:
                head = stream.read(8)
        except OSError:
            found.append(fault(field, "file_missing", name=path.name))
            continue
        if head.startswith(_PROGRAMS):
            found.append(fault(field, "file_program", name=path.name))
        elif path.suffix.lower().lstrip(".") not in KINDS:
            found.append(fault(field, "file_kind", name=path.name))
        elif wrong := _name_fault(field, path.name):
            found.append(wrong)
        elif size == 0:
            found.append(fault(field, "file_empty", name=path.name))
        elif size > LIMIT:
            limit = LIMIT // 1024 // 1024
            found.append(fault(field, "file_large", name=path.name, limit=limit))
    return found


def _name_fault(field: str, name: str) -> Fault | None:
    """Refuse a name that shows itself as another (turned round by a hidden character)."""
    wrong = typed.check_text(field, name)
    return wrong if wrong and wrong.code in ("hidden_character", "control_character") else None


def store(office: Office, files: Sequence[str], *, secret: bool = False) -> list[Kept]:
    """Copy files into the store and make sure they are on the disk before any record names them.

    Args:
        office: the open office.
        files: where they lie now.
        secret: whether they may say who complained: then only those see them who may see that.

    Raises:
        NotPermitted: ``identity_hidden`` – this user may not keep such files.
    """
    return [_store(office, Path(file), secret) for file in files]


def _key(office: Office, secret: bool) -> bytes:
    if not secret:
        return office.session.keys.data
    if office.session.keys.identity is None or not office.session.sees_identity:
        raise NotPermitted("identity_hidden")
    return office.session.keys.identity


def _place(root: Path, digest: str, secret: bool) -> Path:
    return root / digest[:2] / (digest + (".sealed" if secret else ".enc"))


def folder(office: Office) -> Path:
    """Return the folder beside the office file that holds its attachments."""
    return office.path.with_suffix(".files")


def _store(office: Office, source: Path, secret: bool) -> Kept:
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    target = _place(folder(office), digest, secret)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        with part.open("wb") as stream:
            stream.write(keys.seal(_key(office, secret), content, b"attachment"))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    return Kept(source.name, digest, len(content), secret)


def note(action: Action, owner: str, owner_id: int, kept: Sequence[Kept], acting: Acting) -> None:
    """Note stored files as a record's attachments, inside its action."""
    for file in kept:
        action.insert(
            "attachment",
            owner=owner,
            owner_id=owner_id,
            name=file.name,
            sha256=file.sha256,
            size=file.size,
            secret=int(file.secret),
            added=acting.today.isoformat(),
        )


def content(office: Office, attachment_id: int) -> bytes | None:
    """Return an attachment's content, or None if the store lacks it as it was.

    Raises:
        NotPermitted: ``identity_hidden`` – it may say who complained, and this user may not see it.
    """
    found = queries.attachment(office.db, attachment_id)
    if found is None:
        return None
    key = _key(office, found.secret)
    try:
        box = _place(folder(office), found.sha256, found.secret).read_bytes()
        plain = keys.unseal(key, box, b"attachment")
    except (OSError, keys.WrongPassword):
        return None
    return plain if hashlib.sha256(plain).hexdigest() == found.sha256 else None


def export(office: Office, attachment_id: int, target: Path) -> bool:
    """Copy an attachment out under a name the clerk chose; False if the store lacks it as it was.

    Raises:
        NotPermitted: ``identity_hidden`` – it may say who complained, and this user may not see it.
    """
    plain = content(office, attachment_id)
    if plain is None:
        return False
    target.write_bytes(plain)
    return True
