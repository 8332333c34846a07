"""The letter book: no number is lost, a letter never changes, and what became of each is known."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from db.errors import StorageFault
from db.queries import letters as queries
from desktop import notices
from desktop.notices import FontChoice
from desktop.rules.complaints import Ruling
from desktop.usecases import (
    letterbook,
    lettercode,
    lettermail,
    letternumbers,
    letterprints,
    letters,
    office,
    profile,
)
from desktop.usecases.letterbook import (
    COMPLAINANT,
    DispatchDraft,
    Filter,
    SealDraft,
    Status,
)
from desktop.usecases.lettercode import Agreement, Printer
from desktop.usecases.lettermail import Mail
from desktop.usecases.letternumbers import NEW_NUMBER, numbered
from desktop.usecases.letters import Subject
from tests.pdftext import text_of
from tests.tamper import outside
from tests.usecases.desk import ACTING, ADDRESS, NAME, SECRETS, TODAY, Desk, faulty, forbidden

SEAL = SealDraft(TODAY, "周局", "王敏", 3)
DISPATCH = DispatchDraft(TODAY, "邮寄", "市市场监督局", "EMS 1234567890 CN")


def transferred(desk: Desk) -> int:
    """Return the id of a 转办函."""
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    return desk.transfer(number)


def answered(desk: Desk) -> int:
    """Return the id of a 办理结果告知书."""
    return desk.answer(desk.proven())


def numbers(desk: Desk, **wanted: object) -> list[str]:
    return [row.letter.number for row in letterbook.book(desk.office, Filter(**wanted))]  # type: ignore[arg-type]


def nothing(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


# -- making ----------------------------------------------------------------------------------------


def test_a_letter_keeps_its_code_its_fonts_and_what_the_check_found(desk: Desk) -> None:
    letter = queries.letter(desk.office.db, transferred(desk))
    assert letter is not None
    assert letter.code.startswith("SLED2|transfer|澄公开办投转〔2026〕1号|投〔2026〕0001|")
    assert "NoticeFang.ttf" in json.loads(letter.fonts)
    faults = [f for f in letters.findings(letter) if not f.code.startswith("note.")]
    assert faults == []
    page = pypdfium2.PdfDocument(letters.pdf(desk.office, letter.id))[0]
    picture = page.render(scale=200 / 72).to_pil()
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [letter.code]


def test_what_is_off_is_kept_with_the_letter_and_does_not_hold_it_up(desk: Desk) -> None:
    template = desk.office.templates[notices.Kind.TRANSFER]
    wrong = {
        place: replace(wording, body=wording.body + "\n甲,乙,丙,丁。")
        for place, wording in template.variants.items()
    }
    body = template.default.body + "\n甲,乙,丙,丁。"
    own = replace(template, default=replace(template.default, body=body), variants=wrong)
    desk.office.templates = {**desk.office.templates, notices.Kind.TRANSFER: own}
    seen = letterbook.entry(desk.office, transferred(desk))
    assert "half-width-marks" in [finding.code for finding in seen.findings]


def test_a_draft_can_be_examined_before_it_has_a_number(desk: Desk) -> None:
    letter = queries.letter(desk.office.db, transferred(desk))
    assert letter is not None
    fields = {k: v for k, v in json.loads(letter.fields).items() if k not in ("dated", "number")}
    fields |= {"received": TODAY, "reply_by": None}
    pdf = letters.preview(desk.office, "transfer", fields, pack="baoding", dated=TODAY)
    report = letters.examine(desk.office, pdf)
    assert report.passed, [str(item) for item in report.failures]
    assert len(report.items) > 30


def test_the_fonts_of_the_office_are_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    render = notices.render

    def watched(paper: notices.Paper, fonts: FontChoice = FontChoice.BUNDLED) -> object:
        asked.append(fonts)
        return render(paper, FontChoice.BUNDLED)

    monkeypatch.setattr(notices, "render", watched)
    transferred(desk)
    now = profile.draft_of(desk.office)
    profile.save_profile(desk.office, replace(now, fonts=FontChoice.SYSTEM), ACTING)
    transferred(desk)
    assert asked == [FontChoice.BUNDLED, FontChoice.SYSTEM]
    assert profile.draft_of(desk.office).fonts is FontChoice.SYSTEM


# -- numbers ---------------------------------------------------------------------------------------


def test_a_changed_word_begins_a_new_series_and_the_old_one_stays(desk: Desk) -> None:
    transferred(desk)
    now = profile.draft_of(desk.office)
    saved = profile.save_profile(desk.office, replace(now, series={"transfer": "转字"}), ACTING)
    transferred(desk)
    assert sorted(numbers(desk)) == ["澄公开办投转〔2026〕1号", "澄公开办转字〔2026〕1号"]
    assert profile.draft_of(desk.office).series == {"transfer": "转字"}
    profile.save_profile(desk.office, now, ACTING)
    assert profile.draft_of(desk.office) == now
    transferred(desk)
    assert "澄公开办投转〔2026〕2号" in numbers(desk)
    assert saved.event
    assert all(report.whole for report in letterbook.gaps(desk.office))


@pytest.mark.parametrize("word", ["投转2", "投〔转", "(投转)", "投 转", "２号"])
def test_a_word_that_would_make_a_number_ambiguous_is_refused(desk: Desk, word: str) -> None:
    now = profile.draft_of(desk.office)
    with faulty(("series.transfer", "series_word")):
        profile.save_profile(desk.office, replace(now, series={"transfer": word}), ACTING)
    with faulty(("mark", "series_word")):
        profile.save_profile(desk.office, replace(now, mark=word), ACTING)
    with faulty(("series.transfer", "required")):
        profile.save_profile(desk.office, replace(now, series={"transfer": " "}), ACTING)
    with faulty(("postcode", "postcode")):
        profile.save_profile(desk.office, replace(now, postcode="05500"), ACTING)


def test_settings_taken_back_can_be_made_again(desk: Desk) -> None:
    now = profile.draft_of(desk.office)
    changed = replace(now, series={"transfer": "转字"}, postcode="071000")
    done = profile.save_profile(desk.office, changed, ACTING)
    desk.take_back(done.event)
    assert profile.draft_of(desk.office) == now
    profile.save_profile(desk.office, changed, ACTING)
    assert profile.draft_of(desk.office) == changed


def test_a_reserved_number_waits_and_is_taken_by_the_letter_that_names_it(desk: Desk) -> None:
    held = letterbook.reserve(desk.office, "transfer", "给市住房保障局的函", ACTING).value
    first = transferred(desk)
    assert numbers(desk, status=Status.RESERVED) == ["澄公开办投转〔2026〕1号"]
    assert numbers(desk, status=Status.USED) == ["澄公开办投转〔2026〕2号"]
    kept = queries.letter(desk.office.db, first)
    assert kept is not None
    fields = {
        k: date.fromisoformat(v) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(v)) else v
        for k, v in json.loads(kept.fields).items()
        if k not in ("number", "dated")
    }
    event = office.EventDraft("complaint.transfer", "complaint", 1)
    with numbered(held), desk.office.ledger.action(event, ACTING.actor()) as action:
        letter, number = letters.issue(
            desk.office, action, "transfer", Subject("complaint", 1), fields,
            pack="baoding", dated=TODAY,
        )  # fmt: skip
    assert (letter, number) == (held, "澄公开办投转〔2026〕1号")
    assert "投转〔2026〕1号" in text_of(letterprints.read(desk.office, held, ACTING))
    assert numbers(desk, status=Status.RESERVED) == []
    with (
        numbered(held),
        faulty(("reserved", "not_reserved")),
        desk.office.ledger.action(event, ACTING.actor()) as action,
    ):
        letters.issue(
            desk.office, action, "transfer", Subject("complaint", 1), fields,
            pack="baoding", dated=TODAY,
        )  # fmt: skip


def test_the_next_letter_can_be_told_to_take_a_reserved_number(desk: Desk) -> None:
    held = letterbook.reserve(desk.office, "transfer", "领导要的吉日", ACTING).value
    letterbook.use_next(desk.office, held, ACTING)
    assert [row.next for row in letterbook.book(desk.office)] == [True]
    made = transferred(desk)
    assert made == held
    event = desk.last_event()
    assert letterbook.book(desk.office)[0].status is Status.USED
    desk.take_back(event)
    (row,) = letterbook.book(desk.office)
    assert (row.status, row.next, row.letter.title) == (Status.RESERVED, True, "领导要的吉日")
    letterbook.use_next(desk.office, held, ACTING)
    assert transferred(desk) != held


def test_a_form_offers_the_reserved_numbers_of_its_series(desk: Desk) -> None:
    told = letterbook.reserve(desk.office, "acceptance", "给某局", ACTING).value
    sent = letterbook.reserve(desk.office, "transfer", "留用", ACTING).value
    letterbook.use_next(desk.office, told, ACTING)
    offered = {kind: letternumbers.reserved(desk.office, kind) for kind in letters.SERIES}
    assert [(one.id, one.reason, one.next) for one in offered["transfer"]] == [
        (sent, "留用", False)
    ]
    assert [(one.id, one.next) for one in offered["acceptance"]] == [(told, True)]
    assert [(one.id, one.next) for one in offered["result"]] == [(told, False)]
    assert offered["decision"] == ()
    letterbook.void(desk.office, sent, "不用了", ACTING)
    assert letternumbers.reserved(desk.office, "transfer") == ()


def test_a_number_of_the_series_serves_another_kind_and_keeps_its_place(desk: Desk) -> None:
    held = letterbook.reserve(desk.office, "acceptance", "留用", ACTING).value
    proven = desk.proven()
    with numbered(held):
        made = desk.answer(proven)
    assert made == held
    seen = letterbook.entry(desk.office, held).row
    assert (seen.letter.kind, seen.letter.number) == ("result", "澄公开办投告〔2026〕1号")
    desk.take_back(desk.last_event())
    seen = letterbook.entry(desk.office, held).row
    assert (seen.letter.kind, seen.status) == ("acceptance", Status.RESERVED)


def test_a_new_number_can_be_chosen_although_a_reserved_one_is_next(desk: Desk) -> None:
    held = letterbook.reserve(desk.office, "transfer", "留用", ACTING).value
    letterbook.use_next(desk.office, held, ACTING)
    with numbered(NEW_NUMBER):
        assert transferred(desk) != held
    assert [row.next for row in letterbook.book(desk.office, Filter(status=Status.RESERVED))] == [
        True
    ]
    assert transferred(desk) == held


def test_a_number_reserved_in_another_year_is_not_taken(desk: Desk) -> None:
    held = letterbook.reserve(desk.office, "transfer", "留用", ACTING).value
    outside(desk.office.db, "UPDATE letter SET year = 2025 WHERE id = ?", [held])
    letterbook.use_next(desk.office, held, ACTING)
    number = desk.register()
    desk.decide(number, Ruling.TRANSFER)
    with faulty(("day", "reserved_year")):
        desk.transfer(number)


def test_reserving_says_what_it_needs(desk: Desk) -> None:
    with faulty(("kind", "choose"), ("reason", "required")):
        letterbook.reserve(desk.office, "receipt", "", ACTING)
    done = letterbook.reserve(desk.office, "chase", "留用", ACTING)
    with forbidden("not_made"):
        letterbook.seal(desk.office, done.value, SEAL, ACTING)
    with forbidden("not_made"):
        letterprints.read(desk.office, done.value, ACTING)
    desk.take_back(done.event)
    assert numbers(desk, status=Status.VOID) == ["澄公开办投催〔2026〕1号"]
    with forbidden("not_reserved"):
        letterbook.use_next(desk.office, done.value, ACTING)
    assert all(report.whole for report in letterbook.gaps(desk.office))


def test_a_void_number_stays_with_its_reason_and_the_letter_keeps_its_bytes(desk: Desk) -> None:
    letter = transferred(desk)
    before = letters.pdf(desk.office, letter)
    with faulty(("reason", "required")):
        letterbook.void(desk.office, letter, " ", ACTING)
    with forbidden("not_void"):
        letterprints.print_void(desk.office, letter, ACTING)
    done = letterbook.void(desk.office, letter, "主送机关有误", ACTING)
    seen = letterbook.entry(desk.office, letter)
    assert (seen.row.status, seen.row.letter.void_reason) == (Status.VOID, "主送机关有误")
    assert letters.pdf(desk.office, letter) == before
    page = text_of(letterprints.print_void(desk.office, letter, ACTING))
    assert "澄公开办投转〔2026〕1号" in page
    assert "主送机关有误" in page
    for act in (letterbook.seal, letterbook.dispatch):
        draft = SEAL if act is letterbook.seal else DISPATCH
        with forbidden("void"):
            act(desk.office, letter, draft, ACTING)  # type: ignore[operator]
    with forbidden("void"):
        letterbook.void(desk.office, letter, "再一次", ACTING)
    (report,) = letterbook.gaps(desk.office)
    assert (report.last, report.used, report.void, report.whole) == (1, 0, 1, True)
    desk.take_back(done.event)
    assert letterbook.entry(desk.office, letter).row.status is Status.USED


def test_a_letter_whose_making_was_taken_back_leaves_no_gap(desk: Desk) -> None:
    letter = transferred(desk)
    desk.take_back()
    seen = letterbook.entry(desk.office, letter)
    assert (seen.row.status, seen.row.letter.status) == (Status.VOID, "used")
    assert "已撤销" in text_of(letterprints.print_void(desk.office, letter, ACTING))
    assert [report.missing for report in letterbook.gaps(desk.office)] == [()]


def test_the_gap_report_names_what_was_taken_out_of_the_file(desk: Desk) -> None:
    for _ in range(3):
        letterbook.reserve(desk.office, "chase", "留用", ACTING)
    lost = transferred(desk)
    assert all(report.whole for report in letterbook.gaps(desk.office))
    outside(desk.office.db, "DELETE FROM letter WHERE serial IN (2, 3) AND kind = 'chase'")
    sha256 = queries.letter(desk.office.db, lost)
    assert sha256 is not None
    outside(desk.office.db, "DELETE FROM letter_file WHERE sha256 = ?", [sha256.sha256])
    chase, transfer = letterbook.gaps(desk.office)
    assert (chase.last, chase.reserved, chase.missing) == (3, 1, (2, 3))
    assert (transfer.missing, transfer.lost) == ((), ("澄公开办投转〔2026〕1号",))


# -- seal, dispatch, service -----------------------------------------------------------------------


def test_a_letter_is_sealed_sent_and_served_and_the_book_says_so(desk: Desk) -> None:
    case = desk.ready(desk.open_case())
    letter = desk.decide_case(case)
    seal = letterbook.seal(desk.office, letter, SEAL, ACTING)
    sent = letterbook.dispatch(desk.office, letter, DISPATCH, ACTING)
    desk.serve(case, letter)
    seen = letterbook.entry(desk.office, letter)
    assert [(one.approved_by, one.sealed_by, one.copies) for one in seen.seals] == [
        ("周局", "王敏", 3)
    ]
    assert [(one.way, one.tracking) for one in seen.dispatches] == [("邮寄", "EMS 1234567890 CN")]
    assert [one.recipient for one in seen.services] == ["市住房保障局"]
    assert (seen.row.letter.sealed, seen.row.letter.dispatched) == (TODAY, TODAY)
    assert [one.action for one in seen.history] == [
        "case.decide", "letter.seal", "letter.dispatch",
    ]  # fmt: skip
    desk.take_back(sent.event)
    desk.take_back(seal.event)
    seen = letterbook.entry(desk.office, letter)
    assert (seen.row.letter.sealed, seen.row.letter.dispatched) == (None, None)


def test_seal_and_dispatch_say_what_they_need(desk: Desk) -> None:
    letter = transferred(desk)
    early = date(2026, 11, 19)
    with faulty(
        ("day", "before"), ("approved_by", "required"), ("sealed_by", "required"),
        ("copies", "copies"),
    ):  # fmt: skip
        letterbook.seal(desk.office, letter, SealDraft(early, "", "", 0), ACTING)
    with faulty(("day", "future"), ("way", "choose"), ("recipient", "required")):
        draft = DispatchDraft(date(2026, 11, 21), "信鸽", "")
        letterbook.dispatch(desk.office, letter, draft, ACTING)


def test_who_complained_is_nowhere_in_the_book(desk: Desk) -> None:
    letter = answered(desk)
    letterbook.dispatch(desk.office, letter, replace(DISPATCH, recipient=NAME), ACTING)
    (row,) = letterbook.book(desk.office)
    assert row.addressee == COMPLAINANT
    assert letterbook.entry(desk.office, letter).dispatches[0].recipient == COMPLAINANT
    assert numbers(desk, text=NAME) == []
    assert numbers(desk, text=COMPLAINANT) == [row.letter.number]
    page = text_of(letterprints.print_book(desk.office, 2026, ACTING))
    assert not [secret for secret in SECRETS if secret in page]
    looked = desk.count("event", "action = 'complaint.reveal'")
    assert NAME in text_of(letterprints.read(desk.office, letter, ACTING))
    assert desk.count("event", "action = 'complaint.reveal'") == looked + 1


# -- printing again --------------------------------------------------------------------------------


def test_a_reprint_is_the_same_bytes_whatever_has_changed_since(desk: Desk) -> None:
    letter = transferred(desk)
    first = letterprints.read(desk.office, letter, ACTING)
    now = profile.draft_of(desk.office)
    changed = replace(now, name="另一个名称", letterhead="另一个名称", mark="另")
    profile.save_profile(desk.office, changed, ACTING)
    again = letterprints.read(desk.office, letter, ACTING)
    kept = queries.letter(desk.office.db, letter)
    assert again == first
    assert kept is not None
    assert hashlib.sha256(again).hexdigest() == kept.sha256


def test_a_letter_can_be_composed_again_for_word(desk: Desk) -> None:
    made = [transferred(desk), answered(desk), desk.decide_case(desk.ready(desk.open_case()))]
    for letter in made:
        kept = queries.letter(desk.office.db, letter)
        assert kept is not None
        again = letters.recompose(desk.office, kept)
        anchor = notices.read_code(kept.code).anchor
        assert notices.code_text(again, anchor) == kept.code
        assert letterprints.word(desk.office, letter, ACTING)[:2] == b"PK"
    outside(
        desk.office.db, "UPDATE letter SET fields = replace(fields, '投〔2026〕', '投〔2025〕')"
    )
    with faulty(("", "wording_changed")):
        letterprints.word(desk.office, made[0], ACTING)


def test_many_letters_are_saved_each_or_joined_and_others_passed_over(
    desk: Desk, tmp_path: Path
) -> None:
    chosen = [transferred(desk), answered(desk)]
    void = transferred(desk)
    letterbook.void(desk.office, void, "重号", ACTING)
    held = letterbook.reserve(desk.office, "chase", "留用", ACTING).value
    told: list[tuple[int, int]] = []
    folder = tmp_path / "文书"
    folder.mkdir()
    everything = [*chosen, void, held]
    paths = letterprints.save_each(
        desk.office, everything, folder, ACTING, lambda *far: told.append(far)
    )
    assert [path.name for path in paths] == [
        "澄公开办投转〔2026〕1号 转办函.pdf", "澄公开办投告〔2026〕1号 办理结果告知书.pdf",
    ]  # fmt: skip
    assert [path.read_bytes() for path in paths] == [letters.pdf(desk.office, x) for x in chosen]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    paths[0].write_bytes(b"of somebody else")
    again = letterprints.save_each(desk.office, chosen, folder, ACTING, nothing)
    assert [path.name.endswith(" (2).pdf") for path in again] == [True, False]
    joined = letterprints.join(desk.office, everything, ACTING, nothing, duplex=True).pdf
    pages = [len(pypdf.PdfReader(BytesIO(letters.pdf(desk.office, x))).pages) for x in chosen]
    whole = pypdf.PdfReader(BytesIO(joined))
    assert len(whole.pages) == pages[0] + pages[0] % 2 + pages[1]
    titles = [(one.title, whole.get_destination_page_number(one)) for one in whole.outline]  # type: ignore[union-attr,arg-type]
    assert titles == [
        ("澄公开办投转〔2026〕1号　关于转办投诉举报事项的函　市市场监督局", 0),
        ("澄公开办投告〔2026〕1号　投诉举报办理结果告知书　投诉举报人", pages[0] + pages[0] % 2),
    ]
    assert (whole.root_object["/Lang"], whole.root_object["/PageMode"]) == ("zh-CN", "/UseOutlines")
    with forbidden("nothing_to_print"):
        letterprints.join(desk.office, [void, held], ACTING, nothing)
    with pytest.raises(StorageFault):
        letterprints.save_each(desk.office, chosen, tmp_path / "没有", ACTING, nothing)


def test_the_book_of_a_year_is_a_table_of_every_number(desk: Desk) -> None:
    transferred(desk)
    letterbook.reserve(desk.office, "chase", "给住建局", ACTING)
    letterbook.void(desk.office, transferred(desk), "重号", ACTING)
    page = text_of(letterprints.print_book(desk.office, 2026, ACTING))
    for wanted in ("2026年发文登记簿", "预留：给住建局", "作废：重号", "共3件"):
        assert wanted in page
    assert "这一年还没有发文" in text_of(letterprints.print_book(desk.office, 2025, ACTING))


# -- envelopes -------------------------------------------------------------------------------------


def test_envelopes_and_labels_go_where_the_letters_go(desk: Desk) -> None:
    chosen = [transferred(desk), answered(desk)]
    looked = desk.count("event", "action = 'complaint.reveal'")
    to = lettermail.mails(desk.office, chosen, ACTING)
    assert desk.count("event", "action = 'complaint.reveal'") == looked + 1
    assert to == (
        Mail("澄公开办投转〔2026〕1号", "", "", "市市场监督局"),
        Mail("澄公开办投告〔2026〕1号", "", ADDRESS, NAME, secret=True),
    )
    size = lettermail.envelope_sizes(desk.office)[0].name
    pdf = lettermail.print_envelopes(desk.office, to, size, ACTING)
    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 2
    assert "钱多多" in text_of(pdf)
    sheet = lettermail.label_sizes(desk.office)[0].name
    assert "钱多多" in text_of(lettermail.print_labels(desk.office, to, sheet, 3, ACTING))
    with faulty(("skip", "label_skip")):
        lettermail.print_labels(desk.office, to, sheet, 14, ACTING)
    with faulty(("rows.0.postcode", "postcode"), ("rows.0.name", "required")):
        lettermail.print_envelopes(desk.office, [Mail("", "12", "", " ")], size, ACTING)
    with faulty(("size", "choose")):
        lettermail.print_envelopes(desk.office, to, "没有", ACTING)
    with faulty(("rows", "required")):
        lettermail.print_labels(desk.office, [], sheet, 0, ACTING)


# -- the code --------------------------------------------------------------------------------------


def test_a_code_tells_whether_the_letter_is_ours_and_as_it_was_made(desk: Desk) -> None:
    made = transferred(desk)
    kept = queries.letter(desk.office.db, made)
    assert kept is not None

    def agreement(text: str) -> Agreement:
        return lettercode.verify(desk.office, text).agreement

    good = lettercode.verify(desk.office, kept.code + "\r\n")
    assert good.agreement is Agreement.GOOD
    assert good.row is not None
    assert (good.row.letter.id, good.spoilt) == (made, False)
    spoilt = lettercode.verify(desk.office, kept.code.replace("澄公开办投转", "????"))
    assert (spoilt.agreement, spoilt.spoilt) == (Agreement.GOOD, True)
    altered = kept.code.replace(good.row.digest, "0" * 16)
    assert agreement(altered) is Agreement.ALTERED
    assert agreement(altered.replace("澄公开办", "别")) is Agreement.UNKNOWN
    assert agreement(kept.code.replace("SLED2", "SLED1").rpartition("|")[0]) is Agreement.GOOD
    assert agreement("https://example.org") is Agreement.UNREADABLE
    letterbook.void(desk.office, made, "重号", ACTING)
    assert agreement(kept.code) is Agreement.VOID
    outside(desk.office.db, "UPDATE letter_file SET pdf = x'00'")
    assert agreement(kept.code) is Agreement.DAMAGED


# -- the printer -----------------------------------------------------------------------------------


def test_the_test_page_shows_the_type_area_in_true_size() -> None:
    pdf = lettercode.print_test_page(TODAY)
    assert pdf == lettercode.print_test_page(TODAY)
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=254 / 72).to_pil().convert("L").point(lambda v: 255 * (v < 128))
    column = picture.crop((0, 400, 2100, 410)).getbbox()  # 10 pixels are one millimetre
    assert (column[0] / 10, column[2] / 10) == pytest.approx((28, 184), abs=0.2)
    row = picture.crop((300, 0, 310, 2970)).getbbox()
    assert (row[1] / 10, row[3] / 10) == pytest.approx((37, 262), abs=0.2)


@pytest.mark.parametrize(
    ("ruler", "printer"),
    [
        ((156, 225, 28, 37), Printer.GOOD),
        ((156.5, 224.5, 28.5, 36.5), Printer.GOOD),
        ((151, 217.6, 30.6, 40.5), Printer.SCALED),
        ((156, 220, 28, 37), Printer.STRETCHED),
        ((156, 225, 31, 37), Printer.SHIFTED),
    ],
)
def test_a_ruler_tells_what_is_wrong_with_a_printer(
    ruler: tuple[float, float, float, float], printer: Printer
) -> None:
    assert lettercode.measure(*ruler).printer is printer


def test_a_length_that_can_not_be_is_refused() -> None:
    with faulty(("width", "length"), ("top", "length")):
        lettercode.measure(15.6, 225, 28, 370)
