"""What the ledger needs beyond the first book: a freeze of charges as a kind of entry."""

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies = [("store", "0004_found_by_day")]

    operations: list[Operation] = [
        migrations.RemoveConstraint(model_name="entry", name="entry_kind_is_known"),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [10, 20, 30, 32, 40, 50, 52, 60, 62, 70, 80, 82, 84, 86, 90, 92, 100, 110, 112, 120],
                    )
                ),
                name="entry_kind_is_known",
            ),
        ),
    ]
