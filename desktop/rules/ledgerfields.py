"""The columns of a ledger that was kept elsewhere (旧台账): what they mean, and where they are found.

Headers are words of offices, not of a standard, so that every field has many names. The guess is
only a proposal: the clerk sees it and corrects it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.rules.ledgercells import Cell, cell_text


class Field(StrEnum):
    """What a column of the old ledger holds (台账栏目)."""

    NUMBER = "number"  # 编号
    RECEIVED = "received"  # 收到日期
    CHANNEL = "channel"  # 来源、受理渠道
    IDENTITY = "identity"  # 署名方式
    NAME = "name"  # 投诉举报人姓名
    PHONE = "phone"  # 电话
    ADDRESS = "address"  # 住址
    UNIT = "unit"  # 被投诉单位
    PERSON = "person"  # 被投诉人
    SUBJECT = "subject"  # 主题
    BODY = "body"  # 内容
    DEMANDS = "demands"  # 诉求
    LEADER = "leader"  # 批示领导
    DECIDED = "decided"  # 批示日期
    OPINION = "opinion"  # 批示意见
    RULING = "ruling"  # 办理方式：受理、转办、不予受理
    RECEIVER = "receiver"  # 承办单位
    TRANSFERRED = "transferred"  # 转办日期
    FOUND = "found"  # 查明日期
    OUTCOME = "outcome"  # 查处结论：属实、部分属实、不属实
    RESULT = "result"  # 办理结果
    ANSWERED = "answered"  # 答复日期
    CLOSED = "closed"  # 办结日期
    STATE = "state"  # 办理状态
    NOTE = "note"  # 备注：附在内容后面


#: What no ledger can do without; of the two texts one is enough.
REQUIRED = (Field.RECEIVED, Field.UNIT)
TEXTS = (Field.SUBJECT, Field.BODY)
#: Columns that hold a day.
DAYS = (
    Field.RECEIVED,
    Field.DECIDED,
    Field.TRANSFERRED,
    Field.FOUND,
    Field.ANSWERED,
    Field.CLOSED,
)
#: Columns that tell who complained: a legal secret.
SECRETS = (Field.NAME, Field.PHONE, Field.ADDRESS)

#: The names of every field, the surest first; a header that *is* one of them counts most.
_NAMES: Mapping[Field, str] = {
    Field.NUMBER: (
        "编号 登记号 登记编号 受理编号 受理号 信访编号 投诉编号 举报编号 案件编号 流水号 "
        "来信编号 原编号 顺序号"
    ),
    Field.RECEIVED: (
        "收到日期 来访时间 来访日期 来信时间 来信日期 来电时间 来电日期 收件日期 收件时间 "
        "收到时间 受理日期 受理时间 登记日期 登记时间 投诉日期 投诉时间 举报日期 举报时间 "
        "信访日期 接收日期 接待日期 接待时间 接访时间 来文日期 日期 时间"
    ),
    Field.CHANNEL: (
        "来源 方式 受理渠道 受理方式 投诉方式 举报方式 投诉渠道 举报渠道 信访形式 来件方式 "
        "来件渠道 反映方式 反映渠道 渠道 途径 形式 来信来访来电 信息来源 线索来源"
    ),
    Field.IDENTITY: "署名方式 署名 是否实名 实名匿名 具名情况 实名情况 署名情况",
    Field.NAME: (
        "姓名 投诉人 举报人 投诉举报人 投诉人姓名 举报人姓名 投诉举报人姓名 来访人 来信人 "
        "来电人 信访人 信访人姓名 来访人姓名 来信人姓名 反映人 当事人 申诉人 群众姓名"
    ),
    Field.PHONE: (
        "电话 联系电话 电话号码 手机 手机号 手机号码 联系方式 联系方法 举报人电话 投诉人电话 "
        "来电号码"
    ),
    Field.ADDRESS: (
        "住址 地址 家庭住址 家庭地址 联系地址 通讯地址 通信地址 居住地 住所 详细地址 "
        "单位或住址 工作单位或住址"
    ),
    Field.UNIT: (
        "被投诉单位 被举报单位 被投诉举报单位 涉及单位 被反映单位 投诉单位 责任单位 涉事单位 "
        "涉诉单位 被投诉对象 被举报对象 被反映对象 投诉对象 举报对象 被投诉部门 "
        "被投诉单位名称 涉及部门 单位 部门"
    ),
    Field.PERSON: (
        "被投诉人 被举报人 被投诉举报人 被反映人 涉及人员 被投诉人员 被举报人员 被投诉人姓名 "
        "被举报人姓名 责任人"
    ),
    Field.SUBJECT: "主题 标题 事由 摘要 内容摘要 问题摘要 投诉事项 举报事项 反映事项 信访事项 案由 事项",
    Field.BODY: (
        "内容 投诉内容 举报内容 投诉举报内容 反映内容 反映问题 反映的问题 反映的主要问题 "
        "主要问题 主要内容 问题 具体内容 详细内容 来信内容 来访内容 信访内容 情况说明 "
        "基本情况 事实经过 主要事实"
    ),
    Field.DEMANDS: "诉求 要求 请求 主要诉求 投诉请求 群众诉求 请求事项 投诉要求",
    Field.LEADER: "批示领导 领导 签批领导 批示人 审批人 审批领导 分管领导 包案领导 签批人",
    Field.DECIDED: "批示日期 批示时间 签批日期 签批时间 审批日期 审批时间 领导批示日期 领导批示时间",
    Field.OPINION: "批示意见 领导批示 领导批示意见 领导意见 批示内容 审批意见 签批意见 批示 拟办意见",
    Field.RULING: "办理方式 处理方式 是否受理 受理情况 受理意见 处置方式",
    Field.RECEIVER: "承办单位 转办单位 转办部门 交办单位 办理单位 承办部门 转交单位 转往单位 主办单位",
    Field.TRANSFERRED: "转办日期 转办时间 交办日期 交办时间 转交日期 转送日期 转出日期 转出时间",
    Field.FOUND: (
        "查明日期 查处日期 办理日期 办理时间 处理日期 处理时间 调查日期 调查时间 反馈日期 "
        "反馈时间 回复时间"
    ),
    Field.OUTCOME: "查处结论 调查结论 是否属实 属实情况 结论 核查结论 查证结果 核实结论",
    Field.RESULT: (
        "办理结果 处理结果 查处结果 办理情况 处理情况 查处情况 调查结果 调查处理情况 调查情况 "
        "核查情况 办理意见 处理意见 结果"
    ),
    Field.ANSWERED: (
        "答复日期 答复时间 回复日期 告知日期 告知时间 反馈群众日期 书面答复日期 答复信访人日期"
    ),
    Field.CLOSED: "办结日期 办结时间 结案日期 结案时间 完成日期 完成时间 归档日期",
    Field.STATE: "办理状态 状态 是否办结 办结情况 办理进度 进度 当前状态",
    Field.NOTE: "备注 备考 说明 附注 其他",
}
SYNONYMS: Mapping[Field, tuple[str, ...]] = {f: tuple(n.split()) for f, n in _NAMES.items()}

_EXACT = {name: field for field, names in SYNONYMS.items() for name in names}
#: Names that may stand anywhere in a longer header: the longest wins. Very short ones tell nothing.
_INSIDE = sorted(
    ((name, field) for name, field in _EXACT.items() if len(name) >= 2),
    key=lambda pair: -len(pair[0]),
)
#: How many rows from the top may hold titles before the headers.
_DEEP = 20
#: A header is short; what is longer is a sentence.
_HEADER = 24


def tight_header(text: str) -> str:
    """Return a header without blanks, brackets and what stands in them, stars and colons."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[(\[【〔].*?[)\]】〕]", "", plain)
    return re.sub(r"[\s*:：、/／_.·\-]", "", plain)


