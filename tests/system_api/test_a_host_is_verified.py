"""`netledger verify` sees what is wrong with a host's answers, tells it, and tells no secret."""

import json
import time
from pathlib import Path

import pytest

from netledger.system_api.declaration import REGISTRY, Method
from netledger.system_api.examples import Example, all_examples
from netledger.system_api.verification import sending
from netledger.system_api.verification.calls import FORMS, Call, Form, reading_calls, writing_calls
from netledger.system_api.verification.differences import differences
from netledger.system_api.verification.facts import FactsUnreadable, read_facts, read_passwords
from netledger.system_api.verification.rows import Client, Outcome, verify
from netledger.system_api.verification.sending import host_of, send
from netledger.system_api.verification.shapes import wrong_with
from system_api.hosts import PlayedHost, http, played

FACTS = {
    "nas_ip": "192.0.2.1",
    "contract_number": "10245",
    "login": "ivanov",
    "passwd": "s3cret-word",
    "ip": "10.0.0.5",
    "parent_id": "1001",
    "op_id": "5002",
    "pay_operator": "osmp",
    "pay_id_str": "776",
}
PASSWORDS = {"collector": "col-psw", "asr_fiscal": "fis-psw", "api_1c": "one-psw"}
LINE = b"10.0.0.6 petrov 0.0.0.0 - 1 1 0 50000 100000 62500  50000 100000 62500 192.0.2.1 125000 125000\n"


def method_named(name: str) -> Method:
    return next(method for method in REGISTRY.values() if method.name.endswith(name))


def call_named(name: str) -> Call:
    return next(call for call in reading_calls() if call.name.endswith(name))


def asked(host: PlayedHost, call: Call, form: Form = FORMS[0], **facts: str) -> Outcome:
    return Client(host_of(host.url), FACTS | facts, PASSWORDS, "en").ask(call, form)


def english(outcome: Outcome) -> str:
    return outcome.wrong.en if outcome.wrong else ""


def test_every_call_of_the_specification_is_asked() -> None:
    called = {call.method.name for call in [*reading_calls(), *writing_calls("1", "1", "a")]}

    assert called == {m.name for m in REGISTRY.values() if not m.spec.startswith("clients.md")}


def test_nothing_that_is_read_only_writes() -> None:
    for call in reading_calls():
        tags = {str(struct.__struct_config__.tag) for struct in call.method.writes}
        assert call.fixed.get("act", "None") not in tags, call.name


def test_a_form_is_what_is_sent() -> None:
    facts = {"nas_ip": 'Ж"{ &+%#'}
    call, sent = call_named("users_negbal"), {}
    with played(lambda _: http(b"")) as host:
        for form in FORMS:
            asked(host, call, form, **facts)
            sent[form.name] = host.received[-1]

    raw = '{"nas_ip":"Ж\\"{%20%26%2B%25%23"}'.encode()
    encoded = b"%7B%22nas_ip%22%3A%22%D0%96%5C%22%7B%20%26%2B%25%23%22%7D"
    before, after = (
        b"model=Abonents&method1=collector_manager.users_negbal&arg1=",
        b"&context=collector&psw=col-psw",
    )
    for name, arg1 in (("raw", raw), ("encoded", encoded)):
        assert sent[f"GET {name}"].startswith(b"GET /system_api/?" + before + arg1 + after + b" HTTP/1.1\r\n")
        assert sent[f"POST {name}"].startswith(b"POST /system_api/ HTTP/1.1\r\n")
        assert sent[f"POST {name}"].endswith(b"\r\n\r\n" + before + arg1 + after)
        assert b"application/x-www-form-urlencoded" in sent[f"POST {name}"]


