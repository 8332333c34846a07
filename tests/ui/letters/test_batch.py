"""Many letters at once: kept each, joined, printed; with progress, and stopped half-way."""

from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinter

from desktop.ui.letters.batch import gone_words
from desktop.ui.letters.book import LetterBookPage
from desktop.ui.letters.bookview import BookView
from desktop.usecases import letters
from tests.ui.letters.conftest import Desk, many

HUNDRED = 100


def show(desk: Desk, count: int) -> BookView:
    desk.work(lambda office: many(office, count))
    book = desk.show(LetterBookPage(desk.context))
    book.view.list.selectAll()
    assert book.view._chosen.text() == f"选中 {count} 份文书"
    return book.view


def test_a_hundred_letters_are_kept_each_in_a_file(desk: Desk, tmp_path: Path) -> None:
    view = show(desk, HUNDRED)
    folder = tmp_path / "out"
    folder.mkdir()
    view.batch.ask_folder = lambda: str(folder)
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.saveall")
    files = sorted(folder.iterdir())
    assert len(files) == HUNDRED
    assert {file.read_bytes() for file in files} == {desk.work(lambda o: letters.pdf(o, 1))}
    assert desk.told[-1] == ("正在保存文书", HUNDRED, HUNDRED)
    assert view.bar.text() == f"已保存 100 份文书到 {folder}。"


def test_keeping_is_stopped_and_what_is_there_is_whole(desk: Desk, tmp_path: Path) -> None:
    view = show(desk, HUNDRED)
    folder = tmp_path / "out"
    folder.mkdir()
    view.batch.ask_folder = lambda: str(folder)
    whole = desk.work(lambda o: letters.pdf(o, 1))
    desk.context.tasks.progressed.connect(lambda *_far: view.batch.stop())
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.saveall")
    files = list(folder.iterdir())
    assert len(files) < HUNDRED
    assert all(file.read_bytes() == whole for file in files)
    assert view.bar.text().startswith("已停止")
    assert view.save_button.isEnabled()


def test_letters_are_joined_into_one_file(desk: Desk, tmp_path: Path) -> None:
    view = show(desk, 5)
    path = tmp_path / "合并.pdf"
    view.batch.ask_path = lambda _name: str(path)
    pages = len(pypdf.PdfReader(_file(desk, tmp_path)).pages)
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.join")
    assert len(pypdf.PdfReader(path).pages) == 5 * pages
    assert "合并.pdf" in view.bar.text()


