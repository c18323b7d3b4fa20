"""What a debtor was told, kept so that it can be set right."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0005_dated_terms")]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("template", models.TextField(blank=True, db_default="", default="")),
                ("language", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("as_of", models.DateField()),
                ("known_on", models.IntegerField()),
                ("last_entry", models.BigIntegerField()),
                ("amounts", models.JSONField()),
                ("terms_mark", models.BinaryField()),
                ("document_hash", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                (
                    "by_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "told",
            },
        ),
        migrations.CreateModel(
            name="ToldRepair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("remedy", models.TextField()),
                ("amounts", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.told",
                    ),
                ),
            ],
            options={
                "db_table": "told_repair",
            },
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(fields=["account", "at"], name="told_by_account"),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(fields=["organisation", "id"], name="told_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["charge", "letter", "bureau_line"])), name="told_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="told_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="toldrepair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "remedy__in",
                        [
                            "corrected_letter",
                            "charge_taken_back",
                            "refunded",
                            "bureau_corrected",
                            "told_by_voice",
                            "nothing_due",
                        ],
                    )
                ),
                name="toldrepair_remedy_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="toldrepair",
            constraint=models.UniqueConstraint(fields=("told",), name="told_repaired_once"),
        ),
    ]
