"""Users are kept on their page; the table of rights is read there; own passwords are changed."""

from typing import Any

from PySide6.QtWidgets import QApplication

from db import keys
from desktop.rules.roles import RIGHTS, Role
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme
from desktop.ui.common.rolewords import ROLES
from desktop.ui.office.ownpassword import OwnPasswordPage
from desktop.ui.office.recoverysheet import RecoverySheetPage
from desktop.ui.office.rights import rights_table
from desktop.ui.office.settings import SettingsPage
from desktop.ui.office.users import UsersPage
from desktop.usecases.auditwords import ACTIONS
from desktop.usecases.session import unlock
from tests.ui.office.conftest import Desk
from tests.ui.office_fixtures import PASSWORD, session

NEW = "hanqing-2026-x"


def _fill(page: UsersPage, **values: object) -> None:
    for key, value in values.items():
        page.card.form.editor(key).set_value(value)


def test_a_user_is_added_with_roles_and_a_password(desk: Desk) -> None:
    page = desk.show(UsersPage(desk.context))
    desk.click("users.add")
    _fill(page, name="韩清", roles=(Role.READER,), password=NEW, again="other")
    desk.click("users.save")
    assert page.card.form.faults() == {"again": "两次输入的密码不一样，请重新输入。"}
    _fill(page, again=NEW)
    desk.click("users.save")
    assert desk.said[-1] == "已保存用户“韩清”；改了的角色，他下次登录起作用。"
    assert page.card.isHidden()
    path = desk.ask(lambda office: office.path)
    assert unlock(path, 5, NEW).roles == {Role.READER}


def test_an_administrator_without_the_key_lets_a_colleague_type(desk: Desk) -> None:
    page = desk.show(UsersPage(desk.context))
    plain = session(desk.ask(lambda office: office.path), 4)
    desk.context.session = plain  # who holds no identity key
    desk.click("users.add")
    _fill(page, name="韩清", roles=(Role.READER,))
    assert not page.card.form.editor("lender").isVisibleTo(page)
    _fill(page, roles=(Role.LEADER,))
    assert page.card.form.editor("lender").isVisibleTo(page)
    assert not page.card.form.editor("lent").isVisibleTo(page)
    _fill(page, lender=2)
    assert page.card.form.editor("lent").isVisibleTo(page)


def test_removing_is_asked_for_and_done(desk: Desk) -> None:
    page = desk.show(UsersPage(desk.context))
    page.list.select(4)
    desk.click("users.remove")
    assert "去掉用户“周晓”？" in page.bar.text()
    page.bar.clicked.emit("keep")
    assert page.list.model().rowCount() == 4
    desk.click("users.remove")
    page.bar.clicked.emit("remove")
    desk.wait()
    assert page.list.model().rowCount() == 3
    assert desk.said[-1] == "已去掉用户“周晓”。"


def test_the_table_of_rights_names_every_action() -> None:
    assert set(RIGHTS) <= set(ACTIONS)
    table = rights_table()
    assert "投诉登记：登记投诉举报" in table
    assert "查看投诉举报人身份" in table


def test_no_role_is_cut_in_two_where_the_letters_are_large(desk: Desk, qapp: QApplication) -> None:
    page = desk.show(UsersPage(desk.context))
    page.resize(1300, 700)
    for factor in (1.0, 1.5):
        theme.apply(qapp, Scheme.LIGHT, factor)
        page.reload()
        desk.wait()
        document = page.rights.document()
        seen = set()
        block = document.begin()
        while block.isValid():
            words = block.text().replace("\u2060", "")
            if words in [*(_(word) for word in ROLES.values())]:
                assert block.layout().lineCount() == 1, (factor, words)
                seen.add(words)
            block = block.next()
        assert len(seen) == len(ROLES)
    theme.apply(qapp, Scheme.LIGHT, 1.0)


def test_ones_own_password_is_changed(desk: Desk) -> None:
    page = desk.show(OwnPasswordPage(desk.context))
    for key, value in (("old", "not this one"), ("password", NEW), ("again", NEW)):
        page.form.editor(key).set_value(value)
    desk.click("password.save")
    assert page.form.faults() == {"old": "密码不对，请重新输入。"}
    page.form.editor("old").set_value(PASSWORD)
    desk.click("password.save")
    assert desk.said == ["密码已经修改。"]
    path = desk.ask(lambda office: office.path)
    assert unlock(path, 1, NEW).keys == session_keys(desk)
    assert page.form.values()["password"] == ""


def session_keys(desk: Desk) -> keys.Keys:
    assert desk.context.session is not None
    return desk.context.session.keys


def test_the_sheet_can_not_be_left_while_it_is_wanted(desk: Desk) -> None:
    page: Any = desk.show(RecoverySheetPage(desk.context))
    page.require(required=True)
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    page.page.leave()
    assert not closed
    page.require(required=False)
    page.page.leave()
    assert closed
    assert page.preview.page_count() == 0


def test_a_reader_sees_the_settings_and_changes_nothing(desk: Desk) -> None:
    path = desk.ask(lambda office: office.path)
    desk.context.session = session(path, 4)
    page = desk.show(SettingsPage(desk.context))
    assert not page.page.save_button.isEnabled()
    assert page.page.bar.text() == "您的角色是“查阅”，不能做这一步；需要管理员。"
