"""What the System API says of itself is read by whoever may call it, and by nobody else."""

from ipaddress import ip_network
from typing import Any

import pytest

from calls import Reply, environ_of, send, settings
from netledger.system_api.explained import PAGES, Explained

each_page = pytest.mark.parametrize("path", list(PAGES))


def read(path: str, **more: Any) -> Reply:
    return send(Explained(settings().network), environ_of() | {"PATH_INFO": path} | more)


@each_page
def test_an_allowed_address_reads_it(path: str) -> None:
    reply = read(path)

    assert reply.status == 200
    assert int(reply.headers["Content-Length"]) == len(reply.body) > 0
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


@each_page
def test_another_does_not(path: str) -> None:
    assert read(path, REMOTE_ADDR="198.51.100.7").status == 403
    assert read(path, REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="127.0.0.1").status == 403


@each_page
def test_neither_does_a_page_of_another_site(path: str) -> None:
    assert read(path, HTTP_SEC_FETCH_SITE="cross-site").status == 403


@each_page
def test_it_can_only_be_read(path: str) -> None:
    for verb in ("POST", "DELETE"):
        reply = read(path, REQUEST_METHOD=verb)

        assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
    assert read(path, REQUEST_METHOD="HEAD").status == 200


def test_behind_a_proxy_the_one_who_asks_it_counts() -> None:
    network = settings(trusted_proxy=(ip_network("192.0.2.1"),)).network
    peer = {"PATH_INFO": "/system_api/openapi.json", "REMOTE_ADDR": "192.0.2.1"}

    for asker, status in (("127.0.0.1", 200), ("198.51.100.7", 403)):
        reply = send(Explained(network), environ_of() | peer | {"HTTP_X_FORWARDED_FOR": asker})
        assert reply.status == status


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "С вашего адреса"),
        ({"HTTP_ACCEPT_LANGUAGE": "en"}, "Your address"),
        ({"HTTP_COOKIE": "a=b; language=en"}, "Your address"),
        ({"HTTP_COOKIE": "language=ru", "HTTP_ACCEPT_LANGUAGE": "en"}, "С вашего адреса"),
        ({"HTTP_COOKIE": "language=de", "HTTP_ACCEPT_LANGUAGE": "en"}, "Your address"),
    ],
)
def test_a_refusal_is_in_the_language_that_the_reader_chose_or_prefers(
    told: dict[str, str], words: str
) -> None:
    reply = read("/system_api/openapi.json", REMOTE_ADDR="198.51.100.7", **told)

    assert words in reply.json["error"]
