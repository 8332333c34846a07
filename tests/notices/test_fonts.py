"""Which characters can be printed, and that nothing is ever printed blank."""

import io

import pdfplumber
import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.pdfbase import pdfmetrics

from desktop.notices import ControlCharacter, MissingGlyph, Note, render_letter
from desktop.notices.fonts import Role, bundled
from tests.notices.makers import make_document, make_letter
from tests.notices.pdfpage import PrintedFile

RARE = "堃喆犇昇玥𬱖䶮㛃"


@pytest.mark.parametrize("reader", ["pypdf", "pdfplumber", "pypdfium2"])
def test_rare_characters_print_and_can_be_searched(reader: str) -> None:
    rendered = render_letter(
        make_letter(addressee=f"王{RARE}", body=f"查{RARE}，属实。", title=RARE)
    )
    stream = io.BytesIO(rendered.pdf)
    if reader == "pypdf":
        text = pypdf.PdfReader(stream).pages[0].extract_text()
    elif reader == "pdfplumber":
        with pdfplumber.open(stream) as pdf:
            text = pdf.pages[0].extract_text()
    else:
        document = pypdfium2.PdfDocument(rendered.pdf)
        text = document[0].get_textpage().get_text_bounded()
        document.close()
    text = "".join(text.split())
    assert f"王{RARE}：" in text
    assert f"查{RARE}，属实。" in text
    assert Note.RARE_CHARACTERS in rendered.notes


def test_a_rare_character_leaves_ink() -> None:
    blank = PrintedFile(render_letter(make_letter(body="一")).pdf)
    line = next(line for line in blank.lines[0] if line.text == "一")
    for char in RARE:
        file = PrintedFile(render_letter(make_letter(body=char)).pdf)
        box = file.ink(0, (line.left, line.top, line.left + 5.5, line.bottom + 0.5))
        assert box is not None, char
        assert box[3] - box[1] > 3, char


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"body": "好的😀，收到👍。😀"}, ("😀", "👍")),
        ({"copied_to": ("市局\ue000",)}, ("\ue000",)),
        ({"remark": "葛\U000e0100"}, ("\U000e0100",)),
        ({"issuer": "\ud800办"}, ("\ud800",)),
    ],
)
def test_a_character_without_glyph_is_named(
    changes: dict[str, object], missing: tuple[str, ...]
) -> None:
    with pytest.raises(MissingGlyph) as raised:
        render_letter(make_document(**changes))
    assert raised.value.characters == missing
    assert f"U+{ord(missing[0]):04X}" in str(raised.value)


@pytest.mark.parametrize("char", ["\t", "\x00", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_control_character_is_refused(char: str) -> None:
    with pytest.raises(ControlCharacter) as raised:
        render_letter(make_letter(addressee=f"王{char}某"))
    assert raised.value.characters == (char,)


def test_fonts_are_registered_once() -> None:
    render_letter(make_letter())
    before = {role: pdfmetrics.getFont(role.name) for role in (Role.BODY, Role.TITLE)}
    render_letter(make_letter())
    assert all(pdfmetrics.getFont(role.name) is font for role, font in before.items())


def test_only_bundled_fonts_are_in_the_file() -> None:
    rendered = render_letter(make_document(body="一、标题\n（一）小标题\n正文王𬱖123"))
    names = {font.name.split("+")[-1] for font in PrintedFile(rendered.pdf).fonts()}
    assert all(name.startswith("Notice") for name in names)
    assert set(rendered.fonts) == {role.value for role in Role}


def test_all_of_gb2312_can_be_printed() -> None:
    chars = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                chars.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    assert len(chars) == 6763
    bundled().require("".join(chars))
