"""`netledger nas`, `operator` and `session` do what staff and scripts need, and say in one line what they refuse."""

import os
import pty
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cli.typed import answered, done, misused, refused, rows
from given import a_connection, a_customer, a_nas
from given_cluster import Database
from netledger.network.models import Session
from netledger.network.queries import find_nas
from netledger.payments.queries import find_operator

NETLEDGER = Path(sys.executable).with_name("netledger")


def netledger(*words: str, locale: str = "C.UTF-8", **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a user does, on the test's database."""
    environment = {**os.environ, "LANG": locale, "LC_ALL": locale, **more}
    return subprocess.run([NETLEDGER, *words], env=environment, capture_output=True, text=True, timeout=60)


def refusal(*words: str, **more: str) -> str:
    """The one line that a refusal prints."""
    ran = netledger(*words, **more)
    assert (ran.returncode, ran.stdout) == (1, "")
    (line,) = ran.stderr.splitlines()
    return line


@pytest.mark.django_db
def test_a_nas_is_added_listed_and_retired() -> None:
    done("nas", "add", "10.255.0.2", "--name", "Узел «Ленина, 5»")
    done("nas", "add", "10.255.0.1", "--name", "Core")
    again = refused("nas", "add", "10.255.0.1", "--name", "Core")
    in_use = find_nas("10.255.0.1")
    done("nas", "retire", "10.255.0.1")

    assert again == "There is a NAS 10.255.0.1 already"
    assert in_use is not None and find_nas("10.255.0.1") is None
    assert [(line[0], line[1], line[3] != "") for line in rows("nas", "list")] == [
        ("10.255.0.1", "Core", True),
        ("10.255.0.2", "Узел «Ленина, 5»", False),
    ]
    assert refused("nas", "retire", "10.255.0.1") == "There is no NAS 10.255.0.1"


@pytest.mark.django_db
def test_an_operator_is_added_listed_and_retired() -> None:
    done("operator", "add", "osmp", "--name", "Киви", "--cancel-within-days", "3")
    done("operator", "add", "cash", "--name", "Касса")
    again = refused("operator", "add", "osmp", "--name", "Киви")
    done("operator", "retire", "cash")

    assert again == "There is a payment operator osmp already"
    assert [(*line[:3], line[3] != "") for line in rows("operator", "list")] == [
        ("1c", "1С", "30", False),  # comes with every netledger
        ("cash", "Касса", "30", True),
        ("osmp", "Киви", "3", False),
    ]
    osmp = find_operator("osmp")
    assert osmp is not None and osmp.cancel_within_days == 3


@pytest.mark.django_db
def test_a_nas_and_an_operator_are_told_as_json_too() -> None:
    nas = answered("nas", "add", "10.255.0.1", "--name", "Узел")
    operator = answered("operator", "add", "osmp", "--name", "Киви")

    assert (nas["address"], nas["name"], nas["retired_at"]) == ("10.255.0.1", "Узел", None)
    assert operator == {"code": "osmp", "name": "Киви", "cancel_within_days": 30, "retired_at": None}
    assert answered("nas", "list") == [nas] and operator in answered("operator", "list")
    assert answered("nas", "retire", "10.255.0.1") == {"address": "10.255.0.1", "retired": True}
    assert answered("operator", "retire", "osmp") == {"code": "osmp", "retired": True}


@pytest.mark.django_db
def test_a_session_starts_and_stops_at_the_moment_that_is_given() -> None:
    a_connection(a_nas(), login="ivanov", by_session=True)

    done("session", "start", "Ivanov", "s1", "--ip", "10.0.0.5", "--mac", "001A.2B3C.4D5E",
         "--at", "2026-01-02T03:04:05+03:00")  # fmt: skip
    session = Session.objects.get()
    done("session", "stop", "ivanov", "s1", "--at", "2026-01-02T03:04:05")

    assert (session.address, session.mac) == ("10.0.0.5", "00:1a:2b:3c:4d:5e")
    assert session.started_at is not None and session.started_at.isoformat() == "2026-01-02T00:04:05+00:00"
    stopped_at = Session.objects.get().stopped_at  # without a zone: the provider's, UTC in this database
    assert stopped_at is not None and stopped_at.isoformat() == "2026-01-02T03:04:05+00:00"


@pytest.mark.django_db
def test_a_session_is_seen_later_or_first_of_all() -> None:
    a_connection(a_nas(), login="ivanov", by_session=True)

    done("session", "seen", "ivanov", "s1", "--ip", "10.0.0.5", "--at", "2026-01-02T03:04:05")
    done("session", "seen", "ivanov", "s1", "--at", "2026-01-02T03:09:05")

    session = Session.objects.get()
    assert session.started_at is not None
    assert (session.address, session.seen_at - session.started_at) == ("10.0.0.5", timedelta(minutes=5))


@pytest.mark.django_db
def test_a_session_of_nobody_is_refused() -> None:
    assert refused("session", "start", "nobody", "s1") == "There is no connection “nobody”"


@pytest.mark.django_db
def test_what_is_no_moment_is_wrong_usage() -> None:
    assert "yesterday" in misused("session", "stop", "nobody", "s1", "--at", "yesterday")


def on_a_terminal(*words: str) -> str:
    """What a Russian sees on a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "LC_ALL": "ru_RU.UTF-8", "COLUMNS": "100", "TERM": "dumb"}
    subprocess.run([NETLEDGER, *words], env=environment, stdout=theirs, check=True, timeout=60)
    os.close(theirs)
    printed = os.read(ours, 64 * 1024).decode()
    os.close(ours)
    return printed


def test_on_a_terminal_a_list_is_a_table_with_names_of_columns(committed_db: Database) -> None:
    netledger("nas", "add", "10.255.0.1", "--name", "Узел")

    printed = on_a_terminal("nas", "list")

    assert "адрес" in printed and "Узел" in printed and "─" in printed
    assert "снят" not in printed  # no NAS is: a column that says nothing is left out


def test_on_a_terminal_a_card_is_its_facts_and_a_table_of_connections(committed_db: Database) -> None:
    a_connection(a_nas("10.255.0.1"), a_customer("-30.00", contract_number="10245"), login="ivanov")

    printed = on_a_terminal("subscriber", "show", "10245")

    assert "договор  10245" in printed and "баланс   -30.00" in printed and "Закрыт за долг с " in printed
    assert "│ ivanov │ 10.255.0.1 │" in printed and "MAC" not in printed


def test_a_word_that_is_no_text_is_wrong_usage() -> None:
    ran = subprocess.run([NETLEDGER, "nas", "retire", b"\xff"], capture_output=True, timeout=60)

    assert (ran.returncode, len(ran.stderr.splitlines())) == (2, 1)


def test_where_nothing_runs_one_sentence_says_so(tmp_path: Path) -> None:
    line = refusal("nas", "list", NETLEDGER_HOME=str(tmp_path), DATABASE_URL="", DATABASE_OWNER_URL="")

    assert line == f"netledger: netledger does not run on {tmp_path}"


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    line = refusal("nas", "list", DATABASE_URL="postgresql://netledger:s3cret@127.0.0.1:1/netledger")

    assert line.startswith("netledger: The database does not answer: ")
    assert "s3cret" not in line
