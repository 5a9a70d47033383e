"""Every SQL file is run by somebody, and says what it does."""

from house import orphans
from house.tree import hold, planted, planted_sql, python_sources, sql_scripts


def test_every_statement_is_named_and_every_name_has_its_statement() -> None:
    hold(orphans.orphan_statements(sql_scripts(), python_sources()))


def test_every_sql_file_beside_a_migration_is_named_by_one() -> None:
    hold(orphans.orphan_migrations(sql_scripts(), python_sources()))


def test_every_sql_file_starts_with_a_sentence() -> None:
    hold(orphans.silent_scripts(sql_scripts()))


def test_a_statement_that_nobody_names_and_a_name_without_one_are_found() -> None:
    scripts = [planted_sql("", "ledger/sql/lonely.sql"), planted_sql("", "ledger/sql/used.sql")]
    source = planted('"""ledger/lonely"""\nrun("ledger/used")\nrun("ledger/missing")\nread("text/plain")\n')

    found = [offence.what for offence in orphans.orphan_statements(scripts, [source])]

    assert found == ["no Python file names ledger/lonely", "ledger/missing has no SQL file"]


def test_a_migrations_sql_that_none_beside_it_names_is_found() -> None:
    scripts = [planted_sql("", f"{room}/migrations/0001.sql") for room in ("ledger", "access")]
    source = planted('run(__file__, "0001.sql")\nrun(__file__, "0002.sql")\n', "ledger/migrations/0001.py")

    found = [
        (offence.path.parts[-3], offence.what) for offence in orphans.orphan_migrations(scripts, [source])
    ]

    assert found == [("access", "no migration beside it names it"), ("ledger", "0002.sql is not there")]


def test_a_migration_may_name_its_own_sql_by_the_suffix() -> None:
    scripts = [planted_sql("", f"ledger/migrations/{number}.sql") for number in ("0001", "0002")]
    source = planted('read(Path(__file__).with_suffix(".sql"))\n', "ledger/migrations/0001.py")

    found = [offence.path.stem for offence in orphans.orphan_migrations(scripts, [source])]

    assert found == ["0002"]


def test_a_script_that_does_not_say_what_it_does_is_found() -> None:
    for text in [
        "SELECT 1",
        "--\nSELECT 1",
        "-- todo\nSELECT 1",
        "\n-- Says what it does.\n",
        "-- says half of",
    ]:
        assert list(orphans.silent_scripts([planted_sql(text)])), text


def test_a_sentence_over_two_lines_is_one() -> None:
    assert not list(orphans.silent_scripts([planted_sql("-- Says what it\n-- does.\nSELECT 1")]))
