"""工作日历: the year at a glance, the odd days as a list, and the office's own entries."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.rules.workdays import Day
from desktop.text import N_, _, format_date
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.forms import DateField, LineField, RadioField
from desktop.ui.common.labels import button, label, tool
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import side_by_side
from desktop.ui.common.pills import Pill
from desktop.ui.common.table import Column, ListModel
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.compared import ComparedPanel
from desktop.ui.office.editcard import EditCard
from desktop.ui.office.page import OfficePage
from desktop.ui.office.yearview import (
    MARK_NAMES,
    MARK_STATUS,
    MARK_WORDS,
    Mark,
    OddDay,
    YearView,
    weekday_words,
)
from desktop.usecases import calendars
from desktop.usecases.calendars import CalendarYear
from desktop.usecases.drafts import Draft
from desktop.usecases.office import Done, Office

_FIRST, _LAST = 2004, 2100  # the years that can be looked at


class CalendarPage(OfficePage):
    """Shows one year; a click on a day begins an entry for it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "calendar",
            _("工作日历"),
            _("期限按工作日计算时以这里为准：先看本单位补录，再看国务院公布的安排，最后看星期。"),
            parent,
        )
        self._context = context
        self._wanted = context.today().year
        self._seen: CalendarYear | None = None
        self.year = YearView(context.today())
        self.notice = MessageBar()
        self.notice.setObjectName("calendar.notice")
        self._title = label("", "title")
        self.model: ListModel[OddDay] = ListModel(_columns(), lambda odd: odd.day)
        self.list: ListView[OddDay] = ListView(self.model, _("特殊日期"), context.settings)
        self.list.setObjectName("calendar.list")
        self.list.set_empty("calendar", _("这一年还没有放假和调休的安排。"))
        self.add_button = button(_("补录一天(&A)"), "", "add")
        self.drop_button = button(_("删去补录(&D)"), "", "delete")
        self.compared = ComparedPanel(context)
        self.card = EditCard("calendar.entry", _fields(), context)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.year)

    def reload(self) -> None:
        """Read the year anew."""
        wanted = self._wanted
        self._context.ask(lambda office: calendars.year(office, wanted), self._show)

    def has_unsaved(self) -> bool:
        """Whether an entry is typed and not yet kept."""
        return self.card.has_unsaved()

    def show_year(self, wanted: int) -> None:
        """Look at another year."""
        if _FIRST <= wanted <= _LAST:
            self._wanted = wanted
            self.reload()

    def leave(self) -> None:
        """Put an open entry away first, then the list of what moved; then go back."""
        if not self.card.isHidden():
            self.card.leave()
        elif self.compared.isVisible():
            self.compared.put_away()
        else:
            super().leave()

    # -- showing -------------------------------------------------------------------------------

    def _show(self, seen: CalendarYear) -> None:
        self._seen = seen
        self._title.setText(_("{year} 年").format(year=seen.year))
        own = {entry.day for entry in seen.overrides}
        odd = [_odd(day, own=day.day in own) for day in seen.odd_days]
        self.year.show_year(seen.year, odd)
        self.model.set_rows(odd)
        self._show_notice(seen)
        self._enable()

    def _show_notice(self, seen: CalendarYear) -> None:
        if seen.published:
            self.notice.clear()
        elif seen.confirmed:
            said = _("{year} 年没有随程序附带的放假安排；本单位已确认全部录入，按录入的计算。")
            self.notice.tell(
                Tone.INFO,
                said.format(year=seen.year),
                ("open", _("取消确认")),
                closable=False,
            )
        else:
            said = _(
                "{year} 年的放假安排还没有收入本程序，只按星期计算；落在这一年的到期日都标为“暂定”。"
                "国务院办公厅公布以后，把放假和调休的日子逐日补录，再确认录全。"
            )
            self.notice.tell(
                Tone.WARN,
                said.format(year=seen.year),
                ("confirm", _("本年安排已录全")),
                closable=False,
            )

    def _enable(self) -> None:
        row = self.list.current_row()
        if self._context.allow(self.drop_button, "calendar.drop"):
            self.drop_button.setEnabled(row is not None and row.mark in _OWN)
        self._context.allow(self.add_button, "calendar.override")

    # -- doing ---------------------------------------------------------------------------------

    def _begin(self, day: date) -> None:
        if self._context.refuses("calendar.override"):
            return
        if self.card.has_unsaved():
            return
        odd = next((one for one in self.model.rows() if one.day == day), None)
        working = odd is not None and odd.mark in (Mark.WORK, Mark.OWN_WORK)
        name = odd.label if odd is not None else ""
        self.card.open_card(
            _("补录：{day} {weekday}").format(day=format_date(day), weekday=weekday_words(day)),
            0,
            {"day": day, "working": working, "label": name},
        )
        self.card.form.enter("working")
        self.list.select(day)

    def continue_draft(self, draft: Draft) -> None:
        """Open the entry of a draft."""
        day = draft.values.get("day")
        self._begin(day if isinstance(day, date) else self.year.day())

    def _begin_by_hand(self) -> None:
        self._begin(self.year.day())

    def _save(self, _key: object, values: dict[str, object]) -> None:
        day = values["day"]
        picked = day if isinstance(day, date) else None
        working, name = bool(values["working"]), str(values["label"])
        acting = self._context.acting()

        def job(office: Office) -> Done[None]:
            return calendars.set_override(office, picked, working, name, acting)

        self._context.do(job, self._saved, self.card.refuse)

    def _saved(self, done: Done[None]) -> None:
        day = self.card.form.values()["day"]
        self.card.accept()
        if isinstance(day, date):
            said = _("已补录 {day}。").format(day=format_date(day))
            self._context.said.emit(said, done.event)
            self._wanted = day.year
            self.year.select(day)
        self.year.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()
        self._compare()

    def _drop(self) -> None:
        row = self.list.current_row()
        entry = next(
            (o for o in (self._seen.overrides if self._seen else ()) if row and o.day == row.day),
            None,
        )
        if entry is None:
            return
        acting = self._context.acting()
        self._context.do(
            lambda office: calendars.drop_override(office, entry.id, acting),
            self._dropped,
            self._failed,
        )

    def _dropped(self, done: Done[None]) -> None:
        self._context.said.emit(_("已删去补录，改按公布的安排和星期计算。"), done.event)
        self.reload()
        self._compare()

    def _answer(self, key: str) -> None:
        if self._context.refuses("calendar.confirm"):
            return
        wanted, acting = self._wanted, self._context.acting()
        self._context.do(
            lambda office: calendars.confirm_year(office, wanted, key == "confirm", acting),
            self._confirmed,
            self._failed,
        )

    def _confirmed(self, done: Done[None]) -> None:
        self._context.said.emit(_("已更改 {year} 年的确认。").format(year=self._wanted), done.event)
        self.reload()

    def _compare(self) -> None:
        """Show which deadlines moved by the change, before and after (期限重算前后对照)."""
        self._context.ask(calendars.compared, self.compared.compare)

    def _failed(self, error: BaseException) -> None:
        tell_trouble(self.bar, error)

    # -- making --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.add_button.setObjectName("calendar.add")
        self.drop_button.setObjectName("calendar.drop")
        self.add_button.clicked.connect(self._begin_by_hand)
        self.drop_button.clicked.connect(self._drop)
        self.year.picked.connect(self._begin)
        self.list.current.connect(self._current_changed)
        self.list.chosen.connect(lambda row: self._begin(row.day))
        self.notice.clicked.connect(self._answer)
        self.card.wanted.connect(self._save)
        self.compared.left.connect(self.year.setFocus)
        self.compared.chosen.connect(lambda one: self._context.wanted.emit("complaint", one))

    def _current_changed(self, row: OddDay | None) -> None:
        if row is not None:
            self.year.select(row.day)
        self._enable()

    def _lay_out(self) -> None:
        before = tool("chevron_left", _("上一年"), lambda: self.show_year(self._wanted - 1))
        after = tool("chevron_right", _("下一年"), lambda: self.show_year(self._wanted + 1))
        before.setObjectName("calendar.before")
        after.setObjectName("calendar.after")
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(before)
        head.addWidget(self._title)
        head.addWidget(after)
        head.addSpacing(theme.LARGE)
        for mark, said in _LEGEND:
            head.addWidget(Pill(_(MARK_WORDS[mark]), MARK_STATUS[mark]))
            head.addWidget(label(_(said), "quiet"))
            head.addSpacing(theme.SMALL)
        head.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self.year)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        split = side_by_side(scroll, self._side(), (1, 0), [theme.em(70), theme.em(27)])
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setChildrenCollapsible(False)
        whole.addWidget(split)
        whole.addWidget(self.compared)
        whole.setSizes([theme.em(30), theme.em(16)])
        self.body.addLayout(head)
        self.body.addWidget(self.notice)
        self.body.addWidget(whole, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(theme.em(25))
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.add_button)
        row.addWidget(self.drop_button)
        row.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.LARGE, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self.card)
        return side


