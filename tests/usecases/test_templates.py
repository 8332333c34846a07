"""The wordings of letters: which is in force, what the check finds, versions, going back."""

import tomllib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import StorageFault
from desktop.notices import Kind, read_template
from desktop.rules.complaints import Ruling
from desktop.rules.faults import Faults
from desktop.usecases import templates
from desktop.usecases.office import Acting
from desktop.usecases.template_check import given_fields, look_over
from desktop.usecases.template_draft import declared, draft_of, template_file, wording_of
from desktop.usecases.templates import Origin, Shape, TemplateDraft
from tests.notices.samples import short_fields
from tests.tamper import outside
from tests.usecases.desk import ACTING, TEMPLATES, TODAY, Desk, faulty

LATER = Acting(1, "王敏", datetime(2026, 11, 23, 9, 30))


def _draft(desk: Desk, kind: Kind = Kind.REFUSAL, pack: str = "") -> TemplateDraft:
    return templates.open_template(desk.office, kind, pack).draft


def _changed(desk: Desk, old: str, new: str, kind: Kind = Kind.REFUSAL) -> TemplateDraft:
    draft = _draft(desk, kind)
    assert old in draft.text("body")
    return draft.with_text("body", draft.text("body").replace(old, new))


def _found(desk: Desk, draft: TemplateDraft) -> list[tuple[str, int, str, str]]:
    found = templates.check(desk.office, Kind.REFUSAL, draft, today=TODAY)
    return [(f.part, f.line, f.code, f.detail) for f in found]


def _save(desk: Desk, draft: TemplateDraft, pack: str = "", note: str = "") -> templates.Done[int]:
    return templates.save(desk.office, Kind.REFUSAL, pack, draft, note, ACTING)


def _refused(desk: Desk) -> int:
    number = desk.register()
    desk.decide(number, Ruling.REFUSE)
    return desk.refuse(number)


THANKS = "感谢对政务公开工作的关心和监督。"
OWN = "感谢您的来信。"


# -- the program's own wordings


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("full", [True, False], ids=["full", "sparse"])
def test_every_program_template_opens_checks_clean_and_previews(
    desk: Desk, kind: Kind, full: bool
) -> None:
    view = templates.open_template(desk.office, kind)
    assert view.draft == view.program
    assert not view.own
    assert templates.check(desk.office, kind, view.draft, today=TODAY) == ()
    pdf = templates.preview(desk.office, kind, view.draft, today=TODAY, full=full)
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("kind", Kind)
def test_every_template_taken_apart_and_put_together_is_the_same(kind: Kind) -> None:
    template = TEMPLATES[kind]
    draft = draft_of(kind, template.default)
    wording = wording_of(draft, template.default)
    fields = declared(wording, template.fields)
    again = read_template(template_file(kind, template.name, fields, wording))
    assert draft_of(kind, again.default) == draft
    assert again.fields == template.fields
    assert (again.default.rows, again.default.sizes) == (wording.rows, wording.sizes)
    assert again.default.columns == wording.columns


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text('"\\\n\x7f{}', max_size=8))
def test_any_text_survives_the_template_file(text: str, odd: str) -> None:
    template = TEMPLATES[Kind.REFUSAL]
    typed = (odd + text + odd).replace("\r", "")
    draft = draft_of(Kind.REFUSAL, template.default).with_text("attachments", typed)
    wording = wording_of(draft, template.default)
    content = template_file(template.kind, template.name, template.fields, wording)
    assert tomllib.loads(content)["default"]["attachments"] == typed


def test_every_field_has_a_chinese_name(desk: Desk) -> None:
    for kind in Kind:
        for field in templates.open_template(desk.office, kind).fields:
            assert field.title != field.name, (kind, field.name)


def test_the_usual_way_to_insert_a_field_is_right_for_every_field_of_a_letter(desk: Desk) -> None:
    for kind in Kind:
        view = templates.open_template(desk.office, kind)
        if view.shape is not Shape.LETTER:
            continue
        texts = [view.draft.text("body"), *(field.insert for field in view.fields)]
        draft = view.draft.with_text("body", "\n".join(texts))
        assert templates.check(desk.office, kind, draft, today=TODAY) == (), kind


