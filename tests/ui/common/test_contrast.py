"""High contrast: whatever the system's colours are, everything can be read with them."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.common import contrast as high
from desktop.ui.common import theme
from desktop.ui.common.contrast import SystemColours
from desktop.ui.common.labels import button
from desktop.ui.common.palette import LIGHT, Colours, Scheme, contrast

#: The four high-contrast themes of Windows 11: 水生、沙漠、黄昏、夜空.
THEMES = (
    SystemColours("#202020", "#ffffff", "#8ee3f0", "#263b50", "#75e9fc", "#a6a6a6"),
    SystemColours("#fffaef", "#3d3d3d", "#903909", "#fff5e3", "#1c5e75", "#676767"),
    SystemColours("#2d3236", "#ffffff", "#a1bfde", "#212d3b", "#70ebde", "#a6a6a6"),
    SystemColours("#000000", "#ffffff", "#d6b4fd", "#2b2b2b", "#8080ff", "#a6a6a6"),
)
TONE = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def readable(tones: Colours) -> None:
    grounds = (tones.window, tones.base, tones.stripe, tones.hover, tones.error_soft,
               tones.warn_soft, tones.info_soft)  # fmt: skip
    for text in (tones.text, tones.quiet, tones.faint, tones.link, tones.error):
        assert min(contrast(text, ground) for ground in grounds) >= 4.5
    for pair in tones.status.values():
        assert contrast(pair.text, pair.ground) >= 4.5
    for ground in (tones.accent, tones.accent_hover, tones.accent_pressed):
        assert contrast(tones.on_accent, ground) >= 4.5
        assert contrast(ground, tones.window) >= 3
    assert contrast(tones.on_accent_soft, tones.accent_soft) >= 4.5
    assert contrast(tones.edge, tones.base) >= 3


@pytest.mark.parametrize("given_colours", THEMES, ids=["aquatic", "desert", "dusk", "night"])
def test_the_themes_of_windows_can_be_read_and_keep_their_colours(
    given_colours: SystemColours,
) -> None:
    tones = high.colours(given_colours)
    readable(tones)
    assert (tones.window, tones.text) == (given_colours.window, given_colours.text)
    assert (tones.accent, tones.on_accent) == (given_colours.selected, given_colours.on_selected)
    assert tones.link == given_colours.link


@given(st.builds(SystemColours, TONE, TONE, TONE, TONE, TONE, TONE))
def test_colours_somebody_chose_himself_can_be_read(given_colours: SystemColours) -> None:
    readable(high.colours(given_colours))


@pytest.fixture(name="asked")
def _asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[SystemColours]]:
    """What the system asks for; empty: no high contrast."""
    asked: list[SystemColours] = []
    monkeypatch.setattr(high, "system", lambda: asked[0] if asked else None)
    yield asked
    asked.clear()
    theme.apply(qapp, Scheme.LIGHT, 1.0)


def test_it_wins_over_the_chosen_colours_and_is_followed_when_it_is_switched(
    qapp: QApplication, qtbot: QtBot, asked: list[SystemColours]
) -> None:
    theme.apply(qapp, Scheme.LIGHT, 1.0)
    one: QPushButton = button("保存", "primary")
    qtbot.addWidget(one)
    one.show()
    asked.append(THEMES[3])
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    QCoreApplication.processEvents()
    assert theme.colours() == high.colours(THEMES[3])
    assert one.grab().toImage().pixelColor(one.width() // 2, 3).name() == THEMES[3].selected
    asked.clear()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    QCoreApplication.processEvents()
    assert theme.colours() is LIGHT
