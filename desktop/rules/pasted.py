"""What is pasted (粘贴) as it was meant: without broken encodings, page numbers, line ends of a page.

Only what is certainly no part of the text goes; a doubtful line stays as it is. Nothing here is
final: the window keeps what was pasted one Ctrl+Z away.
"""

import codecs
import re
import unicodedata

#: Marks that can not be seen: zero width, reading direction, soft hyphen, byte order.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
#: What is left of characters that some program could not read.
_LOST = re.compile("\ufffd+|(?:锟斤拷)+|(?:烫烫){2,}烫?|(?:屯屯){2,}屯?")

_NUMBER = r"[0-9０-９]{1,4}"
_DASH = r"[-－—–―─~～·•]{1,3}"
_PAGE = re.compile(
    rf"{_DASH}\s*{_NUMBER}\s*{_DASH}"
    rf"|第\s*(?:{_NUMBER}|[一二三四五六七八九十百]{{1,5}})\s*页"
    rf"(?:\s*[,，/／;；]?\s*共\s*(?:{_NUMBER}|[一二三四五六七八九十百]{{1,5}})\s*页)?"
    rf"|[Pp]age\s*{_NUMBER}(?:\s*of\s*{_NUMBER})?"
)

#: A line this wide (a Chinese character counts two) may have been broken by the page's edge.
_WIDE = 30
#: A broken line may be so much narrower than the widest one; a long word moves to the next line.
_RAGGED = 4
_END = tuple("。！？；：…!?;:)）”」』》】")
#: What a sentence has and the lines of a list do not.
_PROSE = re.compile("[，。；？！,;]")
#: How a line begins that is a paragraph of its own.
_OWN = re.compile(
    r"[\s　]"
    r"|[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）、.．]"
    r"|第[0-9０-９一二三四五六七八九十百]{1,5}[章节条款项]"
    r"|[①-⑳⒈-⒛㈠-㈩●○■□◆◇★☆▲△※·•*-]"
    r"|附[件：:]|注[：:]|抄送|主题词"
)

_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FEWEST = 4  # Chinese characters by which a mended text is known to be meant


#: Letters and digits of full width, which Chinese prose writes narrow (GB/T 15835).
_WIDE_SIGNS = {
    ord(wide): chr(ord(wide) - 0xFEE0)
    for wide in map(chr, range(0xFF10, 0xFF5B))
    if chr(ord(wide) - 0xFEE0).isalnum()
}
#: 臵 is what some converters make of 置; nobody writes it.
_SIGNS = {**_WIDE_SIGNS, ord("臵"): "置"}
#: How a character is read, put behind it in brackets by a converter: 關(guān)于. Only with its tone.
_READING = re.compile(
    r"(?<=[\u3400-\u9fff])[(（](?=[a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])"
    r"[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）]"
)


def clean_text(text: str) -> str:
    """Return a long text as it was meant: several lines, paragraphs whole."""
    whole = _visible(_mended(text.replace("\r\n", "\n").replace("\r", "\n")))
    return _joined(_READING.sub("", _without_pages(whole)).translate(_SIGNS))


def clean_line(text: str) -> str:
    """Return a text for one line: what was broken over several is put together."""
    return " ".join(clean_text(text).split("\n")).strip()


def clean_number(text: str) -> str:
    """Return a telephone or other number: one line, full width letters and digits made narrow."""
    return "".join(_narrow(ch) for ch in clean_line(text)).strip()


def _narrow(ch: str) -> str:
    if "！" <= ch <= "～" or ch == "　":
        return unicodedata.normalize("NFKC", ch)
    return "-" if ch in "‐‑‒–—―−" else ch


def _visible(text: str) -> str:
    lines = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0c", "\n")
    # a blank of no width to break at is a blank nobody sees; all others are blanks
    plain = lines.replace("\u00a0", " ").replace("\u3000\n", "\n")
    return _LOST.sub("", _UNSEEN.sub("", plain))


# ---- broken encodings ----------------------------------------------------------------------------


def _mended(text: str) -> str:
    """Read text anew that was read in a wrong encoding, line by line, where that is certain."""
    return "\n".join(_mended_line(line) for line in text.split("\n"))


def _mended_line(line: str) -> str:
    for wrong in ("cp1252", "latin-1", "gb18030"):
        try:
            # the last character may be cut: its second half was no sign of the wrong encoding
            reader = codecs.getincrementaldecoder("utf-8")()
            meant = reader.decode(line.rstrip("?\ufffd").encode(wrong))
        except UnicodeError:
            continue
        if meant != line and _is_chinese(meant):
            return meant
    return _mended_gbk(line)


def _mended_gbk(line: str) -> str:
    """Read anew what was GBK and was read as Western: ÖÐ¹úÈËÃñ is 中国人民.

    Only where every sign beyond ASCII is half of a common character; chance does not make four.
    """
    for wrong in ("latin-1", "cp1252"):
        try:
            meant = line.encode(wrong).decode("gb2312")
        except UnicodeError:
            continue
        if meant != line and _is_chinese(meant):
            return meant
    return line


def _is_chinese(text: str) -> bool:
    """Whether a mended line is Chinese through and through: chance does not make that."""
    strange = [ch for ch in text if not (_CJK.match(ch) or ch < "\x7f" or ch in _PUNCTUATION)]
    return not strange and len(_CJK.findall(text)) >= _FEWEST


_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕…—·　～￥％") | {
    chr(code) for code in range(0xFF01, 0xFF5F)
}


# ---- pages ---------------------------------------------------------------------------------------


def _without_pages(text: str) -> str:
    """Take out lines that are only a page's number; a text that is nothing else stays."""
    lines = text.split("\n")
    kept = [line for line in lines if not _PAGE.fullmatch(line.strip(" \t　"))]
    return "\n".join(kept) if any(line.strip() for line in kept) else text


# ---- paragraphs ----------------------------------------------------------------------------------


def _joined(text: str) -> str:
    """Join lines that were broken by the edge of a page; blocks between blank lines by themselves."""
    made: list[str] = []
    block: list[str] = []
    for line in text.split("\n"):
        stripped = line.rstrip(" \t　")
        if stripped:
            block.append(stripped)
        else:
            made += [*_paragraphs(block), ""]
            block = []
    return "\n".join(made + _paragraphs(block))


def _paragraphs(lines: list[str]) -> list[str]:
    widest = max((_width(line) for line in lines), default=0)
    if widest < _WIDE:
        return lines
    found: list[str] = []
    open_ = False
    for line in lines:
        if open_ and not _OWN.match(line) and _PROSE.search(found[-1]):
            found[-1] = _glue(found[-1], line)
        else:
            found.append(line)
        open_ = _runs_on(line, widest)
    return found


def _runs_on(line: str, widest: int) -> bool:
    """Whether a line reaches the edge and its sentence does not end there."""
    return _width(line) >= widest - _RAGGED and not line.endswith(_END)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in line)


def _glue(before: str, after: str) -> str:
    """Put two lines together; only words of letters need a blank between them."""
    apart = before[-1:].isascii() and after[:1].isascii()
    return f"{before} {after}" if apart else before + after
