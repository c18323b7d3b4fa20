"""The whole book as first released."""

import arrears.domain.contacts
import arrears.domain.holds
import arrears.domain.permits
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


from arrears.store import partitions


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("username", models.TextField(unique=True)),
                ("full_name", models.TextField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("team", models.TextField(blank=True, db_default="", default="")),
                ("language", models.CharField(db_default="en", default="en", max_length=8)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("capacity_minutes", models.IntegerField(db_default=0, default=0)),
                ("is_active", models.BooleanField(db_default=True, default=True)),
            ],
            options={
                "db_table": "staff",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.TextField()),
                ("currency", models.CharField(max_length=3)),
                ("opened_on", models.DateField()),
                ("original_minor", models.BigIntegerField()),
                ("default_on", models.DateField(null=True)),
                ("status", models.TextField(db_default="open", default="open")),
                ("country", models.CharField(max_length=2)),
                ("region", models.TextField(blank=True, db_default="", default="")),
                ("facts", models.JSONField(db_default={}, default=dict)),
            ],
            options={
                "db_table": "account",
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("use", models.TextField()),
                ("value", models.TextField()),
                ("normalised", models.TextField()),
                ("country", models.CharField(blank=True, db_default="", default="", max_length=2)),
                ("region", models.TextField(blank=True, db_default="", default="")),
                (
                    "timezones",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("is_valid", models.BooleanField(db_default=True, default=True)),
                ("source", models.TextField()),
                ("basis", models.TextField(blank=True, db_default="", default="")),
                ("last_outcome", models.TextField(blank=True, db_default="", default="")),
                ("last_outcome_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "contact_point",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.TextField()),
                ("kind", models.TextField()),
                ("full_name", models.TextField()),
                ("given_name", models.TextField(blank=True, db_default="", default="")),
                ("family_name", models.TextField(blank=True, db_default="", default="")),
                ("language", models.CharField(max_length=8)),
                ("country", models.CharField(max_length=2)),
                ("region", models.TextField(blank=True, db_default="", default="")),
                ("national_id_sealed", models.BinaryField(null=True)),
                ("national_id_index", models.BinaryField(null=True)),
                ("birth_date_sealed", models.BinaryField(null=True)),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "person",
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.TextField()),
                ("direction", models.TextField()),
                ("role", models.TextField()),
                ("channel", models.TextField()),
                ("address", models.TextField(blank=True, db_default="", default="")),
                ("from_number", models.TextField(blank=True, db_default="", default="")),
                ("place", models.TextField(blank=True, db_default="", default="")),
                ("purpose", models.TextField(blank=True, db_default="", default="")),
                ("template", models.TextField(blank=True, db_default="", default="")),
                ("language", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("is_automated", models.BooleanField(db_default=False, default=False)),
                ("started_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
                ("outcome", models.TextField(db_default="started", default="started")),
                ("disposition", models.TextField(blank=True, db_default="", default="")),
                (
                    "discussed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), null=True, size=None
                    ),
                ),
                ("outcome_at", models.DateTimeField(null=True)),
                ("seconds", models.IntegerField(null=True)),
                (
                    "salt",
                    models.UUIDField(
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()), editable=False
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
            ],
            options={
                "db_table": "attempt",
            },
        ),
        partitions.CreatePartitioned(
            name="Decision",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "on_day",
                        "account_id",
                        "decided_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("account_id", models.BigIntegerField()),
                ("organisation_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("run_id", models.BigIntegerField()),
                ("decided_at", models.DateTimeField()),
                ("arrears_minor", models.BigIntegerField()),
                ("owed_minor", models.BigIntegerField()),
                ("value_per_minute", models.BigIntegerField()),
                ("refusals", models.BigIntegerField()),
                ("on_day", models.IntegerField()),
                ("book_day", models.IntegerField()),
                ("days_past_due", models.IntegerField()),
                ("next_on", models.IntegerField()),
                ("look_again_on", models.IntegerField()),
                ("pack_version_id", models.IntegerField()),
                ("chance_ppm", models.IntegerField()),
                ("band", models.SmallIntegerField()),
                ("stage", models.SmallIntegerField()),
                ("conduct", models.SmallIntegerField()),
                ("treatment", models.SmallIntegerField()),
                ("treatment_row", models.SmallIntegerField()),
                ("tone", models.SmallIntegerField()),
                ("channels", models.SmallIntegerField()),
                ("next_action", models.SmallIntegerField()),
                ("cadence", models.SmallIntegerField()),
                ("owner_team", models.SmallIntegerField()),
                ("tier", models.SmallIntegerField()),
                ("reason", models.SmallIntegerField()),
                ("arm", models.SmallIntegerField()),
            ],
            options={
                "db_table": "decision",
                "indexes": [models.Index(fields=["account_id", "on_day"], name="decision_by_account")],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("country", models.CharField(max_length=2)),
                ("timezone", models.TextField()),
                ("language", models.CharField(max_length=8)),
                ("settings", models.JSONField(db_default={}, default=dict)),
            ],
            options={
                "db_table": "organisation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["creditor", "agency", "law_firm", "house"])),
                        name="organisation_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("file_name", models.TextField()),
                ("file_hash", models.BinaryField()),
                ("mapping", models.JSONField(db_default={}, default=dict)),
                ("state", models.TextField(db_default="running", default="running")),
                ("rows_read", models.BigIntegerField(db_default=0, default=0)),
                ("rows_new", models.BigIntegerField(db_default=0, default=0)),
                ("rows_known", models.BigIntegerField(db_default=0, default=0)),
                ("rows_refused", models.BigIntegerField(db_default=0, default=0)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
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
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "import_batch",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_minor", models.BigIntegerField()),
                ("principal_minor", models.BigIntegerField(db_default=0, default=0)),
                ("value_date", models.DateField()),
                ("book_day", models.IntegerField()),
                ("detail", models.IntegerField(db_default=0, default=0)),
                ("kind", models.SmallIntegerField()),
                ("instruction", models.JSONField(null=True)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
                (
                    "salt",
                    models.UUIDField(
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()), editable=False
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
                    "posted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.entry",
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
            ],
            options={
                "db_table": "entry",
            },
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.organisation",
            ),
        ),
        migrations.CreateModel(
            name="BookDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.IntegerField()),
                ("business_date", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "book_day",
            },
        ),
        migrations.CreateModel(
            name="AttemptAccount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id", "attempt_id", blank=True, editable=False, primary_key=True, serialize=False
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
            ],
            options={
                "db_table": "attempt_account",
            },
        ),
        migrations.AddField(
            model_name="attempt",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="attempt",
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
            model_name="account",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("scope", models.TextField()),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "access",
            },
        ),
        migrations.AddField(
            model_name="staff",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.CreateModel(
            name="PackVersion",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("version", models.TextField()),
                ("content_hash", models.BinaryField()),
                ("codes", models.JSONField(db_default={}, default=dict)),
                ("since", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "pack_version",
            },
        ),
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.IntegerField()),
                ("source_ref", models.TextField()),
                ("value_date", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("reference", models.TextField(blank=True, db_default="", default="")),
                ("payer", models.TextField(blank=True, db_default="", default="")),
                ("state", models.TextField()),
                ("reason", models.TextField(blank=True, db_default="", default="")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.importbatch",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.entry",
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
            ],
            options={
                "db_table": "payment_line",
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accounts", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("role", models.TextField()),
                ("channel", models.TextField()),
                ("address", models.TextField(blank=True, db_default="", default="")),
                ("from_number", models.TextField(blank=True, db_default="", default="")),
                ("template", models.TextField(blank=True, db_default="", default="")),
                ("words_digest", models.TextField(blank=True, db_default="", default="")),
                ("purpose", models.TextField()),
                ("state", models.TextField(db_default="issued", default="issued")),
                ("outcome", models.TextField(blank=True, db_default="", default="")),
                ("verdict", models.TextField()),
                ("pack_version", models.TextField()),
                ("reasons", models.JSONField(db_default=[], default=list)),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("approved_because", models.TextField(blank=True, db_default="", default="")),
                (
                    "approved_by",
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
                "db_table": "permit",
            },
        ),
        migrations.AddField(
            model_name="attempt",
            name="permit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.permit",
            ),
        ),
        migrations.CreateModel(
            name="WorkHold",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.person",
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
            ],
            options={
                "db_table": "work_hold",
            },
        ),
        migrations.AddField(
            model_name="person",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="permit",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", models.TextField()),
                ("language", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.attempt",
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
                "db_table": "note",
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("finding", models.TextField(blank=True, db_default="", default="")),
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
                    "closed_by",
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
                "db_table": "incident",
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("proof", models.JSONField(db_default={}, default=dict)),
                ("released_because", models.TextField(blank=True, db_default="", default="")),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
            ],
            options={
                "db_table": "hold",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
                (
                    "salt",
                    models.UUIDField(
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()), editable=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
            ],
            options={
                "db_table": "event",
            },
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                (
                    "media",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::bigint[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("windows", models.JSONField(db_default=[], default=list)),
                ("at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("is_in_allowed_contact", models.BooleanField(null=True)),
                ("evidence", models.JSONField(db_default={}, default=dict)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
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
                    "about",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
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
                "db_table": "consent",
            },
        ),
        migrations.AddField(
            model_name="attempt",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("team", models.TextField(blank=True, db_default="", default="")),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "db_table": "assignment",
            },
        ),
        migrations.CreateModel(
            name="AccountParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.TextField()),
                ("disclosure_basis", models.TextField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
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
                "db_table": "account_party",
            },
        ),
        migrations.AddField(
            model_name="account",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("words", models.TextField(blank=True, db_default="", default="")),
                (
                    "media",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("windows", models.JSONField(db_default=[], default=list)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
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
                "db_table": "preference",
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("debt_kind", models.TextField()),
                ("consumer_purpose", models.BooleanField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("terms", models.JSONField(db_default={}, default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "product",
            },
        ),
        migrations.AddField(
            model_name="account",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.product",
            ),
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField(db_default="promise", default="promise")),
                ("state", models.TextField(db_default="open", default="open")),
                ("taken_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("amount_minor", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("due_hour", models.SmallIntegerField()),
                ("means", models.TextField()),
                ("confidence", models.TextField(blank=True, db_default="", default="")),
                ("may_call", models.BooleanField()),
                ("may_write", models.BooleanField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("kept_minor", models.BigIntegerField(db_default=0, default=0)),
                ("judged_on", models.DateField(null=True)),
                ("judged_book_day", models.IntegerField(null=True)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
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
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "taken_by",
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
                "db_table": "promise",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("on_date", models.DateField()),
                ("book_day", models.IntegerField()),
                ("state", models.TextField(db_default="running", default="running")),
                ("seed", models.BigIntegerField(db_default=0, default=0)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(db_default={}, default=dict)),
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
                    "pack_version",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.packversion",
                    ),
                ),
            ],
            options={
                "db_table": "run",
            },
        ),
        migrations.CreateModel(
            name="PublishedRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_day", models.IntegerField()),
                ("published_at", models.DateTimeField()),
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
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.run",
                    ),
                ),
            ],
            options={
                "db_table": "published_run",
            },
        ),
        migrations.CreateModel(
            name="RunStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("number", models.SmallIntegerField()),
                ("state", models.TextField(db_default="running", default="running")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(db_default={}, default=dict)),
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
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.run",
                    ),
                ),
            ],
            options={
                "db_table": "run_step",
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("entries_to", models.BigIntegerField()),
                ("events_to", models.BigIntegerField()),
                ("attempts_to", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("chained", models.BinaryField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "seal",
            },
        ),
        migrations.CreateModel(
            name="SearchGram",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation_id",
                        "gram",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("gram", models.TextField()),
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
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"
                    ),
                ),
            ],
            options={
                "db_table": "search_gram",
            },
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_date", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("returns_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "skip",
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation_id",
                        "book_day",
                        "account_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("book_day", models.IntegerField()),
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
            ],
            options={
                "db_table": "touched",
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::text[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("is_passed", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "verification",
            },
        ),
        partitions.CreatePartitioned(
            name="Worklist",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "on_day",
                        "organisation_id",
                        "run_id",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation_id", models.BigIntegerField()),
                ("owner_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("account_id", models.BigIntegerField()),
                ("run_id", models.BigIntegerField()),
                ("staff_id", models.BigIntegerField()),
                ("arrears_minor", models.BigIntegerField()),
                ("value_per_minute", models.BigIntegerField()),
                ("on_day", models.IntegerField()),
                ("rank", models.IntegerField()),
                ("days_past_due", models.IntegerField()),
                ("pack_version_id", models.IntegerField()),
                ("wave", models.SmallIntegerField()),
                ("tier", models.SmallIntegerField()),
                ("next_action", models.SmallIntegerField()),
                ("treatment", models.SmallIntegerField()),
                ("tone", models.SmallIntegerField()),
                ("channels", models.SmallIntegerField()),
                ("band", models.SmallIntegerField()),
                ("stage", models.SmallIntegerField()),
                ("owner_team", models.SmallIntegerField()),
                ("reason", models.SmallIntegerField()),
                ("minutes", models.SmallIntegerField()),
                ("accounts", models.SmallIntegerField()),
                ("from_minute", models.SmallIntegerField()),
                ("until_minute", models.SmallIntegerField()),
            ],
            options={
                "db_table": "worklist",
                "indexes": [
                    models.Index(fields=["on_day", "organisation_id", "staff_id", "rank"], name="worklist_in_order"),
                    models.Index(fields=["person_id", "on_day"], name="worklist_by_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountPosition",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        db_column="account",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.account",
                    ),
                ),
                ("principal_minor", models.BigIntegerField()),
                ("interest_minor", models.BigIntegerField()),
                ("fees_minor", models.BigIntegerField()),
                ("credit_minor", models.BigIntegerField()),
                ("due_unpaid_minor", models.BigIntegerField()),
                ("last_due_unpaid_minor", models.BigIntegerField()),
                ("overdue_principal_minor", models.BigIntegerField()),
                ("charge_minor", models.BigIntegerField()),
                ("charge_carry", models.BigIntegerField()),
                ("charge_settled_minor", models.BigIntegerField()),
                ("charge_cap_minor", models.BigIntegerField()),
                ("book_minor", models.BigIntegerField()),
                ("charged_off_minor", models.BigIntegerField()),
                ("billed_minor", models.BigIntegerField()),
                ("paid_minor", models.BigIntegerField()),
                ("pending_minor", models.BigIntegerField()),
                ("last_payment_minor", models.BigIntegerField()),
                ("next_due_minor", models.BigIntegerField()),
                ("late_pattern", models.BigIntegerField()),
                ("promise_minor", models.BigIntegerField()),
                ("holds", models.BigIntegerField()),
                ("calls_slots", models.BigIntegerField()),
                ("contacts_slots", models.BigIntegerField()),
                ("look_again_on", models.IntegerField()),
                ("charge_anchor_day", models.IntegerField()),
                ("charge_rate_ppm", models.IntegerField()),
                ("oldest_unpaid_day", models.IntegerField()),
                ("last_due_day", models.IntegerField()),
                ("next_due_day", models.IntegerField()),
                ("last_payment_day", models.IntegerField()),
                ("late_since_day", models.IntegerField()),
                ("cured_day", models.IntegerField()),
                ("relief_day", models.IntegerField()),
                ("instalments_due", models.IntegerField()),
                ("instalments_paid", models.IntegerField()),
                ("instalments_late", models.IntegerField()),
                ("promise_due_day", models.IntegerField()),
                ("broken_1_day", models.IntegerField()),
                ("broken_2_day", models.IntegerField()),
                ("broken_3_day", models.IntegerField()),
                ("slots_day", models.IntegerField()),
                ("last_attempt_day", models.IntegerField()),
                ("last_contact_day", models.IntegerField()),
                ("last_rpc_day", models.IntegerField()),
                ("dealings_look_on", models.IntegerField()),
                ("promises_open", models.SmallIntegerField()),
                ("promises_kept", models.SmallIntegerField()),
                ("promises_broken", models.SmallIntegerField()),
                ("attempts_since_rpc", models.SmallIntegerField()),
                ("charge_day_count", models.SmallIntegerField()),
                ("charge_rounds_up", models.SmallIntegerField()),
                ("flags", models.SmallIntegerField()),
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
            ],
            options={
                "db_table": "account_position",
            },
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["organisation", "started_at"], name="import_batch_by_start"),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "done", "failed"])), name="importbatch_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="import_batch_with_owner"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["account", "value_date", "id"], name="entry_by_account"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="entry_posted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)), fields=("reverses",), name="entry_reversed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", [10, 20, 30, 40, 50, 52, 60, 62, 70, 80, 82, 84, 86, 90, 92, 100, 110, 112, 120])
                ),
                name="entry_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(("book_day__gte", 1)), name="entry_book_day_from_one"),
        ),
        migrations.AddConstraint(
            model_name="bookday",
            constraint=models.UniqueConstraint(fields=("organisation", "day"), name="book_day_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="bookday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("organisation",), name="book_day_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="bookday",
            constraint=models.CheckConstraint(condition=models.Q(("day__gte", 1)), name="book_day_from_one"),
        ),
        migrations.AddConstraint(
            model_name="bookday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                ),
                name="book_day_closes_after_it_opens",
            ),
        ),
        migrations.AddIndex(
            model_name="attemptaccount",
            index=models.Index(fields=["attempt"], name="attempt_account_by_attempt"),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(fields=["organisation", "owner"], name="access_by_holder"),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(fields=["owner", "organisation"], name="access_by_owner"),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["owner", "holder", "after_recall"])), name="access_scope_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.UniqueConstraint(
                fields=("account", "organisation", "scope", "from_on"), name="access_given_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("account", "organisation"),
                name="access_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="access_runs_forward",
            ),
        ),
        migrations.AddIndex(
            model_name="staff",
            index=models.Index(fields=["organisation"], name="staff_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "roles__contained_by",
                        [
                            "collector",
                            "senior",
                            "supervisor",
                            "manager",
                            "compliance",
                            "field",
                            "legal",
                            "finance",
                            "agency",
                            "auditor",
                            "administrator",
                        ],
                    )
                ),
                name="staff_roles_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staff",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity_minutes__gte", 0)), name="staff_capacity_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="packversion",
            constraint=models.UniqueConstraint(fields=("organisation", "content_hash"), name="pack_version_kept_once"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(fields=["organisation", "value_date"], name="payment_line_by_day"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(
                condition=models.Q(("state", "unmatched")),
                fields=["organisation", "value_date"],
                name="payment_line_unmatched",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["matched", "unmatched", "by_hand", "returned"])),
                name="paymentline_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(fields=("organisation", "source_ref"), name="payment_line_kept_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "unmatched"), ("entry__isnull", False), _connector="OR"),
                name="payment_line_matched_is_posted",
            ),
        ),
        migrations.AddField(
            model_name="workhold",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="workhold",
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
            model_name="workhold",
            name="staff",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("national_id_index__isnull", False)),
                fields=["organisation", "national_id_index"],
                name="person_by_national_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["natural", "legal"])), name="person_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("organisation", "number"), name="person_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="person_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("national_id_index__isnull", True), ("national_id_sealed__isnull", True)),
                    models.Q(("national_id_index__isnull", False), ("national_id_sealed__isnull", False)),
                    _connector="OR",
                ),
                name="person_national_id_with_index",
            ),
        ),
        migrations.AddIndex(
            model_name="permit",
            index=models.Index(fields=["person", "issued_at"], name="permit_by_person"),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            arrears.domain.contacts.Role["DEBTOR"],
                            arrears.domain.contacts.Role["CO_OBLIGOR"],
                            arrears.domain.contacts.Role["GUARANTOR"],
                            arrears.domain.contacts.Role["SPOUSE"],
                            arrears.domain.contacts.Role["PARENT_OF_MINOR"],
                            arrears.domain.contacts.Role["GUARDIAN"],
                            arrears.domain.contacts.Role["EXECUTOR"],
                            arrears.domain.contacts.Role["SUCCESSOR"],
                            arrears.domain.contacts.Role["ATTORNEY"],
                            arrears.domain.contacts.Role["TRUSTEE"],
                            arrears.domain.contacts.Role["EMPLOYER"],
                            arrears.domain.contacts.Role["HOUSEHOLD"],
                            arrears.domain.contacts.Role["REFERENCE"],
                            arrears.domain.contacts.Role["NEIGHBOUR"],
                            arrears.domain.contacts.Role["UNKNOWN"],
                        ],
                    )
                ),
                name="permit_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            arrears.domain.contacts.Channel["CALL"],
                            arrears.domain.contacts.Channel["AI_VOICE"],
                            arrears.domain.contacts.Channel["RECORDED_CALL"],
                            arrears.domain.contacts.Channel["VOICEMAIL_DROP"],
                            arrears.domain.contacts.Channel["TEXT"],
                            arrears.domain.contacts.Channel["CHAT"],
                            arrears.domain.contacts.Channel["EMAIL"],
                            arrears.domain.contacts.Channel["LETTER"],
                            arrears.domain.contacts.Channel["FAX"],
                            arrears.domain.contacts.Channel["VISIT"],
                            arrears.domain.contacts.Channel["SOCIAL_PRIVATE"],
                            arrears.domain.contacts.Channel["SOCIAL_PUBLIC"],
                        ],
                    )
                ),
                name="permit_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["allow", "allow_with_notice", "ask_human"])),
                name="permit_verdict_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("issued_at"))), name="permit_expires_after_issue"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            arrears.domain.contacts.Purpose["COLLECT"],
                            arrears.domain.contacts.Purpose["DISCUSS"],
                            arrears.domain.contacts.Purpose["SERVICE"],
                            arrears.domain.contacts.Purpose["LOCATION"],
                            arrears.domain.contacts.Purpose["LEAVE_MESSAGE"],
                            arrears.domain.contacts.Purpose["REPLY"],
                            arrears.domain.contacts.Purpose["STOP_CONFIRMATION"],
                            arrears.domain.contacts.Purpose["EFFORTS_ENDED"],
                            arrears.domain.contacts.Purpose["MAY_INVOKE_REMEDY"],
                            arrears.domain.contacts.Purpose["INTENDS_REMEDY"],
                            arrears.domain.contacts.Purpose["VERIFICATION"],
                            arrears.domain.contacts.Purpose["LEGAL_NOTICE"],
                        ],
                    )
                ),
                name="permit_purpose_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            arrears.domain.permits.PermitState["ISSUED"],
                            arrears.domain.permits.PermitState["USED"],
                            arrears.domain.permits.PermitState["GIVEN_BACK"],
                            arrears.domain.permits.PermitState["EXPIRED"],
                        ],
                    )
                ),
                name="permit_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "issued"), ("settled_at__isnull", True)),
                    models.Q(
                        models.Q(("state", "issued"), _negated=True),
                        models.Q(("settled_at__isnull", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="permit_settled_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "ask_human"), _negated=True),
                    models.Q(("approved_by__isnull", False), models.Q(("approved_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="permit_asked_of_a_named_human",
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.CheckConstraint(
                condition=models.Q(("accounts__len__gte", 1)), name="permit_is_about_a_debt"
            ),
        ),
        migrations.AddConstraint(
            model_name="permit",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="permit_with_owner"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["person", "at"], name="note_by_person"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["organisation", "opened_at"], name="incident_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            arrears.domain.contacts.IncidentKind["UNPERMITTED_CONTACT"],
                            arrears.domain.contacts.IncidentKind["PERMIT_REUSED"],
                            arrears.domain.contacts.IncidentKind["SENT_AFTER_STOP"],
                            arrears.domain.contacts.IncidentKind["WRONG_PERSON_TOLD"],
                            arrears.domain.contacts.IncidentKind["BOUND_TO_OTHER"],
                        ],
                    )
                ),
                name="incident_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attempt__isnull", False)),
                fields=("attempt", "kind"),
                name="incident_once_an_attempt",
            ),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["person", "from_at"], name="hold_by_person"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["account", "from_at"], name="hold_by_account"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            arrears.domain.holds.HoldKind["BANKRUPTCY"],
                            arrears.domain.holds.HoldKind["CEASE"],
                            arrears.domain.holds.HoldKind["ATTORNEY"],
                            arrears.domain.holds.HoldKind["DISPUTE"],
                            arrears.domain.holds.HoldKind["MORATORIUM"],
                            arrears.domain.holds.HoldKind["DECEASED"],
                            arrears.domain.holds.HoldKind["IDENTITY_THEFT"],
                            arrears.domain.holds.HoldKind["WRONG_PERSON"],
                            arrears.domain.holds.HoldKind["CARE"],
                            arrears.domain.holds.HoldKind["INCAPACITY"],
                            arrears.domain.holds.HoldKind["PAYMENT_TRACE"],
                            arrears.domain.holds.HoldKind["MONEY_IN_FLIGHT"],
                            arrears.domain.holds.HoldKind["PAPERS_MISSING"],
                            arrears.domain.holds.HoldKind["COMPLAINT"],
                        ],
                    )
                ),
                name="hold_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"),
                name="hold_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("account__isnull", False), _connector="OR"),
                name="hold_is_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="hold_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["organisation", "id"], name="event_by_organisation"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["account", "id"], name="event_by_account"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["person", "id"], name="event_by_person"),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(fields=["organisation", "normalised"], name="contact_point_by_value"),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["phone", "email", "address"])), name="contactpoint_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "use__in",
                        [
                            arrears.domain.contacts.PointUse["MOBILE"],
                            arrears.domain.contacts.PointUse["HOME"],
                            arrears.domain.contacts.PointUse["WORK"],
                            arrears.domain.contacts.PointUse["OTHER"],
                        ],
                    )
                ),
                name="contactpoint_use_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "source__in",
                        [
                            arrears.domain.contacts.Source["DEBTOR"],
                            arrears.domain.contacts.Source["CONTRACT"],
                            arrears.domain.contacts.Source["CREDITOR_FILE"],
                            arrears.domain.contacts.Source["INBOUND"],
                            arrears.domain.contacts.Source["PARTY"],
                            arrears.domain.contacts.Source["PUBLIC_REGISTER"],
                            arrears.domain.contacts.Source["COURT_RECORD"],
                            arrears.domain.contacts.Source["LICENSED_BUREAU"],
                            arrears.domain.contacts.Source["POST_OFFICE"],
                        ],
                    )
                ),
                name="contactpoint_source_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.UniqueConstraint(fields=("person", "kind", "normalised"), name="contact_point_kept_once"),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="contact_point_with_owner"),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["person", "at"], name="consent_by_person"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            arrears.domain.holds.ConsentKind["CALL_MORE"],
                            arrears.domain.holds.ConsentKind["HOURS"],
                            arrears.domain.holds.ConsentKind["TIME_AND_PLACE"],
                            arrears.domain.holds.ConsentKind["MEDIUM"],
                            arrears.domain.holds.ConsentKind["TELL_THIRD_PARTY"],
                            arrears.domain.holds.ConsentKind["WORK_POST"],
                            arrears.domain.holds.ConsentKind["ASK_AGAIN"],
                        ],
                    )
                ),
                name="consent_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="consent_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["person", "started_at"], name="attempt_by_person"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["staff", "started_at"], name="attempt_by_staff"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "origin__in",
                        [
                            arrears.domain.contacts.Origin["OUTBOUND"],
                            arrears.domain.contacts.Origin["INBOUND"],
                            arrears.domain.contacts.Origin["HISTORIC"],
                            arrears.domain.contacts.Origin["AGENCY_REPORTED"],
                        ],
                    )
                ),
                name="attempt_origin_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "direction__in",
                        [
                            arrears.domain.contacts.Direction["TO_PERSON"],
                            arrears.domain.contacts.Direction["FROM_PERSON"],
                        ],
                    )
                ),
                name="attempt_direction_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            arrears.domain.contacts.Outcome["STARTED"],
                            arrears.domain.contacts.Outcome["UNKNOWN"],
                            arrears.domain.contacts.Outcome["CONVERSATION"],
                            arrears.domain.contacts.Outcome["RIGHT_PARTY"],
                            arrears.domain.contacts.Outcome["UNVERIFIED"],
                            arrears.domain.contacts.Outcome["THIRD_PARTY"],
                            arrears.domain.contacts.Outcome["DROPPED"],
                            arrears.domain.contacts.Outcome["NO_ANSWER"],
                            arrears.domain.contacts.Outcome["VOICEMAIL"],
                            arrears.domain.contacts.Outcome["LIMITED_MESSAGE"],
                            arrears.domain.contacts.Outcome["REJECTED"],
                            arrears.domain.contacts.Outcome["BUSY"],
                            arrears.domain.contacts.Outcome["NOT_IN_SERVICE"],
                            arrears.domain.contacts.Outcome["SENT"],
                            arrears.domain.contacts.Outcome["DELIVERED"],
                            arrears.domain.contacts.Outcome["READ"],
                            arrears.domain.contacts.Outcome["BOUNCED"],
                            arrears.domain.contacts.Outcome["MET"],
                            arrears.domain.contacts.Outcome["NOT_MET"],
                        ],
                    )
                ),
                name="attempt_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            arrears.domain.contacts.Role["DEBTOR"],
                            arrears.domain.contacts.Role["CO_OBLIGOR"],
                            arrears.domain.contacts.Role["GUARANTOR"],
                            arrears.domain.contacts.Role["SPOUSE"],
                            arrears.domain.contacts.Role["PARENT_OF_MINOR"],
                            arrears.domain.contacts.Role["GUARDIAN"],
                            arrears.domain.contacts.Role["EXECUTOR"],
                            arrears.domain.contacts.Role["SUCCESSOR"],
                            arrears.domain.contacts.Role["ATTORNEY"],
                            arrears.domain.contacts.Role["TRUSTEE"],
                            arrears.domain.contacts.Role["EMPLOYER"],
                            arrears.domain.contacts.Role["HOUSEHOLD"],
                            arrears.domain.contacts.Role["REFERENCE"],
                            arrears.domain.contacts.Role["NEIGHBOUR"],
                            arrears.domain.contacts.Role["UNKNOWN"],
                        ],
                    )
                ),
                name="attempt_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            arrears.domain.contacts.Channel["CALL"],
                            arrears.domain.contacts.Channel["AI_VOICE"],
                            arrears.domain.contacts.Channel["RECORDED_CALL"],
                            arrears.domain.contacts.Channel["VOICEMAIL_DROP"],
                            arrears.domain.contacts.Channel["TEXT"],
                            arrears.domain.contacts.Channel["CHAT"],
                            arrears.domain.contacts.Channel["EMAIL"],
                            arrears.domain.contacts.Channel["LETTER"],
                            arrears.domain.contacts.Channel["FAX"],
                            arrears.domain.contacts.Channel["VISIT"],
                            arrears.domain.contacts.Channel["SOCIAL_PRIVATE"],
                            arrears.domain.contacts.Channel["SOCIAL_PUBLIC"],
                        ],
                    )
                ),
                name="attempt_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "outbound"), ("permit__isnull", False)),
                    models.Q(
                        models.Q(("origin", "outbound"), _negated=True),
                        models.Q(("permit__isnull", False), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="attempt_outbound_has_permit",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("permit__isnull", False)), fields=("permit",), name="attempt_uses_permit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="attempt_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="attempt_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "started"), ("outcome_at__isnull", True)),
                    models.Q(
                        models.Q(("outcome", "started"), _negated=True),
                        models.Q(("outcome_at__isnull", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="attempt_outcome_has_instant",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["person", "from_at"], name="assignment_by_person"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["staff", "from_at"], name="assignment_by_staff"),
        ),
        migrations.AddIndex(
            model_name="accountparty",
            index=models.Index(fields=["account"], name="account_party_by_account"),
        ),
        migrations.AddConstraint(
            model_name="accountparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            arrears.domain.contacts.Role["DEBTOR"],
                            arrears.domain.contacts.Role["CO_OBLIGOR"],
                            arrears.domain.contacts.Role["GUARANTOR"],
                            arrears.domain.contacts.Role["SPOUSE"],
                            arrears.domain.contacts.Role["PARENT_OF_MINOR"],
                            arrears.domain.contacts.Role["GUARDIAN"],
                            arrears.domain.contacts.Role["EXECUTOR"],
                            arrears.domain.contacts.Role["SUCCESSOR"],
                            arrears.domain.contacts.Role["ATTORNEY"],
                            arrears.domain.contacts.Role["TRUSTEE"],
                            arrears.domain.contacts.Role["EMPLOYER"],
                            arrears.domain.contacts.Role["HOUSEHOLD"],
                            arrears.domain.contacts.Role["REFERENCE"],
                            arrears.domain.contacts.Role["NEIGHBOUR"],
                            arrears.domain.contacts.Role["UNKNOWN"],
                        ],
                    )
                ),
                name="accountparty_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "disclosure_basis__in",
                        [
                            arrears.domain.contacts.DisclosureBasis["LIABLE"],
                            arrears.domain.contacts.DisclosureBasis["CONSUMER_IN_LAW"],
                            arrears.domain.contacts.DisclosureBasis["CONSENT"],
                            arrears.domain.contacts.DisclosureBasis["NONE"],
                        ],
                    )
                ),
                name="accountparty_disclosure_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountparty",
            constraint=models.UniqueConstraint(
                fields=("person", "account", "role", "from_on"), name="account_party_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="accountparty",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="account_party_runs_forward",
            ),
        ),
        migrations.AddIndex(
            model_name="preference",
            index=models.Index(fields=["person"], name="preference_by_person"),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            arrears.domain.holds.PreferenceKind["TIME"],
                            arrears.domain.holds.PreferenceKind["PLACE"],
                            arrears.domain.holds.PreferenceKind["STOP_MEDIUM"],
                            arrears.domain.holds.PreferenceKind["BLOCKED_NUMBER"],
                            arrears.domain.holds.PreferenceKind["EMPLOYER_PROHIBITS"],
                        ],
                    )
                ),
                name="preference_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="preference_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"),
                name="preference_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="product_coded_once"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="product_with_owner"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["person"], name="account_by_person"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["organisation", "status"], name="account_by_status"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "paid", "settled", "written_off", "sold", "closed"])),
                name="account_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("organisation", "number"), name="account_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="account_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("original_minor__gte", 0)), name="account_original_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["account", "due_on"], name="promise_by_account"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "open", "provisional"])),
                fields=["organisation", "due_on"],
                name="promise_open_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["taken_by", "due_on"], name="promise_by_taker"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["promise", "arrangement", "pay_day_call"])),
                name="promise_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "open", "provisional", "kept", "part_kept", "broken", "withdrawn"])
                ),
                name="promise_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="promise_is_of_money"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_hour__gte", 0), ("due_hour__lte", 23)), name="promise_hour_of_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("means", ""), _negated=True), name="promise_says_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="promise_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["night", "rebuild", "proof"])), name="run_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "done", "failed"])), name="run_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("organisation", "kind", "book_day"), name="run_once_a_book_day"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="run_with_owner"),
        ),
        migrations.AddIndex(
            model_name="publishedrun",
            index=models.Index(fields=["organisation", "on_day"], name="published_run_by_day"),
        ),
        migrations.AddConstraint(
            model_name="publishedrun",
            constraint=models.UniqueConstraint(fields=("run",), name="published_run_once"),
        ),
        migrations.AddConstraint(
            model_name="runstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "done", "failed"])), name="runstep_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="runstep",
            constraint=models.UniqueConstraint(fields=("run", "name"), name="run_step_named_once"),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.UniqueConstraint(fields=("organisation", "number"), name="seal_numbered_once"),
        ),
        migrations.AddIndex(
            model_name="searchgram",
            index=models.Index(fields=["person", "organisation"], name="search_gram_by_person"),
        ),
        migrations.AddIndex(
            model_name="skip",
            index=models.Index(fields=["person", "on_date"], name="skip_by_person"),
        ),
        migrations.AddIndex(
            model_name="skip",
            index=models.Index(fields=["staff", "on_date"], name="skip_by_staff"),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="skip_has_reason"
            ),
        ),
        migrations.AddIndex(
            model_name="verification",
            index=models.Index(fields=["attempt"], name="verification_by_attempt"),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_passed", False), ("items__len__gte", 2), _connector="OR"),
                name="verification_takes_two_items",
            ),
        ),
        migrations.AddIndex(
            model_name="accountposition",
            index=models.Index(fields=["organisation", "look_again_on"], name="account_position_to_look"),
        ),
        migrations.AddIndex(
            model_name="workhold",
            index=models.Index(fields=["staff"], name="work_hold_by_staff"),
        ),
        migrations.AddConstraint(
            model_name="workhold",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("held_at"))), name="work_hold_runs_forward"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    output_field=models.BinaryField(),
                    template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(by_organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(staff_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(account_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(person_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(kind)) || decode(replace(kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || timestamptz_send(at), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(book_day::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(jsonb_send(facts))) || jsonb_send(facts), '\\x00'::bytea))",
                ),
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    output_field=models.BinaryField(),
                    template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(account_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(amount_minor::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(principal_minor::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || date_send(value_date), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(book_day::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(kind::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(detail::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(reverses_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(jsonb_send(instruction))) || jsonb_send(instruction), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_kind)) || decode(replace(source_kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_ref)) || decode(replace(source_ref, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(posted_by_id::bigint), '\\x00'::bytea))",
                ),
                output_field=models.BinaryField(),
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    output_field=models.BinaryField(),
                    template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(by_organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(person_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(contact_point_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(staff_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(permit_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(origin)) || decode(replace(origin, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(direction)) || decode(replace(direction, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(role)) || decode(replace(role, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(channel)) || decode(replace(channel, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(address)) || decode(replace(address, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(from_number)) || decode(replace(from_number, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || timestamptz_send(started_at), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(book_day::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_kind)) || decode(replace(source_kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_ref)) || decode(replace(source_ref, '\\', '\\\\'), 'escape'), '\\x00'::bytea))",
                ),
                output_field=models.BinaryField(),
            ),
        ),
    ]
