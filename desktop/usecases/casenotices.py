"""Letters of a case file beside the decision: 陈述申辩告知书 before it, 移送函 after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.records import CasePerson
from desktop.rules import typed
from desktop.rules.casefiles import CaseStep
from desktop.rules.faults import Fault, fault, refuse_if
from desktop.rules.rulebook import Authority, Measure
from desktop.usecases import shelf
from desktop.usecases.caseletters import issue, preview
from desktop.usecases.casework import day_fault, gives_away, may
from desktop.usecases.decisions import ROLE_WORDS, phrase
from desktop.usecases.office import Acting, Done, Office, names
from desktop.usecases.shelf import CaseView, Handover


@dataclass(frozen=True, slots=True)
class HearingNoticeDraft:
    """What a person is told before being heard (陈述申辩告知书).

    ``rung`` is the rung of the ladder that is intended, ``proposed`` what is to be done to the
    person, ``way`` how and where to speak; empty: at the office's address.
    """

    person: int | None
    rung: str
    proposed: tuple[str, ...]
    state_by: date | None
    way: str
    day: date | None


def intended(view: CaseView, person_id: int, rung_id: str) -> tuple[str, ...]:
    """Return what a person must expect: the measures chosen, else those the rung is aimed at."""
    person = view.person(person_id)
    rung = next((r for r in view.book.rungs if r.id == rung_id), None)
    if person is None or rung is None:
        return ()
    chosen = [s for s in view.sanctions if s.case_person == person_id]
    if chosen and view.rung is rung:
        return tuple(_intended(s.text, s.authority) for s in chosen)
    fitting = shelf.fitting_measures(person, rung)
    return tuple(_intended(m.text, m.authority) for m in _mildest(fitting))


def _mildest(measures: Iterable[Measure]) -> Iterable[Measure]:
    """Of measures that exclude each other the first, which is the mildest."""
    taken: set[str] = set()
    for measure in measures:
        if measure.alternative not in taken or not measure.alternative:
            taken.add(measure.alternative)
            yield measure


def _intended(text: str, authority: str) -> str:
    if authority == "office":
        return phrase(text)
    return text if text.startswith("移") else f"建议有权处理的机关作如下处理：{text}"


def notify_hearing(
    office: Office, case_id: int, draft: HearingNoticeDraft, acting: Acting
) -> Done[int]:
    """Tell a person facts, basis and intended measure, and the right to be heard, before the hearing.

    Raises:
        Faults: incomplete, a date that can not be, or a text that gives a complainant away.
        NotPermitted: decided already, or everybody was heard.
    """
    view = may(office, case_id, CaseStep.HEARING_NOTICE, acting)
    person = view.person(draft.person)
    heard = {h.case_person for h in view.hearings}
    proposed = [p for p in draft.proposed if p.strip()]
    faults: list[Fault | None] = [
        fault("person", "choose") if person is None else None,
        fault("person", "heard_already") if person is not None and person.id in heard else None,
        None if draft.rung in {r.id for r in view.book.rungs} else fault("rung", "choose"),
        None if proposed else fault("proposed", "required"),
        *(typed.check_text("proposed", p, limit=typed.LONG) for p in proposed),
        typed.check_later("state_by", draft.state_by, draft.day, acting.today, required=True),
        typed.check_text("way", draft.way, limit=typed.LONG),
        day_fault(draft.day, acting, view.case.opened, "before_opening"),
        *gives_away(office, view.case.complaint, view, proposed="\n".join(proposed), way=draft.way),
    ]
    refuse_if(faults)
    assert person is not None
    assert draft.day is not None
    return issue(
        office,
        view,
        "case.hearing_notice",
        "hearing_notice",
        _notice_fields(office, view, person, draft),
        draft.day,
        acting,
    )


def preview_hearing_notice(
    office: Office, case_id: int, draft: HearingNoticeDraft, acting: Acting
) -> bytes:
    """Return the 陈述申辩告知书 as it would print, marked 草稿.

    Raises:
        Faults: nobody is chosen or no day is set, or a character can not be printed.
    """
    view = shelf.view(office, case_id, acting.today)
    person = view.person(draft.person)
    refuse_if(
        [
            fault("person", "choose") if person is None else None,
            None if draft.state_by else fault("state_by", "required"),
        ]
    )
    assert person is not None
    fields = _notice_fields(office, view, person, draft)
    return preview(office, view, "hearing_notice", fields, draft.day or acting.today)


def _notice_fields(
    office: Office, view: CaseView, person: CasePerson, draft: HearingNoticeDraft
) -> dict[str, object]:
    book = view.book
    rung = next((r for r in book.rungs if r.id == draft.rung), None)
    address = office.profile().address
    usual = f"当面陈述和申辩的，请到{address}" if address else ""
    return {
        "dated": draft.day,
        "addressee": person.name,
        "to_person": True,
        shelf.NOTICE_PERSON: person.id,
        "subject": view.case.title,
        "register_number": view.case.number,
        "facts": view.case.facts,
        "situations": [(s.text, book.cite(s)) for s in view.situations],
        "proposed": [typed.clean(p) for p in draft.proposed if p.strip()],
        "basis": book.cite(rung) if rung else "",
        "state_by": draft.state_by,
        "way": typed.clean(draft.way) or usual,
    }


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """What is handed over to another authority, and with which papers (移送函)."""

    authority: Authority | None
    receiver: str
    reason: str
    materials: tuple[str, ...]
    reply_by: date | None
    day: date | None


def referral_reason(view: CaseView, handover: Handover) -> str:
    """Return why the matter goes to another authority, as the letter's first wording."""
    said = []
    for text in dict.fromkeys(m.text for m in handover.measures):
        targets = [view.person(m.case_person) for m in handover.measures if m.text == text]
        who = names([p.name if p else view.case.unit_name for p in targets])
        if text.startswith("移"):
            said.append(f"{who}的有关问题，应当{text}")
        else:
            said.append(f"对{who}的处理（{text}），应当由你单位依照管理权限和法定程序决定")
    return "；".join(said)


