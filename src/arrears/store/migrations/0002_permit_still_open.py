"""Permits still open are found by themselves: few among all that there ever were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="permit",
            index=models.Index(
                condition=models.Q(("state", "issued")),
                fields=["organisation", "expires_at"],
                name="permit_still_open",
            ),
        ),
    ]
