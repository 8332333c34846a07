"""Loading Qt without what only describes it; called before anything of Qt is named.

PySide carries some modules as source text inside its library, and compiles all of them at every
start: a third of the time of an empty window. Most of them are read only to write an error message
about a wrongly called function, to answer ``inspect.signature``, or to write type stubs. Here those
are read when something of them is asked for, which a program that works never does.

A PySide that does not know these names any more simply starts as it always did.

What a start loads stays: to look for garbage in it, over and over, takes a tenth of the start.
"""

import builtins
import gc
import sys
from threading import RLock
from typing import Any, Final

#: What is read late, by the names that PySide compiles it under.
_LATE: Final = frozenset(
    f"shibokensupport/signature/{name}.py"
    for name in (
        "errorhandler",
        "layout",
        "mapping",
        "parser",
        "lib/enum_sig",
        "lib/pyi_generator",
        "lib/tool",
    )
)
#: What such a module is until then (PEP 562). Shiboken looks for one name in the dictionary itself.
_STUB: Final = """
from desktop.ui.common.lean import late as __late__

def __getattr__(name):
    return __late__(globals(), name)

def update_mapping():
    return __late__(globals(), "update_mapping")()
"""

#: So many things are made before garbage is looked for, until the first page is painted.
_AT_START: Final = 100_000

_reading = RLock()
#: How often it was looked for before.
_usual: list[tuple[int, int, int]] = []
_sources: dict[str, Any] = {}


def load_qt() -> None:
    """Load the first module of Qt; the others follow as they are named."""
    if "shiboken6" in sys.modules:
        return
    _usual.append(gc.get_threshold())
    gc.set_threshold(_AT_START)
    usual = builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *rest: Any, **more: Any) -> Any:
        if filename not in _LATE:
            return usual(source, filename, mode, *rest, **more)
        _sources[filename] = source
        return usual(_STUB, filename, mode)

    builtins.compile = compiled
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = usual


def started() -> None:
    """The first page is painted: what is there stays, garbage is looked for in what comes now."""
    if _usual:
        gc.freeze()
        gc.set_threshold(*_usual.pop())


def late(module: dict[str, Any], name: str) -> object:
    """Read a module whose name was asked for; return what stands there under it."""
    if name.startswith("__"):  # what every module may be asked for; Python knows how to do without
        raise AttributeError(name)
    with _reading:
        filename = module["__file__"]
        source = _sources.pop(filename, None)
        if source is not None:
            del module["__getattr__"], module["update_mapping"]
            exec(compile(source, filename, "exec"), module)
    try:
        return module[name]
    except KeyError:
        raise AttributeError(name) from None
