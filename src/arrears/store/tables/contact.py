"""Contacts: permits, attempts of every origin, what they were about, incidents, verifications."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from arrears.domain.contacts import Channel, Direction, IncidentKind, Origin, Outcome, Purpose, Role
from arrears.domain.delivery_reports import UNDELIVERABLE
from arrears.domain.permits import PermitState
from arrears.store import columns
from arrears.store.columns import Table, either, one_of
from arrears.store.rights import AccountScoped, PersonScoped
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.staff import Staff

#: An attempt is what its permit was issued for, and nothing else: an issued one, before its time is over.
_BOUND: Final = """
CREATE OR REPLACE FUNCTION public.keep_to_permit() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    leave record;
BEGIN
    SELECT p.* INTO leave FROM public.permit p WHERE p.id = new.permit_id;
    IF NOT FOUND OR leave.state <> 'issued' THEN
        RAISE EXCEPTION 'permit % is not there to be used', new.permit_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF new.started_at < leave.issued_at OR new.started_at >= leave.expires_at THEN
        RAISE EXCEPTION 'permit % is not good at %', new.permit_id, new.started_at
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (new.organisation_id, new.by_organisation_id, new.person_id, new.contact_point_id, new.staff_id, new.role,
        new.channel, new.address, new.from_number, new.purpose, new.template, new.words_digest) IS DISTINCT FROM
       (leave.organisation_id, leave.by_organisation_id, leave.person_id, leave.contact_point_id, leave.staff_id,
        leave.role, leave.channel, leave.address, leave.from_number, leave.purpose, leave.template,
        leave.words_digest) THEN
        RAISE EXCEPTION 'permit % was issued for something else', new.permit_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$"""
#: The debts of an attempt under a permit are those that the permit names.
_ABOUT: Final = """
CREATE OR REPLACE FUNCTION public.keep_to_debts_of_permit() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added n JOIN public.attempt a ON a.id = n.attempt_id
               JOIN public.permit p ON p.id = a.permit_id WHERE NOT n.account_id = ANY(p.accounts)) THEN
        RAISE EXCEPTION 'the permit was issued for other debts' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$"""
#: Who began it goes by where it comes from: one made here to a person cannot pass for one received, nor the other way.
_BEGUN: Final = """
CREATE OR REPLACE FUNCTION public.keep_to_origin() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a contact % is not one %', new.origin, new.direction USING ERRCODE = 'restrict_violation';
END $$"""
#: Asked when the transaction ends: an attempt made here counts for every debt of its permit, and a contact that others
#: made, for which nobody had leave, stands with its incident.
_WHOLE: Final = """
CREATE OR REPLACE FUNCTION public.keep_contact_whole() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF new.origin = 'outbound' AND EXISTS (
        SELECT 1 FROM public.permit p, unnest(p.accounts) AS named WHERE p.id = new.permit_id
        AND NOT EXISTS (SELECT 1 FROM public.attempt_account n WHERE n.attempt_id = new.id AND n.account_id = named)
    ) THEN
        RAISE EXCEPTION 'attempt % is not about all debts of its permit', new.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF new.origin = 'agency_reported' AND NOT EXISTS (
        SELECT 1 FROM public.incident i WHERE i.attempt_id = new.id AND i.kind = 'unpermitted_contact'
    ) THEN
        RAISE EXCEPTION 'attempt % had no permit and opened no incident', new.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$"""
#: What came of a contact is noted once; "unknown" is what is noted of one of which nobody said anything yet.
_ENDED: Final = """
CREATE OR REPLACE FUNCTION public.keep_what_came_of_it() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% % has ended: what came of it stands', TG_TABLE_NAME, old.id
        USING ERRCODE = 'restrict_violation';
END $$"""
#: What was sent may come back later: that is noted over it, and only on a report that stands beside it.
_CAME_BACK: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_what_came_back() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.delivery_report r WHERE r.attempt_id = old.id
                   AND r.kind IN ({", ".join(f"'{kind}'" for kind in sorted(UNDELIVERABLE))})) THEN
        RAISE EXCEPTION 'attempt % came back by no report', old.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$"""
_IS_BACK: Final = "old.outcome IN ('sent', 'delivered') AND new.outcome = 'bounced'"
#: What may still be added to an attempt: what came of it.
OUTCOME = ("outcome", "disposition", "discussed", "outcome_at", "seconds")


