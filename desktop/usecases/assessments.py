"""Assessment (考核评分): rounds with the office's own scheme, scores, grades, result letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.ledger import EventDraft
from db.queries import assessments as queries
from db.queries import office as office_queries
from db.records import Round, RoundUnit, Score, Unit
from desktop.rules import assessments as rules
from desktop.rules import typed
from desktop.rules.assessments import CutOff, Result, Scheme, SchemeBlock
from desktop.rules.faults import Fault, Faults, NotPermitted, fault, refuse_if
from desktop.rules.rulebook import Block, Grade, Rulebook, System
from desktop.rules.rulebook import Round as Kind
from desktop.usecases import letters
from desktop.usecases.casefiles import CaseDraft
from desktop.usecases.letters import Subject
from desktop.usecases.office import Acting, Done, Office

HUNDRED = 100

#: The most points a block can be given in this program; no regulation gives any.
MOST = Decimal(1000)

OPEN, FINISHED = "open", "finished"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a round with its scores and result, as list and grid show it."""

    unit: RoundUnit
    scores: Mapping[str, Score]
    result: Result
    graded: Grade | None  # the grade as fixed; None while it is only computed
    place: int  # rank among completely scored units, 0 if not yet


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round as its page shows it."""

    round: Round
    book: Rulebook
    kind: str
    scheme: Scheme
    blocks: tuple[Block, ...]
    grades: tuple[Grade, ...]
    units: tuple[UnitRow, ...]

    @property
    def scored(self) -> int:
        """Return how many units are completely scored."""
        return sum(u.result.complete for u in self.units)


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round as typed: kind, year, name, units, and the office's own points and cut-offs."""

    year: int | None
    kind: str
    name: str
    day: date | None
    units: tuple[int, ...]
    points: Mapping[str, str]
    floors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewRound:
    """What the page of a new round begins with: rules, all units, the round before it if any."""

    book: Rulebook | None
    blocks: tuple[Block, ...]
    grades: tuple[Grade, ...]
    kinds: tuple[Kind, ...]
    units: tuple[Unit, ...]
    previous: RoundView | None


def new_round(office: Office) -> NewRound:
    """Return what a new round can be made of; points are only repeated under the same rules."""
    book = office.book(System.ASSESSMENT)
    units = tuple(office_queries.units(office.db))
    if book is None:
        return NewRound(None, (), (), (), units, None)
    last = next((r for r in rounds(office) if r.pack == book.id), None)
    return NewRound(
        book,
        blocks(book),
        rules.grades(book),
        kinds(book),
        units,
        view(office, last.id) if last is not None else None,
    )


def kinds(book: Rulebook) -> tuple[Kind, ...]:
    """Return the kinds of assessment rounds (考核方式: 日常检查、半年抽查、年终考核)."""
    return tuple(r for r in book.rounds if r.system == "assessment")


def rounds(office: Office) -> tuple[Round, ...]:
    """Return all rounds, newest first."""
    return tuple(queries.rounds(office.db))


def view(office: Office, round_id: int) -> RoundView:
    """Return one round with every unit's scores and result.

    Raises:
        LookupError: there is no such round.
    """
    found = queries.round_(office.db, round_id)
    if found is None:
        raise LookupError(f"round {round_id}")
    book = office.library.pinned(found.pack, found.pack_version)
    scheme = Scheme(
        tuple(
            SchemeBlock(b.block, points_of(b.points)) for b in queries.blocks(office.db, round_id)
        ),
        tuple(CutOff(c.grade, points_of(c.floor)) for c in queries.cut_offs(office.db, round_id)),
    )
    chosen = {b.block for b in scheme.blocks}
    grades = rules.grades(book)
    return RoundView(
        round=found,
        book=book,
        kind=next((r.name for r in book.rounds if r.id == found.kind), found.kind),
        scheme=scheme,
        blocks=tuple(b for b in blocks(book) if b.id in chosen),
        grades=grades,
        units=_rows(office, round_id, book, scheme),
    )