def referral_papers(view: CaseView) -> tuple[str, ...]:
    """Return the papers of the case file that go along, as the letter's first list (材料清单)."""
    decisions = [x for x in view.letters if x.kind == "decision" and not x.void]
    heard = names(
        [p.name for h in view.hearings if not h.waived and (p := view.person(h.case_person))]
    )
    waived = names(
        [p.name for h in view.hearings if h.waived and (p := view.person(h.case_person))]
    )
    return (
        *(f"{x.title}（{x.number}）" for x in decisions),
        *dict.fromkeys(f"{e.name}（{e.kind}）" for e in view.evidence),
        *([f"陈述申辩笔录（{heard}）"] if heard else []),
        *([f"放弃陈述申辩的书面材料（{waived}）"] if waived else []),
    )


def refer(office: Office, case_id: int, draft: ReferralDraft, acting: Acting) -> Done[int]:
    """Hand over to another authority what only it may impose (移送); one letter per authority.

    Raises:
        Faults: incomplete, a date that can not be, or a text that gives a complainant away.
        NotPermitted: not decided yet, or nothing is left to hand over.
    """
    view = may(office, case_id, CaseStep.REFERRAL, acting)
    open_ = {h.authority: h for h in view.handovers if h.letter is None}
    papers = [m for m in draft.materials if m.strip()]
    refuse_if(
        [
            None if draft.authority in open_ else fault("authority", "choose"),
            typed.check_text("receiver", draft.receiver, required=True, limit=typed.NAME),
            typed.check_text("reason", draft.reason, required=True, limit=typed.LONG, lines=True),
            None if papers else fault("materials", "required"),
            *(typed.check_text("materials", m) for m in papers),
            typed.check_later("reply_by", draft.reply_by, draft.day, acting.today),
            day_fault(draft.day, acting, view.case.decided, "before_letter"),
            *gives_away(
                office,
                view.case.complaint,
                view,
                receiver=draft.receiver,
                reason=draft.reason,
                materials="\n".join(papers),
            ),
        ]
    )
    assert draft.authority is not None
    assert draft.day is not None
    return issue(
        office,
        view,
        "case.refer",
        "referral",
        _referral_fields(view, open_[draft.authority], draft),
        draft.day,
        acting,
    )


def preview_referral(office: Office, case_id: int, draft: ReferralDraft, acting: Acting) -> bytes:
    """Return the 移送函 as it would print, marked 草稿.

    Raises:
        Faults: a field is missing without which there is nothing to see.
    """
    view = shelf.view(office, case_id, acting.today)
    handover = next((h for h in view.handovers if h.authority == draft.authority), None)
    refuse_if([fault("authority", "choose") if handover is None else None])
    assert handover is not None
    fields = _referral_fields(view, handover, draft)
    return preview(office, view, "referral", fields, draft.day or acting.today)


def _referral_fields(view: CaseView, handover: Handover, draft: ReferralDraft) -> dict[str, object]:
    unit = view.case.unit_name
    accused = []
    for target in dict.fromkeys(m.case_person for m in handover.measures):
        person = view.person(target)
        post = (person.post or ROLE_WORDS[person.role]) if person else ""
        accused.append(f"{unit}{post}{person.name}" if person else unit)
    return {
        "dated": draft.day,
        "receiver": typed.clean(draft.receiver),
        "addressee": typed.clean(draft.receiver),
        shelf.REFERRAL_AUTHORITY: handover.authority,
        "subject": view.case.title,
        "register_number": view.case.number,
        "case_number": view.case.number,
        "accused": names(accused),
        "facts": view.case.facts,
        "reason": typed.clean(draft.reason),
        "basis": view.book.cite(view.rung) if view.rung else "",
        "materials": [typed.clean(m) for m in draft.materials if m.strip()],
        "reply_by": draft.reply_by,
    }
