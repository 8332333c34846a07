"""A combo box goes where one types: characters, spelling, initials, from the keyboard or an input method."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.common.forms.choices import ChoiceEditor, Combo
from desktop.ui.common.forms.jump import place_of

K = Qt.Key
UNITS = [
    "请选择", "澄岳市民政局", "澄岳市住房和城乡建设局", "清河区教育局", "东关街道办事处",
    "西关街道办事处", "单县财政局", "清泉乡人民政府", "Other",
]  # fmt: skip


@pytest.fixture(name="combo")
def _combo(qtbot: QtBot) -> Combo:
    made = Combo()
    made.addItems(UNITS)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def write(combo: Combo, text: str, composing: str = "") -> None:
    """Write as an input method does; first come the letters it composes."""
    if composing:
        for upto in range(1, len(composing) + 1):
            QApplication.sendEvent(combo, QInputMethodEvent(composing[:upto], []))
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(combo, event)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("dg", "东关街道办事处"),
        ("xiguan", "西关街道办事处"),
        ("qhq", "清河区教育局"),
        ("mzj", "澄岳市民政局"),  # within the name, where nothing begins so
        ("zhufang", "澄岳市住房和城乡建设局"),
        ("cyszf", "澄岳市住房和城乡建设局"),
        ("shanxian", "单县财政局"),  # a surname, and a county
        ("dxc", "单县财政局"),
        ("oth", "Other"),
        ("QHQ", "清河区教育局"),
    ],
)
def test_letters_go_to_the_line(combo: Combo, typed: str, line: str) -> None:
    QTest.keyClicks(combo, typed)
    assert combo.currentText() == line


def test_characters_of_an_input_method_go_to_the_line(combo: Combo) -> None:
    write(combo, "西")
    assert combo.currentText() == "西关街道办事处"
    write(combo, "关街")
    assert combo.currentText() == "西关街道办事处"
    write(combo, "民政局")  # no line holds both: it begins anew
    assert combo.currentText() == "澄岳市民政局"


def test_the_letters_an_input_method_composes_lead_already(combo: Combo) -> None:
    assert combo.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    write(combo, "民政局", composing="min'zheng'ju")
    assert combo.currentText() == "澄岳市民政局"
    write(combo, "名正句", composing="x'g'j")  # other characters than meant: one stays where one is
    assert combo.currentText() == "西关街道办事处"


def test_giving_a_composition_up_breaks_nothing(combo: Combo) -> None:
    for letters in ("q", "qh", ""):
        QApplication.sendEvent(combo, QInputMethodEvent(letters, []))
    assert combo.currentText() == "清河区教育局"
    QTest.keyClick(combo, K.Key_Down)
    assert combo.currentText() == "东关街道办事处"


def test_the_same_letter_again_goes_to_the_next(combo: Combo) -> None:
    seen = []
    for _again in range(3):
        QTest.keyClicks(combo, "q")
        seen.append(combo.currentText())
    assert seen == ["清河区教育局", "清泉乡人民政府", "请选择"]


def test_what_fits_nothing_moves_nothing_and_is_forgotten(combo: Combo) -> None:
    QTest.keyClicks(combo, "dg")
    QTest.keyClicks(combo, "~")
    assert combo.currentText() == "东关街道办事处"
    QTest.keyClicks(combo, "j")
    assert combo.currentText() == "东关街道办事处"  # dgj, as if nothing had been between


def test_a_slip_before_anything_fits_is_passed_over(combo: Combo) -> None:
    QTest.keyClicks(combo, "~dg")
    assert combo.currentText() == "东关街道办事处"


def test_backspace_takes_a_letter_back(combo: Combo) -> None:
    QTest.keyClicks(combo, "cysz")
    assert combo.currentText() == "澄岳市住房和城乡建设局"
    QTest.keyClick(combo, K.Key_Backspace)
    QTest.keyClicks(combo, "m")
    assert combo.currentText() == "澄岳市民政局"


def test_after_a_while_one_begins_anew(combo: Combo, qtbot: QtBot) -> None:
    QTest.keyClicks(combo, "d")
    qtbot.waitUntil(lambda: not combo._jump._typed, timeout=5_000)
    QTest.keyClicks(combo, "x")
    assert combo.currentText() == "西关街道办事处"


def test_an_arrow_ends_what_was_typed(combo: Combo) -> None:
    QTest.keyClicks(combo, "d")
    QTest.keyClick(combo, K.Key_Down)
    QTest.keyClicks(combo, "q")
    assert combo.currentText() == "清河区教育局"


def test_every_going_is_told_once(combo: Combo) -> None:
    told: list[int] = []
    combo.activated.connect(told.append)
    QTest.keyClicks(combo, "xgj")
    assert told == [5]


def test_in_the_open_list_it_is_only_marked_until_enter(combo: Combo, qtbot: QtBot) -> None:
    QTest.keyClick(combo, K.Key_Space)
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClicks(view, "qh")
    assert (combo.currentIndex(), view.currentIndex().row()) == (0, 3)
    event = QInputMethodEvent("", [])
    event.setCommitString("东关")
    QApplication.sendEvent(view, event)
    assert (combo.currentIndex(), view.currentIndex().row()) == (0, 4)
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClick(view, K.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    assert combo.currentText() == "东关街道办事处"


def test_escape_closes_the_list_and_keeps_what_was_chosen(combo: Combo, qtbot: QtBot) -> None:
    QTest.keyClicks(combo, "dg")
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClicks(view, "qh")
    QTest.keyClick(view, K.Key_Escape)
    qtbot.waitUntil(lambda: not view.isVisible())
    assert combo.currentText() == "东关街道办事处"


def test_keys_that_are_held_with_ctrl_or_alt_are_for_others(combo: Combo) -> None:
    QTest.keyClick(combo, K.Key_D, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(combo, K.Key_X, Qt.KeyboardModifier.AltModifier)
    assert combo.currentIndex() == 0


def test_a_field_of_a_form_takes_the_letters(qtbot: QtBot) -> None:
    editor = ChoiceEditor([("no", "不公开"), ("late", "公开不及时"), ("false", "公开不真实")])
    qtbot.addWidget(editor)
    editor.show()
    QTest.keyClicks(editor.combo, "gkbz")
    assert editor.value() == "false"
    QTest.keyClicks(editor.combo, "bgk")
    assert editor.value() == "no"


def test_an_empty_box_takes_letters_and_has_nowhere_to_go(qtbot: QtBot) -> None:
    made = Combo()
    qtbot.addWidget(made)
    QTest.keyClicks(made, "abc")
    assert made.currentIndex() == -1


@given(st.text(max_size=6), st.lists(st.text(max_size=8), max_size=8), st.integers(0, 8))
def test_any_text_leads_to_a_line_that_is_there_or_nowhere(
    typed: str, lines: list[str], start: int
) -> None:
    assert -1 <= place_of(typed, lines, start) < max(len(lines), 1)


@pytest.mark.parametrize("begin", [str.lower, str.upper])
def test_a_beginning_comes_before_a_middle(begin: Callable[[str], str]) -> None:
    assert place_of(begin("bc"), ["ABC", "BCD"], 0) == 1
    assert place_of(begin("b"), ["ABC", "XYZ"], 0) == -1
    assert place_of("　民 政", ["市民政局"], 0) == 0
