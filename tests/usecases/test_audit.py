"""The inspection at the start, taking note of what it found, the log in words, heads on paper."""

import io
import re
import secrets
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import guards
from db.ledger import EventDraft
from db.queries import letters as letter_queries
from desktop import notices
from desktop.rules.complaints import Outcome, Ruling
from desktop.rules.faults import Faults, NotPermitted
from desktop.rules.roles import RIGHTS
from desktop.usecases import audit, auditlog, auditwords, lettercode, monthly, office, people
from desktop.usecases.audit import Held
from desktop.usecases.auditlog import LogFilter, Signature
from desktop.usecases.identity import SEALED
from desktop.usecases.lettercode import Agreement
from desktop.usecases.monthly import Month
from desktop.usecases.office import Acting
from tests.tamper import outside
from tests.usecases.desk import ACTING, NOW, SECRETS, TODAY, Desk, office_session


def said(desk: Desk) -> list[str]:
    return [audit.sentence(one) for one in audit.inspect(desk.office).findings]


def transferred(desk: Desk) -> int:
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    return desk.transfer(number)


# ---- inspecting ---------------------------------------------------------------------------------


def test_an_office_at_work_is_never_accused(desk: Desk) -> None:
    told: list[str] = []
    case = desk.ready(desk.open_case(complaint=None))
    letter = desk.decide_case(case)
    desk.serve(case, letter)
    number = desk.proven()
    desk.answer(number)
    office.take_back(desk.office, audit.chain.head(desk.office.db)[0], ACTING)
    seen = audit.inspect(desk.office, lambda text, done, total: told.append(text))
    assert seen.findings == ()
    assert seen.events == audit.chain.head(desk.office.db)[0]
    assert seen.head.startswith(f"{seen.events}-")
    assert set(told) >= {"正在检查数据文件", "正在核对操作记录", "正在核对登记内容"}
    assert audit.inspect_signatures(desk.office).findings == ()


def test_what_was_touched_is_named_by_record_event_day_and_clerk(desk: Desk) -> None:
    number = desk.register()
    db = desk.office.db
    outside(db, "UPDATE complaint SET state = 'closed', closed = '2026-11-20', accused_unit = 2")
    outside(db, "UPDATE complainant SET name = '别人'")
    outside(db, "DELETE FROM unit WHERE id = 3")
    found = {(one.kind, one.table): one for one in audit.inspect(desk.office).findings}
    touched = found["changed", "complaint"]
    assert (touched.row_id, touched.record, touched.clerk) == (number, "投〔2026〕0001", "王敏")
    assert touched.at == NOW
    assert [(f.column, f.before, f.after) for f in touched.fields] == [
        ("accused_unit", "市住房保障局", "市市场监督局"),
        ("state", "待批示", "办结"),
        ("closed", "", "2026-11-20"),
    ]
    assert audit.sentence(touched) == (
        "投诉举报“投〔2026〕0001”被程序以外的人改动过；"
        "最后一次通过程序的改动是第 5 条（2026-11-20 09:30 王敏）。"
    )
    hidden = found["changed", "complainant"]
    assert hidden.record == "投〔2026〕0001"
    assert hidden.fields[0].before == "身份保密"
    gone = audit.sentence(found["gone", "unit"])
    assert "单位“东关街道办事处”不见了" in gone
    assert not any(secret in str(one) for one in found.values() for secret in SECRETS)


def test_a_rewritten_record_is_told_before_the_guards_that_were_torn_down(desk: Desk) -> None:
    desk.register()
    db = desk.office.db
    for name in guards.present(db):
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute("UPDATE complaint SET subject = '别的'")
    kinds = [one.kind for one in audit.inspect(desk.office).findings]
    assert kinds[0] == "changed"
    assert len(kinds) > 50


