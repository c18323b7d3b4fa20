"""What was typed into the forms of the call screen, read in the page's language; mistakes go beside their fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from arrears.kernel.hours import instant_of
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors.cases import Debt
from arrears.web import spoken
from arrears.web.numbers import calendar_day, whole

HOURS: Final = range(7, 22)


@dataclass(frozen=True, slots=True)
class TypedPromise:
    """A promise as it was typed; what is missing is None, and the verb says so."""

    account: int
    amount_minor: int | None
    due_on: date | None
    due_hour: int | None
    means: str
    may_call: bool | None
    may_write: bool | None
    confidence: str
    in_place_of: int | None = None
    is_beside_plan: bool = False


Typed = Mapping[str, str]


def typed_promise(typed: Typed, debts: Iterable[Debt]) -> TypedPromise | list[Problem]:
    """Read the four things a promise needs, and the answers about that hour (P30, P34)."""
    by_id = {str(debt.id): debt for debt in debts}
    debt = by_id.get(typed.get("account", ""))
    if debt is None:
        return [_wrong("account", _NO_DEBT)]
    amount = _amount(typed.get("amount", ""), debt.currency)
    due_on = typed_day(typed.get("due_on", ""), "due_on")
    problems = [found for found in (amount, due_on) if isinstance(found, Problem)]
    if problems:
        return problems
    assert not isinstance(amount, Problem)
    assert not isinstance(due_on, Problem)
    return TypedPromise(
        account=debt.id,
        amount_minor=amount,
        due_on=due_on,
        due_hour=typed_hour(typed.get("due_hour", "")),
        means=typed.get("means", ""),
        may_call=_answer(typed.get("may_call", "")),
        may_write=_answer(typed.get("may_write", "")),
        confidence=typed.get("confidence", ""),
        in_place_of=whole(typed.get("beside")),
        is_beside_plan=bool(typed.get("beside_plan")),
    )


def _amount(said: str, currency: str) -> int | Problem | None:
    return spoken.typed_money(said, currency) if said.strip() else None


def typed_day(said: str, field: str) -> date | Problem | None:
    """Read a date input's value; None where nothing was typed."""
    if not said.strip():
        return None
    try:
        return calendar_day(said)
    except ValueError:
        return _wrong(field, _NO_DAY.filled(said=said))


def typed_hour(said: str) -> int | None:
    """Read an hour of the day; None where nothing, or no hour, was typed."""
    return whole(said, most=23)


def typed_instant(typed: Typed, day_field: str, hour_field: str, zone: str) -> datetime | Problem | None:
    """Read a day and an hour on the wall clock of ``zone``; None where one is missing."""
    day, hour = typed_day(typed.get(day_field, ""), day_field), typed_hour(typed.get(hour_field, ""))
    if day is None or hour is None or isinstance(day, Problem):
        return day if isinstance(day, Problem) else None
    return instant_of(day, time(hour), zone)


def _answer(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


def by_field(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Return problems by the field they belong beside; those of no field under ``form``."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.where.field or "form", []).append(problem)
    return found


def _wrong(field: str, reason: Text) -> Problem:
    return Problem("not_read", reason, _AGAIN, Where(field=field))


def undecided(typed: Typed, account: int, open_on: Iterable[int]) -> list[Problem]:
    """Return the mistake that a promise is open on the debt, and nobody said whether this one comes in its place."""
    is_said = typed.get("beside", "") == "add" or whole(typed.get("beside")) is not None
    return [] if is_said or account not in set(open_on) else [_wrong("beside", _NO_PLACE)]


_NO_PLACE: Final = Text(
    "A promise is open on this debt. Say whether this one comes in addition or in its place.",
    "Ya hay una promesa vigente sobre esta deuda. Diga si esta se suma o la sustituye.",
    "该债务已有未到期承诺。请选择新增或替换。",
)
_NO_DEBT: Final = Text(
    "Choose the debt that is promised on.", "Elija la deuda de la promesa.", "请选择承诺所对应的债务。"
)
_NO_DAY: Final = Text("“{said}” is no date.", "«{said}» no es una fecha.", "“{said}”不是日期。")
_AGAIN: Final = Text("Please correct it.", "Corríjalo, por favor.", "请更正。")
