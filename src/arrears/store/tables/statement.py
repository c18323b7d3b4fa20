"""Bank statements: the organisation's accounts, what banks said of them, and whose money each line was found to be.

What a bank said stands: only what was decided about a line changes, in columns of its own. A line that no debt was
found for is money in suspense, counted until somebody decides. The payer's account is kept sealed.
"""

from django.db import models
from django.db.models import Q

from arrears.domain.contacts import Role
from arrears.store.columns import Table, one_of
from arrears.store.rights import OwnedByOrganisation
from arrears.store.tables.account import Account, Entry
from arrears.store.tables.feed import ImportBatch
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff

#: ``suspense``, ``parked`` and ``refund_due`` are money that no debt got; ``outgoing`` and ``pending`` are not ours to
#: post; ``returned`` took a payment back, ``return_open`` is a return that found none.
LINE_STATES = (
    "suspense", "parked", "refund_due", "posted", "not_ours", "outgoing", "pending", "returned", "return_open",
)  # fmt: skip
IN_SUSPENSE = ("suspense", "parked", "refund_due")
WAITING = ("suspense", "parked", "return_open")
DECIDED = ("state", "decided_by_id", "decided_at", "note")
_ERASED = ("payer_name", "remittance", "payer_sealed")


class BankAccount(Table):
    """An account of the organisation at a bank; its number is sealed and found by a keyed index."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    currency = models.CharField(max_length=3)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField()
    since = models.DateTimeField()

    rights = OwnedByOrganisation(changes=("name",))

    class Meta:
        db_table = "bank_account"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number_index", "currency"), name="bank_account_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="bank_account_with_owner"),
        )


class Statement(Table):
    """One statement out of a file: the same file, or the same statement of an account in another, comes in once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    place = models.IntegerField()
    file_hash = models.BinaryField()
    source_format = models.TextField()
    kind = models.TextField()
    number = models.TextField(default="", db_default="", blank=True)
    currency = models.CharField(max_length=3)
    opening_minor = models.BigIntegerField(null=True)
    opening_on = models.DateField(null=True)
    closing_minor = models.BigIntegerField(null=True)
    closing_on = models.DateField(null=True)
    total_minor = models.BigIntegerField()
    lines = models.IntegerField()
    lines_new = models.IntegerField()
    told_lines = models.IntegerField(default=0, db_default=0)
    told_misled = models.IntegerField(default=0, db_default=0)
    taken_at = models.DateTimeField()

    rights = OwnedByOrganisation(append_only=True)
    same_owner = ("batch", "bank_account")

    class Meta:
        db_table = "statement"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "file_hash", "place"), name="statement_file_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="statement_with_owner"),
        )
        indexes = (
            models.Index(fields=("bank_account", "closing_on"), name="statement_by_account"),
            models.Index(fields=("organisation", "taken_at"), name="statement_by_day"),
        )


class StatementLine(Table):
    """One payment that a bank told of; ``line_key`` is the same in every file that tells of it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    place = models.IntegerField()
    line_key = models.TextField()
    booked_on = models.DateField(null=True)
    value_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    said_references = models.JSONField(default=list, db_default=[])
    payer_name = models.TextField(default="", db_default="", blank=True)
    payer_sealed = models.BinaryField(null=True)
    payer_index = models.BinaryField(null=True)
    remittance = models.TextField(default="", db_default="", blank=True)
    bank_code = models.TextField(default="", db_default="", blank=True)
    is_return = models.BooleanField(default=False, db_default=False)
    return_reason = models.TextField(default="", db_default="", blank=True)
    returned_ref = models.TextField(default="", db_default="", blank=True)
    state = models.TextField()
    note = models.TextField(default="", db_default="", blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    decided_at = models.DateTimeField(null=True)

    rights = OwnedByOrganisation(changes=(*DECIDED, *_ERASED), fixed_but=(*DECIDED, *_ERASED))
    same_owner = ("statement", "bank_account")

    class Meta:
        db_table = "statement_line"
        constraints = (
            one_of("state", LINE_STATES),
            models.UniqueConstraint(fields=("organisation", "line_key"), name="statement_line_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="statement_line_with_owner"),
        )
        indexes = (
            models.Index(fields=("statement", "place"), name="statement_line_by_statement"),
            models.Index(fields=("organisation", "amount_minor", "value_on"), name="statement_line_by_amount"),
            models.Index(
                fields=("organisation", "value_on"),
                name="statement_line_waiting",
                condition=Q(state__in=["suspense", "parked", "refund_due", "return_open"]),
            ),
        )


class LineMatch(Table):
    """A debt that got (a part of) a line's money: how it was found, with which score and reasons, and who undid it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(StatementLine, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False)
    amount_minor = models.BigIntegerField()
    how = models.TextField()
    score_ppm = models.IntegerField()
    reasons = models.JSONField(default=list, db_default=[])
    payer_role = models.TextField(default="debtor", db_default="debtor")
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.TextField(default="", db_default="", blank=True)

    rights = OwnedByOrganisation(
        changes=("undone_by_id", "undone_at", "undone_because"),
        fixed_but=("undone_by_id", "undone_at", "undone_because"),
    )
    same_owner = ("line", "account")

    class Meta:
        db_table = "line_match"
        constraints = (
            one_of("how", ("auto", "split", "hand", "return")),
            one_of("payer_role", Role),
            models.UniqueConstraint(fields=("entry",), name="line_match_of_one_entry"),
        )
        indexes = (
            models.Index(fields=("line",), name="line_match_by_line"),
            models.Index(fields=("account", "made_at"), name="line_match_by_account"),
        )


class LineCandidate(Table):
    """A debt that a waiting line may be for, best first; ``parts`` are the debts and amounts of a split."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(StatementLine, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    rank = models.SmallIntegerField()
    score_ppm = models.IntegerField()
    reasons = models.JSONField(default=list, db_default=[])
    parts = models.JSONField(default=list, db_default=[])

    rights = OwnedByOrganisation(append_only=True)
    same_owner = ("line", "account")

    class Meta:
        db_table = "line_candidate"
        constraints = (models.UniqueConstraint(fields=("line", "rank"), name="line_candidate_ranked_once"),)
