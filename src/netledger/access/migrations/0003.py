"""The rules of access ask the clock once for all subscribers whom they are asked about."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("access", "0002"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
