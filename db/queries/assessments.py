"""Reading assessment rounds."""

from db.driver import Database
from db.queries.fetch import row, rows
from db.records import Round, RoundBlock, RoundCutOff, RoundUnit, Score

ROUNDS = "SELECT * FROM assessment_round WHERE void = 0 ORDER BY year DESC, id DESC"
ROUND = "SELECT * FROM assessment_round WHERE id = ? AND void = 0"
BLOCKS = "SELECT * FROM round_block WHERE round = ? AND void = 0 ORDER BY id"
CUT_OFFS = "SELECT * FROM round_cut_off WHERE round = ? AND void = 0 ORDER BY floor DESC, id"
_UNIT = (
    "SELECT r.*, u.name AS unit_name, l.id AS letter, l.number AS letter_number, "
    "k.id AS case_id, k.number AS case_number FROM round_unit r JOIN unit u ON u.id = r.unit "
    "LEFT JOIN letter l ON l.subject = 'round_unit' AND l.subject_id = r.id AND l.kind = 'assessment' "
    "AND l.void = 0 "
    "LEFT JOIN case_file k ON k.round_unit = r.id AND k.void = 0 "
)
UNITS = _UNIT + "WHERE r.round = ? AND r.void = 0 ORDER BY r.id"
UNIT = _UNIT + "WHERE r.id = ? AND r.void = 0"
SCORES = (
    "SELECT s.* FROM score s JOIN round_unit r ON r.id = s.round_unit "
    "WHERE r.round = ? AND s.void = 0 ORDER BY s.id"
)


def rounds(db: Database) -> list[Round]:
    """Return all rounds, newest first."""
    return rows(db, Round, ROUNDS)


def round_(db: Database, round_id: int) -> Round | None:
    """Return one round."""
    return row(db, Round, ROUND, [round_id])


def blocks(db: Database, round_id: int) -> list[RoundBlock]:
    """Return the points per block of a round."""
    return rows(db, RoundBlock, BLOCKS, [round_id])


def cut_offs(db: Database, round_id: int) -> list[RoundCutOff]:
    """Return the cut-offs of a round, best grade first."""
    return rows(db, RoundCutOff, CUT_OFFS, [round_id])


def units(db: Database, round_id: int) -> list[RoundUnit]:
    """Return the units of a round."""
    return rows(db, RoundUnit, UNITS, [round_id])


def unit(db: Database, round_unit_id: int) -> RoundUnit | None:
    """Return one unit of a round."""
    return row(db, RoundUnit, UNIT, [round_unit_id])


def scores(db: Database, round_id: int) -> list[Score]:
    """Return all scores of a round."""
    return rows(db, Score, SCORES, [round_id])
