"""备份与恢复 in the window: what it shows, what it does, and what the window says by itself."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from db import backup, moment
from db.ledger import Actor, EventDraft
from desktop.ui.office import backups
from desktop.ui.office.backups import BackupsPage
from desktop.ui.window import MainWindow
from desktop.usecases import office as offices
from desktop.usecases import people
from desktop.usecases.backups import BackupsSeen, Where
from desktop.usecases.office import Acting
from tests.drill.offices import NOW, PASSWORD, add_unit, make_office, session


class Clock:
    def __init__(self) -> None:
        self.now = NOW + timedelta(minutes=1)

    def __call__(self) -> datetime:
        return self.now


Open = Callable[..., MainWindow]


@pytest.fixture(name="clock")
def _clock() -> Clock:
    return Clock()


@pytest.fixture(name="window")
def _window(qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[MainWindow]:
    path = tmp_path / "office.db"
    make_office(path).close()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(clock, settings, tmp_path / "sample.db")
    window.resize(1366, 768)
    window.show()
    window.open_office(path, session(path))
    idle(qtbot, window)
    yield window
    window.discard()
    window.deleteLater()


def idle(qtbot: QtBot, window: MainWindow) -> None:
    def quiet() -> bool:
        keeper = window.keeper
        hand = keeper._hand is None or keeper._hand.idle()
        return window.ready() and hand and not keeper._busy

    for _again in range(3):
        qtbot.waitUntil(quiet, timeout=20_000)
        qtbot.wait(20)


def page(window: MainWindow, qtbot: QtBot) -> BackupsPage:
    window.show_page("backups")
    idle(qtbot, window)
    found = window._pages["backups"]
    assert isinstance(found, BackupsPage)
    return found


def test_the_first_backup_is_made_without_asking_and_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = page(window, qtbot)
    assert [line.where for line in shown.model.rows()] == [Where.OWN]
    assert "最近一份：2026-11-20 09:31" in shown.own.lines.text()
    assert "还没有选定第二个盘" in window.keeper.bar.text()


def test_the_second_medium_from_choosing_to_the_journal(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, clock: Clock
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    shown = page(window, qtbot)
    assert not shown.copy_button.isEnabled()
    shown.ask_folder = lambda _title: str(usb)
    shown.second_button.click()
    idle(qtbot, window)
    assert "今天还没有备份到第二个盘" in window.keeper.bar.text()
    shown.journal.click()
    idle(qtbot, window)
    assert "续写日志停了" in window.keeper.bar.text()
    shown.copy_button.click()
    idle(qtbot, window)
    assert {line.where for line in shown.model.rows()} == {Where.OWN, Where.SECOND}
    assert window.keeper.bar.isHidden()
    assert list((usb / "office.backups" / "journal").glob("*.redo"))
    clock.now += timedelta(days=1)
    window.keeper.tick()
    idle(qtbot, window)
    assert "今天还没有备份到第二个盘" in window.keeper.bar.text()


def test_a_drill_says_how_long_it_took(qtbot: QtBot, window: MainWindow) -> None:
    shown = page(window, qtbot)
    shown.drill_button.click()
    idle(qtbot, window)
    assert "恢复演练成功" in window.status.text()
    assert "最近一次：2026-11-20 09:31" in shown.drill.lines.text()


def test_going_back_shows_what_is_lost_and_opens_the_office_again(
    qtbot: QtBot, window: MainWindow, clock: Clock
) -> None:
    shown = page(window, qtbot)
    clock.now += timedelta(minutes=10)
    assert window.context is not None
    acting = Acting(1, "王敏", clock.now)
    kind = people.UNIT_KINDS[0]
    window.context.do(
        lambda office: people.save_unit(office, None, "后来的单位", kind, acting),
        lambda _done: None,
        lambda error: pytest.fail(str(error)),
    )
    idle(qtbot, window)
    shown.list.select(shown.model.rows()[-1].key)
    shown.restore_button.click()
    idle(qtbot, window)
    dialog = shown.dialog
    assert dialog is not None
    dialog.act_button.click()
    assert dialog.isVisible()  # a reason is asked for
    dialog.form.set_values({"reason": "演练"})
    path = window.path
    assert path is not None
    dialog.act_button.click()
    qtbot.waitUntil(lambda: path.with_suffix(".replaced").exists(), timeout=20_000)
    idle(qtbot, window)
    assert "已恢复" in window.status.text()
    names = {unit.name for unit in window._context().directory.units}
    assert "后来的单位" not in names
    reasons = [line.reason.value for line in page(window, qtbot).model.rows()]
    assert "restore" in reasons


def test_a_doubtful_clock_is_said_and_confirmed(
    qtbot: QtBot, window: MainWindow, clock: Clock
) -> None:
    clock.now -= timedelta(hours=9)
    window.keeper.tick()
    idle(qtbot, window)
    assert "早于最后一次操作" in window.keeper.bar.text()
    window.keeper.ask_clock()
    dialog = window.keeper.dialog
    assert dialog is not None
    dialog.form.set_values({"reason": "主板电池没电，时间已核对"})
    dialog.act_button.click()
    idle(qtbot, window)
    assert "早于" not in window.keeper.bar.text()


def test_leaving_makes_a_backup_when_something_was_done(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, clock: Clock
) -> None:
    place = tmp_path / "office.backups"
    before = {one.name for one in place.iterdir()}
    clock.now += timedelta(minutes=10)
    assert window.context is not None
    window.context.ask(lambda office: add_unit(office, "新单位", clock.now), lambda _event: None)
    idle(qtbot, window)
    window._close_office()
    assert window.context is None
    after = {one.name for one in place.iterdir()} - before
    assert after == {"2026-11-20_094100"}


def fill(office: offices.Office) -> None:
    """Make the file so large that a backup takes a while."""
    with office.ledger.action(EventDraft("unit.save"), Actor(1, "王敏", NOW)) as action:
        for n in range(400):
            action.keep_file(f"{n:064x}", os.urandom(60_000))


def puts_off(office: offices.Office) -> bool:
    """Whether what is written stays in the log file."""
    return bool(office.db.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,))


def ask(qtbot: QtBot, window: MainWindow, job: Callable[[offices.Office], Any]) -> Any:
    assert window.context is not None
    answers: list[Any] = []
    window.context.tasks.run(job, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    return answers[0]


def test_an_hourly_backup_is_made_while_the_clerk_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    keeper = window.keeper
    shown = page(window, qtbot)
    before = {line.key for line in shown.model.rows()}
    ask(qtbot, window, fill)
    idle(qtbot, window)
    keeper._back_up()
    kept = ask(qtbot, window, lambda office: (backup.head(office.db), puts_off(office)))
    names = []
    assert keeper._hand is not None
    while not keeper._hand.idle():
        names.append(f"边备份边设第{len(names)}局")
        ask(qtbot, window, lambda office: add_unit(office, names[-1]))
    assert len(names) > 1, "they were saved while the backup was being made"
    idle(qtbot, window)
    (made,) = [line.made for line in shown.model.rows() if line.key not in before]
    assert (made.head, True) == kept
    assert keeper._gave_way == 0
    assert not ask(qtbot, window, puts_off)
    key = window.context.session.keys.data  # type: ignore[union-attr]
    db = backup.look(made.file, key)
    found = {row[0] for row in db.execute("SELECT name FROM unit").fetchall()}
    db.close()
    assert found
    assert not found & set(names)
    assert {one.name for one in ask(qtbot, window, people.directory).units} == found | set(names)


def test_an_hourly_backup_of_a_file_that_is_being_inspected_gives_way(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = page(window, qtbot)
    before = shown.model.rowCount()
    ask(qtbot, window, fill)
    held = ask(qtbot, window, lambda office: moment.hold(office.db))
    window.keeper._back_up()
    assert ask(qtbot, window, lambda office: office.profile().name)
    idle(qtbot, window)
    window.keeper._back_up()
    idle(qtbot, window)
    assert shown.model.rowCount() > before
    assert ask(qtbot, window, puts_off)
    ask(qtbot, window, lambda office: moment.let_go(office.db, held))
    assert not ask(qtbot, window, puts_off)


def test_an_hourly_backup_waits_for_the_inspection_instead_of_keeping_the_office(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = page(window, qtbot)
    before = shown.model.rowCount()
    ask(qtbot, window, fill)
    idle(qtbot, window)
    assert window.context is not None
    inspects, keeper = window.context.inspector, window.keeper
    inspects.begin()
    keeper._back_up()
    qtbot.waitUntil(lambda: not keeper._busy)
    assert not inspects.idle()
    idle(qtbot, window)
    assert shown.model.rowCount() == before
    keeper._back_up()  # the next minute
    idle(qtbot, window)
    assert shown.model.rowCount() > before
    assert keeper._gave_way == 0


def test_the_office_is_left_while_an_hourly_backup_is_being_made(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    ask(qtbot, window, fill)
    idle(qtbot, window)
    window.keeper._back_up()
    assert ask(qtbot, window, puts_off)
    window._close_office()
    assert window.context is None
    assert not (tmp_path / "office.db-wal").exists()
    assert not list((tmp_path / "office.backups").glob("*.part"))
    window.open_office(tmp_path / "office.db", session(tmp_path / "office.db"))
    idle(qtbot, window)
    assert not ask(qtbot, window, puts_off)


def test_a_destroyed_office_is_brought_back_from_the_second_medium(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    shown = page(window, qtbot)
    shown.ask_folder = lambda _title: str(usb)
    shown.second_button.click()
    idle(qtbot, window)
    shown.journal.click()
    idle(qtbot, window)
    shown.copy_button.click()
    idle(qtbot, window)
    assert window.context is not None
    window.context.ask(lambda office: add_unit(office, "最后的单位", NOW), lambda _event: None)
    idle(qtbot, window)
    window._close_office()
    for one in tmp_path.glob("office.*"):
        if one.is_file():
            one.write_bytes(b"gone")
    rescue = window.rescue
    rescue.ask_backup = lambda: str(usb)
    rescue.ask_target = lambda name: str(tmp_path / name)
    window._rescue()
    card = rescue.card
    assert card is not None
    card.password.set_value(PASSWORD)
    card.unlock()
    qtbot.waitUntil(lambda: rescue.dialog is not None, timeout=20_000)
    assert rescue.dialog is not None
    rescue.dialog.form.set_values({"reason": "硬盘坏了"})
    rescue.dialog.act_button.click()
    qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)
    idle(qtbot, window)
    assert "最后的单位" in {unit.name for unit in window._context().directory.units}


def test_without_a_backup_nothing_is_said_to_have_changed_since() -> None:
    here = Path("D:/台账")
    seen = BackupsSeen(
        here, "", None, False, False, False, None, None, drill_due=True, changed=True, lines=()
    )
    assert backups._own_words(seen) == ["还没有备份", f"放在：{here}"]
    assert backups._drill_words(seen)[0] == "还没有演练过"
    assert "已经超过一个月" not in backups._drill_words(seen)
