"""The chain of events (操作记录链): each one's hash holds the one before; checking it, and its head.

An event's hash is SHA-256 over a JSON array of the previous hash, the event's columns and every row
it changed, before and after. Anybody can compute it, so the chain shows what was edited, taken out
or put in between; the signature shows who wrote an event; a printed head (链首) shows a cut tail.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db.driver import Database, sqlite
from frozen import dataclass

Value = str | int | float | bytes | None
Row = tuple[Value, ...]
#: Told how far a check is: done of total; may raise to stop it.
Progress = Callable[[int, int], None]

#: What of an event is hashed, in this order. A column added later is not: it needs a new form.
EVENT = (
    "seq", "at", "clerk", "clerk_name", "action", "subject", "subject_id", "label", "reason",
    "undoes", "signer", "doubtful",
)  # fmt: skip
#: What of each changed row is hashed.
CHANGE = ("tbl", "row_id", "rev", "before", "after")

#: What stands before the first event.
START = ""
_SIGNED = b"SLED event "
_STEP = 2_000
#: So many breaks are named; more are only counted.
NAMED = 50


class Event(NamedTuple):
    """An event as it lies in the file: the hashed columns, its changes, its hash and signature.

    Only its number among the columns: changes lie there that belong to no event. (A tuple, for
    hundreds of thousands are read at every start.)
    """

    columns: Row
    changes: Sequence[Row]
    hash: str
    signature: str

    @property
    def seq(self) -> int:
        """Its number."""
        return int(self.columns[0] or 0)

    def named(self, column: str) -> Value:
        """Return one of its columns."""
        return self.columns[EVENT.index(column)]


class Broken(StrEnum):
    """What is wrong at a place of the chain."""

    ALTERED = "altered"  # what the event says is not what its hash was made from
    MISSING = "missing"  # an event was taken out
    STRAY = "stray"  # changes that belong to no event
    REWRITTEN = "rewritten"  # its hash was made anew: it is not what its author signed
    UNSIGNED = "unsigned"  # it bears no signature though its time had keys
    FOREIGN_KEY = "foreign_key"  # signed by a key that was not this clerk's at the time


@dataclass(frozen=True, slots=True)
class Break:
    """A broken place: the event's number, what is wrong there, and the hash that was found."""

    seq: int
    broken: Broken
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the chain came to; ``breaks`` names the first ones, ``count`` says how many."""

    events: int
    first: int
    last: int
    head: str
    breaks: tuple[Break, ...] = ()
    count: int = 0


_encode = msgspec.json.Encoder().encode


def link(previous: str, columns: Sequence[Value], changes: Sequence[Sequence[Value]]) -> str:
    """Return the hash of an event, as hexadecimal digits."""
    return hashlib.sha256(_encode((previous, columns, changes))).hexdigest()


def link_written(
    db: Database,
    previous: str,
    columns: Sequence[Value],
    told: Callable[[float], None] | None = None,
) -> str:
    """Return the hash of an event whose changes are in the file; the same as ``link`` of them.

    For very many changes, read in pieces. The database writes each piece as JSON: what is quoted
    there are images, which are JSON themselves, so that no sign occurs that two writers of JSON
    would write in two ways. ``told`` how far it is, from 0 to 1; may raise to stop.
    """
    made = hashlib.sha256(_encode((previous, columns)).removesuffix(b"]") + b",[")
    seq = columns[0]
    first, end = db.execute(
        "SELECT min(id), max(id) FROM event_change WHERE seq = ?", [seq]
    ).fetchone()
    last, comma = None if first is None else first - 1, b""
    while last is not None:
        if told is not None:
            told((last + 1 - first) / (end + 1 - first))
        piece, last = db.execute(_PIECE, [last, seq, PIECE]).fetchone()
        if last is not None:
            made.update(comma)
            made.update(memoryview(piece)[1:-1])
            comma = b","
    made.update(b"]]")
    return made.hexdigest()


def sign(signing: bytes, digest: str) -> str:
    """Return the signature (Ed25519) of an event's hash, as hexadecimal digits."""
    key = Ed25519PrivateKey.from_private_bytes(signing)
    return key.sign(_SIGNED + digest.encode()).hex()


