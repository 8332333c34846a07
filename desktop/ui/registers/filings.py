"""备案: what units report of complaints they dealt with themselves; there where the rules want it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.rules.complaints import Outcome
from desktop.rules.filings import FilingDraft, Period, period_of
from desktop.text import N_, _, format_date
from desktop.ui.actionpage import EntryForm, Values
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import (
    ChoiceField,
    DateField,
    Field,
    FilesField,
    LineField,
    NoteField,
    RadioField,
    TextField,
)
from desktop.ui.common.labels import button
from desktop.ui.common.palette import Status
from desktop.ui.common.record import Action, Chip, Event, Fact
from desktop.ui.common.table import Column
from desktop.ui.complaints import values as read
from desktop.ui.complaints.papers import Attachments
from desktop.ui.complaints.units import UnitField
from desktop.ui.context import Context
from desktop.ui.keptfiles import KeptFiles
from desktop.ui.registers.form import Job, VoidForm
from desktop.ui.registers.page import RegisterPage
from desktop.usecases import filingprints, filings
from desktop.usecases.filings import Duty, Missing, View
from desktop.usecases.office import Done, Office
from desktop.usecases.records import Event as LogEvent
from desktop.usecases.records import Filing

NAME = "filings"
_EVENTS = {
    "filing.register": N_("登记备案"),
    "filing.correct": N_("修改备案"),
    "filing.void": N_("作废"),
    "undo": N_("撤销"),
}
_PERIODS = {
    "month": N_("每月"),
    "quarter": N_("每季度"),
    "half": N_("每半年"),
    "year": N_("每年"),
}
_WHAT = (("outcome", N_("有查处结果")), ("nothing", N_("零报告（本期没有直接受理的投诉）")))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page reads: the filings, the duty, who has not reported, the periods to choose."""

    filings: tuple[Filing, ...]
    duty: Duty | None
    missing: Missing | None
    periods: tuple[Period, ...]


