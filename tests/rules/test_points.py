"""How demands fall into points."""

import pytest

from desktop.rules.points import points


@pytest.mark.parametrize(
    ("demands", "found"),
    [
        ("公开职权目录", ()),
        ("请公布分配名单和轮候顺序，并说明延期的原因。", ()),
        ("1.公开名单；2.说明原因", ("公开名单", "说明原因")),
        ("一、公开名单。二、说明原因。", ("公开名单", "说明原因")),
        ("（一）公开名单 （二）退还 12.5 元", ("公开名单", "退还 12.5 元")),
        ("要求如下：\n① 公开名单\n② 说明原因", ("公开名单", "说明原因")),
        ("第一，公开名单；第二，说明原因", ("公开名单", "说明原因")),
        ("公开名单\n\n说明原因\n公开名单", ("公开名单", "说明原因")),
        ("公开名单；说明原因;", ("公开名单", "说明原因")),
        ("请在 2026.11.21 前答复第一、二批名单", ()),
        ("", ()),
    ],
)
def test_demands_fall_into_points(demands: str, found: tuple[str, ...]) -> None:
    assert points(demands) == found
