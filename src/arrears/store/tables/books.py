"""Double entry: the accounts of the books, periods, journals and their lines, and what of each debt is posted.

Nothing here is ever changed but the state of a period and the row that says what of a debt is posted. That a journal
balances, that it goes into an open period and that its lines come with it, the database keeps by itself.
"""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from arrears.store.columns import Table, list_of_words, one_of
from arrears.store.fixed import fields_of
from arrears.store.layouts_books import POSTED, PURPOSE_COLUMNS
from arrears.store.rights import OwnedByOrganisation
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff

GL_KINDS: Final = ("asset", "liability", "equity", "income", "expense")
JOURNAL_KINDS: Final = ("opening", "posting", "accrual", "adjustment", "suspense", "trust", "commission")

#: Asked at the end of the transaction, when all lines are there; whoever writes.
_BALANCED: Final = """
CREATE OR REPLACE FUNCTION public.keep_balanced() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.journal_line l WHERE l.journal_id = new.journal_id
               GROUP BY l.currency HAVING sum(l.amount_minor) <> 0) THEN
        RAISE EXCEPTION 'journal % does not balance', new.journal_id
            USING ERRCODE = 'integrity_constraint_violation', HINT = 'Debits and credits of a currency must be equal.';
    END IF;
    RETURN NULL;
END $$"""
_WITH_ITS_JOURNAL: Final = """
CREATE OR REPLACE FUNCTION public.keep_with_its_journal() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added l WHERE NOT EXISTS (SELECT 1 FROM public.journal j WHERE j.id = l.journal_id
               AND j.made_in = pg_current_xact_id()::text::bigint)) THEN
        RAISE EXCEPTION 'a journal that stands takes no more lines' USING ERRCODE = 'restrict_violation',
            HINT = 'Post another journal.';
    END IF;
    RETURN NULL;
END $$"""
_OPEN_PERIOD: Final = """
CREATE OR REPLACE FUNCTION public.keep_to_open_period() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added j WHERE NOT EXISTS (SELECT 1 FROM public.period p WHERE p.id = j.period_id
               AND p.state = 'open')) THEN
        RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'restrict_violation',
            HINT = 'Post into an open period; a journal may say which period it concerns.';
    END IF;
    RETURN NULL;
END $$"""
_STAYS_CLOSED: Final = """
CREATE OR REPLACE FUNCTION public.keep_closed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF old.state = 'closed' THEN
        RAISE EXCEPTION 'a closed period is never opened again' USING ERRCODE = 'restrict_violation',
            HINT = 'Adjust in the open period.';
    END IF;
    RETURN new;
END $$"""


class GlAccount(Table):
    """An account of an organisation's books; ``purposes`` are the flows that are posted to it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    code = models.TextField()
    kind = models.TextField()
    names = models.JSONField(default=dict, db_default={})
    purposes = list_of_words()

    rights = OwnedByOrganisation(changes=("names",), fixed_but=("names",))

    class Meta:
        db_table = "gl_account"
        constraints = (
            one_of("kind", GL_KINDS),
            models.UniqueConstraint(fields=("organisation", "code"), name="gl_account_coded_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="gl_account_with_owner"),
        )


class Period(Table):
    """A month of an organisation's books; closed, it stays as it is and later news adjusts an open one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.TextField(default="open", db_default="open")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = OwnedByOrganisation(
        changes=("state", "closed_at", "closed_by_id"), fixed_but=("state", "closed_at", "closed_by_id")
    )
    guards = (
        _STAYS_CLOSED,
        "DROP TRIGGER IF EXISTS stays_closed ON public.period",
        "CREATE TRIGGER stays_closed BEFORE UPDATE ON public.period FOR EACH ROW EXECUTE FUNCTION public.keep_closed()",
    )

    class Meta:
        db_table = "period"
        constraints = (
            one_of("state", ("open", "closed")),
            models.UniqueConstraint(fields=("organisation", "from_on"), name="period_begins_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="period_with_owner"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="period_runs_forward"),
        )


class Journal(Table):
    """Why something was posted: the book day, the period, the kind; and the closed period that it sets right, if any.

    ``account`` is the debt it is about where it is about one; ``accounts`` how many debts it sums up.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    book_day = models.IntegerField()
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    concerns = models.ForeignKey(
        Period, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    why = models.TextField(default="", db_default="", blank=True)
    accounts = models.IntegerField(default=0, db_default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    source_ref = models.TextField(default="", db_default="", blank=True)
    made_in = models.BigIntegerField(db_default=RawSQL("(pg_current_xact_id()::text)::bigint", ()), editable=False)

    rights = OwnedByOrganisation(append_only=True)
    same_owner = ("period", "concerns", "account")
    is_stamped = True
    guards = (
        _OPEN_PERIOD,
        "DROP TRIGGER IF EXISTS period_is_open ON public.journal",
        (
            "CREATE TRIGGER period_is_open AFTER INSERT ON public.journal REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION public.keep_to_open_period()"
        ),
    )

    class Meta:
        db_table = "journal"
        constraints = (
            one_of("kind", JOURNAL_KINDS),
            models.UniqueConstraint(fields=("id", "organisation"), name="journal_with_owner"),
            models.UniqueConstraint(
                fields=("organisation", "kind", "source_ref"),
                condition=~Q(source_ref=""),
                name="journal_posted_once",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "period", "id"), name="journal_by_period"),
            models.Index(fields=("account", "id"), condition=Q(account__isnull=False), name="journal_by_account"),
        )


class JournalLine(Table):
    """An amount on an account of the books in one currency: above zero a debit, below zero a credit."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    gl_account = models.ForeignKey(GlAccount, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()

    rights = OwnedByOrganisation(append_only=True)
    same_owner = ("journal", "gl_account")
    guards = (
        _BALANCED,
        "DROP TRIGGER IF EXISTS balanced ON public.journal_line",
        (
            "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON public.journal_line DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION public.keep_balanced()"
        ),
        _WITH_ITS_JOURNAL,
        "DROP TRIGGER IF EXISTS with_its_journal ON public.journal_line",
        (
            "CREATE TRIGGER with_its_journal AFTER INSERT ON public.journal_line REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION public.keep_with_its_journal()"
        ),
    )

    class Meta:
        db_table = "journal_line"
        constraints = (
            models.UniqueConstraint(fields=("journal", "gl_account", "currency"), name="journal_line_once"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="journal_line_is_of_money"),
        )
        indexes = (models.Index(fields=("gl_account", "journal"), name="journal_line_by_gl_account"),)


class AccountPosted(Table):
    """What of one debt's flows is posted, by purpose, debits above zero; as of which day and through which entry."""

    account = models.OneToOneField(
        Account, models.PROTECT, related_name="+", primary_key=True, db_column="account", db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    locals().update(fields_of(POSTED, but=("account", "organisation_id")))

    rights = OwnedByOrganisation(changes="*")
    same_owner = ("account",)

    class Meta:
        db_table = "account_posted"
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    **{PURPOSE_COLUMNS[0]: -sum((F(name) for name in PURPOSE_COLUMNS[2:]), F(PURPOSE_COLUMNS[1]))}
                ),
                name="account_posted_balances",
            ),
        )
        indexes = (models.Index(fields=("organisation", "as_of"), name="account_posted_by_day"),)
