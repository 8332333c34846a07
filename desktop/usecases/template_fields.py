"""The fields of letters by their Chinese names, and the text by which a wording uses each."""

from collections.abc import Mapping

from desktop.notices import FieldType, Kind, Template, fields_of
from desktop.text import N_
from desktop.usecases.template_check import given_fields
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field that a wording may use.

    ``title`` is its Chinese name (a message id), ``insert`` the usual text that shows it;
    ``optional``: it may be empty, ``listed``: it holds several items.
    """

    name: str
    title: str
    type: FieldType
    insert: str
    optional: bool
    listed: bool


def field_infos(template: Template) -> tuple[FieldInfo, ...]:
    """Return the fields that a kind's letters are given, in the order of the program's wording."""
    types = fields_of(template.kind)
    return tuple(_info(template.kind, name, types[name]) for name in given_fields(template))


def _info(kind: Kind, name: str, wanted: FieldType) -> FieldInfo:
    return FieldInfo(
        name=name,
        title=title_of(kind, name),
        type=wanted,
        insert=_insert(name, wanted),
        optional=wanted in _OPTIONAL,
        listed=wanted in _LISTED,
    )


_OPTIONAL = (FieldType.OPTIONAL_TEXT, FieldType.OPTIONAL_DATE, FieldType.TEXTS, FieldType.FLAG)
_LISTED = (FieldType.TEXTS, FieldType.ITEMS, FieldType.SITUATIONS, FieldType.SCORES)


_ENDED = '{{ "。" if loop.last else "；" }}'

#: How a field of a type is usually written, its name standing for @; others just by their name.
_USUAL: Mapping[FieldType, str] = {
    FieldType.DATE: "{{ @|longdate }}",
    FieldType.OPTIONAL_DATE: "{% if @ %}{{ @|longdate }}{% endif %}",
    FieldType.NUMBER: "{{ @|points }}",
    FieldType.FLAG: "{% if @ %}……{% endif %}",
    FieldType.TEXTS: "{% for item in @ %}\n## {{ item|sentence }}\n{% endfor %}",
    FieldType.ITEMS: "{% for item in @ %}\n## {{ item|sentence }}\n{% endfor %}",
    FieldType.SITUATIONS: (
        "{% for text, article in @ %}\n"
        f"## {{{{ text|clause }}}}（{{{{ article }}}}）{_ENDED}\n{{% endfor %}}"
    ),
    FieldType.SCORES: (
        "{% for block, got, most in @ %}\n### {{ block }}：{{ got|points }}分"
        f"（满分{{{{ most|points }}}}分）{_ENDED}\n{{% endfor %}}"
    ),
    FieldType.PEOPLE: (
        "{% for who, phone, place in @ %}{{ who }}{{ '' if loop.last else '；' }}{% endfor %}"
    ),
}


def _insert(name: str, wanted: FieldType) -> str:
    return _USUAL.get(wanted, "{{ @ }}").replace("@", name)


def title_of(kind: Kind, name: str) -> str:
    """Return a field's Chinese name; a few mean something else in one kind."""
    return _OWN_TITLES.get((kind, name)) or _TITLES.get(name, name)


_OWN_TITLES: Mapping[tuple[Kind, str], str] = {
    (Kind.REFUSAL, "reason"): N_("不予受理的理由"),
    (Kind.EXTENSION, "reason"): N_("延期的理由"),
    (Kind.REFERRAL, "reason"): N_("移送的理由"),
    (Kind.PAUSE, "reason"): N_("中止的理由"),
    (Kind.RESUME, "reason"): N_("恢复的理由"),
    (Kind.CHASE, "due"): N_("原定函复日期"),
    (Kind.EXTENSION, "due"): N_("原定日期"),
    (Kind.PAUSE, "since"): N_("中止日期"),
    (Kind.RESUME, "since"): N_("中止日期"),
    (Kind.CHASE, "consequence"): N_("逾期的后果"),
    (Kind.ASSESSMENT, "consequence"): N_("结果的使用"),
    (Kind.ENVELOPE, "number"): N_("所装文书的字号"),
    (Kind.REFERRAL, "materials"): N_("移送的材料"),
    (Kind.ORIGIN_REPLY, "receiver"): N_("来源单位"),
    (Kind.TRANSCRIPT, "place"): N_("接谈地点"),
    (Kind.TRANSCRIPT, "present"): N_("当面还是电话"),
}