def signed(public: str, digest: str, signature: str) -> bool:
    """Say whether a signature of a hash was made with the secret half of a public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), _SIGNED + digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


# ---- reading -----------------------------------------------------------------------------------

_EVENTS = f"SELECT {', '.join(EVENT)}, hash, signature FROM event WHERE seq > ? ORDER BY seq"  # noqa: S608 - our own names
_CHANGES = f"SELECT seq, {', '.join(CHANGE)} FROM event_change WHERE seq > ? ORDER BY seq, id"  # noqa: S608 - our own names


#: Changes that are read at a time to be hashed.
PIECE = 2_000
_PIECE = (  # walked in the order in which they lie there, not sought one by one
    "SELECT CAST(json_group_array(json_array(tbl, row_id, rev, before, after)) AS BLOB), max(id) "
    "FROM (SELECT * FROM event_change WHERE id > ? AND +seq = ? ORDER BY id LIMIT ?)"
)

#: No number lies before it, whatever somebody put in.
_BEFORE_ALL = -(2**63)


def head(db: Database) -> tuple[int, str]:
    """Return the number and the hash of the newest event; (0, "") before the first one."""
    found = db.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, START)


def events(db: Database, after: int = _BEFORE_ALL) -> Iterator[Event]:
    """Read the events after one in their order, with their changes."""
    changes = db.execute(_CHANGES, [after])
    following = changes.fetchone
    change = following()
    width = len(EVENT)
    for row in db.execute(_EVENTS, [after]):
        seq = row[0]
        while change is not None and change[0] < seq:
            stray = change[0]
            while change is not None and change[0] == stray:
                change = following()
            yield Event((stray,), (), "", "")
        own = []
        while change is not None and change[0] == seq:
            own.append(change[1:])
            change = following()
        yield Event(row[:width], own, row[width], row[width + 1])
    while change is not None:
        stray = change[0]
        while change is not None and change[0] == stray:
            change = following()
        yield Event((stray,), (), "", "")


# ---- checking ----------------------------------------------------------------------------------


class _Breaks:
    """The broken places found so far, the first of them by name."""

    def __init__(self) -> None:
        self.named: list[Break] = []
        self.count = 0

    def add(self, seq: int, broken: Broken, evidence: str = "") -> None:
        self.count += 1
        if len(self.named) < NAMED:
            self.named.append(Break(seq, broken, evidence))


def follow(chain: Iterable[Event], total: int = 0, progress: Progress | None = None) -> Checked:
    """Check the hashes of events in their order, from the first one on; signatures are not looked at.

    A broken place accuses no event after it: the next one may stand on the hash that is kept or on
    the hash that should be there.
    """
    breaks = _Breaks()
    kept, made, expected, first, count = START, START, 1, 0, 0
    for columns, changes, digest, _signature in chain:
        seq = int(columns[0] or 0)
        if len(columns) == 1:
            breaks.add(seq, Broken.STRAY)
            continue
        gap = seq != expected
        if gap:
            breaks.add(expected, Broken.MISSING)
        found = link(kept, columns, changes)
        if found != digest:
            if made != kept:
                found = link(made, columns, changes)
            if found != digest and not gap:
                breaks.add(seq, Broken.ALTERED, found)
        kept, made, expected = digest, found, seq + 1
        first = first or seq
        count += 1
        if progress is not None and not count % _STEP:
            progress(count, max(total, count))
    last = expected - 1 if count else 0
    return Checked(count, first, last, kept, tuple(breaks.named), breaks.count)


def verify(db: Database, progress: Progress | None = None) -> Checked:
    """Check the hashes of the whole chain in a file."""
    total = int(db.execute("SELECT count(*) FROM event").fetchone()[0])
    try:
        return follow(events(db), total, progress)
    except sqlite.OperationalError as error:
        if "decode" not in str(error).lower():
            raise
    # Somebody put bytes into a text that are no text: read them as such, and find where.
    before = db.conn.text_factory
    db.conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        return follow(events(db), total, progress)
    finally:
        db.conn.text_factory = before


@dataclass(frozen=True, slots=True)
class Key:
    """A clerk's public key and from which event until which it was his (0: still)."""

    clerk: int
    public: str
    since: int
    until: int = 0


def keys_of(chain: Iterable[Event], known: dict[int, Key]) -> Iterator[Event]:
    """Pass events on, taking note of the keys that they hand out or withdraw."""
    for one in chain:
        for table, row, _rev, _before, after in one.changes:
            if table == "clerk_key":
                _take_key(known, one.seq, int(row or 0), str(after))
        yield one


class _KeyImage(msgspec.Struct):
    clerk: int
    public: str
    void: int = 0


