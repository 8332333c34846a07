"""The chain: a valid one is never accused, and whatever is done to one is found at its place."""

import hashlib
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import chain
from db.chain import Break, Broken, Event, Row, anchor, follow, link, read_anchor, sign, signed
from db.driver import sqlite
from db.keys import public_of
from db.ledger import Actor, EventDraft, Ledger, Signer
from tests.db.conftest import ACTOR
from tests.tamper import outside

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
NUMBER = st.integers(-(2**63), 2**63 - 1)
CHANGE = st.tuples(TEXT, NUMBER, NUMBER, st.none() | TEXT, TEXT)
BODY = st.tuples(
    TEXT, NUMBER, TEXT, TEXT, TEXT, NUMBER, TEXT, TEXT,
    st.none() | NUMBER, st.none() | NUMBER, st.integers(0, 1),
)  # fmt: skip
BODIES = st.lists(st.tuples(BODY, st.lists(CHANGE, max_size=3)), min_size=1, max_size=9)


def built(bodies: Sequence[tuple[Row, Sequence[Row]]]) -> list[Event]:
    previous, made = chain.START, []
    for seq, (body, changes) in enumerate(bodies, start=1):
        columns = (seq, *body)
        previous = link(previous, columns, changes)
        made.append(Event(columns, tuple(changes), previous, ""))
    return made


CHAINS = BODIES.map(built)


def first(events: Sequence[Event]) -> Break | None:
    found = follow(events)
    assert bool(found.breaks) == bool(found.count)
    return found.breaks[0] if found.breaks else None


def numbered(one: Event, seq: int) -> Event:
    return one._replace(columns=(seq, *one.columns[1:]))


@given(CHAINS)
def test_a_chain_as_it_was_made_is_never_accused(events: list[Event]) -> None:
    found = follow(events)
    assert found == chain.Checked(len(events), 1, len(events), events[-1].hash)


@given(CHAINS, st.data())
def test_any_change_of_any_value_is_found_at_its_event(
    events: list[Event], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(events) - 1))
    one = events[at]
    place = data.draw(st.integers(1, len(one.columns) - 1 + 5 * len(one.changes)))
    if place < len(one.columns):
        values = list(one.columns)
        values[place] = data.draw(_other(values[place]))
        events[at] = one._replace(columns=tuple(values))
    else:
        row, column = divmod(place - len(one.columns), 5)
        changes = [list(change) for change in one.changes]
        changes[row][column] = data.draw(_other(changes[row][column]))
        events[at] = one._replace(changes=tuple(tuple(change) for change in changes))
    found = follow(events)
    assert [(b.seq, b.broken) for b in found.breaks] == [(at + 1, Broken.ALTERED)]


def _other(value: object) -> st.SearchStrategy[object]:
    """Any other value: another text, one sign less, another number, another type."""
    texts = TEXT.filter(lambda one: one != value)
    if isinstance(value, str):
        near = [value[:n] + chr(ord(c) ^ 1) + value[n + 1 :] for n, c in enumerate(value)]
        good = [one for one in (*near, value + " ", value[1:]) if one != value and _is_text(one)]
        return st.sampled_from(good) | texts | st.none()
    return NUMBER.filter(lambda one: one != value) | texts


def _is_text(value: str) -> bool:
    return not any(0xD800 <= ord(c) < 0xE000 or c == "\0" for c in value)


@given(CHAINS, st.data())
def test_any_change_of_a_hash_is_found_at_its_event(
    events: list[Event], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(events) - 1))
    digit = data.draw(st.integers(0, 63))
    old = events[at].hash
    new = data.draw(st.sampled_from([c for c in "0123456789abcdefX" if c != old[digit]]))
    events[at] = events[at]._replace(hash=old[:digit] + new + old[digit + 1 :])
    assert [(b.seq, b.broken) for b in follow(events).breaks] == [(at + 1, Broken.ALTERED)]


@given(CHAINS, st.data())
def test_what_was_taken_out_is_found_at_its_number(
    events: list[Event], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(events) - 1))
    end = data.draw(st.integers(start + 1, len(events)))
    left = events[:start] + events[end:]
    if end == len(events):  # a cut tail is a chain: only a printed head tells
        assert first(left) is None
        assert follow(left).head != events[-1].hash
    else:
        assert first(left) == Break(start + 1, Broken.MISSING)
        closed = [numbered(one, n) for n, one in enumerate(left, start=1)]
        found = first(closed)
        assert found is not None
        assert (found.seq, found.broken) == (start + 1, Broken.ALTERED)


