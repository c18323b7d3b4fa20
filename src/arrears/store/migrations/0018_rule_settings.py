"""Acts about rules, the packs that organisations worked by, and proposals to change either."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0017_case_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="RulePack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("version", models.TextField()),
                ("content_hash", models.BinaryField()),
                ("files", models.JSONField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "rule_pack",
            },
        ),
        migrations.CreateModel(
            name="RuleProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
                ("changes", models.JSONField()),
                ("state", models.TextField(db_default="waiting", default="waiting")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_why", models.TextField(blank=True, db_default="", default="")),
                ("tried", models.JSONField(db_default={}, default=dict)),
                ("tried_on", models.DateField(null=True)),
                ("tried_to", models.BigIntegerField(db_default=0, default=0)),
                ("tried_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "rule_proposal",
            },
        ),
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("book_day", models.IntegerField()),
                ("act", models.TextField()),
                ("rule", models.TextField()),
                ("limit_name", models.TextField(blank=True, db_default="", default="")),
                ("value", models.IntegerField(null=True)),
                ("from_on", models.DateField()),
                ("reason", models.TextField()),
            ],
            options={
                "db_table": "rule_setting",
            },
        ),
        migrations.AddField(
            model_name="rulepack",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="ruleproposal",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ruleproposal",
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
            model_name="ruleproposal",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="ruleproposal",
            name="pack",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.rulepack",
            ),
        ),
        migrations.AddField(
            model_name="rulesetting",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="rulesetting",
            name="pack",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.rulepack",
            ),
        ),
        migrations.AddField(
            model_name="rulesetting",
            name="proposal",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.ruleproposal",
            ),
        ),
        migrations.AddField(
            model_name="rulesetting",
            name="staff",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="rulepack",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["shipped", "whole", "own"])), name="rulepack_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="rulepack",
            constraint=models.UniqueConstraint(fields=("organisation", "content_hash"), name="rule_pack_kept_once"),
        ),
        migrations.AddConstraint(
            model_name="rulepack",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="rule_pack_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="ruleproposal",
            constraint=models.UniqueConstraint(fields=("id", "organisation"), name="rule_proposal_with_owner"),
        ),
        migrations.AddConstraint(
            model_name="ruleproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "approved", "dropped"])),
                name="ruleproposal_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "waiting"), ("decided_at__isnull", False), _connector="OR"),
                name="rule_proposal_decided_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="rulesetting",
            index=models.Index(fields=["organisation", "rule"], name="rule_setting_by_rule"),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act__in", ["switch_on", "switch_off", "keep_by_choice", "end_choice", "set_limit", "take_pack"])
                ),
                name="rulesetting_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="rule_setting_says_why"
            ),
        ),
    ]