@pytest.mark.parametrize("example", all_examples(), ids=lambda example: f"{example.method}-{example.arg1}")
def test_our_own_answers_have_the_declared_shape(example: Example) -> None:
    if example.wants_json and example.method.startswith("collector"):
        return
    is_refused = '"error"' in example.answer

    assert (wrong_with(method_named(example.method), example.answer.encode()) is None) is not is_refused


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("users_negbal", LINE[:-1], "does not end"),
        ("users_negbal", LINE + LINE.replace(b"  ", b" "), "line 2"),
        ("users_negbal", LINE.replace(b" - 1", b" AA 1"), "line 1"),
        ("users_negbal", LINE.replace(b"10.0.0.6", b"300.0.0.6"), "line 1"),
        ("users_negbal", b"<html>\n", "line 1"),
        ("users_negbal", b"\xff\n", "not UTF-8"),
        ("act_pay", b"<html>", "not JSON"),
        ("act_pay", b'{"pk": 1}', "$.pk"),
        ("get_abonents", b"{}", "Expected `array`"),
        ("get_abonents", b'[{"pk": 5, "fields": {}}]', "$[0].pk"),
        ("user_info", b'{"tarif_id":1,"balance":"x","in_block":"0"}', "$.balance"),
    ],
)
def test_another_shape_is_named_by_its_place(name: str, body: bytes, says: str) -> None:
    wrong = wrong_with(method_named(name), body)

    assert wrong is not None and says in wrong.en


def test_an_empty_list_is_a_list() -> None:
    assert wrong_with(method_named("users_negbal"), b"") is None


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (http(b"no such NAS\n", "404 Not Found"), "no such NAS"),
        (http(b"", "500 Oops"), "an empty answer"),
        (http(b"Context=collector is not defined", "400 Bad Request"), "Context=collector is not defined"),
        (http(b'{"error":"No"}'), "refused: No"),
        (http(b'[{"error_text":"No"}]'), "refused: No"),
        (http(LINE, length=1000), "cut off"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + LINE[:50], "does not end"),
        (b"", "cut off"),
        (b"rubbish\r\n\r\n", "cut off"),
    ],
)
def test_what_is_wrong_is_told(answer: bytes, says: str) -> None:
    with played(lambda _: answer) as host:
        outcome = asked(host, call_named("users_negbal"))

    assert (outcome.verdict, says in english(outcome)) == ("failed", True), outcome


def test_a_secret_that_a_host_repeats_is_hidden() -> None:
    with played(lambda request: http(request.split()[1][-90:] + b"\x1b[2J", "400 Bad")) as host:
        told = [english(asked(host, call, form)) for call in reading_calls()[:9] for form in FORMS]

    assert all(told)
    shown = " ".join(told)
    assert [secret for secret in [FACTS["passwd"], *PASSWORDS.values()] if secret in shown] == []
    assert "\x1b" not in shown


def test_what_is_not_known_is_skipped_and_no_success() -> None:
    with played(lambda _: http(b"[]")) as host:
        facts = {name: value for name, value in FACTS.items() if name != "op_id"}
        client = Client(host_of(host.url), facts, {}, "en")
        rows = list(verify([client], [call_named("get_fin_detail")]))

    assert [row.is_success for row in rows] == [False] * 4
    assert {(row.outcomes[0].verdict, english(row.outcomes[0])) for row in rows} == {
        ("skipped", "no op_id, api.api_1c.psw")
    }
    assert host.received == []


def test_a_session_that_was_given_is_used_and_never_told() -> None:
    signed_in = next(e.answer for e in all_examples() if e.method == "web_cabinet.login")
    token = json.loads(signed_in)["session_id"]

    def answering(request: bytes) -> bytes:
        return http(signed_in.encode()) if b".login" in request else http(f'{{"error":"{token}"}}'.encode())

    with played(answering) as host:
        client = Client(host_of(host.url), FACTS, PASSWORDS, "en")
        first = client.ask(call_named("login"), FORMS[0])
        then = client.ask(call_named("user_info"), FORMS[0])

    assert first.verdict == "passed"
    assert token.encode() in host.received[-1]
    assert token not in english(then)


def test_a_payment_that_is_taken_again_is_seen() -> None:
    paid = json.loads(next(e.answer for e in all_examples() if '"act":"PAY"' in e.arg1))
    ids = iter(["1", "1", "2", "1"])
    with played(lambda _: http(json.dumps(paid | {"pk": next(ids)}).encode())) as host:
        client = Client(host_of(host.url), FACTS, PASSWORDS, "en")
        rows = list(verify([client], writing_calls("10245", "1.00", "sign")[:1]))

    assert [row.is_success for row in rows] == [True, True, False, True]
    assert len({request.partition(b"pay_id_str")[2][:20] for request in host.received[::2]}) == 1


