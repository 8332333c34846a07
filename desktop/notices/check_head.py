"""Checking the head of a letter: number, mark, red rules, title (7.2, 7.3.1 and 10.1)."""

import re

from desktop.notices.check_letter import (
    CENTRE,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    PrintedLetter,
    row_top,
)
from desktop.notices.check_report import Findings
from desktop.notices.printed import MM, Box, Rule, TextLine

_PAGE = 297.0


def check_number(letter: PrintedLetter) -> None:
    """发文字号: form and size."""
    line, findings = letter.number, letter.findings
    if line is None:
        findings.add("number-form", "发文字号", "〔2026〕5号", "未找到", False, "7.2.5")
        return
    good = re.search(r"〔\d{4}〕[1-9]\d*号", line.text)
    wanted = "六角括号、不编虚位、无“第”"
    findings.add("number-form", "发文字号写法", wanted, line.text, good, "7.2.5")
    findings.near("number-size", "发文字号字号（磅）", 16, line.size, "7.2.5", 0.5)


def _mark_ink(letter: PrintedLetter, mark: TextLine) -> Box:
    box = (mark.left - 3, mark.top - 3, mark.right + 3, mark.bottom + 3)
    return letter.file.ink(0, box) or box


def check_document_head(letter: PrintedLetter) -> None:
    """文件格式: mark, number and red rule."""
    findings, number, mark = letter.findings, letter.number, letter.mark
    if mark is None:
        findings.add("mark-place", "发文机关标志", "红色", "未找到", False, "7.2.4")
    else:
        ink = _mark_ink(letter, mark)
        gap = ink[1] - TOP
        findings.near("mark-place", "发文机关标志上边缘至版心上边缘", 35, gap, "7.2.4")
        findings.near("mark-centre", "发文机关标志居中", CENTRE, mark.middle, "7.2.4")
        high = ink[3] - ink[1]
        findings.add("mark-height", "发文机关标志高", "≤22", f"{high:.1f}", high <= 22.5, "7.2.4")
        _within(findings, "mark-width", "发文机关标志宽", mark, "7.2.4")
        if number:
            gap = number.top - ink[3]
            findings.blank_rows("mark-to-number", "标志至文号空二行", 2, gap, "7.2.5")
    rule = letter.red_rules[0]
    findings.near("rule-length", "红色分隔线与版心等宽", WIDTH, rule.length, "7.2.7")
    findings.near("rule-left", "红色分隔线左端", LEFT, rule.left, "7.2.7")
    if number:
        findings.near("number-to-rule", "文号至红线", 4, rule.top - number.bottom, "7.2.7")
        findings.near("number-centre", "文号居中", CENTRE, number.middle, "7.2.5")
    if letter.title:
        gap = row_top(letter.title[0]) - rule.bottom
        findings.blank_rows("rule-to-title", "红线至标题空二行", 2, gap, "7.3.1")


def check_correspondence_head(letter: PrintedLetter) -> None:
    """信函格式: mark, both double rules and number."""
    findings, number, mark = letter.findings, letter.number, letter.mark
    long = [rule for rule in letter.red_rules if abs(rule.length - 170) < 4]
    upper = [rule for rule in long if rule.top < 150]
    lower = [rule for rule in long if rule.top > 200]
    if mark is None:
        findings.add("mark-place", "发文机关标志", "红色", "未找到", False, "10.1")
    else:
        ink = _mark_ink(letter, mark)
        findings.near("mark-place", "发文机关标志上边缘至上页边", 30, ink[1], "10.1")
        findings.near("mark-centre", "发文机关标志居中", CENTRE, mark.middle, "10.1")
        _within(findings, "mark-width", "发文机关标志宽", mark, "10.1")
        if upper:
            gap = upper[0].top - ink[3]
            findings.near("mark-to-rule", "标志下沿至红色双线", 4, gap, "10.1")
    _check_double(findings, "upper-rules", "首条双线", upper, thick_first=True)
    _check_double(findings, "lower-rules", "末条双线", lower, thick_first=False)
    if lower:
        gap = _PAGE - lower[-1].bottom
        findings.near("lower-rules-place", "末条双线距下页边", 20, gap, "10.1")
        last = max((line.bottom for line in letter.body[0]), default=0.0)
        gap = lower[0].top - last
        right = gap >= 4.94 - 1.0
        findings.add("last-line", "末行至末条双线", "≥4.94", f"{gap:.2f}", right, "10.1")
    if number and upper:
        gap = number.top - upper[-1].bottom
        wanted = 16 * MM * 7 / 8
        findings.near("number-place", "文号至首条双线（3号字高7/8）", wanted, gap, "10.1")
        findings.near("number-right", "文号右端顶格", RIGHT, number.right, "10.1")
    if number and letter.title:
        gap = row_top(letter.title[0]) - number.bottom
        findings.blank_rows("number-to-title", "标题与上一要素相距二行", 2, gap, "10.1")


def _within(findings: Findings, code: str, title: str, line: TextLine, clause: str) -> None:
    wide = line.right - line.left
    findings.add(code, title, "≤156", f"{wide:.1f}", wide <= WIDTH + 0.1, clause)


def _check_double(
    findings: Findings, code: str, name: str, rules: list[Rule], *, thick_first: bool
) -> None:
    right = len(rules) == 2 and (rules[0].thick > rules[1].thick) is thick_first
    wanted = "上粗下细" if thick_first else "上细下粗"
    got = "、".join(f"{rule.thick:.1f}" for rule in rules)
    findings.add(code, f"{name}粗细", wanted, got or "未找到", right, "10.1")
    for rule in rules:
        findings.near(f"{code}-length", f"{name}长", 170, rule.length, "10.1")
        centre = (rule.left + rule.right) / 2
        findings.near(f"{code}-centre", f"{name}居中", CENTRE, centre, "10.1")


def check_title(letter: PrintedLetter) -> None:
    """标题: size, face, place; and the addressee under it."""
    findings, title = letter.findings, letter.title
    if not title:
        findings.add("title-size", "标题", "2号小标宋", "未找到", False, "7.3.1")
        return
    findings.near("title-size", "标题字号（磅）", 22, title[0].size, "7.3.1", 0.6)
    for line in title:
        findings.near("title-centre", "标题居中", CENTRE, line.middle, "7.3.1")
        _within(findings, "title-width", "标题宽", line, "7.3.1")
    font = title[0].font
    good = is_face(font, "title")
    findings.add("title-face", "标题字体", "小标宋", font, good, "7.3.1")
    after = [line for line in letter.file.pages[0].lines if line.base > title[-1].base + 3]
    if not after:
        findings.add("addressee-left", "主送机关", "顶格", "未找到", False, "7.3.2")
        return
    gap = after[0].base - title[-1].base
    findings.near("title-to-addressee", "标题下空一行（基线差）", 20.9, gap, "7.3.2", 1.5)
    findings.near("addressee-left", "主送机关顶格", LEFT, after[0].left, "7.3.2")
    colon = any(line.text.endswith("：") for line in after[:12])
    last = after[0].text[-1:]
    findings.add("addressee-colon", "主送机关后全角冒号", "：", last, colon, "7.3.2")


_FACES = {
    "title": ("title", "xbs", "xiaobiaosong", "小标宋"),
    "body": ("fang", "simfang", "fs", "仿宋"),
    "heading": ("hei", "simhei", "ht", "黑体"),
    "kai": ("kai", "kt", "楷"),
}


def is_face(font: str, face: str) -> bool:
    """Tell whether a font's name is that of a face: title, body, heading or kai."""
    return any(word in font.lower() for word in _FACES[face])
