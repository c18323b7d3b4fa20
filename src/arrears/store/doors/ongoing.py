"""What is going on with a person just now: a call of one collector without its outcome, what was decided last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from arrears.domain.contacts import Outcome
from arrears.kernel.texts import Text
from arrears.store import answers
from arrears.store.doors import attempts
from arrears.store.tables.contact import Attempt, Permit
from arrears.store.tables.promise import Promise
from arrears.store.tables.work import Decision, WorkHold

#: What a permit keeps of a rule that asks for a notice: the names of the gate's answer and effect.
_NOTICE: Final = "allow_with_notice"
_STANDS: Final = "bars"
_UNENDED: Final = (Outcome.STARTED.value, Outcome.UNKNOWN.value)
_ON_THE_LINE: Final = """
    SELECT DISTINCT staff_id FROM attempt
    WHERE person_id = %s AND staff_id IS NOT NULL AND outcome = ANY(%s::text[]) AND started_at >= %s
      AND channel = 'call' AND origin <> 'historic'"""
_HELD_BY: Final = "SELECT staff_id FROM work_hold WHERE person_id = %s AND until_at > %s"


@dataclass(frozen=True, slots=True)
class Call:
    """A contact that began and has no outcome yet. ``is_verified`` None: nobody was asked.

    ``notices`` is what must be said on it, as the gate laid down with its leave.
    """

    id: int
    contact_point: int | None
    origin: str
    channel: str
    address: str
    accounts: tuple[int, ...]
    started_at: datetime
    is_verified: bool | None
    items: tuple[str, ...]
    promises: tuple[int, ...]
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about an account last; codes are those of its strategy."""

    account: int
    on_day: int
    tone: int
    stage: int
    treatment: int
    next_action: int
    next_on: int
    band: int
    conduct: int
    reason: int
    days_past_due: int
    tier: int


def call_in_progress(person_id: int, staff_id: int, since: datetime) -> Call | None:
    """Return the newest contact of this person that this collector began after ``since`` and did not end."""
    rows = Attempt.objects.filter(
        person_id=person_id, staff_id=staff_id, outcome__in=_UNENDED, started_at__gte=since, channel="call"
    )
    row = rows.exclude(origin="historic").order_by("-started_at").first()
    return _call(row) if row else None


def on_the_line(person_id: int, since: datetime, *, using: str = "default") -> frozenset[int]:
    """Return the staff who began a call with this person after ``since`` and did not end it."""
    found = answers.prepared(_ON_THE_LINE, [person_id, list(_UNENDED), since], using=using)
    return frozenset(int(staff) for (staff,) in found)


def _call(row: Attempt) -> Call:
    begun = attempts.attempt(row.pk)
    verified = attempts.verification_of(row.pk)
    return Call(
        id=row.pk,
        contact_point=row.contact_point_id,
        origin=row.origin,
        channel=row.channel,
        address=row.address,
        accounts=begun.accounts if begun else (),
        started_at=row.started_at,
        is_verified=verified[0] if verified else None,
        items=verified[1] if verified else (),
        promises=tuple(Promise.objects.filter(attempt_id=row.pk).values_list("pk", flat=True)),
        notices=() if row.permit_id is None else _notices(row.permit_id),
    )


def _notices(permit_id: int) -> tuple[Text, ...]:
    """Return the words of the rules that let the contact go only with a notice, each once."""
    reasons = Permit.objects.filter(pk=permit_id).values_list("reasons", flat=True).first() or ()
    return tuple(
        dict.fromkeys(Text(**one["reason"]) for one in reasons if one["answer"] == _NOTICE and one["effect"] == _STANDS)
    )


def decided(account_ids: Sequence[int], on_day: int, *, using: str = "default") -> dict[int, Decided]:
    """Return the newest decision about each account up to a day, by account."""
    rows = Decision.objects.using(using).filter(account_id__in=account_ids, on_day__lte=on_day, on_day__gt=on_day - 400)
    newest: dict[int, Decided] = {}
    found: Iterable[Any] = rows.order_by("account_id", "-on_day", "-decided_at")  # Any: as below
    for row in found:
        newest.setdefault(row.account_id, _decided(row))
    return newest


def _decided(row: Any) -> Decided:  # Any: the columns of a decision are made from its dtype
    return Decided(
        account=row.account_id,
        on_day=row.on_day,
        tone=row.tone,
        stage=row.stage,
        treatment=row.treatment,
        next_action=row.next_action,
        next_on=row.next_on,
        band=row.band,
        conduct=row.conduct,
        reason=row.reason,
        days_past_due=row.days_past_due,
        tier=row.tier,
    )


def held_by(person_id: int, now: datetime, *, using: str = "default") -> int | None:
    """Return for which collector the person is held at this instant, None for nobody."""
    found = answers.prepared(_HELD_BY, [person_id, now], using=using)
    return int(found[0][0]) if found else None


def held_person(staff_id: int, now: datetime) -> int | None:
    """Return which person is held for this collector, None for nobody."""
    rows = WorkHold.objects.filter(staff_id=staff_id, until_at__gt=now).order_by("-held_at")
    return rows.values_list("person_id", flat=True).first()
