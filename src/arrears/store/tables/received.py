"""Received texts: replies, letters, complaints as they came, what they were sorted into, what it led to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from arrears.domain.contacts import Channel
from arrears.domain.received import ReceivedState
from arrears.store.columns import Table, one_of
from arrears.store.rights import PersonScoped
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.staff import Staff

#: What is still learnt of a text after it came: whose it is, what it says, what was made of it. Words can be erased.
LEARNT = (
    "organisation_id",
    "person_id",
    "contact_point_id",
    "attempt_id",
    "accounts",
    "address",
    "found",
    "urgency",
    "state",
    "taken_by_id",
    "taken_at",
    "done_by_id",
    "done_at",
    "words",
    "erased_at",
)


class Received(Table):
    """One text as it came in. Until it is known whose it is, it belongs to the organisation that received it.

    ``found`` holds a category each: how certain, the places of the words that show it and the rule that read them so,
    what was said beside it, what sorting set off (``effect``), and the ruling of a human (who, when). The words stand
    here alone, so that erasing them erases them.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    accounts = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    channel = models.TextField()
    address = models.TextField(default="", db_default="", blank=True)
    words = models.TextField()
    language = models.CharField(max_length=8)
    found = models.JSONField(default=list, db_default=[])
    rules_version = models.TextField()
    has_model = models.BooleanField(default=False, db_default=False)
    urgency = models.SmallIntegerField()
    state = models.TextField(default=ReceivedState.WAITING.value, db_default=ReceivedState.WAITING.value)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    taken_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    done_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = PersonScoped(maker="by_organisation_id", changes=LEARNT, fixed_but=LEARNT)
    same_owner: ClassVar[tuple[str, ...]] = ("person", "contact_point", "attempt")

    class Meta:
        db_table = "received"
        constraints = (
            one_of("state", ReceivedState),
            one_of("channel", Channel),
            models.CheckConstraint(
                condition=Q(state=ReceivedState.DONE.value, done_at__isnull=False)
                | (~Q(state=ReceivedState.DONE.value) & Q(done_at__isnull=True)),
                name="received_done_has_its_instant",
            ),
            models.UniqueConstraint(
                fields=("by_organisation", "source_kind", "source_ref"), name="received_comes_once"
            ),
        )
        indexes = (
            models.Index(fields=("person", "received_at"), name="received_by_person"),
            models.Index(
                fields=("organisation", "urgency", "received_at"),
                name="received_waiting",
                condition=~Q(state=ReceivedState.DONE.value),
            ),
        )