def _rows(office: Office, round_id: int, book: Rulebook, scheme: Scheme) -> tuple[UnitRow, ...]:
    scores: dict[int, dict[str, Score]] = {}
    for score in queries.scores(office.db, round_id):
        scores.setdefault(score.round_unit, {})[score.block] = score
    grades = {g.id: g for g in rules.grades(book)}
    found: list[tuple[RoundUnit, dict[str, Score], Result]] = []
    for unit in queries.units(office.db, round_id):
        own = scores.get(unit.id, {})
        given = {block: points_of(s.points) for block, s in own.items()}
        result = rules.result(scheme, book, given, unsatisfied=unit.unsatisfied)
        found.append((unit, own, result))
    totals = [r.total for _, _, r in found if r.complete]
    return tuple(
        UnitRow(
            unit,
            own,
            result,
            grades.get(unit.grade or ""),
            1 + sum(t > result.total for t in totals) if result.complete else 0,
        )
        for unit, own, result in found
    )


def blocks(book: Rulebook) -> tuple[Block, ...]:
    """Return the content blocks of the assessment (考核内容)."""
    return tuple(b for b in book.blocks if b.system == "assessment")


def points_of(hundredths: int) -> Decimal:
    """Return points from hundredths."""
    return Decimal(hundredths) / HUNDRED


def show(points: Decimal) -> str:
    """Return points as written: without needless zeros."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def open_round(office: Office, draft: RoundDraft, acting: Acting) -> Done[int]:
    """Open a round with the office's own scheme (points and cut-offs are in no regulation).

    Raises:
        Faults: incomplete, or cut-offs that do not fall from grade to grade.
    """
    book = office.book(System.ASSESSMENT)
    if book is None:
        raise Faults([fault("", "no_rulebook")])
    scheme, faults = _read_scheme(draft, book)
    faults = [
        fault("year", "required") if draft.year is None else None,
        None if draft.kind in {k.id for k in kinds(book)} else fault("kind", "choose"),
        typed.check_text("name", draft.name, required=True, limit=typed.NAME),
        typed.check_date("day", draft.day, acting.today),
        None if draft.units else fault("units", "choose"),
        *faults,
        *(rules.check_scheme(scheme, book) if not faults else []),
    ]
    refuse_if(faults)
    assert draft.day is not None
    assert draft.year is not None
    event = EventDraft("round.open", "round", label=typed.clean(draft.name))
    with office.ledger.action(event, acting.actor()) as action:
        event.subject_id = action.insert(
            "assessment_round",
            year=draft.year,
            kind=draft.kind,
            name=typed.clean(draft.name),
            pack=book.id,
            pack_version=book.version,
            opened=draft.day.isoformat(),
            state=OPEN,
        )
        for block in scheme.blocks:
            action.insert(
                "round_block",
                round=event.subject_id,
                block=block.block,
                points=int(block.points * HUNDRED),
            )
        for cut_off in scheme.cut_offs:
            action.insert(
                "round_cut_off",
                round=event.subject_id,
                grade=cut_off.grade,
                floor=int(cut_off.floor * HUNDRED),
            )
        for unit in draft.units:
            action.insert("round_unit", round=event.subject_id, unit=unit)
    return Done(event.subject_id, event.seq)


def _read_scheme(draft: RoundDraft, book: Rulebook) -> tuple[Scheme, list[Fault | None]]:
    faults: list[Fault | None] = []
    found: list[SchemeBlock] = []
    for block in blocks(book):
        key = f"block.{block.id}"
        points, wrong = rules.read_points(key, draft.points.get(block.id, ""), MOST)
        if points is None:
            faults.append(wrong or fault(key, "required"))
        elif points == 0:
            faults.append(fault(key, "points_positive"))
        else:
            found.append(SchemeBlock(block.id, points))
    cut_offs: list[CutOff] = []
    # while a block lacks its points, the full total is not known and no cut-off is beyond it
    full = MOST * len(blocks(book)) if faults else sum((b.points for b in found), Decimal(0))
    for grade in rules.grades(book)[:-1]:
        key = f"grade.{grade.id}"
        floor, wrong = rules.read_points(key, draft.floors.get(grade.id, ""), full)
        if wrong is not None and wrong.code == "points_out_of_range":
            wrong = fault(key, "cut_off_top", previous=full)
        if floor is None:
            faults.append(wrong or fault(key, "required"))
        else:
            cut_offs.append(CutOff(grade.id, floor))
    return Scheme(tuple(found), tuple(cut_offs)), faults


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """One unit's scores as typed: points and a note per block, problems found, evaluation."""

    points: Mapping[str, str]
    notes: Mapping[str, str]
    problems: str
    unsatisfied: bool = False


