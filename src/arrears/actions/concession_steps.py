"""Steps of an offer: held against a second hand, written down with their event."""

from datetime import date, datetime

from arrears.actions import history, noting
from arrears.actions import positions as bases_of
from arrears.domain.concessions import State
from arrears.kernel.hours import local_day
from arrears.store import bookday, locks
from arrears.store.doors import concessions as rows
from arrears.store.doors import positions as bases
from arrears.store.doors import postings
from arrears.store.doors.concessions import Cuttable, Offered


def held(concession_id: int, using: str) -> Offered | None:
    """Return an offer with its debtor held, so that of two who decide about it one comes second and sees the first."""
    found = rows.concession(concession_id, using=using)
    if found is None:
        return None
    locks.lock_person(found.person, using=using)
    return rows.concession(concession_id, using=using)


def debt_and_day(offer: Offered, now: datetime, using: str) -> tuple[Cuttable, date]:
    """Return the debt that an offer is about, and the day it is there."""
    debt = rows.cuttable(offer.account, using=using)
    (basis,) = bases.bases_of(bases_of.ids([offer.account]), using=using)
    assert debt is not None
    return debt, local_day(now, basis.timezone)


def note_of(account: int, reason: str, now: datetime, using: str) -> int:
    """Keep a reason in words as a note of the debt; return its id."""
    owed = postings.owed(account, using=using)
    assert owed is not None
    return noting.keep(
        owed.owner,
        owed.person,
        reason,
        account=owed.id,
        now=now,
        using=using,
    )


def step(
    offer: Offered,
    state: State,
    now: datetime,
    using: str,
    *,
    note: int | None = None,
    look_on: date | None = None,
    paid_minor: int | None = None,
    entry: int | None = None,
    **told: object,
) -> None:
    """Take a step: write where the offer stands, the step itself, and its event."""
    day = bookday.stamp(offer.owner, using=using).day
    rows.set_state(offer.id, state, look_on=look_on, paid_minor=paid_minor, using=using)
    rows.take_step(offer, state, at=now, book_day=day, note=note, entry=entry, facts=told, using=using)
    history.append(
        f"concession_{state.value}",
        owner=offer.owner,
        account=offer.account,
        person=offer.person,
        now=now,
        using=using,
        concession=offer.id,
        concession_kind=offer.kind.value,
        cut_minor=offer.cut_minor,
        pay_minor=offer.pay_minor,
        **told,
    )
