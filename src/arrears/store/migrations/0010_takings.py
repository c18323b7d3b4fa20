"""Taking a payment: links, authorisations, debits, what a provider told us, traces, receipts over several debts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0009_concessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("reference", models.TextField()),
                ("scheme", models.TextField()),
                ("form", models.TextField()),
                ("words", models.TextField()),
                ("proof", models.TextField(blank=True, db_default="", default="")),
                ("given_at", models.DateTimeField(null=True)),
                ("is_recurring", models.BooleanField()),
                ("most_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("valid_until", models.DateField(null=True)),
                ("copy_given_at", models.DateTimeField(null=True)),
                ("state", models.TextField(db_default="asked", default="asked")),
                ("url", models.TextField(blank=True, db_default="", default="")),
                ("provider_ref", models.TextField(blank=True, db_default="", default="")),
                ("provider_customer", models.TextField(blank=True, db_default="", default="")),
                ("provider_method", models.TextField(blank=True, db_default="", default="")),
                ("provider_mandate", models.TextField(blank=True, db_default="", default="")),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(blank=True, db_default="", default="")),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.attempt",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "db_table": "mandate",
            },
        ),
        migrations.CreateModel(
            name="Debit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("presentation", models.SmallIntegerField(db_default=1, default=1)),
                ("reference", models.TextField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("collect_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("state", models.TextField(db_default="asked", default="asked")),
                ("provider_ref", models.TextField(blank=True, db_default="", default="")),
                ("presented_at", models.DateTimeField(null=True)),
                ("said_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, db_default="", default="")),
                ("worked_at", models.DateTimeField(null=True)),
                ("worked_how", models.TextField(blank=True, db_default="", default="")),
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
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.debit",
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
                    "worked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.mandate",
                    ),
                ),
            ],
            options={
                "db_table": "debit",
            },
        ),
        migrations.CreateModel(
            name="PayLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.TextField()),
                ("choice", models.TextField()),
                ("amount_minor", models.BigIntegerField()),
                ("fee_minor", models.BigIntegerField(db_default=0, default=0)),
                ("currency", models.CharField(max_length=3)),
                ("state", models.TextField(db_default="making", default="making")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("url", models.TextField(blank=True, db_default="", default="")),
                ("provider_ref", models.TextField(blank=True, db_default="", default="")),
                ("said_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, db_default="", default="")),
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
                "db_table": "pay_link",
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.TextField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("value_date", models.DateField()),
                ("rule", models.TextField()),
                ("directed", models.JSONField(db_default={}, default=dict)),
                ("posted_at", models.DateTimeField()),
                ("reversed_at", models.DateTimeField(null=True)),
                ("reversed_because", models.TextField(blank=True, db_default="", default="")),
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
                    "posted_by",
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
                "db_table": "receipt",
            },
        ),
        migrations.CreateModel(
            name="ReceiptPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_minor", models.BigIntegerField()),
                ("said_minor", models.BigIntegerField(db_default=0, default=0)),
                ("credit_minor", models.BigIntegerField(db_default=0, default=0)),
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
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.entry"
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
                    "receipt",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.receipt",
                    ),
                ),
            ],
            options={
                "db_table": "receipt_part",
            },
        ),
        migrations.CreateModel(
            name="TakingNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider_event", models.TextField()),
                ("kind", models.TextField()),
                ("reference", models.TextField()),
                ("happened_at", models.DateTimeField()),
                ("came_at", models.DateTimeField()),
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
                "db_table": "taking_notice",
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("paid_to", models.TextField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("paid_on", models.DateField()),
                ("means", models.TextField()),
                ("proof", models.TextField(blank=True, db_default="", default="")),
                ("after_entry", models.BigIntegerField()),
                ("state", models.TextField(db_default="running", default="running")),
                ("deadline_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(blank=True, db_default="", default="")),
                ("told_at", models.DateTimeField(null=True)),
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
                    "ended_by",
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
                "db_table": "payment_trace",
            },
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["account", "made_at"], name="mandate_by_account"),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "active"])),
                fields=["organisation", "made_at"],
                name="mandate_alive",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("scheme__in", ["ach", "sepa", "bacs", "card"])), name="mandate_scheme_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["hosted_page", "signed", "oral_recorded", "oral_noticed"])),
                name="mandate_form_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "active", "revoked", "expired", "stopped"])),
                name="mandate_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(condition=models.Q(("most_minor__gt", 0)), name="mandate_is_bounded"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="mandate_keeps_the_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True), ("given_at__isnull", False), _connector="OR"
                ),
                name="mandate_in_force_was_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["revoked", "expired", "stopped"])),
                    models.Q(
                        models.Q(("ended_at__isnull", False), _negated=True),
                        models.Q(("state__in", ["revoked", "expired", "stopped"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mandate_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(fields=("organisation", "reference"), name="mandate_referred_once"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="mandate_with_owner"),
        ),
        migrations.AddIndex(
            model_name="debit",
            index=models.Index(fields=["account", "asked_at"], name="debit_by_account"),
        ),
        migrations.AddIndex(
            model_name="debit",
            index=models.Index(fields=["mandate", "asked_at"], name="debit_by_mandate"),
        ),
        migrations.AddIndex(
            model_name="debit",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "presenting", "presented"])),
                fields=["organisation", "collect_on"],
                name="debit_under_way",
            ),
        ),
        migrations.AddIndex(
            model_name="debit",
            index=models.Index(
                condition=models.Q(("state__in", ["failed", "returned"]), ("worked_at__isnull", True)),
                fields=["organisation", "settled_at"],
                name="debit_failed_unworked",
            ),
        ),
        migrations.AddConstraint(
            model_name="debit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "presenting", "presented", "cleared", "returned", "failed", "cancelled"])
                ),
                name="debit_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="debit",
            constraint=models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="debit_is_of_money"),
        ),
        migrations.AddConstraint(
            model_name="debit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first__isnull", True), ("presentation", 1)),
                    models.Q(
                        models.Q(("first__isnull", True), _negated=True), models.Q(("presentation", 1), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="debit_repeats_a_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="debit",
            constraint=models.UniqueConstraint(fields=("organisation", "reference"), name="debit_referred_once"),
        ),
        migrations.AddConstraint(
            model_name="debit",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="debit_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="debit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("first__isnull", False)),
                fields=("first", "presentation"),
                name="debit_repeated_in_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="paylink",
            index=models.Index(fields=["account", "made_at"], name="pay_link_by_account"),
        ),
        migrations.AddIndex(
            model_name="paylink",
            index=models.Index(
                condition=models.Q(("state__in", ["making", "open", "seen"])),
                fields=["organisation", "made_at"],
                name="pay_link_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["all_due", "promised", "part"])), name="paylink_choice_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="paylink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["making", "open", "seen", "paid", "returned", "failed", "expired", "cancelled"])
                ),
                name="paylink_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylink",
            constraint=models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="pay_link_is_of_money"),
        ),
        migrations.AddConstraint(
            model_name="paylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_minor__gte", 0), ("fee_minor__lt", models.F("amount_minor"))),
                name="pay_link_fee_within_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))), name="pay_link_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="paylink",
            constraint=models.UniqueConstraint(fields=("organisation", "reference"), name="pay_link_referred_once"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["organisation", "posted_at"], name="receipt_by_day"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule__in", ["oldest_first", "priority", "pro_rata"])), name="receipt_rule_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="receipt_is_of_money"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("organisation", "reference"), name="receipt_posted_once"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="receipt_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="receiptpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="receipt_part_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptpart",
            constraint=models.UniqueConstraint(fields=("receipt", "account"), name="receipt_part_once_a_debt"),
        ),
        migrations.AddConstraint(
            model_name="receiptpart",
            constraint=models.UniqueConstraint(fields=("entry",), name="receipt_part_of_one_entry"),
        ),
        migrations.AddIndex(
            model_name="takingnotice",
            index=models.Index(fields=["organisation", "came_at"], name="taking_notice_by_day"),
        ),
        migrations.AddConstraint(
            model_name="takingnotice",
            constraint=models.UniqueConstraint(
                fields=("organisation", "provider_event"), name="taking_notice_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(fields=["account", "opened_at"], name="payment_trace_by_account"),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["organisation", "deadline_on"],
                name="payment_trace_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "to_human", "found", "not_found", "withdrawn"])),
                name="trace_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="payment_trace_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["found", "not_found", "withdrawn"])),
                    models.Q(
                        models.Q(("ended_at__isnull", False), _negated=True),
                        models.Q(("state__in", ["found", "not_found", "withdrawn"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payment_trace_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "found"), _negated=True), ("entry__isnull", False), _connector="OR"
                ),
                name="payment_trace_found_is_posted",
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("account",), name="payment_trace_one_at_a_time"
            ),
        ),
    ]
