"""The case file's rules: which papers must be there before a decision, which step may follow."""

from collections.abc import Iterable
from enum import StrEnum

from desktop.rules.rulebook import Rulebook, System
from frozen import dataclass


class CaseState(StrEnum):
    """Where a case file stands (案卷状态)."""

    OPEN = "open"  # 调查中
    DECIDED = "decided"  # 已决定，待送达
    SERVED = "served"  # 已送达，整改中
    RECTIFIED = "rectified"  # 已收整改报告，待结案
    CLOSED = "closed"  # 结案
    VOID = "void"  # 作废


class CaseStep(StrEnum):
    """A step a clerk can take on a case file (案卷步骤)."""

    OPEN = "open"  # 立案
    EVIDENCE = "evidence"  # 登记证据
    HEARING_NOTICE = "hearing_notice"  # 制作陈述申辩告知书
    HEARING = "hearing"  # 记录陈述申辩
    DIVISION = "division"  # 责任区分
    SANCTION = "sanction"  # 追究方式
    APPROVAL = "approval"  # 集体研究、领导审批
    DECIDE = "decide"  # 作出决定（决定书）
    SERVE = "serve"  # 送达
    REFERRAL = "referral"  # 移送有权处理的机关（移送函）
    RECTIFY = "rectify"  # 限期整改通知书
    REPORT = "report"  # 收到整改报告
    CLOSE = "close"  # 结案


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is in a case file, as far as its gate depends on it (案卷要件)."""

    state: CaseState
    situations: int
    people: int
    evidence: int
    investigators: int  # different persons named as having taken evidence
    heard: int  # persons whose statement and defence is recorded or waived in writing
    divided: int  # persons whose share of responsibility is fixed
    sanctions: int
    approved: bool
    rectification_set: bool  # a time limit for rectification runs
    report_received: bool
    authorities: int = 0  # other authorities whose measures were chosen (任免机关、纪检监察、司法)
    referred: int = 0  # of these, to how many the matter was handed over


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the gate (要件): what must be there, by which article, and what is missing.

    ``missing`` is a code; ``count`` and ``wanted`` are the figures of its sentence.
    """

    key: CaseStep
    name: str
    citation: str
    missing: str = ""
    count: int = 0
    wanted: int = 0

    @property
    def done(self) -> bool:
        """Say whether nothing is missing."""
        return not self.missing


def requirements(facts: CaseFacts, book: Rulebook, national: Rulebook) -> tuple[Requirement, ...]:
    """Return the gate before a decision: the place's own steps, tightened by national ones.

    A decision cannot become final before evidence is taken, the persons are heard, responsibility
    is divided (e.g. Baoding 责任追究办法 第十二条); the least number of investigators is national
    (政务处分法 第四十二条) and stands in the national rulebook. Responsibility is divided everywhere,
    also where no text orders it as a step: the decision says of each person what the person bears.
    """
    own = [s for s in book.steps if s.system is System.ACCOUNTABILITY and s.gate]
    extra = [s for s in national.steps if s.system is System.ACCOUNTABILITY and s.gate]
    lines: list[Requirement] = []
    for gate, key in (
        ("evidence", CaseStep.EVIDENCE),
        ("hearing", CaseStep.HEARING),
        ("division", CaseStep.DIVISION),
        ("approval", CaseStep.APPROVAL),
    ):
        local = [s for s in own if s.gate == gate]
        wide = [s for s in extra if s.gate == gate]
        if not local and not wide:
            if key is CaseStep.DIVISION:
                citation = book.cite(book.bearings[0]) if book.bearings else ""
                lines.append(_line(key, "", citation, facts, 0))
            continue
        step, source = (local[0], book) if local else (wide[0], national)
        people = max((s.people for s in (*local, *wide)), default=0)
        lines.append(_line(key, step.name, source.cite(step), facts, people))
    lines.insert(
        max(0, len(lines) - 1) if lines and lines[-1].key is CaseStep.APPROVAL else len(lines),
        _sanction_line(facts, book),
    )
    return tuple(lines)


