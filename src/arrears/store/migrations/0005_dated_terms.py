"""What the ledger needs beyond the first book."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0004_found_by_day")]

    operations: list[Operation] = []
