"""The result letter: seen before, numbered once, found again."""

from desktop.ui.assessments.gradepage import GradePage, LetterPage
from desktop.usecases import assessments
from tests.ui.assessments.conftest import GOOD, Desk


def _open(desk: Desk) -> GradePage:
    desk.open_round()
    desk.score(1, GOOD)
    desk.tab.overview.select(1)
    desk.click("assessments.next")
    page = desk.tab.page()
    assert isinstance(page, GradePage)
    return page


def test_the_letter_is_seen_beside_the_form_before_it_has_a_number(desk: Desk) -> None:
    page = _open(desk)
    assert page.preview.page_count() == 2
    assert desk.view().units[0].unit.letter is None


def test_a_date_before_the_round_is_refused_under_its_field(desk: Desk) -> None:
    page = _open(desk)
    page.form.editor("day").set_value(None)
    desk.type(page.form.editor("day").target(), "2026-11-19")
    desk.qtbot.waitUntil(lambda: not page._pause.isActive())
    desk.click("assessments.grade.save")
    assert page.form.faults() == {"day": "日期不能早于开始的日期（2026-11-20），请改正。"}
    assert desk.view().units[0].unit.graded is None


def test_without_a_date_the_preview_says_what_is_missing(desk: Desk) -> None:
    page = _open(desk)
    page.form.editor("day").set_value(None)
    desk.qtbot.waitUntil(lambda: page.preview.page_count() == 0)


def test_the_numbered_letter_is_shown_and_found_again(desk: Desk) -> None:
    _open(desk)
    desk.click("assessments.grade.save")
    page = desk.tab.page()
    assert isinstance(page, LetterPage)
    assert page.preview.page_count() == 2
    desk.click("assessments.letter.back")
    assert desk.view().units[0].unit.letter_number == "澄公开办考通〔2026〕1号"
    desk.click("assessments.letter")
    again = desk.tab.page()
    assert isinstance(again, LetterPage)
    assert again.preview.page_count() == 2


def test_the_letter_names_the_year_once(desk: Desk) -> None:
    _open(desk)
    fields = desk.work(
        lambda office: assessments.result_fields(office, 1, desk.context.today())[1], changes=False
    )
    assert (fields["year"], fields["round_name"]) == ("2026", "年终考核")
