"""What the template editor says: names of texts, faults in sentences, placeholders explained."""

import re
from collections.abc import Sequence

from desktop.rules.faults import Fault
from desktop.text import N_, _
from desktop.ui.common import wording
from desktop.usecases.templates import FieldInfo, FieldType, Part, Shape, TemplateFault

_PARTS = {
    "title": N_("标题"),
    "addressee": N_("主送机关或者收件人"),
    "body": N_("正文"),
    "attachments": N_("附件名称（一行一个）"),
    "remark": N_("附注"),
    "copied_to": N_("抄送机关（一行一个）"),
    "printed_by": N_("印发机关"),
    "notes": N_("表下说明"),
    "left": N_("表上左侧"),
    "right": N_("表上右侧"),
    "empty": N_("没有内容时的文字"),
    "name": N_("收件人"),
    "place": N_("收件地址"),
    "postcode": N_("收件邮政编码"),
    "sender": N_("寄件人"),
    "sender_place": N_("寄件地址"),
    "sender_postcode": N_("寄件邮政编码"),
    "reference": N_("所装文书的字号"),
    "suffix": N_("收件人之后的文字"),
}

_TYPES = {
    FieldType.TEXT: N_("文字"),
    FieldType.OPTIONAL_TEXT: N_("文字，可能为空"),
    FieldType.DATE: N_("日期"),
    FieldType.OPTIONAL_DATE: N_("日期，可能为空"),
    FieldType.TEXTS: N_("若干条，可能没有"),
    FieldType.ITEMS: N_("若干条，至少一条"),
    FieldType.SITUATIONS: N_("若干条情形和条款"),
    FieldType.SCORES: N_("各项得分"),
    FieldType.NUMBER: N_("数字"),
    FieldType.FLAG: N_("是或者否"),
    FieldType.PEOPLE: N_("若干人"),
    FieldType.ADDRESSES: N_("若干地址"),
    FieldType.TABLE: N_("表格"),
}

_FILTERS = {
    "longdate": N_("写成“2026年11月5日”"),
    "sentence": N_("句末补上句号"),
    "clause": N_("去掉句末的标点"),
    "quoted": N_("加上引号"),
    "points": N_("去掉多余的零"),
    "hanzi_number": N_("写成一、二、三"),
    "hanzi_count": N_("写成一、两、三"),
    "length": N_("条数"),
    "count": N_("条数"),
}

_SENTENCES = {
    "template_hidden": N_("夹有看不见的字符（{detail}），请删去后重新输入。"),
    "template_character": N_("双大括号里只能用英文半角的符号，请把“{detail}”改成半角。"),
    "template_brace": N_("大括号没有写完整，请补上“{detail}”。"),
    "template_unended_if": N_("“如果”没有结束，请在后面补上“{insert}”。"),
    "template_unended_for": N_("“逐条列出”没有结束，请在后面补上“{insert}”。"),
    "template_stray_endif": N_("这里结束了“如果”，前面却没有对应的开头，请删去或者补上开头。"),
    "template_stray_endfor": N_("这里结束了“逐条列出”，前面却没有对应的开头，请删去或者补上开头。"),
    "template_stray_else": N_("“否则”前面没有对应的“如果”，请删去或者补上。"),
    "template_tag": N_("不认识“{detail}”；这里只能写 if、else、endif、for、endfor。"),
    "template_syntax": N_("这一行的写法看不懂，请对照左边的字段和句式改正。"),
    "template_unknown_field": N_("没有“{detail}”这个字段，请从左边的字段里选。"),
    "template_filter": N_("不认识竖线后面的“{detail}”；日期用 longdate，补句号用 sentence。"),
    "template_test": N_("不认识“is”后面的“{detail}”，请改正。"),
    "template_dot": N_("点号后面不能写“{detail}”；请直接用左边的字段。"),
    "template_not_here": N_("模板里不能这样写，请只用左边的字段和句式。"),
    "template_misused": N_("“{detail}”填不进去：这个字段不能这样用，请从左边重新插入。"),
    "template_may_be_empty": N_("“{detail}”有时是空的，空着就填不进去；请写在“如果有…才写”里面。"),
    "template_repealed": N_("《{detail}》已经废止，不能作为依据，请删去。"),
    "template_article": N_(
        "“{detail}”是手写的条款：各地规定不同，修订后也会变，最好改用字段“依据的条款”。"
    ),
    "template_period": N_("“{detail}”是手写的期限：各地规定不同，最好改用日期字段。"),
    "template_empty": N_("这一项不能空着，请填写。"),
    "template_must_mention": N_("缺少“{name}”：这种文书必须写明，请从左边双击插入“{insert}”。"),
    "template_refused": N_("这样写不能用（{detail}），请检查字段和句式。"),
    "missing_glyph": N_("字库里没有“{detail}”，打印不出来，请改用别的写法。"),
    "colophon_too_long": N_("抄送机关太多，一页放不下，请减少。"),
}

