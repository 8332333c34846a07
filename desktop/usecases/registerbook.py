"""The register as a bound book (登记簿): which numbers a volume holds, its pages, 成册. In Chinese.

Every number of a volume stands in it: void ones with the reason, missing ones as a line that says
so. Who complained is printed only when it is asked for, by those who may see it, on record.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from db.ledger import EventDraft, StaleRecord
from db.queries import exports as reading
from db.queries import volumes as queries
from db.records import Complaint, ComplaintStep
from db.records import RegisterVolume as RegisterVolume  # what the window lists
from desktop import notices
from desktop.notices import Align, BoundRegister
from desktop.rules import complaints as rules
from desktop.rules import typed
from desktop.rules.complaints import Ruling
from desktop.rules.faults import NotPermitted, fault, refuse_if
from desktop.usecases import exports, identity, letters
from desktop.usecases.exports import Column
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.timewords import time_words

TITLE = "投诉举报登记簿"

Told = Callable[[int, int], None]
"""Told how many of how many are done; stops the work by an exception."""

_CENTRE = Align.CENTRE
_PORTION = 500


class Span(StrEnum):
    """What a print of the register holds."""

    GO_ON = "go_on"  # 续打: what follows the last bound volume
    YEAR = "year"  # 整年
    NUMBERS = "numbers"  # 一段编号
    DAYS = "days"  # 一段日期


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the page begins with: the years with their last numbers, and the volumes bound."""

    years: tuple[tuple[int, int], ...]
    volumes: tuple[RegisterVolume, ...]

    def last(self, year: int) -> int:
        """Return the last number of a year."""
        return next((last for one, last in self.years if one == year), 0)

    def next(self, year: int) -> tuple[int, int]:
        """Return which volume of a year comes next, and with which number it begins."""
        own = [one for one in self.volumes if one.year == year]
        return (
            max((one.volume for one in own), default=0) + 1,
            max((one.last for one in own), default=0) + 1,
        )


@dataclass(frozen=True, slots=True)
class BookDraft:
    """What is to be printed: ``first`` and ``last`` are numbers, ``since`` and ``until`` days.

    ``gaps`` explains numbers that are missing; ``named``: with who complained, for ``reason``.
    """

    span: Span
    year: int | None = None
    first: int | None = None
    last: int | None = None
    since: date | None = None
    until: date | None = None
    named: bool = False
    reason: str = ""
    gaps: str = ""
    two_sided: bool = True


@dataclass(frozen=True, slots=True)
class Volume:
    """Which volume a print is, to be bound (成册); ``pages`` without the cover."""

    year: int
    volume: int
    first: int
    last: int
    pages: int
    named: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A printed register: its bytes, what it holds, and the volume it may be bound as."""

    pdf: bytes
    pages: int
    heading: str
    count: int
    void: int
    missing: int
    named: bool
    volume: Volume | None


def beginning(office: Office) -> Beginning:
    """Return what may be printed and what was bound already."""
    return Beginning(tuple(queries.years(office.db)), tuple(queries.volumes(office.db)))


def bind(office: Office, volume: Volume, acting: Acting) -> Done[int]:
    """Write down that a volume was printed and bound (成册); the next one begins after it.

    Raises:
        StaleRecord: the volume is bound already, or another one was meanwhile.
    """
    if beginning(office).next(volume.year) != (volume.volume, volume.first):
        raise StaleRecord("register_volume")
    label = f"{volume.year}年第{volume.volume}册（{volume.first:04d}—{volume.last:04d}）"
    event = EventDraft("complaint.bind", "register_volume", label=label)
    with office.ledger.action(event, acting.actor()) as action:
        event.subject_id = action.insert(
            "register_volume",
            year=volume.year,
            volume=volume.volume,
            first=volume.first,
            last=volume.last,
            pages=volume.pages,
            named=int(volume.named),
            printed=acting.today.isoformat(),
        )
    return Done(event.subject_id, event.seq)


def make(office: Office, draft: BookDraft, acting: Acting, told: Told) -> Book:
    """Return the register of a span as it prints (打印登记簿).

    Raises:
        Faults: the span is not given, or no reason why who complained is needed; a character can
            not be printed.
        NotPermitted: ``identity_hidden`` – this user may not see it; ``no_numbers`` – nothing
            was registered in that span.
    """
    kept = beginning(office)
    _check(draft, kept, acting)
    if draft.named and (office.session.keys.identity is None or not office.session.sees_identity):
        raise NotPermitted("identity_hidden")
    chosen = _choose(office, draft, kept)
    if not chosen.ids:
        raise NotPermitted("no_numbers")
    if not draft.named:
        return _print(office, draft, chosen, acting, told)
    event = EventDraft(
        "complaint.reveal",
        "register",
        label=f"{TITLE}（{chosen.heading}，{len(chosen.ids)} 件）",
        reason=typed.clean(draft.reason),
    )
    with office.ledger.action(event, acting.actor()):
        return _print(office, draft, chosen, acting, told)


# ---- which numbers -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The numbers of a print in order: ``first`` and ``last`` of ``year``, or 0 for days."""

    ids: tuple[tuple[int, int, int], ...]
    heading: str
    year: int = 0
    first: int = 0
    last: int = 0
    volume: int = 0


