"""Double entry: accounts, journals, periods, trust money, placements with their commission."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.expressions import CombinedExpression, RawSQL


class Migration(migrations.Migration):
    dependencies = [("store", "0010_takings")]

    operations = [
        migrations.CreateModel(
            name="GlAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("kind", models.TextField()),
                ("names", models.JSONField(db_default={}, default=dict)),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), db_default=RawSQL("'{}'::text[]", ()), default=list, size=None
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
                "db_table": "gl_account",
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("book_day", models.IntegerField()),
                ("kind", models.TextField()),
                ("why", models.TextField(blank=True, db_default="", default="")),
                ("accounts", models.IntegerField(db_default=0, default=0)),
                ("made_at", models.DateTimeField()),
                ("source_ref", models.TextField(blank=True, db_default="", default="")),
                (
                    "made_in",
                    models.BigIntegerField(
                        db_default=RawSQL("(pg_current_xact_id()::text)::bigint", ()), editable=False
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "journal",
            },
        ),
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                (
                    "gl_account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.glaccount",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.journal",
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
                "db_table": "journal_line",
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("state", models.TextField(db_default="open", default="open")),
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
                "db_table": "period",
            },
        ),
        migrations.AddField(
            model_name="journal",
            name="concerns",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.period",
            ),
        ),
        migrations.AddField(
            model_name="journal",
            name="period",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.period",
            ),
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("currency", models.CharField(max_length=3)),
                ("terms", models.JSONField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "placement",
            },
        ),
        migrations.CreateModel(
            name="PlacedAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "holder",
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
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.placement",
                    ),
                ),
            ],
            options={
                "db_table": "placed_account",
            },
        ),
        migrations.CreateModel(
            name="CommissionPosted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.TextField()),
                ("as_of", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("earned_minor", models.BigIntegerField()),
                ("lines", models.JSONField()),
                ("journal_id", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.placement",
                    ),
                ),
            ],
            options={
                "db_table": "commission_posted",
            },
        ),
        migrations.CreateModel(
            name="TrustAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "bank_account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.bankaccount",
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
                "db_table": "trust_account",
            },
        ),
        migrations.CreateModel(
            name="TrustClient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client",
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
                    "trust_account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.trustaccount",
                    ),
                ),
            ],
            options={
                "db_table": "trust_client",
            },
        ),
        migrations.CreateModel(
            name="TrustLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(default=0)),
                ("kind", models.TextField()),
                ("amount_minor", models.BigIntegerField()),
                ("balance_minor", models.BigIntegerField(default=0)),
                ("value_date", models.DateField()),
                ("book_day", models.IntegerField()),
                ("source_kind", models.TextField()),
                ("source_ref", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.trustclient",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.journal",
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
            ],
            options={
                "db_table": "trust_line",
            },
        ),
        migrations.CreateModel(
            name="TrustBankLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("booked_on", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("is_balance", models.BooleanField(db_default=False, default=False)),
                ("words", models.TextField(blank=True, db_default="", default="")),
                ("source_ref", models.TextField()),
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
                    "trust_account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.trustaccount",
                    ),
                ),
                (
                    "trust_line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.trustline",
                    ),
                ),
            ],
            options={
                "db_table": "trust_bank_line",
            },
        ),
        migrations.CreateModel(
            name="AccountPosted",
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
                ("journal_id", models.BigIntegerField()),
                ("through_entry", models.BigIntegerField()),
                ("principal_minor", models.BigIntegerField()),
                ("interest_minor", models.BigIntegerField()),
                ("accrued_minor", models.BigIntegerField()),
                ("fees_minor", models.BigIntegerField()),
                ("costs_minor", models.BigIntegerField()),
                ("charges_minor", models.BigIntegerField()),
                ("written_off_minor", models.BigIntegerField()),
                ("debtor_credit_minor", models.BigIntegerField()),
                ("received_minor", models.BigIntegerField()),
                ("received_direct_minor", models.BigIntegerField()),
                ("set_off_minor", models.BigIntegerField()),
                ("recovered_minor", models.BigIntegerField()),
                ("opened_minor", models.BigIntegerField()),
                ("adjusted_minor", models.BigIntegerField()),
                ("interest_income_minor", models.BigIntegerField()),
                ("accrued_income_minor", models.BigIntegerField()),
                ("fee_income_minor", models.BigIntegerField()),
                ("cost_income_minor", models.BigIntegerField()),
                ("charge_income_minor", models.BigIntegerField()),
                ("recovery_income_minor", models.BigIntegerField()),
                ("waived_minor", models.BigIntegerField()),
                ("settled_minor", models.BigIntegerField()),
                ("charge_off_minor", models.BigIntegerField()),
                ("sold_minor", models.BigIntegerField()),
                ("sale_price_minor", models.BigIntegerField()),
                ("as_of", models.IntegerField()),
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
                "db_table": "account_posted",
                "indexes": [models.Index(fields=["organisation", "as_of"], name="account_posted_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "principal_minor",
                                CombinedExpression(
                                    CombinedExpression(
                                        CombinedExpression(
                                            CombinedExpression(
                                                CombinedExpression(
                                                    CombinedExpression(
                                                        CombinedExpression(
                                                            CombinedExpression(
                                                                CombinedExpression(
                                                                    CombinedExpression(
                                                                        CombinedExpression(
                                                                            CombinedExpression(
                                                                                CombinedExpression(
                                                                                    CombinedExpression(
                                                                                        CombinedExpression(
                                                                                            CombinedExpression(
                                                                                                CombinedExpression(
                                                                                                    CombinedExpression(
                                                                                                        CombinedExpression(
                                                                                                            CombinedExpression(
                                                                                                                CombinedExpression(
                                                                                                                    CombinedExpression(
                                                                                                                        CombinedExpression(
                                                                                                                            CombinedExpression(
                                                                                                                                models.F(
                                                                                                                                    "interest_minor"
                                                                                                                                ),
                                                                                                                                "+",
                                                                                                                                models.F(
                                                                                                                                    "accrued_minor"
                                                                                                                                ),
                                                                                                                            ),
                                                                                                                            "+",
                                                                                                                            models.F(
                                                                                                                                "fees_minor"
                                                                                                                            ),
                                                                                                                        ),
                                                                                                                        "+",
                                                                                                                        models.F(
                                                                                                                            "costs_minor"
                                                                                                                        ),
                                                                                                                    ),
                                                                                                                    "+",
                                                                                                                    models.F(
                                                                                                                        "charges_minor"
                                                                                                                    ),
                                                                                                                ),
                                                                                                                "+",
                                                                                                                models.F(
                                                                                                                    "written_off_minor"
                                                                                                                ),
                                                                                                            ),
                                                                                                            "+",
                                                                                                            models.F(
                                                                                                                "debtor_credit_minor"
                                                                                                            ),
                                                                                                        ),
                                                                                                        "+",
                                                                                                        models.F(
                                                                                                            "received_minor"
                                                                                                        ),
                                                                                                    ),
                                                                                                    "+",
                                                                                                    models.F(
                                                                                                        "received_direct_minor"
                                                                                                    ),
                                                                                                ),
                                                                                                "+",
                                                                                                models.F(
                                                                                                    "set_off_minor"
                                                                                                ),
                                                                                            ),
                                                                                            "+",
                                                                                            models.F("recovered_minor"),
                                                                                        ),
                                                                                        "+",
                                                                                        models.F("opened_minor"),
                                                                                    ),
                                                                                    "+",
                                                                                    models.F("adjusted_minor"),
                                                                                ),
                                                                                "+",
                                                                                models.F("interest_income_minor"),
                                                                            ),
                                                                            "+",
                                                                            models.F("accrued_income_minor"),
                                                                        ),
                                                                        "+",
                                                                        models.F("fee_income_minor"),
                                                                    ),
                                                                    "+",
                                                                    models.F("cost_income_minor"),
                                                                ),
                                                                "+",
                                                                models.F("charge_income_minor"),
                                                            ),
                                                            "+",
                                                            models.F("recovery_income_minor"),
                                                        ),
                                                        "+",
                                                        models.F("waived_minor"),
                                                    ),
                                                    "+",
                                                    models.F("settled_minor"),
                                                ),
                                                "+",
                                                models.F("charge_off_minor"),
                                            ),
                                            "+",
                                            models.F("sold_minor"),
                                        ),
                                        "+",
                                        models.F("sale_price_minor"),
                                    ),
                                    "*",
                                    models.Value(-1),
                                ),
                            )
                        ),
                        name="account_posted_balances",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="glaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["asset", "liability", "equity", "income", "expense"])),
                name="glaccount_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="glaccount",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="gl_account_coded_once"),
        ),
        migrations.AddConstraint(
            model_name="glaccount",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="gl_account_with_owner"),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["gl_account", "journal"], name="journal_line_by_gl_account"),
        ),
        migrations.AddConstraint(
            model_name="journalline",
            constraint=models.UniqueConstraint(fields=("journal", "gl_account", "currency"), name="journal_line_once"),
        ),
        migrations.AddConstraint(
            model_name="journalline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor", 0), _negated=True), name="journal_line_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed"])), name="period_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(fields=("organisation", "from_on"), name="period_begins_once"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="period_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="period_runs_forward"
            ),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(fields=["organisation", "period", "id"], name="journal_by_period"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(
                condition=models.Q(("account__isnull", False)), fields=["account", "id"], name="journal_by_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["opening", "posting", "accrual", "adjustment", "suspense", "trust", "commission"])
                ),
                name="journal_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="journal_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_ref", ""), _negated=True),
                fields=("organisation", "kind", "source_ref"),
                name="journal_posted_once",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["holder"], name="placement_by_holder"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="placement_named_once"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="placement_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="placement_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("holder", models.F("organisation")), _negated=True),
                name="placement_is_with_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="placedaccount",
            constraint=models.UniqueConstraint(fields=("placement", "account", "from_on"), name="placed_account_once"),
        ),
        migrations.AddConstraint(
            model_name="placedaccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("account",), name="placed_account_with_one"
            ),
        ),
        migrations.AddIndex(
            model_name="commissionposted",
            index=models.Index(fields=["placement", "side"], name="commission_by_placement"),
        ),
        migrations.AddConstraint(
            model_name="commissionposted",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["creditor", "holder"])), name="commissionposted_side_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustaccount",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="trust_account_named_once"),
        ),
        migrations.AddConstraint(
            model_name="trustaccount",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="trust_account_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="trustclient",
            constraint=models.UniqueConstraint(fields=("trust_account", "client"), name="trust_client_once"),
        ),
        migrations.AddConstraint(
            model_name="trustclient",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="trust_client_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="trustline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["receipt", "return", "remittance", "commission", "funding", "refund"])
                ),
                name="trustline_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trustline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor", 0), _negated=True), name="trust_line_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustline",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance_minor__gte", 0)), name="trust_client_never_below_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustline",
            constraint=models.UniqueConstraint(fields=("client", "number"), name="trust_line_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="trustline",
            constraint=models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="trust_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustline",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="trust_line_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="trustbankline",
            constraint=models.UniqueConstraint(fields=("trust_account", "source_ref"), name="trust_bank_line_once"),
        ),
        migrations.AddConstraint(
            model_name="trustbankline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("trust_line__isnull", False)),
                fields=("trust_line",),
                name="trust_bank_line_for_one",
            ),
        ),
    ]
