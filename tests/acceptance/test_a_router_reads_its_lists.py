"""A router gets exactly its own connections in that state, as the specification's lines, or an error."""

from ipaddress import IPv4Address
from typing import Any, LiteralString

import pytest

from acceptance.specification import LINE, LISTS
from demonstration import Demonstration

RULES: dict[str, LiteralString] = {
    "negbal": """a.balance + a.overdraft < 0 OR NOT EXISTS (
        SELECT FROM tariffs_subscription p JOIN tariffs_plan k ON k.id = p.plan_id
         WHERE p.subscriber_id = s.id AND k.gives_access AND p.held_at IS NULL
           AND (p.until_on IS NULL OR p.until_on >= current_date))""",
    "blocked": "EXISTS (SELECT FROM access_block b WHERE b.subscriber_id = s.id AND b.lifted_at IS NULL)",
    "logged": "NOT c.by_session OR o.seen_at > now() - interval '900 s'",
}
"""Who is in a list, from the tables that decisions rest on and not from the stored decision."""


@pytest.fixture(scope="module")
def nas_addresses(demo: Demonstration) -> list[str]:
    return [line.split("\t")[0] for line in demo.cli("nas", "list").splitlines()]


def ruled(demo: Demonstration, state: str, nas_ip: str) -> list[str]:
    """The addresses that the rules put into the list, in the order of addresses."""
    rows = demo.rows(
        """SELECT host(coalesce(c.address, o.address)) FROM network_connection c
             JOIN network_nas n ON n.id = c.nas_id AND n.address = %s
             JOIN subscribers_subscriber s ON s.id = c.subscriber_id
             JOIN ledger_account a ON a.id = s.account_id
             LEFT JOIN network_session o ON o.connection_id = c.id AND o.stopped_at IS NULL
                                        AND o.seen_at > now() - interval '900 s'
            WHERE c.enabled AND c.ended_at IS NULL AND coalesce(c.address, o.address) IS NOT NULL
              AND ("""
        + RULES[state]
        + ")",
        nas_ip,
    )
    return sorted((address for (address,) in rows), key=IPv4Address)


@pytest.mark.parametrize("state", LISTS)
def test_of_each_nas_as_the_rules_have_it(demo: Demonstration, nas_addresses: list[str], state: str) -> None:
    listed = {nas_ip: demo.listed(state, nas_ip) for nas_ip in nas_addresses}

    assert listed == {nas_ip: ruled(demo, state, nas_ip) for nas_ip in nas_addresses}
    assert all(listed[demo.facts["nas_ip"]] for nas_ip in nas_addresses)


@pytest.mark.parametrize("state", LISTS)
def test_as_the_specifications_line_of_what_json_gives_as_an_object(demo: Demonstration, state: str) -> None:
    lines = demo.list_of(state)
    objects = demo.list_of(state, format="json")

    assert objects.headers["content-type"] == "application/json; charset=utf-8"
    assert lines.body.decode() == "".join(f"{LINE % row}\n" for row in objects.json)
    assert {row[state] for row in objects.json} == {"1"}
    assert {row["nas_ip"] for row in objects.json} == {demo.facts["nas_ip"]}


def test_with_both_flags_where_both_reasons_hold_and_a_payment_clears_its_own(demo: Demonstration) -> None:
    def flags(address: str) -> dict[str, tuple[str, str]]:
        rows = {state: demo.list_of(state, format="json").json for state in ("negbal", "blocked")}
        return {
            state: (row["negbal"], row["blocked"])
            for state, of_state in rows.items()
            for row in of_state
            if row["ip"] == address
        }

    address = next(address for address in demo.listed("negbal") if address in demo.listed("blocked"))
    debt = -demo.balance(demo.contract_at(address))
    before = flags(address)

    demo.pay(address, f"{debt:.2f}", "both-reasons")
    after = flags(address)

    assert before == {"negbal": ("1", "1"), "blocked": ("1", "1")}
    assert after == {"blocked": ("0", "1")}


def test_empty_where_nobody_is_in_it_and_none_once_the_nas_is_retired(demo: Demonstration) -> None:
    added = demo.cli("nas", "add", "203.0.113.7", "--name", "Новый узел")
    empty = [demo.list_of(state, "203.0.113.7") for state in LISTS]
    no_objects = demo.list_of("logged", "203.0.113.7", format="json")
    demo.cli("nas", "retire", "203.0.113.7")
    retired = [demo.list_of(state, "203.0.113.7") for state in LISTS]
    shown = [line.split("\t") for line in demo.cli("nas", "list").splitlines()]

    assert "203.0.113.7" in added
    assert [(answer.status, answer.body, answer.headers["content-length"]) for answer in empty] == [
        (200, b"", "0")
    ] * 3
    assert no_objects.json == []
    assert {(answer.status, answer.body.count(b"\n")) for answer in retired} == {(404, 1)}
    assert [line[1] for line in shown if line[0] == "203.0.113.7" and line[3]] == ["Новый узел"]


def test_never_an_error_that_looks_like_an_empty_list(demo: Demonstration) -> None:
    wrong: dict[str, tuple[int, dict[str, Any]]] = {
        "of a NAS that nobody knows": (404, {"nas_ip": "203.0.113.99"}),
        "of what is no address": (400, {"nas_ip": "router"}),
        "of nothing": (400, {}),
    }

    answers = {
        case: demo.ask(demo.query("collector", "collector_manager.users_negbal", arg1))
        for case, (_, arg1) in wrong.items()
    }
    by_stranger = demo.ask(demo.query("collector", "collector_manager.users_negbal", {}), caller="127.0.0.9")
    without_password = demo.ask(demo.query("collector", "collector_manager.users_negbal", {}, psw="wrong"))

    assert {case: answer.status for case, answer in answers.items()} == {
        case: status for case, (status, _) in wrong.items()
    }
    assert (by_stranger.status, without_password.status) == (403, 403)
    for answer in (*answers.values(), without_password):
        assert answer.body.count(b"\n") == 1 and answer.body.endswith(b"\n")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
