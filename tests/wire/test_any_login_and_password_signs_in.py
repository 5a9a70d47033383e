"""A login and password of any alphabet sign in through the whole wire; what nobody has does not, and breaks nothing."""

import unicodedata
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from calls import Application, Reply, environ_of, query_of, send, settings
from given import a_nas, a_subscriber
from netledger.errors import Refusal
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.installation.settings import Settings
from netledger.network.services import add_connection
from netledger.system_api import views

pytestmark = pytest.mark.django_db

OPEN_DOOR = CabinetSettings(sign_in_failures_max=1000, sign_in_failures_a_minute=1_000_000)
seen = st.text(st.characters(categories=["L", "M", "N", "P", "S"]), min_size=1, max_size=70)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=140)
often = examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def open_door(api: Application) -> Application:
    """The System API, whose guard lets all examples try."""
    assert isinstance(api, views.SystemApi)
    api.settings = Settings(network=settings().network, cabinet=OPEN_DOOR)
    return api


def _sign_in(api: Application, login: str, secret: str) -> Reply:
    query = query_of("web", "web_cabinet.login", {"login": login, "passwd": secret}, model="users")
    return send(api, environ_of(query))


@often
@given(login=seen | anything, secret=seen | anything)
def test_what_a_connection_can_have_signs_in_and_is_told_as_it_is_kept(
    open_door: Application, login: str, secret: str
) -> None:
    with transaction.atomic():
        with suppress(Refusal):
            add_connection(subscriber_id=a_subscriber().pk, login=login, secret=secret, nas_id=a_nas().pk)
            answer = _sign_in(open_door, login, secret).json

            assert answer["user"]["login"] == unicodedata.normalize("NFC", login)
        transaction.set_rollback(True)


@often
@given(login=seen | anything, secret=seen | anything)
def test_what_nobody_has_is_refused_in_the_same_words_or_by_its_field(
    open_door: Application, login: str, secret: str
) -> None:
    reply = _sign_in(open_door, login, secret)

    if reply.status == 200:
        assert reply.json["code"] == "sign_in_refused"
    else:
        assert (reply.status, reply.json["code"]) == (400, "field_wrong")
        assert reply.json["field"] == ("login" if len(login) > 128 or "\0" in login else "passwd")
