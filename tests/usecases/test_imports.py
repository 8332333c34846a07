"""A ledger that was kept elsewhere comes in as one action, goes out again, and comes back the same."""

import csv
import io
import zipfile
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from db.queries.imports import last_event
from desktop.rules.complaints import Identity, Ruling, State
from desktop.rules.faults import Faults
from desktop.rules.ledgerfields import Field
from desktop.rules.ledgerrows import ADD
from desktop.rules.replies import ReplyWay
from desktop.usecases import (
    audit,
    exports,
    exports_file,
    imports,
    imports_mend,
    listing,
    people,
    register,
)
from desktop.usecases import office as offices
from desktop.usecases.exports import Column, ExportDraft
from desktop.usecases.imports import Imported, Review, Unreadable
from desktop.usecases.listing import Query
from desktop.usecases.office import Done
from tests.usecases.desk import ACTING, NAME, PHONE, TODAY, Desk, not_undoable

HEAD = [
    "编号",
    "收到日期",
    "来源",
    "姓名",
    "电话",
    "被投诉单位",
    "内容",
    "批示领导",
    "批示日期",
    "办理结果",
    "办结日期",
]
CLOSED = ["信1", datetime(2025, 3, 5), "来信", "刘芳", "13900001234", "市住房保障局",
          "刘芳反映：分配结果不公开。", "周局", "2025.3.7", "经查属实，已公开。", "2025年4月1日"]  # fmt: skip
RUNNING = [
    "信2",
    "2026-11-16",
    "来电",
    "",
    "",
    "市城管局",
    "门前堆放垃圾，不公开处理结果",
    "",
    "",
    "",
    "",
]
FAULTY = ["信3", "2026年2月30日", "来访", "赵六", "", "市住房保障局", "不公开", "", "", "", ""]


