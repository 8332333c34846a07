"""The register's list, its filters, and the page for a new complaint."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow

from desktop.rules.complaints import Identity
from desktop.ui.common.fileview import FileView
from desktop.ui.complaints.intake import IntakePage
from desktop.usecases import answers, attachments, complaints, course
from desktop.usecases.answers import RefusalDraft
from desktop.usecases.complaints import DecisionDraft, Ruling
from desktop.usecases.course import ArchiveDraft
from tests.ui.complaints.conftest import DRAFT, TODAY, Desk
from tests.ui.office.conftest import write

K = Qt.Key


def shown(desk: Desk) -> list[str]:
    return [row.complaint.number for row in desk.tab.model.rows()]


def settle(desk: Desk) -> None:
    """The clerk stops typing: after a moment the list shows what was found."""
    desk.qtbot.waitUntil(lambda: not desk.tab.pane._pause.isActive())
    desk.wait()


def texts(desk: Desk) -> list[str]:
    return [b.text() for b in desk.tab.filters._buttons.values()]


def intake(desk: Desk) -> IntakePage:
    desk.click("complaints.new")
    page = desk.page()
    assert isinstance(page, IntakePage)
    return page


def test_an_empty_register_says_what_to_do(desk: Desk) -> None:
    assert desk.tab.list.is_empty_shown()
    desk.tab.list.wanted.emit()
    desk.wait()
    assert isinstance(desk.page(), IntakePage)


def test_the_newest_complaint_stands_first_and_is_shown(desk: Desk) -> None:
    desk.register()
    desk.register(subject="收费公示与实际收费不一致", accused_unit=2, accused_person="")
    assert shown(desk) == ["投〔2026〕0002", "投〔2026〕0001"]
    view = desk.tab.record.view
    assert view is not None
    assert view.complaint.number == "投〔2026〕0001"  # it was open; a new one does not push it away


def test_filters_count_and_narrow_the_list(desk: Desk) -> None:
    first = desk.register()
    desk.register(received=date(2026, 11, 2))
    acting = desk.context.acting()
    accept = DecisionDraft("陈守正", TODAY, Ruling.ACCEPT)
    desk.work(lambda office: complaints.decide(office, first, accept, acting))
    assert texts(desk)[:3] == ["全部 2", "待批示 1", "办理中 1"]
    assert "超期 1" in texts(desk)
    desk.qtbot.mouseClick(desk.tab.filters._buttons["overdue"], Qt.MouseButton.LeftButton)
    desk.wait()
    assert shown(desk) == ["投〔2026〕0002"]
    assert desk.tab.model.rows()[0].clock is not None


def test_typing_looks_in_number_unit_and_subject(desk: Desk) -> None:
    desk.register()
    other = {"subject": "收费公示与实际收费不一致", "text": "大厅公示的标准不对。", "demands": ""}
    desk.register(**other, accused_unit=2, accused_person="")
    search = desk.find("complaints.search")
    assert isinstance(search, QLineEdit)
    for typed, found in (("〕0001", 1), ("市场监督", 2), ("保障房 住房", 1)):
        search.setText(typed)
        settle(desk)
        assert shown(desk) == [f"投〔2026〕{found:04d}"]
    search.setText("没有的")
    settle(desk)
    assert shown(desk) == []
    assert desk.tab.list.is_empty_shown()


def test_the_search_box_is_reached_and_left_by_keys(desk: Desk) -> None:
    """From wherever the keys go to in the tab: Ctrl+F, typing, arrow down, Escape."""
    for subject in ("收费公示与实际收费不一致", "没有设立公开栏"):
        desk.register(subject=subject, text="大厅公示的标准不对。", demands="")
    tab, search = desk.tab, desk.find("complaints.search")
    assert isinstance(search, QLineEdit)
    beside = QLineEdit()  # the keys go to another place of the window, as after its opening
    window = QMainWindow()
    desk.qtbot.addWidget(window)
    window.setCentralWidget(tab)
    window.setMenuWidget(beside)
    window.show()
    window.activateWindow()
    desk.qtbot.waitUntil(window.isActiveWindow)
    beside.setFocus()
    desk.qtbot.keyClick(beside, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert search.hasFocus()
    write(search, "公开栏")
    settle(desk)
    assert shown(desk) == ["投〔2026〕0002"]
    desk.qtbot.keyClick(search, Qt.Key.Key_Down)
    assert tab.list.hasFocus()
    assert tab.list.current_row() is not None
    desk.qtbot.keyClick(tab.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.keyClick(search, Qt.Key.Key_Escape)
    settle(desk)
    assert search.text() == ""
    assert search.hasFocus()
    assert len(shown(desk)) == 2
    assert window.takeCentralWidget() is tab


def test_a_complaint_opened_from_elsewhere_shows_whatever_was_filtered(desk: Desk) -> None:
    first = desk.register()
    desk.register(accused_unit=2, accused_person="")
    search = desk.find("complaints.search")
    assert isinstance(search, QLineEdit)
    search.setText("没有的")
    settle(desk)
    desk.open(first)
    view = desk.tab.record.view
    assert view is not None
    assert view.complaint.id == first
    assert not search.text()


def test_the_receipt_rule_of_the_channel_stands_under_the_date(desk: Desk) -> None:
    page = intake(desk)
    assert page.form.values()["received"] == TODAY
    page.form.editor("channel").set_value("letter")
    assert "以签收之日为收到之日" in page.form.hint("received")
    assert "第三十一条第（二）项" in page.form.hint("received")
    page.form.editor("channel").set_value("phone")
    assert page.form.hint("received") == ""


def test_an_anonymous_complaint_asks_nobodys_name(desk: Desk) -> None:
    page = intake(desk)
    names = page.form.editor("complainants")
    assert not names.isHidden()
    page.form.editor("identity").set_value(Identity.ANONYMOUS)
    assert not names.isVisible()
    assert page.form.values()["complainants"] == ()


def test_the_persons_of_the_chosen_unit_are_offered(desk: Desk) -> None:
    page = intake(desk)
    page.form.editor("accused_unit").set_value(2)
    person = desk.find("complaints.register.accused_person")
    assert isinstance(person, QLineEdit)
    model = person.completer().model()
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["孙丽", "周𬱖"]


def test_what_the_unit_is_accused_of_already_stands_beside(desk: Desk) -> None:
    desk.register()
    page = intake(desk)
    page.form.editor("accused_unit").set_value(1)
    desk.wait()
    assert "（1）" in page.foresight._lines.itemAt(0).widget().text()  # type: ignore[union-attr,attr-defined]


def test_what_can_not_be_read_and_what_is_missing_are_told_in_one_go(desk: Desk) -> None:
    page = intake(desk)
    page.form.editor("received").set_value("十一月底")
    page.form.editor("subject").set_value("短" * 300)
    desk.click("complaints.register.save")
    faults = page.form.faults()
    assert {"channel", "accused_unit", "complainants", "text", "subject"} < set(faults)
    assert faults["received"] == "“十一月底”看不出是哪一天，请写成 2026-11-20 的样子。"
    assert faults["subject"].startswith("最多")
    assert page.save_button.isEnabled()
    assert desk.find("complaints.register.channel").hasFocus()
    page.form.editor("received").set_value(TODAY)
    desk.click("complaints.register.save")
    del faults["received"]
    assert page.form.faults() == faults  # nothing new is wrong at the next try


def test_a_form_of_which_only_a_date_can_not_be_read_is_not_kept(
    desk: Desk, tmp_path: Path
) -> None:
    page = intake(desk)
    paper = tmp_path / "来信.txt"
    paper.write_text("来信", encoding="utf-8")
    page.form.editor("attachments").set_value((paper,))
    page.form.editor("channel").set_value("letter")
    page.form.editor("identity").set_value(Identity.ANONYMOUS)
    page.form.editor("accused_unit").set_value(1)
    page.form.editor("subject").set_value(DRAFT.subject)
    page.form.editor("text").set_value(DRAFT.text)
    page.form.editor("grounds").set_value(DRAFT.grounds)
    page.form.editor("origin_day").set_value("月底")  # this one may be left out
    desk.click("complaints.register.save")
    assert list(page.form.faults()) == ["origin_day"]
    assert shown(desk) == []
    assert not desk.ask(attachments.folder).exists()
    page.form.editor("origin_day").set_value(None)
    desk.click("complaints.register.save")
    assert shown(desk) == ["投〔2026〕0001"]
    assert desk.ask(attachments.folder).exists()


def test_faults_stand_under_their_fields_and_nothing_typed_is_lost(desk: Desk) -> None:
    page = intake(desk)
    page.form.editor("text").set_value("内容")
    page.form.editor("complainants").set_value(({"phone": "139"},))
    page.form.editor("received").set_value("2026-11-21")
    desk.click("complaints.register.save")
    assert page.form.faults()["received"] == "日期不能晚于今天（2026-11-20），请改正。"
    assert page.form.faults()["complainants"] == "第 1 行“姓名”：请填写这一项。"
    assert page.form.faults()["channel"] == "请选择一项。"
    assert page.form.values()["text"] == "内容"
    assert desk.tab.has_unsaved()


def test_a_missing_unit_is_added_without_leaving_the_page(desk: Desk) -> None:
    page = intake(desk)
    unit = page.form.editor("accused_unit")
    desk.qtbot.mouseClick(unit.target(), Qt.MouseButton.LeftButton)
    desk.type("市城市管理局")
    desk.click("complaints.register.save")
    assert "添加单位" in page.form.faults()["accused_unit"]
    desk.click("complaints.register.add_unit")
    desk.qtbot.mouseClick(page._units().panel.save, Qt.MouseButton.LeftButton)
    desk.wait()
    assert desk.said[-1] == "已添加单位“市城市管理局”。"
    assert desk.context.directory.units[-1].name == "市城市管理局"
    assert unit.value() == desk.context.directory.units[-1].id
    assert page._units().panel.isHidden()


def test_attached_files_are_kept_with_the_complaint(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "来信.pdf"
    letter.write_bytes(b"%PDF-1.4 letter")
    page = intake(desk)
    person = DRAFT.complainants[0]
    page.form.set_values(
        {
            "channel": DRAFT.channel,
            "complainants": ({"name": person.name, "phone": "", "address": ""},),
            "accused_unit": 1,
            "grounds": DRAFT.grounds,
            "subject": DRAFT.subject,
            "text": DRAFT.text,
            "attachments": (letter,),
        }
    )
    desk.click("complaints.register.save")
    view = desk.tab.record.view
    assert view is not None
    assert [file.name for file in view.attachments] == ["来信.pdf"]
    copy = tmp_path / "copy.pdf"
    desk.tab.files.ask_path = lambda name: str(copy)
    desk.tab.record.tabs.show_page("files")
    desk.click(f"complaints.file.{view.attachments[0].id}")
    assert copy.read_bytes() == letter.read_bytes()
    desk.click(f"complaints.look.{view.attachments[0].id}")
    shown = desk.tab._page
    assert isinstance(shown, FileView)
    assert "这次查看已留有记录" in shown.bar.text()
    shown.left.emit()
    assert desk.tab._page is None


def test_after_a_closed_one_the_keyboard_is_on_the_next_step_of_the_new_one(desk: Desk) -> None:
    old = desk.register()
    acting = desk.context.acting()
    refusal = DecisionDraft("陈守正", acting.today, Ruling.REFUSE, reason="不属于本单位职责")
    told = RefusalDraft("不属于本单位职责", "", acting.today)
    desk.work(lambda o: complaints.decide(o, old, refusal, acting))
    desk.work(lambda o: answers.refuse(o, old, told, acting))
    desk.work(lambda o: complaints.close(o, old, acting.today, "", acting))
    filed = ArchiveDraft("2026-001", "", "30年", "", "王敏", acting.today)
    desk.work(lambda o: course.archive(o, old, filed, acting))
    desk.open(old)
    assert desk.find("complaints.next").isHidden()
    page = intake(desk)
    page.form.set_values(
        {
            "channel": "letter",
            "complainants": ({"name": "刘芳"},),
            "accused_unit": 1,
            "grounds": ("5",),
            "subject": "名单没有公开",
            "text": DRAFT.text,
        }
    )
    desk.press(K.Key_Return, ctrl=True)
    desk.wait()
    desk.at("complaints.next")


def test_leaving_with_something_typed_asks_first(desk: Desk) -> None:
    first = desk.register()
    page = intake(desk)
    page.form.editor("text").set_value("内容")
    desk.open(first)
    assert desk.tab._page is page
    assert page.bar.text() == "有未保存的内容。"
    page.bar.clicked.emit("drop")
    desk.wait()
    assert desk.tab._page is None
    assert desk.tab.record.view is not None


def test_every_wrong_file_and_every_fault_of_a_field_is_named(desk: Desk, tmp_path: Path) -> None:
    program, empty = tmp_path / "扫描件.pdf", tmp_path / "空.pdf"
    program.write_bytes(b"MZ\x90")
    empty.write_bytes(b"")
    page = intake(desk)
    page.form.editor("attachments").set_value((program, empty, tmp_path / "没有.pdf"))
    page.form.editor("complainants").set_value(({"name": "长" * 2000},))
    page.form.editor("subject").set_value("长" * 2000)
    desk.click("complaints.register.save")
    said = page.form.faults()
    assert "其实是程序" in said["attachments"]
    assert "是空的" in said["attachments"]
    assert "找不到文件" in said["attachments"]
    assert "最多 60 个字，现在有 2000 个字" in said["subject"]
    assert "会泄露投诉举报人身份" in said["subject"]
    assert len(said["subject"]) < 120
