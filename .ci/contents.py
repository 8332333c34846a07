"""What the Windows program carries and what it leaves behind; read by build.spec."""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime
from fnmatch import fnmatchcase
from importlib import metadata
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: Modules that something we use asks for, but that our program never reaches.
MODULES_LEFT_OUT = (
    # Parts of Qt that no window of ours is made of.
    *(f"PySide6.Qt{part}" for part in (
        "3DAnimation", "3DCore", "3DExtras", "3DInput", "3DLogic", "3DRender", "Bluetooth",
        "Charts", "Concurrent", "DataVisualization", "DBus", "Designer", "Graphs", "Help",
        "HttpServer", "Location", "Multimedia", "MultimediaWidgets", "NetworkAuth", "Nfc",
        "OpenGL", "OpenGLWidgets", "Positioning", "Qml", "Quick", "Quick3D", "QuickControls2",
        "QuickTest", "QuickWidgets", "RemoteObjects", "Scxml", "Sensors", "SerialBus",
        "SerialPort", "SpatialAudio", "Sql", "StateMachine", "SvgWidgets", "Test",
        "TextToSpeech", "UiTools", "WebChannel", "WebEngineCore", "WebEngineQuick",
        "WebEngineWidgets", "WebSockets", "WebView", "Xml",
    )),
    # Other windows, plots, shells and tools.
    "tkinter", "_tkinter", "turtle", "idlelib", "IPython", "matplotlib", "numpy", "pandas",
    "PyQt5", "PyQt6", "PySide2", "curses", "readline",
    # What builds, installs and tests.
    "pip", "setuptools", "pkg_resources", "wheel", "distutils", "ensurepip", "venv", "lib2to3",
    "pytest", "unittest", "doctest", "pdb", "test",
    # Parts of libraries: pictures on a Tk window, an object model for fonts in Quartz, a command
    # line for the database, languages and hyphenation that letters do without.
    "PIL.ImageTk", "PIL.ImageQt", "PIL.ImageGrab", "PIL.AvifImagePlugin", "PIL._avif",
    "pypdfium2_cli", "sqlite_utils.cli", "lxml.isoschematron", "lxml.html", "lxml.objectify",
    "pyphen", "rlPyCairo", "renderPM",
    # The program knows only the PC's own time.
    "tzdata",
)  # fmt: skip

#: Of Qt's own files, only these are kept of the kinds named below.
QT_PLUGINS = (
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",  # the self-test, and a PC without a session
    "styles/qmodernwindowsstyle.dll",
    "imageformats/qjpeg.dll",
    "imageformats/qsvg.dll",
    "imageformats/qico.dll",
    "iconengines/qsvgicon.dll",
    "printsupport/*.dll",
)
QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qtbase_en.qm")
QT_LEFT_OUT = (
    "opengl32sw.dll",  # a graphics card in software; no window of ours draws with OpenGL
    "d3dcompiler_*.dll",
    "Qt6Qml*.dll",
    "Qt6Quick*.dll",
    "Qt6VirtualKeyboard*.dll",
    "Qt6OpenGL*.dll",
    "Qt63D*.dll",
    "Qt6WebEngine*.dll",
    "avcodec*.dll",
    "avformat*.dll",
    "avutil*.dll",
    "swresample*.dll",
    "swscale*.dll",
)
LOCALES = re.compile(r"(root|zh(_.*)?|en(_(001|150|US|GB|CN|HK))?)\.dat")
#: Data that libraries bring and the program never opens.
DATA_LEFT_OUT = (
    "tzdata/*",
    "_tcl_data/*",
    "_tk_data/*",
    "*.dist-info/*",
    "reportlab/fonts/*",
    "setuptools/*",
    "pip/*",
    "lxml/isoschematron/*",
    "mnemonic/wordlist/*",
)
DATA_KEPT = ("mnemonic/wordlist/chinese_simplified.txt", "mnemonic/wordlist/english.txt")

#: Of our own data: what only explains the sources.
OURS_LEFT_OUT = ("resources/pictures/*",)


def is_wanted(name: str) -> bool:
    """Whether a file that PyInstaller found goes in; `name` is its place in the program."""
    path = name.replace("\\", "/")
    if path.startswith("PySide6/"):
        return _is_wanted_of_qt(path.removeprefix("PySide6/"))
    if path.startswith("babel/locale-data/"):
        return bool(LOCALES.fullmatch(path.rpartition("/")[2]))
    if any(fnmatchcase(path, kept) for kept in DATA_KEPT):
        return True
    return not any(fnmatchcase(path, left) for left in DATA_LEFT_OUT)


def _is_wanted_of_qt(path: str) -> bool:
    if path.startswith("plugins/"):
        return any(fnmatchcase(path.removeprefix("plugins/"), kept) for kept in QT_PLUGINS)
    if path.startswith("translations/"):
        return path.removeprefix("translations/") in QT_TRANSLATIONS
    return not any(fnmatchcase(path, left) for left in QT_LEFT_OUT)


#: What tests and checks; none of it may be in the program.
TOOLS = frozenset((
    "pytest", "_pytest", "pytestqt", "hypothesis", "tests", "dev", "mypy", "ruff", "importlinter",
    "openpyxl", "pypdf", "typst", "xlwt", "pip", "PyInstaller", "coverage",
))  # fmt: skip


def tools_within(modules: Iterable[str]) -> "list[str]":
    """The modules in the program that only tests or builds need."""
    return sorted(n for n in modules if n.partition(".")[0] in TOOLS or n == "PySide6.QtTest")


def unnamed(modules: Iterable[str], root: Path) -> "list[str]":
    """Libraries in the program that its list of licences does not name."""
    with (root / "resources" / "licences.toml").open("rb") as file:
        lists = tomllib.load(file)
    named = {
        canonical(str(part["name"]))
        for kind in ("libraries", "indirect", "data")
        for part in lists[kind]
    }
    of_module = metadata.packages_distributions()
    found = set()
    for module in {name.partition(".")[0] for name in modules}:
        given = {canonical(one) for one in of_module.get(module, ())}
        if given and not given & named:
            found.add(f"{module} ({', '.join(sorted(given))})")
    return sorted(found)


#: What a distribution is called in the list of licences, where that is its project's name.
_CALLED = {"pyside6-essentials": "pyside6", "pyside6-addons": "pyside6", "shiboken6": "pyside6"}


def canonical(name: str) -> str:
    """A distribution's name as package registries compare it."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return _CALLED.get(plain, plain)


def own_data(root: Path) -> "list[tuple[Path, str]]":
    """Our own files that the program opens, each with the folder it gets inside."""
    found = [(root / "LICENSE", ".")]
    for path in sorted((root / "resources").rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not any(fnmatchcase(name, left) for left in OURS_LEFT_OUT):
            found.append((path, Path(name).parent.as_posix()))
    return found


def compiled(source: Path, dated: datetime) -> bytes:
    """A catalogue as the program reads it, with this date in its head and not that of today."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    catalogue.creation_date = catalogue.revision_date = dated
    made = BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def version(root: Path) -> str:
    """The version that the program says of itself."""
    written = (root / "desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([0-9]+\.[0-9]+\.[0-9]+)"$', written, re.MULTILINE)
    if not found:
        raise ValueError("desktop/__init__.py names no version")
    return found[1]
