"""Letter templates from ``resources/letters``: read, checked, and filled in.

The wording is data; what a kind of letter must say is checked here. See ``README.md`` in that
folder for the format.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import get_args

from jinja2 import TemplateSyntaxError, meta

from desktop.notices.fields import ALWAYS, KINDS, fields_of
from desktop.notices.model import Kind, Layout
from desktop.notices.wording import environment


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Something wrong in a template file.

    ``code``: unreadable, unknown-kind, second-file, no-file, unknown-key, missing-key, wrong-type,
    bad-layout, bad-syntax, unknown-field, undeclared-field, unused-field, must-mention.
    """

    file: str
    entry: str
    code: str
    detail: str = ""


class TemplateFaults(Exception):
    """Everything wrong in the templates, all at once."""

    def __init__(self, faults: tuple[TemplateFault, ...]) -> None:
        self.faults = faults
        super().__init__(
            "\n".join(f"{f.file} [{f.entry}] {f.code}: {f.detail}".rstrip(": ") for f in faults)
        )


@dataclass(frozen=True, slots=True)
class RowWording:
    """One row of a form: pairs of label and value, and its least height in mm."""

    cells: tuple[tuple[str, str], ...]
    height: float = 13.0


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one letter, in Jinja2; a form has ``rows`` and ``notes`` instead of a body."""

    layout: str = ""
    title: str = ""
    addressee: str = ""
    body: str = ""
    attachments: str = ""
    sealed: bool = False
    copied_to: str = ""
    remark: str = ""
    printed_by: str = ""
    rows: tuple[RowWording, ...] = ()
    notes: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every Jinja2 text with the name of its entry."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and field.name != "layout":
                yield field.name, value
        for k, row in enumerate(self.rows, 1):
            for cell in row.cells:
                for text in cell:
                    yield f"rows.{k}", text


@dataclass(frozen=True, slots=True)
class Template:
    """A checked template: the wording of every place that has its own, and the common one."""

    kind: Kind
    name: str
    """The kind's name on paper (文种)."""
    fields: tuple[str, ...]
    default: Wording
    variants: Mapping[str, Wording]

    def wording(self, variant: str = "") -> Wording:
        """Return a place's wording, the common one where it has none of its own."""
        return self.variants.get(variant, self.default)


_TOP = {"kind": str, "name": str, "fields": list, "default": dict}
_LETTER_KEYS = {"layout", "title", "addressee", "body", "sealed"}
_LETTER_MAY = {"attachments", "copied_to", "remark", "printed_by"}
_FORM_KEYS = {"title", "rows"}
_FORM_MAY = {"notes"}


def load_templates(folder: Path) -> dict[Kind, Template]:
    """Read and check all templates of a folder.

    Raises:
        TemplateFaults: naming file, entry and fault, for every fault found.
    """
    faults: list[TemplateFault] = []
    templates: dict[Kind, Template] = {}
    for path in sorted(folder.glob("*.toml")):
        template = _Reader(path.name, faults).read(path)
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


@dataclass(slots=True)
class _Reader:
    """Reads one file and notes what is wrong with it."""

    file: str
    faults: list[TemplateFault]

    def _fault(self, entry: str, code: str, detail: str = "") -> None:
        self.faults.append(TemplateFault(self.file, entry, code, detail))

    def read(self, path: Path) -> Template | None:
        before = len(self.faults)
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._fault("", "unreadable", str(error))
            return None
        self._check_keys("", data, set(_TOP), {"variant"})
        for key, wanted in _TOP.items():
            if key in data and not isinstance(data[key], wanted):
                self._fault(key, "wrong-type", type(data[key]).__name__)
        if len(self.faults) > before:
            return None
        if data["kind"] not in set(Kind):
            self._fault("kind", "unknown-kind", data["kind"])
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
                self._fault("fields", "unknown-field", name)
            elif name not in used:
                self._fault("fields", "unused-field", name)
        if len(self.faults) > before:
            return None
        return Template(kind, data["name"], declared, default, variants)

    def _check_keys(
        self, entry: str, table: Mapping[str, object], must: set[str], may: set[str]
    ) -> None:
        for key in table:
            if key not in must | may:
                self._fault(entry, "unknown-key", key)
        for key in sorted(must - set(table)):
            self._fault(entry, "missing-key", key)

    def _wording(
        self, kind: Kind, entry: str, base: Wording, table: Mapping[str, object]
    ) -> Wording:
        """Read one place's wording over the common one; faults leave the base as it is."""
        form = kind is Kind.RECEIPT
        must = _FORM_KEYS if form else _LETTER_KEYS
        may = _FORM_MAY if form else _LETTER_MAY
        first = entry == "default"
        self._check_keys(entry, table, must if first else set(), may if first else must | may)
        changes: dict[str, object] = {}
        for key in (must | may) & set(table):
            value = table[key]
            if key == "rows":
                changes[key] = self._rows(entry, value)
            elif isinstance(value, bool) is (key == "sealed") and isinstance(value, bool | str):
                changes[key] = value
            else:
                self._fault(f"{entry}.{key}", "wrong-type", type(value).__name__)
        wording = replace(base, **changes)  # type: ignore[arg-type]
        if not form and wording.layout not in get_args(Layout):
            self._fault(f"{entry}.layout", "bad-layout", wording.layout)
        return wording

    def _rows(self, entry: str, value: object) -> tuple[RowWording, ...]:
        rows: list[RowWording] = []
        for k, row in enumerate(value if isinstance(value, list) else [None], 1):
            where = f"{entry}.rows.{k}"
            if not isinstance(row, dict):
                self._fault(where, "wrong-type", type(row).__name__)
                continue
            self._check_keys(where, row, {"cells"}, {"height"})
            cells = row.get("cells", [])
            height = row.get("height", RowWording(()).height)
            if not cells or not all(
                isinstance(c, list) and len(c) == 2 and all(isinstance(t, str) for t in c)
                for c in cells
            ):
                self._fault(where, "wrong-type", "cells")
            elif not isinstance(height, int | float):
                self._fault(where, "wrong-type", "height")
            else:
                rows.append(RowWording(tuple((c[0], c[1]) for c in cells), float(height)))
        return tuple(rows)

    def _check_wording(
        self, kind: Kind, entry: str, wording: Wording, declared: tuple[str, ...]
    ) -> set[str]:
        """Check syntax and fields of one place's wording; return the fields it uses."""
        used: set[str] = set()
        env = environment()
        for name, text in wording.texts():
            where = f"{entry}.{name}"
            try:
                env.from_string(text)
                here = meta.find_undeclared_variables(env.parse(text))
            except TemplateSyntaxError as error:
                self._fault(where, "bad-syntax", f"line {error.lineno}: {error.message}")
                continue
            for field in sorted(here):
                if field not in fields_of(kind):
                    self._fault(where, "unknown-field", field)
                elif field not in declared and field not in ALWAYS:
                    self._fault(where, "undeclared-field", field)
            used |= here
        for field in sorted(KINDS[kind].must_mention - used):
            self._fault(entry, "must-mention", field)
        return used
