"""Acting on a case file from the decision on (责任追究): decision, service, rectification, closing."""

from dataclasses import dataclass
from datetime import date

from desktop.rules import typed
from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.faults import Fault, Faults, NotPermitted, fault, refuse_if
from desktop.rules.rulebook import Rulebook, System
from desktop.usecases import attachments, shelf
from desktop.usecases.caseletters import issue, preview
from desktop.usecases.casework import day_fault, event_of, gives_away, last_hearing, may
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.shelf import CaseView


@dataclass(frozen=True, slots=True)
class DecisionLetterDraft:
    """What the written decision adds to the file (责任追究决定书)."""

    day: date | None
    rectify_by: date | None
    copied_to: tuple[str, ...] = ()


def decide(office: Office, case_id: int, draft: DecisionLetterDraft, acting: Acting) -> Done[int]:
    """Make the decision final with its letter; refused while anything of the gate is missing.

    Raises:
        NotPermitted: ``gate`` – the case is not ready (evidence, hearing, division, sanction).
        Faults: a date that can not be.
    """
    view = may(office, case_id, None, acting)
    missing = [r for r in view.requirements if not r.done]
    if missing:
        raise NotPermitted("gate", step=missing[0].key.value, missing=missing[0].missing)
    earliest = max([last_hearing(view), *([view.case.approved] if view.case.approved else [])])
    refuse_if(
        [
            day_fault(draft.day, acting, earliest, "before_hearing"),
            typed.check_later("rectify_by", draft.rectify_by, draft.day, acting.today),
            *(typed.check_text("copied_to", name, limit=typed.NAME) for name in draft.copied_to),
        ]
    )
    assert draft.day is not None
    fields = decision_fields(view, draft, office)
    return issue(
        office,
        view,
        "case.decide",
        "decision",
        fields,
        draft.day,
        acting,
        {
            "state": CaseState.DECIDED.value,
            "decided": draft.day.isoformat(),
            "rectify_by": draft.rectify_by.isoformat() if draft.rectify_by else None,
        },
    )


def preview_decision(
    office: Office, case_id: int, draft: DecisionLetterDraft, acting: Acting
) -> bytes:
    """Return the decision as it would print, marked 草稿, whatever is still missing.

    Raises:
        Faults: a character can not be printed.
    """
    view = shelf.view(office, case_id, acting.today)
    fields = decision_fields(view, draft, office)
    if not any(p.share for p in view.people):
        fields["responsibilities"] = []
    if not view.sanctions:
        fields["sanctions"] = []
    return preview(office, view, "decision", fields, draft.day or acting.today)


SHARE_WORDS = {
    "liable": "承担责任",
    "primary": "承担主要责任",
    "secondary": "承担次要责任",
    "full": "承担全部责任",
    "none": "不承担责任",
    "reduced_or_none": "予以减轻或者免予追究",
    "exempt": "免除责任",
}
ROLE_WORDS = {
    "handler": "承办人",
    "supervising_leader": "主管领导",
    "main_leader": "主要领导",
    "team_member": "领导班子成员",
    "direct": "直接责任人",
}


#: What the decision says where every measure is for another authority to impose.
_LEFT_TO_OTHERS = "对有关责任人员的处理，移交有权机关依照管理权限和法定程序决定"


def decision_fields(
    view: CaseView, draft: DecisionLetterDraft, office: Office
) -> dict[str, object]:
    """Return the fields of a 责任追究决定书."""
    book = view.book
    own, others = _sanction_sentences(view)
    return {
        "dated": draft.day,
        "unit": view.case.unit_name,
        "addressee": view.case.unit_name,
        "subject": view.case.title,
        "register_number": view.case.number,
        "facts": view.case.facts,
        "situations": [(s.text, book.cite(s)) for s in view.situations],
        "hearing": _hearing_summary(view),
        "responsibilities": [_responsibility(view, p.id) for p in view.people],
        "sanctions": own or [_LEFT_TO_OTHERS],
        "recommendations": others,
        "basis": book.cite(view.rung) if view.rung else "",
        "rectify_by": draft.rectify_by,
        "report_to": office.profile().name,
        "remedy": _remedy(book),
        "copied_to": list(draft.copied_to),
    }


def _responsibility(view: CaseView, person_id: int) -> str:
    person = view.person(person_id)
    assert person is not None
    share = SHARE_WORDS[person.share] if person.share else "（尚未区分责任）"
    return f"{person.name}（{person.post or ROLE_WORDS[person.role]}）作为{ROLE_WORDS[person.role]}，{share}"


