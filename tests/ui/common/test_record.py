"""The pieces of a record say what they are given, and why something cannot be done."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, StatusLine, Tone, WorkingBar
from desktop.ui.common.palette import Scheme, Status
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.common.record import (
    Action,
    Chip,
    Clock,
    ClockCard,
    Day,
    DayKind,
    DayStrip,
    Event,
    Exhibit,
    ExhibitList,
    Fact,
    Facts,
    Header,
    MaskedValue,
    NextStep,
    QuietTabs,
    Step,
    Stepper,
    StepState,
    Timeline,
)

Show = Callable[[QWidget], None]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def make(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(480, 400)
        with qtbot.waitExposed(widget):
            widget.show()

    return make


def texts(root: QWidget) -> list[str]:
    return [one.text() for one in root.findChildren(QLabel) if not one.isHidden()]


def click(root: QWidget, text: str, qtbot: QtBot) -> None:
    found = [one for one in root.findChildren(QPushButton) if one.text() == text]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def week() -> DayStrip:
    strip = DayStrip()
    strip.show_days(
        [
            Day(date(2026, 9, 30), DayKind.START),
            *(Day(date(2026, 10, at), DayKind.HOLIDAY, name="国庆节") for at in range(1, 8)),
            Day(date(2026, 10, 8), DayKind.WORK, 1),
            Day(date(2026, 10, 9), DayKind.WORK, 2),
            Day(date(2026, 10, 10), DayKind.MAKEUP, 3, due=True),
        ],
        "3 个工作日，2026-10-10 到期。",
        "第七条",
    )
    return strip


def test_the_header_says_number_subject_and_chips(show: Show) -> None:
    header = Header()
    show(header)
    header.show_record("投〔2026〕0128", "反映延期公开", [Chip("实名"), Chip("临期", Status.SOON)])
    assert "投〔2026〕0128" in texts(header)
    assert header.accessibleName() == "投〔2026〕0128 实名 临期 反映延期公开"


def test_the_stepper_wraps_where_it_is_narrow(show: Show) -> None:
    names = ("登记", "批示", "转办", "办理", "答复", "办结")
    states = (StepState.DONE, StepState.DONE, StepState.VOID, StepState.CURRENT)
    stepper = Stepper(
        [
            Step(name, state)
            for name, state in zip(names, [*states, *[StepState.TODO] * 2], strict=True)
        ]
    )
    show(stepper)
    assert stepper.heightForWidth(200) > stepper.heightForWidth(1000)
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.addWidget(stepper)
    column.addStretch(1)
    show(frame)
    frame.resize(230, 400)
    assert stepper.height() >= stepper.heightForWidth(stepper.width())
    assert "办理（正在进行）" in stepper.accessibleDescription()
    assert "转办（不适用）" in stepper.accessibleDescription()
    assert not stepper.grab().isNull()


def test_a_clock_explains_its_day_where_it_stands(show: Show, qtbot: QtBot) -> None:
    card = ClockCard()
    show(card)
    clocks = [
        Clock("reply", "书面告知", "2026-10-10", "剩 2 个工作日", Status.SOON, "第七条", week),
        Clock("move", "转办", "不适用", "", Status.VOID),
    ]
    card.set_clocks(clocks)
    assert card.findChild(DayStrip) is None
    click(card, "为什么？", qtbot)
    strip = card.findChild(DayStrip)
    assert strip is not None
    assert strip.summary() == "3 个工作日，2026-10-10 到期。"
    card.set_clocks(clocks)
    qtbot.waitUntil(lambda: len(card.findChildren(DayStrip)) == 1)
    click(card, "收起", qtbot)
    qtbot.waitUntil(lambda: not card.findChildren(DayStrip))


def test_every_day_of_the_count_is_told(show: Show) -> None:
    strip = week()
    show(strip)
    told = strip.accessibleDescription()
    assert "2026-09-30 星期三 起算日" in told
    assert "2026-10-01 星期四 国庆节" in told
    assert "2026-10-10 星期六 调休上班 第 3 天 到期" in told
    assert "图例：" in texts(strip)


def test_the_next_step_is_one_button(show: Show, qtbot: QtBot) -> None:
    step = NextStep()
    show(step)
    step.set_actions(Action("answer", "记录办理结果…"), [Action("extend", "延期…")])
    with qtbot.waitSignal(step.chosen) as chosen:
        qtbot.mouseClick(step.main, Qt.MouseButton.LeftButton)
    assert chosen.args == ["answer"]
    with qtbot.waitSignal(step.chosen) as chosen:
        step.choose("extend")
    assert chosen.args == ["extend"]


def test_what_is_not_permitted_says_why(show: Show) -> None:
    step = NextStep()
    show(step)
    step.set_actions(
        Action("decide", "作出决定…", reason="还缺陈述申辩笔录（第十二条）。"),
        [Action("close", "办结", reason="还没有答复")],
    )
    assert not step.main.isEnabled()
    assert step.main.toolTip() == "还缺陈述申辩笔录（第十二条）。"
    assert "还缺陈述申辩笔录（第十二条）。" in texts(step)
    assert step.menu_texts() == ["办结（还没有答复）"]


def test_facts_and_the_masked_value(show: Show, qtbot: QtBot) -> None:
    masked = MaskedValue("投诉举报人", "张**")
    facts = Facts([Fact("投诉举报人", masked), Fact("单位", "市住建局"), Fact("备注", "")])
    show(facts)
    assert facts.text("单位") == "市住建局"
    assert "—" in texts(facts)
    with qtbot.waitSignal(masked.wanted):
        qtbot.mouseClick(masked.look, Qt.MouseButton.LeftButton)
    assert masked.text() == "张**"
    masked.reveal("张建国")
    assert masked.text() == "张建国"
    qtbot.mouseClick(masked.look, Qt.MouseButton.LeftButton)
    assert masked.text() == "张**"


def test_a_value_one_may_not_see_says_so(show: Show) -> None:
    masked = MaskedValue("电话", "138****5678", allowed=False, reason="只有经办人可以查看")
    show(masked)
    assert masked.look.isHidden()
    assert "只有经办人可以查看" in texts(masked)


def test_the_checklist_says_what_is_missing(show: Show, qtbot: QtBot) -> None:
    papers = ExhibitList(
        [Exhibit("proof", "调查取证", True), Exhibit("hearing", "陈述申辩", False, action="附上…")]
    )
    show(papers)
    with qtbot.waitSignal(papers.chosen) as chosen:
        click(papers, "附上…", qtbot)
    assert chosen.args == ["hearing"]
    names = [one.accessibleName() for one in papers.findChildren(QWidget)]
    assert any(name.startswith("陈述申辩 缺") for name in names)


def test_the_timeline_tells_what_was_done(show: Show) -> None:
    line = Timeline([Event("2026-11-13 10:02", "登记", "王敏", "来信一封")])
    show(line)
    assert {"登记", "王敏", "来信一封", "2026-11-13 10:02"} <= set(texts(line))


def test_a_quiet_tab_is_made_when_it_is_looked_at(show: Show) -> None:
    made: list[str] = []

    def letters() -> QWidget:
        made.append("letters")
        return QLabel("信函")

    tabs = QuietTabs()
    tabs.add("facts", "基本情况", QLabel("甲"))
    tabs.add("letters", "信函", letters)
    show(tabs)
    assert made == []
    tabs.show_page("letters")
    tabs.show_page("facts")
    tabs.show_page("letters")
    assert made == ["letters"]
    assert tabs.current() == "letters"
    page = tabs.page("letters")
    assert isinstance(page, QLabel)
    assert page.text() == "信函"


def test_filters_count_and_keep_the_choice(show: Show, qtbot: QtBot) -> None:
    bar = FilterBar([Filter("all", "全部", 128), Filter("late", "超期", 1)])
    show(bar)
    assert bar.current() == "all"
    with qtbot.waitSignal(bar.chosen) as chosen:
        click(bar, "超期 1", qtbot)
    assert chosen.args == ["late"]
    bar.set_filters([Filter("all", "全部", 130), Filter("late", "超期", 3)])
    assert bar.current() == "late"
    assert [one.text() for one in bar.findChildren(QPushButton)] == ["全部 130", "超期 3"]


def test_a_message_offers_its_buttons(show: Show, qtbot: QtBot) -> None:
    frame = QWidget()
    bar = MessageBar()
    QVBoxLayout(frame).addWidget(bar)
    show(frame)
    assert bar.isHidden()
    bar.tell(Tone.WARN, "备份盘没有插入。", ("later", "以后再说"), ("now", "现在备份"))
    with qtbot.waitSignal(bar.clicked) as clicked:
        click(bar, "现在备份", qtbot)
    assert clicked.args == ["now"]
    bar.clear()
    assert bar.isHidden()


def test_what_was_done_can_be_taken_back_once(show: Show, qtbot: QtBot) -> None:
    line = StatusLine()
    show(line)
    line.tell("已登记〔2026〕0128。", undo=True)
    assert line.can_undo()
    with qtbot.waitSignal(line.undo):
        click(line, "撤销", qtbot)
    assert line.text() == ""
    assert not line.can_undo()


def test_why_something_is_taken_back_is_asked_in_the_line_itself(show: Show, qtbot: QtBot) -> None:
    frame = QWidget()
    line, other = StatusLine(), QPushButton("别处")
    column = QVBoxLayout(frame)
    column.addWidget(line)
    column.addWidget(other)
    show(frame)
    other.setFocus()
    line.tell("已登记〔2026〕0128。", undo=True)
    given: list[str] = []
    line.ask("已登记〔2026〕0128。", ("录入有误", "重复办理"), given.append)
    (field,) = line.findChildren(QComboBox)
    qtbot.waitUntil(field.hasFocus)
    line.tell("已检查。")  # something beside the work has a word: it waits
    assert line.asking()
    assert line.text() == "已登记〔2026〕0128。"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (line.text(), line.asking(), given) == ("已检查。", False, [])
    assert other.hasFocus()
    line.ask("再撤销一次", ("录入有误", "重复办理"), given.append)
    field = line.findChildren(QComboBox)[-1]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.property("faulty")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert not field.property("faulty")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (line.text(), line.asking(), given) == ("", False, ["重复办理"])
    assert other.hasFocus()
    line.ask("又撤销一次", (), given.append)
    other.setFocus()
    line.tell("已登记〔2026〕0129。", undo=True)  # the clerk went on elsewhere: the question goes
    assert not line.asking()
    assert line.can_undo()


def test_long_work_can_be_stopped(show: Show, qtbot: QtBot) -> None:
    frame = QWidget()
    bar = WorkingBar()
    QVBoxLayout(frame).addWidget(bar)
    show(frame)
    bar.show_progress("正在导入", 3, 10)
    assert bar.isVisible()
    with qtbot.waitSignal(bar.cancelled):
        click(bar, "停止", qtbot)
    bar.show_busy(False)
    assert bar.isHidden()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_no_word_of_the_record_is_cut_off(
    show: Show, qapp: QApplication, scheme: Scheme, factor: float
) -> None:
    theme.apply(qapp, scheme, factor)
    frame = QWidget()
    column = QVBoxLayout(frame)
    header, card, step = Header(), ClockCard(), NextStep()
    for one in (header, card, step):
        column.addWidget(one)
    header.show_record("投〔2026〕0128", "反映延期公开" * 8, [Chip("实名"), Chip("办理中")])
    card.set_clocks(
        [
            Clock(
                "a",
                "书面告知投诉举报人",
                "2026-10-10",
                "剩 2 个工作日",
                Status.SOON,
                "第七条",
                week,
            )
        ]
    )
    card.explain("a")
    step.set_actions(Action("x", "作出决定…", reason="还缺陈述申辩笔录（第十二条）。" * 4))
    show(frame)
    frame.resize(round(460 * factor), round(700 * factor))
    qapp.processEvents()
    qapp.processEvents()
    for label in frame.findChildren(QLabel):
        if label.isVisible() and label.text():
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
            else:
                assert label.width() >= label.sizeHint().width() - 1, label.text()
