"""Words of importing and exporting: the columns of a ledger, why a file is refused, what is wrong."""

from desktop.rules.faults import Fault, Faults
from desktop.rules.ledgerfields import Field
from desktop.text import N_, _, ngettext_
from desktop.ui.common import wording
from desktop.usecases.imports import Imported, Unreadable

FIELDS = {
    Field.NUMBER: N_("编号（原登记号）"),
    Field.RECEIVED: N_("收到日期"),
    Field.CHANNEL: N_("来源（受理渠道）"),
    Field.IDENTITY: N_("署名方式"),
    Field.NAME: N_("投诉举报人姓名"),
    Field.PHONE: N_("投诉举报人电话"),
    Field.ADDRESS: N_("投诉举报人住址"),
    Field.UNIT: N_("被投诉单位"),
    Field.PERSON: N_("被投诉人"),
    Field.SUBJECT: N_("主题（事由）"),
    Field.BODY: N_("内容"),
    Field.DEMANDS: N_("诉求"),
    Field.LEADER: N_("批示领导"),
    Field.DECIDED: N_("批示日期"),
    Field.OPINION: N_("批示意见"),
    Field.RULING: N_("办理方式（受理、转办、不予受理）"),
    Field.RECEIVER: N_("承办单位"),
    Field.TRANSFERRED: N_("转办日期"),
    Field.FOUND: N_("查明日期"),
    Field.OUTCOME: N_("查处结论（是否属实）"),
    Field.RESULT: N_("办理结果"),
    Field.ANSWERED: N_("答复日期"),
    Field.CLOSED: N_("办结日期"),
    Field.STATE: N_("办理状态"),
    Field.NOTE: N_("备注（附在内容后面）"),
}

_REFUSED = {
    "missing": N_("找不到这个文件，可能已经移动或者改名，请重新选择。"),
    "locked": N_("打不开这个文件，它可能正在 Excel 或者 WPS 里打开；请先关闭再试。"),
    "unreadable": N_("这个文件读不出来，请检查它是否完整、所在的盘是否还在。"),
    "empty": N_("这个文件里没有内容，请检查选的是不是这一份。"),
    "too_large": N_("文件超过 30 MB，不像是台账；请删去图片，或者分成几份再导入。"),
    "too_many_rows": N_("一张表超过 100000 行，请分成几份再导入。"),
    "far_cell": N_("表里离台账很远的地方还有内容（超过 100000 行或者 200 列），请删去后再导入。"),
    "bomb": N_("这个文件展开以后大得不正常，可能是有人做了手脚；没有打开它，请向给文件的人核实。"),
    "memory": N_("这个文件读起来要占用太多内存，已经停止；请只留下台账这一张表再导入。"),
    "too_slow": N_("这个文件读了一分钟还没有读完，已经停止；请另存为新的 .xlsx 再试。"),
    "dtd": N_(
        "这个文件里夹有表格不该有的内容，可能是有人做了手脚；没有打开它，请向给文件的人核实。"
    ),
    "macros": N_("这个表格带有宏；请在 Excel 或者 WPS 里另存为不带宏的 .xlsx，再导入。"),
    "external_links": N_(
        "这个表格引用了别的文件；请在 Excel 或者 WPS 里断开链接、另存一份，再导入。"
    ),
    "password": N_("这个表格设有打开密码；请在 Excel 或者 WPS 里去掉密码、另存一份，再导入。"),
    "no_ledger": N_("这不是表格；可以导入 .xlsx、.xls 和 .csv。"),
    "web_page": N_(
        "这其实是网页，只是名字像表格；请在 Excel 或者 WPS 里打开，另存为 .xlsx 再导入。"
    ),
    "no_sheet": N_("这个文件里没有可以看见的工作表。"),
    "charset": N_("认不出这个文件的文字编码；请另存为 .xlsx 再导入。"),
    "broken": N_("这个文件已经损坏或者没有下载完整；请打开检查，另存一份再导入。"),
}

