"""Letters made on the spot for the tests."""

import datetime as dt
from typing import Any

from desktop.notices import Kind, Letter, paragraphs_of

BODY = (
    "2026年10月9日，我办收到反映你单位未按规定公开办理时限的投诉举报。经调查核实，情况属实。\n"
    "请于2026年12月10日前完成整改，并将改正情况书面报告我办。"
)


def make_letter(**changes: Any) -> Letter:
    """Return an ordinary letter with some values changed; ``body`` is text."""
    body = changes.pop("body", BODY)
    values: dict[str, Any] = {
        "kind": Kind.RESULT,
        "layout": "correspondence",
        "issuer_mark": "某某市政务公开领导小组办公室",
        "number": "某公开办函〔2026〕8号",
        "title": "投诉举报办理结果告知书",
        "addressee": "市不动产登记中心",
        "paragraphs": paragraphs_of(body),
        "issuer": "某某市政务公开领导小组办公室",
        "dated": dt.date(2026, 11, 5),
        "sealed": True,
    }
    return Letter(**{**values, **changes})


def make_document(**changes: Any) -> Letter:
    """Return an ordinary red-headed document with some values changed."""
    values: dict[str, Any] = {
        "layout": "document",
        "issuer_mark": "某某市政务公开领导小组办公室文件",
        "number": "某公开办〔2026〕8号",
        "title": "关于对市不动产登记中心予以责任追究的决定",
        "copied_to": ("市纪委监委", "市自然资源和规划局"),
        "printed_by": "某某市政务公开领导小组办公室",
        "printed_on": dt.date(2026, 11, 6),
    }
    return make_letter(**{**values, **changes})
