"""Arrows point down only: imports, foreign keys and SQL."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models
from django.test.utils import isolate_apps

from house import arrows
from house.tree import ROOT, floors, hold, planted, planted_sql, points_down, python_sources, sql_scripts

NAMES = {
    "ledger_account": "ledger",
    "ledger_transfer": "ledger",
    "ledger_record": "ledger",
    "payments_payment": "payments",
    "network_nas": "network",
    "access_decision": "access",
}


def test_every_relation_of_every_model_points_to_its_own_or_a_lower_room() -> None:
    hold(arrows.relations_pointing_up(arrows.our_models()))


def test_every_table_and_function_named_in_sql_is_of_its_own_or_a_lower_room() -> None:
    hold(arrows.names_pointing_up(arrows.in_scripts(sql_scripts()), arrows.owners()))


def test_every_table_and_function_named_in_python_is_of_its_own_or_a_lower_room() -> None:
    hold(arrows.names_pointing_up(arrows.in_python(python_sources()), arrows.owners()))


def test_sql_writes_the_tables_of_its_own_room_only() -> None:
    texts = [*arrows.in_scripts(sql_scripts()), *arrows.in_python(python_sources())]

    hold(arrows.foreign_writes(texts, arrows.owners()))


def test_every_folder_of_the_package_is_a_room_with_a_floor() -> None:
    rooms = {source.room for source in python_sources()} - {""}

    assert rooms <= set(floors())


def test_floors_are_what_import_linter_holds() -> None:
    assert points_down("payments", "charging")
    assert points_down("ledger", "ledger")
    assert not points_down("ledger", "subscribers")
    assert not points_down("payments", "network")
    assert not points_down("network", "payments")


@isolate_apps()
def test_a_relation_that_points_up_or_aside_is_found() -> None:
    class Payment(models.Model):
        class Meta:
            app_label = "payments"

    class Account(models.Model):
        payment = models.ForeignKey(Payment, models.CASCADE)

        class Meta:
            app_label = "ledger"

    class Nas(models.Model):
        payments = models.ManyToManyField(Payment)
        account = models.OneToOneField(Account, models.CASCADE)

        class Meta:
            app_label = "network"

    found = [offence.what for offence in arrows.relations_pointing_up([Payment, Account, Nas])]

    assert found == [
        "Account.payment points to payments.Payment",
        "Nas.payments points to payments.Payment",
    ]


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("ledger/sql/planted.sql", "payments_payment"),
        ("payments/sql/planted.sql", "network_nas"),
        ("network/migrations/0001.sql", "payments_payment"),
        ("charging/sql/planted.sql", "public.payments_payment"),
        ("ledger/sql/planted.sql", '"access_decision"'),
    ],
)
def test_a_table_of_a_higher_room_or_a_neighbour_is_found_in_sql(path: str, table: str) -> None:
    text = f"-- Says what.\nSELECT 1\n  FROM {table}"

    texts = arrows.in_scripts([planted_sql(text, path)])

    assert [offence.line for offence in arrows.names_pointing_up(texts, NAMES)] == [3]


def test_a_table_of_a_lower_room_a_comment_and_a_longer_word_are_no_ones_fault() -> None:
    text = "-- payments_payment comes later\nSELECT * FROM ledger_account, payments_payment_like"

    texts = arrows.in_scripts([planted_sql(text, "access/sql/planted.sql")])

    assert not list(arrows.names_pointing_up(texts, NAMES))


def test_a_table_of_a_higher_room_is_found_in_a_text_of_python_but_not_in_a_docstring() -> None:
    source = planted('"""About payments_payment."""\nquery = "SELECT 1 FROM payments_payment"\n')

    assert [offence.line for offence in arrows.names_pointing_up(arrows.in_python([source]), NAMES)] == [2]


@pytest.mark.parametrize(
    "write",
    [
        "INSERT INTO ledger_account VALUES (1)",
        "UPDATE ledger_account SET balance = 0",
        "UPDATE ONLY public.ledger_account a SET balance = 0",
        "DELETE\nFROM ledger_account",
        "MERGE INTO ledger_account USING x",
        "TRUNCATE TABLE ledger_account",
        "COPY ledger_account FROM STDIN",
        "EXECUTE 'insert into ledger_account values (1)'",
        "UPDATE ledger_transfer_000001 SET amount = 0",
    ],
)
def test_each_way_to_write_another_rooms_table_is_found(write: str) -> None:
    foreign = arrows.in_scripts([planted_sql(write, "payments/sql/planted.sql")])
    own = arrows.in_scripts([planted_sql(write, "ledger/sql/planted.sql")])
    in_python = arrows.in_python([planted(f"run({write!r})", "payments/planted.py")])

    assert len(list(arrows.foreign_writes(foreign, NAMES))) == 1
    assert len(list(arrows.foreign_writes(in_python, NAMES))) == 1
    assert not list(arrows.foreign_writes(own, NAMES))


def test_a_lock_a_trigger_and_a_call_are_not_writes() -> None:
    text = (
        "SELECT 1 FROM ledger_account FOR UPDATE; SELECT ledger_record(1);\n"
        "CREATE TRIGGER t AFTER UPDATE OF balance ON ledger_account EXECUTE FUNCTION access_note();\n"
        "INSERT INTO payments_payment VALUES (1) ON CONFLICT DO UPDATE SET id = 1;"
    )

    texts = arrows.in_scripts([planted_sql(text, "payments/sql/planted.sql")])

    assert not list(arrows.foreign_writes(texts, NAMES))


def test_import_linter_fails_on_an_import_that_points_up(tmp_path: Path) -> None:
    """The contract of pyproject.toml is alive: it fails on a tree where the ledger imports payments."""
    package = tmp_path / "netledger"
    for room in floors():
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text("")
    (package / "__init__.py").write_text("")
    (package / "ledger" / "__init__.py").write_text("import netledger.payments\n")
    config = tmp_path / "pyproject.toml"
    config.write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")

    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", str(config), "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert lint.returncode == 1
    assert "netledger.ledger -> netledger.payments" in lint.stdout
