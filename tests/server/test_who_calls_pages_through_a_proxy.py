"""Pages are told the caller and the scheme as trusted proxies tell them; of others nothing is believed."""

from typing import Any

import pytest

from netledger.backoffice.doors import IS_DIRECT, PEER
from netledger.installation.setting_values import read_networks
from netledger.server.proxies import behind_proxies

TRUSTED = "10.0.0.1"
CALLER = "192.0.2.7"


def _told(peer: str, **headers: str) -> tuple[Any, ...]:
    """The caller's address, the scheme, and whether nobody stood in between, as the pages are told."""
    seen: dict[str, Any] = {}

    def pages(environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **headers}
    behind_proxies(pages, read_networks(f"{TRUSTED} 10.0.0.2"))(environ, lambda *_: None)
    assert seen[PEER] == peer
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"], seen[IS_DIRECT]


def test_without_a_proxy_the_caller_is_who_calls() -> None:
    assert _told("127.0.0.1") == ("127.0.0.1", "http", True)
    assert _told("::ffff:127.0.0.1") == ("127.0.0.1", "http", True)


def test_a_trusted_proxy_tells_of_both() -> None:
    told = _told(TRUSTED, HTTP_X_FORWARDED_FOR=CALLER, HTTP_X_FORWARDED_PROTO="https")

    assert told == (CALLER, "https", False)


def test_of_several_the_nearest_says_over_what() -> None:
    told = _told(TRUSTED, HTTP_X_FORWARDED_FOR=f"{CALLER}, 10.0.0.2", HTTP_X_FORWARDED_PROTO="https, http")

    assert told == (CALLER, "http", False)


@pytest.mark.parametrize(
    "header",
    ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP"],
)
def test_another_proxy_is_seen_and_not_believed(header: str) -> None:
    assert _told("127.0.0.1", **{header: "https"}) == ("127.0.0.1", "http", False)


def test_who_made_up_an_address_is_told_by_his_own() -> None:
    told = _told(CALLER, HTTP_X_FORWARDED_FOR="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")

    assert told == (CALLER, "http", False)


def test_what_is_no_address_is_nobodys() -> None:
    assert _told(TRUSTED, HTTP_X_FORWARDED_FOR="localhost") == ("", "http", False)
