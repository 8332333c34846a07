"""The window as a whole: opening, refusing, undoing, leaving, changing its language and its look."""

import platform
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop import paths
from desktop.app import Program
from desktop.ui.common import theme
from desktop.ui.complaints import reading
from desktop.ui.leaving import LeaveQuestion
from desktop.usecases import auditlog
from desktop.usecases import office as offices
from desktop.usecases.auditlog import LogFilter
from desktop.usecases.register import ComplaintView
from tests.e2e import line
from tests.e2e.conftest import NOW
from tests.e2e.hand import CTRL, Hand
from tests.ui.desk import commit
from tests.ui.office_fixtures import make_office, session

K = Qt.Key


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "本单位 数据.db"
    make_office(path)
    return path


def _open(hand: Hand, path: Path, clerk: int = 1) -> None:
    hand.window.open_office(path, session(path, clerk))
    hand.until(hand.window.ready, "the office")
    hand.rest()


def _words(widget: QWidget) -> str:
    return " ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisible())


def _register(hand: Hand) -> None:
    line.register_simple(hand, "刘堃", "市住房保障局", "名单没有公开", "名单至今没有公开。")


def _shown(hand: Hand) -> ComplaintView:
    tab: Any = hand.window.tab("complaints")
    view: ComplaintView = tab.record.view
    return view


def _stands(hand: Hand) -> str:
    return _shown(hand).state.value


def _newest(hand: Hand) -> tuple[str, str]:
    newest = reading.events(_shown(hand))[0]
    return newest.what, newest.text


def test_an_office_opens_with_its_name_its_day_and_its_rules(hand: Hand, office: Path) -> None:
    _open(hand, office)
    assert hand.window.windowTitle() == "阳光台账 — 澄岳市政务公开领导小组办公室"
    words = _words(hand.window.statusBar())
    assert "2026-11-20 星期五 · 工作日" in words
    assert "规则：保定市 第 1 版" in words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "这不是阳光台账的数据文件"),
        (b"", "这不是阳光台账的数据文件"),
        (b"SQLite format 3\x00" + bytes(5000), "这不是阳光台账的数据文件"),
    ],
)
def test_a_file_that_is_no_office_is_refused_in_words_and_untouched(
    hand: Hand, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "别的.db"
    path.write_bytes(content)
    hand.window.open_office(path)
    hand.until(lambda: said in _words(hand.window.welcome), said)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.glob("别的*")] == ["别的.db"]


def test_a_second_program_on_the_same_file_is_told_so(hand: Hand, office: Path) -> None:
    first = offices.open_office(office, session(office))
    try:
        hand.window.open_office(office, session(office))
        said = f"王敏已经在电脑“{platform.node()}”"
        hand.until(lambda: said in _words(hand.window.welcome), "the refusal")
    finally:
        first.close()
    _open(hand, office)


