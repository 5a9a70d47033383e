"""The cabinet signs a subscriber in and shows him himself, in the exact forms that its clients take apart."""

import json
import re
from typing import Any

import pytest

from calls import Application, Reply, environ_of, query_of, send, settings
from given import a_connection, a_nas, a_plan, a_subscriber, later, moved, published
from netledger.access.services import place_block
from netledger.charging.services import subscribe
from netledger.ledger import clock
from netledger.network.models import Connection
from netledger.network.services import move_connection, set_enabled, set_secret
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import add_group, add_subscriber
from netledger.system_api import views
from netledger.tariffs.models import Plan

pytestmark = pytest.mark.django_db

ENDED = {
    "error": "Необходимо авторизоваться",
    "error_text": "Необходимо авторизоваться",
    "code": "session_ended",
    "field": None,
}


@pytest.fixture
def ask(api: Application) -> Any:
    """Call a method of the cabinet's with those arguments."""

    def ask(name: str, context: str = "web", model: str = "users", **arguments: Any) -> Reply:
        query = query_of(context, f"web_cabinet.{name}", arguments, model=model, format="json")
        return send(api, environ_of(query))

    return ask


@pytest.fixture
def subscriber() -> Subscriber:
    """At 100.00, with a plan by the day for 310.00 a month from today on, in a flat."""
    subscriber = add_subscriber(
        contract_number="12345",
        name="Жукова Анна Ивановна",
        group_id=add_group(name="Город").id,
        street="ул. Мира",
        house="5",
        flat="17",
        phone="+79001234567",
        email="anna@example.org",
    )
    subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=clock.today())
    subscriber.refresh_from_db()
    moved(subscriber, "100.00")
    return subscriber


@pytest.fixture
def connection(subscriber: Subscriber) -> Connection:
    connection = a_connection(a_nas(), subscriber, login="anna", address="10.0.0.5")
    published()
    return connection


@pytest.fixture
def suid(ask: Any, connection: Connection) -> str:
    reply = ask("login", login="anna", passwd="тайна")
    return str(reply.json["session_id"])


def _user(subscriber: Subscriber, connection: Connection, user: dict[str, Any]) -> dict[str, Any]:
    """What is answered of them; the sums that a forecast makes are taken as they are."""
    plan = Plan.objects.get().name
    made_at = subscriber.created_at.strftime("%Y-%m-%d %H:%M:%S")
    account = "№ 12345 Баланс: 100.00"
    assert subscriber.activated_at is not None
    return {
        "pk": str(connection.pk),
        "login": "anna",
        "__self": "anna",
        "__abonent": "Жукова Анна Ивановна",
        "enabled": "1",
        "phone": "+79001234567",
        "email": "anna@example.org",
        "home": "ул. Мира, 5, 17",
        "abonent_pay": "310.00",
        "abonent_pay_next_date": user["abonent_pay_next_date"],
        "abonent": {
            "pk": str(subscriber.pk),
            "name": "Жукова Анна Ивановна",
            "contract_number": "12345",
            "__account": account,
            "account": {"__self": account},
            "__tarif": plan,
            "tarif": {"__tarif": plan},
            "activate_date": subscriber.activated_at.strftime("%Y-%m-%d"),
            "create_date": made_at[:10],
            "create_date_system": made_at,
            "abon_pay_for_today": user["abonent"]["abon_pay_for_today"],
            "minimal_pay_sum": "0.00",
            "recomend_pay_sum": user["abonent"]["recomend_pay_sum"],
            "allow_internet": "1",
            "sms": "+79001234567",
            "email": "anna@example.org",
            "__home": "ул. Мира, 5",
            "a_home_number": "17",
            "own_disabled_start": "",
            "own_disabled_end": "",
        },
    }


def test_login_answers_a_session_the_user_and_the_currency(
    ask: Any, subscriber: Subscriber, connection: Connection
) -> None:
    reply = ask("login", login=" ANNA", passwd="тайна", remember=True)

    answer = reply.json
    assert reply.status == 200
    assert set(answer) == {"session_id", "message", "user", "currency"}
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,64}", answer["session_id"])
    assert answer["message"] == "Вход выполнен"
    assert answer["currency"] == {"NAME": "Российский рубль", "SHORT_NAME": "руб"}
    assert answer["user"] == _user(subscriber, connection, answer["user"])


