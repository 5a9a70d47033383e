"""What is sold, at which price and speed from when, and who has it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from netledger.subscribers.models import Subscriber

UNSHAPED_KBPS = -1


class Speed(models.Model):
    """One set of limits of a line, as Linux HTB takes them; rows never change and are shared.

    rate is guaranteed and ceil the most, in kbit/s, -1 where nothing is shaped; burst and cburst are the token
    buckets of the two, in bytes. "in" is towards the subscriber.
    """

    rate_in_kbps = models.IntegerField()
    ceil_in_kbps = models.IntegerField()
    burst_in_bytes = models.BigIntegerField()
    cburst_in_bytes = models.BigIntegerField()
    rate_out_kbps = models.IntegerField()
    ceil_out_kbps = models.IntegerField()
    burst_out_bytes = models.BigIntegerField()
    cburst_out_bytes = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_set_of_limits_once",
                fields=[
                    "rate_in_kbps", "ceil_in_kbps", "burst_in_bytes", "cburst_in_bytes",
                    "rate_out_kbps", "ceil_out_kbps", "burst_out_bytes", "cburst_out_bytes",
                ],
            ),
        ]  # fmt: skip


class Plan(models.Model):
    """A priced item that subscribers can have: access to the network, or another service."""

    class ChargedBy(models.TextChoices):
        """The period that a price is for."""

        DAY = "day"
        MONTH = "month"

    name = models.TextField()
    gives_access = models.BooleanField(help_text="whether it opens the network")
    charged_by = models.TextField(
        choices=ChargedBy, help_text="day: a month's price spread over its days; month: in one sum"
    )
    retired_at = models.DateTimeField(null=True, help_text="no longer sold; who has it keeps it")

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_name_once", fields=["name"])]


class PlanVersion(models.Model):
    """The price (roubles a month) and speed of a plan from a day on; never edited, only followed by another."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    from_on = models.DateField()
    price = models.DecimalField(max_digits=10, decimal_places=2)
    speed = models.ForeignKey(Speed, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_version_of_a_plan_a_day", fields=["plan", "from_on"]),
            models.CheckConstraint(name="price_is_never_negative", condition=Q(price__gte=0)),
        ]


class Subscription(models.Model):
    """That a subscriber has a plan, from its first to its last day (both belong to it).

    A held one waits for money and gives no access.
    """

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="subscriptions")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="subscriptions")
    from_on = models.DateField()
    until_on = models.DateField(null=True, help_text="the last day; empty: goes on")
    charged_through_on = models.DateField(
        null=True, help_text="the last day that has been charged; empty: none has been"
    )
    held_at = models.DateTimeField(null=True)
    speed = models.ForeignKey(
        Speed, models.PROTECT, null=True, related_name="+", help_text="the subscriber's personal speed"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_subscription_lasts_a_day_or_more",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="charged_from_its_first_day_on",
                condition=Q(charged_through_on__isnull=True) | Q(charged_through_on__gte=F("from_on")),
            ),
            ExclusionConstraint(
                name="a_plan_once_at_a_time",
                expressions=[
                    ("subscriber", RangeOperators.EQUAL),
                    ("plan", RangeOperators.EQUAL),
                    (
                        Func(F("from_on"), F("until_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
