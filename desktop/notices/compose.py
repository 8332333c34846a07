"""Filling a template with a record's fields, which gives a paper ready to be printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from desktop.notices.chinese import hanzi_number
from desktop.notices.fields import FieldFault, FieldFaults, check_fields
from desktop.notices.kinds import ALWAYS, KINDS, Shape
from desktop.notices.model import (
    CopyMark,
    Layout,
    Letter,
    Paragraph,
    paragraphs_of,
    refuse_hidden,
)
from desktop.notices.papers import (
    Address,
    Envelope,
    Form,
    FormCell,
    FormRow,
    LabelGrid,
    LabelSheet,
    Paper,
    Table,
    Turn,
)
from desktop.notices.templates import RowWording, Template, Wording
from desktop.notices.wording import environment

_ITEM = re.compile(r"^(#{1,3}) ", re.MULTILINE)
_ENDS = ("。", "；", "！", "？", "：")
_SENTINEL = "\x01"
"""Stands for one # of the template while it is filled; no value can hold it."""


def compose(
    template: Template,
    fields: Mapping[str, object],
    *,
    variant: str = "",
    mark: CopyMark = CopyMark.NONE,
) -> Paper:
    """Fill a template in; the kind decides which paper comes of it.

    ``fields`` must hold the fields the template declares and office, mark, number and dated;
    others are ignored. ``variant`` names a place's own wording, ``mark`` a copy or draft.

    Raises:
        FieldFaults: fields that are missing, empty or of the wrong type.
        ControlCharacter, HiddenCharacter: characters in a field that cannot be seen.
    """
    needed = needed_fields(template)
    check_fields(template.kind, needed, fields)
    values = {name: _clean(fields[name]) for name in needed}
    filling = _Filling(template, values, variant, mark, str(fields.get("complaint_number", "")))
    match KINDS[template.kind].shape:
        case Shape.LETTER:
            return filling.letter()
        case Shape.FORM:
            return filling.form()
        case Shape.TABLE:
            return filling.table()
        case Shape.ENVELOPE:
            return filling.envelope()
        case Shape.LABELS:
            return filling.labels()


def needed_fields(template: Template) -> tuple[str, ...]:
    """Return the fields :func:`compose` wants for a template, each once."""
    direct = sorted(KINDS[template.kind].direct)
    return tuple(dict.fromkeys((*ALWAYS, *template.fields, *direct)))


