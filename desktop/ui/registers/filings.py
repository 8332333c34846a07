"""备案: what units report of complaints they dealt with themselves; there where the rules want it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.rules.complaints import Outcome
from desktop.text import _, format_date
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.record import Action, Chip
from desktop.ui.complaints.papers import Attachments
from desktop.ui.context import Context
from desktop.ui.keptfiles import KeptFiles
from desktop.ui.registers.filingforms import FilingForm, PeriodForm, PrintForm, Seen
from desktop.ui.registers.filingwords import EVENTS, NAME, columns, facts, outcome, tally
from desktop.ui.registers.page import RegisterPage, events
from desktop.usecases import filingprints, filings
from desktop.usecases.filings import Missing, View
from desktop.usecases.office import Office
from desktop.usecases.records import Filing


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
        super().__init__(context, NAME, words, columns(), lambda row: row.id)
        self._seen: Seen | None = None
        self._entry: View | None = None
        self.ask_path: Callable[[str], str] = self._ask_path
        self.files = Attachments()
        self.new_button = self.add_button("new", _("登记备案(&N)…"), "add", "primary")
        self.print_button = self.add_button("print", _("打印备案表(&P)…"), "print")
        self.export_button = self.add_button("export", _("导出(&X)…"), "export")
        self.period_button = self.add_button("period", _("报备周期(&T)…"), "calendar")
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
            self.open_void(
                one.id,
                one.number,
                lambda office, reason: filings.void(office, one.id, reason, acting),
            )
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
        self.tally.setText(tally(seen.filings, seen.duty, self.context.today().year))
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
            [Chip(*outcome(one))],
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
        self.record.facts.set_facts(facts(entry))
        self.files.show_files(entry.attachments, hidden=self.context.why_hidden())
        self.record.timeline.set_events(events(entry.events, EVENTS))
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


def _read(office: Office, today: date) -> Seen:
    return Seen(
        filings.listed(office),
        filings.duty(office),
        filings.missing(office, today),
        filings.periods(office, today),
    )
