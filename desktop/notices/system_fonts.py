"""Finding the PC's own fonts for letters and reading whether they may be embedded."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO


class Role(StrEnum):
    """What a font is used for; the value is its bundled file."""

    BODY = "NoticeFang.ttf"  # 仿宋
    TITLE = "NoticeTitle.ttf"  # 小标宋
    HEADING = "NoticeHei.ttf"  # 黑体
    KAI = "NoticeKai.ttf"  # 楷体
    SONG = "NoticeSong.ttf"  # 宋体: page numbers, Latin and digits
    RARE = "NoticeFallback.ttf"  # characters the others lack


_FILES: Mapping[Role, tuple[str, ...]] = {
    Role.BODY: ("simfang.ttf", "仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "fzfsk.ttf", "fzfsjw.ttf"),
    Role.TITLE: ("fzxbsjw.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "fzxbsk.ttf"),
    Role.HEADING: ("simhei.ttf", "fzhtk.ttf", "fzhtjw.ttf"),
    Role.KAI: ("simkai.ttf", "楷体_gb2312.ttf", "kaiti_gb2312.ttf", "fzktk.ttf", "fzktjw.ttf"),
    Role.SONG: ("simsun.ttc", "simsun.ttf", "fzsjw.ttf"),
}
"""File names as Windows and the foundries give them, in lower case, the best first."""
_EXTRA = ("simsun.ttc", "simsun.ttf", "simsunb.ttf", "simsunextg.ttf")
"""Large fonts asked last for characters that nothing else has."""
_COLLECTION_NAME = "SimSun"
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
    except (OSError, TTLibError, KeyError, ValueError, AssertionError) as error:
        refused.append(Refused(path.name, "unreadable", str(error), role))
        return None
    if reason:
        refused.append(Refused(path.name, reason, role=role))
        return None
    return FontFile(path, index)


def _place_in_collection(file: BinaryIO) -> int:
    from fontTools.ttLib import TTCollection

    for place, font in enumerate(TTCollection(file, lazy=True).fonts):
        if font["name"].getDebugName(1) == _COLLECTION_NAME:
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