@given(CHAINS.filter(lambda events: len(events) > 1), st.data())
def test_another_order_is_found_at_the_first_out_of_place(
    events: list[Event], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(events))))
    moved = [numbered(events[was], n) for n, was in enumerate(order, start=1)]
    wrong = [n for n, was in enumerate(order, start=1) if was != n - 1]
    found = first(moved)
    assert (found.seq if found else None) == (wrong[0] if wrong else None)


@given(CHAINS, BODY, st.data())
def test_what_was_put_in_between_is_found(
    events: list[Event], body: Row, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(events) - 1))
    previous = events[at - 1].hash if at else chain.START
    columns = (at + 1, *body)
    forged = Event(columns, (), link(previous, columns, ()), "")
    whole = [*events[:at], forged, *events[at:]]
    moved = [numbered(one, n) for n, one in enumerate(whole, start=1)]
    found = first(moved)
    assert found is not None  # the forged one fits; the one it pushed aside does not any more
    assert (found.seq, found.broken) == (at + 2, Broken.ALTERED)


@given(CHAINS)
def test_changes_without_an_event_are_named(events: list[Event]) -> None:
    stray = Event((len(events) + 1,), (), "", "")
    assert follow([*events, stray]).breaks == (Break(len(events) + 1, Broken.STRAY),)


def test_only_the_first_breaks_are_named_and_all_counted() -> None:
    body = ("", 1, "", "", "", 1, "", "", None, None, 0)
    events = [one._replace(hash="0" * 64) for one in built([(body, [])] * 80)]
    found = follow(events)
    assert (len(found.breaks), found.count) == (chain.NAMED, 80)


@given(TEXT, BODY, st.lists(CHANGE, max_size=3))
def test_the_hash_is_what_anybody_can_compute(previous: str, body: Row, changes: list[Row]) -> None:
    whole = json.dumps([previous, [1, *body], changes], ensure_ascii=False, separators=(",", ":"))
    assert link(previous, (1, *body), changes) == hashlib.sha256(whole.encode()).hexdigest()


# ---- signatures ---------------------------------------------------------------------------------

SECRET, OTHER = b"\1" * 32, b"\2" * 32


@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(0, 127))
def test_a_signature_holds_for_its_hash_and_its_key_only(digest: str, at: int) -> None:
    made = sign(SECRET, digest)
    assert signed(public_of(SECRET), digest, made)
    assert not signed(public_of(OTHER), digest, made)
    assert not signed(public_of(SECRET), digest[::-1] + "0", made)
    spoilt = made[:at] + ("0" if made[at] != "0" else "1") + made[at + 1 :]
    assert not signed(public_of(SECRET), digest, spoilt)
    assert not signed("nonsense", digest, made)
    assert not signed(public_of(SECRET), digest, "")


def office_of_two(ledger: Ledger) -> None:
    """Two users with keys, and a unit saved by each."""
    ledger.signers = {1: Signer(1, 1, SECRET)}
    with ledger.action(EventDraft("office.create"), ACTOR) as action:
        for clerk, secret in ((1, SECRET), (2, OTHER)):
            action.insert("clerk", id=clerk, name=f"用户{clerk}", title="", roles="registrar")
            action.insert("clerk_key", clerk=clerk, public=public_of(secret), since="")
    ledger.signers[2] = Signer(2, 2, OTHER)
    for clerk in (1, 2):
        with ledger.action(EventDraft("unit.save"), Actor(clerk, "", ACTOR.at)) as action:
            action.insert("unit", name=f"单位{clerk}", kind="行政机关")


def wrong(ledger: Ledger) -> list[tuple[int, Broken]]:
    found = chain.verify_authors(ledger.db)
    newest = chain.newest_authors(ledger.db)
    assert [(b.seq, b.broken) for b in found.breaks] == [(b.seq, b.broken) for b in newest]
    return [(b.seq, b.broken) for b in newest]


def test_every_event_is_signed_by_its_clerk(ledger: Ledger) -> None:
    office_of_two(ledger)
    assert chain.verify(ledger.db).count == 0
    assert wrong(ledger) == []
    with pytest.raises(ValueError, match="no key of clerk 3"):
        ledger.action(EventDraft("unit.save"), Actor(3, "", ACTOR.at)).__enter__()
    assert not ledger.db.conn.in_transaction


def test_another_ones_signature_a_missing_and_a_withdrawn_key_are_found(ledger: Ledger) -> None:
    office_of_two(ledger)
    outside(ledger.db, "UPDATE event SET signer = 2 WHERE seq = 2")
    outside(ledger.db, "UPDATE event SET signature = '' WHERE seq = 3")
    assert wrong(ledger) == [(2, Broken.FOREIGN_KEY), (3, Broken.UNSIGNED)]


