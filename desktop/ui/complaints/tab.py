"""The tab 投诉登记: list left, record right, and the page of a step in place of both."""

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.complaints import Identity, Step, why_not_correct
from desktop.rules.faults import Faults, NotPermitted
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.complaints.listpane import ListPane
from desktop.ui.context import Context
from desktop.usecases import register
from desktop.usecases.drafts import Draft, Place
from desktop.usecases.office import Office
from desktop.usecases.register import ComplaintView, Intake, Row

# The list is shown at once; what is opened from it is loaded when it is opened.
if TYPE_CHECKING:
    from desktop.ui.complaints.imports import ImportPage
    from desktop.ui.complaints.page import Finished, Made, StepPage
    from desktop.ui.complaints.papers import Paper
    from desktop.ui.complaints.prints import Prints
    from desktop.ui.complaints.record import RecordPane
    from desktop.ui.complaints.sheets import ApprovalPage
    from desktop.ui.complaints.transcript import TranscriptPage
    from desktop.usecases.course import FilingPlan
    from desktop.usecases.links import Reopened
    from desktop.usecases.looking import Looked
    from desktop.usecases.records import Attachment, Letter
    from desktop.usecases.sheets import ApprovalDraft, TranscriptBeginning
    from desktop.usecases.undoing import Undoable

_SPLIT = "complaints/split"

FormOf: TypeAlias = "StepPage | ApprovalPage | TranscriptPage"


