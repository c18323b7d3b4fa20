"""What time alone changes, posted at night: charges and interest that ran, instalments fallen due, new debts.

What runs by the day follows from the position and the day, so a night reads no entries for it. Everything is derived
less posted: done twice, the second time posts nothing.
"""

from datetime import date, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arrears.actions import renewal
from arrears.actions.books import desk_of
from arrears.engine.books.journals import journal
from arrears.engine.books.purposes import DERIVED
from arrears.engine.ledger.by_day import accrued_owed_many, charge_owed_many
from arrears.kernel.epoch import epoch_day
from arrears.store.doors import books as door
from arrears.store.doors import positions as rows_of
from arrears.store.doors.books import NewJournal
from arrears.store.doors.due import stored_positions

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[Any]  # structured
BATCH: Final = 20_000


def accrue_charges(accounts: Ints, on: date, *, owner: int, now: datetime, using: str = "night") -> int:
    """Post charges and interest up to ``on`` of debts whose position is valid on that day; return how many it moved.

    Runs in the caller's transaction; one journal for all of them.
    """
    rows_of.hold_rows(accounts, using=using)
    day = epoch_day(on)
    positions = stored_positions(accounts, using=using)
    positions = positions[(positions["organisation_id"] == owner) & (positions["look_again_on"] > day)]
    posted = door.posted_of(positions["account"].astype(np.int64), using=using)
    positions = positions[np.isin(positions["account"], posted["account"])]
    moved = np.zeros(len(posted), DERIVED)
    moved["charges"] = charge_owed_many(positions, day) - posted["charges_minor"]
    moved["accrued"] = accrued_owed_many(positions, day) - posted["accrued_minor"]
    moved["charge_income"], moved["accrued_income"] = -moved["charges"], -moved["accrued"]
    is_due = ((moved["charges"] != 0) | (moved["accrued"] != 0)) & (posted["as_of"] < day)
    if not is_due.any():
        return 0
    posted, moved = posted[is_due], moved[is_due]
    posted["journal_id"] = _journal(posted, moved, owner, now, using)
    for name in ("charges", "charge_income", "accrued", "accrued_income"):
        posted[f"{name}_minor"] += moved[name]
    posted["as_of"] = day
    door.write_posted(posted, using=using)
    return len(posted)


def _journal(posted: Rows, moved: Rows, owner: int, now: datetime, using: str) -> int:
    """Write the journal of what charges and interest grew by, in each currency by itself."""
    desk = desk_of(owner, now=now, using=using)
    nothing = np.zeros(len(posted), DERIVED)
    bases = rows_of.bases_of(posted["account"].astype(np.int64), using=using)
    lines = journal(moved, nothing, [basis.currency for basis in bases])
    new = NewJournal(
        owner=owner,
        book_day=desk.day.day,
        period=desk.period.id,
        kind="accrual",
        lines=lines,
        made_at=now,
        made_by=desk.staff,
        account=bases[0].account if len(bases) == 1 else None,
        accounts=len(bases),
    )
    return door.write_journal(new, using=using)


def accrue(owner: int, on: date, *, since: int = 1, now: datetime, using: str = "night") -> int:
    """Bring the books of ``owner`` up to ``on`` in one transaction; return how many debts that moved.

    ``since`` is the first book day whose touched marks no accrual has read. A night does the same in batches.
    """
    moved = 0
    behind = door.behind(owner, epoch_day(on), since, using=using)
    for part in in_batches(behind):
        renewal.renew(part, now=now, using=using)
    for part in in_batches(door.running(owner, epoch_day(on), using=using)):
        moved += accrue_charges(part, on, owner=owner, now=now, using=using)
    return moved


def in_batches(accounts: Ints) -> list[Ints]:
    """Return accounts in batches, each worth a transaction of its own."""
    return [accounts[start : start + BATCH] for start in range(0, len(accounts), BATCH)]
