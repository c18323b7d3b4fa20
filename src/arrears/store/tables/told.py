"""What a debtor, or a credit bureau, was told of money, and which of it was set right when it turned out wrong."""

from django.db import models

from arrears.domain.tellings import KINDS, REMEDIES
from arrears.store.columns import Table, one_of
from arrears.store.rights import AccountScoped
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation


class Told(Table):
    """Amounts as they were told once; never changed, never deleted.

    ``known_on`` is the book day open when they were told and ``last_entry`` the newest entry known then, so that
    whatever came later is plain. ``amounts`` are minor units by name; ``terms_mark`` is a digest of the terms by
    which they were computed, ``document_hash`` SHA-256 of the page that was handed over (empty where there was none).
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey("store.Staff", models.PROTECT, related_name="+", db_index=False, null=True)
    kind = models.TextField()
    template = models.TextField(default="", db_default="", blank=True)
    language = models.CharField(max_length=8, default="", db_default="", blank=True)
    as_of = models.DateField()
    known_on = models.IntegerField()
    last_entry = models.BigIntegerField()
    amounts = models.JSONField()
    terms_mark = models.BinaryField()
    document_hash = models.BinaryField()
    at = models.DateTimeField()

    rights = AccountScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("account",)

    class Meta:
        db_table = "told"
        constraints = (
            one_of("kind", KINDS),
            models.UniqueConstraint(fields=("id", "organisation"), name="told_with_owner"),
        )
        indexes = (
            models.Index(fields=("account", "at"), name="told_by_account"),
            models.Index(fields=("organisation", "id"), name="told_by_organisation"),
        )


class ToldRepair(Table):
    """That somebody set right what was told wrong: who, when, how, and the amounts that were right then."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    told = models.ForeignKey(Told, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey("store.Staff", models.PROTECT, related_name="+", db_index=False)
    remedy = models.TextField()
    amounts = models.JSONField()
    at = models.DateTimeField()

    rights = AccountScoped(writer="owner", append_only=True)
    same_owner = ("account", "told")

    class Meta:
        db_table = "told_repair"
        constraints = (
            one_of("remedy", REMEDIES),
            models.UniqueConstraint(fields=("told",), name="told_repaired_once"),
        )
