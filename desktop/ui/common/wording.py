"""The words of the field as the window shows them: states, steps, clocks, faults, storage."""

from desktop.rules.casefiles import CaseState, CaseStep, Requirement
from desktop.rules.clocks import ClockState, ClockStatus
from desktop.rules.complaints import Identity, Outcome, Ruling, Satisfaction, State, Step
from desktop.rules.faults import Fault, Faults, NotPermitted
from desktop.rules.replies import ReplyWay
from desktop.rules.rulebook import RulebookFault, System
from desktop.text import N_, _, ngettext_
from desktop.ui.common.palette import Status
from desktop.ui.common.rolewords import needed_words
from desktop.usecases.records import StaleRecord, StorageFault

STATES = {
    State.REGISTERED: (N_("待批示"), Status.WAITING),
    State.PROPOSED: (N_("已拟办"), Status.WAITING),
    State.ACCEPTED: (N_("办理中"), Status.RUNNING),
    State.TRANSFER_DUE: (N_("待转办"), Status.RUNNING),
    State.TRANSFERRED: (N_("已转办"), Status.WAITING),
    State.RETURNED: (N_("已退回"), Status.SOON),
    State.REFUSAL_DUE: (N_("待告知"), Status.RUNNING),
    State.REFUSED: (N_("不予受理"), Status.DONE),
    State.FOUND: (N_("待答复"), Status.RUNNING),
    State.ANSWERED: (N_("已答复"), Status.DONE),
    State.CLOSED: (N_("办结"), Status.DONE),
    State.ARCHIVED: (N_("已归档"), Status.DONE),
    State.VOID: (N_("作废"), Status.VOID),
}
CASE_STATES = {
    CaseState.OPEN: (N_("调查中"), Status.RUNNING),
    CaseState.DECIDED: (N_("待送达"), Status.SOON),
    CaseState.SERVED: (N_("整改中"), Status.RUNNING),
    CaseState.RECTIFIED: (N_("待结案"), Status.WAITING),
    CaseState.CLOSED: (N_("结案"), Status.DONE),
    CaseState.VOID: (N_("作废"), Status.VOID),
}
#: The step as a button names it; the ellipsis says that a page opens.
STEPS = {
    Step.REGISTER: N_("登记"),
    Step.PROPOSE: N_("拟办…"),
    Step.DECIDE: N_("记录领导批示…"),
    Step.ACCEPTANCE: N_("告知受理…"),
    Step.TRANSFER: N_("制作转办函…"),
    Step.CHASE: N_("催办…"),
    Step.OBJECT: N_("记录承办单位退回…"),
    Step.REFUSE: N_("制作不予受理告知书…"),
    Step.INTERIM: N_("告知办理情况…"),
    Step.EXTENSION: N_("告知延期…"),
    Step.PAUSE: N_("中止办理…"),
    Step.RESUME: N_("恢复办理…"),
    Step.FIND: N_("记录办理结果…"),
    Step.ANSWER: N_("答复投诉举报人…"),
    Step.CLOSE: N_("办结…"),
    Step.ARCHIVE: N_("归档…"),
    Step.OPEN_CASE: N_("转入责任追究…"),
}
#: The step as a thing that was done, for timelines.
STEPS_DONE = {
    Step.REGISTER: N_("登记"),
    Step.PROPOSE: N_("拟办"),
    Step.DECIDE: N_("领导批示"),
    Step.ACCEPTANCE: N_("告知受理"),
    Step.TRANSFER: N_("转办"),
    Step.CHASE: N_("催办"),
    Step.OBJECT: N_("承办单位退回"),
    Step.REFUSE: N_("告知不予受理"),
    Step.INTERIM: N_("告知办理情况"),
    Step.EXTENSION: N_("延期"),
    Step.PAUSE: N_("中止办理"),
    Step.RESUME: N_("恢复办理"),
    Step.FIND: N_("查明情况"),
    Step.ANSWER: N_("答复"),
    Step.CLOSE: N_("办结"),
    Step.ARCHIVE: N_("归档"),
    Step.OPEN_CASE: N_("转入责任追究"),
}
CASE_STEPS = {
    CaseStep.OPEN: N_("立案"),
    CaseStep.EVIDENCE: N_("登记证据…"),
    CaseStep.HEARING_NOTICE: N_("告知陈述申辩权利…"),
    CaseStep.HEARING: N_("记录陈述申辩…"),
    CaseStep.DIVISION: N_("区分责任…"),
    CaseStep.SANCTION: N_("确定追究方式…"),
    CaseStep.APPROVAL: N_("记录集体研究或审批…"),
    CaseStep.DECIDE: N_("制作责任追究决定书…"),
    CaseStep.SERVE: N_("记录送达…"),
    CaseStep.REFERRAL: N_("移送有权处理的机关…"),
    CaseStep.RECTIFY: N_("制作限期整改通知书…"),
    CaseStep.REPORT: N_("收到整改报告…"),
    CaseStep.CLOSE: N_("结案…"),
}
IDENTITIES = {
    Identity.REAL_NAME: N_("实名"),
    Identity.ANONYMOUS: N_("匿名"),
    Identity.JOINT: N_("联名"),
}
RULINGS = {
    Ruling.ACCEPT: N_("受理并组织调查"),
    Ruling.TRANSFER: N_("转办"),
    Ruling.REFUSE: N_("不予受理"),
}
#: The same as a clerk proposes it (拟办).
PROPOSALS = {
    Ruling.ACCEPT: N_("拟受理并组织调查"),
    Ruling.TRANSFER: N_("拟转办"),
    Ruling.REFUSE: N_("拟不予受理"),
}
OUTCOMES = {
    Outcome.PROVEN: N_("属实"),
    Outcome.PARTLY: N_("部分属实"),
    Outcome.UNPROVEN: N_("不属实"),
    Outcome.UNCLEAR: N_("无法查实"),
}
REPLY_WAYS = {
    ReplyWay.POST: N_("书面邮寄"),
    ReplyWay.PHONE: N_("电话"),
    ReplyWay.PERSON: N_("当面"),
    ReplyWay.EMAIL: N_("电子邮件"),
    ReplyWay.NONE: N_("不需要答复"),
}
SATISFACTIONS = {
    Satisfaction.SATISFIED: N_("满意"),
    Satisfaction.FAIRLY: N_("基本满意"),
    Satisfaction.DISSATISFIED: N_("不满意"),
    Satisfaction.UNRATED: N_("未评价"),
    Satisfaction.UNREACHABLE: N_("无法联系"),
}
ROLES = {
    "handler": N_("承办人"),
    "supervising_leader": N_("主管领导"),
    "main_leader": N_("主要领导"),
    "team_member": N_("领导班子成员"),
    "direct": N_("直接责任人"),
}
SHARES = {
    "liable": N_("承担责任"),
    "primary": N_("主要责任"),
    "secondary": N_("次要责任"),
    "full": N_("全部责任"),
    "none": N_("不承担责任"),
    "reduced_or_none": N_("减轻或者免予追究"),
    "exempt": N_("免除责任"),
}
APPROVALS = {
    "unapproved": N_("应报批而未报批"),
    "approved": N_("经主管领导审批或者同意"),
    "collective": N_("经领导班子集体讨论决定"),
}
AUTHORITIES = {
    "office": N_("本办公室"),
    "appointing": N_("任免机关"),
    "discipline": N_("纪检监察机关"),
    "judicial": N_("司法机关"),
}
SYSTEMS = {
    System.COMPLAINTS: N_("投诉举报受理"),
    System.ACCOUNTABILITY: N_("责任追究"),
    System.ASSESSMENT: N_("考核"),
    System.EVALUATION: N_("社会评议"),
    System.DISCLOSURE: N_("公开与报送"),
}
_CLOCK_STATUS = {
    ClockState.NOT_APPLICABLE: Status.VOID,
    ClockState.PAUSED: Status.PAUSED,
    ClockState.RUNNING: Status.RUNNING,
    ClockState.SOON: Status.SOON,
    ClockState.TODAY: Status.TODAY,
    ClockState.GRACE: Status.TODAY,
    ClockState.OVERDUE: Status.OVERDUE,
    ClockState.MET: Status.DONE,
    ClockState.MET_LATE: Status.VOID,
}


