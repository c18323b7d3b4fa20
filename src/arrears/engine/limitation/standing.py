"""How a debt stands as to limitation, over every place whose law may count: the strictest place decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arrears.engine.limitation.counting import MISSING, last_day
from arrears.engine.limitation.rows import Course, LimitationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Limitation:
    """``last_day``: the earliest last day of any place, by ``row``; ``ends_debt_after``: the same of rows that end it.

    ``missing`` names what is not known: a fact of the debt, or the row of a place itself. ``is_sued_in_time`` does not
    follow from a ``last_day`` ahead while anything is missing.
    """

    last_day: date | None = None
    row: str = ""
    citation: str = ""
    ends_debt_after: date | None = None
    missing: tuple[str, ...] = ()

    def is_expired(self, today: date) -> bool:
        """Return whether the time is over on ``today``: on the last day itself it is not."""
        return self.last_day is not None and today > self.last_day


ROW_MISSING = "debt.limitation"
NOTHING_KNOWN = Limitation(missing=(ROW_MISSING,))
"""How a debt stands of which nobody has worked it out."""


def limitation_of(
    rows: Sequence[LimitationRow], places: Iterable[str], debt_kind: str | None, course: Course
) -> Limitation:
    """Return how a debt stands by the ``rows`` in use, for all candidate ``places`` ("US-NY", "GB").

    A place without a row is a place of which nothing is known: that is missing as well as a day to count from.
    """
    found: list[tuple[date, LimitationRow]] = []
    missing: list[str] = []
    for place in dict.fromkeys(places):
        here = _of_place(rows, place, debt_kind)
        if not any(_is_within(place, own) for row in here for own in row.places):
            missing.append(ROW_MISSING)
        for row in here:
            last = last_day(row, course)
            if last is None:
                missing.append(MISSING[row.trigger])
            else:
                found.append((last, row))
    ending = [last for last, row in found if row.extinguishes]
    first = min(found, key=lambda pair: pair[0], default=None)
    return Limitation(
        last_day=first[0] if first else None,
        row=first[1].id if first else "",
        citation=first[1].law.citation if first else "",
        ends_debt_after=min(ending, default=None),
        missing=tuple(dict.fromkeys(missing or (() if found else (ROW_MISSING,)))),
    )


def _of_place(rows: Sequence[LimitationRow], place: str, debt_kind: str | None) -> list[LimitationRow]:
    """Return the rows of a place: those of the debt's kind, else those of every kind; all where the kind is unknown.

    A place of which only the country is known may be any of its regions: their rows count, and do not make it known.
    """
    here = [row for row in rows if any(_is_within(place, own) or _is_within(own, place) for own in row.places)]
    if debt_kind is None:
        return here
    own = [row for row in here if debt_kind in row.debt_kinds]
    return own or [row for row in here if not row.debt_kinds]


def _is_within(place: str, around: str) -> bool:
    return place == around or place.startswith(f"{around}-")
