"""What the ledger needs beyond the first book: a freeze of charges, and columns for interest by day and costs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0004_found_by_day")]

    operations = [
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
        migrations.AddField(
            model_name="accountposition",
            name="costs_minor",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="charge_base_minor",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="accrued_minor",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="accrued_carry",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="accrued_settled_minor",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="accrual_rate_ppm",
            field=models.IntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="accrual_day_count",
            field=models.SmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="accrual_rounds_up",
            field=models.SmallIntegerField(default=1),
            preserve_default=False,
        ),
        # The owner is bound by the policies of its own tables; what follows every migration binds it again.
        migrations.RunSQL(
            "ALTER TABLE account_position NO FORCE ROW LEVEL SECURITY; "
            "UPDATE account_position SET charge_base_minor = overdue_principal_minor",
            migrations.RunSQL.noop,
        ),
    ]
