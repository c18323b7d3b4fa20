"""The books: what the ledger says of debts, less what is posted, written as journals in the transaction of the writer.

Nobody posts a payment to the general ledger. Whoever touches a debt makes its position anew; what its flows have become
is compared with what is posted of it, and the difference goes as a journal into the open period, summed over all debts
of the same hand. Backdating edits nothing: what concerns a closed period is a journal of its own that says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from arrears.actions import history
from arrears.actions.mistakes import filled
from arrears.engine.books.flows import derived
from arrears.engine.books.journals import Line, differs, journal
from arrears.engine.books.purposes import DERIVED, OF_DEBTS
from arrears.kernel.epoch import epoch_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.charts import chart
from arrears.store import bookday
from arrears.store.doors import books as door
from arrears.store.doors.books import NewJournal
from arrears.store.doors.positions import Basis
from arrears.store.layouts_books import POSTED
from arrears.store.locks import lock_book
from arrears.store.scope import ScopeError, current

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[Any]  # structured


class Part(NamedTuple):
    """Debts made anew as of one day: their places, and the sums of what flowed on each (rows of ``SUMS_ROW``)."""

    places: Sequence[int]
    sums: Rows
    as_of: date


@dataclass(frozen=True, slots=True)
class Made:
    """Positions as they were made anew, with what they were made from."""

    rows: Rows
    bases: list[Basis]
    entries: Rows
    parts: tuple[Part, ...]


#: Makes the ledger's columns of debts from entries as of a day: for what would have been posted by an earlier day.
Remake = Callable[[list[Basis], Rows, date], tuple[Rows, Part]]


class _Desk(NamedTuple):
    """Where one organisation's journals of this transaction go."""

    owner: int
    day: bookday.OpenDay
    period: door.Open
    staff: int | None
    now: datetime
    using: str


def post(made: Made, remake: Remake, *, now: datetime, kind: str = "posting", using: str = "default") -> int:
    """Post what the ledger says of these debts less what is posted; return how many journals that took.

    Runs in the transaction that made the positions, whose rows it holds. A holder posts nothing into the owner's books:
    what its hand brought up to date, the owner's night posts.
    """
    count = 0
    for owner in sorted({basis.owner for basis in made.bases}):
        if _may_post(owner, using):
            count += _post_own(owner, made, remake, now, kind, using)
    return count


def _may_post(owner: int, using: str) -> bool:
    try:
        return current(using).organisation == owner
    except ScopeError:
        return False


def _post_own(owner: int, made: Made, remake: Remake, now: datetime, kind: str, using: str) -> int:
    own = np.array([place for place, basis in enumerate(made.bases) if basis.owner == owner], np.int64)
    fresh = _derived(made)[own]
    before = _posted(made, own, using)
    is_new = before["journal_id"] == 0
    is_due = is_new | differs(fresh, purposes_of(before)) | _has_news(made.entries, before)
    if not is_due.any():
        return 0
    desk = desk_of(owner, now=now, using=using)
    currencies = np.array([made.bases[place].currency for place in own])
    count, last = 0, np.zeros(len(own), np.int64)
    base = purposes_of(before)
    late = _late(made.entries, before, desk) & ~is_new
    for closed, adjusted in _concerned(made, own[late], before[late], remake, desk) if late.any() else ():
        moved = base[late]
        for name in OF_DEBTS:
            moved[name] += adjusted[name]
        written = _write(desk, "adjustment", moved, base[late], currencies[late], made, own[late], closed.id)
        base[late] = moved
        last[late] = written or last[late]
        count += bool(written)
    for named, mask in (("opening", is_due & is_new), (kind, is_due & ~is_new)):
        if mask.any():
            written = _write(desk, named, fresh[mask], base[mask], currencies[mask], made, own[mask], None)
            last[mask] = written or last[mask]
            count += bool(written)
    _keep(made, own[is_due], fresh[is_due], np.where(last, last, before["journal_id"])[is_due], before[is_due], using)
    return count


