"""Organisations: creditors, agencies, law firms, the house itself."""

from django.db import models
from django.db.models import Q

from arrears.store.columns import Table, one_of
from arrears.store.rights import SCOPE, ReadByHolders, Special

KINDS = ("creditor", "agency", "law_firm", "house")

#: One sees oneself, those whose accounts one was given, and those to whom one gave accounts.
_SEEN = "EXISTS (SELECT 1 FROM public.access seen WHERE"
_KNOWN = (
    f"{{t}}.id = {SCOPE} OR {_SEEN} seen.organisation_id = {SCOPE} AND seen.owner_id = {{t}}.id) "
    f"OR {_SEEN} seen.owner_id = {SCOPE} AND seen.organisation_id = {{t}}.id)"
)


class Organisation(Table):
    """A creditor, an agency, a law firm or the house itself."""

    name = models.TextField()
    kind = models.TextField()
    country = models.CharField(max_length=2)
    timezone = models.TextField()
    language = models.CharField(max_length=8)
    settings = models.JSONField(default=dict, db_default={})

    rights = Special(seen=_KNOWN, written=f"{{t}}.id = {SCOPE}", changes=("name", "timezone", "language", "settings"))

    class Meta:
        db_table = "organisation"
        constraints = (one_of("kind", KINDS),)


class BookDay(Table):
    """A numbered day of an organisation's book; at most one is open, and writers stamp its number."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    day = models.IntegerField()
    business_date = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    # A holder posts into the owner's book, so it reads which of the owner's days is open.
    rights = ReadByHolders(changes=("closed_at",), fixed_but=("closed_at",))

    class Meta:
        db_table = "book_day"
        constraints = (
            models.UniqueConstraint(fields=("organisation", "day"), name="book_day_numbered_once"),
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(closed_at__isnull=True), name="book_day_one_open"
            ),
            models.CheckConstraint(condition=Q(day__gte=1), name="book_day_from_one"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=models.F("opened_at")),
                name="book_day_closes_after_it_opens",
            ),
        )


class Access(Table):
    """Who besides its owner may see an account, from when until when, and how much of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey("store.Account", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    scope = models.TextField()

    rights = Special(
        seen=f"{{t}}.organisation_id = {SCOPE} OR {{t}}.owner_id = {SCOPE}",
        written=f"{{t}}.owner_id = {SCOPE}",
        changes=("until_on",),
        fixed_but=("until_on",),
    )
    same_owner = ("account",)
    owner_column = "owner_id"

    class Meta:
        db_table = "access"
        constraints = (
            one_of("scope", ("owner", "holder", "after_recall")),
            models.UniqueConstraint(fields=("account", "organisation", "scope", "from_on"), name="access_given_once"),
            models.UniqueConstraint(
                fields=("account", "organisation"), condition=Q(until_on__isnull=True), name="access_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")), name="access_runs_forward"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "owner"), name="access_by_holder"),
            models.Index(fields=("owner", "organisation"), name="access_by_owner"),
        )
