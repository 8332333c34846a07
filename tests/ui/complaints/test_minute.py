"""Intake in under a minute: few keys beside what is written, and how it is to be answered."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop.rules.complaints import Identity
from desktop.rules.replies import ReplyWay
from desktop.ui.complaints.intake import IntakePage
from desktop.usecases import register, replies
from tests.ui.complaints.conftest import Desk

K = Qt.Key


def begin(desk: Desk) -> IntakePage:
    desk.tab.start_new()
    desk.wait()
    desk.at("complaints.register.channel")
    page = desk.page()
    assert isinstance(page, IntakePage)
    return page


def test_a_letter_is_registered_with_twenty_keys_beside_its_words(desk: Desk) -> None:
    begin(desk)
    pressed = 0

    def press(*keys: Qt.Key) -> None:
        nonlocal pressed
        desk.press(*keys)
        pressed += len(keys)

    def write(text: str, name: str = "") -> None:
        if name:
            desk.at(f"complaints.register.{name}")
        desk.type(text)
        press(K.Key_Return)

    press(K.Key_Down, K.Key_Return)  # 信函
    press(K.Key_Return, K.Key_Return)  # today, 实名
    write("刘芳", "complainants")
    write("13900001234")
    write("东关街道和平里 3 号楼")
    desk.at("complaints.register.reply_way")
    press(K.Key_Return)
    desk.at("complaints.register.accused_unit")
    desk.type("住房")
    press(K.Key_Tab)  # the only unit that fits
    desk.qtbot.waitUntil(lambda: desk.page().form.editor("accused_unit").value() == 1)
    while desk.holder().objectName() != "complaints.register.accused_person":
        press(K.Key_Tab)
    press(K.Key_Return)
    press(K.Key_5, K.Key_8, K.Key_Return)  # two grounds by their numbers
    write("保障房分配结果迟迟不公开", "subject")
    desk.at("complaints.register.text")
    desk.type("上半年保障房分配结果至今没有在网站公开。")
    desk.press(K.Key_Return, ctrl=True)
    pressed += 1
    desk.wait()
    assert desk.said == ["已登记 投〔2026〕0001。"]
    assert pressed <= 20
    view = desk.tab.record.view
    assert view is not None
    assert [g.id for g in view.grounds] == ["5", "8"]


def test_grounds_are_walked_by_the_arrows_and_enter_leaves_them(desk: Desk) -> None:
    page = begin(desk)
    boxes = page.form.editor("grounds").editors()
    boxes[0].setFocus()
    desk.press(K.Key_Down, K.Key_Down)
    assert desk.holder() is boxes[2]
    desk.press(K.Key_Up, K.Key_Space)
    assert page.form.values()["grounds"] == ("2",)
    desk.press(K.Key_2)
    assert page.form.values()["grounds"] == ()
    desk.press(K.Key_Return)
    desk.at("complaints.register.subject")


def test_joint_complainants_name_who_is_answered(desk: Desk) -> None:
    page = begin(desk)
    identity = page.form.editor("identity").editors()
    identity[2].setFocus()
    desk.press(K.Key_Space)
    people = page.form.editor("complainants")
    assert people.count() == 2  # type: ignore[attr-defined]
    people.set_value(({"name": "刘芳"}, {"name": "单堃", "phone": "13900001234"}))
    people.edited.emit()
    speaker = desk.find("complaints.register.representative")
    assert isinstance(speaker, QLineEdit)
    assert speaker.isVisible()
    speaker.setFocus()
    desk.type("单堃")
    desk.press(K.Key_Return)
    page.form.editor("reply_way").set_value(ReplyWay.PHONE)
    for key, value in (
        ("channel", "letter"),
        ("accused_unit", 1),
        ("grounds", ("5",)),
        ("subject", "分配结果没有公开"),
        ("text", "没有公开。"),
    ):
        page.form.editor(key).set_value(value)
    desk.click("complaints.register.save")
    view = desk.tab.record.view
    assert view is not None
    assert view.standing.identity is Identity.JOINT
    assert desk.tab.record.facts.text("答复方式") == "电话"
    number = view.complaint.id
    named = desk.work(lambda o: replies.representative(register.complainants(o, number)))
    assert named == "单堃"


def test_only_what_the_way_of_answering_needs_is_asked(desk: Desk) -> None:
    page = begin(desk)
    form = page.form

    def shown() -> set[str]:
        keys = ("representative", "reply_way", "reply_address", "reply_postcode", "reply_email")
        return {key for key in keys if form.editor(key).isVisible()}

    assert shown() == {"reply_way"}
    form.editor("reply_way").set_value(ReplyWay.POST)
    assert shown() == {"reply_way", "reply_address", "reply_postcode"}
    form.editor("reply_way").set_value(ReplyWay.EMAIL)
    assert shown() == {"reply_way", "reply_email"}
    desk.click("complaints.register.save")
    assert form.faults()["reply_email"] == "选了电子邮件答复，请填写电子邮箱。"
    form.editor("identity").set_value(Identity.ANONYMOUS)
    assert shown() == set()


def test_a_pasted_telephone_and_a_dropped_scan_are_taken_as_they_should(
    desk: Desk, tmp_path: Path
) -> None:
    page = begin(desk)
    email = page.form.editor("reply_way")
    email.set_value(ReplyWay.EMAIL)
    line = desk.find("complaints.register.reply_email")
    assert isinstance(line, QLineEdit)
    QGuiApplication.clipboard().setText("ｌｉｕ＠ｅｘａｍｐｌｅ．ｃｎ\u200b")
    line.setFocus()
    desk.press(K.Key_V, ctrl=True)
    assert line.text() == "liu@example.cn"
    text = desk.find("complaints.register.text")
    assert isinstance(text, QPlainTextEdit)
    scan, program = tmp_path / "来信.pdf", tmp_path / "看看.exe"
    scan.write_bytes(b"%PDF-1.4\n% scan\n")
    program.write_bytes(b"MZ\x90\x00")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in (scan, program)])
    enter = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page.form, enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPointF(QPoint(20, 20)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page.form, drop)
    desk.wait()
    assert page.form.editor("attachments").value() == (scan, program)
    desk.click("complaints.register.save")
    assert "程序" in page.form.faults()["attachments"]
