"""What came in, to be read beside a form: the complaint without who complained."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.rules.complaints import (
    CORRECTION,
    HANDLER,
    ORIGIN_REPLY,
    RECUSAL,
    SATISFACTION,
    Identity,
    Outcome,
    Ruling,
    Satisfaction,
    State,
    Step,
)
from desktop.rules.replies import ReplyWay
from desktop.text import N_, _, format_date, ngettext_
from desktop.ui.common import theme, wording
from desktop.ui.common.labels import label
from desktop.ui.common.record import Event, Fact, Facts, Timeline
from desktop.ui.complaints import words
from desktop.usecases import corrections, register
from desktop.usecases.auditwords import ACTIONS
from desktop.usecases.corrections import Change
from desktop.usecases.followups import extended_from
from desktop.usecases.handlers import NAMED
from desktop.usecases.records import ComplaintStep, TakenBack
from desktop.usecases.register import ComplaintView


def content_facts(view: ComplaintView) -> list[Fact]:
    """What the complaint says, as label and value."""
    complaint = view.complaint
    grounds = "\n".join(f"{one.article}　{one.text}" for one in view.grounds)
    old = [Fact(_("原登记号"), complaint.old_number)] if complaint.old_number else []
    return [
        *old,
        *_origin(view),
        Fact(_("被投诉单位"), complaint.unit_name),
        Fact(_("被投诉人员"), complaint.accused_person),
        Fact(_("事由"), grounds),
        Fact(_("反映内容"), complaint.body),
        Fact(_("诉求"), complaint.demands),
    ]


def archive_facts(view: ComplaintView) -> list[Fact]:
    """Under what the complaint was filed (归档)."""
    archive, step = view.archive, view.last(Step.ARCHIVE)
    if archive is None or step is None:
        return []
    place = _("{volume}，盒号 {box}") if archive.box else "{volume}"
    words = [
        place.format(volume=archive.volume, box=archive.box),
        _("保管期限 {term}").format(term=archive.retention),
    ]
    if archive.pages is not None:
        words.append(_("{n} 页").format(n=archive.pages))
    words.append(_("{name} {day} 归档").format(name=step.person, day=format_date(step.day)))
    return [Fact(_("归档"), " · ".join(words))]


def _origin(view: ComplaintView) -> list[Fact]:
    """The body that sent it on, and by when it wants a reply."""
    complaint = view.complaint
    if not complaint.origin:
        return []
    day = format_date(complaint.origin_day) if complaint.origin_day else ""
    words = "　".join(w for w in (complaint.origin, complaint.origin_number, day) if w)
    found = [Fact(_("来源"), words)]
    if complaint.origin_due is not None:
        found.append(Fact(_("要求回复日期"), format_date(complaint.origin_due)))
    if complaint.origin_replied is not None:
        day = format_date(complaint.origin_replied)
        told = "　".join(w for w in (day, complaint.origin_reply) if w)
        found.append(Fact(_("已回复来源单位"), told))
    return found


def transfer_facts(view: ComplaintView) -> list[Fact]:
    """Which unit has the matter now, how often it was reminded, or that it sent it back."""
    passed = register.passed_on(view.steps)
    if view.returned is not None:
        said = _("{unit} {day} 退回：{reason}").format(
            unit=view.returned.unit_name or "",
            day=format_date(view.returned.day),
            reason=view.returned.text,
        )
        return [Fact(_("转办"), said)]
    if not passed or view.standing.ruling is not Ruling.TRANSFER:
        return []
    words_ = [passed[0].unit_name or ""]
    if passed[0].person:
        words_.append(_("联系人 {name}").format(name=passed[0].person))
    if view.reply_due is not None and view.state is State.TRANSFERRED:
        words_.append(_("请于 {day} 前回复").format(day=format_date(view.reply_due)))
    if view.chased:
        words_.append(chased(view))
    return [Fact(_("承办单位"), "　".join(words_))]


def chased(view: ComplaintView) -> str:
    """How often the unit that has the matter now was reminded."""
    return ngettext_("已催办 {n} 次", "已催办 {n} 次", view.chased).format(n=view.chased)


def events(view: ComplaintView) -> list[Event]:
    """The steps taken and what was taken back, the newest first."""
    asked = (view.satisfaction,) if view.satisfaction is not None else ()
    aside = {
        CORRECTION: _correction,
        SATISFACTION: _satisfaction,
        ORIGIN_REPLY: _origin_reply,
        HANDLER: _handler,
        RECUSAL: _recusal,
    }
    returned = _returned(view.steps)
    found = []
    for step in (
        *view.steps, *view.corrections, *view.aside, *asked, *view.origin_replies
    ):  # fmt: skip
        event = aside[step.step](step) if step.step in aside else _event(view, step, returned)
        if files := _files(view, step):
            event = replace(event, text="\n".join(part for part in (event.text, files) if part))
        found.append(((view.events.get(step.id, 0), step.id), event))
    found += [((one.seq, 0), _taken_back(one)) for one in view.taken_back]
    return [event for _key, event in sorted(found, key=lambda one: one[0], reverse=True)]


def _taken_back(one: TakenBack) -> Event:
    """What was taken back, by whom and why; what it had written is void."""
    step = _(ACTIONS[one.action])
    what = step if one.own else _("撤销：{step}").format(step=step)
    said = _("理由：{reason}").format(reason=one.reason) if one.reason else ""
    return Event(format_date(one.at.date()), what, one.clerk_name, said)


def _files(view: ComplaintView, step: ComplaintStep) -> str:
    """The attachments that came in with a step, as this user may see them."""
    wanted = [file for one, file in view.step_files if one == step.id]
    known = {one.id: one.name for one in view.attachments}
    names = [known[file] for file in wanted if file in known]
    return _("附件：{names}").format(names=_("、").join(names)) if names else ""


def _returned(steps: Sequence[ComplaintStep]) -> frozenset[int]:
    """The transfers that their receivers sent back (已退回)."""
    found: set[int] = set()
    last = 0
    for step in steps:
        if step.step == Step.TRANSFER:
            last = step.id
        elif step.step == Step.OBJECT and last:
            found.add(last)
    return frozenset(found)


def _handler(step: ComplaintStep) -> Event:
    """Who was named to handle it, or handles it no longer."""
    what = _("指定承办人") if step.outcome == NAMED else _("不再承办")
    return Event(format_date(step.day), what, step.person, _person(step))


def _recusal(step: ComplaintStep) -> Event:
    """Who withdrew, by whose decision and why; or need not any more."""
    who = step.person
    what = _("解除回避")
    if step.outcome == NAMED:
        what, who = _("回避"), _("{name} 决定").format(name=step.person)
    lines = [_person(step), _("理由：{reason}").format(reason=step.detail)]
    return Event(format_date(step.day), what, who, "\n".join(lines))


def _person(step: ComplaintStep) -> str:
    if not step.unit_name:
        return step.text
    return _("{name}（{unit}）").format(name=step.text, unit=step.unit_name)


def satisfied(step: ComplaintStep) -> str:
    """What the complainants said of it, in a word."""
    return _(wording.SATISFACTIONS[Satisfaction(step.outcome or Satisfaction.UNRATED)])


def _satisfaction(step: ComplaintStep) -> Event:
    lines = "\n".join(line for line in (satisfied(step), step.text) if line)
    return Event(format_date(step.day), _("满意度回访"), step.person, lines)


def _origin_reply(step: ComplaintStep) -> Event:
    lines = "\n".join(line for line in (step.letter_number or step.detail, step.text) if line)
    return Event(format_date(step.day), _("回复来源单位"), step.person, lines)


def _event(view: ComplaintView, step: ComplaintStep, returned: Collection[int]) -> Event:
    transferred = view.complaint.transferred is not None
    what = words.step_done(Step(step.step), transferred=transferred)
    if step.id in returned:
        what = _("{what}（已退回）").format(what=what)
    if own := _OWN.get(Step(step.step)):
        return own(step, what)
    said: list[str] = []
    if step.step == Step.DECIDE and step.outcome is not None:
        upheld = register.upheld([s for s in view.steps if s.id <= step.id]) is not None
        said.append(_("维持转办") if upheld else _(wording.RULINGS[Ruling(step.outcome)]))
    if step.unit_name:
        said.append(_("承办单位：{unit}").format(unit=step.unit_name))
    if step.letter_number:
        said.append(step.letter_number)
    if step.paper:
        said.append(_("来文 {number}").format(number=step.paper))
    if step.step == Step.CHASE:
        said.append(_("第 {n} 次").format(n=_chase_of(view, step)))
    if step.due is not None:
        by = _DUE.get(Step(step.step), _EXPECTED)
        said.append(_(by).format(day=format_date(step.due)))
    if step.step == Step.FIND and step.outcome is not None:
        said.append(_(wording.OUTCOMES[Outcome(step.outcome)]))
    lines = [" · ".join(said), step.text, step.detail]
    who = step.person
    if who and step.step == Step.TRANSFER:
        who = _("联系人 {name}").format(name=who)
    return Event(format_date(step.day), what, who, "\n".join(line for line in lines if line))


def _chase_of(view: ComplaintView, chase: ComplaintStep) -> int:
    """Which reminder of its transfer this was."""
    before = [s for s in view.steps if s.id <= chase.id]
    return sum(s.step == Step.CHASE for s in register.passed_on(before))


def _proposal(step: ComplaintStep, what: str) -> Event:
    """What was proposed to the leader, and by whom."""
    head = [_(wording.PROPOSALS[Ruling(step.outcome)])] if step.outcome else []
    if step.unit_name:
        head.append(_("承办单位：{unit}").format(unit=step.unit_name))
    if step.detail:
        head.append(_("承办人：{name}").format(name=step.detail))
    return Event(format_date(step.day), what, step.person, f"{' · '.join(head)}\n{step.text}")


def _pause(step: ComplaintStep, what: str) -> Event:
    """Why the handling rests, on what that is based, who approved it."""
    basis = step.detail or _("规则没有规定，本单位决定")
    lines = [
        step.letter_number or "",
        _("理由：{reason}").format(reason=step.text),
        _("依据：{basis}").format(basis=basis),
    ]
    who = _("{name} 批准").format(name=step.person)
    return Event(format_date(step.day), what, who, "\n".join(line for line in lines if line))


#: What the date of a step means.
_EXPECTED = N_("预计 {day} 前办结")
_DUE = {
    Step.TRANSFER: N_("请于 {day} 前回复"),
    Step.CHASE: N_("请于 {day} 前回复"),
    Step.ACCEPTANCE: N_("答应 {day} 前告知办理情况"),
}


def _extension(step: ComplaintStep, what: str) -> Event:
    """Both dates of an extension, the reason, who approved it, whom it was told to."""
    old, new = extended_from(step), step.due
    words = _("延期至 {new}").format(new=format_date(new) if new else "")
    if old is not None:
        words = _("原定 {old}，延期至 {new}").format(
            old=format_date(old), new=format_date(new) if new else ""
        )
    head = [words, step.letter_number or ""]
    if step.unit_name:
        head.append(_("告知 {unit}").format(unit=step.unit_name))
    lines = [
        " · ".join(one for one in head if one),
        _("理由：{reason}").format(reason=step.text),
    ]
    who = _("{name} 批准").format(name=step.person)
    return Event(format_date(step.day), what, who, "\n".join(lines))


#: Steps that are told in words of their own.
_OWN = {Step.EXTENSION: _extension, Step.PAUSE: _pause, Step.PROPOSE: _proposal}


#: The fields of the register, as a correction names them.
_FIELDS = {
    "channel": N_("来件方式"),
    "received": N_("收到日期"),
    "identity": N_("署名方式"),
    "complainants": N_("投诉举报人"),
    "reply_way": N_("答复方式"),
    "reply_to": N_("答复地址或者代表人"),
    "accused_unit": N_("被投诉单位"),
    "accused_person": N_("被投诉人员"),
    "grounds": N_("事由"),
    "subject": N_("主题"),
    "origin": N_("来源单位"),
    "origin_number": N_("来文编号"),
    "origin_day": N_("来文日期"),
    "origin_due": N_("要求回复日期"),
    "text": N_("反映内容"),
    "demands": N_("诉求"),
    "attachments": N_("附件"),
}


#: Those of them that are days.
_DAYS = ("received", "origin_day", "origin_due")


def _correction(step: ComplaintStep) -> Event:
    """What was corrected, from what to what, and why; of the complainants only that they were."""
    lines = [_change(one) for one in corrections.changes(step)]
    lines.append(_("理由：{reason}").format(reason=step.text))
    return Event(format_date(step.day), _("修改登记"), step.person, "\n".join(lines))


def _change(change: Change) -> str:
    name = _(_FIELDS[change.field])
    if change.field == "attachments":
        return _("补充了附件")
    if not change.old and not change.new:
        return _("改了{field}").format(field=name)
    values = []
    for value in (change.old, change.new):
        if change.field == "identity":
            values.append(_(wording.IDENTITIES[Identity(value)]))
        elif change.field == "reply_way" and value:
            values.append(_(wording.REPLY_WAYS[ReplyWay(value)]))
        elif change.field in _DAYS and value:
            values.append(format_date(date.fromisoformat(value)))
        else:
            values.append(value or _("（空）"))
    return _("{field}：{old} → {new}").format(field=name, old=values[0], new=values[1])


class Reading(QScrollArea):
    """A quiet page beside a form: what the complaint says and what was done so far."""

    def __init__(self, view: ComplaintView) -> None:
        super().__init__()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(label(view.complaint.subject, "heading", wrap=True))
        column.addWidget(Facts(content_facts(view)))
        column.addSpacing(theme.MEDIUM)
        column.addWidget(label(_("办理过程"), "strong"))
        column.addWidget(Timeline(events(view)))
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("投诉举报内容"))
