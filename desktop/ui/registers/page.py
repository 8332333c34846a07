"""A register kept apart: its list left, the entry right, and a form or paper in place of both."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.actionpage import EntryForm
from desktop.ui.common import theme
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.fileview import FileView
from desktop.ui.common.forms import FormPage
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.panes import on_top, remember, side_by_side, upright
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.record import Event, Facts, Header, NextStep, QuietTabs, Timeline
from desktop.ui.common.table import Column, ListModel
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.ui.registers.form import VoidForm
from desktop.usecases.drafts import Draft, Place
from desktop.usecases.office import Done, Office
from desktop.usecases.records import Event as LogEvent

R = TypeVar("R")


class EntryPane(QStackedWidget):
    """One entry: number, what can be done, what is known, what was done."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.header = Header()
        self.steps = NextStep()
        self.steps.setObjectName(f"{name}.steps")
        self.steps.main.setObjectName(f"{name}.next")
        self.steps.more.setObjectName(f"{name}.more")
        self.facts = Facts()
        self.timeline = Timeline()
        self.tabs = QuietTabs()
        self.tabs.add("facts", _("登记"), on_top(self.facts))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        for part in (self.header, self.steps):
            column.addWidget(part)
        column.addWidget(self.tabs, 1)
        scroll = upright(inside)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.addWidget(EmptyState("list", empty))
        self.addWidget(scroll)
        theme.on_change(self._fit)
        self._fit()

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self.setCurrentIndex(0)

    def show_entry(self) -> None:
        """Something is."""
        self.setCurrentIndex(1)

    def _fit(self) -> None:
        self.setMinimumWidth(theme.em(26))


