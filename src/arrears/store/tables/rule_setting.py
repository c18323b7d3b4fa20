"""Which rules an organisation works by beside those that bind it: every act, every pack, every proposal to change."""

from django.db import models
from django.db.models import Q

from arrears.domain.rule_settings import PackKind, ProposalState, RuleAct
from arrears.store.columns import Table, one_of
from arrears.store.rights import OwnedByOrganisation, ReadByHolders
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff


class RulePack(Table):
    """The files of a pack as they were when somebody worked by it or proposed to: kept once by content, for good."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    version = models.TextField()
    content_hash = models.BinaryField()
    files = models.JSONField()
    kept_at = models.DateTimeField()

    # An agency asks the gate under the rules of whose debts it works.
    rights = ReadByHolders(append_only=True)

    class Meta:
        db_table = "rule_pack"
        constraints = (
            one_of("kind", PackKind),
            models.UniqueConstraint(fields=("organisation", "content_hash"), name="rule_pack_kept_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="rule_pack_with_owner"),
        )


class RuleProposal(Table):
    """Changes to the rules that somebody proposed, tried on the present book before anybody decides.

    ``changes`` are acts as they would be kept; ``tried`` what the trial has found so far, ``tried_to`` the person from
    whom on it goes on, ``tried_at`` when it was through.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    pack = models.ForeignKey(RulePack, models.PROTECT, related_name="+", db_index=False, null=True)
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    made_at = models.DateTimeField()
    book_day = models.IntegerField()
    from_on = models.DateField()
    reason = models.TextField()
    changes = models.JSONField()
    state = models.TextField(default="waiting", db_default="waiting")
    decided_at = models.DateTimeField(null=True)
    decided_why = models.TextField(default="", db_default="", blank=True)
    tried = models.JSONField(default=dict, db_default={})
    tried_on = models.DateField(null=True)
    tried_to = models.BigIntegerField(default=0, db_default=0)
    tried_at = models.DateTimeField(null=True)

    _OPEN = ("decided_by_id", "decided_at", "decided_why", "state", "tried", "tried_on", "tried_to", "tried_at")
    rights = OwnedByOrganisation(changes=_OPEN, fixed_but=_OPEN)
    same_owner = ("pack",)
    is_stamped = True

    class Meta:
        db_table = "rule_proposal"
        constraints = (
            one_of("state", ProposalState),
            models.UniqueConstraint(fields=("id", "organisation"), name="rule_proposal_with_owner"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False), name="rule_proposal_decided_says_when"
            ),
        )


class RuleSetting(Table):
    """One act about one rule: by whom, why, and from which day on it holds. What is in force follows from the latest.

    ``limit_name`` and ``value`` are given for a limit of the house: its name and its number (none: the file's).
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    proposal = models.ForeignKey(RuleProposal, models.PROTECT, related_name="+", db_index=False, null=True)
    pack = models.ForeignKey(RulePack, models.PROTECT, related_name="+", db_index=False, null=True)
    at = models.DateTimeField()
    book_day = models.IntegerField()
    act = models.TextField()
    rule = models.TextField()
    limit_name = models.TextField(default="", db_default="", blank=True)
    value = models.IntegerField(null=True)
    from_on = models.DateField()
    reason = models.TextField()

    rights = OwnedByOrganisation(append_only=True)
    same_owner = ("proposal", "pack")
    is_stamped = True

    class Meta:
        db_table = "rule_setting"
        constraints = (
            one_of("act", RuleAct),
            models.CheckConstraint(condition=~Q(reason=""), name="rule_setting_says_why"),
        )
        indexes = (models.Index(fields=("organisation", "rule"), name="rule_setting_by_rule"),)
