"""The caller behind a proxy is who the trusted proxy says, and nobody else says it. Case V14 of cases.md."""

from demonstration import ACT_PAY, Demonstration

PROXY = "127.0.0.3"
STRANGER = "127.0.0.4"
ALLOWED = "192.0.2.10"
HOPS = b"X-Forwarded-For: %b\r\n"

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


def test_is_told_apart(restarted_demo: Demonstration) -> None:
    demo = restarted_demo
    demo.set_value("network.api.allowed_ip", f"127.0.0.1 {ALLOWED}")
    demo.set_value("network.api.trusted_proxy", PROXY)
    demo.restart()
    query = demo.query(
        "asr_fiscal", ACT_PAY, {"contract_number": demo.facts["contract_number"], "act": "CHECK"}
    )

    answers = {
        who: demo.ask(query, caller=peer, head=b"".join(HOPS % hops for hops in forwarded))
        for who, (peer, forwarded, _) in CALLS.items()
    }

    assert {who: answer.status for who, answer in answers.items()} == {
        who: status for who, (_, _, status) in CALLS.items()
    }
    assert {answer.json["code"] for answer in answers.values() if answer.status == 403} == {"address_refused"}