class FilingsPage(RegisterPage[Filing]):
    """The register of what units reported, counted apart."""

    def __init__(self, context: Context) -> None:
        words = (
            _("查处结果备案"),
            _(
                "乡镇、部门直接受理的投诉，由它们自己查处，结果书面报来备案；不计入本办公室的投诉登记。"
            ),
            _("在左边选一条，这里显示报备的内容。"),
        )
        super().__init__(context, NAME, words, _columns(), lambda row: row.id)
        self._seen: Seen | None = None
        self._entry: View | None = None
        self.ask_path: Callable[[str], str] = self._ask_path
        self.files = Attachments()
        self.new_button = self._button("new", _("登记备案(&N)…"), "add", "primary")
        self.print_button = self._button("print", _("打印备案表(&P)…"), "print")
        self.export_button = self._button("export", _("导出(&X)…"), "export")
        self.period_button = self._button("period", _("报备周期(&T)…"), "calendar")
        self.new_button.clicked.connect(self.start_new)
        self.print_button.clicked.connect(self._print)
        self.export_button.clicked.connect(self._export)
        self.period_button.clicked.connect(self._set_period)
        self.record.steps.why_not = lambda key: self.context.why_not(f"filing.{key}")
        self.record.tabs.add("files", _("附件"), self.files)
        self.record.tabs.add("events", _("办理过程"), self.record.timeline)
        self.kept = KeptFiles(context, self.view.bar, self)
        self.kept.shown.connect(self.show_file)
        self.files.wanted.connect(self.kept.keep)
        self.files.looked.connect(self.kept.look_at)

    def reload(self) -> None:
        today = self.context.today()
        self.context.ask(lambda office: _read(office, today), self._show)

    def start_new(self) -> None:
        if self.context.refuses("filing.register"):
            return
        today = self.context.today()
        self.context.ask(lambda office: _read(office, today), self._open_new)

    def show_row(self, row: Filing) -> None:
        self.context.ask(lambda office: filings.view(office, row.id), self._show_view)

    def passes(self, row: Filing, key: str) -> bool:
        if key == "void":
            return row.void
        if key == "nothing":
            return row.no_cases and not row.void
        if key in tuple(Outcome):
            return row.outcome == key and not row.void
        return True

    def step(self, key: str) -> None:
        entry, seen = self._entry, self._seen
        if entry is None or seen is None:
            return
        one, acting = entry.filing, self.context.acting()
        if key == "correct":
            self.open_form(FilingForm(self.context, seen, entry), one.id, one.number)
        elif key == "void":
            form = VoidForm(
                self.context,
                f"{NAME}.void",
                one.number,
                lambda office, reason: filings.void(office, one.id, reason, acting),
                one.id,
            )
            self.open_form(form, one.id, one.number)
        elif key == "print":
            self._print()
        elif key == "period":
            self._set_period()

    # -- showing -------------------------------------------------------------------------------

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        known = seen.duty is not None
        why = "" if known else wording.why_not_words("no_filing")
        for one, action in (
            (self.new_button, "filing.register"),
            (self.period_button, "office.setting"),
        ):
            self.context.allow(one, action)
            if why:
                one.setEnabled(False)
                one.setToolTip(why)
        self.period_button.setVisible(known and not (seen.duty and seen.duty.rule.period))
        may = known and self.context.may("filing.register")
        self.list.set_empty("inbox", _("还没有备案。"), _("登记备案") if may else "")
        names = [
            ("all", _("全部")),
            *((one.value, _(wording.OUTCOMES[one])) for one in Outcome),
            ("nothing", _("零报告")),
            ("void", _("作废")),
        ]
        self.show_rows(seen.filings, names)
        self.tally.setText(_tally(seen, self.context.today().year))
        self._remind(seen.missing)

    def _remind(self, missing: Missing | None) -> None:
        if missing is None:
            self.view.bar.clear()
            return
        said = _("{period}还没有报备：{units}。").format(
            period=missing.period, units=_("、").join(missing.units)
        )
        self.view.bar.tell(Tone.WARN, said, closable=False)

    def _show_view(self, entry: View) -> None:
        row = self.list.current_row()
        if row is None or row.id != entry.filing.id:
            return
        self._entry, one = entry, entry.filing
        self.record.header.show_record(
            one.number,
            one.subject or _("零报告"),
            [Chip(*_outcome(one))],
            _("{unit} · {day} 报备").format(unit=one.unit_name, day=format_date(one.reported)),
        )
        over = wording.why_not_words("void") if one.void else ""
        self.record.steps.set_actions(
            None,
            [
                Action("correct", _("修改备案…"), over, "edit"),
                Action("void", _("作废…"), over, "prohibited"),
            ],
        )
        self.record.facts.set_facts(_facts(entry))
        self.files.show_files(entry.attachments, hidden=self.context.why_hidden())
        self.record.timeline.set_events([_event(e) for e in reversed(entry.events)])
        self.record.show_entry()

    # -- doing ---------------------------------------------------------------------------------

    def _open_new(self, seen: Seen) -> None:
        if seen.duty is None:
            self.view.bar.tell(Tone.WARN, wording.why_not_words("no_filing"))
        else:
            self._seen = seen
            self.open_form(FilingForm(self.context, seen))

    def _print(self) -> None:
        self.open_form(PrintForm(self.context, self._make_list))

    def _make_list(self, first: date, last: date) -> None:
        acting = self.context.acting()
        name = _("备案表 {first} 至 {last}").format(
            first=format_date(first), last=format_date(last)
        )
        self.leave_page()
        self.open_paper(
            _("查处结果备案表"),
            name,
            lambda office: filingprints.print_list(office, first, last, acting),
        )

    def _set_period(self) -> None:
        if self._seen is not None and self._seen.duty is not None:
            self.open_form(PeriodForm(self.context, self._seen.duty))

    def _export(self) -> None:
        chosen = self.ask_path(_("查处结果备案 {day}.xlsx").format(day=self.context.today()))
        if not chosen:
            return
        path, acting = Path(chosen), self.context.acting()
        self.context.tasks.run(
            lambda office: (path, filingprints.export(office, path, acting).value),
            self._exported,
            self._not_exported,
        )

    def _exported(self, found: tuple[Path, int]) -> None:
        path, count = found
        said = _("已导出 {n} 条：{path}").format(n=count, path=path)
        self.context.said.emit(said, 0)

    def _not_exported(self, error: BaseException) -> None:
        if isinstance(error, OSError):
            said = _("文件写不进去：可能正被别的程序打开，或者文件夹不能写。请换一个位置再试。")
            self.view.bar.tell(Tone.ERROR, said)
        else:
            self.failed(error)

    def _ask_path(self, name: str) -> str:
        kinds = _("Excel 工作簿 (*.xlsx);;CSV (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出备案"), name, kinds)
        return chosen

    def _button(self, name: str, text: str, icon: str, role: str = "") -> QPushButton:
        made = button(text, role, icon)
        made.setObjectName(f"{NAME}.{name}")
        self.view.head.addWidget(made)
        return made


