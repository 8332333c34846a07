"""Reading template files and finding everything that is wrong in them.

The wording is data; what a kind of paper must say is checked here. See ``README.md`` in
``resources/letters`` for the format.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from jinja2 import TemplateSyntaxError, meta

from desktop.notices.fields import REPEALED
from desktop.notices.kinds import ALWAYS, KINDS, Shape, fields_of
from desktop.notices.model import Kind, Layout
from desktop.notices.papers import Align, Column, Turn
from desktop.notices.templates import (
    RowWording,
    Template,
    TemplateFault,
    TemplateFaults,
    Wording,
)
from desktop.notices.wording import environment

_TOP = {"kind": str, "name": str, "fields": list, "default": dict}
_KEYS: Mapping[Shape, tuple[frozenset[str], frozenset[str]]] = {
    Shape.LETTER: (
        frozenset({"layout", "title", "addressee", "body", "sealed"}),
        frozenset({"attachments", "copied_to", "remark", "printed_by"}),
    ),
    Shape.FORM: (frozenset({"title", "rows"}), frozenset({"notes"})),
    Shape.TABLE: (
        frozenset({"title", "columns"}),
        frozenset({"left", "right", "empty", "strong", "turn", "type_size", "notes"}),
    ),
    Shape.ENVELOPE: (
        frozenset({"name", "place", "postcode", "sender", "sizes"}),
        frozenset({"sender_place", "sender_postcode", "reference"}),
    ),
    Shape.LABELS: (frozenset({"sizes"}), frozenset({"suffix"})),
}
"""The entries a wording must and may have."""
_LENGTHS = {Shape.ENVELOPE: (2,), Shape.LABELS: (6, 8)}
"""How many numbers a size has: width and height; or those of a sheet of labels."""
_ROW_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "height": (int, float),
    "grow": bool,
    "sign": str,
    "when": str,
}


def load_templates(folder: Path) -> dict[Kind, Template]:
    """Read and check all templates of a folder.

    Raises:
        TemplateFaults: naming file, entry and fault, for every fault found.
    """
    faults: list[TemplateFault] = []
    templates: dict[Kind, Template] = {}
    for path in sorted(folder.glob("*.toml")):
        reader = _Reader(path.name, faults)
        try:
            template = reader.read(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            reader.fault("", "unreadable", str(error))
            continue
        if template is None:
            continue
        if template.kind in templates:
            faults.append(TemplateFault(path.name, "kind", "second-file", template.kind))
        templates[template.kind] = template
    named = {fault.file for fault in faults}
    faults += [
        TemplateFault(f"{kind}.toml", "", "no-file")
        for kind in Kind
        if kind not in templates and f"{kind}.toml" not in named
    ]
    if faults:
        raise TemplateFaults(tuple(faults))
    return templates


def read_template(text: str, file: str = "") -> Template:
    """Read and check one template given as text, as when it is edited in the program.

    Raises:
        TemplateFaults: naming ``file``, entry and fault, for every fault found.
    """
    faults: list[TemplateFault] = []
    template = _Reader(file, faults).read(text)
    if template is None:
        raise TemplateFaults(tuple(faults))
    return template


@dataclass(slots=True)
class _Reader:
    """Reads one file and notes what is wrong with it."""

    file: str
    faults: list[TemplateFault]

    def fault(self, entry: str, code: str, detail: str = "") -> None:
        self.faults.append(TemplateFault(self.file, entry, code, detail))

    def read(self, text: str) -> Template | None:
        before = len(self.faults)
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.fault("", "unreadable", str(error))
            return None
        self._check_keys("", data, frozenset(_TOP), frozenset({"variant"}))
        for key, wanted in _TOP.items():
            if key in data and not isinstance(data[key], wanted):
                self.fault(key, "wrong-type", type(data[key]).__name__)
        if len(self.faults) > before:
            return None
        if data["kind"] not in set(Kind):
            self.fault("kind", "unknown-kind", data["kind"])
            return None
        kind = Kind(data["kind"])
        declared = tuple(str(name) for name in data["fields"])
        default = self._wording(kind, "default", Wording(), data["default"])
        variants = {
            place: self._wording(kind, f"variant.{place}", default, part)
            for place, part in data.get("variant", {}).items()
        }
        used: set[str] = set()
        for entry, wording in (
            ("default", default),
            *((f"variant.{p}", w) for p, w in variants.items()),
        ):
            used |= self._check_wording(kind, entry, wording, declared)
        for name in declared:
            if name not in fields_of(kind):
                self.fault("fields", "unknown-field", name)
            elif name not in used:
                self.fault("fields", "unused-field", name)
        if len(self.faults) > before:
            return None
        return Template(kind, data["name"], declared, default, variants)

    def _check_keys(
        self, entry: str, table: Mapping[str, object], must: frozenset[str], may: frozenset[str]
    ) -> None:
        for key in table:
            if key not in must | may:
                self.fault(entry, "unknown-key", key)
        for key in sorted(must - set(table)):
            self.fault(entry, "missing-key", key)

    def _wording(
        self, kind: Kind, entry: str, base: Wording, table: Mapping[str, object]
    ) -> Wording:
        """Read one place's wording over the common one; faults leave the base as it is."""
        shape = KINDS[kind].shape
        must, may = _KEYS[shape]
        none: frozenset[str] = frozenset()
        first = entry == "default"
        self._check_keys(entry, table, must if first else none, may if first else must | may)
        changes: dict[str, object] = {}
        for key in (must | may) & set(table):
            read = self._value(f"{entry}.{key}", shape, key, table[key])
            if read is not None:
                changes[key] = read
        wording = replace(base, **changes)  # type: ignore[arg-type]
        if shape is Shape.LETTER and wording.layout not in get_args(Layout):
            self.fault(f"{entry}.layout", "bad-layout", wording.layout)
        if wording.turn not in set(Turn):
            self.fault(f"{entry}.turn", "bad-layout", wording.turn)
        return wording

    def _value(self, entry: str, shape: Shape, key: str, value: object) -> object:
        """Return an entry's value as the wording keeps it, None when it is of a wrong type."""
        match key, value:
            case "rows", list():
                return self._rows(entry, value)
            case "columns", list():
                return self._columns(entry, value)
            case "sizes", dict() if value:
                return self._sizes(entry, shape, value)
            case "strong", list() if all(isinstance(word, str) for word in value):
                return tuple(value)
            case "type_size", int() | float():
                return float(value)
            case "sealed", bool():
                return value
            case (("rows" | "columns" | "sizes" | "strong" | "type_size" | "sealed"), _):
                pass
            case _, str():
                return value
        self.fault(entry, "wrong-type", type(value).__name__)
        return None

    def _rows(self, entry: str, rows: list[object]) -> tuple[RowWording, ...]:
        return tuple(
            read
            for k, row in enumerate(rows, 1)
            if (read := self._row(f"{entry}.{k}", row)) is not None
        )

    def _row(self, where: str, row: object) -> RowWording | None:
        if not isinstance(row, dict):
            self.fault(where, "wrong-type", type(row).__name__)
            return None
        self._check_keys(where, row, frozenset({"cells"}), frozenset(_ROW_TYPES))
        wrong = [
            key
            for key, wanted in _ROW_TYPES.items()
            if key in row and (not isinstance(row[key], wanted) or row[key] is (key == "height"))
        ]
        cells = row.get("cells", [])
        if not cells or not all(
            isinstance(c, list) and len(c) == 2 and all(isinstance(t, str) for t in c)
            for c in cells
        ):
            wrong.insert(0, "cells")
        for key in wrong:
            self.fault(where, "wrong-type", key)
        if wrong:
            return None
        others = {key: row[key] for key in _ROW_TYPES if key in row}
        return RowWording(tuple((c[0], c[1]) for c in cells), **others)

    def _columns(self, entry: str, columns: list[object]) -> tuple[Column, ...]:
        read: list[Column] = []
        for k, column in enumerate(columns, 1):
            match column:
                case [str() as head, int() | float() as width]:
                    read.append(Column(head, float(width)))
                case [str() as head, int() | float() as width, str() as align] if align in set(
                    Align
                ):
                    read.append(Column(head, float(width), Align(align)))
                case _:
                    self.fault(f"{entry}.{k}", "wrong-type", "head, width, align")
        return tuple(read)

    def _sizes(
        self, entry: str, shape: Shape, sizes: Mapping[str, object]
    ) -> dict[str, tuple[float, ...]]:
        read: dict[str, tuple[float, ...]] = {}
        for name, size in sizes.items():
            good = isinstance(size, list) and len(size) in _LENGTHS[shape]
            if good and all(isinstance(n, int | float) and n >= 0 for n in size):  # type: ignore[attr-defined]
                read[name] = tuple(float(n) for n in size)  # type: ignore[attr-defined]
            else:
                self.fault(f"{entry}.{name}", "wrong-type", str(size))
        return read

    def _check_wording(
        self, kind: Kind, entry: str, wording: Wording, declared: tuple[str, ...]
    ) -> set[str]:
        """Check syntax and fields of one place's wording; return the fields it uses."""
        used: set[str] = set()
        env = environment()
        for name, text in wording.texts():
            where = f"{entry}.{name}"
            for act in REPEALED:
                if act in text:
                    self.fault(where, "repealed", act)
            try:
                env.from_string(text)
                here = meta.find_undeclared_variables(env.parse(text))
            except TemplateSyntaxError as error:
                self.fault(where, "bad-syntax", f"line {error.lineno}: {error.message}")
                continue
            for field in sorted(here):
                if field not in fields_of(kind):
                    self.fault(where, "unknown-field", field)
                elif field not in declared and field not in ALWAYS:
                    self.fault(where, "undeclared-field", field)
            used |= here
        for field in sorted(KINDS[kind].must_mention - used):
            self.fault(entry, "must-mention", field)
        return used
