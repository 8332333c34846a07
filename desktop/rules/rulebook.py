"""The shape of a rulebook (规则包): one place's regulations as data, each entry with its article.

Here live the types, the parsing of one TOML text and the checks of its sense. Where the files lie
and which version a record began under is the business of the use cases.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Literal

import msgspec


class System(StrEnum):
    """A system of rules (制度) that an office can take from one place's rulebook."""

    COMPLAINTS = "complaints"  # 投诉举报受理
    ACCOUNTABILITY = "accountability"  # 责任追究
    ASSESSMENT = "assessment"  # 考核
    EVALUATION = "evaluation"  # 社会评议
    DISCLOSURE = "disclosure"  # 公开、保密审查、信息报送
    EFFICIENCY = "efficiency"  # 限时办结


class Unit(StrEnum):
    """The unit in which a text counts time."""

    WORKDAY = "workday"  # 工作日
    DAY = "day"  # 日 (calendar days)
    WEEK = "week"  # 周
    MONTH = "month"  # 月


Moment = Literal[
    "received",
    "transferred",
    "refusal_told",
    "told_in_writing",
    "answered",
    "decided",
    "served",
    "review_requested",
    "review_decided",
    "rectified",
    "power_exercised",
    "recorded",
    "information_formed",
    "published",
    "request_received",
    "request_answered",
    "extended",
    "secrecy_review_requested",
    "secrecy_review_done",
    "assigned",
    "finished",
    "reported",
    "met",
    "submitted",
    "materials_received",
    "accepted",
    "objected",
    "supplement_told",
    "opinion_sought",
    "opinion_given",
]
Applies = Literal["always", "transfer", "refusal", "real_name", "urgent"]
Approval = Literal["unapproved", "approved", "collective", "any"]
Role = Literal["handler", "supervising_leader", "main_leader", "team_member", "direct"]
Conduct = Literal["plain", "advised", "advised_not_adopted", "kept_silent"]
Share = Literal["liable", "primary", "secondary", "full", "none", "reduced_or_none", "exempt"]
Force = Literal["must", "may"]
Target = Literal["unit", "direct", "responsible", "supervising_leader", "main_leader"]
Authority = Literal["office", "appointing", "discipline", "judicial"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a rulebook: an id, and the article it stands on (source id and article words).

    ``flag`` says what is doubtful about the text as handed down (原文疑有脱漏 and the like);
    ``superseded`` names the national rule that has taken its place, if any.
    """

    id: str
    source: str
    article: str
    flag: str = ""
    superseded: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A regulation (文件): its full title as cited in letters, issuer, date where known."""

    id: str
    title: str
    issuer: str = ""
    issued: str = ""
    standing: str = ""
    note: str = ""


class Channel(Entry, frozen=True, kw_only=True):
    """A way in which a complaint may come in (受理渠道)."""

    name: str
    transcript: bool = False  # 电话、当面: must be recorded truthfully by the clerk


class Receipt(Entry, frozen=True, kw_only=True):
    """The rule that fixes the receipt date (收到日期) of a channel."""

    channel: str
    text: str


class Ground(Entry, frozen=True, kw_only=True):
    """A behaviour that may be complained of (投诉举报事由)."""

    text: str


class Clock(Entry, frozen=True, kw_only=True):
    """A time limit (期限): so many units from one moment to another."""

    system: System
    name: str
    starts: Moment
    stops: Moment
    count: int
    unit: Unit
    applies: Applies = "always"
    written: bool = False  # the word must be in writing (书面)
    recurring: bool = False  # 每周、每季度: due anew after each time it was done
    text: str = ""


class Situation(Entry, frozen=True, kw_only=True):
    """A situation in which accountability is pursued (追究情形)."""

    group: str
    text: str


class Bearing(Entry, frozen=True, kw_only=True):
    """One cell of the responsibility table (责任区分): who bears what, and with what force."""

    approval: Approval
    role: Role
    conduct: Conduct = "plain"
    share: Share
    force: Force = "must"
    text: str


class Measure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One measure of a rung (处理措施) against one kind of target, and who may impose it."""

    id: str
    target: Target
    text: str
    authority: Authority = "office"
    condition: str = ""  # when this measure applies within the rung (无职务的、视情节)
    alternative: str = ""  # measures with the same word here exclude each other, mildest first
    rectify: bool = False  # sets a time limit for rectification
    bar: bool = False  # bars from commendation
    bar_until: Literal["", "year_end"] = ""  # 当年、年度; empty: the text names no period
    months: int = 0
    flag: str = ""


class Rung(Entry, frozen=True, kw_only=True):
    """One rung of the sanction ladder (追究方式)."""

    rank: int
    circumstance: str
    measures: tuple[Measure, ...]


class Grade(Entry, frozen=True, kw_only=True):
    """A grade of an assessment or evaluation (档次); rank 1 is the best."""

    system: Literal["assessment", "evaluation"]
    name: str
    rank: int
    consequence: str = ""
    commend: bool = False
    pursue: bool = False  # leads to accountability
    rectify: bool = False
    pursue_unrectified: bool = False  # leads to accountability only if not rectified


class Override(Entry, frozen=True, kw_only=True):
    """A hard rule that sets a grade whatever the points say (一票否决)."""

    system: Literal["assessment", "evaluation"]
    when: Literal["evaluation_unsatisfied"]
    grade: str
    text: str


class Block(Entry, frozen=True, kw_only=True):
    """A content block of an assessment or evaluation (考核内容), with its questions."""

    system: Literal["assessment", "evaluation"]
    name: str
    items: tuple[str, ...] = ()


class Round(Entry, frozen=True, kw_only=True):
    """A kind of round (考核方式: 日常检查、半年抽查、年终考核)."""

    system: Literal["assessment", "evaluation"]
    name: str


class Remedy(Entry, frozen=True, kw_only=True):
    """What a person pursued may do against the notice (救济): where, by when, decided by when."""

    system: System
    to: str
    count: int
    unit: Unit
    starts: Moment
    decide_count: int = 0
    decide_unit: Unit = Unit.WORKDAY
    text: str


class Step(Entry, frozen=True, kw_only=True):
    """A step the text requires (必经程序); ``gate`` names what must be filled for it to be done."""

    system: System
    name: str
    rank: int
    gate: Literal["", "evidence", "hearing", "division", "approval", "notice", "feedback"] = ""
    people: int = 0  # least number of persons who must take part
    text: str = ""


class Form(Entry, frozen=True, kw_only=True):
    """A form or paper that the text names (表式), with its fields where the text lists them."""

    system: System
    name: str
    fields: tuple[str, ...] = ()
    text: str = ""


class Counting(Entry, frozen=True, kw_only=True):
    """A rule for counting time (期间计算), cited under "why this date"."""

    name: str
    text: str


_ITEM = re.compile(r"条(（[一二三四五六七八九十]+）)(?:第(\d+)项)?")


def in_words(article: str) -> str:
    """Return an article as a letter names it: 第七条（五） is 第七条第（五）项, 第1项 in it 第1目.

    Source: 立法法 calls the parts of a text 条, 款, 项, 目. Parts of a text without articles
    (第三部分（二）) stay as they are.
    """
    return _ITEM.sub(lambda m: f"条第{m[1]}项" + (f"第{m[2]}目" if m[2] else ""), article)


class Rulebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place's rules, or the national ones, in one version. What texts leave open is absent."""

    id: str
    version: int
    place: str
    kind: Literal["place", "national"] = "place"
    summary: str = ""
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    grounds: tuple[Ground, ...] = ()
    clocks: tuple[Clock, ...] = ()
    situations: tuple[Situation, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    rungs: tuple[Rung, ...] = ()
    grades: tuple[Grade, ...] = ()
    overrides: tuple[Override, ...] = ()
    blocks: tuple[Block, ...] = ()
    rounds: tuple[Round, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    steps: tuple[Step, ...] = ()
    forms: tuple[Form, ...] = ()
    counting: tuple[Counting, ...] = ()
    notes: tuple[str, ...] = ()

    def source(self, source_id: str) -> Source:
        """Return the regulation with this id."""
        return next(s for s in self.sources if s.id == source_id)

    def cite(self, entry: Entry) -> str:
        """Return how a letter cites an entry: 《文件全称》第七条第（三）项."""
        return f"《{self.source(entry.source).title}》{in_words(entry.article)}"

    def offers(self, system: System) -> bool:
        """Say whether this place's texts hold anything of a system (a place may be silent)."""
        parts: dict[System, tuple[Any, ...]] = {
            System.COMPLAINTS: self.channels,  # grounds without a way in serve no register
            System.ACCOUNTABILITY: self.situations + self.rungs,
            System.ASSESSMENT: tuple(g for g in self.grades if g.system == "assessment"),
            System.EVALUATION: tuple(g for g in self.grades if g.system == "evaluation"),
            System.DISCLOSURE: tuple(c for c in self.clocks if c.system == System.DISCLOSURE),
            System.EFFICIENCY: tuple(c for c in self.clocks if c.system == System.EFFICIENCY),
        }
        return bool(parts[system])


#: What a case file can not do without: completed from national law where a place's text has none.
NEEDED = ("situations", "rungs")
COMPLETED = "本地文本没有列出，据国家规定列入"


def completed(book: Rulebook, national: Rulebook) -> Rulebook:
    """Return a place's rulebook with national situations or rungs where its own text names none.

    An office whose text stops short (Kunming has no ladder, She county's 24 prohibitions are not
    handed down) could otherwise open no case or finish none. The entries keep their own citation
    and say in ``flag`` that they are not the place's; what the place does name stays untouched.
    """
    missing = [name for name in NEEDED if not getattr(book, name)]
    if book.kind == "national" or not book.offers(System.ACCOUNTABILITY) or not missing:
        return book
    added = {
        name: tuple(
            msgspec.structs.replace(
                entry, source=f"{national.id}.{entry.source}", flag=entry.flag or COMPLETED
            )
            for entry in getattr(national, name)
        )
        for name in missing
    }
    cited = {entry.source for group in added.values() for entry in group}
    sources = tuple(
        msgspec.structs.replace(source, id=f"{national.id}.{source.id}")
        for source in national.sources
        if f"{national.id}.{source.id}" in cited
    )
    return msgspec.structs.replace(book, sources=book.sources + sources, **added)


class RulebookFault(ValueError):
    """A rulebook that can not be used: names the file, the entry and the fault."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        """Keep the three parts for the window."""
        self.file, self.entry, self.problem = file, entry, problem
        super().__init__(f"规则文件 {file}，{entry or '全文'}：{problem}")


LISTS = (
    "channels",
    "receipts",
    "grounds",
    "clocks",
    "situations",
    "bearings",
    "rungs",
    "grades",
    "overrides",
    "blocks",
    "rounds",
    "remedies",
    "steps",
    "forms",
    "counting",
)

#: More than this in one time limit is a slip of the pen, not a rule.
LONGEST = 1000

#: How msgspec's English words read in the sentence for the clerk.
WORDING = (
    ("Object missing required field", "缺少字段"),
    ("Object contains unknown field", "有不认识的字段"),
    ("Invalid enum value", "取值不在允许范围内："),
    ("Expected", "类型不对，应为"),
    (", got", "，实为"),
    ("`int`", "整数"),
    ("`float`", "小数"),
    ("`str`", "文字"),
    ("`bool`", "true 或 false"),
    ("`array`", "列表"),
    ("`object`", "表"),
)


def entries(book: Rulebook) -> Iterator[tuple[str, Entry]]:
    """Yield every entry of a rulebook with the name of its list."""
    for name in LISTS:
        for entry in getattr(book, name):
            yield name, entry


def parse(text: str, file: str) -> Rulebook:
    """Read one rulebook from its TOML text and check that it makes sense.

    Args:
        text: the content of the file.
        file: its name, for the error sentence.

    Raises:
        RulebookFault: the text is not TOML, lacks or misspells a field, or contradicts itself.
    """
    import tomllib  # no page before an office file is open reads a rulebook

    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError as error:  # also a number of too many digits
        raise RulebookFault(file, "", f"不是有效的 TOML：{error}") from error
    except RecursionError as error:
        raise RulebookFault(file, "", "不是有效的 TOML：括号套得太深") from error
    try:
        book = msgspec.convert(raw, Rulebook)
    except msgspec.ValidationError as error:
        raise RulebookFault(file, *_place(raw, str(error))) from error
    _check(book, file)
    return book


def _place(raw: dict[str, Any], message: str) -> tuple[str, str]:
    """Turn msgspec's ``$.clocks[2].count`` into the entry's own id and a Chinese sentence."""
    problem, _, path = message.partition(" - at `$")
    path = path.rstrip("`").lstrip(".")
    name, _, rest = path.partition("[")
    entry = path
    index = rest.partition("]")[0]
    if index.isdigit() and isinstance(raw.get(name), list):
        item = raw[name][int(index)]
        ident = item.get("id", f"第 {int(index) + 1} 项") if isinstance(item, dict) else index
        entry = f"{name} “{ident}” {rest.partition(']')[2].lstrip('.')}".strip()
    for english, chinese in WORDING:
        problem = problem.replace(english, chinese)
    return entry, problem


def _check(book: Rulebook, file: str) -> None:
    """Check what the schema can not say: sources exist, ids are unique, numbers make sense."""
    if not book.id.strip() or not book.place.strip() or book.version < 1:
        raise RulebookFault(file, "", "编号、地方不能为空，版本必须从 1 起")
    known: set[str] = set()
    for source in book.sources:
        if source.id in known:
            raise RulebookFault(file, f"sources “{source.id}”", "编号重复")
        if not source.title.strip():
            raise RulebookFault(file, f"sources “{source.id}”", "没有写明文件名称")
        known.add(source.id)
    seen: set[tuple[str, str]] = set()
    for name, entry in entries(book):
        where = f"{name} “{entry.id}”"
        if entry.source not in known:
            raise RulebookFault(file, where, f"引用了不存在的文件“{entry.source}”")
        if not entry.id.strip() or not entry.article.strip():
            raise RulebookFault(file, where, "没有写明编号或者条款")
        if (name, entry.id) in seen:
            raise RulebookFault(file, where, "编号重复")
        seen.add((name, entry.id))
        problem = _number_problem(entry)
        if problem:
            raise RulebookFault(file, where, problem)
    _check_references(book, file)


def _number_problem(entry: Entry) -> str:
    """Say what is wrong with an entry's numbers, or nothing."""
    if isinstance(entry, Clock | Remedy) and not 0 < entry.count <= LONGEST:
        return f"期限必须大于 0，且不超过 {LONGEST}"
    if isinstance(entry, Remedy) and not 0 <= entry.decide_count <= LONGEST:
        return f"作出决定的期限不能小于 0，且不超过 {LONGEST}"
    if isinstance(entry, Grade | Rung | Step) and entry.rank < 1:
        return "次序必须从 1 起"
    if isinstance(entry, Step) and entry.people < 0:
        return "人数不能小于 0"
    if isinstance(entry, Rung) and any(not 0 <= m.months <= LONGEST for m in entry.measures):
        return f"措施的月数不能小于 0，且不超过 {LONGEST}"
    return ""


def _check_references(book: Rulebook, file: str) -> None:
    """Check that entries which point at others find them, and that none contradicts another."""
    grades = {(g.system, g.id) for g in book.grades}
    if len({(g.system, g.rank) for g in book.grades}) != len(book.grades):
        raise RulebookFault(file, "grades", "同一次序有两个档次")
    for override in book.overrides:
        if (override.system, override.grade) not in grades:
            raise RulebookFault(file, f"overrides “{override.id}”", "指向的档次不存在")
    channels = {c.id for c in book.channels}
    for receipt in book.receipts if book.channels else ():
        if receipt.channel not in channels:
            raise RulebookFault(file, f"receipts “{receipt.id}”", "指向的渠道不存在")
    for rung in book.rungs:
        ids = [m.id for m in rung.measures]
        if len(ids) != len(set(ids)):
            raise RulebookFault(file, f"rungs “{rung.id}”", "措施编号重复")
    cells = [(b.approval, b.role, b.conduct) for b in book.bearings]
    if len(cells) != len(set(cells)):
        raise RulebookFault(file, "bearings", "同一情形重复规定")