def test_get_user_answers_the_same_user(
    ask: Any, subscriber: Subscriber, connection: Connection, suid: str
) -> None:
    answer = ask("get_user", suid=suid).json

    assert answer["user"] == _user(subscriber, connection, answer["user"])
    assert answer["__user"] == "anna"
    assert set(answer) == {"user", "__user"}


def test_user_info_is_flat_with_numbers_of_two_places(ask: Any, suid: str) -> None:
    reply = ask("user_info", suid=suid)

    answer = reply.json
    assert set(answer) == {
        *("tarif_id", "balance", "in_block", "enough_to_date", "minimal_pay_sum", "recomend_pay_sum")
    }
    assert answer["tarif_id"] == Plan.objects.get().pk
    assert answer["in_block"] == "0"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", answer["enough_to_date"])
    assert '"balance":100.00,' in reply.text
    assert '"minimal_pay_sum":0.00,' in reply.text


@pytest.mark.parametrize("model", ["users", "Users", "USERS"])
@pytest.mark.parametrize("context", ["web", "cabinet", "asr_cabinet"])
def test_three_contexts_and_any_case_of_the_model_are_one(
    ask: Any, suid: str, context: str, model: str
) -> None:
    assert ask("user_info", context=context, model=model, suid=suid).json["balance"] == 100


def test_a_context_that_has_a_password_asks_for_it(api: Application, connection: Connection) -> None:
    assert isinstance(api, views.SystemApi)
    api.settings = settings(psw={"web": "word"})
    query = query_of("web", "web_cabinet.login", {"login": "anna", "passwd": "тайна"}, model="users")

    without = send(api, environ_of(query))
    with_it = send(api, environ_of(query + b"&psw=word"))

    assert (without.status, with_it.status) == (403, 200)


def test_an_address_that_is_not_allowed_is_refused(api: Application, connection: Connection) -> None:
    query = query_of("web", "web_cabinet.login", {"login": "anna", "passwd": "тайна"}, model="users")

    assert send(api, environ_of(query, REMOTE_ADDR="192.0.2.7")).status == 403


@pytest.mark.parametrize("delta", ["-410.00", "-99.99"])
def test_the_account_has_its_one_form_also_in_debt(
    ask: Any, subscriber: Subscriber, suid: str, delta: str
) -> None:
    moved(subscriber, delta)
    published()

    abonent = ask("get_user", suid=suid).json["user"]["abonent"]

    balance = {"-410.00": "-310.00", "-99.99": "0.01"}[delta]
    assert abonent["__account"] == f"№ 12345 Баланс: {balance}"
    assert abonent["__account"].split(" ")[1] == "12345"
    assert abonent["__account"].split(" ")[3] == balance


def test_whose_access_is_closed_is_in_a_block(ask: Any, subscriber: Subscriber, suid: str) -> None:
    place_block(subscriber_id=subscriber.pk, placed_by="staff")
    published()

    assert ask("user_info", suid=suid).json["in_block"] == "1"
    assert ask("get_user", suid=suid).json["user"]["abonent"]["allow_internet"] == "0"


def test_a_debtor_is_in_a_block_and_told_what_opens(ask: Any, subscriber: Subscriber, suid: str) -> None:
    moved(subscriber, "-410.00")
    published()

    reply = ask("user_info", suid=suid)

    assert (reply.json["in_block"], reply.json["minimal_pay_sum"]) == ("1", 310)
    assert '"balance":-310.00,' in reply.text


def test_a_disabled_connection_says_so(ask: Any, connection: Connection, suid: str) -> None:
    set_enabled(connection_id=connection.pk, enabled=False)

    assert ask("get_user", suid=suid).json["user"]["enabled"] == "0"


def test_what_no_rule_computes_is_absent(ask: Any) -> None:
    subscriber = a_subscriber("777")
    a_connection(a_nas(), subscriber, login="bare")
    published()
    entered = ask("login", login="bare", passwd="тайна").json

    answer = ask("user_info", suid=entered["session_id"]).json

    assert answer == {"tarif_id": 0, "balance": 0, "in_block": "1"}
    assert not {"minimal_pay_sum", "recomend_pay_sum"} & entered["user"]["abonent"].keys()
    assert entered["user"]["abonent"]["activate_date"] == ""


def test_a_wrong_password_is_an_error_of_status_200(ask: Any, connection: Connection) -> None:
    wrong = ask("login", login="anna", passwd="wrong")
    unknown = ask("login", login="nobody", passwd="wrong")

    assert (wrong.status, wrong.json["error"]) == (200, "Неверный логин или пароль")
    assert (unknown.status, unknown.body) == (wrong.status, wrong.body)