class Permit(Table):
    """Leave to make one contact, bound to what it was asked for; used once, or expired, or given back."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    accounts = ArrayField(models.BigIntegerField())
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    role = models.TextField()
    channel = models.TextField()
    address = models.TextField(default="", db_default="", blank=True)
    from_number = models.TextField(default="", db_default="", blank=True)
    template = models.TextField(default="", db_default="", blank=True)
    words_digest = models.TextField(default="", db_default="", blank=True)
    purpose = models.TextField()
    state = models.TextField(default="issued", db_default="issued")
    outcome = models.TextField(default="", db_default="", blank=True)
    verdict = models.TextField()
    pack_version = models.TextField()
    reasons = models.JSONField(default=list, db_default=[])
    facts = models.JSONField(default=dict, db_default={})
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    approved_because = models.TextField(default="", db_default="", blank=True)

    rights = PersonScoped(
        maker="by_organisation_id",
        changes=("state", "outcome", "settled_at"),
        fixed_but=("state", "outcome", "settled_at"),
    )
    same_owner = ("person", "contact_point")
    guards = (
        _ENDED,
        "DROP TRIGGER IF EXISTS ended ON public.permit",
        (
            "CREATE TRIGGER ended BEFORE UPDATE ON public.permit FOR EACH ROW "
            "WHEN (old.state IN ('used', 'given_back') OR old.state = 'expired' AND new.state = 'issued') "
            "EXECUTE FUNCTION public.keep_what_came_of_it()"
        ),
        "ALTER TABLE public.permit ENABLE ALWAYS TRIGGER ended",
    )

    class Meta:
        db_table = "permit"
        constraints = (
            one_of("role", Role),
            one_of("channel", Channel),
            one_of("verdict", ("allow", "allow_with_notice", "ask_human")),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="permit_expires_after_issue"),
            one_of("purpose", Purpose),
            one_of("state", PermitState),
            models.CheckConstraint(
                condition=either(Q(state="issued"), Q(settled_at__isnull=True)), name="permit_settled_has_instant"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="ask_human") | Q(approved_by__isnull=False) & ~Q(approved_because=""),
                name="permit_asked_of_a_named_human",
            ),
            models.CheckConstraint(condition=Q(accounts__len__gte=1), name="permit_is_about_a_debt"),
            models.UniqueConstraint(fields=("id", "organisation"), name="permit_with_owner"),
        )
        indexes = (
            models.Index(fields=("person", "issued_at"), name="permit_by_person"),
            models.Index(fields=("organisation", "expires_at"), name="permit_still_open", condition=Q(state="issued")),
        )


class Attempt(Table):
    """A contact, or the try of one, of any origin. Its facts stand; only what came of it is added, once.

    Of what was sent it may be learnt later that it came back.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    permit = models.ForeignKey(Permit, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    origin = models.TextField()
    direction = models.TextField()
    role = models.TextField()
    channel = models.TextField()
    address = models.TextField(default="", db_default="", blank=True)
    from_number = models.TextField(default="", db_default="", blank=True)
    place = models.TextField(default="", db_default="", blank=True)
    purpose = models.TextField(default="", db_default="", blank=True)
    template = models.TextField(default="", db_default="", blank=True)
    words_digest = models.TextField(default="", db_default="", blank=True)
    language = models.CharField(max_length=8, default="", db_default="", blank=True)
    is_automated = models.BooleanField(default=False, db_default=False)
    started_at = models.DateTimeField()
    book_day = models.IntegerField()
    source_kind = models.TextField()
    source_ref = models.TextField()
    outcome = models.TextField(default="started", db_default="started")
    disposition = models.TextField(default="", db_default="", blank=True)
    discussed = ArrayField(models.BigIntegerField(), null=True)
    outcome_at = models.DateTimeField(null=True)
    seconds = models.IntegerField(null=True)
    salt = columns.salt()
    digest = columns.digest(
        columns.whole("organisation_id"),
        columns.whole("by_organisation_id"),
        columns.whole("person_id"),
        columns.whole("contact_point_id"),
        columns.whole("staff_id"),
        columns.whole("permit_id"),
        columns.words("origin"),
        columns.words("direction"),
        columns.words("role"),
        columns.words("channel"),
        columns.words("address"),
        columns.words("from_number"),
        columns.instant("started_at"),
        columns.whole("book_day"),
        columns.words("source_kind"),
        columns.words("source_ref"),
    )

    rights = PersonScoped(
        maker="by_organisation_id",
        changes=OUTCOME,
        fixed_but=OUTCOME,
    )
    same_owner = ("person", "contact_point", "permit")
    is_stamped = True
    guards = (
        _BOUND,
        "DROP TRIGGER IF EXISTS bound ON public.attempt",
        (
            "CREATE TRIGGER bound BEFORE INSERT ON public.attempt FOR EACH ROW "
            "WHEN (new.origin = 'outbound' AND new.permit_id IS NOT NULL) EXECUTE FUNCTION public.keep_to_permit()"
        ),
        "ALTER TABLE public.attempt ENABLE ALWAYS TRIGGER bound",
        _BEGUN,
        "DROP TRIGGER IF EXISTS begun ON public.attempt",
        (
            "CREATE TRIGGER begun BEFORE INSERT ON public.attempt FOR EACH ROW "
            "WHEN (new.origin = 'outbound' AND new.direction <> 'to_person' "
            "OR new.origin = 'inbound' AND new.direction <> 'from_person') EXECUTE FUNCTION public.keep_to_origin()"
        ),
        "ALTER TABLE public.attempt ENABLE ALWAYS TRIGGER begun",
        _WHOLE,
        "DROP TRIGGER IF EXISTS whole ON public.attempt",
        (
            "CREATE CONSTRAINT TRIGGER whole AFTER INSERT ON public.attempt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
            "WHEN (new.origin = 'outbound' OR new.origin = 'agency_reported' AND new.direction = 'to_person') "
            "EXECUTE FUNCTION public.keep_contact_whole()"
        ),
        "ALTER TABLE public.attempt ENABLE ALWAYS TRIGGER whole",
        _ENDED,
        "DROP TRIGGER IF EXISTS ended ON public.attempt",
        (
            "CREATE TRIGGER ended BEFORE UPDATE ON public.attempt FOR EACH ROW "
            f"WHEN ((old.outcome NOT IN ('started', 'unknown') AND NOT ({_IS_BACK})) "
            "OR old.outcome = 'unknown' AND new.outcome = 'started') EXECUTE FUNCTION public.keep_what_came_of_it()"
        ),
        "ALTER TABLE public.attempt ENABLE ALWAYS TRIGGER ended",
        _CAME_BACK,
        "DROP TRIGGER IF EXISTS came_back ON public.attempt",
        (
            f"CREATE TRIGGER came_back BEFORE UPDATE ON public.attempt FOR EACH ROW WHEN ({_IS_BACK}) "
            "EXECUTE FUNCTION public.keep_what_came_back()"
        ),
        "ALTER TABLE public.attempt ENABLE ALWAYS TRIGGER came_back",
    )

    class Meta:
        db_table = "attempt"
        constraints = (
            one_of("origin", Origin),
            one_of("direction", Direction),
            one_of("outcome", Outcome),
            one_of("role", Role),
            one_of("channel", Channel),
            models.CheckConstraint(
                condition=either(Q(origin="outbound"), Q(permit__isnull=False)), name="attempt_outbound_has_permit"
            ),
            models.UniqueConstraint(
                fields=("permit",), condition=Q(permit__isnull=False), name="attempt_uses_permit_once"
            ),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="attempt_kept_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="attempt_with_owner"),
            models.CheckConstraint(
                condition=either(Q(outcome="started"), Q(outcome_at__isnull=True)), name="attempt_outcome_has_instant"
            ),
        )
        indexes = (
            models.Index(fields=("person", "started_at"), name="attempt_by_person"),
            models.Index(fields=("staff", "started_at"), name="attempt_by_staff"),
            models.Index(fields=("started_at",), name="attempt_by_day"),
        )


class AttemptAccount(Table):
    """A debt that an attempt was about."""

    pk = models.CompositePrimaryKey("account_id", "attempt_id")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False)

    rights = AccountScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("account", "attempt")
    guards = (
        _ABOUT,
        "DROP TRIGGER IF EXISTS bound ON public.attempt_account",
        (
            "CREATE TRIGGER bound AFTER INSERT ON public.attempt_account REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION public.keep_to_debts_of_permit()"
        ),
        "ALTER TABLE public.attempt_account ENABLE ALWAYS TRIGGER bound",
    )

    class Meta:
        db_table = "attempt_account"
        indexes = (models.Index(fields=("attempt",), name="attempt_account_by_attempt"),)


class Incident(Table):
    """Something that must be looked into, first of all a contact made without a permit."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    facts = models.JSONField(default=dict, db_default={})
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    finding = models.TextField(default="", db_default="", blank=True)

    rights = PersonScoped(
        maker="by_organisation_id",
        changes=("closed_at", "closed_by_id", "finding"),
        fixed_but=("closed_at", "closed_by_id", "finding"),
    )
    same_owner = ("person", "attempt")

    class Meta:
        db_table = "incident"
        constraints = (
            one_of("kind", IncidentKind),
            models.UniqueConstraint(
                fields=("attempt", "kind"), condition=Q(attempt__isnull=False), name="incident_once_an_attempt"
            ),
        )
        indexes = (models.Index(fields=("organisation", "opened_at"), name="incident_by_organisation"),)


class Verification(Table):
    """Whether somebody on a call proved to be the person: which items, never what was said."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    items = columns.list_of_words()
    is_passed = models.BooleanField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "attempt")

    class Meta:
        db_table = "verification"
        constraints = (
            models.CheckConstraint(
                condition=Q(is_passed=False) | Q(items__len__gte=2), name="verification_takes_two_items"
            ),
        )
        indexes = (models.Index(fields=("attempt",), name="verification_by_attempt"),)