def clock_words(status: ClockStatus) -> tuple[str, Status]:
    """Return how a clock stands, in words and as a status: the one place that words it."""
    days = abs(status.days_left)
    match status.state:
        case ClockState.NOT_APPLICABLE:
            words = _("不适用")
        case ClockState.PAUSED if status.in_workdays:
            words = ngettext_("中止，剩 {n} 个工作日", "中止，剩 {n} 个工作日", days)
        case ClockState.PAUSED:
            words = ngettext_("中止，剩 {n} 天", "中止，剩 {n} 天", days)
        case ClockState.MET:
            words = _("已按时完成")
        case ClockState.MET_LATE:
            words = _("逾期完成")
        case ClockState.TODAY:
            words = _("今日到期")
        case ClockState.GRACE if days == 0:
            words = _("今日为最迟日")
        case ClockState.GRACE:
            words = ngettext_("最迟还剩 {n} 天", "最迟还剩 {n} 天", days)
        case ClockState.OVERDUE if status.in_workdays:
            words = ngettext_("超期 {n} 个工作日", "超期 {n} 个工作日", days)
        case ClockState.OVERDUE:
            words = ngettext_("超期 {n} 天", "超期 {n} 天", days)
        case _ if status.in_workdays:
            words = ngettext_("剩 {n} 个工作日", "剩 {n} 个工作日", days)
        case _:
            words = ngettext_("剩 {n} 天", "剩 {n} 天", days)
    return words.format(n=days), _CLOCK_STATUS[status.state]


