"""使用手册: the contents left, the text right, finding in it, and the whole as a PDF to print."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import side_by_side
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.tasks import Tasks
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.office.handbookhtml import anchor, chapter_html
from desktop.ui.office.page import OfficePage
from desktop.usecases import handbook
from desktop.usecases.handbook import Place

_PLACE = Qt.ItemDataRole.UserRole
_WAIT = 150
"""Milliseconds after the last letter typed before the handbook is searched, or drawn anew."""


class HandbookPage(OfficePage):
    """Shows a chapter at a time; needs no office to be open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("handbook", _("使用手册"), "", parent)
        self.book = handbook.read_handbook()
        self._place = Place(0)
        self._worker: Tasks[None] | None = None
        self.search = QLineEdit()
        self.search.setObjectName("handbook.search")
        self.search.setPlaceholderText(_("在手册里查找（Ctrl+F）"))
        self.search.setAccessibleName(_("在手册里查找"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("handbook.list")
        self.list.setAccessibleName(_("目录"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.count = label("", "quiet", wrap=True)
        self.text = _Text(lambda: self._draw_anew.start())
        self.pdf_button = button(_("打印/保存为 PDF(&P)"), "", "print")
        self.pdf_button.setObjectName("handbook.pdf")
        self.preview = LetterPreview()
        self.preview.setObjectName("handbook.preview")
        self._typing, self._draw_anew = self._timer(self._find), self._timer(self._draw)
        self._lay_out()
        self._connect()
        self._fill()
        self.go(Place(0))

    # -- what the window calls -----------------------------------------------------------------

    def reload(self) -> None:
        """The handbook does not change while the program runs."""

    def has_unsaved(self) -> bool:
        """Nothing is written here."""
        return False

    def open_at(self, page: str) -> None:
        """Show the part about a page of the window."""
        self._stack.setCurrentIndex(0)
        self.search.clear()
        self._find()
        self.go(handbook.place_of(self.book, page))

    def leave(self) -> None:
        """Out of the PDF first, then out of a search, then back."""
        if self._stack.currentIndex():
            self._stack.setCurrentIndex(0)
            self.pdf_button.setFocus()
        elif self.search.text():
            self.search.clear()
            self._find()
        else:
            super().leave()

    def stop(self) -> None:
        """End what runs in the background."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    # -- showing -------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Show a place, and mark it in the list of contents."""
        self._place = place
        self._draw()
        if not self.search.text().strip():
            self._mark()

    def shown(self) -> Place:
        """Return the place shown last."""
        return self._place

    def _draw(self) -> None:
        place = self._place
        self.text.show_html(chapter_html(self.book, place.chapter))
        self.text.highlight(self.search.text().split())
        if place.block:
            self.text.scrollToAnchor(anchor(place.block))

    def _mark(self) -> None:
        """Choose the contents' line that the place belongs to."""
        row = 0
        for n in range(self.list.count()):
            known = self.list.item(n).data(_PLACE)
            if (known.chapter, known.block) <= (self._place.chapter, self._place.block):
                row = n
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.list.scrollToItem(self.list.item(row))

    def _fill(self) -> None:
        """Show the contents."""
        self.list.blockSignals(True)
        self.list.clear()
        for heading in handbook.contents(self.book):
            item = QListWidgetItem("　" * heading.level + heading.title, self.list)
            item.setFont(theme.font(bold=not heading.level))
            item.setData(_PLACE, heading.place)
        self.list.blockSignals(False)
        self.count.hide()

    def _find(self) -> None:
        """Show what holds the words typed, or the contents if there are none."""
        self._typing.stop()
        typed = self.search.text()
        if not typed.strip():
            self._fill()
            self._mark()
            self.text.highlight([])
            return
        found = handbook.find(self.book, typed)
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.heading}\n　{one.excerpt}", self.list)
            item.setData(_PLACE, one.place)
        self.list.blockSignals(False)
        words = ngettext_("找到 {n} 处。", "找到 {n} 处。", len(found)).format(n=len(found))
        self.count.setText(words if found else _("没有找到，请换一个说法。"))
        self.count.show()
        if found:
            self.list.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._place = item.data(_PLACE)
            self._draw()

    def _renew(self) -> None:
        self._draw()
        if not self.search.text().strip():
            self._fill()
            self._mark()

    # -- the PDF -------------------------------------------------------------------------------

    def make_pdf(self) -> None:
        """Set the handbook and show it as it prints."""
        if self._worker is not None:
            return
        self._stack.setCurrentIndex(1)
        if self.preview.page_count():
            return
        self.preview.show_message(_("正在排印使用手册…"))
        book = self.book
        self._worker = Tasks(lambda: None)
        self._worker.run(lambda _none: handbook.pdf(book), self._made, self._not_made)

    def _made(self, pdf: bytes) -> None:
        self.stop()
        self.preview.show_letter(pdf, _("阳光台账使用手册"))
        self.preview.zoom(0.8)

    def _not_made(self, error: BaseException) -> None:
        self.stop()
        self._stack.setCurrentIndex(0)
        tell_trouble(self.bar, error)

    # -- making --------------------------------------------------------------------------------

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(_WAIT)
        made.timeout.connect(slot)
        return made

    def _lay_out(self) -> None:
        side = QWidget()
        side.setMinimumWidth(theme.em(16))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.MEDIUM, 0)
        column.setSpacing(theme.SMALL)
        for part in (self.search, self.count):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        split = side_by_side(side, self.text, (0, 1), [theme.em(22), theme.em(66)])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self.preview)
        self.head.addWidget(self.pdf_button)
        self.body.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._find)
        self.list.currentItemChanged.connect(lambda now, _before: self._chosen(now))
        self.list.itemClicked.connect(self._chosen)
        self.pdf_button.clicked.connect(self.make_pdf)
        theme.on_change(self._renew)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._seek),
            (QKeySequence(QKeySequence.StandardKey.Print), self.make_pdf),
        ):
            shortcut = QShortcut(keys, self._stack.widget(0))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _seek(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()


class _Text(QTextBrowser):
    """A chapter; its pictures are scaled to the width there is, smoothly."""

    def __init__(self, resized: Callable[[], None]) -> None:
        super().__init__()
        self._resized = resized
        self._pictures: dict[tuple[str, int], QImage] = {}
        self.setObjectName("handbook.text")
        self.setAccessibleName(_("使用手册"))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextBrowser { border: none; }")

    def show_html(self, html: str) -> None:
        """Show a chapter from its beginning."""
        self.document().setDocumentMargin(theme.LARGE)
        self.document().setDefaultFont(QGuiApplication.font())
        self.setHtml(html)

    def highlight(self, words: list[str]) -> None:
        """Mark words wherever they stand."""
        pair = theme.status(Status.SOON)
        found: list[QTextEdit.ExtraSelection] = []
        for word in words:
            cursor = QTextCursor(self.document())
            while not (cursor := self.document().find(word, cursor)).isNull():
                one = QTextEdit.ExtraSelection()
                one.cursor = QTextCursor(cursor)  # type: ignore[attr-defined]
                one.format.setBackground(QColor(pair.ground))  # type: ignore[attr-defined]
                one.format.setForeground(QColor(pair.text))  # type: ignore[attr-defined]
                found.append(one)
        self.setExtraSelections(found)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give a picture of the handbook in the width of the text; anything else stays away."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        path = QUrl(name).toLocalFile()
        width = max(self.viewport().width() - 3 * theme.WIDE, theme.em(20))
        key = (path, width)
        if key not in self._pictures:
            image = QImage(path)
            ratio = self.devicePixelRatioF()
            wide = round(min(width, image.width()) * ratio)
            image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
            self._pictures[key] = image
        return self._pictures[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pictures follow the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._pictures.clear()
            self._resized()
