"""What was told of messages after they were handed over: that they came back, are late, or met a machine."""

from django.db import models
from django.db.models import Q

from arrears.domain.delivery_reports import ReportKind, ReturnReason
from arrears.store.columns import Table, one_of
from arrears.store.rights import PersonScoped
from arrears.store.tables.contact import Attempt
from arrears.store.tables.message import Message
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.staff import Staff


class DeliveryReport(Table):
    """One report about one message, for good. ``status`` is the code of RFC 3463, ``reason`` the post's own.

    ``said`` is the reporter's word; ``is_address_gone`` whether the address was taken for no good because of it.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    status = models.TextField(default="", db_default="", blank=True)
    reason = models.TextField(default="", db_default="", blank=True)
    recipient = models.TextField(default="", db_default="", blank=True)
    said = models.TextField(default="", db_default="", blank=True)
    is_address_gone = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "message", "attempt", "contact_point")

    class Meta:
        db_table = "delivery_report"
        constraints = (
            one_of("kind", ReportKind),
            models.CheckConstraint(
                condition=Q(reason="") | Q(("reason__in", [str(one) for one in ReturnReason])),
                name="deliveryreport_reason_is_known",
            ),
            models.UniqueConstraint(
                fields=("by_organisation", "source_kind", "source_ref"), name="delivery_report_comes_once"
            ),
        )
        indexes = (
            models.Index(fields=("attempt",), name="delivery_report_by_attempt"),
            models.Index(fields=("person", "at"), name="delivery_report_by_person"),
            models.Index(fields=("by_organisation", "-id"), name="delivery_report_newest"),
        )
