"""Every query fits the schema; the schema on paper is the one that the migrations make."""

from pathlib import Path
from types import ModuleType

import pytest

from db.driver import sqlite
from db.guards import record_tables
from db.ledger import _LATER, _REFERENCES, Ledger
from db.queries import assessments, casefiles, complaints, office
from db.schema import SCHEMA, schema_text

MODULES = (assessments, casefiles, complaints, office)


def constants(module: ModuleType) -> dict[str, str]:
    return {
        f"{module.__name__}.{name}": value
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and value.startswith("SELECT")
    }


QUERIES = {k: v for m in MODULES for k, v in constants(m).items()} | {
    "later": _LATER,
    "references": _REFERENCES,
}


def test_there_are_queries_to_look_at() -> None:
    assert len(QUERIES) > 25


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_fits_the_schema(ledger: Ledger, name: str) -> None:
    sql = QUERIES[name]
    assert ledger.db.execute(f"EXPLAIN {sql}", [1] * sql.count("?")).fetchall()
    if "? " in sql or sql.endswith("?"):
        assert "'?" not in sql


def test_the_schema_on_paper_is_the_one_that_is_made(ledger: Ledger) -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(ledger.db), (
        "db/schema.sql is out of date: run python -m db.schema"
    )


def test_the_schema_on_paper_can_be_read_by_sqlite() -> None:
    db = sqlite.connect(":memory:")
    db.executescript(Path(SCHEMA).read_text(encoding="utf-8"))
    tables = {r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    db.close()
    assert {"complaint", "case_file", "event", "event_change", "letter"} <= tables


def test_every_record_table_has_id_revision_and_void(ledger: Ledger) -> None:
    for table in record_tables(ledger.db):
        names = [c.name for c in ledger.db[table].columns]
        assert names[:3] == ["id", "rev", "void"], table


def test_every_column_that_refers_to_another_table_is_known_to_the_undo(ledger: Ledger) -> None:
    found = {(c, col): parent for c, col, parent in ledger.db.execute(_REFERENCES).fetchall()}
    assert found["case_file", "complaint"] == "complaint"
    assert found["case_hearing", "case_person"] == "case_person"
    assert found["service", "letter"] == "letter"
    assert not any(child.startswith("event") for child, _ in found)
