"""The sample's complaints from their receipt to where their fates leave them."""

from datetime import date, timedelta
from typing import Any

from desktop.rules.complaints import (
    ComplaintDraft,
    Identity,
    Outcome,
    PersonTyped,
    Ruling,
    Satisfaction,
)
from desktop.rules.replies import ReplyWay
from desktop.rules.rulebook import System
from desktop.usecases import answers, complaints, followups, origins, register, transfers
from desktop.usecases import office as offices
from desktop.usecases.answers import AnswerDraft, InterimDraft, RefusalDraft
from desktop.usecases.complaints import Asked, DecisionDraft, FindingDraft
from desktop.usecases.followups import AcceptanceDraft
from desktop.usecases.origins import OriginDraft
from desktop.usecases.sample.beside import beside, chased, filed, proposed, put_off, rested
from desktop.usecases.sample.casefiles import case_life
from desktop.usecases.sample.maker import Life, Maker, afternoon, clerk
from desktop.usecases.transfers import TransferDraft

#: How far each of the sixty complaints has come, and how many working days ago it was received.
FATES: tuple[tuple[str, int, int, int], ...] = (
    ("closed", 18, 60, 190),
    ("refused_closed", 3, 50, 160),
    ("answered", 4, 12, 30),
    ("found", 4, 6, 14),
    ("accepted_told", 8, 6, 20),
    ("accepted", 6, 1, 5),
    ("accepted_late", 2, 7, 9),
    ("transferred", 6, 4, 16),
    ("transfer_due", 2, 3, 5),
    ("refused", 1, 4, 8),
    ("refusal_due", 1, 3, 3),
    ("registered", 4, 0, 2),
    ("void", 1, 9, 9),
)


