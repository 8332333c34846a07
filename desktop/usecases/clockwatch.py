"""The PC's clock while an office file is open (时钟核对): no number is given while it is doubtful."""

from dataclasses import dataclass
from datetime import date, datetime

from db.driver import Database
from db.queries import keeping as queries
from desktop.rules.clockguard import Suspicion, suspicion
from desktop.rules.faults import NotPermitted


@dataclass
class ClockWatch:
    """Compares every number's time with the last event beyond doubt.

    Once somebody who may do so has confirmed the clock, the next times are compared with the time
    that was confirmed; what is written in that session stays marked.
    """

    db: Database
    built: date
    confirmed: bool = False

    def suspicion(self, now: datetime) -> Suspicion | None:
        """Return why the clock is not believed, or None."""
        built = date.min if self.confirmed else self.built
        return suspicion(now, queries.last_sure_time(self.db), built)

    def numbering(self, now: datetime) -> None:
        """Refuse a number or a letter at a doubtful time.

        Raises:
            NotPermitted: ``clock_behind``, ``clock_before_build``, ``clock_ahead``.
        """
        if found := self.suspicion(now):
            raise NotPermitted(
                found.doubt.value,
                now=found.now.isoformat(" ", "minutes"),
                against=found.against.isoformat(" ", "minutes"),
            )

    def doubtful(self, now: datetime) -> bool:
        """Say whether an event at this time is to be marked (时钟存疑)."""
        return self.confirmed or self.suspicion(now) is not None
