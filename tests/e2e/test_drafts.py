"""Nothing typed is lost on the real window: leaving, coming back, a killed program, a crash."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.app import Program
from desktop.ui.common import tempfiles
from desktop.ui.leaving import LeaveQuestion
from desktop.usecases import drafts
from desktop.usecases import office as offices
from tests.e2e import line
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import make_office, session

K = Qt.Key
NAME, PHONE = "刘堃", "13803007788"


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Path:
    path = tmp_path / "本单位 数据.db"
    make_office(path)
    return path


def _open(hand: Hand, path: Path) -> None:
    hand.window.open_office(path, session(path))
    hand.until(hand.window.ready, "the office")
    hand.rest()


def _words(widget: QWidget) -> str:
    return " ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisible())


def _begin(hand: Hand) -> None:
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write_cell("complainants", 0, "name", NAME)
    hand.write_cell("complainants", 0, "phone", PHONE)
    hand.write("subject", "名单没有公开")


def _press(hand: Hand, within: QWidget, words: str) -> None:
    found = [b for b in within.findChildren(QPushButton) if b.isVisible() and words in b.text()]
    found[-1].click()
    hand.pause(0.05)


def _question(hand: Hand) -> LeaveQuestion:
    hand.until(
        lambda: any(q.isVisible() for q in hand.window.findChildren(LeaveQuestion)), "the question"
    )
    return hand.window.findChildren(LeaveQuestion)[-1]


def _left(path: Path) -> tuple[drafts.Draft, ...]:
    desk = offices.open_office(path, session(path))
    try:
        return drafts.mine(desk)
    finally:
        desk.close()


def test_closing_asks_once_and_staying_goes_on(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    assert not hand.window.close()
    question = _question(hand)
    hand.picture("leaving", question)
    question.stay.click()
    hand.rest()
    assert hand.form().values()["subject"] == "名单没有公开"


def test_closing_keeps_a_draft_which_the_next_start_leads_to(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    hand.window.close()
    _question(hand).go.click()
    hand.until(lambda: not hand.window.isVisible(), "the window to close")
    (left,) = _left(office)
    assert left.values["subject"] == "名单没有公开"
    for file in office.parent.rglob("*"):
        if file.is_file():
            assert NAME.encode() not in file.read_bytes(), file
            assert PHONE.encode() not in file.read_bytes(), file
    hand.window.show()
    _open(hand, office)
    today = hand.window.tab("today")
    assert "有 1 份没有写完的内容。" in _words(today)
    hand.picture("today-with-a-draft")
    _press(hand, today, "去看看")
    hand.rest()
    hand.picture("drafts")
    read = hand.see("drafts.text").toPlainText().splitlines()
    assert read == [
        "收到日期：2026-11-20",
        "署名方式：实名",
        "投诉举报人：刘堃　13803007788",
        "主题：名单没有公开",
    ]
    hand.click("drafts.resume")
    hand.rest()
    assert hand.form().values()["subject"] == "名单没有公开"
    rows = hand.form().values()["complainants"]
    assert rows == ({"name": NAME, "phone": PHONE, "address": ""},)
    hand.picture("draft-continued")
    line_ = [("channel", "电话"), ("identity", "实名")]
    hand.choose(*line_[0])
    hand.write("received", "今天")
    hand.tick(*line_[1])
    hand.write("accused_unit", "市住房保障局")
    hand.tick("grounds", "目录")
    hand.write("text", "名单至今没有公开。")
    hand.save()
    assert hand.said() == "已登记 投〔2026〕0001。"
    hand.window.close()
    assert _left(office) == ()


def test_the_form_itself_offers_what_was_left(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    hand.window.close()
    _question(hand).go.click()
    hand.until(lambda: not hand.window.isVisible(), "the window to close")
    hand.window.show()
    _open(hand, office)
    hand.window.show_tab("complaints")
    hand.key(K.Key_N, CTRL)
    page = hand.window.tab("complaints")._page  # type: ignore[union-attr]
    assert "没有保存的内容" in page.draft_bar.text()
    hand.picture("draft-offered")
    _press(hand, page, "继续填写")
    assert hand.form().values()["subject"] == "名单没有公开"


def test_another_file_is_opened_after_the_question(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    other = office.with_name("另一个.db")
    make_office(other)
    hand.window.open_office(other, session(other))
    _question(hand).go.click()
    hand.until(lambda: hand.window.path == other and hand.window.ready(), "the other office")
    assert len(_left(office)) == 1


def test_the_end_of_the_session_keeps_drafts_unasked(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    hand.window.discard()
    assert len(_left(office)) == 1


def test_another_language_keeps_what_is_typed(program: Program, hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    program.window._set_language("en")
    _question(hand).go.click()
    hand.until(lambda: program.window is not hand.window, "the new window")


@pytest.mark.parametrize(
    "begin",
    [
        lambda hand: _settings(hand),
        lambda hand: _template(hand),
        lambda hand: _unit(hand),
        lambda hand: _case(hand),
        lambda hand: _reserve(hand),
    ],
    ids=["settings", "template", "unit", "case", "reserve"],
)
def test_every_kind_of_page_keeps_and_finds_its_draft(
    hand: Hand, office: Path, begin: Callable[[Hand], Callable[[], object]]
) -> None:
    _open(hand, office)
    read = begin(hand)
    wanted = read()
    hand.window.close()
    _question(hand).go.click()
    hand.until(lambda: not hand.window.isVisible(), "the window to close")
    assert len(_left(office)) == 1
    hand.window.show()
    _open(hand, office)
    hand.window.show_page("drafts")
    hand.rest()
    hand.click("drafts.resume")
    hand.rest()
    hand.pause(0.1)
    hand.rest()
    assert _READ[begin_name(wanted)](hand) == wanted


def begin_name(wanted: object) -> str:
    assert isinstance(wanted, tuple)
    return str(wanted[0])


def _settings(hand: Hand) -> Callable[[], object]:
    hand.window.show_page("settings")
    hand.rest()
    hand.write("contact", "周晓")
    return lambda: _READ["settings"](hand)


def _template(hand: Hand) -> Callable[[], object]:
    hand.window.show_page("templates")
    hand.rest()
    page = hand.window._pages["templates"]
    page.editor.text("body").insertPlainText("新写的一句。")  # type: ignore[union-attr]
    hand.rest()
    return lambda: _READ["template"](hand)


def _unit(hand: Hand) -> Callable[[], object]:
    hand.window.show_page("people")
    hand.rest()
    hand.click("people.unit.add")
    hand.write("name", "市档案馆")
    return lambda: _READ["unit"](hand)


def _case(hand: Hand) -> Callable[[], object]:
    hand.window.show_tab("casefiles")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.write("title", "名单没有公开")
    return lambda: _READ["case"](hand)


def _reserve(hand: Hand) -> Callable[[], object]:
    hand.window.show_page("letters")
    hand.rest()
    hand.window._pages["letters"]._reserve()  # type: ignore[union-attr]
    hand.rest()
    hand.write("reason", "留给年底的函")
    return lambda: _READ["reserve"](hand)


_READ: dict[str, Callable[[Hand], object]] = {
    "settings": lambda hand: ("settings", hand.form().values()["contact"]),
    "template": lambda hand: (
        "template",
        hand.window._pages["templates"].editor.text("body").toPlainText(),  # type: ignore[union-attr]
    ),
    "unit": lambda hand: ("unit", hand.form().values()["name"]),
    "case": lambda hand: ("case", hand.form().values()["title"]),
    "reserve": lambda hand: ("reserve", hand.form().values()["reason"]),
}


CHILD = """
import sys
import db.driver
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.app import Places, Program
from tests.ui.office_fixtures import session

