"""Ledgers that come in and go out: the pages 导入台账, 整批撤销 and 导出登记簿 of the tab."""

from collections.abc import Callable

from desktop.ui.common.forms import FormPage
from desktop.ui.complaints.exports import ExportPage
from desktop.ui.complaints.imports import ImportPage
from desktop.ui.complaints.imports_undo import UndoImportPage
from desktop.ui.complaints.listpane import ListPane
from desktop.ui.complaints.stage import Stage
from desktop.ui.context import Context
from desktop.usecases import imports_past
from desktop.usecases.imports_past import PastImport


class Ledgers:
    """Opens the pages of import and export on the tab's stage."""

    def __init__(
        self,
        context: Context,
        pane: ListPane,
        stage: Stage,
        show_form: Callable[[FormPage], None],
    ) -> None:
        self._context, self._pane, self._stage = context, pane, stage
        self._show_form = show_form
        self._page: ImportPage | UndoImportPage | None = None

    def importing(self) -> bool:
        """Whether 导入台账 is open, or the page that takes an import back."""
        return self._page is not None and self._page is self._stage.page

    def has_unsaved(self) -> bool:
        """Whether a ledger is worked on that is not imported, or a reason is typed."""
        return self._page is not None and self.importing() and self._page.has_unsaved()

    def start_import(self, path: str = "") -> None:
        """Open the page 导入台账, with a file if one was dropped."""
        self._stage.leave_then(lambda: self._open_import(path))

    def take_import_back(self, event: int) -> None:
        """Open 整批撤销 for the import that this event was, or say why it can not be."""

        def found(past: tuple[PastImport, ...]) -> None:
            one = next((one for one in past if one.event == event), None)
            if one is not None and one.back_at is None and one.hindrance is None:
                self._open_undo(one)
            else:
                self._open_import("", one.batch if one is not None else 0)

        self._stage.leave_then(lambda: self._context.ask(imports_past.past, found))

    def start_export(self) -> None:
        """Open the page 导出登记簿 for what the list shows."""
        self._stage.leave_then(lambda: self._pane.read_ids(self._export))

    # -- inside --------------------------------------------------------------------------------

    def _open_import(self, path: str, batch: int = 0) -> None:
        page = ImportPage(self._context)
        page.left.connect(self._stage.leave)
        page.back_wanted.connect(self._open_undo)
        self._stage.show_page(page, page.leave)
        self._page = page
        if batch:
            page.past.enter_at(batch)
        if path:
            page.read(path)

    def _open_undo(self, one: PastImport) -> None:
        page = UndoImportPage(self._context, one)
        page.left.connect(self._back_to_imports)
        self._show_form(page)
        self._page = page

    def _back_to_imports(self, one: PastImport) -> None:
        if self._stage.wanted():  # elsewhere
            self._stage.leave()
        else:
            self._open_import("", one.batch)

    def _export(self, ids: tuple[list[int], list[int]]) -> None:
        page = ExportPage(self._context, *ids, self._pane.list.listed())
        page.left.connect(self._stage.leave)
        self._stage.show_page(page)
