"""Payments that are said to have been made: the search for them, and what may be the one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Max, Q

from arrears.domain.entries import CASH_KINDS
from arrears.domain.takings import TRACE_RUNS, TraceState
from arrears.store.doors.takings import MOST, Listed, listed, read_as
from arrears.store.scope import current
from arrears.store.standing import Stands
from arrears.store.tables.account import Entry
from arrears.store.tables.feed import PaymentLine
from arrears.store.tables.statement import StatementLine
from arrears.store.tables.taking import Trace

AROUND: Final = timedelta(days=5)
"""How far a bank's day may lie from the day the debtor names."""


_IN_SUSPENSE: Final = ("suspense", "parked")


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """A search as it stands. See `arrears.store.tables.taking.Trace`."""

    id: int
    organisation: int
    account: int
    person: int
    opened_at: datetime
    paid_to: str
    amount_minor: int
    currency: str
    paid_on: date
    means: str
    proof: str
    after_entry: int
    state: str
    deadline_on: date
    ended_at: datetime | None
    ended_because: str
    told_at: datetime | None
    entry: int | None


@dataclass(frozen=True, slots=True)
class TraceCandidate:
    """What may be the payment: ``entry`` is posted on a debt of the person, ``line`` and ``bank`` wait without a debt.

    A ``line`` came in a payment feed, a ``bank`` line in a bank statement.
    """

    kind: str
    id: int
    on: date
    amount_minor: int
    about: str
    is_exact: bool


def add_trace(*, using: str = "default", **columns: Any) -> TraceRow:
    """Write a search, opened by the scope's organisation and user, after the latest entry of its account."""
    by = current(using)
    last = Entry.objects.using(using).filter(account_id=columns["account_id"]).aggregate(last=Max("pk"))["last"]
    row = Trace(by_organisation_id=by.organisation, opened_by_id=by.user, after_entry=last or 0, **columns)
    row.save(using=using, force_insert=True)
    return read_as(row, TraceRow)


def trace(trace_id: int, *, hold: bool = False, using: str = "default") -> TraceRow | None:
    """Return a search; with ``hold`` other hands wait until the transaction ends."""
    rows = Trace.objects.using(using)
    row = (rows.select_for_update(of=("self",)) if hold else rows).filter(pk=trace_id).first()
    return None if row is None else read_as(row, TraceRow)


def move_trace(trace_id: int, *, using: str = "default", **columns: Any) -> None:
    """Write what became of a search."""
    Trace.objects.using(using).filter(pk=trace_id).update(**columns)


def end_trace(trace_id: int, state: TraceState, *, at: datetime, because: str, using: str, **columns: Any) -> None:
    """End a search, by the scope's user where there is one."""
    move_trace(
        trace_id,
        state=state,
        ended_at=at,
        ended_because=because,
        ended_by_id=current(using).user,
        using=using,
        **columns,
    )


def running_on(accounts: Sequence[int], *, using: str = "default") -> tuple[TraceRow, ...]:
    """Return the searches that run on accounts."""
    rows = Trace.objects.using(using).filter(account_id__in=list(accounts), ended_at__isnull=True).order_by("pk")
    return tuple(read_as(row, TraceRow) for row in rows)


def traces_of(account_id: int, *, using: str = "default") -> tuple[TraceRow, ...]:
    """Return the searches of an account, the newest first."""
    rows = Trace.objects.using(using).filter(account_id=account_id).order_by("-pk")[:10]
    return tuple(read_as(row, TraceRow) for row in rows)


def traces_to_work(*, most: int = MOST, using: str = "default") -> tuple[Listed, ...]:
    """Return the searches that run, those left to a human first, then by deadline."""
    rows = Trace.objects.using(using).filter(state__in=TRACE_RUNS).order_by("-state", "deadline_on", "pk")
    return listed(rows[:most], TraceRow, using=using)


def past_deadline(owner: int, today: date, *, using: str = "default") -> tuple[TraceRow, ...]:
    """Return the searches of an owner that still run after their last day."""
    rows = Trace.objects.using(using).filter(
        organisation_id=owner, state=TraceState.RUNNING, deadline_on__lt=today, ended_at__isnull=True
    )
    return tuple(read_as(row, TraceRow) for row in rows.order_by("pk"))


def payment_of(entry_id: int, person: int, *, using: str = "default") -> tuple[int, int] | None:
    """Return (account, amount) of a payment on a debt of a person that stands; None for any other entry."""
    rows = Entry.objects.using(using).filter(pk=entry_id, kind__in=CASH_KINDS, account__person_id=person)
    return rows.filter(Stands("pk")).values_list("account_id", "amount_minor").first()


def came_for(trace_row: TraceRow, *, using: str = "default") -> int | None:
    """Return the first payment on the account that became known since and is of the amount; None for none."""
    rows = Entry.objects.using(using).filter(
        account_id=trace_row.account, pk__gt=trace_row.after_entry, kind__in=CASH_KINDS,
        amount_minor=trace_row.amount_minor,
    )  # fmt: skip
    return rows.filter(Stands("pk")).order_by("pk").values_list("pk", flat=True).first()


def candidates(trace_row: TraceRow, *, using: str = "default") -> tuple[TraceCandidate, ...]:
    """Return what may be the payment, exact amounts first: posted on the person's debts, or waiting without a debt."""
    near = (trace_row.paid_on - AROUND, trace_row.paid_on + 2 * AROUND)
    posted = (
        Entry.objects.using(using)
        .filter(Stands("pk"), account__person_id=trace_row.person, kind__in=CASH_KINDS, value_date__range=near)
        .select_related("account")
    )
    lines = PaymentLine.objects.using(using).filter(
        Q(value_date__range=near),
        organisation_id=trace_row.organisation,
        state="unmatched",
        currency=trace_row.currency,
    )
    exact = lines.filter(amount_minor=trace_row.amount_minor)[:20]
    others = lines.exclude(amount_minor=trace_row.amount_minor).order_by("value_date", "pk")[:10]
    suspense = StatementLine.objects.using(using).filter(
        organisation_id=trace_row.organisation, state__in=_IN_SUSPENSE, currency=trace_row.currency,
        value_on__range=near, amount_minor__gt=0,
    )  # fmt: skip
    sure = suspense.filter(amount_minor=trace_row.amount_minor)[:20]
    maybe = suspense.exclude(amount_minor=trace_row.amount_minor).order_by("value_on", "pk")[:10]
    found = [
        *(
            ("bank", row.pk, row.value_on, row.amount_minor, f"{row.payer_name} {row.remittance}".strip())
            for row in (*sure, *maybe)
        ),
        *(
            ("entry", row.pk, row.value_date, row.amount_minor, row.account.number)
            for row in posted.order_by("pk")[:MOST]
        ),
        *(
            ("line", row.pk, row.value_date, row.amount_minor, f"{row.payer} {row.reference}".strip())
            for row in (*exact, *others)
        ),
    ]
    marked = [TraceCandidate(*one, is_exact=one[3] == trace_row.amount_minor) for one in found]
    return tuple(sorted(marked, key=lambda one: (not one.is_exact, abs((one.on - trace_row.paid_on).days), one.id)))
