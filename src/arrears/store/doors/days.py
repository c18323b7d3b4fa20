"""One day of one collector: the list and its rounds, what is done, which promises fall due at which hour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count, Q, Sum

from arrears.domain.contacts import EFFECTS, Origin, Outcome
from arrears.domain.entries import CASH_KINDS
from arrears.kernel.epoch import epoch_day
from arrears.store.standing import STANDS
from arrears.store.tables.account import Account
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import BookDay
from arrears.store.tables.person import Person
from arrears.store.tables.promise import Promise
from arrears.store.tables.work import PublishedRun, Skip, Worklist

_CASH_ON: Final = f"""
    SELECT a.currency, sum(e.amount_minor) FROM entry e JOIN account a ON a.id = e.account_id
    WHERE e.value_date = %s AND e.kind = ANY(%s) AND {STANDS} GROUP BY 1 ORDER BY 1"""
_REACHED = [outcome.value for outcome in Outcome if EFFECTS[outcome].is_reached]


@dataclass(frozen=True, slots=True)
class Done:
    """What one collector (or everybody) did since an instant."""

    attempts: int
    persons: int
    right_party: int
    skips: int
    promises: int
    promised: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WaveProgress:
    """A round of the day: how many people are in it and how many of them were tried."""

    wave: int
    members: int
    tried: int


@dataclass(frozen=True, slots=True)
class DuePromise:
    """A promise that falls due today, for the list by the hour (P34, P41)."""

    id: int
    person: int
    name: str
    account: str
    amount_minor: int
    kept_minor: int
    currency: str
    due_on: date
    due_hour: int
    means: str
    state: str
    kind: str
    may_call: bool
    may_write: bool
    confidence: str
    taken_by: int | None

    @property
    def to_come_minor(self) -> int:
        """How much of it has not come."""
        return max(0, self.amount_minor - self.kept_minor)


def done_since(start: datetime, staff: int | None) -> Done:
    """Return what ``staff`` (None: the whole organisation in scope) did since ``start``."""
    own = {} if staff is None else {"staff_id": staff}
    attempts = Attempt.objects.filter(started_at__gte=start, **own).exclude(origin=Origin.HISTORIC)
    counted = attempts.aggregate(
        attempts=Count("pk"),
        persons=Count("person_id", distinct=True),
        right_party=Count("pk", filter=Q(outcome__in=_REACHED)),
    )
    taken = Promise.objects.filter(taken_at__gte=start, **({} if staff is None else {"taken_by_id": staff}))
    sums = taken.values_list("account__currency").annotate(total=Sum("amount_minor"))
    skips = Skip.objects.filter(at__gte=start, **own).count()
    promised = tuple((str(code), int(total)) for code, total in sums)
    return Done(skips=skips, promises=taken.count(), promised=promised, **counted)


def published_run(on: date) -> tuple[int, datetime] | None:
    """Return the newest published run whose list is for ``on`` or, failing that, the last before it."""
    rows = PublishedRun.objects.filter(on_day__lte=epoch_day(on)).order_by("-on_day", "-run_id")
    found = rows.values_list("on_day", "published_at").first()
    return (int(found[0]), found[1]) if found else None


def waves_of_day(on_day: int, start: datetime, staff: int | None) -> tuple[WaveProgress, ...]:
    """Return the rounds of the list of ``on_day``: ``staff`` names whose list, None the organisation's."""
    rows = Worklist.objects.filter(on_day=on_day, **({} if staff is None else {"staff_id": staff}))
    members = dict(rows.values_list("wave").annotate(members=Count("person_id", distinct=True)))
    tried_people = Attempt.objects.filter(started_at__gte=start).values("person_id")
    tried = dict(
        rows.filter(person_id__in=tried_people).values_list("wave").annotate(tried=Count("person_id", distinct=True))
    )
    return tuple(WaveProgress(wave, count, tried.get(wave, 0)) for wave, count in sorted(members.items()))


def promises_due(on: date, staff: int | None, list_day: int | None = None) -> tuple[DuePromise, ...]:
    """Return the promises that fall due on a day, by the hour; those already kept or broken stay to be seen.

    With ``staff`` those that they took, and those of the people on their list of ``list_day``, whoever took them.
    """
    rows = Promise.objects.filter(due_on=on).exclude(state__in=("withdrawn", "asked"))
    if staff is not None:
        own = Q(taken_by_id=staff)
        if list_day is not None:
            listed = Worklist.objects.filter(on_day=list_day, staff_id=staff)
            own |= Q(person_id__in=listed.values("person_id"))
        rows = rows.filter(own)
    return _named(list(rows.order_by("due_hour", "pk")))


def promises_awaited(on: date, back: timedelta, staff: int | None) -> tuple[DuePromise, ...]:
    """Return promises of the days before ``on`` whose money has not come yet and may still come in time, oldest first.

    With ``staff`` those that they took.
    """
    rows = Promise.objects.filter(due_on__gte=on - back, due_on__lt=on, state="open").exclude(kind="pay_day_call")
    if staff is not None:
        rows = rows.filter(taken_by_id=staff)
    return _named(list(rows.order_by("due_on", "due_hour", "pk")))


def _named(found: list[Promise]) -> tuple[DuePromise, ...]:
    names = dict(Person.objects.filter(pk__in={row.person_id for row in found}).values_list("pk", "full_name"))
    accounts = {row.pk: row for row in Account.objects.filter(pk__in={row.account_id for row in found})}
    return tuple(_due(row, names.get(row.person_id, ""), accounts[row.account_id]) for row in found)


def _due(row: Promise, name: str, account: Account) -> DuePromise:
    return DuePromise(
        id=row.pk,
        person=row.person_id,
        name=name,
        account=account.number,
        amount_minor=row.amount_minor,
        kept_minor=row.kept_minor,
        currency=account.currency,
        due_on=row.due_on,
        due_hour=row.due_hour,
        means=row.means,
        state=row.state,
        kind=row.kind,
        may_call=row.may_call,
        may_write=row.may_write,
        confidence=row.confidence,
        taken_by=row.taken_by_id,
    )


def cash_on(day: date) -> tuple[tuple[str, int], ...]:
    """Return the payments of a value date, by currency, reversed ones left out."""
    with connection.cursor() as cursor:
        cursor.execute(_CASH_ON, [day, [int(kind) for kind in CASH_KINDS]])
        return tuple((str(code), int(total)) for code, total in cursor.fetchall())


def business_date(organisation_id: int) -> date | None:
    """Return the date of the open book day of an organisation; None where no day is open."""
    return (
        BookDay.objects.filter(organisation_id=organisation_id, closed_at=None)
        .values_list("business_date", flat=True)
        .first()
    )
