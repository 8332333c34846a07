"""What stands behind the quiet tabs of a case: facts, evidence, responsibility, papers, files."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.casefiles import CaseState
from desktop.text import _, format_date
from desktop.ui.casefiles.words import pinned
from desktop.ui.common import theme, wording
from desktop.ui.common.flow import FlowLayout
from desktop.ui.common.forms.files import size_text
from desktop.ui.common.labels import Elided, button, card, label, selectable
from desktop.ui.common.palette import Status
from desktop.ui.common.permission import allow
from desktop.ui.common.pills import Pill
from desktop.ui.common.record import Event, Fact, Facts, Timeline
from desktop.usecases.records import (
    Attachment,
    CaseHearing,
    CasePerson,
    CaseSanction,
    Letter,
)
from desktop.usecases.shelf import CaseView, HearingNotice

OnPick = Callable[[int], None]
OnFile = Callable[[Attachment], None]
OnWithdraw = Callable[[str, int], None]


def facts(view: CaseView) -> QWidget:
    """案情: what happened, which situations, who, under which rulebook."""
    case = view.case
    situations = "\n".join(f"{one.article}　{one.text}" for one in view.situations)
    people = "\n".join(_person_line(one) for one in view.people)
    return Facts(
        [
            Fact(_("案由"), case.title),
            Fact(_("被追究单位"), case.unit_name),
            Fact(_("立案日期"), format_date(case.opened)),
            Fact(_("事实"), case.facts),
            Fact(_("追究情形"), situations),
            Fact(_("被追究人员"), people),
            Fact(_("适用规则"), pinned(view.book)),
        ]
    )


def evidence(view: CaseView, withdraw: OnWithdraw, look: OnFile, hidden: str) -> QWidget:
    """证据与陈述: the pieces of evidence, who was told of the hearing, what each person said.

    While the case is open, what was entered wrongly can be taken out. `hidden` says why files that
    may tell who complained can not be looked at.
    """
    page, column = _page()
    column.addWidget(label(_("证据"), "heading"))
    for one in view.evidence:
        piece = Event(format_date(one.taken), f"{one.name}（{one.kind}）", one.taken_by, one.note)
        column.addWidget(_withdrawable(view, "evidence", one.id, piece, withdraw))
        if files_ := view.files_of(one.id):
            column.addWidget(_evidence_files(view, files_, look, hidden))
    if not view.evidence:
        column.addWidget(label(_("还没有登记证据。"), "quiet"))
    column.addWidget(label(_("陈述申辩"), "heading"))
    if view.notices:
        column.addWidget(Timeline([_told(view, one) for one in view.notices]))
    for heard in view.hearings:
        column.addWidget(_withdrawable(view, "hearing", heard.id, _heard(view, heard), withdraw))
    if not view.hearings:
        column.addWidget(label(_("还没有听取陈述申辩。"), "quiet"))
    return page


def _evidence_files(
    view: CaseView, listed: Sequence[Attachment], look: OnFile, hidden: str
) -> QWidget:
    """The files of a piece of evidence, each to be opened; those of the complaint say so."""
    frame = QWidget()
    row = FlowLayout(frame, theme.SMALL)
    row.setContentsMargins(theme.LARGE, 0, 0, 0)
    of_complaint = {one.id for one in view.materials}
    for one in listed:
        name = _("{name}（投诉附件）").format(name=one.name) if one.id in of_complaint else one.name
        made = button(name, "link", "attach")
        made.setObjectName(f"casefiles.evidence.file.{one.id}")
        made.setAccessibleName(_("查看{name}").format(name=name))
        made.clicked.connect(lambda _on=False, one=one: look(one))
        allow(made, hidden if one.secret else "")
        row.addWidget(made)
    return frame


def _told(view: CaseView, notice: HearingNotice) -> Event:
    """One person was told of the right to be heard."""
    person = view.person(notice.person)
    what = _("告知{name}陈述申辩的权利").format(name=person.name if person else "")
    said = _("{number} · 请于 {day} 前提出").format(
        number=notice.letter.number, day=format_date(notice.state_by)
    )
    return Event(format_date(notice.letter.dated), what, "", said)


def _heard(view: CaseView, one: CaseHearing) -> Event:
    """What one person said, or that the person waived it."""
    person = view.person(one.case_person)
    said = _("书面表示放弃陈述和申辩。") if one.waived else one.statement
    if one.opinion:
        said = _("{said}\n采纳与否及理由：{opinion}").format(said=said, opinion=one.opinion)
    when = " ".join(part for part in (format_date(one.day), one.place) if part)
    recorder = _("{name} 记录").format(name=one.recorder)
    return Event(when, person.name if person else "", recorder, said)


def _withdrawable(
    view: CaseView, what: str, row: int, event: Event, withdraw: OnWithdraw
) -> QWidget:
    """An entry with a quiet button to take it out while the case is open."""
    frame = QWidget()
    line = QHBoxLayout(frame)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.SMALL)
    line.addWidget(Timeline([event]), 1)
    if view.state is CaseState.OPEN:
        out = button(_("撤下…"), "link", "dismiss")
        out.setObjectName(f"casefiles.withdraw.{what}.{row}")
        out.setAccessibleName(_("撤下{name}").format(name=event.what))
        out.clicked.connect(lambda: withdraw(what, row))
        line.addWidget(out, 0, Qt.AlignmentFlag.AlignTop)
    return frame


def responsibility(view: CaseView) -> QWidget:
    """责任与处理: how the act came about, each share, the measures, who approved them."""
    page, column = _page()
    case = view.case
    column.addWidget(label(_("责任区分"), "heading"))
    if case.approval:
        said = _("行为怎样作出：{how}").format(how=_(wording.APPROVALS[case.approval]))
        column.addWidget(label(said, "quiet", wrap=True))
    for person in view.people:
        column.addWidget(_share_card(person))
    if not view.people:
        column.addWidget(label(_("还没有登记被追究人员。"), "quiet"))
    column.addWidget(label(_("追究方式"), "heading"))
    if view.rung is not None:
        rung = f"{view.rung.circumstance}（{view.rung.article}）"
        column.addWidget(selectable(rung))
    for target in (None, *(one.id for one in view.people)):
        chosen = [one for one in view.sanctions if one.case_person == target]
        if chosen:
            column.addWidget(_measures_card(view, target, chosen))
    if not view.sanctions:
        column.addWidget(label(_("还没有确定追究方式。"), "quiet"))
    if case.departure:
        told = _("与建议不同的理由：{reason}").format(reason=case.departure)
        column.addWidget(selectable(told, "quiet"))
    if case.approved is not None:
        column.addWidget(label(_("集体研究、领导审批"), "heading"))
        approved = Event(format_date(case.approved), case.approved_by, "", case.approval_note)
        column.addWidget(Timeline([approved]))
    return page


def papers(view: CaseView, look: OnPick) -> QWidget:
    """文书与送达: the letters that were numbered, how they were served, the unit's report."""
    page, column = _page()
    column.addWidget(label(_("文书"), "heading"))
    for letter in view.letters:
        column.addWidget(_letter_card(letter, look))
    if not view.letters:
        column.addWidget(label(_("还没有文书。"), "quiet"))
    column.addWidget(label(_("送达"), "heading"))
    served = []
    for one in view.services:
        how = _("{recipient}：{way}").format(recipient=one.recipient, way=one.way)
        signed = _("{name} 签收").format(name=one.receiver) if one.receiver else ""
        witness = _("见证人 {name}").format(name=one.witness) if one.witness else ""
        server = _("{name} 送达").format(name=one.server)
        extra = _("，").join(part for part in (one.place, signed, witness, one.note) if part)
        said = "\n".join(
            part for part in (f"{one.letter_title} {one.letter_number}", extra) if part
        )
        served.append(Event(format_date(one.day), how, server, said))
    if served:
        column.addWidget(Timeline(served))
    else:
        column.addWidget(label(_("还没有送达记录。"), "quiet"))
    case = view.case
    ends = []
    if case.reported is not None:
        ends.append(Event(format_date(case.reported), _("收到整改报告"), "", case.report))
    if case.closed is not None:
        ends.append(Event(format_date(case.closed), _("结案"), "", case.closing_note))
    if ends:
        column.addWidget(label(_("整改和结案"), "heading"))
        column.addWidget(Timeline(ends))
    return page