def book(path: Path, rows: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def looked(desk: Desk, path: Path, **choices: Any) -> Review:
    plan = imports.decide(imports.plan(desk.office, imports.read_ledger(path)), **choices)
    return imports.check(desk.office, plan, TODAY)


def brought(desk: Desk, path: Path, **choices: Any) -> Done[Imported]:
    return imports.import_ledger(desk.office, looked(desk, path, **choices), ACTING)


def standing(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the register, and what search and lists derive from it."""
    tables = ("complaint", "complainant", "complaint_step", "import_batch", "unit")
    found = {
        table: desk.office.db.execute(
            f"SELECT * FROM {table} WHERE void = 0 ORDER BY id"
        ).fetchall()
        for table in tables
    }
    sql = "SELECT state, n FROM complaint_tally WHERE n > 0 AND state <> 'void' ORDER BY state"
    return {**found, "tally": desk.office.db.execute(sql).fetchall()}


def test_good_lines_come_in_and_the_rest_is_kept_to_be_mended(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "台账.xlsx", [["2025年台账"], HEAD, CLOSED, RUNNING, FAULTY])
    first = looked(desk, path)
    assert dict(first.checked.strangers) == {"市城管局": 1}
    done = brought(desk, path, units={"市城管局": ADD})
    assert (done.value.count, done.value.left_out, done.value.units) == (2, 1, ("市城管局",))
    rows = {row.complaint.old_number: row for row in register.rows(desk.office, TODAY)}
    old, new = rows["信1"], rows["信2"]
    assert (old.state, old.complaint.closed) == (State.CLOSED, date(2025, 4, 1))
    assert (old.complaint.number, new.complaint.number) == ("投〔2025〕0001", "投〔2026〕0001")
    assert new.state is State.REGISTERED
    assert new.clock is not None
    assert new.complaint.identity == Identity.ANONYMOUS
    view = register.view(desk.office, old.complaint.id, TODAY)
    assert [step.step for step in view.steps] == ["register", "decide", "find", "close"]
    review = looked(desk, path, units={"市城管局": ADD})
    codes = [fault.code for one in review.checked.faulty for fault in one.faults]
    assert codes == ["number_registered", "number_registered", "impossible_day"]
    rest = tmp_path / "待改正.xlsx"
    assert imports_mend.save_rest(review, rest, lambda fault: f"〔{fault.code}〕") == 3
    lines = list(openpyxl.load_workbook(rest).worksheets[0].iter_rows(values_only=True))
    assert lines[0][-1] == imports_mend.WRONG
    assert lines[3][0] == "信3"
    assert "impossible_day" in str(lines[3][-1])


def test_who_complained_is_sealed_and_masked(desk: Desk, tmp_path: Path) -> None:
    brought(desk, book(tmp_path / "a.xlsx", [HEAD, CLOSED]))
    complaint = register.rows(desk.office, TODAY)[0].complaint
    assert "刘芳" not in complaint.body + complaint.subject
    assert "刘芳" in register.as_written(desk.office, complaint).body
    assert register.complainants(desk.office, complaint.id)[0].name == "刘芳"
    for table in ("complaint", "complainant", "complaint_step", "event", "event_change"):
        whole = desk.office.db.execute(f"SELECT * FROM {table}").fetchall()
        assert "刘芳" not in repr(whole)
        assert "13900001234" not in repr(whole)


def test_an_import_is_taken_back_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    before = standing(desk)
    many = [
        [f"信{n}", "2025-03-05", "来信", f"刘芳{n}", "", "市住房保障局", f"第{n}件不公开"]
        for n in range(300)
    ]
    path = book(tmp_path / "a.xlsx", [HEAD[:7], *many])
    done = brought(desk, path)
    assert done.value.count == 300
    desk.take_back(done.event)
    assert standing(desk) == before
    again = brought(desk, path)
    assert again.value.first == "投〔2025〕0301"
    one = register.rows(desk.office, TODAY)[0].complaint.id
    desk.decide(one, Ruling.ACCEPT)
    with not_undoable():
        desk.take_back(again.event)


def test_an_import_is_stopped_wherever_it_is_until_it_is_kept(desk: Desk, tmp_path: Path) -> None:
    rows = [
        [f"信{n}", "2026-11-02", "来信", f"刘芳{n}", "", "市住房保障局", f"第{n}件不公开"]
        for n in range(2_100)
    ]
    review = looked(desk, book(tmp_path / "a.xlsx", [HEAD[:7], *rows]))
    before, last = standing(desk), last_event(desk.office.db)
    guards = desk.office.db.execute("SELECT name, sql FROM sqlite_schema").fetchall()

    class Stopped(Exception):
        pass

    def stopping(after: int) -> list[int]:
        seen: list[int] = []

        def told(at: int) -> None:
            seen.append(at)
            if len(seen) > after or at == len(rows):
                raise Stopped

        with pytest.raises(Stopped):
            imports.import_ledger(desk.office, review, ACTING, told)
        return seen

    after, seen = 0, [0]
    while seen[-1] < len(rows):
        seen = stopping(after)
        after += max(1, after // 2)
        assert standing(desk) == before
        assert last_event(desk.office.db) == last
        assert desk.office.db.execute("SELECT name, sql FROM sqlite_schema").fetchall() == guards
    assert audit.inspect(desk.office).findings == ()
    told: list[int] = []
    done = imports.import_ledger(desk.office, review, ACTING, told.append)
    assert done.value.count == told[-1] == len(rows)
    assert told == sorted(told)
    assert max(b - a for a, b in pairwise(told)) <= len(rows) // 4
    assert told.count(len(rows)) == 1
    query = Query(words="第2000件")
    assert listing.opening(desk.office, query, TODAY).count == 1


def test_taking_an_import_back_is_stopped_until_it_is_kept(desk: Desk, tmp_path: Path) -> None:
    empty = standing(desk)
    rows = [
        [f"信{n}", "2026-11-02", "来信", f"刘芳{n}", "", "市住房保障局", f"第{n}件不公开"]
        for n in range(600)
    ]
    done = brought(desk, book(tmp_path / "a.xlsx", [HEAD[:7], *rows]))
    before, last = standing(desk), last_event(desk.office.db)
    shares = [0.0]
    while shares[-1] < 1:
        wanted = len(shares)
        shares = []

        def told(share: float, seen: list[float] = shares, most: int = wanted) -> None:
            seen.append(share)
            if len(seen) > most or share == 1:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            offices.take_back(desk.office, done.event, ACTING, told=told)
        assert shares == sorted(shares)
        assert (standing(desk), last_event(desk.office.db)) == (before, last)
    offices.take_back(desk.office, done.event, ACTING)
    assert standing(desk) == empty
    assert audit.inspect(desk.office).findings == ()


def test_a_small_import_is_taken_back_too(desk: Desk, tmp_path: Path) -> None:
    before = standing(desk)
    done = brought(
        desk, book(tmp_path / "a.xlsx", [HEAD, CLOSED, RUNNING]), units={"市城管局": ADD}
    )
    desk.take_back(done.event)
    assert standing(desk) == before


def test_the_columns_are_known_again_and_the_file_too(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, CLOSED])
    plan = imports.plan(desk.office, imports.read_ledger(path))
    mapping = list(plan.mapping)
    mapping[HEAD.index("批示领导")] = Field.NOTE
    review = imports.check(desk.office, imports.remap(plan, mapping), TODAY)
    imports.import_ledger(desk.office, review, ACTING)
    again = imports.plan(desk.office, imports.read_ledger(path))
    assert again.remembered
    assert again.mapping == tuple(mapping)
    assert again.before is not None


def test_a_mapping_that_lacks_something_is_refused(desk: Desk, tmp_path: Path) -> None:
    plan = imports.plan(desk.office, imports.read_ledger(book(tmp_path / "a.xlsx", [HEAD, CLOSED])))
    mapping = [None if field is Field.UNIT else field for field in plan.mapping]
    with pytest.raises(Faults) as caught:
        imports.check(desk.office, imports.remap(plan, mapping), TODAY)
    assert [(f.field, f.code) for f in caught.value.faults] == [("unit", "mapping_missing")]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_of_text_is_read_in_every_code(code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, [*CLOSED[:1], "2025-03-05", *CLOSED[2:]]])
    path.write_bytes(text.getvalue().encode(code))
    sheet = imports.read_ledger(path)
    assert sheet.rows[0] == tuple(HEAD)
    assert sheet.rows[1][6] == CLOSED[6]


def test_an_old_workbook_and_merged_cells_are_read(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("台账")
    sheet.write_merge(0, 0, 0, 2, "2025年台账")
    for at, text in enumerate(("编号", "收到日期", "被投诉单位")):
        sheet.write(1, at, text)
    sheet.write(2, 0, 12.0)
    sheet.write(2, 1, date(2025, 3, 5), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write_merge(2, 3, 2, 2, "市住房保障局")
    sheet.write(3, 0, 13)
    made.save(str(tmp_path / "a.xls"))
    rows = imports.read_ledger(tmp_path / "a.xls").rows
    assert rows[2:] == ((12, "2025-03-05", "市住房保障局"), (13, "", "市住房保障局"))


def test_a_cancelled_reading_leaves_no_child(tmp_path: Path) -> None:
    import multiprocessing

    class Stop(Exception):
        pass

    def stop(_rows: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        imports.read_ledger(book(tmp_path / "a.xlsx", [HEAD]), told=stop)
    assert not multiprocessing.active_children()


def test_a_reading_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    from desktop.usecases.imports_read import read_ledger

    with pytest.raises(Unreadable) as caught:
        read_ledger(book(tmp_path / "a.xlsx", [HEAD]), longest=0.0)
    assert caught.value.code == "too_slow"


# ---- export ------------------------------------------------------------------------------------

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")",
           "＝1+1", "http://example.com/", "'=1", "_x0041_", "a\tb", "0012", "440106199001011234")  # fmt: skip


def test_an_export_is_read_back_exactly(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [[text, date(2026, 3, 5)] for text in HOSTILE]
    exports_file.write_xlsx(path, "表", ["文字", "日期"], rows)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for at, text in enumerate(HOSTILE, 2):
        cell, day = sheet.cell(at, 1), sheet.cell(at, 2)
        assert (unescape(str(cell.value)), cell.data_type) == (text, "s")
        assert day.value == datetime(2026, 3, 5)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert not list(tmp_path.glob(".~*"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
def test_every_text_comes_back_as_it_was(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "a.xlsx"
    exports_file.write_xlsx(path, "表", ["文字"], [[text] for text in texts])
    sheet = openpyxl.load_workbook(path).worksheets[0]
    found = [sheet.cell(at, 1).value for at in range(2, len(texts) + 2)]
    assert found == texts


def test_a_text_too_long_for_a_cell_goes_on_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    text = "长" * 70_000
    exports_file.write_xlsx(path, "表", ["内容"], [[text]])
    first, more = openpyxl.load_workbook(path).worksheets
    head = str(first.cell(2, 1).value)
    rest = [str(row[1]) for row in more.iter_rows(values_only=True)]
    assert len(head) <= exports_file.CELL
    assert head.partition("……")[0] + "".join(rest) == text


def test_a_list_of_text_computes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    exports_file.write_csv(path, ["文字"], [[text] for text in HOSTILE])
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)


def exported(
    desk: Desk, path: Path, *, named: bool = False, reason: str = ""
) -> list[tuple[Any, ...]]:
    ids = tuple(row.complaint.id for row in register.rows(desk.office, TODAY))
    draft = ExportDraft(path, ids, tuple(Column), named, reason)
    exports.export_register(desk.office, draft, ACTING)
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_an_export_says_how_to_answer_and_where_it_was_filed_but_not_where_to(
    desk: Desk, tmp_path: Path
) -> None:
    where = "柳树巷 5 号"
    first = desk.proven(reply_way=ReplyWay.POST, reply_address=where, reply_postcode="071000")
    desk.register()
    desk.answer(first)
    desk.close(first)
    desk.archive(first, volume="WS·2026-Y-0317")
    wanted = ("答复方式", "归档日期", "卷号", "盒号", "保管期限")

    def lines(head: tuple[Any, ...], *rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        at = [head.index(name) for name in wanted]
        return sorted((tuple(row[n] or "" for n in at) for row in rows), key=repr)

    plain = exported(desk, tmp_path / "a.xlsx")
    assert lines(*plain) == [
        ("", "", "", "", ""),
        ("书面邮寄", datetime(2026, 11, 20), "WS·2026-Y-0317", "3", "30年"),
    ]
    assert "答复地址" not in plain[0]
    assert where not in repr(plain)
    named = exported(desk, tmp_path / "b.xlsx", named=True, reason="移交信访局")
    at = named[0].index("答复地址")
    assert {row[at] or "" for row in named[1:]} == {"", f"071000　{where}"}


def test_an_export_tells_who_complained_only_when_asked_and_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    desk.register()
    plain = exported(desk, tmp_path / "a.xlsx")
    assert NAME not in repr(plain)
    assert PHONE not in repr(plain)
    last = "SELECT action, reason FROM event ORDER BY seq DESC LIMIT 1"
    assert desk.office.db.execute(last).fetchone()[0] == "complaint.export"
    with pytest.raises(Faults):
        exported(desk, tmp_path / "b.xlsx", named=True)
    assert not (tmp_path / "b.xlsx").exists()
    named = exported(desk, tmp_path / "b.xlsx", named=True, reason="移交信访局")
    assert NAME in repr(named)
    assert tuple(desk.office.db.execute(last).fetchone()) == ("complaint.reveal", "移交信访局")


def test_what_is_exported_can_be_imported_again(desk_of: Any, tmp_path: Path) -> None:
    one, other = desk_of(), desk_of()
    number = one.register()
    one.decide(number, Ruling.TRANSFER)
    one.transfer(number)
    one.find(number)
    one.answer(number)
    one.close(number)
    one.anonymous(subject="另一件", text="公开栏长期不更新")
    exported(one, tmp_path / "a.xlsx", named=True, reason="迁移")
    done = brought(other, tmp_path / "a.xlsx")
    assert (done.value.count, done.value.left_out) == (2, 0)
    columns = tuple(
        c for c in Column if c not in (Column.NUMBER, Column.OLD_NUMBER, Column.GROUNDS)
    )

    def seen(desk: Desk) -> list[list[Any]]:
        ids = tuple(row.complaint.id for row in register.rows(desk.office, TODAY))
        draft = ExportDraft(tmp_path / "x", ids, columns, True, "核对")
        return sorted(map(list, exports._rows(desk.office, draft, columns, None)), key=repr)

    assert seen(other) == seen(one)
    kept = [row.complaint.old_number for row in register.rows(other.office, TODAY)]
    assert sorted(kept) == ["投〔2026〕0001", "投〔2026〕0002"]


def test_a_near_name_is_proposed_and_only_the_clerk_takes_it(desk: Desk, tmp_path: Path) -> None:
    short = [*RUNNING[:5], "澄岳市住房保障局", *RUNNING[6:]]
    path = book(tmp_path / "台账.xlsx", [HEAD, short, ["合计", "1件"]])
    first = looked(desk, path)
    (unit,) = (u.id for u in people.directory(desk.office).units if u.name == "市住房保障局")
    assert first.near == {"澄岳市住房保障局": unit}
    assert [f.code for one in first.checked.faulty for f in one.faults] == ["unknown_unit"]
    assert first.checked.sums == (3,)
    done = brought(desk, path, units={"澄岳市住房保障局": unit})
    assert (done.value.count, done.value.left_out, done.value.units) == (1, 0, ())
