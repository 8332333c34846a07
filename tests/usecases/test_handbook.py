"""The handbook speaks of what is there: words of the window, keys, pictures; its parts are found."""

import ast
import re
from pathlib import Path

import pytest

from desktop import paths
from desktop.notices.handbook import HandbookFault, read_chapter
from desktop.usecases import handbook
from desktop.usecases.handbook import Part, PieceKind, Place

ROOT = Path(__file__).resolve().parents[2]
#: The window's pages, tabs and doors that have a part of their own.
PAGES = (
    "today", "complaints", "casefiles", "assessments", "import", "settings", "people", "calendar",
    "rules", "users", "recovery", "password", "drafts", "backups", "letters", "templates", "codes",
    "testpage", "welcome", "unlock", "log", "month", "anchor", "findings",
)  # fmt: skip


def _plain(text: str) -> str:
    """A word of the window without its mnemonic and dots, as the handbook quotes it."""
    return re.sub(r"\(&.\)|…|&", "", text).strip()


def _window_words() -> set[str]:
    """Every text of the window, read from the sources."""
    found: set[str] = set()
    for path in (ROOT / "desktop" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in ("_", "N_", "ngettext_"):  # type: ignore[attr-defined]
                found |= {
                    _plain(arg.value)
                    for arg in node.args  # type: ignore[attr-defined]
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return found


def _pieces(kind: PieceKind) -> set[str]:
    return {
        piece.text
        for chapter in handbook.read_handbook().chapters
        for block in chapter.blocks
        for piece in handbook.pieces_of(block.text)
        if piece.kind is kind
    }


def test_every_word_of_the_window_that_is_quoted_stands_in_the_window() -> None:
    known = _window_words()
    assert {name for name in _pieces(PieceKind.NAME) if _plain(name) not in known} == set()


def test_every_shortcut_that_is_quoted_is_one_of_the_program() -> None:
    sources = "\n".join(p.read_text("utf-8") for p in (ROOT / "desktop" / "ui").rglob("*.py"))
    by_name = {
        "Ctrl+F": "StandardKey.Find",
        "Ctrl+P": "StandardKey.Print",
        "Ctrl+C": "Copy",
        "Ctrl+A": "selectAll",
    }
    for keys in _pieces(PieceKind.KEYS):
        if re.fullmatch(r"(Ctrl|Shift|Alt)\+\S+|F\d", keys):
            digit = re.sub(r"\d$", "", keys)
            known = (f'"{keys}"', f'f"{digit}{{', by_name.get(keys, '"no such keys"'))
            assert any(one in sources for one in known), keys


def test_every_picture_is_there_small_and_used() -> None:
    folder = paths.resources() / "handbook" / "pictures"
    used = {
        block.picture.name
        for chapter in handbook.read_handbook().chapters
        for block in chapter.blocks
        if block.picture is not None
    }
    there = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert used == set(there)
    assert sum(there.values()) <= 2_500_000


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_window_has_its_part(page: str) -> None:
    book = handbook.read_handbook()
    place = handbook.place_of(book, page)
    chapter = book.chapters[place.chapter]
    pages = chapter.blocks[place.block].pages if place.block else chapter.pages
    assert page in pages


def test_a_page_that_is_not_spoken_of_opens_the_beginning() -> None:
    assert handbook.place_of(handbook.read_handbook(), "about") == Place(0)


def test_the_contents_lead_to_headings() -> None:
    book = handbook.read_handbook()
    for heading in handbook.contents(book):
        chapter = book.chapters[heading.place.chapter]
        if heading.level:
            assert chapter.blocks[heading.place.block].part is Part.SECTION
        else:
            assert chapter.title == heading.title


def test_finding_wants_every_word_and_says_where_it_stands() -> None:
    book = handbook.read_handbook()
    found = handbook.find(book, "sha-256 核对")
    assert found
    for one in found:
        block = book.chapters[one.place.chapter].blocks[one.place.block]
        assert "核对" in block.plain
        assert "SHA-256" in block.plain
    assert any(one.heading.startswith("给管电脑的同事") for one in found)
    assert handbook.find(book, "  ") == ()
    assert handbook.find(book, "没有这样的话") == ()


def test_a_chapter_that_is_not_written_as_it_should_be_is_refused(tmp_path: Path) -> None:
    for text in ("没有标题", "# 题\n2. 第二步", "# 题\n![图](none.png)"):
        with pytest.raises(HandbookFault):
            read_chapter("x", text, tmp_path)


def test_a_note_or_a_picture_may_stand_between_steps(tmp_path: Path) -> None:
    chapter = read_chapter("x", "# 题\n1. 一\n> 提示\n2. 二\n正文\n1. 又一", tmp_path)
    assert [b.number for b in chapter.blocks if b.part is Part.STEP] == [1, 2, 1]
