"""Through which day a subscription has been charged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("tariffs", "0001"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="charged_through_on",
            field=models.DateField(
                help_text="the last day that has been charged; empty: none has been", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("charged_through_on__isnull", True),
                    ("charged_through_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="charged_from_its_first_day_on",
            ),
        ),
    ]