def desk_of(owner: int, *, now: datetime, using: str = "default") -> _Desk:
    """Return where journals of ``owner`` go now: the open book day, held, and the period that takes its date."""
    day = bookday.stamp(owner, using=using)
    door.have_accounts(owner, chart(), using=using)
    period = door.period_of(owner, day.business_date, using=using)
    return _Desk(owner, day, period, _staff(using), now, using)


def _staff(using: str) -> int | None:
    try:
        return current(using).user
    except ScopeError:
        return None


def _derived(made: Made) -> Rows:
    """Return what the purposes of all debts stand at, in the order of the bases."""
    out = np.zeros(len(made.bases), DERIVED)
    for part in made.parts:
        out[list(part.places)] = derived(part.sums)
    return out


def purposes_of(posted: Rows) -> Rows:
    """Return what is posted by purpose, as `DERIVED`."""
    out = np.zeros(len(posted), DERIVED)
    for name in OF_DEBTS:
        out[name] = posted[f"{name}_minor"]
    return out


def _posted(made: Made, own: Ints, using: str) -> Rows:
    """Return what is posted of the debts at ``own`` places; a blank row for one that never was."""
    accounts = np.array([made.bases[place].account for place in own], np.int64)
    there = door.posted_of(accounts, using=using)
    out = np.zeros(len(accounts), POSTED)
    out["account"] = accounts
    out[np.searchsorted(accounts, there["account"])] = there
    return out


