"""Promises to pay: what was said, and what became of it (P30, P34, P35)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a promise. A promise is closed by posted payments and by nothing else."""

    OPEN = "open"
    KEPT = "kept"
    PART_KEPT = "part_kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay ``amount`` minor units by ``due``, taken on ``taken_on``.

    ``after_entry`` is the id of the account's latest entry when it was taken (0: not known): only entries with
    a higher id can keep it, so that money that had come already, even on the same day, does not count.
    """

    id: int
    taken_on: date
    due: date
    amount: int
    after_entry: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A promise judged on a day.

    ``paid`` is what counted for it, at most its amount, by the payments in ``entries``; ``deadline`` the last value
    date that still counts. ``firm_after``: while a bank may still take back money that a kept promise needs, the last
    day on which it may; None once that is past. Until then "kept" is provisional.
    """

    promise: int
    outcome: Outcome
    paid: int
    still_to_come: int
    deadline: date
    entries: tuple[int, ...] = ()
    firm_after: date | None = None

    @property
    def is_provisional(self) -> bool:
        """Whether the promise is kept by money that a bank may still take back."""
        return self.firm_after is not None
