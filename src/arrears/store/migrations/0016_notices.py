"""Notices: what the law wants a person to be sent."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_received"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("contents", models.TextField()),
                ("accounts", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("language", models.CharField(max_length=8)),
                ("method", models.TextField()),
                ("words", models.JSONField(db_default={}, default=dict)),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("document_hash", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("answers_id", models.BigIntegerField(null=True)),
                ("printed_ends", models.DateField(null=True)),
                ("opt_out_by", models.DateField(null=True)),
                ("message_ref", models.TextField(blank=True, db_default="", default="")),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("period_ends", models.DateField(null=True)),
                ("undeliverable_at", models.DateTimeField(null=True)),
                ("undeliverable_because", models.TextField(blank=True, db_default="", default="")),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_because", models.TextField(blank=True, db_default="", default="")),
                (
                    "salt",
                    models.UUIDField(
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()), editable=False
                    ),
                ),
                (
                    "digest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            output_field=models.BinaryField(),
                            template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(by_organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(person_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(contact_point_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(kind)) || decode(replace(kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(contents)) || decode(replace(contents, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(language)) || decode(replace(language, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(method)) || decode(replace(method, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(jsonb_send(words))) || jsonb_send(words), '\\x00'::bytea) || coalesce('\\x01'::bytea || timestamptz_send(made_at), '\\x00'::bytea))",
                        ),
                        output_field=models.BinaryField(),
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
                "db_table": "notice",
                "indexes": [
                    models.Index(fields=["person", "id"], name="notice_by_person"),
                    models.Index(
                        condition=models.Q(("dropped_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["organisation", "made_at"],
                        name="notice_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("sent_at__gte", models.F("made_at")), _connector="OR"
                        ),
                        name="notice_goes_after_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undeliverable_at__isnull", True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="notice_comes_back_once_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dropped_at__isnull", True), ("sent_at__isnull", True), _connector="OR"),
                        name="notice_sent_is_not_dropped",
                    ),
                    models.UniqueConstraint(fields=("id", "organisation"), name="notice_with_owner"),
                    models.UniqueConstraint(
                        condition=models.Q(("attempt__isnull", False)),
                        fields=("attempt",),
                        name="notice_goes_by_one_attempt",
                    ),
                ],
            },
        ),
    ]
