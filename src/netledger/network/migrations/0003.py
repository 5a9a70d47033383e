"""Who is at an address or has a MAC, asked of all routers at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("network", "0002"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="connection",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("mac__isnull", False)),
                fields=["mac"],
                name="connections_with_a_mac",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(("address__isnull", False), ("stopped_at__isnull", True)),
                fields=["address"],
                name="open_sessions_at_an_address",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(("mac__isnull", False), ("stopped_at__isnull", True)),
                fields=["mac"],
                name="open_sessions_with_a_mac",
            ),
        ),
    ]