def test_broken_references_and_lost_letters_are_named(desk: Desk) -> None:
    transferred(desk)
    db = desk.office.db
    outside(db, "DELETE FROM letter_file")
    db.execute("PRAGMA foreign_keys = OFF")
    with desk.office.ledger.action(EventDraft("person.save"), ACTING.actor()) as action:
        action.insert("person", name="张三", unit=99, post="")
    db.execute("PRAGMA foreign_keys = ON")
    assert said(desk) == [
        "文书“澄公开办投转〔2026〕1号”的原件不见了。请从备份恢复。",
        "人员“99　张三”指向的记录不存在。",
    ]


def test_a_damaged_file_is_said_to_be_damaged(desk: Desk) -> None:
    db = desk.office.db
    db.execute("PRAGMA writable_schema = ON")
    root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'unit_name'").fetchone()[0]
    db.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'person_unit'", [root])
    db.execute("PRAGMA writable_schema = RESET")
    found = audit.inspect(desk.office).findings
    assert found
    assert {one.kind for one in found} == {"file"}
    assert "从备份恢复" in audit.sentence(found[0])


# ---- beside the work ----------------------------------------------------------------------------

TAMPERINGS = (
    "UPDATE complaint SET subject = subject || '改' WHERE id = 1",
    "UPDATE complaint SET rev = rev + 1 WHERE id = 2",
    "UPDATE unit SET name = '市别的局' WHERE id = 2",
    "DELETE FROM unit WHERE id = 3",
    "UPDATE event SET label = 'x' WHERE seq = 3",
    "UPDATE event SET hash = replace(hash, 'a', 'b') WHERE seq = 4",
    "DELETE FROM event_change WHERE seq = 2",
    "UPDATE event_change SET after = replace(after, 'letter', 'phone') WHERE tbl = 'complaint'",
    "UPDATE event SET signature = '' WHERE seq = 5",
    "DELETE FROM letter_file",
)


@given(st.sets(st.sampled_from(TAMPERINGS)), st.sets(st.integers(0, 40), max_size=6))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_beside_the_work_the_same_is_found_and_what_is_done_meanwhile_is_not_accused(
    tmp_path: Path, desk: Desk, touched: set[str], times: set[int]
) -> None:
    """Whatever was touched before, and whenever somebody goes on working while it is looked for."""
    transferred(desk)
    desk.register()
    path = tmp_path / f"{secrets.token_hex(8)}.db"
    desk.office.db.execute("VACUUM INTO ?", [str(path)])
    with closing(office.open_office(path, desk.office.session)) as copy:
        for sql in touched:
            outside(copy.db, sql)
        whole = audit.look_over(copy.db)
        before = audit.inspect(copy).findings
        place = audit.hold(copy)
        assert place is not None
        seen = 0

        def work(_text: str, _done: int, _total: int) -> None:
            nonlocal seen
            if seen in times:
                person = people.save_person(copy, None, f"张{seen}", 1, "", ACTING).value
                people.save_person(copy, person, f"李{seen}", 1, "科员", ACTING)
            seen += 1

        beside = audit.look_beside(place, work)
        assert beside == whole
        found = audit.let_go(copy, place, beside)
        assert found is not None
        assert found.findings == before
        assert bool(found.findings) == bool(touched)
        assert audit.inspect(copy).findings == before  # nothing that was done is accused later


def without_guards(desk: Desk, *statements: str) -> None:
    """Change the shape from outside and make the guards fit again, as who hides his traces does."""
    db = desk.office.db
    for name in guards.present(db):
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute("PRAGMA foreign_keys = OFF")
    for sql in statements:
        db.execute(sql)
    db.execute("PRAGMA foreign_keys = ON")


