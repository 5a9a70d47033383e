"""Groups, subscribers and their identifiers."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [
        ("ledger", "0001"),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="subscribers.group",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "contract_number",
                    models.TextField(help_text="text, compared as text: 0010245 is not 10245"),
                ),
                ("name", models.TextField()),
                ("street", models.TextField(blank=True)),
                ("house", models.TextField(blank=True)),
                ("flat", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                (
                    "activated_at",
                    models.DateTimeField(help_text="when the first subscription began", null=True),
                ),
                (
                    "closed_at",
                    models.DateTimeField(help_text="closed contracts keep their history", null=True),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriber",
                        to="ledger.account",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscribers",
                        to="subscribers.group",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("is_contract", models.BooleanField()),
                ("is_login", models.BooleanField()),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identifiers",
                        to="subscribers.subscriber",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                fields=("parent", "name"), name="group_name_once_below_a_parent", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="a_group_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.UniqueConstraint(fields=("contract_number",), name="contract_number_once"),
        ),
        migrations.AddConstraint(
            model_name="identifier",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_contract", True), ("is_login", True), _connector="OR"),
                name="an_identifier_is_a_contract_or_a_login",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