class ComplaintsTab(QWidget):
    """The register as a clerk works with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("complaints")
        self.setAcceptDrops(True)
        self._context = context
        self._page: QWidget | None = None
        self._form: FormOf | None = None  # the page, if it is one that is filled in
        self._import: ImportPage | None = None  # the page, if it is 导入台账
        self._after: Callable[[], None] | None = None
        self.ask_path: Callable[[str], str] = self._ask_path
        self.pane = ListPane(context)
        self.model, self.list = self.pane.model, self.pane.list
        self.filters, self.search = self.pane.filters, self.pane.search
        self.new_button = self.pane.new_button
        self.exchange = self.pane.exchange
        self.import_action, self.export_action = self.pane.import_action, self.pane.export_action
        self._nothing = QWidget()  # in the place of the record, until there is one to show
        self.bar = MessageBar()
        self._main = self._lay_out()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._main)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._connect()

    @cached_property
    def prints(self) -> "Prints":
        """What is printed of many complaints at once."""
        from desktop.ui.complaints.prints import Prints

        return Prints(self._context, self.pane, self.bar, self._show_page, self._leave)

    @cached_property
    def record(self) -> "RecordPane":
        """The record on the right; made when the first one is shown."""
        from desktop.ui.complaints.record import RecordPane

        made = RecordPane(self._context)
        made.setObjectName("complaints.record")
        sizes = self._split.sizes()
        self._split.replaceWidget(1, made)
        self._split.setSizes(sizes)
        self._nothing.deleteLater()
        self._connect_record(made)
        return made

    # -- what the window calls -----------------------------------------------------------------

    def reload(self) -> None:
        """Read the register anew; what is being typed on a page stays as it is."""
        self.pane.reload()

    def open_record(self, complaint: int) -> None:
        """Show a complaint, whatever the list was showing before."""
        self._leave_then(lambda: self._go_to(complaint))

    def start_new(self) -> None:
        """Open the page 新登记."""
        if self._context.refuses("complaint.register"):
            return
        self._leave_then(lambda: self._context.ask(register.intake, self._open_intake))

    def has_unsaved(self) -> bool:
        """Whether a page holds something that was typed and not saved."""
        if self._import is not None:
            return self._import.has_unsaved()
        return self._form is not None and self._form.form.dirty()

    def start_import(self, path: str = "") -> None:
        """Open the page 导入台账, with a file if one was dropped here."""
        self._leave_then(lambda: self._open_import(path))

    def importing(self) -> bool:
        """Whether the page 导入台账 is open."""
        return self._import is not None

    def start_export(self) -> None:
        """Open the page 导出登记簿 for what the list shows."""
        self._leave_then(self._open_export)

    # -- the list ------------------------------------------------------------------------------

    def _select(self, row: Row | None) -> None:
        if "record" not in self.__dict__:  # first the list is painted, then the record comes
            self._context.tasks.later(self._select_current)
        elif row is None:
            self.record.show_nothing()
        else:
            complaint, today = row.complaint.id, self._context.today()
            self._context.ask(
                lambda office: register.view(office, complaint, today), self._show_view
            )

    def _select_current(self) -> None:
        self.record.setVisible(True)
        self._select(self.list.current_row())

    def _show_view(self, view: ComplaintView) -> None:
        row = self.list.current_row()
        if row is not None and row.complaint.id == view.complaint.id:
            self.record.show_view(view)

    def _go_to(self, complaint: int) -> None:
        self.pane.go_to(complaint)

    # -- pages ---------------------------------------------------------------------------------

    def _open_intake(self, intake: Intake | None) -> None:
        if intake is None:
            said = _("本单位还没有选定投诉举报受理的规则，请先在“本单位设置”里选定。")
            self.bar.tell(Tone.WARN, said)
            return
        from desktop.ui.complaints.intake import IntakePage

        self._open_step(IntakePage(self._context, intake))

    def _open_import(self, path: str) -> None:
        from desktop.ui.complaints.imports import ImportPage

        page = ImportPage(self._context)
        page.left.connect(self._leave)
        self._show_page(page)
        self._import = page
        if path:
            page.read(path)

    def _open_export(self) -> None:
        self.pane.read_ids(self._export)

    def _export(self, ids: tuple[list[int], list[int]]) -> None:
        from desktop.ui.complaints.exports import ExportPage

        page = ExportPage(self._context, *ids, self.list.listed())
        page.left.connect(self._leave)
        self._show_page(page)

    def _take_step(self, step: Step) -> None:
        view = self.record.view
        if view is None:
            return
        if step is Step.OPEN_CASE:
            self._context.case_wanted.emit("complaint", view.complaint.id)
        elif step is Step.DECIDE:
            self._context.ask(register.leaders, self._open_decision)
        elif step is Step.ARCHIVE:
            from desktop.usecases import course

            self._context.ask(course.filing_plan, self._open_archive)
        else:
            self._open_step(self._page_of(step, view))

    def _page_of(self, step: Step, view: ComplaintView) -> "StepPage":
        from desktop.ui.complaints.course import UNTOLD, ProposalPage
        from desktop.ui.complaints.followups import LETTER_PAGES
        from desktop.ui.complaints.steps import ClosePage, FindingPage
        from desktop.ui.complaints.transfers import ObjectionPage

        if step is Step.PROPOSE:
            return ProposalPage(self._context, view)
        if step in UNTOLD and view.standing.identity is Identity.ANONYMOUS:
            return UNTOLD[step](self._context, view)
        if step is Step.FIND:
            return FindingPage(self._context, view)
        if step is Step.CLOSE:
            return ClosePage(self._context, view)
        if step is Step.OBJECT:
            return ObjectionPage(self._context, view)
        return LETTER_PAGES[step](self._context, view)

    def _open_decision(self, leaders: Sequence[str]) -> None:
        from desktop.ui.complaints.steps import DecisionPage

        if self.record.view is not None:
            self._open_step(DecisionPage(self._context, self.record.view, leaders))

    def _open_archive(self, plan: "FilingPlan") -> None:
        from desktop.ui.complaints.course import ArchivePage

        if self.record.view is not None and self._page is None:
            self._open_step(ArchivePage(self._context, self.record.view, plan))

    def _undo_last(self) -> None:
        """Open 撤销上一步, or say why the last step can not be taken back."""
        from desktop.usecases import undoing

        view = self.record.view
        if view is None or self._page is not None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        self._context.tasks.run(
            lambda office: undoing.foresee(office, complaint, acting),
            self._open_undo,
            self._failed,
        )

    def _open_undo(self, last: "Undoable") -> None:
        from desktop.ui.complaints.course import UndoPage

        view = self.record.view
        if view is None or self._page is not None:
            return
        why_not = self._context.why_not(last.action)
        if last.why_not:
            why_not = wording.error_words(NotPermitted(last.why_not, **dict(last.facts))) or ""
        if why_not:
            self.bar.tell(Tone.WARN, why_not)
        else:
            self._open_step(UndoPage(self._context, view, last))

    def _correct(self) -> None:
        """Open 修改登记; a closed complaint says that it can not be corrected."""
        view = self.record.view
        if view is None or self._page is not None or self._context.refuses("complaint.correct"):
            return
        if self._barred(view):
            return
        if why_not := why_not_correct(view.state):
            self._context.said.emit(wording.why_not_words(why_not), 0)
        else:
            from desktop.ui.complaints.correction import CorrectionPage

            self._open_step(CorrectionPage(self._context, view))

    def _link(self, key: str) -> None:
        """Link, merge, or take up anew what is shown."""
        view = self.record.view
        if view is None or self._page is not None:
            return
        from desktop.ui.complaints.links import LINK, MERGE, LinkPage, MergePage

        if key == LINK:
            self._open_step(LinkPage(self._context, view))
        elif key == MERGE:
            self._open_step(MergePage(self._context, view))
        else:
            from desktop.usecases import links

            complaint, acting = view.complaint.id, self._context.acting()
            self._context.tasks.run(
                lambda office: (register.intake(office), links.reopen(office, complaint, acting)),
                self._reopen,
                self._failed,
            )

    def _reopen(self, found: "tuple[Intake | None, Reopened]") -> None:
        from desktop.ui.complaints.intake import IntakePage

        intake, reopened = found
        if intake is None or self._page is not None:
            self._open_intake(intake)
        else:
            self._open_step(IntakePage(self._context, intake, reopened))

    def _unlink(self, link: int) -> None:
        view = self.record.view
        if view is None:
            return
        from desktop.usecases import links

        complaint, acting = view.complaint.id, self._context.acting()
        into = links.merged_into(view)
        said = _("已取消关联。")
        if into is not None and into.id == link:
            said = _("已撤销并入，{number} 接着办理。").format(number=view.complaint.number)
        self._context.do(
            lambda office: links.unlink(office, complaint, link, acting),
            lambda done: self._context.said.emit(said, done.event),
            self._failed,
        )

    def _name(self, key: str) -> None:
        """Name who handles it, or who must not."""
        from desktop.ui.complaints.handlers import HANDLER, HandlerPage, RecusalPage

        view = self.record.view
        if view is None or self._page is not None or self._barred(view):
            return
        if why_not := why_not_correct(view.state):
            self._context.said.emit(wording.why_not_words(why_not), 0)
            return
        page = HandlerPage if key == HANDLER else RecusalPage
        self._open_step(page(self._context, view))

    def _barred(self, view: ComplaintView) -> bool:
        """Say why the user at the desk must leave a complaint alone (回避), if so."""
        if view.withdrawn:
            said = wording.why_not_words("recused").format(number=view.complaint.number)
            self._context.said.emit(said, 0)
        return view.withdrawn

    def _release(self, handler: int) -> None:
        from desktop.usecases import handlers

        view = self.record.view
        if view is None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        said = _("{number} 已更换承办人。").format(number=view.complaint.number)
        self._context.do(
            lambda office: handlers.release_handler(office, complaint, handler, acting),
            lambda done: self._context.said.emit(said, done.event),
            self._failed,
        )

    def _lift(self, recusal: int) -> None:
        view = self.record.view
        known = next((r for r in view.recusals if r.id == recusal), None) if view else None
        if view is not None and known is not None and self._page is None:
            from desktop.ui.complaints.handlers import LiftPage

            self._open_step(LiftPage(self._context, view, known))

    def _edit_points(self) -> None:
        """Open 诉求逐项答复, unless the matter is over."""
        from desktop.ui.complaints.points import PointsPage
        from desktop.usecases import points

        view = self.record.view
        if view is None or self._page is not None or self._context.refuses("complaint.points"):
            return
        if self._barred(view):
            return
        if why_not := points.why_not(view.state):
            self._context.said.emit(wording.why_not_words(why_not), 0)
        else:
            self._open_step(PointsPage(self._context, view))

    def _print_sheet(self, key: str) -> None:
        """Open a paper that has no number of its own: for the leader, or for the file."""
        from desktop.ui.complaints.papers import Paper, contents_paper
        from desktop.ui.complaints.record import APPROVAL_SHEET, CONTENTS_SHEET, TRANSCRIPT
        from desktop.usecases import sheets

        view = self.record.view
        if view is None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        if key == TRANSCRIPT:
            self._context.tasks.run(
                lambda office: (complaint, sheets.transcript_beginning(office, complaint, acting)),
                self._open_transcript,
                self._failed,
            )
            return
        if key == APPROVAL_SHEET:
            self._context.ask(
                lambda office: (complaint, sheets.approval_beginning(office, complaint, acting)),
                self._open_approval,
            )
            return
        number, named = view.complaint.number, view.complainants > 0
        if key == CONTENTS_SHEET:
            self._context.tasks.run(
                lambda office: contents_paper(office, complaint, number, acting),
                self._show_letter,
                self._failed,
            )
            return

        def make(office: Office) -> "Paper":
            pdf = sheets.intake_sheet(office, complaint, acting)
            told = _("登记表载有投诉举报人的身份；这次查看已留有记录。") if named else ""
            name = _("{number} 投诉登记表").format(number=number)
            return Paper(_("投诉登记表"), number, pdf, name, warning=told)

        self._context.tasks.run(make, self._show_letter, self._failed)

    def _open_approval(self, found: "tuple[int, ApprovalDraft]") -> None:
        from desktop.ui.complaints.sheets import ApprovalPage

        complaint, start = found
        view = self.record.view
        if view is not None and view.complaint.id == complaint and self._page is None:
            self._open_form(ApprovalPage(self._context, view, start))

    def _open_transcript(self, found: "tuple[int, TranscriptBeginning]") -> None:
        from desktop.ui.complaints.transcript import TranscriptPage

        complaint, begin = found
        view = self.record.view
        if view is not None and view.complaint.id == complaint and self._page is None:
            self._open_form(TranscriptPage(self._context, view, begin))

    def _reply_to_origin(self) -> None:
        """Open 回复来源单位."""
        from desktop.ui.complaints.origin import OriginReplyPage
        from desktop.usecases import origins

        view = self.record.view
        if view is None or self._page is not None:
            return
        if self._context.refuses("complaint.origin_reply"):
            return
        if why_not := origins.why_not(view):
            self._context.said.emit(wording.why_not_words(why_not), 0)
        else:
            self._open_step(OriginReplyPage(self._context, view))

    def _open_step(self, page: "StepPage") -> None:
        page.finished.connect(self._finish)
        self._open_form(page)

    def _open_form(self, page: "FormOf") -> None:
        page.cancelled.connect(self._leave)
        # Who stays to go on typing no longer wants to go elsewhere.
        page.bar.clicked.connect(self._stay)
        page.form.edited.connect(self._stay)
        self._keep_drafts(page)
        self._show_page(page)
        self._form = page

    def _keep_drafts(self, page: "FormOf") -> None:
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
            self._wanted = complaint
            self.record.show_view(view)
            self._open_by_name(draft.place.form.removeprefix("complaints."), view)
            self.reload()

        self._leave_then(
            lambda: self._context.ask(lambda office: register.view(office, complaint, today), found)
        )

    def _open_by_name(self, name: str, view: ComplaintView) -> None:
        from desktop.ui.complaints.links import LINK, MERGE
        from desktop.ui.complaints.origin import ORIGIN_REPLY
        from desktop.ui.complaints.record import APPROVAL_SHEET, TRANSCRIPT

        step = next((s for s in Step if s.value == name), None)
        if name == "correct":
            self._correct()
        elif name in (LINK, MERGE):
            self._link(name)
        elif name in ("handler", "recusal"):
            self._name(name)
        elif name == "lift":
            self._lift(next((r.id for r in view.recusals if r.lifted is None), 0))
        elif name == "points":
            self._edit_points()
        elif name == "undo":
            self._undo_last()
        elif name == "approval":
            self._print_sheet(APPROVAL_SHEET)
        elif name == TRANSCRIPT:
            self._print_sheet(TRANSCRIPT)
        elif name == ORIGIN_REPLY:
            self._reply_to_origin()
        elif step is not None and step in view.permitted:
            self._take_step(step)
        else:
            self._context.said.emit(_("这一步已经办过或者现在不能办，草稿留在草稿列表里。"), 0)

    def _show_page(self, page: QWidget) -> None:
        self._drop_page()
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_page(self) -> None:
        if self._page is not None:
            self._stack.removeWidget(self._page)
            self._page.deleteLater()
            self._page = self._form = self._import = None

    def _finish(self, finished: "Finished") -> None:
        self._context.said.emit(finished.sentence, finished.event)
        self.pane.go_to(finished.made.complaint)
        self._after = None
        self._leave()
        if finished.made.letter:
            self._show_made(finished.made)

    def _leave(self) -> None:
        """Go back to list and record, or on to what was wanted meanwhile."""
        self._drop_page()
        self._stack.setCurrentWidget(self._main)
        self.record.enter()
        if self._after is not None:
            after, self._after = self._after, None
            after()

    def _stay(self, key: str) -> None:
        if key != "drop":
            self._after = None

    def _leave_then(self, after: Callable[[], None]) -> None:
        if self._page is None:
            after()
        elif (asking := self._form or self._import) is not None:
            self._after = after
            asking.leave()
        else:
            self._after = after
            self._leave()

    # -- secrets, letters, files ---------------------------------------------------------------

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
            self._failed(error)

    def _revealed(self, found: "tuple[int, Looked]") -> None:
        complaint, looked = found
        view = self.record.view
        if view is not None and view.complaint.id == complaint and self._page is None:
            self.record.show_complainants(looked)
            self._context.shown(w for p in looked.people for w in (p.name, p.phone, p.address))
            said = _("已查看 {number} 的投诉举报人，并留有记录。")
            self._context.said.emit(said.format(number=view.complaint.number), 0)

    def _read_letter(self, letter: "Letter") -> None:
        from desktop.ui.complaints.papers import Paper, paper_of
        from desktop.usecases import looking

        view = self.record.view
        if view is None:
            return
        number, acting = view.complaint.number, self._context.acting()

        def read(office: Office) -> Paper:
            pdf = looking.read_letter(office, letter.subject_id, letter.id, acting)
            return paper_of(letter, number, pdf)

        self._context.tasks.run(read, self._show_letter, self._failed)

    def _show_made(self, made: "Made") -> None:
        """Show a letter that was made just now, so that it can be printed at once."""
        from desktop.ui.complaints.papers import Paper, paper_of
        from desktop.usecases import letters

        today = self._context.today()

        def read(office: Office) -> Paper:
            view = register.view(office, made.complaint, today)
            letter = next(one for one in view.letters if one.id == made.letter)
            return paper_of(letter, made.number, letters.pdf(office, letter.id))

        self._context.tasks.run(read, self._show_letter, self._failed)

    def _show_letter(self, paper: "Paper") -> None:
        from desktop.ui.complaints.papers import LetterView

        if self._page is None:
            page = LetterView(paper)
            page.left.connect(self._leave)
            self._show_page(page)

    def _look_at(self, file: "Attachment") -> None:
        """Show a file inside; of a complaint's the look is on record."""
        from desktop.usecases import attachments

        acting = self._context.acting()
        self._context.tasks.run(
            lambda office: (file, attachments.look(office, file.id, acting)),
            self._show_file,
            self._failed,
        )

    def _show_file(self, found: "tuple[Attachment, bytes | None]") -> None:
        from desktop.ui.common.fileview import FileView

        file, content = found
        if content is None:
            self.bar.tell(Tone.ERROR, _("附件库里找不到这个文件，请从备份恢复。"))
        elif self._page is None:
            told = _("附件可能写明谁投诉举报；这次查看已留有记录。") if file.secret else ""
            page = FileView(file.name, content, told)
            page.left.connect(self._leave)
            page.kept.connect(lambda: self._save_file(file))
            self._show_page(page)

    def _save_file(self, file: "Attachment") -> None:
        from desktop.rules.filenames import safe_name
        from desktop.usecases import attachments

        chosen = self.ask_path(safe_name(file.name))
        if not chosen:
            return
        path, acting = Path(chosen), self._context.acting()
        self._context.tasks.run(
            lambda office: (path, attachments.export(office, file.id, path, acting)),
            self._saved_file,
            self._failed,
        )

    def _saved_file(self, found: tuple[Path, bool]) -> None:
        path, kept = found
        if kept:
            self._context.said.emit(_("已另存为 {path}。").format(path=path), 0)
        else:
            said = _("附件库里找不到这个文件，请从备份恢复。")
            self.bar.tell(Tone.ERROR, said)

    def _failed(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is not None:
            self.bar.tell(Tone.ERROR, words)
        elif isinstance(error, OSError):
            self.bar.tell(Tone.ERROR, _("文件写不进去，请换一个位置再试。"))
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _ask_path(self, name: str) -> str:
        from PySide6.QtWidgets import QFileDialog

        chosen, _kinds = QFileDialog.getSaveFileName(self, _("另存为"), name)
        return chosen

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
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.pane)
        self._split.addWidget(self._nothing)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([640, 400])
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane.toolbar)
        column.addWidget(self.bar)
        column.addWidget(self._split, 1)
        kept = self._context.settings.value(_SPLIT)
        if isinstance(kept, QByteArray):
            self._split.restoreState(kept)
        return main

    def _connect(self) -> None:
        self.pane.new_wanted.connect(self.start_new)
        self.pane.current.connect(self._select)
        self.pane.chosen.connect(lambda _row: self.record.enter())
        self.pane.import_wanted.connect(self.start_import)
        self.pane.export_wanted.connect(self.start_export)
        self.pane.book_wanted.connect(lambda: self._leave_then(self.prints.start_book))
        self.pane.papers_wanted.connect(lambda kind: self.prints.print_papers(kind))
        self._split.splitterMoved.connect(
            lambda: self._context.settings.setValue(_SPLIT, self._split.saveState())
        )
        correct = QShortcut(QKeySequence("F2"), self._main)
        correct.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        correct.activated.connect(self._correct)
        find = QShortcut(QKeySequence.StandardKey.Find, self._main)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def _connect_record(self, record: "RecordPane") -> None:
        record.step.connect(self._take_step)
        record.correction.connect(self._correct)
        record.undo.connect(self._undo_last)
        record.origin.connect(self._reply_to_origin)
        record.points.edit.connect(self._edit_points)
        record.handlers.wanted.connect(self._name)
        record.handlers.released.connect(self._release)
        record.handlers.lifted.connect(self._lift)
        record.links.wanted.connect(self._link)
        record.links.dropped.connect(self._unlink)
        record.links.opened.connect(self._go_to)
        record.sheet.connect(self._print_sheet)
        record.letter.connect(self._read_letter)
        record.file.connect(self._save_file)
        record.files.looked.connect(self._look_at)
        record.reveal.connect(self._reveal)
        record.case.connect(lambda case: self._context.wanted.emit("case_file", case))
