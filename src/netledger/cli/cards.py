"""What is shown of a subscriber and of what he has; imported when Django is set up."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from netledger.access.models import Decision
from netledger.access.queries import block_of, decisions_of, find_decision
from netledger.cli.language import language
from netledger.cli.lookup import shown_lanes
from netledger.network.presence import Presence, presence_of, presences_of
from netledger.payments.explanation import explain
from netledger.payments.queries import credit_of
from netledger.subscribers.groups import group_path, group_paths
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Subscription
from netledger.tariffs.queries import subscriptions_of


class Found(msgspec.Struct, frozen=True):
    """A subscriber in a list."""

    contract_number: str
    name: str
    group: str
    address: str
    phone: str
    balance: Decimal
    state: str


class State(msgspec.Struct, frozen=True):
    """Whether a subscriber may pass, why, and since when; the sentence says it to people."""

    sentence: str
    reason: str | None
    negbal: bool
    blocked: bool
    since_at: datetime | None
    blocked_by: str | None
    blocked_why: str | None


class CreditCard(msgspec.Struct, frozen=True):
    """Leave to owe, roubles, through a last day or without end."""

    amount: Decimal
    until_on: date | None
    granted_by: str


class ConnectionCard(msgspec.Struct, frozen=True):
    """A connection, and the address and beginning of its open session; speeds, its own, as they are typed."""

    login: str
    nas: str
    address: str | None
    snat_address: str | None
    mac: str | None
    by_session: bool
    enabled: bool
    session_address: str | None
    online_since_at: datetime | None
    speed_in: str
    speed_out: str
    ended_at: datetime | None


class SubscriptionCard(msgspec.Struct, frozen=True):
    """What a subscriber has of a plan, and from which day to which; speeds, his own, as they are typed."""

    subscription_id: int
    plan: str
    from_on: date
    until_on: date | None
    charged_through_on: date | None
    held_at: datetime | None
    speed_in: str
    speed_out: str


class SubscriberCard(msgspec.Struct, frozen=True):
    """Who a subscriber is, where he is, how he stands and what he has."""

    subscriber_id: int
    contract_number: str
    name: str
    is_company: bool
    inn: str
    kpp: str
    legal_address: str
    actual_address: str
    onec_code: str | None
    made_by_onec: bool
    onec_synced_at: datetime | None
    group_id: int
    group: str
    street: str
    house: str
    flat: str
    phone: str
    email: str
    created_at: datetime
    activated_at: datetime | None
    closed_at: datetime | None
    balance: Decimal
    credit: CreditCard | None
    state: State
    connections: list[ConnectionCard]
    subscriptions: list[SubscriptionCard]


ALIKE = (
    *("contract_number", "name", "is_company", "inn", "kpp", "legal_address", "actual_address"),
    *("onec_code", "made_by_onec", "onec_synced_at"),
    *("group_id", "street", "house", "flat", "phone", "email", "created_at", "activated_at", "closed_at"),
)
"""What the card calls as the contract's table does."""


def card_of(subscriber_id: int) -> SubscriberCard:
    """All that is shown of one subscriber."""
    subscriber = Subscriber.objects.select_related("account").get(pk=subscriber_id)
    assert subscriber.account.balance is not None, "a subscriber's account has a cached balance"
    return SubscriberCard(
        subscriber_id=subscriber.id,
        group=group_path(subscriber.group_id),
        balance=subscriber.account.balance,
        credit=_credit_of(subscriber_id),
        state=_state_of(subscriber_id),
        connections=[_connection_card(presence) for presence in presences_of(subscriber_id)],
        subscriptions=[subscription_card(one) for one in subscriptions_of(subscriber_id)],
        **{field: getattr(subscriber, field) for field in ALIKE},
    )


def connection_card(connection_id: int) -> ConnectionCard:
    """What is shown of one connection."""
    return _connection_card(presence_of(connection_id))


def subscription_card(subscription: Subscription) -> SubscriptionCard:
    """What is shown of one subscription."""
    speed_in, speed_out = shown_lanes(subscription.speed)
    return SubscriptionCard(
        subscription_id=subscription.pk,
        plan=subscription.plan.name,
        from_on=subscription.from_on,
        until_on=subscription.until_on,
        charged_through_on=subscription.charged_through_on,
        held_at=subscription.held_at,
        speed_in=speed_in,
        speed_out=speed_out,
    )


def list_of(subscribers: list[Subscriber]) -> list[Found]:
    """What is shown of several subscribers, in their order; their accounts are read with them."""
    paths = group_paths({subscriber.group_id for subscriber in subscribers})
    decisions = decisions_of([subscriber.id for subscriber in subscribers])
    return [
        Found(
            contract_number=subscriber.contract_number,
            name=subscriber.name,
            group=paths[subscriber.group_id],
            address=", ".join(filter(None, (subscriber.street, subscriber.house, subscriber.flat))),
            phone=subscriber.phone,
            balance=subscriber.account.balance or Decimal("0.00"),
            state=_reason_of(decisions.get(subscriber.id)) or "",
        )
        for subscriber in subscribers
    ]


def _state_of(subscriber_id: int) -> State:
    decision, block = find_decision(subscriber_id), block_of(subscriber_id)
    return State(
        sentence=explain(subscriber_id).sentence(language()),
        reason=_reason_of(decision),
        negbal=decision is None or decision.negbal,
        blocked=decision is not None and decision.blocked,
        since_at=decision.since_at if decision else None,
        blocked_by=block.placed_by if block else None,
        blocked_why=block.why if block else None,
    )


def _reason_of(decision: Decision | None) -> str | None:
    return str(decision.reason) if decision else None


def _credit_of(subscriber_id: int) -> CreditCard | None:
    credit = credit_of(subscriber_id)
    return CreditCard(credit.amount, credit.until_on, credit.granted_by) if credit else None


def _connection_card(presence: Presence) -> ConnectionCard:
    connection, session = presence
    speed_in, speed_out = shown_lanes(connection.speed)
    return ConnectionCard(
        login=connection.login,
        nas=connection.nas.address,
        address=connection.address,
        snat_address=connection.snat_address,
        mac=connection.mac,
        by_session=connection.by_session,
        enabled=connection.enabled,
        session_address=session.address if session else None,
        online_since_at=session.started_at if session else None,
        speed_in=speed_in,
        speed_out=speed_out,
        ended_at=connection.ended_at,
    )
