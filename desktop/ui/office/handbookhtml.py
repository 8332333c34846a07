"""A chapter of the handbook as HTML for the screen; all text escaped."""

from html import escape

from PySide6.QtCore import QUrl

from desktop.ui.common import theme
from desktop.usecases.handbook import Block, Handbook, Part, PieceKind, pieces_of


def anchor(block: int) -> str:
    """Return the name of a block's place in its chapter."""
    return f"b{block}"


def chapter_html(book: Handbook, number: int) -> str:
    """Return a chapter as HTML."""
    chapter = book.chapters[number]
    parts = [f'<h2 style="margin-bottom:10px">{escape(chapter.title)}</h2>']
    parts += [_place(n) + _block(block) for n, block in enumerate(chapter.blocks)]
    return "".join(parts)


def _place(block: int) -> str:
    return f'<a name="{anchor(block)}"></a>'


def _block(block: Block) -> str:
    words = _words(block.text)
    match block.part:
        case Part.SECTION:
            return f'<h3 style="margin-top:18px;margin-bottom:6px">{words}</h3>'
        case Part.STEP:
            return _hanging(f"{block.number}.", words)
        case Part.ITEM:
            return _hanging("•", words)
        case Part.NOTE:
            return _note(words)
        case Part.PICTURE:
            return _picture(block, words)
        case Part.TEXT:
            return f'<p style="line-height:150%;margin-top:4px;margin-bottom:6px">{words}</p>'


def _words(text: str) -> str:
    shown = {
        PieceKind.PLAIN: "{}",
        PieceKind.NAME: "<b>{}</b>",
        PieceKind.KEYS: f'<span style="color:{theme.colours().link}">{{}}</span>',
    }
    return "".join(shown[piece.kind].format(escape(piece.text)) for piece in pieces_of(text))


def _hanging(mark: str, words: str) -> str:
    width = theme.em(2)
    return (
        '<table cellspacing="0" cellpadding="0" width="99%" style="margin-top:2px"><tr>'
        f'<td width="{width}" style="line-height:150%">&nbsp;{mark}</td>'
        f'<td style="line-height:150%">{words}</td></tr></table>'
    )


def _note(words: str) -> str:
    tones = theme.colours()
    return (
        f'<table cellspacing="0" cellpadding="7" width="99%" style="margin-top:6px">'
        f'<tr><td width="3" bgcolor="{tones.accent}" style="padding:1px"></td>'
        f'<td bgcolor="{tones.window}" style="line-height:140%">{words}</td></tr></table>'
    )


def _picture(block: Block, words: str) -> str:
    source = QUrl.fromLocalFile(str(block.picture)).toString()
    tone = theme.colours().quiet
    return (
        f'<p style="margin-top:10px;margin-bottom:2px"><img src="{escape(source)}"></p>'
        f'<p style="margin-top:0px;margin-bottom:8px;color:{tone}">{words}</p>'
    )
