"""What may be typed into a form and what may not."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.typed import LONG, NAME, check_date, check_text, clean

TODAY = date(2026, 11, 20)


def code(text: str, *, lines: bool = False, required: bool = False, limit: int = 200) -> str:
    found = check_text("f", text, lines=lines, required=required, limit=limit)
    assert found is None or found.field == "f"
    return found.code if found else ""


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    assert "\r" not in kept
    assert "\t" not in kept
    assert unicodedata.is_normalized("NFC", kept)


@given(st.text(max_size=80))
def test_what_passes_holds_nothing_that_can_not_be_seen(text: str) -> None:
    if code(text):
        return
    for ch in clean(text):
        assert unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        assert not 0x1F000 <= ord(ch) <= 0x1FAFF


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("张\u200b三", "hidden_character"),
        ("张\u202e三", "hidden_character"),
        ("\u2066张三\u2069", "hidden_character"),
        ("张\ufeff三", "hidden_character"),
        ("张\x00三", "control_character"),
        ("张\x1b[31m三", "control_character"),
        ("张\ue000三", "control_character"),
        ("张\ud800三", "control_character"),
        ("张\u2028三", "control_character"),
        ("张\u2029三", "control_character"),
        ("好😀", "emoji"),
        ("好❤️", "emoji"),
        ("旗🇨🇳", "emoji"),
        ("一\n二", "line_break"),
        ("一\r二", "line_break"),
        ("张𬱖", ""),
        ("阿依古丽·买买提", ""),
        ("Müller & Söhne <b>“”</b>", ""),
        ("  前后空白  ", ""),
    ],
)
def test_a_line_refuses_what_can_not_be_printed(text: str, wanted: str) -> None:
    assert code(text) == wanted


def test_an_empty_field_is_a_fault_only_where_it_is_asked_for() -> None:
    for blank in ("", "   ", "\n\n", "　"):
        assert code(blank, lines=True) == ""
        assert code(blank, lines=True, required=True) == "required"


@pytest.mark.parametrize("limit", [NAME, LONG])
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(limit: int) -> None:
    assert code("字" * limit, limit=limit) == ""
    found = check_text("f", "字" * (limit + 1), limit=limit)
    assert found is not None
    assert found.code == "too_long"
    assert dict(found.facts) == {"length": str(limit + 1), "limit": str(limit)}
    assert code("字" * limit + "   \n", limit=limit) == ""


def test_a_name_of_two_thousand_characters_is_too_long() -> None:
    assert code("赵" * 2000, limit=NAME) == "too_long"


@given(st.dates())
def test_a_date_is_refused_exactly_for_its_reason(day: date) -> None:
    found = check_date("d", day, TODAY, not_before=date(2026, 1, 1), before_code="before_receipt")
    if day > TODAY:
        wanted = "future"
    elif day.year < 2000:
        wanted = "too_early"
    elif day < date(2026, 1, 1):
        wanted = "before_receipt"
    else:
        wanted = ""
    assert (found.code if found else "") == wanted


def test_a_due_date_may_lie_ahead_and_may_be_left_open() -> None:
    assert check_date("d", date(2027, 1, 1), TODAY, future=True) is None
    assert check_date("d", None, TODAY, required=False) is None
    missing = check_date("d", None, TODAY)
    assert missing is not None
    assert missing.code == "required"


def test_a_due_date_generations_ahead_is_a_slip_of_the_key() -> None:
    found = check_date("d", date(2099, 1, 1), TODAY, future=True)
    assert found is not None
    assert found.code == "too_late"
