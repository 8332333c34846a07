"""The register as a list (登记簿名单): narrowed, ordered and searched, read a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from db import search
from db.ledger import EventDraft
from db.queries import clocks as kept
from db.queries import complaints as queries
from db.queries import found as texts
from db.queries import lists
from db.queries.lists import Narrow, Register
from desktop.rules import complaints as rules
from desktop.rules.clocks import ClockState
from desktop.rules.complaints import Satisfaction, State, Step
from desktop.rules.secrecy import TELLING
from desktop.usecases import derived, names, register
from desktop.usecases import found as places
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Acting, Office
from desktop.usecases.register import Row
from frozen import dataclass

#: Rows are read and kept so many at a time.
PAGE = 64
#: So many hits are shown while typing, so many when the clerk wants to see more.
FIRST, MOST = 100, 4_000


class By(StrEnum):
    """The columns that the list is ordered by (排序)."""

    NUMBER = "number"
    RECEIVED = "received"
    CLOCK = "clock"
    STATE = "state"
    UNIT = "unit"
    RECEIVER = "receiver"
    SUBJECT = "subject"
    GROUNDS = "grounds"
    IDENTITY = "identity"
    SATISFACTION = "satisfaction"
    VOLUME = "volume"


class Press(StrEnum):
    """Narrowing by the most pressing clock (临期、超期), or by what was said of it (不满意)."""

    ANY = ""
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    DISSATISFIED = "dissatisfied"


#: Which states of the most pressing clock belong to which narrowing.
PRESSED = {
    Press.SOON: (ClockState.SOON, ClockState.TODAY, ClockState.GRACE),
    Press.OVERDUE: (ClockState.OVERDUE,),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What the list is to show: which states, which clocks, which words, in which order."""

    states: tuple[State, ...] = ()
    press: Press = Press.ANY
    words: str = ""
    by: By = By.NUMBER
    descending: bool = True
    limit: int = FIRST

    @property
    def searching(self) -> bool:
        """Say whether something was typed."""
        return bool(self.words.strip())


@dataclass(frozen=True, slots=True)
class Counts:
    """How many complaints stand where, for the filters above the list."""

    states: dict[State, int]
    soon: int
    overdue: int
    paused: int = 0
    dissatisfied: int = 0

    @property
    def total(self) -> int:
        """Return how many complaints there are."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it begins: how long it is, its first page, and the page of a wanted complaint.

    ``found``: the ids of what was searched for, in order, if something was typed; ``more``: there
    is more than that; ``opening``: names are still being opened, so ask again soon; ``named``: how
    many were found by a name or a telephone of who complained.
    """

    query: Query
    count: int
    pages: dict[int, tuple[Row, ...]]
    position: int = -1
    found: tuple[int, ...] | None = None
    more: bool = False
    opening: bool = False
    named: int = 0


def counts(office: Office, today: date) -> Counts:
    """Return how many complaints each filter holds."""
    derived.current(office, today)
    narrow = _narrow(office, Query(), today)
    overdue, soon, _all = lists.clock_tally(office.db, narrow.today, narrow.soon_until)
    states = {State(s): n for s, n in lists.tally(office.db).items() if n}
    return Counts(states, soon, overdue, lists.resting(office.db), lists.dissatisfied(office.db))


