"""Finding the PC's own fonts for letters and reading whether they may be embedded."""

import os
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from frozen import dataclass


class Role(StrEnum):
    """What a font is used for; the value is its bundled file."""

    BODY = "NoticeFang.ttf"  # 仿宋
    TITLE = "NoticeTitle.ttf"  # 小标宋
    HEADING = "NoticeHei.ttf"  # 黑体
    KAI = "NoticeKai.ttf"  # 楷体
    SONG = "NoticeSong.ttf"  # 宋体: page numbers, Latin and digits
    RARE = "NoticeFallback.ttf"  # characters the others lack


def _founders(name: str, code: str) -> tuple[str, ...]:
    """Return the names under which FounderType (方正) delivers a face: 简体 first, then GBK."""
    return (
        *(f"{code}jw.ttf", f"{name}简体.ttf", f"{name}简.ttf", f"{code}jw--gb1-0.ttf"),
        *(f"{code}k.ttf", f"{name}_gbk.ttf", f"{code}k--gbk1-0.ttf"),
    )


_FILES: Mapping[Role, tuple[str, ...]] = {
    Role.BODY: (
        *("simfang.ttf", "仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "仿宋.ttf"),
        *_founders("方正仿宋", "fzfs"),
    ),
    Role.TITLE: _founders("方正小标宋", "fzxbs"),
    Role.HEADING: ("simhei.ttf", "黑体.ttf", *_founders("方正黑体", "fzht")),
    Role.KAI: (
        *("simkai.ttf", "楷体_gb2312.ttf", "kaiti_gb2312.ttf", "楷体.ttf"),
        *_founders("方正楷体", "fzkt"),
    ),
    Role.SONG: ("simsun.ttc", "simsun.ttf", *_founders("方正书宋", "fzss")),
}
"""File names as Windows and the foundries give them, in lower case, the best first."""
_EXTRA = ("simsun.ttc", "simsun.ttf", "simsunb.ttf", "simsunextg.ttf")
"""Large fonts asked last for characters that nothing else has."""
_COLLECTION_NAMES = frozenset({"SimSun", "宋体"})
"""Which font of a collection is meant; the others have other widths."""

_RESTRICTED, _OPEN = 0x0002, 0x000C
_NO_SUBSET, _BITMAP_ONLY = 0x0100, 0x0200


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font on the PC that may be used; ``index`` is its place in a collection."""

    path: Path
    index: int

    @property
    def label(self) -> str:
        """Its file name, with the place in a collection: simsun.ttc#0."""
        collection = self.path.suffix.lower() == ".ttc"
        return f"{self.path.name}#{self.index}" if collection else self.path.name


@dataclass(frozen=True, slots=True)
class Refused:
    """A font of the PC that is not used. ``reason``: restricted, no-subset, bitmap-only,
    postscript, unreadable; ``role`` is None where only loading it showed the fault.
    """

    file: str
    reason: str
    detail: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class SystemFonts:
    """The usable fonts of a PC by role, the large ones asked last, and those refused."""

    roles: Mapping[Role, tuple[FontFile, ...]]
    extra: tuple[FontFile, ...]
    refused: tuple[Refused, ...]


def folders() -> tuple[Path, ...]:
    """Return where this PC keeps its fonts: all users' and the user's own."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        windows = os.environ.get("WINDIR", r"C:\Windows")
        return (Path(windows) / "Fonts", Path(local) / "Microsoft" / "Windows" / "Fonts")
    share = os.environ.get("XDG_DATA_HOME", str(home / ".local" / "share"))
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path(share) / "fonts")


def find_fonts(places: Sequence[Path]) -> SystemFonts:
    """Look through font folders for the files of each role and check that each may be used."""
    wanted = {name for names in _FILES.values() for name in names} | set(_EXTRA)
    found: dict[str, Path] = {}
    for path in _files_under(places):
        if path.name.lower() in wanted:
            found.setdefault(path.name.lower(), path)
    refused: list[Refused] = []
    roles: dict[Role, tuple[FontFile, ...]] = {}
    for role, names in _FILES.items():
        checked = (_checked(found[name], role, refused) for name in names if name in found)
        roles[role] = tuple(file for file in checked if file)
    extra = (_checked(found[name], None, []) for name in _EXTRA if name in found)
    return SystemFonts(roles, tuple(file for file in extra if file), tuple(refused))


def _files_under(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        for folder, _, names in os.walk(place):
            for name in sorted(names):
                yield Path(folder) / name


def _checked(path: Path, role: Role | None, refused: list[Refused]) -> FontFile | None:
    """Return the font if it can and may be embedded, else note why not."""
    from fontTools.ttLib import TTFont, TTLibError  # slow, and needed on few PCs

    try:
        with path.open("rb") as file:
            index = _place_in_collection(file) if path.suffix.lower() == ".ttc" else 0
            file.seek(0)
            reason = refusal(TTFont(file, fontNumber=index, lazy=True))
    except (
        OSError,
        TTLibError,
        LookupError,
        ValueError,
        AssertionError,
        OverflowError,
        MemoryError,
        struct.error,
    ) as error:
        refused.append(Refused(path.name, "unreadable", str(error), role))
        return None
    if reason:
        refused.append(Refused(path.name, reason, role=role))
        return None
    return FontFile(path, index)


def _place_in_collection(file: BinaryIO) -> int:
    from fontTools.ttLib import TTCollection

    for place, font in enumerate(TTCollection(file, lazy=True).fonts):
        if font["name"].getDebugName(1) in _COLLECTION_NAMES:
            return place
    return 0


def refusal(font: Any) -> str:
    """Return why a font may not or cannot be embedded, nothing if it may.

    The embedding bits are those of OS/2 fsType (OpenType): 2 forbids embedding unless a freer bit
    is set beside it, 0x0100 forbids subsets, 0x0200 allows bitmaps only.
    """
    if font.sfntVersion == "OTTO" or "glyf" not in font:
        return "postscript"
    bits: int = font["OS/2"].fsType
    if bits & _RESTRICTED and not bits & _OPEN:
        return "restricted"
    if bits & _NO_SUBSET:
        return "no-subset"
    return "bitmap-only" if bits & _BITMAP_ONLY else ""
