"""One unit of a round: where it stands, its block profile, grade, problems, letter, next step."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.text import _, format_date
from desktop.ui.assessments.bars import BlockScore, Profile
from desktop.ui.assessments.words import grade_status, override_words
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.labels import button, label, selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import upright
from desktop.ui.common.permission import WhyNot
from desktop.ui.common.record import Action, Chip, Fact, Facts, Header, NextStep, Stepper, StepState
from desktop.ui.common.record import Step as Stage
from desktop.usecases.assessments import RoundView, UnitRow, may_open_case, points_of

#: The right that an action needs; what is only looked at needs none.
_RIGHTS = {"score": "round.score", "grade": "round.grade", "case": "case.open"}


class UnitPane(QWidget):
    """Emits what the clerk wants with the unit: score, grade, letter, case, open_case."""

    wanted = Signal(str)

    def __init__(self, why_not: WhyNot) -> None:
        super().__init__()
        self.header = Header()
        self.stepper = Stepper()
        self.next = NextStep()
        self.next.why_not = lambda key: why_not(_RIGHTS[key]) if key in _RIGHTS else ""
        self.next.main.setObjectName("assessments.next")
        self.next.more.setObjectName("assessments.more")
        self.next.chosen.connect(self.wanted)
        self.override = MessageBar()
        self.override.setObjectName("assessments.override")
        self.profile = Profile()
        self.problems = selectable("")
        self.facts = Facts()
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("checklist", _("从左边选一个单位，这里显示它的得分。")))
        self._stack.addWidget(self._record())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def show_unit(self, view: RoundView, row: UnitRow | None) -> None:
        """Show a unit, or ask to choose one."""
        self._stack.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        self.header.show_record(row.unit.unit_name, "", _chips(view, row), view.round.name)
        self.stepper.set_steps(_stages(row))
        self._show_override(row)
        self.next.set_actions(*_actions(row))
        full = {b.block: b.points for b in view.scheme.blocks}
        self.profile.show_blocks(
            [
                BlockScore(
                    block.name,
                    points_of(row.scores[block.id].points) if block.id in row.scores else None,
                    full[block.id],
                    row.scores[block.id].note if block.id in row.scores else "",
                )
                for block in view.blocks
            ]
        )
        self.problems.setText(row.unit.problems or _("没有记录问题。"))
        self.facts.set_facts(self._outcome(row))

    def _record(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.MEDIUM)
        for widget in (self.header, self.stepper, self.next, self.override):
            column.addWidget(widget)
        for title, part in (
            (_("各项得分"), self.profile),
            (_("存在的问题"), self.problems),
            (_("结果"), self.facts),
        ):
            column.addSpacing(theme.SMALL)
            column.addWidget(label(title, "heading"))
            column.addWidget(part)
        column.addStretch(1)
        return upright(inside)

    def _show_override(self, row: UnitRow) -> None:
        words = override_words(row)
        if words:
            self.override.tell(Tone.WARN, words, closable=False)
        else:
            self.override.clear()

    def _outcome(self, row: UnitRow) -> list[Fact]:
        grade = row.graded or row.result.grade
        facts: list[Fact] = []
        if grade is None:
            facts.append(Fact(_("档次"), _("评分齐全后得出")))
        else:
            state = "" if row.graded else _("（尚未确定）")
            facts.append(Fact(_("档次"), f"{grade.name}{state}"))
            said = f"{grade.consequence}（{grade.article}）" if grade.consequence else ""
            facts.append(Fact(_("结果运用"), said or _("没有规定后果")))
        if row.unit.graded is not None:
            facts.append(Fact(_("确定日期"), format_date(row.unit.graded)))
        if row.unit.letter_number:
            look = self._link(row.unit.letter_number, "letter", "assessments.letter")
            facts.append(Fact(_("结果通知书"), look))
        if row.unit.case_number:
            look = self._link(row.unit.case_number, "open_case", "assessments.case")
            facts.append(Fact(_("责任追究案卷"), look))
        return facts

    def _link(self, text: str, key: str, name: str) -> QWidget:
        made = button(text, "link")
        made.setObjectName(name)
        made.clicked.connect(lambda: self.wanted.emit(key))
        return made


def _chips(view: RoundView, row: UnitRow) -> list[Chip]:
    chips = []
    grade = row.graded or row.result.grade
    if grade is not None:
        word = grade.name if row.graded else _("拟{grade}").format(grade=grade.name)
        chips.append(Chip(word, grade_status(grade, view.grades)))
    if row.place:
        chips.append(Chip(_("第 {place} 名").format(place=row.place), Status.PAUSED))
    if row.unit.unsatisfied:
        chips.append(Chip(_("民主评议不满意"), Status.OVERDUE))
    return chips


def _stages(row: UnitRow) -> list[Stage]:
    scored, graded = row.result.complete, row.graded is not None
    stages = [
        Stage(_("评分"), StepState.DONE if scored else StepState.CURRENT),
        Stage(_("确定档次"), _state(graded, scored)),
    ]
    if row.graded is not None and (row.graded.pursue or row.unit.case_id is not None):
        stages.append(Stage(_("责任追究"), _state(row.unit.case_id is not None, graded)))
    return stages


def _state(done: bool, now: bool) -> StepState:
    if done:
        return StepState.DONE
    return StepState.CURRENT if now else StepState.TODO


def _actions(row: UnitRow) -> tuple[Action | None, list[Action]]:
    score = Action("score", _("评分…"), icon="edit")
    grade = Action("grade", _("确定档次并出通知书…"), icon="document_text")
    letter = Action("letter", _("查看结果通知书"), icon="document_text")
    if row.graded is None:
        if row.result.complete:
            return grade, [score]
        return score, [Action("grade", grade.text, _("还有考核内容没有评分"), grade.icon)]
    case = Action("case", _("转入责任追究…"), icon="gavel")
    if may_open_case(row):
        return case, [letter]
    if row.unit.case_id is not None:
        return None, [letter, Action("open_case", _("打开责任追究案卷"), icon="gavel")]
    if row.graded.pursue_unrectified:
        return None, [letter, Action("case", _("整改不力，转入责任追究…"), icon="gavel")]
    reason = _("档次为“{grade}”，不追究责任").format(grade=row.graded.name)
    return None, [letter, Action(case.key, case.text, reason, case.icon)]
