"""One program at a time, what a start was asked for, and what crashed runs leave unpacked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.usecases import association, unpacked
from desktop.usecases.association import Association, Opens
from desktop.usecases.running import Running, Wish, wish_of

DAY = 86_400


def test_only_one_runs_and_the_other_one_hands_over(tmp_path: Path) -> None:
    first, second = Running(tmp_path), Running(tmp_path)
    assert first.take()
    assert not second.take()
    taken: list[Wish] = []

    def answer(_seconds: float) -> None:
        taken.extend(first.wishes())

    assert second.ask(Wish(Path("/台账/清河.sunlight")), pause=answer)
    assert taken == [Wish(Path("/台账/清河.sunlight"))]
    first.leave()
    assert second.take()
    second.leave()


def test_a_program_that_does_not_answer_is_told_of(tmp_path: Path) -> None:
    first, second = Running(tmp_path), Running(tmp_path)
    assert first.take()
    assert not second.ask(Wish(sample=True), patience=0.05)
    assert first.wishes() == ()  # what nobody waits for any more is not done later
    first.leave()


def test_what_a_dead_run_did_not_answer_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "wanted-1.json").write_text('{"office": "/x.db", "sample": false}')
    running = Running(tmp_path)
    assert running.take()
    assert running.wishes() == ()
    running.leave()


@pytest.mark.parametrize("said", ["", "[]", "null", '{"office": 1}', "\x00\xff", '{"sample": 1}'])
def test_nonsense_asks_for_nothing(tmp_path: Path, said: str) -> None:
    running = Running(tmp_path)
    assert running.take()
    (tmp_path / "wanted-1.json").write_text(said, "latin-1")
    assert all(wish.office != Path() for wish in running.wishes())
    assert list(tmp_path.glob("wanted-*")) == []
    running.leave()


def test_the_system_lets_go_of_a_dead_program(tmp_path: Path) -> None:
    words = (
        "import sys; from pathlib import Path; from desktop.usecases.running import Running\n"
        "r = Running(Path(sys.argv[1])); print(r.take(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"True"
        running = Running(tmp_path)
        assert not running.take()
        child.kill()
        child.wait()
    assert running.take()
    running.leave()


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        ([], Wish()),
        (["--sample"], Wish(sample=True)),
        (["--office", "/台账/a.db"], Wish(Path("/台账/a.db"))),
        (["/台账/我 的.sunlight"], Wish(Path("/台账/我 的.sunlight"))),
        (["-platform", "offscreen"], Wish()),
        (["--settings", "/own"], Wish()),
        (["--settings", "/own", "/台账/a.sunlight"], Wish(Path("/台账/a.sunlight"))),
        (["--office"], Wish()),
    ],
)
def test_what_a_start_was_asked_for(arguments: list[str], wish: Wish) -> None:
    assert wish_of(arguments) == wish


def test_a_name_without_a_folder_is_meant_where_the_start_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert wish_of(["台账.sunlight"]).office == tmp_path / "台账.sunlight"


# ---- what crashed runs leave unpacked ------------------------------------------------------------


def left(temporary: Path, name: str, *, ours: bool = True, marked: bool = True) -> Path:
    folder = temporary / name
    (folder / "resources" / "icons").mkdir(parents=True)
    (folder / "python312.dll").write_bytes(b"x" * 1000)
    if ours:
        (folder / "resources" / "icons" / "sunlight.ico").touch()
    if marked:
        (folder / "sunlight.running").touch()
    return folder


def age(folder: Path, now: float, seconds: float) -> None:
    os.utime(folder, (now - seconds, now - seconds))


def test_only_ours_only_old_and_never_a_running_one(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    crashed = left(tmp_path, "_MEI1")
    half = left(tmp_path, "_MEI2", marked=False)
    young = left(tmp_path, "_MEI3")
    starting = left(tmp_path, "_MEI4", marked=False)
    foreign = left(tmp_path, "_MEI5", ours=False, marked=False)
    running = left(tmp_path, "_MEI6", marked=False)
    own = left(tmp_path, "_MEI7")
    other = left(tmp_path, "阳光台账 _MEI8")
    held = unpacked.hold(running)
    assert held is not None
    for folder in tmp_path.iterdir():
        age(folder, now, 10 * DAY)
    age(young, now, 60)
    age(starting, now, DAY)
    assert unpacked.sweep(tmp_path, own, now) == [crashed, half]
    assert sorted(tmp_path.iterdir()) == sorted([young, starting, foreign, running, own, other])
    assert (running / "python312.dll").exists()
    held.close()
    assert unpacked.sweep(tmp_path, own, now) == [running]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = left(tmp_path / "elsewhere", "_MEI1")
    (tmp_path / "temp").mkdir()
    (tmp_path / "temp" / "_MEI1").symlink_to(target, target_is_directory=True)
    assert unpacked.sweep(tmp_path / "temp", None, 4e9) == []
    assert target.exists()


def test_the_folder_build_needs_no_mark(tmp_path: Path) -> None:
    assert unpacked.hold(tmp_path) is None
    assert unpacked.sweep(tmp_path / "nowhere") == []


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0, 30 * DAY)), max_size=5))
def test_whatever_lies_there_the_running_one_stays(
    tmp_path_factory: pytest.TempPathFactory, folders: list[tuple[bool, bool, float]]
) -> None:
    temporary, now = tmp_path_factory.mktemp("temp"), 1_800_000_000.0
    held = []
    kept = []
    for at, (ours, runs, seconds) in enumerate(folders):
        folder = left(temporary, f"_MEI{at}", ours=ours, marked=False)
        if runs:
            held.append(unpacked.hold(folder))
        age(folder, now, seconds)
        if runs or not ours:
            kept.append(folder)
    unpacked.sweep(temporary, None, now)
    assert all((folder / "python312.dll").exists() for folder in kept)
    for one in held:
        assert one is not None
        one.close()


# ---- double click --------------------------------------------------------------------------------


class Memory:
    """A registry in memory, with what Windows itself has there."""

    def __init__(self, texts: dict[tuple[str, str], str]) -> None:
        self.texts, self.told = dict(texts), 0

    def read(self, key: str, name: str) -> str | None:
        return self.texts.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self.texts[key, name] = text

    def drop(self, key: str, name: str) -> None:
        self.texts.pop((key, name), None)

    def drop_key(self, key: str) -> None:
        """Keys without texts are none here."""

    def changed(self) -> None:
        self.told += 1


HERE, THERE = Path(r"D:\阳光 台账\sunlight.exe"), Path(r"E:\sunlight.exe")
DB = "Software\\Classes\\.db"


def test_double_click_is_set_seen_and_taken_back() -> None:
    before = {(DB, ""): "Other.Database", (DB + "\\OpenWithProgids", "Other.Database"): ""}
    registry = Memory(before)
    assert association.look(registry, HERE) == Association(Opens.NOTHING)
    association.offer(registry, HERE)
    assert association.look(registry, HERE) == Association(Opens.THIS, str(HERE))
    assert association.look(registry, THERE) == Association(Opens.OTHER, str(HERE))
    command = registry.read("Software\\Classes\\SunlightLedger.Office\\shell\\open\\command", "")
    assert command == f'"{HERE}" "%1"'
    assert registry.read(DB, "") == "Other.Database"  # a kind of many programs is not taken
    association.take_back(registry)
    assert registry.texts == before
    assert registry.told == 2


def test_what_another_program_took_meanwhile_is_left_to_it() -> None:
    registry = Memory({})
    association.offer(registry, HERE)
    registry.write("Software\\Classes\\.sunlight", "", "Other.Program")
    assert association.look(registry, HERE) == Association(Opens.NOTHING)
    association.take_back(registry)
    assert registry.texts == {("Software\\Classes\\.sunlight", ""): "Other.Program"}
