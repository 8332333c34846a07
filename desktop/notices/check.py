"""Measuring a finished PDF against GB/T 9704-2012, before a letter becomes final.

    report = check(rendered.pdf, letter)
    report.passed, report.failures            # each Item: code, title, wanted, measured, clause

The layout is recognised from the red rules: 170 mm long ones make a 信函, others a 文件; a file
without red is a plain paper and is only held to what holds for any. Lengths are in millimetres.
"""

import re
from collections import Counter
from itertools import pairwise

from desktop.notices.check_body import check_edges, check_lines, check_rows, check_type
from desktop.notices.check_foot import check_colophon, check_page_numbers, check_sign_off
from desktop.notices.check_head import (
    check_correspondence_head,
    check_document_head,
    check_number,
    check_title,
)
from desktop.notices.check_letter import PrintedLetter, printed_letter
from desktop.notices.check_report import Findings, Item, Report, Status
from desktop.notices.letters import texts_of
from desktop.notices.model import Letter
from desktop.notices.printed import MM, Char, Page, Printed, TextLine

__all__ = ["Item", "Report", "Status", "check"]

_MARKS = "副本草稿"
_EDGE = 4.0
"""What a printer can reach of the page, from its edges."""


def check(pdf: bytes, letter: Letter | None = None) -> Report:
    """Measure a PDF; with the letter it was made from, also whether every word of it is there.

    Raises:
        ValueError: the bytes are no PDF with pages.
    """
    with _opened(pdf) as file:
        findings = Findings()
        printed = printed_letter(file, findings)
        _check_file(file, findings)
        if printed.layout != "plain":
            _check_letter(printed)
        _check_text(printed)
        if letter is not None:
            _check_words(file, letter, findings)
        return Report(printed.layout, tuple(findings.items))


def _opened(pdf: bytes) -> Printed:
    try:
        file = Printed(pdf)
    except RuntimeError as error:  # PDFium's own class derives from it
        raise ValueError(f"not a PDF: {error}") from error
    if not file.pages:
        raise ValueError("the PDF has no pages")
    return file


def _check_letter(letter: PrintedLetter) -> None:
    check_number(letter)
    if letter.layout == "document":
        check_document_head(letter)
    else:
        check_correspondence_head(letter)
    check_title(letter)
    check_type(letter)
    check_rows(letter)
    check_edges(letter)
    check_lines(letter)
    check_sign_off(letter)
    check_page_numbers(letter)
    if letter.layout == "document":
        check_colophon(letter)


def _check_file(file: Printed, findings: Findings) -> None:
    sizes = [f"{page.width:.0f}×{page.height:.0f}" for page in file.pages]
    a4 = all(size in ("210×297", "297×210") for size in sizes)
    findings.add("paper", "纸张", "A4", "、".join(dict.fromkeys(sizes)), a4, "5.1")
    loose = sorted(set().union(*(page.loose_fonts for page in file.pages)))
    findings.none("fonts-embedded", "未嵌入的字体", loose, "PDF")
    unmapped = sum(page.unmapped for page in file.pages)
    findings.none("unmapped", "不能复制和检索的字", unmapped, "PDF")
    text = "".join(char.text for page in file.pages for char in page.chars)
    junk = sorted({f"U+{ord(c):04X}" for c in text if _is_junk(c)})
    findings.none("junk", "缺字和私用区字符", junk, "PDF")
    title, language = file.metadata.get("Title", ""), file.language
    named = title and language == "zh-CN"
    findings.add("metadata", "标题和语言属性", "有", f"{title} {language}", named, "PDF")
    outside = [line.text[:8] for page in file.pages for line in page.lines if _outside(page, line)]
    findings.none("outside", "打印机够不到的文字", outside, "打印")
    covered = [char.text for page in file.pages for char in page.chars if _under_code(page, char)]
    findings.none("code-covers", "二维码压住的文字", covered, "版面")


def _is_junk(char: str) -> bool:
    return char in "\x00\ufffd\ufffe\uffff" or 0xE000 <= ord(char) <= 0xF8FF


def _outside(page: Page, line: TextLine) -> bool:
    sideways = line.left < _EDGE or line.right > page.width - _EDGE
    return sideways or line.top < _EDGE or line.bottom > page.height - _EDGE


def _under_code(page: Page, char: Char) -> bool:
    if page.code is None:
        return False
    left, top, right, bottom = page.code
    sideways = char.right > left and char.left < right
    return sideways and char.base > top and char.base - 0.88 * char.size * MM < bottom


def _check_text(letter: PrintedLetter) -> None:
    file, findings = letter.file, letter.findings
    seen = "".join(line.text for page in file.pages for line in page.lines)
    mixed = re.findall(r"[\u4e00-\u9fff][,;!?][\u4e00-\u9fff]", seen)
    findings.none("half-width-marks", "中文间的半角标点", mixed, "GB/T 15834")
    marks = re.compile(rf"[\s{_MARKS}—]")
    drawn = marks.sub("", "".join(c.text for page in file.pages for c in page.chars))
    seen = marks.sub("", seen)
    same = Counter(drawn) == Counter(seen)
    findings.add("text-complete", "版面上的字", "与文件内的字一致", len(seen), same, "PDF")
    if letter.layout != "plain":  # cells of a form stand side by side; there is no one order
        near = sum(a == b for a, b in zip(drawn, seen, strict=False)) / max(len(seen), 1)
        ordered = near >= 0.95 or _shuffled(drawn, seen) >= 0.95
        findings.add(
            "reading-order", "提取顺序即阅读顺序", "是", "是" if ordered else "否", ordered, "PDF"
        )


def _shuffled(drawn: str, seen: str) -> float:
    """Return the share of neighbours on the page that are neighbours in the file too."""
    pairs = Counter(pairwise(drawn))
    there = Counter(pairwise(seen))
    return sum((pairs & there).values()) / max(1, sum(there.values()))


def _check_words(file: Printed, letter: Letter, findings: Findings) -> None:
    """Every text of the letter is on the paper, in its own order."""
    blank = re.compile(r"[\s]")
    drawn = blank.sub("", "".join(c.text for p in file.pages for c in p.chars if not c.aside))
    for number in range(1, len(file.pages) + 1):  # a page number may stand inside a paragraph
        drawn = drawn.replace(f"—{number}—", "")
    lost = [
        text[:12]
        for text in texts_of(letter)
        if text != letter.mark and blank.sub("", text).rstrip("。；：:") not in drawn
    ]
    findings.none("words-lost", "没有印出的文字", lost, "版面")
