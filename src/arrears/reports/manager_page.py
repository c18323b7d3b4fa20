"""The figures of the manager's first page: book by age, cash by day, promises due and kept, what came back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from arrears.kernel.texts import Text
from arrears.reports.came_back import Cohort, cohorts
from arrears.store.doors import book_figures
from arrears.store.doors.book_figures import AgeSum, DaySum, PromiseDay

WINDOW: Final = timedelta(days=30)

#: From how many days past due each band begins, and its words (P01); the band before the first edge is not past due.
BANDS: Final[tuple[tuple[int, Text], ...]] = (
    (0, Text("Not past due", "Al día", "未逾期")),
    (1, Text("1–5 days", "1–5 días", "1–5天")),
    (6, Text("6–10 days", "6–10 días", "6–10天")),
    (11, Text("11–30 days", "11–30 días", "11–30天")),
    (31, Text("31–60 days", "31–60 días", "31–60天")),
    (61, Text("61–90 days", "61–90 días", "61–90天")),
    (91, Text("91–120 days", "91–120 días", "91–120天")),
    (121, Text("121–150 days", "121–150 días", "121–150天")),
    (151, Text("151 days and more", "151 días o más", "151天及以上")),
)


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the book by age."""

    words: Text
    accounts: int
    owed_minor: int
    past_due_minor: int


@dataclass(frozen=True, slots=True)
class ManagerPage:
    """Everything the page shows for one currency, as of a day."""

    on: date
    currency: str
    bands: tuple[Band, ...]
    cash: tuple[DaySum, ...]
    promises: tuple[PromiseDay, ...]
    cohorts: tuple[Cohort, ...]


def manager_page(on: date, currency: str) -> ManagerPage:
    """Return the figures of the book in sight of the open scope, for the thirty days up to ``on``."""
    first = on - WINDOW
    return ManagerPage(
        on=on,
        currency=currency,
        bands=_bands(book_figures.by_age(on, currency, tuple(edge for edge, _ in BANDS))),
        cash=_every_day(book_figures.cash_by_day(first, on, currency), first, on),
        promises=book_figures.promises_by_day(first, on + timedelta(days=3), currency),
        cohorts=cohorts(book_figures.movements(first, on, currency), first, on),
    )


def _bands(sums: tuple[AgeSum, ...]) -> tuple[Band, ...]:
    """Return every band, those without accounts as zero; ``width_bucket`` counts from 1."""
    found = {each.band: each for each in sums}
    nothing = AgeSum(0, 0, 0, 0)
    rows = ((words, found.get(number, nothing)) for number, (_, words) in enumerate(BANDS, start=1))
    return tuple(Band(words, each.accounts, each.owed_minor, each.past_due_minor) for words, each in rows)


def _every_day(sums: tuple[DaySum, ...], first: date, last: date) -> tuple[DaySum, ...]:
    found = {each.day: each for each in sums}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(found.get(day, DaySum(day, 0, 0)) for day in days)
