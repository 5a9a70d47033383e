"""The caller is the peer, or whom a trusted proxy names; what a caller says of himself does not count."""

from ipaddress import ip_network

import pytest

from netledger.system_api.caller import caller_of

PROXIES = (ip_network("192.0.2.1"), ip_network("10.9.0.0/16"), ip_network("fd00::/64"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "127.0.0.1", "198.51.100.7"),
        ("192.0.2.1", "127.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("192.0.2.1", "127.0.0.1,198.51.100.7,10.9.3.4", "198.51.100.7"),
        ("192.0.2.1", "198.51.100.7,", "198.51.100.7"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "10.9.0.1, 10.9.0.2", "10.9.0.1"),
        ("fd00::5", "2001:db8::1", "2001:db8::1"),
        ("::ffff:127.0.0.1", "", "127.0.0.1"),
        ("::ffff:192.0.2.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("192.0.2.1", "127.0.0.1, 198.51.100.7:4711", None),
        ("192.0.2.1", "[2001:db8::1]:80", None),
        ("192.0.2.1", "unknown", None),
        ("192.0.2.1", "127.0.0.1, fe80::1%eth0", None),
        ("fe80::1%eth0", "", None),
        ("", "127.0.0.1", None),
        ("rubbish", "", None),
        ("010.0.0.1", "", None),
    ],
)
def test_is_read_from_the_right_past_trusted_proxies_only(
    peer: str, forwarded: str, caller: str | None
) -> None:
    found = caller_of({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}, PROXIES)

    assert (found and str(found)) == caller
