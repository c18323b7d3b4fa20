"""Products, accounts, who is party to them, and the entries from which everything about money is derived."""

from django.db import models
from django.db.models import F, Q

from arrears.domain.contacts import DisclosureBasis, Role
from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.store import columns
from arrears.store.columns import Table, one_of
from arrears.store.rights import AccountScoped, PersonScoped, ReadByHolders
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person

STATUSES = ("open", "paid", "settled", "written_off", "sold", "closed")


class Product(Table):
    """A kind of debt and its terms: tolerance, waterfall, late charge, bank days, returns days."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    code = models.TextField()
    name = models.TextField()
    debt_kind = models.TextField()
    consumer_purpose = models.BooleanField(null=True)
    currency = models.CharField(max_length=3)
    terms = models.JSONField(default=dict, db_default={})

    # A holder reads the terms by which the debt it collects is computed.
    rights = ReadByHolders(changes=("name", "terms"))

    class Meta:
        db_table = "product"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="product_coded_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="product_with_owner"),
        )


class Account(Table):
    """One debt."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.TextField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    currency = models.CharField(max_length=3)
    opened_on = models.DateField()
    original_minor = models.BigIntegerField()
    default_on = models.DateField(null=True)
    status = models.TextField(default="open", db_default="open")
    country = models.CharField(max_length=2)
    region = models.TextField(default="", db_default="", blank=True)
    facts = models.JSONField(default=dict, db_default={})

    rights = AccountScoped(
        column="id", writer="owner", changes=("person_id", "default_on", "status", "country", "region", "facts")
    )
    same_owner = ("product", "person")

    class Meta:
        db_table = "account"
        constraints = (
            one_of("status", STATUSES),
            models.UniqueConstraint(fields=("organisation", "number"), name="account_numbered_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="account_with_owner"),
            models.CheckConstraint(condition=Q(original_minor__gte=0), name="account_original_not_negative"),
        )
        indexes = (
            models.Index(fields=("person",), name="account_by_person"),
            models.Index(fields=("organisation", "status"), name="account_by_status"),
        )


class AccountParty(Table):
    """A person's part in an account, and on what ground they may be told of it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    role = models.TextField()
    disclosure_basis = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    rights = AccountScoped(writer="owner", changes=("disclosure_basis", "until_on"))
    same_owner = ("account", "person")

    class Meta:
        db_table = "account_party"
        constraints = (
            one_of("role", Role),
            one_of("disclosure_basis", DisclosureBasis),
            models.UniqueConstraint(fields=("person", "account", "role", "from_on"), name="account_party_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="account_party_runs_forward"
            ),
        )
        indexes = (models.Index(fields=("account",), name="account_party_by_account"),)


class Entry(Table):
    """A dated fact about an account's money; never changed, never deleted. ``kind`` is the ledger's small code."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount_minor = models.BigIntegerField()
    principal_minor = models.BigIntegerField(default=0, db_default=0)
    value_date = models.DateField()
    book_day = models.IntegerField()
    detail = models.IntegerField(default=0, db_default=0)
    kind = models.SmallIntegerField()
    reverses = models.ForeignKey("self", models.PROTECT, related_name="+", db_index=False, null=True)
    instruction = models.JSONField(null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()
    posted_by = models.ForeignKey("store.Staff", models.PROTECT, related_name="+", db_index=False, null=True)
    salt = columns.salt()
    digest = columns.digest(
        columns.whole("organisation_id"),
        columns.whole("account_id"),
        columns.whole("amount_minor"),
        columns.whole("principal_minor"),
        columns.day("value_date"),
        columns.whole("book_day"),
        columns.whole("kind"),
        columns.whole("detail"),
        columns.whole("reverses_id"),
        columns.facts("instruction"),
        columns.words("source_kind"),
        columns.words("source_ref"),
        columns.whole("posted_by_id"),
    )

    rights = AccountScoped(writer="owner", append_only=True)
    same_owner = ("account",)
    is_stamped = True

    class Meta:
        db_table = "entry"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="entry_posted_once"),
            models.UniqueConstraint(
                fields=("reverses",), condition=Q(reverses__isnull=False), name="entry_reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EntryKind]), name="entry_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(book_day__gte=1), name="entry_book_day_from_one"),
        )
        indexes = (
            models.Index(fields=("account", "value_date", "id"), name="entry_by_account"),
            models.Index(
                fields=("value_date",),
                name="entry_cash_by_day",
                condition=Q(kind__in=sorted(int(kind) for kind in CASH_KINDS)),
            ),
        )


class Touched(Table):
    """An account that something happened to on a book day; what the night reads."""

    pk = models.CompositePrimaryKey("organisation_id", "book_day", "account_id")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    book_day = models.IntegerField()

    rights = AccountScoped()
    same_owner = ("account",)
    is_stamped = True

    class Meta:
        db_table = "touched"


class Note(Table):
    """Words that somebody wrote about an account or person; can be erased while the digest stays."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey("store.Attempt", models.PROTECT, related_name="+", db_index=False, null=True)
    staff = models.ForeignKey("store.Staff", models.PROTECT, related_name="+", db_index=False, null=True)
    at = models.DateTimeField()
    words = models.TextField()
    language = models.CharField(max_length=8, default="", db_default="", blank=True)
    erased_at = models.DateTimeField(null=True)

    rights = PersonScoped(maker="by_organisation_id", changes=("words", "erased_at"))
    same_owner = ("account", "person")

    class Meta:
        db_table = "note"
        constraints = (models.UniqueConstraint(fields=("id", "organisation"), name="note_with_owner"),)
        indexes = (models.Index(fields=("person", "at"), name="note_by_person"),)
