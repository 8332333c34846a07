"""The letter book in its window: what a clerk sees of a letter and does with it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.common.palette import Status as Colour
from desktop.ui.common.table import STATUS_ROLE
from desktop.ui.letters.book import LetterBookPage
from desktop.ui.letters.gaps import GapsPage
from desktop.ui.letters.mailing import MailPage
from desktop.ui.letters.papers import PaperPage
from desktop.ui.office.settings import SettingsPage
from desktop.usecases import letterbook, letters, profile
from desktop.usecases import office as offices
from desktop.usecases.letterbook import Status
from desktop.usecases.office import Office
from tests.tamper import outside
from tests.ui.letters.conftest import NAME, Desk, answer, transfer


@pytest.fixture(name="book")
def _book(desk: Desk) -> LetterBookPage:
    """A book with a 转办函 and, above it, a 办理结果告知书."""
    desk.work(lambda office: (transfer(office), answer(office)))
    return desk.show(LetterBookPage(desk.context))


def choose(desk: Desk, book: LetterBookPage, letter: int) -> None:
    book.view.list.select(letter)
    desk.wait()


def words_on(book: LetterBookPage) -> list[str]:
    """Every cell of the list."""
    model = book.view.model
    return [
        str(model.data(model.index(row, column)))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def reveals(office: Office) -> int:
    sql = "SELECT count(*) FROM event WHERE action = 'complaint.reveal'"
    return int(office.db.execute(sql).fetchone()[0])


def test_the_list_names_every_letter_and_nobody_who_complained(
    desk: Desk, book: LetterBookPage
) -> None:
    cells = words_on(book)
    assert "澄公开办投转〔2026〕1号" in cells
    assert "市市场监督局" in cells
    assert "投诉举报人" in cells
    assert not [cell for cell in cells if NAME in cell]
    desk.write("letters.search", NAME)
    assert book.view.model.rowCount() == 0
    book.view.search.clear()
    desk.write("letters.search", "转办")
    assert [row.letter.id for row in book.view.model.rows()] == [1]


def test_a_letter_that_names_who_complained_is_shown_when_asked_for(
    desk: Desk, book: LetterBookPage
) -> None:
    choose(desk, book, 2)
    record = book.view.record
    assert record.preview.page_count() == 0
    before = desk.work(reveals)
    record.wanted.emit()
    desk.wait()
    assert record.preview.page_count() > 0
    assert desk.work(reveals) == before + 1


def test_seal_and_dispatch_are_the_next_steps_and_can_be_taken_back(
    desk: Desk, book: LetterBookPage
) -> None:
    choose(desk, book, 1)
    record = book.view.record
    assert record.steps.main.text() == "下一步：登记用印…"
    desk.click("letters.next")
    desk.click("letters.seal.save")
    assert book.has_unsaved() is False
    form = book._page.form  # type: ignore[union-attr]
    assert list(form.faults()) == ["approved_by"]
    desk.write("letters.seal.approved_by", "周局长")
    assert book.has_unsaved()
    desk.click("letters.seal.save")
    assert desk.said == ["已登记 澄公开办投转〔2026〕1号 用印。"]
    assert record.steps.main.text() == "下一步：登记发出…"
    desk.click("letters.next")
    form = book._page.form  # type: ignore[union-attr]
    assert form.values()["recipient"] == "市市场监督局"
    form.editor("way").set_value("机要交换")
    desk.click("letters.dispatch.save")
    row = book.view.list.current_row()
    assert row is not None
    assert (row.letter.sealed, row.letter.dispatched) == (desk.context.today(),) * 2
    assert words_on(book).count("✓") == 2
    event, acting = desk.events[-1], desk.context.acting()
    desk.work(lambda office: offices.take_back(office, event, acting))
    assert words_on(book).count("✓") == 1


def test_dispatch_to_who_complained_asks_for_no_name(desk: Desk, book: LetterBookPage) -> None:
    choose(desk, book, 2)
    book.view.record.chosen.emit("dispatch")
    form = book._page.form  # type: ignore[union-attr]
    form.editor("way").set_value("邮寄")
    desk.click("letters.dispatch.save")
    entry = desk.work(lambda office: letterbook.entry(office, 2))
    assert [one.recipient for one in entry.dispatches] == ["投诉举报人"]


def test_a_void_letter_says_why_and_its_page_is_printed(desk: Desk, book: LetterBookPage) -> None:
    choose(desk, book, 1)
    before = desk.work(lambda office: letters.pdf(office, 1))
    book.view.record.steps.choose("void")
    desk.write("letters.void.reason", "主送机关有误")
    desk.click("letters.void.save")
    record = book.view.record
    assert record.facts.text("作废原因") == "主送机关有误"
    assert record.preview.page_count() > 0
    assert record.preview._pdf == before
    assert record.steps.menu_texts()[0] == "打印作废页…"
    record.steps.choose("void_page")
    desk.wait()
    page = book._page
    assert isinstance(page, PaperPage)
    assert page.preview.page_count() == 1
    page.back.click()
    assert book._page is None
    desk.click("letters.check")
    gaps = book._page
    assert isinstance(gaps, GapsPage)
    assert "没有缺号" in gaps.summary.text()


def test_a_reprint_is_the_kept_letter_byte_for_byte(
    desk: Desk, book: LetterBookPage, tmp_path: Path
) -> None:
    choose(desk, book, 1)
    preview = book.view.record.preview
    preview.ask_path = lambda name: str(tmp_path / name)
    preview.keep()
    kept = tmp_path / "澄公开办投转〔2026〕1号 转办函.pdf"
    assert kept.read_bytes() == desk.work(lambda office: letters.pdf(office, 1))


def test_a_letter_is_saved_for_word(desk: Desk, book: LetterBookPage, tmp_path: Path) -> None:
    choose(desk, book, 1)
    book.ask_word = lambda name: str(tmp_path / name)
    book.view.record.steps.choose("word")
    desk.wait()
    kept = tmp_path / "澄公开办投转〔2026〕1号 转办函.docx"
    assert kept.read_bytes()[:2] == b"PK"
    assert "已另存为" in book.view.bar.text()
    book.ask_word = lambda _name: str(tmp_path / "没有" / "a.docx")
    book.view.record.steps.choose("word")
    desk.wait()
    assert "写不进去" in book.view.bar.text()


def test_a_number_is_reserved_and_the_next_letter_told_to_take_it(
    desk: Desk, book: LetterBookPage
) -> None:
    desk.click("letters.reserve")
    desk.click("letters.reserve.save")
    form = book._page.form  # type: ignore[union-attr]
    assert list(form.faults()) == ["kind", "reason"]
    form.editor("kind").set_value("transfer")
    desk.write("letters.reserve.reason", "拟转市自然资源局")
    desk.click("letters.reserve.save")
    row = book.view.list.current_row()
    assert row is not None
    assert (row.letter.number, row.status) == ("澄公开办投转〔2026〕2号", Status.RESERVED)
    book.view.record._closed.clicked.emit()
    desk.wait()
    model = book.view.model
    cells = {
        model.data(model.index(0, column)): model.data(model.index(0, column), int(STATUS_ROLE))
        for column in range(model.columnCount())
    }
    assert cells["待用"] == Colour.SOON
    assert desk.work(transfer) == row.letter.id
    assert book.view.record.entry is not None
    assert book.view.record.entry.row.status is Status.USED


def test_filters_leave_what_is_looked_for(desk: Desk, book: LetterBookPage) -> None:
    acting = desk.context.acting()
    desk.work(lambda office: letterbook.reserve(office, "chase", "留用", acting))
    view = book.view
    view.filters._buttons["reserved"].click()
    assert [row.kind_name for row in view.model.rows()] == ["催办函"]
    view.filters._buttons["all"].click()
    view.kinds.setCurrentIndex(view.kinds.findData("transfer"))
    assert [row.kind_name for row in view.model.rows()] == ["转办函"]
    assert view.filters._buttons["all"].text() == "全部 1"
    book.open_letter(2)
    desk.wait()
    assert view.kinds.currentData() is None
    current = view.list.current_row()
    assert current is not None
    assert current.letter.id == 2


def test_what_was_taken_out_of_the_file_is_said_at_once(desk: Desk, book: LetterBookPage) -> None:
    desk.work(transfer)
    desk.work(lambda office: outside(office.db, "UPDATE letter SET serial = 9 WHERE id = 3") and 1)
    assert "有缺失：澄公开办投转〔2026〕" in book.view.bar.text()
    book.view.bar.clicked.emit("gaps")
    desk.wait()
    gaps = book._page
    assert isinstance(gaps, GapsPage)
    assert "缺 7 个号：2、3、4、5、6、7、8" in str(
        [gaps.list.model().index(row, 5).data() for row in range(2)]
    )


def test_a_lost_original_is_said_in_place_of_the_sheet(desk: Desk, book: LetterBookPage) -> None:
    choose(desk, book, 2)
    desk.work(lambda office: outside(office.db, "UPDATE letter_file SET pdf = x'00'") and 1)
    choose(desk, book, 1)
    assert book.view.record.preview.page_count() == 0
    assert "从备份恢复" in book.view.record.preview._empty.sentence()


def test_envelopes_and_labels_follow_the_addresses(desk: Desk, book: LetterBookPage) -> None:
    book.view.list.selectAll()
    desk.click("letters.mail")
    page = book._page
    assert isinstance(page, MailPage)
    assert page.preview.page_count() == 1
    assert NAME in str(page.form.values()["rows"])
    page.form.editor("what").set_value("envelope")
    page._edited("what")
    page.show_sheet()
    desk.wait()
    assert page.preview.page_count() == 2
    page.form.editor("rows").set_value(({"name": "", "place": "文华路", "postcode": "1"},))
    page.show_sheet()
    desk.wait()
    assert "第 1 行" in page.preview._empty.sentence()
    desk.click("letters.mail.save")
    assert "邮政编码是 6 位数字" in page.form.faults()["rows"]


def test_the_book_of_the_year_is_printed(desk: Desk, book: LetterBookPage) -> None:
    desk.click("letters.printbook")
    page = book._page
    assert isinstance(page, PaperPage)
    assert page.preview.page_count() == 1


def test_an_empty_book_says_where_letters_come_from(desk: Desk) -> None:
    book = desk.show(LetterBookPage(desk.context))
    assert book.view.list.is_empty_shown()
    assert not book.view.save_button.isEnabled()


def test_what_the_check_found_is_said_with_the_letter(desk: Desk) -> None:
    desk.work(transfer)
    found = (
        '[{"code": "pitch", "title": "行距", "wanted": "10.4", "measured": "9.0", '
        '"clause": "5.2.3"}, {"code": "note.tighter-rows"}]'
    )
    desk.work(lambda office: outside(office.db, "UPDATE letter SET findings = ?", [found]) and 1)
    book = desk.show(LetterBookPage(desk.context))
    record = book.view.record
    assert record.preview.bar.text() == "检查：有 1 处不符合 GB/T 9704—2012。"
    record.preview.bar.clicked.emit("check")
    assert record.tabs.current() == "check"
    assert record.tabs.bar.tabText(2) == "检查 1"


def test_the_words_of_the_numbers_are_changed_with_a_live_example(desk: Desk) -> None:
    page = desk.show(SettingsPage(desk.context))
    words = page.form._words()
    assert words.example("transfer") == "澄公开办投转〔2026〕1号"
    words._lines["transfer"].setText("转2")
    assert words.example("transfer") == "澄公开办转2〔2026〕1号"
    desk.click("settings.save")
    assert page.form.faults()["series"].startswith("转办函：只写文字")
    words._lines["transfer"].setText("转字")
    desk.write("settings.postcode", "071000")
    page.form.editor("fonts").set_value("system")
    with desk.qtbot.waitSignal(page.closed):
        desk.click("settings.save")
    draft = desk.work(profile.draft_of)
    assert (draft.series, draft.postcode) == ({"transfer": "转字"}, "071000")
    assert draft.fonts is profile.FontChoice.SYSTEM
    draft = desk.work(lambda office: letters.series(office, "transfer"))
    assert draft == "澄公开办转字"


def test_escape_goes_back_step_by_step(desk: Desk, book: LetterBookPage) -> None:
    desk.click("letters.check")
    assert isinstance(book._page, GapsPage)
    book._page.leave()
    QApplication.processEvents()
    assert book._page is None
    with desk.qtbot.waitSignal(book.closed):
        book.view.leave()
