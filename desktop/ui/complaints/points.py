"""诉求逐项答复: the points of a complaint in its record, and the page on which they are edited."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.rules.complaints import Identity, Ruling, Step
from desktop.rules.faults import Faults
from desktop.rules.points import PointState
from desktop.text import N_, _
from desktop.ui.common import theme, wording
from desktop.ui.common.forms import (
    CheckField,
    ChoiceField,
    Field,
    Form,
    NoteField,
    RadioField,
    RowsField,
    TextField,
)
from desktop.ui.common.labels import label
from desktop.ui.common.palette import Status
from desktop.ui.common.pills import Pill
from desktop.ui.complaints import values as read
from desktop.ui.complaints.cards import Cards, Offer, framed
from desktop.ui.complaints.page import Job, Made, StepPage, about
from desktop.ui.complaints.reading import Reading
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases import points
from desktop.usecases.points import PointAnswer, PointDraft
from desktop.usecases.records import ComplaintPoint
from desktop.usecases.register import ComplaintView

_STATES = {
    PointState.OPEN: (N_("未答复"), Status.WAITING),
    PointState.ANSWERED: (N_("已答复"), Status.DONE),
    PointState.NOT_OURS: (N_("不属于本办公室职责"), Status.VOID),
    PointState.DECLINED: (N_("不予答复"), Status.VOID),
}


class Points(Cards):
    """The points as cards, each with where it stands; `edit` wants the page."""

    edit = Signal()

    def show_points(
        self, listed: Sequence[ComplaintPoint], why_not: str, *, told: bool = True
    ) -> None:
        """Show these points; `why_not` says why they can not be changed.

        `told`: there is somebody to answer; what is dealt with without that is called 已办理.
        """
        said = _("没有分项的诉求。要逐项答复的，在这里列出；每一项都答复了，才能制作告知书。")
        self.show_cards([_card(n, one, told=told) for n, one in enumerate(listed, 1)], "list", said)
        words = _("修改逐项答复…") if listed else _("列出诉求…")
        change = Offer("edit", words, "edit")
        self.offer("complaints.points", [change], {"edit": why_not}, lambda _key: self.edit.emit())


def _words(state: PointState, *, told: bool) -> str:
    """Where a point stands, in words; nobody is answered who did not give a name."""
    done = state is PointState.ANSWERED and not told
    return _("已办理") if done else _(_STATES[state][0])


def _card(n: int, point: ComplaintPoint, *, told: bool) -> QWidget:
    frame, column = framed()
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SMALL)
    state = PointState(point.state)
    row.addWidget(label(f"{n}. {point.text}", wrap=True), 1)
    pill = Pill(_words(state, told=told), _STATES[state][1])
    row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
    column.addWidget(head)
    if point.answer:
        column.addWidget(label(point.answer, "quiet", wrap=True))
    return frame


def tab_words(listed: Sequence[ComplaintPoint]) -> str:
    """What the tab of the points is called: how many of them are answered."""
    if not listed:
        return _("诉求")
    return _("诉求 {done}/{all}").format(
        done=len(listed) - len(points.unanswered(listed)), all=len(listed)
    )


class PointsPage(StepPage):
    """The points as they are to be answered (诉求逐项答复)."""

    def __init__(self, context: Context, view: ComplaintView) -> None:
        self._view = view
        columns = (
            TextField("text", _("诉求"), lines=2, most=6),
            TextField("answer", _("答复"), lines=2, most=6),
            ChoiceField(
                "state",
                _("情况"),
                choices=[(one, _(words)) for one, (words, _s) in _STATES.items()],
            ),
        )
        form = Form(
            [
                RowsField(
                    "points",
                    _("诉求逐项答复(&Q)"),
                    hint=_("一项一行；办理中可以先写好答复。没有答复的，制作告知书时逐项填写。"),
                    columns=columns,
                    widths=(5, 5, 3),
                    add_text=_("添加一项"),
                )
            ],
            context.today(),
        )
        words = (_("诉求逐项答复"), about(view), _("保存(&S)"))
        super().__init__(context, "complaints.points", words, form, Reading(view))
        form.set_values(
            {
                "points": tuple(
                    {"text": p.text, "answer": p.answer, "state": PointState(p.state)}
                    for p in view.points
                )
            }
        )

    def job(self, values: Values) -> Job:
        drafts = [
            PointDraft(
                read.text(row, "text"),
                read.text(row, "answer"),
                read.one_of(row, "state", PointState) or PointState.OPEN,
            )
            for row in read.rows(values, "points")
        ]
        return self.job_on(
            self._view,
            lambda office, complaint, acting: points.save(office, complaint, drafts, acting),
        )

    def sentence(self, what: Made) -> str:
        return _("{number} 的诉求逐项答复已保存。").format(number=what.number)

    def fault_sentences(self, faults: Faults) -> Mapping[str, str]:
        said: dict[str, str] = {}
        for fault in faults.faults:
            words = wording.fault_words(fault)
            place = fault.field
            if fault.field.startswith("points."):
                _points, row, part = fault.field.split(".")
                name = _("诉求") if part == "text" else _("答复")
                words = _("第 {row} 行“{part}”：{said}").format(
                    row=int(row) + 1, part=name, said=words
                )
                place = "points"
            said[place] = f"{said[place]}\n{words}" if place in said else words
        return said


# -- on the page of the answer -----------------------------------------------------------------


def answer_fields(view: ComplaintView) -> list[Field]:
    """A field for each open point, and whether it is none of the office's matters."""
    fields: list[Field] = []
    for n, point in enumerate(view.points, 1):
        if point.state != PointState.OPEN:
            continue
        fields += [
            TextField(
                f"point{point.id}",
                _("答复诉求 {n}").format(n=n),
                required=True,
                hint=point.text,
                lines=2,
            ),
            CheckField(f"other{point.id}", "", text=_("不属于本办公室职责；上面写明可以向谁反映")),
        ]
    return fields


