"""Concessions as they were offered, the steps of their lives, and what others reported to have happened to a debt."""

from django.db import models
from django.db.models import Q

from arrears.domain.concessions import LIVE, ConcessionKind, State
from arrears.store.columns import Table, one_of
from arrears.store.rights import AccountScoped
from arrears.store.tables.account import Account, Entry, Note
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff

REPORT_STATES = ("reported", "confirmed", "refused")


class Concession(Table):
    """An offer to cut a debt. What was offered never changes; ``state`` is that of its latest step.

    ``parts`` are the payments asked for, pairs of day and minor units; ``cut_minor`` is what would be cut by what was
    owed on the day of the offer. ``authority`` and ``worth`` keep what the tables answered and what was computed then.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+", db_index=False, null=True)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    kind = models.TextField()
    state = models.TextField()
    proposed_at = models.DateTimeField()
    book_day = models.IntegerField()
    offered_on = models.DateField()
    last_due_on = models.DateField()
    owed_minor = models.BigIntegerField()
    pay_minor = models.BigIntegerField()
    cut_minor = models.BigIntegerField()
    parts = models.JSONField()
    after_entry = models.BigIntegerField()
    level = models.SmallIntegerField()
    approve_by = models.DateField()
    valid_until = models.DateField()
    look_on = models.DateField(null=True)
    paid_minor = models.BigIntegerField(default=0, db_default=0)
    authority = models.JSONField()
    worth = models.JSONField()
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = AccountScoped(
        maker="by_organisation_id",
        changes=("state", "look_on", "paid_minor"),
        fixed_but=("state", "look_on", "paid_minor"),
    )
    same_owner = ("account", "person", "attempt")
    is_stamped = True

    class Meta:
        db_table = "concession"
        constraints = (
            one_of("kind", ConcessionKind),
            one_of("state", State),
            models.CheckConstraint(condition=Q(cut_minor__gt=0), name="concession_cuts_something"),
            models.CheckConstraint(condition=Q(pay_minor__gte=0), name="concession_pays_not_below_zero"),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="concession_kept_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="concession_with_owner"),
            models.UniqueConstraint(
                fields=("account",),
                condition=Q(state__in=sorted(state.value for state in LIVE)),
                name="concession_one_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=("account", "proposed_at"), name="concession_by_account"),
            models.Index(fields=("organisation", "state", "approve_by"), name="concession_waiting"),
            models.Index(
                fields=("organisation", "look_on"), condition=Q(look_on__isnull=False), name="concession_to_look_at"
            ),
        )


class ConcessionStep(Table):
    """One step in the life of a concession; never changed, never deleted. ``number`` says which came first.

    Two who decide at once write the same number, and the database takes one of them.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    concession = models.ForeignKey(Concession, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    note = models.ForeignKey(Note, models.PROTECT, related_name="+", db_index=False, null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, null=True)
    at = models.DateTimeField()
    book_day = models.IntegerField()
    number = models.SmallIntegerField()
    state = models.TextField()
    facts = models.JSONField(default=dict, db_default={})

    rights = AccountScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("account", "concession", "note")
    is_stamped = True

    class Meta:
        db_table = "concession_step"
        constraints = (
            one_of("state", State),
            models.UniqueConstraint(fields=("concession", "number"), name="concession_step_taken_once"),
        )
        indexes = (models.Index(fields=("account",), name="concession_step_by_account"),)


class ReportedPayment(Table):
    """Money paid to the creditor itself, as a collector or an agency reports it; it counts once confirmed.

    So does a correction that takes something off: ``source_kind`` tells it apart, ``source_ref`` says of which entry.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    reported_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    note = models.ForeignKey(Note, models.PROTECT, related_name="+", db_index=False, null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, null=True)
    state = models.TextField(default="reported", db_default="reported")
    amount_minor = models.BigIntegerField()
    value_date = models.DateField()
    reported_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    book_day = models.IntegerField()
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = AccountScoped(
        maker="by_organisation_id",
        changes=("state", "decided_by_id", "decided_at", "entry_id"),
        fixed_but=("state", "decided_by_id", "decided_at", "entry_id"),
    )
    same_owner = ("account", "note")
    is_stamped = True

    class Meta:
        db_table = "reported_payment"
        constraints = (
            one_of("state", REPORT_STATES),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="reported_payment_is_of_money"),
            models.UniqueConstraint(
                fields=("organisation", "source_kind", "source_ref"), name="reported_payment_kept_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "reported_at"), condition=Q(state="reported"), name="reported_payment_waiting"
            ),
            models.Index(fields=("account",), name="reported_payment_by_account"),
        )
