"""What is said of a place that does an office file no good (存放位置)."""

from pathlib import Path

from desktop.text import N_, _
from desktop.usecases import places
from desktop.usecases.door import KINDS
from desktop.usecases.places import Caution

_CAUTIONS = {
    Caution.REMOVABLE: N_(
        "这个数据文件在 U 盘或者移动硬盘上：拔盘、掉电都可能损坏它。"
        "请把它复制到这台电脑的硬盘上再用，U 盘只放备份。"
    ),
    Caution.NETWORK: N_(
        "这个数据文件在网络共享上：网络一断就可能损坏。请把它放到这台电脑的硬盘上再用。"
    ),
    Caution.CLOUD: N_(
        "这个文件夹会自动同步到网上：数据会离开本单位，文件也可能被同步弄坏。请换一个文件夹。"
    ),
    Caution.TEMPORARY: N_("这个文件夹是临时的，系统会自动清理。请把数据文件放到别的文件夹。"),
}


def file_kinds() -> str:
    """Return what a dialog that opens an office file offers."""
    kinds = " ".join(f"*{kind}" for kind in KINDS)
    return _("阳光台账数据文件 ({kinds});;所有文件 (*)").format(kinds=kinds)


def place_words(path: Path) -> str:
    """Return what speaks against a place, as sentences; empty if nothing does."""
    return " ".join(_(_CAUTIONS[one]) for one in places.cautions(path))