#: Of a typed value no more than this is repeated in a sentence about it.
_LONGEST = 40

_FAULTS = {
    "required": N_("请填写这一项。"),
    "choose": N_("请选择一项。"),
    "choose_unit": N_("请选择单位；名单里没有的，先在“单位和人员”里添加。"),
    "too_long": N_("最多 {limit} 个字，现在有 {length} 个字，请删减。"),
    "too_many_lines": N_(
        "一个 Excel 工作簿最多 {limit} 行，这里有 {count} 行：请先筛选，分几次导出，或者选文本表格。"
    ),
    "line_break": N_("这一项只能写一行，请去掉换行。"),
    "hidden_character": N_("文字里夹有看不见的字符（{code}），请删去后重新输入。"),
    "control_character": N_("文字里夹有不能保存的字符（{code}），请删去后重新输入。"),
    "emoji": N_("“{character}”是表情或者装饰符号（{code}），公文里打印不出来，请删去。"),
    "future": N_("日期不能晚于今天（{today}），请改正。"),
    "too_early": N_("日期 {day} 太早，请检查年份。"),
    "too_late": N_("日期 {day} 太晚，请检查年份。"),
    "before": N_("日期不能早于 {earliest}，请改正。"),
    "last_before_first": N_("结束的编号不能小于起始的编号，请改正。"),
    "before_receipt": N_("日期不能早于收到日期（{earliest}），请改正。"),
    "before_decide": N_("日期不能早于领导批示的日期（{earliest}），请改正。"),
    "before_propose": N_("日期不能早于拟办的日期（{earliest}），请改正。"),
    "before_pause": N_("日期不能早于中止办理的日期（{earliest}），请改正。"),
    "before_resume": N_("日期不能早于恢复办理的日期（{earliest}），请改正。"),
    "before_close": N_("日期不能早于办结的日期（{earliest}），请改正。"),
    "page_count": N_("页数请填 1 到 {most} 的数字；不清楚的不填。"),
    "too_far": N_("规则规定最多延长到 {latest}，请改正。"),
    "before_acceptance": N_("日期不能早于告知受理的日期（{earliest}），请改正。"),
    "before_chase": N_("日期不能早于上一次催办的日期（{earliest}），请改正。"),
    "before_object": N_("日期不能早于承办单位退回的日期（{earliest}），请改正。"),
    "before_extension": N_("日期不能早于告知延期的日期（{earliest}），请改正。"),
    "not_later": N_("新的日期要晚于原定日期（{earliest}），请改正。"),
    "heard_already": N_("这个人已经听取过陈述申辩，不用再告知。"),
    "gone": N_("这一条已经不在案卷里了。"),
    "before_transfer": N_("日期不能早于转办的日期（{earliest}），请改正。"),
    "before_refuse": N_("日期不能早于告知不予受理的日期（{earliest}），请改正。"),
    "before_interim": N_("日期不能早于告知办理情况的日期（{earliest}），请改正。"),
    "before_find": N_("日期不能早于查明情况的日期（{earliest}），请改正。"),
    "before_answer": N_("日期不能早于答复的日期（{earliest}），请改正。"),
    "before_opening": N_("日期不能早于开始的日期（{earliest}），请改正。"),
    "before_hearing": N_("日期不能早于陈述申辩和审批的日期（{earliest}），请改正。"),
    "before_letter": N_("日期不能早于文书的日期（{earliest}），请改正。"),
    "anonymous_has_name": N_("匿名投诉举报不登记姓名；如果有姓名，请把署名方式改为实名或者联名。"),
    "joint_needs_two": N_("联名至少要登记两个人；只有一个人的，请改为实名。"),
    "real_name_is_one": N_("登记了几个人的，请把署名方式改为联名。"),
    "receiver_is_accused": N_(
        "不能转给被投诉的单位自己办理；请另选承办单位，如它的上级单位，或者由本单位受理。"
    ),
    "receiver_under_accused": N_(
        "从名称看，“{unit}”属于被投诉的{accused}，不能转给它办理；请转给它们的上级单位，或者由本单位受理。"
    ),
    "person_recused": N_("“{name}”已登记回避，不能参与这一件；请换别的人。"),
    "person_accused": N_("“{name}”是被投诉的人，不能参与这一件；请换别的人。"),
    "recused_already": N_("“{name}”已经登记过回避。"),
    "handler_there": N_("“{name}”已经是承办人。"),
    "accused_handles": N_("“{name}”现在是这一件的承办人；请先在“承办”里更换承办人。"),
    "no_such_number": N_("登记簿里没有“{typed}”这个编号，请核对。"),
    "itself": N_("这就是本件，请填写另一件的编号。"),
    "linked_already": N_("已经和 {number} 关联。"),
    "merged_itself": N_("{number} 已经并入别的件，请填写它并入的那一件。"),
    "nobody_asked": N_("没有答复过的，不记录满意度。"),
    "points_open": N_("还有 {n} 项诉求没有答复，请逐项填写。"),
    "points_left": N_(
        "本件还有 {n} 项诉求没有答复，那一件已经答复或者办结，不能再答复；请先逐项答复。"
    ),
    "points_unsettled": N_(
        "还有 {n} 项诉求没有交代，请逐项填写；不答复的，选“不予答复”并写明理由。"
    ),
    "gives_away": N_("文中出现“{telling}”，会泄露投诉举报人身份，请改写。"),
    "receipt_after": N_("这一件 {latest} 已经登记或者办理，收到日期不能晚于这一天，请改正。"),
    "told_already": N_("已经给投诉举报人发过文书，不能再改为匿名。"),
    "accused_is_receiver": N_(
        "这一件已批示转给这个单位（或者它的下属单位）办理，不能改为被投诉单位。"
    ),
    "case_names_unit": N_("已经按原来的单位立案，不能再改被投诉单位。"),
    "unchanged": N_("没有改动，不用保存。"),
    "file_missing": N_("找不到文件“{name}”，可能已经移动或者删除，请重新选择。"),
    "file_kind": N_(
        "不能保存“{name}”这一类文件；可以保存 PDF、OFD、文档、表格、图片、录音和录像。"
    ),
    "file_program": N_("“{name}”其实是程序，不是文件，不能保存；请向来件人核实，不要打开。"),
    "file_content": N_(
        "“{name}”的内容和它的扩展名不是一回事，不能保存；请用原来的程序另存后再添加。"
    ),
    "file_empty": N_("文件“{name}”是空的，请检查后重新选择。"),
    "file_large": N_("文件“{name}”超过 {limit} MB，请压缩或者分开。"),
    "no_rulebook": N_("本单位还没有为这项工作选定规则，请先在“本单位设置”里选定。"),
    "missing_glyph": N_("字库里没有“{characters}”，打印不出来，请改用别的写法。"),
    "colophon_too_long": N_("抄送单位太多，一页放不下，请减少。"),
    "taken": N_("已经有“{name}”了，请换一个名称。"),
    "template_outdated": N_("本单位改写的“{name}”模板不能使用，请到“文书模板”里改正或者恢复。"),
    "template_unchanged": N_("文字没有变化，不用保存。"),
    "person_heard": N_("已经听取“{name}”的陈述申辩，不能从案卷中去掉。"),
    "advised_and_silent": N_("“提出过意见”与“明知而不提醒”不能同时选。"),
    "exhibit_required": N_("请写明证明这一情形的材料，如签注意见、会议纪要。"),
    "reason_for_departure": N_("与规则的建议不一致，请写明理由。"),
    "exclusive": N_("“{measure}”与同组的另一项措施只能选一项。"),
    "not_a_number": N_("“{typed}”不是分数；请填数字，最多两位小数。"),
    "points_out_of_range": N_("“{typed}”超出范围，请填 0 到 {full} 之间的分数。"),
    "points_positive": N_("分值要大于 0。"),
    "note_needs_points": N_("写了说明，还要填写得分。"),
    "cut_off_top": N_("分数线要大于 0，不能高于满分（{previous}）。"),
    "cut_off_order": N_("分数线要大于 0，并且低于上一档（{previous}）。"),
    "series_word": N_("只写文字，不带数字、括号和空格；年份和序号由程序加上。"),
    "postcode": N_("邮政编码是 6 位数字。"),
    "copies": N_("请填写份数，1 到 999。"),
    "no_events": N_("到这个月末还没有操作记录，请选别的月份。"),
    "label_skip": N_("跳过的张数要在 0 到 {room} 之间。"),
    "length": N_("这个长度不合理，请按毫米填写。"),
    "not_reserved": N_("这个编号不是给这种文书预留的，或者已经用掉了。"),
    "reserved_year": N_(
        "指定使用的编号 {number} 是 {year} 年的，与成文日期不同年；请改指定或改日期。"
    ),
    "wording_changed": N_("制作 {number} 时的文书模板已不在，不能另存为 Word；请用保存的 PDF。"),
    "password_short": N_("密码至少 {least} 个字符。"),
    "password_weak": N_("这个密码太容易猜，请换一个：不要用姓名、重复的字符或者连续的字符。"),
    "no_identity": N_("第一个用户要是登记员或者审批领导，才能保管投诉举报人身份的密钥。"),
    "sheet_sign": N_("第 {n} 个字“{sign}”不在字表里，请对照恢复单改正。"),
    "sheet_count": N_("一把密钥是 24 个字，现在有 {n} 个。"),
    "sheet_check": N_("有字看错了，或者次序不对，请对照恢复单逐字检查。"),
    "sheet_not_this": N_("这把密钥不是这个数据文件的，请检查恢复单上的单位和数据文件。"),
    "sheet_other": N_("恢复单上的第 {n} 字不是这个，请再看一遍。"),
    "last_admin": N_("这是最后一个有密码的管理员，请先让另一个人做管理员。"),
    "last_identity": N_(
        "这是最后一个能看投诉举报人身份的用户，请先让另一个人做登记员或者审批领导。"
    ),
    "own_user": N_("不能去掉自己，请另一个管理员来做。"),
    "own_roles": N_("自己的管理员角色和能看身份的角色，请另一个管理员来改。"),
    "own_password": N_("自己的密码用右上角的“修改密码”来改。"),
    "gone_user": N_("这个用户已经去掉了。"),
    "password_needed": N_("要给他投诉举报人身份的密钥，需要为他设定新密码。"),
    "password_wrong": N_("密码不对，请重新输入。"),
    "password_same": N_("新密码和原来的一样，请换一个。"),
    "identity_needed": N_(
        "要给他投诉举报人身份的密钥：请能看身份的同事输入密码，或者输入恢复单上的身份密钥。"
    ),
    "idle": N_("请填 1 到 {most} 分钟。"),
    "masked": N_("文中有隐去的“×××”；要改这一项，请先点“查看并修改”，看到原文再改。"),
    "mask_printed": N_("文中有隐去的“×××”，会照样印在告知书上；请改写成“您”，或者删去。"),
    "folder_missing": N_("找不到这个文件夹，请重新选择。"),
    "folder_read_only": N_("这个文件夹写不进去，请换一个。"),
    "no_admin": N_("至少要有一个管理员，并且有密码。"),
    "not_a_complainant": N_("“{name}”不在投诉举报人里；代表人要从登记的人里选。"),
    "post_needs_address": N_("书面邮寄要有地址：请填写答复地址，或者在投诉举报人里填写地址。"),
    "phone_needs_number": N_("选了电话答复，请在投诉举报人里填写电话。"),
    "email_needs_address": N_("选了电子邮件答复，请填写电子邮箱。"),
    "email": N_("电子邮箱写得不完整，请写成 name@example.cn 的样子。"),
    "time": N_("看不懂这个时间；请按 9:05 的样子填写。"),
    "pieces": N_("件数请填 1 到 {most}。"),
    "weight": N_("重量请填 1 到 {most} 克；没有称的不填。"),
    "both_sign": N_("交出、接收双方都在交接单上签名以后，才能登记移交。"),
    "time_ahead": N_("时间不能晚于现在（{latest}），请改正。"),
    "before_arrival": N_("移交时间不能早于收到的时间（{earliest}），请改正。"),
    "unreadable_date": N_("看不懂这个日期；请按 2026-11-21 的样子填写。"),
}