def _sanction_sentences(view: CaseView) -> tuple[list[str], list[str]]:
    """Group measures by person; what other authorities decide goes into a second list."""
    own: list[str] = []
    others: list[str] = []
    for target in (None, *(p.id for p in view.people)):
        chosen = [s for s in view.sanctions if s.case_person == target]
        person = view.person(target)
        who = person.name if person else view.case.unit_name
        ours = [phrase(s.text) for s in chosen if s.authority == "office"]
        if ours:
            own.append(f"对{who}{'，'.join(ours)}")
        for sanction in chosen:
            if sanction.authority == "office":
                continue
            handed_on = sanction.text.startswith("移")
            others.append(
                f"将{who}的有关问题{sanction.text}"
                if handed_on
                else f"建议对{who}作如下处理：{sanction.text}"
            )
    return own, others


#: A measure that begins so is a deed already; others are given (给予批评、给予通报批评).
_DEEDS = ("责令", "取消", "限期", "移", "调", "离", "免", "停", "建议", "给予", "提出", "暂停")


def phrase(measure: str) -> str:
    """Return a measure as it reads after “对某人”."""
    return measure if measure.startswith(_DEEDS) else f"给予{measure}"


def _hearing_summary(view: CaseView) -> str:
    parts = []
    for hearing in view.hearings:
        person = view.person(hearing.case_person)
        who = person.name if person else ""
        if hearing.waived:
            parts.append(f"{who}书面表示放弃陈述和申辩。")
        else:
            parts.append(
                f"{who}陈述和申辩：{hearing.statement.rstrip('。')}。"
                f"我办认为：{hearing.opinion.rstrip('。')}。"
            )
    return "".join(parts).replace("\n", "")


def _remedy(book: Rulebook) -> str:
    """Return the remedy that the place's text gives against the office's notice (救济途径).

    Where the place is silent nothing is printed: the national remedies (公务员法 第九十五条) are
    against 处分 and the like, which other authorities decide and which their own letters must name.
    """
    local = next((r for r in book.remedies if r.system is System.ACCOUNTABILITY), None)
    return local.text if local else ""


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """How a letter was handed over, as the signed 送达回证 shows."""

    letter: int | None
    recipient: str
    day: date | None
    way: str
    place: str
    server: str
    receiver: str
    witness: str = ""
    note: str = ""


#: 留置送达: the letter is left although its receipt is refused, which a witness must see.
LEFT_BEHIND = "留置送达"
SERVICE_WAYS = ("直接送达", LEFT_BEHIND, "邮寄送达", "委托送达", "转交送达", "公告送达")


