"""What others ask of access."""

from netledger.access.models import Decision


def find_decision(subscriber_id: int) -> Decision | None:
    """The stored decision; None for a subscriber who never had a plan or a connection."""
    return Decision.objects.filter(pk=subscriber_id).first()
