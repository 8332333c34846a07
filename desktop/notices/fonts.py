"""Which font prints which character: the PC's own fonts if asked for, the bundled ones, fallbacks."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFError

from desktop.notices.choice import FontChoice as FontChoice
from desktop.notices.faces import Face, glyph_box, load_face
from desktop.notices.model import MissingGlyph, refuse_hidden
from desktop.notices.system_fonts import FontFile, Refused, SystemFonts, find_fonts
from desktop.notices.system_fonts import Role as Role  # part of this module for all others
from desktop.notices.system_fonts import folders as system_folders
from desktop.paths import resources
from frozen import dataclass

ASCENT = 0.88
"""Share of the em box (字框) above the baseline, as nearly all Han fonts have it."""
_WIDTHS = 4096
"""Texts whose width is kept."""
RARE_SCALE = 0.97
"""The fallback face fills its box more than 仿宋; any smaller and readers see gaps as spaces."""

CLOSING = frozenset("，。、；：？！）》〉】〕〗』」｝］”’")
"""Marks whose right half is empty."""
OPENING = frozenset("（《〈【〔〖『「｛［“‘")
"""Marks whose left half is empty."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character ready to print; all lengths in points.

    ``width`` is what it takes on the line, ``advance`` what its font says, ``left``/``right`` how
    much of ``width`` may be squeezed away on that side.
    """

    char: str
    font: str
    size: float
    advance: float
    width: float
    left: float
    right: float
    scale: float


@dataclass(frozen=True, slots=True)
class FontInUse:
    """What a role is printed with, and the files of the PC that were passed over."""

    role: Role
    file: str
    own: bool
    """The file belongs to the PC, not to the program."""
    refused: tuple[Refused, ...] = ()


class FontBook:
    """A set of fonts, each read from disk when first needed and registered once.

    ``system`` fonts come before the bundled ones of ``folder``. A character is looked for in the
    role's own font, the bundled one, 仿宋, the fallback faces, and last in the PC's large fonts.
    """

    def __init__(
        self, folder: Path, system: SystemFonts | None = None, base: "FontBook | None" = None
    ) -> None:
        self._folder = folder
        self._system = system or SystemFonts({}, (), ())
        self._base = base
        self._faces: dict[str, Face] = {}
        self._files: dict[str, str] = {}
        self._own: dict[Role, str | None] = {}
        self._extra: tuple[str, ...] | None = None
        self._refused: list[Refused] = list(self._system.refused)
        self._glyphs: dict[tuple[str, Role, float, float], Glyph] = {}
        self._fonts: dict[tuple[str, Role], str] = {}
        self._widths: dict[tuple[str, Role], float] = {}
        self._boxes: dict[tuple[str, Role], tuple[float, float]] = {}
        self._known = {"\n"}
        self._dash: float | None = None

    def face(self, role: Role) -> Any:
        """Return ReportLab's face of a bundled role, loading it on first use.

        Raises:
            OSError: the font file is missing.
        """
        if self._base is not None:
            return self._base.face(role)
        if role.name not in self._faces:
            self._faces[role.name] = load_face(role.name, self._folder / role.value)
        return self._faces[role.name]

    def _own_font(self, role: Role) -> str | None:
        """Return the registered name of the PC's font for a role, None if it has none."""
        if role not in self._own:
            self._own[role] = None
            for file in self._system.roles.get(role, ()):
                if name := self._load(file):
                    self._own[role] = name
                    break
        return self._own[role]

    def _extra_fonts(self) -> tuple[str, ...]:
        if self._extra is None:
            loaded = (self._load(file) for file in self._system.extra)
            self._extra = tuple(name for name in loaded if name)
        return self._extra

    def _load(self, file: FontFile) -> str | None:
        name = f"PC:{file.label}"
        if name not in self._faces:
            try:
                self._faces[name] = load_face(name, file.path, file.index)
            except (OSError, TTFError) as error:
                self._refused.append(Refused(file.label, "unreadable", str(error)))
                return None
            self._files[name] = file.label
        return name

    def _named(self, name: str) -> Any:
        return self._faces[name] if name in self._faces else self.face(Role[name])

    def font_of(self, char: str, wanted: Role) -> str:
        """Return the registered name of the font that prints the character in a role.

        Half-width letters and digits of the bundled 仿宋 and 楷体 come from 宋体, whose digits are
        exactly half a cell; quotes of that 楷体 are narrow Latin ones and come from 仿宋.

        Raises:
            MissingGlyph: no font has the character.
        """
        found = self._fonts.get((char, wanted))
        if found is None:
            found = self._fonts[char, wanted] = self._find_font(char, wanted)
        return found

    def _find_font(self, char: str, wanted: Role) -> str:
        code = ord(char)
        if wanted is Role.KAI and char in "“”‘’—…·":
            wanted = Role.BODY
        own = self._own_font(wanted)
        if own and self._has(own, code):
            return own
        if wanted in (Role.BODY, Role.KAI) and 0x21 <= code < 0x7F:
            return Role.SONG.name
        for role in (wanted, Role.BODY, Role.RARE, Role.SONG):
            if code in self.face(role).charToGlyph:
                return role.name
        for name in self._extra_fonts():
            if self._has(name, code):
                return name
        raise MissingGlyph((char,))

    def _has(self, name: str, code: int) -> bool:
        return code in self._named(name).charToGlyph

    def files(self, used: Collection[str]) -> tuple[str, ...]:
        """Return the files of the fonts with these registered names, the PC's own first."""
        own = tuple(label for name, label in self._files.items() if name in used)
        return own + tuple(role.value for role in Role if role.name in used)

    def in_use(self) -> tuple[FontInUse, ...]:
        """Return what each role is printed with, for 关于 and the settings."""
        found = []
        for role in Role:
            own = self._own_font(role)
            refused = tuple(r for r in self._refused if r.role in (role, None))
            file = self._files[own] if own else role.value
            found.append(FontInUse(role, file, own is not None, refused))
        return tuple(found)

    def require(self, text: str) -> None:
        """Make sure that every character of the text can be printed.

        Raises:
            ControlCharacter, HiddenCharacter: see :func:`refuse_hidden`.
            MissingGlyph: characters that no font has, each named once.
        """
        if self._known.issuperset(text):
            return
        chars = [c for c in dict.fromkeys(text) if c not in self._known]
        refuse_hidden("".join(chars))
        if missing := tuple(c for c in chars if not self._printable(c)):
            raise MissingGlyph(missing)
        self._known.update(chars)

    def _printable(self, char: str) -> bool:
        code = ord(char)
        if any(code in self.face(r).charToGlyph for r in (Role.BODY, Role.RARE, Role.SONG)):
            return True
        return any(self._has(name, code) for name in self._extra_fonts())

    def glyph(self, char: str, wanted: Role, size: float, em: float) -> Glyph:
        """Return the character at ``size`` points where a Han character takes ``em`` points."""
        key = (char, wanted, size, em)
        found = self._glyphs.get(key)
        if found is None:
            found = self._glyphs[key] = self._make(char, wanted, size, em)
        return found

    def _make(self, char: str, wanted: Role, size: float, em: float) -> Glyph:
        font = self.font_of(char, wanted)
        advance: float = self._named(font).getCharWidth(ord(char)) * size / 1000
        width = advance * em / size
        shrunk = font == Role.RARE.name and wanted in (Role.BODY, Role.KAI) and ord(char) >= 0x3400
        return Glyph(
            char=char,
            font=font,
            size=size,
            advance=advance,
            width=width,
            left=width / 2 if char in OPENING else 0.0,
            right=width / 2 if char in CLOSING else 0.0,
            scale=RARE_SCALE if shrunk else 1.0,
        )

    def width(self, text: str, role: Role) -> float:
        """Return the natural width of text in ems."""
        found = self._widths.get((text, role))
        if found is None:
            if len(self._widths) > _WIDTHS:
                self._widths.clear()
            found = sum(self.glyph(char, role, 1.0, 1.0).advance for char in text)
            self._widths[text, role] = found
        return found

    def is_rare(self, font: str) -> bool:
        """Tell whether a registered name is that of a fallback face."""
        return font == Role.RARE.name or font in (self._extra or ())

    def ink(self, text: str, wanted: Role, size: float) -> tuple[float, float]:
        """Return how far the ink of the text reaches above and below the baseline, in points."""
        high = low = 0.0
        for char in text:
            box = self._boxes.get((char, wanted))
            if box is None:
                face = self._named(self.font_of(char, wanted))
                box = self._boxes[char, wanted] = glyph_box(face, char)
            low, high = min(low, box[0]), max(high, box[1])
        return high * size, low * size

    def dash_centre(self, size: float) -> float:
        """Return the height of a page number's dash (一字线) above the baseline, in points."""
        if self._dash is None:
            low, high = glyph_box(self._named(self.font_of("—", Role.SONG)), "—")
            self._dash = (low + high) / 2
        return self._dash * size


@lru_cache(maxsize=1)
def bundled() -> FontBook:
    """Return the fonts that come with the program (one set for the process)."""
    return FontBook(resources() / "fonts")


@lru_cache(maxsize=2)
def _with_system(folders: tuple[Path, ...]) -> FontBook:
    return FontBook(resources() / "fonts", find_fonts(folders), bundled())


def book_of(choice: FontChoice) -> FontBook:
    """Return the fonts of a choice; the PC's folders are looked through once."""
    return _with_system(system_folders()) if choice is FontChoice.SYSTEM else bundled()


def fonts_in_use(choice: FontChoice) -> tuple[FontInUse, ...]:
    """Return what each role is printed with under a choice."""
    return book_of(choice).in_use()
