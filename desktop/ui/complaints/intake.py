"""The page 新登记: a complaint as it came in, with what follows from its receipt date beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer

from desktop.rules.complaints import Identity, RunningClock
from desktop.rules.faults import Faults
from desktop.rules.links import LinkKind
from desktop.text import _
from desktop.ui.common.forms import Form
from desktop.ui.complaints import values as read
from desktop.ui.complaints.entry import EntryPage, draft_of, entry_fields
from desktop.ui.complaints.foresight import MOST, Foresight
from desktop.ui.complaints.page import Job, Made, made
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import complaints, links, listing, register
from desktop.usecases.links import Reopened, Twin
from desktop.usecases.office import Done, Office
from desktop.usecases.register import Intake, Row

#: Milliseconds after the last key before twins are looked for.
_PAUSE = 400
#: The fields that tell whether a complaint was registered already.
_TELLING = ("accused_unit", "subject", "text")


def _again(said: Mapping[str, str]) -> Mapping[str, str]:
    """Say with the first fault, where the keyboard goes, that the duplicate is not one yet."""
    first, sentence = next(iter(said.items()))
    again = _("还没有登记；改正以后，请再点“登记为重复件”。")
    return {**said, first: f"{sentence}\n{again}"}


def intake_form(context: Context, intake: Intake) -> Form:
    """Make the form of the page, which is half of the page."""
    return Form(entry_fields(context, intake), context.today())


class IntakePage(EntryPage):
    """A new complaint, which gets the next number of its year."""

    NAME = "complaints.register"

    def __init__(
        self,
        context: Context,
        intake: Intake,
        reopened: Reopened | None = None,
        form: Form | None = None,
    ) -> None:
        """`reopened`: the closed complaint that is taken up anew; `form`: if it is made already."""
        self._linked: tuple[int, LinkKind] | None = None
        self._looked = 0
        self._pause = QTimer()
        self.foresight = Foresight(intake)
        today = context.today()
        words = (
            _("新登记"),
            _(
                "来件逐项登记；登记以后编号不再改变。"
                "反映上级管理的人员、本单位负责人的来信不拆阅、不在这里登记，用菜单“登记”里的“只登交接”。"
            ),
            _("登记(&S)"),
        )
        form = form or intake_form(context, intake)
        super().__init__(context, intake, self.NAME, words, form, self.foresight)
        form.set_values({"received": today, "identity": Identity.REAL_NAME})
        self._show_reply(anonymous=False)
        self._pause.setParent(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look_for_twins)
        form.edited.connect(self._perhaps_twins)
        self.foresight.twins.duplicate.connect(self._register_duplicate)
        self._forecast()
        if reopened is not None:
            self._take_over(reopened)

    def job(self, values: Values) -> Job:
        draft = draft_of(values)
        acting, linked = self.context.acting(), self._linked

        def work(office: Office) -> Done[Made]:
            done = complaints.register_complaint(office, draft, acting, linked)
            return Done(made(office, done.value, acting), done.event)

        return work

    def sentence(self, what: Made) -> str:
        return _("已登记 {number}。").format(number=what.number)

    def fault_sentences(self, faults: Faults) -> Mapping[str, str]:
        """What was to be a duplicate is asked for again once it can be registered."""
        said = super().fault_sentences(faults)
        if self._linked is None or self._linked[1] is not LinkKind.DUPLICATE:
            return said
        self._linked = None
        return _again(said)

    # -- drafts --------------------------------------------------------------------------------

    def kept(self) -> dict[str, object]:
        """A draft knows which closed complaint it takes up anew."""
        linked = {"linked": self._linked[0]} if self._linked is not None else {}
        return {**super().kept(), **linked}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Go on with a draft, linked as it was."""
        linked = kept.get("linked")
        if isinstance(linked, int):
            self._linked = (linked, LinkKind.REOPENED)
        super().restore({key: value for key, value in kept.items() if key != "linked"})

    # -- the same matter -----------------------------------------------------------------------

    def _take_over(self, reopened: Reopened) -> None:
        """Begin with what a closed complaint said."""
        old = reopened.complaint
        self._linked = (old.id, LinkKind.REOPENED)
        people = tuple(
            {"name": p.name, "phone": p.phone, "address": p.address} for p in reopened.people
        )
        self.context.shown(w for p in reopened.people for w in (p.name, p.phone, p.address))
        self.set_title(
            _("重新办理 {number}").format(number=old.number),
            _("登记以后有新的编号，与原来的一件关联；收到日期和内容请按这次来件修改。"),
        )
        self.form.set_values(
            {
                "channel": old.channel,
                "identity": Identity(old.identity),
                "complainants": people,
                "representative": reopened.reply.name if reopened.reply.representative else "",
                "reply_way": reopened.reply.way,
                "reply_address": reopened.reply.own,
                "reply_postcode": reopened.reply.postcode,
                "reply_email": reopened.reply.email,
                "accused_unit": old.accused_unit,
                "accused_person": old.accused_person,
                "grounds": reopened.grounds,
                "subject": old.subject,
                "text": old.body,
                "demands": old.demands,
            }
        )

    def _perhaps_twins(self, key: str) -> None:
        if key in _TELLING:
            self._pause.start()

    def _look_for_twins(self) -> None:
        values = self.form.values()
        unit = read.number(values, "accused_unit")
        subject, text = read.text(values, "subject"), read.text(values, "text")
        self._looked += 1
        if unit is None or not (subject or text):
            self.foresight.twins.show_twins(())
            return
        today, asked = self.context.today(), self._looked
        but = self._linked[0] if self._linked is not None else 0
        self.context.ask(
            lambda office: (asked, links.twins(office, unit, subject, text, today, but)),
            self._show_twins,
        )

    def _show_twins(self, found: tuple[int, tuple[Twin, ...]]) -> None:
        asked, twins = found
        if asked == self._looked:  # what was asked before the last key is out of date
            self.foresight.twins.show_twins(twins)

    def _register_duplicate(self, twin: Twin) -> None:
        """Register what is typed, linked to the complaint that it repeats."""
        self._linked = (twin.id, LinkKind.DUPLICATE)
        self.save()
        if self.form.faults() and self._linked is not None:  # it could not even be read
            self._linked = None
            self.form.show_faults(_again(self.form.faults()))

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
        written = self._written(read.one_of(self.form.values(), "identity", Identity))
        today = self.context.today()
        if written is None:
            self.foresight.show_clocks(())
            return
        self.context.ask(lambda office: register.forecast(office, written, today), self._foresee)

    def _foresee(self, clocks: Sequence[RunningClock]) -> None:
        self.foresight.show_clocks(clocks)
