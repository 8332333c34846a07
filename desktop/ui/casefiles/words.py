"""A case file in words: its steps, its gate, what the table says, who may impose a measure."""

from collections.abc import Mapping

from desktop.rules.casefiles import CaseState, CaseStep, Closing, Requirement
from desktop.rules.responsibility import Proposal
from desktop.rules.rulebook import Rulebook, Source
from desktop.text import N_, _, format_date
from desktop.ui.casefiles.fields.proposal import Said
from desktop.ui.common import wording
from desktop.ui.common.palette import Status
from desktop.ui.common.record import Exhibit, Step, StepState
from desktop.usecases.casework import why_not
from desktop.usecases.shelf import CaseView, Handover

#: What a line of the gate is called; the rulebook's own name goes first.
PAPERS = {
    CaseStep.EVIDENCE: N_("调查取证"),
    CaseStep.HEARING: N_("听取陈述申辩"),
    CaseStep.DIVISION: N_("区分责任"),
    CaseStep.SANCTION: N_("确定追究方式"),
    CaseStep.APPROVAL: N_("集体研究、领导审批"),
}
_OPENS = {
    CaseStep.EVIDENCE: (N_("去登记"), N_("再登记")),
    CaseStep.HEARING: (N_("去记录"), N_("再记录")),
    CaseStep.DIVISION: (N_("去区分"), N_("修改")),
    CaseStep.SANCTION: (N_("去确定"), N_("修改")),
    CaseStep.APPROVAL: (N_("去记录"), N_("修改")),
}


def stepper(view: CaseView) -> list[Step]:
    """The steps from 立案 to 结案, as far as the case has come."""
    done = {one.key: one.done for one in view.requirements}
    case = view.case
    served = view.state not in (CaseState.OPEN, CaseState.DECIDED, CaseState.VOID)
    closed = view.state is CaseState.CLOSED
    plan = [
        (_("立案"), True, format_date(case.opened)),
        (_("调查取证"), done.get(CaseStep.EVIDENCE, True), ""),
        (_("陈述申辩"), done.get(CaseStep.HEARING, True), ""),
        (_("责任区分"), done.get(CaseStep.DIVISION, True), ""),
        (_("决定"), case.decided is not None, format_date(case.decided) if case.decided else ""),
        (_("送达"), served, format_date(view.services[0].day) if view.services else ""),
        (_("整改"), case.reported is not None, format_date(case.reported) if case.reported else ""),
        (_("结案"), closed, format_date(case.closed) if case.closed else ""),
    ]
    void = view.state is CaseState.VOID
    current = next((at for at, (_text, ok, _note) in enumerate(plan) if not ok), -1)
    steps = []
    for at, (text, ok, note) in enumerate(plan):
        state = StepState.DONE if ok else StepState.TODO
        if not ok and (void or closed):
            state = StepState.VOID
        elif at == current:
            state = StepState.CURRENT
        steps.append(Step(text, state, f"{text} {note}" if note else ""))
    return steps


_CLOSING = {
    Closing.SERVED: N_("决定书送达"),
    Closing.REPORTED: N_("收到整改报告"),
    Closing.REFERRED: N_("移送有权处理的机关"),
}


def closing(view: CaseView) -> list[Exhibit]:
    """What should be done before the case is closed; it warns and does not hinder."""
    found = []
    for one in view.closing:
        note = ""
        if one.key is Closing.REFERRED:
            note = _("、").join(handover_words(handover) for handover in view.handovers)
        action = "" if one.done or one.step not in view.permitted else _("去办理")
        found.append(Exhibit(one.step.value, _(_CLOSING[one.key]), one.done, note, action))
    return found


def handover_words(handover: Handover) -> str:
    """An authority and by which letter the matter was handed over to it."""
    name = _(wording.AUTHORITIES[handover.authority])
    number = handover.letter.number if handover.letter else _("还没有移送")
    return _("{authority}（{number}）").format(authority=name, number=number)


