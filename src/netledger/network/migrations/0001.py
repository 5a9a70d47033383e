"""NASes, connections, the history of their addresses, sessions; how they are stored stands beside, in 0001.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import netledger.network.fields


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [
        ("subscribers", "0001"),
        ("tariffs", "0001"),
    ]

    operations = [
        migrations.CreateModel(
            name="Nas",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("address", models.GenericIPAddressField(protocol="IPv4")),
                ("created_at", models.DateTimeField()),
                (
                    "retired_at",
                    models.DateTimeField(
                        help_text="answers no calls and gets no connections any more", null=True
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("address",),
                        name="one_nas_in_use_at_an_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("login", models.TextField(help_text="in NFC, else as it was typed")),
                ("secret", models.BinaryField(help_text="encrypted with the home's keys")),
                ("address", models.GenericIPAddressField(null=True, protocol="IPv4")),
                ("mac", netledger.network.fields.MacField(null=True)),
                (
                    "snat_address",
                    models.GenericIPAddressField(
                        help_text="the public address after NAT", null=True, protocol="IPv4"
                    ),
                ),
                (
                    "by_session",
                    models.BooleanField(help_text="logged while a session lives; else static: while enabled"),
                ),
                ("enabled", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "speed",
                    models.ForeignKey(
                        help_text="of its own, above the plan's",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tariffs.speed",
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="connections",
                        to="subscribers.subscriber",
                    ),
                ),
                (
                    "nas",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="connections",
                        to="network.nas",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.GenericIPAddressField(protocol="IPv4")),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(help_text="empty: it is still", null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="network.connection",
                    ),
                ),
                (
                    "nas",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.nas",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "session_code",
                    models.TextField(help_text="the NAS's own id, compared as text (RFC 2866, 5.5)"),
                ),
                ("address", models.GenericIPAddressField(null=True, protocol="IPv4")),
                ("mac", netledger.network.fields.MacField(null=True)),
                (
                    "started_at",
                    models.DateTimeField(help_text="empty: only its stop was heard of", null=True),
                ),
                ("seen_at", models.DateTimeField(help_text="when it was last known to live")),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="network.connection",
                    ),
                ),
                (
                    "nas",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.nas",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="connection",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["address"],
                name="connections_at_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("nas", "address"),
                name="address_once_per_nas",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["address", "from_at"], name="assignments_of_an_address"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at__isnull", True)),
                fields=("connection",),
                name="one_address_assigned_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["address", "started_at"], name="sessions_of_an_address"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["connection", "started_at"], name="sessions_of_a_connection"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("connection", "session_code"), name="session_code_once_a_connection"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=("connection",),
                name="one_open_session_a_connection",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address__isnull", False), ("stopped_at__isnull", True)),
                fields=("nas", "address"),
                name="one_open_session_at_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stopped_at__isnull", False), ("started_at__isnull", False), _connector="OR"
                ),
                name="an_open_session_has_started",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stopped_at__isnull", True),
                    ("started_at__isnull", True),
                    ("stopped_at__gte", models.F("started_at")),
                    _connector="OR",
                ),
                name="no_session_stops_before_it_starts",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
