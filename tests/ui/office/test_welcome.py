"""The first page: recent files, what can not be opened, and a new office."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.roles import Role
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.office import thispc
from desktop.ui.office.newoffice import NewOfficePage
from desktop.ui.office.recent import forget, recent, remember
from desktop.ui.office.thispc import Portable, ThisPc
from desktop.ui.office.welcome import WelcomePage
from desktop.usecases import office as offices
from desktop.usecases import profile
from desktop.usecases.records import StorageFault
from desktop.usecases.session import unlock
from tests.ui.office.conftest import write
from tests.ui.office_fixtures import NOW, PASSWORD


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture(name="welcome")
def _welcome(qtbot: QtBot, settings: QSettings) -> Iterator[WelcomePage]:
    page = WelcomePage(lambda: NOW, settings)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.stop()


def _click(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(page.findChildren(QWidget, name)[-1], Qt.MouseButton.LeftButton)


def _begin(qtbot: QtBot, welcome: WelcomePage) -> NewOfficePage:
    _click(qtbot, welcome, "welcome.new")
    page = welcome.new_page()
    assert page is not None
    qtbot.waitUntil(page.idle, timeout=10_000)
    return page


def _fill(page: NewOfficePage, path: Path) -> None:
    for key, value in (
        ("path", str(path)),
        ("name", "清河市政务公开办公室"),
        ("mark", "清公开"),
        ("user.name", "王敏"),
        ("user.password", PASSWORD),
        ("user.again", PASSWORD),
        ("pack.complaints", "baoding"),
        ("pack.accountability", "wuan"),
        ("pack.assessment", "fujin"),
    ):
        page.profile.editor(key).set_value(value)


def test_the_last_opened_file_stands_first_and_only_once(
    settings: QSettings, tmp_path: Path
) -> None:
    for name in ("a.db", "b.db", "a.db"):
        remember(settings, tmp_path / name)
    assert recent(settings) == [tmp_path / "a.db", tmp_path / "b.db"]
    forget(settings, tmp_path / "a.db")
    assert recent(settings) == [tmp_path / "b.db"]


def test_a_recent_file_is_opened_by_a_click(
    qtbot: QtBot, welcome: WelcomePage, settings: QSettings, tmp_path: Path
) -> None:
    remember(settings, tmp_path / "office.db")
    welcome.reload()
    with qtbot.waitSignal(welcome.open_wanted) as wanted:
        _click(qtbot, welcome, "welcome.recent.0")
    assert wanted.args == [tmp_path / "office.db"]


def test_the_chosen_file_is_opened(qtbot: QtBot, welcome: WelcomePage, tmp_path: Path) -> None:
    welcome.ask_path = lambda: str(tmp_path / "office.db")
    with qtbot.waitSignal(welcome.open_wanted) as wanted:
        _click(qtbot, welcome, "welcome.open")
    assert wanted.args == [tmp_path / "office.db"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("not_an_office", "这不是阳光台账的数据文件，没有作任何改动：/x.db"),
        ("too_new", "这个数据文件是更新版本的程序写的，请先升级程序；没有作任何改动。"),
        ("locked", "数据文件正被另一个程序使用，请先关闭那个程序：/x.db"),
        ("read_only", "文件夹或者文件是只读的，写不进去，请换一个位置：/x.db"),
    ],
)
def test_why_a_file_can_not_be_opened_is_said_in_words(
    welcome: WelcomePage, code: str, words: str
) -> None:
    welcome.show_error(StorageFault(code, "/x.db"))
    assert welcome.bar.isVisible()
    assert welcome.bar.text() == words


def test_a_new_office_is_made_where_the_clerk_wants_it(
    qtbot: QtBot, welcome: WelcomePage, tmp_path: Path
) -> None:
    page = _begin(qtbot, welcome)
    _fill(page, tmp_path / "清河")
    with qtbot.waitSignal(welcome.created, timeout=10_000) as made:
        _click(qtbot, page, "welcome.form.save")
    path, session = made.args
    assert path == tmp_path / "清河.sunlight"
    assert session.roles == {Role.REGISTRAR, Role.ADMIN}
    office = offices.open_office(path, unlock(path, 1, PASSWORD))
    assert office.profile().letterhead == "清河市政务公开办公室"
    assert profile.draft_of(office).packs["assessment"] == "fujin"  # type: ignore[index]
    office.close()


def test_the_example_number_follows_the_mark(qtbot: QtBot, welcome: WelcomePage) -> None:
    page = _begin(qtbot, welcome)
    write(page.profile.editor("mark").target(), "清公开")
    assert page.profile.hint("mark") == "写在文书编号的开头，例如：清公开投转〔2026〕1号"


def test_a_place_is_only_offered_for_what_its_texts_hold(
    qtbot: QtBot, welcome: WelcomePage
) -> None:
    page = _begin(qtbot, welcome)

    def offered(system: str) -> list[str]:
        combo = page.profile.editor(f"pack.{system}").findChild(ChoiceEditor).combo
        return [combo.itemText(at) for at in range(1, combo.count())]

    assert "武安市（第 1 版）" in offered("accountability")
    assert "武安市（第 1 版）" not in offered("assessment")


def test_nothing_typed_is_lost_when_something_is_missing(
    qtbot: QtBot, welcome: WelcomePage, tmp_path: Path
) -> None:
    page = _begin(qtbot, welcome)
    _fill(page, tmp_path / "x.db")
    page.profile.editor("user.password").set_value("wangmin")
    page.profile.editor("user.again").set_value("wangmin")
    page.profile.editor("user.roles").set_value((Role.ADMIN,))
    page.profile.editor("pack.complaints").set_value(None)
    _click(qtbot, page, "welcome.form.save")
    qtbot.waitUntil(page.idle)
    assert page.profile.faults() == {
        "pack.complaints": "请选择一项。",
    }
    page.profile.editor("pack.complaints").set_value("baoding")
    _click(qtbot, page, "welcome.form.save")
    qtbot.waitUntil(page.idle)
    assert page.profile.faults() == {
        "user.password": "密码至少 8 个字符。",
        "user.roles": "第一个用户要是登记员或者审批领导，才能保管投诉举报人身份的密钥。",
    }
    assert page.profile.values()["mark"] == "清公开"
    assert not (tmp_path / "x.db").exists()


def test_the_password_is_typed_twice_alike(
    qtbot: QtBot, welcome: WelcomePage, tmp_path: Path
) -> None:
    page = _begin(qtbot, welcome)
    _fill(page, tmp_path / "x.db")
    page.profile.editor("user.again").set_value(PASSWORD + "x")
    _click(qtbot, page, "welcome.form.save")
    assert page.profile.faults() == {"user.again": "两次输入的密码不一样，请重新输入。"}
    assert not (tmp_path / "x.db").exists()


def test_a_file_that_is_there_already_is_never_overwritten(
    qtbot: QtBot, welcome: WelcomePage, tmp_path: Path
) -> None:
    there = tmp_path / "x.db"
    there.write_text("别的内容", encoding="utf-8")
    page = _begin(qtbot, welcome)
    _fill(page, there)
    _click(qtbot, page, "welcome.form.save")
    qtbot.waitUntil(page.idle)
    assert page.profile.faults()["path"] == f"这里已经有同名文件，请换一个名称：{there}"
    assert there.read_text(encoding="utf-8") == "别的内容"


def test_an_office_beside_another_of_that_name_does_not_take_its_keys(
    qtbot: QtBot, welcome: WelcomePage, tmp_path: Path
) -> None:
    keys = tmp_path / "x.keys"
    keys.write_bytes(b"of another office")
    page = _begin(qtbot, welcome)
    _fill(page, tmp_path / "x.sunlight")
    _click(qtbot, page, "welcome.form.save")
    qtbot.waitUntil(page.idle)
    assert "同名" in page.profile.faults()["path"]
    assert keys.read_bytes() == b"of another office"


def test_what_is_typed_for_a_new_office_is_found_again_but_for_the_password(
    qtbot: QtBot, welcome: WelcomePage, settings: QSettings, tmp_path: Path
) -> None:
    page = _begin(qtbot, welcome)
    name = page.profile.editor("name").target()
    write(name, "清河市政务公开办公室")
    write(page.profile.editor("mark").target(), "清公开")
    page.profile.editor("pack.complaints").set_value("baoding")
    write(page.profile.editor("user.password").target(), PASSWORD)
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert welcome.new_page() is None
    assert welcome.new_hint.text() == "上次没有填完，内容还在，可以接着填。"
    settings.sync()
    assert PASSWORD not in Path(settings.fileName()).read_text("utf-8")
    again = WelcomePage(lambda: NOW, QSettings(settings.fileName(), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    again.show()
    page = _begin(qtbot, again)
    qtbot.waitUntil(page.draft_bar.isVisible)
    values = page.profile.values()
    assert values["name"] == "清河市政务公开办公室"
    assert values["mark"] == "清公开"
    assert values["pack.complaints"] == "baoding"
    assert values["user.password"] == ""
    page.draft_bar.clicked.emit("anew")
    assert page.profile.values()["name"] == ""
    again.stop()
    assert not settings.contains("begin/office")


def test_an_office_that_was_made_leaves_nothing_to_go_on_with(
    qtbot: QtBot, welcome: WelcomePage, settings: QSettings, tmp_path: Path
) -> None:
    page = _begin(qtbot, welcome)
    _fill(page, tmp_path / "清河")
    page.keep()
    assert settings.contains("begin/office")
    with qtbot.waitSignal(welcome.created, timeout=10_000):
        _click(qtbot, page, "welcome.form.save")
    assert not settings.contains("begin/office")


def test_a_place_that_does_no_good_is_said_before_anything_lies_there(
    qtbot: QtBot, welcome: WelcomePage, tmp_path: Path
) -> None:
    page = _begin(qtbot, welcome)
    cloud = tmp_path / "坚果云" / "台账"
    write(page.profile.editor("path").target(), str(cloud))
    assert "自动同步到网上" in page.place.text()
    page.profile.editor("path").set_value("")
    write(page.profile.editor("path").target(), str(Path.home() / "台账"))
    assert "自动同步" not in page.place.text()


def test_a_portable_program_finds_its_files_on_the_next_pc(
    settings: QSettings, tmp_path: Path
) -> None:
    one, other = tmp_path / "E", tmp_path / "F"
    office = Path("台账") / "清河.sunlight"
    (one / "台账").mkdir(parents=True)
    (one / "程序").mkdir()
    (one / office).touch()
    program = Path("程序") / "sunlight.exe"
    try:
        thispc.use(ThisPc(one / program, None, Portable.YES))
        remember(settings, one / office)
        assert recent(settings) == [one / office]
        one.rename(other)
        thispc.use(ThisPc(other / program, None, Portable.YES))
        assert recent(settings) == [other / office]
    finally:
        thispc.use(ThisPc())
