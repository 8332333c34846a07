"""The sample office (示例单位): a lively register, case files and a round, from a fixed seed.

Everything is done through the same actions that a clerk takes, in the order of their days, so the
sample shows what the program can really hold. All places, units and people are invented.
"""

import heapq
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from db import keys
from db.errors import StorageFault
from db.keys import Cost
from db.ledger import Signer
from desktop import paths
from desktop.rules.assessments import grades as grades_of
from desktop.rules.complaints import (
    ComplaintDraft,
    Identity,
    Outcome,
    PersonTyped,
    Ruling,
    Satisfaction,
)
from desktop.rules.handlers import Relation
from desktop.rules.handovers import HandingDraft, HandoverDraft, Sealing
from desktop.rules.replies import ReplyWay
from desktop.rules.roles import read_roles
from desktop.rules.rulebook import Rulebook, System
from desktop.rules.workdays import Calendar
from desktop.usecases import (
    answers,
    assessments,
    casefiles,
    casenotices,
    complaints,
    course,
    decisions,
    followups,
    handlers,
    handovers,
    inquiry,
    origins,
    register,
    session,
    shelf,
    transfers,
    weighing,
)
from desktop.usecases import office as offices
from desktop.usecases.answers import AnswerDraft, InterimDraft, RefusalDraft
from desktop.usecases.assessments import RoundDraft, ScoreDraft
from desktop.usecases.calendars import calendar
from desktop.usecases.casefiles import CaseDraft, PersonPart
from desktop.usecases.casenotices import HearingNoticeDraft, ReferralDraft
from desktop.usecases.complaints import Asked, DecisionDraft, FindingDraft
from desktop.usecases.course import ArchiveDraft, PauseDraft, ProposalDraft, ResumeDraft
from desktop.usecases.decisions import DecisionLetterDraft, RectificationDraft, ServiceDraft
from desktop.usecases.followups import AcceptanceDraft, ChaseDraft, ExtensionDraft
from desktop.usecases.handlers import HandlerDraft, RecusalDraft
from desktop.usecases.inquiry import EvidenceDraft, HearingDraft
from desktop.usecases.office import CHOSEN, Acting, ClerkDraft, Office, OfficeDraft
from desktop.usecases.origins import OriginDraft
from desktop.usecases.session import SAMPLE_PASSWORD as SAMPLE_PASSWORD
from desktop.usecases.transfers import ObjectionDraft, TransferDraft
from desktop.usecases.weighing import Conduct, DivisionDraft, SanctionDraft

#: Nothing is to be guessed there, so unlocking it need not be dear.
SAMPLE_COST = Cost(1, 64, 1)

SEED = 20100126

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

#: How far each case from a proven complaint has come.
CASES = ("closed", "closed", "served", "served", "decided", "ready", "heard", "evidence")

#: The rung of the ladder of which a part is for another authority to impose (移送).
_REFERRED = "4"

_Life = Iterator[datetime]