def _take_key(known: dict[int, Key], seq: int, row: int, after: str) -> None:
    try:
        said = msgspec.json.decode(after, type=_KeyImage)
    except (msgspec.DecodeError, UnicodeDecodeError):  # the hash of that event will not hold either
        return
    former = known.get(row)
    since = former.since if former is not None else seq
    known[row] = Key(said.clerk, said.public, since, seq if said.void else 0)


def authors(
    chain: Iterable[Event],
    known: dict[int, Key] | None = None,
    total: int = 0,
    progress: Progress | None = None,
) -> Checked:
    """Check who signed each event, from the first one on; slow (a seventh of a millisecond each).

    Once the first key was handed out every event must be signed, by a key that was its clerk's.

    Args:
        chain: the events from the first one on.
        known: filled with the keys that the events hand out.
        total: how many there are, for progress.
        progress: told how far it is.
    """
    known = {} if known is None else known
    breaks, count, first, last, digest = _Breaks(), 0, 0, 0, START
    for one in keys_of(chain, known):
        if len(one.columns) == 1:
            continue
        wrong = _signature(one, known)
        if wrong is not None:
            breaks.add(one.seq, wrong, one.hash)
        count, first, last, digest = count + 1, first or one.seq, one.seq, one.hash
        if progress is not None and count % 100 == 0:
            progress(count, max(total, count))
    return Checked(count, first, last, digest, tuple(breaks.named), breaks.count)


def _signature(one: Event, known: Mapping[int, Key]) -> Broken | None:
    signer = one.named("signer")
    if signer is None or not one.signature:
        return Broken.UNSIGNED if known else None
    key = known.get(int(signer))
    if key is None or key.clerk != one.named("clerk") or 0 < key.until < one.seq:
        return Broken.FOREIGN_KEY
    return None if signed(key.public, one.hash, one.signature) else Broken.REWRITTEN


def verify_authors(db: Database, progress: Progress | None = None) -> Checked:
    """Check every signature of the chain in a file."""
    total = int(db.execute("SELECT count(*) FROM event").fetchone()[0])
    return authors(events(db), None, total, progress)


#: So many of the newest signatures are checked at every start: who makes the whole chain anew can
#: not sign for the others.
NEWEST = 100


def newest_authors(db: Database) -> tuple[Break, ...]:
    """Check the newest signatures only; what the events changed is not read for it."""
    known: dict[int, Key] = {}
    for row, seq, after in db.execute(_KEYS).fetchall():
        _take_key(known, int(seq), int(row), str(after))
    last, _hash = head(db)
    width, found = len(EVENT), []
    for row in db.execute(_EVENTS, [max(0, last - NEWEST)]).fetchall():
        one = Event(row[:width], (), row[width], row[width + 1])
        then = {at: key for at, key in known.items() if key.since <= one.seq}
        wrong = _signature(one, then)
        if wrong is not None:
            found.append(Break(one.seq, wrong, one.hash))
    return tuple(found)


_KEYS = "SELECT row_id, seq, after FROM event_change WHERE tbl = 'clerk_key' ORDER BY seq, id"


def begin(db: Database) -> None:
    """Give a file its chain whose events were written before there was one; they stay unsigned."""
    previous = START
    for one in list(events(db)):
        previous = link(previous, one.columns, one.changes)
        db.execute("UPDATE event SET hash = ? WHERE seq = ?", [previous, one.seq])


# ---- the head on paper -------------------------------------------------------------------------

#: Bytes of the hash that are printed: 80 bits.
_PRINTED = 10


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain (链首) as it is printed: the event's number, the begin of its hash."""

    seq: int
    digest: str

    def __str__(self) -> str:
        """As it stands on paper: 1234-ABCD-EFGH-IJKL-MNOP."""
        word = base64.b32encode(bytes.fromhex(self.digest)).decode()
        return "-".join([str(self.seq), *(word[n : n + 4] for n in range(0, len(word), 4))])


def anchor(seq: int, digest: str) -> Anchor:
    """Return the anchor of an event."""
    return Anchor(seq, digest[: 2 * _PRINTED])


def read_anchor(text: str) -> Anchor | None:
    """Read an anchor as somebody typed it, forgiving case, blanks and 0, 1, 8 for O, I, B."""
    words = text.upper().replace("－", "-").replace("—", "-").split("-", 1)
    if len(words) != 2:
        return None
    number, word = words[0].strip(), "".join(c for c in words[1] if c not in " -\u3000")
    word = word.translate(str.maketrans("018", "OIB"))
    if not (number.isascii() and number.isdigit() and len(number) <= 15 and len(word) == 16):
        return None
    try:
        return Anchor(int(number), base64.b32decode(word).hex())
    except ValueError:
        return None
