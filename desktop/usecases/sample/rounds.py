"""The sample's round of assessment: last year's, five units graded."""

from desktop.rules.assessments import grades as grades_of
from desktop.rules.rulebook import System
from desktop.usecases import assessments
from desktop.usecases.assessments import RoundDraft, ScoreDraft
from desktop.usecases.sample.maker import Life, Maker, clerk

#: Sample scores per unit in parts of a hundred, one for each content block.
_SCORES = (
    (95, 92, 90, 94, 96),
    (90, 85, 88, 84, 86),
    (82, 88, 79, 80, 85),
    (70, 72, 66, 68, 75),
    (55, 60, 48, 52, 58),
)

_POINTS = ("20", "10", "30", "25", "15")

_FLOORS = ("90", "80", "60")


def round_life(maker: Maker) -> Life:
    """Last year's year-end round for five units; the last of them is graded 差."""
    office = maker.office
    year = maker.today.year - 1
    day = maker.back(180)
    moment = maker.at(day)
    yield moment
    book = maker.book(System.ASSESSMENT)
    blocks, grades = assessments.blocks(book), grades_of(book)
    kind = next(r.id for r in book.rounds if r.name == "年终考核")
    opened = RoundDraft(
        year,
        kind,
        f"{year}年度年终考核",
        day,
        tuple(maker.units[:5]),
        {b.id: _POINTS[n] for n, b in enumerate(blocks)},
        {g.id: _FLOORS[n] for n, g in enumerate(grades[:-1])},
    )
    round_id = assessments.open_round(office, opened, clerk(moment)).value
    day = maker.later(day, 10)
    moment = maker.at(day)
    yield moment
    seen = assessments.view(office, round_id)
    for n, row in enumerate(seen.units):
        points = {
            b.block: str(int(b.points) * _SCORES[n][k] // 100)
            for k, b in enumerate(seen.scheme.blocks)
        }
        problems = "动态公开不及时，登记表漏填；配套制度不全。" if n >= 3 else ""
        assessments.score(office, row.unit.id, ScoreDraft(points, {}, problems), clerk(moment))
    day = maker.later(day, 3)
    moment = maker.at(day)
    yield moment
    for row in seen.units:
        assessments.grade(office, row.unit.id, day, clerk(moment))
