"""The tab 投诉登记: list left, record right, and the page of a step in place of both."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.ahead import LEDGERS, RECORD, loading
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.panes import remember, side_by_side
from desktop.ui.common.trouble import tell_failure
from desktop.ui.complaints.listpane import ListPane
from desktop.ui.complaints.stage import Stage
from desktop.ui.context import Context
from desktop.usecases import register
from desktop.usecases.drafts import Draft, Place
from desktop.usecases.register import ComplaintView, Intake, Row

# The list is shown at once; what is opened from it is loaded when it is opened.
if TYPE_CHECKING:
    from desktop.ui.common.fileview import FileView
    from desktop.ui.common.forms import FormPage
    from desktop.ui.complaints.ledgers import Ledgers
    from desktop.ui.complaints.page import Finished, StepPage
    from desktop.ui.complaints.paperwork import Paperwork
    from desktop.ui.complaints.prints import Prints
    from desktop.ui.complaints.record import RecordPane
    from desktop.ui.complaints.work import Work
    from desktop.ui.keptfiles import KeptFiles
    from desktop.usecases.looking import Looked

_SPLIT = "complaints/split"


class _Right(NamedTuple):
    """What is made with the first record that is shown."""

    record: "RecordPane"
    work: "Work"
    paperwork: "Paperwork"


class ComplaintsTab(QWidget):
    """The register as a clerk works with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("complaints")
        self.setAcceptDrops(True)
        self._context = context
        self._form: FormPage | None = None  # the page, if it is one that is filled in
        self._finished = 0  # the complaint whose page was saved, until it is shown
        self.pane = ListPane(context)
        self.model, self.list = self.pane.model, self.pane.list
        self.filters, self.search = self.pane.filters, self.pane.search
        self.new_button = self.pane.new_button
        self.exchange = self.pane.exchange
        self.import_action, self.export_action = self.pane.import_action, self.pane.export_action
        self._nothing = QWidget()  # in the place of the record, until there is one to show
        self.bar = MessageBar()
        self._stage = Stage(self._lay_out())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stage)
        self._connect()

    @cached_property
    def prints(self) -> "Prints":
        """What is printed of many complaints at once."""
        from desktop.ui.complaints.prints import Prints

        return Prints(self._context, self.pane, self.bar, self._stage.show_page, self._stage.leave)

    @cached_property
    def ledgers(self) -> "Ledgers":
        """What comes in and goes out as a file."""
        from desktop.ui.complaints.ledgers import Ledgers

        return Ledgers(self._context, self.pane, self._stage, self._show_form)

    @cached_property
    def files(self) -> "KeptFiles":
        """The files of the complaint shown."""
        from desktop.ui.keptfiles import KeptFiles

        made = KeptFiles(self._context, self.bar, self)
        made.shown.connect(self._show_file)
        return made

    @property
    def record(self) -> "RecordPane":
        """The record on the right; made when the first one is shown."""
        return self._right.record

    @property
    def work(self) -> "Work":
        """What is done to the complaint shown."""
        return self._right.work

    @property
    def paperwork(self) -> "Paperwork":
        """The papers of the complaint shown."""
        return self._right.paperwork

    @cached_property
    def _right(self) -> "_Right":
        from desktop.ui.complaints.paperwork import Paperwork
        from desktop.ui.complaints.record import RecordPane
        from desktop.ui.complaints.work import Work

        made = RecordPane(self._context)
        made.setObjectName("complaints.record")
        sizes = self._split.sizes()
        self._split.replaceWidget(1, made)
        self._split.setSizes(sizes)
        self._nothing.deleteLater()
        made.links.opened.connect(self._go_to)
        made.file.connect(self.files.keep)
        made.files.looked.connect(self.files.look_at)
        made.reveal.connect(self._reveal)
        made.case.connect(lambda case: self._context.wanted.emit("case_file", case))
        work = Work(self._context, made, self._stage, self.bar, self._open_step)
        papers = Paperwork(self._context, made, self._stage, self.bar, self._open_form)
        return _Right(made, work, papers)

    @property
    def _page(self) -> QWidget | None:
        """The page that is open in place of list and record."""
        return self._stage.page

    # -- what the window calls -----------------------------------------------------------------

    def reload(self) -> None:
        """Read the register anew; what is being typed on a page stays as it is."""
        self.pane.reload()

    def open_record(self, complaint: int) -> None:
        """Show a complaint, whatever the list was showing before."""
        self._stage.leave_then(lambda: self._go_to(complaint))

    def start_new(self) -> None:
        """Open the page 新登记."""
        if self._context.refuses("complaint.register"):
            return
        self._stage.leave_then(lambda: self._context.ask(register.intake, self._open_intake))

    def has_unsaved(self) -> bool:
        """Whether a page holds something that was typed and not saved."""
        if self.importing():
            return self.ledgers.has_unsaved()
        form = self._form
        return form is not None and form is self._page and form.form.dirty()

    def start_import(self, path: str = "") -> None:
        """Open the page 导入台账, with a file if one was dropped here."""
        self._loaded(LEDGERS, lambda: self.ledgers.start_import(path))

    def take_import_back(self, event: int) -> None:
        """Open 整批撤销 for the import that this event was, or say why it can not be."""
        self.ledgers.take_import_back(event)

    def importing(self) -> bool:
        """Whether 导入台账 is open, or the page that takes an import back."""
        return "ledgers" in self.__dict__ and self.ledgers.importing()

    def start_export(self) -> None:
        """Open the page 导出登记簿 for what the list shows."""
        self.ledgers.start_export()

    # -- the list ------------------------------------------------------------------------------

    def _select(self, row: Row | None) -> None:
        if "_right" not in self.__dict__:  # first the list is painted, then the record comes
            self._context.tasks.later(self._bring_record)
        elif row is None:
            self.record.show_nothing()
        else:
            complaint, today = row.complaint.id, self._context.today()
            self._context.ask(
                lambda office: register.view(office, complaint, today), self._show_view
            )

    def _bring_record(self) -> None:
        """Make the record at the right, in turns; first what of it was not loaded ahead."""
        self._context.tasks.in_turns([*loading(RECORD), lambda: self.record, self._select_current])

    def _loaded(self, modules: Sequence[str], then: Callable[[], None]) -> None:
        """Do something that needs modules; those that are missing are loaded in turns before it."""
        missing = loading(modules)
        if missing:
            self._context.tasks.in_turns([*missing, then])
        else:
            then()

    def _select_current(self) -> None:
        self.record.setVisible(True)
        self._select(self.list.current_row())

    def _show_view(self, view: ComplaintView) -> None:
        row = self.list.current_row()
        if row is not None and row.complaint.id == view.complaint.id:
            self.record.show_view(view)
            if view.complaint.id == self._finished:
                self._finished = 0
                self._enter_anew()

    def _enter_anew(self) -> None:
        """Go to the next step: till now the steps of another one were on the screen."""
        holder = self.focusWidget()
        if self._page is None and holder is not None and self.record.isAncestorOf(holder):
            self.record.enter()

    def _go_to(self, complaint: int) -> None:
        self.pane.go_to(complaint)

    # -- pages ---------------------------------------------------------------------------------

    def _open_intake(self, intake: Intake | None) -> None:
        self.work.open_intake(intake)

    def _open_step(self, page: "StepPage") -> None:
        page.finished.connect(self._finish)
        self._open_form(page)

    def _open_form(self, page: "FormPage") -> None:
        page.cancelled.connect(self._stage.leave)
        self._keep_drafts(page)
        self._show_form(page)

    def _show_form(self, page: "FormPage") -> None:
        # Who stays to go on typing no longer wants to go elsewhere.
        page.bar.clicked.connect(lambda key: self._stage.stay() if key != "drop" else None)
        page.form.edited.connect(lambda _key: self._stage.stay())
        self._stage.show_page(page, page.leave)
        self._form = page

    def _keep_drafts(self, page: "FormPage") -> None:
        """What is typed on a page outlives a crash; only the number stands open in the list."""
        from desktop.ui.complaints.intake import IntakePage

        view = self.record.view
        if isinstance(page, IntakePage) or view is None:
            self._context.drafts.attach(page, Place(page.objectName()))
            return
        complaint = view.complaint
        self._context.drafts.attach(
            page,
            Place(page.objectName(), "complaint", complaint.id),
            f"{complaint.number} · {page.heading()}",
        )

    def continue_draft(self, draft: Draft) -> None:
        """Open the form of a draft; where its step is over, say so and show the record."""
        from desktop.ui.complaints.intake import IntakePage

        if draft.place.form == IntakePage.NAME:
            self.start_new()
            return
        complaint, today = draft.place.subject_id, self._context.today()

        def found(view: ComplaintView) -> None:
            self.record.show_view(view)
            self._open_by_name(draft.place.form.removeprefix("complaints."), view)
            self.reload()

        self._stage.leave_then(
            lambda: self._context.ask(lambda office: register.view(office, complaint, today), found)
        )

    def _open_by_name(self, name: str, view: ComplaintView) -> None:
        from desktop.ui.complaints.actions import APPROVAL_SHEET, TRANSCRIPT

        if name in ("approval", TRANSCRIPT):
            self.paperwork.print_sheet(APPROVAL_SHEET if name == "approval" else TRANSCRIPT)
        elif not self.work.open_by_name(name, view):
            self._context.said.emit(_("这一步已经办过或者现在不能办，草稿留在草稿列表里。"), 0)

    def _finish(self, finished: "Finished") -> None:
        self._context.said.emit(finished.sentence, finished.event)
        self.pane.go_to(finished.made.complaint)
        self._finished = finished.made.complaint
        self._stage.stay()
        self._stage.leave()
        if finished.made.letter:
            self.paperwork.show_made(finished.made)

    def _returned(self) -> None:
        """Go to the next step after a step; from any other page to where it was opened."""
        self._form = None
        before = self._stage.came_from()
        if self._finished or before is None:
            self.record.enter()
        else:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_file(self, page: "FileView") -> None:
        if self._page is None:
            page.left.connect(self._stage.leave)
            self._stage.show_page(page)

    # -- who complained ------------------------------------------------------------------------

    def _reveal(self, reason: str, more: str) -> None:
        view = self.record.view
        if view is None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        from desktop.usecases import looking

        self._context.tasks.run(
            lambda office: (complaint, looking.look(office, complaint, acting, reason, more)),
            self._revealed,
            self._not_revealed,
        )

    def _not_revealed(self, error: BaseException) -> None:
        if isinstance(error, Faults):
            self.record.refuse_look(wording.faults_by_field(error))
        else:
            tell_failure(self.bar, error)

    def _revealed(self, found: "tuple[int, Looked]") -> None:
        complaint, looked = found
        view = self.record.view
        if view is not None and view.complaint.id == complaint and self._page is None:
            self.record.show_complainants(looked)
            self._context.shown(w for p in looked.people for w in (p.name, p.phone, p.address))
            said = _("已查看 {number} 的投诉举报人，并留有记录。")
            self._context.said.emit(said.format(number=view.complaint.number), 0)

    # -- a ledger dragged here -----------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._page is None and self._ledger_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._ledger_of(event)
        if path and self._page is None:
            event.acceptProposedAction()
            self.start_import(path)

    @staticmethod
    def _ledger_of(event: QDropEvent) -> str:
        from desktop.ui.complaints.imports import ledger_of

        return ledger_of(event)

    # -- set-up --------------------------------------------------------------------------------

    def _lay_out(self) -> QWidget:
        self._split = side_by_side(self.pane, self._nothing, (1, 1), [640, 400])
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane.toolbar)
        column.addWidget(self.bar)
        column.addWidget(self._split, 1)
        remember(self._split, self._context.settings, _SPLIT)
        return main

    def _connect(self) -> None:
        self._stage.returned.connect(self._returned)
        self.pane.new_wanted.connect(self.start_new)
        self.pane.current.connect(self._select)
        self.pane.chosen.connect(lambda _row: self.record.enter())
        self.pane.import_wanted.connect(self.start_import)
        self.pane.export_wanted.connect(self.start_export)
        self.pane.book_wanted.connect(lambda: self._stage.leave_then(self.prints.start_book))
        self.pane.papers_wanted.connect(lambda kind: self.prints.print_papers(kind))
        correct = QShortcut(QKeySequence("F2"), self._stage.main)
        correct.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        correct.activated.connect(lambda: self.work.correct())
        find = QShortcut(QKeySequence.StandardKey.Find, self._stage.main)
        find.setContext(Qt.ShortcutContext.WindowShortcut)  # the keys may still go to the tabs
        find.activated.connect(self.search.setFocus)
