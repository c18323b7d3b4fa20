"""Received texts: what people wrote to us, sorted and waiting for a human."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0014_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], default=list, size=None
                    ),
                ),
                ("channel", models.TextField()),
                ("address", models.TextField(blank=True, db_default="", default="")),
                ("words", models.TextField()),
                ("language", models.CharField(max_length=8)),
                ("found", models.JSONField(db_default=[], default=list)),
                ("rules_version", models.TextField()),
                ("has_model", models.BooleanField(db_default=False, default=False)),
                ("urgency", models.SmallIntegerField()),
                ("state", models.TextField(db_default="waiting", default="waiting")),
                ("received_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
            ],
            options={
                "db_table": "received",
            },
        ),
        migrations.AddField(
            model_name="received",
            name="attempt",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.attempt",
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="contact_point",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.contactpoint",
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="done_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.organisation",
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="staff",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="received",
            name="taken_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(fields=["person", "received_at"], name="received_by_person"),
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(
                condition=models.Q(("state", "done"), _negated=True),
                fields=["organisation", "urgency", "received_at"],
                name="received_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "taken", "done"])), name="received_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "call",
                            "ai_voice",
                            "recorded_call",
                            "voicemail_drop",
                            "text",
                            "chat",
                            "email",
                            "letter",
                            "fax",
                            "visit",
                            "social_private",
                            "social_public",
                        ],
                    )
                ),
                name="received_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                    _connector="OR",
                ),
                name="received_done_has_its_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="received",
            constraint=models.UniqueConstraint(
                fields=("by_organisation", "source_kind", "source_ref"), name="received_comes_once"
            ),
        ),
    ]
