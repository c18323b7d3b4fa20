"""Notices as a debt's page shows them: what went to whom, and what became of the breach that it names."""

from collections.abc import Iterable
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


def lines(found: Iterable[Row]) -> Iterable[Line]:
    """Yield the line of each notice."""
    for one in found:
        said = one.facts.get("remedy_by")
        if one.kind is not NoticeKind.DEFAULT or not said:
            yield Line(one, name_of(one.kind), None, None, is_too_late=False)
            continue
        remedy_by = date.fromisoformat(str(said))
        right = [notices.put_right_on(debt, one.facts) for debt in one.accounts] if one.sent_at else []
        is_whole = bool(right) and None not in right
        yield Line(
            one,
            name_of(one.kind),
            remedy_by,
            max(day for day in right if day) if is_whole else None,
            is_too_late=not gives_enough_days(one.received_on, remedy_by),
        )
