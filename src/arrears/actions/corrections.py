"""Adjustments below zero: each corrects a named entry, never by more than it added, and a second human confirms it.

Less of a debt by any other reason is a waiver or a settlement, which the matrix of authority weighs. Only who takes
back on the same book day what he posted himself by hand needs nobody else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import entries, history, noting, people
from arrears.actions.concession_mistakes import mistake
from arrears.actions.plans import judging
from arrears.domain.entries import EntryKind
from arrears.kernel.problems import Problem
from arrears.store import bookday
from arrears.store.doors import corrections, postings
from arrears.store.doors import reported_payments as asked_for
from arrears.store.doors.concessions import Cuttable
from arrears.store.doors.reported_payments import Reported
from arrears.store.scope import current

CORRECTION: Final = "debt_correction"
"""Source kind of entries that correct another one; their reference begins with what they correct."""
BY_HAND: Final = "debt_event"
_LATER_IN_THE_DAY: Final = frozenset({EntryKind.FEE, EntryKind.COST})
"""Kinds whose turn comes after that of adjustments: one of the same day would find nothing to take off."""
_CONFIRM: Final = frozenset({"finance", "manager"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction that waits for a second human to confirm it."""

    id: int


def correct(
    debt: Cuttable,
    corrects: int,
    *,
    amount_minor: int,
    principal_minor: int,
    on: date,
    reason: str,
    key: str,
    now: datetime,
    using: str = "default",
) -> int | Asked | Problem:
    """Take ``amount_minor`` (below zero) off a debt because an entry was wrong; return the adjustment's entry.

    Where the entry is not one that the user posted by hand on this book day, it waits to be confirmed instead.
    """
    judging.hold_together([debt.id], using=using)
    reference = f"{corrects}:{principal_minor}:{key}"
    if (there := postings.posted_from(debt.owner, CORRECTION, reference, using=using)) is not None:
        return there.id
    if (refused := _refused(debt.id, corrects, amount_minor, principal_minor, on, using)) is not None:
        return refused
    day = bookday.stamp(debt.owner, using=using).day
    if _is_own_of_today(corrects, day, using):
        return _post(debt.id, amount_minor, principal_minor, on, reason, reference, now, using)
    owed = postings.owed(debt.id, using=using)
    assert owed is not None
    made = asked_for.report_payment(
        debt,
        amount_minor=-amount_minor,
        value_date=on,
        note=noting.keep(
            owed.owner,
            owed.person,
            reason,
            account=owed.id,
            now=now,
            using=using,
        ),
        at=now,
        book_day=day,
        key=reference,
        source_kind=CORRECTION,
        using=using,
    )
    history.append(
        "correction_asked",
        owner=debt.owner,
        account=debt.id,
        person=debt.person,
        now=now,
        using=using,
        report=made,
        corrects=corrects,
        amount_minor=amount_minor,
        value_date=on.isoformat(),
    )
    return Asked(made)


def _refused(account: int, corrects: int, amount: int, principal: int, on: date, using: str) -> Problem | None:
    found = corrections.correctable(corrects, CORRECTION, using=using) if corrects else None
    if found is None or found.account != account:
        return mistake("corrects_missing", "corrects")
    if found.kind in _LATER_IN_THE_DAY and on <= found.value_date:
        return mistake("corrects_same_day", "on")
    if -amount > found.left_minor:
        return mistake("corrects_too_much", "amount")
    return None if amount <= principal <= 0 else mistake("principal_beyond", "principal")


def _look_again(found: Reported, corrects: int, principal: int, using: str) -> Problem | None:
    return _refused(found.account, corrects, -found.amount_minor, principal, found.value_date, using)


def _is_own_of_today(corrects: int, day: int, using: str) -> bool:
    found = corrections.correctable(corrects, CORRECTION, using=using)
    assert found is not None
    is_own = found.posted_by is not None and found.posted_by == current(using).user
    return is_own and found.book_day == day and found.source_kind == BY_HAND


def _post(
    account: int, amount: int, principal: int, on: date, reason: str, reference: str, now: datetime, using: str
) -> int | Problem:
    return entries.post_entry(
        account,
        EntryKind.ADJUSTMENT,
        amount_minor=amount,
        principal_minor=principal,
        value_date=on,
        reason=reason,
        source_kind=CORRECTION,
        source_ref=reference,
        now=now,
        using=using,
    )


def _may_not_confirm(found: Reported, using: str) -> Problem | None:
    if current(using).organisation != found.owner or _CONFIRM.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_note")
    is_own = found.reported_by is None or found.reported_by == current(using).user
    return mistake("own_report") if is_own else None


def confirm_correction(asked: int, *, is_right: bool, now: datetime, using: str = "default") -> int | Problem | None:
    """Confirm a correction, which posts it, or refuse it; by finance or a manager who did not ask for it.

    The entry is looked at again: of two corrections of one entry the second may find nothing left. Returns the entry;
    None where it was refused.
    """
    found = asked_for.reported(asked, source_kind=CORRECTION, using=using)
    if found is None or (problem := _may_not_confirm(found, using)) is not None:
        return mistake("report_decided") if found is None else problem
    corrects, principal = (int(part) for part in found.source_ref.split(":", 2)[:2])
    judging.hold_together([found.account], using=using)
    refused = _look_again(found, corrects, principal, using) if is_right else None
    if refused is not None:
        return refused
    if not asked_for.decide_reported(asked, "confirmed" if is_right else "refused", entry=None, at=now, using=using):
        return mistake("report_decided")
    if not is_right:
        return None
    reason = f"report/{asked}"
    return _post(found.account, -found.amount_minor, principal, found.value_date, reason, found.source_ref, now, using)