_PERMISSIONS = {
    "already_done": N_("这一步已经办过了。"),
    "earlier_step_first": N_("前面的步骤还没有办完。"),
    "void": N_("这一件已经作废。"),
    "closed": N_("这一件已经办结。"),
    "archived": N_("这一件已经归档，不能再改；要接着办，请重新办理，或者撤销归档。"),
    "paused": N_("这一件已经中止办理，请先恢复办理。"),
    "not_paused": N_("这一件没有中止。"),
    "answered_already": N_("已经答复，不用中止。"),
    "nothing_to_undo": N_("没有可以撤销的步骤。"),
    "imported": N_(
        "这一件是导入的，没有可以撤销的步骤；整批撤销在【台账】→【导入台账】的“以前的导入”里。"
    ),
    "import_taken_back": N_("这一批已经撤销过了。"),
    "import_worked_on": N_("其中 {n} 件导入以后办理过（{numbers}），不能整批撤销。"),
    "import_unit_used": N_("随它添加的单位（{names}）后来改过或者在别处用到，不能整批撤销。"),
    "built_case": N_("已经转入责任追究（{number}），请先撤销立案，再撤销这一步。"),
    "built_letter": N_("文书 {number} 已经用印、发出或者送达，不能撤销；请另作补正。"),
    "built_link": N_("后来 {number} 与这一件关联，请先取消关联，再撤销这一步。"),
    "built_upon": N_("后面已经有新的操作用到这一步，不能撤销。"),
    "not_closed": N_("这一件还没有办结，不用重新办理。"),
    "merged": N_("这一件已经并入别的件；要接着办，请在“关联件”里撤销并入。"),
    "unmerge_there": N_("这是并入本件的，请到那一件里撤销并入。"),
    "anonymous": N_("匿名投诉举报，没有可以告知的人。"),
    "not_proven": N_("查明属实或者部分属实以后才能转入责任追究。"),
    "has_case": N_("已经立案。"),
    "other_ruling": N_("领导批示不是这样办理。"),
    "gate": N_("决定前的要件还没有齐备。"),
    "report_first": N_("已经限期整改，要先收到整改报告。"),
    "all_heard": N_("都已经听取过陈述申辩。"),
    "nothing_to_refer": N_("没有要由其他机关处理的措施。"),
    "not_made": N_("这个编号还没有文书。"),
    "not_reserved": N_("这个编号已经不是预留的了。"),
    "not_void": N_("这个编号没有作废。"),
    "nothing_to_print": N_("选中的编号都没有可以打印的文书。"),
    "no_numbers": N_("这个范围里没有登记过编号。"),
    "not_scored": N_("还有考核内容没有评分。"),
    "not_spoken": N_("不是电话或者当面反映的，不用接谈记录。"),
    "no_origin": N_("这一件是直接收到的，没有来源单位。"),
    "no_filing": N_("本单位选用的规则没有备案的规定。"),
    "period_set": N_("多久报一次由规则规定，不能自定。"),
    "identity_hidden": N_("您没有查看投诉举报人身份的权限。"),
    "recused": N_("您已登记回避，不能办理 {number}；请由其他经办人办理。"),
    "clock_behind": N_(
        "电脑时间 {now} 早于最后一次操作（{against}），不能编号、不能制作文书；"
        "请改正时间，或者请管理员确认。"
    ),
    "clock_before_build": N_(
        "电脑时间 {now} 早于程序的制作日期（{against}），不能编号、不能制作文书；"
        "请改正时间，或者请管理员确认。"
    ),
    "clock_ahead": N_(
        "电脑时间 {now} 比最后一次操作（{against}）晚了一个半月以上，不能编号、不能制作文书；"
        "请核对时间，再请管理员确认。"
    ),
}

