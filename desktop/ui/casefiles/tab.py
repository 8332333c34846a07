"""The tab 责任追究案卷: list left, record right, and the pages that take their place."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.rules.casefiles import CaseState, CaseStep
from desktop.rules.rulebook import Rulebook, System
from desktop.text import _
from desktop.ui.casefiles.letterpage import ShownLetter
from desktop.ui.casefiles.listpane import ListPane
from desktop.ui.casefiles.pages.approval import ApprovalPage
from desktop.ui.casefiles.pages.base import CasePage
from desktop.ui.casefiles.pages.closing import ClosingPage, ReportPage
from desktop.ui.casefiles.pages.decision import DecisionPage
from desktop.ui.casefiles.pages.division import DivisionPage
from desktop.ui.casefiles.pages.evidence import EvidencePage
from desktop.ui.casefiles.pages.hearing import HearingPage
from desktop.ui.casefiles.pages.letters import LetterPage
from desktop.ui.casefiles.pages.notice import NoticePage
from desktop.ui.casefiles.pages.opening import OpeningPage, draft_of, empty_draft
from desktop.ui.casefiles.pages.rectification import RectificationPage
from desktop.ui.casefiles.pages.referral import ReferralPage
from desktop.ui.casefiles.pages.sanction import SanctionPage
from desktop.ui.casefiles.pages.service import ServicePage
from desktop.ui.casefiles.pages.withdrawal import WithdrawalPage
from desktop.ui.casefiles.recordpane import EVIDENCE_LIST, RECEIPT, REVISE, RecordPane, right_of
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.fileview import FileView
from desktop.ui.common.panes import remember, side_by_side
from desktop.ui.context import Context
from desktop.ui.exportpage import Offer, TableExportPage, Write
from desktop.ui.keptfiles import KeptFiles
from desktop.usecases import assessments, casefiles, exports_tables, letters, sheets, shelf
from desktop.usecases.casefiles import CaseDraft
from desktop.usecases.drafts import Draft, Place
from desktop.usecases.exports_tables import Table
from desktop.usecases.office import Office
from desktop.usecases.shelf import CaseRow, CaseView

_SPLIT = "casefiles/split"
#: How the drafts of these pages are called, and those of a withdrawal.
_FORM, _WITHDRAW = "casefiles.", "withdraw."

_PAGES: dict[str, Callable[[Context, CaseView], CasePage]] = {
    CaseStep.EVIDENCE: EvidencePage,
    CaseStep.HEARING_NOTICE: NoticePage,
    CaseStep.HEARING: HearingPage,
    CaseStep.DIVISION: DivisionPage,
    CaseStep.SANCTION: SanctionPage,
    CaseStep.APPROVAL: ApprovalPage,
    CaseStep.DECIDE: DecisionPage,
    CaseStep.SERVE: ServicePage,
    CaseStep.REFERRAL: ReferralPage,
    CaseStep.RECTIFY: RectificationPage,
    CaseStep.REPORT: ReportPage,
    CaseStep.CLOSE: ClosingPage,
    REVISE: lambda context, view: OpeningPage(context, view.book, draft_of(view), view),
    RECEIPT: lambda context, view: ServicePage(context, view, receipt=True),
}


#: The steps that can not be taken before somebody is named.
_OF_PEOPLE = (CaseStep.HEARING_NOTICE, CaseStep.HEARING, CaseStep.DIVISION)


class CaseFilesTab(QWidget):
    """The shelf, one case, and a page at a time for what is being done to it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("casefiles")
        self.context = context
        self.page: CasePage | None = None
        self.letter: ShownLetter | FileView | TableExportPage | None = None
        self._wanted_id = 0
        self._shown_id = 0
        self.list_pane = ListPane(context.settings)
        self.record = RecordPane(context)
        self.files = KeptFiles(context, self.record.bar, self)
        self._empty = EmptyState("folder", _("在左边选一份案卷，这里显示它的内容。"))
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self._right.addWidget(self.record)
        self._split = side_by_side(self.list_pane, self._right, (1, 1), [640, 700])
        self._stack = QStackedWidget()
        self._lay_out()
        self._listen()

    # -- what the window asks ------------------------------------------------------------------

    def reload(self) -> None:
        """Show the shelf and the current case as they stand now."""
        today = self.context.today()
        self.context.ask(lambda office: shelf.rows(office, today), self._show_rows)

    def open_record(self, case_id: int) -> None:
        """Show a case file; a page with unsaved work stays and asks."""
        if not self._may_leave():
            return
        self._wanted_id = case_id
        self.reload()

    def start_new(self) -> None:
        """Open the page 立案 for a case that begins on its own."""
        if not self.context.refuses("case.open") and self._may_leave():
            self.context.ask(_book, self._begin)

    def start_from(self, origin: str, origin_id: int) -> None:
        """Open the page 立案 with what is known: origin "complaint" or "round_unit"."""
        if not self.context.refuses("case.open") and self._may_leave():
            today = self.context.today()
            self.context.tasks.run(
                lambda office: _draft_from(office, origin, origin_id, today),
                self._begin,
                self._fail,
            )

    def has_unsaved(self) -> bool:
        """Whether a page holds something that was not saved."""
        return self.page is not None and self.page.form.dirty()

    # -- list and record -----------------------------------------------------------------------

    def _show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        self.list_pane.set_rows(rows)
        known = {row.case.id for row in rows}
        wanted, self._wanted_id = self._wanted_id, 0
        if wanted in known:
            self.list_pane.select(wanted)
            self._load(wanted)
        elif self._shown_id in known:
            self._load(self._shown_id)  # perhaps hidden by the filter, which stays as it is
        elif rows:
            self.list_pane.list.selectRow(0)
        else:
            self._shown_id = 0
            self._show_right(self._empty)

    def _on_current(self, row: CaseRow | None) -> None:
        if row is None or row.case.id == self._shown_id:
            return
        if self._may_leave():
            self._load(row.case.id)
        else:
            self.list_pane.select(self._shown_id)

    def _load(self, case_id: int) -> None:
        self._shown_id = case_id
        today = self.context.today()
        self.context.ask(lambda office: shelf.view(office, case_id, today), self._show_case)

    def _show_case(self, view: CaseView) -> None:
        if view.case.id != self._shown_id:
            return
        self.record.show_case(view)
        if self.page is None:
            self._show_right(self.record)

    def _on_chosen(self, row: CaseRow) -> None:
        self._on_current(row)
        self.record.next.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_origin(self) -> None:
        view = self.record.view
        if view is not None and view.origin is not None:
            self.context.wanted.emit(view.origin.record, view.origin.id)

    # -- pages ---------------------------------------------------------------------------------

    def open_page(self, key: str) -> None:
        """Open the page of a step (its CaseStep), of REVISE or of RECEIPT."""
        view = self.record.view
        if key == EVIDENCE_LIST:
            self._print_evidence()
            return
        if view is None or self.context.refuses(right_of(key)) or not self._may_leave():
            return
        if barred := self.record.barred():
            self.context.said.emit(barred, 0)
            return
        nobody = key in _OF_PEOPLE and not view.people
        key = REVISE if nobody else key
        self._put(_PAGES[key](self.context, view), Place(key, "case_file", view.case.id))
        if nobody and self.page is not None:
            self.page.form.bar.tell(Tone.INFO, _("请先登记被追究人员，再办理这一步。"))

    def withdraw(self, what: str, row: int) -> None:
        """Open the page that takes out an entry: what is "evidence" or "hearing"."""
        view = self.record.view
        if self.context.refuses(f"case.{what}.withdraw"):
            return
        if view is not None and self._may_leave():
            place = Place(f"{_WITHDRAW}{what}.{row}", "case_file", view.case.id)
            self._put(WithdrawalPage(self.context, view, what, row), place)

    def continue_draft(self, draft: Draft) -> None:
        """Open the page of a draft; where its step is over, say so and show the case."""
        place = draft.place
        if place.form == f"{_FORM}{CaseStep.OPEN}":
            if place.subject:
                self.start_from(place.subject, place.subject_id)
            else:
                self.start_new()
            return
        if not self._may_leave():
            return
        case_id, today = place.subject_id, self.context.today()
        key = place.form.removeprefix(_FORM)

        def found(view: CaseView) -> None:
            self._shown_id = case_id
            self.list_pane.select(case_id)
            self._show_case(view)
            if key.startswith(_WITHDRAW):
                what, row = key.removeprefix(_WITHDRAW).split(".")
                self.withdraw(what, int(row))
            elif key in view.permitted or (key == REVISE and view.state is CaseState.OPEN):
                self.open_page(key)
            else:
                self.context.said.emit(_("这一步已经办过或者现在不能办，草稿留在草稿列表里。"), 0)

        self.context.ask(lambda office: shelf.view(office, case_id, today), found)

    def _begin(self, begun: tuple[Rulebook | None, CaseDraft | None]) -> None:
        book, draft = begun
        if book is None:
            self.list_pane.bar.tell(
                Tone.WARN, _("本单位还没有为责任追究选定规则，请先在“本单位设置”里选定。")
            )
            return
        draft = draft or empty_draft(self.context)
        place = Place(CaseStep.OPEN)
        if draft.complaint is not None:
            place = Place(CaseStep.OPEN, "complaint", draft.complaint)
        elif draft.round_unit is not None:
            place = Place(CaseStep.OPEN, "round_unit", draft.round_unit)
        self._put(OpeningPage(self.context, book, draft), place)

    def _put(self, page: CasePage, place: Place) -> None:
        """Show a page; `place` names its step and the record it is about, for its draft."""
        self.page = page
        view = self.record.view if place.subject == "case_file" else None
        label = f"{view.case.number} · {page.heading()}" if view is not None else page.heading()
        self.context.drafts.attach(page, replace(place, form=f"{_FORM}{place.form}"), label)
        self.record.bar.clear()
        self.list_pane.bar.clear()
        page.finished.connect(self._on_finished)
        page.cancelled.connect(self._close_page)
        if isinstance(page, LetterPage):
            self._stack.addWidget(page)
            self._stack.setCurrentWidget(page)
        else:
            self._right.addWidget(page)
            self._show_right(page)

    def _close_page(self) -> None:
        page, self.page = self.page, None
        if page is None:
            return
        self._stack.setCurrentWidget(self._split)
        self._show_right(self.record if self.record.view else self._empty)
        page.hide()
        page.deleteLater()
        self.record.next.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_finished(self, case_id: int, value: object) -> None:
        """The window reloads after every change; only what follows from this page is done here."""
        page = self.page
        self._wanted_id = case_id
        self._close_page()
        if isinstance(page, NoticePage | ReferralPage) and isinstance(value, tuple):
            self.record.bar.tell(
                Tone.INFO,
                _("{number} 已制作，请打印后送交。").format(number=value[1]),
                (f"letter.{value[0]}", _("看文书")),
            )
        if isinstance(page, DecisionPage) and isinstance(value, tuple):
            self.record.bar.tell(
                Tone.INFO,
                _("决定书 {number} 已制作，请打印后送达。").format(number=value[1]),
                (f"letter.{value[0]}", _("看决定书")),
                (RECEIPT, _("打印送达回证")),
            )

    def _may_leave(self) -> bool:
        """Close the page if nothing would be lost; otherwise it asks by itself."""
        if self.letter is not None:
            self._close_letter()
        if self.page is None:
            return True
        if self.page.form.dirty():
            self.page.leave()
            return False
        self._close_page()
        return True

    def _answer(self, key: str) -> None:
        self.record.bar.clear()
        if key == RECEIPT:
            self.open_page(RECEIPT)
        elif key.startswith("letter."):
            self._look(int(key.removeprefix("letter.")))

    # -- letters -------------------------------------------------------------------------------

    def start_export(self) -> None:
        """Open 导出案卷 for what the list shows."""
        if not self._may_leave():
            return
        offer = Offer(
            _("导出案卷"),
            _("责任追究案卷"),
            self.list_pane.shown_ids(),
            self.list_pane.selected_ids(),
            list(exports_tables.CASES.items()),
            self.list_pane.list.listed(),
        )
        page = TableExportPage(self.context, offer, self._writing)
        page.setObjectName("casefiles.exporting")
        page.save_button.setObjectName("casefiles.exporting.save")
        self._show_file(page)

    def _writing(self) -> Write:
        acting = self.context.acting()
        return lambda office, chosen, told: exports_tables.export_cases(
            office, Table(chosen.path, chosen.ids, chosen.columns), acting, told
        )

    def _show_file(self, view: FileView | TableExportPage) -> None:
        """Show a file, or the page of an export, in place of list and record."""
        if self.letter is not None:
            self._close_letter()
        self.letter = view
        view.left.connect(self._close_letter)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, letter_id: int) -> None:
        view = self.record.view
        found = next((one for one in view.letters if one.id == letter_id), None) if view else None
        if found is None:
            return
        self.letter = ShownLetter.of(found)
        self.letter.left.connect(self._close_letter)
        self._stack.addWidget(self.letter)
        self._stack.setCurrentWidget(self.letter)
        self.context.tasks.run(
            lambda office: letters.pdf(office, letter_id), self._show_letter, self._no_letter
        )

    def _print_evidence(self) -> None:
        """Show the 证据目录 as it prints; nobody who complained is in it."""
        view = self.record.view
        if view is None or not self._may_leave():
            return
        case, acting = view.case.id, self.context.acting()
        page = ShownLetter(
            _("证据目录"),
            _("{number} · 不含投诉举报人的身份和投诉附件的名称").format(number=view.case.number),
            _("{number} 证据目录").format(number=view.case.number),
        )
        self.letter = page
        page.left.connect(self._close_letter)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.context.tasks.run(
            lambda office: sheets.evidence_list(office, case, acting),
            self._show_letter,
            self._no_list,
        )

    def _no_list(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        elif isinstance(self.letter, ShownLetter):
            self.letter.preview.show_message(words)

    def _show_letter(self, pdf: bytes) -> None:
        if isinstance(self.letter, ShownLetter):
            self.letter.show_pdf(pdf)

    def _no_letter(self, error: BaseException) -> None:
        if not isinstance(error, LookupError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif isinstance(self.letter, ShownLetter):
            self.letter.show_missing()

    def _close_letter(self) -> None:
        letter, self.letter = self.letter, None
        if letter is not None:
            self._stack.setCurrentWidget(self._split)
            letter.hide()
            letter.deleteLater()

    def _fail(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self.list_pane.bar.tell(Tone.ERROR, words)

    # -- inside --------------------------------------------------------------------------------

    def _show_right(self, widget: QWidget) -> None:
        self._right.setCurrentWidget(widget)

    def _edit(self) -> None:
        view = self.record.view
        if view is not None and view.state is CaseState.OPEN and self.page is None:
            self.open_page(REVISE)

    def _listen(self) -> None:
        self.list_pane.started.connect(self.start_new)
        self.list_pane.allow(self.context.why_not("case.open"))
        self.list_pane.current.connect(self._on_current)
        self.list_pane.chosen.connect(self._on_chosen)
        self.list_pane.export_wanted.connect(self.start_export)
        self.record.wanted.connect(self.open_page)
        self.record.origin.connect(self._follow_origin)
        self.record.letter.connect(self._look)
        self.record.withdrawn.connect(self.withdraw)
        self.record.file_opened.connect(self.files.look_at)
        self.record.file_kept.connect(self.files.keep)
        self.files.shown.connect(self._show_file)
        self.record.bar.clicked.connect(self._answer)
        shortcut = QShortcut(QKeySequence("F2"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._edit)

    def _lay_out(self) -> None:
        remember(self._split, self.context.settings, _SPLIT)
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)


def _book(office: Office) -> tuple[Rulebook | None, CaseDraft | None]:
    return office.book(System.ACCOUNTABILITY), None


def _draft_from(
    office: Office, origin: str, origin_id: int, today: date
) -> tuple[Rulebook | None, CaseDraft | None]:
    if origin == "complaint":
        draft = casefiles.draft_from_complaint(office, origin_id, today)
    else:
        draft = assessments.draft_case(office, origin_id, today)
    return office.book(System.ACCOUNTABILITY), draft
