"""When a connection's secret was changed: what was signed in with the one before is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("network", "0001"),
    ]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="secret_changed_at",
            field=models.DateTimeField(help_text="empty: never since it was made", null=True),
        ),
    ]
