"""The recovery sheet (恢复单): the keys of an office file as words on paper, and opening by them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from db import connect, keys
from db.driver import Database
from db.errors import StorageFault
from db.keys import Cost, Keys
from db.ledger import EventDraft, Ledger, Signer
from db.queries import letters as letter_queries
from db.queries import office as queries
from db.records import Clerk
from desktop import notices
from desktop.notices import Form, Kind
from desktop.rules.faults import fault, refuse_if
from desktop.rules.roles import Role, read_roles, sees_identity, write_roles
from desktop.usecases import letters, templates
from desktop.usecases.founding import IDENTITY_MARK, identity_mark, password_fault
from desktop.usecases.office import SHEET_MADE, Acting, Done, Office, keep_setting
from desktop.usecases.session import Session
from frozen import dataclass

if TYPE_CHECKING:
    from mnemonic import Mnemonic

#: Signs of a key on paper (BIP-39: 256 bits and 8 of a checksum, 11 bits a sign), and in a row.
SIGNS, IN_ROW = 24, 6

#: How the text of a code (二维码) begins: plain ASCII, since scanners that type spoil Chinese.
DATA_CODE, IDENTITY_CODE = "SLEDKEY1", "SLEDKEY2"

_HEX = re.compile(r"(?:SLEDKEY[12]:)?([0-9A-Fa-f]{64})")


# ---- keys as words -----------------------------------------------------------------------------


@cache
def _list() -> "Mnemonic":
    from mnemonic import Mnemonic  # reads its list; only when a sheet is made or typed

    return Mnemonic("chinese_simplified")


def signs(key: bytes) -> str:
    """Return a key as 24 Chinese characters."""
    return "".join(_list().to_mnemonic(key).split())


def read_signs(field: str, text: str) -> bytes:
    """Return the key that 24 characters stand for; blanks, numbers and marks between do not count.

    The text of a code (二维码) is taken as well.

    Raises:
        Faults: ``sheet_count``, ``sheet_sign`` – a character that is in no key – or
            ``sheet_check`` – one of them was misread, or two are swapped.
    """
    scanned = _HEX.fullmatch(text.strip())
    if scanned:
        return bytes.fromhex(scanned[1])
    typed = unicodedata.normalize("NFKC", text)
    found = [ch for ch in typed if ch.isalpha() and not ch.isascii()]
    known = set(_list().wordlist)
    strange = next(((n, ch) for n, ch in enumerate(found, 1) if ch not in known), None)
    refuse_if([fault(field, "required") if not found else None])
    if strange is not None:
        refuse_if([fault(field, "sheet_sign", n=strange[0], sign=strange[1])])
    refuse_if([fault(field, "sheet_count", n=len(found)) if len(found) != SIGNS else None])
    if not _list().check(" ".join(found)):
        refuse_if([fault(field, "sheet_check")])
    return bytes(_list().to_entropy(found))


def _rows(key: bytes) -> str:
    """Return a key as it is printed: six characters a row, each row with the numbers they have."""
    every = signs(key)
    return "\n".join(
        f"{at + 1:02}—{at + IN_ROW:02}　" + "　".join(every[at : at + IN_ROW])
        for at in range(0, SIGNS, IN_ROW)
    )


# ---- the sheet ---------------------------------------------------------------------------------


def sheet(office: Office, identity: bytes, acting: Acting) -> bytes:
    """Return the recovery sheet as PDF; it lies nowhere, neither in the file nor beside it.

    Raises:
        Faults: a character can not be printed.
    """
    fields = {
        "office": office.profile().name,
        "mark": office.profile().letterhead,
        "number": "",
        "dated": acting.today,
        "file_name": office.path.name,
        "data_key": _rows(office.session.keys.data),
        "identity_key": _rows(identity),
        "clerk": acting.name,
    }
    template = templates.effective(office, Kind.RECOVERY_SHEET, "").template
    with letters.worded():
        paper = notices.compose(template, fields)
        assert isinstance(paper, Form)
        codes = (
            ("数据密钥", f"{DATA_CODE}:{office.session.keys.data.hex()}"),
            ("身份密钥", f"{IDENTITY_CODE}:{identity.hex()}"),
        )
        return notices.render(replace(paper, codes=codes), office.fonts).pdf


def asked_places(office: Office) -> tuple[int, int]:
    """Return which two characters of the data key are asked back, counted from 1.

    They follow from the key, so that asking again asks for the same ones.
    """
    first, second = office.session.keys.data[0] % 12, office.session.keys.data[1] % 12
    return first + 1, second + 13


def confirm_sheet(office: Office, typed: Sequence[str], acting: Acting) -> Done[None]:
    """Note that the sheet was made and read (恢复单); the log says no more than that.

    Args:
        office: the open office.
        typed: the two characters asked for, as read from the paper.
        acting: who made it.

    Raises:
        Faults: a character is not the one on the sheet.
    """
    every = signs(office.session.keys.data)
    places = asked_places(office)
    refuse_if(
        fault(f"sign.{n}", "sheet_other", n=place)
        if unicodedata.normalize("NFKC", one).strip() != every[place - 1]
        else None
        for n, (place, one) in enumerate(zip(places, typed, strict=True))
    )
    event = EventDraft("recovery.sheet", "profile", 1, "恢复单")
    with office.ledger.action(event, acting.actor()) as action:
        keep_setting(action, office.db, SHEET_MADE, acting.today.isoformat())
    return Done(None, 0)


# ---- opening by the sheet ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the sheet opened: the keys, and the users among whom one gets a new password."""

    path: Path
    data: bytes
    identity: bytes | None
    office: str
    clerks: tuple[Clerk, ...]

    def __repr__(self) -> str:
        """Never show a key."""
        return f"Recovered({self.path})"


