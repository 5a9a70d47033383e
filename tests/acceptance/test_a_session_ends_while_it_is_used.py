"""Two browsers are signed in; what staff does ends the session in both, and nobody is shown somebody else."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from acceptance.cabinet_clients import SIGN_IN_FIRST, ask_raw
from demonstration import Demonstration

STRANGERS = """
    -- Subscribers who pass, with a static address, by login; none is the one that demo.json names.
    SELECT c.login, host(c.address) FROM network_connection c
      JOIN access_decision d ON d.subscriber_id = c.subscriber_id AND d.reason = 'open'
     WHERE c.ended_at IS NULL AND NOT c.by_session AND c.address IS NOT NULL AND c.login <> %s
     ORDER BY c.login LIMIT 3
"""


@pytest.fixture
def strangers(demo: Demonstration) -> list[tuple[Any, ...]]:
    return demo.rows(STRANGERS, demo.facts["login"])


def _ask(demo: Demonstration, name: str, **arguments: str) -> dict[str, Any]:
    arg1 = quote(json.dumps(arguments))
    target = f"/system_api/?format=json&context=web&model=users&method1=web_cabinet.{name}&arg1={arg1}"
    answer: dict[str, Any] = ask_raw(demo.service.port, target).json
    return answer


def _changed_password(demo: Demonstration, login: str) -> str:
    """Let staff give a connection a new password."""
    password = json.loads(demo.cli("connection", "set-password", login, "--json"))["password"]
    return str(password)


def _entered(demo: Demonstration, login: str, password: str) -> str:
    return str(_ask(demo, "login", login=login, passwd=password)["session_id"])


def test_a_changed_password_ends_it_in_both(demo: Demonstration, strangers: list[tuple[Any, ...]]) -> None:
    login, address = strangers[0]
    old = _changed_password(demo, login)
    sessions = [_entered(demo, login, old), _entered(demo, login, old)]
    sessions.append(_ask(demo, "try_auto_login", src_ip=address)["session_id"])
    before = [_ask(demo, "get_user", suid=suid)["__user"] for suid in sessions]

    new = _changed_password(demo, login)

    after = [_ask(demo, "get_user", suid=suid)["error"] for suid in sessions]
    assert before == [login] * 3
    assert after == [SIGN_IN_FIRST] * 3
    assert _ask(demo, "login", login=login, passwd=old)["code"] == "sign_in_refused"
    assert _ask(demo, "get_user", suid=_entered(demo, login, new))["__user"] == login


def test_it_outlives_a_restart(restarted_demo: Demonstration) -> None:
    demo = restarted_demo
    suid = _entered(demo, demo.facts["login"], demo.facts["passwd"])

    demo.restart()

    assert _ask(demo, "get_user", suid=suid)["__user"] == demo.facts["login"]
    assert _ask(demo, "get_user", suid=demo.facts["suid"])["__user"] == demo.facts["login"]


def test_an_address_that_goes_to_another_shows_him_and_never_the_one_before(
    demo: Demonstration, strangers: list[tuple[Any, ...]]
) -> None:
    """Case V13."""
    (_, _), (anna, address), (dora, _) = strangers
    annas = _ask(demo, "try_auto_login", src_ip=address)["session_id"]
    nas_address = demo.value(
        "SELECT host(n.address) FROM network_connection c JOIN network_nas n ON n.id = c.nas_id"
        " WHERE c.login = %s",
        anna,
    )

    demo.cli("connection", "move", anna, "--no-ip")
    demo.cli("connection", "move", dora, "--nas", nas_address, "--ip", address)

    assert _ask(demo, "get_user", suid=annas)["error"] == SIGN_IN_FIRST
    assert _ask(demo, "try_auto_login", src_ip=address)["user"]["login"] == dora


def test_wrong_passwords_for_one_login_delay_that_one_alone(
    demo: Demonstration, strangers: list[tuple[Any, ...]]
) -> None:
    """Case V23: all of them come from the cabinet's one host."""
    victim, other = strangers[0][0], strangers[2][0]
    password, others = _changed_password(demo, victim), _changed_password(demo, other)

    codes = [_ask(demo, "login", login=victim, passwd=f"wrong {number}")["code"] for number in range(6)]

    assert codes == ["sign_in_refused"] * 5 + ["sign_in_delayed"]
    assert _ask(demo, "login", login=f" {victim.upper()}", passwd=password)["code"] == "sign_in_delayed"
    assert _ask(demo, "get_user", suid=_entered(demo, other, others))["__user"] == other
