"""Jobs run one after the other on one thread, and their results come home."""

import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.common import tasks as tasks_module
from desktop.ui.common.tasks import Cancelled, Progress, Tasks, Unopened


class Ledger:
    """An office for tests: remembers who used it and what was written."""

    def __init__(self) -> None:
        self.thread = threading.current_thread()
        self.lines: list[int] = []
        self.closed_by: threading.Thread | None = None

    def write(self, line: int) -> int:
        assert threading.current_thread() is self.thread
        self.lines.append(line)
        return line

    def close(self) -> None:
        self.closed_by = threading.current_thread()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks[Ledger]]:
    made: Tasks[Ledger] = Tasks(Ledger, Ledger.close)
    yield made
    made.close()


def test_jobs_run_in_order_on_the_thread_that_opened_the_office(
    tasks: Tasks[Ledger], qtbot: QtBot
) -> None:
    got: list[int] = []
    for line in range(50):
        tasks.run(lambda office, line=line: office.write(line), got.append)  # type: ignore[misc]
    qtbot.waitUntil(tasks.idle)
    assert got == list(range(50))
    offices: list[Ledger] = []
    tasks.run(lambda office: office, offices.append)
    qtbot.waitUntil(tasks.idle)
    assert offices[0].lines == got
    assert offices[0].thread is not threading.current_thread()
    tasks.close()
    assert offices[0].closed_by is offices[0].thread


