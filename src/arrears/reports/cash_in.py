"""Daily cash-in against plan, live: what was promised for today, and who is in arrears for the first time (P41)."""

from dataclasses import dataclass
from datetime import date

from arrears.store.doors import cash_today
from arrears.store.doors.takings import settings_of


@dataclass(frozen=True, slots=True)
class CashLine:
    """One group: ``plan_minor`` None where the organisation has set no plan for it."""

    name: str
    count: int
    due_minor: int
    plan_minor: int | None
    in_minor: int


@dataclass(frozen=True, slots=True)
class CashIn:
    """The day in one currency; ``all_minor`` is all money that came, whoever it is from."""

    on: date
    currency: str
    lines: tuple[CashLine, ...]
    payments: int
    all_minor: int


def cash_in(organisation: int, on: date, currency: str) -> CashIn:
    """Return the day's money in sight of the open scope.

    The plan for promised-today is what was promised. For first-time arrears it is the share, in percent, that the
    organisation has set as ``first_time_plan_percent``, of what was past due this morning.
    """
    promised, first = cash_today.promised_for(on, currency), cash_today.first_time_arrears(on, currency)
    came = cash_today.all_money(on, currency)
    percent = settings_of(organisation).get("first_time_plan_percent")
    plan = None if percent is None else first.due_minor * int(percent) // 100
    return CashIn(
        on,
        currency,
        (
            CashLine("promised", promised.count, promised.due_minor, promised.due_minor, promised.in_minor),
            CashLine("first_time", first.count, first.due_minor, plan, first.in_minor),
        ),
        came.count,
        came.in_minor,
    )
