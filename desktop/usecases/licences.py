"""The licences of the program and of everything that came with it, as its data file lists them."""

from pathlib import Path

import msgspec

from desktop import paths


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One library, font, set of icons or table; `texts` are files under resources with the full texts."""

    name: str
    licence: str
    versions: str = ""
    purpose: str = ""
    holder: str = ""
    note: str = ""
    files: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


class Licences(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that is named under 关于."""

    program: Part
    libraries: tuple[Part, ...]
    indirect: tuple[Part, ...]
    fonts: tuple[Part, ...]
    icons: tuple[Part, ...]
    data: tuple[Part, ...]


def read_licences(resources: Path | None = None) -> Licences:
    """Return the licences.

    Args:
        resources: the folder of the program's data, the program's own if left out.
    """
    folder = resources or paths.resources()
    text = (folder / "licences.toml").read_bytes()
    return msgspec.toml.decode(text, type=Licences)


def licence_text(name: str) -> str:
    """Return the full text of a licence by its file's name under resources."""
    return (paths.resources() / name).read_text(encoding="utf-8")
