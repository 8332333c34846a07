"""A complaint from intake to its end, without a window."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from db.driver import sqlite
from desktop.rules.complaints import Identity, Outcome, PersonTyped, Ruling, State, Step
from desktop.rules.faults import Faults
from desktop.rules.roles import Role
from desktop.rules.rulebook import System
from desktop.usecases import (
    answers,
    attachments,
    complaints,
    letters,
    looking,
    profile,
    register,
)
from desktop.usecases.answers import AnswerDraft, InterimDraft
from desktop.usecases.complaints import DecisionDraft
from tests.tamper import outside
from tests.usecases.desk import (
    ACTING,
    ADDRESS,
    NAME,
    PHONE,
    SECRETS,
    TODAY,
    Desk,
    Make,
    at,
    faulty,
    forbidden,
    not_undoable,
)

DAY = timedelta(days=1)


def test_a_complaint_goes_from_register_to_close_by_transfer(desk: Desk) -> None:
    events = desk.count("event")
    number = desk.register()
    assert desk.seen(number).complaint.number == "投〔2026〕0001"
    for step, state in (
        (lambda: desk.decide(number, Ruling.TRANSFER), State.TRANSFER_DUE),
        (lambda: desk.transfer(number), State.TRANSFERRED),
        (lambda: desk.interim(number), State.TRANSFERRED),
        (lambda: desk.find(number, Outcome.UNPROVEN), State.FOUND),
        (lambda: desk.answer(number), State.ANSWERED),
        (lambda: desk.close(number), State.CLOSED),
    ):
        step()
        assert desk.seen(number).state is state
    seen = desk.seen(number)
    assert [s.step for s in seen.steps] == [
        "register", "decide", "transfer", "interim", "find", "answer", "close",
    ]  # fmt: skip
    assert [x.number for x in seen.letters] == [
        "澄公开办投转〔2026〕1号", "澄公开办投告〔2026〕1号", "澄公开办投告〔2026〕2号",
    ]  # fmt: skip
    assert desk.count("event") == events + 7
    assert {c.rule.id: c.stopped for c in seen.clocks if c.stopped} == {
        "transfer": TODAY, "written": TODAY,
    }  # fmt: skip


def test_a_refused_complaint_is_told_and_closed(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.REFUSE)
    with forbidden("other_ruling"):
        desk.transfer(number)
    with forbidden("other_ruling"):
        desk.find(number)
    text = desk.pdf_text(desk.refuse(number))
    assert NAME in text
    assert "不属于本办公室职责" in text
    assert "第七条第（六）项" in text
    desk.close(number)
    assert desk.seen(number).state is State.CLOSED
    assert desk.seen(number).complaint.told_in_writing == TODAY


def test_an_anonymous_complaint_ends_without_anybody_told(desk: Desk) -> None:
    refused = desk.anonymous()
    desk.decide(refused, Ruling.REFUSE)
    with forbidden("anonymous"):
        desk.refuse(refused)
    desk.close(refused)
    found = desk.anonymous()
    with forbidden("anonymous"):
        desk.interim(found)
    desk.decide(found, Ruling.ACCEPT)
    desk.find(found)
    with forbidden("anonymous"):
        desk.answer(found)
    desk.close(found)
    assert {desk.seen(n).state for n in (refused, found)} == {State.CLOSED}
    assert all(not c.stopped for c in desk.seen(found).clocks)


def test_what_the_complainants_read_holds_no_mask_of_their_names(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number, facts=f"{NAME}反映的情况属实。")
    facts = desk.seen(number).steps[-1].text
    assert facts == "×××反映的情况属实。"
    with faulty(("findings", "mask_printed")):
        answers.answer(desk.office, number, AnswerDraft(facts, "已公开。", TODAY), ACTING)
    with faulty(("progress", "mask_printed")):
        word = InterimDraft(facts, "继续核实。", None, TODAY)
        answers.tell_progress(desk.office, number, word, ACTING)
    draft = AnswerDraft(facts.replace("×××", "您"), "已公开。", TODAY)
    text = desk.pdf_text(answers.answer(desk.office, number, draft, ACTING).value)
    assert "您反映的情况属实。" in text


def test_joint_complainants_are_all_addressed(desk: Desk) -> None:
    number = desk.register(
        identity=Identity.JOINT, complainants=(PersonTyped(NAME), PersonTyped("周𬱖"))
    )
    text = desk.pdf_text(desk.interim(number))
    assert "钱多多、周𬱖" in text
    assert desk.seen(number).complainants == 2


@pytest.mark.parametrize("place", ["kunming", "yingshang", "district"])
def test_a_place_whose_text_stops_short_still_serves_the_whole_line(
    desk_of: Make, place: str
) -> None:
    desk = desk_of(place)
    moved, refused = desk.register(), desk.register()
    desk.decide(moved, Ruling.TRANSFER)
    assert NAME not in desk.pdf_text(desk.transfer(moved))
    desk.interim(moved)
    desk.find(moved)
    desk.answer(moved)
    desk.close(moved)
    desk.decide(refused, Ruling.REFUSE)
    desk.refuse(refused)
    desk.close(refused)
    assert {desk.seen(n).state for n in (moved, refused)} == {State.CLOSED}
    assert all(r.clock is None for r in register.rows(desk.office, TODAY))


def test_no_step_may_be_taken_out_of_turn(desk: Desk) -> None:
    number = desk.register()
    for act in (desk.transfer, desk.refuse, desk.find, desk.answer, desk.close):
        before = desk.count("event")
        with pytest.raises(Exception, match="earlier_step_first"):
            act(number)
        assert desk.count("event") == before
    desk.decide(number, Ruling.ACCEPT)
    with forbidden("already_done"):
        desk.decide(number, Ruling.REFUSE)


# ---- dates --------------------------------------------------------------------------------------


def test_no_step_is_dated_before_the_one_it_follows(desk: Desk) -> None:
    number = desk.register()
    early, late = at(date(2026, 11, 17)), at(date(2026, 11, 18))
    with faulty(("day", "before_receipt")):
        desk.decide(number, Ruling.TRANSFER, at(date(2026, 11, 15)))
    with faulty(("day", "future")):
        desk.decide(number, Ruling.TRANSFER, day=TODAY + DAY)
    desk.decide(number, Ruling.TRANSFER, late)
    with faulty(("day", "before_decide")):
        desk.transfer(number, early)
    desk.transfer(number, day=TODAY)
    with faulty(("day", "before_transfer")):
        desk.find(number, day=date(2026, 11, 18))
    desk.find(number)
    with faulty(("day", "before_find")):
        desk.answer(number, early)
    desk.answer(number)
    with faulty(("day", "before_answer")):
        desk.close(number, early)


def test_closing_is_not_dated_before_any_word_that_was_sent(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.ACCEPT, at(date(2026, 11, 17)))
    desk.find(number, acting=at(date(2026, 11, 17)))
    desk.interim(number)
    desk.answer(number, at(date(2026, 11, 18)))
    with faulty(("day", "before_interim")):
        desk.close(number, at(date(2026, 11, 19)))
    desk.close(number)


def test_the_first_written_word_counts_whatever_is_entered_first(desk: Desk) -> None:
    number = desk.register()
    desk.interim(number, at(date(2026, 11, 19)))
    desk.interim(number, at(date(2026, 11, 17)))
    desk.interim(number)
    assert desk.seen(number).complaint.told_in_writing == date(2026, 11, 17)


def test_a_complaint_received_today_may_be_told_today_and_no_clock_is_late(desk: Desk) -> None:
    number = desk.register(received=TODAY)
    desk.interim(number)
    written = next(c for c in desk.seen(number).clocks if c.rule.id == "written")
    assert written.status.state == "met"


# ---- what is refused ----------------------------------------------------------------------------


def test_a_decision_says_what_it_needs(desk: Desk) -> None:
    number = desk.register()
    with faulty(("leader", "required"), ("day", "required"), ("ruling", "choose")):
        complaints.decide(desk.office, number, DecisionDraft("", None, None), ACTING)
    with faulty(("receiver", "choose_unit")):
        desk.decide(number, Ruling.TRANSFER, receiver=None)
    with faulty(("receiver", "receiver_is_accused")):
        desk.decide(number, Ruling.TRANSFER, receiver=1)
    with faulty(("reason", "required")):
        desk.decide(number, Ruling.REFUSE, reason=" ")
    with faulty(("day", "required"), ("progress", "required"), ("next_step", "required")):
        answers.tell_progress(desk.office, number, InterimDraft("", "", None, None), ACTING)


def test_a_unit_that_is_not_there_writes_nothing(desk: Desk) -> None:
    before = desk.count("event")
    with pytest.raises(sqlite.IntegrityError):
        desk.register(accused_unit=99)
    assert desk.count("event") == before
    assert desk.seen(desk.register()).complaint.number == "投〔2026〕0001"


def test_numbers_have_no_gap_whatever_was_refused_in_between(desk: Desk) -> None:
    numbers = []
    for n in range(5):
        with pytest.raises(Faults):
            desk.register(subject="")
        with pytest.raises(Faults):
            desk.register(attachments=("/nowhere/x.pdf",))
        numbers.append(desk.seen(desk.register()).complaint.number)
        desk.decide(n + 1, Ruling.ACCEPT)
        with pytest.raises(Faults):
            answers.tell_progress(
                desk.office, n + 1, InterimDraft("龘龘\U00031350", "下一步", None, TODAY), ACTING
            )
        desk.interim(n + 1)
    assert numbers == [f"投〔2026〕{n:04d}" for n in range(1, 6)]
    letters_ = [r[0] for r in desk.office.db.execute("SELECT serial FROM letter ORDER BY id")]
    assert letters_ == [1, 2, 3, 4, 5]
    assert desk.seen(desk.register(at(date(2027, 1, 4)))).complaint.number == "投〔2027〕0001"


# ---- who complained -----------------------------------------------------------------------------


def test_a_transfer_tells_nothing_of_who_complained(desk: Desk) -> None:
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    for field in ("summary", "demands"):
        for secret in (NAME, "钱　多多", PHONE, "138-0000-1111", ADDRESS, "文华路12号"):
            with faulty((field, "gives_away")):
                desk.transfer(number, **{field: f"据{secret}反映"})
    letter = desk.transfer(number)
    text = desk.pdf_text(letter)
    assert not any(secret in text for secret in SECRETS)
    assert "职权目录" in text
    assert "投〔2026〕0001" in text
    assert "第七条第（三）项" in text
    fields = desk.office.db.execute("SELECT fields FROM letter WHERE id = ?", [letter]).fetchone()
    assert not any(secret in fields[0] for secret in SECRETS)


def test_no_event_label_number_or_file_name_tells_who_complained(
    desk: Desk, tmp_path: Path
) -> None:
    paper = tmp_path / "来信.pdf"
    paper.write_bytes(b"%PDF-1.7")
    number = desk.register(attachments=(str(paper),))
    desk.decide(number, Ruling.TRANSFER)
    desk.transfer(number)
    desk.interim(number)
    desk.find(number)
    desk.answer(number)
    case = desk.open_case(complaint=number)
    said = desk.office.db.execute("SELECT action, label, reason FROM event").fetchall()
    titles = desk.office.db.execute("SELECT number, title FROM letter").fetchall()
    files = [str(p) for p in desk.office.path.parent.rglob("*")]
    everything = repr((said, titles, files, desk.case(case), desk.seen(number).steps))
    assert not any(secret in everything for secret in (NAME, PHONE))


def test_showing_who_complained_is_an_event_that_stays(desk: Desk) -> None:
    number = desk.register()
    assert NAME not in repr(desk.seen(number).standing)
    events = desk.count("event")
    (person,) = looking.reveal(desk.office, number, ACTING)
    assert (person.name, person.phone, person.address) == (NAME, PHONE, ADDRESS)
    assert desk.count("event") == events + 1
    assert desk.count("event", "action = 'complaint.reveal' AND clerk_name = '王敏'") == 1
    with not_undoable():
        desk.take_back()


def test_reading_a_letter_that_bears_the_name_is_an_event(desk: Desk) -> None:
    number = desk.register()
    letter = desk.interim(number)
    events = desk.count("event")
    assert looking.read_letter(desk.office, number, letter, ACTING) == letters.pdf(
        desk.office, letter
    )
    assert desk.count("event") == events + 1
    shown = answers.preview(
        desk.office, number, InterimDraft("正在办理", "继续", None, TODAY), ACTING
    )
    assert shown.pdf.startswith(b"%PDF")


def test_a_preview_without_its_words_names_the_field_instead_of_failing(desk: Desk) -> None:
    number = desk.register()
    with faulty(("progress", "required"), ("next_step", "required")):
        answers.preview(desk.office, number, InterimDraft("", "", None, None), ACTING)


# ---- letters and files --------------------------------------------------------------------------


def test_a_letters_bytes_stay_as_they_were_made_and_are_checked(desk: Desk) -> None:
    number = desk.register()
    letter = desk.interim(number)
    made = letters.pdf(desk.office, letter)
    kept = profile.draft_of(desk.office)
    profile.save_profile(
        desk.office,
        profile.OfficeDraft(
            "改名后的办公室", "改名后的办公室", "新办", "", "", "", kept.clerks, kept.packs
        ),
        ACTING,
    )
    assert letters.pdf(desk.office, letter) == made
    desk.interim(number)
    assert desk.seen(number).letters[1].number == "新办投告〔2026〕1号"
    outside(desk.office.db, "UPDATE letter_file SET pdf = ?", [b"%PDF forged"])
    with pytest.raises(LookupError):
        letters.pdf(desk.office, letter)
    with pytest.raises(LookupError):
        letters.pdf(desk.office, 99)


def test_the_same_letter_is_the_same_bytes(desk_of: Make) -> None:
    def one(desk: Desk) -> bytes:
        letter = desk.interim(desk.register())
        assert letters.pdf(desk.office, letter) == letters.pdf(desk.office, letter)
        return letters.pdf(desk.office, letter)

    first, second = (pypdf.PdfReader(BytesIO(one(desk_of()))).pages[0] for _n in range(2))
    # but for the head of the chain in its code: another office has another
    assert first.extract_text() == second.extract_text()


def test_a_receipt_for_signature_can_be_printed(desk: Desk) -> None:
    letter = desk.interim(desk.register())
    receipt = letters.receipt(desk.office, letter, "钱多多")
    text = "".join(pypdf.PdfReader(BytesIO(receipt)).pages[0].extract_text().split())
    assert text.count("澄公开办投告〔2026〕1号") == 1  # in its cell; the receipt has no number


def test_attachments_are_kept_by_their_hash_before_the_record(desk: Desk, tmp_path: Path) -> None:
    first, twin = tmp_path / "来信.pdf", tmp_path / "副本.PDF"
    first.write_bytes(b"%PDF-1.7 one")
    twin.write_bytes(b"%PDF-1.7 one")
    number = desk.register(attachments=(str(first), str(twin)))
    kept = desk.seen(number).attachments
    assert [a.name for a in kept] == ["来信.pdf", "副本.PDF"]
    assert kept[0].sha256 == kept[1].sha256
    stored = [p for p in attachments.folder(desk.office).rglob("*") if p.is_file()]
    assert [p.name for p in stored] == [kept[0].sha256 + ".sealed"]
    first.unlink()
    target = tmp_path / "out.pdf"
    assert attachments.export(desk.office, kept[0].id, target, ACTING)
    assert target.read_bytes() == b"%PDF-1.7 one"
    stored[0].write_bytes(b"changed behind our back")
    assert not attachments.export(desk.office, kept[0].id, target, ACTING)
    stored[0].unlink()
    assert attachments.content(desk.office, kept[0].id) is None
    assert not attachments.export(desk.office, kept[0].id, target, ACTING)
    assert not attachments.export(desk.office, 99, target, ACTING)


def test_looking_at_a_complaints_attachment_is_on_record(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "钱多多的来信.pdf"
    letter.write_bytes(b"%PDF-1.7 one")
    number = desk.register(attachments=(str(letter),))
    (kept,) = desk.seen(number).attachments

    def looks() -> list[tuple[str, str]]:
        rows = desk.office.db.execute(
            "SELECT reason, clerk_name FROM event WHERE action = 'complaint.reveal' ORDER BY seq"
        )
        return [(str(row[0]), str(row[1])) for row in rows.fetchall()]

    assert attachments.look(desk.office, kept.id, ACTING) == b"%PDF-1.7 one"
    assert looks() == [("查看附件", "王敏")]
    assert attachments.export(desk.office, kept.id, tmp_path / "out.pdf", ACTING)
    assert looks() == [("查看附件", "王敏"), ("附件另存到程序之外", "王敏")]
    assert attachments.look(desk.office, 99, ACTING) is None
    assert len(looks()) == 2


def test_who_may_not_see_identities_reads_no_name_of_a_file(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "钱多多的来信.pdf"
    letter.write_bytes(b"%PDF-1.7 one")
    number = desk.register(attachments=(str(letter),))
    (kept,) = desk.seen(number).attachments
    desk.office.session = replace(desk.office.session, roles=frozenset({Role.READER}))
    assert [one.name for one in desk.seen(number).attachments] == ["附件1"]
    with forbidden("identity_hidden"):
        attachments.look(desk.office, kept.id, ACTING)
    with forbidden("identity_hidden"):
        attachments.export(desk.office, kept.id, tmp_path / "out.pdf", ACTING)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("没有.pdf", None, "file_missing"),
        ("文件夹.pdf", "folder", "file_missing"),
        ("空.pdf", b"", "file_empty"),
        ("程序.exe", b"MZ\x90", "file_program"),
        ("改名.pdf", b"MZ\x90\x00", "file_program"),
        ("快捷.pdf", b"L\x00\x00\x00\x01\x14\x02\x00\x00", "file_program"),
        ("脚本.txt", b"#!/bin/sh", "file_program"),
        ("网页.html", b"<script>", "file_kind"),
        ("无后缀", b"abc", "file_kind"),
        ("倒\u202efdp.pdf", b"%PDF", "hidden_character"),
    ],
)
def test_a_file_that_may_not_be_kept_stops_the_registering(
    desk: Desk, tmp_path: Path, name: str, content: bytes | str | None, code: str
) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with faulty(("attachments", code)):
        desk.register(attachments=(str(path),))
    assert desk.count("complaint") == 0
    assert not attachments.folder(desk.office).exists()


def test_a_file_too_large_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF")
        file.truncate(attachments.LIMIT + 1)
    with faulty(("attachments", "file_large")):
        desk.register(attachments=(str(path),))


# ---- a choice of rules --------------------------------------------------------------------------


def test_a_complaint_stays_with_the_rules_it_began_under(desk: Desk) -> None:
    number = desk.register()
    now = profile.draft_of(desk.office)
    packs = {**now.packs, System.COMPLAINTS: "kunming"}
    profile.save_profile(
        desk.office,
        profile.OfficeDraft(now.name, now.letterhead, now.mark, "", "", "", now.clerks, packs),
        ACTING,
    )
    assert desk.seen(number).book.id == "baoding"
    assert desk.seen(desk.register()).book.id == "kunming"
    desk.decide(number, Ruling.TRANSFER)
    assert "保定市" in desk.pdf_text(desk.transfer(number))
    assert Step.FIND in desk.seen(number).permitted
