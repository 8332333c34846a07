"""What is pasted loses what is no part of the text, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.pasted import clean_line, clean_number, clean_text

#: Prose as people write it: common characters, no broken encodings.
HANZI = st.sampled_from(
    "市住房保障局没有公开租分配名单我们多次到窗口询问工作人员说不对外提供收费依据张王李"
)
SENTENCE = st.text(HANZI, min_size=3, max_size=60).map(lambda t: t + "。")
PROSE = st.lists(SENTENCE, min_size=1, max_size=6)


@given(st.text(max_size=300))
def test_anything_can_be_pasted_and_cleaning_ends(text: str) -> None:
    for clean in (clean_text, clean_line, clean_number):
        made = clean(text)
        assert "\r" not in made
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", made)
    assert "\n" not in clean_line(text)


@given(PROSE)
def test_paragraphs_without_anything_wrong_stay_as_they_are(sentences: list[str]) -> None:
    text = "\n".join(sentences)
    assert clean_text(text) == text
    assert clean_text("\n\n".join(sentences)) == "\n\n".join(sentences)


@given(PROSE, st.integers(min_value=18, max_value=40))
def test_text_broken_by_a_page_keeps_every_character(sentences: list[str], width: int) -> None:
    text = "".join(sentences)
    broken = "\n".join(text[n : n + width] for n in range(0, len(text), width))
    assert clean_text(broken).replace("\n", "") == text


@given(st.text(HANZI, min_size=50, max_size=200), st.integers(min_value=18, max_value=40))
def test_one_long_sentence_broken_by_a_page_is_whole_again(text: str, width: int) -> None:
    sentence = f"{text[:5]}，{text[5:]}。"
    broken = "\n".join(sentence[n : n + width] for n in range(0, len(sentence), width))
    assert clean_text(broken) == sentence


@given(st.lists(st.text(HANZI, min_size=2, max_size=20), min_size=1, max_size=8))
def test_lists_keep_their_lines(items: list[str]) -> None:
    assert clean_text("\n".join(items)) == "\n".join(items)


@given(st.text(HANZI, min_size=4, max_size=60))
def test_text_read_as_western_is_read_rightly(text: str) -> None:
    assert clean_text(text.encode().decode("latin-1")) == text


@given(st.text(HANZI, min_size=4, max_size=60))
def test_gbk_text_read_as_western_is_read_rightly(text: str) -> None:
    assert clean_text(text.encode("gb2312").decode("latin-1")) == text


@pytest.mark.parametrize("line", ["Müller é à Zürich", "ÖÐ", "déjà vu, señor", "x² ± 3°"])
def test_western_words_stay(line: str) -> None:
    assert clean_text(line) == line


@given(st.text(HANZI, min_size=2, max_size=30).map(lambda t: t * 2))
def test_text_read_as_gbk_is_read_rightly(text: str) -> None:
    try:
        wrong = text.encode().decode("gb18030")
    except UnicodeDecodeError:
        return  # those bytes are no GB 18030: no program would have shown them so
    assert clean_text(wrong) == text


@pytest.mark.parametrize(
    "line", ["— 3 —", "-3-", "－ １２ －", "第 3 页", "第3页 共 12 页", "第三页，共十页"]
)
def test_page_numbers_go_but_only_as_whole_lines(line: str) -> None:
    assert clean_text(f"上一段。\n{line}\n下一段。") == "上一段。\n下一段。"
    kept = line.replace("１２", "12")
    assert clean_text(f"见{line}的说明。") == f"见{kept}的说明。"
    assert clean_text(line) == kept


def test_a_page_number_in_the_middle_of_a_sentence_parts_it_no_more() -> None:
    first = "市住房保障局从今年三月起应当公开公租房分配名单，至今没有公开，我们多次到窗"
    assert clean_text(f"{first}\n— 2 —\n口询问，没有答复。") == f"{first}口询问，没有答复。"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("张\u200b三\u202e\ufeff", "张三"),
        ("锟斤拷锟斤拷名单没有公开\ufffd", "名单没有公开"),
        ("第一条　公开名单。\n第二条　公开收费。", "第一条　公开名单。\n第二条　公开收费。"),
        ("２０２６年，Ａ３幢（甲）：５０％！", "2026年，A3幢（甲）：50％！"),
        ("關(guān)于設臵約（yuē）定", "關于設置約定"),
        ("单（dan）某、王某(科员)、(guān)", "单（dan）某、王某(科员)、(guān)"),
    ],
)
def test_small_things(text: str, wanted: str) -> None:
    assert clean_text(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("０３００－５５５０１０１　转８", "0300-5550101 转8"),
        ("１３８\u200b００００\n１１１１", "1380000 1111"),
        ("ＸＡ１２３４５６７８９ＣＮ", "XA123456789CN"),
        ("138—0000—1111", "138-0000-1111"),
    ],
)
def test_numbers_become_narrow(text: str, wanted: str) -> None:
    assert clean_number(text) == wanted
