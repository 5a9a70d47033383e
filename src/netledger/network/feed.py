"""Every write of what all lists rest on besides their versions."""

from uuid import uuid4

from netledger.network.models import Feed


def renew_identity() -> None:
    """Make this another database than the one that it was copied from: no tag of a list from before matches.

    To be called after a restore: its versions count on from an earlier number, and would meet the old ones again.
    """
    Feed.objects.update(identity=uuid4())


def adopt_seen_within(seconds: int) -> None:
    """Let the database know how long a session lives after it was last heard of."""
    Feed.objects.exclude(seen_within_s=seconds).update(seen_within_s=seconds)
