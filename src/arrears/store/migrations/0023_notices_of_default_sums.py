"""A kind of notice more: that sums became payable for being in default."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0022_what_comes_back"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_kind_is_known"),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "validation",
                            "transfer",
                            "address",
                            "listing",
                            "arrears",
                            "default",
                            "default_sums",
                            "agency",
                            "data_origin",
                            "time_barred",
                            "verification",
                            "unverified_debt",
                            "plan_copy",
                        ],
                    )
                ),
                name="notice_kind_is_known",
            ),
        ),
    ]
