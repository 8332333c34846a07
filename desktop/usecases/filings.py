"""Filings (备案): what units report of complaints that they dealt with themselves, counted apart.

Source: 涉县 责任追究暂行办法 (resources/rulebooks/shexian.toml, filings): 乡镇、部门对直接受理的投诉，查处结果
书面报县领导小组办公室备案. The text does not say how often; an office may set that for itself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from db.ledger import EventDraft, StaleRecord, Value
from db.queries import handovers as queries
from db.queries import keeping
from db.queries import office as office_queries
from db.records import Attachment, Event, Filing
from desktop.rules import filings as rules
from desktop.rules import typed
from desktop.rules.complaints import Outcome
from desktop.rules.faults import NotPermitted, fault, refuse_if
from desktop.rules.filings import FilingDraft, Period, check_filing
from desktop.rules.rulebook import Filing as Rule
from desktop.rules.rulebook import Rulebook
from desktop.usecases import attachments
from desktop.usecases.office import CHOSEN, Acting, Done, Office, keep_setting
from desktop.usecases.serials import make_void, standing, take_number

#: The series of their numbers, and what stands before the year.
SERIES, WORD = "filing", "备"
#: The office's own setting: how often units report, where the text does not say.
PERIOD = "filing.period"
#: Periods offered beside the present one.
BACK = 8


@dataclass(frozen=True, slots=True)
class Duty:
    """The duty to file as the office's rulebook has it, and how often units report.

    ``own``: the office set the period itself.
    """

    rule: Rule
    book: Rulebook
    period: str
    own: bool

    @property
    def citation(self) -> str:
        """Return the text it stands on."""
        return (
            f"《{self.book.source(self.rule.source).title}》{self.rule.article}：{self.rule.text}"
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of some filings: how many, by what came of them, from how many units."""

    count: int
    outcomes: tuple[tuple[str, int], ...]
    units: int
    nothing: int