def files(view: CaseView, look: OnFile, keep: OnFile) -> QWidget:
    """附件: what was scanned or photographed, to be opened or kept elsewhere."""
    page, column = _page()
    for one in view.attachments:
        column.addWidget(_file_card(one, look, keep))
    if not view.attachments:
        column.addWidget(
            label(_("还没有附件。登记证据和整改报告时可以附上文件。"), "quiet", wrap=True)
        )
    return page


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SMALL)
    return page, column


def _person_line(person: CasePerson) -> str:
    post = _("，{post}").format(post=person.post) if person.post else ""
    return f"{person.name}{post}（{_(wording.ROLES[person.role])}）"


def _share_card(person: CasePerson) -> QFrame:
    frame = card()
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
    inside.setSpacing(theme.TIGHT)
    head = QHBoxLayout()
    head.setSpacing(theme.SMALL)
    head.addWidget(label(_person_line(person), "strong", wrap=True), 1)
    if person.share:
        head.addWidget(Pill(_(wording.SHARES[person.share]), Status.RUNNING))
    else:
        head.addWidget(Pill(_("还没有区分"), Status.WAITING))
    inside.addLayout(head)
    for line in _conduct(person):
        inside.addWidget(selectable(line, "quiet"))
    return frame


def _conduct(person: CasePerson) -> Sequence[str]:
    lines = []
    if person.advised:
        taken = _("已采纳") if person.adopted else _("未被采纳")
        lines.append(_("说明了行为错误或者提出了正确意见（{taken}）").format(taken=taken))
    if person.kept_silent:
        lines.append(_("明知会导致失误而不提醒和建议"))
    if person.exhibit:
        lines.append(_("证明材料：{exhibit}").format(exhibit=person.exhibit))
    if person.share and person.share != person.proposed_share:
        proposed = person.proposed_share
        said = _(wording.SHARES[proposed]) if proposed else _("没有规定")
        lines.append(_("规则的建议：{share}").format(share=said))
    if person.share_reason:
        lines.append(_("理由：{reason}").format(reason=person.share_reason))
    return lines


