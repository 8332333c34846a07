"""How long a complaint took, or how its clock stands (历时、期限), in Chinese for prints and exports."""

from collections.abc import Sequence
from datetime import date

from db.records import Complaint, ComplaintStep
from desktop.rules import complaints as rules
from desktop.rules.clocks import ClockState, ClockStatus
from desktop.rules.complaints import Step
from desktop.usecases import register
from desktop.usecases.calendars import calendar
from desktop.usecases.office import Office

_MISSED = (ClockState.MET_LATE, ClockState.OVERDUE)


def time_words(
    office: Office, complaint: Complaint, steps: Sequence[ComplaintStep], today: date
) -> str:
    """Return how the most pressing clock stands, or how long the matter took.

    A limit that was missed on the way is said on a line of its own.
    """
    if complaint.void:
        return ""
    facts = register.standing(complaint, steps)
    book = office.library.pinned(complaint.pack, complaint.pack_version)
    clocks = rules.clocks(facts, book, calendar(office), today)
    if facts.state in register.OPEN:
        pressing = register.most_pressing(clocks)
        return _words(pressing.status) if pressing else ""
    ended = (s.day for s in reversed(steps) if s.step in (Step.ANSWER, Step.REFUSE))
    done = complaint.closed or next(ended, None)
    took = f"{(done - complaint.received).days}天" if done else ""
    late = any(one.status.state in _MISSED for one in clocks)
    return "\n".join(part for part in (took, "有逾期" if late else "") if part)


def _words(status: ClockStatus) -> str:
    days = f"{abs(status.days_left)}{'个工作日' if status.in_workdays else '天'}"
    match status.state:
        case ClockState.OVERDUE:
            return f"超期{days}"
        case ClockState.TODAY:
            return "今日到期"
        case ClockState.GRACE:
            return f"最迟剩{days}"
    return f"剩{days}"
