"""Two wordings side by side: what differs is marked line by line; texts in, HTML out."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.templates.words import part_title
from desktop.usecases.templates import Part, Shape, TemplateDraft

_CONTEXT = 2  # lines shown around a change

Line = tuple[str, str, bool]
"""Left, right, and whether they differ; escaped HTML."""


def compared(old: TemplateDraft, new: TemplateDraft, shape: Shape) -> str:
    """Return a table with the old wording left and the new one right, only what differs."""
    rows: list[str] = []
    for part in new.parts:
        before = old.text(part.key)
        if before != part.text:
            rows.append(_heading(part, new.parts, shape))
            rows += [_row(line) for line in _shortened(list(_lines(before, part.text)))]
    if old.layout != new.layout or old.sealed != new.sealed:
        rows.append(_head_row(_("版式")))
        rows.append(_row((escape(_layout(old)), escape(_layout(new)), True)))
    if not rows:
        same = _("两边的文字完全一样。")
        return f"<p>{escape(same)}</p>"
    return f'<table width="100%" cellspacing="0" cellpadding="4">{"".join(rows)}</table>'


def _layout(draft: TemplateDraft) -> str:
    shape = _("文件格式") if draft.layout == "document" else _("信函格式")
    seal = _("留出盖章的位置") if draft.sealed else _("不留盖章的位置")
    return _("，").join((shape, seal))


def _heading(part: Part, parts: Sequence[Part], shape: Shape) -> str:
    return _head_row(part_title(part, parts, shape))


def _head_row(title: str) -> str:
    return (
        f'<tr><td colspan="2" style="border-top:1px solid {theme.colours().line}">'
        f"<b>{escape(title)}</b></td></tr>"
    )


def _lines(old: str, new: str) -> Iterator[Line]:
    left, right = old.split("\n"), new.split("\n")
    for what, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if what == "equal":
            for line in left[a:b]:
                yield escape(line), escape(line), False
            continue
        for n in range(max(b - a, d - c)):
            before = left[a + n] if a + n < b else None
            after = right[c + n] if c + n < d else None
            yield (*_marked(before, after), True)


def _marked(before: str | None, after: str | None) -> tuple[str, str]:
    """Mark within a line what went and what came."""
    if before is None or after is None:
        gone = "" if before is None else _mark(before)
        return gone, "" if after is None else _mark(after)
    left, right = "", ""
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            left += escape(before[a:b])
            right += escape(after[c:d])
        else:
            left += _mark(before[a:b])
            right += _mark(after[c:d])
    return left, right


def _mark(text: str) -> str:
    return f"<b><u>{escape(text)}</u></b>" if text else ""


def _shortened(lines: list[Line]) -> Iterator[Line]:
    """Leave out what is the same, but for a little around each change."""
    near = {
        k for n, line in enumerate(lines) if line[2] for k in range(n - _CONTEXT, n + _CONTEXT + 1)
    }
    skipping = False
    for n, line in enumerate(lines):
        if n in near:
            skipping = False
            yield line
        elif not skipping:
            skipping = True
            yield "……", "……", False


def _row(line: Line) -> str:
    left, right, differs = line
    tones = theme.colours()
    gone = f' bgcolor="{tones.error_soft}"' if differs and left else ""
    come = f' bgcolor="{tones.info_soft}"' if differs and right else ""
    return (
        f'<tr><td width="50%"{gone}>{left or "&nbsp;"}</td>'
        f'<td width="50%"{come}>{right or "&nbsp;"}</td></tr>'
    )
