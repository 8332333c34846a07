"""开始使用: the guide of a new office on the tab 今日, step by step; it can be left at any moment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.text import N_, _
from desktop.ui.common import icons, theme
from desktop.ui.common.labels import button, label
from desktop.usecases.beginning import MUST, Beginning, Stand, Step

#: Where a step leads: a page of the office, or the import of the register.
PLACES = {
    Beginning.SHEET: "recovery",
    Beginning.CALENDAR: "calendar",
    Beginning.PEOPLE: "people",
    Beginning.USERS: "users",
    Beginning.IMPORT: "import",
    Beginning.SECOND: "backups",
}
_WORDS = {
    Beginning.SHEET: (N_("恢复单"), N_("打印恢复单，密封存入保险柜；密码都忘了的时候只有它能打开数据文件。")),
    Beginning.CALENDAR: (N_("工作日历"), N_("核对今年和明年的放假、调休：期限按它计算。")),
    Beginning.PEOPLE: (N_("单位和人员"), N_("添加被投诉、被考核的单位；登记时也可以随手添加。")),
    Beginning.USERS: (N_("同事的用户"), N_("为每位同事添加用户，各用各的密码；只有您一个人用的，跳过。")),
    Beginning.IMPORT: (N_("导入旧台账"), N_("以前用电子表格登记的，可以导入；新开始的，跳过。")),
    Beginning.SECOND: (N_("第二个盘的备份"), N_("选定一个专用的 U 盘或者移动硬盘，备份一次。")),
}  # fmt: skip
_LACKS = N_(
    "{year} 年的放假安排还没有收入；公布以后补录，补录以前期限标为“暂定”。还没有公布的，跳过。"
)
_LINK_EDGE = 3  # pixels that a link keeps free on its left
_ICONS = {Stand.DONE: "checkmark_circle", Stand.OPEN: "circle", Stand.SKIPPED: "arrow_right"}


class BeginningCard(QFrame):
    """Shows the steps while one is open.

    ``wanted(place)`` leads to one, ``aside(Beginning)`` skips it, ``back(Beginning)`` lists it
    again, ``checked`` says that the calendar was looked at.
    """

    wanted = Signal(str)
    aside = Signal(object)
    back = Signal(object)
    checked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("today.beginning")
        self.setProperty("role", "card")
        self._steps: tuple[Step, ...] = ()
        self._may = False
        self._where = label("", "quiet")
        self._where.setObjectName("today.beginning.where")
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(label(_("开始使用"), "heading"))
        head.addWidget(self._where)
        head.addStretch(1)
        self._list: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        self._column.setSpacing(theme.SMALL)
        self._column.addLayout(head)
        theme.on_change(self._renew)
        self.hide()

    def show_steps(self, steps: Sequence[Step], *, may_skip: bool) -> None:
        """Show how everything stands; when no step is open any more there is no card."""
        if (tuple(steps), may_skip) != (self._steps, self._may):
            self._steps, self._may = tuple(steps), may_skip
            self._renew()
        self.setVisible(any(step.stand is Stand.OPEN for step in steps))

    def _renew(self) -> None:
        if self._list is not None:
            self._column.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SMALL)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.setColumnStretch(2, 1)
        made = Step(Beginning.SHEET, Stand.DONE)  # the office itself is the first step
        self._mark(grid, 0, made)
        grid.addWidget(_quiet(_("{n}. {step}").format(n=1, step=_("新建本单位"))), 0, 1)
        now = next((at for at, one in enumerate(self._steps) if one.stand is Stand.OPEN), None)
        for at, step in enumerate(self._steps):
            self._row(grid, at + 1, step, now=at == now)
        self._column.addWidget(self._list)
        if now is not None:
            said = _("第 {n} 步，共 {all} 步；可以随时停下，下次接着办。")
            self._where.setText(said.format(n=now + 2, all=len(self._steps) + 1))

    def _mark(self, grid: QGridLayout, row: int, step: Step) -> None:
        picture = QLabel()
        tone = theme.colours().accent if step.stand is Stand.OPEN else theme.colours().quiet
        ratio = self.devicePixelRatio()
        picture.setPixmap(icons.pixmap(_ICONS[step.stand], tone, theme.px(18), ratio))
        grid.addWidget(picture, row, 0)

    def _row(self, grid: QGridLayout, row: int, step: Step, *, now: bool) -> None:
        name, said = (_(words) for words in _WORDS[step.what])
        self._mark(grid, row, step)
        numbered = _("{n}. {step}").format(n=row + 1, step=name)
        if step.stand is not Stand.OPEN:
            grid.addWidget(_quiet(numbered), row, 1)
            if step.stand is Stand.SKIPPED:
                self._skipped(grid, row, step.what, name)
            return
        lead = button(numbered, "link")
        lead.setObjectName(f"today.beginning.{step.what}")
        lead.setAccessibleName(name)
        words = _(_LACKS).format(year=step.lacks) if step.lacks else said
        hint = label(words, "" if now else "quiet", wrap=True)
        go = button(_("去办理"), "primary" if now else "", "arrow_right")
        go.setObjectName(f"today.beginning.{step.what}.go")
        go.setAccessibleName(_("去办理：{what}").format(what=name))
        place = PLACES[step.what]
        for one in (lead, go):
            one.clicked.connect(lambda: self.wanted.emit(place))
        grid.addWidget(lead, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(hint, row, 2)
        if step.what is Beginning.CALENDAR and not step.lacks and self._may:
            checked = button(_("已核对"))
            checked.setObjectName("today.beginning.calendar.checked")
            checked.clicked.connect(self.checked)
            grid.addWidget(checked, row, 3)
        grid.addWidget(go, row, 4)
        if self._may and step.what not in MUST:
            grid.addWidget(self._skip(step.what, name), row, 5)

    def _skipped(self, grid: QGridLayout, row: int, what: Beginning, name: str) -> None:
        grid.addWidget(label(_("已跳过"), "quiet"), row, 2)
        if self._may:
            back = button(_("找回"), "flat")
            back.setObjectName(f"today.beginning.{what}.back")
            back.setAccessibleName(_("找回：{what}").format(what=name))
            back.clicked.connect(lambda: self.back.emit(what))
            grid.addWidget(back, row, 5)

    def _skip(self, what: Beginning, name: str) -> QWidget:
        made = button(_("跳过"), "flat")
        made.setObjectName(f"today.beginning.{what}.aside")
        made.setAccessibleName(_("跳过：{what}").format(what=name))
        made.clicked.connect(lambda: self.aside.emit(what))
        return made


def _quiet(said: str) -> QWidget:
    """A name that is no link, in line with those that are."""
    made = label(said, "quiet")
    made.setIndent(_LINK_EDGE)
    return made
