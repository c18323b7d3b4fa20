"""What a debtor was told, kept so that it can be set right."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0005_dated_terms")]

    operations: list[Operation] = []
