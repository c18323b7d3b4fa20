"""Not written yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0017_case_files"),
    ]

    operations = []
