"""Companies, what 1C calls a subscriber and whether it has him, and the counter of contract numbers."""

from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("subscribers", "0001"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContractCounter",
            fields=[
                ("is_only", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("next_number", models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="subscriber",
            name="is_company",
            field=models.BooleanField(db_default=False, help_text="a company, not a natural person"),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="inn",
            field=models.TextField(blank=True, db_default="", help_text="the tax number (ИНН)"),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="kpp",
            field=models.TextField(blank=True, db_default="", help_text="a company's tax registration (КПП)"),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="legal_address",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="actual_address",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="onec_code",
            field=models.TextField(help_text="what 1C calls him; text: 000000123 is not 123", null=True),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="made_by_onec",
            field=models.BooleanField(db_default=False, help_text="the contract came from 1C"),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="onec_synced_at",
            field=models.DateTimeField(help_text="since when 1C has him, as it told us", null=True),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.UniqueConstraint(fields=("onec_code",), name="onec_code_once"),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(("onec_code", ""), _negated=True), name="a_onec_code_is_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_by_onec", False), ("onec_synced_at__isnull", True)),
                    ("onec_code__isnull", False),
                    _connector="OR",
                ),
                name="whom_onec_has_has_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractcounter",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_only", True)), name="one_contract_counter_only"
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
