"""Bank statements, their lines, and how each was matched."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_told_amounts")]

    operations = [
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("currency", models.CharField(max_length=3)),
                ("number_sealed", models.BinaryField()),
                ("number_index", models.BinaryField()),
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
                "db_table": "bank_account",
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("file_hash", models.BinaryField()),
                ("source_format", models.TextField()),
                ("kind", models.TextField()),
                ("number", models.TextField(blank=True, db_default="", default="")),
                ("currency", models.CharField(max_length=3)),
                ("opening_minor", models.BigIntegerField(null=True)),
                ("opening_on", models.DateField(null=True)),
                ("closing_minor", models.BigIntegerField(null=True)),
                ("closing_on", models.DateField(null=True)),
                ("total_minor", models.BigIntegerField()),
                ("lines", models.IntegerField()),
                ("lines_new", models.IntegerField()),
                ("told_lines", models.IntegerField(db_default=0, default=0)),
                ("told_misled", models.IntegerField(db_default=0, default=0)),
                ("taken_at", models.DateTimeField()),
                (
                    "bank_account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.bankaccount",
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
                "db_table": "statement",
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("line_key", models.TextField()),
                ("booked_on", models.DateField(null=True)),
                ("value_on", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("said_references", models.JSONField(db_default=[], default=list)),
                ("payer_name", models.TextField(blank=True, db_default="", default="")),
                ("payer_sealed", models.BinaryField(null=True)),
                ("payer_index", models.BinaryField(null=True)),
                ("remittance", models.TextField(blank=True, db_default="", default="")),
                ("bank_code", models.TextField(blank=True, db_default="", default="")),
                ("is_return", models.BooleanField(db_default=False, default=False)),
                ("return_reason", models.TextField(blank=True, db_default="", default="")),
                ("returned_ref", models.TextField(blank=True, db_default="", default="")),
                ("state", models.TextField()),
                ("note", models.TextField(blank=True, db_default="", default="")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "bank_account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.bankaccount",
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
                    "statement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statement_line",
            },
        ),
        migrations.CreateModel(
            name="LineMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_minor", models.BigIntegerField()),
                ("how", models.TextField()),
                ("score_ppm", models.IntegerField()),
                ("reasons", models.JSONField(db_default=[], default=list)),
                ("payer_role", models.TextField(db_default="debtor", default="debtor")),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_because", models.TextField(blank=True, db_default="", default="")),
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
                        db_index=False,
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
                    "undone_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.statementline",
                    ),
                ),
            ],
            options={
                "db_table": "line_match",
            },
        ),
        migrations.CreateModel(
            name="LineCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.SmallIntegerField()),
                ("score_ppm", models.IntegerField()),
                ("reasons", models.JSONField(db_default=[], default=list)),
                ("parts", models.JSONField(db_default=[], default=list)),
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
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.statementline",
                    ),
                ),
            ],
            options={
                "db_table": "line_candidate",
            },
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number_index", "currency"), name="bank_account_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="bank_account_with_owner"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["bank_account", "closing_on"], name="statement_by_account"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["organisation", "taken_at"], name="statement_by_day"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("organisation", "file_hash", "place"), name="statement_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="statement_with_owner"),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(fields=["statement", "place"], name="statement_line_by_statement"),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(fields=["organisation", "amount_minor", "value_on"], name="statement_line_by_amount"),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(
                condition=models.Q(("state__in", ["suspense", "parked", "refund_due", "return_open"])),
                fields=["organisation", "value_on"],
                name="statement_line_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "suspense",
                            "parked",
                            "refund_due",
                            "posted",
                            "not_ours",
                            "outgoing",
                            "pending",
                            "returned",
                            "return_open",
                        ],
                    )
                ),
                name="statementline_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("organisation", "line_key"), name="statement_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="statement_line_with_owner"),
        ),
        migrations.AddIndex(
            model_name="linematch",
            index=models.Index(fields=["line"], name="line_match_by_line"),
        ),
        migrations.AddIndex(
            model_name="linematch",
            index=models.Index(fields=["account", "made_at"], name="line_match_by_account"),
        ),
        migrations.AddConstraint(
            model_name="linematch",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["auto", "split", "hand", "return"])), name="linematch_how_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="linematch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "payer_role__in",
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
                name="linematch_payer_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="linematch",
            constraint=models.UniqueConstraint(fields=("entry",), name="line_match_of_one_entry"),
        ),
        migrations.AddConstraint(
            model_name="linecandidate",
            constraint=models.UniqueConstraint(fields=("line", "rank"), name="line_candidate_ranked_once"),
        ),
    ]
