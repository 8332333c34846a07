"""The words for what rulebooks name by ids: moments, units of time, conduct, targets, systems."""

from desktop.rules.rulebook import System, Unit
from desktop.text import N_
from desktop.ui.common import wording

MOMENTS = {
    "received": N_("收到投诉举报"),
    "transferred": N_("转办"),
    "refusal_told": N_("告知不予受理"),
    "told_in_writing": N_("书面告知"),
    "answered": N_("答复"),
    "decided": N_("作出决定"),
    "served": N_("送达"),
    "review_requested": N_("申请复核"),
    "review_decided": N_("作出复核决定"),
    "rectified": N_("整改"),
    "power_exercised": N_("行使权力"),
    "recorded": N_("填报"),
    "information_formed": N_("信息形成或者变更"),
    "published": N_("公开"),
    "request_received": N_("收到申请"),
    "request_answered": N_("答复申请"),
    "extended": N_("延期"),
    "secrecy_review_requested": N_("提出保密审查"),
    "secrecy_review_done": N_("完成保密审查"),
    "assigned": N_("交办"),
    "finished": N_("办结"),
    "reported": N_("报告"),
    "met": N_("开会"),
    "submitted": N_("报送"),
    "materials_received": N_("收到材料"),
    "accepted": N_("受理"),
    "objected": N_("提出异议"),
    "supplement_told": N_("告知补正"),
    "opinion_sought": N_("征求意见"),
    "opinion_given": N_("提出意见"),
    "origin_replied": N_("回复来源单位"),
}
UNITS = {
    Unit.WORKDAY: N_("{n} 个工作日"),
    Unit.DAY: N_("{n} 日"),
    Unit.WEEK: N_("{n} 周"),
    Unit.MONTH: N_("{n} 个月"),
}
APPLIES = {
    "always": "",
    "transfer": N_("转办的"),
    "refusal": N_("不予受理的"),
    "real_name": N_("实名的"),
    "urgent": N_("紧急的"),
}
CONDUCTS = {
    "plain": "",
    "advised": N_("提出过正确意见"),
    "advised_not_adopted": N_("提出过意见未被采纳"),
    "kept_silent": N_("明知而不提醒"),
}
FORCES = {"must": N_("应当"), "may": N_("可以")}
TARGETS = {
    "unit": N_("单位"),
    "direct": N_("直接责任人"),
    "responsible": N_("有关责任人"),
    "supervising_leader": N_("主管领导"),
    "main_leader": N_("主要领导"),
}
SYSTEM_WORDS = {**wording.SYSTEMS, System.EFFICIENCY: N_("限时办结")}
