"""The style sheet that takes the raw edges off Fusion; colours and sizes come in as arguments."""

from pathlib import Path

from desktop.ui.common.palette import Colours


def build(tones: Colours, factor: float, points: float, icons: Path) -> str:
    """The style sheet for one set of colours and one size; `points` is the base font size."""
    drawn = (icons / "drawn").as_posix()
    scheme = "dark" if tones.dark else "light"

    def px(size: float) -> str:
        return f"{round(size * factor)}px"

    def pt(scale: float) -> str:
        return f"{points * factor * scale:.2f}pt"

    words = {
        "down": f"{drawn}/down_{scheme}.svg",
        "tick": f"{drawn}/tick_{scheme}.svg",
        "title": pt(1.5),
        "heading": pt(1.15),
        "small": pt(0.92),
        "box": px(16),
        "icon": px(16),
        "half": px(8),
        "dot": px(5),
        "field": px(20),
        "inner": px(22),
        "row": px(28),
        "bar": px(10),
        "chevron": px(14),
        "drop": px(24),
        "hole": f"{round(16 * factor) + 2 - 2 * round(5 * factor)}px",
    }
    return "\n".join(
        _fill(part, tones, words)
        for part in (_TEXT, _BUTTONS, _INPUTS, _MARKS, _LISTS, _TABS, _REST)
    )


def _fill(part: str, tones: Colours, words: dict[str, str]) -> str:
    for name, value in words.items():
        part = part.replace(f"<{name}>", value)
    for name in Colours.__dataclass_fields__:
        value = getattr(tones, name)
        if isinstance(value, str):
            part = part.replace(f"@{name};", f"{value};").replace(f"@{name} ", f"{value} ")
    return part


_TEXT = """
QLabel { background: transparent; }
QLabel[role="title"] { font-size: <title>; font-weight: bold; }
QLabel[role="heading"] { font-size: <heading>; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="quiet"] { color: @quiet; }
QLabel[role="hint"] { color: @quiet; font-size: <small>; }
QLabel[role="error"] { color: @error; font-size: <small>; }
QToolTip { color: @text; background: @base; border: 1px solid @line; padding: 4px 8px; }
QFrame[role="card"] { background: @base; border: 1px solid @line; border-radius: 6px; }
QFrame[role="line"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="upright"] { background: @line; border: none; max-width: 1px; min-width: 1px; }
QWidget[role="bar"] { background: @base; border-top: 1px solid @line; }
QWidget[role="pane"] { background: @base; }
"""

