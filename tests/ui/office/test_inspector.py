"""The inspection beside the work: nobody waits for it, and it ends when the office is left."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.context import Context
from desktop.ui.office import inspector
from desktop.ui.office.inspector import Inspector
from desktop.ui.window import MainWindow
from desktop.usecases import audit, people
from desktop.usecases.audit import Inspection
from desktop.usecases.office import Office
from tests.tamper import outside
from tests.ui.office.conftest import Desk
from tests.ui.office_fixtures import ACTING, session


def inspected(desk: Desk) -> Inspection:
    """Inspect the file, and let the clerk save a unit while that is under way."""
    inspects: Inspector = desk.context.inspector
    seen: list[tuple[Inspection, bool]] = []
    inspects.inspected.connect(seen.append)
    saved: list[str] = []

    def save(office: Office) -> str:
        name = f"边查边设第{office.db.execute('SELECT count(*) FROM unit').fetchone()[0]}局"
        people.save_unit(office, None, name, people.UNIT_KINDS[0], ACTING)
        return name

    def answered(name: str) -> None:
        if inspects._hand is not None and not inspects._hand.idle():
            saved.append(name)
        if not seen:
            desk.context.tasks.run(save, answered)

    inspects.begin()
    desk.context.tasks.run(save, answered)
    desk.qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    desk.wait()
    inspects.inspected.disconnect(seen.append)
    assert saved, "they were saved while the file was being inspected"
    return seen[-1][0]


def test_what_is_asked_meanwhile_is_answered_and_not_accused(desk: Desk) -> None:
    assert inspected(desk).findings == ()
    desk.ask(lambda office: outside(office.db, "UPDATE unit SET name = '市别的局' WHERE id = 2"))
    (told,) = inspected(desk).findings
    assert "单位“市市场监督局”被程序以外的人改动过" in audit.sentence(told)


def test_a_file_in_use_is_tried_again_and_in_the_end_inspected_in_its_own_turn(
    desk: Desk, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector, "_AGAIN", 1)
    reading = desk.ask(lambda office: office.db.execute("SELECT 1 FROM unit"))
    desk.ask(lambda _office: reading.fetchone())
    with desk.qtbot.waitSignal(context.inspector.inspected, timeout=20_000) as seen:
        context.inspector.begin()
    assert seen.args is not None
    assert seen.args[0][0].findings == ()
    assert context.inspector._tried == inspector._PATIENCE
    desk.ask(lambda _office: reading.close())


def test_begun_anew_it_tells_once(desk: Desk, context: Context) -> None:
    told: list[object] = []
    context.inspector.inspected.connect(told.append)
    context.inspector.begin()
    desk.qtbot.waitUntil(lambda: context.inspector._hand is not None, timeout=20_000)
    context.inspector.begin()
    desk.wait()
    assert len(told) == 1


def test_the_office_is_left_while_it_is_being_inspected(
    qtbot: QtBot, window: MainWindow, office_path: Path
) -> None:
    threads = threading.active_count()
    for _again in range(3):
        window.open_office(office_path, session(office_path))
        qtbot.waitUntil(
            lambda: window._settled and window._context().inspector._hand is not None,
            timeout=20_000,
        )
        window._close_office()
        assert window.context is None
        qtbot.waitUntil(lambda: threading.active_count() == threads)
    assert not Path(f"{office_path}-wal").exists()


def test_what_takes_long_is_told_in_the_status_line(
    qtbot: QtBot, window: MainWindow, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector, "_LONG", 0)
    said: set[str] = set()
    window.open_office(office_path, session(office_path))
    qtbot.waitUntil(lambda: window._settled, timeout=20_000)
    window._context().inspector.telling.connect(lambda _words: said.add(window.checking.text()))
    qtbot.waitUntil(window.ready, timeout=20_000)
    assert "正在核对操作记录…" in said
    assert window.checking.isHidden()
    assert window.working.isHidden()


def test_given_up_the_file_is_let_go(desk: Desk, context: Context) -> None:
    def puts_off(office: Office) -> bool:
        return office.db.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)

    context.inspector.begin()
    context.inspector.stop()  # before it was held
    desk.wait()
    assert not desk.ask(puts_off)
    context.inspector.begin()
    desk.qtbot.waitUntil(lambda: context.inspector._hand is not None, timeout=20_000)
    assert desk.ask(puts_off)
    context.inspector.begin()
    desk.qtbot.waitUntil(lambda: context.inspector._hand is not None, timeout=20_000)
    context.inspector.stop()
    desk.wait()
    assert not desk.ask(puts_off)
    assert context.inspector.idle()
