"""Every change of what a subscriber is charged for, and so of whether he may pass."""

from datetime import date

from django.db import transaction

from netledger.access.services import note
from netledger.ledger import clock
from netledger.subscribers.errors import ContractClosed
from netledger.subscribers.queries import lock_subscriber
from netledger.subscribers.services import activate_subscriber
from netledger.tariffs.models import Subscription
from netledger.tariffs.services import Speeds, begin_subscription, end_subscription, set_held


@transaction.atomic
def subscribe(
    *, subscriber_id: int, plan_id: int, from_on: date, personal: Speeds | None = None
) -> Subscription:
    """Give a subscriber a plan from a day on; access follows at commit.

    Raises: ContractClosed, PlanRetired, PlanHasNoPrice, SubscriptionOverlaps.
    """
    subscriber = lock_subscriber(subscriber_id)
    if subscriber.closed_at is not None:
        raise ContractClosed(contract_number=subscriber.contract_number)
    subscription = begin_subscription(
        subscriber_id=subscriber_id, plan_id=plan_id, from_on=from_on, personal=personal
    )
    activate_subscriber(subscriber_id=subscriber_id, at=max(clock.now(), clock.day_start(from_on)))
    note([subscriber_id])
    return subscription


@transaction.atomic
def unsubscribe(*, subscription_id: int, until_on: date) -> None:
    """Set the last day of a subscription; access follows at commit, or when that day is over."""
    subscription = Subscription.objects.get(pk=subscription_id)
    lock_subscriber(subscription.subscriber_id)
    end_subscription(subscription_id=subscription_id, until_on=until_on)
    note([subscription.subscriber_id])


@transaction.atomic
def hold(*, subscription_id: int, held: bool = True) -> None:
    """Hold a subscription, or (held=False) let it go on; access follows at commit."""
    subscription = Subscription.objects.get(pk=subscription_id)
    lock_subscriber(subscription.subscriber_id)
    set_held(subscription_id=subscription_id, held=held)
    note([subscription.subscriber_id])
