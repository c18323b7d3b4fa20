"""The stage of the demonstration's scenes: whose house it is, who acts, whose debts are at hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from arrears.jobs.demo.loans import Lender
from arrears.jobs.demo.understandings import OFFERS, PLANS
from arrears.kernel.hours import local_day
from arrears.store.doors import founding
from arrears.store.doors.intake import Owner, staff_called
from arrears.store.scope import scope

_BEHIND_DAYS: Final = 20
_MOST: Final = 400
AT_HAND: Final = 90
"""So many debts are at hand for scenes, between those that an agency works and those that plans and offers are on."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A creditor of the demonstration: its debts that are behind, and the instant at which everything is looked at."""

    lender: Lender
    owner: Owner
    by: str
    now: datetime
    folder: Path
    debts: tuple[int, ...]

    @contextmanager
    def acting(self, who: str = "") -> "Iterator[None]":
        """Act as somebody of the house, the stage's manager unless said."""
        staff = staff_called(who or self.by, self.owner.id)
        with scope(self.owner.id, staff, today=local_day(self.now, self.owner.timezone)):
            yield

    def some(self, first: int, count: int) -> tuple[int, ...]:
        """Return ``count`` debts from place ``first`` on; in a small demonstration fewer, or those of other scenes."""
        return self.debts[first : first + count] or self.debts[:count]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene: its place in the order, and how it is played."""

    number: int
    play: Callable[[Stage], None]


def stage_of(lender: Lender, owner: Owner, *, by: str, now: datetime, folder: Path) -> Stage:
    """Return the stage of a creditor; what is furthest behind is left to the agency."""
    day = local_day(now, owner.timezone) - timedelta(days=1)
    with scope(owner.id, None, using="night"):
        behind = founding.furthest_behind(_BEHIND_DAYS, day, _MOST, using="night")
    return Stage(lender, owner, by, now, folder, tuple(behind[: -(PLANS + OFFERS)][-AT_HAND:]))
