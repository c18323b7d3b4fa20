"""Book days by their dates: what was known at the end of a date is known by the number of its book day."""

from dataclasses import dataclass
from datetime import date

from arrears.store.tables.organisation import BookDay


@dataclass(frozen=True, slots=True)
class DatedDay:
    """A book day: its number, the business date its owner calls it by, whether it is still open."""

    day: int
    business_date: date
    is_open: bool


def book_day_on(owner: int, on: date, *, using: str = "default") -> DatedDay | None:
    """Return the latest book day of ``owner`` that is dated ``on`` or before; None where the book began later."""
    rows = BookDay.objects.using(using).filter(organisation_id=owner, business_date__lte=on).order_by("-day")
    found = rows.values_list("day", "business_date", "closed_at").first()
    return DatedDay(found[0], found[1], found[2] is None) if found else None


def dates_of(owner: int, days: set[int], *, using: str = "default") -> dict[int, date]:
    """Return the business dates of book days, by number."""
    rows = BookDay.objects.using(using).filter(organisation_id=owner, day__in=days)
    return {int(day): on for day, on in rows.values_list("day", "business_date")}