def test_a_lost_column_is_told_before_what_follows_from_it(desk: Desk) -> None:
    desk.register()
    without_guards(
        desk,
        "ALTER TABLE complaint DROP COLUMN demands",
        "ALTER TABLE unit ADD COLUMN paid TEXT",
        "CREATE TABLE other (id INTEGER PRIMARY KEY)",
    )
    guards.install(desk.office.db)
    assert said(desk) == [
        "投诉举报的“诉求”一栏被人从数据文件里删去，这一栏的内容都丢失了。请从备份恢复。",
        "单位里有来历不明的一栏“paid”。",
        "数据文件里有来历不明的表“other”。",
    ]
    found = audit.inspect(desk.office).findings
    audit.accept(desk.office, found, "正在从备份恢复", ACTING)
    again = audit.inspect(desk.office)
    assert (again.findings, again.accepted) == ((), 3)


def test_a_lost_table_and_what_the_look_needs_itself_are_told(desk: Desk) -> None:
    desk.register()
    without_guards(desk, "DROP TABLE handover")
    guards.install(desk.office.db)
    assert said(desk) == [
        "数据文件里的表“只登交接的来信”整张不见了，登记在里面的内容都丢失了。请从备份恢复。"
    ]
    without_guards(desk, "ALTER TABLE letter DROP COLUMN sha256")
    assert said(desk) == [
        "文书的“文件校验值”一栏被人从数据文件里删去，这一栏的内容都丢失了。请从备份恢复。",
        "数据文件里的表“只登交接的来信”整张不见了，登记在里面的内容都丢失了。请从备份恢复。",
    ]


def test_a_lost_index_is_told_and_made_anew_by_taking_note(desk: Desk) -> None:
    desk.office.db.execute("DROP INDEX unit_name")
    found = audit.inspect(desk.office).findings
    assert [audit.sentence(one) for one in found] == ["单位的索引“unit_name”被人拆除。"]
    audit.accept(desk.office, found, "误删", ACTING)
    again = audit.inspect(desk.office)
    assert (again.findings, again.accepted) == ((), 0)


# ---- taking note --------------------------------------------------------------------------------


def test_what_was_taken_note_of_is_not_told_anew_and_stays_in_the_log(desk: Desk) -> None:
    outside(desk.office.db, "UPDATE unit SET name = '市别的局' WHERE id = 2")
    desk.office.db.execute("DROP TRIGGER guard_unit_delete")
    outside(desk.office.db, "UPDATE event SET label = 'x' WHERE seq = 2")
    found = audit.inspect(desk.office).findings
    assert len(found) == 3
    with pytest.raises(Faults):
        audit.accept(desk.office, found, " ", ACTING)
    audit.accept(desk.office, found, "电脑修过，已核对", ACTING)
    again = audit.inspect(desk.office)
    assert (again.findings, again.accepted) == ((), 2)  # the trigger was put up anew
    lines = auditlog.page(desk.office, LogFilter(group="log")).lines
    assert len(lines) == 3
    assert {one.reason for one in lines} == {"电脑修过，已核对"}
    assert any("单位“市市场监督局”被程序以外的人改动过" in one.label for one in lines)
    outside(desk.office.db, "UPDATE unit SET name = '市又一局' WHERE id = 2")
    assert len(audit.inspect(desk.office).findings) == 1  # touched again: another finding
    people.save_unit(desk.office, 2, "市正名局", people.UNIT_KINDS[0], ACTING)
    assert audit.inspect(desk.office).findings == ()


def test_only_an_administrator_takes_note(desk: Desk) -> None:
    path = desk.office.path
    outside(desk.office.db, "UPDATE unit SET name = '市别的局' WHERE id = 2")
    desk.office.close()
    desk.office = office.open_office(path, office_session(path, 2))
    found = audit.inspect(desk.office).findings
    with pytest.raises(NotPermitted):
        audit.accept(desk.office, found, "无妨", Acting(2, "李堃", NOW))


# ---- the log in words ---------------------------------------------------------------------------


