"""Plans, their versions, speeds and subscriptions."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [
        ("subscribers", "0001"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("gives_access", models.BooleanField(help_text="whether it opens the network")),
                (
                    "charged_by",
                    models.TextField(
                        choices=[("day", "Day"), ("month", "Month")],
                        help_text="day: a month's price spread over its days; month: in one sum",
                    ),
                ),
                (
                    "retired_at",
                    models.DateTimeField(help_text="no longer sold; who has it keeps it", null=True),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name",), name="plan_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Speed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rate_in_kbps", models.IntegerField()),
                ("ceil_in_kbps", models.IntegerField()),
                ("burst_in_bytes", models.BigIntegerField()),
                ("cburst_in_bytes", models.BigIntegerField()),
                ("rate_out_kbps", models.IntegerField()),
                ("ceil_out_kbps", models.IntegerField()),
                ("burst_out_bytes", models.BigIntegerField()),
                ("cburst_out_bytes", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "rate_in_kbps",
                            "ceil_in_kbps",
                            "burst_in_bytes",
                            "cburst_in_bytes",
                            "rate_out_kbps",
                            "ceil_out_kbps",
                            "burst_out_bytes",
                            "cburst_out_bytes",
                        ),
                        name="a_set_of_limits_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("price", models.DecimalField(decimal_places=2, max_digits=10)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="tariffs.plan",
                    ),
                ),
                (
                    "speed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tariffs.speed"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "from_on"), name="one_version_of_a_plan_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="price_is_never_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(help_text="the last day; empty: goes on", null=True)),
                ("held_at", models.DateTimeField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="tariffs.plan",
                    ),
                ),
                (
                    "speed",
                    models.ForeignKey(
                        help_text="the subscriber's personal speed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tariffs.speed",
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="subscribers.subscriber",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="a_subscription_lasts_a_day_or_more",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("subscriber", "="),
                            ("plan", "="),
                            (
                                models.Func(
                                    models.F("from_on"),
                                    models.F("until_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="a_plan_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
