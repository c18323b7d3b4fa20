"""Counting one person's contacts across creditors: our own are added, of others only one instant is ever learnt."""

from datetime import datetime, timedelta
from typing import Final

from arrears.store import answers
from arrears.store.doors.identifiers import unsealed
from arrears.store.scope import current
from arrears.store.sealed import across
from arrears.store.tables.across import AcrossContact

#: Rows older than the longest window anybody may ask about serve nobody.
KEPT: Final = timedelta(days=60)
_NOT_BEFORE: Final = "SELECT public.across_not_before(%s, %s, %s, %s)"


def key_of(person: int, country: str, *, using: str = "default") -> bytes | None:
    """Return the keyed hash under which a person counts; None where no national identifier is known.

    The identifier is opened for the hash alone and shown to nobody, which is why no event tells of it.
    """
    opened = unsealed(person, "national_id", using=using)
    return None if opened is None else across(opened.said, country)


def not_before(key: bytes, *, now: datetime, most: int, days: int, using: str = "default") -> datetime | None:
    """Return from when on one more contact is within ``most`` in ``days``; None where it is now."""
    ((found,),) = answers.prepared(_NOT_BEFORE, [key, now, most, days], using=using)
    moment: datetime | None = found
    return moment


def add(key: bytes, at: datetime, *, using: str = "default") -> None:
    """Add a contact of the organisation of the scope, and let go of its own rows that no window reaches any more."""
    own = AcrossContact.objects.using(using).filter(organisation_id=current(using).organisation, person_key=key)
    own.filter(at__lt=at - KEPT).delete()
    AcrossContact.objects.using(using).create(organisation_id=current(using).organisation, person_key=key, at=at)
