"""What is printed of many complaints at once: papers of those selected, and the bound register."""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.text import N_, _, ngettext_
from desktop.ui.common import wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.tasks import Cancelled, Progress
from desktop.ui.complaints.bookpage import BookPage, BookView
from desktop.ui.complaints.listpane import ListPane
from desktop.ui.complaints.papers import LetterView, Paper
from desktop.ui.context import Context
from desktop.usecases import massprint, registerbook
from desktop.usecases.massprint import Gathered, LeftOut, Papers, Why
from desktop.usecases.office import Office
from desktop.usecases.registerbook import Book

_TITLES = {
    Papers.INTAKE: N_("投诉登记表"),
    Papers.APPROVAL: N_("领导批示单"),
    Papers.LETTERS: N_("还没发出的文书"),
}
_WHY = {
    Why.VOID: N_("作废的"),
    Why.DECIDED: N_("已经批示的"),
    Why.NAMES: N_("内容里有投诉举报人身份或者缺内容、要单独打开批示单改的"),
    Why.NO_LETTERS: N_("没有文书或者都已登记发出的"),
}
#: So many numbers are named of those left out for one reason.
_NAMED = 5


class Prints(QObject):
    """Asks the office for the papers and shows them in place of list and record."""

    def __init__(
        self,
        context: Context,
        pane: ListPane,
        bar: MessageBar,
        show: Callable[[QWidget], None],
        leave: Callable[[], None],
    ) -> None:
        """``show`` puts a page in front, ``leave`` goes back to the list."""
        super().__init__(pane)
        self._context, self._pane, self._bar = context, pane, bar
        self._show_page, self._leave = show, leave

    # -- the bound register --------------------------------------------------------------------

    def start_book(self) -> None:
        """Open 打印登记簿."""
        self._context.ask(registerbook.beginning, self._open_book)

    def _open_book(self, beginning: registerbook.Beginning) -> None:
        page = BookPage(self._context, beginning)
        page.left.connect(self._leave)
        page.made.connect(self._show_book)
        self._show_page(page)

    def _show_book(self, found: tuple[Book, bool]) -> None:
        book, two_sided = found
        view = BookView(self._context, book, two_sided=two_sided)
        view.left.connect(self._leave)
        self._show_page(view)

    # -- papers of those selected --------------------------------------------------------------

    def print_papers(self, papers: str) -> None:
        """Gather a paper of each complaint that is selected, and show them as one print."""
        self._pane.read_ids(lambda ids: self._gather(Papers(papers), ids[1]))

    def _gather(self, papers: Papers, ids: Sequence[int]) -> None:
        acting, told, total = self._context.acting(), _("正在合并…"), len(ids)
        if not ids:
            return

        def work(office: Office, progress: Progress) -> tuple[Papers, Gathered]:
            tell = lambda at: progress(told, at, total)  # noqa: E731
            return papers, massprint.gather(office, papers, ids, acting, tell)

        # nothing the lists show is changed by it: what is selected stays selected
        self._context.tasks.run_long(work, self._show_gathered, self._failed)

    def _show_gathered(self, found: tuple[Papers, Gathered]) -> None:
        papers, made = found
        title = _(_TITLES[papers])
        if not made.papers:
            said = _("没有可以打印的{title}：{left}。")
            self._bar.tell(Tone.WARN, said.format(title=title, left=left_words(made.left)))
            return
        counted = ngettext_("共 {n} 份", "共 {n} 份", made.papers).format(n=made.papers)
        name = _("{title}合并 {day}").format(title=title, day=self._context.today().isoformat())
        view = LetterView(Paper(title, counted, made.pdf, name))
        said = _("{complaints} 件的{title}，共 {papers} 份，每份从新的一张纸开始。").format(
            complaints=made.complaints, title=title, papers=made.papers
        )
        if papers is Papers.INTAKE:
            said += _("登记表载有投诉举报人的身份；这次查看已按件留有记录。")
        if made.left:
            said += _("没有包括的：{left}。").format(left=left_words(made.left))
        tone = Tone.WARN if made.left or papers is Papers.INTAKE else Tone.INFO
        view.preview.bar.tell(tone, said)
        view.left.connect(self._leave)
        self._show_page(view)

    def _failed(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if isinstance(error, Cancelled):
            self._bar.tell(Tone.INFO, _("已停止，没有打印。"))
        elif words is not None:
            self._bar.tell(Tone.ERROR, words)
        elif isinstance(error, LookupError):
            said = _("有一份文书的原件已丢失或者被改动，请在“核对编号”里查看。")
            self._bar.tell(Tone.ERROR, said)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def left_words(left: Sequence[LeftOut]) -> str:
    """Say which complaints were left out, and why, reason by reason."""
    parts = []
    for why in Why:
        numbers = [one.number for one in left if one.why is why]
        if numbers:
            more = _("等") if len(numbers) > _NAMED else ""
            line = _("{why} {n} 件（{numbers}{more}）")
            parts.append(
                line.format(
                    why=_(_WHY[why]),
                    n=len(numbers),
                    numbers=_("、").join(numbers[:_NAMED]),
                    more=more,
                )
            )
    return _("；").join(parts)
