"""Whether the office file is as its log says (检查): at every start, and signatures on demand.

What was touched from outside the program is named by record and event; an administrator may take
note of it (知悉), which is an event itself, so that it is not told anew and yet stays told.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db import chain, guards, moment, reconcile, shape, standins
from db.chain import Break
from db.driver import Database, sqlite
from db.ledger import EventDraft
from db.queries import log as queries
from db.reconcile import Touched, TouchedRow
from desktop import notices
from desktop.notices import UnreadableCode
from desktop.rules import typed
from desktop.rules.faults import refuse_if
from desktop.text import N_
from desktop.usecases import auditwords as words
from desktop.usecases.identity import SEALED
from desktop.usecases.office import Acting, Done, Office

#: Told what is being done and how far it is: text, done, total; may raise to stop it.
Progress = Callable[[str, int, int], None]

_AT_FILE = N_("正在检查数据文件")
_AT_CHAIN = N_("正在核对操作记录")
_AT_ROWS = N_("正在核对登记内容")
_AT_SIGNATURES = N_("正在核对签名")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record: before and after, as texts to be shown."""

    table: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be (发现的问题).

    ``kind`` is a key of ``auditwords.FINDINGS``; ``record`` is the number or name of the record;
    ``seq``, ``at`` and ``clerk`` tell of the event concerned; ``note`` holds what else there is to
    say; ``key`` tells this finding from every other.
    """

    kind: str
    key: str
    table: str = ""
    row_id: int = 0
    record: str = ""
    seq: int = 0
    at: datetime | None = None
    clerk: str = ""
    fields: tuple[Change, ...] = ()
    note: str = ""

    @property
    def mends_by_accepting(self) -> bool:
        """Whether taking note of it also puts it right: triggers and indexes are made anew."""
        return self.kind in {*guards.Guard, *shape.MENDED}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an inspection came to; ``accepted`` of the findings were taken note of before."""

    events: int
    head: str
    findings: tuple[Finding, ...]
    accepted: int = 0
    more: int = 0


def sentence(finding: Finding, say: Callable[[str], str] = str) -> str:
    """Say a finding in words; ``say`` translates."""
    at = f"{finding.at:%Y-%m-%d %H:%M} " if finding.at else ""
    note = finding.note
    if finding.kind.startswith("column_"):
        note = words.column_words(finding.table, note, say)
    return say(words.FINDINGS[finding.kind]).format(
        table=words.table_words(finding.table, say),
        record=finding.record,
        seq=finding.seq,
        who=f"{at}{finding.clerk}".strip(),
        note=note,
    )


