"""The list of the register: what the database tells of clocks, orders and hits is what the rules say."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import guards, search
from db.ledger import EventDraft
from db.queries import lists
from desktop.rules import complaints as rules
from desktop.rules.complaints import Identity, Outcome, Ruling, Satisfaction, State
from desktop.usecases import calendars, derived, identity, listing, office, register, today
from desktop.usecases.listing import By, Press, Query
from tests.usecases import desk as tests_desk
from tests.usecases.desk import ACTING, NAME, PHONE, TODAY, Desk, Make

BOOKS = sorted(
    book.id
    for book in tests_desk.LIBRARY.places()
    if any(c.starts == "received" for c in book.clocks)
)
DAYS = st.integers(-60, 20).map(lambda n: TODAY + timedelta(days=n))
MAYBE = st.none() | DAYS


@st.composite
def standings(draw: st.DrawFn) -> dict[str, str | int | None]:
    """The columns of a complaint on which its steps and clocks depend, in any mixture."""

    def iso(day: date | None) -> str | None:
        return day and day.isoformat()

    return {
        "pack": draw(st.sampled_from(BOOKS)),
        "received": iso(draw(st.integers(-60, 0).map(lambda n: TODAY + timedelta(days=n)))),
        "identity": draw(st.sampled_from(list(Identity))).value,
        "state": draw(st.sampled_from([s for s in State if s is not State.VOID])).value,
        "void": int(draw(st.integers(0, 3)) == 0),
        "ruling": draw(st.none() | st.sampled_from(list(Ruling))),
        "outcome": draw(st.none() | st.sampled_from(list(Outcome))),
        "transferred": iso(draw(MAYBE)),
        "refusal_told": iso(draw(MAYBE)),
        "told_in_writing": iso(draw(MAYBE)),
        "accused_unit": draw(st.integers(1, 3)),
        "subject": draw(st.sampled_from(["甲", "乙事", "丙", "甲"])),
        "said": draw(st.none() | st.sampled_from(list(Satisfaction))),
        "volume": draw(st.none() | st.sampled_from(["卷一", "卷二", "WS-3"])),
    }


def put(desk: Desk, rows: list[dict[str, str | int | None]]) -> None:
    """Write complaints in states that no clerk could bring about so quickly."""
    db = desk.office.db
    if guards.present(db):
        guards.take_down(db)  # rows are written here without events
    db.execute("BEGIN")
    for table in ("complaint_archive", "complaint_step", "complaint_ground", "complaint", "complaint_tally",
                  "complaint_clock", "complaint_line"):  # fmt: skip
        db.execute(f"DELETE FROM {table}")
    db.execute("DELETE FROM derived")
    for n, row in enumerate(rows, 1):
        book = desk.office.library.pinned(str(row["pack"]), 1)
        values = {
            "id": len(rows) - n + 1, "rev": 1, "year": 2025 + n % 2, "serial": n, "number": f"投{n}",
            "pack_version": book.version, "channel": "letter", "registered": row["received"],
            "accused_person": "", "body": "", "demands": "", **row,
        }  # fmt: skip
        said, volume = values.pop("said", None), values.pop("volume", None)
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        db.execute(f"INSERT INTO complaint ({names}) VALUES ({marks})", list(values.values()))
        if volume is not None:
            db.execute(
                "INSERT INTO complaint_archive (id, rev, complaint, volume, box, retention) "
                "VALUES (?, 1, ?, ?, '', '')",
                [n, values["id"], volume],
            )
        if said is not None and not row["void"]:
            db.execute(
                "INSERT INTO complaint_step (id, rev, complaint, step, day, outcome) "
                "VALUES (?, 1, ?, 'satisfaction', ?, ?)",
                [n, values["id"], row["received"], said],
            )
        for k, ground in enumerate(book.grounds[n % 4 : n % 4 + n % 3]):
            db.execute(
                "INSERT INTO complaint_ground (id, rev, complaint, ground) VALUES (?, 1, ?, ?)",
                [n * 10 + k, values["id"], ground.id],
            )
        db.execute(
            "INSERT INTO complaint_step (id, rev, complaint, step, day, unit) "
            "VALUES (?, 1, ?, 'decide', ?, ?)",
            [n + 1000, values["id"], row["received"], int(str(row["accused_unit"])) % 3 + 1],
        )
    db.execute("COMMIT")


def facts(row: register.Row) -> tuple[object, ...]:
    """What a line of the list says."""
    clock = row.clock
    end = clock and clock.end
    return (
        row.complaint.id,
        row.state,
        row.grounds,
        row.next_step,
        clock and (clock.rule, clock.status, clock.conditional),
        end and (end.start, end.due, end.latest, end.tentative),
    )


def shown(desk: Desk, query: Query, day: date = TODAY) -> list[register.Row]:
    begun = listing.opening(desk.office, query, day)
    pages = range((begun.count + listing.PAGE - 1) // listing.PAGE)
    return [row for n in pages for row in listing.page(desk.office, begun, day, n)]


ANY_DESK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ANY_DESK
@given(st.lists(standings(), min_size=1, max_size=12), st.integers(-10, 30))
def test_the_kept_clocks_are_those_of_the_rules(
    desk: Desk, rows: list[dict[str, str | int | None]], later: int
) -> None:
    put(desk, rows)
    for day in (TODAY, TODAY + timedelta(days=later)):
        true = register.rows(desk.office, day)
        kept = shown(desk, Query(), day)
        assert [facts(r) for r in kept] == [facts(r) for r in true]
        counts = listing.counts(desk.office, day)
        cross = [r.complaint.id for r in kept if r.said is Satisfaction.DISSATISFIED]
        assert [r.complaint.id for r in shown(desk, Query(press=Press.DISSATISFIED), day)] == cross
        assert (
            len(cross)
            == counts.dissatisfied
            == sum(r["said"] is Satisfaction.DISSATISFIED and not r["void"] for r in rows)
        )
        for press, states in listing.PRESSED.items():
            wanted = [r.complaint.id for r in true if r.clock and r.clock.status.state in states]
            found = [r.complaint.id for r in shown(desk, Query(press=press), day)]
            assert found == wanted
            assert len(wanted) == (counts.soon if press is Press.SOON else counts.overdue)
        assert counts.states == {s: n for s in State if (n := sum(r.state is s for r in true))}


@settings(ANY_DESK, max_examples=4)
@given(st.lists(standings(), min_size=6, max_size=9))
def test_of_very_many_the_kept_clocks_are_those_of_the_rules_too(
    desk: Desk, rows: list[dict[str, str | int | None]]
) -> None:
    put(desk, rows * 100)  # so many are derived at once
    derived.current(desk.office, TODAY)
    table = calendars.calendar(desk.office)
    kept = kept_clocks(desk)
    for row in register.rows(desk.office, TODAY):
        book = desk.office.library.pinned(row.complaint.pack, row.complaint.pack_version)
        true = rules.clocks(register.standing(row.complaint), book, table, TODAY)
        running = row.state in derived.RUNNING
        assert [
            (k.clock, k.start, k.due, k.latest, k.tentative) for k in kept.get(row.complaint.id, ())
        ] == [
            (c.rule.id, c.end.start, c.end.due, c.end.latest, c.end.tentative)
            for c in true
            if running and c.end is not None and c.status.state in register.URGENCY
        ]
    assert [facts(r) for r in shown(desk, Query())] == [
        facts(r) for r in register.rows(desk.office, TODAY)
    ]


@ANY_DESK
@given(
    st.lists(standings(), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(-50, 60), st.booleans()), max_size=12),
    st.booleans(),
)
def test_after_a_change_of_the_calendar_the_database_counts_as_the_rules_do(
    desk: Desk,
    rows: list[dict[str, str | int | None]],
    entries: list[tuple[int, bool]],
    confirm: bool,
) -> None:
    put(desk, rows)
    listing.counts(desk.office, TODAY)
    before = {(k.complaint, k.clock): k for c in kept_clocks(desk).values() for k in c}
    for offset, working in entries:
        day = TODAY + timedelta(days=offset)
        calendars.set_override(desk.office, day, working, "调休", ACTING)
        for moved in desk.office.moved:
            assert (moved.due_before, moved.latest_before) == (
                before[moved.complaint, moved.clock].due,
                before[moved.complaint, moved.clock].latest,
            )
        after = {(k.complaint, k.clock): k for c in kept_clocks(desk).values() for k in c}
        assert {(m.complaint, m.clock) for m in desk.office.moved} == {
            key
            for key, k in after.items()
            if (k.due, k.latest) != (before[key].due, before[key].latest)
        }
        before = after
    if confirm:
        calendars.confirm_year(desk.office, TODAY.year + 1, True, ACTING)
    assert [facts(r) for r in shown(desk, Query())] == [
        facts(r) for r in register.rows(desk.office, TODAY)
    ]
    for entry in office.queries.overrides(desk.office.db):
        calendars.drop_override(desk.office, entry.id, ACTING)


def test_a_day_entered_twice_moves_clocks_once(desk: Desk) -> None:
    desk.register()
    listing.counts(desk.office, TODAY)
    clock = min((k for c in kept_clocks(desk).values() for k in c), key=lambda k: k.latest)
    rest = not calendars.calendar(desk.office).is_workday(clock.latest)
    calendars.set_override(desk.office, clock.latest, rest, "调休", ACTING)
    assert desk.office.moved
    calendars.set_override(desk.office, clock.latest, rest, "调休", ACTING)
    assert desk.office.moved == ()


def kept_clocks(desk: Desk) -> dict[int, list[derived.KeptClock]]:
    ids = [row[0] for row in desk.office.db.execute("SELECT id FROM complaint").fetchall()]
    return derived.kept.of(desk.office.db, ids)


KEYS = {
    By.NUMBER: lambda r: (r.complaint.year, r.complaint.serial),
    By.RECEIVED: lambda r: r.complaint.received,
    By.STATE: lambda r: list(State).index(r.state),
    By.UNIT: lambda r: r.complaint.unit_name,
    By.SUBJECT: lambda r: r.complaint.subject,
    By.IDENTITY: lambda r: r.complaint.identity,
    By.CLOCK: lambda r: r.clock.end.due,
    By.RECEIVER: lambda r: r.receiver,
}


@ANY_DESK
@given(
    st.lists(standings(), min_size=1, max_size=12),
    st.sampled_from(list(By)),
    st.booleans(),
    st.lists(st.sampled_from(list(State)), max_size=3, unique=True),
    st.sampled_from(["", "投", "甲", "乙事", "住房保障"]),
)
def test_every_column_orders_the_list(
    desk: Desk,
    rows: list[dict[str, str | int | None]],
    by: By,
    descending: bool,
    states: list[State],
    words: str,
) -> None:
    put(desk, rows)
    query = Query(tuple(states), words=words, by=by, descending=descending)
    found = shown(desk, query)
    true = [
        r
        for r in register.rows(desk.office, TODAY)
        if (not states or r.state in states)
        and (not words or words in r.complaint.number + r.complaint.subject + r.complaint.unit_name)
    ]
    assert sorted(r.complaint.id for r in found) == sorted(r.complaint.id for r in true)
    if by is By.SATISFACTION:
        said = [r.said for r in found if r.said is not None]
        assert said == sorted(said, reverse=descending)
        assert [r.said for r in found][: len(said)] == said
    if by is By.VOLUME:
        filed_ones = [r.volume for r in found if r.volume]
        assert filed_ones == sorted(filed_ones, reverse=descending)
        assert [r.volume for r in found][: len(filed_ones)] == filed_ones
        assert {r.complaint.id: r.volume for r in found} == {
            len(rows) - n: str(row["volume"] or "")
            for n, row in enumerate(rows)
            if len(rows) - n in {r.complaint.id for r in found}
        }
    if by is By.CLOCK:
        found = [r for r in found if r.clock] + [r for r in found if not r.clock]
        assert [r.complaint.id for r in found] == [r.complaint.id for r in shown(desk, query)]
        found = [r for r in found if r.clock]
    if by is By.RECEIVER:
        assert all(bool(r.receiver) == (r.complaint.ruling == "transfer") for r in found)
        assert found == sorted(found, key=lambda r: not r.receiver)  # the others stand last
        found = [r for r in found if r.receiver]
    if by in KEYS:
        keys = [KEYS[by](r) for r in found]
        assert keys == sorted(keys, reverse=descending)
    for at, row in enumerate(shown(desk, query)):
        assert listing.opening(desk.office, query, TODAY, row.complaint.id).position == at


@ANY_DESK
@given(
    st.lists(standings(), min_size=1, max_size=12),
    st.sampled_from([press for press in Press if press is not Press.ANY]),
    st.sampled_from(list(By)),
    st.booleans(),
    st.sampled_from(["", "甲"]),
)
def test_a_narrowed_list_holds_the_same_in_every_order(
    desk: Desk,
    rows: list[dict[str, str | int | None]],
    press: Press,
    by: By,
    descending: bool,
    words: str,
) -> None:
    put(desk, rows)
    wanted = {r.complaint.id for r in shown(desk, Query(press=press, words=words))}
    query = Query(press=press, words=words, by=by, descending=descending)
    found = [r.complaint.id for r in shown(desk, query)]
    assert len(found) == len(wanted)
    assert set(found) == wanted
    for at, one in enumerate(found):
        assert listing.opening(desk.office, query, TODAY, one).position == at


WORDS = st.sampled_from(
    ["甲", "乙事", "事", "住房", "市住房保障局", "投1", "投", "乙事 住房", "丙 东关", "。", "不在"]
)


@ANY_DESK
@given(
    st.lists(standings(), min_size=1, max_size=12),
    st.sampled_from([press for press in Press if press is not Press.ANY]),
    WORDS,
    st.sets(st.sampled_from(list(State)), max_size=3),
    st.sets(st.integers(1, 12), max_size=3),
)
def test_among_those_that_press_the_index_finds_what_reading_every_text_finds(
    desk: Desk,
    rows: list[dict[str, str | int | None]],
    press: Press,
    words: str,
    states: set[State],
    named: set[int],
) -> None:
    put(desk, rows)
    derived.current(desk.office, TODAY)
    terms = search.terms(derived.folding(), words)
    names = [sorted(((2025 + n % 2) * search.SEAT + n for n in named), reverse=True)] * len(terms)
    wanted = search.Wanted(terms, names, tuple(states))
    look = search.Search(desk.office.db, derived.folding(), wanted)
    narrow = replace(listing._narrow(desk.office, Query(press=press), TODAY), states=())
    pressing = list(lists.Register(desk.office.db, narrow, "number", descending=True).places())
    assert look.among(pressing) == look.fitting(pressing)


def test_a_long_list_is_read_from_any_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one: dict[str, str | int | None] = {
        "pack": "baoding", "received": TODAY.isoformat(), "identity": "anonymous",
        "state": "accepted", "void": 0, "ruling": "accept", "outcome": None, "transferred": None,
        "refusal_told": None, "told_in_writing": None, "accused_unit": 1, "subject": "甲",
    }  # fmt: skip
    put(desk, [{**one, "accused_unit": n % 3 + 1, "state": ("accepted", "closed")[n % 2]}
               for n in range(200)])  # fmt: skip
    for by in By:
        for states in ((), (State.CLOSED,), (State.ACCEPTED, State.CLOSED)):
            query = Query(states, by=by)
            whole = [r.complaint.id for r in shown(desk, query)]
            assert len(set(whole)) == len(whole) == (200 if len(states) != 1 else 100)
            begun = listing.opening(desk.office, query, TODAY)
            ids = [r.complaint.id for r in listing.stretch(desk.office, begun, TODAY, 70, 90)]
            assert ids == whole[70:91]


def test_what_is_done_is_found_at_once_and_what_is_undone_is_not(desk: Desk) -> None:
    first = desk.register(subject="职权目录未公开")
    assert [r.complaint.id for r in shown(desk, Query(words="职權目录"))] == [first]
    second = desk.register(subject="收费标准不一致")
    assert [r.complaint.id for r in shown(desk, Query(words="收费"))] == [second]
    last = desk.office.db.execute("SELECT max(seq) FROM event").fetchone()[0]
    office.take_back(desk.office, last, ACTING)
    found = shown(desk, Query(words="收费"))
    assert [r.state for r in found] == [State.VOID]
    assert shown(desk, Query((State.REGISTERED,), words="收费")) == []


def test_a_name_is_found_by_who_may_see_it_and_by_nobody_else(desk: Desk, tmp_path: Path) -> None:
    first = desk.register()
    desk.anonymous(text="该局未按规定公开职权目录。")
    for words in (NAME, NAME[:1], PHONE[3:9], f"{NAME} 职权"):
        assert [r.complaint.id for r in shown(desk, Query(words=words))] == [first], words
    desk.office.names = None
    keys = desk.office.session.keys
    desk.office.session = replace(desk.office.session, keys=replace(keys, identity=None))
    for words in (NAME, PHONE[3:9], f"{NAME} 职权"):
        assert shown(desk, Query(words=words)) == []
    grams = desk.office.db.execute("SELECT block FROM complaint_gram_data").fetchall()
    assert not any(NAME[:2].encode() in bytes(row[0]) for row in grams)


def test_a_corrected_name_is_found_by_its_new_writing(desk: Desk) -> None:
    first = desk.register()
    assert shown(desk, Query(words=NAME))
    row = desk.office.db.execute(
        "SELECT id FROM complainant WHERE complaint = ?", [first]
    ).fetchone()
    event = EventDraft("complaint.correct", "complaint", first)
    with desk.office.ledger.action(event, ACTING.actor()) as action:
        action.update("complainant", row[0], name=identity.seal(desk.office, "孙七"))
    assert shown(desk, Query(words=NAME)) == []
    assert [r.complaint.id for r in shown(desk, Query(words="孙七"))] == [first]


def test_a_file_without_the_index_gets_it_when_it_is_opened(desk: Desk) -> None:
    first = desk.register()
    db = desk.office.db
    db.execute("INSERT INTO complaint_gram(complaint_gram) VALUES ('delete-all')")
    for table in ("derived", "complaint_clock", "complaint_line"):
        db.execute(f"DELETE FROM {table}")
    (row,) = shown(desk, Query(words="职权"))
    assert row.complaint.id == first
    assert row.clock is not None
    assert derived.kept.known(db)["search"] == search.VERSION


def filed(desk: Desk, volume: str) -> int:
    number = desk.proven()
    desk.answer(number)
    desk.close(number)
    desk.archive(number, volume=volume)
    return number


def test_what_is_filed_is_found_by_volume_and_box_and_says_so(desk: Desk) -> None:
    other, first = filed(desk, "丁字第八卷"), filed(desk, "WS·2026-Y-0317")
    for words in ("WS·2026-Y-0317", "ws·2026", "0317"):
        (row,) = shown(desk, Query(words=words))
        assert row.complaint.id == first
        assert row.where == register.Where(register.Source.FILED, "WS·2026-Y-0317 3")
    assert [r.complaint.id for r in shown(desk, Query(words="丁字第八"))] == [other]
    desk.undo_last(other)
    assert shown(desk, Query(words="丁字第八")) == []


def test_a_file_whose_index_lacks_the_volumes_gets_them_when_it_is_opened(desk: Desk) -> None:
    first, db = filed(desk, "WS·2026-Y-0317"), desk.office.db
    guards.take_down(db)  # the index is made as it was made once
    db.execute("BEGIN")
    db.execute("UPDATE complaint_archive SET void = 1")
    search.reindex(db, derived.folding(), [first])
    db.execute("UPDATE complaint_archive SET void = 0")
    derived.kept.know(db, "search", search.UNFILED_VERSIONS[-1])
    db.execute("COMMIT")
    (row,) = shown(desk, Query(words="0317"))
    assert row.complaint.id == first
    assert derived.kept.known(db)["search"] == search.VERSION


def test_the_agenda_does_not_look_at_what_is_closed(desk_of: Make) -> None:
    desk = desk_of()
    desk.register()
    asked: list[str] = []
    desk.office.db.conn.set_trace_callback(asked.append)
    today.agenda(desk.office, TODAY)
    desk.office.db.conn.set_trace_callback(None)
    for sql in asked:
        if "FROM complaint c" in sql and sql.startswith("SELECT"):
            plan = desk.office.db.execute("EXPLAIN QUERY PLAN " + sql).fetchall()
            assert not any(str(step[3]).startswith("SCAN c") for step in plan), sql


def test_a_hit_by_a_name_is_an_event_without_the_name(desk: Desk) -> None:
    first = desk.register()
    desk.register(complainants=(tests_desk.PersonTyped("王一", "13911112222", ""),))

    def found(words: str, acting: tests_desk.Acting | None = ACTING) -> int:
        return listing.opening(desk.office, Query(words=words), TODAY, acting=acting).named

    events = desk.count("event")
    assert (found("职权目录"), found(NAME[:1]), found(PHONE[:4])) == (0, 0, 0)
    assert desk.count("event") == events
    assert (found(NAME), desk.count("event")) == (1, events + 1)
    assert (found(PHONE), desk.count("event")) == (1, events + 2)
    assert (found(NAME, None), desk.count("event")) == (1, events + 2)  # the same search goes on
    assert (found(f"{NAME} 没有这个词"), desk.count("event")) == (0, events + 2)
    last = "SELECT action, subject, subject_id, label, reason FROM event ORDER BY seq DESC LIMIT 1"
    assert tuple(desk.office.db.execute(last).fetchone()) == (
        "complaint.search", "register", 0, "1 件", ""
    )  # fmt: skip
    keys = desk.office.session.keys
    desk.office.names = None
    desk.office.session = replace(desk.office.session, keys=replace(keys, identity=None))
    assert (found(NAME), desk.count("event")) == (0, events + 2)
    assert first
