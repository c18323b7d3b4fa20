"""Notices that the law wants a person to be sent: as they were made, when they went, and whether they came back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from arrears.domain.notices import NoticeKind
from arrears.store import columns
from arrears.store.columns import Table, one_of
from arrears.store.rights import PersonScoped
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.staff import Staff

#: What is still learnt of a notice after it was made: that it went, arrived, came back, or will not go at all.
LEARNT = (
    "sent_at",
    "attempt_id",
    "message_ref",
    "received_on",
    "period_ends",
    "undeliverable_at",
    "undeliverable_because",
    "dropped_at",
    "dropped_because",
)


class Notice(Table):
    """One notice to one person about ``accounts`` (empty: about all of theirs). Its words stand as they were made.

    ``sent_at`` is empty while it waits to go; ``printed_ends`` is the end of the period that its own words name, and
    ``period_ends`` the end in law, counted from when it went and never before that. ``message_ref`` is what the sender
    knows it by. ``answers_id`` is the hold (a dispute, a request) that it answers.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    kind = models.TextField()
    contents = models.TextField()
    accounts = ArrayField(models.BigIntegerField())
    language = models.CharField(max_length=8)
    method = models.TextField()
    words = models.JSONField(default=dict, db_default={})
    facts = models.JSONField(default=dict, db_default={})
    document_hash = models.BinaryField()
    made_at = models.DateTimeField()
    answers_id = models.BigIntegerField(null=True)
    printed_ends = models.DateField(null=True)
    opt_out_by = models.DateField(null=True)
    message_ref = models.TextField(default="", db_default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    period_ends = models.DateField(null=True)
    undeliverable_at = models.DateTimeField(null=True)
    undeliverable_because = models.TextField(default="", db_default="", blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.TextField(default="", db_default="", blank=True)
    salt = columns.salt()
    digest = columns.digest(
        columns.whole("organisation_id"),
        columns.whole("by_organisation_id"),
        columns.whole("person_id"),
        columns.whole("contact_point_id"),
        columns.words("kind"),
        columns.words("contents"),
        columns.words("language"),
        columns.words("method"),
        columns.facts("words"),
        columns.instant("made_at"),
    )

    rights = PersonScoped(maker="by_organisation_id", changes=LEARNT, fixed_but=LEARNT)
    same_owner = ("person", "contact_point", "attempt")

    class Meta:
        db_table = "notice"
        constraints = (
            one_of("kind", NoticeKind),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("made_at")), name="notice_goes_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(undeliverable_at__isnull=True) | Q(sent_at__isnull=False),
                name="notice_comes_back_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(sent_at__isnull=True), name="notice_sent_is_not_dropped"
            ),
            models.UniqueConstraint(fields=("id", "organisation"), name="notice_with_owner"),
            models.UniqueConstraint(
                fields=("attempt",), condition=Q(attempt__isnull=False), name="notice_goes_by_one_attempt"
            ),
        )
        indexes = (
            models.Index(fields=("person", "id"), name="notice_by_person"),
            models.Index(
                fields=("organisation", "made_at"),
                name="notice_waiting",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            ),
        )
