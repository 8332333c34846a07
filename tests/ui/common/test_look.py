"""Colours can be read, icons exist and are sharp, sizes follow the setting."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QListView, QMenu, QMenuBar, QPushButton, QTableView

from desktop import paths
from desktop.ui.common import icons, theme
from desktop.ui.common.labels import button, plain
from desktop.ui.common.palette import DARK, LIGHT, Colours, Scheme, Status, contrast

_ICONS = sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_read(tones: Colours, status: Status) -> None:
    pair = tones.status[status]
    assert contrast(pair.text, pair.ground) >= 4.5


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(tones: Colours) -> None:
    grounds = (tones.window, tones.base, tones.stripe, tones.hover)
    for text in (tones.text, tones.quiet, tones.link, tones.error):
        assert min(contrast(text, ground) for ground in grounds) >= 4.5
    for ground in (tones.accent, tones.accent_hover, tones.accent_pressed):
        assert contrast(tones.on_accent, ground) >= 4.5
    assert contrast(tones.on_accent_soft, tones.accent_soft) >= 4.5
    for ground in (tones.error_soft, tones.warn_soft, tones.info_soft):
        assert contrast(tones.text, ground) >= 4.5


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_an_input_and_the_focus_can_be_found(tones: Colours) -> None:
    assert contrast(tones.edge, tones.base) >= 3
    assert contrast(tones.accent, tones.window) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_look_follows_what_is_chosen(qapp: QApplication) -> None:
    theme.apply(qapp, Scheme.DARK, 1.5)
    assert theme.colours() is DARK
    assert qapp.font().pointSizeF() == pytest.approx(14.25)
    assert theme.px(28) == 42
    theme.apply(qapp, Scheme.LIGHT, 9.0)
    assert theme.factor() == 1.75
    assert theme.colours() is LIGHT


def test_the_font_has_common_and_rare_characters(qapp: QApplication) -> None:
    families = qapp.font().families()
    assert any("Fallback" in family for family in families)
    assert QFontMetrics(qapp.font()).inFont("办")
    assert QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)


def test_every_icon_named_in_the_sources_is_there() -> None:
    called = re.compile(
        r"(?:icons\.(?:dress|icon|pixmap)\([\w.]*,?\s*|tool\(|EmptyState\()\"(\w+)\""
    )
    source = Path(icons.__file__).parent
    named = {
        name for file in source.rglob("*.py") for name in called.findall(file.read_text("utf-8"))
    }
    assert named
    assert named <= set(_ICONS)


@pytest.mark.parametrize("name", _ICONS)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    picture = icons.pixmap(name, "#b3261e", 64).toImage()
    drawn = [picture.pixelColor(x, y) for x in range(64) for y in range(64)]
    assert any(one.alpha() > 128 for one in drawn)
    assert all(one.red() > one.green() and one.red() > one.blue() for one in drawn if one.alpha())


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_icons_have_a_drawing_for_every_screen_scale(qapp: QApplication, ratio: float) -> None:
    drawn = icons._make("add", "#000000", "#999999", icons.sizes([ratio], 1.25))
    for size in (16, 20, 25):  # 20 is 16 at 125 %, too
        assert drawn.pixmap(QSize(size, size), ratio).width() == round(size * ratio)


def test_icons_are_drawn_for_the_screens_there_are(qapp: QApplication) -> None:
    ratio = qapp.primaryScreen().devicePixelRatio()
    assert icons.icon("add").pixmap(QSize(16, 16), ratio).width() == round(16 * ratio)


def test_an_icon_follows_the_scheme(qapp: QApplication) -> None:
    worn: QPushButton = button("新登记", "", "add")
    before = worn.icon().cacheKey()
    theme.apply(qapp, Scheme.DARK)
    assert worn.icon().cacheKey() != before
    icons.dress(worn, "print")
    assert worn.icon().cacheKey() == icons.icon("print").cacheKey()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("保存(&S)", "保存"),
        ("A&&B", "A&B"),
        ("&New", "New"),
        ("打印…", "打印…"),
        ("甲(乙)", "甲(乙)"),
    ],
)
def test_mnemonics_are_taken_out_of_names(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_fonts_that_the_system_has_for_menus_and_lists_do_not_show(qapp: QApplication) -> None:
    """Windows sets such fonts by itself, and again whenever its own look changes."""
    theme.apply(qapp, Scheme.LIGHT, 1.25)
    system = QFont("Courier", 5)
    try:
        for kind in ("QMenu", "QMenuBar", "QAbstractItemView", "QHeaderView"):
            qapp.setFont(system, kind)
        for widget in (QMenu(), QMenuBar(), QTableView(), QListView()):
            widget.ensurePolished()
            assert widget.font().pointSizeF() == theme.BASE_POINTS * 1.25
            assert widget.font().families() == qapp.font().families()
    finally:
        theme.apply(qapp, Scheme.LIGHT, 1.0)
