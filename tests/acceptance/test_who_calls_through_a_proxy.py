"""Behind a proxy the caller is who the trusted proxy says, and nobody else says it. Case V14 of cases.md."""

import pytest

from demonstration import Demonstration

PROXY = "127.0.0.3"
STRANGER = "127.0.0.4"
ALLOWED = "192.0.2.10"

CALLS = {
    "a stranger says that it is an allowed one": (STRANGER, [b"127.0.0.1"], 403),
    "the proxy itself": (PROXY, [], 403),
    "a stranger told the proxy that it is an allowed one": (PROXY, [b"127.0.0.1, 198.51.100.7"], 403),
    "an allowed one": (PROXY, [ALLOWED.encode()], 200),
    "an allowed one told the proxy anything": (PROXY, [b"198.51.100.7, nonsense, " + ALLOWED.encode()], 200),
    "an allowed one by IPv6 in IPv4's clothes": (PROXY, [b"::ffff:" + ALLOWED.encode()], 200),
    "an allowed one behind two proxies": (PROXY, [ALLOWED.encode() + b", " + PROXY.encode()], 200),
    "a stranger in the later of two headers": (PROXY, [ALLOWED.encode(), b"198.51.100.7"], 403),
    "an allowed one in the later of two headers": (PROXY, [b"198.51.100.7", ALLOWED.encode()], 200),
    "the proxy says what is no address": (PROXY, [b"unknown"], 403),
    "an allowed one without a proxy says it is a stranger": ("127.0.0.1", [b"198.51.100.7"], 200),
}


@pytest.fixture(scope="module")
def behind_proxy(restarted_demo: Demonstration) -> Demonstration:
    restarted_demo.set_value("network.api.allowed_ip", f"127.0.0.1 {ALLOWED}")
    restarted_demo.set_value("network.api.trusted_proxy", PROXY)
    restarted_demo.restart()
    return restarted_demo


@pytest.mark.parametrize("who", CALLS)
def test_for_the_service(behind_proxy: Demonstration, who: str) -> None:
    peer, forwarded, status = CALLS[who]
    arg1 = {"contract_number": behind_proxy.facts["contract_number"], "act": "CHECK"}
    query = behind_proxy.query("asr_fiscal", "asr_fiscal_manager.act_pay", arg1)
    head = b"".join(b"X-Forwarded-For: " + hops + b"\r\n" for hops in forwarded)

    answer = behind_proxy.ask(query, caller=peer, head=head)

    assert answer.status == status
    assert answer.json.get("code") == ("address_refused" if status == 403 else None)
