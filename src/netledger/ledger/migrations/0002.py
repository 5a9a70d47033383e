"""A bulk of movements is posted by one statement."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("ledger", "0001"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