def test_results_come_on_the_thread_of_the_window(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    seen: list[threading.Thread] = []
    tasks.run(lambda office: office.write(1), lambda _line: seen.append(threading.current_thread()))
    qtbot.waitUntil(tasks.idle)
    assert seen == [threading.current_thread()]


def test_an_exception_is_delivered_and_the_next_job_runs(
    tasks: Tasks[Ledger], qtbot: QtBot
) -> None:
    failed: list[BaseException] = []
    got: list[int] = []
    tasks.run(lambda office: 1 // 0, got.append, failed.append)
    tasks.run(lambda office: office.write(7), got.append)
    qtbot.waitUntil(tasks.idle)
    assert [type(error) for error in failed] == [ZeroDivisionError]
    assert got == [7]


def test_an_exception_nobody_takes_goes_to_the_excepthook(
    tasks: Tasks[Ledger], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []

    def hook(
        kind: type[BaseException], _error: BaseException, _trace: TracebackType | None
    ) -> None:
        seen.append(kind)

    monkeypatch.setattr(sys, "excepthook", hook)
    tasks.run(lambda office: 1 // 0)
    qtbot.waitUntil(tasks.idle)
    assert seen == [ZeroDivisionError]


def test_a_change_is_told_once_and_after_the_result(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    told: list[str] = []
    tasks.changed.connect(lambda: told.append("changed"))
    tasks.run(lambda office: office.write(1), lambda _line: told.append("read"))
    tasks.run(lambda office: office.write(2), lambda _line: told.append("written"), changes=True)
    tasks.run(lambda office: 1 // 0, None, lambda _error: told.append("failed"), changes=True)
    qtbot.waitUntil(tasks.idle)
    assert told == ["read", "written", "changed", "failed"]


def test_a_long_job_says_how_far_it_is_and_can_be_stopped(
    tasks: Tasks[Ledger], qtbot: QtBot
) -> None:
    halfway = threading.Event()
    asked = threading.Event()

    def copy(office: Ledger, progress: Progress) -> int:
        for line in range(1, 100):
            progress("正在复制", line, 100)
            office.write(line)
            if line == 50:
                halfway.set()
                asked.wait(5)
        return 100

    told: list[tuple[str, int, int]] = []
    failed: list[BaseException] = []
    got: list[int] = []
    tasks.progressed.connect(lambda text, done, total: told.append((text, done, total)))
    tasks.run_long(copy, got.append, failed.append)
    assert halfway.wait(5)
    tasks.cancel()
    asked.set()
    qtbot.waitUntil(tasks.idle)
    assert told[0] == ("正在复制", 1, 100)
    assert [type(error) for error in failed] == [Cancelled]
    assert got == []


def test_a_slow_job_shows_that_the_program_is_working(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    go = threading.Event()
    with qtbot.waitSignal(tasks.busy) as shown:
        tasks.run(lambda office: go.wait(5))
    assert shown.args == [True]
    with qtbot.waitSignal(tasks.busy) as hidden:
        go.set()
    assert hidden.args == [False]


def test_a_result_for_a_page_that_is_gone_is_dropped(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    import shiboken6

    class Page(QWidget):
        def take(self, line: int) -> None:
            raise AssertionError(line)

    go = threading.Event()
    page = Page()
    take: Callable[[int], None] = page.take
    tasks.run(lambda office: office.write(int(go.wait(5))), take)
    shiboken6.delete(page)
    go.set()
    qtbot.waitUntil(tasks.idle)


def test_an_office_that_cannot_be_opened_is_said_so(qtbot: QtBot) -> None:
    def locked() -> Ledger:
        raise PermissionError

    tasks = Tasks(locked)
    failed: list[BaseException] = []
    with qtbot.waitSignal(tasks.failed) as said:
        tasks.run(lambda office: office.write(1), None, failed.append)
    qtbot.waitUntil(tasks.idle)
    tasks.close()
    assert said.args is not None
    assert isinstance(said.args[0], PermissionError)
    assert [type(error) for error in failed] == [Unopened]


def test_after_closing_no_job_is_taken(tasks: Tasks[Ledger]) -> None:
    tasks.close()
    tasks.close()
    with pytest.raises(RuntimeError):
        tasks.run(lambda office: office.write(1))


def test_a_job_behind_gives_way_to_whatever_is_asked(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    begun, given_up = threading.Event(), threading.Event()

    def long(_office: Ledger, progress: Progress) -> None:
        begun.set()
        while not progress.stopped:
            given_up.wait(0.001)
        progress("")

    failed: list[BaseException] = []
    got: list[int] = []
    tasks.run_behind(long, None, failed.append)
    qtbot.waitUntil(begun.is_set)
    tasks.run(lambda office: office.write(7), got.append)
    qtbot.waitUntil(tasks.idle)
    assert got == [7]
    assert isinstance(failed[0], Cancelled)


def test_a_job_behind_gives_way_to_closing_too(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    begun, nudged = threading.Event(), threading.Event()

    def long(_office: Ledger, progress: Progress) -> None:
        begun.set()
        while not (progress.stopped and nudged.wait(0.001)):
            pass

    tasks.run_behind(long)
    qtbot.waitUntil(begun.is_set)
    tasks.close(nudged.set)
    assert tasks.closed()


def test_what_a_short_job_reported_is_taken_away_again(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    seen: list[str] = []
    tasks.progressed.connect(lambda text, _done, _total: seen.append(text))
    tasks.busy.connect(lambda on: seen.append("busy" if on else "idle"))

    def copy(_ledger: Ledger, progress: Progress) -> None:
        progress("copying", 1, 1)

    with qtbot.waitSignal(tasks.busy):
        tasks.run_long(copy)
    assert seen == ["copying", "idle"]


def test_pieces_are_done_in_turns_between_which_the_window_is_free(
    tasks: Tasks[Ledger], qtbot: QtBot
) -> None:
    qtbot.waitUntil(tasks.idle)
    seen: list[str] = []

    def piece(name: str) -> None:
        seen.append(name)
        QTimer.singleShot(0, lambda: seen.append("free"))
        assert not tasks.idle()

    tasks.in_turns([partial(piece, name) for name in ("one", "two", "three")])
    assert seen == []
    qtbot.waitUntil(tasks.idle)
    assert seen == ["one", "free", "two", "free", "three", "free"]


def test_a_piece_that_fails_does_not_keep_the_others(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    qtbot.waitUntil(tasks.idle)
    seen: list[int] = []
    with qtbot.captureExceptions() as failed:
        tasks.in_turns([lambda: 1 // 0, lambda: seen.append(2)])
        qtbot.waitUntil(tasks.idle)
    assert [one[0] for one in failed] == [ZeroDivisionError]
    assert seen == [2]


def test_no_piece_is_done_in_an_office_that_was_left(tasks: Tasks[Ledger], qtbot: QtBot) -> None:
    qtbot.waitUntil(tasks.idle)
    seen: list[int] = []

    def leave() -> None:
        seen.append(1)
        tasks.close()

    tasks.in_turns([leave, lambda: seen.append(2)])
    qtbot.waitUntil(tasks.idle)
    assert seen == [1]


def test_results_that_come_together_are_told_in_turns_if_that_takes_long(
    tasks: Tasks[Ledger], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks_module, "_LONG", 0.0)
    qtbot.waitUntil(tasks.idle)
    seen: list[str] = []
    all_done = threading.Event()

    def then(line: int) -> None:
        seen.append(f"told {line}")
        QTimer.singleShot(0, lambda: seen.append("free"))
        if line == 1:
            raise LookupError("of one nothing comes")

    tasks.run(lambda office: office.write(1), then)
    tasks.run(lambda office: office.write(2), then)
    tasks.run(lambda office: (office.write(3), all_done.set())[0], then)
    assert all_done.wait(10)
    with qtbot.captureExceptions() as failed:
        qtbot.waitUntil(lambda: tasks.idle() and seen[-1] == "free")
    assert [one[0] for one in failed] == [LookupError]
    assert seen == ["told 1", "free", "told 2", "free", "told 3", "free"]
