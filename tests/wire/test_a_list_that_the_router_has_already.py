"""A router that has a list already, and says so by its tag, is told that in one look; nobody else sees a difference."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls import Application, Reply, environ_of, query_of, send
from given import a_connection, a_customer, a_nas, published
from netledger.access.services import place_block
from netledger.network.feed import renew_identity
from netledger.network.models import Connection, Nas
from netledger.network.services import retire_nas

NAS_IP = "10.0.0.1"
ListOf = Callable[..., Reply]


@pytest.fixture
def nas(db: None) -> Nas:
    return a_nas(NAS_IP)


@pytest.fixture
def online(nas: Nas) -> Connection:
    made = a_connection(nas, a_customer(), address="10.1.0.1", login="u1")
    published()
    return made


@pytest.fixture
def list_of(api: Application) -> ListOf:
    """Ask for a list, with the tag that is given, if any."""

    def list_of(name: str = "logged", known: str | None = None, *, verb: str = "GET", **more: str) -> Reply:
        arguments = {"nas_ip": more.pop("nas_ip", NAS_IP)}
        query = query_of("collector", f"collector_manager.users_{name}", arguments, **more)
        told = {} if known is None else {"HTTP_IF_NONE_MATCH": known}
        return send(api, environ_of(query, verb=verb, **told))

    return list_of


@pytest.mark.parametrize("more", [{}, {"format": "json"}], ids=["text", "json"])
@pytest.mark.parametrize("name", ["negbal", "blocked", "logged"])
def test_is_304_without_a_body(list_of: ListOf, online: Connection, name: str, more: dict[str, str]) -> None:
    first = list_of(name, **more)

    again = list_of(name, first.headers["ETag"], **more)

    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Length" not in again.headers and "Content-Type" not in again.headers


@pytest.mark.parametrize(
    "known",
    ["{tag}", "*", " * ", '"other", {tag}', '{tag}, W/"other"', "{strong}", '"a,b" ,{strong}', "W/{strong}"],
)
def test_however_it_names_the_tag(list_of: ListOf, online: Connection, known: str) -> None:
    tag = list_of().headers["ETag"]

    reply = list_of(known=known.format(tag=tag, strong=tag.removeprefix("W/")))

    assert reply.status == 304


@pytest.mark.parametrize("known", ["", '"other"', "{bare}", 'x{tag}"', '"{bare}', "**"])
def test_is_sent_to_whoever_names_another(list_of: ListOf, online: Connection, known: str) -> None:
    first = list_of()
    tag = first.headers["ETag"]
    bare = tag.removeprefix("W/").strip('"')

    reply = list_of(known=known.format(tag=tag.replace('"', ""), bare=bare))

    assert (reply.status, reply.body) == (200, first.body)


def test_costs_one_look(list_of: ListOf, online: Connection) -> None:
    tag = list_of().headers["ETag"]

    with CaptureQueriesContext(connection) as asked:
        list_of(known=tag)

    assert len(asked) == 1


def test_has_another_tag_once_it_differs(list_of: ListOf, online: Connection) -> None:
    tag = list_of("blocked").headers["ETag"]
    place_block(subscriber_id=online.subscriber_id, placed_by="staff")
    published()

    reply = list_of("blocked", tag)

    assert (reply.status, reply.text.split()[0]) == (200, "10.1.0.1")
    assert reply.headers["ETag"] != tag


def test_has_a_tag_of_its_own_for_each_state_form_and_nas(list_of: ListOf, online: Connection) -> None:
    a_nas("10.0.0.2")
    asked = [
        list_of(name, nas_ip=nas_ip, **more)
        for name in ("negbal", "blocked", "logged")
        for nas_ip in (NAS_IP, "10.0.0.2")
        for more in ({}, {"format": "json"})
    ]

    assert len({reply.headers["ETag"] for reply in asked}) == len(asked) == 12


def test_has_another_tag_in_a_restored_database(list_of: ListOf, online: Connection) -> None:
    tag = list_of().headers["ETag"]

    renew_identity()

    assert list_of(known=tag).status == 200


def test_is_asked_for_anew_by_whoever_keeps_it(list_of: ListOf, online: Connection) -> None:
    first = list_of()

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert list_of(known=first.headers["ETag"]).headers["Cache-Control"] == "private, no-cache"


def test_is_no_answer_to_whoever_may_not_have_it(
    api: Application, list_of: ListOf, online: Connection
) -> None:
    tag = list_of().headers["ETag"]

    wrong = list_of(known=tag, psw="wrong")
    stranger = send(
        api, environ_of(query_of("collector", "x", {}), REMOTE_ADDR="192.0.2.1", HTTP_IF_NONE_MATCH="*")
    )

    assert (wrong.status, stranger.status) == (403, 403)


@pytest.mark.parametrize("known", [None, "*"])
def test_of_an_unknown_or_retired_nas_is_404(list_of: ListOf, nas: Nas, known: str | None) -> None:
    retire_nas(address=NAS_IP)

    assert list_of(known=known).status == list_of(known=known, nas_ip="10.0.0.9").status == 404
    assert "ETag" not in list_of(known=known).headers


def test_is_told_of_by_head_as_by_get(list_of: ListOf, online: Connection) -> None:
    got = list_of()

    head = list_of(verb="HEAD")

    assert (head.status, head.body, head.headers) == (200, b"", got.headers)
    assert list_of(known=got.headers["ETag"], verb="HEAD").status == 304


def test_is_always_answered_in_full_to_a_post(api: Application, list_of: ListOf, online: Connection) -> None:
    first = list_of()
    query = query_of("collector", "collector_manager.users_logged", {"nas_ip": NAS_IP})

    posted = send(api, environ_of(verb="POST", body=query, HTTP_IF_NONE_MATCH=first.headers["ETag"]))

    assert (posted.status, posted.body) == (200, first.body)


@pytest.mark.parametrize(
    "query",
    [
        query_of("asr_fiscal", "asr_fiscal_manager.act_pay", {"act": "STATUS"}),
        query_of("api_1c", "api_1c_manager.api_1c_get_abonents", {"parent_id": "1"}),
    ],
)
def test_what_is_no_list_of_a_router_has_no_tag_and_no_head(api: Application, db: None, query: bytes) -> None:
    assert send(api, environ_of(query, verb="HEAD")).status == 405
    reply = send(api, environ_of(query, HTTP_IF_NONE_MATCH="*"))
    assert "ETag" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store"
