"""Where a search found its words (找到处): which text of a complaint, and the words around them.

What a name or telephone was found by is only said, never shown: looking at who complained is an
action of its own.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from db import search
from db.queries import found as queries
from db.records import Complaint
from desktop.rules.complaints import Step
from desktop.usecases import derived
from desktop.usecases.identity import SEALED
from desktop.usecases.office import Office
from desktop.usecases.register import Source, Where

#: So many characters are shown before and after the words found.
_BEFORE, _AFTER = 4, 24


def spots(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return where typed words stand in a text (from, to), as the search compares them."""
    folding = derived.folding()
    folded = folding(text)
    if len(folded) != len(text):
        return ()
    found: list[tuple[int, int]] = []
    for word in _terms(words):
        at = folded.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=16)
def _terms(words: str) -> tuple[str, ...]:
    return tuple(one.text for one in search.terms(derived.folding(), words))


def where(office: Office, complaints: Sequence[Complaint], words: str) -> dict[int, Where]:
    """Say of complaints that were found in which text the first word stands that is not in sight.

    What stands in number, unit or matter is in sight; a complaint whose every word does is not
    among the answers.
    """
    folding = derived.folding()
    answers: dict[int, Where] = {}
    hidden: dict[int, list[str]] = {}
    for one in complaints:
        seen = folding("\n".join((one.number, one.unit_name, one.subject)))
        if unseen := [word for word in _terms(words) if word not in seen]:
            hidden[one.id] = unseen
    others = _others(office, list(hidden))
    for one in complaints:
        if one.id in hidden:
            texts = (*_own(one), *others.get(one.id, ()))
            told = _first(hidden[one.id][0], texts)
            if told is None and office.session.sees_identity:
                told = Where(Source.NAME)
            if told is not None:
                answers[one.id] = told
    return answers


def _first(word: str, texts: Sequence[tuple[Source, str]]) -> Where | None:
    folding = derived.folding()
    for source, text in texts:
        at = folding(text).find(word)
        if at >= 0:
            return Where(source, _around(text, at, at + len(word)))
    return None


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _BEFORE), end + _AFTER
    if len(text) <= _AFTER:  # a number is read whole
        first = 0
    piece = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{piece}{'…' if last < len(text) else ''}"


def _own(one: Complaint) -> Iterator[tuple[Source, str]]:
    yield Source.OLD_NUMBER, one.old_number
    yield Source.ORIGIN, f"{one.origin} {one.origin_number}"
    yield Source.ACCUSED, one.accused_person
    yield Source.BODY, one.body
    yield Source.DEMANDS, one.demands


def _others(office: Office, ids: Sequence[int]) -> dict[int, list[tuple[Source, str]]]:
    found: dict[int, list[tuple[Source, str]]] = {}
    if not ids:
        return found
    for complaint, step, *texts in queries.steps(office.db, ids):
        source = Source.DECISION if step == Step.DECIDE else Source.STEP
        own = found.setdefault(complaint, [])
        own += [(source, text) for text in texts if text and not text.startswith(SEALED)]
    for complaint, number, title in queries.letters(office.db, ids):
        found.setdefault(complaint, []).append((Source.LETTER, f"{number} {title}"))
    for complaint, volume, box in queries.filed(office.db, ids):
        found.setdefault(complaint, []).append((Source.FILED, f"{volume} {box}".strip()))
    return found
