"""Facts that the gate misses, as the last look over the book found them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0019_across_creditors"),
    ]

    operations = [
        migrations.CreateModel(
            name="MissingFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.TextField()),
                ("bearer", models.TextField()),
                ("supplier", models.TextField()),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "point_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.RawSQL("coalesce(contact_point_id, 0)", ()),
                        output_field=models.BigIntegerField(),
                    ),
                ),
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
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "contact_point",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.contactpoint",
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
            ],
            options={
                "db_table": "missing_fact",
                "indexes": [
                    models.Index(fields=["by_organisation", "fact"], name="missing_fact_by_fact"),
                    models.Index(fields=["person"], name="missing_fact_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "bearer__in",
                                ["organisation", "person", "contact_point", "party", "account", "hold", "proposal"],
                            )
                        ),
                        name="missingfact_bearer_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("by_organisation", "account", "person", "point_key", "fact"), name="missing_fact_once"
                    ),
                ],
            },
        ),
    ]
