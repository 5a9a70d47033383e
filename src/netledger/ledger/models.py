"""The books: accounts, the transfers between them, and which transfer takes which one back."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce


class Account(models.Model):
    """A place where money stands: a subscriber's account, an operator's clearing account, our revenue.

    A subscriber's balance is what we owe him: payments raise it, charges lower it. Only his is cached;
    on a system account a cached balance would be a hot row that all payments queue for.
    """

    class Kind(models.TextChoices):
        """Whose money it is."""

        SUBSCRIBER = "subscriber"
        OPERATOR = "operator"
        REVENUE = "revenue"
        TRANSIT = "transit"
        OPENING = "opening"
        CORRECTIONS = "corrections"

    kind = models.TextField(choices=Kind)
    balance = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    overdraft = models.DecimalField(
        max_digits=12, decimal_places=2, default=0, help_text="the credit plus the promise in force, roubles"
    )
    overdrawn = models.GeneratedField(
        expression=Coalesce(
            models.ExpressionWrapper(Q(balance__lt=Value(0) - F("overdraft")), models.BooleanField()),
            Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        help_text="below the threshold; exactly at it is open",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_subscribers_have_a_cached_balance",
                condition=Q(kind="subscriber", balance__isnull=False)
                | (~Q(kind="subscriber") & Q(balance__isnull=True)),
            ),
            models.CheckConstraint(name="overdraft_is_never_negative", condition=Q(overdraft__gte=0)),
            models.UniqueConstraint(
                name="one_system_account_of_a_kind",
                fields=["kind"],
                condition=~Q(kind__in=["subscriber", "operator"]),
            ),
        ]


class Transfer(models.Model):
    """A movement of money between two accounts, never changed and never deleted.

    The table is partitioned by its id. `account` is the subscriber's one of the two, whose balance after
    the movement stands in `balance_after`; ids of one account are in the order of its balances.
    """

    class Kind(models.TextChoices):
        """Why the money moved."""

        OPENING = "opening"
        PAYMENT = "payment"
        CHARGE = "charge"
        CORRECTION = "correction"
        REVERSAL = "reversal"

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.DO_NOTHING, related_name="transfers", db_index=False)
    debit = models.ForeignKey(
        Account, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    credit = models.ForeignKey(
        Account, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    kind = models.TextField(choices=Kind)
    purpose = models.TextField(help_text="what it is for; a reference, never personal")
    accounting_day = models.DateField(help_text="the provider's day that the movement belongs to")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    balance_after = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        indexes = [models.Index(fields=["account", "id"], name="transfers_of_an_account")]
        constraints = [
            models.CheckConstraint(name="amount_is_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="account_is_one_of_the_two", condition=Q(account=F("debit")) | Q(account=F("credit"))
            ),
            models.CheckConstraint(name="money_moves_between_two", condition=~Q(debit=F("credit"))),
        ]


class Reversal(models.Model):
    """That one transfer took another one back; each is taken back once."""

    reversed_id = models.BigIntegerField(primary_key=True)
    reversing_id = models.BigIntegerField(unique=True)


class Zone(models.Model):
    """The provider's time zone, one row: what runs inside the database at commit asks it."""

    is_only = models.BooleanField(primary_key=True, default=True)
    name = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_zone_only", condition=Q(is_only=True))]
