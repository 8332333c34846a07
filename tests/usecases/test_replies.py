"""How and where complainants are answered (答复方式): sealed, corrected, used by letters and mail."""

from dataclasses import replace

from desktop.rules.complaints import Identity, PersonTyped, Ruling
from desktop.rules.replies import ReplyWay
from desktop.usecases import (
    corrections,
    letterbook,
    lettermail,
    looking,
    register,
    replies,
    sheets,
)
from desktop.usecases.corrections import Correction
from desktop.usecases.identity import MASK, SEALED
from tests.usecases.desk import ACTING, ADDRESS, NAME, PHONE, Desk, faulty

WHERE = {
    "reply_way": ReplyWay.POST,
    "reply_address": "青年大街 8 号院 3 号楼 502 室",
    "reply_postcode": "056400",
}
EMAIL = "duoduo@example.cn"
JOINT = (
    PersonTyped("单堃", "13800002222", "柳荫巷 6 号"),
    PersonTyped(NAME, PHONE, ADDRESS),
    PersonTyped("仇喆", "", ""),
)


def test_where_to_answer_is_kept_sealed_and_the_way_is_not(desk: Desk) -> None:
    number = desk.register(**WHERE)
    seen = desk.seen(number)
    assert seen.reply_way is ReplyWay.POST
    for key in replies.SEALED[:2]:
        assert getattr(seen.complaint, key).startswith(SEALED)
    assert seen.complaint.reply_email == ""
    to = replies.reply_to(desk.office, seen.complaint, register.complainants(desk.office, number))
    assert (to.name, to.address, to.postcode) == (NAME, WHERE["reply_address"], "056400")
    log = desk.office.db.execute("SELECT group_concat(after) FROM event_change").fetchone()[0]
    assert "青年大街" not in log
    assert "056400" not in log


def test_where_to_answer_is_masked_in_texts_and_never_leaves(desk: Desk) -> None:
    number = desk.register(
        reply_way=ReplyWay.EMAIL, reply_email=EMAIL, text=f"请回复到 {EMAIL}，谢谢。"
    )
    assert MASK in desk.seen(number).complaint.body
    assert EMAIL not in desk.seen(number).complaint.body
    desk.decide(number, Ruling.TRANSFER, receiver=2)
    with faulty(("summary", "gives_away")):
        desk.transfer(number, summary=f"来件人的邮箱是 {EMAIL}。")
    with faulty(("subject", "gives_away")):
        desk.register(**WHERE, subject="住青年大街8号院3号楼502室的人反映")


def test_the_way_needs_what_it_goes_by(desk: Desk) -> None:
    with faulty(("reply_email", "email_needs_address")):
        desk.register(reply_way=ReplyWay.EMAIL)
    with faulty(("reply_address", "post_needs_address")):
        desk.register(reply_way=ReplyWay.POST, complainants=(PersonTyped(NAME, PHONE),))
    anonymous = desk.register(identity=Identity.ANONYMOUS, complainants=(), **WHERE)
    assert desk.seen(anonymous).reply_way is None
    assert desk.seen(anonymous).complaint.reply_address == ""


def test_a_joint_complaint_is_answered_to_its_representative(desk: Desk) -> None:
    number = desk.proven(identity=Identity.JOINT, complainants=JOINT, representative=NAME, **WHERE)
    letter = desk.answer(number)
    assert f"{NAME}等3人" in desk.pdf_text(letter)
    mails = lettermail.mails(desk.office, [letter], ACTING)
    assert [(m.name, m.place, m.postcode) for m in mails] == [
        (NAME, WHERE["reply_address"], "056400")
    ]
    other = desk.proven(identity=Identity.JOINT, complainants=JOINT)
    whole = desk.answer(other)
    assert f"单堃、{NAME}、仇喆" in desk.pdf_text(whole)
    assert [m.name for m in lettermail.mails(desk.office, [whole], ACTING)] == [
        "单堃",
        NAME,
        "仇喆",
    ]
    with faulty(("representative", "not_a_complainant")):
        desk.register(identity=Identity.JOINT, complainants=JOINT, representative="王五")


def test_a_look_shows_how_to_answer_and_the_intake_sheet_prints_it(desk: Desk) -> None:
    number = desk.register(**WHERE)
    looked = looking.look(desk.office, number, ACTING, "告知、答复")
    said = replies.in_words(looked.reply)
    assert said == "书面邮寄：056400　青年大街 8 号院 3 号楼 502 室"
    assert sheets.intake_sheet(desk.office, number, ACTING).startswith(b"%PDF")


def test_a_correction_changes_it_on_record_and_seals_nothing_anew(desk: Desk) -> None:
    number = desk.register(**WHERE)
    before = desk.rows()
    seen = desk.seen(number)
    kept = seen.complaint.reply_postcode
    draft = replace(
        desk.draft(**WHERE), text=seen.complaint.body, reply_way=ReplyWay.PHONE, reply_address=""
    )
    wanted = Correction(draft, "投诉人改了答复方式", seen.complaint.rev, named=True)
    corrections.correct(desk.office, number, wanted, ACTING)
    after = desk.seen(number)
    assert after.reply_way is ReplyWay.PHONE
    assert after.complaint.reply_address == ""
    assert after.complaint.reply_postcode == kept
    found = {c.field: (c.old, c.new) for c in corrections.changes(after.corrections[0])}
    assert found == {"reply_way": ("post", "phone"), "reply_to": ("", "")}
    desk.take_back()
    assert desk.rows() == before


def test_who_may_not_look_corrects_without_losing_where_to_answer(desk: Desk) -> None:
    number = desk.register(
        **WHERE, identity=Identity.JOINT, complainants=JOINT, representative=NAME
    )
    seen = desk.seen(number)
    draft = replace(desk.draft(), text=seen.complaint.body, subject="改正了的主题")
    corrections.correct(
        desk.office, number, Correction(draft, "写错", seen.complaint.rev, named=False), ACTING
    )
    after = desk.seen(number)
    assert after.reply_way is ReplyWay.POST
    assert after.complaint.reply_address == seen.complaint.reply_address
    people = register.complainants(desk.office, number)
    assert replies.representative(people) == NAME
    assert [c.field for c in corrections.changes(after.corrections[0])] == ["subject"]


def test_the_letter_book_says_how_the_answer_was_asked_for(desk: Desk) -> None:
    number = desk.proven(reply_way=ReplyWay.PHONE)
    letter = desk.answer(number)
    assert letterbook.entry(desk.office, letter).reply_way is ReplyWay.PHONE
    other = desk.register()
    desk.decide(other, Ruling.TRANSFER, receiver=2)
    assert letterbook.entry(desk.office, desk.transfer(other)).reply_way is None