# -- the check


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "detail"),
    [
        (THANKS, "{{ 感谢", 9, "template_brace", "}}"),
        (THANKS, "{{ remedy }", 9, "template_brace", "}}"),
        (THANKS, "{% if remedy", 9, "template_brace", "%}"),
        (THANKS, "{{ recieved }}", 9, "template_unknown_field", "recieved"),
        (THANKS, "{{ findings }}", 9, "template_unknown_field", "findings"),
        (THANKS, "{{ remedy｜sentence }}", 9, "template_character", "｜"),
        (THANKS, "{{ remedy|sentense }}", 9, "template_filter", "sentense"),
        (THANKS, "{% if remedy is odder %}有{% endif %}", 9, "template_test", "odder"),
        (THANKS, "{% if contact %}" + THANKS, 9, "template_unended_if", ""),
        (THANKS, "{% for a in contact %}" + THANKS, 9, "template_unended_for", ""),
        (THANKS, THANKS + "{% endif %}", 9, "template_stray_endif", ""),
        (THANKS, THANKS + "{% endfor %}", 9, "template_stray_endfor", ""),
        (THANKS, THANKS + "{% else %}", 9, "template_stray_else", ""),
        (THANKS, "{% wenn contact %}", 9, "template_tag", "wenn"),
        (THANKS, "{{ contact telephone }}", 9, "template_syntax", ""),
        (THANKS, "{{ subject|longdate }}", 9, "template_misused", "{{ subject|longdate }}"),
        (THANKS, "{{ received|sentence }}", 9, "template_misused", "{{ received|sentence }}"),
        (THANKS, "{{ channel_hint[0] }}", 9, "template_may_be_empty", "{{ channel_hint[0] }}"),
        (THANKS, "{{ received.year }}", 9, "template_dot", "year"),
        (THANKS, "{{ '好' * 1000000000 }}", 9, "template_not_here", ""),
        (THANKS, "好\x07", 9, "template_hidden", "U+0007"),
        (THANKS, "依据《国家公务员暂行条例》", 9, "template_repealed", "国家公务员暂行条例"),
        ("{% if remedy %}\n{{ remedy|sentence }}\n{% endif %}\n", "", 0, "template_must_mention",
         "remedy"),
    ],
)  # fmt: skip
def test_a_broken_wording_is_refused_at_its_line(
    desk: Desk, old: str, new: str, line: int, code: str, detail: str
) -> None:
    draft = _changed(desk, old, new)
    assert _found(desk, draft) == [("body", line, code, detail)]
    with faulty(("body", code)):
        _save(desk, draft)
    with faulty(("body", code)):
        templates.preview(desk.office, Kind.REFUSAL, draft, today=TODAY)
    assert desk.count("letter_template") == 0


def test_a_wording_without_title_addressee_or_body_is_refused(desk: Desk) -> None:
    draft = _draft(desk)
    for key in ("title", "addressee", "body"):
        draft = draft.with_text(key, " \n")
    assert [(f, c) for f, _line, c, _detail in _found(desk, draft)] == [
        ("title", "template_empty"),
        ("addressee", "template_empty"),
        ("body", "template_empty"),
    ]


def test_a_form_that_no_longer_tells_what_it_must_is_refused(desk: Desk) -> None:
    draft = _draft(desk, Kind.RECEIPT).with_text("rows.1.1.value", "")
    found = templates.check(desk.office, Kind.RECEIPT, draft, today=TODAY)
    assert [(f.code, f.detail) for f in found] == [("template_must_mention", "document_title")]


def test_an_article_and_a_period_typed_by_hand_are_doubted_but_may_be_kept(desk: Desk) -> None:
    draft = _changed(desk, THANKS, "依照第七条，请在15个工作日以前反馈。")
    found = templates.check(desk.office, Kind.REFUSAL, draft, today=TODAY)
    assert [(f.line, f.code, f.detail, f.warning) for f in found] == [
        (9, "template_article", "第七条", True),
        (9, "template_period", "15个工作日", True),
    ]
    assert _save(desk, draft).value


def test_a_character_that_no_font_has_is_refused_before_a_letter_needs_it(desk: Desk) -> None:
    draft = _changed(desk, THANKS, "感谢\U0001f44d")
    with faulty(("", "missing_glyph")):
        _save(desk, draft)
    look = templates.look(desk.office, Kind.REFUSAL, draft, today=TODAY)
    assert (look.pdf, [f.code for f in look.faults]) == (None, ["missing_glyph"])