def test_every_action_table_and_column_has_its_chinese_word(desk: Desk) -> None:
    assert set(RIGHTS) <= set(auditwords.ACTIONS)
    assert {name.split(".")[0] for name in RIGHTS} <= set(auditwords.GROUPS)
    db = desk.office.db
    tables = audit.guards.record_tables(db)
    assert set(tables) <= set(auditwords.TABLES)
    for table in tables:
        for column in audit.guards.columns(db, table):
            assert auditwords.column_words(table, column) != column, (table, column)


def test_what_a_step_came_to_is_said_in_words() -> None:
    for kind in (Ruling, Outcome):
        assert {one.value for one in kind} <= set(auditwords.VALUES["outcome"])


def test_an_event_is_told_field_by_field_in_words(desk: Desk) -> None:
    number = desk.register()
    event = desk.decide(number, Ruling.REFUSE)
    seen = auditlog.event(desk.office, event)
    assert seen.signature is Signature.GOOD
    assert seen.anchor.startswith(f"{event}-")
    changed = {one.table: one for one in seen.records}
    fields = {f.column: (f.before, f.after) for f in changed["complaint"].fields}
    assert fields["state"] == ("待批示", "待告知")
    assert fields["ruling"] == ("", "不予受理")
    assert changed["complaint_step"].made
    first = auditlog.event(desk.office, event - 1)
    values = {f.column: f.after for one in first.records for f in one.fields}
    assert values["name"] == "身份保密"
    assert values["pack"] == "河北省保定市" or "保定" in values["pack"]
    assert values["channel"] == "信函"
    assert not any(secret in str(first) or SEALED in str(first) for secret in SECRETS)
    with pytest.raises(LookupError):
        auditlog.event(desk.office, 99)


def test_the_signature_of_one_event_is_judged(desk: Desk) -> None:
    db = desk.office.db
    outside(db, "UPDATE event SET reason = 'x' WHERE seq = 2")
    outside(db, "UPDATE event SET signature = ? WHERE seq = 3", ["00" * 64])
    outside(db, "UPDATE event SET signature = '' WHERE seq = 4")
    assert [auditlog.event(desk.office, n).signature for n in (1, 2, 3, 4)] == [
        Signature.GOOD,
        Signature.ALTERED,
        Signature.FORGED,
        Signature.NONE,
    ]


def test_the_log_is_filtered_by_the_file(desk: Desk) -> None:
    number = desk.register()
    event = desk.decide(number, Ruling.ACCEPT)
    office.take_back(desk.office, event, ACTING, "点错了")

    def found(**wanted: object) -> list[int]:
        page = auditlog.page(desk.office, LogFilter(**wanted))  # type: ignore[arg-type]
        assert page.total == len(page.lines)
        return [one.seq for one in page.lines]

    assert found() == [7, 6, 5, 4, 3, 2, 1]
    assert found(record="0001") == [7, 6, 5]
    assert found(record="%") == []
    assert found(record="_") == []
    assert found(group="unit") == [4, 3, 2]
    assert found(group="undo") == [7]
    assert found(undone=True) == [6]
    assert found(clerk=2) == []
    assert found(first=TODAY, last=TODAY) == [7, 6, 5, 4, 3, 2, 1]
    assert found(first=date(2026, 11, 21)) == []
    assert found(last=date(2026, 11, 19)) == []
    assert found(reveals=True) == []
    newest = auditlog.page(desk.office, LogFilter()).lines[0]
    assert (newest.undoes, newest.reason) == (6, "点错了")
    undone = auditlog.page(desk.office, LogFilter(), before=7).lines[0]
    assert undone.undone_by == 7


# ---- heads on paper -----------------------------------------------------------------------------


