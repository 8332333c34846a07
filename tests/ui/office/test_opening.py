"""A file of an older shape is opened: what is said meanwhile, and that it can be stopped."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.errors import StorageFault
from desktop.selftest.updates import OLD_PASSWORD, old_second
from desktop.ui.opening import Opening
from desktop.ui.window import MainWindow
from desktop.usecases.beforehand import Stage, place_of
from desktop.usecases.office import open_office
from desktop.usecases.session import Session, unlock


@pytest.fixture(name="old")
def _old(tmp_path: Path) -> Path:
    path = tmp_path / "office" / "old.db"
    old_second(path)
    return path


def enter(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.open_office(path)
    qtbot.waitUntil(lambda: window.unlock.isVisible() and window.unlock.card.isEnabled())
    window.unlock.card.password.line.setText(OLD_PASSWORD)
    window.unlock.card.unlock()


def test_how_far_it_is_is_told_from_the_backup_to_the_newest_shape(old: Path) -> None:
    told: list[tuple[Stage, int, int]] = []

    def tell(stage: Stage, done: int, total: int) -> bool:
        told.append((stage, done, total))
        return True

    open_office(old, unlock(old, 1, OLD_PASSWORD), tell).close()
    *backup, last = told
    assert last == (Stage.CHANGE, 0, 0)
    assert {stage for stage, _done, _total in backup} <= {Stage.BACKUP, Stage.CHECK}
    assert backup[-1][0] is Stage.CHECK
    assert [done for _stage, done, _total in backup] == sorted(d for _s, d, _t in backup)
    (total,) = {total for _stage, _done, total in backup}
    assert total // 2 <= backup[-1][1] <= total
    told.clear()
    open_office(old, unlock(old, 1, OLD_PASSWORD), tell).close()
    assert not told  # it has the newest shape now


@pytest.mark.parametrize("asked", [1, 2])
def test_whoever_stops_it_keeps_the_file_as_it_was(old: Path, asked: int) -> None:
    before, left = old.read_bytes(), asked

    def tell(stage: Stage, _done: int, _total: int) -> bool:
        nonlocal left
        left -= 1
        return stage is Stage.CHANGE or left > 0

    with pytest.raises(StorageFault, match="not_brought_up"):
        open_office(old, unlock(old, 1, OLD_PASSWORD), tell)
    assert old.read_bytes() == before
    assert not list(place_of(old).iterdir())
    open_office(old, unlock(old, 1, OLD_PASSWORD)).close()


def test_the_door_says_what_is_done_and_takes_no_second_password(
    qtbot: QtBot, window: MainWindow, old: Path
) -> None:
    enter(qtbot, window, old)
    qtbot.waitUntil(window.ready, timeout=30_000)
    assert "升级" in window.unlock.place.text()
    assert not window.unlock.card.isEnabled()
    assert window.working.isHidden()
    window._leave_office(lambda: None)
    enter(qtbot, window, old)  # the next time it is a door like any other
    assert "升级" not in window.unlock.place.text()
    qtbot.waitUntil(window.ready, timeout=30_000)


def test_stopped_in_the_window_it_goes_back_to_the_first_page(
    qtbot: QtBot, window: MainWindow, old: Path
) -> None:
    before = old.read_bytes()

    def known() -> Session:
        assert window._opening is not None
        window._opening.stop()
        return unlock(old, 1, OLD_PASSWORD)

    window._enter(old, known)
    qtbot.waitUntil(lambda: window.context is None, timeout=30_000)
    assert window.welcome.isVisible()
    assert "没有改动" in window.welcome.bar.text()
    assert window.working.isHidden()
    assert old.read_bytes() == before


def test_what_is_stopped_says_nothing_more(qtbot: QtBot, window: MainWindow) -> None:
    opening = Opening(window)
    with qtbot.waitSignal(opening.told) as said:
        assert opening.tell(Stage.BACKUP, 1, 2)
    assert said.args == ["正在备份旧版本的文件…", 1, 2]
    opening.stop()
    with qtbot.assertNotEmitted(opening.told):
        assert not opening.tell(Stage.CHANGE, 0, 0)
