"""Money is exact, and its days are the provider's."""

from house import money
from house.tree import hold, planted, planted_sql, python_sources, sql_scripts


def test_no_float_stands_in_the_rooms_of_money() -> None:
    hold([*money.floats(python_sources()), *money.float_columns(sql_scripts())])


def test_sql_asks_no_clock_but_the_providers() -> None:
    hold(money.foreign_clocks(sql_scripts()))


def test_each_form_of_a_float_is_found() -> None:
    for form in ["float('1')", "x: float = 1", "1.5", "1e3", "isinstance(x, float)"]:
        assert list(money.floats([planted(form)])), form


def test_a_decimal_and_a_float_elsewhere_are_no_ones_fault() -> None:
    assert not list(money.floats([planted("Decimal('1.5') + 2")]))
    assert not list(money.floats([planted("timeout_s = 0.5", "server/planted.py")]))


def test_a_float_column_is_found() -> None:
    for form in ["a float8", "a real", "b::DOUBLE PRECISION", "a float"]:
        assert list(money.float_columns([planted_sql(f"CREATE TABLE x ({form});")])), form
    assert not list(money.float_columns([planted_sql("-- a real debt\nSELECT 1;")]))


def test_each_form_of_a_clock_is_found() -> None:
    for form in [
        "current_date",
        "CURRENT_TIMESTAMP",
        "now()",
        "NOW ()",
        "'now'::date",
        "statement_timestamp()",
    ]:
        assert list(money.foreign_clocks([planted_sql(f"SELECT {form};")])), form


def test_the_one_clock_function_may_look_at_the_real_clock() -> None:
    text = (
        "CREATE FUNCTION access_now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT now() $$;\n"
        "CREATE FUNCTION access_other() RETURNS timestamptz LANGUAGE sql AS $$ SELECT\n now() $$;\n"
    )

    assert [offence.line for offence in money.foreign_clocks([planted_sql(text)])] == [3]


def test_the_real_clock_fills_recorded_at_only() -> None:
    text = "INSERT INTO x (recorded_at) VALUES (clock_timestamp());\nUPDATE x SET a_at = clock_timestamp();\n"

    assert [offence.line for offence in money.foreign_clocks([planted_sql(text)])] == [2]


def test_our_own_clock_and_a_comment_are_no_ones_fault() -> None:
    text = "-- not now(), and no current_date\nSELECT access_now(), ledger_now(), access_today();\n"

    assert not list(money.foreign_clocks([planted_sql(text)]))
