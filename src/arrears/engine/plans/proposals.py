"""Plans that a budget can carry: never more than what is left, honest where nothing is (P36, R16).

What is proposed rests on what the person said of income and costs. Nothing here suggests borrowing, or anybody else's
money.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from arrears.domain.plans import Instalment, Outline, PlanKind, Rhythm, Shift, Step
from arrears.engine.budget.budget import each_time
from arrears.engine.plans.re_age import months_after
from arrears.engine.plans.schedule import nominal_days, schedule
from arrears.kernel.calendars import Place
from arrears.kernel.problems import Problem


class Why(StrEnum):
    """Why a plan is proposed."""

    SOONEST = "soonest"
    """All that is left each time: over soonest."""
    WITH_ROOM = "with_room"
    """Some of what is left stays with the person: a plan with room is kept more often."""
    RISING = "rising"
    """Less now, more from the day an income rises."""
    LUMP = "lump"
    """Small amounts, and the rest from a sum that is expected."""
    TOKEN = "token"  # noqa: S105 - a token payment, no secret
    """A sign of good will for a while, then a review: the debt would take longer than a plan may."""


class Instead(StrEnum):
    """What is right where no plan is affordable: never a plan anyway."""

    FORBEARANCE = "forbearance"
    """Ask for nothing for a while, and look again on a day."""
    ADVICE = "debt_advice"
    """Point out free and independent debt advice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What somebody can pay from. Money in minor units.

    ``monthly`` is what is left each month; ``rhythm`` and ``first`` fit the pay-day. ``rises_on`` and ``rise`` are an
    income that goes up by so much a month; ``lump_on`` and ``lump`` a sum of their own that is expected.
    """

    monthly: int
    rhythm: Rhythm
    first: date
    rises_on: date | None = None
    rise: int = 0
    lump_on: date | None = None
    lump: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan that the means carry. ``covers`` is its sum: for a token plan less than the ``total`` that was asked."""

    why: Why
    outline: Outline
    instalments: tuple[Instalment, ...]
    most_each: int
    total: int

    @property
    def covers(self) -> int:
        """The sum of the instalments."""
        return sum(each.amount for each in self.instalments)

    @property
    def last(self) -> date:
        """The day of the last instalment."""
        return self.instalments[-1].due

    @property
    def left(self) -> int:
        """What the plan leaves open of the total."""
        return self.total - self.covers


@dataclass(frozen=True, slots=True)
class Answer:
    """Plans that are affordable, the soonest first; or what is right instead, where none is."""

    proposals: tuple[Proposal, ...]
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a plan may be, what share of the surplus stays for room, how many token instalments before a review."""

    most_months: int = 60
    room_percent: int = 20
    token_instalments: int = 6


class Maker(Protocol):
    """Makes a proposal of a shape where it is no longer than a plan may be."""

    def __call__(self, why: Why, kind: PlanKind, over: int = ..., **shape: object) -> Iterator[Proposal]:
        """Yield the proposal, or nothing."""


def affordable(
    total: int, means: Means, place: Place, bounds: Bounds, shift: Shift = Shift.FOLLOWING, month_day: int = 0
) -> Answer:
    """Return the plans over ``total`` minor units that ``means`` carry."""
    if total <= 0:
        return Answer(())
    found = tuple(_proposals(total, means, place, bounds, shift, month_day))
    if found:
        return Answer(found)
    return Answer((), (Instead.FORBEARANCE, Instead.ADVICE))


def _proposals(
    total: int, means: Means, place: Place, bounds: Bounds, shift: Shift, month_day: int
) -> Iterator[Proposal]:
    each = each_time(means.monthly, means.rhythm)

    def made(why: Why, kind: PlanKind, over: int = total, **shape: object) -> Iterator[Proposal]:
        outline = Outline(
            kind=kind, rhythm=means.rhythm, first=means.first, total=over, shift=shift, place=place,
            month_day=month_day, **shape,  # type: ignore[arg-type]  # the shape's own fields
        )  # fmt: skip
        found = schedule(outline)
        if not isinstance(found, Problem) and found[-1].nominal <= months_after(means.first, bounds.most_months):
            yield Proposal(why, outline, found, max(one.amount for one in found), total)

    plain: list[Proposal] = []
    if each > 0:
        plain += made(Why.SOONEST, PlanKind.EQUAL, amount=_evened(total, each))
        if (eased := each * (100 - bounds.room_percent) // 100) > 0:
            plain += made(Why.WITH_ROOM, PlanKind.EQUAL, amount=_evened(total, eased))
    yield from plain[:1] if len(plain) > 1 and plain[0].instalments == plain[1].instalments else plain
    yield from _rising(total, means, each, made)
    yield from _lump(total, means, each, made)
    if not plain and each > 0:
        yield from made(Why.TOKEN, PlanKind.EQUAL, min(total, each * bounds.token_instalments), amount=each)


def _evened(total: int, most: int) -> int:
    """Return the amount of equal instalments of at most ``most``: as many as needed, the last little smaller."""
    count = -(-total // most)
    return min(most, -(-total // count))


def _rising(total: int, means: Means, each: int, made: Maker) -> Iterator[Proposal]:
    if means.rises_on is None or means.rise <= 0 or means.rises_on <= means.first or each <= 0:
        return
    before = _times_before(means, means.rises_on)
    after = each_time(means.monthly + means.rise, means.rhythm)
    if before * each < total:
        yield from made(Why.RISING, PlanKind.STEP, steps=(Step(before, each), Step(0, after)))


def _lump(total: int, means: Means, each: int, made: Maker) -> Iterator[Proposal]:
    """Propose small amounts until the lump comes, where the lump pays what is then left."""
    if means.lump_on is None or means.lump <= 0 or means.lump_on <= means.first or each <= 0:
        return
    count = _times_before(means, means.lump_on)
    needed = total - means.lump
    small = max(1, -(-needed // count)) if needed > 0 else min(each, total // (2 * count))
    if 0 < small <= each and count * small < total:
        yield from made(Why.LUMP, PlanKind.BALLOON, count=count, amount=small, balloon_on=means.lump_on)


def _times_before(means: Means, day: date) -> int:
    """Return how often the rhythm comes round before a day."""
    count = 0
    for nominal in nominal_days(means.rhythm, means.first):
        if nominal >= day:
            break
        count += 1
    return count


def months_of(instalments: tuple[Instalment, ...]) -> int:
    """Return over how many months a schedule goes, begun months counted whole."""
    first, last, months = instalments[0].due, instalments[-1].due, 0
    while months_after(first, months) < last:
        months += 1
    return max(1, months)
