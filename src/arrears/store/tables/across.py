"""Contacts as several creditors may count them together: a keyed hash, who, when; nothing that names a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from arrears.store.columns import Table
from arrears.store.rights import OwnedByOrganisation
from arrears.store.roles import NIGHT, WEB
from arrears.store.tables.organisation import Organisation

#: All that anybody learns of others: from when on one more contact is within the limit. It is put off to the end of its
#: day (UTC), so that it does not tell at what hour somebody else was in touch. NULL where nothing stands in the way.
_NOT_BEFORE = """
CREATE OR REPLACE FUNCTION public.across_not_before(asked bytea, asked_at timestamptz, most integer, days integer)
    RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT date_trunc('day', found.at + make_interval(days => days), 'UTC') + interval '1 day'
    FROM (SELECT c.at FROM public.across_contact c
          WHERE c.person_key = asked AND c.at <= asked_at AND c.at > asked_at - make_interval(days => days)
          ORDER BY c.at DESC OFFSET most - 1 LIMIT 1) found
$$"""
_OF = "FUNCTION public.across_not_before(bytea, timestamptz, integer, integer)"


class AcrossContact(Table):
    """One contact of an organisation that counts across creditors, under the keyed hash of whom it reached.

    Nobody reads the rows of another organisation: the database answers from all of them with one instant, no more.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person_key = models.BinaryField()
    at = models.DateTimeField()

    rights = OwnedByOrganisation(deletes=True)
    guards: ClassVar[tuple[str, ...]] = (
        _NOT_BEFORE,
        f"REVOKE ALL ON {_OF} FROM PUBLIC",
        f"GRANT EXECUTE ON {_OF} TO {WEB}, {NIGHT}",
    )

    class Meta:
        db_table = "across_contact"
        constraints = (
            models.CheckConstraint(
                condition=Q(RawSQL("octet_length(person_key) = 32", (), models.BooleanField())),
                name="across_contact_key_is_a_hash",
            ),
        )
        indexes = (models.Index(fields=("person_key", "at"), name="across_contact_by_key"),)