def _read(office: Office, today: date) -> Seen:
    return Seen(
        filings.listed(office),
        filings.duty(office),
        filings.missing(office, today),
        filings.periods(office, today),
    )


class FilingForm(EntryForm):
    """A unit's report: its number, the matter, what came of it, when it answered."""

    def __init__(self, context: Context, seen: Seen, entry: View | None = None) -> None:
        self._entry = entry.filing if entry else None
        name = f"{NAME}.correct" if entry else f"{NAME}.register"
        title = _("修改备案") if entry else _("登记备案")
        about = self._entry.number if self._entry else (seen.duty.citation if seen.duty else "")
        super().__init__(
            context, name, (title, about, _("登记(&S)")), _fields(context, seen, self._entry)
        )
        if self._entry is not None:
            known, here = _known(self._entry), self.form.values()
            self.form.set_values({key: value for key, value in known.items() if key in here})
        else:
            start: dict[str, object] = {"reported": context.today(), "what": "outcome"}
            over = seen.periods[1:]
            if over:
                start["period"] = over[0].key
            self.form.set_values(start)
        self.form.edited.connect(self._turn)
        self.form.set_shown("reason", self._entry is not None)
        self._turn("what")

    def job(self, values: Values) -> Job:
        draft = FilingDraft(
            unit=read.number(values, "unit"),
            reported=read.day(values, "reported"),
            period=self._period(values),
            nothing=values.get("what") == "nothing",
            unit_number=read.text(values, "unit_number"),
            received=read.day(values, "received"),
            subject=read.text(values, "subject"),
            outcome=read.one_of(values, "outcome", Outcome),
            handling=read.text(values, "handling"),
            answered=read.day(values, "answered"),
            attachments=read.files(values, "attachments"),
        )
        one, acting = self._entry, self.context.acting()
        if one is None:
            return lambda office: filings.register(office, draft, acting)
        reason = read.text(values, "reason").replace("\n", " ")

        def work(office: Office) -> Done[int]:
            done = filings.correct(office, one.id, draft, reason, one.rev, acting)
            return Done(one.id, done.event)

        return work

    def sentence(self) -> str:
        if self._entry is None:
            return _("备案已登记。")
        return _("{number} 已修改。").format(number=self._entry.number)

    def _period(self, values: Values) -> str:
        """For which period it is; what was registered stays where nobody sets periods any more."""
        if "period" in values:
            return read.text(values, "period")
        return self._entry.period if self._entry else ""

    def _turn(self, key: str) -> None:
        """A zero report says nothing more."""
        if key == "what":
            said = self.form.values()["what"] != "nothing"
            for one in ("unit_number", "received", "subject", "outcome", "handling", "answered"):
                self.form.set_shown(one, said)


