"""History: what happened, and the seals that make a changed, dropped or truncated past show."""

from django.db import models

from arrears.store import columns
from arrears.store.columns import Table
from arrears.store.rights import SCOPE, OwnedByOrganisation, Special, account_reached, person_reached
from arrears.store.tables.organisation import Organisation


class Event(Table):
    """What happened, in the past tense; append-only, digested at write, sealed every few minutes.

    ``facts`` hold codes, ids and amounts only: a name or a note sits in a row of its own that can be erased.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    staff = models.ForeignKey("store.Staff", models.PROTECT, related_name="+", db_index=False, null=True)
    account = models.ForeignKey(
        "store.Account", models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    person = models.ForeignKey(
        "store.Person", models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    at = models.DateTimeField()
    book_day = models.IntegerField()
    facts = models.JSONField(default=dict, db_default={})
    salt = columns.salt()
    digest = columns.digest(
        columns.whole("organisation_id"),
        columns.whole("by_organisation_id"),
        columns.whole("staff_id"),
        columns.whole("account_id"),
        columns.whole("person_id"),
        columns.words("kind"),
        columns.instant("at"),
        columns.whole("book_day"),
        columns.facts("facts"),
    )

    # A holder tells the owner what it did, and goes on seeing what it told.
    rights = Special(
        seen=f"{{t}}.organisation_id = {SCOPE} OR {{t}}.by_organisation_id = {SCOPE}",
        written=f"{{t}}.by_organisation_id = {SCOPE} AND ({{t}}.organisation_id = {SCOPE} "
        f"OR {account_reached('{t}.account_id')} OR {person_reached('{t}.person_id')})",
        append_only=True,
    )
    same_owner = ("account", "person")
    is_stamped = True

    class Meta:
        db_table = "event"
        indexes = (
            models.Index(fields=("organisation", "id"), name="event_by_organisation"),
            models.Index(fields=("account", "id"), name="event_by_account"),
            models.Index(fields=("person", "id"), name="event_by_person"),
        )


class Seal(Table):
    """A Merkle root over the history an organisation added since the seal before, chained to that one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    sealed_at = models.DateTimeField()
    entries_to = models.BigIntegerField()
    events_to = models.BigIntegerField()
    attempts_to = models.BigIntegerField()
    rows = models.BigIntegerField()
    root = models.BinaryField()
    chained = models.BinaryField()

    rights = OwnedByOrganisation(append_only=True)

    class Meta:
        db_table = "seal"
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="seal_numbered_once"),)
