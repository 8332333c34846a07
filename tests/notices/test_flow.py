"""Page breaks: no row lost, headings with their text, the sign-off never alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.notices.flow import MIN_TEXT, ODD_ROWS, Flow, Frame, Row, RowKind
from desktop.notices.model import Note
from desktop.notices.page import BOTTOM, PITCH, TOP

FIRST = Frame(TOP + 10 * PITCH, BOTTOM)
REST = Frame(TOP, BOTTOM)
PITCHES = (PITCH, 28.95)
TITLE = [Row(RowKind.HEAD, keep=True), Row(RowKind.BLANK, keep=True), Row(RowKind.HEAD, keep=True)]
SIGN = [Row(RowKind.BLANK), Row(RowKind.BLANK), Row(RowKind.SIGN), Row(RowKind.SIGN)]
HEADING = Row(RowKind.TEXT, keep=True)
TEXT = Row(RowKind.TEXT)


def flow_of(body: list[Row], foot: float = 0.0) -> Flow:
    rows = [*TITLE, *body, *SIGN]
    return Flow(rows, FIRST, REST, len(rows) - len(SIGN), foot, rigid=2)


def paragraph(rows: int) -> list[Row]:
    return [Row(RowKind.TEXT, opens=k == 0, ends=k == rows - 1) for k in range(rows)]


def written(parts: list[int]) -> list[Row]:
    """Paragraphs of so many rows; 0 is a heading."""
    body = [row for rows in parts for row in (paragraph(rows) if rows else [HEADING])]
    return [*body, *paragraph(2)]


bodies = st.lists(st.sampled_from([TEXT, TEXT, TEXT, HEADING]), min_size=2, max_size=120)
feet = st.sampled_from([0.0, 60.0, 120.0])


@given(bodies.map(lambda rows: [*rows, TEXT, TEXT]), feet)
@settings(max_examples=300)
def test_pages_hold_every_row_in_order(body: list[Row], foot: float) -> None:
    flow = flow_of(body, foot)
    placed = flow.paginate(PITCHES)
    shown = [k for page in placed.pages for k in page]
    assert shown == sorted(shown)
    lost = set(range(len(flow.rows))) - set(shown)
    assert all(flow.rows[k].kind is RowKind.BLANK for k in lost)
    for number, page in enumerate(placed.pages):
        frame = REST if number else FIRST
        height = sum(flow.step(k, placed.pitch) for k in page[:-1]) + 16
        assert frame.top + height <= frame.bottom + 0.2


@given(st.integers(1, 12), st.lists(st.sampled_from([TEXT, HEADING]), max_size=15), feet)
@settings(max_examples=200)
def test_the_sign_off_is_whole_however_long_the_title(
    titles: int, body: list[Row], foot: float
) -> None:
    rows = [*[Row(RowKind.HEAD, keep=True)] * titles, *body, TEXT, *SIGN]
    flow = Flow(rows, FIRST, REST, len(rows) - len(SIGN), foot, rigid=titles)
    placed = flow.paginate(PITCHES)
    page = next(page for page in placed.pages if len(rows) - 1 in page)
    assert {len(rows) - 2, len(rows) - 1} <= set(page)
    assert len(rows) - len(SIGN) - 1 in page


@given(bodies.map(lambda rows: [*rows, TEXT, TEXT]), feet)
@settings(max_examples=300)
def test_the_sign_off_is_whole_and_not_alone(body: list[Row], foot: float) -> None:
    flow = flow_of(body, foot)
    placed = flow.paginate(PITCHES)
    page = next(page for page in placed.pages if flow.tail in page)
    assert set(range(flow.tail, len(flow.rows))) <= set(page)
    text = [k for k in page if k < flow.tail and flow.rows[k].kind is RowKind.TEXT]
    assert len(text) >= MIN_TEXT
    last = placed.pages[-1]
    end = (REST if len(placed.pages) > 1 else FIRST).top
    assert end + sum(flow.step(k, placed.pitch) for k in last) + foot <= BOTTOM + 0.2 or not foot


@given(bodies)
@settings(max_examples=200)
def test_a_heading_never_ends_a_page(body: list[Row]) -> None:
    flow = flow_of([*body, TEXT, TEXT])
    for page in flow.paginate(PITCHES).pages[:-1]:
        run = [k for k in page if flow.rows[k].keep]
        whole_page_of_headings = len(run) == len(page)
        assert whole_page_of_headings or not flow.rows[page[-1]].keep


def ends_odd(flow: Flow, page: tuple[int, ...]) -> bool:
    shown = [k for k in page if flow.rows[k].kind is not RowKind.BLANK]
    return len(shown) == ODD_ROWS and page[ODD_ROWS - 1] == shown[-1]


@given(bodies.map(lambda rows: [*rows, TEXT, TEXT]), feet)
@settings(max_examples=300)
def test_no_page_inside_a_letter_ends_two_rows_too_high(body: list[Row], foot: float) -> None:
    flow = flow_of(body, foot)
    inside = flow.paginate(PITCHES).pages[1:-1]
    assert not [page for page in inside if ends_odd(flow, page) and not flow.rows[page[0]].keep]
    assert all(len(page) > MIN_TEXT for page in inside[1:])


def starts_alone(flow: Flow, page: tuple[int, ...]) -> bool:
    first = next((k for k in page if flow.rows[k].kind is not RowKind.BLANK), None)
    return first is not None and flow.rows[first].ends and not flow.rows[first].opens


def no_two_headings(parts: list[int]) -> list[int]:
    return [rows for k, rows in enumerate(parts) if rows or not k or parts[k - 1]]


@given(st.lists(st.integers(0, 9), max_size=40).map(no_two_headings), feet)
@settings(max_examples=800)
def test_the_last_row_of_a_paragraph_never_begins_a_page(parts: list[int], foot: float) -> None:
    flow = flow_of(written([4, *parts]), foot)  # with less, page 1 would be left without text
    pages = flow.paginate(PITCHES).pages
    assert not [page for page in pages[1:] if starts_alone(flow, page)]
    assert not [page for page in pages[1:-1] if ends_odd(flow, page)]


@given(st.lists(st.integers(4, 9), min_size=6, max_size=40), feet)
@settings(max_examples=300)
def test_the_first_row_of_a_long_paragraph_never_ends_a_page(parts: list[int], foot: float) -> None:
    flow = flow_of(written(parts), foot)
    for page in flow.paginate(PITCHES).pages[:-1]:
        last = flow.rows[page[-1]] if page else TEXT
        assert last.ends or not last.opens


def test_three_rows_at_the_foot_are_parted_after_the_first() -> None:
    """Moving all three would end the page two rows too high, which shows more."""
    flow = flow_of([*[TEXT] * 29, *paragraph(3), *[TEXT] * 8])
    second = flow.paginate((PITCH,)).pages[1]
    assert (len(second), flow.rows[second[-1]].opens) == (21, True)


@pytest.mark.parametrize("rows", [32, 54, 76, 98])
def test_one_row_more_is_pulled_where_a_page_would_keep_twenty(rows: int) -> None:
    placed = flow_of([TEXT] * rows).paginate((PITCH,))
    assert len(placed.pages[-2]) == ODD_ROWS - 1
    assert placed.notes == (Note.PULLED_ROWS,)


def test_text_is_carried_over_when_the_sign_off_would_stand_alone() -> None:
    placed = flow_of([TEXT] * 7).paginate((PITCH,))
    assert placed.notes == (Note.PULLED_ROWS,)
    assert len(placed.pages) == 2


def test_a_colophon_without_room_gets_a_page_of_its_own() -> None:
    placed = flow_of([TEXT] * 3, foot=600.0).paginate((PITCH,))
    assert placed.pages[-1] == ()
    assert Note.SEPARATE_COLOPHON in placed.notes
