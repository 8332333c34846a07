"""The page 新登记: a complaint as it came in, with what follows from its receipt date beside it."""

from collections.abc import Sequence

from desktop.rules.complaints import Identity, RunningClock
from desktop.text import _
from desktop.ui.common.forms import Form
from desktop.ui.complaints import values as read
from desktop.ui.complaints.entry import EntryPage, draft_of, entry_fields
from desktop.ui.complaints.foresight import MOST, Foresight
from desktop.ui.complaints.page import Job, Made, made
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import complaints, listing, register
from desktop.usecases.office import Done, Office
from desktop.usecases.register import Intake, Row


class IntakePage(EntryPage):
    """A new complaint, which gets the next number of its year."""

    NAME = "complaints.register"

    def __init__(self, context: Context, intake: Intake) -> None:
        self.foresight = Foresight(intake)
        today = context.today()
        words = (
            _("新登记"),
            _("来件逐项登记；登记以后编号不再改变。"),
            _("登记(&S)"),
        )
        form = Form(entry_fields(context, intake), today)
        super().__init__(context, intake, self.NAME, words, form, self.foresight)
        form.set_values({"received": today, "identity": Identity.REAL_NAME})
        self._forecast()

    def job(self, values: Values) -> Job:
        draft = draft_of(values)
        acting = self.context.acting()

        def work(office: Office) -> Done[Made]:
            done = complaints.register_complaint(office, draft, acting)
            return Done(made(office, done.value, acting), done.event)

        return work

    def sentence(self, what: Made) -> str:
        return _("已登记 {number}。").format(number=what.number)

    def _know_unit(self, unit: int | None) -> None:
        super()._know_unit(unit)
        name = next((one.name for one in self.context.directory.units if one.id == unit), "")
        if unit is None:
            self.foresight.show_earlier("", (), 0)
            return
        today = self.context.today()
        self.context.ask(
            lambda office: (name, listing.against(office, unit, today, MOST)), self._show_earlier
        )

    def _show_earlier(self, found: tuple[str, tuple[tuple[Row, ...], int]]) -> None:
        name, (rows, count) = found
        self.foresight.show_earlier(name, rows, count)

    def _forecast(self) -> None:
        values = self.form.values()
        received = read.day(values, "received")
        identity = read.one_of(values, "identity", Identity)
        today = self.context.today()
        if received is None or identity is None or received > today or received.year < 2000:
            self.foresight.show_clocks(())
            return
        self.context.ask(
            lambda office: register.forecast(office, received, identity, today), self._foresee
        )

    def _foresee(self, clocks: Sequence[RunningClock]) -> None:
        self.foresight.show_clocks(clocks)