def opening(
    office: Office,
    query: Query,
    today: date,
    wanted: int = 0,
    going: Callable[[], bool] = lambda: True,
    acting: Acting | None = None,
) -> Listing:
    """Return a list's length, its first page, and where a wanted complaint stands in it.

    To find by a name tells that its bearer complained: it is a look at who did (查看), and an event
    before anything is shown. The event says how many were found and not what was typed.

    Args:
        office: the open office.
        query: what to show.
        today: the day on which clocks are looked at.
        wanted: the complaint that shall be shown, 0 for none.
        going: says no when the answer is not wanted any more.
        acting: who begins to search, so that a hit by a name is noted; None: it was, in this search.
    """
    derived.current(office, today)
    if query.searching:
        found = _searched(office, query, today, wanted, going)
        if found.named and acting is not None:
            event = EventDraft("complaint.search", "register", label=f"{found.named} 件")
            with office.ledger.action(event, acting.actor()):
                pass
        return found
    source = _register(office, query, today)
    position = source.position(wanted) if wanted else -1
    pages = {0, max(position, 0) // PAGE} if source.count else set()
    return Listing(
        query,
        source.count,
        {n: _rows(office, source.ids(n * PAGE, PAGE), today) for n in sorted(pages)},
        position,
    )


def page(office: Office, listing: Listing, today: date, number: int) -> tuple[Row, ...]:
    """Return a page of a list; shorter or empty if the register has changed meanwhile.

    Of what was searched for each line says where it was found. What ``opening`` answers does not
    say so yet: whoever types waits for no more than the hits.
    """
    if listing.found is not None:
        ids = listing.found[number * PAGE : (number + 1) * PAGE]
        return _rows(office, ids, today, listing.query.words)
    source = _register(office, listing.query, today)
    return _rows(office, source.ids(number * PAGE, PAGE), today)


def stretch(
    office: Office, listing: Listing, today: date, first: int, last: int
) -> tuple[Row, ...]:
    """Return the rows from one place of a list to another, both included, to copy or print them."""
    if listing.found is not None:
        return _rows(office, listing.found[first : last + 1], today)
    source = _register(office, listing.query, today)
    return _rows(office, source.ids(first, last + 1 - first), today)


def ids(office: Office, listing: Listing, today: date) -> list[int]:
    """Return the ids of a whole list in its order, to export it."""
    if listing.found is not None:
        return list(listing.found)
    return _register(office, listing.query, today).ids(0, listing.count)


def against(office: Office, unit: int, today: date, limit: int) -> tuple[tuple[Row, ...], int]:
    """Return the newest complaints against a unit, and how many there are."""
    derived.current(office, today)
    ids, count = queries.of_unit(office.db, unit, limit)
    return _rows(office, ids, today), count


def open_names(office: Office) -> bool:
    """Open some more of the complainants' names to search in; return whether all are open now.

    Who may not see them has none to open.
    """
    held = names.begin(office)
    return held is None or held.open_more(office, derived.folding())


# ---- inside ------------------------------------------------------------------------------------


def _narrow(office: Office, query: Query, today: date) -> Narrow:
    soon = derived.soon_until(calendar(office), today)
    return Narrow(
        tuple(s.value for s in State if s in query.states),
        query.press.value,
        today.isoformat(),
        soon.isoformat(),
        tuple(s.value for s in State),
    )


def _register(office: Office, query: Query, today: date) -> Register:
    narrow = _narrow(office, query, today)
    return Register(office.db, narrow, query.by.value, descending=query.descending)


def _rows(office: Office, ids: Sequence[int], today: date, words: str = "") -> tuple[Row, ...]:
    """Return lines of the list, each with its most pressing clock as kept.

    With the words that were searched for, each says where they stand if not in the line itself.
    """
    grounds = queries.grounds_of(office.db, ids)
    clocks = kept.of(office.db, ids)
    receivers = queries.receivers(office.db, ids)
    said = texts.said(office.db, ids)
    volumes = queries.volumes(office.db, ids)
    found = []
    complaints = queries.some(office.db, ids)
    where = places.where(office, complaints, words) if words.strip() else {}
    for complaint in complaints:
        book = office.library.pinned(complaint.pack, complaint.pack_version)
        facts = register.standing(complaint)
        first = next((c for c in clocks.get(complaint.id, ()) if c.pressing), None)
        found.append(
            Row(
                complaint,
                facts.state,
                register.known_grounds(book, grounds.get(complaint.id, [])),
                derived.kept_clock(office, complaint, first, today) if first else None,
                next((s for s in rules.steps(facts) if s is not Step.OPEN_CASE), None),
                Satisfaction(said[complaint.id]) if complaint.id in said else None,
                where.get(complaint.id),
                receivers.get(complaint.id, ""),
                volumes.get(complaint.id, ""),
            )
        )
    return tuple(found)


def _searched(
    office: Office, query: Query, today: date, wanted: int, going: Callable[[], bool]
) -> Listing:
    folding = derived.folding()
    terms = search.terms(folding, query.words)
    held = names.begin(office)
    ready = held is None or held.open_more(office, folding)
    named = [held.places(term) for term in terms] if held is not None else []
    narrow = _narrow(office, query, today)
    look = search.Search(office.db, folding, search.Wanted(terms, named, narrow.states), going)
    places = _places(office, query, narrow, look)
    telling = {place for n, some in enumerate(named) if _tells(terms[n].text) for place in some}
    found = tuple(lists.ids_at(office.db, places[: query.limit]))
    position = found.index(wanted) if wanted in found else -1
    pages = {0, max(position, 0) // PAGE} if found else set()
    return Listing(
        query,
        len(found),
        {n: _rows(office, found[n * PAGE : (n + 1) * PAGE], today) for n in sorted(pages)},
        position,
        found,
        more=len(places) > query.limit,
        opening=not ready,
        named=len(telling.intersection(places)),
    )


#: The digits of which a telephone number is told from a number of the register.
_TELEPHONE = 7


def _tells(word: str) -> bool:
    """Say whether a word that was found in a name or a telephone number tells who it is."""
    return len(word) >= (_TELEPHONE if word.isdecimal() else TELLING)


def _places(office: Office, query: Query, narrow: Narrow, look: search.Search) -> list[int]:
    """Return the places of the hits, one more than wanted if there are more."""
    limit = query.limit + 1

    def put(places: Sequence[int]) -> list[int]:
        return lists.sort(
            office.db, places, query.by.value, narrow.order, descending=query.descending
        )

    if query.press is not Press.ANY:  # few press
        source = Register(office.db, replace(narrow, states=()), "number", descending=True)
        return put(look.among(list(source.places())))[:limit]
    if query.by is By.NUMBER and query.descending:
        return look.newest(limit)
    source = Register(office.db, narrow, query.by.value, descending=query.descending)
    return look.ordered(limit, source.count, source.places, lambda places: put(list(places)))
