"""What makes somebody the next person of a collector is found by its day, not by reading the whole list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0002_permit_still_open")]

    operations = [
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(
                condition=models.Q(("source_kind", "call_back")),
                fields=["at"],
                name="consent_to_a_call_back",
            ),
        ),
        migrations.AddIndex(
            model_name="skip",
            index=models.Index(fields=["on_date", "person"], name="skip_by_day"),
        ),
    ]
