"""Consents that a person gives in so many words: to a medium, to machines, to electronic notices, to more visits.

Each is dated, given to the organisation at work, and carries its evidence; taking one back ends it from that instant.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from arrears.actions import history
from arrears.actions.mistakes import mistake
from arrears.domain.contacts import Medium
from arrears.domain.holds import ConsentKind
from arrears.kernel.problems import Problem
from arrears.store import locks
from arrears.store.doors import consents
from arrears.store.doors import contact_records as records
from arrears.store.doors.consents import Given

TAKEN_HERE: Final = frozenset(
    {ConsentKind.MEDIUM, ConsentKind.AUTOMATED, ConsentKind.ELECTRONIC_NOTICES, ConsentKind.MORE_VISITS}
)
ESIGN: Final = ("disclosures_given", "access_shown")
"""What 15 USC 7001(c)(1) wants on record: the statement, and that the consumer showed that they can read the form."""


def take_consent(
    person: int,
    kind: ConsentKind,
    *,
    evidence: Mapping[str, Any],  # JSON
    media: Sequence[Medium] = (),
    accounts: Sequence[int] = (),
    attempt: int | None = None,
    until: datetime | None = None,
    now: datetime,
    using: str = "default",
) -> Problem | None:
    """Keep a consent; ``evidence`` says how it is known (a recording, a form, the words of a message).

    A Problem where there is none, where the steps of 15 USC 7001(c) are not among it, or the person is not seen here.
    """
    found = records.reached_person(person, using=using)
    if found is None:
        return mistake("person_not_found", "person")
    is_shown = kind is not ConsentKind.ELECTRONIC_NOTICES or all(evidence.get(step) is True for step in ESIGN)
    if kind not in TAKEN_HERE or not evidence or not is_shown:
        return mistake("reason_missing", "evidence")
    given = Given(
        owner=found.owner,
        person=person,
        kinds=(kind,),
        at=now,
        until=until,
        media=[medium.value for medium in media],
        accounts=list(accounts),
        attempt=attempt,
        evidence=evidence,
        source_kind="agreement",
        source_ref=f"{person}:{now.isoformat()}",
    )
    consents.add(given, using=using)
    history.append("consent_taken", owner=found.owner, person=person, now=now, using=using, consent=kind.value)
    return None


def take_back(person: int, kind: ConsentKind, *, now: datetime, using: str = "default") -> Problem | None:
    """End every consent of ``kind`` that the person gave us and that still runs, after what is just being sent."""
    found = records.reached_person(person, using=using)
    if found is None:
        return mistake("person_not_found", "person")
    locks.lock_person(person, using=using)
    ended = consents.revoke(person, kind, at=now, using=using)
    history.append(
        "consent_taken_back",
        owner=found.owner,
        person=person,
        now=now,
        using=using,
        consent=kind.value,
        ended=ended,
    )
    return None
