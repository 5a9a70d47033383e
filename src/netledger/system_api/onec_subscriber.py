"""Whom 1C asks for by his id."""

from netledger.subscribers.errors import SubscriberUnknown
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import find_subscriber


def subscriber_of(subscriber_id: int) -> Subscriber:
    """The subscriber of that id.

    Raises: SubscriberUnknown: names the id.
    """
    subscriber = find_subscriber(subscriber_id)
    if subscriber is None:
        raise SubscriberUnknown(sent_to=str(subscriber_id))
    return subscriber
