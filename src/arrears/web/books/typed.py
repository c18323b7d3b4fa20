"""What people type into the forms of the books, read into what the verbs take; mistakes stand beside their fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel.numbers import get_decimal_symbol

from arrears.engine.commission.terms import PPM, MoneyKind, TierBy
from arrears.kernel.money import Currency, is_currency, read_amount
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors.placements import Numbered
from arrears.web import spoken
from arrears.web.numbers import calendar_day, whole

Typed = Mapping[str, str]
ROWS: Final = 4
"""How many tiers the form offers."""

#: A percentage with four decimal digits is a whole number of millionths.
_PERCENT: Final = Currency("%", 4)
_SEPARATED: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class TypedPlacement:
    """A placement as it was typed."""

    name: str
    holder: int
    currency: str
    from_on: date
    in_default_on: date | None
    terms: dict[str, Any]  # JSON
    accounts: tuple[int, ...]


def numbers_in(said: str) -> list[str]:
    """Return the numbers of debts that were typed one after the other, each once."""
    return list(dict.fromkeys(each for each in _SEPARATED.split(said.strip()) if each))


def day_of(typed: Typed, field: str, problems: list[Problem]) -> date | None:
    """Read a day; None where nothing was typed or it is none, which is then among the problems."""
    said = typed.get(field, "").strip()
    if not said:
        return None
    try:
        return calendar_day(said)
    except ValueError:
        problems.append(wrong(field, _NO_DAY.filled(said=said)))
        return None


def typed_placement(
    typed: Typed, money: Sequence[str], holders: Mapping[int, str], known: Mapping[str, Numbered]
) -> TypedPlacement | list[Problem]:
    """Read the form of a placement; ``money`` are the kinds that were ticked, ``known`` the debts by their numbers."""
    problems: list[Problem] = []
    name, code = typed.get("name", "").strip(), typed.get("currency", "").strip().upper()
    holder = whole(typed.get("holder")) or 0
    if not name:
        problems.append(wrong("name", _NO_NAME))
    if holder not in holders:
        problems.append(wrong("holder", _NO_HOLDER))
    if not is_currency(code):
        problems.append(wrong("currency", _NO_CURRENCY))
    from_on, in_default_on = day_of(typed, "from_on", problems), day_of(typed, "in_default_on", problems)
    if from_on is None and not any(problem.where.field == "from_on" for problem in problems):
        problems.append(wrong("from_on", _NO_FROM))
    terms = typed_terms(typed, money, code, problems)
    accounts = _accounts(numbers_in(typed.get("debts", "")), code, known, problems)
    if problems or from_on is None:
        return problems
    return TypedPlacement(name, holder, code, from_on, in_default_on, terms, accounts)


def typed_terms(typed: Typed, money: Sequence[str], code: str, problems: list[Problem]) -> dict[str, Any]:  # Any: JSON
    """Read terms of commission as `engine.commission.terms` writes them; what is wrong comes to the problems."""
    by = TierBy.AGE if typed.get("by", "") == TierBy.AGE.value else TierBy.CUMULATED
    steps = []
    for row in range(ROWS):
        start, rate = typed.get(f"from-{row}", "").strip(), typed.get(f"rate-{row}", "").strip()
        if not start and not rate:
            continue
        found = {"from": _start(start, by, code, f"from-{row}", problems), "rate_ppm": _rate(rate, row, problems)}
        steps.append(found)
    if not steps:
        problems.append(wrong("rate-0", _NO_RATE))
    terms: dict[str, Any] = {
        "on": [kind.value for kind in MoneyKind if kind.value in money],
        "tail_days": _whole(typed.get("tail_days", ""), "tail_days", problems),
        "minimum_minor": _amount(typed.get("minimum", ""), code, "minimum", problems),
        "maximum_minor": _amount(typed.get("maximum", ""), code, "maximum", problems),
    }
    if len(steps) == 1 and not steps[0]["from"]:
        return {"rate_ppm": steps[0]["rate_ppm"], **terms}
    return {"tiers": {"by": by.value, "steps": steps}, **terms}


def _start(said: str, by: TierBy, code: str, field: str, problems: list[Problem]) -> int:
    return _whole(said, field, problems) if by is TierBy.AGE else _amount(said, code, field, problems)


def _rate(said: str, row: int, problems: list[Problem]) -> int:
    found = read_amount(said.replace("%", ""), _PERCENT, decimal_mark=str(get_decimal_symbol(spoken.locale())))
    if isinstance(found, Problem) or not 0 <= found <= PPM:
        problems.append(wrong(f"rate-{row}", _NO_PERCENT))
        return 0
    return found


def _whole(said: str, field: str, problems: list[Problem]) -> int:
    found = whole(said.strip() or "0", most=_MOST)
    if found is None:
        problems.append(wrong(field, _NOT_WHOLE))
    return found or 0


_MOST: Final = 99_999


def _amount(said: str, code: str, field: str, problems: list[Problem]) -> int:
    found = spoken.typed_money(said, code, field) if said.strip() else 0
    if isinstance(found, Problem):
        problems.append(found)
        return 0
    if found < 0:
        problems.append(wrong(field, _BELOW_ZERO))
    return found


def _accounts(
    numbers: Sequence[str], code: str, known: Mapping[str, Numbered], problems: list[Problem]
) -> tuple[int, ...]:
    """Return the debts of these numbers, all of which must be ours, free, and in the placement's currency."""
    if not numbers:
        problems.append(wrong("debts", _NO_DEBTS))
    for reason, bad in (
        (_UNKNOWN, [each for each in numbers if each not in known]),
        (_OTHER_CURRENCY, [each for each in numbers if each in known and known[each].currency != code]),
        (_PLACED, [each for each in numbers if each in known and known[each].is_placed]),
    ):
        if bad:
            problems.append(wrong("debts", reason.filled(numbers=", ".join(bad[:_NAMED]), count=len(bad))))
    return tuple(known[each].id for each in numbers if each in known)


