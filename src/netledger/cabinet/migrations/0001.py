"""Sessions of the cabinet, and the failures to sign in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [
        ("network", "0002"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInFailure",
            fields=[
                (
                    "login_hash",
                    models.TextField(
                        help_text="SHA-256 of the folded login", primary_key=True, serialize=False
                    ),
                ),
                ("failures", models.PositiveIntegerField()),
                ("failed_at", models.DateTimeField()),
                ("delayed_until_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["failed_at"], name="failures_to_forget")],
            },
        ),
        migrations.CreateModel(
            name="SignInFlood",
            fields=[
                ("is_only", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("lasts_until_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("is_only", True)), name="one_flood_only")
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "token_hash",
                    models.TextField(
                        help_text="SHA-256 of the token, in hexadecimal digits",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "secret_changed_at",
                    models.DateTimeField(help_text="the connection's, as it was at the sign-in", null=True),
                ),
                (
                    "address",
                    models.GenericIPAddressField(
                        help_text="by which he was let in, without a secret; null: he gave one",
                        null=True,
                        protocol="IPv4",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(help_text="to the minute")),
                ("expires_at", models.DateTimeField()),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cabinet_sessions",
                        to="network.connection",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="sessions_that_expire")],
            },
        ),
    ]
