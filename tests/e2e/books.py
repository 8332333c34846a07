"""What the register is asked and given beyond single complaints: repeats, an old ledger, its list."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from PySide6.QtCore import Qt

from tests.e2e.hand import CTRL, Hand

K = Qt.Key

_HEAD = (
    "登记号", "收到日期", "来源", "投诉人", "联系电话", "被投诉单位", "主要内容", "批示领导",
    "批示日期", "处理结果", "办结日期",
)  # fmt: skip
_UNITS = ("澄岳市住房保障局", "澄岳市市场监督局", "市民政局", "云栖区人民政府")
_MATTERS = (
    "公租房轮候名次没有按季公开。",
    "窗口收费没有公示依据和标准。",
    "低保评议结果没有在社区公开栏张贴。",
    "征地补偿方案公告期不足十日。",
    "申请政府信息公开，逾期没有答复。",
)


def see_the_steps(hand: Hand) -> None:
    """办理过程: everything that happened."""
    hand.record_tab("steps")
    hand.picture("complaint-steps")


def register_a_repeat(hand: Hand) -> None:
    """The same matter comes a second time: the twin stands beside, and it is kept as a duplicate."""
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.choose("channel", "信函")
    hand.write("received", "今天")
    hand.tick("identity", "实名")
    hand.write_cell("complainants", 0, "name", "单堃")
    hand.write("accused_unit", "澄岳市住房保障局")
    hand.tick("grounds", "时间")
    hand.write("subject", "公租房轮候结果逾期没有公开")
    hand.write("text", "今年第三季度公租房轮候结果应当在 10 月 20 日前公布，至今没有。")
    hand.press_link("诉求和附件（展开）")
    hand.write("demands", "1. 公布第三季度轮候结果\n2. 说明逾期的原因")
    hand.until(lambda: bool(_twins(hand)), "likely twins beside the form")
    hand.rest()
    hand.click(f"complaints.twin.{_twins(hand)[0]}.look")
    hand.picture("complaint-twins")
    hand.click(f"complaints.twin.{_twins(hand)[0]}.duplicate")
    for key in ("links", "points"):
        hand.record_tab(key)
        hand.picture(f"complaint-{key}")


def _twins(hand: Hand) -> list[int]:
    page: Any = hand.window.tab("complaints")._page  # type: ignore[attr-defined]
    return [twin.id for twin in page.foresight.twins.shown]


def import_a_ledger(hand: Hand, folder: Path) -> None:
    """An old ledger comes in, with lines that can not; it was the wrong one, and is taken back."""
    path = folder / "2025年投诉台账.xlsx"
    _ledger(path)
    tab: Any = hand.window.tab("complaints")
    hand.window.show_tab("complaints")
    tab.start_import(str(path))
    hand.until(lambda: tab._page.has_unsaved(), "the columns")
    hand.rest()
    hand.picture("import-columns")
    hand.key(K.Key_Return, CTRL)
    hand.picture("import-preview")
    hand.key(K.Key_Return, CTRL)
    hand.until(lambda: hand.said().startswith("已导入"), "the import")
    hand.rest()
    hand.picture("import-done")
    hand.key(K.Key_Z, CTRL)
    hand.write("reason", "选错了年份的台账")
    hand.picture("import-undo")
    hand.save()
    hand.picture("import-undone")
    hand.key(K.Key_Escape)


def _ledger(path: Path) -> None:
    """Write a ledger as an office keeps it: a title, dates as dates, two lines that can not be so."""
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, "2025年政务公开投诉举报台账")
    sheet.write_row(1, 0, _HEAD)
    first = datetime(2025, 3, 3)
    for n in range(24):
        received = first + timedelta(days=9 * n)
        sheet.write(n + 2, 0, f"信2025-{n + 1:02d}")
        sheet.write_datetime(n + 2, 1, received, day)
        sheet.write_row(
            n + 2, 2, ("来信", "刘芳", f"1380300{n:04d}", _UNITS[n % 4], _MATTERS[n % 5], "陈守正")
        )
        sheet.write_datetime(n + 2, 8, received + timedelta(days=2), day)
        sheet.write(n + 2, 9, "经查属实，已责令限期公开。")
        sheet.write_datetime(n + 2, 10, received + timedelta(days=15), day)
    sheet.write(5, 1, "2025年2月30日")
    sheet.write(9, 10, "2025-01-02")
    sheet.write_row(26, 0, ("合计", "24 件"))
    book.close()
