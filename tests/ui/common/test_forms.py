"""A form is filled in by hand: keys move on, faults are shown and go, nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.common import theme
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
    PeopleField,
    RadioField,
    Section,
    SuggestField,
    TextField,
)
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.forms.dates import DateEditor
from desktop.ui.common.forms.files import FilesEditor, size_text
from desktop.ui.common.forms.rows import RowsEditor
from desktop.ui.common.palette import Scheme

TODAY = date(2026, 11, 21)
UNITS = ("市住房和城乡建设局", "东关街道办事处")


def complaint_form() -> Form:
    return Form(
        [
            LineField("from", "来信人(&N)", required=True),
            DateField("received", "收到日期(&D)", required=True, hint="从次日起算"),
            SuggestField("unit", "被投诉单位(&U)", known=UNITS),
            ChoiceField("ground", "事由(&G)", choices=[("late", "延期公开"), ("no", "不公开")]),
            TextField("text", "主要内容(&T)"),
            NumberField("pages", "页数", unit="页"),
            Section(
                "更多",
                [LineField("envelope", "信封编号"), NumberField("score", "得分", decimals=1)],
            ),
        ],
        TODAY,
    )


@pytest.fixture
def page(qtbot: QtBot) -> FormPage:
    made = FormPage("登记投诉举报", "第六条", complaint_form(), "登记(&S)")
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line(made, "from"))
    return made


def line(page: FormPage, key: str) -> QWidget:
    return page.form.editor(key).target()


def write(widget: QWidget, text: str) -> None:
    """Type Chinese, which reaches a program from the input method and not as keys."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def visible_texts(root: QWidget) -> list[str]:
    return [one.text() for one in root.findChildren(QLabel) if one.isVisible()]


