"""Whose access is closed, and for which reason: counted and listed without looking at those whose is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("access", "0001"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("reason", "open"), _negated=True),
                fields=["reason", "subscriber"],
                name="decisions_that_close",
            ),
        ),
    ]
