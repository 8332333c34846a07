"""The benches run and write their figures; how fast we are is not a matter of every test run."""

import json
from pathlib import Path

import pytest

from tests.bench import figures, letters


def test_the_bench_of_letters_writes_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "figures.json"
    code = letters.main(["--json", str(path), "--rounds", "1", "--each", "2", "--many", "3"])
    found = json.loads(path.read_text("utf-8"))["figures"]
    assert [figure["name"] for figure in found] == ["letters-each-platypus", "letters-many-typst"]
    for figure in found:
        assert set(figure) == {"name", "ratio", "spread", "reach", "holds"}
        assert figure["holds"] is (figure["ratio"] >= figure["reach"])
    assert code == (0 if all(figure["holds"] for figure in found) else 1)
    assert "letters-many-typst" in capsys.readouterr().out


def test_the_peers_set_the_same_words(tmp_path: Path) -> None:
    import pypdf  # read back what each has set

    (letter,) = letters.letters(1)
    for pdf in (letters.Platypus().one(letter), letters.Typst(tmp_path).many([letter])):
        (tmp_path / "one.pdf").write_bytes(pdf)
        reader = pypdf.PdfReader(tmp_path / "one.pdf")
        text = "".join("".join(page.extract_text().split()) for page in reader.pages)
        for paragraph in letter.paragraphs:
            assert "".join(paragraph.text.split()) in text.replace("—2—", "")
        assert letter.addressee in text
        assert "2026年11月5日" in text


def test_the_file_that_is_measured_is_an_office_like_any_other(tmp_path: Path) -> None:
    from desktop.usecases import audit
    from tests.bench import data, register

    path = tmp_path / "register.db"
    data.make(path, 2_500)
    with register.opened(path) as office:
        inspection = audit.inspect(office)
        assert (inspection.findings, inspection.events) == ((), 4)
        right, wrong, missed = register._compared(office, register.questions(office.db, 6)[:8])
        assert right > 0
        assert (wrong, missed) == (0, 0)
        assert register.edits(office, 2_500, 20).reach == 50
    size = register.index_size(path, 2_500, tmp_path)
    assert 0.3 < size.ratio < 1.5
    assert not list(tmp_path.glob("copy*"))


def test_figures_are_printed_written_and_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        figures.at_least("fast", [3.0, 1.0, 2.0], 1.5),
        figures.at_most("small", [0.5, 0.25], 0.3),
    ]
    assert [(f.ratio, f.spread, f.holds) for f in found] == [(2.0, 2.0, True), (0.375, 0.25, False)]
    path = tmp_path / "figures.json"
    assert figures.finish(found, path) == 1
    assert figures.read(path) == found
    said = capsys.readouterr().out.splitlines()
    assert [line.endswith("NOT REACHED") for line in said] == [False, True]
    assert figures.finish(found[:1], None) == 0


def test_the_bench_of_imports_writes_its_figures(tmp_path: Path) -> None:
    from tests.bench import imports

    path = tmp_path / "figures.json"
    imports.main(["--json", str(path), "--rounds", "1", "--rows", "40"])
    (figure,) = json.loads(path.read_text("utf-8"))["figures"]
    assert figure["name"] == "import-ledger (40 rows)"
    assert figure["holds"] is (figure["ratio"] >= figure["reach"])


def test_further_rounds_are_gone_only_while_there_is_time() -> None:
    from tests.bench import children

    assert list(children.rounds(3)) == [0, 1, 2]
    assert list(children.rounds(3, 0)) == [0]
    assert list(children.rounds(0)) == []
