"""A rulebook as pages to read: each a piece of HTML whose every text is escaped.

The headings are the window's words; what stands below them is the rulebook's own text.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from desktop.rules.rulebook import (
    Bearing,
    Clock,
    Handover,
    Measure,
    Rulebook,
    System,
    entries,
)
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.office import ruleshtml as html
from desktop.ui.office.ruleswords import (
    APPLIES,
    CONDUCTS,
    FORCES,
    MOMENTS,
    SYSTEM_WORDS,
    TARGETS,
    UNITS,
)

#: The pages of a rulebook in their order: key, title, what makes it, what it needs to be there.
Page = tuple[str, str, Callable[[Rulebook], str]]


def pages(book: Rulebook) -> list[Page]:
    """The pages that a rulebook has; where it is silent there is none."""
    whole: list[tuple[str, str, Callable[[Rulebook], str], bool]] = [
        ("about", _("概况"), about, True),
        ("clocks", _("期限"), clocks, bool(book.clocks or book.counting)),
        ("grounds", _("事由和渠道"), grounds, bool(book.grounds or book.channels)),
        ("situations", _("追究情形"), situations, bool(book.situations)),
        ("bearings", _("责任区分"), bearings, bool(book.bearings)),
        ("rungs", _("追究方式"), rungs, bool(book.rungs)),
        ("grades", _("考核和评议"), grades, bool(book.grades)),
        ("steps", _("程序和救济"), steps, _procedural(book)),
    ]
    return [(key, title, make) for key, title, make, there in whole if there]


def _procedural(book: Rulebook) -> bool:
    return bool(book.steps or book.remedies or book.forms or book.handovers or book.filings)


def about(book: Rulebook) -> str:
    """Sources, notes, and every doubt about the text as handed down."""
    parts = [html.paragraph(book.summary)]
    parts.append(html.heading(_("文件")))
    parts.append(
        html.table(
            (_("名称"), _("发文机关"), _("日期"), _("备注")),
            [
                (f"《{s.title}》", s.issuer, s.issued, _joined((s.standing, s.note)))
                for s in book.sources
            ],
        )
    )
    doubts = [(e, e.flag) for _name, e in entries(book) if e.flag]
    doubts += [(r, m.flag) for r in book.rungs for m in r.measures if m.flag]
    if doubts:
        parts.append(html.heading(_("原文存疑")))
        lines = [(book.cite(entry), flag) for entry, flag in doubts]
        parts.append(html.table((_("条款"), _("疑点")), lines))
    old = [e for _name, e in entries(book) if e.superseded]
    if old:
        parts.append(html.heading(_("已被取代")))
        parts.append(
            html.table((_("条款"), _("现行规定")), [(book.cite(e), e.superseded) for e in old])
        )
    if book.notes:
        parts.append(html.heading(_("说明")))
        parts.append("<ul>" + "".join(f"<li>{escape(n)}</li>" for n in book.notes) + "</ul>")
    return "".join(parts)


def clocks(book: Rulebook) -> str:
    """Every time limit with count, unit, from, to and article, by system."""
    cite = html.Citer(book, book.clocks, book.counting)
    parts = [cite.line]
    for system in System:
        own = [c for c in book.clocks if c.system is system]
        if own:
            parts.append(html.heading(_(SYSTEM_WORDS[system])))
            heads = (_("期限"), _("时间"), _("从"), _("到"), _("条款"), _("内容"))
            parts.append(html.table_of(heads, [_clock_row(cite, c) for c in own]))
    if book.counting:
        parts.append(html.heading(_("期间怎样计算")))
        parts.append(
            html.table_of(
                (_("名称"), _("条款"), _("内容")),
                [(escape(c.name), cite(c), escape(c.text)) for c in book.counting],
            )
        )
    return "".join(parts)


def _clock_row(cite: html.Citer, clock: Clock) -> tuple[str, ...]:
    count = _(UNITS[clock.unit]).format(n=clock.count)
    if clock.recurring:
        count = _("每 {count}").format(count=count)
    name = _joined((clock.name, _(APPLIES[clock.applies]), _("书面") if clock.written else ""))
    return (
        escape(name),
        f"<b>{escape(count)}</b>",
        escape(_(MOMENTS[clock.starts])),
        escape(_(MOMENTS[clock.stops])),
        cite(clock),
        escape(clock.text) + html.doubts(clock),
    )


def grounds(book: Rulebook) -> str:
    """What may be complained of, by which ways, and when a complaint counts as received."""
    cite = html.Citer(book, book.grounds, book.channels, book.receipts)
    parts = [cite.line]
    if book.grounds:
        parts.append(html.heading(_("事由")))
        parts.append(html.entries_table(cite, [(g, g.text) for g in book.grounds]))
    if book.channels:
        parts.append(html.heading(_("渠道")))
        told = _("{name}（要如实记录）")
        words = [(c, told.format(name=c.name) if c.transcript else c.name) for c in book.channels]
        parts.append(html.entries_table(cite, words))
    if book.receipts:
        parts.append(html.heading(_("收到日期怎样确定")))
        parts.append(html.entries_table(cite, [(r, r.text) for r in book.receipts]))
    return "".join(parts)


def situations(book: Rulebook) -> str:
    """The situations in which accountability is pursued, in their groups."""
    cite = html.Citer(book, book.situations)
    parts = [cite.line]
    for group in dict.fromkeys(s.group for s in book.situations):
        parts.append(html.heading(group))
        own = [(s, s.text) for s in book.situations if s.group == group]
        parts.append(html.entries_table(cite, own))
    return "".join(parts)


def bearings(book: Rulebook) -> str:
    """The responsibility table: how the matter was approved down, who across."""
    cite = html.Citer(book, book.bearings)
    roles = [r for r in wording.ROLES if any(b.role == r for b in book.bearings)]
    lines = dict.fromkeys((b.approval, b.conduct) for b in book.bearings)
    order = list(wording.APPROVALS)
    rows = []
    for approval, conduct in sorted(lines, key=lambda k: (_at(order, k[0]), _at(CONDUCTS, k[1]))):
        cells: dict[str, Bearing] = {
            b.role: b for b in book.bearings if (b.approval, b.conduct) == (approval, conduct)
        }
        head = _joined((_approval(approval), _(CONDUCTS[conduct])))
        rows.append(
            (f"<b>{escape(head)}</b>", *(_bearing(cite, cells.get(role)) for role in roles))
        )
    heads = (_("情形"), *(_(wording.ROLES[role]) for role in roles))
    silent = _("“—”是文件没有规定，不作推断。“应当”由程序算出，“可以”由经办人选择并写明理由。")
    return cite.line + html.paragraph(silent) + html.table_of(heads, rows)


def _bearing(cite: html.Citer, bearing: Bearing | None) -> str:
    if bearing is None:
        return "—"
    share = _joined((_(FORCES[bearing.force]), _(wording.SHARES[bearing.share])), " · ")
    return f"<b>{escape(share)}</b><br>{escape(bearing.text)}<br>{cite(bearing)}" + html.doubts(
        bearing
    )


def rungs(book: Rulebook) -> str:
    """The ladder: circumstance, and what is done to whom by whose authority."""
    cite = html.Citer(book, book.rungs)
    parts = [cite.line]
    for rung in sorted(book.rungs, key=lambda r: r.rank):
        parts.append(html.heading(f"{rung.rank}. {rung.circumstance}"))
        parts.append(f"<p>{cite(rung)}{html.doubts(rung)}</p>")
        heads = (_("对象"), _("措施"), _("决定机关"), _("条件"))
        parts.append(html.table_of(heads, [_measure_row(m) for m in rung.measures], _RUNG_WIDTHS))
    return "".join(parts)


def _measure_row(measure: Measure) -> tuple[str, ...]:
    flag = html.flag(measure.flag) if measure.flag else ""
    alternative = _("与同组措施只选一项") if measure.alternative else ""
    return (
        escape(_(TARGETS[measure.target])),
        escape(measure.text) + flag,
        escape(_(wording.AUTHORITIES[measure.authority])),
        escape(_joined((measure.condition, alternative))),
    )


def grades(book: Rulebook) -> str:
    """Blocks with their questions, grades with what follows, hard overrides."""
    parts = []
    for system, title in (("assessment", _("考核")), ("evaluation", _("社会评议"))):
        ladder = sorted((g for g in book.grades if g.system == system), key=lambda g: g.rank)
        if not ladder:
            continue
        parts.append(html.heading(title))
        blocks = [b for b in book.blocks if b.system == system]
        cite = html.Citer(book, ladder, blocks)
        parts.append(cite.line)
        parts.append(html.paragraph(_("分值、权重和分数线为本单位自定，文件没有规定。")))
        said = [(escape(g.name), escape(g.consequence or "—"), cite(g)) for g in ladder]
        parts.append(html.table_of((_("档次"), _("结果运用"), _("条款")), said))
        parts += [
            html.paragraph(f"{o.text}（{o.article}）") for o in book.overrides if o.system == system
        ]
        rows = [
            (
                escape(b.name),
                "<br>".join(f"· {escape(item)}" for item in b.items),
                cite(b),
            )
            for b in blocks
        ]
        if rows:
            parts.append(html.table_of((_("内容"), _("看什么"), _("条款")), rows))
        kinds = [r.name for r in book.rounds if r.system == system]
        if kinds:
            parts.append(html.paragraph(_("方式：{kinds}").format(kinds=_("、").join(kinds))))
    return "".join(parts)


def steps(book: Rulebook) -> str:
    """What must be done in which order, the papers named, and the remedies."""
    cite = html.Citer(book, book.steps, book.remedies, book.forms, book.handovers, book.filings)
    parts = [cite.line]
    for system in System:
        own = sorted((s for s in book.steps if s.system is system), key=lambda s: s.rank)
        if own:
            title = _("程序：{system}").format(system=_(SYSTEM_WORDS[system]))
            parts.append(html.heading(title))
            rows = [(escape(s.name), escape(s.text) + html.doubts(s), cite(s)) for s in own]
            parts.append(html.table_of((_("步骤"), _("内容"), _("条款")), rows))
    if book.remedies:
        parts.append(html.heading(_("救济")))
        parts.append(html.entries_table(cite, [(r, r.text) for r in book.remedies]))
    if book.forms:
        parts.append(html.heading(_("表式")))
        words = [(f, _joined((f.name, _("、").join(f.fields), f.text), "：")) for f in book.forms]
        parts.append(html.entries_table(cite, words))
    if book.handovers:
        parts.append(html.heading(_("只登交接的来信")))
        said = [(h, f"{h.name}：{h.text}{_by(h)}") for h in book.handovers]
        parts.append(html.entries_table(cite, said))
    if book.filings:
        parts.append(html.heading(_("备案")))
        parts.append(html.entries_table(cite, [(f, f.text) for f in book.filings]))
    return "".join(parts)


def _by(handover: Handover) -> str:
    """By when a letter must be handed over, where the text says it."""
    if not handover.count:
        return ""
    count = _(UNITS[handover.unit]).format(n=handover.count)
    return _("（{count}以内）").format(count=count)


_RUNG_WIDTHS = (16, 40, 20, 24)


def _approval(key: str) -> str:
    return _(wording.APPROVALS[key]) if key in wording.APPROVALS else _("不论怎样决定")


def _at(order: Iterable[str], key: str) -> int:
    known = list(order)
    return known.index(key) if key in known else len(known)


def _joined(parts: Sequence[str], between: str = "，") -> str:
    return between.join(part for part in parts if part)