_INSERTS = {"template_unended_if": "{% endif %}", "template_unended_for": "{% endfor %}"}


def part_title(part: Part, parts: Sequence[Part], shape: Shape) -> str:
    """Return what a text is called on screen."""
    kind, *rest = part.key.split(".")
    if kind == "rows" and rest[-1] == "sign":
        return _("第 {row} 栏的签名处").format(row=rest[0])
    if kind == "rows":
        cell = f"rows.{rest[0]}.{rest[1]}.label"
        label = next((one.text for one in parts if one.key == cell), "")
        if rest[-1] == "label":
            return _("第 {row} 栏的名称").format(row=rest[0])
        return _("第 {row} 栏：{label}").format(row=rest[0], label="".join(label.split()))
    if kind == "columns":
        return _("第 {row} 列的名称").format(row=rest[0])
    if kind == "title" and shape in (Shape.FORM, Shape.TABLE):
        return _("名称")
    return _(_PARTS[kind])


def type_words(wanted: FieldType) -> str:
    """Return a field's type in words."""
    return _(_TYPES[wanted])


def fault_words(fault: TemplateFault, fields: Sequence[FieldInfo]) -> str:
    """Return the sentence for a fault, without its place."""
    sentence = _SENTENCES.get(fault.code)
    if sentence is None:
        return wording.fault_words(_plain_fault(fault))
    field = next((one for one in fields if one.name == fault.detail), None)
    insert = _INSERTS.get(fault.code) or (field.insert.split("\n")[0] if field else "")
    name = _(field.title) if field else fault.detail
    return _(sentence).format(detail=fault.detail, name=name, insert=insert)


def _plain_fault(fault: TemplateFault) -> Fault:
    return Fault(fault.part, fault.code, (("name", fault.detail),))


def place_words(fault: TemplateFault, title: str) -> str:
    """Return where a fault is: “正文 第 3 行”."""
    if not fault.line:
        return title
    return _("{part} 第 {line} 行").format(part=title, line=fault.line)


_TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_NAME = re.compile(r"[A-Za-z_]\w*")


_LISTED = re.compile(r"\{%-?\s*for\s+(.+?)\s+in\s")


def item_names(text: str) -> frozenset[str]:
    """Return the names that the lists of a text give to their items."""
    return frozenset(name for found in _LISTED.findall(text) for name in _NAME.findall(found))


def explain_at(
    line: str, column: int, fields: Sequence[FieldInfo], items: frozenset[str] = frozenset()
) -> str:
    """Explain the placeholder or condition at a place of a line; empty where there is none."""
    for found in _TOKEN.finditer(line):
        if found.start() <= column <= found.end():
            return explain(found[0], fields, items)
    if line.startswith("#"):
        depth = len(line) - len(line.lstrip("#"))
        numbers = {1: "一、", 2: "（一）", 3: "1."}
        return _("这一段自动编号：{number}").format(number=numbers.get(depth, ""))
    return ""


def explain(token: str, fields: Sequence[FieldInfo], items: frozenset[str] = frozenset()) -> str:
    """Explain a placeholder, condition or list in Chinese."""
    inner = token[2:-2].strip(" -+")
    words = _NAME.findall(inner)
    known = {one.name: one for one in fields}
    field = next((known[word] for word in words if word in known), None)
    name = _(field.title) if field else ""
    if token.startswith("{%"):
        return _tag_words(words, name)
    if field is None:
        return _("逐条列出时的一条") if items.intersection(words) else ""
    said = [_(_FILTERS[word]) for word in words if word in _FILTERS]
    how = [_("{name}（{type}）").format(name=name, type=type_words(field.type)), *said]
    return _("填入：{what}").format(what=_("，").join(how))


def _tag_words(words: list[str], name: str) -> str:
    match words[0] if words else "":
        case "if":
            return _("如果有“{name}”（或者满足这个条件），才写到“结束”为止的文字").format(name=name)
        case "elif" | "else":
            return _("否则写下面的文字")
        case "endif":
            return _("“如果”到这里结束")
        case "for":
            return _("逐条列出“{name}”，每一条写一遍到“结束”为止的文字").format(name=name)
        case "endfor":
            return _("“逐条列出”到这里结束")
    return ""
