"""The papers of the complaint shown: its letters to read, and what is printed without a number."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop.text import _
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.trouble import tell_failure
from desktop.ui.complaints.actions import APPROVAL_SHEET, CONTENTS_SHEET, TRANSCRIPT
from desktop.ui.complaints.page import Made
from desktop.ui.complaints.papers import LetterView, Paper, contents_paper, paper_of
from desktop.ui.complaints.record import RecordPane
from desktop.ui.complaints.stage import Stage
from desktop.ui.context import Context
from desktop.usecases import letters, looking, register, sheets
from desktop.usecases.office import Acting, Office
from desktop.usecases.records import Letter
from desktop.usecases.register import ComplaintView
from desktop.usecases.sheets import ApprovalDraft, TranscriptBeginning

# The page of a paper is loaded when it is opened.
if TYPE_CHECKING:
    from desktop.ui.complaints.paperpage import PaperPage

T = TypeVar("T")


class Paperwork(QObject):
    """Asks the office for a paper and shows it, or the page on which it is filled in."""

    def __init__(
        self,
        context: Context,
        record: RecordPane,
        stage: Stage,
        bar: MessageBar,
        open_form: Callable[["PaperPage"], None],
    ) -> None:
        super().__init__(record)
        self._context, self._record, self._stage, self._bar = context, record, stage, bar
        self._open_form = open_form
        record.sheet.connect(self.print_sheet)
        record.letter.connect(self.read_letter)

    def print_sheet(self, key: str) -> None:
        """Open a paper that has no number of its own: for the leader, or for the file."""
        view = self._record.view
        if view is None:
            return
        complaint, acting = view.complaint.id, self._context.acting()
        if key == TRANSCRIPT:
            self._run(
                lambda office: (complaint, sheets.transcript_beginning(office, complaint, acting)),
                self._open_transcript,
            )
        elif key == APPROVAL_SHEET:
            self._context.ask(
                lambda office: (complaint, sheets.approval_beginning(office, complaint, acting)),
                self._open_approval,
            )
        elif key == CONTENTS_SHEET:
            number = view.complaint.number
            self._run(
                lambda office: contents_paper(office, complaint, number, acting), self._show_paper
            )
        else:
            self._run(lambda office: _intake_paper(office, view, acting), self._show_paper)

    def read_letter(self, letter: Letter) -> None:
        """Show a letter of the complaint; of one that says who complained the look is on record."""
        view = self._record.view
        if view is None:
            return
        number, acting = view.complaint.number, self._context.acting()

        def read(office: Office) -> Paper:
            pdf = looking.read_letter(office, letter.subject_id, letter.id, acting)
            return paper_of(letter, number, pdf)

        self._run(read, self._show_paper)

    def show_made(self, made: Made) -> None:
        """Show a letter that was made just now, so that it can be printed at once."""
        today = self._context.today()

        def read(office: Office) -> Paper:
            view = register.view(office, made.complaint, today)
            letter = next(one for one in view.letters if one.id == made.letter)
            return paper_of(letter, made.number, letters.pdf(office, letter.id))

        self._run(read, self._show_paper)

    def _open_approval(self, found: tuple[int, ApprovalDraft]) -> None:
        from desktop.ui.complaints.sheets import ApprovalPage

        complaint, start = found
        if (view := self._still_shown(complaint)) is not None:
            self._open_form(ApprovalPage(self._context, view, start))

    def _open_transcript(self, found: tuple[int, TranscriptBeginning]) -> None:
        from desktop.ui.complaints.transcript import TranscriptPage

        complaint, begin = found
        if (view := self._still_shown(complaint)) is not None:
            self._open_form(TranscriptPage(self._context, view, begin))

    def _still_shown(self, complaint: int) -> ComplaintView | None:
        """The complaint that was asked about, unless the clerk has gone on meanwhile."""
        view = self._record.view
        known = view is not None and view.complaint.id == complaint and self._stage.page is None
        return view if known else None

    def _show_paper(self, paper: Paper) -> None:
        if self._stage.page is None:
            page = LetterView(paper)
            page.left.connect(self._stage.leave)
            self._stage.show_page(page)

    def _run(self, job: Callable[[Office], T], then: Callable[[T], None]) -> None:
        self._context.tasks.run(job, then, self._failed)

    def _failed(self, error: BaseException) -> None:
        tell_failure(self._bar, error)


def _intake_paper(office: Office, view: ComplaintView, acting: Acting) -> Paper:
    """The 投诉登记表, which names who complained."""
    number, named = view.complaint.number, view.complainants > 0
    pdf = sheets.intake_sheet(office, view.complaint.id, acting)
    told = _("登记表载有投诉举报人的身份；这次查看已留有记录。") if named else ""
    name = _("{number} 投诉登记表").format(number=number)
    return Paper(_("投诉登记表"), number, pdf, name, warning=told)
