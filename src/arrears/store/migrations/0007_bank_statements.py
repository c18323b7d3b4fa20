"""Bank statements, their lines, and how each was matched."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0006_told_amounts")]

    operations: list[Operation] = []
