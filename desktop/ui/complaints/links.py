"""关联件: what a complaint is linked with, and the pages that link and merge."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.complaints import State
from desktop.rules.links import LinkKind
from desktop.text import N_, _, format_date
from desktop.ui.common import theme, wording
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms import DateField, Field, Form, RadioField, SuggestField, TextField
from desktop.ui.common.labels import button, label
from desktop.ui.common.pills import Pill
from desktop.ui.complaints import values as read
from desktop.ui.complaints.cards import Cards, Offer, add_drop, framed
from desktop.ui.complaints.page import Job, Made, StepPage, about
from desktop.ui.complaints.reading import Reading
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import links
from desktop.usecases.links import LinkDraft, MergeDraft, Twin
from desktop.usecases.records import ComplaintLink
from desktop.usecases.register import ComplaintView

LINK, MERGE, REOPEN = "link", "merge", "reopen"

#: What the other complaint is, seen from the one that was linked, and seen from the other.
_KINDS = {
    LinkKind.DUPLICATE: (N_("本件是它的重复件"), N_("它是本件的重复件")),
    LinkKind.REPEAT: (N_("本件是再次来件"), N_("它是再次来件")),
    LinkKind.REOPENED: (N_("本件由它重新办理"), N_("它是本件的重新办理")),
    LinkKind.RELATED: (N_("相互关联"), N_("相互关联")),
    LinkKind.MERGED: (N_("本件已并入它"), N_("它已并入本件")),
}
#: What a clerk can choose.
CHOICES = {
    LinkKind.DUPLICATE: N_("重复件"),
    LinkKind.REPEAT: N_("再次来件"),
    LinkKind.RELATED: N_("相互关联"),
}


class Links(Cards):
    """The linked complaints as cards; says which one is to be opened, let go, or what to do."""

    opened = Signal(int)  # the other complaint
    dropped = Signal(int)  # the link
    wanted = Signal(str)  # LINK, MERGE or REOPEN

    def show_links(self, view: ComplaintView, why_not: dict[str, str]) -> None:
        """Show the links of a complaint; `why_not` says what can not be done, by its key."""
        said = _("没有关联件。重复来件、同一人再次来件、有牵连的事项，可以关联或者合并。")
        cards = [self._card(view, one, why_not[LINK]) for one in view.links]
        self.show_cards(cards, "link", said)
        offers = (
            Offer(LINK, _("关联…"), "link"),
            Offer(MERGE, _("合并到…"), "arrow_right"),
            Offer(REOPEN, _("重新办理…"), "sync"),
        )
        self.offer("complaints.links", offers, why_not, self.wanted.emit)

    def _card(self, view: ComplaintView, one: ComplaintLink, why_not: str) -> QWidget:
        own = one.complaint == view.complaint.id
        merged = one.kind == LinkKind.MERGED
        frame, column = framed()
        head = QWidget()
        flow = FlowLayout(head, theme.SMALL)
        look = button(one.far_number, "link")
        look.setObjectName(f"complaints.links.open.{one.id}")
        look.clicked.connect(lambda: self.opened.emit(one.far))
        flow.addWidget(look)
        state = State.VOID if one.far_void else State(one.far_state)
        word, status = wording.STATES[state]
        flow.addWidget(Pill(_(word), status))
        flow.addWidget(label(_(_KINDS[LinkKind(one.kind)][0 if own else 1]), "strong"))
        flow.addWidget(label(_("{day} 收到").format(day=format_date(one.far_received)), "quiet"))
        column.addWidget(head)
        column.addWidget(label(one.far_subject, "hint", wrap=True))
        if own or not merged:
            words = _("撤销并入") if merged else _("取消关联")
            drop = Offer(f"complaints.links.drop.{one.id}", words, "undo")
            add_drop(column, drop, "", why_not, lambda: self.dropped.emit(one.id))
        return frame


class _OtherPage(StepPage):
    """A page that asks for the number of another complaint; likely ones are offered."""

    def __init__(
        self,
        context: Context,
        view: ComplaintView,
        key: str,
        words: tuple[str, str],
        more: list[Field],
    ) -> None:
        self.view = view
        complaint = view.complaint
        form = Form(
            [
                SuggestField(
                    "number",
                    _("另一件的编号(&N)"),
                    required=True,
                    hint=_("可以只写序号，如“12”是今年的第 12 件；“2025-12”是去年的。"),
                ),
                *more,
            ],
            context.today(),
        )
        titled = (words[0], about(view), words[1])
        super().__init__(context, f"complaints.{key}", titled, form, Reading(view))
        today = context.today()
        context.ask(
            lambda office: links.twins(
                office,
                complaint.accused_unit,
                complaint.subject,
                complaint.body,
                today,
                complaint.id,
            ),
            self._offer,
        )

    def _offer(self, found: tuple[Twin, ...]) -> None:
        if found:
            numbers = "、".join(one.number for one in found)
            self.form.set_hint("number", _("内容相似的：{numbers}").format(numbers=numbers))


class LinkPage(_OtherPage):
    """A link to another complaint (关联)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        kinds = RadioField(
            "kind",
            _("关联方式(&K)"),
            required=True,
            choices=[(one, _(words)) for one, words in CHOICES.items()],
        )
        super().__init__(context, view, LINK, (_("关联另一件"), _("关联(&S)")), [kinds])
        self.form.set_values({"kind": LinkKind.RELATED})

    def job(self, values: Values) -> Job:
        draft = LinkDraft(read.text(values, "number"), read.one_of(values, "kind", LinkKind))
        return self.job_on(
            self.view,
            lambda office, complaint, acting: links.link(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已关联。").format(number=what.number)


class MergePage(_OtherPage):
    """A complaint goes into another (合并到)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        more: list[Field] = [
            DateField("day", _("合并日期(&D)"), required=True),
            TextField(
                "note",
                _("理由(&E)"),
                lines=2,
                hint=_("本件以“并入”办结，编号保留，指向另一件；可以撤销。"),
            ),
        ]
        super().__init__(context, view, MERGE, (_("合并到另一件"), _("合并(&S)")), more)
        self.form.set_values({"day": context.today()})

    def job(self, values: Values) -> Job:
        draft = MergeDraft(
            read.text(values, "number"), read.day(values, "day"), read.text(values, "note")
        )
        return self.job_on(
            self.view,
            lambda office, complaint, acting: links.merge(office, complaint, draft, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 已并入另一件。").format(number=what.number)