_FAULTS = {
    "required": N_("没有填写，请补上。"),
    "choose": N_("没有写来源；请补上，或者在“各栏对应”里选定没有写的按什么算。"),
    "digits_lost": N_("“{typed}”的末几位已经被表格抹成零，找不回来了；请按原件改成文本格式重填。"),
    "not_a_day": N_("看不懂日期“{typed}”，请写成 2026-03-05 的样子。"),
    "impossible_day": N_("没有“{typed}”这一天，请改正。"),
    "no_day": N_("“{typed}”只写到月，请补上是哪一天。"),
    "no_year": N_("“{typed}”没有写年份，请补上；也可以在“各栏对应”里填上整本台账的年份。"),
    "day_or_month": N_("“{typed}”分不清哪个是月、哪个是日，请写成 2026-03-05 的样子。"),
    "other_era": N_("“{typed}”不是公历年份，请换算成公历，写成 2026-03-05 的样子。"),
    "lunar_day": N_("“{typed}”是农历，请换算成公历，写成 2026-03-05 的样子。"),
    "unknown_unit": N_("单位名单里没有“{name}”；请选定它是哪个单位，或者添加为新单位。"),
    "unknown_channel": N_("不知道“{name}”算哪一种来源，请选定。"),
    "unknown_identity": N_("看不懂署名方式“{typed}”，请写“实名”“匿名”或者“联名”。"),
    "unknown_ruling": N_("看不懂办理方式“{typed}”，请写“受理”“转办”或者“不予受理”。"),
    "unknown_outcome": N_("看不懂结论“{typed}”，请写“属实”“部分属实”“不属实”或者“无法查实”。"),
    "unknown_state": N_("看不懂办理状态“{typed}”，请写“已办结”或者“办理中”。"),
    "anonymous_has_name": N_("署名方式是匿名，却写有姓名，请改正其中一项。"),
    "gives_away": N_("这里出现了投诉举报人“{telling}”，会泄露身份，请改正。"),
    "receiver_missing": N_("写着转办，却没有写转给哪个单位，请补上。"),
    "closed_too_early": N_("办结日期早于这一件的其他日期（{latest}），请改正。"),
    "open_and_closed": N_("状态写着没有办结，却有办结日期（{day}），请改正其中一项。"),
    "outcome_needed": N_("写了办理结果，但看不出是否属实，也没有答复和办结日期，请补上。"),
    "number_registered": N_("登记簿里已经有“{number}”，没有重复导入。"),
    "number_twice": N_("编号“{number}”与第 {line} 行重复，请改正。"),
    "matter_registered": N_("登记簿里已经有同一天、同一单位、同一主题的一件，没有重复导入。"),
    "matter_twice": N_(
        "与第 {line} 行重复（同一天、同一单位、同一主题）；如果是两件事，请写上编号。"
    ),
    "mapping_missing": N_("还没有指定哪一栏是“{field}”。"),
    "mapping_twice": N_("有两栏都指定为“{field}”，请改正其中一栏。"),
    "import_stale": N_("登记簿刚才有了变动，请重新检查一遍再导入。"),
    "import_nothing": N_("没有可以导入的内容。"),
}


def field_name(field: str) -> str:
    """The name of a field of a ledger, from its key."""
    return _(FIELDS[Field(field)]) if field in {one.value for one in Field} else ""


def fault_words(fault: Fault) -> str:
    """The sentence for what is wrong with a cell, beginning with the column's name."""
    name = field_name(fault.field)
    if fault.code in ("mapping_missing", "mapping_twice"):
        return _(_FAULTS[fault.code]).format(field=name)
    template = _FAULTS.get(fault.code)
    if template is None:
        said = wording.fault_words(fault)
    else:
        said = _(template).format(**{key: wording.cut(value) for key, value in fault.facts})
    return _("{column}：{said}").format(column=name, said=said) if name else said


def refused_words(error: Unreadable) -> str:
    """The sentence for why a file is not read."""
    return _(_REFUSED[error.code])


def trouble_words(error: BaseException) -> str | None:
    """The sentences for why a step of an import failed; None if nobody could expect it."""
    if isinstance(error, Unreadable):
        return refused_words(error)
    if isinstance(error, Faults):
        return " ".join(dict.fromkeys(fault_words(one) for one in error.faults))
    if words := wording.error_words(error):
        return words
    if isinstance(error, OSError):
        return _("文件写不进去：它可能正在 Excel 或者 WPS 里打开，或者这里不能写；请换一个名称。")
    return None


def made_words(made: Imported) -> str:
    """What an import brought in, with the numbers."""
    said = ngettext_(
        "已导入 {n} 件，编号 {first} 至 {last}。",
        "已导入 {n} 件，编号 {first} 至 {last}。",
        made.count,
    )
    return said.format(n=made.count, first=made.first, last=made.last)


def after_words(made: Imported, *, saved: bool) -> str:
    """What is said at the end: what came in, how to take it back, what stayed out if not kept."""
    undo = _(
        "如果发现导错了，可以整批撤销：现在点状态栏里的“撤销”，或者按 Ctrl+Z；"
        "以后在“导入台账”的“以前的导入”里，只要这些件还没有办理过。"
    )
    said = [made_words(made), undo]
    if made.left_out and not saved:
        told = ngettext_(
            "还有 {n} 行有问题，没有导入；请另存出来，改好后再导入。",
            "还有 {n} 行有问题，没有导入；请另存出来，改好后再导入。",
            made.left_out,
        )
        said.append(told.format(n=made.left_out))
    return "\n".join(said)
