"""The choice of fonts, which an office keeps whether or not a letter is ever made."""

from enum import StrEnum


class FontChoice(StrEnum):
    """Which fonts to print with."""

    BUNDLED = "bundled"  # the same bytes on every machine
    SYSTEM = "system"  # the PC's own where they may be embedded