def serve(office: Office, case_id: int, draft: ServiceDraft, acting: Acting) -> Done[None]:
    """Record the service of a letter (送达); remedy periods count from this day.

    Raises:
        Faults: incomplete, or before the letter's date; 留置送达 without a witness.
        NotPermitted: nothing is decided yet.
    """
    view = may(office, case_id, CaseStep.SERVE, acting)
    letter = next((x for x in view.letters if x.id == draft.letter and not x.void), None)
    left = draft.way == LEFT_BEHIND
    refuse_if(
        [
            fault("letter", "choose") if letter is None else None,
            typed.check_text("recipient", draft.recipient, required=True),
            day_fault(draft.day, acting, letter.dated if letter else None, "before_letter"),
            None if draft.way in SERVICE_WAYS else fault("way", "choose"),
            typed.check_text("place", draft.place),
            typed.check_text("server", draft.server, required=True, limit=typed.NAME),
            typed.check_text("receiver", draft.receiver, required=not left, limit=typed.NAME),
            typed.check_text("witness", draft.witness, required=left, limit=typed.NAME),
            typed.check_text("note", draft.note, limit=typed.LONG, lines=True),
        ]
    )
    assert letter is not None
    assert draft.day is not None
    event = event_of("case.serve", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.insert(
            "service",
            letter=letter.id,
            recipient=typed.clean(draft.recipient),
            day=draft.day.isoformat(),
            way=draft.way,
            place=typed.clean(draft.place),
            server=typed.clean(draft.server),
            receiver=typed.clean(draft.receiver),
            witness=typed.clean(draft.witness),
            note=typed.clean(draft.note),
        )
        if view.state is CaseState.DECIDED and letter.kind == "decision":
            action.update("case_file", case_id, state=CaseState.SERVED.value)
    return Done(None, event.seq)


@dataclass(frozen=True, slots=True)
class RectificationDraft:
    """What must be put right and by when (限期整改通知书)."""

    problems: tuple[str, ...]
    requirements: tuple[str, ...]
    rectify_by: date | None
    day: date | None


def rectification_fields(
    view: CaseView, draft: RectificationDraft, office: Office
) -> dict[str, object]:
    """Return the fields of a 限期整改通知书."""
    book = view.book
    feedback = next(
        (s for s in book.steps if s.gate == "feedback" and s.system is System.ACCOUNTABILITY),
        None,
    )
    basis = feedback or view.rung or next(iter(view.situations), None)
    return {
        "dated": draft.day,
        "unit": view.case.unit_name,
        "addressee": view.case.unit_name,
        "subject": view.case.title,
        "register_number": view.case.number,
        "problems": [typed.clean(p) for p in draft.problems if p.strip()],
        "requirements": [typed.clean(r) for r in draft.requirements if r.strip()],
        "rectify_by": draft.rectify_by,
        "report_to": office.profile().name,
        "basis": book.cite(basis) if basis else "",
        "remedy": _remedy(book),
        "copied_to": [],
    }


def preview_rectification(
    office: Office, case_id: int, draft: RectificationDraft, acting: Acting
) -> bytes:
    """Return the 限期整改通知书 as it would print, marked 草稿.

    Raises:
        Faults: the date by which it is due is missing, or a character can not be printed.
    """
    if draft.rectify_by is None:
        raise Faults([fault("rectify_by", "required")])
    view = shelf.view(office, case_id, acting.today)
    fields = rectification_fields(view, draft, office)
    return preview(office, view, "rectification", fields, draft.day or acting.today)


def demand_rectification(
    office: Office, case_id: int, draft: RectificationDraft, acting: Acting
) -> Done[int]:
    """Make the 限期整改通知书 and set the date by which the report is due.

    Raises:
        Faults: nothing to put right, or no date after the letter's.
        NotPermitted: the decision is not served yet.
    """
    view = may(office, case_id, CaseStep.RECTIFY, acting)
    faults: list[Fault | None] = [
        None if any(p.strip() for p in draft.problems) else fault("problems", "required"),
        None if any(r.strip() for r in draft.requirements) else fault("requirements", "required"),
        day_fault(draft.day, acting, view.case.decided, "before_letter"),
        typed.check_later("rectify_by", draft.rectify_by, draft.day, acting.today, required=True),
    ]
    faults += [typed.check_text("problems", p, limit=typed.LONG) for p in draft.problems]
    faults += [typed.check_text("requirements", r, limit=typed.LONG) for r in draft.requirements]
    texts = {"problems": "\n".join(draft.problems), "requirements": "\n".join(draft.requirements)}
    faults += gives_away(office, view.case.complaint, view, **texts)
    refuse_if(faults)
    assert draft.day is not None
    assert draft.rectify_by is not None
    return issue(
        office,
        view,
        "case.rectify",
        "rectification",
        rectification_fields(view, draft, office),
        draft.day,
        acting,
        {"rectify_by": draft.rectify_by.isoformat()},
    )


def receive_report(
    office: Office,
    case_id: int,
    day: date | None,
    report: str,
    files: tuple[str, ...],
    acting: Acting,
) -> Done[None]:
    """Record the unit's written rectification report (改正情况书面报告).

    Raises:
        Faults: incomplete, or before the decision.
        NotPermitted: no rectification was demanded.
    """
    view = may(office, case_id, CaseStep.REPORT, acting)
    refuse_if(
        [
            day_fault(day, acting, view.case.decided, "before_letter"),
            typed.check_text("report", report, required=True, limit=typed.LONG, lines=True),
            *attachments.check_files("attachments", files),
        ]
    )
    assert day is not None
    kept = attachments.store(office, files)
    event = event_of("case.report", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            state=CaseState.RECTIFIED.value,
            reported=day.isoformat(),
            report=typed.clean(report),
        )
        attachments.note(action, office, "case_file", case_id, kept, acting)
    return Done(None, event.seq)


def close_case(
    office: Office, case_id: int, day: date | None, note: str, acting: Acting
) -> Done[None]:
    """Close a case file (结案).

    Raises:
        Faults: a date that can not be; no word why there was nothing to rectify.
        NotPermitted: not served, or a rectification report is still due.
    """
    view = may(office, case_id, CaseStep.CLOSE, acting)
    refuse_if(
        [
            day_fault(day, acting, view.case.reported or view.case.decided, "before_letter"),
            typed.check_text(
                "note", note, required=view.case.reported is None, limit=typed.LONG, lines=True
            ),
        ]
    )
    assert day is not None
    event = event_of("case.close", view.case)
    with office.ledger.action(event, acting.actor()) as action:
        action.update(
            "case_file",
            case_id,
            state=CaseState.CLOSED.value,
            closed=day.isoformat(),
            closing_note=typed.clean(note),
        )
    return Done(None, event.seq)
