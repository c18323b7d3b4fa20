"""What dealings make of a position: contacts by day, promises, holds. Pure columns, no database.

The ledger fills its columns of `POSITION` from entries; this module fills the others from what was done and said. The
same rows give the same bytes, whoever asks and in whatever order they arrive.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.domain.position import DEALINGS_COLUMNS, MOST_IN_SLOT, POSITION, SLOT_DAYS
from arrears.kernel.epoch import NO_DATE
from arrears.store.doors.dealings import KEPT, OPEN, PART_KEPT, PROVISIONAL, Dealt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Rows = npt.NDArray[np.void]

DEALINGS: Final = np.dtype([(name, POSITION[name]) for name in DEALINGS_COLUMNS])
WINDOW_DAYS: Final = 7
_BEFORE_ALL: Final = -NO_DATE


def dealings(accounts: Ints, dealt: Dealt, as_of: int) -> Rows:
    """Return the `DEALINGS` of ``accounts`` (ascending ids), one row each, as they stand on the epoch day ``as_of``.

    Rows about an account that is not asked for are left out.
    """
    out = np.zeros(len(accounts), DEALINGS)
    for name in DEALINGS_COLUMNS:
        if name.endswith(("_day", "_look_on")):
            out[name] = NO_DATE
    if len(accounts):
        _fold_contacts(out, *_placed(accounts, dealt.contacts), as_of)
        _fold_promises(out, *_placed(accounts, dealt.promises), as_of)
        _fold_holds(out, *_placed(accounts, dealt.holds), as_of)
        _fold_plans(out, *_placed(accounts, dealt.plans), as_of)
    return out


def _placed(accounts: Ints, rows: Rows) -> tuple[Rows, Places]:
    """Return the rows about ``accounts`` and, for each, the place of its account."""
    place = np.searchsorted(accounts, rows["account"])
    inside = np.minimum(place, len(accounts) - 1)
    known = accounts[inside] == rows["account"]
    return rows[known], inside[known]


def _fold_contacts(out: Rows, rows: Rows, place: Places, as_of: int) -> None:
    """Count contacts of either side, as the house limit does; calls only ours, without those that were asked for."""
    outbound, reached = rows["is_outbound"] == 1, rows["is_reached"] == 1
    counted = rows["is_counted"] == 1
    calls = counted & outbound & (rows["is_call"] == 1) & (rows["is_asked_for"] == 0)
    _latest(out["last_attempt_day"], rows, place, outbound)
    _latest(out["last_contact_day"], rows, place, rows["is_with_anybody"] == 1)
    _latest(out["last_rpc_day"], rows, place, reached)
    _latest(out["slots_day"], rows, place, counted)
    out["calls_slots"] = _slots(out, rows, place, calls)
    out["contacts_slots"] = _slots(out, rows, place, counted)
    talked = np.where(out["last_rpc_day"] == NO_DATE, _BEFORE_ALL, out["last_rpc_day"])
    since = outbound & ~reached & (rows["day"] > talked[place])
    out["attempts_since_rpc"] = np.bincount(place[since], minlength=len(out))
    _look(out, place[counted], rows["day"][counted] + WINDOW_DAYS, as_of)


def _latest(column: npt.NDArray[np.int32], rows: Rows, place: Places, which: Flags) -> None:
    """Set the latest day of the rows in ``which`` where there is one."""
    latest = np.full(len(column), _BEFORE_ALL, np.int64)
    np.maximum.at(latest, place[which], rows["day"][which])
    found = latest > _BEFORE_ALL
    column[found] = latest[found]


def _slots(out: Rows, rows: Rows, place: Places, which: Flags) -> Ints:
    """Return counts a day in eight bits each, the anchor day lowest; what lies further back has left every window."""
    packed = np.zeros(len(out), np.int64)
    back = out["slots_day"][place].astype(np.int64) - rows["day"]
    for slot in range(SLOT_DAYS):
        counts = np.bincount(place[which & (back == slot)], minlength=len(out))
        packed |= np.minimum(counts, MOST_IN_SLOT).astype(np.int64) << (8 * slot)
    return packed


def _fold_promises(out: Rows, rows: Rows, place: Places, as_of: int) -> None:
    """Count promises, name the open one due next, keep the days of the last three that were broken."""
    standing = rows["state"] == OPEN
    for name, which in (
        ("promises_open", standing | (rows["state"] == PROVISIONAL)),
        ("promises_kept", rows["state"] == KEPT),
        ("promises_broken", rows["state"] >= PART_KEPT),
    ):
        out[name] = np.bincount(place[which], minlength=len(out))
    np.minimum.at(out["promise_due_day"], place[standing], rows["due_day"][standing])
    next_due = standing & (rows["due_day"] == out["promise_due_day"][place])
    np.add.at(out["promise_minor"], place[next_due], rows["to_come_minor"][next_due])
    _fold_broken(out, rows, place)
    unjudged = standing | (rows["state"] == PROVISIONAL)
    _look(out, place[unjudged], np.maximum(rows["due_day"][unjudged], as_of + 1), as_of)


def _fold_broken(out: Rows, rows: Rows, place: Places) -> None:
    broken = np.flatnonzero(rows["state"] >= PART_KEPT)
    order = broken[np.lexsort((-rows["due_day"][broken].astype(np.int64), place[broken]))]
    at = place[order]
    turn = np.arange(len(order)) - np.searchsorted(at, at)
    for n in range(3):
        which = turn == n
        out[f"broken_{n + 1}_day"][at[which]] = rows["due_day"][order][which]


def _fold_holds(out: Rows, rows: Rows, place: Places, as_of: int) -> None:
    is_on = rows["is_on"] == 1
    np.bitwise_or.at(out["holds"], place[is_on], np.int64(1) << rows["bit"][is_on].astype(np.int64))
    for day in ("from_day", "until_day"):
        _look(out, place, rows[day], as_of)


def _fold_plans(out: Rows, rows: Rows, place: Places, as_of: int) -> None:
    """Name how the plan stands (of several the worse), its next instalment and the oldest that is late."""
    np.maximum.at(out["plan_state"], place, rows["state"].astype(np.int16))
    np.minimum.at(out["plan_due_day"], place, rows["due_day"])
    np.minimum.at(out["plan_late_day"], place, rows["late_day"])
    _look(out, place, rows["due_day"], as_of)


def _look(out: Rows, place: Places, days: npt.NDArray[np.integer], as_of: int) -> None:
    """Let the row be looked at again on the first of ``days`` that is still to come."""
    ahead = (days > as_of) & (days < NO_DATE)
    np.minimum.at(out["dealings_look_on"], place[ahead], days[ahead].astype(np.int32))
