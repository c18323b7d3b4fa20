"""The whole book as first released."""

import arrears.store.partitions
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                "indexes": [],
            },
        ),
        arrears.store.partitions.CreatePartitioned(
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
                "constraints": [],
            },
        ),
        arrears.store.partitions.CreatePartitioned(
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
                    models.Index(
                        fields=["on_day", "organisation_id", "staff_id", "rank"], name="worklist_in_order"
                    ),
                    models.Index(fields=["person_id", "on_day"], name="worklist_by_person"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="BookDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("day", models.IntegerField()),
                ("business_date", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "book_day",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "day"), name="book_day_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("organisation",),
                        name="book_day_one_open",
                    ),
                    models.CheckConstraint(condition=models.Q(("day__gte", 1)), name="book_day_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="book_day_closes_after_it_opens",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PackVersion",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                ("version", models.TextField()),
                ("content_hash", models.BinaryField()),
                ("codes", models.JSONField(db_default={}, default=dict)),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "pack_version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "content_hash"), name="pack_version_kept_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("national_id_index__isnull", False)),
                        fields=["organisation", "national_id_index"],
                        name="person_by_national_id",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["natural", "legal"])), name="person_kind_is_known"
                    ),
                    models.UniqueConstraint(fields=("organisation", "number"), name="person_numbered_once"),
                    models.UniqueConstraint(fields=("id", "organisation"), name="person_with_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("national_id_index__isnull", True), ("national_id_sealed__isnull", True)
                            ),
                            models.Q(
                                ("national_id_index__isnull", False), ("national_id_sealed__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="person_national_id_with_index",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("debt_kind", models.TextField()),
                ("consumer_purpose", models.BooleanField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("terms", models.JSONField(db_default={}, default=dict)),
            ],
            options={
                "db_table": "product",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="product_coded_once"),
                    models.UniqueConstraint(fields=("id", "organisation"), name="product_with_owner"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("number", models.IntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("entries_to", models.BigIntegerField()),
                ("events_to", models.BigIntegerField()),
                ("attempts_to", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("chained", models.BinaryField()),
            ],
            options={
                "db_table": "seal",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="seal_numbered_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("username", models.TextField(unique=True)),
                ("full_name", models.TextField()),
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
                "indexes": [models.Index(fields=["organisation"], name="staff_by_organisation")],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("capacity_minutes__gte", 0)), name="staff_capacity_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("kind", models.TextField()),
                ("on_date", models.DateField()),
                ("book_day", models.IntegerField()),
                ("state", models.TextField(db_default="running", default="running")),
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
                ("seed", models.BigIntegerField(db_default=0, default=0)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(db_default={}, default=dict)),
            ],
            options={
                "db_table": "run",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["night", "rebuild", "proof"])),
                        name="run_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "done", "failed"])),
                        name="run_state_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "book_day"), name="run_once_a_book_day"
                    ),
                    models.UniqueConstraint(fields=("id", "organisation"), name="run_with_owner"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                "indexes": [
                    models.Index(fields=["organisation", "normalised"], name="contact_point_by_value")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "email", "address"])),
                        name="contactpoint_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("use__in", ["mobile", "home", "work", "other"])),
                        name="contactpoint_use_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "debtor",
                                    "contract",
                                    "creditor_file",
                                    "inbound",
                                    "party",
                                    "public_register",
                                    "court_record",
                                    "licensed_bureau",
                                    "post_office",
                                ],
                            )
                        ),
                        name="contactpoint_source_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "kind", "normalised"), name="contact_point_kept_once"
                    ),
                    models.UniqueConstraint(fields=("id", "organisation"), name="contact_point_with_owner"),
                ],
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
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                ("gram", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
            ],
            options={
                "db_table": "search_gram",
                "indexes": [models.Index(fields=["person", "organisation"], name="search_gram_by_person")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("number", models.TextField()),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.product",
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
                "indexes": [
                    models.Index(fields=["person"], name="account_by_person"),
                    models.Index(fields=["organisation", "status"], name="account_by_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "paid", "settled", "written_off", "sold", "closed"])
                        ),
                        name="account_status_is_known",
                    ),
                    models.UniqueConstraint(fields=("organisation", "number"), name="account_numbered_once"),
                    models.UniqueConstraint(fields=("id", "organisation"), name="account_with_owner"),
                    models.CheckConstraint(
                        condition=models.Q(("original_minor__gte", 0)), name="account_original_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
            ],
            options={
                "db_table": "assignment",
                "indexes": [
                    models.Index(fields=["person", "from_at"], name="assignment_by_person"),
                    models.Index(fields=["staff", "from_at"], name="assignment_by_staff"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
            options={
                "db_table": "import_batch",
                "indexes": [
                    models.Index(fields=["organisation", "started_at"], name="import_batch_by_start")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "done", "failed"])),
                        name="importbatch_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("id", "organisation"), name="import_batch_with_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("on_date", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("returns_at", models.DateTimeField()),
            ],
            options={
                "db_table": "skip",
                "indexes": [
                    models.Index(fields=["person", "on_date"], name="skip_by_person"),
                    models.Index(fields=["staff", "on_date"], name="skip_by_staff"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="skip_has_reason"
                    )
                ],
            },
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
                    "by_organisation",
                    models.ForeignKey(
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
                ("held_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
            ],
            options={
                "db_table": "work_hold",
                "indexes": [models.Index(fields=["staff"], name="work_hold_by_staff")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("held_at"))),
                        name="work_hold_runs_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.run",
                    ),
                ),
                ("on_day", models.IntegerField()),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "db_table": "published_run",
                "indexes": [models.Index(fields=["organisation", "on_day"], name="published_run_by_day")],
                "constraints": [models.UniqueConstraint(fields=("run",), name="published_run_once")],
            },
        ),
        migrations.CreateModel(
            name="RunStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.run",
                    ),
                ),
                ("name", models.TextField()),
                ("number", models.SmallIntegerField()),
                ("state", models.TextField(db_default="running", default="running")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(db_default={}, default=dict)),
            ],
            options={
                "db_table": "run_step",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "done", "failed"])),
                        name="runstep_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("run", "name"), name="run_step_named_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
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
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                ("approved_because", models.TextField(blank=True, db_default="", default="")),
            ],
            options={
                "db_table": "permit",
                "indexes": [models.Index(fields=["person", "issued_at"], name="permit_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "debtor",
                                    "co_obligor",
                                    "guarantor",
                                    "spouse",
                                    "parent_of_minor",
                                    "guardian",
                                    "executor",
                                    "successor",
                                    "attorney",
                                    "trustee",
                                    "employer",
                                    "household",
                                    "reference",
                                    "neighbour",
                                    "unknown",
                                ],
                            )
                        ),
                        name="permit_role_is_known",
                    ),
                    models.CheckConstraint(
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
                        name="permit_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["allow", "allow_with_notice", "ask_human"])),
                        name="permit_verdict_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="permit_expires_after_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                [
                                    "collect",
                                    "discuss",
                                    "service",
                                    "location",
                                    "leave_message",
                                    "reply",
                                    "stop_confirmation",
                                    "efforts_ended",
                                    "may_invoke_remedy",
                                    "intends_remedy",
                                    "verification",
                                    "legal_notice",
                                ],
                            )
                        ),
                        name="permit_purpose_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["issued", "used", "given_back", "expired"])),
                        name="permit_state_is_known",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "ask_human"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(("approved_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="permit_asked_of_a_named_human",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accounts__len__gte", 1)), name="permit_is_about_a_debt"
                    ),
                    models.UniqueConstraint(fields=("id", "organisation"), name="permit_with_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
            options={
                "db_table": "preference",
                "indexes": [models.Index(fields=["person"], name="preference_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["time", "place", "stop_medium", "blocked_number", "employer_prohibits"],
                            )
                        ),
                        name="preference_kind_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "source_kind", "source_ref"), name="preference_kept_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="preference_runs_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("scope", models.TextField()),
            ],
            options={
                "db_table": "access",
                "indexes": [
                    models.Index(fields=["organisation", "owner"], name="access_by_holder"),
                    models.Index(fields=["owner", "organisation"], name="access_by_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["owner", "holder", "after_recall"])),
                        name="access_scope_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("account", "organisation", "scope", "from_on"), name="access_given_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("account", "organisation"),
                        name="access_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="access_runs_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
                ("role", models.TextField()),
                ("disclosure_basis", models.TextField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "account_party",
                "indexes": [models.Index(fields=["account"], name="account_party_by_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "debtor",
                                    "co_obligor",
                                    "guarantor",
                                    "spouse",
                                    "parent_of_minor",
                                    "guardian",
                                    "executor",
                                    "successor",
                                    "attorney",
                                    "trustee",
                                    "employer",
                                    "household",
                                    "reference",
                                    "neighbour",
                                    "unknown",
                                ],
                            )
                        ),
                        name="accountparty_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disclosure_basis__in", ["liable", "consumer_in_law", "consent", "none"])
                        ),
                        name="accountparty_disclosure_basis_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "account", "role", "from_on"), name="account_party_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="account_party_runs_forward",
                    ),
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
            ],
            options={
                "db_table": "account_position",
                "indexes": [
                    models.Index(fields=["organisation", "look_again_on"], name="account_position_to_look")
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                ("amount_minor", models.BigIntegerField()),
                ("principal_minor", models.BigIntegerField(db_default=0, default=0)),
                ("value_date", models.DateField()),
                ("book_day", models.IntegerField()),
                ("detail", models.IntegerField(db_default=0, default=0)),
                ("kind", models.SmallIntegerField()),
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
                ("instruction", models.JSONField(null=True)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
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
                    "salt",
                    models.UUIDField(
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()),
                        editable=False,
                    ),
                ),
                (
                    "digest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            output_field=models.BinaryField(),
                            template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(account_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(amount_minor::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(principal_minor::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || date_send(value_date), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(book_day::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(kind::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(detail::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(reverses_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(jsonb_send(instruction))) || jsonb_send(instruction), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_kind)) || decode(replace(source_kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_ref)) || decode(replace(source_ref, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(posted_by_id::bigint), '\\x00'::bytea))",
                        ),
                        output_field=models.BinaryField(),
                    ),
                ),
            ],
            options={
                "db_table": "entry",
                "indexes": [models.Index(fields=["account", "value_date", "id"], name="entry_by_account")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "source_kind", "source_ref"), name="entry_posted_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("reverses",),
                        name="entry_reversed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    10,
                                    20,
                                    30,
                                    40,
                                    50,
                                    52,
                                    60,
                                    62,
                                    70,
                                    80,
                                    82,
                                    84,
                                    86,
                                    90,
                                    92,
                                    100,
                                    110,
                                    112,
                                    120,
                                ],
                            )
                        ),
                        name="entry_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("book_day__gte", 1)), name="entry_book_day_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
                    models.ForeignKey(
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
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
                (
                    "salt",
                    models.UUIDField(
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()),
                        editable=False,
                    ),
                ),
                (
                    "digest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            output_field=models.BinaryField(),
                            template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(by_organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(staff_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(account_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(person_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(kind)) || decode(replace(kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || timestamptz_send(at), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(book_day::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(jsonb_send(facts))) || jsonb_send(facts), '\\x00'::bytea))",
                        ),
                        output_field=models.BinaryField(),
                    ),
                ),
            ],
            options={
                "db_table": "event",
                "indexes": [
                    models.Index(fields=["organisation", "id"], name="event_by_organisation"),
                    models.Index(fields=["account", "id"], name="event_by_account"),
                    models.Index(fields=["person", "id"], name="event_by_person"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
                ("kind", models.TextField()),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("proof", models.JSONField(db_default={}, default=dict)),
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
                ("released_because", models.TextField(blank=True, db_default="", default="")),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
            ],
            options={
                "db_table": "hold",
                "indexes": [
                    models.Index(fields=["person", "from_at"], name="hold_by_person"),
                    models.Index(fields=["account", "from_at"], name="hold_by_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "bankruptcy",
                                    "cease",
                                    "attorney",
                                    "dispute",
                                    "moratorium",
                                    "deceased",
                                    "identity_theft",
                                    "wrong_person",
                                    "care",
                                    "incapacity",
                                    "payment_trace",
                                    "money_in_flight",
                                    "papers_missing",
                                    "complaint",
                                ],
                            )
                        ),
                        name="hold_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="hold_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("account__isnull", False), _connector="OR"
                        ),
                        name="hold_is_about_something",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "source_kind", "source_ref"), name="hold_kept_once"
                    ),
                ],
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
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.account",
                    ),
                ),
                ("book_day", models.IntegerField()),
            ],
            options={
                "db_table": "touched",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
                    "permit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.permit",
                    ),
                ),
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
                        db_default=django.db.models.expressions.RawSQL("gen_random_uuid()", ()),
                        editable=False,
                    ),
                ),
                (
                    "digest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            output_field=models.BinaryField(),
                            template="sha256(uuid_send(salt) || coalesce('\\x01'::bytea || int8send(organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(by_organisation_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(person_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(contact_point_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(staff_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(permit_id::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(origin)) || decode(replace(origin, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(direction)) || decode(replace(direction, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(role)) || decode(replace(role, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(channel)) || decode(replace(channel, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(address)) || decode(replace(address, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(from_number)) || decode(replace(from_number, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || timestamptz_send(started_at), '\\x00'::bytea) || coalesce('\\x01'::bytea || int8send(book_day::bigint), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_kind)) || decode(replace(source_kind, '\\', '\\\\'), 'escape'), '\\x00'::bytea) || coalesce('\\x01'::bytea || int4send(octet_length(source_ref)) || decode(replace(source_ref, '\\', '\\\\'), 'escape'), '\\x00'::bytea))",
                        ),
                        output_field=models.BinaryField(),
                    ),
                ),
            ],
            options={
                "db_table": "attempt",
                "indexes": [
                    models.Index(fields=["person", "started_at"], name="attempt_by_person"),
                    models.Index(fields=["staff", "started_at"], name="attempt_by_staff"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["outbound", "inbound", "historic", "agency_reported"])
                        ),
                        name="attempt_origin_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["to_person", "from_person"])),
                        name="attempt_direction_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "started",
                                    "unknown",
                                    "conversation",
                                    "right_party",
                                    "unverified",
                                    "third_party",
                                    "dropped",
                                    "no_answer",
                                    "voicemail",
                                    "limited_message",
                                    "rejected",
                                    "busy",
                                    "not_in_service",
                                    "sent",
                                    "delivered",
                                    "read",
                                    "bounced",
                                    "met",
                                    "not_met",
                                ],
                            )
                        ),
                        name="attempt_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "debtor",
                                    "co_obligor",
                                    "guarantor",
                                    "spouse",
                                    "parent_of_minor",
                                    "guardian",
                                    "executor",
                                    "successor",
                                    "attorney",
                                    "trustee",
                                    "employer",
                                    "household",
                                    "reference",
                                    "neighbour",
                                    "unknown",
                                ],
                            )
                        ),
                        name="attempt_role_is_known",
                    ),
                    models.CheckConstraint(
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
                        name="attempt_channel_is_known",
                    ),
                    models.CheckConstraint(
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
                    models.UniqueConstraint(
                        condition=models.Q(("permit__isnull", False)),
                        fields=("permit",),
                        name="attempt_uses_permit_once",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "source_kind", "source_ref"), name="attempt_kept_once"
                    ),
                    models.UniqueConstraint(fields=("id", "organisation"), name="attempt_with_owner"),
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.importbatch",
                    ),
                ),
                ("line", models.IntegerField()),
                ("source_ref", models.TextField()),
                ("value_date", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("reference", models.TextField(blank=True, db_default="", default="")),
                ("payer", models.TextField(blank=True, db_default="", default="")),
                ("state", models.TextField()),
                ("reason", models.TextField(blank=True, db_default="", default="")),
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
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "payment_line",
                "indexes": [
                    models.Index(fields=["organisation", "value_date"], name="payment_line_by_day"),
                    models.Index(
                        condition=models.Q(("state", "unmatched")),
                        fields=["organisation", "value_date"],
                        name="payment_line_unmatched",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["matched", "unmatched", "by_hand", "returned"])),
                        name="paymentline_state_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "source_ref"), name="payment_line_kept_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "unmatched"), ("entry__isnull", False), _connector="OR"),
                        name="payment_line_matched_is_posted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttemptAccount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id",
                        "attempt_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
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
                    "by_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
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
            ],
            options={
                "db_table": "attempt_account",
                "indexes": [models.Index(fields=["attempt"], name="attempt_account_by_attempt")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "consent",
                "indexes": [models.Index(fields=["person", "at"], name="consent_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "call_more",
                                    "hours",
                                    "time_and_place",
                                    "medium",
                                    "tell_third_party",
                                    "work_post",
                                    "ask_again",
                                ],
                            )
                        ),
                        name="consent_kind_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "source_kind", "source_ref"), name="consent_kept_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
                ("kind", models.TextField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
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
                ("finding", models.TextField(blank=True, db_default="", default="")),
            ],
            options={
                "db_table": "incident",
                "indexes": [
                    models.Index(fields=["organisation", "opened_at"], name="incident_by_organisation")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "unpermitted_contact",
                                    "permit_reused",
                                    "sent_after_stop",
                                    "wrong_person_told",
                                    "bound_to_other",
                                ],
                            )
                        ),
                        name="incident_kind_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("attempt__isnull", False)),
                        fields=("attempt", "kind"),
                        name="incident_once_an_attempt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
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
                ("at", models.DateTimeField()),
                ("words", models.TextField()),
                ("language", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "note",
                "indexes": [models.Index(fields=["person", "at"], name="note_by_person")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
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
                    "taken_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                ("approved_at", models.DateTimeField(null=True)),
                ("kept_minor", models.BigIntegerField(db_default=0, default=0)),
                ("judged_on", models.DateField(null=True)),
                ("judged_book_day", models.IntegerField(null=True)),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
            ],
            options={
                "db_table": "promise",
                "indexes": [
                    models.Index(fields=["account", "due_on"], name="promise_by_account"),
                    models.Index(
                        condition=models.Q(("state__in", ["asked", "open", "provisional"])),
                        fields=["organisation", "due_on"],
                        name="promise_open_by_day",
                    ),
                    models.Index(fields=["taken_by", "due_on"], name="promise_by_taker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["promise", "arrangement", "pay_day_call"])),
                        name="promise_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["asked", "open", "provisional", "kept", "part_kept", "broken", "withdrawn"],
                            )
                        ),
                        name="promise_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="promise_is_of_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_hour__gte", 0), ("due_hour__lte", 23)),
                        name="promise_hour_of_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("means", ""), _negated=True), name="promise_says_how"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "source_kind", "source_ref"), name="promise_kept_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "by_organisation",
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
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            ],
            options={
                "db_table": "verification",
                "indexes": [models.Index(fields=["attempt"], name="verification_by_attempt")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_passed", False), ("items__len__gte", 2), _connector="OR"),
                        name="verification_takes_two_items",
                    )
                ],
            },
        ),
    ]
