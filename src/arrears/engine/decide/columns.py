"""Facts of accounts from their positions and a day: the columns that the tables ask for."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from arrears.domain.holds import HoldKind
from arrears.domain.position import Flag, Position, as_rows
from arrears.engine.ledger import by_day
from arrears.facts import NULL, registry
from arrears.kernel.epoch import NO_DATE

Column = npt.NDArray[np.int64]
Columns = Mapping[str, npt.NDArray[np.integer]]
Rows = npt.NDArray[Any]  # structured: POSITION

_WEEK = 7
_BROKEN_WITHIN = 90
_LATE_OF_LAST = 12


def fact_columns(positions: Rows, day: int, others: Columns | None = None) -> dict[str, npt.NDArray[np.integer]]:
    """Return the facts of ``positions`` (an array of ``POSITION``) on the epoch day ``day``.

    ``others`` are what a position does not hold, by fact name: ``currency`` (ISO number), ``reason_late``,
    ``ability``, ``willingness``, ``class_set``, ``team_now``, ``reachable_phones``, ``hold_ends_in_days``,
    ``has_other_lenders``. Those not given take their ``absent`` value in the tables.
    """
    dpd = by_day.days_past_due_many(positions, day)
    is_late = dpd > 0
    return {
        "status": _status(positions),
        "days_past_due": dpd,
        "days_to_next_due": _ahead(positions["next_due_day"], day),
        "days_since_cure": _since(positions["cured_day"], day),
        "is_first_instalment": by_day.is_first_default_many(positions, day).astype(np.int64),
        "late_of_last_12": by_day.late_of_last_many(positions, _LATE_OF_LAST),
        "arrears_minor": by_day.arrears_many(positions, day),
        "balance_minor": by_day.contractual_many(positions, day),
        "is_part_paid": (is_late & _paid_since_late(positions)).astype(np.int64),
        "has_payment_pending": (positions["pending_minor"] > 0).astype(np.int64),
        "promise_due_in_days": _until(positions["promise_due_day"], day),
        "broken_promises_90d": by_day.broken_within_many(positions, day, _BROKEN_WITHIN),
        "kept_promises": positions["promises_kept"].astype(np.int64),
        "last_promise": _last_promise(positions),
        "days_since_broken": _since(positions["broken_1_day"], day),
        "plan_state": positions["plan_state"].astype(np.int64),
        "plan_due_in_days": _until(positions["plan_due_day"], day),
        "plan_behind_days": _since(positions["plan_late_day"], day),
        "calls_7d": by_day.counted_many(positions, "calls_slots", day, _WEEK),
        "attempts_since_rpc": positions["attempts_since_rpc"].astype(np.int64),
        "has_talked_since_late": (is_late & _talked_since_late(positions)).astype(np.int64),
        "days_since_contact": _since(positions["last_attempt_day"], day),
        "days_since_worked": _since(_worked(positions), day),
        "hold": _gravest_hold(positions["holds"]),
        **(others or {}),
    }


def facts_of(position: Position, day: int, others: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the facts of one account, as ``fact_columns`` does for many."""
    columns = fact_columns(as_rows([position]), day)
    return {name: int(column[0]) for name, column in columns.items()} | dict(others or {})


def _status(positions: Rows) -> Column:
    flags = positions["flags"]
    sold, written_off = (flags & Flag.SOLD) != 0, (flags & Flag.CHARGED_OFF) != 0
    nothing_owed = (flags & Flag.NOTHING_OWED) != 0
    return np.select([sold, nothing_owed, written_off], [4, 2, 3], 1).astype(np.int64)


def _since(days: npt.NDArray[np.integer], day: int) -> Column:
    """Return how many days ago; null where there is no date, 0 where it lies ahead."""
    when = days.astype(np.int64)
    return np.where(when == NO_DATE, NULL, np.maximum(0, day - when))


def _ahead(days: npt.NDArray[np.integer], day: int) -> Column:
    when = days.astype(np.int64)
    return np.where(when == NO_DATE, NULL, np.maximum(0, when - day))


def _until(days: npt.NDArray[np.integer], day: int) -> Column:
    when = days.astype(np.int64)
    return np.where(when == NO_DATE, NULL, when - day)


def _paid_since_late(positions: Rows) -> npt.NDArray[np.bool_]:
    """Whether money came on or after the day the oldest unpaid instalment fell due: they pay, but not all."""
    paid = positions["last_payment_day"]
    return np.asarray((paid != NO_DATE) & (paid >= positions["oldest_unpaid_day"]), np.bool_)


def _talked_since_late(positions: Rows) -> npt.NDArray[np.bool_]:
    spoken = positions["last_rpc_day"]
    return np.asarray((spoken != NO_DATE) & (spoken >= positions["late_since_day"]), np.bool_)


def _last_promise(positions: Rows) -> Column:
    """Return broken (2) where one was broken and no money came since; else kept (1) where any was."""
    broken, paid = positions["broken_1_day"], positions["last_payment_day"]
    stands_broken = (broken != NO_DATE) & ((paid == NO_DATE) | (paid <= broken))
    return np.where(stands_broken, 2, np.where(positions["promises_kept"] > 0, 1, 0)).astype(np.int64)


def _worked(positions: Rows) -> Column:
    attempt, contact = positions["last_attempt_day"].astype(np.int64), positions["last_contact_day"].astype(np.int64)
    latest = np.where(attempt == NO_DATE, contact, np.where(contact == NO_DATE, attempt, np.maximum(attempt, contact)))
    return np.asarray(latest, np.int64)


def _gravest_hold(holds: Column) -> Column:
    """Return the code of the gravest open hold; bit n of ``holds`` is the nth kind of ``HoldKind``."""
    fact = registry()["hold"]
    code = np.zeros(len(holds), np.int64)
    for bit, kind in enumerate(HoldKind):
        number = fact.number_of(kind.value)
        if number is None:
            raise ValueError(f"the fact hold has no code {kind.value}")
        code = np.maximum(code, np.where(holds >> bit & 1, number, 0))
    return code
