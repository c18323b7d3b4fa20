"""Taking a payment: links, authorisations, debits."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0009_concessions")]

    operations: list[Operation] = []
