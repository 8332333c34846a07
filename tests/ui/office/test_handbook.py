"""使用手册 on the screen: contents, finding, the part about a page, pictures, the PDF."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme
from desktop.ui.office.handbook import HandbookPage
from desktop.usecases import handbook
from desktop.usecases.handbook import Part, Place


def _show(qtbot: QtBot) -> HandbookPage:
    page = HandbookPage()
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_the_contents_are_listed_and_lead_to_their_text(qtbot: QtBot) -> None:
    page = _show(qtbot)
    headings = handbook.contents(page.book)
    assert page.list.count() == len(headings)
    for row in (0, 5, page.list.count() - 1):
        page.list.setCurrentRow(row)
        assert page.shown() == headings[row].place
        assert headings[row].title in page.text.toPlainText()


def test_every_chapter_shows_all_its_words_and_pictures(qtbot: QtBot) -> None:
    page = _show(qtbot)
    for n, chapter in enumerate(page.book.chapters):
        page.go(Place(n))
        said = page.text.toPlainText()
        for block in chapter.blocks:
            assert block.plain in said
            if block.part is Part.PICTURE:
                url = QUrl.fromLocalFile(str(block.picture))
                kind = QTextDocument.ResourceType.ImageResource.value
                image = page.text.loadResource(kind, url)
                assert isinstance(image, QImage)
                assert not image.isNull()
                assert image.width() <= page.text.viewport().width()


def test_it_opens_at_the_part_about_a_page(qtbot: QtBot) -> None:
    page = _show(qtbot)
    page.open_at("backups")
    assert page.book.chapters[page.shown().chapter].title == "备份与恢复"
    item = page.list.currentItem()
    assert item is not None
    assert item.text() == "备份与恢复"
    page.open_at("testpage")
    shown = page.shown()
    assert page.book.chapters[shown.chapter].blocks[shown.block].plain == "打印测试页"


def test_words_are_found_marked_and_left_again(qtbot: QtBot) -> None:
    page = _show(qtbot)
    qtbot.keyClicks(page.search, "SHA-256")
    page.search.returnPressed.emit()
    assert page.list.count() == len(handbook.find(page.book, "SHA-256"))
    assert "找到" in page.count.text()
    page.list.setCurrentRow(1)
    assert page.text.extraSelections()
    page.search.setText("没有这样的话")
    page.search.returnPressed.emit()
    assert page.list.count() == 0
    assert page.count.text() == "没有找到，请换一个说法。"
    page.leave()
    assert page.list.count() == len(handbook.contents(page.book))
    assert not page.text.extraSelections()
    with qtbot.waitSignal(page.closed):
        page.leave()


def test_the_pdf_is_made_shown_and_left(qtbot: QtBot) -> None:
    page = _show(qtbot)
    qtbot.mouseClick(page.pdf_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.preview.page_count() > 20, timeout=60_000)
    page.leave()
    assert page.text.isVisible()
    page.make_pdf()  # kept, not set anew
    assert page.preview.isVisible()
    assert page.preview.page_count() > 20
    page.stop()


def test_it_follows_colours_and_size(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    page = _show(qtbot)
    page.open_at("complaints")
    assert isinstance(qapp, QApplication)
    try:
        theme.apply(qapp, Scheme.DARK, 1.5)
        qtbot.wait(200)
        assert theme.colours().link in page.text.toHtml()
        assert page.book.chapters[page.shown().chapter].key == "complaints"
    finally:
        theme.apply(qapp, Scheme.LIGHT, 1.0)
