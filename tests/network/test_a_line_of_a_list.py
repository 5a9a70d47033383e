"""A line of a list is the specification's format, the double space included, applied to a connection."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from given import (
    LONG_AGO,
    a_connection,
    a_customer,
    a_nas,
    a_plan,
    a_subscriber,
    edition_of,
    later,
    the_clock_says,
    utc,
)
from netledger.access.services import place_block
from netledger.charging.services import subscribe
from netledger.network.editions import State
from netledger.network.lists import ListEntry, list_entries
from netledger.network.models import Nas
from netledger.network.sessions import start_session
from netledger.subscribers.errors import IdentifierMalformed, IdentifierTaken
from netledger.subscribers.identifiers import checked_identifier
from netledger.tariffs.services import BYTES_MAX, KBPS_MAX, Speeds
from network.conftest import lines_of

pytestmark = pytest.mark.django_db

SPECIFIED = (
    "%(ip)s %(login)s %(snatip)s %(mac)s %(logged)s %(negbal)s %(blocked)s %(rate_in)s %(ceil_in)s %(burst_in)s  "
    "%(rate_out)s %(ceil_out)s %(burst_out)s %(nas_ip)s %(cburst_in)s %(cburst_out)s"
)
"""From system_api.txt, letter for letter."""

NOON = utc(2026, 11, 10, 12)


def _is_login(text: str) -> bool:
    try:
        checked_identifier(text)
    except IdentifierMalformed:
        return False
    return True


logins = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(_is_login)
addresses = st.integers(0x01000000, 0x7EFFFFFF).map(
    lambda number: ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
)
macs = st.binary(min_size=6, max_size=6).map(bytes.hex)
kbps = st.integers(-1, KBPS_MAX)
sizes = st.integers(0, BYTES_MAX)
speeds = st.builds(
    Speeds, rate_in_kbps=kbps, ceil_in_kbps=kbps, burst_in_bytes=sizes, cburst_in_bytes=sizes,
    rate_out_kbps=kbps, ceil_out_kbps=kbps, burst_out_bytes=sizes, cburst_out_bytes=sizes,
)  # fmt: skip


def specified(entry: ListEntry) -> str:
    return SPECIFIED % {
        "ip": entry.address,
        "login": entry.login,
        "snatip": entry.snat_address or "0.0.0.0",
        "mac": entry.mac or "-",
        "logged": int(entry.logged),
        "negbal": int(entry.negbal),
        "blocked": int(entry.blocked),
        "rate_in": entry.rate_in_kbps,
        "ceil_in": entry.ceil_in_kbps,
        "burst_in": entry.burst_in_bytes,
        "rate_out": entry.rate_out_kbps,
        "ceil_out": entry.ceil_out_kbps,
        "burst_out": entry.burst_out_bytes,
        "nas_ip": entry.nas_address,
        "cburst_in": entry.cburst_in_bytes,
        "cburst_out": entry.cburst_out_bytes,
    }


def entries_of(nas: Nas, state: State) -> list[ListEntry]:
    return list(list_entries(edition_of(nas, state)))


@pytest.fixture(autouse=True)
def _at_noon(db: None) -> None:
    the_clock_says(NOON)


def test_each_number_stands_in_its_place_and_direction(nas: Nas, tmp_path: Path) -> None:
    customer = a_customer("-1.00")
    a_connection(
        nas, customer, login="Иванов", address="10.0.0.5", mac="00-1A-2B-3C-4D-5E", snat_address="192.0.2.7",
        speeds=Speeds(
            rate_in_kbps=11, ceil_in_kbps=22, burst_in_bytes=33, cburst_in_bytes=44,
            rate_out_kbps=55, ceil_out_kbps=66, burst_out_bytes=77, cburst_out_bytes=88,
        ),
    )  # fmt: skip

    (line,) = lines_of(nas, "negbal", tmp_path)

    assert line == "10.0.0.5 Иванов 192.0.2.7 00:1a:2b:3c:4d:5e 1 1 0 11 22 33  55 66 77 10.255.0.1 44 88"


def test_what_there_is_not_has_the_vendors_own_forms(nas: Nas, tmp_path: Path) -> None:
    subscriber = a_subscriber()
    a_connection(nas, subscriber, login="u1", address="10.0.0.5")
    place_block(subscriber_id=subscriber.id, placed_by="staff")

    (line,) = lines_of(nas, "blocked", tmp_path)

    assert line == "10.0.0.5 u1 0.0.0.0 - 1 1 1 -1 -1 0  -1 -1 0 10.255.0.1 0 0"


def test_a_session_tells_the_mac_of_a_connection_that_has_none(nas: Nas, tmp_path: Path) -> None:
    a_connection(nas, a_customer(), login="u1", by_session=True)
    a_connection(nas, a_customer(), login="u2", by_session=True, mac="aabb.ccdd.eeff")
    for login, address in (("u1", "10.0.0.5"), ("u2", "10.0.0.6")):
        start_session(login=login, session_code="s1", address=address, mac="001a2b3c4d5e", at=NOON)

    macs = [line.split()[3] for line in lines_of(nas, "logged", tmp_path)]

    assert macs == ["00:1a:2b:3c:4d:5e", "aa:bb:cc:dd:ee:ff"]


def test_a_connection_by_session_without_one_is_not_logged(nas: Nas, tmp_path: Path) -> None:
    a_connection(nas, a_customer("-1.00"), login="u1", address="10.0.0.5", by_session=True)
    start_session(login="u1", session_code="s1", at=NOON)
    with_one = lines_of(nas, "negbal", tmp_path)[0].split()[4]

    later(hours=1)

    assert (with_one, lines_of(nas, "negbal", tmp_path)[0].split()[4]) == ("1", "0")


def test_rows_are_typed_as_the_line_is_written(nas: Nas, tmp_path: Path) -> None:
    plan = a_plan(speeds=Speeds(rate_in_kbps=11, cburst_out_bytes=88))
    subscriber = a_subscriber()
    subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO)
    a_connection(nas, subscriber, login="u1", address="10.0.0.5", snat_address="192.0.2.7")

    lines_of(nas, "logged", tmp_path)

    assert entries_of(nas, "logged") == [
        ListEntry(
            address="10.0.0.5", login="u1", snat_address="192.0.2.7", mac=None,
            logged=True, negbal=False, blocked=False,
            rate_in_kbps=11, ceil_in_kbps=-1, burst_in_bytes=0, cburst_in_bytes=0,
            rate_out_kbps=-1, ceil_out_kbps=-1, burst_out_bytes=0, cburst_out_bytes=88,
            nas_address="10.255.0.1",
        )
    ]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_every_line_is_the_specifications_and_splits_into_16_fields(
    tmp_path: Path, draw: st.DataObject
) -> None:
    wanted = draw.draw(st.lists(addresses, min_size=1, max_size=3, unique=True))
    with transaction.atomic():
        nas = a_nas("172.31.255.1")
        for address in wanted:
            _any_connection(nas, address, draw.draw)

        lines = lines_of(nas, "logged", tmp_path)

        entries = entries_of(nas, "logged")
        transaction.set_rollback(True)
    assert [entry.address for entry in entries] == sorted(
        (entry.address for entry in entries), key=lambda text: [int(part) for part in text.split(".")]
    )
    assert lines == [specified(entry) for entry in entries]
    assert all(len(line.split()) == 16 for line in lines)
    assert all(line.count("  ") == 1 for line in lines)


def _any_connection(nas: Nas, address: str, draw: Callable[..., object]) -> None:
    customer = a_customer(draw(st.sampled_from(["-1.00", "0.00"])))
    if draw(st.booleans()):
        place_block(subscriber_id=customer.id, placed_by="staff")
    by_session = draw(st.booleans())
    login = draw(logins)
    try:
        connection = a_connection(
            nas, customer, login=login, address=None if by_session else address, by_session=by_session,
            mac=draw(st.none() | macs), snat_address=draw(st.none() | addresses), speeds=draw(st.none() | speeds),
        )  # fmt: skip
    except IdentifierTaken:
        return
    if by_session:
        start_session(
            login=connection.login, session_code="s1", address=address, mac=draw(st.none() | macs), at=NOON
        )