def complaint_lives(maker: Maker) -> list[Life]:
    lives = []
    n = 0
    for fate, how_many, nearest, farthest in FATES:
        for k in range(how_many):
            span = farthest - nearest
            ago = nearest + (span * k // max(1, how_many - 1) if how_many > 1 else 0)
            lives.append(_life(maker, n, fate, maker.back(ago)))
            n += 1
    return lives


def _life(maker: Maker, n: int, fate: str, received: date) -> Life:
    """One complaint from its receipt to where its fate leaves it; yields before each action."""
    dice, office = maker.dice, maker.office
    matter = maker.words["matters"][n % len(maker.words["matters"])]
    unit = maker.units[(n * 5 + n // 12) % len(maker.units)]
    anonymous = fate in ("closed", "accepted_told", "transferred") and n % 6 == 5
    draft = _draft(maker, matter, unit, received, anonymous=anonymous, joint=n % 9 == 4, n=n)
    moment = maker.at(received)
    yield moment
    complaint = complaints.register_complaint(office, draft, clerk(moment)).value
    if fate == "registered":
        if maker.first("proposal"):
            yield from proposed(maker, complaint, received)
        return
    if fate == "void":
        event = office.db.execute("SELECT max(seq) FROM event").fetchone()[0]
        offices.take_back(office, int(event), clerk(moment), "重复登记")
        return
    ruling = Ruling.ACCEPT
    if fate.startswith("transfer"):
        ruling = Ruling.TRANSFER
    elif fate.startswith("refus"):
        ruling = Ruling.REFUSE
    refusal = dice.choice(maker.words["refusals"])
    day = maker.later(received, 1)
    moment = maker.at(day)
    yield moment
    complaints.decide(
        office,
        complaint,
        DecisionDraft(
            maker.words["office"]["leader"],
            day,
            ruling,
            dice.choice(maker.words["opinions"])["text"],
            receiver=maker.receiver(matter, unit) if ruling is Ruling.TRANSFER else None,
            reason=refusal["reason"] if ruling is Ruling.REFUSE else "",
        ),
        clerk(moment),
    )
    if ruling is Ruling.REFUSE:
        yield from _refused(maker, complaint, fate, refusal, day)
    elif fate == "transfer_due" and maker.first("resumed"):
        yield from rested(maker, complaint, day, resumed=True)
    elif fate not in ("transfer_due", "accepted", "accepted_late"):
        yield from _pursued(maker, complaint, matter, unit, fate, day, anonymous=anonymous, n=n)


def _draft(
    maker: Maker,
    matter: dict[str, str],
    unit: int,
    received: date,
    *,
    anonymous: bool,
    joint: bool,
    n: int,
) -> ComplaintDraft:
    dice = maker.dice
    people: tuple[PersonTyped, ...] = ()
    identity = Identity.ANONYMOUS
    if not anonymous:
        identity = Identity.JOINT if joint else Identity.REAL_NAME
        people = tuple(
            PersonTyped(
                maker.name(),
                f"1380300{dice.randrange(10_000):04d}",
                f"澄岳市{dice.choice(maker.words['people']['streets'])} {dice.randrange(1, 99)} 号",
            )
            for _ in range(3 if joint else 1)
        )
    accused = maker.people[unit][n % len(maker.people[unit])][0] if n % 3 else ""
    channels = ("letter", "phone", "visit", "email", "fax")
    known = [c.id for c in maker.book(System.COMPLAINTS).channels]
    channel = channels[n % len(channels)]
    return ComplaintDraft(
        channel=channel if channel in known else known[n % len(known)],
        received=received,
        identity=identity,
        complainants=people,
        accused_unit=unit,
        accused_person=accused,
        grounds=(matter["ground"],),
        subject=matter["subject"],
        text=matter["text"],
        demands=matter["demands"],
        reply_way=_WAYS[n % len(_WAYS)] if people else None,
        representative=people[0].name if joint and people else "",
        **_sent_on(n, received),
    )


#: How those who complained want to be answered; most say nothing of it.
_WAYS = (None, ReplyWay.PHONE, None, ReplyWay.POST, None)


def _sent_on(n: int, received: date) -> dict[str, Any]:
    """A few matters were sent on by another body, which wants to be told (部门转来)."""
    if n not in _SENT_ON:
        return {}
    return {
        "origin": "澄岳市信访局",
        "origin_number": f"澄信转〔{received.year}〕{n + 20}号",
        "origin_day": received - timedelta(days=1),
        "origin_due": received + timedelta(days=30),
    }


#: One that is closed, one that is answered, one that is being looked into.
_SENT_ON = (7, 23, 38)


def _refused(maker: Maker, complaint: int, fate: str, refusal: dict[str, str], day: date) -> Life:
    if fate == "refusal_due":
        return
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    draft = RefusalDraft(refusal["reason"], refusal["hint"], day)
    answers.refuse(maker.office, complaint, draft, clerk(moment))
    if fate == "refused_closed":
        day = maker.later(day, 2)
        moment = maker.at(day)
        yield moment
        complaints.close(maker.office, complaint, day, "", clerk(moment))


def _pursued(
    maker: Maker,
    complaint: int,
    matter: dict[str, str],
    unit: int,
    fate: str,
    day: date,
    *,
    anonymous: bool,
    n: int,
) -> Life:
    office = maker.office
    transferred = fate == "transferred"
    if transferred:
        day = maker.later(day, 1)
        yield from _passed_on(maker, complaint, matter, day, n)
    elif fate == "accepted_told" and not anonymous and maker.first("acceptance"):
        yield from _accepted(maker, complaint, day)
    if not anonymous and (n % 4 or transferred):
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        progress = (
            "已转请承办单位调查核实" if transferred else "已组织调查，正在调阅资料、询问有关人员"
        )
        interim = InterimDraft(progress + "。", "调查结束后将书面告知结果。", None, day)
        answers.tell_progress(office, complaint, interim, clerk(moment, 1))
        if fate == "accepted_told":
            yield from put_off(maker, complaint, day)
    yield from beside(maker, complaint, matter, unit, fate, maker.later(day, 1))
    yield from chased(maker, complaint, transferred=transferred)
    if fate in ("accepted_told", "transferred"):
        return
    day = maker.later(day, 3 + n % 4)
    moment = maker.at(day)
    yield moment
    proven = "未发现" not in matter["facts"]
    outcome = (Outcome.PROVEN if n % 5 else Outcome.PARTLY) if proven else Outcome.UNPROVEN
    complaints.record_finding(
        office,
        complaint,
        FindingDraft(day, "李堃、沈卫东", matter["facts"], outcome, matter["handling"]),
        clerk(moment, 1),
    )
    if fate == "found":
        return
    if not anonymous:
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        answer = AnswerDraft(matter["facts"], matter["handling"], day)
        answers.answer(office, complaint, answer, clerk(moment))
    yield from _told_on(maker, complaint, day)
    if fate == "closed":
        day = maker.later(day, 2)
        yield from _closed(maker, complaint, _asked(anonymous, n, day), day, n)
    if proven and not anonymous and n % 2 == 0 and maker.cases_left:
        yield from case_life(maker, complaint, None, unit, day, maker.cases_left.pop(0))


def _closed(maker: Maker, complaint: int, asked: Asked | None, day: date, n: int) -> Life:
    """A matter is over; every other one is filed (归档)."""
    moment = maker.at(day)
    yield moment
    complaints.close(maker.office, complaint, day, "已答复，无异议。", clerk(moment), asked)
    if n % 2:
        yield from filed(maker, complaint, maker.later(day, 5), n)


def _told_on(maker: Maker, complaint: int, day: date) -> Life:
    """The body that sent a matter on is told what came of it (回复函)."""
    view = register.view(maker.office, complaint, maker.today)
    if origins.why_not(view) or view.origin_replies:
        return
    moment = afternoon(day)
    yield moment
    progress, result = origins.beginning(register.view(maker.office, complaint, maker.today))
    origins.reply(maker.office, complaint, OriginDraft(day, progress, result), clerk(moment, 1))


def _asked(anonymous: bool, n: int, day: date) -> Asked | None:
    """What those who were answered said of it."""
    if anonymous:
        return None
    if n % 8 == _CROSS:
        return Asked(Satisfaction.DISSATISFIED, day, "认为办理时间太长。")
    return Asked(tuple(Satisfaction)[n % 2], day)


#: Of eight who were answered this one is not satisfied.
_CROSS = 5


def _accepted(maker: Maker, complaint: int, day: date) -> Life:
    moment = afternoon(day)
    yield moment
    told = AcceptanceDraft("监督检查科", None, day)
    followups.tell_acceptance(maker.office, complaint, told, clerk(moment))


def _passed_on(maker: Maker, complaint: int, matter: dict[str, str], day: date, n: int) -> Life:
    moment = maker.at(day)
    yield moment
    reply_by = maker.later(day, 99) + timedelta(days=(n % 5) - 1)
    letter = TransferDraft(matter["told"], matter["demands"], max(reply_by, day), day)
    transfers.transfer(maker.office, complaint, letter, clerk(moment, 1))