own, path = Path(sys.argv[1]), Path(sys.argv[2])
app = QApplication([])
where = Places(own / "settings.ini", own / "log.txt", own / "sample.db")
program = Program(app, where, lambda: datetime(2026, 11, 20, 9, 36))
window = program.window
window.show()
window.open_office(path, session(path))
typing = QTimer()
words = iter("名单至今没有公开我们多次到窗口询问工作人员说在内部系统里不对外提供请依法查处" * 200)

def begin():
    if not window.ready():
        return
    page = window.tab("complaints")._page
    if page is None:
        window.context.drafts.pause, window.context.drafts.longest = 20, 40
        window.show_tab("complaints")
        window.tab("complaints").start_new()
        window.context.drafts.changed.connect(lambda: print("kept", flush=True))
    else:
        page.form.editor("text").text.insertPlainText(next(words))

typing.timeout.connect(begin)
typing.start(10)
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a matter of POSIX")
def test_after_kill_9_during_typing_the_draft_is_found(
    program: Program, hand: Hand, office: Path, tmp_path: Path
) -> None:
    own = tmp_path / "child"
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(own), str(office)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as child:
        assert child.stdout is not None
        for _times in range(5):
            assert child.stdout.readline() == "kept\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    (left,) = _left(office)
    assert str(left.values["text"]).startswith("名单至今没有公开")
    again = Program(
        program.application,
        type(program._where)(own / "settings.ini", own / "log.txt", own / "sample.db"),
        lambda: left.saved,
    )
    hand.window = again.window
    again.window.show()
    _open(hand, office)
    assert "上次程序没有正常关闭；已保存的内容和草稿都在。有 1 份没有写完的内容。" in _words(
        again.window.tab("today")
    )
    hand.picture("after-a-crash")
    again.window.discard()
    again.end()
    again.window.deleteLater()


