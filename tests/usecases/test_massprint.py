"""Papers of many complaints as one print: each whole, what is left out named with its reason."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from desktop.rules.complaints import Outcome, Ruling
from desktop.usecases import letterbook, massprint, office, transfers
from desktop.usecases.letterbook import DispatchDraft
from desktop.usecases.massprint import Gathered, LeftOut, Papers, Why
from desktop.usecases.transfers import ObjectionDraft
from tests.pdftext import text_of
from tests.usecases.desk import ACTING, NAME, SECRETS, TODAY, Desk, forbidden


def gathered(desk: Desk, papers: Papers, *ids: int) -> Gathered:
    return massprint.gather(desk.office, papers, ids, ACTING, lambda _at: None)


def actions(desk: Desk) -> list[str]:
    return [row[0] for row in desk.office.db.execute("SELECT action FROM event").fetchall()]


def test_the_forms_of_many_are_one_print_each_on_a_sheet_of_its_own(desk: Desk) -> None:
    first, second = desk.register(), desk.anonymous(subject="公开栏空白")
    gone = desk.register()
    office.take_back(desk.office, desk.last_event(), ACTING)
    made = gathered(desk, Papers.INTAKE, first, second, gone)
    assert (made.papers, made.complaints) == (2, 2)
    assert made.left == (LeftOut("投〔2026〕0003", Why.VOID),)
    assert text_of(made.pdf).count("投诉举报登记表") == 2
    outline = pypdf.PdfReader(BytesIO(made.pdf)).outline
    starts = [pypdf.PdfReader(BytesIO(made.pdf)).get_destination_page_number(o) for o in outline]
    assert [start % 2 for start in starts] == [0, 0]
    # of the one with a complainant it is on record that it was looked at
    assert actions(desk).count("complaint.reveal") == 1


def test_approval_sheets_are_printed_of_what_waits_for_the_leader_and_name_nobody(
    desk: Desk,
) -> None:
    waiting, decided = desk.register(), desk.register()
    desk.decide(decided, Ruling.ACCEPT)
    made = gathered(desk, Papers.APPROVAL, waiting, decided)
    assert (made.papers, made.left) == (1, (LeftOut("投〔2026〕0002", Why.DECIDED),))
    returned = desk.register()
    desk.decide(returned, Ruling.TRANSFER)
    desk.transfer(returned)
    objection = ObjectionDraft(ACTING.today, "不属于本单位职责")
    transfers.record_objection(desk.office, returned, objection, ACTING)
    assert gathered(desk, Papers.APPROVAL, returned).left == ()  # the leader decides anew
    assert not [secret for secret in SECRETS if secret in text_of(made.pdf)]
    assert "complaint.reveal" not in actions(desk)


def test_letters_are_printed_until_they_are_dispatched(desk: Desk) -> None:
    bare, number = desk.register(), desk.register()
    desk.decide(number, Ruling.ACCEPT)
    desk.find(number, Outcome.PROVEN)
    letter = desk.answer(number)
    made = gathered(desk, Papers.LETTERS, bare, number)
    assert (made.papers, made.left) == (1, (LeftOut("投〔2026〕0001", Why.NO_LETTERS),))
    assert NAME in text_of(made.pdf)
    assert actions(desk)[-1] == "complaint.reveal"
    letterbook.dispatch(desk.office, letter, DispatchDraft(TODAY, "邮寄", ""), ACTING)
    nothing = gathered(desk, Papers.LETTERS, bare, number)
    assert (nothing.pdf, nothing.papers, len(nothing.left)) == (b"", 0, 2)


def test_who_may_not_see_who_complained_prints_no_form(desk: Desk) -> None:
    number = desk.register()
    waiting = desk.anonymous()
    session = desk.office.session
    desk.office.session = replace(session, keys=replace(session.keys, identity=None))
    with forbidden("identity_hidden"):
        gathered(desk, Papers.INTAKE, number)
    assert gathered(desk, Papers.APPROVAL, waiting).papers == 1


def test_the_print_can_be_stopped(desk: Desk) -> None:
    one, two = desk.anonymous(), desk.anonymous()

    class _Stop(Exception):
        pass

    def told(at: int) -> None:
        if at:
            raise _Stop

    with pytest.raises(_Stop):
        massprint.gather(desk.office, Papers.INTAKE, [one, two], ACTING, told)
