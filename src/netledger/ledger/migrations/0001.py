"""Accounts, transfers, reversals and the zone; what the database keeps of them stands beside, in 0001.sql."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Reversal",
            fields=[
                ("reversed_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("reversing_id", models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("subscriber", "Subscriber"),
                            ("operator", "Operator"),
                            ("revenue", "Revenue"),
                            ("transit", "Transit"),
                            ("opening", "Opening"),
                            ("corrections", "Corrections"),
                        ]
                    ),
                ),
                ("balance", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                (
                    "overdraft",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="the credit plus the promise in force, roubles",
                        max_digits=12,
                    ),
                ),
                (
                    "overdrawn",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            models.ExpressionWrapper(
                                models.Q(
                                    (
                                        "balance__lt",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(0), "-", models.F("overdraft")
                                        ),
                                    )
                                ),
                                models.BooleanField(),
                            ),
                            models.Value(False),
                        ),
                        help_text="below the threshold; exactly at it is open",
                        output_field=models.BooleanField(),
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("balance__isnull", False), ("kind", "subscriber")),
                            models.Q(
                                models.Q(("kind", "subscriber"), _negated=True), ("balance__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="only_subscribers_have_a_cached_balance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overdraft__gte", 0)), name="overdraft_is_never_negative"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["subscriber", "operator"]), _negated=True),
                        fields=("kind",),
                        name="one_system_account_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("is_only", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("name", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("is_only", True)), name="one_zone_only")
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                        (
                            "kind",
                            models.TextField(
                                choices=[
                                    ("opening", "Opening"),
                                    ("payment", "Payment"),
                                    ("charge", "Charge"),
                                    ("correction", "Correction"),
                                    ("reversal", "Reversal"),
                                ]
                            ),
                        ),
                        (
                            "purpose",
                            models.TextField(help_text="what it is for; a reference, never personal"),
                        ),
                        (
                            "accounting_day",
                            models.DateField(help_text="the provider's day that the movement belongs to"),
                        ),
                        ("happened_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("balance_after", models.DecimalField(decimal_places=2, max_digits=14)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="transfers",
                                to="ledger.account",
                            ),
                        ),
                        (
                            "credit",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.account",
                            ),
                        ),
                        (
                            "debit",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="ledger.account",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["account", "id"], name="transfers_of_an_account")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="amount_is_above_zero"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("account", models.F("debit")),
                                    ("account", models.F("credit")),
                                    _connector="OR",
                                ),
                                name="account_is_one_of_the_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("debit", models.F("credit")), _negated=True),
                                name="money_moves_between_two",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
