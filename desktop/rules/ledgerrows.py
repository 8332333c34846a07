"""A line of an old ledger becomes a complaint, or a list of what is wrong with it.

Closed matters come in closed with the days they had; running ones run from their day of receipt.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from desktop.rules import ledgerwords as words
from desktop.rules import typed
from desktop.rules.complaints import Identity, Outcome, PersonTyped, Ruling
from desktop.rules.faults import Fault, fault
from desktop.rules.ledgercells import Cell, check_kept, kept, line, lost_digits, plain, read_day
from desktop.rules.ledgercourse import Course, Said, course, faults_of
from desktop.rules.ledgerfields import DAYS, Field
from desktop.rules.secrecy import tighten

#: Stands for a unit that is to be added under the name it has in the ledger.
ADD = 0


class Matter(NamedTuple):
    """One line of the old ledger as it will be registered; units still by their names.

    (A tuple, as its course: there are very many of them.)
    """

    line: int
    old_number: str
    received: date
    channel: str
    identity: Identity
    people: tuple[PersonTyped, ...]
    unit: str
    person: str
    subject: str
    body: str
    demands: str
    course: Course


@dataclass(frozen=True, slots=True)
class Faulty:
    """One line that can not be registered as it stands, with every fault found in it."""

    line: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows already.

    ``units``: ids by name; ``channels``: id and name; ``numbers``: every number that is taken, old
    and own; ``matters``: day of receipt, unit and subject of what came without an old number.
    """

    units: Mapping[str, int]
    channels: Sequence[tuple[str, str]]
    numbers: frozenset[str] = frozenset()
    matters: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decided for the whole ledger.

    ``units``: for words that are no unit's name, the unit's id, or ``ADD``; ``channels``: for words
    that name no channel, its id; ``channel``: where nothing is said; ``finished``: a matter with a
    result and without a day of closing counts as closed on the last day it has.
    """

    units: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    finished: bool = True
    year: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What a ledger comes to: good lines, faulty ones, lines that hold no matter.

    ``strangers``: unknown names of units with the number of lines each stands in; ``ways``: the
    same for words that name no channel; ``sums``: the lines that only count others (合计).
    """

    good: tuple[Matter, ...]
    faulty: tuple[Faulty, ...]
    passed: int
    strangers: Mapping[str, int]
    ways: Mapping[str, int]
    sums: tuple[int, ...] = ()


#: What a line begins with that only counts others, and all that may follow there.
_SUM = re.compile(
    r"(?:以上|本[页月季年]|[上下]半年|全年|第?[一二三四1-4]季度|\d{1,2}月(?:份)?|\d{4}年(?:度)?)?"
    r"(?:合计|总计|小计|共计|累计|总数|总共|共(?=\d))(?P<rest>.*)"
)
#: Counts and what they count: 58件、已办结50件、电话12.
_COUNTS = re.compile(
    r"(?:\d+(?:\.\d+)?|[件宗起条次批人%]|其中|已|未|正?在办(?:理)?|办结|受理|不予|转办|不?属实|部分|实名|匿名|联名|"
    r"信[函件]|来[信电访]|电话|当面|网络|网上|邮件|答复|投诉|举报|[件宗]数|数|[:：,，、;；。.()（）/／-])*"
)
#: With what any of them begins: nearly every line is told by its first character.
_SUM_BEGINS = frozenset("以本上下全第一二三四合总小共累0123456789")


