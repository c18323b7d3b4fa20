"""Plans with every version of their schedules, budgets, promises of a plan, and how a plan stands in positions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_bank_statements")]

    operations = [
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("income_minor", models.BigIntegerField()),
                ("costs_minor", models.BigIntegerField()),
                ("pay_rhythm", models.TextField()),
                ("pay_on", models.DateField()),
                ("rises_on", models.DateField(null=True)),
                ("rise_minor", models.BigIntegerField(db_default=0, default=0)),
                ("lump_on", models.DateField(null=True)),
                ("lump_minor", models.BigIntegerField(db_default=0, default=0)),
                ("consented", models.BooleanField()),
                ("purpose", models.TextField()),
            ],
            options={
                "db_table": "budget",
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("amount_minor", models.BigIntegerField()),
                ("rhythm", models.TextField()),
            ],
            options={
                "db_table": "budget_line",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("means", models.TextField()),
                ("state", models.TextField(db_default="proposed", default="proposed")),
                ("version", models.SmallIntegerField(db_default=1, default=1)),
                ("asked_version", models.SmallIntegerField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("agreed_by", models.TextField(blank=True, db_default="", default="")),
                ("evidence", models.JSONField(db_default={}, default=dict)),
                ("after_entry", models.BigIntegerField(db_default=0, default=0)),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(blank=True, db_default="", default="")),
                ("kept_minor", models.BigIntegerField(db_default=0, default=0)),
                ("next_due_on", models.DateField(null=True)),
                ("next_due_minor", models.BigIntegerField(db_default=0, default=0)),
                ("behind_since", models.DateField(null=True)),
                ("behind_minor", models.BigIntegerField(db_default=0, default=0)),
                ("last_due_on", models.DateField(null=True)),
                ("firm_after", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("judged_on", models.DateField(null=True)),
                ("judged_book_day", models.IntegerField(null=True)),
            ],
            options={
                "db_table": "plan",
            },
        ),
        migrations.CreateModel(
            name="PlanDebt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.SmallIntegerField()),
                ("amount_minor", models.BigIntegerField()),
            ],
            options={
                "db_table": "plan_debt",
            },
        ),
        migrations.CreateModel(
            name="PlanInstalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.SmallIntegerField()),
                ("number", models.SmallIntegerField()),
                ("nominal_on", models.DateField()),
                ("due_on", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
            ],
            options={
                "db_table": "plan_instalment",
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                ("kind", models.TextField()),
                ("rhythm", models.TextField()),
                ("charges", models.TextField()),
                ("shift", models.TextField()),
                ("rest", models.TextField()),
                ("total_minor", models.BigIntegerField()),
                ("tolerance_minor", models.BigIntegerField()),
                ("grace_days", models.SmallIntegerField()),
                ("default_after", models.SmallIntegerField()),
                ("bank_days", models.SmallIntegerField()),
                ("returns_days", models.SmallIntegerField()),
                ("country", models.CharField(max_length=2)),
                ("region", models.TextField(blank=True, db_default="", default="")),
                ("from_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("because", models.TextField()),
            ],
            options={
                "db_table": "plan_version",
            },
        ),
        migrations.AddField(
            model_name="accountposition",
            name="plan_due_day",
            field=models.IntegerField(default=2147483647),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="plan_late_day",
            field=models.IntegerField(default=2147483647),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountposition",
            name="plan_state",
            field=models.SmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="promise",
            name="replaces_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="budget",
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
            model_name="budget",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="budget",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="budget",
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
            model_name="budget",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="budget",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.budget",
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
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
            model_name="budgetline",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plan",
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
            model_name="plan",
            name="budget",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.budget",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="ended_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plan",
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
            model_name="plan",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.plan",
            ),
        ),
        migrations.AddField(
            model_name="plandebt",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.account",
            ),
        ),
        migrations.AddField(
            model_name="plandebt",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="plandebt",
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
            model_name="plandebt",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="plandebt",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.plan",
            ),
        ),
        migrations.AddField(
            model_name="planinstalment",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="planinstalment",
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
            model_name="planinstalment",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="planinstalment",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.plan",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="by_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="note_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planversion",
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
            model_name="planversion",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.plan",
            ),
        ),
        migrations.AddIndex(
            model_name="budget",
            index=models.Index(fields=["person", "made_at"], name="budget_by_person"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_rhythm__in", ["weekly", "fortnightly", "four_weekly", "monthly"])),
                name="budget_pay_rhythm_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["affordable_plan"])), name="budget_purpose_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="budget_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(condition=models.Q(("consented", True)), name="budget_is_consented_to"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("costs_minor__gte", 0), ("income_minor__gte", 0)),
                name="budget_amounts_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["weekly", "fortnightly", "four_weekly", "monthly"])),
                name="budgetline_rhythm_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(fields=("budget", "name"), name="budget_line_once"),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="budget_line_is_of_money"
            ),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["person"], name="plan_by_person"),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["organisation", "state", "next_due_on"], name="plan_by_state"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "proposed",
                            "awaiting_approval",
                            "on_time",
                            "behind",
                            "missed",
                            "defaulted",
                            "completed",
                            "ended",
                            "declined",
                        ],
                    )
                ),
                name="plan_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_by__in", ["", "call", "letter", "portal", "visit"])),
                name="plan_agreed_by_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="plan_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(condition=models.Q(("means", ""), _negated=True), name="plan_says_how"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "awaiting_approval", "declined"]),
                    models.Q(("agreed_at__isnull", False), models.Q(("agreed_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plan_that_runs_was_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True),
                    models.Q(("ended_by__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plan_is_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="plandebt",
            index=models.Index(fields=["account"], name="plan_debt_by_account"),
        ),
        migrations.AddConstraint(
            model_name="plandebt",
            constraint=models.UniqueConstraint(fields=("plan", "version", "account"), name="plan_debt_once"),
        ),
        migrations.AddConstraint(
            model_name="plandebt",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="plan_debt_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="planinstalment",
            constraint=models.UniqueConstraint(fields=("plan", "version", "number"), name="plan_instalment_once"),
        ),
        migrations.AddConstraint(
            model_name="planinstalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="plan_instalment_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["equal", "step", "balloon"])), name="planversion_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["weekly", "fortnightly", "four_weekly", "monthly"])),
                name="planversion_rhythm_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("charges__in", ["run", "frozen"])), name="planversion_charges_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("shift__in", ["none", "following", "preceding", "modified_following"])),
                name="planversion_shift_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("rest__in", ["last", "first"])), name="planversion_rest_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_minor__gt", 0)), name="plan_version_is_of_money"
            ),
        ),
    ]
