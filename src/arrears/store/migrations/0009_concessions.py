"""Concessions, their approval, and debt events."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0008_plans")]

    operations: list[Operation] = []
