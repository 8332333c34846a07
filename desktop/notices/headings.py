"""The black head of forms and tables: the office on one line where it can be, and the title."""

from desktop.notices.fonts import FontBook, Role
from desktop.notices.lines import Line, Measure, set_line
from desktop.notices.page import SIZE_2, SIZE_4
from desktop.notices.titles import balance

LEADING = 1.48
"""Distance of the lines of a head, in type sizes."""


def head_lines(fonts: FontBook, office: str, title: str, room: float) -> list[tuple[Line, float]]:
    """Return the lines of the head with their type sizes, all within ``room`` points.

    The office's name is set smaller than the title (down to 4号) rather than on two lines.
    """
    natural = fonts.width(office.replace("\n", ""), Role.TITLE)
    size = min(SIZE_2, max(SIZE_4, room / max(natural, 1.0)))
    lines: list[tuple[Line, float]] = []
    for text, type_size in ((office, size), (title, SIZE_2)):
        widths = tuple(
            0.0 if c == "\n" else fonts.glyph(c, Role.TITLE, 1.0, 1.0).width for c in text
        )
        most = room / type_size + 0.01
        measure = Measure(fonts, type_size, type_size, room, room)
        lines += [
            (set_line(part, measure, Role.TITLE), type_size)
            for part in balance(text, widths, most=most, alone=most)
        ]
    return lines