_OWN = (Mark.OWN_REST, Mark.OWN_WORK)
_LEGEND = (
    (Mark.REST, N_("放假")),
    (Mark.WORK, N_("调休上班")),
    (Mark.OWN_REST, N_("本单位补录")),
)


def _odd(day: Day, *, own: bool) -> OddDay:
    if own:
        return OddDay(day.day, Mark.OWN_WORK if day.working else Mark.OWN_REST, day.label)
    return OddDay(day.day, Mark.WORK if day.working else Mark.REST, day.label)


def _columns() -> list[Column[OddDay]]:
    return [
        Column("day", _("日期"), lambda o: format_date(o.day), width=6.5),
        Column("weekday", _("星期"), lambda o: weekday_words(o.day), lambda o: o.day, width=5.5),
        Column("mark", _("种类"), lambda o: _(MARK_NAMES[o.mark]), width=3.5, status=_status),
        Column("label", _("名称"), lambda o: o.label, width=6, stretch=True),
    ]


def _status(odd: OddDay) -> Status:
    return MARK_STATUS[odd.mark]


def _fields() -> list[DateField | RadioField | LineField]:
    return [
        DateField("day", _("日期"), required=True),
        RadioField(
            "working",
            _("这一天"),
            required=True,
            choices=[(False, _("放假")), (True, _("上班"))],
        ),
        LineField("label", _("名称"), required=True, hint=_("例如：春节、春节调休。")),
    ]