def test_enter_moves_on_and_ctrl_enter_saves(page: FormPage, qtbot: QtBot) -> None:
    write(line(page, "from"), "赵国强")
    qtbot.keyClick(line(page, "from"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is line(page, "received")
    qtbot.keyClicks(line(page, "received"), "20261113")
    qtbot.keyClick(line(page, "received"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is line(page, "unit")
    qtbot.keyClick(line(page, "unit"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is line(page, "ground")
    qtbot.keyClick(line(page, "ground"), Qt.Key.Key_Down)
    qtbot.keyClick(line(page, "ground"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is line(page, "text")
    write(line(page, "text"), "第一行")
    qtbot.keyClick(line(page, "text"), Qt.Key.Key_Return)
    write(line(page, "text"), "第二行")
    with qtbot.waitSignal(page.saved) as saved:
        qtbot.keyClick(line(page, "text"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == [
        {
            "from": "赵国强",
            "received": date(2026, 11, 13),
            "unit": "",
            "ground": "late",
            "text": "第一行\n第二行",
            "pages": None,
            "envelope": "",
            "score": None,
        }
    ]


def test_tab_goes_in_the_order_of_the_form(page: FormPage, qtbot: QtBot) -> None:
    order = ["from", "received", "unit", "ground", "text", "pages"]
    for key, following in pairwise(order):
        qtbot.keyClick(line(page, key), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is line(page, following)


def test_faults_are_shown_under_their_fields_and_go_when_edited(
    page: FormPage, qtbot: QtBot
) -> None:
    page.form.show_faults(
        {"pages": "页数不能是零。", "envelope": "请填写信封编号。", "whole": "本年编号已用完。"}
    )
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line(page, "pages"))
    shown = visible_texts(page)
    assert "页数不能是零。" in shown
    assert "本年编号已用完。" in shown
    assert page.form.faults() == {"pages": "页数不能是零。", "envelope": "请填写信封编号。"}
    assert "页数不能是零。" in line(page, "pages").accessibleDescription()
    qtbot.keyClicks(line(page, "pages"), "2")
    assert "页数不能是零。" not in visible_texts(page)
    assert "envelope" in page.form.faults()


def test_a_fault_in_a_folded_part_unfolds_it(page: FormPage, qtbot: QtBot) -> None:
    assert not line(page, "envelope").isVisible()
    page.form.show_faults({"envelope": "请填写信封编号。"})
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line(page, "envelope"))
    assert "请填写信封编号。" in visible_texts(page)


def test_the_first_fault_is_scrolled_into_view(page: FormPage, qtbot: QtBot) -> None:
    page.resize(900, 300)
    page.form.show_faults({"pages": "页数不能是零。"})

    def is_seen() -> None:
        said = next(one for one in page.findChildren(QLabel) if one.text() == "页数不能是零。")
        spot = said.mapTo(page, said.rect().center())
        assert 0 < spot.y() < page.height() - page.save_button.height()

    qtbot.waitUntil(is_seen)


def test_what_cannot_be_read_is_kept_and_said(page: FormPage, qtbot: QtBot) -> None:
    said: list[object] = []
    page.saved.connect(said.append)
    qtbot.keyClicks(line(page, "received"), "2026-02-30")
    write(line(page, "pages"), "两页")
    qtbot.keyClick(line(page, "pages"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said == []
    received, pages = line(page, "received"), line(page, "pages")
    assert isinstance(received, QLineEdit)
    assert isinstance(pages, QLineEdit)
    assert received.text() == "2026-02-30"
    assert pages.text() == "两页"
    assert "2026-02-30" in page.form.faults()["received"]
    assert "两页" in page.form.faults()["pages"]


def test_a_date_that_was_understood_is_written_out(page: FormPage, qtbot: QtBot) -> None:
    received = line(page, "received")
    assert isinstance(received, QLineEdit)
    write(received, "今天")
    assert "周六" in visible_texts(page)
    qtbot.keyClick(received, Qt.Key.Key_Return)
    assert received.text() == "2026-11-21"


def test_the_calendar_opens_by_key_and_gives_its_day(page: FormPage, qtbot: QtBot) -> None:
    received = line(page, "received")
    qtbot.keyClick(received, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = page.findChild(QWidget, "qt_calendar_calendarview")
    assert calendar is not None
    assert calendar.isVisible()
    qtbot.keyClick(calendar, Qt.Key.Key_Left)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert page.form.values()["received"] == date(2026, 11, 20)


def test_esc_leaves_at_once_when_nothing_was_typed(page: FormPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.cancelled):
        qtbot.keyClick(line(page, "from"), Qt.Key.Key_Escape)


def test_esc_asks_inside_the_page_when_something_would_be_lost(
    page: FormPage, qtbot: QtBot
) -> None:
    left: list[str] = []
    page.cancelled.connect(lambda: left.append("left"))
    write(line(page, "from"), "赵")
    qtbot.keyClick(line(page, "from"), Qt.Key.Key_Escape)
    assert page.bar.text() == "有未保存的内容。"
    assert left == []
    stay = QApplication.focusWidget()
    assert stay is not None
    qtbot.keyClick(stay, Qt.Key.Key_Space)
    assert page.bar.isHidden()
    assert page.form.values()["from"] == "赵"
    qtbot.keyClick(line(page, "from"), Qt.Key.Key_Escape)
    page.bar.clicked.emit("drop")
    assert left == ["left"]


def test_setting_values_makes_the_form_clean(page: FormPage) -> None:
    values = {
        "from": "赵国强",
        "received": date(2026, 11, 13),
        "ground": "no",
        "text": "甲\n乙",
        "pages": 2,
        "score": Decimal("9.5"),
    }
    page.form.set_values(values)
    assert {key: page.form.values()[key] for key in values} == values
    assert not page.form.dirty()
    page.form.editor("from").set_value("钱")
    assert page.form.dirty()
    page.form.mark_clean()
    assert not page.form.dirty()


def test_a_hidden_field_says_nothing(page: FormPage) -> None:
    page.form.set_values({"from": "赵国强"})
    page.form.set_shown("from", False)
    assert page.form.values()["from"] == ""
    page.form.set_shown("from", True)
    assert page.form.values()["from"] == "赵国强"


def test_long_text_is_not_cut(page: FormPage) -> None:
    long = "长" * 5000
    page.form.set_values({"from": long, "text": long})
    assert page.form.values()["from"] == long
    assert page.form.values()["text"] == long


def test_a_text_grows_with_its_lines_and_then_scrolls(page: FormPage, qtbot: QtBot) -> None:
    text = line(page, "text")
    assert isinstance(text, QPlainTextEdit)
    small = text.height()
    text.setPlainText("\n".join("一二三四五六"))
    qtbot.waitUntil(lambda: text.height() > small)
    text.setPlainText("\n".join("一" * 60))
    qtbot.waitUntil(lambda: text.height() < 30 * text.fontMetrics().lineSpacing())


def test_the_button_is_blocked_while_saving(page: FormPage, qtbot: QtBot) -> None:
    said: list[object] = []
    page.saved.connect(said.append)
    page.set_saving(saving=True)
    qtbot.keyClick(line(page, "from"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said == []
    page.set_saving(saving=False)
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    assert len(said) == 1


def test_choices_keep_what_was_chosen_when_the_list_changes(page: FormPage) -> None:
    ground = page.form.editor("ground")
    assert isinstance(ground, ChoiceEditor)
    ground.set_value("no")
    ground.set_choices([("no", "不公开"), ("false", "公开不真实")])
    assert ground.value() == "no"
    ground.set_choices([("false", "公开不真实")])
    assert ground.value() is None


def test_the_wheel_changes_no_choice(page: FormPage) -> None:
    combo = line(page, "ground")
    assert isinstance(combo, QComboBox)
    assert combo.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_names_are_suggested_by_any_part(page: FormPage, qtbot: QtBot) -> None:
    unit = line(page, "unit")
    assert isinstance(unit, QLineEdit)
    write(unit, "街道")
    completer = unit.completer()
    assert completer is not None
    assert completer.currentCompletion() == "东关街道办事处"
    completer.popup().hide()
    assert page.form.values()["unit"] == "街道"


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Form], Form]:
    def make(form: Form) -> Form:
        qtbot.addWidget(form)
        form.resize(800, 500)
        with qtbot.waitExposed(form):
            form.show()
        return form

    return make


def test_radio_and_check_boxes(show: Callable[[Form], Form], qtbot: QtBot) -> None:
    form = show(
        Form(
            [
                RadioField("kind", "方式", choices=[(1, "来信"), (2, "来访")]),
                ChecksField("marks", "情形", choices=[("a", "甲"), ("b", "乙"), ("c", "丙")]),
                CheckField("again", "重复件"),
                NoteField("note", "", text="登记后自动编号。"),
            ],
            TODAY,
        )
    )
    assert form.values() == {"kind": None, "marks": (), "again": False, "note": None}
    radio = form.findChildren(QRadioButton)[1]
    qtbot.mouseClick(radio, Qt.MouseButton.LeftButton, pos=QPoint(8, radio.height() // 2))
    words = next(one for one in form.findChildren(QLabel) if one.text() == "丙")
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert form.values() == {"kind": 2, "marks": ("c",), "again": False, "note": None}
    form.set_values({"kind": None, "marks": ("b", "a"), "again": True})
    assert form.values() == {"kind": None, "marks": ("a", "b"), "again": True, "note": None}


def test_people_are_added_and_taken_out(show: Callable[[Form], Form], qtbot: QtBot) -> None:
    form = show(Form([PeopleField("people", "涉及人员")], TODAY))
    rows = form.editor("people")
    assert isinstance(rows, RowsEditor)
    assert rows.count() == 1
    assert rows.value() == ()
    first = rows.cell(0, "name").target()
    first.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is first)
    write(first, "赵国强")
    for _step in range(3):
        holder = QApplication.focusWidget()
        assert holder is not None
        qtbot.keyClick(holder, Qt.Key.Key_Return)
    qtbot.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
    assert rows.count() == 2
    assert QApplication.focusWidget() is rows.cell(1, "name").target()
    write(rows.cell(1, "name").target(), "钱丽")
    assert [one["name"] for one in form.values()["people"]] == ["赵国强", "钱丽"]  # type: ignore[attr-defined]
    rows.remove_row(0)
    assert [one["name"] for one in form.values()["people"]] == ["钱丽"]  # type: ignore[attr-defined]
    rows.remove_row(0)
    assert rows.count() == 1
    assert form.values()["people"] == ()
    form.show_faults({"people.0.name": "请填写姓名。"})
    assert form.faults() == {"people": "请填写姓名。"}


def test_numbers_typed_in_full_width_are_read(show: Callable[[Form], Form]) -> None:
    form = show(Form([LineField("pages", "页数", narrow=True), LineField("said", "说明")], TODAY))
    for key in ("pages", "said"):
        line = form.editor(key).target()
        assert isinstance(line, QLineEdit)
        line.insert("１２－３")
    assert form.values() == {"pages": "12-3", "said": "１２－３"}


def test_files_are_added_dropped_and_taken_out(
    show: Callable[[Form], Form], qtbot: QtBot, tmp_path: Path
) -> None:
    letter, photo = tmp_path / "来信.pdf", tmp_path / "照片.jpg"
    letter.write_bytes(b"%PDF-1.7" + b"x" * 2040)
    photo.write_bytes(b"\xff\xd8\xff")
    form = show(Form([FilesField("files", "附件")], TODAY))
    files = form.editor("files")
    assert isinstance(files, FilesEditor)
    files.choose = lambda: [letter]
    files.add_button.click()
    assert form.values()["files"] == (letter,)
    qtbot.waitUntil(lambda: "2 KB" in visible_texts(form))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo)), QUrl.fromLocalFile(str(letter))])
    files.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert form.values()["files"] == (letter, photo)
    files.remove(letter)
    assert form.values()["files"] == (photo,)
    photo.unlink()
    form.set_values({"files": (photo,)})
    qtbot.waitUntil(lambda: "找不到文件" in visible_texts(form))


def test_file_sizes_are_words() -> None:
    assert [size_text(size) for size in (12, 2048, 3_500_000)] == ["12 B", "2 KB", "3.3 MB"]


@pytest.mark.parametrize("factor", [1.0, 1.5, 1.75])
@pytest.mark.parametrize("width", [420, 900])
def test_no_label_is_cut_off(qtbot: QtBot, qapp: QApplication, factor: float, width: int) -> None:
    theme.apply(qapp, Scheme.LIGHT, factor)
    marks = ChecksField("marks", "情形", choices=[(n, "公开内容不真实、不全面") for n in range(4)])
    ways = RadioField("way", "方式", choices=[(n, "上级机关转办") for n in range(5)])
    form = Form(
        [marks, ways, LineField("from", "来信人"), DateField("received", "收到日期")], TODAY
    )
    page = FormPage("登记投诉举报", "第六条 · 收到之日起书面告知" * 2, form, "登记(&S)")
    qtbot.addWidget(page)
    page.resize(round(width * factor), 700)
    with qtbot.waitExposed(page):
        page.show()
    page.form.show_faults({"received": "收到日期不能晚于今天（2026-11-21），请改正。" * 2})
    qtbot.waitUntil(lambda: bool(page.form.faults()))
    qapp.processEvents()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
            assert label.height() >= needed - 1, label.text()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width() - 1, label.text()
    for box in [*page.findChildren(QCheckBox), *page.findChildren(QRadioButton)]:
        assert box.height() >= box.sizeHint().height()
        assert box.width() >= box.sizeHint().width()
    for edit in page.findChildren(QLineEdit):
        if edit.isVisible():
            assert edit.height() >= edit.fontMetrics().height() + 4


def test_a_form_gives_way_sideways_and_is_never_pushed_out_of_sight(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """Labels go above their inputs again when the page narrows, whatever stands in the form."""
    theme.apply(qapp, Scheme.LIGHT, 1.5)
    heading = "Sent on by another body, assigned from above or passed on by somebody else"
    rows = Section(heading, [LineField("from", "Where the letter came from")])
    form = Form([DateField("received", "Date of receipt at the office"), rows], TODAY)
    form.editor("received").setMinimumWidth(theme.em(27))  # beside a label too wide for the page
    page = FormPage("Title", "", form, "Save")
    qtbot.addWidget(page)
    page.resize(1600, 700)
    with qtbot.waitExposed(page):
        page.show()
    beside = form.editor("received").mapTo(form, QPoint()).x()
    assert beside > 0
    page.resize(620, 700)
    qtbot.waitUntil(lambda: form.editor("received").mapTo(form, QPoint()).x() == 0)
    scroll = page.findChild(QScrollArea)
    assert scroll is not None
    qtbot.waitUntil(lambda: form.width() <= scroll.viewport().width())
    form.show_faults({"from": "没有填写，请补上。"})
    qtbot.waitUntil(lambda: form.editor("from").target().hasFocus())
    assert scroll.horizontalScrollBar().value() == 0
    page.resize(1600, 700)
    qtbot.waitUntil(lambda: form.editor("received").mapTo(form, QPoint()).x() == beside)


def test_what_the_keyboard_is_on_stays_in_sight(qtbot: QtBot) -> None:
    """Enter and Alt lead below what is seen: the form follows, and back up again."""
    rows = [LineField(f"row{n}", f"第{n}行") for n in range(20)]
    form = Form([*rows, LineField("last", "说明(&X)")], TODAY)
    page = FormPage("标题", "", form, "保存")
    qtbot.addWidget(page)
    page.resize(700, 300)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    first, last = form.editor("row0").target(), form.editor("row12").target()
    qtbot.waitUntil(first.hasFocus)

    def seen(widget: QWidget) -> bool:
        return widget.visibleRegion().boundingRect().height() == widget.height()

    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        first.setFocus()
        for _row in range(12):
            holder = QApplication.focusWidget()
            assert holder is not None
            qtbot.keyClick(holder, key)
        assert last.hasFocus()
        qtbot.waitUntil(lambda: seen(last))
    first.setFocus()
    qtbot.waitUntil(lambda: seen(first))
    qtbot.keyClick(first, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert form.editor("last").target().hasFocus()
    qtbot.waitUntil(lambda: seen(form.editor("last").target()))


def test_arrows_and_digits_choose_one_of_a_few(qtbot: QtBot) -> None:
    """The first arrow chooses already, as every further one does."""
    ways = [("accept", "受理"), ("transfer", "转办"), ("refuse", "不予受理")]
    form = Form([RadioField("way", "意见", choices=ways), LineField("note", "说明")], TODAY)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    first = form.editor("way").target()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert form.values()["way"] is None
    edited: list[str] = []
    form.edited.connect(edited.append)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (form.values()["way"], edited) == ("transfer", ["way"])
    qtbot.keyClick(form.editor("way").target(), Qt.Key.Key_Right)
    assert form.values()["way"] == "refuse"
    qtbot.keyClick(form.editor("way").target(), Qt.Key.Key_1)
    assert form.values()["way"] == "accept"
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_9)
    assert form.values()["way"] == "accept"
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert form.editor("note").target().hasFocus()


def test_a_form_may_go_with_the_keyboard_in_it(qtbot: QtBot) -> None:
    """The keyboard moves on while the form is being taken down: nothing may be asked of it."""
    above = QWidget()
    column = QVBoxLayout(above)
    pages = [FormPage("标题", "", Form([LineField("a", "甲")], TODAY), "保存") for _n in range(2)]
    for one in pages:
        column.addWidget(one)
    qtbot.addWidget(above)
    with qtbot.waitExposed(above):
        above.show()
    above.activateWindow()
    first, other = (one.form.editor("a").target() for one in pages)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    pages[0].deleteLater()
    qtbot.waitUntil(lambda: not isValid(first))
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)


def test_enter_opens_a_section_and_then_goes_into_it(qtbot: QtBot) -> None:
    form = Form([LineField("name", "姓名"), Section("来源", [LineField("from", "单位")])], TODAY)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    heading = form.findChild(QPushButton)
    assert heading is not None
    heading.setFocus()
    qtbot.waitUntil(heading.hasFocus)
    qtbot.keyClick(heading, Qt.Key.Key_Return)
    assert form.editor("from").isVisible()
    qtbot.keyClick(heading, Qt.Key.Key_Return)
    assert form.editor("from").isVisible()
    assert form.editor("from").target().hasFocus()
    heading.setFocus()
    qtbot.keyClick(heading, Qt.Key.Key_Space)  # as any button
    assert not form.editor("from").isVisible()


def test_names_for_screen_readers(page: FormPage) -> None:
    assert line(page, "received").accessibleName() == "收到日期"
    assert "必填" in line(page, "received").accessibleDescription()
    assert "从次日起算" in line(page, "received").accessibleDescription()


def test_two_fields_of_one_key_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="from"):
        Form([LineField("from", "甲"), LineField("from", "乙")], TODAY)


def test_a_date_editor_keeps_its_state_whatever_is_typed(qtbot: QtBot) -> None:
    editor = DateEditor(TODAY)
    qtbot.addWidget(editor)
    editor.set_value("去年冬天")
    assert editor.value() is None
    assert editor.state() == "去年冬天"
    assert "去年冬天" in editor.problem()


def test_a_long_note_has_all_its_lines_on_a_wide_page(qtbot: QtBot) -> None:
    """The form has a widest; its height is asked for at that width, not at that of the page."""
    form = Form(
        [NoteField("note", "说明", text="很长的说明。" * 200), LineField("name", "姓名")], TODAY
    )
    page = FormPage("标题", "", form, "保存")
    qtbot.addWidget(page)
    page.resize(1900, 500)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: form.height() >= form.heightForWidth(form.width()) > 0)
