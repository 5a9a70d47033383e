"""Who takes money for us, what was taken, what was lent, and what staff put right."""

from django.db import models
from django.db.models import F, Q

from netledger.ledger.models import Account
from netledger.subscribers.models import Subscriber

OPERATOR_OF_ONEC = "1c"
"""The operator of the payments that 1C's exchange brings, there from the first."""


class Operator(models.Model):
    """A payment system, bank or till that takes money for us, and the account where it owes it to us."""

    code = models.TextField(help_text="as payments name it, compared as text")
    name = models.TextField()
    account = models.OneToOneField(Account, models.PROTECT, related_name="operator")
    cancel_within_days = models.PositiveSmallIntegerField(default=30)
    retired_at = models.DateTimeField(null=True, help_text="takes no new payments; its old ones stay")

    class Meta:
        constraints = [models.UniqueConstraint(name="operator_code_once", fields=["code"])]


class Payment(models.Model):
    """Money of a subscriber that an operator took, once for each of the operator's own ids; never changed."""

    operator = models.ForeignKey(Operator, models.PROTECT, related_name="payments", db_index=False)
    operator_payment_id = models.TextField(help_text="the operator's own id, compared as text")
    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="payments")
    transfer_id = models.BigIntegerField(unique=True, help_text="the operation that it made")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    taken_at = models.DateTimeField(help_text="when the operator took it")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payment_once_per_operator", fields=["operator", "operator_payment_id"]
            ),
            models.CheckConstraint(name="payment_is_above_zero", condition=Q(amount__gt=0)),
        ]
        indexes = [
            # Lists and the money of a day are read operator by operator, the money from the index alone.
            models.Index(
                name="payments_of_an_operator_by_time",
                fields=["operator", "taken_at", "id"],
                include=["amount", "transfer_id"],
            ),
        ]


class SentIdentifier(models.Model):
    """Whom an operator named in a payment, as it sent it; personal, so it can be blanked."""

    payment = models.OneToOneField(Payment, models.PROTECT, primary_key=True, related_name="sent_identifier")
    text = models.TextField(null=True)


class Remark(models.Model):
    """Who put an operation right and why; personal, so it can be blanked."""

    transfer_id = models.BigIntegerField(primary_key=True)
    author = models.TextField(null=True)
    why = models.TextField(null=True)


class Document(models.Model):
    """The paper that a payment stands on, its number and what it says; personal, so it can be blanked."""

    payment = models.OneToOneField(Payment, models.PROTECT, primary_key=True, related_name="document")
    number = models.TextField(null=True)
    description = models.TextField(null=True)


class OnecMark(models.Model):
    """That 1C has an operation, and what it calls it there; never changed."""

    transfer_id = models.BigIntegerField(primary_key=True)
    onec_code = models.TextField(help_text="text, as 1C sent it, without its padding")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="operation_once_per_onec_code", fields=["onec_code"]),
            models.CheckConstraint(name="a_onec_mark_has_a_code", condition=~Q(onec_code="")),
        ]


class Credit(models.Model):
    """Leave to owe, in roubles, without end or through a last day: not money, only a lower threshold."""

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="credits")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    granted_at = models.DateTimeField()
    granted_by = models.TextField()
    until_on = models.DateField(null=True, help_text="the last day; empty: without end")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_is_above_zero", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                name="one_credit_in_force", fields=["subscriber"], condition=Q(ended_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                F("until_on"),
                name="credits_that_end",
                condition=Q(ended_at__isnull=True, until_on__isnull=False),
            ),
        ]
