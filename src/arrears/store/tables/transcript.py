"""Transcripts of contacts: who said what and when, and what the checker found in our part of it."""

from typing import ClassVar, Final

from django.db import models

from arrears.store import columns
from arrears.store.columns import Table
from arrears.store.rights import PersonScoped
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff

#: A transcript stands as it came; its words can be erased while the digest of them stays.
ERASED = ("turns", "erased_at")
_ERASED_ONLY: Final = """
CREATE OR REPLACE FUNCTION public.keep_transcript_or_nothing() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'transcript % stands as it came, or is erased once and whole', old.id
        USING ERRCODE = 'restrict_violation';
END $$"""


class Transcript(Table):
    """One transcript of a contact. A better one is added beside it, never put in its place.

    ``turns`` is as :func:`arrears.domain.transcripts.as_kept` gives it, ``content_hash`` SHA-256 over it. ``found``
    names rules, turns and places in them, never the words: those stand in the turns alone.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    turns = models.JSONField(default=list, db_default=[])
    content_hash = models.TextField()
    language = models.CharField(max_length=8)
    found = models.JSONField(default=list, db_default=[])
    rules_version = models.TextField()
    source = models.TextField(default="", db_default="", blank=True)
    recorded_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    salt = columns.salt()
    digest = columns.digest(
        columns.whole("organisation_id"),
        columns.whole("by_organisation_id"),
        columns.whole("person_id"),
        columns.whole("attempt_id"),
        columns.whole("staff_id"),
        columns.words("content_hash"),
        columns.words("language"),
        columns.facts("found"),
        columns.words("rules_version"),
        columns.words("source"),
        columns.instant("recorded_at"),
    )

    rights = PersonScoped(maker="by_organisation_id", changes=ERASED, fixed_but=ERASED)
    guards: ClassVar[tuple[str, ...]] = (
        _ERASED_ONLY,
        "DROP TRIGGER IF EXISTS erased_only ON public.transcript",
        (
            "CREATE TRIGGER erased_only BEFORE UPDATE ON public.transcript FOR EACH ROW "
            "WHEN (old.erased_at IS NOT NULL OR new.erased_at IS NULL OR new.turns <> '[]'::jsonb) "
            "EXECUTE FUNCTION public.keep_transcript_or_nothing()"
        ),
        "ALTER TABLE public.transcript ENABLE ALWAYS TRIGGER erased_only",
    )
    same_owner: ClassVar[tuple[str, ...]] = ("person", "attempt")

    class Meta:
        db_table = "transcript"
        constraints = (
            models.UniqueConstraint(fields=("by_organisation", "attempt", "content_hash"), name="transcript_kept_once"),
        )
        indexes = (
            models.Index(fields=("attempt",), name="transcript_by_attempt"),
            models.Index(fields=("person", "recorded_at"), name="transcript_by_person"),
        )
