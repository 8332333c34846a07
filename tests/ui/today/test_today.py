"""The first page of the day: groups, lines, moving by keyboard, and nothing to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped, Ruling
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme
from desktop.ui.context import Context
from desktop.ui.today import TodayTab
from desktop.ui.today.lines import Lines
from desktop.usecases import complaints, followups, transfers
from desktop.usecases.complaints import DecisionDraft
from desktop.usecases.followups import ExtensionDraft
from desktop.usecases.office import Acting, Office
from desktop.usecases.today import Group
from desktop.usecases.transfers import TransferDraft
from tests.ui.office_fixtures import ACTING, NOW

TODAY = NOW.date()
DRAFT = ComplaintDraft(
    channel="letter",
    received=TODAY,
    identity=Identity.REAL_NAME,
    complainants=(PersonTyped("刘芳"),),
    accused_unit=1,
    accused_person="",
    grounds=("5",),
    subject="保障房分配结果迟迟不公开",
    text="分配结果没有公开。",
)


def register(office: Office, received: date, ruling: Ruling | None = None) -> int:
    draft = ComplaintDraft(
        **{f: getattr(DRAFT, f) for f in DRAFT.__dataclass_fields__} | {"received": received}
    )
    complaint = complaints.register_complaint(office, draft, ACTING).value
    if ruling is not None:
        decision = DecisionDraft("陈守正", TODAY, ruling, receiver=2)
        complaints.decide(office, complaint, decision, ACTING)
    return complaint


def a_week_of_work(office: Office) -> None:
    register(office, date(2026, 11, 9), Ruling.ACCEPT)  # the written word was due on the 16th
    register(office, date(2026, 11, 13), Ruling.TRANSFER)  # both clocks end today
    waiting = register(office, date(2026, 11, 18), Ruling.TRANSFER)
    letter = TransferDraft("分配结果没有公开。", "", None, TODAY)
    transfers.transfer(office, waiting, letter, ACTING)
    register(office, TODAY, Ruling.ACCEPT)


@pytest.fixture
def tab(
    qtbot: QtBot, qapp: QApplication, context: Context, until_idle: Callable[[], None]
) -> TodayTab:
    if not qapp.styleSheet():
        theme.apply(qapp, Scheme.LIGHT, 1.0)
    made = TodayTab(context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitExposed(made)
    made.reload()
    until_idle()
    return made


@pytest.fixture
def busy(tab: TodayTab, context: Context, until_idle: Callable[[], None]) -> TodayTab:
    context.tasks.run(a_week_of_work, changes=True)
    tab.reload()
    until_idle()
    return tab


def lines(tab: TodayTab, group: Group) -> list[list[str]]:
    found = tab.groups[group].lines
    return [[column.text(item) for column in found._lines.columns] for item in found.items()]


def test_a_day_with_nothing_due_says_so(tab: TodayTab) -> None:
    assert tab._pages.currentWidget() is tab._empty
    assert tab._empty.sentence() == "今天没有到期的事项，也没有待办。"


def test_the_day_stands_at_the_head_with_its_weekday_and_kind(tab: TodayTab) -> None:
    assert tab._day.text() == "2026年11月20日　星期五"
    assert tab._kind.text().startswith("工作日")


def test_lines_stand_in_their_groups_with_the_next_step(busy: TodayTab) -> None:
    assert lines(busy, Group.OVERDUE) == [
        [
            "超期 4 天",
            "实名举报书面告知",
            "投〔2026〕0001",
            "市住房保障局 · 保障房分配结果迟迟不公开",
            "2026-11-16 周一",
            "告知办理情况",
        ]
    ]
    due = lines(busy, Group.TODAY)
    assert [line[1] for line in due] == ["转办", "实名举报书面告知"]
    assert {line[2] for line in due} == {"投〔2026〕0002"}
    waiting = lines(busy, Group.WAITING)[0]
    assert waiting[0] == "等待回复"
    assert waiting[3].startswith("市市场监督局")
    assert waiting[4:] == ["未定回复日期", "记录承办单位回复"]


def test_groups_without_lines_are_not_shown(busy: TodayTab) -> None:
    for group in busy.groups.values():
        assert group.isVisible() == bool(group.lines.items())


def test_up_and_down_lead_through_all_groups(busy: TodayTab, qtbot: QtBot) -> None:
    busy.activateWindow()
    filled = [g.lines for g in busy.groups.values() if g.lines.items()]
    total = sum(len(one.items()) for one in filled)
    filled[0].enter()
    seen = []
    for _ in range(total):
        holder = busy.focusWidget()
        assert isinstance(holder, Lines)
        seen.append(holder.current_row())
        qtbot.keyClick(holder, Qt.Key.Key_Down)
    assert len(set(map(id, seen))) == total
    assert busy.focusWidget() is filled[-1]
    for _ in range(total):
        holder = busy.focusWidget()
        assert holder is not None
        qtbot.keyClick(holder, Qt.Key.Key_Up)
    assert busy.focusWidget() is filled[0]
    assert filled[0].currentIndex().row() == 0


def test_enter_and_click_open_the_record(busy: TodayTab, qtbot: QtBot, context: Context) -> None:
    wanted: list[tuple[str, int]] = []
    context.wanted.connect(lambda kind, own: wanted.append((kind, own)))
    overdue = busy.groups[Group.OVERDUE].lines
    overdue.enter()
    qtbot.keyClick(overdue, Qt.Key.Key_Return)
    assert wanted == [("complaint", 1)]
    place = overdue.visualRect(overdue.model().index(0, 3)).center()
    qtbot.mouseClick(overdue.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [("complaint", 1)] * 2


def test_the_tab_is_told_how_many_press(busy: TodayTab, until_idle: Callable[[], None]) -> None:
    told: list[int] = []
    busy.counted.connect(told.append)
    busy.reload()
    until_idle()
    assert told == [3]
    assert busy._said.text() == "有 3 项已超期或者今天到期。"


def test_a_late_reply_asks_for_a_chase_and_an_extension_shows_its_day(
    tab: TodayTab, context: Context, until_idle: Callable[[], None]
) -> None:
    then = Acting(1, "王敏", datetime(2026, 11, 9, 9, 30))

    def work(office: Office) -> None:
        draft = replace(DRAFT, received=then.today)
        late = complaints.register_complaint(office, draft, then).value
        complaints.decide(
            office, late, DecisionDraft("陈守正", then.today, Ruling.TRANSFER, receiver=2), then
        )
        letter = TransferDraft("分配结果没有公开。", "", date(2026, 11, 16), then.today)
        transfers.transfer(office, late, letter, then)
        longer = ExtensionDraft("台账多", "陈守正", None, date(2026, 12, 11), "", TODAY)
        followups.extend(office, late, longer, ACTING)

    context.tasks.run(work, changes=True)
    tab.reload()
    until_idle()
    assert lines(tab, Group.WAITING)[0][4:] == ["2026-11-16 周一", "催办"]
    extended = lines(tab, Group.TODO)[0]
    assert (extended[1], extended[4]) == ("延期办理", "延期至 2026-12-11")


def test_the_sheet_of_the_day_opens_by_ctrl_p_and_leaves_by_esc(
    busy: TodayTab, qtbot: QtBot, until_idle: Callable[[], None]
) -> None:
    busy.activateWindow()
    busy.groups[Group.OVERDUE].lines.enter()
    qtbot.keyClick(busy.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    until_idle()
    qtbot.waitUntil(lambda: busy._sheet is not None)
    sheet = busy._sheet
    assert sheet is not None
    assert sheet.preview.page_count() == 1
    qtbot.waitUntil(lambda: QApplication.focusWidget() is sheet.preview.print_button)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert busy._sheet is None
    qtbot.mouseClick(busy.print_button, Qt.MouseButton.LeftButton)
    until_idle()
    assert busy._sheet is not None
