"""核对编号: every series of numbers, with what is missing from it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.usecases.letterbook import SeriesReport

_SHOWN = 12
"""So many missing numbers are named in one line."""


class GapsPage(OfficePage):
    """The report; it stands in place of the book until it is left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "letters.gaps",
            _("核对编号"),
            _("每个编号序列从 1 号起应当连续；作废的、预留的编号也在登记簿里占一行。"),
            parent,
        )
        self._model: ListModel[SeriesReport] = ListModel(
            _columns(), lambda one: (one.year, one.series)
        )
        self.list: ListView[SeriesReport] = ListView(self._model, _("编号序列"), context.settings)
        self.list.setObjectName("letters.gaps.list")
        self.list.set_empty("checklist", _("还没有编过号。"))
        self.summary = MessageBar()
        self.summary.setObjectName("letters.gaps.summary")
        self.body.addWidget(self.summary)
        self.body.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def show_report(self, reports: Sequence[SeriesReport]) -> None:
        """Show what the book came to."""
        self._model.set_rows(reports)
        broken = [one for one in reports if not one.whole]
        if broken:
            self.summary.tell(Tone.ERROR, broken_words(broken), closable=False)
        else:
            said = _("{n} 个编号序列，没有缺号，原件都在。").format(n=len(reports))
            self.summary.tell(Tone.INFO, said, closable=False)


def broken_words(broken: Sequence[SeriesReport]) -> str:
    """Return what is wrong with the numbers, and what to do."""
    return _(
        "{n} 个编号序列有缺失：{names}。程序不会删除编号，数据文件可能被别的程序改动过；"
        "请保留现在的文件，并从备份恢复。"
    ).format(n=len(broken), names="、".join(_name(one) for one in broken))


def _name(one: SeriesReport) -> str:
    return f"{one.series}〔{one.year}〕"


def _wrong(one: SeriesReport) -> str:
    said = []
    if one.missing:
        named = "、".join(str(number) for number in one.missing[:_SHOWN])
        more = _("等") if len(one.missing) > _SHOWN else ""
        words = _("缺 {n} 个号：{named}{more}")
        said.append(words.format(n=len(one.missing), named=named, more=more))
    if one.lost:
        said.append(_("{n} 份原件丢失：{named}").format(n=len(one.lost), named="、".join(one.lost)))
    return "；".join(said) or _("没有缺号")


def _columns() -> list[Column[SeriesReport]]:
    return [
        Column("series", _("编号序列"), _name, width=14),
        Column("last", _("编到"), lambda one: str(one.last), lambda one: one.last, RIGHT, width=4),
        Column("used", _("已用"), lambda one: str(one.used), lambda one: one.used, RIGHT, width=4),
        Column(
            "reserved",
            _("预留"),
            lambda one: str(one.reserved),
            lambda one: one.reserved,
            RIGHT,
            width=4,
        ),
        Column("void", _("作废"), lambda one: str(one.void), lambda one: one.void, RIGHT, width=4),
        Column(
            "missing",
            _("核对结果"),
            _wrong,
            width=16,
            stretch=True,
            status=lambda one: Status.DONE if one.whole else Status.OVERDUE,
        ),
    ]
