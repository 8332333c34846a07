"""Settings, people, clerks and rules of an open office."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.rules.rulebook import RulebookFault, System
from desktop.ui.office.people import PeoplePage
from desktop.ui.office.rules_page import RulesPage
from desktop.ui.office.rulestext import pages
from desktop.ui.office.settings import SettingsPage
from desktop.ui.office.userbutton import UserButton
from desktop.usecases import profile
from desktop.usecases.rulebooks import load_library
from desktop.usecases.session import users
from tests.ui.office.conftest import Desk


def test_settings_are_changed_and_told(desk: Desk) -> None:
    page = desk.show(SettingsPage(desk.context))
    page.form.editor("telephone").set_value("0300-5550199")
    page.form.editor("pack.assessment").set_value("fujin")
    with desk.qtbot.waitSignal(page.closed):
        desk.click("settings.save")
    assert desk.said == ["已保存本单位设置。"]
    draft = desk.ask(profile.draft_of)
    assert draft.telephone == "0300-5550199"
    assert draft.packs[System.ASSESSMENT] == "fujin"


def test_settings_without_a_name_are_refused_under_the_field(desk: Desk) -> None:
    page = desk.show(SettingsPage(desk.context))
    page.form.editor("name").set_value("")
    desk.click("settings.save")
    assert page.form.faults()["name"] == "请填写这一项。"
    assert page.has_unsaved()


def test_reading_anew_does_not_take_what_is_being_typed(desk: Desk) -> None:
    page = desk.show(SettingsPage(desk.context))
    page.form.editor("address").set_value("文化路 9 号")
    page.reload()
    desk.wait()
    assert page.form.values()["address"] == "文化路 9 号"


def test_units_are_added_one_after_the_other(desk: Desk) -> None:
    page = desk.show(PeoplePage(desk.context))
    desk.click("people.unit.add")
    for name in ("市教育局", "市民政局"):
        desk.type("people.unit.name", name)
        desk.click("people.unit.save")
    assert [u.name for u in desk.context.directory.units][-2:] == ["市教育局", "市民政局"]
    assert desk.said[-1] == "已保存单位“市民政局”。"
    assert page.units.model().rowCount() == 5


def test_a_name_that_is_taken_is_refused(desk: Desk) -> None:
    page = desk.show(PeoplePage(desk.context))
    desk.click("people.unit.add")
    desk.type("people.unit.name", "东关街道办事处")
    desk.click("people.unit.save")
    assert page.unit_card.form.faults() == {"name": "已经有“东关街道办事处”了，请换一个名称。"}


def test_a_unit_is_renamed(desk: Desk) -> None:
    page = desk.show(PeoplePage(desk.context))
    page.units.select(3)
    desk.click("people.unit.edit")
    page.unit_card.form.editor("name").set_value("东城街道办事处")
    desk.click("people.unit.save")
    assert desk.context.directory.units[2].name == "东城街道办事处"
    assert page.unit_card.isHidden()


def test_people_of_the_chosen_unit_are_shown_and_added(desk: Desk) -> None:
    page = desk.show(PeoplePage(desk.context))
    page.units.select(3)
    assert page.persons.model().rowCount() == 2
    desk.click("people.person.add")
    desk.type("people.person.name", "冯媛")
    desk.click("people.person.save")
    assert page.persons.model().rowCount() == 3


def test_typed_things_are_not_dropped_unasked(desk: Desk) -> None:
    page = desk.show(PeoplePage(desk.context))
    desk.click("people.unit.add")
    desk.type("people.unit.name", "市教育局")
    page.leave()
    assert page.unit_card.bar.text() == "有未保存的内容。"
    page.unit_card.bar.clicked.emit("drop")
    with desk.qtbot.waitSignal(page.closed):
        page.leave()


def test_the_user_at_the_desk_acts(desk: Desk) -> None:
    button = desk.show(UserButton(desk.context))
    assert button.text() == "王敏 · 登记员、管理员"
    assert desk.context.acting().name == "王敏"
    words = [action.text() for action in button.menu().actions() if action.text()]
    assert words == ["锁定(&L)\tCtrl+L", "换人登录(&C)…", "修改密码(&P)…", "用户和权限(&U)…"]


def test_in_the_sample_the_button_offers_the_other_users(desk: Desk, office_path: Path) -> None:
    button = desk.show(UserButton(desk.context))
    button.reload(users(office_path))
    assert button.text() == "示例：王敏 · 登记员、管理员"
    with desk.qtbot.waitSignal(button.taken) as taken:
        button.menu().actions()[3].trigger()
    assert taken.args == [4]


def test_rules_in_use_stand_first_and_are_marked(desk: Desk) -> None:
    page = desk.show(RulesPage(desk.context))
    places = [page.model.index(row, 0).data() for row in range(3)]
    assert places[:2] == ["保定市", "国家"]
    assert [page.model.index(row, 2).data() for row in range(3)] == ["在用", "在用", ""]


def test_clocks_are_read_with_count_and_article(desk: Desk) -> None:
    page = desk.show(RulesPage(desk.context))
    page.show_pack("baoding")
    page.tabs.setCurrentIndex(
        [page.tabs.tabText(n) for n in range(page.tabs.count())].index("期限")
    )
    said = page.text.toPlainText()
    assert "5 个工作日" in said
    assert "第七条（三）" in said


def test_every_page_of_every_rulebook_can_be_read(desk: Desk) -> None:
    seen = desk.ask(profile.rules_in_use)
    for book in seen.library.books.values():
        for key, _title, make in pages(book):
            assert make(book), (book.id, key)


def test_doubts_about_the_text_are_shown_where_they_stand(desk: Desk) -> None:
    book = desk.ask(lambda office: office.library.books["baoding", 1])
    made = {key: make(book) for key, _title, make in pages(book)}
    assert "原文疑有脱漏" in made["rungs"]
    assert "原文疑有脱漏" in made["about"]
    assert "免职" not in made["rungs"]


def test_what_a_later_national_rule_replaced_is_named(desk: Desk) -> None:
    book = desk.ask(lambda office: office.library.books["fujin", 1])
    made = {key: make(book) for key, _title, make in pages(book)}
    assert "已被取代：政府信息公开条例第三十三条" in made["clocks"]


def test_a_damaged_rulebook_file_is_named(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "rulebooks"
    folder.mkdir()
    (folder / "broken.toml").write_text("id = ", encoding="utf-8")
    library = load_library(folder)
    page = desk.show(RulesPage(desk.context))
    page._show(profile.RulesInUse(library, {}))
    assert isinstance(library.faults[0], RulebookFault)
    assert "broken.toml" in page.bar.text()
    assert page.bar.isVisible()


def test_escape_goes_back(desk: Desk) -> None:
    page = desk.show(RulesPage(desk.context))
    page.setFocus()
    with desk.qtbot.waitSignal(page.closed):
        desk.qtbot.keyClick(page.list, Qt.Key.Key_Escape)
