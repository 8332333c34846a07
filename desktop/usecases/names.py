"""Complainants' names to search in (身份保密): opened in memory for those who may see them, kept nowhere.

They are opened bit by bit, so that nothing else has to wait for it; who may not see identities
never has any of this, and finds nothing by a name.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from heapq import nlargest
from itertools import accumulate

from db.search import SEAT, Folding, Term
from desktop.usecases import identity
from desktop.usecases.office import Office

#: So many rows are opened at a time (about a twentieth of a second).
PORTION = 4_000

_ROWS = (
    "SELECT p.id, c.year * {seat} + c.serial, p.name, p.phone FROM complainant p "
    "JOIN complaint c ON c.id = p.complaint WHERE p.void = 0 AND {which} ORDER BY p.id"
)
_NEXT = _ROWS.format(seat=SEAT, which="p.id > ?") + " LIMIT ?"
_SOME = _ROWS.format(seat=SEAT, which="p.id IN (SELECT value FROM json_each(?))")


#: So many answers are kept: a question is asked again for more hits, and for where they were found.
ANSWERS = 4


class Names:
    """Names and telephones as one long text, with the place of the complaint for each."""

    def __init__(self) -> None:
        """Begin with none opened."""
        self.complete = False
        self._last = 0
        self._rows = array("q")
        self._places = array("q")
        self._parts: list[str] = []
        self._starts: array[int] | None = None
        self._text = ""
        self._answers: dict[str, list[int]] = {}
        self._stale: set[int] = set()

    def open_more(self, office: Office, folding: Folding, portion: int = PORTION) -> bool:
        """Open some more; return whether all are open now.

        Raises:
            NotPermitted: ``identity_hidden`` – this user may not see who complained.
        """
        if not self.complete:
            rows = office.db.execute(_NEXT, [self._last, portion]).fetchall()
            for row in rows:
                self._add(office, folding, row)
            self.complete = len(rows) < portion
            self._last = int(rows[-1][0]) if rows else self._last
        self._catch_up(office, folding, portion)
        return self.complete and not self._stale

    def _add(self, office: Office, folding: Folding, row: tuple[int, int, str, str]) -> None:
        said = f"{identity.unseal(office, row[2])}\t{identity.unseal(office, row[3])}\n"
        self._rows.append(row[0])
        self._places.append(row[1])
        self._parts.append(folding(said))
        self._starts = None

    def forget(self, rows: Iterable[int]) -> None:
        """Open these rows anew at the next search: they were written."""
        self._stale.update(rows)

    def _catch_up(self, office: Office, folding: Folding, portion: int) -> None:
        """Let go of what was written since it was opened, and open some of it anew."""
        if not self.complete:  # what is not opened yet is opened in its turn
            self._stale = {row for row in self._stale if row <= self._last}
        if not self._stale:
            return
        stay = [n for n, row in enumerate(self._rows) if row not in self._stale]
        if len(stay) < len(self._rows):
            self._rows = array("q", (self._rows[n] for n in stay))
            self._places = array("q", (self._places[n] for n in stay))
            self._parts = [self._parts[n] for n in stay]
            self._starts = None
        some = nlargest(portion, self._stale)
        self._stale.difference_update(some)
        for row in office.db.execute(_SOME, [json.dumps(some)]).fetchall():
            self._add(office, folding, row)

    def places(self, term: Term) -> list[int]:
        """Return where a word is a part of a name or telephone, the newest place first."""
        if self._starts is None:
            self._starts = array("q", accumulate(map(len, self._parts), initial=0))
            self._text = "".join(self._parts)
            self._answers.clear()
        known = self._answers.get(term.text)
        if known is not None:
            return known
        found: set[int] = set()
        at = self._text.find(term.text)
        while at >= 0:
            nth = bisect_right(self._starts, at) - 1
            found.add(self._places[nth])
            at = self._text.find(term.text, self._starts[nth + 1])
        if len(self._answers) >= ANSWERS:
            del self._answers[next(iter(self._answers))]
        answer = self._answers[term.text] = sorted(found, reverse=True)
        return answer


def begin(office: Office) -> Names | None:
    """Return the names of an office as far as they are open; None for who may not see them."""
    session = office.session
    if session.keys.identity is None or not session.sees_identity:
        return None
    if office.names is None:
        office.names = Names()
    return office.names