_BUTTONS = """
QPushButton { background: @base; color: @text; border: 1px solid @line;
  border-bottom-color: @edge; border-radius: 4px; padding: 3px 12px; min-height: <field>;
  icon-size: <icon>; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border: 2px solid @accent; padding: 2px 11px; }
QPushButton:disabled { color: @faint; border-color: @line; background: @window; }
QPushButton:checked { background: @accent_soft; color: @on_accent_soft; border-color: @accent; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border-color: @accent;
  font-weight: bold; padding: 3px 16px; }
QPushButton[role="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[role="primary"]:pressed { background: @accent_pressed; }
QPushButton[role="primary"]:focus { border: 2px solid @text; padding: 2px 15px; }
QPushButton[role="primary"]:disabled { background: @line; color: @quiet; border-color: @line; }
QPushButton[role="flat"] { background: transparent; border-color: transparent; padding: 3px 8px; }
QPushButton[role="flat"]:hover { background: @hover; }
QPushButton[role="flat"]:focus { border: 2px solid @accent; padding: 2px 7px; }
QPushButton[role="flat"]:disabled { color: @faint; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @link;
  padding: 0 2px; min-height: 0; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid @accent; }
QPushButton[role="link"]:disabled { color: @faint; }
QPushButton[role="chip"] { border-radius: 12px; padding: 1px 10px; min-height: <field>;
  border: 1px solid @line; background: @base; }
QPushButton[role="chip"]:hover { background: @hover; }
QPushButton[role="chip"]:checked { background: @accent_soft; color: @on_accent_soft;
  border-color: @accent; font-weight: bold; }
QPushButton[role="chip"]:focus { border: 2px solid @accent; padding: 0px 9px; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; color: @text; border: 1px solid transparent;
  border-radius: 4px; padding: 3px; icon-size: <icon>; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @accent_soft; }
QToolButton:focus { border: 2px solid @accent; padding: 2px; }
QToolButton:disabled { color: @faint; }
QToolButton::menu-indicator { image: none; }
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: @base;
  color: @text; border: 1px solid @line; border-bottom: 1px solid @edge; border-radius: 4px;
  padding: 3px 7px; selection-background-color: @accent;
  selection-color: @on_accent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: <field>; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: @edge; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid @accent; padding: 2px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: @faint;
  background: @window; border-color: @line; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: @window; }
QLineEdit[faulty="true"], QPlainTextEdit[faulty="true"], QComboBox[faulty="true"] {
  border: 2px solid @error; padding: 2px 6px; }
QComboBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox:editable { min-height: <inner>; }
QComboBox::drop-down { border: none; width: <drop>; subcontrol-origin: padding; }
QComboBox::down-arrow { image: url("<down>"); width: <chevron>; height: <chevron>; }
QComboBox QAbstractItemView { background: @base; color: @text; border: 1px solid @line;
  selection-background-color: @accent_soft; selection-color: @on_accent_soft; outline: none; }
QComboBox QAbstractItemView::item, QListView[role="names"]::item { min-height: <row>;
  padding-left: 6px; }
QComboBox QAbstractItemView::item:selected, QListView[role="names"]::item:selected {
  background: @accent_soft; color: @on_accent_soft; }
QListView[role="names"] { border: 1px solid @line; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @base; }
QCalendarWidget QToolButton { color: @text; padding: 4px 8px; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QTableView::item { padding: 0; }
QLineEdit QToolButton { padding: 0; border: none; }
"""

_MARKS = """
QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 2px 3px;
  border: 1px solid transparent; border-radius: 4px; }
QCheckBox[bare="true"] { spacing: 0; padding: 2px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @faint; }
QCheckBox::indicator, QRadioButton::indicator { width: <box>; height: <box>; }
QCheckBox::indicator { border: 1px solid @edge; border-radius: 3px; background: @base; }
QCheckBox::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
  image: url("<tick>"); }
QCheckBox::indicator:indeterminate { background: @accent_soft; border-color: @accent; }
QCheckBox::indicator:disabled { background: @window; border-color: @line; }
QRadioButton::indicator { border: 1px solid @edge; border-radius: <half>; background: @base;
  width: <box>; height: <box>; }
QRadioButton::indicator:hover { border-color: @accent; }
QRadioButton::indicator:checked { border: <dot> solid @accent; background: @on_accent;
  width: <hole>; height: <hole>; }
QRadioButton::indicator:disabled { background: @window; border-color: @line; }
"""

_LISTS = """
QScrollArea { border: none; background: transparent; }
QTableView, QListView, QTreeView { background: @base; alternate-background-color: @stripe;
  color: @text; border: none; outline: none; selection-background-color: @accent_soft;
  selection-color: @on_accent_soft; gridline-color: @line; }
QTableView::item { padding: 0 5px; }
QHeaderView { background: @window; border: none; }
QHeaderView::section { background: @window; color: @quiet; border: none;
  border-bottom: 1px solid @line; padding: 4px 8px; }
QHeaderView::section:hover { color: @text; background: @hover; }
QTableCornerButton::section { background: @window; border: none; }
QScrollBar:vertical { background: transparent; width: <bar>; margin: 0; }
QScrollBar:horizontal { background: transparent; height: <bar>; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_TABS = """
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @quiet; border: none;
  border-bottom: 2px solid transparent; padding: 6px 12px; }
QTabBar::tab:hover { color: @text; background: @hover; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: bold; }
QTabBar::tab:focus { color: @text; background: @hover; }
QTabBar::tab:disabled { color: @faint; }
"""

_REST = """
QMenu { background: @base; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; color: @on_accent_soft; }
QMenu::item:disabled { color: @quiet; background: transparent; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QStatusBar { background: @window; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
"""
