"""How fast an old ledger comes into the register, against openpyxl merely reading the same file.

    python -m tests.bench.imports [--json FILE] [--rounds N] [--rows N]

Ours is all of it: looking at the file, reading it in a child, finding the columns, checking every
cell, sealing who complained, writing every row with its image in the log, committing. With that the
clerk is done and finds every matter. What is not in it: the search index of so many rows is made after
that, in portions beside his work; how long they take is printed beside the figures. The other only
reads the cells (read-only mode). Rounds are interleaved. A figure is the median over the rounds of
the other's time on the clock divided by ours, which is what the clerk waits, its spread the distance
of the largest from the smallest of them. The same by processor time (the child's counted) is printed
beside: making the rows ready and writing them are done by two threads.
"""

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from tests.bench import figures
from tests.bench.figures import Figure, at_least

REACH = 1.0
_HEAD = [
    "编号",
    "收到日期",
    "来源",
    "姓名",
    "联系电话",
    "住址",
    "被投诉单位",
    "被投诉人",
    "主要内容",
    "诉求",
    "批示领导",
    "批示日期",
    "办理结果",
    "办结日期",
]
_SURNAMES, _FIRST, _SECOND = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡",
    "建秀伟洋静帆敏磊婷昊丽鹏超琳军",
    "国英明华芳强伟",
)
_UNITS = (
    "市住房保障局",
    "市市场监督局",
    "市教育局",
    "市民政局",
    "东关街道办事处",
    "南关街道办事处",
)
_MATTERS = (
    "未按规定公开办理时限和收费标准",
    "不予答复公开申请",
    "公开栏长期不更新",
    "未公开低保评议结果",
    "窗口拒绝出具补正材料告知书",
    "擅自增加申请材料",
)


def make_ledger(path: Path, rows: int, seed: int = 7) -> None:
    """Write a ledger as an office keeps it, from a fixed seed; nearly all of it is closed."""
    import xlsxwriter

    pick = random.Random(seed)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, day_look = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["投诉举报登记台账"])
    sheet.write_row(1, 0, _HEAD)
    for n in range(rows):
        day = date(2022, 1, 4) + timedelta(days=n * 1400 // rows)
        closed = pick.random() < 0.95
        name = pick.choice(_SURNAMES) + pick.choice(_FIRST) + pick.choice(_SECOND)
        matter = (
            f"反映{pick.choice(_UNITS)}{pick.choice(_MATTERS)}，群众多次前往窗口办理，均被要求补交材料，"
            f"第{n}网格的事项至今没有解决，希望有关部门尽快核实并书面答复。"
        )
        texts = {
            0: f"信〔{day.year}〕{n + 1}",
            2: pick.choice(("来信", "来电", "来访")),
            3: name,
            4: f"138{pick.randrange(10**8):08d}",
            5: f"文华路{pick.randint(1, 200)}号{pick.randint(1, 30)}栋",
            6: pick.choice(_UNITS),
            8: matter,
            9: "公开相关信息",
            10: "周局",
            12: "经查属实，已责令限期公开。" if closed else "",
        }
        days = {1: day, 11: day + timedelta(days=2)} | (
            {13: day + timedelta(days=20)} if closed else {}
        )
        for column in range(len(_HEAD)):
            if text := texts.get(column):
                sheet.write_string(n + 2, column, text)
            elif column in days:
                moment = datetime.combine(days[column], datetime.min.time())
                sheet.write_datetime(n + 2, column, moment, day_look)
    book.close()


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time some work takes, in this process and in its children."""
    gc.collect()
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def read_only(path: Path) -> int:
    """Let openpyxl read every cell; return how many rows."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return count


class Office:
    """A new office file for every round."""

    def __init__(self, folder: Path) -> None:
        """Make the one that the others are copies of."""
        from tests.usecases import desk

        self._folder, self._count = folder, 0
        self._last = folder
        self._first = folder / "office.db"
        desk.make(self._first, desk.draft_office())

    def import_ledger(self, path: Path) -> int:
        """Bring a ledger in; return how many matters."""
        from desktop.rules.ledgerrows import ADD
        from desktop.usecases import imports
        from tests.usecases import desk

        self._count += 1
        copy = self._last = self._folder / f"{self._count}" / "office.db"
        copy.parent.mkdir()
        desk.copy_office(self._first, copy)
        office = desk.sit_down(copy).office
        try:
            plan = imports.plan(office, imports.read_ledger(path))
            plan = imports.decide(plan, units=dict.fromkeys(_UNITS, ADD))
            review = imports.check(office, plan, desk.TODAY)
            return imports.import_ledger(office, review, desk.ACTING).value.count
        finally:
            office.close()

    def index(self) -> list[float]:
        """Index what was brought in last; return how long each portion took on the clock."""
        from desktop.usecases import derived
        from tests.usecases import desk

        office = desk.sit_down(self._last).office
        try:
            took: list[float] = []
            while derived.waiting(office):
                took.append(figures.seconds(lambda: derived.index_more(office)))
            return took
        finally:
            office.close()


def measure(rounds: int, rows: int) -> list[Figure]:
    """Run both in turn."""
    ratios: list[float] = []
    used: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger, small = folder / "ledger.xlsx", folder / "small.xlsx"
        make_ledger(ledger, rows)
        make_ledger(small, min(rows, 50))
        office = Office(folder)
        office.import_ledger(small)  # everything is imported and compiled once
        read_only(small)
        for n in range(rounds):
            times, clock = {}, {}
            for ours in (True, False) if n % 2 else (False, True):
                work = office.import_ledger if ours else read_only
                began = time.perf_counter()
                times[ours] = seconds(lambda: work(ledger))  # noqa: B023  # called at once
                clock[ours] = time.perf_counter() - began
            ratios.append(clock[False] / clock[True])
            used.append(times[False] / times[True])
        _tell_beside(office, used, times[True])
    return [at_least(f"import-ledger ({rows:,} rows)", ratios, REACH)]


def _tell_beside(office: Office, used: Sequence[float], ours: float) -> None:
    """Say what it is by processor time, and how long the index takes afterwards; no figures."""
    print(
        f"{figures.BESIDE} import-ledger: {median(used):.2f} by processor time "
        f"(±{max(used) - min(used):.2f}), {ours:.1f} s of it in the last round",
        flush=True,
    )
    took: list[float] = []
    whole = seconds(lambda: took.extend(office.index()))
    if took:
        print(
            f"{figures.BESIDE} import-ledger: not counting the search index made afterwards: "
            f"{whole:.1f} s in {len(took)} portions, the longest {max(took) * 1000:.0f} ms",
            flush=True,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write JSON if asked; exit 1 when something is not reached."""
    parser = figures.parser(__doc__, rounds=3)
    parser.add_argument("--rows", type=int, default=50_000)
    chosen = parser.parse_args(arguments)
    return figures.finish(measure(chosen.rounds, chosen.rows), chosen.json)


if __name__ == "__main__":
    sys.exit(main())
