"""What is typed on a page is kept after a pause, offered again, and let go when it is saved."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.rules.complaints import Identity
from desktop.ui.common.forms import (
    CheckField,
    ChecksField,
    ChoiceField,
    DateField,
    FilesField,
    Form,
    FormPage,
    LineField,
    NoteField,
    NumberField,
    RadioField,
    RowsField,
    Section,
    TextField,
)
from desktop.ui.context import Context
from desktop.usecases import drafts
from desktop.usecases.drafts import Draft, Place
from tests.ui.office_fixtures import NOW

TODAY = date(2026, 11, 20)
PLACE = Place("complaints.register")


def make_page() -> FormPage:
    fields = [
        LineField("subject", "主题"),
        DateField("received", "收到日期"),
        RadioField("identity", "署名", choices=[(one, one.name) for one in Identity]),
        ChoiceField("unit", "单位", choices=[(1, "甲局"), (2, "乙局")]),
        ChecksField("grounds", "事由", choices=[("a", "甲"), ("b", "乙")]),
        CheckField("sealed", "盖章"),
        NumberField("points", "得分", decimals=2),
        TextField("text", "内容"),
        RowsField("people", "人员", columns=[LineField("name", "姓名"), DateField("day", "日期")]),
        NoteField("note", "说明", text="只读"),
        Section("更多", [FilesField("files", "附件")]),
    ]
    return FormPage("新登记", "", Form(fields, TODAY))


class Hands:
    """A page under drafts, and what a test asks of it."""

    def __init__(self, qtbot: QtBot, context: Context, until_idle: Callable[[], None]) -> None:
        self.qtbot, self.context, self.until_idle = qtbot, context, until_idle
        context.drafts.pause = 1

    def open(self) -> FormPage:
        page = make_page()
        self.qtbot.addWidget(page)
        self.context.drafts.attach(page, PLACE)
        page.resize(800, 700)
        page.show()
        self.until_idle()
        return page

    def found(self) -> tuple[Draft, ...]:
        got: list[tuple[Draft, ...]] = []
        self.context.ask(drafts.mine, got.append)
        self.qtbot.waitUntil(lambda: bool(got))
        return got[0]

    def type(self, page: FormPage, key: str, value: object) -> None:
        before = self.found()
        page.form.editor(key).set_value(value)
        self.qtbot.waitUntil(lambda: self.found() != before, timeout=5000)

    def close(self, page: FormPage) -> None:
        page.close()
        page.deleteLater()
        self.qtbot.wait(1)


@pytest.fixture(name="hands")
def _hands(qtbot: QtBot, context: Context, until_idle: Callable[[], None]) -> Hands:
    return Hands(qtbot, context, until_idle)


def test_everything_typed_comes_back_with_its_type(hands: Hands, tmp_path: Path) -> None:
    letter = tmp_path / "来信.pdf"
    letter.write_bytes(b"%PDF-1.7")
    page = hands.open()
    page.form.editor("subject").set_value(" 名单没有公开 ")
    page.form.editor("received").set_value(TODAY)
    page.form.editor("identity").set_value(Identity.JOINT)
    page.form.editor("unit").set_value(2)
    page.form.editor("grounds").set_value(("b",))
    page.form.editor("sealed").set_value(True)
    page.form.editor("points").set_value("12.50")
    page.form.editor("people").set_value(({"name": "刘芳", "day": TODAY}, {"name": "李四"}))
    page.form.editor("files").set_value((letter,))
    hands.type(page, "text", "第一行\n第二行\n")
    wanted, states = page.form.values(), page.form._states()
    hands.close(page)
    again = hands.open()
    assert again.draft_bar.text() == "找到 11 月 20 日 09:30 没有保存的内容。"
    assert not again.form.dirty()
    again.draft_bar.clicked.emit("resume")
    assert again.form.values() == wanted
    assert again.form._states() == states
    assert isinstance(again.form.values()["identity"], Identity)
    assert isinstance(again.form.values()["points"], Decimal)
    assert again.form.dirty()
    assert "已恢复" in again.draft_bar.text()


def test_what_can_not_be_read_comes_back_too(hands: Hands) -> None:
    page = hands.open()
    page.form.editor("received").set_value("11月32日")
    hands.type(page, "points", "十二")
    hands.close(page)
    again = hands.open()
    again.draft_bar.clicked.emit("resume")
    assert set(again.form.problems()) == {"received", "points"}


def test_a_file_that_is_gone_is_said(hands: Hands, tmp_path: Path) -> None:
    letter = tmp_path / "来信.pdf"
    letter.write_bytes(b"%PDF-1.7")
    page = hands.open()
    page.form.editor("files").set_value((letter,))
    hands.type(page, "subject", "名单")
    letter.unlink()
    hands.close(page)
    again = hands.open()
    assert "附件“来信.pdf”已经不在原来的位置" in again.draft_bar.text()
    again.draft_bar.clicked.emit("resume")
    assert again.form.values()["files"] == (letter,)


def test_saving_and_giving_up_let_the_draft_go(hands: Hands) -> None:
    page = hands.open()
    hands.type(page, "subject", "名单")
    assert len(hands.found()) == 1
    page.form.mark_clean()  # what a page does once it was saved
    assert hands.found() == ()
    hands.type(page, "subject", "名单没有公开")
    page.leave()
    page.bar.clicked.emit("drop")
    assert hands.found() == ()


def test_taking_back_what_was_typed_lets_it_go_as_well(hands: Hands) -> None:
    page = hands.open()
    hands.type(page, "subject", "名单")
    hands.type(page, "subject", "")
    assert hands.found() == ()


def test_throwing_it_away_shows_an_empty_form(hands: Hands) -> None:
    page = hands.open()
    hands.type(page, "subject", "名单")
    hands.close(page)
    again = hands.open()
    again.draft_bar.clicked.emit("drop")
    assert hands.found() == ()
    assert again.draft_bar.isHidden()
    assert not again.form.dirty()


def test_an_offer_that_was_not_answered_is_never_written_over(hands: Hands) -> None:
    page = hands.open()
    hands.type(page, "subject", "第一件")
    hands.close(page)
    again = hands.open()
    hands.type(again, "subject", "第二件")
    assert {one.values["subject"] for one in hands.found()} == {"第一件", "第二件"}
    again.draft_bar.clicked.emit("resume")  # now goes on with the first, and keeps the second
    assert again.form.values()["subject"] == "第一件"
    hands.type(again, "text", "接着写")
    assert {one.values["subject"] for one in hands.found()} == {"第一件", "第二件"}
    hands.close(again)
    third = hands.open()
    assert "找到 2 份没有保存的内容" in third.draft_bar.text()


def test_all_is_kept_at_once_when_asked(hands: Hands) -> None:
    hands.context.drafts.pause = 60_000
    page = hands.open()
    page.form.editor("subject").set_value("名单")
    assert hands.context.drafts.unsaved()
    hands.context.drafts.keep_all()
    assert [one.values["subject"] for one in hands.found()] == ["名单"]


def test_who_types_without_rest_is_kept_too(hands: Hands) -> None:
    hands.context.drafts.pause, hands.context.drafts.longest = 60_000, 1
    page = hands.open()
    hands.type(page, "subject", "名单")
    assert len(hands.found()) == 1


def test_the_clock_of_the_program_is_what_counts(hands: Hands) -> None:
    page = hands.open()
    hands.type(page, "subject", "名单")
    assert hands.found()[0].saved == NOW