def _fields(context: Context, seen: Seen, entry: Filing | None) -> list[Field]:
    own = period_of(entry.period) if entry else None
    offered = dict.fromkeys([*seen.periods, *([own] if own else [])])
    period = ChoiceField(
        "period",
        _("所属期间(&Q)"),
        required=True,
        choices=[(one.key, str(one)) for one in offered],
    )
    return [
        UnitField(
            "unit",
            _("报备单位(&U)"),
            required=True,
            units=context.directory.units,
            can_add=False,
        ),
        DateField("reported", _("报备日期(&D)"), required=True),
        *([period] if seen.periods else []),
        RadioField(
            "what",
            _("报备内容(&C)"),
            required=True,
            choices=[(key, _(words)) for key, words in _WHAT],
        ),
        LineField("unit_number", _("单位编号(&N)"), hint=_("报备单位自己的编号；没有的不填。")),
        DateField("received", _("收到投诉日期(&E)"), required=True),
        LineField(
            "subject", _("反映事项(&T)"), required=True, hint=_("一句话；不写投诉举报人的姓名。")
        ),
        RadioField(
            "outcome",
            _("查处结论(&O)"),
            required=True,
            choices=[(one, _(wording.OUTCOMES[one])) for one in Outcome],
        ),
        TextField("handling", _("处理情况(&J)"), required=True, lines=3),
        DateField("answered", _("答复日期(&A)"), hint=_("答复投诉举报人的日期；没有答复的不填。")),
        FilesField("attachments", _("附件(&F)")),
        TextField("reason", _("修改理由(&R)"), required=True, lines=2),
    ]


def _known(one: Filing) -> dict[str, object]:
    return {
        "unit": one.unit,
        "reported": one.reported,
        "period": one.period or None,
        "what": "nothing" if one.no_cases else "outcome",
        "unit_number": one.unit_number,
        "received": one.received,
        "subject": one.subject,
        "outcome": Outcome(one.outcome) if one.outcome else None,
        "handling": one.handling,
        "answered": one.answered,
    }


class PrintForm(EntryForm):
    """From which day to which the list is printed."""

    def __init__(self, context: Context, make: Callable[[date, date], None]) -> None:
        self._make = make
        super().__init__(
            context,
            f"{NAME}.print",
            (_("打印备案表"), _("按报备日期，从哪一天到哪一天。"), _("预览(&S)")),
            [
                DateField("first", _("从(&A)"), required=True),
                DateField("last", _("到(&B)"), required=True),
            ],
        )
        today = context.today()
        self.form.set_values({"first": date(today.year, 1, 1), "last": today})

    def _save(self, values: Values) -> None:
        first, last = read.day(values, "first"), read.day(values, "last")
        faults = [key for key, day in (("first", first), ("last", last)) if day is None]
        if first is None or last is None:
            self.form.show_faults(dict.fromkeys(faults, _("请填写这一项。")))
        elif last < first:
            said = _("日期不能早于 {earliest}，请改正。").format(earliest=format_date(first))
            self.form.show_faults({"last": said})
        else:
            self.form.mark_clean()
            self._make(first, last)

    def sentence(self) -> str:
        return ""


