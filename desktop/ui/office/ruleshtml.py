"""Pieces of HTML for reading rulebooks: tables, headings, doubts, citations; all text escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from desktop.rules.rulebook import Entry, Rulebook
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.palette import Status

_ENTRY_WIDTHS = (68, 32)


class Citer:
    """Cites the entries of a page; what all of them rest on is said once, above them."""

    def __init__(self, book: Rulebook, *listed: Iterable[Entry]) -> None:
        sources = {entry.source for entries_ in listed for entry in entries_}
        self._book = book
        self._alone = len(sources) == 1
        title = book.source(next(iter(sources))).title if self._alone else ""
        self.line = paragraph(_("出处：《{title}》").format(title=title)) if title else ""

    def __call__(self, entry: Entry) -> str:
        words = entry.article if self._alone else self._book.cite(entry)
        return f'<span style="color:{theme.colours().quiet}">{escape(words)}</span>'


def doubts(entry: Entry) -> str:
    said = flag(entry.flag) if entry.flag else ""
    if entry.superseded:
        said += flag(_("已被取代：{rule}").format(rule=entry.superseded))
    return said


def flag(words: str) -> str:
    pair = theme.status(Status.SOON)
    style = f"color:{pair.text};background-color:{pair.ground}"
    return f'<br><span style="{style}"> {escape(words)} </span>'


def heading(words: str) -> str:
    return f'<h3 style="margin-top:16px;margin-bottom:6px">{escape(words)}</h3>'


def paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def entries_table(cite: Citer, rows: Sequence[tuple[Entry, str]]) -> str:
    cells = [(escape(words) + doubts(entry), cite(entry)) for entry, words in rows]
    return table_of((_("内容"), _("条款")), cells, _ENTRY_WIDTHS)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return table_of(heads, [tuple(escape(cell) for cell in row) for row in rows])


def table_of(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int] = ()
) -> str:
    """A table of ready cells under escaped heads; ``widths`` in percent, by the text if left out."""
    line = theme.colours().line
    ground = theme.colours().window
    shares = [f' width="{width}%"' for width in widths] or [""] * len(heads)
    head = "".join(
        f'<th align="left" bgcolor="{ground}"{share}>{escape(words)}</th>'
        for words, share in zip(heads, shares, strict=True)
    )
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    style = (
        f"border-collapse:collapse;border-style:solid;border-color:{line};"
        "margin-top:4px;margin-bottom:16px"
    )
    return (
        f'<table width="99%" border="1" cellspacing="0" cellpadding="6" style="{style}">'
        f"<tr>{head}</tr>{body}</table>"
    )