def test_a_look_gives_the_sample_together_with_the_doubts(desk: Desk) -> None:
    look = templates.look(
        desk.office, Kind.REFUSAL, _changed(desk, THANKS, "见第二条"), today=TODAY
    )
    assert [f.code for f in look.faults] == ["template_article"]
    assert look.pdf is not None


_SCRAPS = [
    *("{{", "}}", "{%", "%}", "{{ ", " }}", "{% if", "{% for", "{#", "#}", "in", "else", "elif"),
    *("endif", "endfor", "not", "is", "and", "loop", ".", "|", "(", ")", "[", "]", ",", "remedy"),
    *("received", "subject", "longdate", "sentence", "first", "length", "0", "1", "-", "+", "*"),
    *("~", "==", ">", '"', "'", "# ", "## ", "，", "｜", "好", "x", " ", "\n"),
]


@given(st.lists(st.sampled_from(_SCRAPS), max_size=40), st.sampled_from(["", " "]))
def test_whatever_is_typed_the_check_answers(scraps: list[str], between: str) -> None:
    template = TEMPLATES[Kind.REFUSAL]
    draft = draft_of(Kind.REFUSAL, template.default).with_text("body", between.join(scraps))
    fields = short_fields(Kind.REFUSAL)
    found = look_over(Kind.REFUSAL, draft, given_fields(template), (fields,), {})
    lines = draft.text("body").count("\n") + 1
    assert all(0 <= fault.line <= lines for fault in found)


def test_brackets_without_end_are_answered_too(desk: Desk) -> None:
    draft = _changed(desk, THANKS, "{{ " + "(" * 5000 + " }}")
    assert _found(desk, draft) == [("body", 0, "template_syntax", "")]


# -- versions


def test_letters_made_afterwards_use_the_saved_version_and_older_ones_keep_theirs(
    desk: Desk,
) -> None:
    before = _refused(desk)
    saved = _save(desk, _changed(desk, THANKS, OWN), note="换一种说法")
    after = _refused(desk)
    assert THANKS in desk.pdf_text(before)
    assert OWN in desk.pdf_text(after)
    rows = dict(desk.office.db.execute("SELECT id, template FROM letter").fetchall())
    assert (rows[before], rows[after]) == (None, saved.value)
    _save(desk, _changed(desk, OWN, "特此说明。"))
    assert OWN in desk.pdf_text(after)
    assert "特此说明。" in desk.pdf_text(_refused(desk))


def test_the_list_says_which_wordings_are_the_offices_own(desk: Desk) -> None:
    _save(desk, _changed(desk, THANKS, OWN))
    rows = {row.kind: row for row in templates.list_templates(desk.office)}
    assert list(rows) == list(Kind)
    assert rows[Kind.REFUSAL].origin is Origin.OWN
    assert rows[Kind.REFUSAL].packs == ("",)
    assert rows[Kind.RESULT].origin is Origin.PROGRAM
    assert rows[Kind.RESULT].name == "办理结果告知书"


def test_the_versions_are_kept_with_who_made_them_when_and_why(desk: Desk) -> None:
    _save(desk, _changed(desk, THANKS, OWN), note="  换一种说法 ")
    _refused(desk)
    draft = _changed(desk, OWN, "特此说明。")
    templates.save(desk.office, Kind.REFUSAL, "", draft, "", LATER)
    view = templates.open_template(desk.office, Kind.REFUSAL)
    assert view.own
    assert view.draft == draft
    assert [(v.number, v.made.date(), v.made_by, v.note, v.letters) for v in view.versions] == [
        (2, date(2026, 11, 23), "王敏", "", 0),
        (1, date(2026, 11, 20), "王敏", "换一种说法", 1),
    ]


def test_a_wording_for_one_rulebook_comes_before_the_one_for_all(desk: Desk) -> None:
    assert [p.id for p in templates.open_template(desk.office, Kind.REFUSAL).packs] == ["baoding"]
    common = _save(desk, _changed(desk, THANKS, OWN)).value
    own = _save(desk, _changed(desk, OWN, "本地另有规定。"), pack="baoding").value
    effective = templates.effective
    assert effective(desk.office, Kind.REFUSAL, "baoding").row == own
    assert effective(desk.office, Kind.REFUSAL, "shangluo").row == common
    assert effective(desk.office, Kind.RESULT, "baoding").row is None
    assert "本地另有规定。" in desk.pdf_text(_refused(desk))