def score(office: Office, round_unit: int, draft: ScoreDraft, acting: Acting) -> Done[None]:
    """Keep a unit's scores; blocks left empty stay unscored.

    Raises:
        Faults: points that are no number or beyond the block's full points, a note on nothing.
        NotPermitted: the unit's grade is fixed already.
    """
    unit, seen = _unit(office, round_unit)
    if unit.graded is not None:
        raise NotPermitted("already_done", step="score")
    faults: list[Fault | None] = []
    given: dict[str, Decimal] = {}
    for block in seen.scheme.blocks:
        key = f"points.{block.block}"
        points, wrong = rules.read_points(key, draft.points.get(block.block, ""), block.points)
        note = typed.clean(draft.notes.get(block.block, ""))
        missing = note and points is None and wrong is None
        faults.append(fault(key, "note_needs_points") if missing else wrong)
        faults.append(typed.check_text(f"note.{block.block}", note, limit=typed.LONG, lines=True))
        if points is not None:
            given[block.block] = points
    faults.append(typed.check_text("problems", draft.problems, limit=typed.LONG, lines=True))
    refuse_if(faults)
    row = next(u for u in seen.units if u.unit.id == round_unit)
    event = EventDraft("round.score", "round", seen.round.id, unit.unit_name)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "round_unit",
            round_unit,
            problems=typed.clean(draft.problems),
            unsatisfied=int(draft.unsatisfied),
        )
        for block in seen.scheme.blocks:
            old = row.scores.get(block.block)
            note = typed.clean(draft.notes.get(block.block, ""))
            points = given.get(block.block)
            if points is None:
                if old is not None:
                    action.update("score", old.id, void=1)
            elif old is None:
                action.insert(
                    "score",
                    round_unit=round_unit,
                    block=block.block,
                    points=int(points * HUNDRED),
                    note=note,
                )
            else:
                action.update("score", old.id, points=int(points * HUNDRED), note=note)
    return Done(None, event.seq)


def _unit(office: Office, round_unit: int) -> tuple[RoundUnit, RoundView]:
    unit = queries.unit(office.db, round_unit)
    if unit is None:
        raise LookupError(f"round unit {round_unit}")
    return unit, view(office, unit.round)


def result_fields(office: Office, round_unit: int, dated: date) -> tuple[str, dict[str, object]]:
    """Return the rulebook id and the fields of a 考核结果通知书.

    Raises:
        NotPermitted: a block is not scored yet.
    """
    unit, seen = _unit(office, round_unit)
    row = next(u for u in seen.units if u.unit.id == round_unit)
    if row.result.grade is None:
        raise NotPermitted("not_scored", step="grade")
    book, grade = seen.book, row.result.grade
    consequence = grade.consequence
    if row.result.override is not None:
        consequence = f"{row.result.override.text}。{consequence}"
    return book.id, {
        "dated": dated,
        "unit": unit.unit_name,
        "addressee": unit.unit_name,
        "subject": seen.round.name,
        "round_name": _without_year(seen.round),
        "year": str(seen.round.year),
        "scores": [
            (b.name, show(points_of(row.scores[b.id].points)), show(s.points))
            for b in seen.blocks
            for s in seen.scheme.blocks
            if s.block == b.id
        ],
        "total": show(row.result.total),
        "full": show(seen.scheme.full),
        "grade": grade.name,
        "consequence": consequence,
        "problems": [line for line in unit.problems.split("\n") if line],
        "local_note": _local_note(seen),
        "basis": book.cite(grade),
        "remedy": next((r.text for r in book.remedies if r.system is System.ASSESSMENT), ""),
        "register_number": "",
        "copied_to": [],
    }


