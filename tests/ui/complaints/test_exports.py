"""A register longer than a workbook: it is said before anything is written, and nothing is lost."""

from pathlib import Path

from desktop.ui.complaints.exports import ExportPage
from desktop.usecases import exports_file
from tests.ui.complaints.conftest import Desk


def test_more_lines_than_a_workbook_holds_are_refused_with_what_to_do(
    desk: Desk, tmp_path: Path
) -> None:
    first = desk.register()
    longer = (first, *range(first + 1, first + exports_file.LINES + 1))
    page = ExportPage(desk.context, longer, ())
    desk.qtbot.addWidget(page)
    path = tmp_path / "登记簿.xlsx"
    page.ask_path = lambda _name: str(path)
    page.save()
    desk.qtbot.waitUntil(lambda: bool(page.form.faults()))
    (said,) = page.form.faults().values()
    assert str(exports_file.LINES) in said
    assert str(exports_file.LINES + 1) in said
    assert page.save_button.isEnabled()
    assert not path.exists()
    assert exports_file.check_lines(path, exports_file.LINES) is None
    assert exports_file.check_lines(path.with_suffix(".csv"), len(longer)) is None
