"""The pairs of very many texts are those of each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from db import pairs
from db.search import Folding, grams

FOLDING = Folding({"後": "后", "資": "资", "開": "开", "甲": "乙", "乙": "丙", "裏": "里"})
#: Two scripts, widths, cases, letters that grow when they are small, signs, blanks, far characters.
SIGNS = "公开開资資甲乙丙12AaßİＡ１，（。)-_ \n\0…\u2063\U00020001é"


@given(st.lists(st.text(alphabet=SIGNS, max_size=24) | st.text(max_size=12), max_size=8))
def test_pairs_of_many_are_the_pairs_of_each(texts: list[str]) -> None:
    found = [made.split() for made in pairs.of_many(texts, FOLDING.table)]
    assert found == [grams(FOLDING(text)).split() for text in texts]


def test_very_many_different_characters_are_exchanged_too() -> None:
    wide = "公".join(map(chr, (*range(0xFF01, 0xFF5F), *range(0x2010, 0x2040)))) + "開資後裏。"
    (found,) = pairs.of_many([wide], FOLDING.table)
    assert found.split() == grams(FOLDING(wide)).split()


def test_no_text_has_no_pairs() -> None:
    assert pairs.of_many([], FOLDING.table) == []
    assert [one.split() for one in pairs.of_many(["", "开", ""], FOLDING.table)] == [[], ["开"], []]
