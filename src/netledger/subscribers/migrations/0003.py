"""How subscribers are found among a million: by a beginning, and by any part of what is told of them."""

from pathlib import Path

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("subscribers", "0002"),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
