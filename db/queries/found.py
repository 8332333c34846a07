"""Reading the texts of some complaints, to say in which of them a search found its words."""

import json
from collections.abc import Sequence

from db.driver import Database

STEPS = (
    "SELECT s.complaint, s.step, s.text, CASE s.step WHEN 'correct' THEN '' ELSE s.detail END, "
    "s.person, s.paper FROM complaint_step s JOIN json_each(?) j ON s.complaint = j.value "
    "WHERE s.void = 0 ORDER BY s.id"
)
LETTERS = (
    "SELECT l.subject_id, l.number, l.title FROM json_each(?) j "
    "JOIN letter l ON l.subject = 'complaint' AND l.subject_id = j.value WHERE l.void = 0 "
    "ORDER BY l.id"
)
FILED = (
    "SELECT a.complaint, a.volume, a.box FROM json_each(?) j "
    "JOIN complaint_archive a ON a.complaint = j.value WHERE a.void = 0 ORDER BY a.id"
)
SAID = (
    "SELECT s.complaint, s.outcome FROM complaint_step s JOIN json_each(?) j "
    "ON s.complaint = j.value WHERE s.step = 'satisfaction' AND s.void = 0"
)


def steps(db: Database, ids: Sequence[int]) -> list[tuple[int, str, str, str, str, str]]:
    """Return complaint, step and texts of what was done, oldest first."""
    return _read(db, STEPS, ids)


def letters(db: Database, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Return complaint, number and title of the letters that stand."""
    return _read(db, LETTERS, ids)


def filed(db: Database, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Return complaint, volume and box under which it was filed."""
    return _read(db, FILED, ids)


def said(db: Database, ids: Sequence[int]) -> dict[int, str]:
    """Return what the complainants said of how their matter was dealt with, where it was asked."""
    return dict(_read(db, SAID, ids))


def _read(db: Database, sql: str, ids: Sequence[int]) -> list[tuple]:  # type: ignore[type-arg]
    return [tuple(row) for row in db.execute(sql, [json.dumps(list(ids))]).fetchall()]