def _file(desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "one.pdf"
    path.write_bytes(desk.work(lambda o: letters.pdf(o, 1)))
    return path


def test_a_folder_that_can_not_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    view = show(desk, 2)
    view.batch.ask_folder = lambda: str(tmp_path / "没有")
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.saveall")
    assert "写不进去" in view.bar.text()
    assert not view.batch.running()


def test_a_joined_file_that_can_not_be_written_is_said_and_leaves_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    view = show(desk, 2)
    view.batch.ask_path = lambda _name: str(tmp_path / "没有" / "2026.11")
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.join")
    assert "写不进去" in view.bar.text()
    (tmp_path / "没有").mkdir()
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.join")
    assert [path.name for path in (tmp_path / "没有").iterdir()] == ["2026.11.pdf"]


def to_file(path: Path) -> "object":
    def ask(printer: QPrinter, pages: int) -> bool:
        assert pages
        printer.setResolution(72)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    return ask


def test_letters_are_printed_one_after_the_other(desk: Desk, tmp_path: Path) -> None:
    view = show(desk, 3)
    out = tmp_path / "printed.pdf"
    view.batch.ask_printer = to_file(out)  # type: ignore[assignment]
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.printall")
    reader = pypdf.PdfReader(out)
    one = len(pypdf.PdfReader(_file(desk, tmp_path)).pages)
    assert len(reader.pages) == 3 * one + (2 if one % 2 else 0)
    assert [float(x) for x in reader.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1.5)
    assert view.bar.text() == "已送打印机打印。"
    assert view.batch.working.isHidden()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_is_gone_is_said_and_the_next_batch_prints(
    desk: Desk, tmp_path: Path
) -> None:
    view = show(desk, 2)
    view.batch.ask_printer = to_file(tmp_path / "拔掉" / "打印.pdf")
    with desk.qtbot.waitSignal(view.batch.finished, timeout=30_000):
        desk.click("letters.printall")
    assert "打印机没有响应" in view.bar.text()
    assert not view.batch.running()
    view.batch.ask_printer = to_file(tmp_path / "打印.pdf")
    with desk.qtbot.waitSignal(view.batch.finished, timeout=30_000):
        desk.click("letters.printall")
    assert "已送打印机" in view.bar.text()


@pytest.mark.parametrize("whole_folder", [True, False])
def test_a_printer_that_goes_away_between_two_pages_is_said(
    desk: Desk, tmp_path: Path, whole_folder: bool
) -> None:
    view = show(desk, 3)
    folder = tmp_path / "打印"
    folder.mkdir()
    out = folder / "打印.pdf"
    view.batch.ask_printer = to_file(out)  # type: ignore[assignment]
    show_progress = view.batch.working.show_progress
    seen: list[int] = []

    def pull_the_plug(text: str, done: int, total: int) -> None:
        show_progress(text, done, total)
        seen.append(done)
        if done == 3:
            out.unlink()
            if whole_folder:
                folder.rmdir()

    view.batch.working.show_progress = pull_the_plug  # type: ignore[method-assign]
    with desk.qtbot.waitSignal(view.batch.finished, timeout=30_000):
        desk.click("letters.printall")
    assert seen == [1, 2, 3]
    assert view.bar.text() == (
        "打印机没有响应，选中的文书都没有打印完；请检查打印机后重试，或合并保存为 PDF 后打印。"
    )
    assert view.print_button.isEnabled()
    assert view.batch.working.isHidden()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_disk_full_at_the_last_page_is_no_success(desk: Desk) -> None:
    view = show(desk, 2)
    view.batch.ask_printer = to_file(Path("/dev/full"))  # type: ignore[assignment]
    with desk.qtbot.waitSignal(view.batch.finished, timeout=30_000):
        desk.click("letters.printall")
    assert view.bar.text().startswith("打印机没有响应")


def test_of_a_printer_that_took_some_letters_the_rest_is_named() -> None:
    titles = [f"澄公开办投转〔2026〕{n}号　关于转办投诉举报事项的函" for n in (1, 2, 3)]
    assert gone_words(titles[:1], titles[1:]) == (
        "打印机中途没有响应：1 份已送出，到“澄公开办投转〔2026〕1号”为止；"
        "从“澄公开办投转〔2026〕2号”起的 2 份没有打印完，请检查打印机后重新打印这几份。"
    )
    assert "都没有打印完" in gone_words([], titles)


def test_printing_shows_how_far_it_is_and_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    view = show(desk, HUNDRED)
    out = tmp_path / "printed.pdf"
    view.batch.ask_printer = to_file(out)  # type: ignore[assignment]
    seen: list[str] = []
    show_progress = view.batch.working.show_progress

    def watched(text: str, done: int, total: int) -> None:
        show_progress(text, done, total)
        assert not view.print_button.isEnabled()
        seen.append(text)
        if done == 3:
            view.batch.working._stop.click()

    view.batch.working.show_progress = watched  # type: ignore[method-assign]
    with desk.qtbot.waitSignal(view.batch.finished, timeout=30_000):
        desk.click("letters.printall")
    assert len(seen) == 3
    assert seen[0].startswith("正在打印第 1 页，共 ")
    assert view.bar.text().startswith("已停止打印")
    assert view.print_button.isEnabled()


def test_a_clerk_may_think_better_of_it(desk: Desk) -> None:
    view = show(desk, 2)
    view.batch.ask_printer = lambda _printer, _pages: False
    with desk.qtbot.waitSignal(view.batch.finished, timeout=20_000):
        desk.click("letters.printall")
    view.batch.ask_folder = str
    desk.click("letters.saveall")
    view.batch.ask_path = lambda _name: ""
    desk.click("letters.join")
    assert not view.batch.running()
    assert view.bar.text() == ""
