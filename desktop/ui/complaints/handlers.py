"""承办和回避: who handles a complaint and who must not, in its record; the pages that name them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.handlers import Relation
from desktop.text import N_, _, format_date
from desktop.ui.common import theme
from desktop.ui.common.forms import DateField, Field, Form, RadioField, SuggestField, TextField
from desktop.ui.common.labels import label
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill
from desktop.ui.complaints import values as read
from desktop.ui.complaints.cards import Cards, Offer, add_drop, framed
from desktop.ui.complaints.page import Job, Made, StepPage, about
from desktop.ui.complaints.reading import Reading
from desktop.ui.complaints.units import UnitField
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import handlers
from desktop.usecases.handlers import HandlerDraft, RecusalDraft
from desktop.usecases.records import Handler, Recusal
from desktop.usecases.register import ComplaintView

HANDLER, RECUSAL = "handler", "recusal"

RELATIONS: Mapping[str, str] = {
    Relation.ACCUSED: N_("与被投诉单位、人员有利害关系"),
    Relation.COMPLAINANT: N_("与投诉举报人有利害关系"),
    Relation.OTHER: N_("其他可能影响公正的情形"),
}


class Handlers(Cards):
    """Who handles it and who withdrew, as cards; says what is wanted."""

    wanted = Signal(str)  # HANDLER or RECUSAL
    released = Signal(int)  # the handler
    lifted = Signal(int)  # the recusal

    def show_handlers(self, view: ComplaintView, why_not: Mapping[str, str]) -> None:
        """Show who is named; `why_not` says why nobody can be named now, by what is wanted."""
        cards = [
            *(self._handler(one, why_not[HANDLER]) for one in view.handlers),
            *(self._recusal(one, why_not[RECUSAL]) for one in view.recusals),
        ]
        said = _("没有登记承办人和回避。与这一件有利害关系的人，登记回避以后不能再参与。")
        self.show_cards(cards, "people", said)
        offers = (
            Offer(HANDLER, _("指定承办人…"), "person"),
            Offer(RECUSAL, _("登记回避…"), "prohibited"),
        )
        self.offer("complaints.handlers", offers, why_not, self.wanted.emit)

    def _handler(self, one: Handler, why_not: str) -> QWidget:
        since = _("{day} 起承办").format(day=format_date(one.since))
        pill = Pill(_("承办人"), Status.RUNNING)
        if one.until is not None:
            pill = Pill(_("不再承办"), Status.VOID)
            since = _("{since} 至 {until} 承办").format(
                since=format_date(one.since), until=format_date(one.until)
            )
        frame, column = _card(one.name, one.unit_name, pill)
        column.addWidget(label(since, "quiet"))
        if one.until is None:
            drop = Offer(f"complaints.handlers.release.{one.id}", _("不再承办"), "dismiss")
            name = _("{name}不再承办").format(name=one.name)
            add_drop(column, drop, name, why_not, lambda: self.released.emit(one.id))
        return frame

    def _recusal(self, one: Recusal, why_not: str) -> QWidget:
        standing = one.lifted is None
        pill = Pill(_("回避"), Status.OVERDUE) if standing else Pill(_("已解除"), Status.VOID)
        frame, column = _card(one.name, one.unit_name, pill)
        if one.relation:
            column.addWidget(label(_(RELATIONS[one.relation]), "quiet", wrap=True))
        column.addWidget(label(_("理由：{reason}").format(reason=one.reason), wrap=True))
        decided = _("{name} {day} 决定").format(name=one.decided_by, day=format_date(one.day))
        if one.lifted is not None:
            decided = _("{decided}，{day} 解除").format(
                decided=decided, day=format_date(one.lifted)
            )
        column.addWidget(label(decided, "hint", wrap=True))
        if standing:
            drop = Offer(f"complaints.handlers.lift.{one.id}", _("解除回避…"), "undo")
            name = _("解除{name}的回避").format(name=one.name)
            add_drop(column, drop, name, why_not, lambda: self.lifted.emit(one.id))
        return frame


def _card(name: str, unit: str | None, pill: Pill) -> tuple[QWidget, QVBoxLayout]:
    frame, column = framed()
    head = QHBoxLayout()
    head.setSpacing(theme.SMALL)
    head.addWidget(label(named(name, unit), "strong", wrap=True), 1)
    head.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    return frame, column


def named(name: str, unit: str | None) -> str:
    """A person with the unit, where one is known."""
    return _("{name}（{unit}）").format(name=name, unit=unit) if unit else name


def counted(view: ComplaintView) -> int:
    """How many handle it now, or must not."""
    return sum(h.until is None for h in view.handlers) + sum(
        r.lifted is None for r in view.recusals
    )


class _PersonPage(StepPage):
    """A page about a person: of the office, of the list of persons, or only typed."""

    def __init__(
        self,
        context: Context,
        view: ComplaintView,
        key: str,
        words: tuple[str, str],
        more: list[Field],
    ) -> None:
        self.view = view
        directory = context.directory
        self._persons = directory.persons
        known = dict.fromkeys(
            [*(c.name for c in directory.clerks), *(p.name for p in directory.persons)]
        )
        form = Form(
            [
                SuggestField("name", _("姓名(&N)"), required=True, known=tuple(known), width=16),
                UnitField(
                    "unit",
                    _("单位(&U)"),
                    hint=_("本办公室的人不填。"),
                    units=directory.units,
                    can_add=False,
                ),
                *more,
            ],
            context.today(),
        )
        titled = (words[0], about(view), words[1])
        super().__init__(context, f"complaints.{key}", titled, form, Reading(view))
        form.set_values({"day": context.today()})
        form.mark_clean()
        form.edited.connect(self._follow)

    def _follow(self, key: str) -> None:
        """A person of the list brings the unit along, unless another of the name is meant."""
        if key != "name" or self.form.editor("unit").words():
            return
        name = read.text(self.form.values(), "name")
        units = {p.unit for p in self._persons if p.name == name}
        clerk = any(c.name == name for c in self.context.directory.clerks)
        if len(units) == 1 and not clerk:
            self.form.set_values({"unit": units.pop()})


class HandlerPage(_PersonPage):
    """Who is to handle it (指定承办人)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        day = DateField("day", _("承办日期(&D)"), required=True)
        words = (_("指定承办人"), _("保存(&S)"))
        super().__init__(context, view, HANDLER, words, [day])

    def job(self, values: Values) -> Job:
        draft = HandlerDraft(
            read.text(values, "name"), read.number(values, "unit"), read.day(values, "day")
        )
        return self.job_on(
            self.view,
            lambda office, complaint, acting: handlers.name_handler(
                office, complaint, draft, acting
            ),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 的承办人已登记。").format(number=what.number)


class RecusalPage(_PersonPage):
    """Who must not deal with it, why, and who decided that (登记回避)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        leaders = [s.person for s in view.steps if s.step == "decide" and s.person]
        clerks = [c.name for c in context.directory.clerks]
        more: list[Field] = [
            RadioField(
                "relation",
                _("回避的情形(&R)"),
                required=True,
                choices=[(one, _(RELATIONS[one])) for one in Relation],
            ),
            TextField(
                "reason",
                _("理由(&E)"),
                required=True,
                lines=3,
                hint=_("与投诉举报人有利害关系的，情形和理由加密保存，没有权限的人看不到。"),
            ),
            SuggestField(
                "decided_by",
                _("决定人(&P)"),
                required=True,
                known=tuple(dict.fromkeys([*leaders, *clerks])),
                width=16,
            ),
            DateField("day", _("决定日期(&D)"), required=True),
        ]
        words = (_("登记回避"), _("保存(&S)"))
        super().__init__(context, view, RECUSAL, words, more)
        context.ask(handlers.rule, self._cite)

    def _cite(self, rule: str) -> None:
        if rule:
            self.form.set_hint("relation", rule)

    def job(self, values: Values) -> Job:
        draft = RecusalDraft(
            name=read.text(values, "name"),
            unit=read.number(values, "unit"),
            relation=read.one_of(values, "relation", Relation),
            reason=read.text(values, "reason"),
            decided_by=read.text(values, "decided_by"),
            day=read.day(values, "day"),
        )
        return self.job_on(
            self.view,
            lambda office, complaint, acting: handlers.recuse(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 的回避已登记。").format(number=what.number)


class LiftPage(StepPage):
    """Why somebody need not withdraw any more (解除回避)."""

    def __init__(self, context: Context, view: ComplaintView, recusal: Recusal) -> None:
        self._view, self._recusal = view, recusal
        form = Form(
            [
                TextField(
                    "reason",
                    _("解除的理由(&E)"),
                    required=True,
                    lines=3,
                    hint=_("解除以后，{name}可以再参与这一件。").format(
                        name=named(recusal.name, recusal.unit_name)
                    ),
                )
            ],
            context.today(),
        )
        words = (_("解除回避"), about(view), _("解除(&S)"))
        super().__init__(context, "complaints.lift", words, form, Reading(view))

    def job(self, values: Values) -> Job:
        recusal, reason = self._recusal.id, read.text(values, "reason")
        return self.job_on(
            self._view,
            lambda office, complaint, acting: handlers.lift(
                office, complaint, recusal, reason, acting
            ),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 的回避已解除。").format(number=what.number)
