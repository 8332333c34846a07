"""Below the choice of a file: the ledgers that came in before, and taking one back as a whole."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label, selectable
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.context import Context
from desktop.usecases import imports_past
from desktop.usecases.imports_past import Hindrance, PastImport

#: Lines of the list that are seen at once; there are more only where very many ledgers came in.
_SEEN = 5
#: And in a small window.
_LEAST = 2
#: The action that an import is, and that may be taken back by whom it may be done.
_ACTION = "complaint.import"


class PastImports(QWidget):
    """A list, the newest first, and below it what can be done about the import that is chosen.

    ``wanted``: the import that is chosen shall be taken back; ``told``: what is said of it, while
    the keyboard is on the list.
    """

    wanted = Signal(object)  # PastImport
    told = Signal(QWidget)

    def __init__(self, context: Context) -> None:
        """Begin hidden, until it is known that something was imported before."""
        super().__init__()
        self._context = context
        self._wanted = 0
        self.model: ListModel[PastImport] = ListModel(_columns(), lambda one: one.batch)
        self.list: ListView[PastImport] = ListView(self.model, _("以前的导入"), context.settings)
        self.list.setObjectName("import.past")
        self.list.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.list.current.connect(lambda _row: self._tell())
        self.why = selectable("", "quiet")
        self.why.setObjectName("import.past.why")
        self.take_back = button(_("整批撤销(&Z)…"), "", "undo")
        self.take_back.setObjectName("import.take_back")
        self.take_back.clicked.connect(self._want)
        self._lay_out()
        self.hide()

    def reload(self) -> None:
        """Read anew what was imported before, and what was done on it since."""
        self._context.ask(imports_past.past, self._show)

    def enter(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter_at(self, batch: int) -> None:
        """Choose an import and put the keyboard on the list, as soon as it is read."""
        self._wanted = batch

    # -- inside --------------------------------------------------------------------------------

    def _show(self, found: tuple[PastImport, ...]) -> None:
        self.setVisible(bool(found))
        self.model.set_rows(found)
        if self._wanted:
            self.list.select(self._wanted)
        elif found and self.list.current_row() is None:
            self.list.select(found[0].batch)
        self._fit(len(found))
        # Without the button the line is as high as with it: the list stays where it is.
        self.why.setMinimumHeight(self.take_back.sizeHint().height())
        self._tell()
        if self._wanted:
            self._wanted = 0
            self.enter()

    def _tell(self) -> None:
        one = self.list.current_row()
        if one is None:
            return
        role = self._context.why_not(_ACTION)
        self.why.setText(_standing_words(one) or role or _free_words(one))
        held = self.take_back.hasFocus()
        self.take_back.setVisible(not role and one.back_at is None and one.hindrance is None)
        if held and self.take_back.isHidden():  # the button that had the keyboard is gone
            self.enter()
        if self.list.hasFocus():
            self.told.emit(self.why)

    def _fit(self, count: int) -> None:
        """Let the list be as high as its lines where there is room, and scroll where there is not."""
        line = self.list.verticalHeader().defaultSectionSize()
        head = self.list.horizontalHeader().sizeHint().height() + 2 * self.list.frameWidth()
        self.list.setMinimumHeight(head + min(count, _LEAST) * line)
        self.list.setMaximumHeight(head + min(count, _SEEN) * line)

    def _want(self) -> None:
        one = self.list.current_row()
        if one is not None:
            self.wanted.emit(one)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(theme.MEDIUM)
        below.addWidget(self.take_back)
        below.addWidget(self.why, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(_("以前的导入"), "heading"))
        column.addWidget(self.list)
        column.addLayout(below)


def _columns() -> list[Column[PastImport]]:
    return [
        Column(
            "file", _("台账"), lambda p: p.file, width=10, stretch=True, tooltip=lambda p: p.file
        ),
        Column("at", _("导入时间"), lambda p: f"{p.at:%Y-%m-%d %H:%M}", lambda p: p.at, width=9),
        Column("by", _("经办人"), lambda p: p.by, width=4, rank=2),
        Column("count", _("导入"), lambda p: str(p.count), lambda p: p.count, RIGHT, width=5),
        Column(
            "left",
            _("未导入"),
            lambda p: str(p.left_out),
            lambda p: p.left_out,
            RIGHT,
            width=4,
            rank=1,
        ),
        Column("numbers", _("编号"), _numbers, lambda p: p.batch, width=20),
        Column("state", _("状态"), _state_words, width=6, status=_state),
    ]


def _numbers(one: PastImport) -> str:
    if one.first == one.last:
        return one.first
    return _("{first} 至 {last}").format(first=one.first, last=one.last)


def _state_words(one: PastImport) -> str:
    if one.back_at is not None:
        return _("已撤销")
    if one.hindrance is None:
        return _("在册")
    n = one.hindrance.matters
    return ngettext_("{n} 件办理过", "{n} 件办理过", n).format(n=n) if n else _("单位已用到")


def _state(one: PastImport) -> Status:
    if one.back_at is not None:
        return Status.VOID
    return Status.DONE if one.hindrance is None else Status.RUNNING


def _standing_words(one: PastImport) -> str:
    """Why an import can not be taken back: it was already, or what was done on it since."""
    if one.back_at is not None:
        at = f"{one.back_at:%Y-%m-%d %H:%M}"
        said = _("{at} 由 {by} 整批撤销；编号不再使用，改好的台账可以重新导入。")
        return said.format(at=at, by=one.back_by)
    return "" if one.hindrance is None else _hindrance_words(one.hindrance)


def _hindrance_words(why: Hindrance) -> str:
    said = []
    if why.matters:
        told = ngettext_(
            "导入以后办理过 {n} 件（{numbers}），不能整批撤销；逐件撤销这些步骤以后才可以。",
            "导入以后办理过 {n} 件（{numbers}），不能整批撤销；逐件撤销这些步骤以后才可以。",
            why.matters,
        )
        said.append(told.format(n=why.matters, numbers=_named(why.numbers, why.matters)))
    if why.units:
        told = ngettext_(
            "随它添加的 {n} 个单位（{names}）后来改过或者在别处用到，不能整批撤销。",
            "随它添加的 {n} 个单位（{names}）后来改过或者在别处用到，不能整批撤销。",
            why.units,
        )
        said.append(told.format(n=why.units, names=_named(why.names, why.units)))
    return "\n".join(said)


def _named(names: tuple[str, ...], count: int) -> str:
    listed = _("、").join(names)
    return listed if count == len(names) else _("{names} 等").format(names=listed)


def _free_words(one: PastImport) -> str:
    told = ngettext_(
        "导入的 {n} 件以后都没有办理过，可以整批撤销。",
        "导入的 {n} 件以后都没有办理过，可以整批撤销。",
        one.count,
    )
    return told.format(n=one.count)


def brought_words(one: PastImport) -> str:
    """Which import it is: the ledger, who brought it in and when."""
    at = f"{one.at:%Y-%m-%d %H:%M}"
    return _("“{file}”的导入（{by} {at}）").format(file=one.file, by=one.by, at=at)


def asking_words(one: PastImport) -> str:
    """What taking an import back will do, said before it is done."""
    told = ngettext_(
        "{numbers} 共 {n} 件作废，编号不再使用。",
        "{numbers} 共 {n} 件作废，编号不再使用。",
        one.count,
    )
    said = [told.format(numbers=_numbers(one), n=one.count)]
    if one.units:
        more = ngettext_(
            "随它添加的 {n} 个单位也作废。", "随它添加的 {n} 个单位也作废。", one.units
        )
        said.append(more.format(n=one.units))
    said.append(_("别的件不受影响；原来的台账文件不动，改好以后可以重新导入。"))
    return "\n".join(said)


def done_words(one: PastImport) -> str:
    """What is said when an import was taken back."""
    told = ngettext_(
        "已整批撤销“{file}”，{n} 件作废。", "已整批撤销“{file}”，{n} 件作废。", one.count
    )
    return told.format(file=one.file, n=one.count)
