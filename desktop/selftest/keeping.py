"""What keeps an office safe, in a self-test: the recovery sheet, and ledgers from elsewhere."""

from datetime import timedelta
from pathlib import Path

import xlsxwriter

from desktop.rules.backups import Reason
from desktop.selftest.desk import acting, look_at, opened
from desktop.selftest.papers import UNIT
from desktop.selftest.trial import NAME, Failed, Trial
from desktop.usecases import backups, exports, imports, people, recovery, restores
from desktop.usecases.exports import Column, ExportDraft
from desktop.usecases.imports import Unreadable

#: Enough that their images are bundled.
LINES = 520
HEADERS = ("来访日期", "来访人", "联系电话", "被投诉单位", "投诉内容")


def recover(trial: Trial) -> str:
    """Make the recovery sheet, and open the office file with nothing but what is printed on it."""
    with opened(trial) as office:
        identity = office.session.keys.identity
        if identity is None:
            raise Failed("the user who made the office does not hold the identity key")
        pdf = recovery.sheet(office, identity, acting(trial))
        data_signs = recovery.signs(office.session.keys.data)
        identity_signs = recovery.signs(identity)
        read = [data_signs[place - 1] for place in recovery.asked_places(office)]
        recovery.confirm_sheet(office, read, acting(trial))
    said = look_at(trial, "恢复单", trial.keep_letter("恢复单", pdf))
    missing = [sign for sign in data_signs + identity_signs if sign not in said]
    if missing:
        raise Failed(f"the sheet does not show {''.join(missing)}")
    found = recovery.open_by_sheet(trial.office, data_signs, identity_signs)
    return f"{len(data_signs)} 字，打开了“{found.office}”"


def import_ledger(trial: Trial) -> str:
    """Read a workbook in a process of its own and register what stands in it."""
    path = trial.folder / "旧台账.xlsx"
    _write_workbook(trial, path)
    sheet = imports.read_ledger(path)
    with opened(trial) as office:
        review = imports.check(office, imports.plan(office, sheet), acting(trial).today)
        done = imports.import_ledger(office, review, acting(trial)).value
    if done.count != LINES:
        raise Failed(f"{LINES} lines became {done.count} complaints")
    return f"{len(sheet.rows)} 行，登记 {done.count} 件：{done.first} 至 {done.last}"


def export_register(trial: Trial) -> str:
    """Write the register as a workbook with all who complained, and read it again."""
    path = trial.folder / "导出 登记簿.xlsx"
    ids = tuple(range(1, LINES + 2))
    draft = ExportDraft(path, ids, tuple(Column), named=True, reason="自检")
    with opened(trial) as office:
        count = exports.export_register(office, draft, acting(trial)).value
    sheet = imports.read_ledger(path)
    if not any(NAME in row for row in sheet.rows):
        raise Failed(f"the workbook of {count} complaints does not show {NAME}")
    return f"{count} 件，{path.stat().st_size} 字节"


def _write_workbook(trial: Trial, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("台账")
    page.write_row(0, 0, HEADERS)
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    for line in range(1, LINES + 1):
        day = trial.clock().replace(hour=0, minute=0, second=0, microsecond=0)
        page.write_datetime(line, 0, (day - timedelta(days=10 + line)).replace(tzinfo=None), dated)
        words = (f"来访人{line:03}", f"139{line:08}", UNIT, f"第 {line} 件：办事程序没有公开。")
        page.write_row(line, 1, words)
    book.close()


def restore_backup(trial: Trial) -> str:
    """Back the office up, add to it, and go back to the backup as after a mistake."""
    before = _units(trial)
    with opened(trial) as office:
        made = backups.make(office, Reason.HAND, trial.clock())
        people.save_unit(office, None, "误加的单位", people.UNIT_KINDS[0], acting(trial))
        session = office.session
    if _units(trial) == before:
        raise Failed("nothing was added after the backup")
    restores.restore_office(trial.office, session, made, "自检", acting(trial))
    if _units(trial) != before:
        raise Failed(f"after going back there are {_units(trial)}")
    return f"备份第 {made.head.seq} 号操作，恢复后 {len(before)} 个单位"


def _units(trial: Trial) -> tuple[str, ...]:
    with opened(trial) as office:
        return tuple(unit.name for unit in people.directory(office).units)


def refuse_broken(trial: Trial) -> str:
    """See that a workbook that is none is refused, and the program goes on."""
    path = trial.folder / "坏台账.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(4096))
    try:
        imports.read_ledger(path)
    except Unreadable as refused:
        return f"不接受：{refused.code}"
    raise Failed("a broken workbook was read")
