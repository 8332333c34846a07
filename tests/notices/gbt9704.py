"""Measures a letter's PDF against GB/T 9704-2012; every item states what is wanted and measured.

Lengths in mm. The layout is recognised from the red rules: 170 mm long ones make a 信函, others a
文件; a file without red is a plain form and is only held to what holds for any paper.
"""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median, mode

from tests.notices.pdfpage import CELL, HAN, MM, PrintedFile, Rule, TextLine

LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
RIGHT, BOTTOM, CENTRE = LEFT + WIDTH, TOP + HEIGHT, LEFT + WIDTH / 2
NO_START = frozenset("，。、；：？！）》〉】〕”’…～·％,.;:?!)%")
NO_END = frozenset("（《〈【〔“‘([")
TOLERANCE = 1.0
PITCH = 10.446

_NUMBER = re.compile(r"[〔\[（(【]\s*(\d{4})\s*[〕\]）)】]\s*(第?)(\d+)\s*号")
_PAGE_NUMBER = re.compile(r"^\s*[—–\-－]\s*(\d+)\s*[—–\-－]\s*$")
_DATE = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*")
_MARKS = "副本草稿"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing measured."""

    name: str
    wanted: str
    got: str
    passed: bool
    clause: str

    def __str__(self) -> str:
        return f"{self.name}: wanted {self.wanted}, got {self.got} ({self.clause})"


@dataclass(slots=True)
class Report:
    """All items of one file."""

    layout: str
    items: list[Item] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        """The items that failed, in words."""
        return [str(item) for item in self.items if not item.passed]

    def add(self, name: str, wanted: str, got: object, passed: object, clause: str) -> None:
        """Record an item."""
        self.items.append(Item(name, wanted, str(got), bool(passed), clause))

    def near(
        self,
        name: str,
        wanted: float,
        got: float,
        clause: str,
        tolerance: float = TOLERANCE,
    ) -> None:
        """Record a length that must be as wanted."""
        passed = abs(got - wanted) <= tolerance + 1e-6
        self.add(name, f"{wanted:.2f}±{tolerance}", f"{got:.2f}", passed, clause)

    def blank_rows(self, name: str, rows: int, got: float, clause: str) -> None:
        """Record blank rows (空 n 行): n pitches, up to one more gap between rows."""
        low, high = rows * PITCH - TOLERANCE, rows * PITCH + 4.8 + TOLERANCE
        self.add(name, f"{low:.1f}–{high:.1f}", f"{got:.2f}", low <= got <= high, clause)


@dataclass(slots=True)
class _Letter:
    """A printed letter with its parts found."""

    file: PrintedFile
    report: Report
    number: TextLine | None
    title: list[TextLine]
    body: list[list[TextLine]]

    @property
    def layout(self) -> str:
        return self.report.layout

    @property
    def flat(self) -> list[TextLine]:
        return [line for page in self.body for line in page]


def check(pdf: bytes) -> Report:
    """Measure a PDF."""
    file = PrintedFile(pdf)
    first = file.lines[0]
    red = [rule for rule in file.rules[0] if rule.red]
    long = any(abs(rule.length - 170) < 4 for rule in red)
    report = Report("correspondence" if long else "document" if red else "plain")
    _check_file(file, report)
    if report.layout == "plain":
        _check_text(file, report)
        return report
    number = next((line for line in first if _is_number(line)), None)
    title = [line for line in first if 20.5 <= line.size <= 23.5 and not line.red]
    letter = _Letter(file, report, number, title, _body_of(file, title))
    _check_number(letter)
    if report.layout == "document":
        _check_document_head(letter, red)
    else:
        _check_correspondence_head(letter, red)
    _check_title(letter)
    _check_type(letter)
    _check_rows(letter)
    _check_edges(letter)
    _check_lines(letter)
    _check_headings(letter)
    _check_sign_off(letter)
    _check_page_numbers(letter)
    if report.layout == "document":
        _check_colophon(letter)
    _check_text(file, report)
    return report


def _is_number(line: TextLine) -> bool:
    return bool(
        _NUMBER.search(line.text) and line.top < 160 and line.size <= 17 and len(line.text) < 30
    )


def _body_of(file: PrintedFile, title: Sequence[TextLine]) -> list[list[TextLine]]:
    pages: list[list[TextLine]] = []
    for number, lines in enumerate(file.lines):
        start = title[-1].base + 3 if number == 0 and title else 0.0
        pages.append(
            [
                line
                for line in lines
                if abs(line.size - 16) < 0.8
                and line.base > start
                and line.top < BOTTOM + 12
                and not line.red
                and not _PAGE_NUMBER.match(line.text)
            ]
        )
    return pages


def _check_file(file: PrintedFile, report: Report) -> None:
    sizes = {(round(width), round(height)) for width, height in file.sizes}
    report.add("纸张", "A4 210×297", sizes, sizes == {(210, 297)}, "5.1")
    fonts = file.fonts()
    loose = [font.name for font in fonts if not font.embedded]
    report.add("字体全部嵌入", "0", loose, not loose, "PDF")
    unmapped = [font.name for font in fonts if font.to_unicode is None]
    report.add("ToUnicode 完整", "0", unmapped, not unmapped, "PDF")
    malformed = sum(font.malformed for font in fonts)
    report.add("ToUnicode 无非法 UTF-16", "0", malformed, malformed == 0, "PDF")
    junk = [c for c in file.text if c in "\x00\ufffd" or 0xE000 <= ord(c) <= 0xF8FF]
    report.add("文本可提取（无缺字、私用区）", "0", junk, not junk, "PDF")
    metadata = file.reader.metadata
    title = metadata.title if metadata else None
    lang = file.reader.root_object.get("/Lang")
    report.add("元数据 Title、Lang", "有", f"{title} {lang}", title and lang == "zh-CN", "PDF")


def _check_number(letter: _Letter) -> None:
    line, report = letter.number, letter.report
    if line is None:
        report.add("发文字号", "〔2026〕5号", "未找到", False, "7.2.5")
        return
    good = re.search(r"〔\d{4}〕[1-9]\d*号", line.text)
    report.add("发文字号写法", "六角括号、不编虚位、无“第”", line.text, good, "7.2.5")
    report.near("发文字号字号", 16, line.size, "7.2.5", 0.5)


def _mark_of(letter: _Letter) -> TextLine | None:
    lines = letter.file.lines[0]
    return next((line for line in lines if line.red and line.top < 140 and line.size > 20), None)


def _check_document_head(letter: _Letter, red: Sequence[Rule]) -> None:
    report, number, mark = letter.report, letter.number, _mark_of(letter)
    if mark is None:
        report.add("发文机关标志", "红色", "未找到", False, "7.2.4")
    else:
        box = (mark.left - 3, mark.top - 3, mark.right + 3, mark.bottom + 3)
        ink = letter.file.ink(0, box)
        assert ink is not None, "the mark leaves no ink"
        report.near("发文机关标志上边缘至版心上边缘", 35, ink[1] - TOP, "7.2.4")
        report.near("发文机关标志居中", CENTRE, mark.middle, "7.2.4")
        report.add(
            "发文机关标志墨高", "≤22", f"{ink[3] - ink[1]:.1f}", ink[3] - ink[1] <= 22.5, "7.2.4"
        )
        report.add(
            "发文机关标志不出版心",
            "≤156",
            mark.right - mark.left,
            mark.right - mark.left <= WIDTH + 0.1,
            "7.2.4",
        )
        if number:
            report.blank_rows("标志至文号空二行", 2, number.top - ink[3], "7.2.5")
    rule = red[0]
    report.near("红色分隔线与版心等宽", WIDTH, rule.length, "7.2.7")
    report.near("红色分隔线左端", LEFT, rule.left, "7.2.7")
    if number:
        report.near("文号至红线", 4, rule.top - number.bottom, "7.2.7")
        report.near("文号居中", CENTRE, number.middle, "7.2.5")
    if letter.title:
        report.blank_rows("红线至标题空二行", 2, _row_top(letter.title[0]) - rule.bottom, "7.3.1")


def _row_top(line: TextLine) -> float:
    """Top of the 3号 row in which a larger line is centred."""
    return float(line.top + (line.size - 16) / 2 * MM)


def _check_correspondence_head(letter: _Letter, red: Sequence[Rule]) -> None:
    report, number, mark = letter.report, letter.number, _mark_of(letter)
    long = [rule for rule in red if abs(rule.length - 170) < 4]
    upper = [rule for rule in long if rule.top < 150]
    lower = [rule for rule in long if rule.top > 200]
    if mark is None:
        report.add("发文机关标志", "红色", "未找到", False, "10.1")
    else:
        box = (mark.left - 3, mark.top - 2, mark.right + 3, mark.bottom + 2.5)
        ink = letter.file.ink(0, box)
        assert ink is not None, "the mark leaves no ink"
        report.near("标志上边缘至上页边", 30, ink[1], "10.1")
        report.near("标志居中", CENTRE, mark.middle, "10.1")
        report.near("标志下沿至红色双线", 4, long[0].top - ink[3], "10.1")
    for name, rules, thick_first in (("首条双线", upper, True), ("末条双线", lower, False)):
        right = len(rules) == 2 and (rules[0].thick > rules[1].thick) is thick_first
        report.add(f"{name}粗细", "上粗下细" if thick_first else "上细下粗", rules, right, "10.1")
        for rule in rules:
            report.near(f"{name}长", 170, rule.length, "10.1")
            report.near(f"{name}居中", CENTRE, (rule.left + rule.right) / 2, "10.1")
    if lower:
        report.near("末条双线距下页边", 20, 297 - lower[-1].bottom, "10.1")
        last = max((line.bottom for line in letter.body[0]), default=0.0)
        gap = lower[0].top - last
        report.add("末行至末条双线", "≥4.94", f"{gap:.2f}", gap >= 4.94 - TOLERANCE, "10.1")
    if number and upper:
        gap = number.top - upper[-1].bottom
        report.near("文号至首条双线（3号字高7/8）", 16 * MM * 7 / 8, gap, "10.1")
        report.near("文号右端顶格", RIGHT, number.right, "10.1")
    if number and letter.title:
        gap = _row_top(letter.title[0]) - number.bottom
        report.blank_rows("标题与上一要素相距二行", 2, gap, "10.1")


def _check_title(letter: _Letter) -> None:
    report, title = letter.report, letter.title
    if not title:
        report.add("标题", "2号小标宋", "未找到", False, "7.3.1")
        return
    report.near("标题字号", 22, title[0].size, "7.3.1", 0.6)
    for line in title:
        report.near("标题居中", CENTRE, line.middle, "7.3.1")
        report.add(
            "标题不出版心",
            "≤156",
            line.right - line.left,
            line.right - line.left <= WIDTH + 0.1,
            "7.3.1",
        )
    report.add("标题字体", "小标宋", title[0].font, "Title" in title[0].font, "7.3.1")
    after = [line for line in letter.file.lines[0] if line.base > title[-1].base + 3]
    report.near("标题下空一行（基线差）", 20.9, after[0].base - title[-1].base, "7.3.2", 1.5)
    report.near("主送机关顶格", LEFT, after[0].left, "7.3.2")
    colon = any(line.text.endswith("：") for line in after[:4])
    report.add("主送机关后全角冒号", "：", after[0].text[-1:], colon, "7.3.2")


def _check_type(letter: _Letter) -> None:
    report = letter.report
    colophon = _colophon_lines(letter)
    sizes = Counter(
        round(char["size"], 1)
        for page in letter.file.lines
        for line in page
        if not line.red and line not in letter.title and line not in colophon
        for char in line.chars
        if HAN.match(char["text"])
    )
    report.near("正文字号", 16, sizes.most_common(1)[0][0], "5.2.2", 0.5)
    fonts = Counter(
        char["fontname"].split("+")[-1]
        for line in letter.flat
        for char in line.chars
        if HAN.match(char["text"])
    )
    font = fonts.most_common(1)[0][0]
    report.add("正文主字体", "仿宋", font, "Fang" in font, "5.2.2")


def _check_rows(letter: _Letter) -> None:
    report = letter.report
    steps = [
        below.base - above.base
        for page in letter.body
        for above, below in pairwise(page)
        if 8 < below.base - above.base < 12
    ]
    if not steps:
        return
    pitch = median(steps)
    lowest = 9.4 if letter.layout == "correspondence" else 10.13
    report.add("行距", f"{lowest}–10.6", f"{pitch:.2f}", lowest <= pitch <= 10.6, "5.2.3")
    spread = max(steps) - min(steps)
    report.add("行距一致", "<0.15", f"{spread:.2f}", spread < 0.15, "5.2.3")
    rows = int((HEIGHT - 16 * MM + 0.3) / pitch + 1e-6) + 1
    right = rows == 22 or (letter.layout == "correspondence" and 22 <= rows <= 24)
    report.add("每面可排行数", "22", rows, right, "5.2.3")
    most = max(len(page) for page in letter.body)
    report.add("最满一面行数", f"≤{rows}", most, most <= rows, "5.2.3")


def _check_edges(letter: _Letter) -> None:
    report = letter.report
    full = [
        line
        for line in letter.flat
        if line.right > RIGHT - 2 * CELL and line.right - line.left > WIDTH - 3 * CELL
    ]
    if full:
        cells = median(line.cells + (line.left - LEFT) / CELL for line in full)
        report.add("每行字数（满行）", "28", f"{cells:.1f}", 27 <= cells <= 29, "5.2.3")
        starts = [line.left for line in full if line.left < LEFT + CELL]
        if starts:
            report.near("版心左边", LEFT, median(starts), "5.2.1")
        ends = [line.right - _overhang(line) for line in full if line in _continued(letter)]
        if ends:
            report.near("版心右边", RIGHT, median(ends), "5.2.1")
    for number, page in enumerate(letter.body, 1):
        if number > 1 and len(page) > 10:
            report.near(f"第{number}页天头", TOP, page[0].top, "5.2.1")
        if len(page) >= 20:
            slack = TOLERANCE + (0.6 if len(page) == 22 else 11)
            if number < len(letter.body) and _is_heading(letter.body[number][0]):
                slack += PITCH  # headings went over with their text
            report.near(f"第{number}页版心下边", BOTTOM, page[-1].bottom, "5.2.1", slack)
        if letter.layout == "document" or number > 1:
            over = [line.text for line in page if line.bottom > BOTTOM + TOLERANCE]
            report.add(f"第{number}页超出版心", "0", over, not over, "5.2.1")


def _continued(letter: _Letter) -> list[TextLine]:
    """The lines whose paragraph goes on in the next one: only these must reach the edge."""
    return [
        line
        for line, after in pairwise(letter.flat)
        if abs(after.left - LEFT) < TOLERANCE and line.right > RIGHT - 3 * CELL
    ]


def _is_heading(line: TextLine) -> bool:
    return "Hei" in line.han_font(4) or "Kai" in line.han_font(4)


def _overhang(line: TextLine) -> float:
    """A squeezed closing mark overhangs the edge with its empty half."""
    return CELL / 2 if line.text[-1] in NO_START and line.right > RIGHT + 0.5 else 0.0


def _check_lines(letter: _Letter) -> None:
    """Justification, 避头尾 and indents of the running text."""
    report, lines = letter.report, letter.flat
    ragged: list[str] = []
    ends: list[str] = []
    starts: list[str] = []
    indents: list[float] = []
    for k, line in enumerate(lines):
        after = lines[k + 1] if k + 1 < len(lines) else None
        flush = abs(line.left - LEFT) < TOLERANCE
        if after and abs(after.left - LEFT) < TOLERANCE and line.right > RIGHT - 3 * CELL:
            hang = CELL / 2 if line.text[-1] in NO_START else 0.0
            if not RIGHT - TOLERANCE <= line.right <= RIGHT + TOLERANCE + hang:
                ragged.append(f"{line.text[:6]} {line.right - RIGHT:.1f}")
            if line.text[-1] in NO_END:
                ends.append(line.text[-6:])
        if k and flush and line.text[0] in NO_START:
            starts.append(line.text[:6])
        if LEFT + TOLERANCE < line.left < LEFT + 3.5 * CELL and line.text[0] != "附":
            indents.append((line.left - LEFT) / CELL)
    report.add("两端对齐", "续行行尾在版心右边", ragged, not ragged, "5.2.3")
    report.add("行首禁则", "0", starts, not starts, "GB/T 15834")
    report.add("行末禁则", "0", ends, not ends, "GB/T 15834")
    if indents:
        report.near("段首左空二字", 2.0, median(indents), "7.3.3", 0.2)


def _check_headings(letter: _Letter) -> None:
    wrong = [
        line.text[:8]
        for line in letter.flat
        if re.match(r"[一二三四五六七八九十]+、", line.text) and "Hei" not in line.han_font(4)
    ]
    letter.report.add("一级标题字体", "黑体", wrong, not wrong, "7.3.3")


def _check_sign_off(letter: _Letter) -> None:
    report = letter.report
    pages = [k for k, page in enumerate(letter.body) if any(_DATE.fullmatch(x.text) for x in page)]
    if not pages:
        report.add("成文日期", "独立一行", "未找到", False, "7.3.5.4")
        return
    page = letter.body[pages[-1]]
    k = max(k for k, line in enumerate(page) if _DATE.fullmatch(line.text))
    date = page[k]
    padded = re.search(r"年0|月0", date.text)
    report.add("成文日期写法", "不编虚位", date.text, not padded, "7.3.5.4")
    office = page[k - 1]
    centred = abs(office.middle - date.middle) < TOLERANCE
    gap = (RIGHT - date.right) / CELL
    if centred or office.right > RIGHT - 0.6:
        right = abs(gap - 4) < 0.25
        report.add("加盖印章的落款", "日期右空四字，署名居中", f"{gap:.2f} 字", right, "7.3.5.1")
    else:
        longer = date if date.right > office.right else office
        empty, shift = (RIGHT - longer.right) / CELL, (date.left - office.left) / CELL
        right = abs(empty - 2) < 0.25 and abs(shift - 2) < 0.25
        got = f"较长者右空 {empty:.2f} 字，日期右移 {shift:.2f} 字"
        report.add("不加盖印章的落款", "右空二字，右移二字", got, right, "7.3.5.2")
    report.add("署名页有正文", "≥1 行", k - 1, k - 1 >= 1, "7.3.5.5")


def _check_page_numbers(letter: _Letter) -> None:
    report = letter.report
    for number, lines in enumerate(letter.file.lines, 1):
        found = [line for line in lines if _PAGE_NUMBER.match(line.text) and line.base > BOTTOM - 5]
        if (letter.layout == "correspondence" and number == 1) or not letter.body[number - 1]:
            report.add(
                f"第{number}页不编页码", "无", [x.text for x in found], not found, "7.5, 10.1"
            )
            continue
        if not found:
            report.add(f"第{number}页页码", f"— {number} —", "无", False, "7.5")
            continue
        line = found[0]
        match = _PAGE_NUMBER.match(line.text)
        right = abs(line.size - 14) < 0.6 and match and int(match[1]) == number
        report.add(
            f"第{number}页页码", f"4号 — {number} —", f"{line.size} {line.text}", right, "7.5"
        )
        dash = line.chars[0]
        left = dash["x0"] * MM
        box = (left - 0.2, line.top - 1, left + 14 * MM * 0.9, line.bottom + 1)
        ink = letter.file.ink(number - 1, box, 600)
        assert ink is not None, "the dash leaves no ink"
        drop = (ink[1] + ink[3]) / 2 - BOTTOM
        report.near(f"第{number}页一字线距版心下边缘", 7, drop, "7.5")
        if number % 2:
            report.near(f"第{number}页单页码右空一字", 14 * MM, RIGHT - line.right, "7.5")
        else:
            report.near(f"第{number}页双页码左空一字", 14 * MM, line.left - LEFT, "7.5")


def _colophon_rules(letter: _Letter) -> list[Rule]:
    return [r for r in letter.file.rules[-1] if not r.red and abs(r.length - WIDTH) < 6]


def _colophon_lines(letter: _Letter) -> list[TextLine]:
    rules = _colophon_rules(letter)
    lines = letter.file.lines[-1]
    return [line for line in lines if rules and rules[0].top < line.base < rules[-1].top + 2]


def _check_colophon(letter: _Letter) -> None:
    report = letter.report
    rules = _colophon_rules(letter)
    if len(rules) < 2:
        report.add("版记", "有分隔线", len(rules), False, "7.4")
        return
    report.near("版记分隔线与版心等宽", WIDTH, rules[-1].length, "7.4.1")
    report.near("版记末线与版心下边缘重合", BOTTOM, rules[-1].bottom, "7.4.1")
    thick = [rule.thick for rule in rules]
    right = all(abs(t - 0.35) < 0.06 for t in (thick[0], thick[-1]))
    right = right and all(abs(t - 0.25) < 0.06 for t in thick[1:-1])
    report.add("版记线粗细", "首末0.35，中间0.25", [f"{t:.2f}" for t in thick], right, "7.4.1")
    inside = _colophon_lines(letter)
    report.near("版记字号", 14, mode(line.size for line in inside), "7.4.2", 0.6)
    report.near("版记左空一字", 14 * MM, inside[0].left - LEFT, "7.4.2")
    copied = [line for line in inside if len(rules) > 2 and line.base < rules[1].top]
    if copied:
        starts, ends = copied[0].text.startswith("抄送："), copied[-1].text.endswith("。")
        report.add("抄送格式", "抄送：……。", copied[-1].text[-4:], starts and ends, "7.4.2")
    last = inside[-1]
    report.add("印发日期", "……印发", last.text[-6:], last.text.endswith("印发"), "7.4.3")
    report.near("印发日期右空一字", 14 * MM, RIGHT - last.right, "7.4.3")
    above = [line for line in letter.body[-1] if line.base < rules[0].top]
    if above:
        gap = rules[0].top - above[-1].bottom
        report.add("版记不压正文", "≥0", f"{gap:.1f}", gap >= 0, "7.4.1")


def _check_text(file: PrintedFile, report: Report) -> None:
    mixed = re.findall(r"[\u4e00-\u9fff][,;!?][\u4e00-\u9fff]", file.text)
    report.add("中文间半角标点", "0", mixed, not mixed, "GB/T 15834")
    marks = re.compile(rf"[\s{_MARKS}—]")
    drawn, seen = marks.sub("", file.extracted), marks.sub("", file.text)
    same = Counter(drawn) == Counter(seen)
    report.add("提取字符齐全", "与版面一致", f"{len(drawn)}/{len(seen)}", same, "PDF")
    if report.layout == "plain":  # cells stand side by side; there is no one order
        return
    if len(drawn) < 6000:
        ratio = difflib.SequenceMatcher(None, drawn, seen, autojunk=False).ratio()
    else:
        ratio = float(drawn == seen)
    report.add("提取顺序即阅读顺序", "≥0.95", f"{ratio:.3f}", ratio >= 0.95, "PDF")