_REASONS = {
    "anonymous": N_("匿名，没有可以告知的人"),
    "no_transfer": N_("领导没有批示转办"),
    "no_refusal": N_("领导没有批示不予受理"),
    "void": N_("已作废"),
}

_MISSING = {
    "no_evidence": N_("还没有登记证据"),
    "few_investigators": N_("取证人员只有 {count} 人，至少要 {wanted} 人"),
    "not_heard": N_("{wanted} 人中已听取 {count} 人"),
    "no_people": N_("还没有登记被追究人员"),
    "not_divided": N_("{wanted} 人中已区分 {count} 人"),
    "not_approved": N_("还没有集体研究或者审批"),
    "no_sanction": N_("还没有确定追究方式"),
    "no_situation": N_("还没有选定追究情形"),
}

_STORAGE = {
    "missing": N_("找不到数据文件：{path}"),
    "exists": N_("这里已经有同名文件，请换一个名称：{path}"),
    "not_an_office": N_("这不是阳光台账的数据文件，没有作任何改动：{path}"),
    "too_new": N_("这个数据文件是更新版本的程序写的，请先升级程序；没有作任何改动。"),
    "locked": N_("数据文件正被另一个程序使用，请先关闭那个程序：{path}"),
    "full": N_("磁盘已满，这一步没有保存；请腾出空间后再试一次。"),
    "read_only": N_("文件夹或者文件是只读的，写不进去，请换一个位置：{path}"),
    "unreadable": N_("打不开这个文件，请检查它是否存在、是否有权限：{path}"),
    "damaged": N_("数据文件读写出错，可能已经损坏；请不要继续登记，从备份恢复：{path}"),
    "not_encrypted": N_("这个数据文件是第一版程序写的，还没有加密：{path}"),
    "no_keys": N_("密钥文件不见了，请把它放回数据文件旁边，或者用恢复单打开：{path}"),
    "unknown_user": N_("这个数据文件里没有这个用户的密钥，请换一个用户登录：{path}"),
    "not_undoable": N_("后面已经有新的操作，不能撤销这一步。"),
    "locked_by": N_(
        "{name}已经在电脑“{pc}”（帐户 {account}）上打开这个数据文件，从 {since} 开始；"
        "请先在那里关闭：{path}"
    ),
    "no_room": N_(
        "这个盘只剩 {free} MB，至少要有 {wanted} MB 才能安全使用；"
        "请先腾出空间，没有作任何改动：{path}"
    ),
    "backup_full": N_("放备份的盘空间不够，这一份备份没有做成；请腾出空间：{path}"),
    "backup_place": N_("放备份的文件夹写不进去，这一份备份没有做成；请检查或者换一个：{path}"),
    "backup_bad": N_("这一份备份重新打开核对时不对，不能算数，请用别的备份：{path}"),
    "not_brought_up": N_("已停止：数据文件没有改动，还是旧版本的样子；再打开时重新备份。"),
    "interrupted": N_("备份让给了正在做的事，稍后再做。"),
    "fat_limit": N_(
        "第二个盘是 FAT32 格式，放不下 4 GB 以上的文件；请把它格式化为 NTFS 或 exFAT，"
        "或者换一个盘：{path}"
    ),
    "no_second": N_("还没有选定第二个盘，请先在“备份与恢复”里选定。"),
    "second_away": N_("找不到第二个盘，请插好以后再试：{path}"),
    "no_backup": N_("还没有备份可以用：{path}"),
}


