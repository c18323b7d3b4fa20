"""Messages: batches, the messages themselves with their words as sent, and the pages that went with them.

The database lets no message move on without a permit: it takes the state "sending" only together with an issued permit
and a started attempt for the same person, channel, address and words, and keeps the words for good from then on. One
that was sent may still turn out to have come back, on a report of that.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from arrears.domain.contacts import Purpose
from arrears.domain.delivery_reports import UNDELIVERABLE
from arrears.domain.messages import CHANNELS, OVER, WAITING, WITH_PERMIT, MessageState
from arrears.store.columns import Table, one_of
from arrears.store.rights import OwnedByOrganisation, PersonScoped
from arrears.store.tables.contact import Attempt, Permit
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.staff import Staff

#: What changes while a message waits, is sent, and ends. All else stands as it was queued.
MOVES: Final = (
    "contact_point_id", "accounts", "state", "language", "subject", "words", "words_digest", "document_hash", "figures",
    "refusing", "due_at", "next_permitted", "tries", "permit_id", "attempt_id", "sent_at", "ended_at", "channel_ref",
    "said",
)  # fmt: skip
_WITH_PERMIT: Final = [state.value for state in WITH_PERMIT]
_QUOTED_BACK: Final = ", ".join(f"'{kind}'" for kind in sorted(UNDELIVERABLE))
_QUOTED_OVER: Final = ", ".join(f"'{state}'" for state in OVER)
_QUOTED_WAITING: Final = ", ".join(f"'{state}'" for state in WAITING)

_LIFE: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_message_life() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    leave record;
    tried record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF new.state <> 'queued' THEN
            RAISE EXCEPTION 'a message begins queued, not %', new.state USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN new;
    END IF;
    IF old.state = 'sent' AND new.state = 'failed' AND EXISTS (
        SELECT 1 FROM public.delivery_report r WHERE r.attempt_id = old.attempt_id AND r.kind IN ({_QUOTED_BACK})
    ) THEN
        IF (to_jsonb(new) - '{{state,said,ended_at}}'::text[]) IS DISTINCT FROM
           (to_jsonb(old) - '{{state,said,ended_at}}'::text[]) THEN
            RAISE EXCEPTION 'message % came back: all else stands', old.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN new;
    END IF;
    IF old.state IN ({_QUOTED_OVER}) THEN
        RAISE EXCEPTION 'message % is over: it stands as it ended', old.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF old.state = 'sending' THEN
        IF (new.contact_point_id, new.accounts, new.language, new.subject, new.words, new.words_digest,
            new.document_hash, new.figures) IS DISTINCT FROM
           (old.contact_point_id, old.accounts, old.language, old.subject, old.words, old.words_digest,
            old.document_hash, old.figures) THEN
            RAISE EXCEPTION 'message % is being sent: its words stand', old.id USING ERRCODE = 'restrict_violation';
        END IF;
        IF new.state IN ({_QUOTED_WAITING}) THEN
            SELECT a.outcome INTO tried FROM public.attempt a WHERE a.id = old.attempt_id;
            IF tried.outcome IS DISTINCT FROM 'not_in_service' THEN
                RAISE EXCEPTION 'message % may have left: it is never sent again', old.id
                    USING ERRCODE = 'restrict_violation';
            END IF;
        ELSIF new.state IN ('stopped', 'given_up') OR
              (new.permit_id, new.attempt_id) IS DISTINCT FROM (old.permit_id, old.attempt_id) THEN
            RAISE EXCEPTION 'message % keeps the permit under which it was sent', old.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN new;
    END IF;
    IF new.state IN ('sent', 'failed', 'unknown') THEN
        RAISE EXCEPTION 'message % was not being sent', old.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF new.state = 'sending' THEN
        SELECT p.* INTO leave FROM public.permit p WHERE p.id = new.permit_id;
        SELECT a.* INTO tried FROM public.attempt a WHERE a.id = new.attempt_id;
        IF (tried.permit_id, tried.outcome, leave.state, leave.person_id, leave.by_organisation_id, leave.channel,
            leave.contact_point_id, leave.template, leave.words_digest, leave.purpose) IS DISTINCT FROM
           (new.permit_id, 'started', 'issued', new.person_id, new.by_organisation_id, new.channel,
            new.contact_point_id, new.template, new.words_digest, new.purpose)
           OR NOT new.accounts @> leave.accounts OR NOT leave.accounts @> new.accounts THEN
            RAISE EXCEPTION 'message % has no permit for what it is', old.id USING ERRCODE = 'restrict_violation';
        END IF;
        IF new.words_digest IS DISTINCT FROM encode(sha256(sha256(convert_to(new.subject, 'UTF8'))
                || sha256(convert_to(new.words, 'UTF8')) || new.document_hash), 'hex') THEN
            RAISE EXCEPTION 'message % does not carry the words of its digest', old.id
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN new;
END $$"""


