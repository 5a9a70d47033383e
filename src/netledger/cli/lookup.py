"""Who and what a typed word names; imported when Django is set up."""

from netledger.cli.options import Lane
from netledger.network.errors import ConnectionUnknown, NasUnknown
from netledger.network.models import Connection, Nas
from netledger.network.queries import find_connection, find_nas
from netledger.subscribers.errors import SubscriberUnknown
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import find_by_identifier
from netledger.tariffs.buckets import burst_bytes
from netledger.tariffs.errors import PlanUnknown, SubscriptionUnknown
from netledger.tariffs.models import UNSHAPED_KBPS, Plan, Speed, Subscription
from netledger.tariffs.queries import find_plan, find_subscription
from netledger.tariffs.services import Limits, Speeds


def subscriber_of(text: str) -> Subscriber:
    """Whose contract number or login it is. Raises: SubscriberUnknown."""
    subscriber = find_by_identifier(text)
    if subscriber is None:
        raise SubscriberUnknown(sent_to=text)
    return subscriber


def connection_of(login: str) -> Connection:
    """The connection of that login, an ended one too. Raises: ConnectionUnknown."""
    connection = find_connection(login)
    if connection is None:
        raise ConnectionUnknown(login=login)
    return connection


def nas_at(address: str) -> Nas:
    """The NAS in use at that address. Raises: NasUnknown."""
    nas = find_nas(address)
    if nas is None:
        raise NasUnknown(address=address)
    return nas


def plan_named(name: str) -> Plan:
    """The plan of that name, a retired one too. Raises: PlanUnknown."""
    plan = find_plan(name)
    if plan is None:
        raise PlanUnknown(name=name)
    return plan


def subscription_of(subscription_id: int) -> Subscription:
    """The subscription of that id. Raises: SubscriptionUnknown."""
    subscription = find_subscription(subscription_id)
    if subscription is None:
        raise SubscriptionUnknown(subscription_id=subscription_id)
    return subscription


def speeds_of(towards: Lane | None, away: Lane | None, *, otherwise: Speed | None = None) -> Speeds:
    """The limits that were typed; for a direction without one those of `otherwise`, else not shaped."""
    return Speeds.of(otherwise).changed(towards=limits_of(towards), away=limits_of(away))


def limits_of(lane: Lane | None) -> Limits | None:
    """The limits that were typed for a direction, with the bursts that the rule says; None where none was."""
    if lane is None:
        return None
    burst = burst_bytes(lane.rate_kbps) if lane.burst_bytes is None else lane.burst_bytes
    cburst = burst_bytes(lane.ceil_kbps) if lane.cburst_bytes is None else lane.cburst_bytes
    return lane.rate_kbps, lane.ceil_kbps, burst, cburst


def shown_lanes(speed: Speed | None) -> tuple[str, str]:
    """Both directions as they are typed: RATE/CEIL/BURST/CBURST; nothing where nothing is shaped."""
    limits = Speeds.of(speed)
    return _shown(limits[:4]), _shown(limits[4:])


def _shown(limits: tuple[int, ...]) -> str:
    return "" if limits[0] == limits[1] == UNSHAPED_KBPS else "/".join(map(str, limits))