def _measures_card(view: CaseView, target: int | None, chosen: Sequence[CaseSanction]) -> QFrame:
    frame = card()
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
    inside.setSpacing(theme.TIGHT)
    person = view.person(target)
    inside.addWidget(label(person.name if person else view.case.unit_name, "strong", wrap=True))
    for one in chosen:
        said = one.text
        if one.authority != "office":
            who = _(wording.AUTHORITIES[one.authority])
            said = _("{measure}（由{authority}决定，本办公室移交或者建议）").format(
                measure=one.text, authority=who
            )
            sent = next((h.letter for h in view.handovers if h.authority == one.authority), None)
            if sent is not None:
                said = _("{measure}\n{day} 已移送{authority}，{number}").format(
                    measure=said,
                    day=format_date(sent.dated),
                    authority=who,
                    number=sent.number,
                )
        inside.addWidget(selectable(said))
    return frame


def _letter_card(letter: Letter, look: OnPick) -> QFrame:
    frame = card()
    row = QHBoxLayout(frame)
    row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
    row.setSpacing(theme.SMALL)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(letter.title, "strong", wrap=True))
    pages = _("{n} 页").format(n=letter.pages)
    said = " · ".join((letter.number, format_date(letter.dated), letter.addressee, pages))
    words.addWidget(label(said, "hint", wrap=True))
    row.addLayout(words, 1)
    top = Qt.AlignmentFlag.AlignVCenter
    if letter.void:
        row.addWidget(Pill(_("作废"), Status.VOID), 0, top)
    open_it = button(_("查看"), "link", "eye")
    open_it.setObjectName(f"casefiles.letter.{letter.id}")
    open_it.setAccessibleName(_("查看{name}").format(name=letter.number))
    open_it.clicked.connect(lambda: look(letter.id))
    row.addWidget(open_it, 0, top)
    return frame


def _file_card(file: Attachment, look: OnFile, keep: OnFile) -> QFrame:
    frame = card()
    row = QHBoxLayout(frame)
    row.setContentsMargins(theme.MEDIUM, theme.TIGHT, theme.SMALL, theme.TIGHT)
    row.setSpacing(theme.SMALL)
    row.addWidget(Elided(file.name), 1)
    row.addWidget(label(f"{size_text(file.size)} · {format_date(file.added)}", "hint"))
    for words, icon, act in ((_("查看"), "eye", look), (_("另存为…"), "save", keep)):
        made = button(words, "link", icon)
        made.setAccessibleName(f"{words} {file.name}")
        made.clicked.connect(lambda _on=False, act=act: act(file))
        row.addWidget(made)
    return frame