def _news(entries: Rows, before: Rows) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return of each entry the place of its debt among those ``before``, and whether it came after what is posted."""
    place = np.minimum(np.searchsorted(before["account"], entries["account"]), len(before) - 1)
    is_ours = before["account"][place] == entries["account"]
    return place, is_ours & (entries["id"] > before["through_entry"][place])


def _has_news(entries: Rows, before: Rows) -> npt.NDArray[np.bool_]:
    """Return for which debts an entry came after what is posted."""
    place, is_new = _news(entries, before)
    found = np.zeros(len(before), np.bool_)
    found[place[is_new]] = True
    return found


def _late(entries: Rows, before: Rows, desk: _Desk) -> npt.NDArray[np.bool_]:
    """Return for which debts an entry came that is valued in, or takes out one valued in, a closed period."""
    found = np.zeros(len(before), np.bool_)
    if desk.period.closed_until is None:
        return found
    until = epoch_day(desk.period.closed_until)
    place, is_new = _news(entries, before)
    taken = np.isin(entries["id"], entries["reverses"][is_new & (entries["reverses"] > 0)])
    is_late = (is_new | taken) & (entries["value"] <= until)
    found[place[is_late]] = True
    return found


def _concerned(made: Made, own: Ints, before: Rows, remake: Remake, desk: _Desk) -> Iterator[tuple[door.Closed, Rows]]:
    """Return what new entries change of each closed period, the earliest first: at its end, less at the one before."""
    bases = [made.bases[place] for place in own]
    known = np.isin(made.entries["account"], before["account"])
    entries = made.entries[known]
    through = before["through_entry"][np.searchsorted(before["account"], entries["account"])]
    is_old = entries["id"] <= through
    taken = np.isin(entries["id"], entries["reverses"][~is_old])
    earliest = int(entries["value"][~is_old | taken].min())
    so_far = np.zeros(len(bases), DERIVED)
    for closed in door.closed_since(desk.owner, _as_date(earliest), using=desk.using):
        now, then = (derived_at(remake, bases, each, closed.until_on) for each in (entries, entries[is_old]))
        change = np.zeros(len(bases), DERIVED)
        for name in OF_DEBTS:
            change[name] = now[name] - then[name] - so_far[name]
            so_far[name] += change[name]
        yield closed, change


def _as_date(day: int) -> date:
    return date.fromordinal(max(1, day + _EPOCH))


_EPOCH: Final = date(1970, 1, 1).toordinal()


def derived_at(remake: Remake, bases: list[Basis], entries: Rows, as_of: date) -> Rows:
    """Return what the purposes of debts stand at on a day by these entries."""
    return derived(remake(bases, entries, as_of)[1].sums)


def _write(
    desk: _Desk, kind: str, fresh: Rows, base: Rows, currencies: Any, made: Made, own: Ints, concerns: int | None
) -> int:
    """Write the journal that leads from ``base`` to ``fresh`` and return its id; 0 where that is nothing."""
    lines = journal(fresh, base, currencies)
    if not lines:
        return 0
    new = NewJournal(
        owner=desk.owner,
        book_day=desk.day.day,
        period=desk.period.id,
        concerns=concerns,
        account=made.bases[int(own[0])].account if len(own) == 1 else None,
        accounts=len(own),
        kind=kind,
        lines=lines,
        made_at=desk.now,
        made_by=desk.staff,
    )
    return door.write_journal(new, using=desk.using)


def _keep(made: Made, own: Ints, fresh: Rows, journals: Ints, before: Rows, using: str) -> None:
    """Write down what is posted now."""
    rows = np.zeros(len(own), POSTED)
    rows["account"], rows["journal_id"] = before["account"], journals
    rows["organisation_id"] = [made.bases[place].owner for place in own]
    for name in OF_DEBTS:
        rows[f"{name}_minor"] = fresh[name]
    as_of = np.zeros(len(made.bases), np.int64)
    for part in made.parts:
        as_of[list(part.places)] = epoch_day(part.as_of)
    rows["as_of"] = as_of[own]
    place = np.searchsorted(rows["account"], made.entries["account"])
    place = np.minimum(place, len(rows) - 1)
    is_ours = rows["account"][place] == made.entries["account"]
    np.maximum.at(rows["through_entry"], place[is_ours], made.entries["id"][is_ours])
    is_first = len(rows) > _BY_COPY and using == "night" and not before["journal_id"].any()
    door.write_posted(rows, is_first=is_first, using=using)


_BY_COPY: Final = 500
"""From how many debts on rows that are all new are copied rather than merged."""


def post_lines(
    owner: int,
    kind: str,
    lines: Sequence[Line],
    *,
    why: str = "",
    source_ref: str = "",
    now: datetime,
    using: str = "default",
) -> int:
    """Post a journal of one's own making (trust money, commission, suspense) and return its id; lines must balance."""
    desk = desk_of(owner, now=now, using=using)
    new = NewJournal(
        owner=owner,
        book_day=desk.day.day,
        period=desk.period.id,
        kind=kind,
        why=why,
        lines=lines,
        made_at=now,
        made_by=desk.staff,
        source_ref=source_ref,
    )
    return door.write_journal(new, using=using)


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A period that was closed, and the one that takes postings now."""

    id: int
    from_on: date
    until_on: date
    next_from: date


def close_period(period: int, *, now: datetime, using: str = "default") -> ClosedPeriod | Problem:
    """Close the earliest open period of the organisation in scope; what comes later adjusts the one after it.

    Waits for whoever is posting and lets none begin until it is done. A closed period is never opened again: the
    database refuses it.
    """
    owner = current(using).organisation
    lock_book(owner, using=using)
    found = door.first_open(owner, using=using)
    if found is None or found.id != period:
        return filled("not_the_first_open", _NOT_FIRST, "period")
    day = bookday.stamp(owner, using=using)
    if found.from_on > day.business_date:
        return filled("not_begun", _NOT_BEGUN, "period")
    door.close(found.id, now=now, staff=_staff(using), using=using)
    following = door.period_of(owner, max(day.business_date, found.until_on), using=using)
    history.append("period_closed", owner=owner, now=now, using=using, until=found.until_on.isoformat())
    return ClosedPeriod(found.id, found.from_on, found.until_on, following.from_on)


_NOT_FIRST: Final = (
    Text(
        "Periods are closed one after the other, the earliest first; this one is not next.",
        "Los períodos se cierran uno tras otro, empezando por el más antiguo; este no es el siguiente.",
        "会计期间须依次关闭，先关最早的；该期间尚未轮到。",
    ),
    Text("Close the earlier one first.", "Cierre antes el anterior.", "请先关闭更早的期间。"),
)
_NOT_BEGUN: Final = (
    Text(
        "This period has not begun.",
        "Este período aún no ha comenzado.",
        "该期间尚未开始。",
    ),
    Text("Wait until it has begun.", "Espere a que comience.", "请待期间开始后再关闭。"),
)
