"""A changed configuration takes effect at `service restart` and not before; the specification's error is cured so."""

from urllib.parse import quote

import pytest

from acceptance.specification import CABINET, CONTEXTS, LISTS, NOT_DEFINED, PAY, query_in, target_of
from demonstration import Demonstration

NEIGHBOUR = "127.0.0.2"
AWKWARD = "pa%98s&w#d+1"


def queries(demo: Demonstration) -> dict[str, bytes]:
    """For each context of the specification's three examples, a call of it as the specification writes it."""
    account = {"логин уч. записи": demo.facts["login"], "пароль уч. записи": demo.facts["passwd"]}
    login = query_in(target_of(CABINET["login"], account))
    payment = {
        "номер договора, логин или ип адрес": demo.facts["contract_number"],
        "сумма платежа": "10.00",
        "код платежного оператора": demo.facts["pay_operator"],
        "уникальный ид платежа со стороны платежной системы": "cured",
        "пароль": demo.psw("asr_fiscal"),
    }
    return {
        "asr_fiscal": query_in(target_of(PAY, payment)),
        "asr_cabinet": login.replace(b"context=web", b"context=asr_cabinet"),
        "collector": list_query(demo, demo.psw("collector")),
    }


def list_query(demo: Demonstration, psw: str) -> bytes:
    return query_in(target_of(LISTS["logged"], {"ип адрес Nas": demo.facts["nas_ip"], "пароль": psw}))


def test_the_three_examples_are_answered_word_for_word_until_cured(restarted_demo: Demonstration) -> None:
    demo = restarted_demo
    asked = queries(demo)
    demo.set_value("network.api.context", "web cabinet api_1c base webcash")
    demo.restart()

    ill = {name: demo.ask(query) for name, query in asked.items()}
    demo.set_value("network.api.context", f"{CONTEXTS} asr_cabinet")
    still_ill = {name: demo.ask(query) for name, query in asked.items()}
    demo.restart()
    cured = {name: demo.ask(query) for name, query in asked.items()}

    assert [answer.body.decode() for answer in ill.values()] == list(NOT_DEFINED)
    assert {answer.status for answer in ill.values()} == {400}
    assert {answer.headers["content-type"] for answer in ill.values()} == {"text/plain; charset=utf-8"}
    assert [answer.body for answer in still_ill.values()] == [answer.body for answer in ill.values()]
    assert [name for name, answer in cured.items() if answer.status != 200 or b"error" in answer.body] == []
    assert demo.payments_by("cured") == 1


def test_the_first_configuration_has_the_specifications_contexts(demo: Demonstration) -> None:
    assert demo.service.config("network.api.context") == CONTEXTS
    assert demo.ask(b"context=asr_cabinet").body.decode() == NOT_DEFINED[1]
    assert demo.ask(b"model=Abonents").body == b"Context= is not defined"


def test_an_address_may_call_once_it_is_added_and_the_service_restarted(
    restarted_demo: Demonstration,
) -> None:
    demo = restarted_demo
    query = list_query(demo, demo.psw("collector"))

    before = demo.ask(query, caller=NEIGHBOUR)
    demo.set_value("network.api.allowed_ip", f"127.0.0.1 ::1 {NEIGHBOUR}")
    still = demo.ask(query, caller=NEIGHBOUR)
    demo.restart()
    after = demo.ask(query, caller=NEIGHBOUR)

    assert (before.status, still.status, after.status) == (403, 403, 200)
    assert after.body == demo.ask(query).body != b""


def test_a_password_is_another_after_the_restart_and_goes_encoded_where_it_is_awkward(
    restarted_demo: Demonstration,
) -> None:
    """Case V15 of cases.md."""
    demo = restarted_demo
    old, raw, encoded = (
        list_query(demo, psw) for psw in (demo.psw("collector"), AWKWARD, quote(AWKWARD, safe=""))
    )

    warned = demo.set_value("network.api.collector.psw", AWKWARD)
    before = [demo.ask(query).status for query in (old, encoded)]
    demo.restart()
    after = [demo.ask(query).status for query in (old, encoded)]

    assert (before, after) == ([200, 403], [403, 200])
    assert demo.ask(raw).status in (400, 403)
    assert "URL" in warned
    assert demo.psw("collector") == AWKWARD


@pytest.mark.parametrize("context", ["collector", "asr_fiscal", "api_1c", "base", "webcash"])
def test_a_password_that_netledger_makes_goes_into_a_url_as_it_is(demo: Demonstration, context: str) -> None:
    assert demo.psw(context).isalnum() and demo.psw(context).isascii()
    assert len(demo.psw(context)) >= 16
