"""What the documents say of the code is true."""

from pathlib import Path

import pytest

from house import documents
from house.tree import hold, migration_scripts, planted_sql

MADE = (
    "CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger AS $$ $$;\n"
    "CREATE CONSTRAINT TRIGGER ledger_at_commit AFTER INSERT ON x EXECUTE FUNCTION ledger_guard();\n"
    "CREATE UNLOGGED TABLE ledger_marker (id bigint);\n"
    "CREATE TEMPORARY TABLE ledger_passing (id bigint);\n"
)
ROWS = (
    "| table | a row is |\n|---|---|\n| `ledger_marker` | a mark |\n\n"
    "| name | what it forbids or keeps | the test that shows it |\n|---|---|---|\n"
    "| `ledger_guard()` | forbids change | `tests/ledger/test_books.py::test_change_is_refused` |\n"
    "| `ledger_at_commit` | keeps sums | `tests/ledger/test_books.py::test_sums_hold`, "
    "`tests/a.py::test_b` |\n"
)
TESTS = {
    "tests/ledger/test_books.py": {"test_change_is_refused", "test_sums_hold"},
    "tests/a.py": {"test_b"},
}


def test_generated_parts_are_up_to_date() -> None:
    hold(documents.outdated(documents.GENERATED))


def test_every_function_trigger_and_table_of_a_migrations_sql_has_a_row_in_database_md() -> None:
    hold(documents.undescribed(migration_scripts(), documents.DATABASE.read_text(encoding="utf-8")))


def test_every_row_of_database_md_names_what_is_there_and_a_test_that_shows_it() -> None:
    document = documents.DATABASE.read_text(encoding="utf-8")

    hold(documents.wrong_rows(migration_scripts(), document, documents.tests_by_file()))


def test_every_model_is_a_word_of_the_glossary() -> None:
    names = [model.__name__ for model in documents.our_models() if not model._meta.auto_created]

    hold(documents.unexplained_models(names, documents.WORDS.read_text(encoding="utf-8")))


def test_a_part_that_its_generator_would_write_otherwise_is_found(tmp_path: Path) -> None:
    file = tmp_path / "planted.md"
    part = documents.Generated(file, "planted", lambda: "| new |\n")
    file.write_text("Before.\n<!-- generated: planted -->\n\n| old |\n\n<!-- end of planted -->\nAfter.\n")

    assert len(list(documents.outdated([part]))) == 1

    file.write_text(part.renewed(file.read_text()))
    assert not list(documents.outdated([part]))
    assert file.read_text().startswith("Before.\n")
    assert file.read_text().endswith("\n| new |\n\n<!-- end of planted -->\nAfter.\n")


def test_a_document_without_its_generated_part_is_found(tmp_path: Path) -> None:
    file = tmp_path / "planted.md"
    file.write_text("Nothing.\n")

    assert len(list(documents.outdated([documents.Generated(file, "planted", str)]))) == 1


def test_a_function_a_trigger_or_a_table_without_a_row_is_found() -> None:
    found = [offence.what.split()[0] for offence in documents.undescribed([planted_sql(MADE)], "# Nothing\n")]

    assert found == ["ledger_guard()", "ledger_at_commit", "ledger_marker"]
    assert not list(documents.undescribed([planted_sql(MADE)], ROWS))


def test_rows_without_fault_pass() -> None:
    assert not list(documents.wrong_rows([planted_sql(MADE)], ROWS, TESTS))


@pytest.mark.parametrize(
    "row",
    [
        "| `ledger_gone()` | forbids change | `tests/a.py::test_b` |",
        "| `ledger_guard()` |  | `tests/a.py::test_b` |",
        "| `ledger_guard()` | forbids change |",
        "| `ledger_at_commit` | keeps sums |",
        "| `ledger_guard()` | forbids change | the tests of the ledger |",
        "| `ledger_guard()` | forbids change | `tests/a.py::test_gone` |",
        "| `ledger_guard()` | forbids change | `tests/gone.py::test_b` |",
    ],
)
def test_each_wrong_row_is_found(row: str) -> None:
    assert [
        offence.line for offence in documents.wrong_rows([planted_sql(MADE)], f"# Title\n{row}\n", TESTS)
    ] == [2]


def test_a_model_that_the_glossary_does_not_name_is_found() -> None:
    glossary = "| **plan version** (`PlanVersion`) | |\n"

    found = [offence.what for offence in documents.unexplained_models(["PlanVersion", "Plan"], glossary)]

    assert found == ["the model Plan is not in it"]
