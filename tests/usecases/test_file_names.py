"""What a complaint's files are called tells who sent them: nobody reads it without the right."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from db.ledger import EventDraft
from db.queries import log as log_queries
from desktop.rules.complaints import Ruling
from desktop.rules.faults import NotPermitted
from desktop.rules.roles import Role
from desktop.usecases import (
    attachments,
    audit,
    auditexport,
    auditlog,
    exports,
    inquiry,
    letters,
    sheets,
    shelf,
    transfers,
)
from desktop.usecases.exports import ExportDraft
from desktop.usecases.inquiry import EvidenceDraft
from desktop.usecases.transfers import TransferDraft
from tests.pdftext import text_of
from tests.usecases.desk import ACTING, NAME, TODAY, Desk

FILE = f"{NAME}的来信.pdf"


@pytest.fixture(name="number")
def _number(desk: Desk, tmp_path: Path) -> int:
    """A proven complaint with a file that is called after who sent it."""
    path = tmp_path / FILE
    path.write_bytes(b"%PDF-1.7 one")
    return desk.proven(attachments=(str(path),))


def to_reader(desk: Desk) -> None:
    desk.office.session = replace(desk.office.session, roles=frozenset({Role.READER}))


def linked(desk: Desk, number: int) -> int:
    """A case whose evidence is the complaint's file."""
    case = desk.open_case(complaint=number)
    (file,) = desk.case(case).materials
    draft = EvidenceDraft("来信", "书证", TODAY, "王敏、李堃", "", (), (file.id,))
    inquiry.add_evidence(desk.office, case, draft, ACTING)
    return case


def test_the_record_and_the_case_show_it_to_who_may_see_it_only(desk: Desk, number: int) -> None:
    case = linked(desk, number)
    (evidence,) = desk.case(case).evidence
    assert [f.name for f in desk.case(case).files_of(evidence.id)] == [FILE]
    assert [f.name for f in desk.seen(number).attachments] == [FILE]
    to_reader(desk)
    assert [f.name for f in desk.seen(number).attachments] == ["附件1"]
    assert [f.name for f in desk.case(case).files_of(evidence.id)] == ["附件1"]
    assert NAME not in str(shelf.view(desk.office, case, TODAY))
    with pytest.raises(NotPermitted):
        attachments.content(desk.office, desk.seen(number).attachments[0].id)


def test_rows_and_log_hold_it_sealed(desk: Desk, number: int, tmp_path: Path) -> None:
    linked(desk, number)
    assert NAME not in str(desk.rows())
    changes = desk.office.db.execute("SELECT before, after FROM event_change").fetchall()
    assert not any(NAME in str(row) for row in changes)
    (made,) = [
        one
        for seq in range(1, desk.last_event() + 1)
        for one in auditlog.event(desk.office, seq).records
        if one.table == "attachment"
    ]
    assert NAME not in str(made)
    assert any(f.column == "name" and f.after == "身份保密" for f in made.fields)
    path = tmp_path / "log.jsonl"
    auditexport.export(desk.office, path, ACTING)
    assert NAME not in path.read_text("utf-8")
    assert "来信.pdf" not in path.read_text("utf-8")


def test_a_name_kept_open_by_an_older_program_is_masked_all_the_same(
    desk: Desk, number: int
) -> None:
    (file,) = desk.seen(number).attachments
    event = EventDraft("complaint.correct", "complaint", number)
    with desk.office.ledger.action(event, ACTING.actor()) as action:
        action.update("attachment", file.id, name=FILE)
    assert NAME in str(auditlog.event(desk.office, event.seq).records)
    to_reader(desk)
    assert [f.name for f in desk.seen(number).attachments] == ["附件1.pdf"]
    assert NAME not in str(auditlog.event(desk.office, event.seq).records)
    assert NAME not in audit.record_label(desk.office, "attachment", file.id)


def test_export_and_letters_do_not_hold_it(desk: Desk, number: int, tmp_path: Path) -> None:
    path = tmp_path / "登记簿.csv"
    draft = ExportDraft(path, (number,), exports.OPEN_COLUMNS)
    exports.export_register(desk.office, draft, ACTING)
    assert "来信" not in path.read_text("utf-8-sig")
    desk.answer(number)
    for letter in letters.of(desk.office, letters.Subject("complaint", number)):
        assert "来信.pdf" not in desk.pdf_text(letter.id)
        image = log_queries.newest_image(desk.office.db, "letter", letter.id)
        assert "来信" not in json.dumps(image, ensure_ascii=False)


def test_what_is_passed_on_does_not_hold_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"%PDF-1.7 one")
    number = desk.register(attachments=(str(path),))
    desk.decide(number, Ruling.TRANSFER)
    draft = TransferDraft("该局未公开目录。", "公开目录", None, TODAY)
    fields = transfers.transfer_letter(desk.seen(number), draft, ACTING).fields
    assert "来信" not in str(fields)
    assert "来信" not in desk.pdf_text(desk.transfer(number))


def test_the_printed_list_of_evidence_calls_it_by_its_number(
    desk: Desk, number: int, tmp_path: Path
) -> None:
    case = linked(desk, number)
    photo = tmp_path / "公开栏.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 x")
    draft = EvidenceDraft(f"{NAME}提供的照片", "书证", TODAY, "王敏、李堃", f"{NAME}拍摄",
                          (str(photo),))  # fmt: skip
    inquiry.add_evidence(desk.office, case, draft, ACTING)
    said = "".join(text_of(sheets.evidence_list(desk.office, case, ACTING)).split())
    assert "投〔2026〕0001附件1" in said
    assert "公开栏.jpg" in said
    assert "证据2件，附件2个" in said
    assert NAME not in said
    assert "来信.pdf" not in said
    to_reader(desk)
    with pytest.raises(NotPermitted):
        sheets.evidence_list(desk.office, case, ACTING)


def test_evidence_consists_of_files_that_are_there(desk: Desk, number: int) -> None:
    case = desk.open_case(complaint=number)
    draft = EvidenceDraft("来信", "书证", TODAY, "王敏、李堃", "", (), (99,))
    with pytest.raises(Exception, match="gone"):
        inquiry.add_evidence(desk.office, case, draft, ACTING)
    event = desk.count("event")
    linked_case = desk.case(case)
    (file,) = linked_case.materials
    assert attachments.look(desk.office, file.id, ACTING) == b"%PDF-1.7 one"
    assert desk.count("event") == event + 1  # to look at it from the case is on record too
    inquiry.add_evidence(desk.office, case, replace(draft, linked=(file.id,)), ACTING)
    assert len(desk.case(case).evidence_files) == 1
    desk.take_back()
    assert desk.case(case).evidence_files == ()
