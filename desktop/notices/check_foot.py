"""Checking the foot of a letter: sign-off, page numbers, 版记 (7.3.5, 7.4, 7.5)."""

import re
from statistics import mode

from desktop.notices.check_letter import (
    BOTTOM,
    DATE,
    LEFT,
    PAGE_NUMBER,
    RIGHT,
    WIDTH,
    PrintedLetter,
)
from desktop.notices.check_report import TOLERANCE
from desktop.notices.printed import CELL, MM, Rule, TextLine


def check_sign_off(letter: PrintedLetter) -> None:
    """署名 and 成文日期, with room for the seal or without."""
    findings = letter.findings
    pages = [k for k, page in enumerate(letter.body) if any(DATE.fullmatch(x.text) for x in page)]
    if not pages:
        findings.add("date-form", "成文日期", "独立一行", "未找到", False, "7.3.5.4")
        return
    page = letter.body[pages[-1]]
    k = max(k for k, line in enumerate(page) if DATE.fullmatch(line.text))
    date = page[k]
    padded = re.search(r"年0|月0", date.text)
    findings.add("date-form", "成文日期写法", "不编虚位", date.text, not padded, "7.3.5.4")
    findings.add("sign-off-text", "署名页的正文（行）", "≥1", k - 1, k - 1 >= 1, "7.3.5.5")
    if not k:
        return
    office = page[k - 1]
    centred = abs(office.middle - date.middle) < TOLERANCE
    gap = (RIGHT - date.right) / CELL
    if centred or office.right > RIGHT - 0.6:
        good = abs(gap - 4) < 0.25
        title, wanted = "加盖印章的落款", "日期右空四字，署名居中"
        findings.add("sign-off", title, wanted, f"{gap:.2f}字", good, "7.3.5.1")
        return
    longer = date if date.right > office.right else office
    empty, shift = (RIGHT - longer.right) / CELL, (date.left - office.left) / CELL
    good = abs(empty - 2) < 0.25 and abs(shift - 2) < 0.25
    got = f"较长者右空{empty:.2f}字，日期右移{shift:.2f}字"
    title, wanted = "不加盖印章的落款", "右空二字，右移二字"
    findings.add("sign-off", title, wanted, got, good, "7.3.5.2")


def check_page_numbers(letter: PrintedLetter) -> None:
    """页码: on which pages, size, text, place."""
    findings = letter.findings
    for number, page in enumerate(letter.file.pages, 1):
        found = [x for x in page.lines if PAGE_NUMBER.match(x.text) and x.base > BOTTOM - 5]
        if (letter.layout == "correspondence" and number == 1) or not letter.body[number - 1]:
            texts = [line.text for line in found]
            findings.none("number-on-page", f"第{number}页的页码", texts, "7.5、10.1")
            continue
        name, wanted = f"第{number}页页码", f"4号 — {number} —"
        if not found:
            findings.add("page-number", name, wanted, "无", False, "7.5")
            continue
        line = found[0]
        match = PAGE_NUMBER.match(line.text)
        good = abs(line.size - 14) < 0.6 and match and int(match[1]) == number
        got = f"{line.size:g}磅 {line.text}"
        findings.add("page-number", name, wanted, got, good, "7.5")
        dash = line.chars[0].left
        box = (dash - 0.2, line.top - 1, dash + 14 * MM * 0.9, line.bottom + 1)
        ink = letter.file.ink(number - 1, box, 600) or box
        drop = (ink[1] + ink[3]) / 2 - BOTTOM
        findings.near("page-number-drop", f"{name}一字线距版心下边缘", 7, drop, "7.5")
        side, gap = ("右", RIGHT - line.right) if number % 2 else ("左", line.left - LEFT)
        findings.near("page-number-side", f"{name}{side}空一字", 14 * MM, gap, "7.5")


def _colophon_rules(letter: PrintedLetter) -> list[Rule]:
    rules = letter.file.pages[-1].rules
    return [rule for rule in rules if not rule.red and abs(rule.length - WIDTH) < 6]


def colophon_lines(letter: PrintedLetter) -> list[TextLine]:
    """Return the lines between the rules of the 版记."""
    rules = _colophon_rules(letter)
    lines = letter.file.pages[-1].lines
    return [line for line in lines if rules and rules[0].top < line.base < rules[-1].top + 2]


def check_colophon(letter: PrintedLetter) -> None:
    """版记: rules, type, 抄送, 印发机关 and date."""
    findings = letter.findings
    rules, inside = _colophon_rules(letter), colophon_lines(letter)
    if len(rules) < 2 or not inside:
        findings.add("colophon", "版记", "有分隔线", len(rules), False, "7.4")
        return
    last_rule = rules[-1]
    findings.near("colophon-length", "版记分隔线与版心等宽", WIDTH, last_rule.length, "7.4.1")
    bottom = last_rule.bottom
    findings.near("colophon-bottom", "版记末线与版心下边缘重合", BOTTOM, bottom, "7.4.1")
    thick = [rule.thick for rule in rules]
    good = all(abs(t - 0.35) < 0.06 for t in (thick[0], thick[-1]))
    good = good and all(abs(t - 0.25) < 0.06 for t in thick[1:-1])
    got = "、".join(f"{t:.2f}" for t in thick)
    findings.add("colophon-rules", "版记线粗细", "首末0.35，中间0.25", got, good, "7.4.1")
    findings.near("colophon-size", "版记字号（磅）", 14, mode(x.size for x in inside), "7.4.2", 0.6)
    findings.near("colophon-left", "版记左空一字", 14 * MM, inside[0].left - LEFT, "7.4.2")
    copied = [line for line in inside if len(rules) > 2 and line.base < rules[1].top]
    if copied:
        good = copied[0].text.startswith("抄送：") and copied[-1].text.endswith("。")
        findings.add("copied-form", "抄送格式", "抄送：……。", copied[-1].text[-4:], good, "7.4.2")
    last = inside[-1]
    good = last.text.endswith("印发")
    findings.add("printed-form", "印发日期", "……印发", last.text[-6:], good, "7.4.3")
    findings.near("printed-right", "印发日期右空一字", 14 * MM, RIGHT - last.right, "7.4.3")
    above = [line for line in letter.body[-1] if line.base < rules[0].top]
    if above:
        gap = rules[0].top - above[-1].bottom
        findings.add("colophon-clear", "版记至正文", "≥0", f"{gap:.1f}", gap >= 0, "7.4.1")
