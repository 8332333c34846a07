"""Qt is loaded without what only describes it, and describes itself as well as ever when asked."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
if sys.argv[1] == "lean":
    from desktop.ui.common import lean
    lean.load_qt()
from PySide6.QtCore import QObject, QPoint, QTimer, Signal
late = len(lean._sources) if sys.argv[1] == "lean" else 0

class Bell(QObject):
    rung = Signal(int, str)

def tell(act):
    try:
        print(act())
    except (TypeError, AttributeError, RuntimeError) as error:
        print(type(error).__name__, error)

bell = Bell()
tell(lambda: QPoint("a"))
tell(lambda: QPoint(1, 2).nothing)
tell(lambda: QObject(colour=3))
tell(lambda: QTimer.singleShot())
tell(lambda: bell.rung.emit(1))
tell(lambda: bell.rung.connect(3))
tell(lambda: QPoint.manhattanLength.__doc__)
from PySide6.support.signature import mapping
from PySide6.support.signature.lib import tool
tell(lambda: sorted(map(str, mapping.type_map)))
tell(lambda: tool.build_brace_pattern(3))
print(late, file=sys.stderr)
"""


def said(how: str) -> tuple[str, int]:
    """Return what Qt says of wrong calls, and how many modules were not read before."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, how], capture_output=True, check=True, text=True, timeout=60
    )
    return done.stdout, int(done.stderr.split()[-1])


def test_wrong_calls_are_told_as_by_a_qt_that_has_read_everything() -> None:
    usual, _none = said("usual")
    lean, late = said("lean")
    assert "Supported signatures" in usual
    assert lean == usual
    assert late >= 5


def test_what_is_loaded_already_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    from desktop.ui.common import lean

    usual = builtins.compile
    lean.load_qt()
    assert builtins.compile is usual
    assert not lean._sources


GARBAGE = """
import gc
from desktop.ui.common import lean
usual = gc.get_threshold()
lean.load_qt()
held = gc.get_threshold()
lean.started()
assert held[0] > usual[0]
assert gc.get_threshold() == usual
assert gc.get_freeze_count() > 10_000
lean.started()
assert gc.get_threshold() == usual
"""


def test_garbage_is_looked_for_again_after_the_start() -> None:
    subprocess.run([sys.executable, "-c", GARBAGE], check=True, timeout=60)
