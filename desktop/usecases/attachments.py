"""Files kept with a record: stored by content hash beside the office file, never changed."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from db import keys
from db.ledger import Action, EventDraft
from db.queries import complaints as complaint_queries
from db.queries import office as queries
from db.records import Attachment
from desktop.rules import typed
from desktop.rules.faults import Fault, NotPermitted, fault
from desktop.usecases import filekinds, identity
from desktop.usecases.office import Acting, Office, keep_event
from frozen import dataclass

#: Kinds that may be kept: what offices scan, photograph and write. Programs are never among them.
KINDS = frozenset([
    "pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "csv", "txt",
    "jpg", "jpeg", "png", "bmp", "tif", "tiff", "gif",
    "mp3", "wav", "m4a", "amr", "mp4", "mov", "avi", "eml", "zip",
])  # fmt: skip
LIMIT = 50 * 1024 * 1024

#: What the log says of a look at a file that may name who complained.
_LOOKED, _TAKEN = "查看附件", "附件另存到程序之外"


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
        if filekinds.is_program(head):
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
        elif not filekinds.agrees(path):
            found.append(fault(field, "file_content", name=path.name))
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
    office.before_writing()
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


def note(
    action: Action,
    office: Office,
    owner: str,
    owner_id: int,
    kept: Sequence[Kept],
    acting: Acting,
) -> list[int]:
    """Note stored files as a record's attachments, inside its action; return their rows.

    The name of a file that may say who complained is sealed: it is often called after who sent it,
    and the log keeps it for good.
    """
    return [
        action.insert(
            "attachment",
            owner=owner,
            owner_id=owner_id,
            name=identity.seal(office, file.name) if file.secret else file.name,
            sha256=file.sha256,
            size=file.size,
            secret=int(file.secret),
            added=acting.today.isoformat(),
        )
        for file in kept
    ]


def listed(office: Office, owner: str, owner_id: int) -> tuple[Attachment, ...]:
    """Return a record's attachments as this user may see them.

    A file of a complaint is often called after who sent it: those who may not see who complained
    read a number in place of the name.
    """
    found = queries.attachments(office.db, owner, owner_id)
    return tuple(
        replace(one, name=_shown_name(office, one, n)) if one.secret else one
        for n, one in enumerate(found, 1)
    )


def _shown_name(office: Office, one: Attachment, n: int) -> str:
    """Return what this user may read of the name of a file that may say who complained.

    Names were not always sealed; those kept open are masked all the same.
    """
    if office.session.sees_identity:
        return identity.unseal(office, one.name)
    suffix = "" if one.name.startswith(identity.SEALED) else Path(one.name).suffix
    return f"附件{n}{suffix}"


def look(office: Office, attachment_id: int, acting: Acting) -> bytes | None:
    """Return an attachment to be shown (查看附件); of a complaint's the looking is an event.

    Returns:
        The content, or None if the store lacks it as it was.

    Raises:
        NotPermitted: ``identity_hidden`` – it may say who complained, and this user may not see it.
    """
    found = content(office, attachment_id)
    if found is not None:
        _note_look(office, attachment_id, _LOOKED, acting)
    return found


def _note_look(office: Office, attachment_id: int, why: str, acting: Acting) -> None:
    """Note who looked, before anything is shown."""
    file = queries.attachment(office.db, attachment_id)
    if file is None or not file.secret or file.owner != "complaint":
        return
    complaint = complaint_queries.complaint(office.db, file.owner_id)
    number = complaint.number if complaint is not None else ""
    event = EventDraft("complaint.reveal", "complaint", file.owner_id, number, why)
    keep_event(office, event, acting)


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


def export(office: Office, attachment_id: int, target: Path, acting: Acting) -> bool:
    """Copy an attachment out under a name the clerk chose; False if the store lacks it as it was.

    Of a complaint's attachment this is an event, as looking at it is.

    Raises:
        NotPermitted: ``identity_hidden`` – it may say who complained, and this user may not see it.
    """
    plain = content(office, attachment_id)
    if plain is None:
        return False
    _note_look(office, attachment_id, _TAKEN, acting)
    target.write_bytes(plain)
    return True
