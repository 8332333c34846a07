"""The book itself: filters, the list, the letter beside it, and what is done with many at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.panes import remember, side_by_side
from desktop.ui.common.pills import Filter as Chip
from desktop.ui.common.pills import FilterBar
from desktop.ui.context import Context
from desktop.ui.letters import listing, words
from desktop.ui.letters.batch import Batch
from desktop.ui.letters.record import LetterPane
from desktop.ui.office.page import OfficePage
from desktop.usecases.letterbook import Filter, Row, Status
from desktop.usecases.letters import TITLES

_SPLIT = "letters/split"


class BookView(OfficePage):
    """Shows rows and says what is chosen; the page around it does the work."""

    def __init__(self, context: Context) -> None:
        super().__init__("letters.book", _("发文登记簿"), "")
        self._context = context
        self._rows: Sequence[Row] = ()
        self.model = listing.model()
        self.list: ListView[Row] = ListView(self.model, _("发文登记簿"), context.settings)
        self.list.setObjectName("letters.list")
        self.record = LetterPane(context)
        self.record.setObjectName("letters.record")
        self.batch = Batch(context, self, self.bar)
        self.filters = FilterBar([Chip("all", _("全部"))])
        self.filters.setObjectName("letters.filters")
        self.kinds = _combo("letters.kinds", _("文种"))
        self.years = _combo("letters.years", _("年份"))
        self.search = QLineEdit()
        self.reserve_button = self._button("reserve", _("预留编号(&N)…"), "add")
        self.gaps_button = self._button("check", _("核对编号(&G)"), "checklist")
        self.print_book_button = self._button("printbook", _("打印登记簿(&B)…"), "print")
        self.print_button = self._button("printall", _("批量打印(&P)…"), "print")
        self.join_button = self._button("join", _("合并(&J)…"), "document_pdf")
        self.save_button = self._button("saveall", _("分别保存(&V)…"), "save")
        self.mail_button = self._button("mail", _("信封和标签(&E)…"), "mail")
        context.allow(self.reserve_button, "letter.reserve")
        self._may_reserve = context.may("letter.reserve")
        self.join_button.setToolTip(_("合并成一个 PDF"))
        self.save_button.setToolTip(_("每份文书存成一个 PDF"))
        self._chosen = label("", "quiet")
        self._lay_out()
        self._connect()
        self._count_chosen()

    def show_rows(self, rows: Sequence[Row], wanted: int = 0) -> None:
        """Show the book; ``wanted`` is the letter to go to, whatever the filters say."""
        self._rows = rows
        _offer(self.kinds, [(None, _("全部文种")), *self._kinds_in(rows)])
        years = sorted({row.letter.year for row in rows}, reverse=True)
        _offer(self.years, [(None, _("全部年份")), *((year, str(year)) for year in years)])
        self._filter(wanted)

    def year(self) -> int | None:
        """Return the year that is shown, or None for all."""
        found = self.years.currentData()
        return found if isinstance(found, int) else None

    def chosen(self) -> list[int]:
        """Return the letters that are selected, from top to bottom."""
        return [row.letter.id for row in self.list.selected_rows()]

    # -- filters -------------------------------------------------------------------------------

    def _kinds_in(self, rows: Sequence[Row]) -> list[tuple[str, str]]:
        there = {row.letter.kind for row in rows}
        return [(kind, name) for kind, name in TITLES.items() if kind in there]

    def _wanted_rows(self, status: Status | None) -> Filter:
        kind = self.kinds.currentData()
        return Filter(
            kind if isinstance(kind, str) else None, self.year(), status, self.search.text()
        )

    def _filter(self, wanted: int = 0) -> None:
        if wanted and not any(row.letter.id == wanted for row in self._shown()):
            self._clear_filters()
        self.filters.set_filters(
            [
                Chip(key, word, sum(map(self._wanted_rows(status).passes, self._rows)))
                for key, word, status in (
                    ("all", _("全部"), None),
                    *((one.value, _(words.STATUSES[one][0]), one) for one in Status),
                )
            ]
        )
        shown = self._shown()
        self._say_if_empty()
        before = set(self.chosen())
        self.model.set_rows(shown)
        if wanted:
            self.list.select(wanted)
        elif len(before) > 1:
            self._choose_again(before)
        elif self.list.current_row() is None and shown:
            self.list.select(shown[0].letter.id)
        if not shown:
            self.record.show_nothing()
        self._count_chosen()

    def _choose_again(self, letters: set[int]) -> None:
        """Select the same letters as before the list was read anew, where they are still shown."""
        flag = QItemSelectionModel.SelectionFlag
        for at, row in enumerate(self.model.rows()):
            if row.letter.id in letters:
                self.list.selectionModel().select(self.model.index(at, 0), flag.Select | flag.Rows)

    def _shown(self) -> list[Row]:
        key = self.filters.current()
        status = None if key in ("", "all") else Status(key)
        return [row for row in self._rows if self._wanted_rows(status).passes(row)]

    def _clear_filters(self) -> None:
        self.filters.choose("all")
        for widget in (self.kinds, self.years, self.search):
            widget.blockSignals(True)
        self.kinds.setCurrentIndex(0)
        self.years.setCurrentIndex(0)
        self.search.clear()
        for widget in (self.kinds, self.years, self.search):
            widget.blockSignals(False)

    def _say_if_empty(self) -> None:
        if self._rows:
            self.list.set_empty("search", _("没有符合的。换一个筛选，或者清空搜索框。"))
        else:
            said = _("还没有发过文。在投诉登记、案卷和考核里制作的文书都记在这里。")
            self.list.set_empty("document_text", said, _("预留编号") if self._may_reserve else "")

    def _count_chosen(self) -> None:
        rows = self.list.selected_rows()
        there = sum(row.status is Status.USED for row in rows)
        self._chosen.setText(_("选中 {n} 份文书").format(n=there))
        free = not self.batch.running()
        for one in (self.print_button, self.join_button, self.save_button, self.mail_button):
            one.setEnabled(bool(there) and free)

    # -- making --------------------------------------------------------------------------------

    def _button(self, name: str, text: str, icon: str) -> QPushButton:
        made = button(text, "", icon)
        made.setObjectName(f"letters.{name}")
        return made

    def _connect(self) -> None:
        self.filters.chosen.connect(lambda _key: self._filter())
        self.kinds.currentIndexChanged.connect(lambda _at: self._filter())
        self.years.currentIndexChanged.connect(lambda _at: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._count_chosen())
        self.list.chosen.connect(lambda _row: self.record.steps.main.setFocus())
        self.batch.finished.connect(self._count_chosen)
        self.print_button.clicked.connect(lambda: self._all(self.batch.print_all))
        self.join_button.clicked.connect(lambda: self._all(self.batch.save_joined))
        self.save_button.clicked.connect(lambda: self._all(self.batch.save_each))

    def _all(self, act: Callable[[Sequence[int]], None]) -> None:
        act(self.chosen())
        self._count_chosen()

    def _lay_out(self) -> None:
        for one in (self.reserve_button, self.gaps_button, self.print_book_button):
            self.head.addWidget(one)
        self.search.setObjectName("letters.search")
        self.search.setPlaceholderText(_("搜索编号、标题、主送"))
        self.search.setAccessibleName(_("搜索"))
        self.search.setClearButtonEnabled(True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.WIDE, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.filters)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.kinds)
        line.addWidget(self.years)
        line.addWidget(self.search, 1)
        line.setContentsMargins(0, 0, theme.MEDIUM, 0)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        many = QWidget()
        flow = FlowLayout(many, theme.SMALL)
        flow.addWidget(self._chosen)
        for button_ in (self.print_button, self.join_button, self.save_button, self.mail_button):
            flow.addWidget(button_)
        flow.setContentsMargins(0, 0, theme.MEDIUM, theme.SMALL)
        column.addWidget(many)
        column.addWidget(self.batch.working)
        self._split = side_by_side(left, self.record, (1, 1), [1 << 15, 1 << 15])
        remember(self._split, self._context.settings, _SPLIT)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._split, 1)


def _combo(name: str, words_: str) -> Combo:
    made = Combo()
    made.setObjectName(name)
    made.setAccessibleName(words_)
    return made


def _offer(combo: Combo, choices: Sequence[tuple[object, str]]) -> None:
    """Offer other choices; what was chosen stays if it is among them."""
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for value, word in choices:
        combo.addItem(word, value)
    combo.setCurrentIndex(max(0, combo.findData(before)) if before is not None else 0)
    combo.blockSignals(False)
