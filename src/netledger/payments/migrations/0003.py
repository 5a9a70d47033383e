"""Payments of an operator in the order of time, with their sums: what lists and the money of a day are read from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("payments", "0002"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                fields=["operator", "taken_at", "id"],
                include=("amount", "transfer_id"),
                name="payments_of_an_operator_by_time",
            ),
        ),
    ]
