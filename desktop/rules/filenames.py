"""Names of files that leave the program (文件名): nothing that Windows refuses or that misleads.

Windows takes some names for devices, drops dots and blanks at the end, and reads a colon as the
name of a hidden stream; characters that turn the reading direction let a program look like a letter.
"""

import unicodedata

#: Longest name in characters; with a folder before it, Windows still opens it everywhere.
LONGEST = 120

_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    + [f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"]
)
_FORBIDDEN = frozenset('<>:"/\\|?*')
_LONGEST_ENDING = 10


def safe_name(name: str, fallback: str = "附件") -> str:
    """Return a name under which a file can be kept on every system, with its ending.

    Args:
        name: as it was given, perhaps with a folder before it.
        fallback: what it is called when nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(_shown(ch) for ch in last).strip(" .　")
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = shown, "", ""
    stem = stem.rstrip(" .　") or fallback
    if stem.split(".")[0].strip().upper() in _DEVICES:
        stem = f"_{stem}"
    return stem[: LONGEST - len(dot) - len(ending)].rstrip(" .　") + dot + ending


def _shown(ch: str) -> str:
    """Return what stands for a character: itself, a low line, or nothing if it can not be seen."""
    if ch in _FORBIDDEN:
        return "_"
    if unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return ""
    return ch
