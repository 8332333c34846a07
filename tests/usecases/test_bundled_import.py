"""A large ledger brought in: the log tells it by its number, and nobody's name lies open in it."""

import hashlib
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from db import chain
from db.ledger import EventDraft
from desktop.rules.ledgerrows import ADD
from desktop.rules.links import LinkKind
from desktop.usecases import audit, auditexport, auditlog, derived, imports, links
from desktop.usecases.auditlog import Signature
from desktop.usecases.imports import Imported
from desktop.usecases.links import LinkDraft
from desktop.usecases.office import Done
from tests.tamper import outside
from tests.usecases.desk import ACTING, NAME, PHONE, TODAY, Desk

HEAD = ("编号", "收到日期", "来源", "姓名", "电话", "被投诉单位", "内容", "办理结果", "办结日期")
COUNT = 1_300


@pytest.fixture(name="ledger", scope="module")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "台账.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for n in range(COUNT):
        day = date(2024, 1, 2) + timedelta(days=n // 2)
        sheet.write_row(n + 1, 0, (
            f"信{n}", day.isoformat(), "来信", NAME, PHONE, "市教育局",
            f"{NAME}（{PHONE}）反映第{n}件：公开栏长期不更新。", f"已责令改正并告知{NAME}。",
            (day + timedelta(days=9)).isoformat(),
        ))  # fmt: skip
    book.close()
    return path


@pytest.fixture(name="brought")
def _brought(desk: Desk, ledger: Path) -> Done[Imported]:
    plan = imports.plan(desk.office, imports.read_ledger(ledger))
    plan = imports.decide(plan, units={"市教育局": ADD})
    review = imports.check(desk.office, plan, TODAY)
    return imports.import_ledger(desk.office, review, ACTING)


def test_nobody_who_complained_is_named_in_a_bundle(desk: Desk, brought: Done[Imported]) -> None:
    assert brought.value.count == COUNT
    held = desk.office.db.execute("SELECT content FROM bundle_file").fetchall()
    assert len(held) >= 4
    said = "".join(zlib.decompress(content).decode() for (content,) in held)
    assert "公开栏长期不更新" in said
    assert NAME not in said
    assert PHONE not in said


def test_the_log_tells_an_import_by_its_number(desk: Desk, brought: Done[Imported]) -> None:
    seen = auditlog.event(desk.office, brought.event)
    assert seen.signature is Signature.GOOD
    assert len(seen.records) <= auditlog.TOLD
    assert {"import_batch", "number_series", "unit"} <= {one.table for one in seen.records}
    assert {"complaint", "complainant", "complaint_step"} == {
        table for table, _count in seen.more
    } - {"number_series"}
    (batch,) = (one for one in seen.records if one.table == "import_batch")
    shown = {field.column for field in batch.fields}
    assert "headers" in shown
    assert "mapping" not in shown  # in the program's own words, which no clerk reads
    told = sum(one.table == "complaint" for one in seen.records)
    assert dict(seen.more)["complaint"] == COUNT - told
    undone = desk.office.ledger.undo(brought.event, ACTING.actor(), "导错了")
    taken = auditlog.event(desk.office, undone)
    told = sum(one.table == "complainant" for one in taken.records)
    assert dict(taken.more)["complainant"] == COUNT - told
    assert len(taken.records) <= auditlog.TOLD
    assert audit.inspect(desk.office).findings == ()


def test_a_complaint_that_came_in_by_the_thousand_and_was_touched_is_named(
    desk: Desk, brought: Done[Imported]
) -> None:
    assert audit.inspect(desk.office).findings == ()
    outside(desk.office.db, "UPDATE complaint SET outcome = 'unproven' WHERE id = 700")
    (number,) = desk.office.db.execute("SELECT number FROM complaint WHERE id = 700").fetchone()
    (found,) = audit.inspect(desk.office).findings
    assert (found.seq, found.record) == (brought.event, number)
    (field,) = found.fields
    assert (field.before, field.after) == ("", "不属实")


def test_a_bundle_that_is_lost_is_said_in_words(desk: Desk, brought: Done[Imported]) -> None:
    assert brought.value.count == COUNT
    outside(desk.office.db, "DELETE FROM bundle_file WHERE sha256 = "
            "(SELECT sha256 FROM bundle WHERE id = 1)")  # fmt: skip
    (found,) = audit.inspect(desk.office).findings
    assert audit.sentence(found) == "第 1 号成批改动的原样不见了，或者被改动过。请从备份恢复。"


#: Ways in which a bundle is lost: its content, the bundle itself, both, its content put in its place.
LOSSES = {
    "content": ["DELETE FROM bundle_file WHERE sha256 = (SELECT sha256 FROM bundle WHERE id = 1)"],
    "bundle": ["DELETE FROM bundle WHERE id = 1"],
    "all": ["DELETE FROM bundle_file", "DELETE FROM bundle"],
    "spoilt": ["UPDATE bundle_file SET content = x'00'"],
    "renamed": ["UPDATE bundle SET rev = 2 WHERE id = 1"],
}


def take_note(desk: Desk) -> None:
    audit.accept(desk.office, audit.inspect(desk.office).findings, "硬盘故障", ACTING)
    assert audit.inspect(desk.office).findings == ()


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_done_to_the_rows_of_a_lost_bundle_after_taking_note_is_told(
    desk: Desk, brought: Done[Imported], loss: str
) -> None:
    db = desk.office.db
    (number,) = db.execute("SELECT tbl FROM bundle WHERE id = 1").fetchone()
    assert number == "complaint"
    for sql in LOSSES[loss]:
        outside(db, sql)
    take_note(desk)
    assert chain.verify(db).count == 0
    outside(db, "UPDATE complaint SET outcome = 'unproven' WHERE id = 700")
    (number,) = db.execute("SELECT number FROM complaint WHERE id = 700").fetchone()
    (found,) = audit.inspect(desk.office).findings
    assert (found.kind, found.record, found.seq) == ("changed", number, brought.event)
    assert [(one.column, one.before, one.after) for one in found.fields] == [
        ("outcome", "", "不属实")
    ]
    take_note(desk)
    outside(db, "UPDATE complaint SET outcome = 'proven' WHERE id = 700")
    (found,) = audit.inspect(desk.office).findings  # touched again: another finding
    take_note(desk)
    outside(db, "UPDATE complaint SET void = 1 WHERE id = 701")
    (found,) = audit.inspect(desk.office).findings
    assert [one.column for one in found.fields] == ["void"]
    outside(db, "UPDATE complaint SET void = 0 WHERE id = 701")
    outside(db, "DELETE FROM complaint_step WHERE complaint = 702")
    assert {one.kind for one in audit.inspect(desk.office).findings} == {"gone"}


def test_what_the_program_itself_does_to_the_rows_of_a_lost_bundle_is_no_finding(
    desk: Desk, brought: Done[Imported]
) -> None:
    outside(desk.office.db, "DELETE FROM bundle_file")
    take_note(desk)
    links.link(
        desk.office, 700, LinkDraft(desk.seen(702).complaint.number, LinkKind.REPEAT), ACTING
    )
    desk.take_back()
    assert audit.inspect(desk.office).findings == ()
    undone = desk.office.ledger.undo(brought.event, ACTING.actor(), "导错了")
    assert audit.inspect(desk.office).findings == ()
    outside(desk.office.db, "UPDATE complaint SET outcome = 'unproven' WHERE id = 700")
    (found,) = audit.inspect(desk.office).findings
    assert (found.seq, [one.column for one in found.fields]) == (undone, ["outcome"])


def test_what_stands_in_for_a_lost_bundle_may_be_lost_in_turn(
    desk: Desk, brought: Done[Imported], tmp_path: Path
) -> None:
    db = desk.office.db
    before = db.execute("SELECT count(*) FROM bundle").fetchone()[0]
    for again in range(2):
        outside(db, "DELETE FROM bundle_file")
        told = audit.inspect(desk.office).findings
        assert {one.kind for one in told} == {"bundle_gone"}
        assert len(told) == before  # those before are taken note of
        take_note(desk)
        assert db.execute("SELECT count(*) FROM bundle").fetchone()[0] == before * (again + 2)
    outside(db, "UPDATE complainant SET name = '别人' WHERE id = 9")
    (found,) = audit.inspect(desk.office).findings
    assert (found.kind, found.table, found.row_id) == ("changed", "complainant", 9)
    target = tmp_path / "log.jsonl"
    auditexport.export(desk.office, target, ACTING)
    assert "缺少，或者被改动过" in auditexport.report(target)[1]  # what is lost stays lost
    assert NAME not in target.read_text(encoding="utf-8")
    assert brought.event


def test_an_exported_log_holds_what_came_by_the_thousand(
    desk: Desk, brought: Done[Imported], tmp_path: Path
) -> None:
    target = tmp_path / "log.jsonl"
    auditexport.export(desk.office, target, ACTING)
    assert auditexport.report(target)[0] == 0
    text = target.read_text(encoding="utf-8")
    assert NAME not in text
    lines = text.splitlines(keepends=True)
    bundled = [at for at, line in enumerate(lines) if line.startswith('{"bundle":')]
    assert len(bundled) >= 4
    without = tmp_path / "without.jsonl"
    without.write_text("".join(lines[: bundled[0]] + lines[bundled[0] + 1 :]), encoding="utf-8")
    altered = tmp_path / "altered.jsonl"
    other = lines[bundled[0]].replace('"content":"', '"content":"AAAA')
    altered.write_text("".join([*lines[: bundled[0]], other, *lines[bundled[0] + 1 :]]), "utf-8")
    odd = tmp_path / "odd.jsonl"
    other = lines[bundled[0]].replace('"content":"', '"content":"？')
    odd.write_text("".join([*lines[: bundled[0]], other, *lines[bundled[0] + 1 :]]), "utf-8")
    for harmed in (without, altered, odd):
        code, said = auditexport.report(harmed)
        assert code == 1
        assert f"第 {brought.event} 条里成批改动的原样缺少，或者被改动过。" in said


def test_a_bundle_stands_once_and_behind_the_event_that_made_it(
    desk: Desk, brought: Done[Imported], tmp_path: Path
) -> None:
    target = tmp_path / "log.jsonl"
    auditexport.export(desk.office, target, ACTING)
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines) if line.startswith('{"bundle":'))
    before, bundle, behind = lines[:first], lines[first], lines[first + 1 :]
    foreign = '{"bundle":"%s","content":"eA=="}\n'
    said = "有 1 份成批改动的原样不属于它前面的那条操作记录。"
    for n, harmed in enumerate((
        [*before, bundle, bundle, *behind],
        [lines[0], bundle, *lines[1:first], *behind],
        [*before, foreign % hashlib.sha256(b"x").hexdigest(), bundle, *behind],
        [*before, foreign % "x", bundle, *behind],
    )):  # fmt: skip
        other = tmp_path / f"{n}.jsonl"
        other.write_text("".join(harmed), encoding="utf-8")
        code, found = auditexport.report(other)
        assert (code, said in found) == (1, True)
    more = bundle.replace("}", ',"more":1}')
    other.write_text("".join([*before, more, *behind]), encoding="utf-8")
    assert auditexport.report(other)[0] == 1
    assert brought.event


@pytest.mark.parametrize("image", ["@1", "", "[]", "x"])
@pytest.mark.parametrize("column", ["before", "after"])
def test_an_event_with_an_image_that_is_none_is_told_as_altered(
    desk: Desk, brought: Done[Imported], column: str, image: str
) -> None:
    sql = f"UPDATE event_change SET {column} = ? WHERE seq = ? AND tbl = 'unit'"
    assert outside(desk.office.db, sql, [image, brought.event]) == 1
    seen = auditlog.event(desk.office, brought.event)
    assert seen.signature is Signature.ALTERED
    assert {"import_batch", "number_series"} <= {one.table for one in seen.records}


def test_what_was_put_off_is_waited_for_though_nothing_is_to_be_indexed(desk: Desk) -> None:
    assert not derived.waiting(desk.office)
    with desk.office.ledger.many(EventDraft("unit.save"), ACTING.actor()) as action:
        action.keep_file("ab", bytes(20_000_000))
    assert derived.waiting(desk.office)
    while derived.index_more(desk.office):
        pass
    assert not derived.waiting(desk.office)
    assert Path(f"{desk.office.path}-wal").stat().st_size == 0
