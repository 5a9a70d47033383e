"""Cabinets that were written for Carbon run against netledger as they are."""

import pytest

from acceptance.cabinet_clients import (
    CUT_AT,
    SIGN_IN_FIRST,
    Failed,
    GoService,
    KotlinApp,
    PhpClass,
    by_neighbours,
    by_pattern,
    by_spaces,
)
from demonstration import Demonstration
from netledger.installation.home import Home


@pytest.fixture
def php(demo: Demonstration) -> PhpClass:
    return PhpClass(demo.service.port, Home(demo.service.home).config_json)


def _account(demo: Demonstration) -> dict[str, str]:
    """Login and password of the subscriber that demo.json names."""
    return {"login": demo.facts["login"], "passwd": demo.facts["passwd"]}


@pytest.mark.parametrize("by_post", [False, True])
def test_the_vendors_class_signs_in_and_reads_the_user(
    demo: Demonstration, php: PhpClass, by_post: bool
) -> None:
    entered = php.call("login", _account(demo), by_post=by_post)
    suid = entered["session_id"]

    shown = php.call("get_user", {"suid": suid, "page": 1}, by_post=by_post)
    told = php.call("user_info", {"suid": suid}, by_post=by_post)

    assert shown["user"]["abonent"]["contract_number"] == demo.facts["contract_number"]
    assert shown["user"] == entered["user"]
    assert told["balance"] == float(demo.balance(demo.facts["contract_number"]))
    assert list(php.cookies) == []


def test_the_vendors_class_takes_any_key_error_for_a_failure(demo: Demonstration, php: PhpClass) -> None:
    with pytest.raises(Failed, match="Неверный логин или пароль"):
        php.call("login", {"login": demo.facts["login"], "passwd": "wrong"})
    with pytest.raises(Failed, match=SIGN_IN_FIRST):
        php.call("get_user", {"suid": "none"})

    assert "error" not in php.call("login", _account(demo))


def test_the_vendors_class_sends_the_password_of_the_json_twin(restarted_demo: Demonstration) -> None:
    demo = restarted_demo
    demo.set_value("network.api.web.psw", "cabinet1")
    demo.restart()

    php = PhpClass(demo.service.port, Home(demo.service.home).config_json)

    assert php.password == "cabinet1"
    assert "session_id" in php.call("login", _account(demo))
    demo.set_value("network.api.web.psw", "")
    demo.restart()


def test_a_sessions_id_is_cut_by_nobody(demo: Demonstration, php: PhpClass) -> None:
    ids = [php.call("login", _account(demo))["session_id"] for _ in range(5)]

    assert len(set(ids)) == 5
    assert all(len(suid) >= 32 and not CUT_AT & set(suid) for suid in ids)


def test_the_go_service_signs_in_when_its_session_has_ended(demo: Demonstration, php: PhpClass) -> None:
    service = GoService(demo.service.port, demo.facts["login"], demo.facts["passwd"])

    first, second = service.info(), service.info()
    php.call("logout", {"suid": service.session_id})
    third = service.info()

    assert first == second == third
    assert service.sign_ins == 2
    assert first.tarif_id > 0
    assert first.in_block == "0"
    assert first.enough_to_date >= "2026-01-01"


def test_the_kotlin_app_is_let_in_by_its_address_and_keeps_its_session(demo: Demonstration) -> None:
    app = KotlinApp(demo.service.port)

    shown = app.start(demo.facts["ip"], ask_user=_nobody_is_there)
    suid = app.session_id
    again = app.start("203.0.113.9", ask_user=_nobody_is_there)
    app.leave()
    after = app.start(demo.facts["ip"], ask_user=_nobody_is_there)

    assert shown["login"] == again["login"] == after["login"] == demo.facts["login"]
    assert app.session_id != suid


def test_the_kotlin_app_asks_its_user_where_the_address_tells_nothing(demo: Demonstration) -> None:
    app = KotlinApp(demo.service.port)

    shown = app.start("203.0.113.9", ask_user=lambda: (demo.facts["login"].upper(), demo.facts["passwd"]))

    assert shown["abonent"]["contract_number"] == demo.facts["contract_number"]


def test_the_account_of_a_payer_is_read_in_each_of_three_ways(demo: Demonstration, php: PhpClass) -> None:
    contract_number = demo.facts["contract_number"]
    balance = f"{demo.balance(contract_number):.2f}"

    abonent = php.call("login", _account(demo))["user"]["abonent"]

    assert by_spaces(abonent["__account"]) == (contract_number, balance)
    assert by_neighbours(abonent["__account"]) == contract_number
    assert by_pattern(abonent["__account"]) == balance
    assert abonent["account"]["__self"] == abonent["__account"]


def test_a_debtor_gets_in_by_his_address_and_sees_his_debt_with_its_minus(
    demo: Demonstration, php: PhpClass
) -> None:
    address, contract_number = demo.debtor()
    balance = demo.balance(contract_number)

    entered = php.call("try_auto_login", {"src_ip": address})
    told = php.call("user_info", {"suid": entered["session_id"]})

    assert balance < 0
    assert by_spaces(entered["user"]["abonent"]["__account"]) == (contract_number, f"{balance:.2f}")
    assert (told["in_block"], told["balance"]) == ("1", float(balance))
    assert told["minimal_pay_sum"] == -float(balance)
    assert entered["user"]["abonent"]["allow_internet"] == "0"


def test_no_log_holds_a_password_or_a_session_that_was_good(demo: Demonstration, php: PhpClass) -> None:
    suid = php.call("login", _account(demo))["session_id"]
    php.call("user_info", {"suid": suid})
    php.call("logout", {"suid": suid})

    written = b"".join(path.read_bytes() for path in (demo.service.home / "log").iterdir())

    assert b"web_cabinet.logout" in written
    for secret in (suid, demo.facts["suid"], demo.facts["passwd"], demo.facts["login"]):
        assert secret.encode() not in written


def _nobody_is_there() -> tuple[str, str]:
    raise AssertionError("the user is asked for his password")
