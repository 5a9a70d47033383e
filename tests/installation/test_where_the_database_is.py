"""The database is the one that two variables name, else the home's own; asking needs neither to be there."""

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from netledger.installation.database import connection_parameters, conninfo, is_external
from netledger.installation.errors import DatabaseAddressWrong
from netledger.installation.home import VARIABLE
from netledger.installation.roles import Role

OWNER = "postgresql://anna:pass%20word@db.example:6432/billing?sslmode=require"
SERVER = "postgresql://serge@db.example/billing"


@pytest.fixture(autouse=True)
def own_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No home and no database but those that a test names."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)


@pytest.mark.parametrize("role", ["owner", "server"])
def test_in_the_home_where_no_variable_names_it(tmp_path: Path, role: Role) -> None:
    assert conninfo_to_dict(conninfo(role)) == {
        "host": str(tmp_path / "home/run/pg"),
        "port": "5432",
        "user": f"netledger_{role}",
        "dbname": "netledger",
    }
    assert not is_external()
    assert not (tmp_path / "home").exists()


def test_where_the_variable_of_the_role_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", SERVER)
    monkeypatch.setenv("DATABASE_OWNER_URL", OWNER)

    assert conninfo_to_dict(conninfo("server"))["user"] == "serge"
    assert conninfo_to_dict(conninfo("owner"))["password"] == "pass word"
    assert is_external()


def test_as_django_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", OWNER)

    assert connection_parameters("owner") == {
        "NAME": "billing",
        "USER": "anna",
        "PASSWORD": "pass word",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("named", "asked", "variable"),
    [("DATABASE_URL", "owner", "DATABASE_OWNER_URL"), ("DATABASE_OWNER_URL", "server", "DATABASE_URL")],
)
def test_but_never_half_in_one_and_half_in_the_other(
    monkeypatch: pytest.MonkeyPatch, named: str, asked: Role, variable: str
) -> None:
    monkeypatch.setenv(named, SERVER)

    with pytest.raises(DatabaseAddressWrong) as refused:
        conninfo(asked)

    assert refused.value.variable == variable


@pytest.mark.parametrize("address", ["postgresql://u:sesame@h/x?nonsense=1", "sesame", "host=h sesame=1"])
def test_and_a_wrong_address_is_refused_without_being_quoted(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)

    with pytest.raises(DatabaseAddressWrong) as refused:
        conninfo("server")

    assert "sesame" not in str(refused.value)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__
