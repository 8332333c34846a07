"""The exported log: whole as it was written, sealed as it was, and no change of it goes unseen."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import StorageFault
from desktop.rules.complaints import Ruling
from desktop.usecases import auditexport, auditlog, identity, monthly, people
from desktop.usecases.auditlog import LogFilter
from desktop.usecases.monthly import Month
from desktop.usecases.sample import SAMPLE_PASSWORD
from tests.tamper import outside
from tests.usecases.desk import ACTING, PASSWORD, SECRETS, Desk, draft_office, make, sit_down

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", name="exported")
def _exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of an office with a letter and a monthly sheet."""
    folder = tmp_path_factory.mktemp("exported")
    make(folder / "office.db", draft_office())
    desk = sit_down(folder / "office.db")
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    desk.transfer(number)
    desk.find(number)
    desk.answer(number)
    monthly.sheet(desk.office, Month(2026, 11), ACTING)
    done = auditexport.export(desk.office, folder / "log.jsonl", ACTING)
    assert (done.value, done.event) == (10, 11)
    desk.office.close()
    return folder / "log.jsonl"


def test_a_whole_log_is_found_whole(exported: Path) -> None:
    code, said = auditexport.report(exported)
    assert code == 0
    assert "操作记录：10 条（第 1 条至第 10 条）" in said
    assert "公钥：2 个；已核对的印制链首：3 个" in said
    assert "结论：完整" in said


def test_nobodys_identity_and_no_key_is_in_it(exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    for secret in (*SECRETS, PASSWORD, SAMPLE_PASSWORD):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text
    assert identity.SEALED in text.replace("\\u2063", "\u2063")


def test_it_is_checked_without_the_office_or_a_window(exported: Path) -> None:
    run = [sys.executable, "-m", "desktop", "--verify", str(exported)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：完整" in done.stdout
    done = subprocess.run(
        [*run[:-1], "nothing.jsonl"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "读不到文件" in done.stdout


Lines = list[bytes]


def _change(text: bytes, new: bytes) -> Callable[[Lines], Lines]:
    return lambda lines: [line.replace(text, new) for line in lines]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda lines: [*lines[:4], *lines[5:]], "第 4 条不见了"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "第 3 条"),
        (lambda lines: [*lines[:-2], lines[-1]], "被截短或者改动过"),
        (lambda lines: lines[:-1], "末尾不完整"),
        (lambda lines: lines[:1], "末尾不完整"),
        (lambda lines: [], "开头不是操作记录"),
        (lambda lines: [*lines[:3], b"{}\n", *lines[3:]], "读不出来"),
        (lambda lines: [*lines[:3], b'{"event":[1],"changes":[],"hash":"","signature":""}\n',
                        *lines[3:]], "读不出来"),
        (_change("市市场监督局".encode(), "市市场管理局".encode()), "与它的校验值不符"),
        (_change("澄岳市".encode(), "登岳市".encode()), "不是导出人所签"),
        (_change(b'"version":2', b'"version":9'), "不是这个版本"),
    ],
)  # fmt: skip
def test_harm_is_found_and_named(
    exported: Path, tmp_path: Path, harm: Callable[[Lines], Lines], words: str
) -> None:
    harmed = tmp_path / "harmed.jsonl"
    harmed.write_bytes(b"".join(harm(exported.read_bytes().splitlines(keepends=True))))
    code, said = auditexport.report(harmed)
    assert code == 1
    assert words in said


def test_a_false_printed_head_is_named(exported: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.jsonl"
    lines = exported.read_bytes().splitlines(keepends=True)
    lines[-1] = re.sub(rb'"6-....', b'"6-AAAA', lines[-1])
    harmed.write_bytes(b"".join(lines))
    code, said = auditexport.report(harmed)
    assert code == 1
    assert "澄公开办投转〔2026〕1号上印的链首 6-AAAA" in said


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_single_changed_byte_goes_unseen(
    exported: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(exported.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda b: b != content[place]))
    harmed = tmp_path / "harmed.jsonl"
    harmed.write_bytes(bytes(content))
    code, said = auditexport.report(harmed)
    assert code == (0 if _same(exported, harmed) else 1), said


def _same(one: Path, other: Path) -> bool:
    """Say whether both files say the same, whatever the blanks between."""
    try:
        said = [
            [json.loads(line) for line in path.read_bytes().splitlines()] for path in (one, other)
        ]
    except ValueError:
        return False
    return said[0] == said[1]


def test_a_place_that_can_not_be_written_leaves_no_event(desk: Desk, tmp_path: Path) -> None:
    before = auditlog.page(desk.office, LogFilter()).total
    with pytest.raises(StorageFault):
        auditexport.export(desk.office, tmp_path / "missing" / "log.jsonl", ACTING)

    def stop(_text: str, _done: int, _total: int) -> None:
        raise KeyboardInterrupt

    for n in range(500 - before):
        people.save_unit(desk.office, None, f"单位{n}", people.UNIT_KINDS[0], ACTING)
    with pytest.raises(KeyboardInterrupt):
        auditexport.export(desk.office, tmp_path / "log.jsonl", ACTING, stop)
    assert not list(tmp_path.glob("log*"))
    assert auditlog.page(desk.office, LogFilter()).total == 500


def test_many_breaks_are_counted(desk: Desk, tmp_path: Path) -> None:
    for n in range(60):
        people.save_unit(desk.office, None, f"单位{n}", people.UNIT_KINDS[0], ACTING)
    outside(desk.office.db, "UPDATE event SET hash = replace(hash, 'a', 'b')")
    auditexport.export(desk.office, tmp_path / "log.jsonl", ACTING)
    code, said = auditexport.report(tmp_path / "log.jsonl")
    assert code == 1
    assert "没有逐条列出" in said