def beginning(view: ComplaintView) -> dict[str, object]:
    """What was written to the open points already."""
    return {f"point{p.id}": p.answer for p in points.unanswered(view.points) if p.answer}


def read_answers(view: ComplaintView, values: Values) -> tuple[PointAnswer, ...]:
    """What was typed to each open point."""
    return tuple(
        PointAnswer(
            point.id,
            read.text(values, f"point{point.id}"),
            PointState.NOT_OURS if values.get(f"other{point.id}") is True else PointState.ANSWERED,
        )
        for point in points.unanswered(view.points)
    )


# -- on the page of the closing ----------------------------------------------------------------


def closing_fields(view: ComplaintView) -> list[Field]:
    """What becomes of each point that is still open when the matter is closed."""
    told = view.standing.identity is not Identity.ANONYMOUS
    settled = [one for one in PointState if one is not PointState.OPEN]
    fields: list[Field] = []
    for n, point in enumerate(view.points, 1):
        if point.state != PointState.OPEN:
            continue
        fields += [
            NoteField(f"note{point.id}", _("诉求 {n}").format(n=n), text=point.text),
            RadioField(
                f"state{point.id}",
                _("结果 {n}").format(n=n),
                required=True,
                choices=[(one, _words(one, told=told)) for one in settled],
            ),
            TextField(
                f"point{point.id}",
                _("交代 {n}").format(n=n),
                required=True,
                hint=_("查明的情况和处理；不予答复的，写明理由。"),
                lines=2,
            ),
        ]
    return fields


def closing_beginning(view: ComplaintView) -> dict[str, object]:
    """What was written already; a refusal answers no point, and its reason says why."""
    found: dict[str, object] = {}
    refused = view.standing.ruling is Ruling.REFUSE
    decided = next((s for s in reversed(view.steps) if s.step == Step.DECIDE), None)
    for point in points.unanswered(view.points):
        if refused and decided is not None:
            found[f"state{point.id}"] = PointState.DECLINED
            found[f"point{point.id}"] = point.answer or decided.detail
        else:
            found[f"state{point.id}"] = PointState.ANSWERED
            found[f"point{point.id}"] = point.answer
    return found


def read_settled(view: ComplaintView, values: Values) -> tuple[PointAnswer, ...]:
    """What was chosen and typed for each open point."""
    return tuple(
        PointAnswer(
            point.id,
            read.text(values, f"point{point.id}"),
            read.one_of(values, f"state{point.id}", PointState) or PointState.ANSWERED,
        )
        for point in points.unanswered(view.points)
    )
