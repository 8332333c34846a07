"""发文登记簿: list left, the letter right, and the page of a step in place of both."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import FormPage
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.letters.bookview import BookView
from desktop.ui.letters.forms import BookForm, DispatchPage, ReservePage, SealPage, VoidPage
from desktop.ui.letters.gaps import GapsPage, broken_words
from desktop.ui.letters.mailing import ENVELOPE, LABEL, MailPage
from desktop.ui.letters.papers import PaperPage
from desktop.ui.office.page import OfficePage
from desktop.usecases import letterbook, lettermail, letterprints
from desktop.usecases.drafts import Draft, Place
from desktop.usecases.letterbook import Entry, Row, SeriesReport
from desktop.usecases.lettermail import Mail, Size
from desktop.usecases.office import Acting, Done, Office

#: Pages that are about one letter; their drafts go by it.
_ON_ONE = ("letters.seal", "letters.dispatch", "letters.void")

_Mailing = tuple[str, Sequence[Mail], Mapping[str, Sequence[Size]]]


class LetterBookPage(QWidget):
    """The letter book as a clerk works with it; `closed` goes back to the tabs."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letters")
        self._context = context
        self._page: QWidget | None = None
        self._wanted = 0
        self._mailed = 0
        self.ask_word: Callable[[str], str] = self._ask_word
        self.view = BookView(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.view.list)
        self._connect()

    # -- what the window calls -----------------------------------------------------------------

    def reload(self) -> None:
        """Read the book anew; what is being typed on a page stays as it is."""
        self._context.ask(_read, self._show_book)

    def has_unsaved(self) -> bool:
        """Whether a page holds something that was typed and not saved."""
        return isinstance(self._page, FormPage) and self._page.form.dirty()

    def open_letter(self, letter: int) -> None:
        """Show one letter of the book, whatever the list was showing before."""
        self._leave()
        self._wanted = letter
        self.reload()

    # -- the book ------------------------------------------------------------------------------

    def _show_book(self, seen: tuple[tuple[Row, ...], tuple[SeriesReport, ...]]) -> None:
        rows, reports = seen
        broken = [one for one in reports if not one.whole]
        if broken:
            self.view.bar.tell(Tone.ERROR, broken_words(broken), ("gaps", _("核对编号")))
        wanted, self._wanted = self._wanted, 0
        self.view.show_rows(rows, wanted)

    def _select(self, row: Row | None) -> None:
        if row is None:
            self.view.record.show_nothing()
            return
        letter = row.letter.id
        self._context.ask(lambda office: letterbook.entry(office, letter), self._show_entry)

    def _show_entry(self, entry: Entry) -> None:
        row = self.view.list.current_row()
        if row is None or row.letter.id != entry.row.letter.id:
            return
        record = self.view.record
        record.show_entry(entry)
        if record.has_sheet() and not record.needs_asking():
            self._read_sheet()

    def _read_sheet(self) -> None:
        entry = self.view.record.entry
        if entry is None:
            return
        letter, acting = entry.row.letter.id, self._context.acting()
        self._context.tasks.run(
            lambda office: (letter, letterprints.read(office, letter, acting)),
            self._show_sheet,
            self._no_sheet,
        )

    def _show_sheet(self, read: tuple[int, bytes]) -> None:
        entry = self.view.record.entry
        if entry is not None and entry.row.letter.id == read[0]:
            self.view.record.show_sheet(read[1])

    def _no_sheet(self, error: BaseException) -> None:
        if isinstance(error, LookupError):
            self.view.record.show_lost()
        else:
            tell_trouble(self.view.bar, error)

    # -- steps ---------------------------------------------------------------------------------

    def _step(self, key: str) -> None:
        entry = self.view.record.entry
        if entry is None:
            return
        row = entry.row
        letter, acting = row.letter.id, self._context.acting()
        match key:
            case "seal":
                self._open(SealPage(self._context, row, self._names()))
            case "dispatch":
                self._open(DispatchPage(self._context, row, entry.reply_way))
            case "void":
                self._open(VoidPage(self._context, row))
            case "next":
                self._use_next(row)
            case "envelope" | "label":
                self._mail(key, [letter])
            case "word":
                self._save_word(row)
            case "open":
                self._open_subject(row)
            case "void_page":
                self._ask_paper(
                    _("作废页"),
                    f"{letterprints.file_name(row.letter)} {_('作废页')}",
                    lambda office: letterprints.print_void(office, letter, acting),
                )

    def _names(self) -> list[str]:
        known = self._context.directory
        return [*(one.name for one in known.clerks), *(one.name for one in known.persons)]

    def _use_next(self, row: Row) -> None:
        letter, acting = row.letter.id, self._context.acting()
        self._context.do(
            lambda office: letterbook.use_next(office, letter, acting),
            self._told_next,
            self._failed,
        )

    def _told_next(self, done: Done[None]) -> None:
        self._context.said.emit(_("已改变下一份文书使用的编号。"), done.event)
        self.reload()

    def _open_subject(self, row: Row) -> None:
        letter = row.letter
        round_ = letter.subject == "round_unit"
        kind = "round" if round_ else letter.subject
        self._context.wanted.emit(kind, letter.round if round_ else letter.subject_id)

    def _save_word(self, row: Row) -> None:
        name = self.ask_word(f"{letterprints.file_name(row.letter)}.docx")
        if not name:
            return
        path, letter = Path(name).with_suffix(".docx"), row.letter.id
        acting = self._context.acting()
        self._context.tasks.run(
            lambda office: _write(path, letterprints.word(office, letter, acting)),
            self._word_saved,
            self._failed,
        )

    def _word_saved(self, path: Path) -> None:
        said = _("已另存为 {path}。版式与 PDF 相近，以 PDF 为准。").format(path=path)
        self.view.bar.tell(Tone.INFO, said)

    def _ask_word(self, name: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("另存为 Word"), name, _("Word 文档 (*.docx)")
        )
        return chosen

    # -- papers --------------------------------------------------------------------------------

    def _print_book(self) -> None:
        year, acting = self.view.year() or self._context.today().year, self._context.acting()
        title = _("{year} 年发文登记簿").format(year=year)
        self._ask_paper(title, title, lambda office: letterprints.print_book(office, year, acting))

    def _ask_paper(self, title: str, name: str, job: Callable[[Office], bytes]) -> None:
        self._context.tasks.run(
            lambda office: (title, name, job(office)), self._show_paper, self._failed
        )

    def _show_paper(self, made: tuple[str, str, bytes]) -> None:
        title, name, pdf = made
        self._open_plain(PaperPage(title, pdf, name))

    def _mail(self, what: str, chosen: Sequence[int]) -> None:
        acting = self._context.acting()
        self._mailed = chosen[0] if chosen else 0
        self._context.tasks.run(
            lambda office: _mailing(office, what, chosen, acting), self._open_mail, self._failed
        )

    def _open_mail(self, mailing: _Mailing) -> None:
        self._open(MailPage(self._context, *mailing), self._mailed)

    def _check_numbers(self) -> None:
        self._context.ask(letterbook.gaps, self._show_gaps)

    def _show_gaps(self, reports: Sequence[SeriesReport]) -> None:
        page = GapsPage(self._context)
        page.show_report(reports)
        self._open_plain(page)

    # -- pages ---------------------------------------------------------------------------------

    def _open(self, page: BookForm, letter: int = 0) -> None:
        page.finished.connect(self._finish)
        page.cancelled.connect(self._leave)
        entry = self.view.record.entry
        place, label = Place(page.objectName()), page.heading()
        if entry is not None and page.objectName() in _ON_ONE:
            place = Place(page.objectName(), "letter", entry.row.letter.id)
            label = f"{entry.row.letter.number} · {label}"
        elif letter:
            place = Place(page.objectName(), "mail", letter)
        self._context.drafts.attach(page, place, label)
        self._put(page)

    def continue_draft(self, draft: Draft) -> None:
        """Open the page of a draft."""
        letter, form = draft.place.subject_id, draft.place.form
        if form == "letters.reserve":
            self._reserve()
        elif form == "letters.mail":
            self._mail(ENVELOPE, [letter])
        elif form in _ON_ONE:
            self.open_letter(letter)
            self._context.ask(
                lambda office: letterbook.entry(office, letter),
                lambda entry: self._step_on(entry, form.removeprefix("letters.")),
            )

    def _step_on(self, entry: Entry, step: str) -> None:
        self.view.record.show_entry(entry)
        self._step(step)

    def _open_plain(self, page: OfficePage) -> None:
        page.closed.connect(self._leave)
        self._put(page)

    def _put(self, page: QWidget) -> None:
        self._drop()
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        if self._page is not None:
            self._stack.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None

    def _leave(self) -> None:
        self._drop()
        self._stack.setCurrentWidget(self.view)
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, sentence: str, event: int, letter: int) -> None:
        self._context.said.emit(sentence, event)
        self.open_letter(letter)

    def _failed(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is not None:
            self.view.bar.tell(Tone.ERROR, words)
        elif isinstance(error, LookupError):
            self.view.record.show_lost()
        else:
            tell_trouble(self.view.bar, error)

    def _bar_clicked(self, key: str) -> None:
        if key == "gaps":
            self._check_numbers()

    def _mail_chosen(self) -> None:
        self._mail(LABEL if len(self.view.chosen()) > 1 else ENVELOPE, self.view.chosen())

    def _connect(self) -> None:
        view = self.view
        view.closed.connect(self.closed)
        view.list.current.connect(self._select)
        view.list.wanted.connect(self._reserve)
        view.record.chosen.connect(self._step)
        view.record.wanted.connect(self._read_sheet)
        view.reserve_button.clicked.connect(self._reserve)
        view.gaps_button.clicked.connect(self._check_numbers)
        view.print_book_button.clicked.connect(self._print_book)
        view.mail_button.clicked.connect(self._mail_chosen)
        view.bar.clicked.connect(self._bar_clicked)

    def _reserve(self) -> None:
        self._open(ReservePage(self._context))


def _read(office: Office) -> tuple[tuple[Row, ...], tuple[SeriesReport, ...]]:
    return letterbook.book(office), letterbook.gaps(office)


def _mailing(office: Office, what: str, chosen: Sequence[int], acting: Acting) -> _Mailing:
    sizes: dict[str, Sequence[Size]] = {
        ENVELOPE: lettermail.envelope_sizes(office),
        LABEL: lettermail.label_sizes(office),
    }
    return what, lettermail.mails(office, chosen, acting), sizes


def _write(path: Path, content: bytes) -> Path:
    letterprints.write(path, content)
    return path
