"""The page that fixes a unit's grade, its result letter beside it; and the letter once made."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.assessments.words import override_words
from desktop.ui.common import theme, wording
from desktop.ui.common.forms import DateField, Field, Form, FormPage, NoteField
from desktop.ui.common.labels import button, label
from desktop.ui.common.numbers import chosen_number, hide_numbers, number_field, show_numbers
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.rest import Rest
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.usecases import assessments, letternumbers, letters
from desktop.usecases.assessments import RoundView, UnitRow, show
from desktop.usecases.letternumbers import ReservedNumber
from desktop.usecases.office import Done, Office


class GradePage(FormPage):
    """Emits `graded(letter_id)` once the grade is fixed and the letter has its number."""

    graded = Signal(int)

    def __init__(self, context: Context, view: RoundView, row: UnitRow) -> None:
        form = Form(_parts(view, row), context.today())
        self.preview = LetterPreview()
        super().__init__(
            _("确定档次并出通知书"),
            _("{unit} · {round}").format(unit=row.unit.unit_name, round=view.round.name),
            form,
            _("确定档次，编号出文"),
            beside=self.preview,
        )
        self._context = context
        self._view = view
        self._row = row
        hide_numbers(form)
        form.set_values({"day": context.today()})
        form.editor("day").target().setObjectName("assessments.grade.day")
        self.save_button.setObjectName("assessments.grade.save")
        self.cancel_button.setObjectName("assessments.grade.cancel")
        self.preview.setObjectName("assessments.grade.preview")
        self._pause = Rest(self, self._ask)
        form.edited.connect(lambda _key: self._pause.start())
        self.saved.connect(self._save)
        context.ask(lambda office: letternumbers.reserved(office, "assessment"), self._offer)
        self._ask()

    def _offer(self, numbers: Sequence[ReservedNumber]) -> None:
        """Let the clerk choose a reserved number, where there is one."""
        show_numbers(self.form, numbers)

    def _day(self) -> date | None:
        day = self.form.values()["day"]
        return day if isinstance(day, date) else None

    def _ask(self) -> None:
        day = self._day()
        if day is None:
            self.preview.show_message(_("填写日期后，通知书会显示在这里。"))
            return
        unit, chosen = self._row.unit.id, chosen_number(self.form.values())

        def job(office: Office) -> bytes:
            with letternumbers.numbered(chosen):
                return assessments.preview(office, unit, day)

        self._context.tasks.run(job, self._show, self._not_shown)

    def _show(self, pdf: bytes) -> None:
        self.preview.show_letter(pdf, _("考核结果通知书（草稿）"))
        self._context.ask(lambda office: letters.examine(office, pdf), self.preview.show_report)

    def _not_shown(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            tell_trouble(self.bar, error)
        else:
            self.preview.show_message(words)

    def _save(self, values: dict[str, object]) -> None:
        day, unit, acting = self._day(), self._row.unit.id, self._context.acting()

        def job(office: Office) -> Done[int]:
            with letternumbers.numbered(chosen_number(values)):
                return assessments.grade(office, unit, day, acting)

        self.set_saving(saving=True)
        self._context.do(job, self._done, self._failed)

    def _done(self, done: Done[int]) -> None:
        grade = self._row.result.grade
        said = _("已确定{unit}的档次为“{grade}”，并制作考核结果通知书。").format(
            unit=self._row.unit.unit_name, grade=grade.name if grade is not None else ""
        )
        self.form.mark_clean()
        self._context.said.emit(said, done.event)
        self.graded.emit(done.value)

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.bar, error)


def _parts(view: RoundView, row: UnitRow) -> list[Field]:
    result = row.result
    assert result.grade is not None
    total = _("{total} 分（满分 {full} 分）").format(
        total=show(result.total), full=show(view.scheme.full)
    )
    consequence = result.grade.consequence or _("没有规定后果")
    grade = _("{grade}：{consequence}（{article}）").format(
        grade=result.grade.name, consequence=consequence, article=result.grade.article
    )
    parts: list[Field] = [
        DateField("day", _("通知书日期(&D)"), required=True),
        NoteField("total", _("总分"), text=total),
        NoteField("grade", _("档次"), text=grade),
    ]
    override = override_words(row)
    if override:
        parts.append(NoteField("override", _("一票否决"), text=override))
    problems = row.unit.problems or _("没有记录；需要写进通知书的，先在评分页填写。")
    parts.append(NoteField("problems", _("存在的问题"), text=problems))
    parts.append(
        NoteField(
            "final", "", text=_("确定以后不能再改评分。通知书取得正式编号；刚确定时可以撤销。")
        )
    )
    parts.append(number_field())
    return parts


class LetterPage(QWidget):
    """A result letter as it was made, to print or keep; `left` goes back."""

    left = Signal()

    def __init__(self, context: Context, letter: int, number: str, unit: str) -> None:
        super().__init__()
        self.back = button(_("返回(&R)"), "", "chevron_left")
        self.back.setObjectName("assessments.letter.back")
        self.back.clicked.connect(self.left)
        self._name = f"{number} {unit}"
        self.preview = LetterPreview()
        self.preview.setObjectName("assessments.letter.preview")
        self.preview.print_button.setObjectName("assessments.letter.print")
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.back)
        head.addWidget(label(number, "heading"))
        head.addWidget(label(unit, "quiet"))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.activated.connect(self.left)
        context.tasks.run(lambda office: letters.pdf(office, letter), self._show, self._missing)

    def _show(self, pdf: bytes) -> None:
        self.preview.show_letter(pdf, self._name)
        self.back.setFocus()

    def _missing(self, error: BaseException) -> None:
        if isinstance(error, LookupError):
            self.preview.show_message(_("数据文件里找不到这份文书的原件，请从备份恢复。"))
        else:
            tell_trouble(self.preview.bar, error)