def test_a_damaged_rulebook_is_named_and_the_rest_goes_on(
    hand: Hand, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "resources"
    shutil.copytree(paths.resources() / "rulebooks", copied / "rulebooks")
    for other in paths.resources().iterdir():
        if other.name != "rulebooks":
            (copied / other.name).symlink_to(other)
    (copied / "rulebooks" / "kunming.toml").write_text("id = ", encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: copied)
    _open(hand, office)
    assert "kunming.toml" in _words(hand.window.bar)
    _register(hand)
    assert hand.said() == "已登记 投〔2026〕0001。"


def test_the_status_line_takes_the_last_action_back(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _register(hand)
    assert hand.window.status.can_undo()
    hand.key(K.Key_Z, CTRL)
    asked = hand.see("status.why")
    assert asked.hasFocus()
    assert hand.said() == "已登记 投〔2026〕0001。"
    hand.key(K.Key_Return)  # no reason yet: it is asked again
    assert "还没有写理由" in asked.lineEdit().placeholderText()
    assert _stands(hand) == "registered"
    hand.key(K.Key_Escape)  # everything stays, and may still be taken back
    assert QApplication.focusWidget() is hand.see("complaints.next")
    assert hand.window.status.can_undo()
    assert hand.said() == "已登记 投〔2026〕0001。"
    hand.press_link("撤销")
    commit(hand.see("status.why"), "刘堃说不投诉了")
    hand.key(K.Key_Return)
    assert hand.said() == "已撤销。"
    assert _stands(hand) == "void"
    assert _newest(hand) == ("撤销：登记投诉举报", "理由：×××说不投诉了")
    hand.window.close()
    again = offices.open_office(office, session(office))
    try:
        undone = auditlog.page(again, LogFilter(group="undo")).lines[0]
        assert undone.reason == "×××说不投诉了"
    finally:
        again.close()


def test_a_usual_reason_is_taken_with_two_keys(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _register(hand)
    hand.key(K.Key_Z, CTRL)
    hand.key(K.Key_Down)
    hand.key(K.Key_Return)
    assert hand.said() == "已撤销。"
    assert _newest(hand) == ("撤销：登记投诉举报", "理由：录入有误")


def test_the_window_does_not_close_over_unsaved_work(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write("subject", "名单没有公开")
    assert not hand.window.close()
    assert hand.window.findChild(LeaveQuestion) is not None
    assert hand.form().values()["subject"] == "名单没有公开"


def test_another_file_is_not_opened_over_unsaved_work(hand: Hand, office: Path) -> None:
    _open(hand, office)
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write("subject", "名单没有公开")
    hand.window.open_office(office)
    assert hand.form().values()["subject"] == "名单没有公开"


def test_the_sample_is_made_with_progress_and_can_be_stopped(
    program: Program, hand: Hand, tmp_path: Path
) -> None:
    window = program.window
    window.open_sample()
    hand.until(window.working.isVisible, "the progress")
    window._cancel()
    hand.until(lambda: window._maker is None, "the end of the making")
    assert not list(tmp_path.glob("sample*"))
    window.open_sample()
    hand.until(window.ready, "the sample office")
    assert (tmp_path / "sample.db").exists()


def test_english_and_back_on_the_same_office(program: Program, hand: Hand, office: Path) -> None:
    _open(hand, office)
    program.window._set_language("en")
    hand.window = program.window
    hand.until(hand.window.ready, "the office in English")
    hand.rest()
    assert hand.window.windowTitle().startswith("Sunlight Ledger")
    assert "Friday" in _words(hand.window.statusBar())
    program.window._set_language("zh_CN")
    hand.window = program.window
    hand.until(hand.window.ready, "the office in Chinese")
    hand.rest()
    assert "星期五" in _words(hand.window.statusBar())


def test_size_and_colours_change_at_once(hand: Hand, office: Path) -> None:
    _open(hand, office)
    before = hand.window.tabs.fontMetrics().height()
    hand.window._set_size(150)
    assert hand.window.tabs.fontMetrics().height() > before
    hand.window._set_scheme(theme.Scheme.DARK)
    assert hand.window.palette().window().color().lightness() < 100


def test_an_unexpected_error_is_told_and_logged_without_contents_and_work_goes_on(
    program: Program, hand: Hand, office: Path, tmp_path: Path
) -> None:
    _open(hand, office)
    context = hand.window.context
    assert context is not None

    def broken(_office: offices.Office) -> None:
        raise ZeroDivisionError("刘堃 13900001234")

    context.ask(broken, print)
    hand.until(lambda: program.watch.dialog is not None, "the dialog")
    log = (tmp_path / "own" / "log.txt").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "刘堃" not in log
    dialog = program.watch.dialog
    assert dialog is not None
    dialog.accept()
    _register(hand)
    assert hand.said() == "已登记 投〔2026〕0001。"


def test_after_midnight_the_clocks_are_looked_at_again(
    program: Program, hand: Hand, office: Path
) -> None:
    _open(hand, office)
    hand.window._shown_day = NOW.date().replace(day=19)
    hand.window._watch_day()
    hand.rest()
    assert hand.window._shown_day == NOW.date()


def test_a_complaint_registered_elsewhere_is_found_from_today(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _register(hand)
    hand.window.show_tab("today")
    hand.rest()
    hand.window.open_record("complaint", 1)
    hand.rest()
    shown = hand.window.tab("complaints").record.view  # type: ignore[union-attr]
    assert shown.complaint.number == "投〔2026〕0001"
