"""The numbers of contracts that netledger gives itself: a pattern, a counter, and the taken ones passed over."""

from django.db import transaction

from netledger.subscribers.errors import IdentifierTaken
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.models import ContractCounter, Identifier, Subscriber
from netledger.subscribers.services import add_subscriber

LOOK_AHEAD_MAX = 10_000


def lock_counter() -> ContractCounter:
    """The counter, ours until the transaction ends: contracts that are numbered here are created one by one."""
    return ContractCounter.objects.select_for_update().get()


@transaction.atomic
def add_numbered(*, pattern: str, name: str, group_id: int) -> Subscriber:
    """A new contract with the next free number.

    Args:
        pattern: what the number is made of, as `{number:06d}`.

    Raises: as add_subscriber, but never that the number is taken.
    """
    counter = lock_counter()
    while True:
        number = _first_free(counter, pattern)
        counter.next_number += 1
        counter.save(update_fields=["next_number"])
        try:
            return add_subscriber(contract_number=number, name=name, group_id=group_id)
        except IdentifierTaken:  # staff gave it by hand in this moment
            continue


def _first_free(counter: ContractCounter, pattern: str) -> str:
    """Move the counter to the first number whose text is nobody's; looks further ahead the longer it finds none."""
    ahead = 1
    while True:
        numbers = range(counter.next_number, counter.next_number + ahead)
        texts = {number: pattern.format(number=number) for number in numbers}
        keys = {number: identifier_key(text) for number, text in texts.items()}
        taken = set(Identifier.objects.filter(key__in=keys.values()).values_list("key", flat=True))
        for number in numbers:
            if keys[number] not in taken:
                counter.next_number = number
                return texts[number]
        counter.next_number += ahead
        ahead = min(ahead * 10, LOOK_AHEAD_MAX)