class PeriodForm(EntryForm):
    """报备周期: how often units report, where the text does not say; the office's own setting."""

    def __init__(self, context: Context, duty: Duty) -> None:
        super().__init__(
            context,
            f"{NAME}.period",
            (_("报备周期（本单位自定）"), duty.citation, _("保存(&S)")),
            [
                NoteField(
                    "note",
                    _("说明"),
                    text=_(
                        "规则没有写明多久报一次。自定以后，一期结束时还没有报备的单位列在“今日”里；"
                        "没有投诉的，登记一份零报告。"
                    ),
                ),
                RadioField(
                    "period",
                    _("多久报一次(&T)"),
                    required=True,
                    choices=[("none", _("不提醒")), *((k, _(w)) for k, w in _PERIODS.items())],
                ),
            ],
        )
        self.form.set_values({"period": duty.period or "none"})

    def job(self, values: Values) -> Job:
        chosen, acting = read.text(values, "period"), self.context.acting()
        period = "" if chosen == "none" else chosen

        def work(office: Office) -> Done[int]:
            return Done(0, filings.set_period(office, period, acting).event)

        return work

    def sentence(self) -> str:
        return _("报备周期已保存。")


def _columns() -> list[Column[Filing]]:
    return [
        Column("number", _("编号"), lambda row: row.number, width=7.8),
        Column("reported", _("报备"), lambda row: row.reported.isoformat(), width=5.6),
        Column("unit", _("报备单位"), lambda row: row.unit_name, width=8),
        Column("subject", _("反映事项"), _subject, width=10, stretch=True),
        Column(
            "outcome",
            _("结论"),
            lambda row: _outcome(row)[0],
            width=4,
            status=lambda row: _outcome(row)[1],
        ),
    ]


def _subject(row: Filing) -> str:
    return row.subject or (_("本期没有直接受理的投诉") if row.no_cases else "")


def _outcome(one: Filing) -> tuple[str, Status]:
    if one.void:
        return _("作废"), Status.VOID
    if one.no_cases:
        return _("零报告"), Status.PAUSED
    return _(wording.OUTCOMES[Outcome(one.outcome or Outcome.UNCLEAR)]), Status.DONE


def _tally(seen: Seen, year: int) -> str:
    """The figures of a year, counted apart from the register."""
    counted = filings.tally(tuple(one for one in seen.filings if one.reported.year == year))
    parts = [
        _("{word} {n}").format(word=_(wording.OUTCOMES[Outcome(o)]), n=n)
        for o, n in counted.outcomes
    ]
    said = _("{year} 年备案 {n} 件，{units} 个单位").format(
        year=year, n=counted.count, units=counted.units
    )
    if parts:
        said = _("{said}：{parts}").format(said=said, parts=_("、").join(parts))
    if counted.nothing:
        said = _("{said}；零报告 {n} 份").format(said=said, n=counted.nothing)
    apart = _("{said}。另行计数，不计入投诉登记。").format(said=said)
    if seen.duty is None:
        return apart
    period = _(_PERIODS[seen.duty.period]) if seen.duty.period else _("没有规定")
    own = _("（本单位自定）") if seen.duty.own else ""
    return _("{said}报备周期：{period}{own}。").format(said=apart, period=period, own=own)


def _facts(entry: View) -> list[Fact]:
    one = entry.filing
    period = str(entry.period) if entry.period else ""
    head = [
        Fact(_("依据"), entry.citation),
        Fact(_("报备单位"), one.unit_name),
        Fact(_("报备日期"), format_date(one.reported)),
        *([Fact(_("所属期间"), period)] if period else []),
    ]
    said = [
        Fact(_("单位编号"), one.unit_number),
        Fact(_("收到投诉日期"), format_date(one.received) if one.received else ""),
        Fact(_("反映事项"), one.subject),
        Fact(_("查处结论"), _outcome(one)[0]),
        Fact(_("处理情况"), one.handling),
        Fact(_("答复日期"), format_date(one.answered) if one.answered else ""),
    ]
    end = [
        Fact(_("登记日期"), format_date(one.registered)),
        *([Fact(_("作废原因"), one.void_reason)] if one.void_reason else []),
    ]
    return [*head, *([] if one.no_cases else said), *end]


def _event(event: LogEvent) -> Event:
    words = _EVENTS.get(event.action)
    when = f"{event.at:%Y-%m-%d %H:%M}"
    return Event(when, _(words) if words else event.action, event.clerk_name, event.reason)
