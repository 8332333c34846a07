"""The tab 考核评分: shows the overview of a round and the pages that take its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.assessments.gradepage import GradePage, LetterPage
from desktop.ui.assessments.gridpage import GridPage
from desktop.ui.assessments.newround import NewRoundPage
from desktop.ui.assessments.overview import Overview
from desktop.ui.common.empty import EmptyState
from desktop.ui.context import Context
from desktop.ui.exportpage import ALL, Offer, TableExportPage, Write
from desktop.usecases import assessments, exports_tables
from desktop.usecases.assessments import NewRound, RoundView, UnitRow
from desktop.usecases.drafts import Draft, Place
from desktop.usecases.exports_tables import Table
from desktop.usecases.office import Office
from desktop.usecases.records import Round

#: How the drafts of these pages are called.
_ROUND, _GRADE, _GRID = "assessments.round", "assessments.grade.", "assessments.grid"

_Seen = tuple[tuple[Round, ...], RoundView | None]


class AssessmentsTab(QWidget):
    """Opens on the newest round; everything else is a page in its place."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._round = 0
        self._unit = 0  # of the round, to be shown after the next answer
        self._view: RoundView | None = None
        self._page: QWidget | None = None
        self.empty = EmptyState(
            "checklist",
            _("还没有考核。建立一轮考核，选定被考核单位，填写本单位自定的分值和分数线。"),
            _("新建一轮考核(&N)"),
        )
        self.empty.setObjectName("assessments.empty")
        self.empty.clicked.connect(self.start_new)
        self.overview = Overview(context.settings, context.why_not)
        self.overview.new_wanted.connect(self.start_new)
        self.overview.round_chosen.connect(self.open_record)
        self.overview.unit_wanted.connect(self._want)
        self.overview.export_wanted.connect(self.start_export)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # until the first answer
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.overview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    # -- what the window calls -------------------------------------------------------------------

    def reload(self) -> None:
        """Read the round that is shown anew; typed things stay."""
        wanted = self._round
        self._context.ask(lambda office: _read(office, wanted), self._show)

    def open_record(self, round_id: int) -> None:
        """Show a round, unless something typed would be lost."""
        if self.has_unsaved():
            self.leave()
            return
        self._round = round_id
        self._close_page()
        self.reload()

    def start_new(self) -> None:
        """Begin a new round."""
        if self._page is None and not self._context.refuses("round.open"):
            self._context.ask(assessments.new_round, self._begin_round)

    def start_export(self) -> None:
        """Open 导出考核评分 for the round that is shown."""
        view = self._view
        if view is None or self._page is not None:
            return
        offer = Offer(
            _("导出考核评分"),
            view.round.name,
            self.overview.shown_ids(),
            self.overview.selected_ids(),
            list(exports_tables.round_columns(view).items()),
            self.overview.list.listed(),
            ALL,
            units=True,
        )
        page = TableExportPage(self._context, offer, lambda: self._writing(view))
        page.setObjectName("assessments.exporting")
        page.save_button.setObjectName("assessments.exporting.save")
        page.left.connect(self._close_page)
        self._open_page(page)

    def _writing(self, view: RoundView) -> Write:
        acting, round_id = self._context.acting(), view.round.id
        return lambda office, chosen, told: exports_tables.export_round(
            office, round_id, Table(chosen.path, chosen.ids, chosen.columns), acting, told
        )

    def has_unsaved(self) -> bool:
        """Whether something typed is not yet kept."""
        page = self._page
        if isinstance(page, GridPage):
            return page.has_unsaved()
        return isinstance(page, NewRoundPage | GradePage) and page.form.dirty()

    def leave(self) -> None:
        """Leave the page in front as Esc would."""
        page = self._page
        if isinstance(page, NewRoundPage | GradePage | GridPage):
            page.leave()
        elif page is not None:
            self._close_page()

    def page(self) -> QWidget | None:
        """The page that stands in place of the overview, if any."""
        return self._page

    # -- inside --------------------------------------------------------------------------------

    def _show(self, seen: _Seen) -> None:
        rounds, self._view = seen
        if self._view is None:
            self._round = 0
            if self._page is None:
                self._stack.setCurrentWidget(self.empty)
            return
        self._round = self._view.round.id
        self.overview.show_round(rounds, self._view)
        if self._unit:
            self.overview.select(self._unit)
            self._unit = 0
        if isinstance(self._page, GridPage):
            self._page.refresh(self._view)
        if self._page is None:
            self._stack.setCurrentWidget(self.overview)

    def _begin_round(self, start: NewRound) -> None:
        if self._page is not None:
            return
        if start.book is None:
            self.empty.set("checklist", _("本单位还没有为考核选定规则，请先在“本单位设置”里选定。"))
            self._stack.setCurrentWidget(self.empty)
            return
        page = NewRoundPage(self._context, start)
        page.cancelled.connect(self._close_page)
        page.opened.connect(self._round_opened)
        self._context.drafts.attach(page, Place(_ROUND))
        self._open_page(page)

    def continue_draft(self, draft: Draft) -> None:
        """Open the page of a draft."""
        form, round_id = draft.place.form, draft.place.subject_id
        if form == _ROUND:
            self.start_new()
            return

        def found(seen: _Seen) -> None:
            self._show(seen)
            if self._view is None or self._view.round.id != round_id or self._page is not None:
                return
            unit = form.removeprefix(_GRADE)
            if form == _GRID and self._view.units:
                self._open_grid(self._view, self._view.units[0].unit.id)
            elif unit.isdigit():
                self._want("grade", int(unit))

        self._context.ask(lambda office: _read(office, round_id), found)

    def _round_opened(self, round_id: int) -> None:
        self._round = round_id
        self._close_page()
        self.reload()

    def _want(self, what: str, unit: int) -> None:
        view = self._view
        row = next((u for u in view.units if u.unit.id == unit), None) if view else None
        if view is None or row is None or self._page is not None:
            return
        if what == "score":
            self._open_grid(view, unit)
        elif what == "grade":
            grade = GradePage(self._context, view, row)
            grade.cancelled.connect(self._close_page)
            grade.graded.connect(lambda letter: self._graded(row, letter))
            place = Place(f"{_GRADE}{unit}", "round", view.round.id)
            label = f"{row.unit.unit_name} · {grade.heading()}"
            self._context.drafts.attach(grade, place, label)
            self._open_page(grade)
        elif what == "letter" and row.unit.letter is not None:
            self._open_letter(row, row.unit.letter, row.unit.letter_number or "")
        elif what == "case":
            self._context.case_wanted.emit("round_unit", unit)
        elif what == "open_case" and row.unit.case_id is not None:
            self._context.wanted.emit("case_file", row.unit.case_id)

    def _open_grid(self, view: RoundView, unit: int) -> None:
        page = GridPage(self._context, view, unit)
        page.left.connect(self._grid_left)
        page.keep_drafts(Place(_GRID, "scores", view.round.id))
        self._open_page(page)
        page.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid_left(self, unit: int) -> None:
        self._unit = unit
        self._close_page()
        self.reload()

    def _graded(self, row: UnitRow, letter: int) -> None:
        self._unit = row.unit.id
        self._close_page()
        self._open_letter(row, letter, _("考核结果通知书"))
        self.reload()

    def _open_letter(self, row: UnitRow, letter: int, number: str) -> None:
        page = LetterPage(self._context, letter, number, row.unit.unit_name)
        page.left.connect(self._close_page)
        self._open_page(page)

    def _open_page(self, page: QWidget) -> None:
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _close_page(self) -> None:
        page, self._page = self._page, None
        self._stack.setCurrentWidget(self.overview if self._view is not None else self.empty)
        if page is not None:
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
            self.overview.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _read(office: Office, wanted: int) -> _Seen:
    """The rounds, and the wanted one; the newest when it is not there (any more)."""
    rounds = assessments.rounds(office)
    if not rounds:
        return (), None
    known = next((r for r in rounds if r.id == wanted), rounds[0])
    return rounds, assessments.view(office, known.id)