_NAMED: Final = 10


def chosen(numbers: Sequence[str], placed: Mapping[str, int], problems: list[Problem]) -> tuple[int, ...]:
    """Return which of the placed debts are meant: those that were typed, all where none was."""
    if bad := [each for each in numbers if each not in placed]:
        problems.append(wrong("debts", _NOT_HERE.filled(numbers=", ".join(bad[:_NAMED]), count=len(bad))))
    return tuple(placed[each] for each in numbers if each in placed) if numbers else tuple(placed.values())


def wrong(field: str, reason: Text) -> Problem:
    """Return a mistake to stand beside its field."""
    return Problem("not_read", reason, _AGAIN, Where(field=field))


def by_field(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Return problems by the field of the form they belong beside; those of no field under ``form``."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(_FIELDS.get(problem.where.field, problem.where.field) or "form", []).append(problem)
    return found


#: What terms of commission call a thing, and under which field the form asks for it.
_FIELDS: Final = {"tiers": "rate-0", "rate_ppm": "rate-0", "minimum_minor": "minimum", "maximum_minor": "maximum"}

_NO_DAY: Final = Text("“{said}” is no date.", "«{said}» no es una fecha.", "“{said}”不是日期。")
_NO_NAME: Final = Text("The name is missing.", "Falta el nombre.", "缺少名称。")
_NO_HOLDER: Final = Text(
    "Choose who is to work the debts.", "Elija quién gestionará las deudas.", "请选择受托处理的机构。"
)
_NO_CURRENCY: Final = Text(
    "Give the ISO code of a currency, such as USD.",
    "Indique el código ISO de la moneda, p. ej. USD.",
    "请填写 ISO 货币代码，如 USD。",
)
_NO_FROM: Final = Text("Say from which day on.", "Indique desde qué día.", "请填写开始日期。")
_NO_RATE: Final = Text("Give a rate at least.", "Indique al menos una tasa.", "请至少填写一项费率。")
_NO_PERCENT: Final = Text(
    "A rate is a percentage from 0 to 100, with four decimal digits at most.",
    "La tasa es un porcentaje de 0 a 100, con cuatro decimales como máximo.",
    "费率为 0 至 100 的百分比，最多四位小数。",
)
_NOT_WHOLE: Final = Text(
    "This is a whole number, not below zero.", "Debe ser un número entero no negativo.", "须为不小于零的整数。"
)
_BELOW_ZERO: Final = Text("This is not below zero.", "No puede ser negativo.", "不得小于零。")
_NO_DEBTS: Final = Text("Give the numbers of the debts.", "Indique los números de las deudas.", "请填写债务编号。")
_UNKNOWN: Final = Text(
    "Not among our debts ({count}): {numbers}.", "No figuran entre nuestras deudas ({count}): {numbers}.",
    "以下编号不在我方债务中（{count}）：{numbers}。",
)  # fmt: skip
_OTHER_CURRENCY: Final = Text(
    "In another currency ({count}): {numbers}.", "En otra moneda ({count}): {numbers}.",
    "币种不同（{count}）：{numbers}。",
)  # fmt: skip
_PLACED: Final = Text(
    "Placed already ({count}): {numbers}.", "Ya cedidas en gestión ({count}): {numbers}.",
    "已委托他方（{count}）：{numbers}。",
)  # fmt: skip
_NOT_HERE: Final = Text(
    "Not in this placement now ({count}): {numbers}.", "No están ahora en esta cesión ({count}): {numbers}.",
    "目前不在本委案中（{count}）：{numbers}。",
)  # fmt: skip
_AGAIN: Final = Text("Please correct it.", "Corríjalo, por favor.", "请更正。")
