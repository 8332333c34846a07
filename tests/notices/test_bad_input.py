"""What a clerk may paste or forget: named clearly, never printed wrongly."""

import random

import pytest

from desktop.notices import (
    ControlCharacter,
    FieldFaults,
    HiddenCharacter,
    Kind,
    Letter,
    LetterError,
    MissingGlyph,
    character_name,
    check,
    compose,
    load_templates,
    render,
    to_docx,
)
from desktop.notices.fonts import bundled
from desktop.notices.lines import NO_END, NO_START, Measure, Span, break_lines
from desktop.notices.page import CELL, CORE_WIDTH, SIZE_3
from tests.notices.makers import make_document, make_letter
from tests.notices.samples import LETTERS, STORY, short_fields

TEMPLATES = load_templates(LETTERS)


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u200b", "零宽空格（U+200B）"),
        ("\u200d", "零宽连字（U+200D）"),
        ("\u202e", "从右到左强制（U+202E）"),
        ("\u2066", "从左到右隔离（U+2066）"),
        ("\ufeff", "字节顺序标记（U+FEFF）"),
        ("\u00ad", "软连字符（U+00AD）"),
    ],
)
def test_hidden_characters_are_named(char: str, name: str) -> None:
    letter = make_letter(body=f"经查{char}属实。")
    for make in (render, to_docx):
        with pytest.raises(HiddenCharacter) as raised:
            make(letter)  # type: ignore[operator]
        assert raised.value.characters == (char,)
        assert raised.value.named == (name,)
        assert name in str(raised.value)
    with pytest.raises(HiddenCharacter):
        compose(TEMPLATES[Kind.REFUSAL], {**short_fields(Kind.REFUSAL), "reason": f"甲{char}乙"})


def test_each_hidden_character_is_named_once_and_controls_come_first() -> None:
    with pytest.raises(HiddenCharacter) as raised:
        render(make_letter(addressee="王\u200b某\u202e某\u200b"))
    assert raised.value.characters == ("\u200b", "\u202e")
    with pytest.raises(ControlCharacter) as control:
        render(make_letter(addressee="王\u200b某\x1b"))
    assert control.value.named == ("转义符（U+001B）",)
    assert not isinstance(control.value, HiddenCharacter)
    with pytest.raises(MissingGlyph) as missing:
        render(make_letter(addressee="王😀"))
    assert missing.value.named == ("😀（U+1F600）",)
    assert character_name("\x07") == "（U+0007）"


def test_half_a_character_is_refused_in_word_too() -> None:
    with pytest.raises(LetterError):
        to_docx(make_letter(body="经查\ud800属实。"))


@pytest.mark.parametrize("length", [1, 40, 120])
@pytest.mark.parametrize("make", [make_letter, make_document])
def test_names_of_any_length_keep_the_standard(make: type, length: int) -> None:
    name = ("阿卜杜热西提·买买提明·吐尔逊古丽" * 9)[:length]
    letter = make(addressee=name)
    assert [str(item) for item in check(render(letter).pdf, letter).failures] == []


def test_a_paragraph_of_twenty_thousand_keeps_the_standard() -> None:
    body = (STORY * 200)[:20_000]
    letter = make_document(body=body)
    assert len(letter.paragraphs) == 1
    rendered = render(letter)
    assert rendered.pages > 30
    assert [str(item) for item in check(rendered.pdf, letter).failures] == []


@pytest.mark.parametrize("kind", Kind)
def test_every_field_that_is_missing_is_named(kind: Kind) -> None:
    with pytest.raises(FieldFaults) as raised:
        compose(TEMPLATES[kind], {})
    faults = {fault.field for fault in raised.value.faults}
    assert faults >= {"office", "dated", *TEMPLATES[kind].fields}
    assert {fault.code for fault in raised.value.faults} == {"missing"}


def test_ten_thousand_random_lines_break_no_rule() -> None:
    """避头尾 over texts of Han, marks, numbers and Latin mixed at random (fixed seed)."""
    dice = random.Random(9704)
    grid = Measure(bundled(), SIZE_3, CELL, CORE_WIDTH - 2 * CELL, CORE_WIDTH)
    words = [
        "政务公开",
        "责任追究",
        "投诉",
        "举报人",
        "办理",
        "期限",
        "的",
        "一",
        "是",
        "王堃",
        "2026年",
        "1,286.40元",
        "98.5%",
        "TS-2026-1",
        "PDF",
    ]
    closing = ["，", "。", "；", "、", "”，", "》。", "）", "？”", "……", "——", "！", "：", ""]
    opening = ["", "", "", "《", "“", "（", "〔", "（《"]
    lines = 0
    while lines < 10_000:
        text = "".join(
            dice.choice(opening) + "".join(dice.choices(words, k=dice.randint(1, 5)))
            + dice.choice(closing)
            for _ in range(dice.randint(1, 400))
        )  # fmt: skip
        broken = break_lines([Span(text)], grid)
        assert "".join(line.text for line in broken) == text
        assert not [line.text for line in broken[1:] if line.text[0] in NO_START]
        assert not [line.text for line in broken[:-1] if line.text[-1] in NO_END]
        lines += len(broken)


def test_a_letter_is_a_value() -> None:
    letter = compose(TEMPLATES[Kind.RESULT], short_fields(Kind.RESULT))
    assert isinstance(letter, Letter)
    assert hash(letter) == hash(compose(TEMPLATES[Kind.RESULT], short_fields(Kind.RESULT)))
