"""What comes back of messages, and the papers of case files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0021_transcripts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CasePaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("media_type", models.TextField()),
                ("size", models.IntegerField()),
                ("content_hash", models.BinaryField()),
                ("is_for_carers", models.BooleanField()),
                ("added_at", models.DateTimeField()),
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
                    "case_file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.casefile",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
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
                "db_table": "case_paper",
            },
        ),
        migrations.CreateModel(
            name="DeliveryReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("status", models.TextField(blank=True, db_default="", default="")),
                ("reason", models.TextField(blank=True, db_default="", default="")),
                ("recipient", models.TextField(blank=True, db_default="", default="")),
                ("said", models.TextField(blank=True, db_default="", default="")),
                ("is_address_gone", models.BooleanField(db_default=False, default=False)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
                (
                    "attempt",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.attempt",
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
                    "message",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.message",
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
                "db_table": "delivery_report",
            },
        ),
        migrations.CreateModel(
            name="CasePaperContent",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.casepaper",
                    ),
                ),
                ("is_for_carers", models.BooleanField()),
                ("sealed", models.BinaryField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
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
                "db_table": "case_paper_content",
            },
        ),
        migrations.AddIndex(
            model_name="casepaper",
            index=models.Index(fields=["person"], name="case_paper_by_person"),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("media_type__in", ["application/pdf", "image/png", "image/jpeg", "image/tiff", "text/plain"])
                ),
                name="casepaper_media_type_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1), ("size__lte", 10000000)), name="case_paper_is_of_some_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.UniqueConstraint(fields=("case_file", "content_hash"), name="case_paper_kept_once"),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="case_paper_with_owner"),
        ),
        migrations.AddIndex(
            model_name="deliveryreport",
            index=models.Index(fields=["attempt"], name="delivery_report_by_attempt"),
        ),
        migrations.AddIndex(
            model_name="deliveryreport",
            index=models.Index(fields=["person", "at"], name="delivery_report_by_person"),
        ),
        migrations.AddIndex(
            model_name="deliveryreport",
            index=models.Index(fields=["by_organisation", "-id"], name="delivery_report_newest"),
        ),
        migrations.AddConstraint(
            model_name="deliveryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["failed", "delayed", "arrived", "returned", "machine"])),
                name="deliveryreport_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""),
                    (
                        "reason__in",
                        ["moved", "unknown", "no_such_address", "vacant", "unclaimed", "refused", "deceased", "other"],
                    ),
                    _connector="OR",
                ),
                name="deliveryreport_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryreport",
            constraint=models.UniqueConstraint(
                fields=("by_organisation", "source_kind", "source_ref"), name="delivery_report_comes_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casepapercontent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", False), ("sealed__isnull", True)),
                    models.Q(
                        models.Q(("erased_at__isnull", False), _negated=True),
                        models.Q(("sealed__isnull", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_paper_erased_is_empty",
            ),
        ),
    ]
