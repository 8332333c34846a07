"""Who complained, looked for in every byte that the program left behind: nothing may be found."""

import base64
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from db import backup
from desktop.rules.backups import Reason
from desktop.rules.complaints import Outcome, PersonTyped, Ruling
from desktop.ui.common import errors
from desktop.usecases import (
    answers,
    attachments,
    backups,
    complaints,
    drafts,
    keeping,
    letters,
    looking,
    register,
    restores,
)
from desktop.usecases.answers import AnswerDraft, RefusalDraft
from desktop.usecases.complaints import DecisionDraft, FindingDraft
from desktop.usecases.office import Acting, Office
from tests.drill.children import complaint_draft, transfer
from tests.drill.offices import ACTING, NOW, make_office, session, sit_down
from tests.drill.result import Result

#: Words that stand nowhere else: names, a telephone, an address, an account of a kind.
SECRETS = ("龘燚垚", "欧阳犇羴", "13987650123", "鱻淼巷 77 号乙")
NAMES = SECRETS[:2]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A secret in one of the shapes in which it could lie about."""

    secret: str
    shape: str
    content: bytes


def patterns() -> list[Pattern]:
    """Return every secret in every encoding and disguise that a program might leave it in."""
    found = []
    for secret in SECRETS:
        shapes = {
            "utf-8": secret.encode(),
            "utf-16-le": secret.encode("utf-16-le"),
            "utf-16-be": secret.encode("utf-16-be"),
            "utf-32-le": secret.encode("utf-32-le"),
            "gb18030": secret.encode("gb18030"),
            "nfd": unicodedata.normalize("NFKD", secret).encode(),
            "url": quote(secret).encode(),
            "json": "".join(f"\\u{ord(c):04x}" for c in secret if ord(c) > 127).encode(),
            "settings": "".join(f"\\x{ord(c):x}" for c in secret if ord(c) > 127).encode(),
            "hex": secret.encode().hex().encode(),
            **{f"base64+{n}": part for n, part in enumerate(_base64(secret.encode()))},
        }
        if secret in NAMES:  # a part of a rare name is telling too
            shapes["part"] = secret[-2:].encode()
            shapes["part-16"] = secret[-2:].encode("utf-16-le")
        found += [Pattern(secret, shape, c) for shape, c in shapes.items() if len(c) > 5]
    return found


def _base64(content: bytes) -> Iterator[bytes]:
    """The middle of a text in base64, wherever in its line it begins."""
    for before in range(3):
        whole = base64.b64encode(b"x" * before + content)
        yield whole[4 if before else 0 : -4]


def byte_search(folder: Path) -> Result:
    """Work an office through with complainants in it, then search every byte of every file."""
    data, typed = folder / "data", folder / "typed"
    data.mkdir()
    typed.mkdir()
    temporary = data / "temp"
    temporary.mkdir()
    former, tempfile.tempdir = tempfile.tempdir, str(temporary)
    try:
        path = data / "office.db"
        _whole_life(path, typed, data)
        rows = _rows_without_identity_key(path)
    finally:
        tempfile.tempdir = former
    wanted = patterns()
    _search_can_find(wanted)
    tried, hits = 0, []
    for file in sorted(data.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            tried += len(wanted)
            hits += [f"{file.name}: {p.shape}" for p in wanted if p.content in content]
            hits += [f"name of {file.name}" for s in SECRETS if s in str(file)]
    for table, content in rows:
        tried += len(wanted)
        hits += [f"row of {table}: {p.shape}" for p in wanted if p.content in content]
    files = sum(1 for file in data.rglob("*") if file.is_file())
    what = (
        f"{len(SECRETS)} secrets in {len(wanted)} shapes, looked for in {files} files (office, wal, "
        f"keys, backups, journal, attachments, temp, log) and in {len(rows)} rows read without the "
        f"identity key"
    )
    return Result(
        "byte_search", tried, tried - len(hits), "; ".join([what, *sorted(set(hits))[:5]])
    )


def _search_can_find(wanted: list[Pattern]) -> None:
    """A search that finds nothing must be able to find something."""
    for secret in SECRETS:
        text = f"前{secret}后"
        for shape, content in (("utf-8", text.encode()), ("utf-16-le", text.encode("utf-16-le"))):
            assert any(p.content in content for p in wanted if p.shape == shape), shape
        assert any(
            p.content in base64.b64encode(text.encode()) for p in wanted if "base64" in p.shape
        )


def _whole_life(path: Path, typed: Path, data: Path) -> None:
    office = make_office(path)
    keeping.begin(office, date(2026, 11, 1))
    usb = data / "usb"
    usb.mkdir()
    backups.choose_places(office, "", str(usb), True, ACTING)
    carry = backups.carry(office, NOW)
    there = backups.carried(carry, office.session.keys.data)
    backups.note_second(office, there, ACTING)
    keeping.begin_journal(office, there)
    _clerk_s_day(office, typed)
    _log_an_error(data)
    made = backups.make(office, Reason.HAND, NOW + timedelta(hours=2))
    backups.drill(made, office.session.keys.data)
    _late_work(office)
    office.close()
    who = session(path)
    later = Acting(1, "王敏", NOW + timedelta(hours=4))
    restores.restore_office(path, who, made, "演练", later)
    office = sit_down(path)
    _late_work(office)
    # The file is left as a crash leaves it: with its write-ahead log beside it.
    for beside in (path, Path(f"{path}-wal")):
        (data / f"crashed-{beside.name}").write_bytes(beside.read_bytes())
    office.close()


def _clerk_s_day(office: Office, typed: Path) -> None:
    people = (
        PersonTyped(NAMES[0], SECRETS[2], SECRETS[3]),
        PersonTyped(NAMES[1], SECRETS[2], SECRETS[3]),
    )
    evidence = typed / "材料.txt"
    evidence.write_text("".join(SECRETS), "utf-8")
    told = f"我叫{NAMES[0]}，住{SECRETS[3]}，电话{SECRETS[2]}。该局未公开职权目录。"
    for n in range(4):
        draft = replace(
            complaint_draft(office, f"职权目录未公开{n}"),
            complainants=people[n % 2 : n % 2 + 1],
            text=told if n % 2 == 0 else told.replace(NAMES[0], NAMES[1]),
            demands=f"请答复{people[n % 2].name}",
            attachments=(str(evidence),),
        )
        number = complaints.register_complaint(office, draft, ACTING).value
        _course(office, number, n)
    attachments.content(office, 1)
    place = drafts.Place("complaint", "complaint", 0)
    drafts.keep(office, drafts.Typed(place, "", {"text": told, "name": NAMES[0]}, 0, -1), NOW)


def _course(office: Office, number: int, n: int) -> None:
    """Bring a complaint on; the letters to the complainants bear their names."""
    if n == 0:
        transfer(office, number, ACTING)
    elif n == 1:
        decision = DecisionDraft("周局", NOW.date(), Ruling.REFUSE, "", None, "不属于职责")
        complaints.decide(office, number, decision, ACTING)
        refusal = RefusalDraft("不属于本办公室职责。", "可以向市信访局反映。", NOW.date())
        letter = answers.refuse(office, number, refusal, ACTING).value
        assert letters.pdf(office, letter).startswith(b"%PDF")
    else:
        decision = DecisionDraft("周局", NOW.date(), Ruling.ACCEPT, "同意")
        complaints.decide(office, number, decision, ACTING)
        found = FindingDraft(NOW.date(), "李堃、王敏", "目录未公开。", Outcome.PROVEN, "责令公开。")
        complaints.record_finding(office, number, found, ACTING)
        answer = AnswerDraft("目录确未公开。", "已责令公开。", NOW.date())
        answers.answer(office, number, answer, ACTING)
    looking.reveal(office, number, ACTING)
    register.as_written(office, register.view(office, number, NOW.date()).complaint)


def _late_work(office: Office) -> None:
    draft = complaint_draft(office, "又一件", NAMES[0])
    complaints.register_complaint(office, draft, Acting(1, "王敏", NOW + timedelta(hours=5)))


def _log_an_error(data: Path) -> None:
    """An error nobody expected, with a name in its message and in what it was raised from."""
    try:
        try:
            raise ValueError(SECRETS[0])
        except ValueError as inner:
            raise RuntimeError(f"{SECRETS[1]} {SECRETS[2]}") from inner
    except RuntimeError as error:
        (data / "log.txt").write_text(errors.describe(error), "utf-8")


def _rows_without_identity_key(path: Path) -> list[tuple[str, bytes]]:
    """Every value of every table, as somebody reads it who holds the data key alone (管理员)."""
    db = backup.look(path, session(path).keys.data)
    found = []
    try:
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in db.execute(f'SELECT * FROM "{table}"').fetchall():
                content = b"\0".join(
                    value if isinstance(value, bytes) else str(value).encode() for value in row
                )
                found.append((str(table), content))
    finally:
        db.close()
    return found