def _line(key: CaseStep, name: str, citation: str, facts: CaseFacts, people: int) -> Requirement:
    if key is CaseStep.EVIDENCE:
        if not facts.evidence:
            return Requirement(key, name, citation, "no_evidence")
        if facts.investigators < people:
            return Requirement(
                key, name, citation, "few_investigators", facts.investigators, people
            )
    if key is CaseStep.HEARING and (not facts.people or facts.heard < facts.people):
        code = "not_heard" if facts.people else "no_people"
        return Requirement(key, name, citation, code, facts.heard, facts.people)
    if key is CaseStep.DIVISION and (not facts.people or facts.divided < facts.people):
        code = "not_divided" if facts.people else "no_people"
        return Requirement(key, name, citation, code, facts.divided, facts.people)
    if key is CaseStep.APPROVAL and not facts.approved:
        return Requirement(key, name, citation, "not_approved")
    return Requirement(key, name, citation)


def _sanction_line(facts: CaseFacts, book: Rulebook) -> Requirement:
    citation = book.cite(book.rungs[0]) if book.rungs else ""
    missing = "" if facts.sanctions else "no_sanction"
    if not facts.situations:
        missing = "no_situation"
    return Requirement(CaseStep.SANCTION, "", citation, missing)


def steps(facts: CaseFacts, gate: Iterable[Requirement]) -> tuple[CaseStep, ...]:
    """Return the steps now permitted, the one to take next first."""
    referral = (CaseStep.REFERRAL,) if facts.referred < facts.authorities else ()
    match facts.state:
        case CaseState.OPEN:
            missing = [r.key for r in gate if not r.done]
            first = missing or [CaseStep.DECIDE]
            unheard = not facts.people or facts.heard < facts.people
            rest = [
                CaseStep.EVIDENCE,
                *([CaseStep.HEARING_NOTICE] if unheard else []),
                CaseStep.HEARING,
                CaseStep.DIVISION,
                CaseStep.SANCTION,
                CaseStep.APPROVAL,
            ]
            return tuple(dict.fromkeys([*first, *rest]))
        case CaseState.DECIDED:
            return (CaseStep.SERVE, *referral)
        case CaseState.SERVED:
            if facts.rectification_set:
                return (CaseStep.REPORT, CaseStep.SERVE, CaseStep.RECTIFY, *referral)
            return (CaseStep.RECTIFY, CaseStep.CLOSE, CaseStep.SERVE, *referral)
        case CaseState.RECTIFIED:
            return (*referral, CaseStep.CLOSE, CaseStep.SERVE)
        case CaseState.CLOSED | CaseState.VOID:
            return ()


class Closing(StrEnum):
    """What should be done before a case is closed (结案前核对); it warns and does not hinder."""

    SERVED = "served"  # 决定书已送达
    REPORTED = "reported"  # 已收到整改报告
    REFERRED = "referred"  # 已移送有权处理的机关


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One line of the check before closing: by which step it is done, and whether it is."""

    key: Closing
    step: CaseStep
    done: bool
    count: int = 0
    wanted: int = 0


def closing(facts: CaseFacts) -> tuple[ClosingLine, ...]:
    """Return what a decided case should hold before it is closed (结案前核对)."""
    if facts.state in (CaseState.OPEN, CaseState.VOID):
        return ()
    lines = [ClosingLine(Closing.SERVED, CaseStep.SERVE, facts.state is not CaseState.DECIDED)]
    if facts.rectification_set:
        lines.append(ClosingLine(Closing.REPORTED, CaseStep.REPORT, facts.report_received))
    if facts.authorities:
        done = facts.referred >= facts.authorities
        lines.append(
            ClosingLine(
                Closing.REFERRED, CaseStep.REFERRAL, done, facts.referred, facts.authorities
            )
        )
    return tuple(lines)
