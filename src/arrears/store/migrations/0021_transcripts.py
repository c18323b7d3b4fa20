"""Transcripts of contacts, with what the checker found in our part of them."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0020_missing_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transcript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turns", models.JSONField(db_default=[], default=list)),
                ("content_hash", models.TextField()),
                ("language", models.CharField(max_length=8)),
                ("found", models.JSONField(db_default=[], default=list)),
                ("rules_version", models.TextField()),
                ("source", models.TextField(blank=True, db_default="", default="")),
                ("recorded_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
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
                            template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(by_organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(person_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(attempt_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(staff_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(content_hash)) || decode(replace(content_hash, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(language)) || decode(replace(language, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(jsonb_send(found))) || jsonb_send(found), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(rules_version)) || decode(replace(rules_version, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source)) || decode(replace(source, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || timestamptz_send(recorded_at), '\\x00'::bytea))",
                        ),
                        output_field=models.BinaryField(),
                    ),
                ),
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
                "db_table": "transcript",
                "indexes": [
                    models.Index(fields=["attempt"], name="transcript_by_attempt"),
                    models.Index(fields=["person", "recorded_at"], name="transcript_by_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("by_organisation", "attempt", "content_hash"), name="transcript_kept_once"
                    )
                ],
            },
        ),
    ]
