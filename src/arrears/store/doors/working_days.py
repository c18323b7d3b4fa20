"""What it takes to decide by day: the organisations that may work an owner's accounts, and the day its book is at."""

from dataclasses import dataclass
from typing import Final

from arrears.store import answers
from arrears.store.doors.organisations_at_night import NightOrganisation

_ASKED: Final = """
    SELECT day.day, o.id, o.name, o.kind, o.timezone, o.language, o.settings FROM organisation o
    LEFT JOIN book_day day ON day.organisation_id = %(owner)s AND day.closed_at IS NULL
    WHERE o.id = %(owner)s
       OR o.id IN (SELECT organisation_id FROM access WHERE owner_id = %(owner)s AND scope = 'holder')
    ORDER BY o.id"""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """``owner`` and all that hold or held accounts of its, itself among them; ``book_day`` is 0 before the first."""

    owner: NightOrganisation
    working: tuple[NightOrganisation, ...]
    book_day: int


def working_day(owner: int, *, using: str = "default") -> WorkingDay:
    """Return the day of an owner that the scope knows."""
    rows = answers.prepared(_ASKED, {"owner": owner}, using=using)
    working = tuple(NightOrganisation(*row[1:]) for row in rows)
    [own] = (one for one in working if one.id == owner)
    return WorkingDay(own, working, rows[0][0] or 0)
