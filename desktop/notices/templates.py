"""Letter templates as checked records; reading and checking the files is ``template_reader``."""

from collections.abc import Iterator, Mapping
from dataclasses import field, fields

from desktop.notices.model import Kind
from desktop.notices.papers import Column
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Something wrong in a template file.

    ``code``: unreadable, unknown-kind, second-file, no-file, unknown-key, missing-key, wrong-type,
    bad-layout, bad-syntax, unknown-field, undeclared-field, unused-field, must-mention, repealed.
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
    """One row of a form: pairs of label and value, its least height in mm, and when it is there.

    ``when`` is a Jinja2 text: the row is left out when nothing comes of it.
    """

    cells: tuple[tuple[str, str], ...]
    height: float = 13.0
    grow: bool = False
    sign: str = ""
    when: str = "1"


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one paper, in Jinja2; which of them it has depends on its kind's shape."""

    layout: str = ""
    title: str = ""
    addressee: str = ""
    body: str = ""
    attachments: str = ""
    sealed: bool = False
    copied_to: str = ""
    remark: str = ""
    printed_by: str = ""
    # forms and tables
    rows: tuple[RowWording, ...] = ()
    notes: str = ""
    columns: tuple[Column, ...] = ()
    left: str = ""
    right: str = ""
    empty: str = ""
    strong: tuple[str, ...] = ()
    turn: str = "landscape"
    type_size: float = 10.5
    # envelopes and labels
    name: str = ""
    place: str = ""
    postcode: str = ""
    sender: str = ""
    sender_place: str = ""
    sender_postcode: str = ""
    reference: str = ""
    suffix: str = ""
    sizes: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every Jinja2 text with the name of its entry."""
        for entry in fields(self):
            value = getattr(self, entry.name)
            if isinstance(value, str) and entry.name not in ("layout", "turn"):
                yield entry.name, value
        for k, row in enumerate(self.rows, 1):
            yield f"rows.{k}", row.when
            yield f"rows.{k}", row.sign
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
    """The fields its wordings use, without office, mark, number and dated."""
    default: Wording
    variants: Mapping[str, Wording]

    def wording(self, variant: str = "") -> Wording:
        """Return a place's wording, the common one where it has none of its own."""
        return self.variants.get(variant, self.default)
