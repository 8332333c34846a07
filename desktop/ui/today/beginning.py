"""开始使用: the card of a new office on the tab 今日; a line for each thing still to be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import N_, _
from desktop.ui.common import theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import button, label
from desktop.usecases.beginning import MUST, Beginning, Line

#: Where a line leads: a page of the office, or the import of the register.
PLACES = {
    Beginning.SHEET: "recovery",
    Beginning.PEOPLE: "people",
    Beginning.SECOND: "backups",
    Beginning.CALENDAR: "calendar",
    Beginning.IMPORT: "import",
}
_WORDS = {
    Beginning.SHEET: (N_("恢复单"), N_("打印恢复单，密封存入保险柜；密码都忘了的时候只有它能打开数据文件。")),
    Beginning.PEOPLE: (N_("单位和人员"), N_("添加被投诉、被考核的单位；登记时也可以随手添加。")),
    Beginning.SECOND: (N_("第二个盘的备份"), N_("选定一个专用的 U 盘或者移动硬盘，备份一次。")),
    Beginning.CALENDAR: (
        N_("工作日历"),
        N_("{year} 年的放假安排还没有收入；公布以后补录，补录以前期限标为“暂定”。"),
    ),
    Beginning.IMPORT: (N_("导入旧台账"), N_("以前用电子表格登记的，可以导入；新开始的不需要。")),
}  # fmt: skip


class BeginningCard(QFrame):
    """Shows the open lines; ``wanted(place)`` leads to one, ``aside(Beginning)`` puts one away."""

    wanted = Signal(str)
    aside = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("today.beginning")
        self.setProperty("role", "card")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(_("开始使用"), "heading"))
        column.addLayout(self._lines)
        self.hide()

    def show_lines(self, lines: tuple[Line, ...], *, may_set_aside: bool) -> None:
        """Show what is still open; without a line there is no card."""
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(self._line(line, may_set_aside and line.what not in MUST))
        self.setVisible(bool(lines))

    def _line(self, line: Line, may_set_aside: bool) -> QWidget:
        name, said = (_(words) for words in _WORDS[line.what])
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        mark = button(name, "link", "circle")
        mark.setObjectName(f"today.beginning.{line.what}")
        mark.setMinimumWidth(theme.em(10))
        row.addWidget(mark)
        row.addWidget(label(said.format(year=line.year), "quiet", wrap=True), 1)
        go = button(_("去办理"), "", "arrow_right")
        go.setObjectName(f"today.beginning.{line.what}.go")
        go.setAccessibleName(_("去办理：{what}").format(what=name))
        place = PLACES[line.what]
        for one in (mark, go):
            one.clicked.connect(lambda: self.wanted.emit(place))
        row.addWidget(go)
        aside = self._aside(line.what, name)
        keeping = aside.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # the buttons stand under one another
        aside.setSizePolicy(keeping)
        row.addWidget(aside)
        aside.setVisible(may_set_aside)
        return whole

    def _aside(self, what: Beginning, name: str) -> QWidget:
        made = button(_("不需要"), "flat")
        made.setObjectName(f"today.beginning.{what}.aside")
        made.setAccessibleName(_("不需要：{what}").format(what=name))
        made.clicked.connect(lambda: self.aside.emit(what))
        return made
