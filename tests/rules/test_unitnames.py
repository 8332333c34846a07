"""Short and near names of units: which known unit a ledger's word may mean, and when nobody can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.unitnames import NearNames

KNOWN = (
    "澄岳市民政局",
    "清河区民政局",
    "澄岳市住房和城乡建设局",
    "澄岳市市场监督管理局",
    "澄岳市城市管理综合行政执法局",
    "澄岳市发展和改革委员会",
    "澄岳市教育体育局",
    "清河区教育局",
    "澄岳市卫生健康委员会",
    "澄岳市第一人民医院",
    "澄岳市公安局",
    "城关镇人民政府",
    "柳林街道办事处",
    "澄岳供水有限责任公司",
)
NEAR = NearNames(KNOWN)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("市民政局", "澄岳市民政局"),
        ("澄岳民政局", "澄岳市民政局"),
        ("河北省澄岳市民政局", "澄岳市民政局"),
        ("澄岳市 民政局", "澄岳市民政局"),
        ("区民政局", "清河区民政局"),
        ("澄岳市清河区民政局", "清河区民政局"),
        ("市住建局", "澄岳市住房和城乡建设局"),
        ("市场监管局", "澄岳市市场监督管理局"),
        ("城管局", "澄岳市城市管理综合行政执法局"),
        ("市发改委", "澄岳市发展和改革委员会"),
        ("卫健委", "澄岳市卫生健康委员会"),
        ("第一人民医院", "澄岳市第一人民医院"),
        ("公安局", "澄岳市公安局"),
        ("市教育局", "澄岳市教育体育局"),
        ("城关镇", "城关镇人民政府"),
        ("城关镇政府", "城关镇人民政府"),
        ("柳林街道办", "柳林街道办事处"),
        ("澄岳供水公司", "澄岳供水有限责任公司"),
    ],
)
def test_a_short_name_is_proposed_for_the_only_unit_it_may_mean(word: str, name: str) -> None:
    assert NEAR.nearest(word) == name


@pytest.mark.parametrize(
    "word",
    [
        "民政局",  # of the city, or of the district
        "教育局",  # 清河区教育局, or short for 澄岳市教育体育局
        "县公安局",
        "清河区公安局",
        "市局",
        "中心",
        "环保局",
        "刘芳",
        "",
        "、、、",
    ],
)
def test_where_several_or_none_may_be_meant_nothing_is_proposed(word: str) -> None:
    assert NEAR.nearest(word) == ""


@given(st.text("澄岳市清河区民政住建城管教育卫生健康局委员会办公室镇府", max_size=12))
def test_whatever_is_proposed_is_known_in_whatever_order(word: str) -> None:
    found = NEAR.nearest(word)
    assert found in ("", *KNOWN)
    assert NearNames(reversed(KNOWN)).nearest(word) == found


@given(st.text(max_size=30))
def test_any_text_may_stand_in_a_ledger(word: str) -> None:
    assert NEAR.nearest(word) in ("", *KNOWN)
