"""Terms of commission as data, read once and checked whole (P63).

    {"rate_ppm": 250000}
    {"tiers": {"by": "cumulated", "steps": [{"from": 0, "rate_ppm": 200000}, {"from": 5000000, "rate_ppm": 250000}]},
     "on": ["payment", "direct"], "tail_days": 30, "minimum_minor": 0, "maximum_minor": 2000000, "rounding": "half_up"}

``from`` of a tier is minor units paid so far in the placement (``cumulated``) or days since default (``age``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.rounding import Rounding
from arrears.kernel.texts import Text

PPM: Final = 1_000_000


class MoneyKind(StrEnum):
    """How money came: a contract may pay commission on some kinds and not on others."""

    PAYMENT = "payment"
    DIRECT = "direct"
    SETTLEMENT = "settlement"
    SET_OFF = "set_off"
    RECOVERY = "recovery"


MONEY_WORDS: Final[Mapping[MoneyKind, Text]] = {
    MoneyKind.PAYMENT: Text("Payment", "Pago", "还款"),
    MoneyKind.DIRECT: Text("Direct to the creditor", "Directo al acreedor", "直接付给债权人"),
    MoneyKind.SETTLEMENT: Text("Settlement payment", "Pago de un acuerdo de quita", "和解付款"),
    MoneyKind.SET_OFF: Text("Set-off", "Compensación", "抵销"),
    MoneyKind.RECOVERY: Text("Recovery", "Recuperación", "核销后收回"),
}


class TierBy(StrEnum):
    """What the tiers go by."""

    CUMULATED = "cumulated"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many minor units paid so far, or days since default, this rate (millionths)."""

    start: int
    rate_ppm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionTerms:
    """The terms of one placement. Tiers ascend and begin at 0; a ``maximum`` of 0 means none."""

    tiers: tuple[Tier, ...]
    by: TierBy = TierBy.CUMULATED
    on: frozenset[MoneyKind] = frozenset(MoneyKind)
    tail_days: int = 0
    minimum: int = 0
    maximum: int = 0
    rounding: Rounding = Rounding.HALF_UP


_KEYS: Final = {"rate_ppm", "tiers", "on", "tail_days", "minimum_minor", "maximum_minor", "rounding"}


def read_commission(said: Mapping[str, Any]) -> CommissionTerms | tuple[Problem, ...]:  # Any: JSON
    """Read terms as they are written down; return every mistake at once where there are any."""
    problems = [_problem("unknown_key", key, key=key) for key in sorted(set(said) - _KEYS)]
    tiers, by = _tiers(said, problems)
    kinds = said.get("on", [kind.value for kind in MoneyKind])
    known = {kind.value for kind in MoneyKind}
    if not isinstance(kinds, list) or not kinds or set(kinds) - known:
        problems.append(_problem("kinds_unknown", "on", known=", ".join(sorted(known))))
    amounts = {name: said.get(name, 0) for name in ("tail_days", "minimum_minor", "maximum_minor")}
    problems += [_problem("not_whole", name) for name, value in amounts.items() if not _is_whole(value)]
    if not problems and 0 < amounts["maximum_minor"] < amounts["minimum_minor"]:
        problems.append(_problem("minimum_above_maximum", "minimum_minor"))
    rounding = said.get("rounding", Rounding.HALF_UP.value)
    if rounding not in {each.value for each in Rounding}:
        problems.append(_problem("rounding_unknown", "rounding"))
    if problems:
        return tuple(problems)
    return CommissionTerms(
        tiers=tiers,
        by=by,
        on=frozenset(MoneyKind(kind) for kind in kinds),
        tail_days=amounts["tail_days"],
        minimum=amounts["minimum_minor"],
        maximum=amounts["maximum_minor"],
        rounding=Rounding(rounding),
    )


def _tiers(said: Mapping[str, Any], problems: list[Problem]) -> tuple[tuple[Tier, ...], TierBy]:
    if ("rate_ppm" in said) == ("tiers" in said):
        problems.append(_problem("rate_or_tiers", "tiers"))
        return (), TierBy.CUMULATED
    if "rate_ppm" in said:
        if not _is_rate(said["rate_ppm"]):
            problems.append(_problem("not_a_rate", "rate_ppm"))
            return (), TierBy.CUMULATED
        return (Tier(0, said["rate_ppm"]),), TierBy.CUMULATED
    tiers = said["tiers"]
    steps = tiers.get("steps") if isinstance(tiers, Mapping) else None
    by = tiers.get("by") if isinstance(tiers, Mapping) else None
    if by not in {each.value for each in TierBy} or not isinstance(steps, list) or not steps:
        problems.append(_problem("rate_or_tiers", "tiers"))
        return (), TierBy.CUMULATED
    if not all(isinstance(s, Mapping) and _is_whole(s.get("from")) and _is_rate(s.get("rate_ppm")) for s in steps):
        problems.append(_problem("not_a_rate", "tiers"))
        return (), TierBy.CUMULATED
    found = tuple(Tier(step["from"], step["rate_ppm"]) for step in steps)
    starts = [tier.start for tier in found]
    if starts[0] != 0 or starts != sorted(set(starts)):
        problems.append(_problem("tiers_out_of_order", "tiers"))
    return found, TierBy(by)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_rate(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= PPM


_SAID: Final[dict[str, Text]] = {
    "unknown_key": Text(
        "Terms of commission know no “{key}”.",
        "Las condiciones de comisión no conocen «{key}».",
        "佣金条款中没有“{key}”这一项。",
    ),
    "kinds_unknown": Text(
        "“on” lists one or more of: {known}.",
        "«on» enumera uno o varios de: {known}.",
        "“on”须列出以下一项或多项：{known}。",
    ),
    "not_whole": Text(
        "This is a whole number, not below zero.",
        "Debe ser un número entero no negativo.",
        "须为不小于零的整数。",
    ),
    "minimum_above_maximum": Text(
        "The minimum is above the maximum.",
        "El mínimo supera el máximo.",
        "最低额高于最高额。",
    ),
    "rounding_unknown": Text(
        "No such rounding; half_up, half_even, down or up.",
        "Redondeo desconocido; use half_up, half_even, down o up.",
        "未知的舍入方式；请用 half_up、half_even、down 或 up。",
    ),
    "rate_or_tiers": Text(
        "Terms of commission give either one rate or tiers by “cumulated” or “age”.",
        "Las condiciones indican una tasa única o tramos por «cumulated» o «age».",
        "佣金条款须给出单一费率，或按“cumulated”或“age”分档。",
    ),
    "not_a_rate": Text(
        "A rate is a whole number of millionths, from 0 to 1,000,000.",
        "Una tasa es un entero en millonésimas, de 0 a 1.000.000.",
        "费率以百万分之一计，为 0 至 1,000,000 的整数。",
    ),
    "tiers_out_of_order": Text(
        "Tiers begin at 0 and ascend.",
        "Los tramos empiezan en 0 y son crecientes.",
        "分档须从 0 开始并依次递增。",
    ),
}
_CORRECT: Final = Text("Correct the terms.", "Corrija las condiciones.", "请更正条款。")


def _problem(code: str, field: str, **values: object) -> Problem:
    return Problem(code, _SAID[code].filled(**values), _CORRECT, Where(field=field))