def test_a_letters_code_holds_the_head_before_it(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    before = audit.head(desk.office)
    letter = letter_queries.letter(desk.office.db, desk.transfer(number))
    assert letter is not None
    assert notices.read_code(letter.code).anchor == before
    assert lettercode.verify(desk.office, letter.code).agreement is Agreement.GOOD
    seen = audit.check_anchor(desk.office, letter.code)
    assert (seen.held, seen.anchor, seen.label) == (Held.HELD, before, "投〔2026〕0001")
    old = re.sub(r"^SLED2(.*)\|[^|]*$", r"SLED1\1", letter.code)
    assert lettercode.verify(desk.office, old).agreement is Agreement.GOOD
    assert lettercode.verify(desk.office, old).anchor is None
    outside(desk.office.db, "DELETE FROM event_change WHERE seq > 5")
    outside(desk.office.db, "DELETE FROM event WHERE seq > 5")
    cut = lettercode.verify(desk.office, letter.code)
    assert cut.anchor is not None
    assert cut.anchor.held is Held.CUT
    assert audit.check_anchor(desk.office, old).held is Held.UNREADABLE


def test_a_head_tells_a_cut_tail_and_another_file(desk: Desk) -> None:
    desk.register()
    paper = audit.head(desk.office)
    outside(desk.office.db, "DELETE FROM event_change WHERE seq = 5")
    outside(desk.office.db, "DELETE FROM event WHERE seq = 5")
    seen = audit.check_anchor(desk.office, paper)
    assert (seen.held, seen.seq, seen.last) == (Held.CUT, 5, 4)
    other = "4" + paper[1:]
    assert audit.check_anchor(desk.office, other).held is Held.OTHER
    assert audit.check_anchor(desk.office, "4").held is Held.UNREADABLE


# ---- the monthly sheet --------------------------------------------------------------------------


def test_the_monthly_sheet_says_the_month_in_figures(desk: Desk) -> None:
    transferred(desk)
    head = audit.head(desk.office)
    pdf = monthly.sheet(desk.office, Month(2026, 11), ACTING)
    text = notices_text(pdf)
    assert "本月7条，第1条至第7条" in text
    assert head in text
    assert "本月1件：投〔2026〕0001。" in text
    assert "本月没有新编号。" in text
    assert "澄公开办投转〔2026〕1号" in text
    line = auditlog.page(desk.office, LogFilter()).lines[0]
    assert (line.action, line.label) == ("log.anchor", f"2026年11月月度核对单 {head}")
    assert audit.check_anchor(desk.office, head).held is Held.HELD


def notices_text(pdf: bytes) -> str:
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return "".join(page.split())


def test_a_month_without_events_stands_on_the_last_one_before(desk: Desk) -> None:
    later = date(2027, 1, 5)
    assert monthly.months(desk.office, later) == (
        Month(2027, 1),
        Month(2026, 12),
        Month(2026, 11),
    )
    at = Acting(1, "王敏", datetime(2027, 1, 5, 9))
    head = audit.head(desk.office)
    assert head in notices_text(monthly.sheet(desk.office, Month(2026, 12), at))
    with pytest.raises(Faults):
        monthly.sheet(desk.office, Month(2026, 10), at)


def test_the_window_of_a_month_ends_with_the_year() -> None:
    assert Month(2026, 12).end() == date(2027, 1, 1)
    assert Month(2026, 1).end() == date(2026, 2, 1)


def test_settings_are_called_by_their_words(desk: Desk) -> None:
    desk.register()
    with desk.office.ledger.action(EventDraft("office.setting", "profile", 1), ACTING.actor()) as a:
        office.keep_setting(a, desk.office.db, "recovery.sheet", "2026-11-20")
        office.keep_setting(a, desk.office.db, "series.decision", "追决")
    outside(
        desk.office.db, "UPDATE office_setting SET value = '2020-01-01' WHERE key LIKE '%sheet'"
    )
    (told,) = said(desk)
    assert told.startswith("设置“恢复单的制作日期”被程序以外的人改动过")
    assert auditwords.setting_words("series.decision") == "文书编号的代字（责任追究决定书）"
    assert auditwords.setting_words("begin.people") == "开始使用：搁下的一项（单位和人员）"
    assert auditwords.setting_words("later.unknown") == "later.unknown"
