"""What people type about budgets and plans, read into what the verbs take; mistakes stand beside their fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.domain.plans import Charges, Outline, PlanKind, Rest, Rhythm, Shift, Step
from arrears.kernel.calendars import Place
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.budget import form
from arrears.store.doors.budgets import Said
from arrears.web import spoken
from arrears.web.call.forms import typed_day
from arrears.web.numbers import whole

Typed = Mapping[str, str]
MOST_COUNT: Final = 520


@dataclass(frozen=True, slots=True)
class TypedBudget:
    """A budget as it was typed."""

    lines: tuple[Said, ...]
    rises_on: date | None
    rise_minor: int
    lump_on: date | None
    lump_minor: int


def typed_budget(typed: Typed, currency: str) -> TypedBudget | list[Problem]:
    """Read the lines of the form; each as often as is said beside it."""
    problems: list[Problem] = []
    lines = []
    for name in form().sides:
        amount = _amount(typed.get(f"line-{name}", ""), currency, f"line-{name}", problems)
        if amount:
            lines.append(Said(name, amount, rhythm_of(typed.get(f"rhythm-{name}", ""))))
    rise = _amount(typed.get("rise", ""), currency, "rise", problems)
    lump = _amount(typed.get("lump", ""), currency, "lump", problems)
    rises_on, lump_on = _day(typed, "rises_on", problems), _day(typed, "lump_on", problems)
    return problems or TypedBudget(tuple(lines), rises_on, rise, lump_on, lump)


def is_budget_typed(typed: Typed) -> bool:
    """Return whether any line of the form holds something."""
    return any(typed.get(f"line-{name}", "").strip() for name in form().sides)


def rhythm_of(said: str) -> Rhythm:
    """Return the rhythm that was chosen; monthly where none was."""
    return Rhythm(said) if said in set(Rhythm) else Rhythm.MONTHLY


def shift_of(said: str) -> Shift:
    """Return where a closed day goes; the next working day where nothing was chosen."""
    return Shift(said) if said in set(Shift) else Shift.FOLLOWING


def charges_of(said: str) -> Charges:
    """Return what charges do meanwhile; they go on where nothing was chosen."""
    return Charges(said) if said in set(Charges) else Charges.RUN


def typed_first(typed: Typed, problems: list[Problem], field: str = "first") -> date | None:
    """Read the day of the first instalment."""
    found = _day(typed, field, problems)
    if found is None and not any(problem.where.field == field for problem in problems):
        problems.append(_wrong(field, _NO_FIRST))
    return found


def typed_outline(typed: Typed, currency: str, total: int, first: date, place: Place) -> Outline | list[Problem]:
    """Read the shape that somebody set by hand: equal by number or amount, rising, or with a last sum."""
    problems: list[Problem] = []
    said = typed.get("kind", "")
    kind = PlanKind(said) if said in set(PlanKind) else PlanKind.EQUAL
    amount = _amount(typed.get("each", ""), currency, "each", problems)
    then = _amount(typed.get("then", ""), currency, "then", problems)
    count = _count(typed.get("count", ""), problems)
    last_on = _day(typed, "balloon_on", problems)
    if problems:
        return problems
    steps = (Step(count, amount), Step(0, then)) if kind is PlanKind.STEP else ()
    return Outline(
        kind=kind,
        rhythm=rhythm_of(typed.get("rhythm", "")),
        first=first,
        total=total,
        count=count,
        amount=amount,
        steps=steps,
        balloon_on=last_on,
        rest=Rest.FIRST if typed.get("rest") == "first" else Rest.LAST,
        shift=shift_of(typed.get("shift", "")),
        month_day=31 if typed.get("month_end") else 0,
        place=place,
    )


def amounts_of(
    typed: Typed, chosen: Sequence[int], offered: Mapping[int, int], currency: str
) -> dict[int, int] | list[Problem]:
    """Return what the plan covers of each chosen debt: what was typed beside it, else what is offered."""
    problems: list[Problem] = []
    found = {}
    for account in chosen:
        said = typed.get(f"covers-{account}", "")
        amount = _amount(said, currency, f"covers-{account}", problems) if said.strip() else offered.get(account, 0)
        if amount > 0:
            found[account] = amount
    return problems or found


def _amount(said: str, currency: str, field: str, problems: list[Problem]) -> int:
    if not said.strip():
        return 0
    found = spoken.typed_money(said, currency, field)
    if isinstance(found, Problem):
        problems.append(found)
        return 0
    if found < 0:
        problems.append(_wrong(field, _BELOW))
        return 0
    return int(found)


def _day(typed: Typed, field: str, problems: list[Problem]) -> date | None:
    found = typed_day(typed.get(field, ""), field)
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def _count(said: str, problems: list[Problem]) -> int:
    if not said.strip():
        return 0
    found = whole(said, most=MOST_COUNT)
    if found is None:
        problems.append(_wrong("count", _NO_COUNT))
    return found or 0


_AGAIN: Final = Text("Please correct it.", "Corríjalo, por favor.", "请更正。")
_NO_FIRST: Final = Text(
    "Say on which day the first instalment is due.",
    "Indique qué día vence la primera cuota.",
    "请填写首期日期。",
)
_NO_COUNT: Final = Text(
    "The number of instalments is a whole number.", "El número de cuotas es un número entero.", "期数须为整数。"
)
_BELOW: Final = Text("An amount is not below zero.", "Un importe no es menor que cero.", "金额不得为负。")


def _wrong(field: str, reason: Text) -> Problem:
    return Problem("not_read", reason, _AGAIN, Where(field=field))
