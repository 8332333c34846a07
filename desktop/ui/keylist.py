"""The list of the window's keys (快捷键), as F1 shows it."""

from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.ui.common.keys import KeyGroup, show_keys


def show_list(window: QWidget) -> None:
    """Show it above the window."""
    groups = [
        KeyGroup(
            _("到处"),
            [
                ("Ctrl+1 … Ctrl+4", _("切换标签页")),
                ("Ctrl+N", _("新登记、新立案、新建一轮")),
                ("Ctrl+Z", _("撤销刚才的操作")),
                ("Ctrl+O", _("打开数据文件")),
                ("Ctrl+B", _("发文登记簿")),
                ("Ctrl+L", _("锁定窗口")),
                ("F1", _("这张表")),
                ("Shift+F1", _("使用手册里与这一页有关的一章")),
            ],
        ),
        KeyGroup(
            _("名单"),
            [
                ("↑ / ↓", _("上一条、下一条")),
                ("Enter", _("进入这一条")),
                ("Ctrl+C", _("复制选中的行，可以粘贴到表格软件")),
            ],
        ),
        KeyGroup(
            _("填写"),
            [
                ("Enter", _("下一项")),
                ("Ctrl+Enter", _("保存")),
                ("Esc", _("离开；有没有保存的内容时先问")),
                (_("Alt + 下划线字母"), _("到这一项")),
            ],
        ),
    ]
    show_keys(window, groups)
