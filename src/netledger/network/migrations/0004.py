"""The versions of a NAS's lists and what their tags rest on besides; what raises them stands beside, in 0004.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("network", "0003"),
        ("access", "0001"),
        ("tariffs", "0002"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "is_only",
                    models.BooleanField(default=True, primary_key=True, serialize=False),
                ),
                ("identity", models.UUIDField(help_text="another one after a restore")),
                (
                    "seen_within_s",
                    models.IntegerField(help_text="how long a session lives after it was last heard of"),
                ),
                (
                    "swept_at",
                    models.DateTimeField(help_text="when news of sessions was last published"),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(is_only=True), name="one_feed_only")],
            },
        ),
        migrations.CreateModel(
            name="ListVersion",
            fields=[
                (
                    "nas",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="list_version",
                        serialize=False,
                        to="network.nas",
                    ),
                ),
                ("negbal", models.BigIntegerField()),
                ("blocked", models.BigIntegerField()),
                ("logged", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