def open_by_sheet(path: Path, data_text: str, identity_text: str) -> Recovered:
    """Try the keys of a recovery sheet on an office file; the second may be left out.

    Raises:
        Faults: a key is misread, or the identity key is another office's.
        StorageFault: ``not_an_office`` – the data key is another file's; or it can not be used.
    """
    data = read_signs("data", data_text)
    identity = read_signs("identity", identity_text) if identity_text.strip() else None
    db = _open(path, data)
    try:
        mark = letter_queries.setting(db, IDENTITY_MARK)
        wrong = identity is not None and bool(mark) and identity_mark(identity) != mark
        refuse_if([fault("identity", "sheet_not_this") if wrong else None])
        profile = queries.profile(db)
        name = profile.name if profile is not None else ""
        return Recovered(path, data, identity, name, tuple(queries.clerks(db)))
    finally:
        db.close()


def _open(path: Path, data: bytes) -> Database:
    try:
        return connect.open_office(path, data)
    except StorageFault as error:
        if error.code == "not_an_office":
            refuse_if([fault("data", "sheet_not_this")])
        raise


def recover(
    found: Recovered, clerk: int, password: str, acting_at: Acting, cost: Cost | None = None
) -> Session:
    """Give a user a new slot by the sheet, as 管理员; whatever slots there were stay as they are.

    The row of his new signing key is written before the slot: if the power fails between the two,
    the sheet opens the file again and nothing is in the way.

    Args:
        found: what the sheet opened.
        clerk: one of the users of the file.
        password: his new password.
        acting_at: when; who is taken from the file.
        cost: how dear guessing the password is made.

    Raises:
        Faults: the password can not be taken.
        StorageFault: the file or its folder can not be written.
    """
    one = next(c for c in found.clerks if c.id == clerk)
    refuse_if([password_fault("password", password, one.name)])
    roles = read_roles(one.roles) | {Role.ADMIN}
    held = Keys(
        found.data,
        found.identity if sees_identity(roles) else None,
        keys.new_keys(identity=False).signing,
    )
    db = _open(found.path, found.data)
    try:
        row = queries.next_key(db)
        ledger = Ledger(db, Signer(clerk, row, held.signing))
        event = EventDraft("user.key", "clerk", clerk, one.name, "恢复单")
        acting = Acting(clerk, one.name, acting_at.at)
        with ledger.action(event, acting.actor()) as action:
            for old in queries.live_keys(db, clerk):
                action.update("clerk_key", old, void=1)
            action.insert(
                "clerk_key", id=row, clerk=clerk, public=held.public, since=acting.at.isoformat()
            )
            action.update("clerk", clerk, roles=write_roles(roles))
    finally:
        db.close()
    ring = _ring(found.path)
    slot = keys.make_slot(ring, clerk, one.name, sorted(roles), held, password, cost)
    keys.write_ring(found.path, ring.having(slot))
    return Session(clerk, one.name, roles, held)


def _ring(path: Path) -> keys.KeyRing:
    try:
        return keys.read_ring(path)
    except StorageFault:
        return keys.new_ring()
