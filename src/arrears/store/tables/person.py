"""Persons: who owes or is otherwise party to an account, how they are reached, what they allowed and asked for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from arrears.domain.contacts import PointUse, Source
from arrears.domain.holds import ConsentKind, PreferenceKind
from arrears.store.columns import Table, list_of_words, one_of
from arrears.store.rights import SCOPE, PersonScoped, Special, person_seen
from arrears.store.tables.organisation import Organisation

#: Where a contact point may come from. Phone books, call records and the like have no place here (R06, R07, R13).
LAWFUL_SOURCES = (
    Source.DEBTOR, Source.CONTRACT, Source.CREDITOR_FILE, Source.INBOUND, Source.PARTY, Source.PUBLIC_REGISTER,
    Source.COURT_RECORD, Source.LICENSED_BUREAU, Source.POST_OFFICE,
)  # fmt: skip


class Person(Table):
    """A natural or legal person known to one owner. Identifiers are encrypted; equality goes by a keyed index."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.TextField()
    kind = models.TextField()
    full_name = models.TextField()
    given_name = models.TextField(default="", db_default="", blank=True)
    family_name = models.TextField(default="", db_default="", blank=True)
    language = models.CharField(max_length=8)
    country = models.CharField(max_length=2)
    region = models.TextField(default="", db_default="", blank=True)
    national_id_sealed = models.BinaryField(null=True)
    national_id_index = models.BinaryField(null=True)
    birth_date_sealed = models.BinaryField(null=True)
    facts = models.JSONField(default=dict, db_default={})
    erased_at = models.DateTimeField(null=True)

    rights = PersonScoped(column="id", writer="owner", changes="*")

    class Meta:
        db_table = "person"
        constraints = (
            one_of("kind", ("natural", "legal")),
            models.UniqueConstraint(fields=("organisation", "number"), name="person_numbered_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="person_with_owner"),
            models.CheckConstraint(
                condition=Q(national_id_sealed__isnull=True, national_id_index__isnull=True)
                | Q(national_id_sealed__isnull=False, national_id_index__isnull=False),
                name="person_national_id_with_index",
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "national_id_index"),
                condition=Q(national_id_index__isnull=False),
                name="person_by_national_id",
            ),
        )


class ContactPoint(Table):
    """One way to reach a person: a number, an e-mail address, a postal address."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    kind = models.TextField()
    use = models.TextField()
    value = models.TextField()
    normalised = models.TextField()
    country = models.CharField(max_length=2, default="", db_default="", blank=True)
    region = models.TextField(default="", db_default="", blank=True)
    timezones = list_of_words()
    is_valid = models.BooleanField(default=True, db_default=True)
    source = models.TextField()
    basis = models.TextField(default="", db_default="", blank=True)
    last_outcome = models.TextField(default="", db_default="", blank=True)
    last_outcome_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict, db_default={})

    rights = PersonScoped(changes="*")
    same_owner = ("person",)

    class Meta:
        db_table = "contact_point"
        constraints = (
            one_of("kind", ("phone", "email", "address")),
            one_of("use", PointUse),
            one_of("source", LAWFUL_SOURCES),
            models.UniqueConstraint(fields=("person", "kind", "normalised"), name="contact_point_kept_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="contact_point_with_owner"),
        )
        indexes = (models.Index(fields=("organisation", "normalised"), name="contact_point_by_value"),)


class Consent(Table):
    """A dated consent: to whom, for what, how far, in what contact it was given, and until when."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    attempt = models.ForeignKey(
        "store.Attempt", models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    media = list_of_words()
    accounts = ArrayField(models.BigIntegerField(), default=list, db_default=RawSQL("'{}'::bigint[]", ()))
    windows = models.JSONField(default=list, db_default=[])
    at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    is_in_allowed_contact = models.BooleanField(null=True)
    evidence = models.JSONField(default=dict, db_default={})
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = PersonScoped(maker="by_organisation_id", changes=("revoked_at",), fixed_but=("revoked_at",))
    same_owner = ("person", "about", "attempt")

    class Meta:
        db_table = "consent"
        constraints = (
            one_of("kind", ConsentKind),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="consent_kept_once"),
        )
        indexes = (
            models.Index(fields=("person", "at"), name="consent_by_person"),
            models.Index(fields=("at",), name="consent_to_a_call_back", condition=Q(source_kind="call_back")),
        )


class Preference(Table):
    """When, where and how a person asked to be left alone or reached: the words, and what they mean."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    words = models.TextField(default="", db_default="", blank=True)
    media = list_of_words()
    places = list_of_words()
    windows = models.JSONField(default=list, db_default=[])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = PersonScoped(maker="by_organisation_id", changes=("until_at",), fixed_but=("until_at",))
    same_owner = ("person", "contact_point")

    class Meta:
        db_table = "preference"
        constraints = (
            one_of("kind", PreferenceKind),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="preference_kept_once"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="preference_runs_forward"
            ),
        )
        indexes = (models.Index(fields=("person",), name="preference_by_person"),)


class SearchGram(Table):
    """Three letters of a name or number, for one searching organisation: found by plain equality."""

    pk = models.CompositePrimaryKey("organisation_id", "gram", "person_id")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    gram = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    # Under row-level security the inner look shows only persons that the searcher may see.
    rights = Special(
        seen=f"{{t}}.organisation_id = {SCOPE}",
        written=f"{{t}}.organisation_id = {SCOPE} AND {person_seen('{t}.person_id')}",
        deletes=True,
    )

    class Meta:
        db_table = "search_gram"
        indexes = (models.Index(fields=("person", "organisation"), name="search_gram_by_person"),)
