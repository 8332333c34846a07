"""Clocks of a complaint in words: when due, why on that day; the counting itself is the rules'."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.clocks import CountedDay, Deadline
from desktop.rules.complaints import RunningClock
from desktop.rules.rulebook import Rulebook, System, Unit
from desktop.rules.workdays import DayKind as RuleKind
from desktop.text import N_, _, format_date, ngettext_
from desktop.ui.common import wording
from desktop.ui.common.forms.dates import weekday
from desktop.ui.common.palette import Status
from desktop.ui.common.record import Clock, Day, DayKind, DayStrip
from desktop.usecases.targets import Target

_KINDS = {
    RuleKind.WORK: DayKind.WORK,
    RuleKind.REST: DayKind.REST,
    RuleKind.HOLIDAY: DayKind.HOLIDAY,
    RuleKind.MAKEUP: DayKind.MAKEUP,
}
_IF_NEEDED = N_("如需要")
_IF = {"transfer": N_("如转办"), "refusal": N_("如不予受理")}


def with_weekday(day: date) -> str:
    """2026-11-21（周六）."""
    return _("{day}（{weekday}）").format(day=format_date(day), weekday=weekday(day))


def due_words(due: date, latest: date, *, tentative: bool) -> str:
    """When something is due: one date, or the two readings of the law, and whether 暂定."""
    if due == latest:
        words = with_weekday(due)
    else:
        # On two lines: the pane is narrow.
        words = _("目标日 {due}\n最迟 {latest}").format(
            due=with_weekday(due), latest=with_weekday(latest)
        )
    return _("{due} 暂定").format(due=words) if tentative else words


def shown(clocks: Sequence[RunningClock], book: Rulebook, national: Rulebook) -> list[Clock]:
    """Every clock as a line of the card, those that do not apply last."""
    applying = sorted(clocks, key=lambda c: (c.end is None, c.end.due if c.end else date.max))
    return [_line(clock, book, national) for clock in applying]


def _line(clock: RunningClock, book: Rulebook, national: Rulebook) -> Clock:
    end = clock.end
    if end is None:
        reason = wording.reason_words(clock.reason)
        said = _("不适用：{reason}").format(reason=reason)
        return Clock(clock.rule.id, clock.rule.name, said, "", Status.VOID, clock.rule.article)
    words, status = wording.clock_words(clock.status)
    due = due_words(end.due, end.latest, tentative=end.tentative)
    if end.planned is not None and end.planned != end.due:
        due = _("{due}\n原定 {planned}").format(due=due, planned=format_date(end.planned))
    if clock.stopped is not None:
        due = _("{stopped} 完成\n期限 {due}").format(
            stopped=format_date(clock.stopped), due=format_date(end.latest)
        )
    elif clock.conditional:
        case = _IF.get(clock.rule.applies, _IF_NEEDED)
        # a long one on lines of its own: at large type the pane is narrow
        long = end.tentative or "\n" in due
        due = (_("{case}：\n{due}") if long else _("{case}：{due}")).format(case=_(case), due=due)
    if not clock.rule.source:  # no text sets it
        told = _("来源单位要求的日期")
        return Clock(clock.rule.id, clock.rule.name, due, words, status, told)
    article = clock.rule.article
    if end.due != end.latest:
        article = f"{article} · {_counting(national, 'roll')}"
    return Clock(
        clock.rule.id,
        clock.rule.name,
        due,
        words,
        status,
        article,
        lambda: explain(end, book, national),
        sort_words(end),
    )


def sort_words(end: Deadline) -> str:
    """Whose day it is: as the rule sets it, or moved back by pauses."""
    moved = end.planned is not None and end.planned != end.due
    return _("中止后顺延") if moved else _("原定")


def extension(extended: Target) -> Clock:
    """The day to which the office extended a matter: its own word, no clock of the rulebook."""
    words, status = wording.clock_words(extended.status)
    due = _("延期至 {day}").format(day=with_weekday(extended.due))
    moved = extended.planned is not None and extended.planned != extended.due
    if moved and extended.planned is not None:
        due = _("{due}\n原定 {planned}").format(due=due, planned=format_date(extended.planned))
    if extended.tentative:
        due = _("{due} 暂定").format(due=due)
    told = _("本单位告知的预计办结日期，不改变规则规定的期限")
    sort = _("中止后顺延") if moved else _("延期")
    return Clock("extension", _("延期办理"), due, words, status, told, sort=sort)


def clock_name(clock: RunningClock) -> str:
    """The clock's name; before the decision it is only a case: 如转办."""
    if not clock.conditional:
        return clock.rule.name
    return _("如{clock}").format(clock=clock.rule.name)