@dataclass(frozen=True, slots=True)
class View:
    """One filing with all that is known of it."""

    filing: Filing
    period: Period | None
    citation: str
    attachments: tuple[Attachment, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The units that have not reported for a period that is over (尚未报备)."""

    period: Period
    units: tuple[str, ...]


def duty(office: Office) -> Duty | None:
    """Return the duty to file that one of the office's rulebooks knows, or None."""
    for system in CHOSEN:
        book = office.book(system)
        if book is not None and book.filings:
            rule = book.filings[0]
            own = office.setting(PERIOD) if not rule.period else ""
            period = rule.period or (own if own in rules.MONTHS else "")
            return Duty(rule, book, period, bool(own))
    return None


def concern(office: Office) -> bool:
    """Say whether there is anything to do with filings: a duty, or what was filed under one."""
    return duty(office) is not None or queries.any_filing(office.db)


def listed(office: Office) -> tuple[Filing, ...]:
    """Return every filing, void ones too, the newest number first."""
    return tuple(queries.filings(office.db))


def view(office: Office, filing_id: int) -> View:
    """Return one filing.

    Raises:
        LookupError: there is none of this id.
    """
    one = _kept(office, filing_id)
    book = office.library.pinned(one.pack, one.pack_version)
    rule = next((f for f in book.filings if f.id == one.rule), None)
    return View(
        one,
        rules.period_of(one.period),
        f"《{book.source(rule.source).title}》{rule.article}" if rule else "",
        attachments.listed(office, "filing", filing_id),
        tuple(office_queries.events(office.db, "filing", filing_id)),
    )


def register(office: Office, draft: FilingDraft, acting: Acting) -> Done[int]:
    """Register a unit's report (备案登记) under the next number of its own series.

    Raises:
        Faults: incomplete, or dates that can not be.
        NotPermitted: ``no_filing`` – the office's rulebook knows no such duty.
    """
    known = _duty(office)
    refuse_if(
        [
            *check_filing(draft, acting.today, period=known.period),
            *attachments.check_files("attachments", draft.attachments),
        ]
    )
    kept = attachments.store(office, draft.attachments, secret=True)
    event = EventDraft("filing.register", "filing")
    with office.ledger.action(event, acting.actor()) as action:
        number = take_number(action, event, SERIES, WORD, acting.today.year)
        event.subject_id = action.insert(
            "filing",
            **number,
            pack=known.book.id,
            pack_version=known.book.version,
            rule=known.rule.id,
            registered=acting.today.isoformat(),
            **_columns(draft),
        )
        attachments.note(action, office, "filing", event.subject_id, kept, acting)
    return Done(event.subject_id, event.seq)


def correct(
    office: Office, filing_id: int, draft: FilingDraft, reason: str, rev: int, acting: Acting
) -> Done[None]:
    """Correct a filing with a reason; files are only added.

    Raises:
        Faults: incomplete, no reason, or nothing changed.
        NotPermitted: void.
        StaleRecord: it was changed since it was read.
    """
    one = standing(_kept(office, filing_id))
    if one.rev != rev:
        raise StaleRecord(f"filing {filing_id}")
    known = duty(office)
    refuse_if(
        [
            *check_filing(draft, acting.today, period=known.period if known else ""),
            *attachments.check_files("attachments", draft.attachments),
            fault("", "unchanged") if _same(one, draft) else None,
            typed.check_text("reason", reason, required=True, limit=typed.LINE),
        ]
    )
    kept = attachments.store(office, draft.attachments, secret=True)
    event = EventDraft("filing.correct", "filing", filing_id, one.number, typed.clean(reason))
    with office.ledger.action(event, acting.actor()) as action:
        action.update("filing", filing_id, **_columns(draft))
        attachments.note(action, office, "filing", filing_id, kept, acting)
    return Done(None, event.seq)


def void(office: Office, filing_id: int, reason: str, acting: Acting) -> Done[None]:
    """Make a filing void (作废) with a reason; its number stays used.

    Raises:
        Faults: no reason.
        NotPermitted: void already.
    """
    return make_void(office, "filing", filing_id, _kept(office, filing_id), reason, acting)


def set_period(office: Office, period: str, acting: Acting) -> Done[None]:
    """Set how often units report (报备周期，本单位自定); empty: nobody is reminded.

    Raises:
        NotPermitted: the text itself sets it, or there is no such duty.
    """
    known = _duty(office)
    if known.rule.period:
        raise NotPermitted("period_set")
    if period and period not in rules.MONTHS:
        refuse_if([fault("period", "choose")])
    event = EventDraft("office.setting", "office_setting", 0, known.rule.name)
    with office.ledger.action(event, acting.actor()) as action:
        keep_setting(action, office.db, PERIOD, period)
    return Done(None, event.seq)


def missing(office: Office, today: date) -> Missing | None:
    """Return who has not reported for the last period that is over, None if nobody is awaited."""
    known = duty(office)
    if known is None or not known.period:
        return None
    last = rules.before(rules.around(today, known.period))
    begun = keeping.first_time(office.db)
    if begun is not None and last.last < begun.date():
        return None  # the office was not there yet
    units = office_queries.units(office.db)
    late = rules.unreported(
        [(u.id, u.kind) for u in units], known.rule, queries.reported(office.db), last
    )
    names = {u.id: u.name for u in units}
    return Missing(last, tuple(names[u] for u in late)) if late else None


def periods(office: Office, today: date) -> tuple[Period, ...]:
    """Return the periods that a report may be for, the newest first; none where none is set."""
    known = duty(office)
    return rules.periods(today, known.period, BACK) if known and known.period else ()


def tally(found: tuple[Filing, ...]) -> Tally:
    """Count filings that stand: what units dealt with themselves, apart from the register."""
    live = [one for one in found if not one.void]
    said = Counter(one.outcome for one in live if one.outcome)
    outcomes = tuple((o.value, said[o.value]) for o in Outcome if said[o.value])
    nothing = sum(one.no_cases for one in live)
    return Tally(len(live) - nothing, outcomes, len({one.unit for one in live}), nothing)


def between(office: Office, first: date, last: date) -> tuple[Filing, ...]:
    """Return the filings that stand, reported between two days, both included."""
    return tuple(queries.filed_between(office.db, first, last))


# ---- inside ------------------------------------------------------------------------------------


def _duty(office: Office) -> Duty:
    known = duty(office)
    if known is None:
        raise NotPermitted("no_filing")
    return known


def _kept(office: Office, filing_id: int) -> Filing:
    found = queries.filing(office.db, filing_id)
    if found is None:
        raise LookupError(f"filing {filing_id}")
    return found


def _columns(draft: FilingDraft) -> dict[str, Value]:
    """Return the columns of a report; of a zero report nothing but who and for when."""
    assert draft.unit is not None
    assert draft.reported is not None
    said = not draft.nothing
    received = draft.received if said else None
    answered = draft.answered if said else None
    return {
        "unit": draft.unit,
        "reported": draft.reported.isoformat(),
        "period": draft.period,
        "no_cases": int(draft.nothing),
        "unit_number": typed.clean(draft.unit_number) if said else "",
        "received": received.isoformat() if received else None,
        "subject": typed.clean(draft.subject) if said else "",
        "outcome": draft.outcome.value if said and draft.outcome else None,
        "handling": typed.clean(draft.handling) if said else "",
        "answered": answered.isoformat() if answered else None,
    }


def _same(one: Filing, draft: FilingDraft) -> bool:
    if draft.unit is None or draft.reported is None or draft.attachments:
        return False
    was: dict[str, object] = {
        "unit": one.unit,
        "reported": one.reported.isoformat(),
        "period": one.period,
        "no_cases": int(one.no_cases),
        "unit_number": one.unit_number,
        "received": one.received.isoformat() if one.received else None,
        "subject": one.subject,
        "outcome": one.outcome,
        "handling": one.handling,
        "answered": one.answered.isoformat() if one.answered else None,
    }
    return was == _columns(draft)
