"""The menus of the window, the look chosen in them, and the list of keys."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QMenu

from desktop import text
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme
from desktop.ui.menus import add, add_choices
from desktop.ui.opened import Opened
from desktop.ui.pagekeys import YieldingMenuBar

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

SIZES = (100, 125, 150, 175)


class MenuBar(Opened):
    """The frame with its menus."""

    #: The language was changed: build the window anew on the same office file.
    rebuild_wanted = Signal()

    def _build_menus(self) -> None:
        """Put up the titles; what stands in a menu is made in the next quiet moment, or opened."""
        self.setMenuBar(YieldingMenuBar(self))
        self._keepers: list[tuple[QAction, str]] = []
        self._empty: dict[QMenu, Callable[[QMenu], None]] = {}
        self._add_menu(_("文件(&F)"), self._fill_file_menu)
        self._register_menu = self._add_menu(_("登记(&R)"), self._fill_register_menu)
        self._letter_menu = self._add_menu(_("文书(&W)"), self._fill_letter_menu)
        self._office_menu = self._add_menu(_("本单位(&B)"), self._fill_office_menu)
        self._add_menu(_("外观(&V)"), self._fill_view_menu)
        self._add_menu(_("帮助(&H)"), self._fill_help_menu)
        self._enable_menus(False)

    def _add_menu(self, title: str, fill: Callable[[QMenu], None]) -> QMenu:
        menu = self.menuBar().addMenu(title)
        self._empty[menu] = fill
        menu.aboutToShow.connect(partial(self._opened, menu))
        return menu

    def _opened(self, menu: QMenu) -> None:
        """Somebody opened a menu right after the start."""
        if menu in self._empty:
            self._empty.pop(menu)(menu)
            menu.aboutToShow.emit()  # for what was connected just now: the icons

    def _fill_menus(self) -> None:
        """Make what stands in the menus, as far as it is not there."""
        for menu in tuple(self._empty):
            self._empty.pop(menu)(menu)

    def _add_page(self, menu: QMenu, key: str, title: str, icon: str, keys: str = "") -> "QAction":
        """Add an entry that shows a page."""
        return add(menu, title, lambda: self.show_page(key), icon=icon, keys=keys)

    def _fill_file_menu(self, menu: QMenu) -> None:
        add(menu, _("打开数据文件(&O)…"), self._choose_file, icon="open", keys="Ctrl+O")
        add(menu, _("新建本单位(&N)…"), self._new_office, icon="add")
        add(menu, _("示例单位(&S)"), self.open_sample, icon="building")
        add(menu, _("从备份恢复(&V)…"), self._rescue, icon="history")
        menu.addSeparator()
        self._close_file = add(menu, _("关闭数据文件(&C)"), self._close_office, icon="dismiss")
        self._close_file.setEnabled(self._ready)
        add(menu, _("退出(&X)"), self.close, keys="Ctrl+Q")

    def _fill_register_menu(self, menu: QMenu) -> None:
        add(menu, _("新登记(&N)…"), self._register_complaint, icon="add")
        self._add_page(menu, "handovers", _("只登交接，不录内容(&H)…"), "lock")
        self._filing_action = self._add_page(menu, "filings", _("查处结果备案(&F)…"), "inbox")

    def _fill_letter_menu(self, menu: QMenu) -> None:
        self._add_page(menu, "letters", _("发文登记簿(&B)…"), "list", "Ctrl+B")
        self._add_page(menu, "templates", _("文书模板(&T)…"), "edit")
        self._add_page(menu, "codes", _("查验二维码(&Q)…"), "search")
        self._add_page(menu, "testpage", _("打印测试页(&P)…"), "print")

    def _fill_office_menu(self, menu: QMenu) -> None:
        menu.setToolTipsVisible(True)
        self._add_page(menu, "settings", _("本单位设置(&S)"), "settings")
        self._add_page(menu, "people", _("单位和人员(&P)"), "people")
        self._add_page(menu, "calendar", _("工作日历(&C)"), "calendar")
        self._add_page(menu, "rules", _("规则(&R)"), "scales")
        self._add_page(menu, "log", _("操作记录(&L)"), "history")
        self._add_page(menu, "month", _("月度核对单(&J)…"), "checklist")
        self._add_page(menu, "anchor", _("核对链首(&A)…"), "link")
        self._add_page(menu, "backups", _("备份与恢复(&K)"), "archive")
        menu.addSeparator()
        users = self._add_page(menu, "users", _("用户和权限(&U)"), "shield_lock")
        sheet = self._add_page(menu, "recovery", _("恢复单(&H)…"), "document_text")
        self._keepers += [(users, "user.change"), (sheet, "recovery.sheet")]
        self._add_page(menu, "password", _("修改密码(&M)…"), "edit")

    def _fill_view_menu(self, view: QMenu) -> None:
        sizes = [(f"{size} %", size) for size in SIZES]
        add_choices(view.addMenu(_("字号(&Z)")), sizes, round(theme.factor() * 100), self._set_size)
        schemes = [
            (_("跟随系统"), Scheme.SYSTEM),
            (_("浅色"), Scheme.LIGHT),
            (_("深色"), Scheme.DARK),
        ]
        add_choices(view.addMenu(_("颜色(&L)")), schemes, self._scheme(), self._set_scheme)
        languages = [("简体中文", "zh_CN"), ("English", "en")]
        add_choices(
            view.addMenu(_("语言 Language(&G)")),
            languages,
            text.language(),
            self._set_language,
        )

    def _fill_help_menu(self, menu: QMenu) -> None:
        add(menu, _("使用手册(&M)"), self.show_handbook, icon="question", keys="Shift+F1")
        add(menu, _("快捷键(&K)"), self._show_keys, icon="keyboard", keys="F1")
        self._add_page(menu, "about", _("关于(&A)"), "info")

    def _show_closed(self) -> None:
        super()._show_closed()
        if self._close_file is not None:
            self._close_file.setEnabled(False)
        self._enable_menus(False)

    # ---- look ----------------------------------------------------------------------------------

    def _scheme(self) -> Scheme:
        return Scheme(str(self._settings.value("look/scheme", Scheme.SYSTEM.value)))

    def _set_size(self, percent: int) -> None:
        self._settings.setValue("look/size", percent)
        theme.apply(_application(), self._scheme(), percent / 100)

    def _set_scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("look/scheme", scheme.value)
        theme.apply(_application(), scheme, theme.factor())

    def _set_language(self, language: str) -> None:
        if language == text.language():
            return
        path, session = self.path, self.session

        def change() -> None:
            self._settings.setValue("look/language", language)
            self.path, self.session = path, session
            self.rebuild_wanted.emit()

        if self._leave_office(change):
            change()

    # ---- what the menus ask for ----------------------------------------------------------------

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        from desktop.ui.office.placewords import file_kinds

        name, _kind = QFileDialog.getOpenFileName(self, _("打开数据文件"), "", file_kinds())
        if name:
            self.open_office(Path(name))

    def _show_keys(self) -> None:
        from desktop.ui.keylist import show_list

        show_list(self)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
