"""A Debian folder with Wine in it, where programs for Windows run without touching this machine.

Debian 13's Wine is the oldest that Qt 6 runs under. The folder is made by debootstrap, which takes
only what Debian's archive key has signed; the versions are those of that release. Each run has
mounts, processes and a network (none) of its own, which are gone when it ends.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from dev import Stopped, quietly, say

SUITE = "trixie"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PACKAGES = ("wine", "wine64", "xvfb", "xauth", "locales", "fonts-noto-cjk")
OLDEST_WINE = 10

#: Where things lie inside: the Wine prefix, and whatever a run is given.
PREFIX = "/wine"
GIVEN = "/mnt"

#: The first process of a run: mounts, then the folder becomes the root. Mounts vanish with it.
ENTER = r"""
set -e
root="$1"; shift
mount --make-rprivate / 2>/dev/null || true  # inside another chroot it is no mount
mount --bind "$root" "$root"
mount --make-private "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/mnt"
while [ "$1" != -- ]; do
    mkdir -p "$root$2"; mount --bind "$1" "$root$2"; shift 2
done
shift
exec chroot "$root" "$@"
"""

#: Inside: a screen, Wine, and its server given the time to put everything down.
RUN_WINE = r"""
mkdir -p -m 700 "$XDG_RUNTIME_DIR"
cd "$1"; shift
echo | xvfb-run -a -s '-screen 0 1600x1000x24' /usr/lib/wine/wine64 "$@"
code=$?
timeout 60 /usr/lib/wine/wineserver64 -w 2>/dev/null || true
exit $code
"""


class Wine:
    """Wine in its Debian folder."""

    def __init__(self, debian: Path, prefix: Path) -> None:
        """Take the folders; `prepare` makes them."""
        self.debian, self.prefix = debian, prefix

    def prepare(self) -> None:
        """Make what is not there yet.

        Raises:
            Stopped: it can not be had, with the reason.
        """
        if not self.debian.exists():
            self._make_debian()
        version = self.version()
        if int(version.partition(".")[0]) < OLDEST_WINE:
            raise Stopped("Wine 版本太旧 / this Wine is too old: " + version)
        say("  Wine " + version)
        if not self.prefix.exists():
            say("  建立 Wine 环境 / making the Wine prefix")
            part = _fresh(self.prefix)
            self._wine(["wineboot", "--init"], part, {}, {}, GIVEN, None, 300)
            part.rename(self.prefix)

    def _make_debian(self) -> None:
        say("  用 debootstrap 建立 Debian 13 目录 / making a Debian 13 folder")
        part = _fresh(self.debian)
        mirror = _mirror()
        quietly(
            ["debootstrap", "--variant=minbase", "--force-check-gpg", "--keyring=" + str(KEYRING),
             SUITE, str(part), *([mirror] if mirror else [])]
        )  # fmt: skip
        # Nothing that gets installed may start a service.
        policy = part / "usr" / "sbin" / "policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n", "ascii")
        policy.chmod(0o755)
        say("  在其中安装 Wine / installing Wine in it")
        install = (
            "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q "
            "--no-install-recommends " + " ".join(PACKAGES) + " && apt-get clean && "
            "localedef -i zh_CN -f UTF-8 zh_CN.UTF-8"
        )
        quietly(_inside(part, {}, ["sh", "-c", install], network=True))
        part.rename(self.debian)

    def version(self) -> str:
        """Return Wine's version as Debian has packaged it: 10.0~repack-6."""
        found = subprocess.run(
            _inside(self.debian, {}, ["dpkg-query", "-W", "-f", "${Version}", "wine64"]),
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
        return found.stdout.decode().strip() or "0"

    def run(
        self,
        command: Sequence[str],
        given: Mapping[Path, str],
        environment: "Mapping[str, str] | None" = None,
        *,
        folder: str = GIVEN,
        log: "Path | None" = None,
        minutes: float = 30,
    ) -> int:
        """Run a program for Windows; returns its exit code.

        Args:
            command: the program and its arguments, with paths as Windows sees them.
            given: folders of this machine, and where they lie inside (`Z:` on Windows).
            environment: variables for the program.
            folder: where it starts, as Linux sees it.
            log: where its words go; without it they are shown when it fails.
            minutes: how long it may take before it is ended.
        """
        return self._wine(
            list(command), self.prefix, given, environment or {}, folder, log, minutes * 60
        )

    def _wine(
        self,
        command: "list[str]",
        prefix: Path,
        given: Mapping[Path, str],
        environment: Mapping[str, str],
        folder: str,
        log: "Path | None",
        seconds: float,
    ) -> int:
        settings = {
            "HOME": "/root",
            "LANG": "zh_CN.UTF-8",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "WINEPREFIX": PREFIX,
            "WINEDEBUG": "-all",
            # Neither Mono nor Gecko is wanted, nor entries in anybody's menu.
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
            "XDG_RUNTIME_DIR": "/tmp/runtime",
            **environment,
        }
        words = ["env", "-i", *(f"{name}={value}" for name, value in settings.items())]
        words += ["sh", "-c", RUN_WINE, "wine", folder, *command]
        begun = time.monotonic()
        try:
            done = subprocess.run(
                _inside(self.debian, {prefix: PREFIX, **given}, words),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                timeout=seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            _keep(log, late.stdout or b"")
            raise Stopped(
                "超过时限仍未结束，已终止 / still running after "
                f"{time.monotonic() - begun:.0f} s, ended: {command[0]}"
            ) from late
        _keep(log, done.stdout)
        if done.returncode and log is None:
            say(done.stdout.decode("utf-8", "replace").rstrip())
        return done.returncode


def why_not() -> str:
    """Say what this machine lacks for Wine, empty if nothing."""
    if os.geteuid() != 0:
        return "需要 root 才能建立 Debian 目录 / root is needed to make a Debian folder"
    missing = [name for name in ("debootstrap", "unshare", "chroot") if not shutil.which(name)]
    if not KEYRING.exists():
        missing.append("debian-archive-keyring")
    return "缺少 / missing: " + ", ".join(missing) if missing else ""


def _inside(
    debian: Path, given: Mapping[Path, str], words: Sequence[str], *, network: bool = False
) -> "list[str]":
    """The command that runs `words` in the folder, in namespaces of its own."""
    apart = ["--mount", "--propagation", "unchanged", "--pid", "--ipc", "--fork", "--kill-child"]
    apart += [] if network else ["--net"]
    binds = [word for pair in given.items() for word in (str(pair[0]), pair[1])]
    return ["unshare", *apart, "sh", "-c", ENTER, "enter", str(debian), *binds, "--", *words]


def _fresh(folder: Path) -> Path:
    """An empty folder that gets its name when everything in it is in place."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return part


def _keep(log: "Path | None", said: bytes) -> None:
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(said)


def _mirror() -> str:
    """Where this machine gets Debian from, if it is a Debian; else debootstrap knows a place."""
    if not shutil.which("apt-get"):
        return ""
    found = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)"],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    for line in found.stdout.decode("utf-8", "replace").splitlines():
        origin, label, uri = line.split(" ", 2)
        if origin == label == "Debian":
            return uri.rstrip("/")
    return ""
