"""What every test of the windows starts with: the usual look, and an office should it want one."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.common import theme
from desktop.ui.common.palette import LIGHT, Scheme
from tests.ui import office_fixtures

context = office_fixtures._context
office_path = office_fixtures._office_path
until_idle = office_fixtures._until_idle
window = office_fixtures._window


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Light, 100 %."""
    if theme.colours() is not LIGHT or theme.factor() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, Scheme.LIGHT, 1.0)