@dataclass
class _Maker:
    """What the making of the sample shares: dice, words, calendar, and the directory's ids."""

    office: Office
    words: dict[str, Any]
    today: date
    dice: random.Random
    table: Calendar
    units: list[int] = field(default_factory=list)
    people: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    cases_left: list[str] = field(default_factory=lambda: list(CASES))
    shown: set[str] = field(default_factory=set)

    @property
    def situations(self) -> dict[str, str]:
        """Return which situation of the rulebook each matter is, by its subject."""
        return {m["subject"]: m["situation"] for m in self.words["matters"]}

    def book(self, system: System) -> Rulebook:
        """Return the rulebook that the sample chose for a system."""
        found = self.office.book(system)
        if found is None:
            raise LookupError(system)
        return found

    def back(self, workdays: int) -> date:
        """Return the working day so many working days before today."""
        day, left = self.today, workdays
        while left > 0 or not self.table.is_workday(day):
            day -= timedelta(days=1)
            left -= self.table.is_workday(day)
        return day

    def later(self, day: date, workdays: int) -> date:
        """Return the working day so many working days after a day, but never after today."""
        while workdays > 0 and day < self.today:
            day += timedelta(days=1)
            workdays -= self.table.is_workday(day)
        return day

    def at(self, day: date) -> datetime:
        """Return a moment in the office hours of a day."""
        minute = self.dice.randrange(8 * 60 + 40, 11 * 60 + 30)
        return datetime.combine(day, time(minute // 60, minute % 60))

    def first(self, what: str) -> bool:
        """Say whether this is the first of its kind: some letters the sample shows once."""
        if what in self.shown:
            return False
        self.shown.add(what)
        return True

    def receiver(self, matter: dict[str, Any], unit: int) -> int:
        """Return the unit in charge of a matter that is not the one complained of."""
        named = [u["name"] for u in self.words["units"]]
        fitting = [self.units[named.index(name)] for name in matter["receivers"]]
        return next(u for u in fitting if u != unit)

    def name(self) -> str:
        """Return a name that was not used yet."""
        people = self.words["people"]
        while True:
            name: str = self.dice.choice(people["surnames"]) + self.dice.choice(people["given"])
            if name not in self.used:
                self.used.add(name)
                return name


def make_sample(
    path: Path, today: date, progress: Callable[[int, int], None] | None = None
) -> None:
    """Make the sample office at ``path``, as it would stand on ``today``.

    Args:
        path: where the file shall be; it appears there only when it is complete.
        today: the day on which the sample shall be lively.
        progress: told (done, total) after each record; an exception of it stops the making.

    Raises:
        StorageFault: the file can not be made.
    """
    if path.exists():
        raise StorageFault("exists", str(path))
    half = path.with_name(f"{path.stem}.making{path.suffix}")
    halves = [half, keys.key_path(half), keys.spare_path(half)]
    for one in halves:
        one.unlink(missing_ok=True)
    try:
        _make(half, today, progress)
        keys.key_path(half).replace(keys.key_path(path))
        keys.spare_path(half).replace(keys.spare_path(path))
        half.replace(path)
    finally:
        for one in halves:
            one.unlink(missing_ok=True)


def _make(path: Path, today: date, progress: Callable[[int, int], None] | None) -> None:
    text = (paths.resources() / "sample" / "words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    own = words["office"]
    draft = OfficeDraft(
        own["name"],
        own["letterhead"],
        own["mark"],
        own["telephone"],
        own["address"],
        own["contact"],
        tuple(
            ClerkDraft(name, title, read_roles(roles), SAMPLE_PASSWORD)
            for name, title, roles in own["clerks"]
        ),
        dict.fromkeys(CHOSEN, own["rulebook"]),
    )
    begun = datetime.combine(today - timedelta(days=400), time(9))
    office = offices.create_office(path, draft, Acting(1, own["contact"], begun), SAMPLE_COST)
    try:
        other = session.unlock(path, 2, SAMPLE_PASSWORD)
        office.ledger.signers[2] = Signer(2, 2, other.keys.signing)
        maker = _Maker(office, words, today, random.Random(SEED), calendar(office))
        _directory(maker, begun)
        _run([*_complaint_lives(maker), *_letter_lives(maker), _round(maker)], progress)
    finally:
        office.close()


def _run(lives: list[_Life], progress: Callable[[int, int], None] | None) -> None:
    """Let every record's life go on in the order of its days, as an office's year does."""
    order = count()
    done = 0
    queue = [(next(life), next(order), life) for life in lives]
    heapq.heapify(queue)
    while queue:
        _, _, life = heapq.heappop(queue)
        moment = next(life, None)
        if moment is not None:
            heapq.heappush(queue, (moment, next(order), life))
            continue
        done += 1
        if progress is not None:
            progress(done, len(lives))


def _clerk(moment: datetime, which: int = 0) -> Acting:
    return Acting(which + 1, ("王敏", "李堃")[which], moment)


def _directory(maker: _Maker, begun: datetime) -> None:
    acting = _clerk(begun)
    for unit in maker.words["units"]:
        maker.units.append(
            offices.save_unit(maker.office, None, unit["name"], unit["kind"], acting).value
        )
    posts = maker.words["people"]["posts"]
    for n in range(40):
        unit = maker.units[n % len(maker.units)]
        held = maker.people.setdefault(unit, [])
        post = posts[min(len(held) * 2, len(posts) - 1)]
        name = maker.name()
        held.append((name, post))
        offices.save_person(maker.office, None, name, unit, post, acting)


def _complaint_lives(maker: _Maker) -> list[_Life]:
    lives = []
    n = 0
    for fate, how_many, nearest, farthest in FATES:
        for k in range(how_many):
            span = farthest - nearest
            ago = nearest + (span * k // max(1, how_many - 1) if how_many > 1 else 0)
            lives.append(_life(maker, n, fate, maker.back(ago)))
            n += 1
    return lives


def _letter_lives(maker: _Maker) -> list[_Life]:
    """Three letters of which only the handing over is registered: two handed on, one waits."""
    return [
        _unopened(maker, "superior", maker.back(40), handed=2),
        _unopened(maker, "own_head", maker.back(15), handed=0),
        _unopened(maker, "superior", maker.back(3), handed=None),
    ]


def _unopened(maker: _Maker, kind: str, received: date, *, handed: int | None) -> _Life:
    moment = _afternoon(received)
    yield moment
    draft = HandoverDraft(
        kind,
        received,
        "9:20",
        "信函",
        "邮递员",
        "牛皮纸信封，16 开，有本市邮戳",
        "",
        Sealing.PASTED,
        weight=36,
        to_unit=_ABOVE,
    )
    letter = handovers.register(maker.office, draft, _clerk(moment)).value
    if handed is None:
        return
    day = maker.later(received, handed)
    moment = _afternoon(day) + timedelta(hours=1)
    yield moment
    hand = HandingDraft(_ABOVE, "田文清", day, "15:30", signed=True)
    handovers.hand_over(maker.office, letter, hand, _clerk(moment))


#: To whom such letters go.
_ABOVE = "澄岳市纪委监委信访室"


def _life(maker: _Maker, n: int, fate: str, received: date) -> _Life:
    """One complaint from its receipt to where its fate leaves it; yields before each action."""
    dice, office = maker.dice, maker.office
    matter = maker.words["matters"][n % len(maker.words["matters"])]
    unit = maker.units[(n * 5 + n // 12) % len(maker.units)]
    anonymous = fate in ("closed", "accepted_told", "transferred") and n % 6 == 5
    draft = _draft(maker, matter, unit, received, anonymous=anonymous, joint=n % 9 == 4, n=n)
    moment = maker.at(received)
    yield moment
    complaint = complaints.register_complaint(office, draft, _clerk(moment)).value
    if fate == "registered":
        if maker.first("proposal"):
            yield from _proposed(maker, complaint, received)
        return
    if fate == "void":
        event = office.db.execute("SELECT max(seq) FROM event").fetchone()[0]
        offices.take_back(office, int(event), _clerk(moment), "重复登记")
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
        _clerk(moment),
    )
    if ruling is Ruling.REFUSE:
        yield from _refused(maker, complaint, fate, refusal, day)
    elif fate == "transfer_due" and maker.first("resumed"):
        yield from _rested(maker, complaint, day, resumed=True)
    elif fate not in ("transfer_due", "accepted", "accepted_late"):
        yield from _pursued(maker, complaint, matter, unit, fate, day, anonymous=anonymous, n=n)


def _draft(
    maker: _Maker,
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


def _refused(maker: _Maker, complaint: int, fate: str, refusal: dict[str, str], day: date) -> _Life:
    if fate == "refusal_due":
        return
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    draft = RefusalDraft(refusal["reason"], refusal["hint"], day)
    answers.refuse(maker.office, complaint, draft, _clerk(moment))
    if fate == "refused_closed":
        day = maker.later(day, 2)
        moment = maker.at(day)
        yield moment
        complaints.close(maker.office, complaint, day, "", _clerk(moment))


def _pursued(
    maker: _Maker,
    complaint: int,
    matter: dict[str, str],
    unit: int,
    fate: str,
    day: date,
    *,
    anonymous: bool,
    n: int,
) -> _Life:
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
        answers.tell_progress(office, complaint, interim, _clerk(moment, 1))
        if fate == "accepted_told":
            yield from _put_off(maker, complaint, day)
    yield from _beside(maker, complaint, matter, unit, fate, maker.later(day, 1))
    yield from _chased(maker, complaint, transferred=transferred)
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
        _clerk(moment, 1),
    )
    if fate == "found":
        return
    if not anonymous:
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        answer = AnswerDraft(matter["facts"], matter["handling"], day)
        answers.answer(office, complaint, answer, _clerk(moment))
    yield from _told_on(maker, complaint, day)
    if fate == "closed":
        day = maker.later(day, 2)
        yield from _closed(maker, complaint, _asked(anonymous, n, day), day, n)
    if proven and not anonymous and n % 2 == 0 and maker.cases_left:
        yield from _case(maker, complaint, None, unit, day, maker.cases_left.pop(0))


def _closed(maker: _Maker, complaint: int, asked: Asked | None, day: date, n: int) -> _Life:
    """A matter is over; every other one is filed (归档)."""
    moment = maker.at(day)
    yield moment
    complaints.close(maker.office, complaint, day, "已答复，无异议。", _clerk(moment), asked)
    if n % 2:
        yield from _filed(maker, complaint, maker.later(day, 5), n)


def _told_on(maker: _Maker, complaint: int, day: date) -> _Life:
    """The body that sent a matter on is told what came of it (回复函)."""
    view = register.view(maker.office, complaint, maker.today)
    if origins.why_not(view) or view.origin_replies:
        return
    moment = _afternoon(day)
    yield moment
    progress, result = origins.beginning(register.view(maker.office, complaint, maker.today))
    origins.reply(maker.office, complaint, OriginDraft(day, progress, result), _clerk(moment, 1))


def _asked(anonymous: bool, n: int, day: date) -> Asked | None:
    """What those who were answered said of it."""
    if anonymous:
        return None
    if n % 8 == _CROSS:
        return Asked(Satisfaction.DISSATISFIED, day, "认为办理时间太长。")
    return Asked(tuple(Satisfaction)[n % 2], day)


#: Of eight who were answered this one is not satisfied.
_CROSS = 5


def _accepted(maker: _Maker, complaint: int, day: date) -> _Life:
    moment = _afternoon(day)
    yield moment
    told = AcceptanceDraft("监督检查科", None, day)
    followups.tell_acceptance(maker.office, complaint, told, _clerk(moment))


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, time(14, 40))


def _passed_on(maker: _Maker, complaint: int, matter: dict[str, str], day: date, n: int) -> _Life:
    moment = maker.at(day)
    yield moment
    reply_by = maker.later(day, 99) + timedelta(days=(n % 5) - 1)
    letter = TransferDraft(matter["told"], matter["demands"], max(reply_by, day), day)
    transfers.transfer(maker.office, complaint, letter, _clerk(moment, 1))


def _beside(
    maker: _Maker, complaint: int, matter: dict[str, str], unit: int, fate: str, day: date
) -> _Life:
    """What happens to a complaint beside its main way."""
    if fate == "transferred":
        yield from _sent_back(maker, complaint, matter, unit, day)
    elif fate == "accepted_told":
        yield from _named(maker, complaint, day)


def _sent_back(
    maker: _Maker, complaint: int, matter: dict[str, str], unit: int, day: date
) -> _Life:
    """The receiver objects: the first time it is left at that, the second it goes to another."""
    office, first = maker.office, maker.first("returned")
    if not first and not maker.first("transferred again"):
        return
    moment = _afternoon(day)
    yield moment
    objection = ObjectionDraft(day, "所反映的事项不属于本单位职责", f"澄住建函〔{day.year}〕18号")
    transfers.record_objection(office, complaint, objection, _clerk(moment, 1))
    if first:
        return
    moment += timedelta(minutes=20)
    yield moment
    before = transfers.transferred(register.view(office, complaint, day).steps).unit
    other = next(u for u in maker.units[::-1] if u not in (unit, before))
    leader = maker.words["office"]["leader"]
    decision = DecisionDraft(leader, day, Ruling.TRANSFER, "改转承办。", receiver=other)
    complaints.decide(office, complaint, decision, _clerk(moment))
    moment += timedelta(minutes=20)
    yield moment
    reply_by = maker.today + timedelta(days=20)
    letter = TransferDraft(matter["told"], matter["demands"], reply_by, day)
    transfers.transfer(office, complaint, letter, _clerk(moment, 1))


def _named(maker: _Maker, complaint: int, day: date) -> _Life:
    """Once somebody is named to handle a complaint, and somebody withdraws from it."""
    if not maker.first("handlers"):
        return
    moment = _afternoon(day) + timedelta(minutes=30)
    yield moment
    handlers.name_handler(maker.office, complaint, HandlerDraft("李堃", None, day), _clerk(moment))
    moment += timedelta(minutes=5)
    yield moment
    recusal = RecusalDraft(
        "周晓",
        None,
        Relation.ACCUSED,
        "其配偶在被投诉单位任职",
        maker.words["office"]["leader"],
        day,
    )
    handlers.recuse(maker.office, complaint, recusal, _clerk(moment))


def _reply_is_late(maker: _Maker, complaint: int) -> bool:
    due = register.view(maker.office, complaint, maker.today).reply_due
    return due is not None and due < maker.today


def _chased(maker: _Maker, complaint: int, *, transferred: bool) -> _Life:
    late = transferred and _reply_is_late(maker, complaint)
    if not late or not maker.first("chase"):
        return
    day = maker.back(0)
    moment = _afternoon(day)
    yield moment
    draft = ChaseDraft(day + timedelta(days=5), "", day)
    followups.chase(maker.office, complaint, draft, _clerk(moment))


def _put_off(maker: _Maker, complaint: int, day: date) -> _Life:
    """One takes longer than was said, one rests."""
    if maker.first("extension"):
        yield from _extended(maker, complaint, maker.later(day, 2))
    elif maker.first("paused"):
        yield from _rested(maker, complaint, maker.later(day, 1), resumed=False)


def _proposed(maker: _Maker, complaint: int, day: date) -> _Life:
    """拟办: what the clerk proposes lies before the leader."""
    moment = _afternoon(day)
    yield moment
    text = "反映的问题属于本办公室的受理范围，建议组织调查，十五个工作日以内报告结果。"
    draft = ProposalDraft(Ruling.ACCEPT, None, "李堃", text, day)
    course.propose(maker.office, complaint, draft, _clerk(moment))


def _rested(maker: _Maker, complaint: int, day: date, *, resumed: bool) -> _Life:
    """中止办理, and 恢复办理 a working day later."""
    moment = _afternoon(day)
    yield moment
    reason = "被反映的事项正在由人民法院审理，需要等待生效的判决"
    pause = PauseDraft(reason, maker.words["office"]["leader"], "", day)
    course.pause(maker.office, complaint, pause, _clerk(moment))
    if resumed:
        day = maker.later(day, 1)
        moment = _afternoon(day)
        yield moment
        resume = ResumeDraft("人民法院已经作出生效的判决", day)
        course.resume(maker.office, complaint, resume, _clerk(moment))


def _filed(maker: _Maker, complaint: int, day: date, n: int) -> _Life:
    """归档: half of the closed ones lie in their volumes."""
    moment = _afternoon(day)
    yield moment
    volume = f"ZWGK-TS·{day.year}-D30-{n + 1:04d}"
    draft = ArchiveDraft(volume, f"{1 + n // 10}", "30年", f"{8 + n % 9}", "李堃", day)
    course.archive(maker.office, complaint, draft, _clerk(moment, 1))


def _extended(maker: _Maker, complaint: int, day: date) -> _Life:
    moment = _afternoon(day)
    yield moment
    draft = ExtensionDraft(
        "需要调阅的档案由两个单位保管，核对尚未完成",
        maker.words["office"]["leader"],
        None,
        maker.today + timedelta(days=12),
        "已调阅一个单位的档案，询问了两名经办人员。",
        day,
    )
    followups.extend(maker.office, complaint, draft, _clerk(moment))


def _case(
    maker: _Maker, complaint: int | None, round_unit: int | None, unit: int, day: date, fate: str
) -> _Life:
    """One case file from its opening to where its fate leaves it."""
    office = maker.office
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    draft = (
        casefiles.draft_from_complaint(office, complaint, day)
        if complaint is not None
        else assessments.draft_case(office, round_unit or 0, day)
    )
    staff = maker.people[unit]
    people = (
        PersonPart(staff[-1][0], staff[-1][1], "handler"),
        PersonPart(staff[1][0], staff[1][1], "supervising_leader"),
    )
    situation = maker.situations.get(draft.title.removeprefix(_unit_name(maker, unit)), "5.4")
    opened = CaseDraft(
        unit, draft.title, draft.facts, (situation,), people, day, complaint, round_unit
    )
    case = casefiles.open_case(office, opened, _clerk(moment, 1)).value
    yield from _investigated(maker, case, people, day, fate)


def _unit_name(maker: _Maker, unit: int) -> str:
    name: str = maker.words["units"][maker.units.index(unit)]["name"]
    return name


def _investigated(
    maker: _Maker, case: int, people: tuple[PersonPart, ...], day: date, fate: str
) -> _Life:
    office = maker.office
    for name, kind in (("公开栏和网站截图", "视听资料"), ("询问笔录", "询问笔录")):
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        evidence = EvidenceDraft(name, kind, day, "李堃、沈卫东")
        inquiry.add_evidence(office, case, evidence, _clerk(moment, 1))
    if fate == "evidence":
        return
    view = shelf.view(office, case, day)
    rung = _REFERRED if fate == "decided" else "2"
    if fate == "heard":
        moment = _afternoon(day)
        yield moment
        intended = casenotices.intended(view, view.people[0].id, rung)
        state_by = day + timedelta(days=5)
        notice = HearingNoticeDraft(view.people[0].id, rung, intended, state_by, "", day)
        casenotices.notify_hearing(office, case, notice, _clerk(moment, 1))
    for person in view.people:
        day = maker.later(day, 1)
        moment = maker.at(day)
        yield moment
        said = "承认没有按规定办理，愿意改正，希望从轻处理"
        hearing = HearingDraft(
            person.id,
            day,
            "办公室谈话室",
            "李堃",
            waived=False,
            statement=said,
            opinion="态度诚恳，予以考虑",
        )
        inquiry.hear(office, case, hearing, _clerk(moment, 1))
    if fate == "heard":
        return
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    shares = ("secondary", "primary")
    parts = tuple(
        Conduct(
            p.id,
            advised=False,
            adopted=False,
            kept_silent=False,
            exhibit="",
            share=shares[n],
            reason="",
        )
        for n, p in enumerate(view.people)
    )
    weighing.divide(office, case, DivisionDraft("approved", parts), _clerk(moment, 1))
    proposed = shelf.proposed_measures(shelf.view(office, case, day), rung)
    chosen = tuple((p.person, p.measure.id) for p in proposed)
    weighing.choose_sanction(office, case, SanctionDraft(rung, chosen, ""), _clerk(moment, 1))
    moment = maker.at(day) + timedelta(hours=4)
    yield moment
    weighing.approve(
        office, case, maker.words["office"]["leader"], day, "会议研究同意。", _clerk(moment)
    )
    if fate != "ready":
        yield from _decided(maker, case, people, day, fate)


def _decided(
    maker: _Maker, case: int, people: tuple[PersonPart, ...], day: date, fate: str
) -> _Life:
    office = maker.office
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    letter = decisions.decide(
        office, case, DecisionLetterDraft(day, None, ("澄岳市纪委监委机关",)), _clerk(moment)
    ).value
    if fate == "decided":
        yield from _referred(maker, case, day)
        return
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    service = ServiceDraft(
        letter, people[0].name, day, "直接送达", "单位办公室", "李堃", people[0].name
    )
    decisions.serve(office, case, service, _clerk(moment, 1))
    moment += timedelta(hours=3)
    yield moment
    due = day + timedelta(days=15)
    if fate == "served":
        due = maker.today + timedelta(days=3 * (case % 2))
    demand = RectificationDraft(
        ("应当公开的内容没有按期公开", "公开前没有按规定程序审查"),
        ("立即改正并举一反三自查", "建立按期公开台账，明确专人负责"),
        max(due, day),
        day,
    )
    decisions.demand_rectification(office, case, demand, _clerk(moment, 1))
    if fate == "served":
        return
    day = maker.later(day, 8)
    moment = maker.at(day)
    yield moment
    decisions.receive_report(
        office, case, day, "已逐项改正，建立台账，并对有关人员进行了教育。", (), _clerk(moment)
    )
    day = maker.later(day, 1)
    moment = maker.at(day)
    yield moment
    decisions.close_case(office, case, day, "整改到位。", _clerk(moment))


def _referred(maker: _Maker, case: int, day: date) -> _Life:
    view = shelf.view(maker.office, case, day)
    for handover in view.handovers:
        moment = _afternoon(day)
        yield moment
        draft = ReferralDraft(
            handover.authority,
            "澄岳市纪委监委机关",
            casenotices.referral_reason(view, handover),
            casenotices.referral_papers(view),
            None,
            day,
        )
        casenotices.refer(maker.office, case, draft, _clerk(moment, 1))


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


def _round(maker: _Maker) -> _Life:
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
    round_id = assessments.open_round(office, opened, _clerk(moment)).value
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
        assessments.score(office, row.unit.id, ScoreDraft(points, {}, problems), _clerk(moment))
    day = maker.later(day, 3)
    moment = maker.at(day)
    yield moment
    for row in seen.units:
        assessments.grade(office, row.unit.id, day, _clerk(moment))
