"""The look every widget test starts with."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.common import theme
from desktop.ui.common.palette import LIGHT, Scheme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Light, 100 %; a test may change it."""
    if not qapp.font().families()[1:] or theme.colours() is not LIGHT or theme.factor() != 1.0:
        theme.apply(qapp, Scheme.LIGHT, 1.0)
    yield
    if theme.colours() is not LIGHT or theme.factor() != 1.0:
        theme.apply(qapp, Scheme.LIGHT, 1.0)
