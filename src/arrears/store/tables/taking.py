"""Taking a payment: links, authorisations and debits, what a provider told us, traces, and receipts over several debts.

No column here holds a card or account number: whoever pays types it on the provider's own page.
"""

from django.db import models
from django.db.models import F, Q

from arrears.domain.takings import Choice, DebitState, Form, LinkState, MandateState, Scheme, TraceState
from arrears.engine.shares import ShareRule
from arrears.store.columns import Table, either, one_of
from arrears.store.rights import AccountScoped, OwnedByOrganisation, PersonScoped
from arrears.store.tables.account import Account, Entry
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff

_LINK_MOVES = ("state", "url", "provider_ref", "settled_at", "entry_id", "reason", "said_at")
_MANDATE_MOVES = (
    "state", "given_at", "copy_given_at", "url", "provider_ref", "provider_customer", "provider_method",
    "provider_mandate", "ended_at", "ended_because", "ended_by_id",
)  # fmt: skip
_DEBIT_MOVES = (
    "state", "told_at", "provider_ref", "presented_at", "settled_at", "entry_id", "reason", "worked_at", "worked_by_id",
    "worked_how", "said_at",
)  # fmt: skip
_TRACE_MOVES = ("state", "deadline_on", "ended_at", "ended_by_id", "ended_because", "entry_id", "told_at")


class PayLink(Table):
    """A page at the provider on which one amount is paid once, before it expires."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    reference = models.TextField()
    choice = models.TextField()
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0, db_default=0)
    currency = models.CharField(max_length=3)
    state = models.TextField(default="making", db_default="making")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    url = models.TextField(default="", db_default="", blank=True)
    provider_ref = models.TextField(default="", db_default="", blank=True)
    said_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", db_default="", blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = AccountScoped(maker="by_organisation_id", changes=_LINK_MOVES, fixed_but=_LINK_MOVES)
    same_owner = ("account", "person", "attempt")

    class Meta:
        db_table = "pay_link"
        constraints = (
            one_of("choice", Choice),
            one_of("state", LinkState),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="pay_link_is_of_money"),
            models.CheckConstraint(
                condition=Q(fee_minor__gte=0) & Q(fee_minor__lt=F("amount_minor")), name="pay_link_fee_within_it"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="pay_link_runs_forward"),
            models.UniqueConstraint(fields=("organisation", "reference"), name="pay_link_referred_once"),
        )
        indexes = (
            models.Index(fields=("account", "made_at"), name="pay_link_by_account"),
            models.Index(
                fields=("organisation", "made_at"),
                condition=Q(state__in=["making", "open", "seen"]),
                name="pay_link_under_way",
            ),
        )


class Mandate(Table):
    """An authorisation to debit, with its evidence: what was said or signed, how, when, by whom, and its bounds."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    made_at = models.DateTimeField()
    reference = models.TextField()
    scheme = models.TextField()
    form = models.TextField()
    words = models.TextField()
    proof = models.TextField(default="", db_default="", blank=True)
    given_at = models.DateTimeField(null=True)
    is_recurring = models.BooleanField()
    most_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    valid_until = models.DateField(null=True)
    copy_given_at = models.DateTimeField(null=True)
    state = models.TextField(default="asked", db_default="asked")
    url = models.TextField(default="", db_default="", blank=True)
    provider_ref = models.TextField(default="", db_default="", blank=True)
    provider_customer = models.TextField(default="", db_default="", blank=True)
    provider_method = models.TextField(default="", db_default="", blank=True)
    provider_mandate = models.TextField(default="", db_default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", db_default="", blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = AccountScoped(writer="owner", changes=_MANDATE_MOVES, fixed_but=_MANDATE_MOVES)
    same_owner = ("account", "person", "attempt")

    class Meta:
        db_table = "mandate"
        constraints = (
            one_of("scheme", Scheme),
            one_of("form", Form),
            one_of("state", MandateState),
            models.CheckConstraint(condition=Q(most_minor__gt=0), name="mandate_is_bounded"),
            models.CheckConstraint(condition=~Q(words=""), name="mandate_keeps_the_words"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(given_at__isnull=False), name="mandate_in_force_was_given"
            ),
            models.CheckConstraint(
                condition=either(Q(ended_at__isnull=False), Q(state__in=["revoked", "expired", "stopped"])),
                name="mandate_ends_once",
            ),
            models.UniqueConstraint(fields=("organisation", "reference"), name="mandate_referred_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="mandate_with_owner"),
        )
        indexes = (
            models.Index(fields=("account", "made_at"), name="mandate_by_account"),
            models.Index(
                fields=("organisation", "made_at"), condition=Q(state__in=["asked", "active"]), name="mandate_alive"
            ),
        )


class Debit(Table):
    """One debit under an authorisation; ``first`` is the one that this presents again."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    first = models.ForeignKey("self", models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    presentation = models.SmallIntegerField(default=1, db_default=1)
    reference = models.TextField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    collect_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    told_at = models.DateTimeField(null=True)
    state = models.TextField(default="asked", db_default="asked")
    provider_ref = models.TextField(default="", db_default="", blank=True)
    presented_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", db_default="", blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, null=True)
    worked_at = models.DateTimeField(null=True)
    worked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    worked_how = models.TextField(default="", db_default="", blank=True)

    rights = AccountScoped(writer="owner", changes=_DEBIT_MOVES, fixed_but=_DEBIT_MOVES)
    same_owner = ("account", "person", "mandate", "first")

    class Meta:
        db_table = "debit"
        constraints = (
            one_of("state", DebitState),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="debit_is_of_money"),
            models.CheckConstraint(
                condition=either(Q(first__isnull=True), Q(presentation=1)), name="debit_repeats_a_first"
            ),
            models.UniqueConstraint(fields=("organisation", "reference"), name="debit_referred_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="debit_with_owner"),
            models.UniqueConstraint(
                fields=("first", "presentation"), condition=Q(first__isnull=False), name="debit_repeated_in_turn"
            ),
        )
        indexes = (
            models.Index(fields=("account", "asked_at"), name="debit_by_account"),
            models.Index(fields=("mandate", "asked_at"), name="debit_by_mandate"),
            models.Index(
                fields=("organisation", "collect_on"),
                condition=Q(state__in=["asked", "presenting", "presented"]),
                name="debit_under_way",
            ),
            models.Index(
                fields=("organisation", "settled_at"),
                condition=Q(state__in=["failed", "returned"]) & Q(worked_at__isnull=True),
                name="debit_failed_unworked",
            ),
        )


class TakingNotice(Table):
    """That a provider told us something, once for each of its messages; never whose card or what name."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    provider_event = models.TextField()
    kind = models.TextField()
    reference = models.TextField()
    happened_at = models.DateTimeField()
    came_at = models.DateTimeField()

    rights = OwnedByOrganisation(append_only=True)

    class Meta:
        db_table = "taking_notice"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "provider_event"), name="taking_notice_kept_once"),
        )
        indexes = (models.Index(fields=("organisation", "came_at"), name="taking_notice_by_day"),)