def test_after_an_error_the_program_begins_anew_with_its_drafts(
    program: Program, hand: Hand, office: Path
) -> None:
    _open(hand, office)
    _begin(hand)
    started: list[bool] = []
    program.start = lambda: started.append(True)
    context = hand.window.context
    assert context is not None

    def broken(_office: offices.Office) -> None:
        raise ZeroDivisionError(NAME)

    context.ask(broken, print)
    hand.until(lambda: program.watch.dialog is not None, "the dialog")
    dialog = program.watch.dialog
    assert dialog is not None
    hand.picture("error", dialog)
    dialog.findChild(QPushButton, "error.restart").click()
    hand.until(lambda: bool(started), "the new start")
    assert len(_left(office)) == 1
    assert NAME not in program._where.log.read_text("utf-8")


def test_a_registered_complaint_is_corrected_from_a_draft(hand: Hand, office: Path) -> None:
    _open(hand, office)
    line.register_simple(hand, NAME, "市住房保障局", "名单没有公开", "名单至今没有公开。")
    tab = hand.window.tab("complaints")
    hand.key(K.Key_F2)
    hand.write("reason", "写错了")
    hand.click("complaints.correct.reveal")
    hand.write_cell("complainants", 0, "name", "刘坤")
    hand.window.close()
    _question(hand).go.click()
    hand.until(lambda: not hand.window.isVisible(), "the window to close")
    hand.window.show()
    _open(hand, office)
    hand.window.show_page("drafts")
    hand.rest()
    hand.click("drafts.resume")
    hand.rest()
    tab = hand.window.tab("complaints")
    page = tab._page  # type: ignore[union-attr]
    assert page.form.values()["reason"] == "写错了"
    assert "complainants" in page.form._hidden  # who complained waits for a look on record
    assert page.kept()["complainants"][0]["name"] == "刘坤"
    hand.click("complaints.correct.reveal")
    assert page.form.values()["complainants"][0]["name"] == "刘坤"


def test_the_lock_keeps_a_draft_and_another_user_may_sit_down(hand: Hand, office: Path) -> None:
    _open(hand, office)
    _begin(hand)
    window, context = hand.window, hand.window.context
    assert context is not None
    window.lock_up()
    assert window.locked()
    hand.until(context.tasks.idle, "the draft")
    window._change_user()
    hand.until(lambda: window.context is None, "the door")
    assert not window.locked()
    assert len(_left(office)) == 1
    window.open_office(office, session(office, 2))
    hand.until(window.ready, "the office of the other")
    hand.rest()
    assert "没有写完的内容" not in _words(window.tab("today"))


def test_copies_and_copied_names_go_when_the_window_is_locked(
    hand: Hand, office: Path, tmp_path: Path
) -> None:
    _open(hand, office)
    line.register_simple(hand, NAME, "市住房保障局", "名单没有公开", "名单至今没有公开。")
    hand.window.activateWindow()
    hand.until(lambda: QGuiApplication.focusWindow() is not None, "the keyboard")
    QGuiApplication.clipboard().setText(f"{NAME} 来过")
    copy = tempfiles.put(NAME.encode(), ".pdf")
    assert copy.is_relative_to(tmp_path / "own")
    hand.window.lock_up()
    assert QGuiApplication.clipboard().text() == ""
    assert not copy.exists()
