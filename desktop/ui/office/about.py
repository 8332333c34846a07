"""关于: the version, the licence, everything that came with the program, and the full texts."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop import __version__
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.labels import button, label
from desktop.ui.office.page import OfficePage
from desktop.usecases.licences import Licences, Part, licence_text, read_licences


class AboutPage(OfficePage):
    """A list of parts with links to the full texts of their licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("about", _("关于阳光台账"), "", parent)
        self._licences = read_licences()
        self.list = _browser("about.list", _("许可证一览"))
        self.list.anchorClicked.connect(self._open)
        self.text = _browser("about.text", _("许可证全文"))
        self._name = label("", "heading")
        self.list_button = button(_("返回一览(&L)"), "", "chevron_left")
        self.list_button.setObjectName("about.tolist")
        self.list_button.clicked.connect(self._close_text)
        self.setFocusProxy(self.list)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.list_button)
        column.addWidget(self._name)
        column.addWidget(self.text, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(whole)
        self.body.addWidget(self._stack, 1)
        theme.on_change(self._renew)
        self._renew()

    def reload(self) -> None:
        """Nothing here changes while the program runs."""

    def has_unsaved(self) -> bool:
        """Nothing is typed here."""
        return False

    def leave(self) -> None:
        """Back to the list first, then back to the tabs."""
        if self._stack.currentIndex():
            self._close_text()
        else:
            super().leave()

    def show_text(self, name: str) -> None:
        """Show the full text of a licence by its file's name."""
        self._name.setText(name.rpartition("/")[2])
        self.text.setPlainText(licence_text(name))
        self._stack.setCurrentIndex(1)
        self.text.setFocus()

    def _open(self, link: QUrl) -> None:
        self.show_text(link.path())

    def _close_text(self) -> None:
        self._stack.setCurrentIndex(0)
        self.list.setFocus()

    def _renew(self) -> None:
        place = self.list.verticalScrollBar().value()
        self.list.document().setDefaultFont(QGuiApplication.font())
        self.text.document().setDefaultFont(QGuiApplication.font())
        self.list.setHtml(_html(self._licences))
        self.list.verticalScrollBar().setValue(place)


def _browser(name: str, title: str) -> QTextBrowser:
    made = QTextBrowser()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setOpenLinks(False)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setStyleSheet("QTextBrowser { border: none; }")
    made.document().setDocumentMargin(theme.LARGE)
    return made


def _html(licences: Licences) -> str:
    program = licences.program
    said = _("版本 {version}。本程序以 {licence} 许可证发布，可以自由使用、修改和分发。").format(
        version=__version__, licence=program.licence
    )
    parts = [f"<p>{escape(said)} {_links(program)}</p>"]
    alone = _("本程序不联网，不收集任何数据。")
    parts.append(f"<p>{escape(alone)}</p>")
    for title, listed in (
        (_("程序库"), licences.libraries),
        (_("字体"), licences.fonts),
        (_("图标"), licences.icons),
        (_("数据"), licences.data),
        (_("程序库所依赖的和运行环境"), licences.indirect),
    ):
        parts.append(f"<h3>{escape(title)}</h3>{_table(listed)}")
    return "".join(parts)


def _table(listed: Sequence[Part]) -> str:
    heads = (_("名称"), _("版本"), _("许可证"), _("用途"), _("版权人"), _("全文"))
    tones = theme.colours()
    head = "".join(f'<th align="left" bgcolor="{tones.window}">{escape(h)}</th>' for h in heads)
    rows = []
    for part in listed:
        purpose = "；".join(text for text in (part.purpose, part.note) if text)
        cells = (part.name, part.versions, part.licence, purpose, part.holder)
        row = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        rows.append(f"<tr>{row}<td>{_links(part)}</td></tr>")
    style = f"border-collapse:collapse;border-style:solid;border-color:{tones.line}"
    return (
        f'<table width="99%" border="1" cellspacing="0" cellpadding="5" style="{style}">'
        f"<tr>{head}</tr>{''.join(rows)}</table>"
    )


def _links(part: Part) -> str:
    tone = theme.colours().link
    return " ".join(
        f'<a href="{escape(name)}" style="color:{tone}">{escape(name.rpartition("/")[2])}</a>'
        for name in part.texts
    )
