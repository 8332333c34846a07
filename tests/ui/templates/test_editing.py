"""Changing a wording: the sample follows, faults are shown at their line, versions are kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.usecases import office as offices
from desktop.usecases import templates
from desktop.usecases.templates import Kind
from tests.ui.office_fixtures import ACTING
from tests.ui.templates.conftest import Desk, write

THANKS = "感谢对政务公开工作的关心和监督。"
OWN = "感谢您的来信。"


def _own(desk: Desk) -> None:
    desk.replace(THANKS, OWN)
    desk.click("templates.save")


def _states(desk: Desk) -> dict[str, str]:
    state = desk.page.model.columns[1]
    rows = desk.page.model.rows()
    return {row.template.name: state.text(row) for row in rows if state.text(row)}


def test_every_kind_of_letter_opens_with_its_sample_and_without_faults(desk: Desk) -> None:
    for kind in Kind:
        desk.pick(kind)
        assert desk.faults() == ["检查通过。"], kind
        assert desk.page.preview.page_count() > 0
    assert desk.page.model.rowCount() == len(Kind)
    assert not desk.page.has_unsaved()


def test_a_wording_is_changed_its_sample_follows_and_it_is_saved(desk: Desk) -> None:
    assert THANKS in desk.sample()
    assert not desk.find("templates.save").isEnabled()
    desk.replace(THANKS, OWN)
    assert OWN in desk.sample()
    assert desk.page.has_unsaved()
    assert _states(desk) == {"不予受理告知书": "未保存"}
    note = desk.find("templates.note")
    assert isinstance(note, QLineEdit)
    note.setFocus()
    write(note, "换一种说法")
    desk.qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait()
    assert desk.said == ["已保存“不予受理告知书”的新版本，以后制作的文书使用它。"]
    assert not desk.page.has_unsaved()
    assert _states(desk) == {"不予受理告知书": "修改过"}
    [version] = desk.ask(lambda o: templates.open_template(o, Kind.REFUSAL)).versions
    assert (version.number, version.note, version.made_by) == (1, "换一种说法", "王敏")
    assert OWN in desk.text().toPlainText()
    assert note.text() == ""


def test_saving_is_taken_back(desk: Desk) -> None:
    _own(desk)
    event = desk.events[-1]
    desk.context.do(lambda o: offices.take_back(o, event, ACTING), lambda _done: None, _fail)
    desk.wait()
    assert THANKS in desk.text().toPlainText()
    assert _states(desk) == {}


def _fail(error: BaseException) -> None:
    raise error


FAULTS = {
    "{{ recieved }}": "没有“recieved”这个字段，请从左边的字段里选。",
    "{{ remedy }": "大括号没有写完整，请补上“}}”。",
    "{% if contact %}有": "“如果”没有结束，请在后面补上“{% endif %}”。",
    "依据《国家公务员暂行条例》": "《国家公务员暂行条例》已经废止，不能作为依据，请删去。",
    "{{ remedy｜sentence }}": "双大括号里只能用英文半角的符号，请把“｜”改成半角。",
    "{{ subject|longdate }}": (
        "“{{ subject|longdate }}”填不进去：这个字段不能这样用，请从左边重新插入。"
    ),
}


def test_a_fault_is_shown_at_its_line_in_a_sentence(desk: Desk) -> None:
    good = desk.text().toPlainText()
    for typed, sentence in FAULTS.items():
        desk.text().setPlainText(good)
        desk.append(typed)
        assert desk.text().marked_lines() == (11,)
        assert desk.faults() == [f"正文 第 11 行：{sentence}"]
    assert desk.page.preview.bar.text() == "样例还是改动以前的：请先改正左边标出的问题。"


def test_a_faulty_wording_is_not_saved_and_the_cursor_goes_to_the_fault(desk: Desk) -> None:
    desk.append("{{ recieved }}")
    desk.text("title").setFocus()
    desk.click("templates.save")
    assert desk.page.bar.text() == "没有保存：请先改正标出的问题。"
    assert desk.text().toPlainText().endswith("{{ recieved }}")
    assert desk.text().textCursor().blockNumber() == 10
    assert desk.text().hasFocus()
    assert desk.said == []


def test_a_missing_remedy_is_named_with_what_to_insert(desk: Desk) -> None:
    remedy = "{% if remedy %}\n{{ remedy|sentence }}\n{% endif %}\n"
    text = desk.text().toPlainText()
    assert remedy in text
    desk.text().setPlainText(text.replace(remedy, ""))
    desk.settle()
    assert desk.faults() == [
        "正文：缺少“救济途径”：这种文书必须写明，请从左边双击插入“{{ remedy }}”。"
    ]


def test_a_doubt_is_shown_and_does_not_stop_saving(desk: Desk) -> None:
    desk.append("依照第三条办理。")
    assert desk.faults() == [
        "正文 第 11 行：“第三条”是手写的条款：各地规定不同，修订后也会变，最好改用字段“依据的条款”。"
    ]
    desk.click("templates.save")
    assert len(desk.said) == 1


def test_a_fault_in_the_list_leads_to_its_place(desk: Desk) -> None:
    desk.replace("{{ addressee }}", "{{ adressee }}", "addressee")
    desk.text("body").setFocus()
    faults = desk.page.editor.faults
    assert desk.faults()[0].startswith("主送机关或者收件人 第 1 行：没有“adressee”")
    faults.itemActivated.emit(faults.item(0))
    assert desk.text("addressee").hasFocus()


# -- inserting


def test_a_field_is_inserted_by_its_chinese_name_at_the_cursor(desk: Desk) -> None:
    desk.mark(THANKS)
    desk.page.inserts.pick("收到日期")
    assert "\n{{ received|longdate }}\n" in desk.text().toPlainText()
    desk.settle()
    assert desk.faults() == ["检查通过。"]


def test_a_condition_is_put_around_the_marked_words(desk: Desk) -> None:
    desk.mark(THANKS)
    desk.page.inserts.pick("如果有“来件方式”…")
    assert f"{{% if channel %}}\n{THANKS}\n{{% endif %}}\n" in desk.text().toPlainText()
    desk.settle()
    assert desk.faults() == ["检查通过。"]


def test_a_list_is_inserted_on_lines_of_its_own_and_enter_inserts_too(desk: Desk) -> None:
    desk.pick(Kind.TRANSFER)
    desk.mark("特此函告。").textCursor()
    inserts = desk.page.inserts
    write(inserts.search, "所涉事由")
    assert inserts.titles() == ["如果有“所涉事由”…", "逐条列出“所涉事由”…"]
    entry = inserts.list.findItems("逐条列出“所涉事由”…", Qt.MatchFlag.MatchExactly)[0]
    inserts.list.setCurrentItem(entry)
    desk.qtbot.keyClick(inserts.list, Qt.Key.Key_Return)
    assert (
        desk.text()
        .toPlainText()
        .endswith("追究责任。\n{% for item in grounds %}\n## {{ item|sentence }}\n{% endfor %}")
    )
    assert desk.text().hasFocus()
    desk.settle()
    assert desk.faults() == ["检查通过。"]


EXPLAINED = {
    "received|": "填入：收到日期（日期），写成“2026年11月5日”",
    "subject|": "填入：反映的问题（文字），加上引号",
    "if channel": "如果有“来件方式”（或者满足这个条件），才写到“结束”为止的文字",
    "endif": "“如果”到这里结束",
    "经审查": "",
}


def test_what_stands_at_the_cursor_is_explained_in_chinese(desk: Desk) -> None:
    for at, said in EXPLAINED.items():
        desk.mark(at)
        assert desk.page.editor.said.text() == said


# -- nothing typed is lost


def test_changes_wait_while_another_kind_is_looked_at(desk: Desk) -> None:
    desk.replace(THANKS, OWN)
    write(desk.find("templates.note"), "说明")
    desk.pick(Kind.RESULT)
    assert desk.page.has_unsaved()
    assert desk.page.editor.text("title").toPlainText() == "投诉举报办理结果告知书"
    desk.page.reload()
    desk.wait()
    desk.pick(Kind.REFUSAL)
    assert OWN in desk.text().toPlainText()
    note = desk.find("templates.note")
    assert isinstance(note, QLineEdit)
    assert note.text() == "说明"
    desk.click("templates.drop")
    assert THANKS in desk.text().toPlainText()
    assert not desk.page.has_unsaved()


def test_going_back_asks_first_while_something_is_unsaved(desk: Desk) -> None:
    desk.replace(THANKS, OWN)
    desk.click("templates.back")
    assert desk.closed == 0
    assert desk.page.bar.text() == "“不予受理告知书”有没有保存的修改。"
    desk.page.bar.clicked.emit("stay")
    assert OWN in desk.text().toPlainText()
    desk.page.bar.clear()
    desk.qtbot.keyClick(desk.text(), Qt.Key.Key_Escape)
    assert desk.page.bar.text() == "“不予受理告知书”有没有保存的修改。"
    desk.page.bar.clicked.emit("drop")
    assert desk.closed == 1
    assert not desk.page.has_unsaved()


def test_the_layout_and_the_room_for_the_seal_are_part_of_the_wording(desk: Desk) -> None:
    desk.page.editor.sealed.click()
    desk.page.editor.layout_choice.setCurrentIndex(1)
    desk.settle()
    desk.click("templates.save")
    draft = desk.ask(lambda o: templates.open_template(o, Kind.REFUSAL)).draft
    assert (draft.layout, draft.sealed) == ("document", False)


def test_a_form_is_edited_cell_by_cell(desk: Desk) -> None:
    desk.pick(Kind.RECEIPT)
    desk.replace("送达文书", "送达的文书", "rows.1.1.label")
    assert "送达的文书" in desk.sample()
    desk.click("templates.save")
    draft = desk.ask(lambda o: templates.open_template(o, Kind.RECEIPT)).draft
    assert draft.text("rows.1.1.label") == "送达的文书"


def test_the_sample_can_be_looked_at_with_only_what_must_be_there(desk: Desk) -> None:
    assert "来件方式" in desk.sample()
    desk.page.sample_choice.setCurrentIndex(1)
    desk.wait()
    assert "来件方式" not in desk.sample()


def test_a_wording_for_one_rulebook_is_kept_apart(desk: Desk) -> None:
    choice = desk.page.pack_choice
    assert choice.itemText(0) == "所有规则"
    choice.setCurrentIndex(1)
    desk.wait()
    desk.replace(THANKS, OWN)
    desk.click("templates.save")
    assert desk.ask(lambda o: templates.effective(o, Kind.REFUSAL, "baoding")).row is not None
    assert desk.ask(lambda o: templates.effective(o, Kind.REFUSAL, "")).row is None
    assert choice.currentIndex() == 1
    assert OWN in desk.text().toPlainText()


# -- history


def test_an_old_wording_is_compared_and_put_back(desk: Desk) -> None:
    _own(desk)
    desk.replace(OWN, "特此说明。")
    desk.click("templates.save")
    desk.click("templates.show_history")
    history = desk.page.history
    assert [past.number for past in history.model.rows()] == [2, 1, 0]
    assert not history.restore_button.isEnabled()
    history.list.selectRow(1)
    compared = history.text.toPlainText()
    assert OWN in compared
    assert "特此说明。" in compared
    assert "{{ received|longdate }}" not in compared
    desk.click("templates.history.restore")
    assert desk.said[-1] == "已恢复“不予受理告知书”的旧文字。"
    assert OWN in desk.text().toPlainText()
    versions = desk.ask(lambda o: templates.open_template(o, Kind.REFUSAL)).versions
    assert (versions[0].number, versions[0].note) == (3, "恢复第 1 版")


def test_the_programs_wording_is_put_back(desk: Desk) -> None:
    _own(desk)
    desk.click("templates.show_history")
    desk.page.history.list.selectRow(1)
    desk.click("templates.history.restore")
    assert THANKS in desk.text().toPlainText()
    assert _states(desk) == {}


def test_unsaved_changes_are_not_run_over_by_an_old_version(desk: Desk) -> None:
    _own(desk)
    desk.replace(OWN, "特此说明。")
    desk.click("templates.show_history")
    history = desk.page.history
    history.list.selectRow(1)
    assert not history.restore_button.isEnabled()
    assert history.bar.text() == "编辑区里有没有保存的修改；先保存或者放弃，再恢复旧版。"
    desk.qtbot.keyClick(history.list, Qt.Key.Key_Escape)
    assert history.isHidden()
    assert "特此说明。" in desk.text().toPlainText()
    assert desk.closed == 0
