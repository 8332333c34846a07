"""Which backups are kept (备份保留): a rule over their times alone, nothing of files."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """Why a backup was made (备份原因)."""

    HOURLY = "hourly"  # 每小时
    EXIT = "exit"  # 退出
    HAND = "hand"  # 手动
    SECOND = "second"  # 第二个盘
    MIGRATION = "migration"  # 升级前
    IMPORT = "import"  # 导入前
    RESTORE = "restore"  # 恢复前


#: How many are kept of each span, and which span a time belongs to; limits of this program.
SPANS: tuple[tuple[int | None, Callable[[datetime], Hashable]], ...] = (
    (24, lambda at: (at.date(), at.hour)),
    (14, lambda at: at.date()),
    (8, lambda at: tuple(at.isocalendar())[:2]),
    (12, lambda at: (at.year, at.month)),
    (None, lambda at: at.year),  # one of each year for ever
)

#: How long something changed may go without a backup.
EVERY = timedelta(hours=1)

#: A drill (恢复演练) is due after so long.
DRILL_EVERY = timedelta(days=31)


#: Backups that mark a point one may want to go back to, and how long they stay as such.
POINTS = frozenset({Reason.HAND, Reason.MIGRATION, Reason.IMPORT, Reason.RESTORE})
POINTS_STAY = timedelta(days=14)


def kept(times: Iterable[datetime], points: Iterable[datetime] = ()) -> frozenset[datetime]:
    """Return which backups stay: the newest of each of the last 24 hours that have one, 14 days,
    8 weeks, 12 months, and of every year.

    Args:
        times: when each was made.
        points: those among them that were made before an import, a restoring and the like; they
            stay for two weeks whatever was made after them.
    """
    newest_first = sorted(set(times), reverse=True)
    stay = {at for at in points if newest_first[0] - at <= POINTS_STAY}
    for count, span in SPANS:
        seen: set[Hashable] = set()
        for at in newest_first:
            key = span(at)
            if key in seen:
                continue
            if count is not None and len(seen) == count:
                break
            seen.add(key)
            stay.add(at)
    return frozenset(stay)


def drill_due(last: datetime | None, begun: datetime, now: datetime) -> bool:
    """Say whether a drill is due: the last one, or the office's first day, is over a month ago."""
    return now - (last or begun) > DRILL_EVERY
