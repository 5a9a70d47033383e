"""Staff, their sessions, the audit with its guard, and what was done once."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    initial = True

    dependencies = [("ledger", "0001")]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.TextField(help_text="an action of the roles' table, or what happened at the door"),
                ),
                (
                    "subject_kind",
                    models.TextField(help_text="a model of ours, as `subscribers.subscriber`; empty: none"),
                ),
                ("subject_id", models.TextField(help_text="its key; empty: none, or many")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="what of it was changed or shown", size=None
                    ),
                ),
                ("address", models.GenericIPAddressField(help_text="of the member of staff", null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("login", models.TextField(help_text="folded")),
                ("name", models.TextField()),
                ("role", models.TextField(help_text="of the table in roles.py")),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("login",), name="staff_login_is_one_persons"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["operator", "cashier", "accountant", "engineer", "administrator"])
                        ),
                        name="staff_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("login", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="staff_has_login_and_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditValues",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="values",
                        serialize=False,
                        to="backoffice.auditentry",
                    ),
                ),
                ("content", models.JSONField(help_text="by field; null: blanked", null=True)),
            ],
        ),
        migrations.AddField(
            model_name="auditentry",
            name="staff",
            field=models.ForeignKey(
                help_text="null: the server's command line",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="audit",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                ("act_key", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "outcome",
                    models.JSONField(
                        help_text="what the first press answered; a repeat answers the same", null=True
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "session_key",
                    models.TextField(
                        help_text="SHA-256 of the key, in hexadecimal digits",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("address", models.GenericIPAddressField(help_text="where he signed in from", null=True)),
                ("browser", models.TextField(help_text="what it called itself")),
                ("opened_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(help_text="to the minute", null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["staff", "id"], name="audit_of_staff"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_of_subject"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["recorded_at"], name="audit_by_time"),
        ),
        migrations.AddIndex(
            model_name="done",
            index=models.Index(fields=["recorded_at"], name="done_to_forget"),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")),
    ]
