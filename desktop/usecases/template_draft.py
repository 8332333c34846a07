"""A wording taken apart into the texts a clerk edits, and put together again as a template file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from enum import StrEnum

from jinja2 import TemplateSyntaxError, meta

from desktop.notices import Kind
from desktop.notices.kinds import ALWAYS, KINDS, Shape
from desktop.notices.templates import RowWording, Wording
from desktop.notices.wording import environment
from frozen import dataclass


class Size(StrEnum):
    """How much room a text wants."""

    LINE = "line"
    LINES = "lines"
    BODY = "body"


#: The texts of each shape in the order of the paper.
_TEXTS: dict[Shape, tuple[tuple[str, Size], ...]] = {
    Shape.LETTER: (
        ("title", Size.LINE),
        ("addressee", Size.LINE),
        ("body", Size.BODY),
        ("attachments", Size.LINES),
        ("remark", Size.LINES),
        ("copied_to", Size.LINES),
        ("printed_by", Size.LINE),
    ),
    Shape.FORM: (("title", Size.LINE), ("notes", Size.LINES)),
    Shape.TABLE: (
        ("title", Size.LINE),
        ("left", Size.LINE),
        ("right", Size.LINE),
        ("empty", Size.LINE),
        ("notes", Size.LINES),
    ),
    Shape.ENVELOPE: (
        ("name", Size.LINE),
        ("place", Size.LINE),
        ("postcode", Size.LINE),
        ("sender", Size.LINE),
        ("sender_place", Size.LINE),
        ("sender_postcode", Size.LINE),
        ("reference", Size.LINE),
    ),
    Shape.LABELS: (("suffix", Size.LINE),),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a wording.

    ``key`` names it: an entry of the template file, or ``rows.3.1.value`` for the third row's
    first cell, ``rows.3.1.label`` for what stands before it, ``rows.3.sign`` for its signature
    line, ``columns.2`` for a column's head. Rows, cells and columns count from 1.
    """

    key: str
    text: str
    size: Size


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A wording as it is edited (模板草稿).

    ``layout`` is ``document`` (文件格式) or ``correspondence`` (信函格式), empty where the kind
    has no choice; ``sealed``: room is left for the seal.
    """

    parts: tuple[Part, ...]
    layout: str = ""
    sealed: bool = False

    def text(self, key: str) -> str:
        """Return a text; empty if there is none of this key."""
        return next((part.text for part in self.parts if part.key == key), "")

    def with_text(self, key: str, text: str) -> "TemplateDraft":
        """Return the draft with one text changed."""
        parts = tuple(replace(p, text=text) if p.key == key else p for p in self.parts)
        return replace(self, parts=parts)


def draft_of(kind: Kind, wording: Wording) -> TemplateDraft:
    """Take a wording apart."""
    shape = KINDS[kind].shape
    parts = [Part(key, _plain(getattr(wording, key)), size) for key, size in _TEXTS[shape]]
    if shape is Shape.FORM:
        parts[1:1] = _row_parts(wording.rows)
    if shape is Shape.TABLE:
        heads = [Part(f"columns.{n}", c.head, Size.LINE) for n, c in enumerate(wording.columns, 1)]
        parts[3:3] = heads
    return TemplateDraft(tuple(parts), wording.layout, wording.sealed)


def _row_parts(rows: Sequence[RowWording]) -> Iterator[Part]:
    for n, row in enumerate(rows, 1):
        for m, (label, value) in enumerate(row.cells, 1):
            yield Part(f"rows.{n}.{m}.label", label, Size.LINE)
            yield Part(f"rows.{n}.{m}.value", value, Size.LINE)
        if row.sign:
            yield Part(f"rows.{n}.sign", row.sign, Size.LINE)


def _plain(text: str) -> str:
    return text.strip("\n")


def wording_of(draft: TemplateDraft, base: Wording) -> Wording:
    """Put a draft together again; what it does not hold is taken from ``base``."""
    texts = {part.key: part.text for part in draft.parts}
    own = {f.name for f in fields(Wording)}
    changes: dict[str, object] = {key: text for key, text in texts.items() if key in own}
    rows = tuple(
        replace(
            row,
            cells=tuple(
                (
                    texts.get(f"rows.{n}.{m}.label", label),
                    texts.get(f"rows.{n}.{m}.value", value),
                )
                for m, (label, value) in enumerate(row.cells, 1)
            ),
            sign=texts.get(f"rows.{n}.sign", row.sign),
        )
        for n, row in enumerate(base.rows, 1)
    )
    columns = tuple(
        replace(column, head=texts.get(f"columns.{n}", column.head))
        for n, column in enumerate(base.columns, 1)
    )
    made = replace(base, **changes)  # type: ignore[arg-type]
    return replace(made, rows=rows, columns=columns, layout=draft.layout, sealed=draft.sealed)


def used_fields(wording: Wording) -> set[str]:
    """Return the fields that the texts of a wording name; a text that can not be read names none."""
    found: set[str] = set()
    for _entry, text in wording.texts():
        try:
            found |= meta.find_undeclared_variables(environment().parse(text))
        except TemplateSyntaxError:
            continue
    return found


def declared(wording: Wording, first: Sequence[str]) -> tuple[str, ...]:
    """Return the fields that a template with this wording declares, those of ``first`` first."""
    used = used_fields(wording) - set(ALWAYS)
    known = [name for name in first if name in used]
    return (*known, *sorted(used.difference(known)))


def template_file(kind: Kind, name: str, declared_fields: Sequence[str], wording: Wording) -> str:
    """Write a template with one wording as a file (TOML), as ``resources/letters`` holds them."""
    shape = KINDS[kind].shape
    lines = [
        f"kind = {_toml(str(kind))}",
        f"name = {_toml(name)}",
        f"fields = {_toml(list(declared_fields))}",
        "",
        "[default]",
    ]
    keys = [key for key, _size in _TEXTS[shape]]
    if shape is Shape.LETTER:
        keys = ["layout", "sealed", *keys]
    if shape is Shape.TABLE:
        keys += ["turn", "type_size", "strong"]
        columns = [[c.head, c.width, str(c.align)] for c in wording.columns]
        lines.append(f"columns = {_toml(columns)}")
    lines += [f"{key} = {_toml(getattr(wording, key))}" for key in keys]
    for row in wording.rows:
        lines += [
            "",
            "[[default.rows]]",
            f"cells = {_toml([list(cell) for cell in row.cells])}",
            f"height = {_toml(row.height)}",
            *(["grow = true"] if row.grow else []),
            f"sign = {_toml(row.sign)}",
            f"when = {_toml(row.when)}",
        ]
    if wording.sizes:
        lines += ["", "[default.sizes]"]
        lines += [f"{_toml(size)} = {_toml(list(nums))}" for size, nums in wording.sizes.items()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Write a value as TOML, long texts over several lines so that they can be read."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() | int():
            return repr(value)
        case list() | tuple():
            return "[" + ", ".join(_inline(item) for item in value) + "]"
        case str() if "\n" in value:
            return '"""\n' + "\n".join(_inline(line)[1:-1] for line in value.split("\n")) + '"""'
        case _:
            return _inline(value)


def _inline(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return _toml(value)