def guess_field(header: str) -> tuple[Field | None, int]:
    """Return what a header seems to mean, and how sure that is (0 nothing, 2 the name itself).

    Under a merged heading (办结情况 over 日期) the heading says which 日期 it is.
    """
    group, _blank, own = header.rpartition(" ")
    group, own = tight_header(group), tight_header(own)
    plain = tight_header(header)
    if not plain or len(plain) > _HEADER or own.startswith("序"):
        return None, 0  # 序号 is a line's number on the sheet, not the matter's
    for name in dict.fromkeys((plain, group[:2] + own, own)):
        if name in _EXACT:
            return _EXACT[name], 2
    return next(((field, 1) for name, field in _INSIDE if name in plain), (None, 0))


@dataclass(frozen=True, slots=True)
class Headers:
    """Where the headers stand: the rows before ``first`` are titles and headers themselves.

    ``year``: the year that a title names (2025年投诉登记台账), 0 if none does.
    """

    names: tuple[str, ...]
    first: int
    year: int = 0


def find_headers(rows: Sequence[Sequence[Cell]], title: str = "") -> Headers:
    """Find the row of headers, also below titles and under merged headings.

    Args:
        rows: the top of the sheet; merged cells hold their text in each cell.
        title: the name of the sheet or file, which may tell the year.
    """
    top = [[cell_text(cell).strip() for cell in row] for row in rows[:_DEEP]]
    scores = [_score(row) for row in top]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=0)
    if not scores or scores[best] < 2:
        best = next((at for at, row in enumerate(top) if sum(map(bool, row)) >= 2), 0)
    names = list(top[best]) if top else []
    above = top[best - 1] if best else []
    for at, name in enumerate(names):
        group = above[at] if at < len(above) else ""
        if group and group != name and _spans(above, at) and len(group) <= _HEADER:
            names[at] = f"{group} {name}".strip()
        elif not name and group and len(group) <= _HEADER and _score(above) >= 2:
            names[at] = group
    said = " ".join([title, *(cell for row in top[:best] for cell in row)])
    found = re.search(r"(20\d\d)\s*年", unicodedata.normalize("NFKC", said))
    return Headers(
        tuple(" ".join(n.split()) for n in names), best + 1, int(found[1]) if found else 0
    )


