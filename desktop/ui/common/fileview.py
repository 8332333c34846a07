"""A file kept with a record, looked at inside the program: PDF, pictures and plain text."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QImageReader,
    QKeySequence,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import tempfiles, theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.empty import EmptyState
from desktop.ui.common.forms.files import size_text
from desktop.ui.common.labels import button, label
from desktop.ui.common.preview import LetterPreview

_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff")
_TEXTS = (".txt", ".csv", ".eml")
_MOST_SIDE = 20_000  # pixels; a larger picture is meant to fill the memory
_MOST_TEXT = 200_000  # characters


class FileView(QWidget):
    """One file over the whole tab; `left` goes back, `kept` asks to keep it elsewhere.

    `open_file` is how the system's own program is called; it gets a copy without the name.
    """

    left = Signal()
    kept = Signal()

    def __init__(self, name: str, content: bytes, warning: str = "") -> None:
        super().__init__()
        self.setObjectName("file")
        self.setAccessibleName(name)
        self._name, self._content = name, content
        self.open_file: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.back = button(_("返回(&R)"), "", "chevron_left")
        self.back.setObjectName("file.back")
        self.back.clicked.connect(self.left)
        self.keep_button = button(_("另存为…"), "", "save")
        self.keep_button.setObjectName("file.keep")
        self.keep_button.clicked.connect(self.kept)
        self.open_button = button(_("用系统程序打开"), "", "open")
        self.open_button.setObjectName("file.open")
        self.open_button.clicked.connect(self.open_elsewhere)
        self.bar = MessageBar()
        self.inside = self._show()
        self._lay_out(warning)

    def open_elsewhere(self) -> None:
        """Hand a copy to the system's program; the copy goes when the program is left."""
        path = tempfiles.put(self._content, Path(self._name).suffix.lower())
        if not self.open_file(QUrl.fromLocalFile(str(path))):
            self.bar.tell(Tone.WARN, _("系统里没有能打开这种文件的程序，请另存后用别的程序打开。"))

    def _show(self) -> QWidget:
        ending = Path(self._name).suffix.lower()
        if ending == ".pdf":
            return self._pdf()
        if ending in _PICTURES:
            picture = read_picture(self._content)
            if picture is not None:
                return _Picture(picture)
        if ending in _TEXTS:
            return _text(self._content)
        said = _("这种文件不能在程序里显示，可以用系统程序打开或者另存。")
        return EmptyState("document_text", said)

    def _pdf(self) -> QWidget:
        preview = LetterPreview()
        preview.setObjectName("file.preview")
        # these two would write the file without asking who may
        preview.keep_button.hide()
        preview.open_button.hide()
        preview.show_letter(self._content, _("附件"))
        return preview

    def _lay_out(self, warning: str) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.back)
        head.addWidget(label(self._name, "heading", wrap=True), 1)
        head.addWidget(label(size_text(len(self._content)), "quiet"))
        head.addWidget(self.keep_button)
        head.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.inside, 1)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)
        self.setFocusProxy(self.back)
        if warning:
            self.bar.tell(Tone.WARN, warning)


class _Picture(QScrollArea):
    """A picture as wide as the page, never larger than it is."""

    def __init__(self, picture: QImage) -> None:
        super().__init__()
        self._picture = picture
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._label.setAccessibleName(_("图片"))
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(self.viewport().width() - theme.WIDE, 16)
        width = min(room, self._picture.width())
        scaled = self._picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self._label.setPixmap(QPixmap.fromImage(scaled))


def read_picture(content: bytes) -> QImage | None:
    """Read a picture the right way up; None if it can not be read or is absurdly large."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _MOST_SIDE:
        return None
    picture = reader.read()
    return None if picture.isNull() else picture


def _text(content: bytes) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setPlainText(decode(content)[:_MOST_TEXT])
    return made


def decode(content: bytes) -> str:
    """Read text as Chinese offices write it: UTF-8, UTF-16 with its mark, else GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