def test_nothing_is_saved_where_nothing_changed(desk: Desk) -> None:
    with faulty(("", "template_unchanged")):
        _save(desk, _draft(desk))
    with faulty(("note", "too_long")):
        _save(desk, _changed(desk, THANKS, OWN), note="长" * 201)


def test_an_old_version_is_put_back_as_the_newest(desk: Desk) -> None:
    first = _save(desk, _changed(desk, THANKS, OWN)).value
    _save(desk, _changed(desk, OWN, "特此说明。"))
    templates.restore(desk.office, Kind.REFUSAL, "", first, "恢复第 1 版", ACTING)
    view = templates.open_template(desk.office, Kind.REFUSAL)
    assert OWN in view.draft.text("body")
    assert [v.number for v in view.versions] == [3, 2, 1]
    with faulty(("", "template_unchanged")):
        templates.restore(desk.office, Kind.REFUSAL, "", first, "", ACTING)


def test_the_programs_wording_is_put_back_and_the_own_ones_stay_to_be_seen(desk: Desk) -> None:
    with faulty(("", "template_unchanged")):
        templates.restore(desk.office, Kind.REFUSAL, "", None, "", ACTING)
    _save(desk, _changed(desk, THANKS, OWN))
    templates.restore(desk.office, Kind.REFUSAL, "", None, "", ACTING)
    assert templates.effective(desk.office, Kind.REFUSAL, "baoding").row is None
    assert THANKS in desk.pdf_text(_refused(desk))
    view = templates.open_template(desk.office, Kind.REFUSAL)
    assert (view.own, view.draft) == (False, view.program)
    assert [(v.number, v.program) for v in view.versions] == [(2, True), (1, False)]
    [row] = [r for r in templates.list_templates(desk.office) if r.kind is Kind.REFUSAL]
    assert row.origin is Origin.PROGRAM


def test_a_version_of_another_kind_can_not_be_put_back(desk: Desk) -> None:
    row = _save(desk, _changed(desk, THANKS, OWN)).value
    with pytest.raises(LookupError):
        templates.restore(desk.office, Kind.RESULT, "", row, "", ACTING)


def test_saving_is_taken_back_as_long_as_no_letter_stands_on_it(desk: Desk) -> None:
    saved = _save(desk, _changed(desk, THANKS, OWN))
    desk.take_back(saved.event)
    assert templates.effective(desk.office, Kind.REFUSAL, "").row is None
    again = _save(desk, _changed(desk, THANKS, OWN))
    assert templates.open_template(desk.office, Kind.REFUSAL).versions[0].number == 2
    _refused(desk)
    with pytest.raises(StorageFault) as caught:
        desk.take_back(again.event)
    assert caught.value.code == "not_undoable"


def test_only_the_newest_version_is_taken_back(desk: Desk) -> None:
    first = _save(desk, _changed(desk, THANKS, OWN))
    second = _save(desk, _changed(desk, OWN, "特此说明。"))
    with pytest.raises(StorageFault):
        desk.take_back(first.event)
    desk.take_back(second.event)
    assert templates.effective(desk.office, Kind.REFUSAL, "").row == first.value


def test_a_wording_that_the_program_no_longer_takes_is_named_and_can_be_mended(desk: Desk) -> None:
    row = _save(desk, _changed(desk, THANKS, OWN)).value
    old = desk.office.db.execute("SELECT content FROM letter_template").fetchone()[0]
    changed = old.replace("remedy", "remedies")
    outside(desk.office.db, "UPDATE letter_template SET content = ?", [changed])
    with pytest.raises(Faults) as caught:
        templates.effective(desk.office, Kind.REFUSAL, "")
    assert [(f.code, f.facts) for f in caught.value.faults] == [
        ("template_outdated", (("name", "不予受理告知书"),))
    ]
    [listed] = [r for r in templates.list_templates(desk.office) if r.kind is Kind.REFUSAL]
    assert listed.outdated
    view = templates.open_template(desk.office, Kind.REFUSAL)
    assert (view.draft, view.versions[0].draft) == (view.program, None)
    templates.restore(desk.office, Kind.REFUSAL, "", None, "", ACTING)
    assert templates.effective(desk.office, Kind.REFUSAL, "").row is None
    assert row
