"""Double entry: accounts, journals, periods, trust money."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0010_takings")]

    operations: list[Operation] = []
