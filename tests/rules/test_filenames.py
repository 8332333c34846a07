"""Names of files that leave the program can be kept on every system and mislead nobody."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.filenames import LONGEST, safe_name


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("来信.pdf", "来信.pdf"),
        ("..\\..\\Windows\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("x.pdf:ads", "x.pdf_ads"),
        ("\u202efdp.exe", "fdp.exe"),
        ("名单\u202egpj.exe", "名单gpj.exe"),
        ("\\\\server\\share\\a.docx", "a.docx"),
        ("尾巴. . .", "尾巴"),
        ("", "附件"),
        ("...", "附件"),
        (".pdf", "pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("问号?星*.xlsx", "问号_星_.xlsx"),
        ("空白 .pdf", "空白.pdf"),
    ],
)
def test_names(name: str, wanted: str) -> None:
    assert safe_name(name) == wanted


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("长" * 300 + ".pdf") == "长" * (LONGEST - 4) + ".pdf"


@given(st.text(max_size=400))
def test_whatever_the_name_it_can_be_kept(name: str) -> None:
    made = safe_name(name)
    assert 0 < len(made) <= LONGEST
    assert not set(made) & set('<>:"/\\|?*')
    assert made == made.strip(" .")
    assert made.split(".")[0].upper() not in ("CON", "PRN", "AUX", "NUL", "COM1", "LPT1")
    assert all(unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Co", "Cn") for ch in made)
    assert safe_name(made) == made
