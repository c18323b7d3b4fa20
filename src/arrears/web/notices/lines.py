"""Notices as a debt's page shows them: what went to whom, and what became of the breach that it names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.actions import notices
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.words import name_of
from arrears.engine.notices.remedy import gives_enough_days
from arrears.kernel.texts import Text
from arrears.store.doors import notices as rows
from arrears.store.doors.notices import Row


@dataclass(frozen=True, slots=True)
class Line:
    """A notice with what became of the breach that it names; the days are None for other kinds."""

    notice: Row
    title: Text
    remedy_by: date | None
    put_right_on: date | None
    is_too_late: bool


def lines_of(account: int) -> tuple[Line, ...]:
    """Return the notices about a debt, newest first."""
    return tuple(lines(rows.about(account)))


def lines(found: Sequence[Row]) -> Iterable[Line]:
    """Yield the line of each notice; the ledger is read once for all."""
    asked = [
        (one.id, debt, one.facts) for one in found if _is_of_a_breach(one) and one.sent_at for debt in one.accounts
    ]
    right: dict[int, list[date | None]] = {}
    for (notice, _, _), day in zip(asked, notices.put_right([one[1:] for one in asked]), strict=True):
        right.setdefault(notice, []).append(day)
    for one in found:
        if not _is_of_a_breach(one):
            yield Line(one, name_of(one.kind), None, None, is_too_late=False)
            continue
        remedy_by = date.fromisoformat(str(one.facts["remedy_by"]))
        days = right.get(one.id, [])
        is_whole = bool(days) and None not in days
        yield Line(
            one,
            name_of(one.kind),
            remedy_by,
            max(day for day in days if day) if is_whole else None,
            is_too_late=not gives_enough_days(one.received_on, remedy_by),
        )


def _is_of_a_breach(one: Row) -> bool:
    return one.kind is NoticeKind.DEFAULT and bool(one.facts.get("remedy_by"))
