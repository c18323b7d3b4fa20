"""What came in from outside: import batches and the lines of payment feeds."""

from django.db import models
from django.db.models import Q

from arrears.store.columns import Table, one_of
from arrears.store.rights import OwnedByOrganisation
from arrears.store.tables.account import Account, Entry
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff


class ImportBatch(Table):
    """One file brought in: what it was, how its columns were read, what came of its rows."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    file_name = models.TextField()
    file_hash = models.BinaryField()
    mapping = models.JSONField(default=dict, db_default={})
    state = models.TextField(default="running", db_default="running")
    rows_read = models.BigIntegerField(default=0, db_default=0)
    rows_new = models.BigIntegerField(default=0, db_default=0)
    rows_known = models.BigIntegerField(default=0, db_default=0)
    rows_refused = models.BigIntegerField(default=0, db_default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = OwnedByOrganisation(
        changes=("state", "rows_read", "rows_new", "rows_known", "rows_refused", "finished_at")
    )

    class Meta:
        db_table = "import_batch"
        constraints = (
            one_of("state", ("running", "done", "failed")),
            models.UniqueConstraint(fields=("id", "organisation"), name="import_batch_with_owner"),
        )
        indexes = (models.Index(fields=("organisation", "started_at"), name="import_batch_by_start"),)


class PaymentLine(Table):
    """One line of a payment feed, and what was found out about it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    line = models.IntegerField()
    source_ref = models.TextField()
    value_date = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.TextField(default="", db_default="", blank=True)
    payer = models.TextField(default="", db_default="", blank=True)
    state = models.TextField()
    reason = models.TextField(default="", db_default="", blank=True)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    decided_at = models.DateTimeField(null=True)

    rights = OwnedByOrganisation(changes=("state", "reason", "account_id", "entry_id", "decided_by_id", "decided_at"))
    same_owner = ("batch", "account")

    class Meta:
        db_table = "payment_line"
        constraints = (
            one_of("state", ("matched", "unmatched", "by_hand", "returned")),
            models.UniqueConstraint(fields=("organisation", "source_ref"), name="payment_line_kept_once"),
            models.CheckConstraint(
                condition=Q(state="unmatched") | Q(entry__isnull=False), name="payment_line_matched_is_posted"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "value_date"), name="payment_line_by_day"),
            models.Index(
                fields=("organisation", "value_date"), condition=Q(state="unmatched"), name="payment_line_unmatched"
            ),
        )
