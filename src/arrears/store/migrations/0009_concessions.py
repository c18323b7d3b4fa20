"""Concessions, the steps of their lives, and direct payments as others report them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0008_plans"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="note_with_owner"),
        ),
        migrations.CreateModel(
            name="Concession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("state", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("offered_on", models.DateField()),
                ("last_due_on", models.DateField()),
                ("owed_minor", models.BigIntegerField()),
                ("pay_minor", models.BigIntegerField()),
                ("cut_minor", models.BigIntegerField()),
                ("parts", models.JSONField()),
                ("after_entry", models.BigIntegerField()),
                ("level", models.SmallIntegerField()),
                ("approve_by", models.DateField()),
                ("valid_until", models.DateField()),
                ("look_on", models.DateField(null=True)),
                ("paid_minor", models.BigIntegerField(db_default=0, default=0)),
                ("authority", models.JSONField()),
                ("worth", models.JSONField()),
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
                    "proposed_by",
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
                "db_table": "concession",
            },
        ),
        migrations.CreateModel(
            name="ConcessionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("number", models.SmallIntegerField()),
                ("state", models.TextField()),
                ("facts", models.JSONField(db_default={}, default=dict)),
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
                    "by_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "concession",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.concession",
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
                    "note",
                    models.ForeignKey(
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
                "db_table": "concession_step",
            },
        ),
        migrations.CreateModel(
            name="ReportedPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.TextField(db_default="reported", default="reported")),
                ("amount_minor", models.BigIntegerField()),
                ("value_date", models.DateField()),
                ("reported_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("book_day", models.IntegerField()),
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
                    "by_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
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
                    "note",
                    models.ForeignKey(
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
                    "reported_by",
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
                "db_table": "reported_payment",
            },
        ),
        migrations.AddIndex(
            model_name="concession",
            index=models.Index(fields=["account", "proposed_at"], name="concession_by_account"),
        ),
        migrations.AddIndex(
            model_name="concession",
            index=models.Index(fields=["organisation", "state", "approve_by"], name="concession_waiting"),
        ),
        migrations.AddIndex(
            model_name="concession",
            index=models.Index(
                condition=models.Q(("look_on__isnull", False)),
                fields=["organisation", "look_on"],
                name="concession_to_look_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["settlement", "waiver"])), name="concession_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "drafted",
                            "offered",
                            "awaiting",
                            "approved",
                            "refused",
                            "expired",
                            "withdrawn",
                            "accepted",
                            "paid",
                            "completed",
                            "missed",
                            "reinstated",
                        ],
                    )
                ),
                name="concession_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.CheckConstraint(
                condition=models.Q(("cut_minor__gt", 0)), name="concession_cuts_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_minor__gte", 0)), name="concession_pays_not_below_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="concession_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="concession_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="concession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["accepted", "approved", "awaiting", "offered", "paid"])),
                fields=("account",),
                name="concession_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="concessionstep",
            index=models.Index(fields=["account"], name="concession_step_by_account"),
        ),
        migrations.AddConstraint(
            model_name="concessionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "drafted",
                            "offered",
                            "awaiting",
                            "approved",
                            "refused",
                            "expired",
                            "withdrawn",
                            "accepted",
                            "paid",
                            "completed",
                            "missed",
                            "reinstated",
                        ],
                    )
                ),
                name="concessionstep_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="concessionstep",
            constraint=models.UniqueConstraint(fields=("concession", "number"), name="concession_step_taken_once"),
        ),
        migrations.AddIndex(
            model_name="reportedpayment",
            index=models.Index(
                condition=models.Q(("state", "reported")),
                fields=["organisation", "reported_at"],
                name="reported_payment_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="reportedpayment",
            index=models.Index(fields=["account"], name="reported_payment_by_account"),
        ),
        migrations.AddConstraint(
            model_name="reportedpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["reported", "confirmed", "refused"])),
                name="reportedpayment_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="reported_payment_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedpayment",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="reported_payment_kept_once"
            ),
        ),
    ]