def _check(draft: BookDraft, kept: Beginning, acting: Acting) -> None:
    numbers, days = draft.span is Span.NUMBERS, draft.span is Span.DAYS
    low, high = draft.first, draft.last
    refuse_if(
        [
            fault("year", "required") if not days and draft.year is None else None,
            fault("first", "required") if numbers and low is None else None,
            fault("last", "required") if numbers and high is None else None,
            fault("last", "last_before_first")
            if _begins(draft, kept) > (high if high is not None else 10**9)
            else None,
            typed.check_date("since", draft.since, acting.today) if days else None,
            typed.check_later("until", draft.until, draft.since, acting.today, required=True)
            if days
            else None,
            typed.check_text("gaps", draft.gaps),
            typed.check_text("reason", draft.reason, required=draft.named, lines=True),
        ]
    )


def _begins(draft: BookDraft, kept: Beginning) -> int:
    if draft.span is Span.GO_ON and draft.year is not None:
        return kept.next(draft.year)[1]
    return draft.first or 1 if draft.span is Span.NUMBERS else 1


def _choose(office: Office, draft: BookDraft, kept: Beginning) -> _Chosen:
    if draft.span is Span.DAYS:
        assert draft.since is not None
        assert draft.until is not None
        found = queries.by_day(office.db, draft.since.isoformat(), draft.until.isoformat())
        return _Chosen(tuple(found), f"{_han(draft.since)}至{_han(draft.until)}收到")
    assert draft.year is not None
    year, first, last = draft.year, _begins(draft, kept), kept.last(draft.year)
    if draft.last is not None and draft.span is not Span.YEAR:
        last = min(last, draft.last)
    found = queries.by_number(office.db, year, first, last)
    volume, heading = 0, f"{year}年"
    if draft.span is Span.GO_ON:
        volume = kept.next(year)[0]
        heading = f"{year}年　第{volume}册"
    elif draft.span is Span.NUMBERS:
        same = (v for v in kept.volumes if (v.year, v.first, v.last) == (year, first, last))
        bound = next(same, None)
        heading += f"　第{bound.volume}册（重印）" if bound else "　选印"
    return _Chosen(tuple(found), heading, year, first, last, volume)


# ---- its pages ---------------------------------------------------------------------------------


def _columns(*, named: bool) -> tuple[notices.Column, ...]:
    column = notices.Column
    who = column("投诉\n举报人", 20) if named else column("署名\n方式", 11, _CENTRE)
    return (
        column("编号", 25),
        column("收到日期", 18, _CENTRE),
        column("来源", 14.6, _CENTRE),
        who,
        column("被投诉单位", 27.5),
        column("事项", 29 if named else 38),
        column("领导批示", 18.5, _CENTRE),
        column("承办单位", 20),
        column("查处\n结论", 14.6, _CENTRE),
        column("答复日期", 18, _CENTRE),
        column("办结日期", 18, _CENTRE),
        column("历时、\n期限", 14.5, _CENTRE),
        column("归档、备注", 24.3),
    )


#: Of very many who complained together not all are named; the register's forms have them.
_NAMED = 4
#: Of a void number so many columns say what it was, the rest why it is void.
_BEFORE_VOID = 6


