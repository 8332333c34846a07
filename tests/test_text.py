"""Texts: looked up at use in the language in use, and catalogues without faults."""

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from desktop import paths, text
from tests import catalogues

ENGLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "投诉登记"
msgstr "Complaints"

msgid "{n} 天"
msgid_plural "{n} 天"
msgstr[0] "{n} day"
msgstr[1] "{n} days"
"""


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An English catalogue where a frozen program keeps its own; returns the `.po` file."""
    path = tmp_path / "i18n" / "en" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    return path


def test_chinese_is_the_text_itself() -> None:
    assert text.language() == "zh_CN"
    assert text._("从来没有人译过的话") == "从来没有人译过的话"
    assert text.ngettext_("{n} 天", "{n} 天", 1) == "{n} 天"


def test_the_language_changes_at_once(english: Path) -> None:
    text.use_language("en")
    assert text.language() == "en"
    assert text._("投诉登记") == "Complaints"
    assert text.ngettext_("{n} 天", "{n} 天", 1) == "{n} day"
    assert text.ngettext_("{n} 天", "{n} 天", 2) == "{n} days"


def test_a_marked_text_is_translated_only_when_shown(english: Path) -> None:
    marked = text.N_("投诉登记")
    assert marked == "投诉登记"
    text.use_language("en")
    assert text.N_("投诉登记") == "投诉登记"
    assert text._(marked) == "Complaints"


def test_nothing_stays_nothing(english: Path) -> None:
    text.use_language("en")
    assert text._("") == ""


def test_an_unknown_language_is_refused_and_changes_nothing() -> None:
    with pytest.raises(ValueError, match="fr"):
        text.use_language("fr")
    assert text.language() == "zh_CN"


def test_a_missing_catalogue_is_an_error_and_changes_nothing(english: Path) -> None:
    english.unlink()
    with pytest.raises(FileNotFoundError):
        text.use_language("en")
    assert text.language() == "zh_CN"


def test_a_compiled_catalogue_is_read_until_its_source_is_newer(
    english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "CATALOGUES", english.parents[2])
    monkeypatch.setattr(catalogues, "PLURALS", {"en": catalogues.PLURALS["en"]})
    catalogues.compile_all()
    english.rename(english.with_suffix(".old"))  # as in the exe, which carries no source
    text.use_language("en")
    assert text._("投诉登记") == "Complaints"

    english.write_text(ENGLISH.replace("Complaints", "Complaint register"), encoding="utf-8")
    later = english.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(english, ns=(later, later))
    text.use_language("en")
    assert text._("投诉登记") == "Complaint register"


def test_dates_read_as_the_language_writes_them() -> None:
    day = date(2026, 11, 2)
    assert text.format_date(day) == "2026-11-02"
    assert text.long_date(day) == "2026年11月2日"
    text.use_language("en")
    assert text.format_date(day) == "2026-11-02"
    assert text.long_date(day) == "2 November 2026"


def test_a_checkout_holds_the_catalogues() -> None:
    for code in text.LANGUAGES:
        assert (paths.catalogues() / code / "LC_MESSAGES" / "messages.po").exists()


def test_the_stored_catalogues_have_no_faults() -> None:
    found = list(catalogues.faults())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("chinese", "english", "fault"),
    [
        ("登记", "", "no translation"),
        ("登记", "登记 it", "holds Chinese characters"),
        ("登记。", "Registered。", "holds Chinese characters"),
        ("登记(&N)", "Register", "no mnemonic"),
        ("已登记 {number}。", "Registered {numbr}.", "placeholders differ"),
        ("已登记 {number}。", "Registered.", "placeholders differ"),
        ("已登记 {number}。", "Registered {number.", "braces do not match"),
        (("{n} 天", "{n} 天"), ("one day", "days"), "placeholders differ"),
        (("{n} 天", "{n} 天"), ("{n} day", ""), "no translation"),
    ],
)
def test_a_faulty_translation_is_found(
    chinese: str | tuple[str, str], english: str | tuple[str, str], fault: str
) -> None:
    (found,) = catalogues.message_faults(Message(chinese, english), "en")
    assert fault in found


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("登记(&N)", "&New"),
        ("简体中文", "简体中文"),
        ("已登记 {number}，共 {n} 件。", "{n} registered, the last {number}."),
        (("{n} 天", "{n} 天"), ("one day", "{n} days")),
    ],
)
def test_a_good_translation_passes(
    chinese: str | tuple[str, str], english: str | tuple[str, str]
) -> None:
    assert list(catalogues.message_faults(Message(chinese, english), "en")) == []


def test_a_doubtful_translation_is_found() -> None:
    doubtful = Message("登记", "Register", flags={"fuzzy"})
    assert any("fuzzy" in fault for fault in catalogues.message_faults(doubtful, "en"))
