"""Whatever alters the bytes of a list alters its tag, whoever writes and whatever time brings; case V17's kind.

The tags of news of sessions come with the next sweep, and of what is due with the next tick, so both have been.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from given import a_nas, a_plan, a_subscriber, edition_of, later, moved, published, the_clock_says, utc
from netledger.access import tasks as access
from netledger.access.errors import AlreadyBlocked
from netledger.access.services import lift_block, place_block
from netledger.charging.services import subscribe, unsubscribe
from netledger.errors import Refusal
from netledger.ledger import clock
from netledger.network import tasks as network
from netledger.network.editions import State
from netledger.network.lists import spool_list
from netledger.network.models import Connection, Nas, Session
from netledger.network.services import (
    add_connection,
    close_contract,
    end_connection,
    move_connection,
    remove_speed,
    set_enabled,
    set_mac,
    set_secret,
    set_speed,
)
from netledger.network.sessions import start_session, stop_session
from netledger.payments.credit import grant_credit
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Plan, Subscription
from netledger.tariffs.services import (
    Speeds,
    add_plan_version,
    set_held,
    set_personal_speed,
)

pytestmark = pytest.mark.django_db

STATES: tuple[State, ...] = ("negbal", "blocked", "logged")
NOON = utc(2026, 11, 10, 9)
_codes = count(1)


@dataclass
class Provider:
    """Two NASes, two plans and three subscribers, the first two with a connection each."""

    nases: list[Nas] = field(default_factory=lambda: [a_nas("10.255.0.1"), a_nas("10.255.0.2")])
    plans: list[Plan] = field(default_factory=lambda: [a_plan(), a_plan()])
    subscribers: list[Subscriber] = field(default_factory=lambda: [a_subscriber() for _ in range(3)])

    def __post_init__(self) -> None:
        for number, subscriber in enumerate(self.subscribers):
            plan = self.plans[number % 2]
            subscribe(subscriber_id=subscriber.pk, plan_id=plan.pk, from_on=date(2026, 11, 1))
            connect(self, number, number % 2, bool(number % 2))

    def connection(self, number: int) -> Connection:
        """One of the connections, ended ones too."""
        found = list(Connection.objects.order_by("id"))
        return found[number % len(found)]

    def subscription(self, number: int) -> Subscription:
        found = list(Subscription.objects.order_by("id"))
        return found[number % len(found)]


def connect(provider: Provider, who: int, nas: int, by_session: bool) -> None:
    number = next(_codes)
    add_connection(
        subscriber_id=provider.subscribers[who % 3].pk,
        login=f"u{number}",
        secret="тайна",
        nas_id=provider.nases[nas % 2].pk,
        address=None if by_session else f"10.9.{number // 250 % 250}.{number % 250 + 1}",
        by_session=by_session,
    )


def move(provider: Provider, who: int, to: int) -> None:
    number = next(_codes)
    move_connection(
        connection_id=provider.connection(who).pk,
        nas_id=provider.nases[to % 2].pk,
        address=f"10.8.{number // 250 % 250}.{number % 250 + 1}",
        snat_address=f"198.51.100.{to + 1}",
    )


def block(provider: Provider, who: int) -> None:
    subscriber_id = provider.subscribers[who % 3].pk
    try:
        place_block(subscriber_id=subscriber_id, placed_by="staff")
    except AlreadyBlocked:
        lift_block(subscriber_id=subscriber_id, lifted_by="staff")


def speeds(number: int) -> Speeds:
    return Speeds(rate_in_kbps=1000 + number, ceil_in_kbps=2000)


def begin(provider: Provider, who: int) -> None:
    """A session, or news of one that is known."""
    connection_ = provider.connection(who)
    open_one = Session.objects.filter(connection=connection_, stopped_at=None).first()
    code = open_one.session_code if open_one and who % 3 else f"s{next(_codes)}"
    address = None if open_one and who % 3 else f"10.7.0.{next(_codes) % 250 + 1}"
    start_session(login=connection_.login, session_code=code, at=clock.now(), address=address)


def stop(provider: Provider, who: int) -> None:
    for session in Session.objects.filter(stopped_at=None).select_related("connection")[
        who % 2 : who % 2 + 1
    ]:
        stop_session(login=session.connection.login, session_code=session.session_code, at=clock.now())


Write = Callable[[Provider, int, int], Any]
WRITES: dict[str, Write] = {
    "money": lambda p, who, n: moved(
        p.subscribers[who % 3], f"{-1 if n % 2 else 1}{n}.00".replace("1", "7", 0)
    ),
    "block": lambda p, who, n: block(p, who),
    "credit": lambda p, who, n: grant_credit(
        subscriber_id=p.subscribers[who % 3].pk,
        amount=Decimal(100 * (n + 1)),
        granted_by="staff",
        until_on=clock.today() + timedelta(days=n % 3),
    ),
    "connect": lambda p, who, n: connect(p, who, n, bool(n & 2)),
    "move": move,
    "mac": lambda p, who, n: set_mac(connection_id=p.connection(who).pk, mac=f"02:00:00:00:00:{n:02x}"),
    "secret": lambda p, who, n: set_secret(connection_id=p.connection(who).pk, secret=f"s{n}"),
    "speed": lambda p, who, n: set_speed(connection_id=p.connection(who).pk, away=(n + 1, 9, 9, 9)),
    "no speed": lambda p, who, n: remove_speed(connection_id=p.connection(who).pk),
    "switch": lambda p, who, n: set_enabled(connection_id=p.connection(who).pk, enabled=bool(n % 2)),
    "end": lambda p, who, n: end_connection(connection_id=p.connection(who).pk),
    "close": lambda p, who, n: close_contract(subscriber_id=p.subscribers[who % 3].pk),
    "version": lambda p, who, n: add_plan_version(
        plan_id=p.plans[who % 2].pk,
        from_on=clock.today() + timedelta(days=n % 3),
        price=Decimal(300),
        speeds=speeds(n),
    ),
    "subscribe": lambda p, who, n: subscribe(
        subscriber_id=p.subscribers[who % 3].pk,
        plan_id=p.plans[n % 2].pk,
        from_on=clock.today() + timedelta(days=n % 3),
    ),
    "end of a plan": lambda p, who, n: unsubscribe(
        subscription_id=p.subscription(who).pk, until_on=clock.today() + timedelta(days=n % 3 - 1)
    ),
    "hold": lambda p, who, n: set_held(subscription_id=p.subscription(who).pk, held=bool(n % 2)),
    "personal speed": lambda p, who, n: set_personal_speed(
        subscription_id=p.subscription(who).pk, personal=speeds(n) if n % 3 else None
    ),
    "session": lambda p, who, n: begin(p, who),
    "end of a session": lambda p, who, n: stop(p, who),
    "minutes": lambda p, who, n: later(minutes=4 * n),
    "days": lambda p, who, n: later(hours=8 * n),
}
SHOWN = {
    "block": (0, 0), "mac": (0, 1), "speed": (0, 1), "session": (1, 1), "personal speed": (0, 1),
    "version": (0, 3), "end of a plan": (0, 0), "move": (0, 1), "end": (0, 0), "connect": (0, 1),
}  # fmt: skip
"""Who and which number make a write that a list shows."""
writes = st.tuples(st.sampled_from(sorted(WRITES)), st.integers(0, 5), st.integers(0, 5))


def lists_of(provider: Provider, folder: Path) -> dict[tuple[int, State], tuple[str, bytes]]:
    """Tag and bytes of each list of each NAS."""
    found = {}
    for nas in provider.nases:
        for state in STATES:
            edition = edition_of(nas, state)
            with spool_list(edition, folder=folder) as spool:
                found[nas.pk, state] = edition.tag("text"), spool.read()
    return found


def what_time_brings() -> None:
    published()
    later(seconds=network.SWEEP_EVERY_S + 1)
    access.tick(clock.now())
    published()
    network.tick(clock.now())


@pytest.fixture
def provider(db: None) -> Provider:
    the_clock_says(NOON)
    made = Provider()
    what_time_brings()
    return made


@pytest.mark.parametrize("name", sorted(WRITES))
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=st.lists(writes, max_size=2), who=st.integers(0, 5), number=st.integers(0, 5))
def test_whatever_is_written(
    provider: Provider, name: str, before: list[tuple[str, int, int]], who: int, number: int
) -> None:
    with transaction.atomic(), TemporaryDirectory() as folder:
        had = lists_of(provider, Path(folder))
        for step in [*before, (name, who, number), (name, 0, 3), (name, 1, 1)]:
            take(provider, *step)
            has = lists_of(provider, Path(folder))
            for key, (tag, lines) in has.items():
                had_tag, had_lines = had[key]
                assert lines == had_lines or tag != had_tag, (step, key, had_lines, lines)
            had = has
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_what_the_property_is_about_is_shown(provider: Provider, name: str, tmp_path: Path) -> None:
    """It says something: these writes alter a list."""
    before = {key: lines for key, (_tag, lines) in lists_of(provider, tmp_path).items()}

    take(provider, name, *SHOWN[name])

    assert {key: lines for key, (_tag, lines) in lists_of(provider, tmp_path).items()} != before


def take(provider: Provider, name: str, who: int, number: int) -> None:
    """A write, refused or not, and what time brings after it."""
    with suppress(Refusal), transaction.atomic():
        WRITES[name](provider, who, number)
    what_time_brings()
