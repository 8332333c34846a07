"""Where an office file or its backups lie (存放位置): what kind of disk, and whether that harms.

A live office file belongs on a disk inside the PC. Everything here is asked before a file is opened.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from db.errors import StorageFault
from frozen import dataclass

#: Room that must be free before a file is opened: a write-ahead log, a letter, a backup's start.
LEAST_FREE = 200 << 20

_NETWORK = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "ncpfs", "afs", "9p", "davfs", "fuse.sshfs",
    "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "glusterfs", "ceph", "vboxsf",
    "fuse.vmhgfs-fuse", "virtiofs",
))  # fmt: skip
_FAT = frozenset(("vfat", "msdos", "fat", "fat32"))
#: Folders that programs copy to other places by themselves, by a part of their name.
_CLOUD = (
    "onedrive", "dropbox", "nutstore", "坚果云", "baidunetdisk", "baidusyncdisk", "百度网盘",
    "百度云同步盘", "wpsdrive", "wps云盘", "wps 云盘", "kdocs", "金山文档", "google drive",
    "googledrive", "icloud", "iclouddrive", "weiyun", "微云", "adrive", "阿里云盘", "腾讯微云",
    "nextcloud", "owncloud", "seafile", "syncthing", "creative cloud files", "yunpan", "360云盘",
    "和彩云", "天翼云盘", "ecloud",
)  # fmt: skip
_CLOUD_MARKS = (".dropbox", ".stfolder", ".owncloudsync.log", ".nutstore")
_REMOVABLE, _REMOTE, _CDROM = 2, 4, 5


class Caution(StrEnum):
    """What speaks against a place."""

    REMOVABLE = "removable"  # U 盘、移动硬盘
    NETWORK = "network"  # 网络共享
    CLOUD = "cloud"  # 云同步文件夹
    TEMPORARY = "temporary"  # 临时文件夹


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk a folder lies on."""

    kind: Caution | None
    filesystem: str

    @property
    def fat(self) -> bool:
        """Whether it takes no file of 4 GiB or more (FAT32)."""
        return self.filesystem.lower() in _FAT


def cautions(path: Path) -> tuple[Caution, ...]:
    """Return what speaks against a place for a live office file; nothing is written."""
    found = [disk(path).kind]
    found.append(Caution.CLOUD if in_cloud(path, os.environ) else None)
    found.append(Caution.TEMPORARY if is_temporary(path, tempfile.gettempdir()) else None)
    return tuple(one for one in found if one is not None)


def proposed(folders: Sequence[Path]) -> Path:
    """Return the first of some folders that does a new office file good; if none does, the last.

    A folder that does not exist yet counts as what it would be made in.
    """
    for folder in folders:
        if not cautions(folder / "x") and is_writable(_existing(folder)):
            return folder
    return folders[-1]


def require_room(path: Path, code: str = "no_room") -> None:
    """Check that a disk has room before a file is opened or filled: an open one may not go on.

    Raises:
        StorageFault: ``no_room`` with how much is free and how much is needed, in MB.
    """
    folder = _existing(path)
    try:
        size = path.stat().st_size if path.is_file() else 0
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # what is wrong with it, the opening will say
    wanted = max(LEAST_FREE, 2 * size)
    if free < wanted:
        raise StorageFault(code, str(folder), free=str(free >> 20), wanted=str(wanted >> 20))


def has_room_to_spare(path: Path) -> bool:
    """Say whether a disk has room for what can wait; the last of it is for the clerk's own work."""
    try:
        return shutil.disk_usage(_existing(path)).free >= LEAST_FREE
    except OSError:
        return True  # what is wrong with it, the writing will say


def is_writable(folder: Path) -> bool:
    """Say whether a folder takes a new file, by making one: rights alone do not say it."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def disk(path: Path) -> Disk:
    """Return the disk a path lies on, also when it does not exist yet."""
    if sys.platform == "win32":
        return _windows_disk(path)
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "replace")
    except OSError:
        return Disk(None, "")
    return linux_disk(_existing(path).resolve(), mounts, _is_usb)


def linux_disk(path: Path, mounts: str, usb: Callable[[str], bool]) -> Disk:
    """Find the disk of a path in the system's table of mounts.

    Args:
        path: an absolute path.
        mounts: the text of /proc/self/mounts.
        usb: says of a device whether it can be pulled out.
    """
    best = ("", "", "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        where = parts[1]
        if "\\" in where:  # a space and the like, as its number in base eight
            where = where.encode().decode("unicode_escape").encode("latin-1").decode("utf-8")
        if path.is_relative_to(where) and len(where) >= len(best[1]):
            best = (parts[0], where, parts[2])
    device, _where, filesystem = best
    kind: Caution | None = None
    if filesystem in _NETWORK or filesystem.startswith("fuse.smb"):
        kind = Caution.NETWORK
    elif device.startswith("/dev/") and usb(device):
        kind = Caution.REMOVABLE
    return Disk(kind, filesystem)


def _is_usb(device: str) -> bool:
    """Whether a device hangs on USB or says of itself that it is removable."""
    name = Path(device).resolve().name
    block = Path("/sys/class/block") / name
    try:
        chain = block.resolve()
    except OSError:
        return False
    if "/usb" in str(chain):
        return True
    for folder in (chain, chain.parent):
        flag = folder / "removable"
        if flag.is_file() and not name.startswith(("loop", "sr")):
            return flag.read_text("ascii", "replace").strip() == "1"
    return False


def _windows_disk(path: Path) -> Disk:
    """Ask Windows for the kind and the file system of a drive."""
    import ctypes

    root = Path(os.path.abspath(path)).anchor  # noqa: PTH100 - resolve() would ask the network
    if root.startswith("\\\\"):
        return Disk(Caution.NETWORK, "")
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    kind = int(kernel.GetDriveTypeW(ctypes.c_wchar_p(root)))
    name = ctypes.create_unicode_buffer(64)
    known = kernel.GetVolumeInformationW(
        ctypes.c_wchar_p(root), None, 0, None, None, None, name, len(name)
    )
    return Disk(windows_kind(kind), name.value if known else "")


def windows_kind(kind: int) -> Caution | None:
    """Return what GetDriveTypeW's answer means for us."""
    if kind in (_REMOVABLE, _CDROM):
        return Caution.REMOVABLE
    return Caution.NETWORK if kind == _REMOTE else None


def in_cloud(path: Path, environment: Mapping[str, str]) -> bool:
    """Say whether a folder is one that another program copies to the net by itself."""
    named = [environment[key] for key in environment if key.lower().startswith("onedrive")]
    if any(one and path.is_relative_to(one) for one in named):
        return True
    if any(mark in part.lower() for part in path.parent.parts for mark in _CLOUD):
        return True
    return any((folder / mark).exists() for folder in path.parents for mark in _CLOUD_MARKS)


def is_temporary(path: Path, folder: str) -> bool:
    """Say whether a file lies where the system or an unpacking program cleans up."""
    return path.is_relative_to(folder) or any(
        part.lower().startswith(("rar$", "7zo", "temp1_", "bnz.")) for part in path.parent.parts
    )


def _existing(path: Path) -> Path:
    """The nearest folder above a path that exists."""
    folder = path.absolute()
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
