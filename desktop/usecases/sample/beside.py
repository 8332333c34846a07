"""What happens to the sample's complaints beside their main way: proposals, pauses, objections."""

from datetime import date, timedelta

from desktop.rules.complaints import Ruling
from desktop.rules.handlers import Relation
from desktop.usecases import complaints, course, followups, handlers, register, transfers
from desktop.usecases.complaints import DecisionDraft
from desktop.usecases.course import ArchiveDraft, PauseDraft, ProposalDraft, ResumeDraft
from desktop.usecases.followups import ChaseDraft, ExtensionDraft
from desktop.usecases.handlers import HandlerDraft, RecusalDraft
from desktop.usecases.sample.maker import Life, Maker, afternoon, clerk
from desktop.usecases.transfers import ObjectionDraft, TransferDraft


def beside(
    maker: Maker, complaint: int, matter: dict[str, str], unit: int, fate: str, day: date
) -> Life:
    """What happens to a complaint beside its main way."""
    if fate == "transferred":
        yield from _sent_back(maker, complaint, matter, unit, day)
    elif fate == "accepted_told":
        yield from _named(maker, complaint, day)


def _sent_back(maker: Maker, complaint: int, matter: dict[str, str], unit: int, day: date) -> Life:
    """The receiver objects: the first time it is left at that, the second it goes to another."""
    office, first = maker.office, maker.first("returned")
    if not first and not maker.first("transferred again"):
        return
    moment = afternoon(day)
    yield moment
    objection = ObjectionDraft(day, "所反映的事项不属于本单位职责", f"澄住建函〔{day.year}〕18号")
    transfers.record_objection(office, complaint, objection, clerk(moment, 1))
    if first:
        return
    moment += timedelta(minutes=20)
    yield moment
    before = transfers.transferred(register.view(office, complaint, day).steps).unit
    other = next(u for u in maker.units[::-1] if u not in (unit, before))
    leader = maker.words["office"]["leader"]
    decision = DecisionDraft(leader, day, Ruling.TRANSFER, "改转承办。", receiver=other)
    complaints.decide(office, complaint, decision, clerk(moment))
    moment += timedelta(minutes=20)
    yield moment
    reply_by = maker.today + timedelta(days=20)
    letter = TransferDraft(matter["told"], matter["demands"], reply_by, day)
    transfers.transfer(office, complaint, letter, clerk(moment, 1))


def _named(maker: Maker, complaint: int, day: date) -> Life:
    """Once somebody is named to handle a complaint, and somebody withdraws from it."""
    if not maker.first("handlers"):
        return
    moment = afternoon(day) + timedelta(minutes=30)
    yield moment
    handlers.name_handler(maker.office, complaint, HandlerDraft("李堃", None, day), clerk(moment))
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
    handlers.recuse(maker.office, complaint, recusal, clerk(moment))


def _reply_is_late(maker: Maker, complaint: int) -> bool:
    due = register.view(maker.office, complaint, maker.today).reply_due
    return due is not None and due < maker.today


def chased(maker: Maker, complaint: int, *, transferred: bool) -> Life:
    late = transferred and _reply_is_late(maker, complaint)
    if not late or not maker.first("chase"):
        return
    day = maker.back(0)
    moment = afternoon(day)
    yield moment
    draft = ChaseDraft(day + timedelta(days=5), "", day)
    followups.chase(maker.office, complaint, draft, clerk(moment))


def put_off(maker: Maker, complaint: int, day: date) -> Life:
    """One takes longer than was said, one rests."""
    if maker.first("extension"):
        yield from _extended(maker, complaint, maker.later(day, 2))
    elif maker.first("paused"):
        yield from rested(maker, complaint, maker.later(day, 1), resumed=False)


def proposed(maker: Maker, complaint: int, day: date) -> Life:
    """拟办: what the clerk proposes lies before the leader."""
    moment = afternoon(day)
    yield moment
    text = "反映的问题属于本办公室的受理范围，建议组织调查，十五个工作日以内报告结果。"
    draft = ProposalDraft(Ruling.ACCEPT, None, "李堃", text, day)
    course.propose(maker.office, complaint, draft, clerk(moment))


def rested(maker: Maker, complaint: int, day: date, *, resumed: bool) -> Life:
    """中止办理, and 恢复办理 a working day later."""
    moment = afternoon(day)
    yield moment
    reason = "被反映的事项正在由人民法院审理，需要等待生效的判决"
    pause = PauseDraft(reason, maker.words["office"]["leader"], "", day)
    course.pause(maker.office, complaint, pause, clerk(moment))
    if resumed:
        day = maker.later(day, 1)
        moment = afternoon(day)
        yield moment
        resume = ResumeDraft("人民法院已经作出生效的判决", day)
        course.resume(maker.office, complaint, resume, clerk(moment))


def filed(maker: Maker, complaint: int, day: date, n: int) -> Life:
    """归档: half of the closed ones lie in their volumes."""
    moment = afternoon(day)
    yield moment
    volume = f"ZWGK-TS·{day.year}-D30-{n + 1:04d}"
    draft = ArchiveDraft(volume, f"{1 + n // 10}", "30年", f"{8 + n % 9}", "李堃", day)
    course.archive(maker.office, complaint, draft, clerk(moment, 1))


def _extended(maker: Maker, complaint: int, day: date) -> Life:
    moment = afternoon(day)
    yield moment
    draft = ExtensionDraft(
        "需要调阅的档案由两个单位保管，核对尚未完成",
        maker.words["office"]["leader"],
        None,
        maker.today + timedelta(days=12),
        "已调阅一个单位的档案，询问了两名经办人员。",
        day,
    )
    followups.extend(maker.office, complaint, draft, clerk(moment))