def test_try_auto_login_lets_in_the_connection_of_the_address(ask: Any, connection: Connection) -> None:
    for address in ("10.0.0.5", "::ffff:10.0.0.5"):
        answer = ask("try_auto_login", src_ip=address).json

        assert answer["user"]["login"] == "anna"
        assert ask("user_info", suid=answer["session_id"]).json["balance"] == 100


@pytest.mark.parametrize("address", ["10.0.0.6", "2001:db8::1", "127.0.0.1"])
def test_try_auto_login_of_nobodys_address_is_an_error(
    ask: Any, connection: Connection, address: str
) -> None:
    reply = ask("try_auto_login", src_ip=address)

    assert (reply.status, reply.json["code"]) == (200, "address_unrecognized")


def test_the_session_of_an_address_ends_when_that_becomes_anothers(ask: Any, connection: Connection) -> None:
    """Case V13: A's older session never shows D."""
    by_address = ask("try_auto_login", src_ip="10.0.0.5").json["session_id"]
    by_password = ask("login", login="anna", passwd="тайна").json["session_id"]
    move_connection(connection_id=connection.pk, nas_id=connection.nas_id, address=None)
    a_connection(connection.nas, a_subscriber("888"), login="dora", address="10.0.0.5")

    assert ask("try_auto_login", src_ip="10.0.0.5").json["user"]["login"] == "dora"
    assert ask("get_user", suid=by_address).json == ENDED
    assert ask("get_user", suid=by_password).json["__user"] == "anna"


@pytest.mark.parametrize("name", ["user_info", "get_user", "logout"])
@pytest.mark.parametrize(
    "arguments", [{"suid": "rubbish"}, {"suid": ""}, {"suid": None}, {"suid": False}, {"suid": 5}, {}]
)
def test_without_a_session_one_is_to_sign_in(ask: Any, name: str, arguments: dict[str, Any]) -> None:
    reply = ask(name, **arguments)

    assert (reply.status, reply.json) == (200, ENDED)


def test_the_text_that_clients_compare_is_russian_for_english_callers_too(api: Application) -> None:
    query = query_of("web", "web_cabinet.user_info", {"suid": "x"}, model="users")

    assert send(api, environ_of(query, HTTP_ACCEPT_LANGUAGE="en")).json == ENDED


def test_logout_ends_the_session(ask: Any, suid: str) -> None:
    answer = ask("logout", suid=suid).json

    assert answer == {"message": "Выход выполнен"}
    assert ask("user_info", suid=suid).json == ENDED


def test_a_session_ends_with_the_password_in_every_browser(
    ask: Any, connection: Connection, suid: str
) -> None:
    other = ask("login", login="anna", passwd="тайна").json["session_id"]
    set_secret(connection_id=connection.pk, secret="новая")

    assert ask("user_info", suid=suid).json == ENDED
    assert ask("user_info", suid=other).json == ENDED
    assert "error" not in ask("login", login="anna", passwd="новая").json


def test_a_session_expires(ask: Any, suid: str) -> None:
    later(days=1, minutes=1)

    assert ask("user_info", suid=suid).json == ENDED


@pytest.mark.parametrize(
    ("name", "arguments", "field"),
    [
        ("login", {"login": "anna"}, "passwd"),
        ("login", {"passwd": "x"}, "login"),
        ("login", {"login": "a" * 129, "passwd": "x"}, "login"),
        ("login", {"login": "anna", "passwd": ["x"]}, "passwd"),
        ("login", {"login": "anna\0", "passwd": "x"}, "login"),
        ("try_auto_login", {"src_ip": "10.0.0.300"}, "src_ip"),
        ("try_auto_login", {"src_ip": 5}, "src_ip"),
        ("try_auto_login", {}, "src_ip"),
    ],
)
def test_a_malformed_argument_is_named_and_not_quoted(
    ask: Any, name: str, arguments: dict[str, Any], field: str
) -> None:
    reply = ask(name, **arguments)

    assert (reply.status, reply.json["field"]) == (400, field)
    assert "anna" not in reply.text


def test_a_password_of_digits_may_come_as_a_number(ask: Any, connection: Connection) -> None:
    set_secret(connection_id=connection.pk, secret="2468")

    assert "session_id" in ask("login", login="anna", passwd=2468).json


def test_a_method_that_is_not_there_is_404(ask: Any) -> None:
    reply = ask("set_user_info", suid="x")

    assert (reply.status, json.loads(reply.body)["code"]) == (404, "method_unknown")
