"""The program on this PC, as the composition root knows it: its file, its own folder, its registry."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.text import _
from frozen import dataclass

if TYPE_CHECKING:
    from desktop.usecases.association import Registry


class Portable(StrEnum):
    """Whether the program keeps its own things beside itself (便携)."""

    NO = "no"
    YES = "yes"
    READ_ONLY = "read_only"  # a marker lies there, but nothing can be written


@dataclass(frozen=True, slots=True)
class ThisPc:
    """The program on this PC; the composition root says so once.

    Args:
        program: the file that was started; None if it is run by a Python.
        data: where settings and log lie.
        portable: whether that is beside the program.
        registry: what knows which program opens a file; None where there is none.
    """

    program: Path | None = None
    data: Path | None = None
    portable: Portable = Portable.NO
    registry: "Registry | None" = None

    @property
    def can_associate(self) -> bool:
        """Whether a double click can be set: not for a program that goes away with its stick."""
        from desktop.usecases import places

        return (
            self.registry is not None
            and self.program is not None
            and places.disk(self.program).kind is None
        )


_known = ThisPc()


def use(here: ThisPc) -> None:
    """Say once what the pages tell of this PC."""
    global _known
    _known = here


def here() -> ThisPc:
    """Return what is known of this PC."""
    return _known


def portable_words() -> str:
    """Return what is to be said when the program shall be portable and can not; else nothing."""
    if _known.portable is not Portable.READ_ONLY or _known.program is None:
        return ""
    return _(
        "程序旁边放了便携标记，但是那里写不进去（只读的 U 盘或者文件夹）："
        "设置和日志这次放在当前用户的文件夹里。"
    )