def not_referred(view: CaseView) -> str:
    """The authorities to which nothing was handed over yet, as one phrase; empty when none."""
    open_ = [_(wording.AUTHORITIES[h.authority]) for h in view.handovers if h.letter is None]
    return _("、").join(open_)


def paper(requirement: Requirement) -> str:
    """What a line of the gate is called."""
    return requirement.name or _(PAPERS[requirement.key])


def gate_source(view: CaseView) -> Source | None:
    """The regulation of the place that most lines of the gate stand on."""
    step = next((s for s in view.book.steps if s.gate and s.system == "accountability"), None)
    return view.book.source(step.source) if step else None


def gate(view: CaseView) -> list[Exhibit]:
    """The papers that must be there before the decision, with article and what is missing."""
    source = gate_source(view)
    title = f"《{source.title}》" if source else ""
    may = view.state is CaseState.OPEN
    lines = []
    for one in view.requirements:
        article = one.citation.removeprefix(title)
        if one.key is CaseStep.SANCTION:
            article = article.split("（")[0]  # the ladder as a whole, not its first rung
        missing = wording.missing_words(one)
        go, again = _OPENS[one.key]
        lines.append(
            Exhibit(
                key=one.key.value,
                text=paper(one),
                done=one.done,
                note=" · ".join(part for part in (missing or _held(view, one), article) if part),
                action=_(again if one.done else go) if may else "",
            )
        )
    return lines


def _held(view: CaseView, one: Requirement) -> str:
    """What is there already, in a few words."""
    match one.key:
        case CaseStep.EVIDENCE:
            return _("{n} 件，取证人员 {m} 人").format(
                n=view.facts.evidence, m=view.facts.investigators
            )
        case CaseStep.HEARING:
            return _("{n} 人").format(n=view.facts.heard)
        case CaseStep.DIVISION:
            return _("{n} 人").format(n=view.facts.divided)
        case CaseStep.SANCTION:
            return _("{n} 项措施").format(n=view.facts.sanctions)
        case CaseStep.APPROVAL:
            return view.case.approved_by
    return ""


def missing_list(view: CaseView) -> str:
    """What is missing before the decision, as one sentence; empty when nothing is."""
    lacking = [
        _("{paper}（{missing}）").format(paper=paper(one), missing=wording.missing_words(one))
        for one in view.requirements
        if not one.done
    ]
    return _("、").join(lacking)


def proposal_words(proposal: Proposal, names: Mapping[int, str]) -> Said:
    """What the table says of one person, and whether it must be so or may be so."""
    missing = ""
    if proposal.exhibit_missing:
        missing = _("还缺证明材料：请在上面写明签注意见、会议纪要等。")
    if proposal.relieved_by:
        who = names.get(proposal.relieved_by, "")
        headline = _("不承担责任（由{name}承担全部责任）").format(name=who)
        return Said(_("应当"), Status.RUNNING, headline)
    bearing = proposal.bearing
    if bearing is None:
        sentence = _("规则没有规定这种情形，由本单位研究确定，并写明理由。")
        return Said(_("没有规定"), Status.VOID, sentence, missing=missing)
    share = _(wording.SHARES[bearing.share])
    article = f"{bearing.article}：{bearing.text}"
    if not proposal.discretion:
        return Said(_("应当"), Status.RUNNING, share, article, missing)
    if proposal.plain is None:
        choice = _("{share}；是否适用由经办人选定，并写明理由。").format(share=share)
    else:
        plain = _(wording.SHARES[proposal.plain.share])
        choice = _("{share}；不适用的，{plain}。由经办人选定，并写明理由。").format(
            share=share, plain=plain
        )
    return Said(_("可以"), Status.SOON, choice, article, missing)


def reason_against(view: CaseView, step: CaseStep) -> str:
    """Why a step may not be taken now, as a sentence."""
    return wording.why_not_words(why_not(view, step))


def pinned(book: Rulebook) -> str:
    """The rulebook a case is bound to: 保定市 第 1 版."""
    return _("{place} 第 {version} 版").format(place=book.place, version=book.version)