_TITLES: Mapping[str, str] = {
    "office": N_("本单位名称"),
    "mark": N_("发文机关标志"),
    "number": N_("发文字号"),
    "dated": N_("成文日期"),
    "contact": N_("联系人"),
    "telephone": N_("联系电话"),
    "address": N_("联系地址"),
    "complaint_number": N_("受理编号"),
    "received": N_("收到日期"),
    "channel": N_("来件方式"),
    "subject": N_("反映的问题"),
    "addressee": N_("收件人"),
    "basis": N_("依据的条款"),
    "remedy": N_("救济途径"),
    "handler": N_("承办单位或人员"),
    "answer_by": N_("告知日期"),
    "receiver": N_("承办单位"),
    "transferred": N_("转办日期"),
    "transfer_number": N_("转办函字号"),
    "upheld": N_("维持转办的理由"),
    "former_day": N_("原转办日期"),
    "former_number": N_("原转办函字号"),
    "objected": N_("退回日期"),
    "objection_number": N_("退回函文号"),
    "times": N_("第几次催办"),
    "reply_by": N_("函复期限"),
    "new_due": N_("延长后的日期"),
    "pause_basis": N_("中止的依据"),
    "resumed": N_("恢复日期"),
    "days": N_("中止天数"),
    "progress": N_("办理进展"),
    "approved_by": N_("批准人"),
    "to_person": N_("是否发给个人"),
    "facts": N_("查明的事实"),
    "situations": N_("追究情形"),
    "proposed": N_("拟作出的处理"),
    "state_by": N_("陈述申辩期限"),
    "way": N_("方式"),
    "case_number": N_("案卷编号"),
    "cause": N_("案由"),
    "accused": N_("被反映的单位和人员"),
    "materials": N_("所附材料"),
    "summary": N_("主要内容"),
    "demands": N_("诉求"),
    "grounds": N_("所涉事由"),
    "channel_hint": N_("可以通过的途径"),
    "next": N_("下一步安排"),
    "expected": N_("预计办结日期"),
    "findings": N_("查明情况"),
    "outcome": N_("是否属实"),
    "handling": N_("处理情况"),
    "unit": N_("被追究或考核单位"),
    "hearing": N_("陈述申辩情况"),
    "responsibilities": N_("责任区分"),
    "sanctions": N_("追究方式"),
    "recommendations": N_("移交和建议事项"),
    "rectify_by": N_("整改期限"),
    "report_to": N_("整改报告送交"),
    "copied_to": N_("抄送单位"),
    "problems": N_("存在的问题"),
    "requirements": N_("整改要求"),
    "round_name": N_("考核轮次"),
    "year": N_("年度"),
    "scores": N_("各项得分"),
    "total": N_("总分"),
    "full": N_("满分"),
    "grade": N_("档次"),
    "consequence": N_("后果"),
    "local_note": N_("分值说明"),
    "document_title": N_("文书标题"),
    "document_number": N_("文书字号"),
    "recipient": N_("受送达人"),
    "recipient_unit": N_("所在单位"),
    "place": N_("送达地点"),
    "served_on": N_("送达日期"),
    "server": N_("送达人"),
    "witness": N_("见证人"),
    "remark": N_("备注"),
    "identity": N_("署名方式"),
    "deadlines": N_("办理期限"),
    "proposal": N_("拟办意见"),
    "clerk": N_("经办人"),
    "people": N_("投诉举报人"),
    "statement": N_("反映的内容"),
    "transcript": N_("是否口述记录"),
    "present": N_("本人是否在场"),
    "day": N_("这一天"),
    "tally": N_("件数"),
    "file_name": N_("数据文件"),
    "data_key": N_("数据密钥"),
    "identity_key": N_("身份密钥"),
    "recipient_address": N_("收件地址"),
    "postcode": N_("收件邮政编码"),
    "office_postcode": N_("本单位邮政编码"),
    "reason": N_("理由"),
    "due": N_("到期日"),
    "month": N_("月份"),
    "events": N_("操作记录条数"),
    "first": N_("第一条"),
    "last": N_("最后一条"),
    "anchor": N_("链首"),
    "complaints": N_("投诉举报登记"),
    "cases": N_("责任追究案卷"),
    "letters": N_("文书编号"),
    "apart": N_("另行登记"),
    "origin_number": N_("来文编号"),
    "origin_day": N_("来文日期"),
    "result": N_("办理结果"),
    "reply": N_("答复方式"),
    "begun": N_("开始时间"),
    "ended": N_("结束时间"),
    "host": N_("接谈人或接听人"),
    "recorder": N_("记录人"),
    "exchanges": N_("询问和回答"),
    "letter_kind": N_("来信类别"),
    "received_at": N_("收到的钟点"),
    "brought": N_("送信人"),
    "envelope": N_("信封特征"),
    "seal": N_("封条编号"),
    "sealing": N_("封口情况"),
    "pieces": N_("件数"),
    "weight": N_("重量"),
    "to_unit": N_("接收单位"),
    "taken_by": N_("接收人"),
    "handed": N_("移交日期"),
    "handed_at": N_("移交的钟点"),
}