def _score(row: Sequence[str]) -> int:
    """How many different fields a row seems to name, the sure ones twice; a title names one."""
    found: dict[Field, int] = {}
    for text in row:
        field, sure = guess_field(text)
        if field is not None:
            found[field] = max(sure, found.get(field, 0))
    return sum(found.values()) if len(found) > 1 else min(1, len(found))


def _spans(row: Sequence[str], at: int) -> bool:
    """Whether a heading stands over some of the columns, not over all of them (a title)."""
    same = sum(text == row[at] for text in row)
    return 1 < same < len([text for text in row if text])


def guess(names: Sequence[str]) -> tuple[Field | None, ...]:
    """Propose a field for every column; each field but 备注 only once, the surest column wins."""
    rated = [guess_field(name) for name in names]
    taken: dict[Field, int] = {}
    for at, (field, sure) in enumerate(rated):
        if field is not None and (field not in taken or sure > rated[taken[field]][1]):
            taken[field] = at
    return tuple(
        field if field is not None and (field is Field.NOTE or taken[field] == at) else None
        for at, (field, _sure) in enumerate(rated)
    )


def header_key(names: Sequence[str]) -> str:
    """Return by what a set of headers is known again."""
    return "|".join(tight_header(name) for name in names)


def faulty_mapping(mapping: Sequence[Field | None]) -> dict[str, tuple[Field, ...]]:
    """Return what keeps a mapping from being used: fields that are missing, fields named twice."""
    missing = tuple(field for field in REQUIRED if field not in mapping)
    if not any(field in mapping for field in TEXTS):
        missing += (Field.BODY,)
    chosen: list[Field] = [f for f in mapping if f is not None and f is not Field.NOTE]
    twice = tuple(field for field in Field if chosen.count(field) > 1)
    return {code: found for code, found in (("missing", missing), ("twice", twice)) if found}
