"""这台电脑: where the program keeps its own things, and whether a double click opens office files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.here import Portable, ThisPc, here, portable_words, use
from desktop.ui.common.labels import button, label, selectable
from desktop.usecases import association, places
from desktop.usecases.association import Association, Opens, Registry

__all__ = [
    "AssociationLine",
    "Portable",
    "ThisPc",
    "ThisPcCard",
    "here",
    "portable_words",
    "proposed_folder",
    "use",
]


def proposed_folder() -> Path:
    """Return where a new office file is proposed: on a disk inside the PC, and writable."""
    kind = QStandardPaths.StandardLocation
    pc = here()
    own = [] if pc.program is None else [pc.program.parent / _("数据")]
    beside = own if pc.portable is Portable.YES else []
    documents = Path(QStandardPaths.writableLocation(kind.DocumentsLocation))
    home = Path(QStandardPaths.writableLocation(kind.HomeLocation))
    return places.proposed([*beside, documents, home / _("阳光台账")])


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
        registry, program = here().registry, here().program
        self.setVisible(here().can_associate)
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
        registry, program = here().registry, here().program
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
    pc, lines = here(), []
    if pc.program is not None:
        lines.append((_("程序"), str(pc.program)))
    if pc.data is not None:
        said = str(pc.data)
        if pc.portable is Portable.YES:
            said = _("{folder}（便携：在程序旁边）").format(folder=said)
        lines.append((_("设置和日志"), said))
    if words := portable_words():
        lines.append((_("便携"), words))
    return lines