class RegisterPage(QWidget, Generic[R]):
    """Reads the rows, shows them, opens forms; `closed` goes back to the tabs."""

    closed = Signal()

    def __init__(
        self,
        context: Context,
        name: str,
        words: tuple[str, str, str],
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
    ) -> None:
        """`words`: title, explanation, what stands in place of an entry while none is chosen."""
        super().__init__()
        self.setObjectName(name)
        self.name, self.context, self.key = name, context, key
        self._page: QWidget | None = None
        self._wanted = 0
        self._rows: Sequence[R] = ()
        self.view = OfficePage(f"{name}.book", words[0], words[1])
        self.model: ListModel[R] = ListModel(columns, key)
        self.list: ListView[R] = ListView(self.model, words[0], context.settings)
        self.list.setObjectName(f"{name}.list")
        self.filters = FilterBar([Filter("all", _("全部"))])
        self.filters.setObjectName(f"{name}.filters")
        self.tally = label("", "quiet", wrap=True)
        self.tally.setObjectName(f"{name}.tally")
        self.record = EntryPane(name, words[2])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.list)
        self._lay_out()
        self.view.closed.connect(self.closed)
        self.list.current.connect(self._select)
        self.list.chosen.connect(lambda _row: self.record.steps.main.setFocus())
        self.list.wanted.connect(self.start_new)
        self.filters.chosen.connect(lambda _key: self._filter())
        self.record.steps.chosen.connect(self.step)

    # -- what each register says for itself ----------------------------------------------------

    def reload(self) -> None:
        """Read the register anew; what is being typed stays as it is."""
        raise NotImplementedError

    def start_new(self) -> None:
        """Open the form of a new entry."""
        raise NotImplementedError

    def show_row(self, row: R) -> None:
        """Show an entry."""
        raise NotImplementedError

    def step(self, key: str) -> None:
        """Do something with the entry shown."""
        raise NotImplementedError

    def passes(self, row: R, key: str) -> bool:
        """Say whether a row belongs to a filter."""
        raise NotImplementedError

    # -- what the window calls -----------------------------------------------------------------

    def has_unsaved(self) -> bool:
        """Whether a form holds something that was typed and not saved."""
        return isinstance(self._page, FormPage) and self._page.form.dirty()

    def open_record(self, entry: int) -> None:
        """Show an entry, whatever the list was showing before."""
        self.leave_page()
        self._wanted = entry
        self.reload()

    def continue_draft(self, draft: Draft) -> None:
        """Open the form of a draft."""
        form = draft.place.form.removeprefix(f"{self.name}.")
        if form == "register":
            self.start_new()
        else:
            self.open_record(draft.place.subject_id)
            self.after_shown(lambda: self.step(form))

    # -- the list ------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[R], filters: Sequence[tuple[str, str]]) -> None:
        """Show these rows under these filters (key and word)."""
        self._rows = rows
        self.filters.set_filters(
            [Filter(key, word, sum(self.passes(row, key) for row in rows)) for key, word in filters]
        )
        self._filter()

    def _filter(self) -> None:
        wanted, self._wanted = self._wanted, 0
        key = self.filters.current()
        shown = [row for row in self._rows if self.passes(row, key)]
        if wanted and not any(self.key(row) == wanted for row in shown):
            self.filters.choose("all")
            shown = list(self._rows)
        self.model.set_rows(shown)
        if wanted:
            self.list.select(wanted)
        elif self.list.current_row() is None and shown:
            self.list.select(self.key(shown[0]))
        if not shown:
            self.record.show_nothing()

    def _select(self, row: R | None) -> None:
        if row is None:
            self.record.show_nothing()
        else:
            self.show_row(row)

    def after_shown(self, then: Callable[[], None]) -> None:
        """Go on when everything that was asked has been shown."""
        self.context.ask(lambda _office: None, lambda _none: then())

    # -- pages ---------------------------------------------------------------------------------

    def open_form(self, page: EntryForm, entry: int = 0, number: str = "") -> None:
        """Show a form in place of the list; what is typed on it is kept as a draft."""
        if self._page is not None:
            return
        page.finished.connect(self._finish)
        page.cancelled.connect(self.leave_page)
        place = Place(page.objectName(), self.name.removesuffix("s") if entry else "", entry)
        label_ = f"{number} · {page.heading()}" if number else page.heading()
        self.context.drafts.attach(page, place, label_)
        self._put(page)

    def open_void(self, entry: int, number: str, act: Callable[[Office, str], Done[None]]) -> None:
        """Ask why an entry is void; `act(office, reason)` makes it so."""
        form = VoidForm(self.context, f"{self.name}.void", number, act, entry)
        self.open_form(form, entry, number)

    def open_paper(self, title: str, name: str, job: Callable[[Office], bytes]) -> None:
        """Show a paper in place of the list."""
        self.context.tasks.run(
            lambda office: (title, name, job(office)), self._show_paper, self.failed
        )

    def _show_paper(self, made: tuple[str, str, bytes]) -> None:
        title, name, pdf = made
        if self._page is None:
            page = PaperView(f"{self.name}.paper", title, pdf, name)
            page.closed.connect(self.leave_page)
            self._put(page)

    def show_file(self, page: FileView) -> None:
        """Show a file of an entry in place of the list."""
        if self._page is None:
            page.left.connect(self.leave_page)
            self._put(page)

    def failed(self, error: BaseException) -> None:
        """Say what went wrong above the list."""
        tell_trouble(self.view.bar, error)

    def _put(self, page: QWidget) -> None:
        self.leave_page()
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_page(self) -> None:
        """Go back to the list."""
        if self._page is not None:
            self._stack.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None
            self._stack.setCurrentWidget(self.view)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, sentence: str, event: int, entry: int) -> None:
        self.context.said.emit(sentence, event)
        self.open_record(entry)

    def add_button(self, name: str, text: str, icon: str, role: str = "") -> QPushButton:
        """Put a button beside the title."""
        made = button(text, role, icon)
        made.setObjectName(f"{self.name}.{name}")
        self.view.head.addWidget(made)
        return made

    # -- set-up --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.WIDE, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.filters)
        column.addWidget(self.tally)
        column.addWidget(self.list, 1)
        split = side_by_side(left, self.record, (3, 2), [3 << 13, 2 << 13])
        key = f"{self.name}/split"
        remember(split, self.context.settings, key)
        self.view.body.setContentsMargins(0, 0, 0, 0)
        self.view.body.addWidget(split, 1)


class PaperView(OfficePage):
    """One PDF with its preview; 返回 or Esc leaves it."""

    def __init__(self, object_name: str, title: str, pdf: bytes, name: str) -> None:
        super().__init__(object_name, title, "")
        self.preview = LetterPreview()
        self.preview.setObjectName(f"{object_name}.preview")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.preview, 1)
        self.setFocusProxy(self.preview.print_button)
        self.preview.show_letter(pdf, name)


def events(kept: Sequence[LogEvent], words: Mapping[str, str]) -> list[Event]:
    """What was done to an entry, the last first; `words` names the actions."""
    return [
        Event(
            f"{one.at:%Y-%m-%d %H:%M}",
            _(words[one.action]) if one.action in words else one.action,
            one.clerk_name,
            one.reason,
        )
        for one in reversed(kept)
    ]