def test_a_host_that_nobody_reaches_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with played(lambda _: b"") as host:
        pass
    tries: list[object] = []
    connect = sending._connected
    monkeypatch.setattr(sending, "_connected", lambda host: tries.append(host) or connect(host))  # type: ignore[func-returns-value]

    rows = list(verify([Client(host_of(host.url), FACTS, PASSWORDS, "en")], reading_calls()[:3]))

    assert len(rows) == 12 and len(tries) == 1
    assert all("no connection" in english(row.outcomes[0]) for row in rows)


def test_an_answer_that_drips_or_has_no_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "ANSWER_WITHIN_S", 0.3)
    monkeypatch.setattr(sending, "BODY_MAX_BYTES", 1024 * 1024)

    endless = b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 2_000_000
    with played(lambda _: endless) as host, pytest.raises(sending.NotAnswered, match="longer than"):
        send(host_of(host.url), "GET", b"", language="en")
    with played(_never) as host, pytest.raises(sending.NotAnswered, match="no answer within"):
        send(host_of(host.url), "GET", b"", language="en")


def _never(_: bytes) -> bytes:
    time.sleep(1)
    return b""


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("http://billing:8082", "billing:8082", "/system_api/"),
        ("billing:8082/", "billing:8082", "/system_api/"),
        ("https://billing", "billing:443", "/system_api/"),
        ("http://[::1]:8082/carbon/system_api/", "[::1]:8082", "/carbon/system_api/"),
    ],
)
def test_a_host_is_named_by_its_url(url: str, authority: str, path: str) -> None:
    host = host_of(url)

    assert (host.authority, host.path) == (authority, path)


@pytest.mark.parametrize(
    "url", ["", "ftp://a", "http://u:p@a", "http://a/?b", "http://a:b", "http://a b", "http://"]
)
def test_another_text_is_no_host(url: str) -> None:
    with pytest.raises(ValueError):
        host_of(url)


@pytest.mark.parametrize(
    ("name", "first", "second", "says"),
    [
        ("users_negbal", LINE, LINE, ""),
        ("users_negbal", LINE + LINE.replace(b"0.6", b"0.7"), LINE, "only in 1: 1 line(s) (10.0.0.7)"),
        ("user_info", b'{"balance":1.50,"session_id":"a"}', b'{"session_id":"b","balance":1.50}', ""),
        ("user_info", b'{"balance":1.50}', b'{"balance":1.5}', "balance: 1.50 / 1.5"),
        ("get_abonents", b"[1]", b"[1,2]", "[]: 1 / 2"),
        ("get_abonents", b'[{"a":{"b":1}}]', b'[{"a":{}}]', "[0].a.b: 1 / —"),
        ("login", b'{"a":1,"b":1,"c":1,"d":1}', b"{}", "a: 1 / —; b: 1 / —; c: 1 / —; …"),
    ],
)
def test_what_differs_at_two_hosts_is_named(name: str, first: bytes, second: bytes, says: str) -> None:
    differs = differences(method_named(name), first, second)

    assert (differs.en if differs else "") == says


def test_two_hosts_stand_side_by_side() -> None:
    with played(lambda _: http(LINE)) as one, played(lambda _: http(b"")) as other:
        clients = [Client(host_of(host.url), FACTS, PASSWORDS, "en") for host in (one, other)]
        (row, *_) = verify(clients, [call_named("users_negbal")])

    assert [outcome.verdict for outcome in row.outcomes] == ["passed", "passed"]
    assert row.differs is not None and "10.0.0.6" in row.differs.en
    assert not row.is_success


def test_facts_are_those_that_are_known_and_not_empty(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"login": "a", "op_id": 7, "suid": "", "curl": {}, "ip": null}')

    assert read_facts(file) == {"login": "a", "op_id": "7"}


@pytest.mark.parametrize("content", ["", "[]", "{", "\xff"])
def test_facts_that_are_none_are_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "facts.json"
    file.write_text(content, encoding="latin-1")

    with pytest.raises(FactsUnreadable):
        read_facts(file)


def test_passwords_are_read_of_any_config_that_bash_reads(tmp_path: Path) -> None:
    file = tmp_path / "config"
    file.write_text(
        "declare -A network\nnetwork['api.collector.psw']='a'\nnetwork['whatever']='b'\nnetwork['api.web.psw']=''\n"
    )

    assert read_passwords(file, ["collector", "web", "api_1c"]) == {"collector": "a"}
