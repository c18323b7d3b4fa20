"""Not written yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0016_notices"),
    ]

    operations = []
