"""The page 修改登记: what was registered, to be put right, with the due days before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.rules.complaints import Identity, RunningClock
from desktop.text import _, format_date
from desktop.ui.common import theme, wording
from desktop.ui.common.flow import clear
from desktop.ui.common.forms import Editor, Field, Form, TextField
from desktop.ui.common.forms.field import follow
from desktop.ui.common.labels import button, card, label
from desktop.ui.common.panes import upright
from desktop.ui.complaints import dates
from desktop.ui.complaints import values as read
from desktop.ui.complaints.entry import EntryPage, draft_of, entry_fields
from desktop.ui.complaints.page import Job, Made, about, made
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import corrections, looking
from desktop.usecases.corrections import Correction, MovedClock
from desktop.usecases.looking import Looked
from desktop.usecases.office import Done, Office
from desktop.usecases.register import ComplaintView, Intake
from desktop.usecases.replies import ReplyTo

#: Where answers go, shown and typed only with who complained.
_REPLY = ("representative", "reply_way", "reply_address", "reply_postcode", "reply_email")
_SECRET = ("identity", "complainants", *_REPLY)


def correction_form(context: Context, view: ComplaintView) -> Form:
    """Make the form of the page, which is half of the page."""
    fields = entry_fields(context, Intake(view.book, view.national))
    at = next(n for n, f in enumerate(fields) if isinstance(f, Field) and f.key == "identity")
    fields.insert(at, _Masked("masked", _("投诉举报人(&P)"), count=view.complainants))
    fields.append(
        TextField(
            "reason",
            _("修改理由(&E)"),
            required=True,
            lines=2,
            hint=_("写明原来错在哪里、依据什么改；办理过程里会留下记录。"),
        )
    )
    return Form(fields, context.today())


class CorrectionPage(EntryPage):
    """A registered complaint as it should read; who complained is shown by a look on record."""

    def __init__(self, context: Context, view: ComplaintView, form: Form | None = None) -> None:
        """`form`: if it is made already."""
        self._view = view
        self._named = view.standing.identity is Identity.ANONYMOUS
        self._waiting: dict[str, object] = {}
        self.moved = MovedClocks()
        form = form or correction_form(context, view)
        words = (
            _("修改登记"),
            _("{about}\n编号和适用的规则不变；已经制作的文书不会跟着改变。").format(
                about=about(view)
            ),
            _("保存修改(&S)"),
        )
        intake = Intake(view.book, view.national)
        super().__init__(context, intake, "complaints.correct", words, form, self.moved)
        self._fill(view)
        masked = form.editor("masked")
        assert isinstance(masked, _Mask)
        masked.wanted.connect(self._look)
        masked.target().setObjectName("complaints.correct.reveal")

    def job(self, values: Values) -> Job:
        complaint, acting = self._view.complaint.id, self.context.acting()
        wanted = Correction(
            draft_of(values),
            read.text(values, "reason"),
            self._view.complaint.rev,
            self._named,
        )

        def work(office: Office) -> Done[Made]:
            done = corrections.correct(office, complaint, wanted, acting)
            return Done(made(office, complaint, acting), done.event)

        return work

    def sentence(self, what: Made) -> str:
        return _("{number} 的登记已修改。").format(number=what.number)

    # -- drafts --------------------------------------------------------------------------------

    def kept(self) -> dict[str, object]:
        """Who complained is in it only after the look; what an earlier draft held of it stays."""
        return {**super().kept(), **({} if self._named else self._waiting)}

    def restore(self, kept: Mapping[str, object]) -> None:
        """What was changed of who complained waits until that is looked at, which is on record."""
        secret = {key: value for key, value in kept.items() if key in _SECRET}
        super().restore({key: value for key, value in kept.items() if key not in _SECRET})
        if self._named:
            super().restore(secret)
        elif secret.get("complainants"):
            self._waiting = secret

    # -- inside --------------------------------------------------------------------------------

    def _fill(self, view: ComplaintView) -> None:
        complaint = view.complaint
        known: dict[str, object] = {
            "channel": complaint.channel,
            "received": complaint.received,
            "identity": view.standing.identity,
            "accused_unit": complaint.accused_unit,
            "accused_person": complaint.accused_person,
            "grounds": tuple(one.id for one in view.grounds),
            "subject": complaint.subject,
            "text": complaint.body,
            "demands": complaint.demands,
            "origin": complaint.origin,
            "origin_number": complaint.origin_number,
            "origin_day": complaint.origin_day,
            "origin_due": complaint.origin_due,
        }
        here = self.form.values()
        self.form.set_values({key: value for key, value in known.items() if key in here})
        if "channel" in here:
            self.form.set_hint("received", self._intake.receipt(complaint.channel))
        self._know_unit(complaint.accused_unit)
        self.form.set_shown("masked", not self._named)
        self._show_identity()

    def _show_identity(self) -> None:
        for key in _SECRET:
            self.form.set_shown(key, self._named)
        if self._named:
            self._follow("identity")

    def _look(self) -> None:
        complaint, acting = self._view.complaint.id, self.context.acting()
        self.context.tasks.run(
            lambda office: looking.look(office, complaint, acting, "修改登记"),
            self._reveal,
            self.refuse,
        )

    def _reveal(self, looked: Looked) -> None:
        """Show who complained and what they wrote, now that the look is on record."""
        self._named = True
        self._show_written(looked)
        people = looked.people
        self.form.set_shown("masked", False)
        self._show_identity()
        rows = tuple({"name": p.name, "phone": p.phone, "address": p.address} for p in people)
        self.form.editor("complainants").set_value(rows)
        self._show_where(looked.reply)
        self.context.shown(w for p in people for w in (p.name, p.phone, p.address))
        self.form.mark_clean(*_SECRET)
        waiting, self._waiting = self._waiting, {}
        super().restore(waiting)
        self.form.enter("complainants")
        said = _("已查看 {number} 的投诉举报人，并留有记录。")
        self.context.said.emit(said.format(number=self._view.complaint.number), 0)

    def _show_where(self, to: ReplyTo) -> None:
        """Show how and where answers go, as it was typed."""
        for key, value in (
            ("representative", to.name if to.representative else ""),
            ("reply_way", to.way),
            ("reply_address", to.own),
            ("reply_postcode", to.postcode),
            ("reply_email", to.email),
        ):
            self.form.editor(key).set_value(value)
        self._follow("reply_way")

    def _show_written(self, looked: Looked) -> None:
        """Put the original words where the masked ones stand, unless these were written over."""
        masked, written = self._view.complaint, looked.written
        here = self.form.values()
        for key, old, new in (
            ("text", masked.body, written.body),
            ("demands", masked.demands, written.demands),
        ):
            if here[key] == old:
                self.form.editor(key).set_value(new)
                self.form.mark_clean(key)

    def _forecast(self) -> None:
        named = read.one_of(self.form.values(), "identity", Identity) if self._named else None
        written = self._written(named or self._view.standing.identity)
        complaint, today = self._view.complaint.id, self.context.today()
        if written is None:
            self.moved.show_clocks(())
            return
        self.context.ask(
            lambda office: corrections.foresee(office, complaint, written, today),
            self.moved.show_clocks,
        )


@dataclass(frozen=True, slots=True)
class _Masked(Field):
    """Stands for the complainants until they are looked at."""

    count: int = 0

    def editor(self, today: date) -> Editor:
        return _Mask(self.count)


class _Mask(Editor):
    """How many complained, and the button that shows them; it holds no value."""

    wanted = Signal()

    def __init__(self, count: int) -> None:
        super().__init__()
        self._look = button(_("查看并修改"), "link", "eye")
        self._look.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addWidget(label(_("●●●　共 {n} 人，已隐去").format(n=count)))
        column.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        follow(self, self._look)

    def value(self) -> object:
        return ""

    def set_value(self, value: object) -> None:
        del value

    def target(self) -> QWidget:
        return self._look


class MovedClocks(QScrollArea):
    """Beside the form: each clock's due day as it is and as it will be."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.WIDE, theme.WIDE)
        self._card = card()
        self._lines = QVBoxLayout(self._card)
        self._lines.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        self._lines.setSpacing(theme.SMALL)
        column.addWidget(self._card)
        column.addStretch(1)
        upright(inside, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.show_clocks(())

    def show_clocks(self, clocks: Sequence[MovedClock]) -> None:
        """Show the clocks that move; say so when none does."""
        clear(self._lines)
        self._said: list[str] = []
        self._card.setVisible(bool(clocks))
        if not clocks:
            return
        moved = [one for one in clocks if one.moved]
        self._say(_("期限"), "strong")
        if not moved:
            self._say(_("这次修改不影响期限。"), "quiet")
            return
        counted = any(one.rule.source for one in moved)  # what another body wants is only a day
        said = _("期限从改后的收到日期重新计算：") if counted else _("改后的期限：")
        self._say(said, "quiet")
        for one in moved:
            self._say(one.rule.name, "")
            self._say(_("{old} → {new}").format(old=_due(one.old), new=_due(one.new)), "strong")
            self._say(_state(one.new), "hint")

    def text(self) -> str:
        """Everything on screen."""
        return "\n".join(self._said)

    def _say(self, words: str, role: str) -> None:
        self._said.append(words)
        self._lines.addWidget(label(words, role, wrap=True))


def _due(clock: RunningClock | None) -> str:
    """The due day in short; both readings where they differ."""
    if clock is None:
        return _("没有要求")
    end = clock.end
    if end is None:
        return _("不适用")
    if end.due == end.latest:
        return dates.with_weekday(end.due)
    return _("{due}（最迟 {latest}）").format(
        due=format_date(end.due), latest=format_date(end.latest)
    )


def _state(clock: RunningClock | None) -> str:
    """How the clock will stand."""
    if clock is None:
        return _("改后不再要求回复。")
    if clock.end is None:
        return wording.reason_words(clock.reason)
    return wording.clock_words(clock.status)[0]
