"""The benches run and write their figures; how fast we are is not a matter of every test run."""

import json
from pathlib import Path

import pytest

from tests.bench import letters


def test_the_bench_of_letters_writes_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "figures.json"
    code = letters.main(["--json", str(path), "--rounds", "1", "--each", "2", "--many", "3"])
    figures = json.loads(path.read_text("utf-8"))["figures"]
    assert [figure["name"] for figure in figures] == ["letters-each-platypus", "letters-many-typst"]
    for figure in figures:
        assert set(figure) == {"name", "ratio", "spread", "reach", "holds"}
        assert figure["holds"] is (figure["ratio"] >= figure["reach"])
    assert code == (0 if all(figure["holds"] for figure in figures) else 1)
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


def test_the_bench_of_imports_writes_its_figures(tmp_path: Path) -> None:
    from tests.bench import imports

    path = tmp_path / "figures.json"
    imports.main(["--json", str(path), "--rounds", "1", "--rows", "40"])
    (figure,) = json.loads(path.read_text("utf-8"))["figures"]
    assert figure["name"] == "import-ledger"
    assert figure["holds"] is (figure["ratio"] >= figure["reach"])
