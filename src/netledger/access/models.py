"""The decision about each subscriber's access, why, since when, and how it was before."""

from django.db import models
from django.db.models import Q

from netledger.subscribers.models import Subscriber


class Reason(models.TextChoices):
    """Why access is as it is; the first of these that holds."""

    CLOSED = "closed"
    BLOCKED = "blocked"
    OVERDRAWN = "overdrawn"
    HELD = "held"
    NO_PLAN = "no_plan"
    OPEN = "open"


class Block(models.Model):
    """The administrator's block: staff closed the access until staff lifts it."""

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="blocks")
    placed_at = models.DateTimeField()
    placed_by = models.TextField()
    why = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_block_in_force", fields=["subscriber"], condition=Q(lifted_at__isnull=True)
            ),
        ]


class Decision(models.Model):
    """Whether a subscriber may pass, as it was published at the last commit that changed it.

    negbal: overdrawn, or no unheld subscription that gives access. blocked: by the administrator. Both may hold.
    """

    subscriber = models.OneToOneField(
        Subscriber, models.PROTECT, primary_key=True, related_name="access_decision"
    )
    negbal = models.BooleanField()
    blocked = models.BooleanField()
    reason = models.TextField(choices=Reason)
    since_at = models.DateTimeField()
    recheck_at = models.DateTimeField(null=True, help_text="when time alone may change it")

    class Meta:
        indexes = [
            models.Index(
                fields=["recheck_at"],
                name="decisions_to_look_at_again",
                condition=Q(recheck_at__isnull=False),
            ),
            models.Index(
                fields=["reason", "subscriber"], name="decisions_that_close", condition=~Q(reason=Reason.OPEN)
            ),
        ]


class Change(models.Model):
    """A decision that differed from the one before it; never changed."""

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="access_changes", db_index=False)
    at = models.DateTimeField()
    negbal = models.BooleanField()
    blocked = models.BooleanField()
    reason = models.TextField(choices=Reason)

    class Meta:
        indexes = [models.Index(fields=["subscriber", "at"], name="changes_of_a_subscriber")]
