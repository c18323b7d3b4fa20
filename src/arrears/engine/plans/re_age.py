"""When a debt may be re-aged: by rule, after money was seen, and seldom."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class ReAgeRule:
    """So many instalments kept in a row, so long since the last, so often in so many years; and what that rests on."""

    kept_instalments: int
    months_between: int
    most: int
    within_years: int
    least_age_months: int
    cites: str
    words: Text


def may_re_age(
    rule: ReAgeRule, *, kept: int, earlier: Sequence[date], opened_on: date, as_of: date
) -> tuple[Problem, ...]:
    """Return every reason against re-ageing a debt on ``as_of``; none where it may be done.

    ``kept`` is how many instalments of its plan were paid in time in a row; ``earlier`` the days of re-ages that stand.
    """
    found = []
    if kept < rule.kept_instalments:
        found.append(_wrong("too_few_kept", needed=rule.kept_instalments, kept=kept))
    if months_after(opened_on, rule.least_age_months) > as_of:
        found.append(_wrong("too_young", months=rule.least_age_months))
    if any(months_after(day, rule.months_between) > as_of for day in earlier):
        found.append(_wrong("too_soon", months=rule.months_between))
    if sum(months_after(day, 12 * rule.within_years) > as_of for day in earlier) >= rule.most:
        found.append(_wrong("too_often", most=rule.most, years=rule.within_years))
    return tuple(found)


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_REMEDY: Final = Text(
    "Look again when that is so; the plan goes on meanwhile.",
    "Vuelva a verlo cuando se cumpla; mientras, el plan sigue.",
    "条件满足后再看；计划照常进行。",
)
_SAID: Final = {
    "too_few_kept": Text(
        "{needed} instalments in a row must have been paid in time; so far it is {kept}.",
        "Deben haberse pagado a tiempo {needed} cuotas seguidas; por ahora son {kept}.",
        "须连续按时还 {needed} 期；目前为 {kept} 期。",
    ),
    "too_young": Text(
        "The debt must be at least {months} months old.",
        "La deuda debe tener al menos {months} meses.",
        "债务须成立满 {months} 个月。",
    ),
    "too_soon": Text(
        "It was re-aged within the last {months} months.",
        "Su antigüedad ya se reinició en los últimos {months} meses.",
        "最近 {months} 个月内已重置过账龄。",
    ),
    "too_often": Text(
        "It was re-aged {most} times within {years} years.",
        "Su antigüedad ya se reinició {most} veces en {years} años.",
        "{years} 年内已重置账龄 {most} 次。",
    ),
}


def _wrong(code: str, **values: int) -> Problem:
    said = _SAID[code]
    return Problem(code, Text(*(words.format(**values) for words in (said.en, said.es, said.zh))), _REMEDY)