def _without_year(round_: Round) -> str:
    """Return a round's name for a sentence that says the year itself (2026年度年终考核 → 年终考核)."""
    return round_.name.removeprefix(str(round_.year)).removeprefix("年度") or round_.name


def _local_note(seen: RoundView) -> str:
    names = {g.id: g.name for g in seen.grades}
    floors = "、".join(f"{names[c.grade]}{show(c.floor)}分以上" for c in seen.scheme.cut_offs)
    return f"各项分值和档次分数线（{floors}）由本办公室自行确定，考核依据的文件未作规定。"


def preview(office: Office, round_unit: int, dated: date) -> bytes:
    """Return a 考核结果通知书 as it would print, marked 草稿."""
    pack, fields = result_fields(office, round_unit, dated)
    return letters.preview(office, "assessment", fields, pack=pack, dated=dated)


def grade(office: Office, round_unit: int, day: date | None, acting: Acting) -> Done[int]:
    """Fix a unit's grade and make its result letter (考核结果通知书); returns the letter's id.

    Raises:
        NotPermitted: a block is not scored yet, or the grade is fixed already.
        Faults: a date that can not be.
    """
    unit, seen = _unit(office, round_unit)
    if unit.graded is not None:
        raise NotPermitted("already_done", step="grade")
    refuse_if(
        [
            typed.check_date(
                "day",
                day,
                acting.today,
                not_before=seen.round.opened,
                before_code="before_opening",
            )
        ]
    )
    assert day is not None
    pack, fields = result_fields(office, round_unit, day)
    row = next(u for u in seen.units if u.unit.id == round_unit)
    assert row.result.grade is not None
    others = [u for u in seen.units if u.unit.id != round_unit]
    event = EventDraft("round.grade", "round", seen.round.id, unit.unit_name)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            "assessment",
            Subject("round_unit", round_unit),
            fields,
            pack=pack,
            dated=day,
        )
        action.update("round_unit", round_unit, grade=row.result.grade.id, graded=day.isoformat())
        if all(u.unit.graded is not None for u in others):
            action.update("assessment_round", seen.round.id, state=FINISHED)
    return Done(letter, event.seq)


def draft_case(office: Office, round_unit: int, today: date) -> CaseDraft:
    """Return a case draft for a unit whose grade leads to accountability (差 → 责任追究)."""
    unit, seen = _unit(office, round_unit)
    row = next(u for u in seen.units if u.unit.id == round_unit)
    grade_name = row.graded.name if row.graded else ""
    facts = (
        f"{seen.round.name}中，{unit.unit_name}得 {show(row.result.total)} 分，评定为{grade_name}。"
    )
    if unit.problems:
        facts += f"\n存在的问题：{unit.problems}"
    return CaseDraft(
        unit=unit.unit,
        title=f"{unit.unit_name}{seen.round.name}评定为{grade_name}",
        facts=facts,
        situations=(),
        people=(),
        day=today,
        round_unit=round_unit,
    )


def may_open_case(row: UnitRow) -> bool:
    """Say whether a unit's fixed grade leads to accountability and no case is open for it yet."""
    return row.graded is not None and row.graded.pursue and row.unit.case_id is None
