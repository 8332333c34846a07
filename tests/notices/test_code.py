"""The 二维码: its text is stable and can be read back, a reader finds it, it covers nothing."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from desktop.notices import (
    Code,
    CopyMark,
    Kind,
    Letter,
    MissingGlyph,
    UnreadableCode,
    code_text,
    compose,
    load_templates,
    paragraphs_of,
    read_code,
    render,
    with_code,
)
from desktop.notices.kinds import KINDS, Shape
from desktop.notices.letterhead import CODE_SIDE
from desktop.notices.page import BOTTOM, LEFT
from tests.notices.makers import make_document, make_letter
from tests.notices.pdfpage import MM
from tests.notices.samples import LETTERS, long_fields, short_fields

TEMPLATES = load_templates(LETTERS)
OF_LETTERS = [kind for kind in Kind if KINDS[kind].shape is Shape.LETTER]


def picture(letter: Letter, dpi: int, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(render(letter).pdf)
    try:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")  # type: ignore[no-any-return]
    finally:
        document.close()


def decoded(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def test_the_text_is_stable() -> None:
    """A changed digest would make every letter printed before look altered."""
    letter = make_letter(register_number="TS-2026-000128")
    assert code_text(letter) == "SLED1|result|某公开办函〔2026〕8号|TS-2026-000128|6c6f9a85087b4cb8"
    assert code_text(with_code(letter)) == code_text(letter)
    assert code_text(dataclasses.replace(letter, mark=CopyMark.COPY)) == code_text(letter)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "另一标题"},
        {"paragraphs": paragraphs_of("另一正文。")},
        {"dated": dt.date(2026, 11, 6)},
        {"sealed": False},
        {"remark": "联系人：赵某"},
        {"copied_to": ("市纪委",)},
        {"number": "某公开办函〔2026〕9号"},
    ],
)
def test_every_change_of_what_it_says_changes_the_digest(changes: dict[str, object]) -> None:
    letter = make_letter()
    other = dataclasses.replace(letter, **changes)  # type: ignore[arg-type]
    assert read_code(code_text(other)).digest != read_code(code_text(letter)).digest


def test_a_code_reads_back_what_it_was_made_from() -> None:
    letter = make_letter(number="甲|乙%7C〔2026〕1号", register_number="TS|%25")
    code = read_code(f"\ufeff{code_text(letter)}\r\n")
    assert (code.kind, code.number) == ("result", "甲|乙%7C〔2026〕1号")
    assert code.register_number == "TS|%25"
    spoilt = "SLED1|result|??|?|TS-1|0123456789ABCDEF"
    assert read_code(spoilt) == Code("result", "??|?", "TS-1", "0123456789abcdef")


ANCHOR = "123456-ABCD-EFGH-IJKL-MNOP"


def test_a_code_may_hold_the_head_of_the_log() -> None:
    letter = make_letter(number="甲|乙〔2026〕1号", register_number="TS|1")
    coded = with_code(letter, ANCHOR)
    assert coded.code.startswith("SLED2|result|")
    assert read_code(coded.code) == dataclasses.replace(read_code(code_text(letter)), anchor=ANCHOR)
    assert read_code(code_text(letter)).anchor == ""
    assert code_text(coded) == code_text(letter)  # what it says is the same


@pytest.mark.parametrize("make", [make_letter, make_document])
def test_a_reader_finds_a_code_with_a_head_too(make: Callable[..., Letter]) -> None:
    name = "某某市政务公开暨行政权力公开透明运行工作领导小组办公室"
    letter = with_code(make(number=f"{name}〔2026〕1286号", register_number="TS-1"), ANCHOR)
    assert decoded(picture(letter, 150)) == [letter.code]
    scanned = picture(letter, 300).rotate(1.5, fillcolor=255).filter(ImageFilter.GaussianBlur(1))
    assert decoded(scanned) == [letter.code]


@pytest.mark.parametrize(
    "text",
    ["", "https://example.org", "SLED1|result|甲|TS", "SLED2|result|甲|TS|0123456789abcdef",
     "SLED1|result|甲|TS|0123456789abcde", "SLED1|result|甲|TS|0123456789abcdez"],
)  # fmt: skip
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(UnreadableCode):
        read_code(text)


@pytest.mark.parametrize("make", [make_letter, make_document])
@pytest.mark.parametrize(
    "name", ["某公开办函", "某某市政务公开暨行政权力公开透明运行工作领导小组办公室"]
)
def test_a_reader_finds_it_at_150_dpi_and_askew(make: Callable[..., Letter], name: str) -> None:
    letter = make(number=f"{name}〔2026〕1286号", register_number="TS-2026-000128")
    letter = with_code(letter)
    assert decoded(picture(letter, 150)) == [letter.code]
    scanned = picture(letter, 300).rotate(1.5, fillcolor=255).filter(ImageFilter.GaussianBlur(1))
    assert decoded(scanned) == [letter.code]
    assert not decoded(picture(dataclasses.replace(letter, code=""), 150))


@pytest.mark.parametrize("kind", OF_LETTERS)
@pytest.mark.parametrize("fields", [short_fields, long_fields])
@pytest.mark.parametrize("remark", ["", "联系人：赵某；" * 20])
def test_it_covers_nothing(
    kind: Kind, fields: Callable[[Kind], dict[str, object]], remark: str
) -> None:
    """The square and its quiet zone are blank in the letter without the code, on page 1."""
    letter = compose(TEMPLATES[kind], fields(kind))
    assert isinstance(letter, Letter)
    letter = dataclasses.replace(letter, remark=remark or letter.remark)
    dpi = 60
    scale = dpi / 25.4
    document = letter.layout == "document"
    top = BOTTOM * MM + 6.5 if document else 297 - 20 + 1.5
    quiet = 1.4
    left, side = LEFT * MM, CODE_SIDE * MM
    box = (left - quiet, top - quiet, left + side + quiet, top + side + quiet)
    area = tuple(round(length * scale) for length in box)
    plain = picture(letter, dpi)
    assert plain.crop(area).getextrema() == (255, 255)  # type: ignore[arg-type]
    assert box[3] < 297 - 3
    coded = picture(with_code(letter), dpi)
    assert coded.crop(area).getextrema()[0] < 60  # type: ignore[arg-type,operator]
    coded.paste(255, area)  # type: ignore[arg-type]
    assert coded.tobytes() == plain.tobytes()


def test_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(MissingGlyph) as raised:
        with_code(make_letter(body="经查\ud800属实，\udc00也是。"))
    assert raised.value.characters == ("\ud800", "\udc00")
    assert raised.value.named[0] == "（U+D800）"
