"""Whatever bytes arrive, they are answered or refused: never an exception, never a trouble of ours."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import calls
from netledger.system_api.views import SystemApi
from system_api.conftest import Ask

names = st.sampled_from([b"model", b"method1", b"arg1", b"context", b"psw", b"format", b"%00", b""])
usual = [b"users", b"test.echo", b'{"who":"1"}', b"[]", b"web", b"collector", b"api_1c", b"col-psw", b"json"]
values = st.one_of(
    st.binary(max_size=12), st.sampled_from([*usual, b"%D0%96", b"%FF", b"%", b'{"who":1e400}'])
)
parameters = st.lists(st.tuples(names, values), max_size=8).map(
    lambda pairs: b"&".join(name + b"=" + value for name, value in pairs)
)
headers = st.text(st.characters(max_codepoint=255), max_size=20)

API = SystemApi(calls.settings(), Path("/nonexistent"))
ANSWERED = {200, 400, 403, 404, 405, 413, 415}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=parameters, body=parameters, verb=st.sampled_from(["GET", "POST", "HEAD", "PATCH"]))
def test_in_the_query_and_the_body(ask: Ask, query: bytes, body: bytes, verb: str) -> None:
    reply = calls.send(API, calls.environ_of(query, verb=verb, body=body))

    assert reply.status in ANSWERED
    assert reply.body == b"" if verb == "HEAD" else reply.headers["Content-Length"] == str(len(reply.body))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(peer=headers, forwarded=headers, language=headers, site=headers, length=headers, kind=headers)
def test_in_the_headers(
    ask: Ask, peer: str, forwarded: str, language: str, site: str, length: str, kind: str
) -> None:
    told = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded, "HTTP_ACCEPT_LANGUAGE": language}
    sent = {"HTTP_SEC_FETCH_SITE": site, "CONTENT_LENGTH": length, "CONTENT_TYPE": kind}

    for more in (told, told | {"REMOTE_ADDR": "127.0.0.1"} | sent):
        reply = calls.send(API, calls.environ_of(b"context=web", verb="POST", body=b"") | more)
        assert reply.status in ANSWERED