def _clean(value: object) -> object:
    """Refuse control characters, which could pass for the template's own item marks."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        refuse_hidden(text)
        return text
    if isinstance(value, list | tuple):
        return tuple(_clean(item) for item in value)
    return value


@dataclass(slots=True)
class _Filling:
    """One template and the values to fill it with."""

    template: Template
    values: Mapping[str, object]
    variant: str
    mark: CopyMark
    register_number: str

    def _fill(self, text: str) -> str:
        marked = _ITEM.sub(lambda found: _SENTINEL * len(found[1]), text)
        return environment().from_string(marked).render(self.values)

    def _line(self, text: str) -> str:
        return "".join(self._fill(text).split("\n")).strip()

    def _list(self, text: str) -> tuple[str, ...]:
        return tuple(line.strip(" ") for line in self._fill(text).split("\n") if line.strip())

    @property
    def _wording(self) -> Wording:
        return self.template.wording(self.variant)

    def letter(self) -> Letter:
        wording = self._wording
        values = self.values
        return Letter(
            kind=self.template.kind,
            layout=cast("Layout", wording.layout),
            issuer_mark=str(values["mark"]),
            number=str(values["number"]),
            title=self._fill(wording.title).strip(),
            addressee=self._line(wording.addressee),
            paragraphs=number_items(self._fill(wording.body)),
            attachments=self._list(wording.attachments),
            issuer=str(values["office"]),
            dated=values["dated"],  # type: ignore[arg-type]  # check_fields made sure
            sealed=wording.sealed,
            remark=self._line(wording.remark),
            copied_to=self._list(wording.copied_to),
            printed_by=self._line(wording.printed_by),
            printed_on=values["dated"],  # type: ignore[arg-type]
            mark=self.mark,
            register_number=self.register_number,
        )

    def form(self) -> Form:
        wording = self._wording
        values = self.values
        return Form(
            kind=self.template.kind,
            issuer=str(values["office"]),
            title=self._line(wording.title),
            number=str(values["number"]),
            rows=tuple(self._row(row) for row in wording.rows if self._line(row.when)),
            dated=values["dated"],  # type: ignore[arg-type]
            notes=self._list(wording.notes),
            mark=self.mark,
            register_number=self.register_number,
        )

    def _row(self, row: RowWording) -> FormRow:
        filled = tuple(
            FormCell(self._fill(label).strip("\n "), self._fill(value).strip("\n "))
            for label, value in row.cells
        )
        return FormRow(filled, row.height, row.grow, self._line(row.sign))

    def table(self) -> Table:
        wording, values = self._wording, self.values
        rows = cast("Sequence[Sequence[str]]", values["items"])
        for row in rows:
            if len(row) != len(wording.columns):
                detail = f"{len(row)} texts for {len(wording.columns)} columns"
                raise FieldFaults((FieldFault("items", "wrong-type", detail),))
        return Table(
            kind=self.template.kind,
            issuer=str(values["office"]),
            title=self._line(wording.title),
            columns=wording.columns,
            rows=tuple(tuple(row) for row in rows),
            dated=values["dated"],  # type: ignore[arg-type]
            caption=(self._line(wording.left), self._line(wording.right)),
            empty=self._line(wording.empty),
            strong=frozenset(wording.strong),
            notes=self._list(wording.notes),
            turn=Turn(wording.turn),
            size=wording.type_size,
            mark=self.mark,
        )

    def envelope(self) -> Envelope:
        wording = self._wording
        width, height = self._size(wording)
        return Envelope(
            to=Address(
                self._line(wording.postcode), self._line(wording.place), self._line(wording.name)
            ),
            sender=Address(
                self._line(wording.sender_postcode),
                self._line(wording.sender_place),
                self._line(wording.sender),
            ),
            width=width,
            height=height,
            reference=self._line(wording.reference),
            preprinted=bool(self.values["preprinted"]),
            dated=self.values["dated"],  # type: ignore[arg-type]
        )

    def labels(self) -> LabelSheet:
        wording = self._wording
        columns, rows, *lengths = self._size(wording)
        found = cast("Sequence[tuple[str, str, str]]", self.values["addresses"])
        suffix = self._fill(wording.suffix).strip("\n ")
        skip = str(self.values["skip"])
        if not skip.isdecimal() or int(skip) >= columns * rows:
            raise FieldFaults((FieldFault("skip", "unknown", skip),))
        return LabelSheet(
            issuer=str(self.values["office"]),
            addresses=tuple(Address(code, place, name + suffix) for code, place, name in found),
            grid=LabelGrid(int(columns), int(rows), *lengths),
            skip=int(skip),
            dated=self.values["dated"],  # type: ignore[arg-type]
        )

    def _size(self, wording: Wording) -> tuple[float, ...]:
        name = str(self.values["size"]) or next(iter(wording.sizes))
        if name not in wording.sizes:
            raise FieldFaults((FieldFault("size", "unknown", name),))
        return wording.sizes[name]


@dataclass(slots=True)
class _Item:
    """A numbered line of the template waiting for its number."""

    level: int
    text: str
    siblings: list["_Item"] = field(default_factory=list)


def number_items(text: str) -> tuple[Paragraph, ...]:
    """Turn filled text into paragraphs, numbering the lines the template marked with #.

    One # becomes 一、, two （一）, three 1.; an item without a sibling is not numbered, except a
    first-level heading. Lines from the fields keep the numbers they have.
    """
    paragraphs: list[Paragraph | _Item] = []
    groups: dict[int, list[_Item]] = {1: [], 2: [], 3: []}
    for line in text.split("\n"):
        bare = line.lstrip(_SENTINEL)
        level = len(line) - len(bare)
        if not level:
            paragraphs += paragraphs_of(bare)
            continue
        for deeper in range(level + 1, 4):
            groups[deeper] = []
        item = _Item(level, bare.strip(), groups[level])
        groups[level].append(item)
        paragraphs.append(item)
    return tuple(p if isinstance(p, Paragraph) else _numbered(p) for p in paragraphs)


def _numbered(item: _Item) -> Paragraph:
    if item.level > 1 and len(item.siblings) == 1:
        return Paragraph(item.text)
    place = next(k for k, one in enumerate(item.siblings, 1) if one is item)
    han = hanzi_number(place) if place < 100 else str(place)
    number = (f"{han}、", f"（{han}）", f"{place}. ")[item.level - 1]
    return Paragraph(number + item.text, item.level, item=item.text.endswith(_ENDS))
