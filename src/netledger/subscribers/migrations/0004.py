"""The subscribers of one group are read by an index, the newest first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [
        ("subscribers", "0003"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="subscriber",
            index=models.Index(name="subscribers_of_a_group", fields=["group", "id"]),
        ),
        migrations.AlterField(
            model_name="subscriber",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                db_index=False,
                related_name="subscribers",
                to="subscribers.group",
            ),
        ),
    ]
