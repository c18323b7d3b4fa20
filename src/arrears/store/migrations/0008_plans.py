"""Plans and budgets."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0007_bank_statements")]

    operations: list[Operation] = []
