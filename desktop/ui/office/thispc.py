"""这台电脑: where the program keeps its own things, and whether a double click opens office files."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label, selectable
from desktop.usecases import association, places
from desktop.usecases.association import Association, Opens, Registry


class Portable(StrEnum):
    """Whether the program keeps its own things beside itself (便携)."""

    NO = "no"
    YES = "yes"
    READ_ONLY = "read_only"  # a marker lies there, but nothing can be written


@dataclass(frozen=True, slots=True)
class ThisPc:
    """The program on this PC; the composition root says so once.

    Args:
        program: the file that was started; None if it is run by a Python.
        data: where settings and log lie.
        portable: whether that is beside the program.
        registry: what knows which program opens a file; None where there is none.
    """

    program: Path | None = None
    data: Path | None = None
    portable: Portable = Portable.NO
    registry: Registry | None = None

    @property
    def can_associate(self) -> bool:
        """Whether a double click can be set: not for a program that goes away with its stick."""
        return (
            self.registry is not None
            and self.program is not None
            and places.disk(self.program).kind is None
        )


_known = ThisPc()


def use(here: ThisPc) -> None:
    """Say once what the pages tell of this PC."""
    global _known
    _known = here


def here() -> ThisPc:
    """Return what is known of this PC."""
    return _known


def proposed_folder() -> Path:
    """Return where a new office file is proposed: on a disk inside the PC, and writable."""
    kind = QStandardPaths.StandardLocation
    own = [] if _known.program is None else [_known.program.parent / _("数据")]
    beside = own if _known.portable is Portable.YES else []
    documents = Path(QStandardPaths.writableLocation(kind.DocumentsLocation))
    home = Path(QStandardPaths.writableLocation(kind.HomeLocation))
    return places.proposed([*beside, documents, home / _("阳光台账")])


def portable_words() -> str:
    """Return what is to be said when the program shall be portable and can not; else nothing."""
    if _known.portable is not Portable.READ_ONLY or _known.program is None:
        return ""
    return _(
        "程序旁边放了便携标记，但是那里写不进去（只读的 U 盘或者文件夹）："
        "设置和日志这次放在当前用户的文件夹里。"
    )


class AssociationLine(QWidget):
    """What a double click on an office file does, and a button to set it or to take it back."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = label("", "quiet", wrap=True)
        self._said.setObjectName(f"{name}.said")
        self.set_button = button("", "", "link")
        self.set_button.setObjectName(f"{name}.set")
        self.set_button.setMinimumWidth(theme.em(13))
        self.drop_button = button(_("取消"), "flat")
        self.drop_button.setObjectName(f"{name}.drop")
        self.drop_button.setAccessibleName(_("取消双击打开"))
        self.set_button.clicked.connect(lambda: self._do(association.offer))
        self.drop_button.clicked.connect(lambda: self._do(_take_back))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.set_button)
        row.addWidget(self._said, 1)
        row.addWidget(self.drop_button)
        self.reload()

    def reload(self) -> None:
        """Ask the system again."""
        registry, program = _known.registry, _known.program
        self.setVisible(_known.can_associate)
        if registry is None or program is None or self.isHidden():
            return
        self._show(association.look(registry, program))

    def _show(self, now: Association) -> None:
        self.set_button.setVisible(now.opens is not Opens.THIS)
        self.drop_button.setVisible(now.opens is not Opens.NOTHING)
        words, pressed = {
            Opens.NOTHING: (
                _("只改当前 Windows 用户的设置，不需要管理员，可以随时取消。"),
                _("双击数据文件就打开"),
            ),
            Opens.THIS: (_("双击扩展名为 .sunlight 的数据文件，用本程序打开。"), ""),
            Opens.OTHER: (
                _("现在双击数据文件，打开的是另一个位置的程序：{program}").format(
                    program=now.program
                ),
                _("改为打开这个程序"),
            ),
        }[now.opens]
        self._said.setText(words)
        self.set_button.setText(pressed)
        self.set_button.setAccessibleName(pressed)

    def _do(self, work: Callable[[Registry, Path], None]) -> None:
        registry, program = _known.registry, _known.program
        if registry is None or program is None:
            return
        try:
            work(registry, program)
        except OSError:
            self._said.setText(_("没有改成：Windows 不让写当前用户的设置，请问管电脑的同事。"))
            return
        self.reload()
        self.changed.emit()


def _take_back(registry: Registry, _program: Path) -> None:
    association.take_back(registry)


class ThisPcCard(QFrame):
    """The lines of 这台电脑 on the page 关于."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thispc")
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(_("这台电脑"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.setColumnStretch(1, 1)
        for at, (name, said) in enumerate(_lines()):
            grid.addWidget(label(name, "quiet"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(selectable(said), at, 1)
        column.addLayout(grid)
        self.association = AssociationLine("thispc.open")
        column.addWidget(self.association)


def _lines() -> list[tuple[str, str]]:
    lines = []
    if _known.program is not None:
        lines.append((_("程序"), str(_known.program)))
    if _known.data is not None:
        said = str(_known.data)
        if _known.portable is Portable.YES:
            said = _("{folder}（便携：在程序旁边）").format(folder=said)
        lines.append((_("设置和日志"), said))
    if words := portable_words():
        lines.append((_("便携"), words))
    return lines
