"""Breaking a title (标题) into balanced lines without splitting common words of the office.

GB/T 9704-2012 7.3.1: centred, 梯形 or 菱形, words kept whole. There is no word list of the whole
language here, only the places where such titles are usually parted.
"""

from functools import cache, lru_cache
from itertools import accumulate
from math import ceil, inf

from frozen import dataclass

MOST = 20.0
"""Widest line in ems: 20 characters of 2号 fill the core."""
ALONE = 18.0
"""A title up to this wide stays on one line."""

_WORD_LIST = """
    政务公开 行政权力 公开透明运行 公开透明 透明运行 权力运行
    领导小组 办公室 工作领导小组 人民政府 管理委员会 管委会 监督管理局 管理局 政务服务 服务中心
    投诉举报 投诉处理 责任追究 决定书 告知书 通知书 送达回证 限期整改 不予受理 办理结果 办理情况
    考核结果 年终考核 半年抽查 日常检查 社会评议 信息公开 依申请公开 主动公开 保密审查 履职不力
    不作为 乱作为 工作人员 有关责任人 有关问题 问题 情况 通报 通知 决定 意见 报告 处理 予以 给予
    进行 关于 对于 以及 不及时 不全面 不真实 年度 单位 中心 街道 办事处 自治县 自治区 开发区
    委员会
"""
_WORDS = tuple(_WORD_LIST.split())
_SUFFIXES = (
    "办公室",
    "领导小组",
    "中心",
    "单位",
    "委员会",
    "管委会",
    "办事处",
    "管理局",
    "局",
    "院",
)
"""Words that end a name: no line begins with them."""
_GOOD_AFTER = frozenset("的、》”，；对和与及在")
_BAD_START = frozenset("的、》”，。；：？！）〕】了等性化者们年月日号和与及")
_BAD_END = frozenset("（《“〔【不未第")
_SPLIT_WORD, _BAD_MARK, _PLAIN = 60.0, 400.0, 6.0


@lru_cache(maxsize=512)
def balance(
    text: str,
    widths: tuple[float, ...],
    most: float = MOST,
    alone: float = ALONE,
    names: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Return the title's lines; ``widths`` are its characters' widths in ems.

    A newline in the text forces a break, and each part is balanced by itself. ``names`` are kept
    whole where a line can hold them.
    """
    faults = _break_faults(text, names)
    lines: list[str] = []
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        if part:
            lines += _Cutting(part, widths[start:end], faults[start : end + 1], most).lines(alone)
        start = end + 1
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Cutting:
    """A text to be cut; ``faults[k]`` is how bad a break before character ``k`` is."""

    text: str
    widths: tuple[float, ...]
    faults: tuple[float, ...]
    most: float

    def lines(self, alone: float) -> list[str]:
        """Return as few lines as hold the text, in the best shape."""
        total = sum(self.widths)
        if total <= alone:
            return [self.text]
        count = max(2, ceil(total / self.most))
        while True:
            cuts = (self._cut(shape) for shape in _shapes(count, total))
            _, ends = min(cuts, key=lambda found: found[0])
            if ends:
                starts = (0, *ends[:-1])
                return [self.text[a:b] for a, b in zip(starts, ends, strict=True)]
            count += 1

    def _cut(self, shape: tuple[float, ...]) -> tuple[float, tuple[int, ...]]:
        """Cheapest cut into lines of about these lengths: its cost and where the lines end."""
        edges = (0.0, *accumulate(self.widths))
        size = len(self.text)

        @cache
        def rest(start: int, row: int) -> tuple[float, tuple[int, ...]]:
            if row == len(shape) - 1:
                length = edges[-1] - edges[start]
                fits = length <= self.most and start < size
                return ((length - shape[row]) ** 2, (size,)) if fits else (inf, ())
            best: tuple[float, tuple[int, ...]] = (inf, ())
            for end in range(start + 1, size):
                length = edges[end] - edges[start]
                if length > self.most:
                    break
                cost, ends = rest(end, row + 1)
                cost += (length - shape[row]) ** 2 + self.faults[end]
                if cost < best[0]:
                    best = cost, (end, *ends)
            return best

        return rest(0, 0)


def _shapes(count: int, total: float) -> list[tuple[float, ...]]:
    """Line lengths to aim at: 梯形 (either way up), and 菱形 for three lines or more."""
    mean = total / count
    step = 0.12
    middle = (count - 1) / 2
    slope = [step * (k - middle) / max(middle, 1) for k in range(count)]
    shapes = [tuple(mean * (1 + s) for s in slope), tuple(mean * (1 - s) for s in slope)]
    if count >= 3:
        bulge = [1 - 2 * abs(k - middle) / max(middle, 1) for k in range(count)]
        shift = sum(bulge) / count
        shapes.append(tuple(mean * (1 + step * (b - shift)) for b in bulge))
    return shapes


def _break_faults(text: str, names: tuple[str, ...]) -> tuple[float, ...]:
    """How bad a break before each character is, and after the last."""
    whole = set().union(*(_inner(text, word) for word in (*_WORDS, *names) if word))
    starts = {k for k in range(len(text)) if text.startswith(_WORDS, k)}
    return (0.0, *(_fault(text, k, whole, starts) for k in range(1, len(text))), 0.0)


def _inner(text: str, word: str) -> set[int]:
    """Return the places where a break would cut this word."""
    places = (k for k in range(len(text)) if text.startswith(word, k))
    return {k + inside for k in places for inside in range(1, len(word))}


def _fault(text: str, k: int, whole: set[int], starts: set[int]) -> float:
    before, after = text[k - 1], text[k]
    run = before.isascii() and before.isalnum() and after.isascii()
    if after in _BAD_START or before in _BAD_END or run:
        return _BAD_MARK
    if k in whole or text.startswith(_SUFFIXES, k):
        return _SPLIT_WORD
    return 0.0 if before in _GOOD_AFTER or k in starts else _PLAIN
