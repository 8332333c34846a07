"""The log as a page, its look-up of heads, the monthly sheet, and what was found at the start."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db.ledger import EventDraft
from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped
from desktop.ui.office.log import LogViewPage
from desktop.ui.office.loganchor import AnchorPage
from desktop.ui.office.logfindings import FindingsPage
from desktop.ui.office.logmonth import MonthPage
from desktop.usecases import audit, auditexport, complaints, people
from desktop.usecases import office as offices
from desktop.usecases import register as register_
from desktop.usecases.office import Office
from tests.tamper import outside
from tests.ui.office.conftest import Desk
from tests.ui.office_fixtures import ACTING

NAME, PHONE = "钱多多", "13800001111"


def register(office: Office) -> int:
    draft = ComplaintDraft(
        channel="letter",
        received=ACTING.today,
        identity=Identity.REAL_NAME,
        complainants=(PersonTyped(NAME, PHONE, ""),),
        accused_unit=1,
        accused_person="",
        grounds=("1",),
        subject="收费标准未公开",
        text=f"我叫{NAME}，该局未公开收费标准。",
        demands="公开收费标准",
    )
    return complaints.register_complaint(office, draft, ACTING).value


def revealed(office: Office) -> int:
    number = register(office)
    label = register_.view(office, number, ACTING.today).complaint.number
    event = EventDraft("complaint.reveal", "complaint", number, label, "答复前核对")
    with office.ledger.action(event, ACTING.actor()):
        return number


def labels(page: LogViewPage) -> list[str]:
    return [line.label for line in page.model.rows()]


@pytest.fixture(name="log")
def _log(desk: Desk) -> LogViewPage:
    desk.ask(revealed)
    desk.ask(lambda office: people.save_unit(office, None, "市财政局", "行政机关", ACTING).event)
    return desk.show(LogViewPage(desk.context))


def test_the_log_shows_the_newest_first_and_what_each_changed(desk: Desk, log: LogViewPage) -> None:
    lines = log.model.rows()
    assert [line.seq for line in lines] == list(range(len(lines), 0, -1))
    assert log.count.text() == f"共 {len(lines)} 条"
    assert log.more.isHidden()
    pane = log.event_pane
    assert pane.title.text() == "保存单位　市财政局"
    assert "签名有效" in pane.signature.text()
    assert pane.facts.text("经办人") == "王敏"
    assert pane.facts.text("链首").startswith(f"{len(lines)}-")
    log.list.select(lines[2].seq)
    desk.wait()
    assert pane.title.text() == "登记投诉举报　投〔2026〕0001"
    words = {one.text() for one in pane.findChildren(QLabel)}
    assert {"新增投诉举报人　投〔2026〕0001", "身份保密", "收费标准未公开", "市住房保障局"} <= words
    assert not any(NAME in word or PHONE in word for word in words)
    log.list.select(lines[1].seq)
    desk.wait()
    assert pane.facts.text("理由") == "答复前核对"


def test_what_came_by_the_thousand_is_told_by_its_number(desk: Desk) -> None:
    def many(office: Office) -> int:
        draft = EventDraft("unit.save", "unit", 1, "整批")
        with office.ledger.many(draft, ACTING.actor()) as action:
            first = action.next_id("unit")
            rows = [(first + n, f"第{n}村", "行政机关") for n in range(1_620)]
            action.insert_many("unit", ("id", "name", "kind"), rows)
            action.insert("person", name="刘洋", unit=1, post="科员")
        return draft.seq

    seq = desk.ask(many)
    log = desk.show(LogViewPage(desk.context))
    words = [one.text() for one in log.event_pane.findChildren(QLabel)]
    assert "此外还改动了单位 1,620 条，这里不逐条列出。" in words
    assert sum(word.startswith("新增") for word in words) == 1
    assert "签名有效" in log.event_pane.signature.text()
    taken = desk.ask(lambda office: office.ledger.undo(seq, ACTING.actor(), "写错了"))
    log.reload()
    desk.wait()
    log.list.select(taken)
    desk.wait()
    words = [one.text() for one in log.event_pane.findChildren(QLabel)]
    assert "此外还改动了单位 1,620 条，这里不逐条列出。" in words


def test_many_changed_records_come_in_turns_and_only_those_of_the_event_shown(desk: Desk) -> None:
    def some(office: Office) -> int:
        draft = EventDraft("unit.save", "unit", 1, "一批")
        with office.ledger.action(draft, ACTING.actor()) as action:
            for n in range(30):
                action.insert("unit", name=f"第{n}村", kind="行政机关")
        return 0

    def words() -> list[str]:
        return [one.text() for one in log.event_pane.findChildren(QLabel)]

    desk.ask(some)
    desk.ask(lambda office: people.save_unit(office, None, "市财政局", "行政机关", ACTING).event)
    log = desk.show(LogViewPage(desk.context))
    last, batch = (line.seq for line in log.model.rows()[:2])
    log.list.select(batch)
    desk.wait()
    names = [f"第{n}村" for n in range(30)]
    assert [one for one in words() if one in names] == names
    log.list.select(last)
    desk.wait()
    log.list.select(batch)
    desk.qtbot.waitUntil(lambda: names[0] in words(), timeout=5000)
    assert names[-1] not in words()
    log.list.select(last)
    desk.wait()
    assert not set(names) & set(words())
    assert "市财政局" in words()


def test_the_log_is_filtered_in_every_way(desk: Desk, log: LogViewPage) -> None:
    log.reveals.setChecked(True)
    desk.wait()
    assert labels(log) == ["投〔2026〕0001"]
    assert log.event_pane.title.text() == "查看投诉举报人身份　投〔2026〕0001"
    log.reveals.setChecked(False)
    log.record.setText("0001")
    desk.qtbot.waitUntil(lambda: labels(log) == ["投〔2026〕0001"] * 2, timeout=5000)
    log.record.setText("")
    log.groups.setCurrentIndex(log.groups.findData("person"))
    desk.wait()
    assert len(labels(log)) == 6
    log.clerks.setCurrentIndex(log.clerks.findData(2))
    desk.wait()
    assert log.list.is_empty_shown()
    assert log.event_pane.facts.isHidden() or not log.event_pane.facts.isVisible()
    log.clerks.setCurrentIndex(0)
    log.groups.setCurrentIndex(0)
    log.first.set_value(ACTING.today.replace(day=21))
    desk.qtbot.waitUntil(log.list.is_empty_shown, timeout=5000)
    log.first.set_value("")
    log.last.set_value(ACTING.today)
    desk.qtbot.waitUntil(lambda: not log.list.is_empty_shown(), timeout=5000)
    log.last.set_value("")
    desk.ask(lambda office: offices.take_back(office, len(log.model.rows()), ACTING).event)
    log.undone.setChecked(True)
    desk.wait()
    assert labels(log) == ["市财政局"]
    assert log.model.index(0, 5).data() == "已撤销"


def test_an_old_log_is_read_page_by_page(
    desk: Desk, log: LogViewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.usecases.auditlog.PAGE", 5)
    log.reload()
    desk.wait()
    assert len(labels(log)) == 5
    assert "显示最近 5 条" in log.count.text()
    while not log.more.isHidden():
        log.more.click()
        desk.wait()
    assert [line.seq for line in log.model.rows()][-1] == 1


def test_signatures_are_checked_and_the_log_exported(
    desk: Desk, log: LogViewPage, tmp_path: Path
) -> None:
    log.check.click()
    desk.wait()
    assert "签名都有效" in log.bar.text()
    target = tmp_path / "检查.jsonl"
    log.ask_path = lambda name: str(target.with_suffix("")) if name else ""
    log.export.click()
    desk.wait()
    assert "已导出" in log.bar.text()
    assert auditexport.report(target)[0] == 0
    assert log.bar.text().startswith("已导出")
    assert NAME.encode() not in target.read_bytes()
    assert log.model.row(0).action in ("log.export", "unit.save")
    log.ask_path = lambda name: ""
    log.export.click()
    log.ask_path = lambda name: str(tmp_path / "missing" / "x.jsonl")
    log.export.click()
    desk.wait()
    assert log.export.isEnabled()
    assert "missing" in log.bar.text() or log.bar.text()


def test_a_head_from_paper_is_looked_up(desk: Desk) -> None:
    heads: list[str] = []
    desk.ask(lambda office: heads.append(audit.head(office)) or 1)
    page = desk.show(AnchorPage(desk.context))
    assert heads[0] in page.now.text()
    page.input.setText(f" {heads[0].lower()} ")
    desk.qtbot.keyClick(page.input, Qt.Key.Key_Return)
    desk.wait()
    assert "有这个链首" in page.verdict.text()
    assert page.facts.text("操作") == "保存人员"
    page.input.setText("9" + heads[0])
    page.ask_button.click()
    desk.wait()
    assert "末尾的操作记录被截去" in page.verdict.text()
    page.input.setText("3" + heads[0][heads[0].index("-") :])
    page.ask_button.click()
    desk.wait()
    assert "不是印出时的那一条" in page.verdict.text()
    page.input.setText("第三条")
    page.ask_button.click()
    desk.wait()
    assert "这不是链首" in page.verdict.text()


def test_the_monthly_sheet_is_made_for_a_month(desk: Desk) -> None:
    page = desk.show(MonthPage(desk.context))
    assert page.months.currentText() == "2026年11月"
    page.make.click()
    desk.wait()
    assert page.preview.page_count() == 1
    page.reload()
    desk.wait()
    assert page.preview.page_count() == 1


def test_what_was_touched_from_outside_is_named_and_taken_note_of(desk: Desk) -> None:
    page = FindingsPage(desk.context)
    desk.ask(register)
    desk.ask(lambda office: outside(office.db, "UPDATE complaint SET void = 1"))
    desk.ask(lambda office: office.db.execute("DROP TRIGGER guard_unit_delete") and 1)
    desk.show(page)
    said = {one.text() for one in page.findChildren(QLabel)}
    assert any("投诉举报“投〔2026〕0001”被程序以外的人改动过" in one for one in said)
    assert "作废：操作记录里是“否”，现在是“是”。" in said
    assert any("guard_unit_delete" in one for one in said)
    page.accept.click()
    desk.wait()
    assert page.bar.text()
    page.reason.setText("硬盘修过")
    assert page.has_unsaved()
    page.accept.click()
    desk.wait()
    assert not page.has_unsaved()
    page.reload()
    desk.wait()
    assert "核对无误" in page.bar.text()
    assert page.accept.isHidden()