def test_a_key_holds_until_it_is_withdrawn(ledger: Ledger) -> None:
    office_of_two(ledger)
    with ledger.action(EventDraft("user.remove"), ACTOR) as action:
        action.update("clerk_key", 2, void=1)
    assert wrong(ledger) == []
    with ledger.action(EventDraft("unit.save"), Actor(2, "", ACTOR.at)) as action:
        action.insert("unit", name="第三", kind="行政机关")
    assert wrong(ledger) == [(5, Broken.FOREIGN_KEY)]


def test_a_chain_made_anew_is_betrayed_by_its_signatures(ledger: Ledger) -> None:
    office_of_two(ledger)
    outside(ledger.db, "UPDATE event SET label = '别的' WHERE seq = 2")
    previous = chain.START
    for one in list(chain.events(ledger.db)):
        previous = link(previous, one.columns, one.changes)
        outside(ledger.db, "UPDATE event SET hash = ? WHERE seq = ?", [previous, one.seq])
    assert chain.verify(ledger.db).count == 0
    assert wrong(ledger) == [(2, Broken.REWRITTEN), (3, Broken.REWRITTEN)]


# ---- in a file ----------------------------------------------------------------------------------


def test_bytes_that_are_no_text_are_found_too(ledger: Ledger) -> None:
    office_of_two(ledger)
    outside(ledger.db, "UPDATE event SET label = CAST(x'ff41' AS TEXT) WHERE seq = 2")
    with pytest.raises(sqlite.OperationalError):
        ledger.db.execute("SELECT label FROM event WHERE seq = 2").fetchone()
    assert [(b.seq, b.broken) for b in chain.verify(ledger.db).breaks] == [(2, Broken.ALTERED)]


def test_changes_of_no_event_are_found_in_the_middle_and_at_the_end(ledger: Ledger) -> None:
    office_of_two(ledger)
    ledger.db.execute("PRAGMA foreign_keys = OFF")
    for seq in (-3, 9):
        outside(
            ledger.db,
            "INSERT INTO event_change VALUES (NULL, ?, 'unit', ?, 1, NULL, '{}')",
            [seq, seq],
        )
    found = chain.verify(ledger.db)
    assert [(b.seq, b.broken) for b in found.breaks] == [(-3, Broken.STRAY), (9, Broken.STRAY)]
    assert found.events == 3


def test_progress_is_told_and_can_stop_the_check(ledger: Ledger) -> None:
    body = ("", 1, "", "", "", 1, "", "", None, None, 0)
    told: list[tuple[int, int]] = []
    follow(built([(body, [])] * 4001), 5000, lambda done, total: told.append((done, total)))
    assert told == [(2000, 5000), (4000, 5000)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(built([(body, [])] * 2000), 5000, stop)


def test_a_file_of_an_earlier_shape_gets_its_chain(ledger: Ledger) -> None:
    for n in range(3):
        with ledger.action(EventDraft("unit.save"), ACTOR) as action:
            action.insert("unit", name=f"单位{n}", kind="行政机关")
    outside(ledger.db, "UPDATE event SET hash = ''")
    assert chain.verify(ledger.db).count == 3
    kept = ledger.db.execute("SELECT sql FROM sqlite_schema WHERE name = 'guard_event_update'")
    text = kept.fetchone()[0]
    ledger.db.execute("DROP TRIGGER guard_event_update")
    chain.begin(ledger.db)
    ledger.db.execute(text)
    assert chain.verify(ledger.db).count == 0


# ---- the head on paper --------------------------------------------------------------------------


@given(st.integers(1, 10**9), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_head_is_read_back_as_people_type_it(seq: int, digest: str) -> None:
    made = anchor(seq, digest)
    said = str(made)
    assert [len(part) for part in said.split("-")[1:]] == [4, 4, 4, 4]
    for typed in (
        said,
        said.lower(),
        f" {said} ",
        said.replace("O", "0").replace("I", "1").replace("B", "8"),
        said.replace("-", " - "),
        said.replace("-", "－"),
        f"{seq}-" + "".join(said.split("-")[1:]),
    ):
        assert read_anchor(typed) == made


@pytest.mark.parametrize(
    "typed", ["", "1234", "-ABCD-EFGH-IJKL-MNOP", "12-ABCD", "x-ABCD-EFGH-IJKL-MNOP", "一", "9" * 99,
              "12-ABCD-EFGH-IJKL-MNO9", "1²-ABCD-EFGH-IJKL-MNOP"]
)  # fmt: skip
def test_what_is_no_head_is_not_taken_for_one(typed: str) -> None:
    assert read_anchor(typed) is None
