"""The specification's error, and its cure: name the context in `network['api.context']` and restart."""

import pytest

from calls import PSW, Application, Reply, environ_of, query_of, send, settings
from netledger.system_api.views import make_application

QUERIES = {
    "asr_fiscal": query_of("asr_fiscal", "asr_fiscal_manager.act_pay", {"contract_number": "nobody"}),
    "asr_cabinet": query_of("asr_cabinet", "web_cabinet.user_info", {"suid": "none"}, model="users"),
    "collector": query_of("collector", "collector_manager.users_negbal", {"nas_ip": "10.0.0.1"}),
}
SPECIFIED = ("web", "cabinet", "collector", "api_1c", "base", "webcash", "asr_fiscal")


def ask(query: bytes, contexts: tuple[str, ...], psw: dict[str, str] = PSW) -> Reply:
    return send(make_application(settings(context=contexts, psw=psw)), environ_of(query))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "cured"), [("asr_fiscal", 200), ("asr_cabinet", 200), ("collector", 404)])
def test_is_named_word_for_word_until_it_is(api: Application, name: str, cured: int) -> None:
    before = ask(QUERIES[name], ("web", "cabinet"))
    after = ask(QUERIES[name], ("web", "cabinet", name))

    assert (before.status, before.body) == (400, f"Context={name} is not defined".encode())
    assert before.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (after.status, b"not defined" in after.body) == (cured, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "defined"), [("asr_fiscal", True), ("asr_cabinet", False), ("collector", True)]
)
def test_is_not_for_the_contexts_of_the_specifications_line(
    api: Application, name: str, defined: bool
) -> None:
    assert (b"not defined" not in ask(QUERIES[name], SPECIFIED).body) == defined


def test_is_no_way_round_a_missing_password(api: Application) -> None:
    reply = ask(QUERIES["asr_fiscal"], SPECIFIED, psw={})

    assert (reply.status, reply.json["code"]) == (403, "password_not_set")
