"""What came in and what was tried on a day is found by the day, whatever else the book holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0003_served_today")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("kind__in", [80, 82, 84, 86])),
                fields=["value_date"],
                name="entry_cash_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["started_at"], name="attempt_by_day"),
        ),
    ]