def _print(office: Office, draft: BookDraft, chosen: _Chosen, acting: Acting, told: Told) -> Book:
    total = 3 * len(chosen.ids)  # to read, to set, to draw
    tally = _Tally()
    rows = tuple(_rows(office, draft, chosen, acting, tally, lambda at: told(at, total)))
    counted = f"共{tally.count}件，其中作废{tally.void}件，空号{tally.missing}个"
    first, last = tally.numbers[0], tally.numbers[-1]
    secret = ("本册载有投诉举报人身份，按保密规定保管。",) if draft.named else ()
    paper = BoundRegister(
        issuer=office.profile().name,
        title=TITLE,
        volume=chosen.heading,
        facts=(
            ("编号", f"{first} 至 {last}"),
            ("收到日期", f"{_han(min(tally.days))} 至 {_han(max(tally.days))}"),
            ("件数", counted),
            ("页数", "{pages}页（不含封面）"),
            ("打印", f"{_han(acting.today)}，{acting.name}"),
            *((("注意", "载有投诉举报人身份，按保密规定保管"),) if secret else ()),
        ),
        running=f"{office.profile().name}　{TITLE}",
        columns=_columns(named=draft.named),
        rows=rows,
        closing=(f"自{first}起至{last}止，{counted}。以下空白。", *secret),
        signs=("登记人：", "复核人：", "负责人：", "　　　　年　　月　　日"),
        two_sided=draft.two_sided,
        dated=acting.today,
    )
    steps = total // 3
    with letters.worded():
        made = notices.render_bound(
            paper,
            office.fonts,
            lambda at, of: told(steps + (2 * steps * at // of if of else 0), total),
        )
    volume = None
    if chosen.volume:
        volume = Volume(
            chosen.year, chosen.volume, chosen.first, chosen.last, made.pages, draft.named
        )
    return Book(
        made.pdf,
        made.pages,
        chosen.heading,
        tally.count,
        tally.void,
        tally.missing,
        draft.named,
        volume,
    )


class _Tally:
    """What a print came to."""

    def __init__(self) -> None:
        self.count, self.void, self.missing = 0, 0, 0
        self.days: list[date] = []
        self.numbers: list[str] = []


def _rows(
    office: Office,
    draft: BookDraft,
    chosen: _Chosen,
    acting: Acting,
    tally: _Tally,
    told: Callable[[int], None],
) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the book in the order of the numbers; nothing is left out unsaid."""
    before = (chosen.year, chosen.first - 1) if chosen.first else chosen.ids[0][:2]
    for at in range(0, len(chosen.ids), _PORTION):
        told(at)
        portion = chosen.ids[at : at + _PORTION]
        lines = _Lines(office, draft, [one for _year, _serial, one in portion], acting.today)
        for year, serial, complaint in portion:
            if year == before[0]:
                yield from _between(office, draft, tally, year, before[1] + 1, serial - 1)
            before = (year, serial)
            yield lines.line(complaint, tally)
    if chosen.last:
        yield from _between(office, draft, tally, chosen.year, before[1] + 1, chosen.last)


def _between(
    office: Office, draft: BookDraft, tally: _Tally, year: int, first: int, last: int
) -> Iterator[tuple[str, ...]]:
    """Yield a line for each run of numbers that is not in the book, and why."""
    if first > last:
        return
    there = set(queries.numbered(office.db, year, first, last))
    why = f"空号：程序里没有登记过这个编号。{typed.clean(draft.gaps)}"
    for known, run in groupby(range(first, last + 1), key=there.__contains__):
        numbers = list(run)
        if not known:
            tally.missing += len(numbers)
        said = "收到日期不在本次打印的日期内。" if known else why
        yield _numbers(numbers), said


def _numbers(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"{first:04d}" if first == last else f"{first:04d}—{last:04d}"


class _Lines:
    """The lines of some complaints, read at once."""

    def __init__(self, office: Office, draft: BookDraft, ids: Sequence[int], today: date) -> None:
        self._office, self._named, self._today = office, draft.named, today
        self._complaints = reading.complaints(office.db, ids)
        self._steps = reading.steps(office.db, ids)
        self._people = reading.complainants(office.db, ids) if draft.named else {}
        void = [one.id for one in self._complaints.values() if one.void]
        self._undone = queries.undone(office.db, void) if void else {}

    def line(self, complaint_id: int, tally: _Tally) -> tuple[str, ...]:
        """Return the line of a complaint, and count it."""
        one = self._complaints[complaint_id]
        steps = self._steps.get(complaint_id, [])
        tally.count += 1
        tally.days.append(one.received)
        tally.numbers.append(one.number)
        cells = self._cells(one, steps)
        if not one.void:
            return cells
        tally.void += 1
        day, who, reason = self._undone.get(complaint_id, ("", "", ""))
        when = f"（{day}，{who}）" if day else ""
        return (*cells[:_BEFORE_VOID], f"作废{when}：{reason or '登记已撤销，没有填写原因'}")

    def _cells(self, one: Complaint, steps: Sequence[ComplaintStep]) -> tuple[str, ...]:
        line = exports.Line(self._office, one, steps, (), ())

        def said(column: Column) -> str:
            value = line.value(column, named=False)
            return value.isoformat() if isinstance(value, date) else value or ""

        decided = said(Column.DECIDED)
        receiver = said(Column.RECEIVER) if one.ruling == Ruling.TRANSFER else ""
        return (
            one.number,
            one.received.isoformat(),
            said(Column.CHANNEL),
            self._who(one) if self._named else said(Column.IDENTITY),
            one.unit_name,
            one.subject,
            f"{said(Column.RULING)}\n{decided}" if decided else "",
            receiver,
            said(Column.OUTCOME),
            said(Column.ANSWERED),
            said(Column.CLOSED),
            time_words(self._office, one, steps, self._today) or said(Column.STATE),
            one.case_number or "",
        )

    def _who(self, one: Complaint) -> str:
        found = [identity.unseal(self._office, p.name) for p in self._people.get(one.id, ())]
        told = [name for name in found if name]
        if len(told) > _NAMED:
            told = [*told[: _NAMED - 1], f"等{len(told)}人"]
        return "\n".join(told) or exports.IDENTITIES[rules.Identity(one.identity)]


def _han(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
