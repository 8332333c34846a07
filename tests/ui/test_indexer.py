"""What came in by the thousand goes into the search index beside the work, and gives way to it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db import search
from desktop.ui.context import Context
from desktop.ui.window import MainWindow
from desktop.usecases import derived, imports, listing, places
from desktop.usecases.listing import Query
from desktop.usecases.office import Office
from tests.ui.office_fixtures import ACTING, NOW, session

TODAY = NOW.date()
COUNT = 40


@pytest.fixture(name="ledger")
def _ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(search, "TOGETHER", 10)  # a few are many
    monkeypatch.setattr(search, "PORTION", 3)
    path = tmp_path / "台账.csv"
    lines = ["编号,收到日期,来源,被投诉单位,内容"]
    for n in range(COUNT):
        day = date(2026, 6, 1) + timedelta(days=n)
        lines.append(f"信{n},{day.isoformat()},来信,市住房保障局,第{n}件不公开。")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def bring(office: Office, ledger: Path) -> None:
    from desktop.rules.ledgerrows import ADD

    plan = imports.plan(office, imports.read_ledger(ledger))
    plan = imports.decide(plan, units={"市住房保障局": ADD})
    imports.import_ledger(office, imports.check(office, plan, TODAY), ACTING)


def hits(office: Office) -> int:
    return listing.opening(office, Query(words="不公开"), TODAY).count


def test_it_gives_way_to_what_is_asked_and_goes_on(
    context: Context, qtbot: QtBot, until_idle: Callable[[], None], ledger: Path
) -> None:
    context.tasks.run(lambda office: bring(office, ledger))
    until_idle()
    context.indexer.begin()
    context.indexer.begin()  # asked twice, it is done once
    assert not context.idle()
    found: list[tuple[int, bool]] = []
    while not context.indexer.idle():
        context.ask(lambda office: (hits(office), derived.waiting(office)), found.append)
        known = len(found)
        qtbot.waitUntil(lambda before=known: len(found) > before, timeout=10_000)
    assert {count for count, _waiting in found} == {COUNT}
    assert found[0][1]
    until_idle()
    context.ask(lambda office: (hits(office), derived.waiting(office)), found.append)
    until_idle()
    assert found[-1] == (COUNT, False)


def test_on_a_disk_without_room_it_stops_and_goes_on_after_the_next_work(
    window: MainWindow,
    qtbot: QtBot,
    office_path: Path,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from desktop.usecases import people
    from desktop.usecases.office import Done

    told: list[bool] = []

    def left() -> bool:
        told.clear()
        assert window.context is not None
        window.context.ask(derived.waiting, told.append)
        qtbot.waitUntil(lambda: bool(told), timeout=10_000)
        return told[0]

    def do(job: Callable[[Office], Done[int]]) -> None:
        assert window.context is not None
        told.clear()
        window.context.do(
            job,
            lambda done: told.append(bool(done.event)),
            lambda error: pytest.fail(str(error)),
        )
        qtbot.waitUntil(window.ready, timeout=20_000)
        assert told == [True]

    def add_unit(office: Office) -> Done[int]:
        known = len(people.directory(office).units)
        return people.save_unit(office, None, f"第{known}局", people.UNIT_KINDS[0], ACTING)

    window.open_office(office_path, session(office_path))
    qtbot.waitUntil(window.ready, timeout=20_000)
    with monkeypatch.context() as full:

        def import_to_the_last(office: Office) -> Done[int]:
            bring(office, ledger)
            full.setattr(places, "LEAST_FREE", 1 << 60)
            return add_unit(office)

        do(import_to_the_last)
        assert left()
        do(add_unit)  # the work itself goes on
        assert left()
    do(add_unit)
    assert not left()


def test_what_is_typed_on_gives_up_the_search_before(
    window: MainWindow, qtbot: QtBot, office_path: Path, ledger: Path
) -> None:
    from desktop.usecases import office as offices

    office = offices.open_office(office_path, session(office_path))
    bring(office, ledger)
    office.close()
    window.open_office(office_path, session(office_path))
    qtbot.waitUntil(window.ready, timeout=20_000)
    assert window.context is not None
    from desktop.ui.complaints.listpane import ListPane

    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(window.ready, timeout=20_000)
    pane = window.findChild(ListPane)
    assert pane is not None
    for typed in ("没有", "没有的", "第3", "第7件"):
        pane.search.setText(typed)
    qtbot.waitUntil(lambda: pane.found.text() == "找到 1 件", timeout=10_000)
    qtbot.waitUntil(window.ready, timeout=20_000)


def test_what_was_left_is_gone_on_with_when_the_office_is_opened(
    window: MainWindow, qtbot: QtBot, office_path: Path, ledger: Path
) -> None:
    from desktop.usecases import office as offices

    office = offices.open_office(office_path, session(office_path))
    bring(office, ledger)
    derived.index_more(office)
    assert derived.waiting(office)
    office.close()
    window.open_office(office_path, session(office_path))
    qtbot.waitUntil(window.ready, timeout=20_000)
    left: list[bool] = []
    assert window.context is not None
    window.context.ask(derived.waiting, left.append)
    qtbot.waitUntil(lambda: bool(left), timeout=10_000)
    assert left == [False]
