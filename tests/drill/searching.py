"""Typing anything at all into the search box: never an exception, never a wrong answer."""

import random
import tempfile
from datetime import date
from pathlib import Path

from db import search
from desktop.usecases import derived, listing
from desktop.usecases.listing import By, Query
from desktop.usecases.office import Office, open_office
from tests.bench import data
from tests.drill.result import Result

#: So many things are typed; every so manyth is compared with looking at every text.
TYPED, QUICK, COMPARED = 20_000, 1_500, 40
_COMPLAINTS = 60
#: What people type, what the index itself means something by, and what breaks programs.
_SIGNS = (
    "公开資料信息處理局镇投诉2026〕〔（）()ABCabcＡＢ１２ \t\n\u3000\"'*^:+-_%&|<>[]{}\\/.,，。"
    "\x00\x1b\u200b\u200d\u202e\ufeff\ue000\ue001\ud800\udfff\U0001f600\U00020001éßİſ"
)
_WORDS = ("AND", "OR", "NOT", "NEAR(", '"', '""', "grams:", "rowid", "*", "'; DROP TABLE", "NULL")


def searching(*, full: bool = True) -> list[Result]:
    """Type random lines, 20,000 of them in full, into the search of an office with complaints."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "office.db"
        session = data.make(path, _COMPLAINTS)
        office = open_office(path, session)
        try:
            return _searched(office, data.TODAY, TYPED if full else QUICK)
        finally:
            office.close()


def _searched(office: Office, today: date, count: int) -> list[Result]:
    chance = random.Random(20)
    texts = _texts(office)
    survived = right = compared = 0
    for n in range(count):
        typed = _line(chance, texts)
        try:
            limit = _COMPLAINTS if n % COMPARED == 0 else 3
            query = Query(words=typed, by=chance.choice(list(By)), limit=limit)
            begun = listing.opening(office, query, today)
        except Exception as error:  # noqa: BLE001 - counted, whatever it is
            print(f"search {typed!r}: {error!r}")
            continue
        survived += 1
        if n % COMPARED == 0 and begun.found is not None:
            compared += 1
            right += set(begun.found) == _scanned(texts, typed)
    return [
        Result("searching-anything", count, survived, "random lines typed into the search"),
        Result("searching-right", compared, right, "answers compared with looking at every text"),
    ]


def _line(chance: random.Random, texts: dict[int, list[str]]) -> str:
    """Return something to type: signs, a part of a text, words of the index, a very long line."""
    kind = chance.randrange(8)
    if kind == 0:
        return " ".join(chance.choices(_WORDS, k=chance.randrange(1, 4)))
    if kind == 1:
        return "".join(chance.choices(_SIGNS, k=chance.randrange(200, 2_000)))
    if kind < 5:
        text = chance.choice(texts[chance.choice(list(texts))])
        first = chance.randrange(max(1, len(text) - 1))
        return text[first : first + chance.randrange(1, 7)]
    return "".join(chance.choices(_SIGNS, k=chance.randrange(9)))


def _texts(office: Office) -> dict[int, list[str]]:
    """Return every text in which a complaint may be found, folded."""
    db, folding = office.db, derived.folding()
    ids = [row[0] for row in db.execute("SELECT id FROM complaint").fetchall()]
    found = {n: list(texts) for n, texts in search._others(db, ids).items()}
    rows = db.execute(
        "SELECT c.id, c.number, c.subject, c.body, c.demands, c.accused_person, u.name "
        "FROM complaint c JOIN unit u ON u.id = c.accused_unit"
    ).fetchall()
    for row in rows:
        found.setdefault(row[0], []).extend(row[1:])
    held = listing.names.begin(office)
    if held is not None:
        while not held.open_more(office, folding):
            pass
        for row, part in zip(held._rows, held._parts, strict=True):
            owner = db.execute("SELECT complaint FROM complainant WHERE id = ?", [row]).fetchone()
            found[owner[0]] += part.split()
    return {n: [folding(text) for text in texts if text] for n, texts in found.items()}


def _scanned(texts: dict[int, list[str]], typed: str) -> set[int]:
    words = derived.folding()(search._SURROGATES.sub("", typed)).split()
    return {n for n, known in texts.items() if all(any(w in text for text in known) for w in words)}
