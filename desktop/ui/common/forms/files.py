"""The field for files: a list to add to by button or by dropping, with names and sizes."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.text import N_, _
from desktop.ui.common import icons, theme
from desktop.ui.common.flow import clear
from desktop.ui.common.forms.field import Editor, Field, follow
from desktop.ui.common.forms.pasting import has_files
from desktop.ui.common.labels import Elided, button, label, tool
from desktop.usecases import attachments, filekinds
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class FilesField(Field):
    """Files to attach; the value is a tuple of paths. `kinds` is a file dialog's filter."""

    _: KW_ONLY
    kinds: str = ""

    def editor(self, today: date) -> Editor:
        return FilesEditor(self.kinds)


def size_text(size: int) -> str:
    """A file size in words: 12 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


class FilesEditor(Editor):
    """The chosen files, each with a button to take it out again."""

    def __init__(self, kinds: str = "") -> None:
        super().__init__()
        self._kinds = kinds
        self._files: list[Path] = []
        # What asks the clerk for files; a test puts its own answer here.
        self.choose: Callable[[], Sequence[Path]] = self._ask
        self.setAcceptDrops(True)
        self.add_button = button(_("添加文件…"), "", "attach")
        self.add_button.clicked.connect(lambda: self.add(self.choose()))
        self._hint = label(_("也可以把文件拖到这里"), "hint")
        self._said = label("", "error", wrap=True)
        self._said.hide()
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.add_button)
        top.addWidget(self._hint)
        top.addStretch(1)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.TIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(self._list)
        column.addLayout(top)
        column.addWidget(self._said)
        follow(self, self.add_button)

    def value(self) -> object:
        return tuple(self._files)

    def set_value(self, value: object) -> None:
        self._files = [Path(one) for one in value] if isinstance(value, (tuple, list)) else []
        self._show()

    def blank(self) -> object:
        return ()

    def words(self) -> str:
        return "、".join(file.name for file in self._files)

    def target(self) -> QWidget:
        return self.add_button

    def set_faulty(self, faulty: bool) -> None:
        del faulty

    def add(self, files: Sequence[Path]) -> None:
        """Put files behind those already there; one that is there is not taken twice."""
        fresh = [one for one in dict.fromkeys(files) if one not in self._files]
        self._tell("")
        if fresh:
            self._files.extend(fresh)
            self._show()
            self.edited.emit()

    def remove(self, file: Path) -> None:
        """Take a file out of the list; the file itself stays where it is."""
        self._files.remove(file)
        self._show()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop(event.mimeData())
        event.acceptProposedAction()

    def drop(self, dropped: QMimeData) -> None:
        """Take dropped files; of a folder is said that its files are to be dropped themselves."""
        paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
        self.add([one for one in paths if not one.is_dir()])
        folders = [one.name for one in paths if one.is_dir()]
        if folders:
            said = _("“{name}”是文件夹，没有添加；请打开它，把里面的文件拖进来。")
            self._tell(said.format(name="、".join(folders)))

    def _tell(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _ask(self) -> Sequence[Path]:
        names, _filter = QFileDialog.getOpenFileNames(self, _("添加文件"), "", self._kinds)
        return [Path(name) for name in names]

    def _show(self) -> None:
        clear(self._list)
        for file in self._files:
            self._list.addWidget(self._line(file))

    def _line(self, file: Path) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "card")
        picture = QLabel()
        kind = "document_pdf" if file.suffix.lower() == ".pdf" else "document_text"
        picture.setPixmap(icons.pixmap(kind, theme.colours().quiet, theme.px(16)))
        name = Elided(file.name)
        name.setToolTip(str(file))
        said, fine = _facts_of(file)
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.SMALL, 2, theme.TIGHT, 2)
        row.setSpacing(theme.SMALL)
        row.addWidget(picture)
        row.addWidget(name, 1)
        row.addWidget(label(said, "quiet" if fine else "error"))
        row.addWidget(
            tool("dismiss", _("移除 {name}").format(name=file.name), lambda: self.remove(file))
        )
        return frame


#: What is wrong with a file, as short as a line allows; saving says what is to be done.
_MISSING = N_("找不到文件")
_WRONG = {
    "file_missing": _MISSING,
    "file_program": N_("是程序，不能保存"),
    "file_kind": N_("这一类文件不能保存"),
    "file_empty": N_("是空文件"),
    "file_large": N_("太大，最多 {limit} MB"),
    "file_content": N_("内容和扩展名不一致"),
}


def _facts_of(file: Path) -> tuple[str, bool]:
    """Pages and size of a file, or what is wrong with it."""
    for wrong in attachments.check_files("", [str(file)]):
        if wrong.code in _WRONG:
            return _(_WRONG[wrong.code]).format(**dict(wrong.facts)), False
    try:
        facts = filekinds.facts(file)
    except OSError:
        return _(_MISSING), False
    if facts.pages:
        pages = _("{n} 页").format(n=facts.pages)
        return f"{pages} · {size_text(facts.size)}", True
    return size_text(facts.size), True
