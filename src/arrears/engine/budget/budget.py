"""What is left of a household's budget: whole minor units a month, rounded so that nothing is left over by rounding.

Income counts a little less rather than more, costs a little more rather than less: the surplus is never overstated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arrears.domain.plans import MONTHS_A_YEAR, TIMES_A_YEAR, Rhythm


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """``amount`` minor units of a line of the form, as often as ``rhythm`` says; ``is_income`` or a cost."""

    name: str
    amount: int
    is_income: bool
    rhythm: Rhythm = Rhythm.MONTHLY


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget summed up, in minor units a month."""

    income: int
    costs: int

    @property
    def surplus(self) -> int:
        """What is left each month; below zero where costs are higher."""
        return self.income - self.costs

    @property
    def affordable(self) -> int:
        """What may be asked for each month: the surplus, never below nothing."""
        return max(0, self.surplus)


def summed(lines: Sequence[BudgetLine]) -> Budget:
    """Return what lines come to in a month."""
    return Budget(
        sum(a_month(line) for line in lines if line.is_income),
        sum(a_month(line) for line in lines if not line.is_income),
    )


def a_month(line: BudgetLine) -> int:
    """Return a line's amount a month: income cut, costs rounded up to a whole minor unit."""
    times = TIMES_A_YEAR[line.rhythm]
    whole, part = divmod(line.amount * times, MONTHS_A_YEAR)
    return whole + (1 if part and not line.is_income else 0)


def each_time(monthly: int, rhythm: Rhythm) -> int:
    """Return how much of a monthly amount there is each time a rhythm comes round, cut to a whole minor unit."""
    return monthly * MONTHS_A_YEAR // TIMES_A_YEAR[rhythm]


def by_group(lines: Sequence[BudgetLine], groups: Mapping[str, str]) -> dict[str, int]:
    """Return what the lines of each part of the form come to in a month; ``groups`` names each line's part."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[groups[line.name]] = sums.get(groups[line.name], 0) + a_month(line)
    return sums


NOTHING: Final = Budget(0, 0)