def explain(end: Deadline, book: Rulebook, national: Rulebook) -> QWidget:
    """Set out the days that were counted, with the sum in words and the articles."""
    strip = DayStrip()
    strip.setObjectName("complaints.why")
    days = [_day(counted, end) for counted in end.counted]
    strip.show_days(days, summary(end), _articles(end, book, national))
    return strip


def summary(end: Deadline) -> str:
    """The count in one or two sentences."""
    counted = (
        _("自 {start} 起算，当日不计，第 {n} 个工作日是 {due}。")
        if end.clock.unit is Unit.WORKDAY
        else _("自 {start} 起算，当日不计，到 {due} 期满。")
    )
    first = end.planned or end.due
    said = [
        counted.format(start=with_weekday(end.start), n=end.clock.count, due=with_weekday(first))
    ]
    said += _paused(end)
    if end.due != end.latest:
        said.append(
            _("期满日不是工作日，本单位按 {due} 办理，最迟顺延到 {latest}。").format(
                due=with_weekday(end.due), latest=with_weekday(end.latest)
            )
        )
    if end.tentative:
        years = sorted({c.day.day.year for c in end.counted if not c.day.certain})
        said.append(
            _("暂定：{years} 年放假安排尚未公布或补录，补录以后自动重算。").format(
                years=_("、").join(str(year) for year in years)
            )
        )
    return "".join(said)


def _paused(end: Deadline) -> list[str]:
    """What pauses did to a day: 原定 … 中止 … 日 … 顺延后 …."""
    said = []
    if end.credited and end.planned is not None:
        days = (
            ngettext_("共 {n} 个工作日", "共 {n} 个工作日", end.credited)
            if end.clock.unit is Unit.WORKDAY
            else ngettext_("共 {n} 天", "共 {n} 天", end.credited)
        )
        stretches = _("；").join(_stretch(s) for s in _stretches(end))
        moved = _("原定 {planned}；{stretches} 中止，{days}不计；顺延后 {due}。")
        said.append(
            moved.format(
                planned=with_weekday(end.planned),
                stretches=stretches,
                days=days.format(n=end.credited),
                due=with_weekday(end.due),
            )
        )
    if end.paused is not None:
        said.append(
            _("{day} 起中止，还没有恢复；恢复以后，中止的日子不计，期限顺延。").format(
                day=with_weekday(end.paused)
            )
        )
    return said


def _stretches(end: Deadline) -> list[tuple[date, date]]:
    """The first and the last day of each pause that is over."""
    found: list[tuple[date, date]] = []
    for one in end.counted:
        day = one.day.day
        if not one.rested or (end.paused is not None and day >= end.paused):
            continue
        if found and (day - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _stretch(span: tuple[date, date]) -> str:
    first, last = span
    if first == last:
        return format_date(first)
    return _("{first} 至 {last}").format(first=format_date(first), last=format_date(last))


def _articles(end: Deadline, book: Rulebook, national: Rulebook) -> str:
    lines = [_("{article}：{text}").format(article=book.cite(end.clock), text=end.clock.text)]
    rules = ["start_day"]
    if end.due != end.latest:
        rules.append("roll")
    lines.extend(
        _("{article}：{text}").format(article=national.cite(rule), text=rule.text)
        for rule in national.counting
        if rule.id in rules
    )
    if end.credited or end.paused is not None:
        known = next(
            (s for s in book.steps if s.system is System.COMPLAINTS and "中止" in s.name), None
        )
        if known is not None:
            lines.append(_("{article}：{text}").format(article=book.cite(known), text=known.text))
        else:
            lines.append(_("中止：规则没有规定，是本单位批准的；原定日期一并记载。"))
    return "\n".join(lines)


def _counting(national: Rulebook, rule_id: str) -> str:
    """民法典第二百零三条: the short way to name a rule of counting."""
    rule = next((one for one in national.counting if one.id == rule_id), None)
    if rule is None:
        return ""
    title = national.source(rule.source).title.removeprefix("中华人民共和国")
    return f"{title}{rule.article}"


def _day(counted: CountedDay, end: Deadline) -> Day:
    day = counted.day
    kind = DayKind.START if day.day == end.start else _KINDS[day.kind]
    if counted.rested and day.day != end.start:
        kind = DayKind.PAUSED
    last = day.day == end.latest
    label = day.label
    if last and end.paused is not None and day.day >= end.paused:
        last, label = False, _("原定")  # the day moves on while it rests
    return Day(
        day.day,
        kind,
        counted.number or None,
        label,
        due=last,
        moved=last and end.due != end.latest,
    )
