"""The button under which a user keeps his own ways of looking at the register (我的筛选)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget, QWidgetAction

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.context import Context
from desktop.usecases import views
from desktop.usecases.listing import Query
from desktop.usecases.views import LONGEST, SavedView


class ViewsButton(QPushButton):
    """Opens a menu: a line to keep the present view under a name, and the views kept."""

    wanted = Signal(object)  # the Query of a kept view

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("我的筛选"), parent)
        self.setObjectName("complaints.views")
        self.setProperty("role", "flat")
        self.setToolTip(_("把现在的筛选、搜索和排序保存下来，下次一点就用"))
        icons.dress(self, "filter", "text")
        self._context = context
        self.asked: Callable[[], Query] = Query
        self.name: QLineEdit | None = None
        self.clicked.connect(lambda: context.ask(views.saved, self._show))

    def _show(self, kept: Sequence[SavedView]) -> None:
        self.open_menu(kept)

    def open_menu(self, kept: Sequence[SavedView], renamed: SavedView | None = None) -> QMenu:
        """Show the menu under the button; with a view that gets another name, to type it."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST)
        self.name.setPlaceholderText(_("给现在的筛选起个名字，按回车保存"))
        self.name.setAccessibleName(_("筛选的名字"))
        self.name.setMinimumWidth(theme.em(18))
        if renamed is None:
            self.name.returnPressed.connect(lambda: self._keep(menu))
        else:
            self.name.setText(renamed.name)
            self.name.selectAll()
            self.name.setPlaceholderText(_("新的名字，按回车改名"))
            self.name.returnPressed.connect(lambda: self._rename(menu, renamed))
        line = QWidgetAction(menu)
        line.setDefaultWidget(self.name)
        menu.addAction(line)
        if renamed is None:
            self._offer(menu, kept)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.name.setFocus()
        return menu

    def _offer(self, menu: QMenu, kept: Sequence[SavedView]) -> None:
        menu.addSeparator()
        for view in kept:
            action = menu.addAction(view.name)
            action.triggered.connect(lambda _on=False, view=view: self.wanted.emit(view.query))
        if not kept:
            return
        menu.addSeparator()
        other, gone = menu.addMenu(_("改名")), menu.addMenu(_("删除"))
        icons.dress(other.menuAction(), "edit")
        icons.dress(gone.menuAction(), "delete")
        for view in kept:
            action = other.addAction(view.name)
            action.triggered.connect(lambda _on=False, view=view: self.open_menu(kept, view))
            action = gone.addAction(view.name)
            action.triggered.connect(lambda _on=False, view=view: self._drop(view))

    def _keep(self, menu: QMenu) -> None:
        name = self.name.text() if self.name is not None else ""
        if not name.strip():
            return
        query = self.asked()
        menu.close()
        said = _("已保存筛选“{name}”。").format(name=name.strip())
        self._context.ask(lambda office: views.keep(office, name, query), self._say(said))

    def _rename(self, menu: QMenu, view: SavedView) -> None:
        name = self.name.text() if self.name is not None else ""
        if not name.strip():
            return
        menu.close()
        said = _("筛选“{old}”已改名为“{name}”。").format(old=view.name, name=name.strip())
        self._context.ask(lambda office: views.rename(office, view.id, name), self._say(said))

    def _drop(self, view: SavedView) -> None:
        said = _("已删除筛选“{name}”。").format(name=view.name)
        self._context.ask(lambda office: views.drop(office, view.id), self._say(said))

    def _say(self, said: str) -> Callable[[object], None]:
        """Say it once it is done."""
        return lambda _kept: self._context.said.emit(said, 0)
