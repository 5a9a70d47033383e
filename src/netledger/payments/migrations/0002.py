"""Which operations 1C has, the papers of payments, and the operator in whose name 1C brings them."""

from pathlib import Path

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def add_operator_of_onec(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The operator `1c` with its account, where the provider has none of that code already."""
    operators = apps.get_model("payments", "Operator").objects
    if not operators.filter(code="1c").exists():
        account = apps.get_model("ledger", "Account").objects.create(kind="operator")
        operators.create(code="1c", name="1С", account=account)


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("payments", "0001"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="payments.payment",
                    ),
                ),
                ("number", models.TextField(null=True)),
                ("description", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OnecMark",
            fields=[
                ("transfer_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("onec_code", models.TextField(help_text="text, as 1C sent it, without its padding")),
                ("marked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("onec_code",), name="operation_once_per_onec_code"),
                    models.CheckConstraint(
                        condition=models.Q(("onec_code", ""), _negated=True), name="a_onec_mark_has_a_code"
                    ),
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
        migrations.RunPython(add_operator_of_onec),
    ]
