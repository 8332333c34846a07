"""Whether the PC's clock can be believed (时钟核对): from three times alone; reads no clock."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from frozen import dataclass

#: How far a clock may stand behind the last event: two readings within a minute or so are usual.
BEHIND = timedelta(minutes=5)
#: How long an office may rest before somebody looks at the clock; limits of this program.
AHEAD = timedelta(days=45)


class Doubt(StrEnum):
    """What is wrong with a clock."""

    BEHIND = "clock_behind"  # 早于最后一次操作
    BEFORE_BUILD = "clock_before_build"  # 早于程序的制作日期
    AHEAD = "clock_ahead"  # 比最后一次操作晚得多


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a clock is not believed: what it says, and what it was compared with."""

    doubt: Doubt
    now: datetime
    against: datetime


def suspicion(now: datetime, last: datetime | None, built: date) -> Suspicion | None:
    """Compare the clock with the last event that is beyond doubt and with the program's build date.

    Args:
        now: what the PC's clock says.
        last: when the last event beyond doubt was written, None in a new file.
        built: the day this program was made.
    """
    if now.date() < built:
        return Suspicion(Doubt.BEFORE_BUILD, now, datetime.combine(built, datetime.min.time()))
    if last is not None and last - now > BEHIND:
        return Suspicion(Doubt.BEHIND, now, last)
    if last is not None and now - last > AHEAD:
        return Suspicion(Doubt.AHEAD, now, last)
    return None
