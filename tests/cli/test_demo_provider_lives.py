"""The demonstration provider is one that could be: its books tie, everybody is charged, and each state exists."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.db.models import Count, F, Max, Min, Sum
from pytest_django.plugin import DjangoDbBlocker

from cli.provider import Made, made_provider
from given import days_between, edition_of
from netledger.access.models import Block, Decision
from netledger.charging.proration import month_day_part
from netledger.cli.check import CHECKED_ROOMS
from netledger.cli.demo.shares import BLOCKED, HISTORY_DAYS, ON_CREDIT, STANDINGS, Standing
from netledger.ledger import clock
from netledger.ledger.models import Transfer
from netledger.network.lists import list_entries
from netledger.network.models import Connection, Nas, Session
from netledger.network.queries import find_nas
from netledger.payments.models import OPERATOR_OF_ONEC, Credit, Operator, Payment
from netledger.subscribers.models import Group, Subscriber
from netledger.tariffs.models import Plan, PlanVersion, Subscription

SUBSCRIBERS = 2100
"""A little more than are written at a time."""
FIFTIES = SUBSCRIBERS // sum(STANDINGS.values())
NAS_COUNT = 4


@pytest.fixture(scope="module")
def provider(given_cluster: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Made]:
    with made_provider(django_db_blocker, subscribers=SUBSCRIBERS) as made:
        yield made


@pytest.mark.parametrize("room", CHECKED_ROOMS)
def test_nothing_differs_from_the_rules(provider: Made, room: str) -> None:
    assert list(import_module(f"netledger.{room}.check").differences()) == []


def test_it_is_as_large_as_it_was_asked_for_and_told_so_on_the_way(provider: Made) -> None:
    assert Subscriber.objects.count() == SUBSCRIBERS
    assert provider.counts == [2000, SUBSCRIBERS]


def test_each_day_of_each_subscription_is_charged_once_through_the_day_before_yesterday(
    provider: Made,
) -> None:
    last_on = clock.today() - timedelta(days=2)
    versions = list(PlanVersion.objects.order_by("from_on").values_list("plan_id", "from_on", "price"))
    charged: dict[int, dict[date, Decimal]] = {}
    for account_id, day, amount in Transfer.objects.filter(kind=Transfer.Kind.CHARGE).values_list(
        "account_id", "accounting_day", "amount"
    ):
        of_the_account = charged.setdefault(account_id, {})
        assert day not in of_the_account
        of_the_account[day] = amount

    subscriptions = Subscription.objects.select_related("subscriber")
    assert len(charged) == subscriptions.count()
    for subscription in subscriptions:
        charged_through_on = min(subscription.until_on or last_on, last_on)
        days = days_between(subscription.from_on, charged_through_on)
        expected = {day: _cost(versions, subscription.plan_id, day) for day in days}
        assert charged[subscription.subscriber.account_id] == expected
        assert subscription.charged_through_on == charged_through_on


def test_charges_go_back_two_months_and_no_further(provider: Made) -> None:
    bounds = Transfer.objects.filter(kind=Transfer.Kind.CHARGE).aggregate(
        first=Min("accounting_day"), last=Max("accounting_day")
    )

    assert bounds["last"] == clock.today() - timedelta(days=2)
    assert bounds["first"] == bounds["last"] - timedelta(days=HISTORY_DAYS - 1)


def test_a_statement_is_in_the_order_of_time(provider: Made) -> None:
    moments: dict[int, list[object]] = {}
    for account_id, happened_at in Transfer.objects.order_by("id").values_list("account_id", "happened_at"):
        moments.setdefault(account_id, []).append(happened_at)

    assert all(of_one == sorted(of_one) for of_one in moments.values())  # type: ignore[type-var]


def test_nothing_is_of_the_future_but_the_ends_of_credits(provider: Made) -> None:
    now = clock.now()

    assert not Transfer.objects.filter(happened_at__gt=now).exists()
    assert not Transfer.objects.exclude(recorded_at__gte=F("happened_at")).exists()
    assert not Payment.objects.filter(taken_at__gt=now).exists()
    assert not Subscriber.objects.filter(created_at__gt=now).exists()
    assert not Connection.objects.filter(created_at__gt=now).exists()
    assert not Session.objects.filter(seen_at__gt=now).exists()
    assert not Block.objects.filter(placed_at__gt=now).exists()
    assert not Credit.objects.filter(granted_at__gt=now).exists()
    assert Credit.objects.filter(until_on__gt=clock.today()).exists()


def test_everybody_stands_as_the_shares_say(provider: Made) -> None:
    reasons = Counter(Decision.objects.values_list("reason", flat=True))

    expected = {
        "open": _share(Standing.PAID, *ON_CREDIT),
        "overdrawn": _share(Standing.OWING),
        "blocked": _share(*BLOCKED),
        "closed": _share(Standing.CLOSED),
    }
    assert reasons.keys() == expected.keys()
    for reason, count in expected.items():
        assert reasons[reason] == pytest.approx(count, abs=NAS_COUNT * 5), reason
    assert Decision.objects.filter(blocked=True, negbal=True).exists()
    assert Credit.objects.filter(until_on=None).count() == pytest.approx(
        _share(Standing.CREDIT), abs=NAS_COUNT
    )


def test_who_is_on_credit_owes_and_is_open(provider: Made) -> None:
    debtors = Subscriber.objects.filter(credits__isnull=False)

    assert debtors.exists()
    assert not debtors.exclude(account__balance__lt=0, access_decision__reason="open").exists()


@pytest.mark.parametrize("state", ["negbal", "blocked", "logged"])
def test_no_list_of_any_nas_is_empty(provider: Made, state: str) -> None:
    assert Nas.objects.count() == NAS_COUNT
    for nas in Nas.objects.all():
        assert list(list_entries(edition_of(nas, state)))  # type: ignore[arg-type]


def test_connections_are_of_every_kind(provider: Made) -> None:
    live = Session.objects.filter(stopped_at=None)

    assert Connection.objects.filter(by_session=False).count() > Connection.objects.count() / 2
    assert Connection.objects.filter(snat_address__isnull=False).exists()
    assert 0 < live.count() < Connection.objects.filter(by_session=True).count()
    assert Subscription.objects.filter(speed__isnull=False).exists()


def test_six_plans_are_sold_by_the_day_at_prices_that_have_versions(provider: Made) -> None:
    assert Plan.objects.filter(charged_by="day", gives_access=True).count() == 6
    assert PlanVersion.objects.count() == 7
    for version in PlanVersion.objects.select_related("speed"):
        speed = version.speed
        assert 0 < speed.rate_in_kbps <= speed.ceil_in_kbps
        assert 0 < speed.rate_out_kbps <= speed.ceil_out_kbps
        assert min(speed.burst_in_bytes, speed.cburst_in_bytes, speed.burst_out_bytes) >= 16_384


def test_money_comes_through_several_operators(provider: Made) -> None:
    codes = dict(Operator.objects.annotate(count=Count("payments")).values_list("code", "count"))

    assert codes.keys() >= {"osmp", "SBERBANK_ACQ", "cash"}
    assert len(codes) > 3
    assert {code for code, count in codes.items() if not count} <= {OPERATOR_OF_ONEC}
    assert Transfer.objects.filter(kind="payment").aggregate(
        total=Sum("amount")
    ) == Payment.objects.aggregate(total=Sum("amount"))


def test_groups_are_a_tree_of_towns_streets_and_houses(provider: Made) -> None:
    towns = Group.objects.filter(parent=None)

    assert towns.count() == 3
    assert Group.objects.filter(parent__parent__in=towns).exists()
    assert not Subscriber.objects.filter(group__in=towns).exists()


def test_people_are_russian_and_cannot_be_reached(provider: Made) -> None:
    for subscriber in Subscriber.objects.all():
        assert re.fullmatch(r"[А-ЯЁа-яё-]+ [А-ЯЁа-яё-]+ [А-ЯЁа-яё-]+", subscriber.name), subscriber.name
        assert re.search(r"[А-Яа-яё]", subscriber.street)
        assert re.fullmatch(r"\+7 000 \d{3}-\d\d-\d\d", subscriber.phone)
        assert subscriber.email.endswith("@example.org")


def test_macs_are_of_no_maker_and_each_is_once(provider: Made) -> None:
    macs = [mac for mac in Connection.objects.values_list("mac", flat=True) if mac is not None]

    assert len(set(macs)) == Connection.objects.count()
    assert {int(mac[:2], 16) & 0b11 for mac in macs} == {0b10}


def test_the_nas_that_is_shown_has_everybody(provider: Made) -> None:
    nas = find_nas(provider.facts.nas_ip)

    assert nas is not None
    negbal = list(list_entries(edition_of(nas, "negbal")))
    assert {entry.blocked for entry in negbal} >= {False}


def _cost(versions: list[tuple[int, date, Decimal]], plan_id: int, day: date) -> Decimal:
    """The day's part of the price that was in force on the first of its month."""
    in_force = [
        price for plan, from_on, price in versions if plan == plan_id and from_on <= day.replace(day=1)
    ]
    return month_day_part(price=in_force[-1], on=day)


def _share(*standings: Standing) -> int:
    return FIFTIES * sum(STANDINGS[standing] for standing in standings)
