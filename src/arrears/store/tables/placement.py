"""Placements: accounts given to an agency on terms of commission, and what of the commission is posted."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from arrears.store.columns import Table, one_of
from arrears.store.rights import SCOPE, Special
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff

SIDES: Final = ("creditor", "holder")
#: Both sides of a placement see it; the creditor alone makes it.
_BOTH: Final = f"{{t}}.organisation_id = {SCOPE} OR {{t}}.holder_id = {SCOPE}"


class Placement(Table):
    """Accounts of a creditor that a holder works for commission, from a day until they are recalled."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    currency = models.CharField(max_length=3)
    terms = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = Special(
        seen=_BOTH, written=f"{{t}}.organisation_id = {SCOPE}", changes=("until_on",), fixed_but=("until_on",)
    )

    class Meta:
        db_table = "placement"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "name"), name="placement_named_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="placement_with_owner"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="placement_runs_forward"
            ),
            models.CheckConstraint(condition=~Q(holder=F("organisation")), name="placement_is_with_another"),
        )
        indexes = (models.Index(fields=("holder",), name="placement_by_holder"),)


class PlacedAccount(Table):
    """An account in a placement, from a day until it is recalled."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    rights = Special(
        seen=_BOTH, written=f"{{t}}.organisation_id = {SCOPE}", changes=("until_on",), fixed_but=("until_on",)
    )
    same_owner = ("placement", "account")

    class Meta:
        db_table = "placed_account"
        constraints = (
            models.UniqueConstraint(fields=("placement", "account", "from_on"), name="placed_account_once"),
            models.UniqueConstraint(
                fields=("account",), condition=Q(until_on__isnull=True), name="placed_account_with_one"
            ),
        )


class CommissionPosted(Table):
    """What of a placement's commission one side has posted, all that is earned so far, and the lines that changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    side = models.TextField()
    as_of = models.DateField()
    amount_minor = models.BigIntegerField()
    earned_minor = models.BigIntegerField()
    lines = models.JSONField()
    journal_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    # One's own posting, of a placement that one is a side of.
    rights = Special(
        seen=f"{{t}}.organisation_id = {SCOPE}",
        written=f"{{t}}.organisation_id = {SCOPE} "
        "AND EXISTS (SELECT 1 FROM public.placement seen WHERE seen.id = {t}.placement_id)",
        append_only=True,
    )
    same_owner = ("placement",)
    owner_column = "owner_id"

    class Meta:
        db_table = "commission_posted"
        constraints = (one_of("side", SIDES),)
        indexes = (models.Index(fields=("placement", "side"), name="commission_by_placement"),)
