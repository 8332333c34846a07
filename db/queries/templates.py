"""Reading the office's own wordings of letters (文书模板)."""

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import LetterTemplate

_COLUMNS = (
    "SELECT t.*, coalesce((SELECT e.clerk_name FROM event_change c JOIN event e ON e.seq = c.seq "
    "WHERE c.tbl = 'letter_template' AND c.row_id = t.id AND c.before IS NULL), '') AS made_by, "
    "(SELECT count(*) FROM letter l WHERE l.template = t.id) AS letters FROM letter_template t "
)
NEWEST = (
    "SELECT id, content FROM letter_template "
    "WHERE kind = ? AND pack = ? AND void = 0 ORDER BY version DESC LIMIT 1"
)
VERSIONS = _COLUMNS + "WHERE t.kind = ? AND t.pack = ? AND t.void = 0 ORDER BY t.version DESC"
STANDING = (
    _COLUMNS  # noqa: S608 - constants only
    + "WHERE t.void = 0 AND t.version = (SELECT max(n.version) FROM letter_template n "
    "WHERE n.kind = t.kind AND n.pack = t.pack AND n.void = 0) ORDER BY t.kind, t.pack"
)
USED_UP = (
    "SELECT coalesce(min(id), 0), coalesce(max(version), 0) FROM letter_template "
    "WHERE kind = ? AND pack = ?"
)


def newest(db: Database, kind: str, pack: str) -> tuple[int, str] | None:
    """Return row id and content of the version in force, or None if the office has none."""
    found = db.execute(NEWEST, [kind, pack]).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def versions(db: Database, kind: str, pack: str) -> list[LetterTemplate]:
    """Return the standing versions of one wording, newest first."""
    return rows(db, LetterTemplate, VERSIONS, [kind, pack])


def version(db: Database, row_id: int) -> LetterTemplate | None:
    """Return one version, or None."""
    return row(db, LetterTemplate, _COLUMNS + "WHERE t.id = ?", [row_id])


def standing(db: Database) -> list[LetterTemplate]:
    """Return the newest standing version of every wording the office has of its own."""
    return rows(db, LetterTemplate, STANDING)


def used_up(db: Database, kind: str, pack: str) -> tuple[int, int]:
    """Return the id of a wording's first version and its highest number, taken back ones too."""
    first, last = db.execute(USED_UP, [kind, pack]).fetchone()
    return int(first), int(last)
