"""Schedules of instalment plans: dates by rhythm and business day, amounts that sum to the total exactly (P36, P50)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

from arrears.domain.plans import DAYS_OF, Instalment, Outline, PlanKind, Rest, Rhythm, Shift
from arrears.kernel.calendars import Place, is_business_day
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

MOST_INSTALMENTS: Final = 520
"""Ten years of weeks: no plan is longer."""

_LAST_DAY: Final = 31


def schedule(outline: Outline) -> tuple[Instalment, ...] | Problem:
    """Return the instalments of ``outline``: their amounts are above zero and sum to its total to the minor unit."""
    amounts = _amounts(outline)
    if isinstance(amounts, Problem):
        return amounts
    days = list(islice(nominal_days(outline.rhythm, outline.first, outline.month_day), len(amounts)))
    if outline.kind is PlanKind.BALLOON and outline.balloon_on is not None:
        if len(days) > 1 and outline.balloon_on <= days[-2]:
            return _wrong("balloon_too_early", "balloon_on")
        days[-1] = outline.balloon_on
    return tuple(
        Instalment(number, nominal, shifted(nominal, outline.shift, outline.place), amount)
        for number, (nominal, amount) in enumerate(zip(days, amounts, strict=True), start=1)
    )


def _amounts(outline: Outline) -> list[int] | Problem:
    if outline.total <= 0:
        return _wrong("total_not_above_zero", "total")
    match outline.kind:
        case PlanKind.EQUAL:
            found = _equal(outline)
        case PlanKind.STEP:
            found = _steps(outline)
        case PlanKind.BALLOON:
            found = _balloon(outline)
    if not isinstance(found, Problem) and len(found) > MOST_INSTALMENTS:
        return _wrong("too_many", "amount", most=MOST_INSTALMENTS)
    return found


def _equal(outline: Outline) -> list[int] | Problem:
    """Divide the total: by a number of instalments, or by an amount; what does not divide goes where ``rest`` says."""
    if outline.count > 0:
        each, left = divmod(outline.total, outline.count)
        if each == 0:
            return _wrong("too_many", "count", most=outline.total)
        if outline.count > MOST_INSTALMENTS:
            return _wrong("too_many", "count", most=MOST_INSTALMENTS)
        return _placed([each] * outline.count, left, outline.rest)
    if outline.amount <= 0:
        return _wrong("amount_not_above_zero", "amount")
    return _of_amount(outline.total, outline.amount, outline.rest)


def _placed(amounts: list[int], left: int, rest: Rest) -> list[int]:
    amounts[0 if rest is Rest.FIRST else -1] += left
    return amounts


def _of_amount(total: int, amount: int, rest: Rest) -> list[int] | Problem:
    """Return instalments of ``amount``, with one smaller one at the end or at the beginning."""
    full, left = divmod(total, amount)
    if full > MOST_INSTALMENTS:
        return _wrong("too_many", "amount", most=MOST_INSTALMENTS)
    smaller = [left] if left else []
    return [*smaller, *[amount] * full] if rest is Rest.FIRST else [*[amount] * full, *smaller]


def _steps(outline: Outline) -> list[int] | Problem:
    if not outline.steps or any(step.amount <= 0 or step.count < 0 for step in outline.steps):
        return _wrong("amount_not_above_zero", "steps")
    left, amounts = outline.total, []
    for step in outline.steps[:-1]:
        for _ in range(min(step.count, MOST_INSTALMENTS)):
            if left > 0:
                amounts.append(min(step.amount, left))
                left -= amounts[-1]
    last = _of_amount(left, outline.steps[-1].amount, Rest.LAST) if left else []
    return last if isinstance(last, Problem) else [*amounts, *last]


def _balloon(outline: Outline) -> list[int] | Problem:
    if outline.count <= 0 or outline.amount <= 0:
        return _wrong("amount_not_above_zero", "amount")
    if outline.count >= MOST_INSTALMENTS:
        return _wrong("too_many", "count", most=MOST_INSTALMENTS)
    left = outline.total - outline.count * outline.amount
    if left <= 0:
        return _wrong("no_balloon_left", "amount")
    return [*[outline.amount] * outline.count, left]


def nominal_days(rhythm: Rhythm, first: date, month_day: int = 0) -> Iterator[date]:
    """Yield the days of a rhythm from ``first`` on, as the calendar gives them.

    A monthly one keeps its day of the month: a plan of the 31st falls on the last day of February and on the 31st of
    March again. ``month_day`` says which day it keeps, 0 the one of ``first``; the first day itself is ``first``.
    """
    turn = 0
    while True:
        yield first if turn == 0 else _nth(rhythm, first, month_day or first.day, turn)
        turn += 1


def _nth(rhythm: Rhythm, first: date, month_day: int, turn: int) -> date:
    if rhythm is not Rhythm.MONTHLY:
        return first + timedelta(days=DAYS_OF[rhythm] * turn)
    year, month = divmod(first.year * 12 + first.month - 1 + turn, 12)
    return date(year, month + 1, min(month_day, _LAST_DAY, monthrange(year, month + 1)[1]))


def shifted(day: date, shift: Shift, place: Place) -> date:
    """Return ``day`` moved to a business day of ``place`` in the way that ``shift`` names."""
    if shift is Shift.NONE or not place.country or is_business_day(day, place):
        return day
    if shift is Shift.PRECEDING:
        return _walk(day, -1, place)
    after = _walk(day, 1, place)
    return _walk(day, -1, place) if shift is Shift.MODIFIED_FOLLOWING and after.month != day.month else after


def _walk(day: date, step: int, place: Place) -> date:
    while not is_business_day(day, place):
        day += timedelta(days=step)
    return day


_AGAIN: Final = Text("Please change the plan.", "Cambie el plan, por favor.", "请修改计划。")
_SAID: Final = {
    "total_not_above_zero": Text(
        "There is nothing to pay in instalments.", "No hay nada que pagar a plazos.", "没有可分期的金额。"
    ),
    "amount_not_above_zero": Text(
        "Say how many instalments, or how much each is.",
        "Indique cuántas cuotas o de cuánto es cada una.",
        "请填写期数或每期金额。",
    ),
    "too_many": Text(
        "A plan has at most {most} instalments.", "Un plan tiene como máximo {most} cuotas.", "计划最多 {most} 期。"
    ),
    "no_balloon_left": Text(
        "The small instalments already pay everything; nothing is left for the last sum.",
        "Las cuotas pequeñas ya lo pagan todo; no queda nada para el pago final.",
        "前面各期已还清全部，没有剩余尾款。",
    ),
    "balloon_too_early": Text(
        "The last sum must come after the small instalments.",
        "El pago final debe ir después de las cuotas pequeñas.",
        "尾款日期须在各期之后。",
    ),
}


def _wrong(code: str, field: str, **values: object) -> Problem:
    said = _SAID[code]
    filled = Text(*(words.format(**values) for words in (said.en, said.es, said.zh)))
    return Problem(code, filled, _AGAIN, Where(field=field))
