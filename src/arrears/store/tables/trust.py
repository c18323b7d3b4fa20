"""Clients' money: bank accounts that hold it, a ledger for each client, and what the bank says came and went.

A client's ledger is numbered lines, each with the balance after it. The database numbers and sums them under a lock of
the client, and refuses a line that would leave less than nothing: nobody's money pays for somebody else.
"""

from typing import Final

from django.db import models
from django.db.models import Q

from arrears.store.columns import Table, one_of
from arrears.store.rights import OwnedByOrganisation
from arrears.store.tables.books import Journal
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff
from arrears.store.tables.statement import BankAccount

TRUST_KINDS: Final = ("receipt", "return", "remittance", "commission", "funding", "refund")

_RUNNING: Final = """
CREATE OR REPLACE FUNCTION public.keep_trust_running() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('trust client ' || new.client_id, 0));
    SELECT l.number, l.balance_minor INTO before FROM public.trust_line l
        WHERE l.client_id = new.client_id ORDER BY l.number DESC LIMIT 1;
    new.number := coalesce(before.number, 0) + 1;
    new.balance_minor := coalesce(before.balance_minor, 0) + new.amount_minor;
    RETURN new;
END $$"""


class TrustAccount(Table):
    """A bank account that holds clients' money alone; statements come for ``bank_account``."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    currency = models.CharField(max_length=3)
    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )

    rights = OwnedByOrganisation(changes=("name", "bank_account_id"))
    same_owner = ("bank_account",)

    class Meta:
        db_table = "trust_account"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "name"), name="trust_account_named_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="trust_account_with_owner"),
        )


class TrustClient(Table):
    """A client whose money lies on a trust account; its ledger is its `TrustLine` rows."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    trust_account = models.ForeignKey(
        TrustAccount, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    client = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)

    rights = OwnedByOrganisation()
    same_owner = ("trust_account",)

    class Meta:
        db_table = "trust_client"
        constraints = (
            models.UniqueConstraint(fields=("trust_account", "client"), name="trust_client_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="trust_client_with_owner"),
        )


class TrustLine(Table):
    """Money of a client that came onto the trust account (above zero) or left it; the database numbers and sums."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    client = models.ForeignKey(TrustClient, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    number = models.IntegerField(default=0)
    kind = models.TextField()
    amount_minor = models.BigIntegerField()
    balance_minor = models.BigIntegerField(default=0)
    value_date = models.DateField()
    book_day = models.IntegerField()
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    source_kind = models.TextField()
    source_ref = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = OwnedByOrganisation(append_only=True)
    same_owner = ("client", "journal")
    is_stamped = True
    guards = (
        _RUNNING,
        "DROP TRIGGER IF EXISTS running ON public.trust_line",
        (
            "CREATE TRIGGER running BEFORE INSERT ON public.trust_line FOR EACH ROW "
            "EXECUTE FUNCTION public.keep_trust_running()"
        ),
    )

    class Meta:
        db_table = "trust_line"
        constraints = (
            one_of("kind", TRUST_KINDS),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="trust_line_is_of_money"),
            models.CheckConstraint(condition=Q(balance_minor__gte=0), name="trust_client_never_below_zero"),
            models.UniqueConstraint(fields=("client", "number"), name="trust_line_numbered_once"),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="trust_line_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="trust_line_with_owner"),
        )


class TrustBankLine(Table):
    """What the bank says of a trust account: a line booked, or (``is_balance``) the balance at the end of a day.

    ``trust_line`` is what it is in our book, once somebody or something has found it.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    trust_account = models.ForeignKey(
        TrustAccount, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    trust_line = models.ForeignKey(
        TrustLine, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    booked_on = models.DateField()
    amount_minor = models.BigIntegerField()
    is_balance = models.BooleanField(default=False, db_default=False)
    words = models.TextField(default="", db_default="", blank=True)
    source_ref = models.TextField()

    rights = OwnedByOrganisation(changes=("trust_line_id",), fixed_but=("trust_line_id",))
    same_owner = ("trust_account", "trust_line")

    class Meta:
        db_table = "trust_bank_line"
        constraints = (
            models.UniqueConstraint(fields=("trust_account", "source_ref"), name="trust_bank_line_once"),
            models.UniqueConstraint(
                fields=("trust_line",), condition=Q(trust_line__isnull=False), name="trust_bank_line_for_one"
            ),
        )
