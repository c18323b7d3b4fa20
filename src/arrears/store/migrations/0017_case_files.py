"""Case files with their steps and clocks; care needs, and their reasons apart."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0016_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("state", models.TextField(db_default="open", default="open")),
                ("finding", models.TextField(blank=True, db_default="", default="")),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::bigint[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "holds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        db_default=django.db.models.expressions.RawSQL("'{}'::bigint[]", ()),
                        default=list,
                        size=None,
                    ),
                ),
                ("regulator", models.TextField(blank=True, db_default="", default="")),
                ("source", models.TextField(blank=True, db_default="", default="")),
                ("received_at", models.DateTimeField()),
                ("known_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
                ("steps", models.IntegerField(db_default=1, default=1)),
                ("due_on", models.DateField(null=True)),
                ("is_late", models.BooleanField(db_default=False, default=False)),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "opened_by",
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
                "db_table": "case_file",
            },
        ),
        migrations.CreateModel(
            name="CaseClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.TextField()),
                ("about", models.TextField(blank=True, db_default="", default="")),
                ("turn", models.SmallIntegerField(db_default=0, default=0)),
                ("counted_from", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("state", models.TextField(db_default="running", default="running")),
                ("settled_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "db_table": "case_clock",
            },
        ),
        migrations.CreateModel(
            name="CareNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("needs", models.JSONField(db_default=[], default=list)),
                ("consent", models.JSONField(db_default={}, default=dict)),
                ("at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("key_part", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "db_table": "care_need",
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
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
                    "note",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.note",
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
                "db_table": "case_step",
            },
        ),
        migrations.CreateModel(
            name="CareReason",
            fields=[
                (
                    "need",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.careneed",
                    ),
                ),
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
                "db_table": "care_reason",
            },
        ),
        migrations.AddIndex(
            model_name="casefile",
            index=models.Index(fields=["person", "opened_at"], name="case_file_by_person"),
        ),
        migrations.AddIndex(
            model_name="casefile",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["organisation", "due_on"],
                name="case_file_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "dispute",
                            "complaint",
                            "bankruptcy",
                            "breathing_space",
                            "crisis_moratorium",
                            "deceased",
                            "identity_theft",
                            "wrong_person",
                            "attorney",
                            "adviser",
                            "creditor_request",
                            "vulnerability",
                        ],
                    )
                ),
                name="casefile_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "closed"])), name="casefile_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding", ""),
                    ("finding__in", ["upheld", "partly_upheld", "not_upheld", "ended", "withdrawn", "mistaken"]),
                    _connector="OR",
                ),
                name="casefile_finding_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), ("closed_at__isnull", False)),
                    models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        models.Q(("closed_at__isnull", False), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_file_closed_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("finding", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_file_closed_with_a_finding",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="case_file_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="case_file_with_owner"),
        ),
        migrations.AddIndex(
            model_name="caseclock",
            index=models.Index(
                condition=models.Q(("state", "running")), fields=["organisation", "due_on"], name="case_clock_running"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseclock",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "met", "missed", "put_off", "dropped"])),
                name="caseclock_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "running"), ("settled_at__isnull", True)),
                    models.Q(
                        models.Q(("state", "running"), _negated=True),
                        models.Q(("settled_at__isnull", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_clock_settled_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseclock",
            constraint=models.UniqueConstraint(
                fields=("case_file", "rule", "about", "turn"), name="case_clock_started_once"
            ),
        ),
        migrations.AddIndex(
            model_name="careneed",
            index=models.Index(fields=["person"], name="care_need_by_person"),
        ),
        migrations.AddConstraint(
            model_name="careneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), models.Q(("key_part__isnull", True), ("needs", [])), _connector="OR"
                ),
                name="care_need_withdrawn_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="careneed",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="care_need_with_owner"),
        ),
        migrations.AddIndex(
            model_name="casestep",
            index=models.Index(fields=["person"], name="case_step_by_person"),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "noted",
                            "paper",
                            "contacted",
                            "answered",
                            "extended",
                            "met",
                            "missed",
                            "hold_changed",
                            "closed",
                            "reopened",
                        ],
                    )
                ),
                name="casestep_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.UniqueConstraint(fields=("case_file", "number"), name="case_step_taken_once"),
        ),
        migrations.AddConstraint(
            model_name="carereason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", False), ("sealed__isnull", True)),
                    models.Q(
                        models.Q(("erased_at__isnull", False), _negated=True),
                        models.Q(("sealed__isnull", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="care_reason_erased_is_empty",
            ),
        ),
    ]
