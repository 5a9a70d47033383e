"""What others ask of contracts."""

from netledger.ledger.services import lock_account
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.models import Group, Identifier, Subscriber


def find_by_identifier(text: str) -> Subscriber | None:
    """Whose contract number or login it is, however it is spelt in case and composition; also a closed one's."""
    found = Identifier.objects.select_related("subscriber").filter(pk=identifier_key(text)).first()
    return found.subscriber if found else None


def find_subscriber(subscriber_id: int) -> Subscriber | None:
    """The contract of that id."""
    return Subscriber.objects.filter(pk=subscriber_id).first()


def lock_subscriber(subscriber_id: int) -> Subscriber:
    """Lock the subscriber's account until the transaction ends, then read him anew."""
    lock_account(Subscriber.objects.values_list("account_id", flat=True).get(pk=subscriber_id))
    return Subscriber.objects.get(pk=subscriber_id)


def list_groups(parent_id: int | None) -> list[Group]:
    """The groups directly below that one (None: at the top), by name."""
    return list(Group.objects.filter(parent_id=parent_id).order_by("name"))
