"""Operators, payments, credit and remarks; what the database decides of them stands beside, in 0001.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [
        ("ledger", "0001"),
        ("subscribers", "0001"),
    ]

    operations = [
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "operator_payment_id",
                    models.TextField(help_text="the operator's own id, compared as text"),
                ),
                ("transfer_id", models.BigIntegerField(help_text="the operation that it made", unique=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                ("taken_at", models.DateTimeField(help_text="when the operator took it")),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("transfer_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("author", models.TextField(null=True)),
                ("why", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Operator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.TextField(help_text="as payments name it, compared as text")),
                ("name", models.TextField()),
                ("cancel_within_days", models.PositiveSmallIntegerField(default=30)),
                (
                    "retired_at",
                    models.DateTimeField(help_text="takes no new payments; its old ones stay", null=True),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operator",
                        to="ledger.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SentIdentifier",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sent_identifier",
                        serialize=False,
                        to="payments.payment",
                    ),
                ),
                ("text", models.TextField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="payment",
            name="operator",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="payments.operator",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="subscriber",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="subscribers.subscriber",
            ),
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                ("granted_at", models.DateTimeField()),
                ("granted_by", models.TextField()),
                ("until_on", models.DateField(help_text="the last day; empty: without end", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="subscribers.subscriber",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("until_on"),
                        condition=models.Q(("ended_at__isnull", True), ("until_on__isnull", False)),
                        name="credits_that_end",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="credit_is_above_zero"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("subscriber",),
                        name="one_credit_in_force",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="operator",
            constraint=models.UniqueConstraint(fields=("code",), name="operator_code_once"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("operator", "operator_payment_id"), name="payment_once_per_operator"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="payment_is_above_zero"
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