# ---- inspecting --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look over a file came to, not yet in words; ``pages``: what can not be read.

    ``checked`` is None where nothing could be compared.
    """

    pages: tuple[str, ...]
    shaped: tuple[shape.ShapeFault, ...] = ()
    last: tuple[int, str] = (0, "")
    checked: chain.Checked | None = None
    broken: tuple[Break, ...] = ()
    touched: tuple[TouchedRow, ...] = ()
    references: tuple[tuple[str, int, str], ...] = ()
    faults: tuple[guards.GuardFault, ...] = ()


def inspect(office: Office, progress: Progress | None = None) -> Inspection:
    """Inspect the file: its pages, its references, the chain, the guards, every row; changes nothing.

    Of the signatures only the newest are looked at: all of them take long (``inspect_signatures``).
    """
    return _in_words(office, look_over(office.db, progress))


def look_over(db: Database, progress: Progress | None = None) -> Looked:
    """Look over a file; nothing is put into words, for that needs the office."""
    tell = progress or _silent
    tell(_AT_FILE, 0, 0)
    pages = tuple(str(row[0]) for row in db.execute("PRAGMA quick_check(5)").fetchall())
    tell(_AT_CHAIN, 0, 0)
    if pages != ("ok",):  # what can not be read can not be compared
        return Looked(pages)
    shaped = shape.compare(db)
    try:
        return _compared(db, tell, shaped)
    except sqlite.OperationalError as error:
        if not shaped or "no such" not in str(error):
            raise
        return Looked((), shaped)  # what is needed to compare the rest is lost


def _compared(db: Database, tell: Progress, shaped: tuple[shape.ShapeFault, ...]) -> Looked:
    """Compare the log with itself, the rows with the log, the guards with what they should be."""
    checked = chain.verify(db, lambda done, total: tell(_AT_CHAIN, done, total))
    broken = checked.breaks or chain.newest_authors(db)
    tell(_AT_ROWS, 0, 0)
    touched = reconcile.reconcile(db, lambda done, total: tell(_AT_ROWS, done, total))
    references = [
        (str(table), int(row_id or 0), str(parent))
        for table, row_id, parent, _number in db.execute("PRAGMA foreign_key_check").fetchall()
    ]
    faults = guards.compare(db, guards.of_shape())
    return Looked((), shaped, chain.head(db), checked, broken, touched, tuple(references), faults)


def _in_words(office: Office, looked: Looked) -> Inspection:
    """Say what a look over a file came to, without what was taken note of."""
    checked = looked.checked
    lost = [_misshapen(one) for one in looked.shaped if one.shape in shape.LOST]
    if checked is None:
        pages = [_page(one) for one in looked.pages if one != "ok"]
        return Inspection(0, "", (*pages, *lost))
    found = [*(_broken(office, one) for one in looked.broken), *lost]
    found += [_touched(office, one) for one in looked.touched]
    found += _references(office, looked)
    # Last: a hundred guards torn down must not bury the one record that was rewritten then.
    found += [_misshapen(one) for one in looked.shaped if one.shape not in shape.LOST]
    found += [_fault(one) for one in looked.faults]
    more = max(0, checked.count - len(checked.breaks))
    return _told(office, checked.events, looked.last, found, more)


def inspect_signatures(office: Office, progress: Progress | None = None) -> Inspection:
    """Check who signed each event; takes about a seventh of a millisecond for each."""
    tell = progress or _silent
    tell(_AT_SIGNATURES, 0, 0)
    checked = chain.verify_authors(office.db, lambda done, total: tell(_AT_SIGNATURES, done, total))
    found = [_broken(office, one) for one in checked.breaks]
    more = checked.count - len(checked.breaks)
    return _told(office, checked.events, chain.head(office.db), found, more)


def _told(
    office: Office, events: int, last: tuple[int, str], found: Iterable[Finding], more: int
) -> Inspection:
    known = {label.rpartition("〔")[2].rstrip("〕") for label in queries.accepted(office.db)}
    new = tuple(dict.fromkeys(one for one in found if one.key not in known))
    old = sum(one.key in known for one in found)
    return Inspection(events, _anchor(*last), new, old, more)


def _silent(_text: str, _done: int, _total: int) -> None:
    return


def _key(*parts: object) -> str:
    return hashlib.sha256(json.dumps([str(p) for p in parts]).encode()).hexdigest()[:12]


def _page(said: str) -> Finding:
    return Finding("file", _key("file", said), note=said)


def _references(office: Office, looked: Looked) -> list[Finding]:
    """Name the rows that refer to nothing, unless they are named already."""
    named = {(one.table, one.row_id) for one in looked.touched}
    return [
        Finding(
            "reference",
            _key("reference", table, row_id, parent),
            table,
            row_id,
            record_label(office, table, row_id),
        )
        for table, row_id, parent in looked.references
        if (table, row_id) not in named and not table.startswith("event")
    ]


def _broken(office: Office, one: Break) -> Finding:
    line = queries.line(office.db, one.seq)
    key = _key(one.broken, one.seq, one.evidence)
    if line is None:
        return Finding(one.broken.value, key, seq=one.seq)
    who = f"{line.clerk_name} {words.action_words(line.action)} {line.label}".strip()
    return Finding(one.broken.value, key, seq=one.seq, at=line.at, clerk=who)


def _fault(one: guards.GuardFault) -> Finding:
    return Finding(one.guard.value, _key(one.guard, one.name, one.text), one.table, note=one.name)


def _misshapen(one: shape.ShapeFault) -> Finding:
    key = _key(one.shape, one.table, one.name, one.found)
    return Finding(one.shape.value, key, one.table, note=one.name)


def _touched(office: Office, one: TouchedRow) -> Finding:
    line = queries.line(office.db, one.seq) if one.seq else None
    fields = tuple(
        Change(one.table, c, shown(office, one.table, c, was), shown(office, one.table, c, now))
        for c, was, now in one.fields
    )
    return Finding(
        one.touched.value,
        _key(one.touched, one.table, one.row_id, one.seq, one.fields),
        one.table,
        one.row_id,
        record_label(office, one.table, one.row_id, of_log=one.touched is Touched.CHANGED),
        one.seq,
        line.at if line else None,
        line.clerk_name if line else "",
        fields,
    )


# ---- beside the work ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """The file as it stands at a moment, with its key, to be looked over beside the work."""

    held: moment.Held
    key: bytes


def hold(office: Office) -> Beside | None:
    """Keep the file as it stands now, to be looked over beside the work; None if that must wait.

    ``let_go`` ends it, and so does closing the office.
    """
    held = moment.hold(office.db)
    return None if held is None else Beside(held, office.session.keys.data)


def look_beside(
    beside: Beside,
    progress: Progress | None = None,
    stopper: Callable[[Callable[[], None]], None] | None = None,
) -> Looked:
    """Look over a file that is held, on whatever thread; ``stopper``: see ``moment.beside``."""
    with moment.beside(beside.held, beside.key, stopper) as db:
        return look_over(db, progress)


def let_go(office: Office, beside: Beside, looked: Looked | None) -> Inspection | None:
    """Let the file go on; say what the look came to, if it came to its end."""
    moment.let_go(office.db, beside.held)
    return None if looked is None else _in_words(office, looked)


# ---- taking note -------------------------------------------------------------------------------


def accept(office: Office, findings: Iterable[Finding], reason: str, acting: Acting) -> Done[None]:
    """Take note of findings (知悉): an event for each says what was found; triggers are put back.

    The rows of a lost bundle are kept as they stand: what is done to them later is found again.

    Raises:
        Faults: no reason was given.
        NotPermitted: ``not_your_role``.
    """
    refuse_if([typed.check_text("reason", reason, required=True)])
    seq = 0
    chosen = tuple(findings)
    for one in chosen:
        label = f"{sentence(one)}〔{one.key}〕"
        event = EventDraft("log.accept", "event", one.seq, label, typed.clean(reason))
        with office.ledger.action(event, acting.actor()) as action:
            if one.table == "bundle":  # what is done to its rows from now on is to be found
                standins.write(action, office.db, one.row_id)
        seq = event.seq
    if any(one.kind in {*guards.Guard} for one in chosen):
        guards.mend(office.db)
    if any(one.kind in shape.MENDED for one in chosen):
        shape.mend(office.db)
    return Done(None, seq)


# ---- the chain's head --------------------------------------------------------------------------


def head(office: Office) -> str:
    """Return the head of the chain (链首) as it is printed; empty before the first event."""
    return _anchor(*chain.head(office.db))


def _anchor(seq: int, digest: str) -> str:
    return str(chain.anchor(seq, digest)) if seq else ""


class Held(StrEnum):
    """Whether the file still holds a head that was printed once."""

    UNREADABLE = "unreadable"  # no head of a chain
    HELD = "held"  # the file holds it: nothing up to it was taken out or changed
    CUT = "cut"  # the file ends before it
    OTHER = "other"  # the file holds another event at this place


@dataclass(frozen=True, slots=True)
class AnchorVerdict:
    """What comes of looking up a printed head: where the file ends, and the event of that number."""

    held: Held
    anchor: str = ""
    seq: int = 0
    last: int = 0
    at: datetime | None = None
    clerk: str = ""
    action: str = ""
    label: str = ""


def check_anchor(office: Office, text: str) -> AnchorVerdict:
    """Look up a head from paper (核对链首), typed by hand or in the code of a letter."""
    wanted = _anchor_in(text)
    last, _digest = chain.head(office.db)
    if wanted is None:
        return AnchorVerdict(Held.UNREADABLE, last=last)
    line = queries.line(office.db, wanted.seq)
    if line is None:
        held = Held.CUT if wanted.seq > last else Held.OTHER
        return AnchorVerdict(held, str(wanted), wanted.seq, last)
    same = line.hash.startswith(wanted.digest)
    return AnchorVerdict(
        Held.HELD if same else Held.OTHER,
        str(wanted),
        line.seq,
        last,
        line.at,
        line.clerk_name,
        line.action,
        line.label,
    )


def _anchor_in(text: str) -> chain.Anchor | None:
    try:
        return chain.read_anchor(notices.read_code(text).anchor)
    except UnreadableCode:
        return chain.read_anchor(text)


# ---- records in words --------------------------------------------------------------------------

#: Columns that tell a record from others of its kind, the best first.
_TELLING = ("number", "name", "title", "key", "day", "year", "kind", "block", "grade")
#: Columns that name the record it belongs to.
_ABOVE = ("complaint", "case_file", "letter", "round_unit", "round", "unit", "clerk")
_DEPTH = 3


def record_label(
    office: Office, table: str, row_id: int, *, of_log: bool = False, depth: int = 0
) -> str:
    """Return what people call a record: its number or name and what it belongs to; no identity.

    ``of_log``: as the log has it, for what stands in the file can not be believed.
    """
    row = (
        {} if of_log else queries.record(office.db, table, row_id) if table in words.TABLES else {}
    )
    if not row:
        image = queries.newest_image(office.db, table, row_id)
        row = json.loads(image) if image else {}
    own = "" if table == "complainant" or names_file(office, table, row) else _telling(row)
    if table == "office_setting":
        return words.setting_words(str(row.get("key", row_id)))
    if table == "number_series":
        series = str(row.get("series", ""))
        return f"{words.VALUES['series'].get(series, series)}〔{row.get('year', '')}〕"
    if row.get("owner"):
        above = record_label(office, str(row["owner"]), int(str(row["owner_id"])), depth=depth + 1)
        return "　".join(part for part in (above, own) if part)
    if "number" not in row and depth < _DEPTH:
        found = next(((c, row[c]) for c in _ABOVE if row.get(c) and c != table), None)
        if found is not None and isinstance(found[1], int):
            parent = queries.parents(office.db, table).get(found[0], found[0])
            above = record_label(office, parent, found[1], depth=depth + 1)
            return "　".join(part for part in (above, own) if part) or str(row_id)
    return own or str(row_id)


def names_file(office: Office, table: str, row: Mapping[str, object]) -> bool:
    """Say whether a row holds the name of a file that may tell this user who complained.

    Such names are sealed; those of older files may stand open.
    """
    return table == "attachment" and bool(row.get("secret")) and not office.session.sees_identity


def _telling(row: dict[str, object]) -> str:
    for column in _TELLING:
        value = str(row.get(column) or "")
        if value:
            return "" if value.startswith(SEALED) else value
    return ""


def _in_rulebooks(office: Office, column: str, value: str) -> str:
    """Return the words of the rulebooks for a value: which place, which way a matter came."""
    books = office.library.places()
    if column == "pack":
        return next((book.place for book in books if book.id == value), value)
    return next((c.name for book in books for c in book.channels if c.id == value), value)


def shown(
    office: Office, table: str, column: str, value: object, say: Callable[[str], str] = str
) -> str:
    """Return a kept value as a text: sealed ones stay sealed, codes and references in words."""
    if value is None or value == "":
        return ""
    text = str(value)
    if text.startswith(SEALED):
        return say(words.HIDDEN)
    if column == "roles":
        return "、".join(say(words.ROLES.get(word, word)) for word in text.split())
    if table == "office_setting" and column == "key":
        return words.setting_words(text, say)
    known = words.VALUES.get(column, {}).get(text)
    if known is not None:
        return say(known)
    if column in ("pack", "channel"):
        return _in_rulebooks(office, column, text)
    if isinstance(value, int):
        parent = queries.parents(office.db, table).get(column)
        if parent is not None:
            return record_label(office, parent, value)
    return text