class Trace(Table):
    """A payment that somebody says was made: which account, how much, when, how, with which proof (P38)."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    opened_at = models.DateTimeField()
    paid_to = models.TextField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    means = models.TextField()
    proof = models.TextField(default="", db_default="", blank=True)
    after_entry = models.BigIntegerField()
    state = models.TextField(default="running", db_default="running")
    deadline_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    ended_because = models.TextField(default="", db_default="", blank=True)
    told_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = AccountScoped(maker="by_organisation_id", changes=_TRACE_MOVES, fixed_but=_TRACE_MOVES)
    same_owner = ("account", "person", "attempt")

    class Meta:
        db_table = "payment_trace"
        constraints = (
            one_of("state", TraceState),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_trace_is_of_money"),
            models.CheckConstraint(
                condition=either(Q(ended_at__isnull=False), Q(state__in=["found", "not_found", "withdrawn"])),
                name="payment_trace_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="found") | Q(entry__isnull=False), name="payment_trace_found_is_posted"
            ),
            models.UniqueConstraint(
                fields=("account",), condition=Q(ended_at__isnull=True), name="payment_trace_one_at_a_time"
            ),
        )
        indexes = (
            models.Index(fields=("account", "opened_at"), name="payment_trace_by_account"),
            models.Index(
                fields=("organisation", "deadline_on"), condition=Q(ended_at__isnull=True), name="payment_trace_running"
            ),
        )


class Receipt(Table):
    """One payment of a person that went to one or several debts; what the debtor directed is kept as said."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    reference = models.TextField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    value_date = models.DateField()
    rule = models.TextField()
    directed = models.JSONField(default=dict, db_default={})
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    reversed_at = models.DateTimeField(null=True)
    reversed_because = models.TextField(default="", db_default="", blank=True)

    rights = PersonScoped(
        writer="owner",
        changes=("reversed_at", "reversed_because"),
        fixed_but=("reversed_at", "reversed_because"),
    )
    same_owner = ("person",)

    class Meta:
        db_table = "receipt"
        constraints = (
            one_of("rule", ShareRule),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_is_of_money"),
            models.UniqueConstraint(fields=("organisation", "reference"), name="receipt_posted_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="receipt_with_owner"),
        )
        indexes = (models.Index(fields=("organisation", "posted_at"), name="receipt_by_day"),)


class ReceiptPart(Table):
    """What of a receipt went to one debt, as one payment entry."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount_minor = models.BigIntegerField()
    said_minor = models.BigIntegerField(default=0, db_default=0)
    credit_minor = models.BigIntegerField(default=0, db_default=0)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False)

    rights = AccountScoped(writer="owner", append_only=True)
    same_owner = ("receipt", "account")

    class Meta:
        db_table = "receipt_part"
        constraints = (
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_part_is_of_money"),
            models.UniqueConstraint(fields=("receipt", "account"), name="receipt_part_once_a_debt"),
            models.UniqueConstraint(fields=("entry",), name="receipt_part_of_one_entry"),
        )
