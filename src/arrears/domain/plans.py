"""Instalment plans: what a person undertakes to pay of one or several debts, when, and what becomes of it (P36).

A plan never changes the ledger: it is a schedule beside the debts, judged by their payments. What it does to charges
is done by entries of its debts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from arrears.kernel.calendars import Place

NOWHERE = Place("")
"""No place: no calendar of business days is kept."""


class PlanKind(StrEnum):
    """The shape of a schedule."""

    EQUAL = "equal"
    STEP = "step"
    """Amounts that change at set points, for instance when an income rises."""
    BALLOON = "balloon"
    """Small instalments first, what is left in one sum at the end."""


class Rhythm(StrEnum):
    """How often an instalment falls due; monthly keeps the day of the month, the others the day of the week."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


DAYS_OF = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.FOUR_WEEKLY: 28}
"""Days between two instalments; a month has no fixed number of them."""

WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12
TIMES_A_YEAR = {Rhythm.WEEKLY: 52, Rhythm.FORTNIGHTLY: 26, Rhythm.FOUR_WEEKLY: 13, Rhythm.MONTHLY: 12}
"""How often a rhythm comes round in a year, as budgets count it."""


class Shift(StrEnum):
    """Where an instalment goes whose day is no business day of the place."""

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"
    """The following business day, but the preceding one where that would leave the month."""


class Rest(StrEnum):
    """Which instalment takes what does not divide."""

    LAST = "last"
    FIRST = "first"


class Charges(StrEnum):
    """What late charges and contract interest do while the plan is kept."""

    RUN = "run"
    FROZEN = "frozen"


class PlanState(StrEnum):
    """Where a plan stands. From ``on_time`` to ``completed`` and ``defaulted`` payments decide, nobody's hand."""

    PROPOSED = "proposed"
    AWAITING_APPROVAL = "awaiting_approval"
    ON_TIME = "on_time"
    BEHIND = "behind"
    """An instalment is late, within the plan's grace."""
    MISSED = "missed"
    """An instalment is late beyond the grace."""
    DEFAULTED = "defaulted"
    """So many instalments are missed that the plan no longer stands in the way of anything."""
    COMPLETED = "completed"
    ENDED = "ended"
    """Ended before its time by a named person, with a reason."""
    DECLINED = "declined"
    """Refused by a named person, or never agreed."""


JUDGED = frozenset({PlanState.ON_TIME, PlanState.BEHIND, PlanState.MISSED, PlanState.DEFAULTED, PlanState.COMPLETED})
"""States that follow from payments, and may change again when one is dated back or returned."""

ACTIVE = frozenset({PlanState.ON_TIME, PlanState.BEHIND, PlanState.MISSED})
"""States in which a plan runs."""


class AgreedBy(StrEnum):
    """How a plan was agreed. Silence is no way to agree (R10)."""

    CALL = "call"
    LETTER = "letter"
    PORTAL = "portal"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment: ``nominal`` is its day by the rhythm, ``due`` that day moved to a business day; minor units."""

    number: int
    nominal: date
    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class Step:
    """``count`` instalments of ``amount`` minor units."""

    count: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a schedule is made from.

    ``total`` minor units. An equal plan says ``count`` or ``amount``; a step plan its ``steps``, of which the last
    goes on until the total is reached; a balloon plan ``count`` and ``amount`` of the small instalments, with what is
    left due on ``balloon_on`` (None: one turn of the rhythm after them). ``month_day`` is the day of the month that a
    monthly plan keeps (31: the last day of each month), 0 for that of ``first``.
    """

    kind: PlanKind
    rhythm: Rhythm
    first: date
    total: int
    count: int = 0
    amount: int = 0
    steps: tuple[Step, ...] = ()
    balloon_on: date | None = None
    rest: Rest = Rest.LAST
    shift: Shift = Shift.FOLLOWING
    month_day: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as it is judged: whose money counts, from when, by which schedule.

    ``accounts`` are the debts it covers; ``after_entry`` the id of their latest entry when it was agreed, so that money
    which had come already keeps nothing (0: not known). An instalment short by up to ``tolerance`` counts as paid. One
    is late after ``bank_days`` business days of ``place``, missed after ``grace_days`` more days; with
    ``default_after`` instalments missed at once the plan is in default. ``returns_days``: how long a bank may take
    money back.
    """

    id: int
    accounts: frozenset[int]
    agreed_on: date
    instalments: tuple[Instalment, ...]
    place: Place
    after_entry: int = 0
    tolerance: int = 0
    grace_days: int = 0
    default_after: int = 2
    bank_days: int = 2
    returns_days: int = 5

    @property
    def total(self) -> int:
        """What the plan comes to, in minor units."""
        return sum(each.amount for each in self.instalments)


@dataclass(frozen=True, slots=True)
class Kept:
    """One instalment judged: ``paid`` of it, the last value date that is in time, and how it stands.

    ``standing`` is ``paid``, ``open`` (there is time yet), ``behind`` or ``missed``. ``met_on`` is the value date of
    the payment with which it was met.
    """

    instalment: Instalment
    paid: int
    deadline: date
    standing: str
    met_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether its time is over and it is not paid."""
        return self.standing in {"behind", "missed"}


@dataclass(frozen=True, slots=True)
class PlanJudgement:
    """A plan judged on a day. ``firm_after``: the last day on which a bank may take back money that counts for it."""

    plan: int
    state: PlanState
    instalments: tuple[Kept, ...]
    paid: int
    entries: tuple[int, ...]
    firm_after: date | None = None

    @property
    def still_to_come(self) -> int:
        """What is left of the plan, in minor units."""
        return sum(each.instalment.amount for each in self.instalments) - self.paid

    @property
    def next_due(self) -> Instalment | None:
        """The first instalment that is neither paid nor late."""
        return next((each.instalment for each in self.instalments if each.standing == "open"), None)

    @property
    def behind_since(self) -> date | None:
        """The due date of the oldest late instalment; None where none is."""
        return next((each.instalment.due for each in self.instalments if each.is_late), None)

    @property
    def behind_minor(self) -> int:
        """How much of the late instalments is missing."""
        return sum(each.instalment.amount - each.paid for each in self.instalments if each.is_late)

    @property
    def kept_in_a_row(self) -> int:
        """How many instalments whose time is over were paid in time, the latest backwards."""
        count = 0
        for each in reversed([one for one in self.instalments if one.standing != "open"]):
            if each.met_on is None or each.met_on > each.deadline:
                break
            count += 1
        return count