class MessageBatch(Table):
    """Messages made at once from one template, by whom, for whom (``chosen``: JSON), until somebody stops them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    template = models.TextField()
    channel = models.TextField()
    chosen = models.JSONField(default=dict, db_default={})
    asked = models.IntegerField(default=0, db_default=0)
    left_out = models.JSONField(default=dict, db_default={})
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    stopped_because = models.TextField(default="", db_default="", blank=True)

    rights = OwnedByOrganisation(
        changes=("asked", "left_out", "stopped_at", "stopped_by_id", "stopped_because"),
        fixed_but=("asked", "left_out", "stopped_at", "stopped_by_id", "stopped_because"),
    )

    class Meta:
        db_table = "message_batch"
        constraints = (
            one_of("channel", CHANNELS),
            models.UniqueConstraint(fields=("id", "organisation"), name="message_batch_with_owner"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | ~Q(stopped_because=""), name="message_batch_stopped_for_a_reason"
            ),
        )
        indexes = (models.Index(fields=("organisation", "-id"), name="message_batch_newest_first"),)


class Message(Table):
    """Words to one person over one channel. The row is its own job: ``due_at`` says when it may be looked at next.

    ``refusing`` names the rules that refused it last, in JSON; ``given`` what its maker gave for the words, ``figures``
    the amounts that they name with where each comes from. ``said`` is the channel's own word on what became of it.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(
        MessageBatch, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    accounts = ArrayField(models.BigIntegerField())
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    channel = models.TextField()
    purpose = models.TextField()
    template = models.TextField()
    is_own_wording = models.BooleanField(default=False, db_default=False)
    carries = models.JSONField(default=dict, db_default={})
    given = models.JSONField(default=dict, db_default={})
    state = models.TextField(default="queued", db_default="queued")
    language = models.CharField(max_length=8, default="", db_default="", blank=True)
    subject = models.TextField(default="", db_default="", blank=True)
    words = models.TextField(default="", db_default="", blank=True)
    words_digest = models.TextField(default="", db_default="", blank=True)
    document_hash = models.BinaryField(default=b"", db_default=b"")
    figures = models.JSONField(default=list, db_default=[])
    refusing = models.JSONField(default=list, db_default=[])
    due_at = models.DateTimeField()
    next_permitted = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0, db_default=0)
    permit = models.ForeignKey(Permit, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    channel_ref = models.TextField(default="", db_default="", blank=True)
    said = models.TextField(default="", db_default="", blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = PersonScoped(maker="by_organisation_id", changes=MOVES, fixed_but=MOVES)
    same_owner = ("person", "contact_point", "permit", "attempt")
    guards = (
        _LIFE,
        "DROP TRIGGER IF EXISTS life ON public.message",
        (
            "CREATE TRIGGER life BEFORE INSERT OR UPDATE ON public.message FOR EACH ROW "
            "EXECUTE FUNCTION public.keep_message_life()"
        ),
        "ALTER TABLE public.message ENABLE ALWAYS TRIGGER life",
        (
            "DO $do$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'message_batch_of_its_sender' "
            "AND conrelid = 'public.message'::regclass) THEN ALTER TABLE public.message ADD CONSTRAINT "
            "message_batch_of_its_sender FOREIGN KEY (batch_id, by_organisation_id) "
            "REFERENCES public.message_batch (id, organisation_id); END IF; END $do$"
        ),
    )

    class Meta:
        db_table = "message"
        constraints = (
            one_of("channel", CHANNELS),
            one_of("purpose", Purpose),
            one_of("state", MessageState),
            models.CheckConstraint(
                condition=(
                    Q(state__in=_WITH_PERMIT, permit__isnull=False, attempt__isnull=False)
                    | ~Q(state__in=_WITH_PERMIT) & Q(permit__isnull=True, attempt__isnull=True)
                ),
                name="message_is_sent_under_a_permit",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_instant"
            ),
            models.CheckConstraint(condition=Q(accounts__len__gte=1), name="message_is_about_a_debt"),
            models.CheckConstraint(condition=Q(give_up_at__gt=models.F("made_at")), name="message_has_a_last_day"),
            models.UniqueConstraint(
                fields=("permit",), condition=Q(permit__isnull=False), name="message_has_its_own_permit"
            ),
            models.UniqueConstraint(
                fields=("attempt",), condition=Q(attempt__isnull=False), name="message_has_its_own_attempt"
            ),
            models.UniqueConstraint(
                fields=("by_organisation", "source_kind", "source_ref"), name="message_queued_once"
            ),
            models.UniqueConstraint(fields=("id", "organisation"), name="message_with_owner"),
        )
        indexes = (
            models.Index(
                fields=("by_organisation", "due_at", "id"),
                name="message_to_send",
                condition=Q(state__in=[state.value for state in WAITING]),
            ),
            models.Index(fields=("attempt",), name="message_under_way", condition=Q(state="sending")),
            models.Index(fields=("batch", "state"), name="message_by_batch"),
            models.Index(fields=("person", "made_at"), name="message_by_person"),
        )


class MessagePage(Table):
    """The page of a letter as it was handed over, or as it was given to be sent: a PDF, kept for good."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    content = models.BinaryField()
    content_hash = models.BinaryField()
    made_at = models.DateTimeField()

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "message")

    class Meta:
        db_table = "message_page"
        constraints = (models.UniqueConstraint(fields=("message", "content_hash"), name="message_page_kept_once"),)