def fault_words(fault: Fault) -> str:
    """Return the sentence for a fault of a field."""
    template = _FAULTS.get(fault.code)
    return _(template).format(**{key: cut(v) for key, v in fault.facts}) if template else fault.code


def cut(text: str) -> str:
    """A value in short: a name of 2000 characters must not push the sentence off the screen."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def faults_by_field(faults: Faults) -> dict[str, str]:
    """Return the sentences for a form, by field; several faults of one field stand together."""
    found: dict[str, str] = {}
    for fault in faults.faults:
        words = fault_words(fault)
        found[fault.field] = f"{found[fault.field]} {words}" if fault.field in found else words
    return found


def why_not_words(code: str) -> str:
    """Return the sentence for a step that may not be taken (empty code: empty sentence)."""
    return _(_PERMISSIONS[code]) if code else ""


def reason_words(code: str) -> str:
    """Return why a clock does not apply."""
    return _(_REASONS[code]) if code else ""


def missing_words(requirement: Requirement) -> str:
    """Return what a line of the gate still lacks."""
    if requirement.done:
        return ""
    words = _(_MISSING[requirement.missing])
    return words.format(count=requirement.count, wanted=requirement.wanted)


def error_words(error: BaseException) -> str | None:
    """Return the sentence for an error that the program knows, or None for an unexpected one."""
    match error:
        case StorageFault():
            return _(_STORAGE[error.code]).format(path=error.path, **error.facts)
        case NotPermitted(code="not_your_role"):
            return _("这一步需要{needed}，您的角色不能做。").format(
                needed=needed_words(dict(error.facts)["action"])
            )
        case NotPermitted():
            return why_not_words(error.code).format(**dict(error.facts))
        case RulebookFault():
            return _("规则文件“{file}”不能用。{entry}：{problem}").format(
                file=error.file, entry=error.entry or _("全文"), problem=error.problem
            )
        case StaleRecord():
            return _("这条记录刚才已被改动，请刷新后再试。")
        case Faults():
            return " ".join(fault_words(f) for f in error.faults)
    return None