class Checker:
    """Checks the lines of one ledger; what repeats in it is looked at once."""

    def __init__(
        self,
        mapping: Sequence[Field | None],
        known: Known,
        choices: Choices,
        today: date,
        *,
        names: Sequence[str] = (),
        epoch_1904: bool = False,
    ) -> None:
        """``names`` are the headers, for the notes that keep their column's name."""
        self._at: dict[Field, int] = {
            f: at for at, f in enumerate(mapping) if f is not None and f is not Field.NOTE
        }
        self._notes = [
            (names[at] if at < len(names) else "", at)
            for at, f in enumerate(mapping)
            if f is Field.NOTE
        ]
        self._mapped = [at for at, f in enumerate(mapping) if f is not None]
        self.received_at = self._at.get(Field.RECEIVED, -1)
        self.day_columns = [(f, at) for f, at in self._at.items() if f in _LATER_DAYS]
        self._columns = [
            (_TEXTS.index(f), at, dict(_EMPTY), _limit(f), _looker(f))
            for f, at in self._at.items()
            if f not in DAYS
        ]
        #: What was found out of the handling, by what the lines say of it.
        self.courses: dict[tuple[object, ...], Course] = {}
        later = [at for _field, at in self.day_columns]
        self._later = itemgetter(*later) if later else tuple
        self._later_end = max(later, default=-1)
        self._outcomes: dict[str, Outcome | None] = {}
        self._known, self._choices, self._today = known, choices, today
        self._epoch = epoch_1904
        self._units = {tighten(name): name for name in known.units}
        self._unit_words: dict[str, str | None] = {}
        self._way_words: dict[str, str] = {}
        self._days: dict[Field, dict[Cell, date | Fault | None]] = {f: {} for f in DAYS}
        self._seen: dict[str, int] = {}
        self._met: dict[tuple[str, str, str], int] = {}
        self.strangers: dict[str, int] = {}
        self.ways: dict[str, int] = {}
        self.sums: list[int] = []

    def check(self, number: int, row: Sequence[Cell]) -> Matter | Faulty | None:
        """Check one line; None if it holds no matter (empty, a heading over the whole line, a sum)."""
        if _is_sum(row):
            self.sums.append(number)
            return None
        if self._is_heading(row):
            return None
        found = _Line(self, number, row)
        matter = found.read()
        if found.faults or matter is None:
            return Faulty(number, tuple(found.faults))
        if twin := self._twin(matter):
            return Faulty(number, (twin,))
        return matter

    def texts(self, row: Sequence[Cell], faults: list[Fault]) -> "_Texts":
        """Read every text of a line; short ones that repeat are looked at once."""
        found = _BLANK.copy()
        width = len(row)
        for place, at, known, limit, look in self._columns:
            cell = row[at] if at < width else None
            text = known.get(cell)
            if text is None:
                odd = None
                if type(cell) is str and len(cell) <= limit and plain(cell) and "+" not in cell:
                    text = cell.strip(" \u3000")
                else:
                    text, odd = look(cell)
                if odd is not None:
                    faults.append(odd)
                elif type(cell) is str and len(cell) < _REPEATED and len(known) < _DIFFERENT:
                    known[cell] = text
            found[place] = text
        return _Texts._make(found)

    def outcome(self, text: str) -> Outcome | None:
        """Return what the words of a result say was found."""
        if text not in self._outcomes:
            self._outcomes[text] = words.outcome_of(text)
        return self._outcomes[text]

    def day(self, wanted: Field, cell: Cell) -> date | Fault | None:
        """Read a day; the same cell is read once."""
        known = self._days[wanted]
        if type(cell) is str and cell in known:
            return known[cell]
        read = read_day(wanted, cell, year=self._choices.year, epoch_1904=self._epoch)
        if isinstance(read, date):
            read = typed.check_date(wanted, read, self._today) or read
        if type(cell) is str:
            known[cell] = read
        return read

    def later_days(self, row: Sequence[Cell]) -> object:
        """Return the cells of a line that hold days, but for the day of receipt."""
        if len(row) <= self._later_end:
            row = (*row, *[None] * (self._later_end - len(row) + 1))
        return self._later(row)

    def unit(self, word: str) -> str | None:
        """Return the name of the unit that a word means; None if nobody has said yet."""
        if word not in self._unit_words:
            name = self._units.get(tighten(word))
            chosen = self._choices.units.get(word)
            if name is None and chosen == ADD:
                name = word
            elif name is None and chosen is not None:
                name = next((n for n, key in self._known.units.items() if key == chosen), None)
            self._unit_words[word] = name
        found = self._unit_words[word]
        if found is None or self._choices.units.get(word) is not None:
            self.strangers[word] = self.strangers.get(word, 0) + 1
        return found

    def channel(self, word: str) -> str:
        """Return the channel that a word means, or an empty text."""
        if word not in self._way_words:
            plain = words.channel_of(word, self._known.channels)
            self._way_words[word] = self._choices.channels.get(word, "") or plain
        found = self._way_words[word]
        if not found or word in self._choices.channels:
            self.ways[word] = self.ways.get(word, 0) + 1
        return found

    @property
    def choices(self) -> Choices:
        """What the clerk decided."""
        return self._choices

    @property
    def today(self) -> date:
        """The day of importing."""
        return self._today

    def notes(self, row: Sequence[Cell], faults: list[Fault]) -> str:
        """Return what the columns of notes say, each with its column's name."""
        if not self._notes:
            return ""
        lines = []
        for name, at in self._notes:
            text = kept(row[at]) if at < len(row) else ""
            if text:
                lines.append(f"{name}：{text}" if name else text)
                if odd := lost_digits(Field.NOTE, row[at]):
                    faults.append(odd)
        return "\n".join(lines)

    def _is_heading(self, row: Sequence[Cell]) -> bool:
        first = ""
        count = 0
        if len(self._mapped) > 1 and len(row) > self._mapped[1]:
            one, other = row[self._mapped[0]], row[self._mapped[1]]
            if type(one) is str and type(other) is str:
                begins = one[:1], other[:1]
                if begins[0] != begins[1] and begins[0].isalnum() and begins[1].isalnum():
                    return False  # two texts: nearly every line
        for at in self._mapped:
            text = row[at] if at < len(row) else None
            if text is None or text == "":
                continue
            if isinstance(text, str):
                text = text.strip()
                if not text:
                    continue
            if count and text != first:
                return False
            first, count = text, count + 1  # type: ignore[assignment]
        return count == 0 or (count > 2 and count >= len(self._mapped) // 2)

    def _twin(self, matter: Matter) -> Fault | None:
        """Find the same matter, further up in the ledger or in the register."""
        if number := matter.old_number:
            if number in self._known.numbers:
                return fault(Field.NUMBER, "number_registered", number=number)
            before = self._seen.setdefault(number, matter.line)
            if before != matter.line:
                return fault(Field.NUMBER, "number_twice", number=number, line=before)
            return None
        key = (matter.received.isoformat(), matter.unit, matter.subject)
        if key in self._known.matters:
            return fault(Field.SUBJECT, "matter_registered")
        before = self._met.setdefault(key, matter.line)
        if before != matter.line:
            return fault(Field.SUBJECT, "matter_twice", line=before)
        return None


def _is_sum(row: Sequence[Cell]) -> bool:
    """Say whether a line only counts others: 合计, then nothing but counts (合计 58 件)."""
    cells = iter(row)
    first: Cell = None
    for first in cells:
        if first is not None and first != "":
            break
    if type(first) is not str or first.lstrip()[:1] not in _SUM_BEGINS:
        return False
    label = _SUM.fullmatch("".join(first.split()))
    if label is None or _COUNTS.fullmatch(label["rest"]) is None:
        return False
    return all(
        cell is None
        or isinstance(cell, int | float)
        or _COUNTS.fullmatch("".join(cell.split())) is not None
        or _SUM.fullmatch("".join(cell.split())) is not None
        for cell in cells
    )


_LATER_DAYS = tuple(where for where in DAYS if where is not Field.RECEIVED)
_NO_DAYS: dict[Field, date | None] = dict.fromkeys(_LATER_DAYS)
#: Texts that are kept with their line breaks, and how long a text of a field may be.
_LONG_FIELDS = (Field.BODY, Field.DEMANDS, Field.OPINION, Field.RESULT, Field.SUBJECT)
_SHORT_FIELDS = (Field.NUMBER, Field.NAME, Field.PHONE, Field.UNIT, Field.RECEIVER, Field.LEADER)
#: So long are texts that may repeat, and so many of one column are remembered.
_REPEATED, _DIFFERENT = 100, 4_000


class _Texts(NamedTuple):
    """The texts of one line by their fields; empty where no column holds them."""

    number: str
    channel: str
    identity: str
    name: str
    phone: str
    address: str
    unit: str
    person: str
    subject: str
    body: str
    demands: str
    leader: str
    opinion: str
    ruling: str
    receiver: str
    outcome: str
    result: str
    state: str


_TEXTS = [Field(name) for name in _Texts._fields]
#: From this text on they say how the matter was handled.
_HANDLING = _Texts._fields.index("leader")
_BLANK = [""] * len(_TEXTS)
_EMPTY: dict[Cell, str] = {None: "", "": ""}

_Looker = Callable[[Cell], tuple[str, Fault | None]]


def _limit(where: Field) -> int:
    """Return how long a text of a column may be."""
    if where in _SHORT_FIELDS:
        return typed.LONG if where is Field.NAME else typed.NAME
    return typed.LONG if where in _LONG_FIELDS else typed.LINE


def _looker(where: Field) -> _Looker:
    """Return what looks at a cell of one column: the text it holds, or what is wrong with it."""
    lines, limit = where in _LONG_FIELDS or where is Field.NAME, _limit(where)

    def look(cell: Cell) -> tuple[str, Fault | None]:
        text = kept(cell) if lines else line(cell)
        odd = check_kept(where, text, limit, lines=lines)
        if not isinstance(cell, str) or "+" in cell:
            odd = lost_digits(where, cell) or odd
        return text, odd

    return look


class _Line:
    """One line while it is read."""

    __slots__ = ("_checker", "_number", "_row", "_texts", "faults")

    def __init__(self, checker: Checker, number: int, row: Sequence[Cell]) -> None:
        self._checker, self._number, self._row = checker, number, row
        self.faults: list[Fault] = []
        self._texts = checker.texts(row, self.faults)

    def read(self) -> Matter | None:
        """Read the line; faults are in ``faults``."""
        checker, texts = self._checker, self._texts
        received = self._day(Field.RECEIVED, checker.received_at)
        if received is None and not self._faulty(Field.RECEIVED):
            self._blame(Field.RECEIVED, "required")
        channel = self._channel(texts.channel)
        identity, people = self._people()
        unit = self._unit(Field.UNIT, texts.unit)
        if unit is None and not self._faulty(Field.UNIT):
            self._blame(Field.UNIT, "required")
        person = texts.person
        if words.nothing(person):
            person = ""
        if person:
            self._secret(person, people)
        subject, body = self._subject()
        notes = checker.notes(self._row, self.faults)
        if notes:
            body = f"{body}\n{notes}" if body else notes
            self._check(Field.NOTE, body, typed.LONG, lines=True)
        course = self._handling(received, unit or "")
        if self.faults or received is None or unit is None or course is None:
            return None
        return Matter(
            self._number, texts.number, received, channel, identity, people, unit, person, subject,
            body, texts.demands, course,
        )  # fmt: skip

    # -- single cells ------------------------------------------------------------------------

    def _blame(self, where: Field, code: str, **facts: object) -> None:
        self.faults.append(fault(where, code, **facts))

    def _faulty(self, where: Field) -> bool:
        return any(one.field == where for one in self.faults)

    def _check(self, where: Field, text: str, limit: int, *, lines: bool = False) -> None:
        found = check_kept(where, text, limit, lines=lines)
        if found is not None:
            self.faults.append(found)

    def _day(self, where: Field, at: int) -> date | None:
        cell = self._row[at] if 0 <= at < len(self._row) else None
        if cell is None or cell == "":
            return None
        read = self._checker.day(where, cell)
        if isinstance(read, Fault):
            self.faults.append(read)
            return None
        return read

    def _unit(self, where: Field, word: str) -> str | None:
        if not word or words.nothing(word):
            return None
        if self.faults and self._faulty(where):
            return None
        found = self._checker.unit(word)
        if found is None:
            self._blame(where, "unknown_unit", name=word)
        return found

    def _channel(self, word: str) -> str:
        if not word or words.nothing(word):
            if not self._checker.choices.channel:
                self._blame(Field.CHANNEL, "choose")
            return self._checker.choices.channel
        found = self._checker.channel(word)
        if not found:
            self._blame(Field.CHANNEL, "unknown_channel", name=word)
        return found

    # -- who complained ------------------------------------------------------------------------

    def _people(self) -> tuple[Identity, tuple[PersonTyped, ...]]:
        texts = self._texts
        names = words.names_of(texts.name)
        for name in names:
            if len(name) > typed.NAME or "\n" in name:
                self._check(Field.NAME, name, typed.NAME)
        phone = "" if words.nothing(texts.phone) else texts.phone
        address = "" if words.nothing(texts.address) else texts.address
        identity = self._identity(names) if texts.identity else None
        if identity is None or (identity is Identity.REAL_NAME and len(names) > 1):
            identity = Identity.REAL_NAME if len(names) == 1 else Identity.JOINT
            if not names:
                identity = Identity.ANONYMOUS
        if not (names or phone or address):
            return identity, ()
        first = PersonTyped(names[0] if names else "", phone, address)
        return identity, (first, *map(PersonTyped, names[1:]))

    def _identity(self, names: Sequence[str]) -> Identity | None:
        """Return the way of signing that the line names."""
        said = self._texts.identity
        identity = words.identity_of(said)
        if identity is None and not words.nothing(said):
            self._blame(Field.IDENTITY, "unknown_identity", typed=said)
        if identity is Identity.ANONYMOUS and names:
            self._blame(Field.NAME, "anonymous_has_name")
        if identity is Identity.REAL_NAME and not names:
            self._blame(Field.NAME, "required")
        return identity

    def _secret(self, person: str, people: Sequence[PersonTyped]) -> None:
        tight = tighten(person)
        for one in people:
            if len(one.name) > 1 and tighten(one.name) in tight:
                self._blame(Field.PERSON, "gives_away", telling=one.name)

    # -- what it is about ----------------------------------------------------------------------

    def _subject(self) -> tuple[str, str]:
        """Return the subject and the body."""
        body, subject = self._texts.body, self._texts.subject
        if not body or not subject:
            body = body or subject
            subject = words.first_sentence(body, typed.NAME)
        else:
            subject = " ".join(subject.split())
            if len(subject) > typed.NAME:
                self._check(Field.SUBJECT, subject, typed.NAME)
        if not body:
            self._blame(Field.BODY, "required")
        return subject, body

    # -- what was done -------------------------------------------------------------------------

    def _handling(self, received: date | None, unit: str) -> Course | None:
        """Find out what was done, how far the matter has come, and when.

        Of lines that say the same of it, it is found out once.
        """
        checker, texts = self._checker, self._texts
        receiver = self._unit(Field.RECEIVER, texts.receiver)
        said = (received, checker.later_days(self._row), texts[_HANDLING:], receiver == unit)
        found = checker.courses.get(said)
        if found is None:
            found = self._course(received, receiver, unit)
            if found is not None and len(checker.courses) < _DIFFERENT:
                checker.courses[said] = found
        return found

    def _course(self, received: date | None, receiver: str | None, unit: str) -> Course | None:
        checker, texts = self._checker, self._texts
        days = _NO_DAYS.copy()
        for where, at in checker.day_columns:
            days[where] = self._day(where, at)
        ruling = self._ruling(texts.opinion, receiver, unit, days)
        outcome = self._outcome(texts.result)
        closed = self._closed(texts.state)
        if received is None or self.faults:
            return None
        said = Said(
            received, days, texts.leader, texts.opinion, ruling, receiver or "", outcome,
            texts.result, closed,
        )  # fmt: skip
        self.faults += faults_of(said)
        if self.faults:
            return None
        found = course(said, finished=checker.choices.finished)
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return found

    def _ruling(
        self, opinion: str, receiver: str | None, unit: str, days: Mapping[Field, date | None]
    ) -> Ruling | None:
        said = self._texts.ruling
        if said and not words.nothing(said):
            ruling = words.ruling_of(said)
            if ruling is None:
                self._blame(Field.RULING, "unknown_ruling", typed=said)
        elif "不予受理" in opinion:
            ruling = Ruling.REFUSE
        elif days[Field.TRANSFERRED] or (receiver is not None and receiver != unit):
            ruling = Ruling.TRANSFER
        elif opinion or days[Field.DECIDED]:
            ruling = Ruling.ACCEPT
        else:
            ruling = None
        if ruling is Ruling.TRANSFER and receiver is None and not self._faulty(Field.RECEIVER):
            if days[Field.CLOSED] or days[Field.ANSWERED]:
                return Ruling.ACCEPT  # who it went to is not known any more
            self._blame(Field.RECEIVER, "receiver_missing")
        return ruling

    def _outcome(self, result: str) -> Outcome | None:
        said = self._texts.outcome
        if not said or words.nothing(said):
            return self._checker.outcome(result) if result else None
        outcome = words.outcome_of(said)
        if outcome is None and said in ("是", "否"):
            return Outcome.PROVEN if said == "是" else Outcome.UNPROVEN
        if outcome is None:
            self._blame(Field.OUTCOME, "unknown_outcome", typed=said)
        return outcome

    def _closed(self, said: str) -> bool | None:
        if not said or words.nothing(said):
            return None
        closed = words.closed_of(said)
        if closed is None:
            self._blame(Field.STATE, "unknown_state", typed=said)
        return closed


def check_rows(
    checker: Checker,
    rows: Sequence[Sequence[Cell]],
    first: int,
    told: Callable[[int], None] | None = None,
) -> Checked:
    """Check all lines after the headers.

    Args:
        checker: what they are judged by.
        rows: all rows of the sheet.
        first: the first row after the headers, counted from 0.
        told: called now and then with the rows looked at; may raise to stop.
    """
    good: list[Matter] = []
    faulty: list[Faulty] = []
    passed = 0
    for at in range(first, len(rows)):
        if told is not None and at % 500 == 0:
            told(at)
        found = checker.check(at + 1, rows[at])
        if isinstance(found, Matter):
            good.append(found)
        elif found is None:
            passed += 1
        else:
            faulty.append(found)
    passed -= len(checker.sums)
    return Checked(
        tuple(good),
        tuple(faulty),
        passed,
        checker.strangers,
        checker.ways,
        tuple(checker.sums),
    )
