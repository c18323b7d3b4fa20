"""Contacts counted across creditors, under a keyed hash."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0018_rule_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="AcrossContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_key", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "across_contact",
                "indexes": [models.Index(fields=["person_key", "at"], name="across_contact_by_key")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.expressions.RawSQL(
                                "octet_length(person_key) = 32", (), models.BooleanField()
                            )
                        ),
                        name="across_contact_key_is_a_hash",
                    )
                ],
            },
        ),
    ]
