"""The mark of a running program, and copies that go with it."""

import subprocess
import sys
from pathlib import Path

from desktop.usecases.leftovers import SessionFolder, sweep, wipe

CHILD = """
import sys
from pathlib import Path
from desktop.usecases.leftovers import SessionFolder
folder = SessionFolder(Path(sys.argv[1]))
folder.begin()
folder.put("刘芳".encode(), ".pdf")
print("ready", flush=True)
sys.stdin.read()
"""


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    first = SessionFolder(tmp_path / "session")
    assert not first.begin()
    copy = first.put("刘芳的来信".encode(), ".pdf")
    assert copy.name == "001.pdf"
    assert copy.read_bytes() == "刘芳的来信".encode()
    first.wipe()
    assert not copy.exists()
    assert first.put(b"x", ".png").name == "002.png"
    first.end()
    first.end()
    assert list((tmp_path / "session").iterdir()) == []
    second = SessionFolder(tmp_path / "session")
    assert not second.begin()
    second.end()


def test_a_killed_program_is_noticed_and_its_copies_go(tmp_path: Path) -> None:
    root = tmp_path / "session"
    command = [sys.executable, "-c", CHILD, str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        assert not sweep(root)  # it runs: its things are its own
        assert len(list(root.rglob("*.pdf"))) == 1
        child.kill()
        child.wait()
    mine = SessionFolder(root)
    assert mine.begin()
    assert list(root.rglob("*.pdf")) == []
    mine.end()


def test_wiping_writes_over_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    file = folder / "1.pdf"
    file.write_bytes("刘芳".encode() * 1000)
    (tmp_path / "other name").hardlink_to(file)
    wipe(folder)
    assert not folder.exists()
    assert set((tmp_path / "other name").read_bytes()) == {0}
    wipe(folder)  # nothing there is no fault
