"""Blocks, decisions and their history; their publication stands beside, in 0001.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [
        ("subscribers", "0001"),
        ("tariffs", "0001"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "subscriber",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="access_decision",
                        serialize=False,
                        to="subscribers.subscriber",
                    ),
                ),
                ("negbal", models.BooleanField()),
                ("blocked", models.BooleanField()),
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("closed", "Closed"),
                            ("blocked", "Blocked"),
                            ("overdrawn", "Overdrawn"),
                            ("held", "Held"),
                            ("no_plan", "No Plan"),
                            ("open", "Open"),
                        ]
                    ),
                ),
                ("since_at", models.DateTimeField()),
                ("recheck_at", models.DateTimeField(help_text="when time alone may change it", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("recheck_at__isnull", False)),
                        fields=["recheck_at"],
                        name="decisions_to_look_at_again",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.TextField(blank=True)),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="subscribers.subscriber",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("subscriber",),
                        name="one_block_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("negbal", models.BooleanField()),
                ("blocked", models.BooleanField()),
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("closed", "Closed"),
                            ("blocked", "Blocked"),
                            ("overdrawn", "Overdrawn"),
                            ("held", "Held"),
                            ("no_plan", "No Plan"),
                            ("open", "Open"),
                        ]
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_changes",
                        to="subscribers.subscriber",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subscriber", "at"], name="changes_of_a_subscriber")],
            },
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
