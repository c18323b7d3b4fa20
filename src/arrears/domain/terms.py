"""Terms of a product: how its debts age, how payments are shared out, what interest and late payment cost.

They are kept as the product's ``terms`` JSON; `read_terms` turns that into `Terms` or says what is wrong with it:

    {"waterfall": "interest_principal_charges", "tolerance_minor": 0, "tolerance_ppm": 50000,
     "late_charge": {"rate_ppm": 240000, "rate_cap_ppm": 240000, "day_count": "ACT/365F", "grace_days": 5,
                     "cap_minor": 0, "cap_ppm": 0, "rounding": "half_up", "on": "overdue_principal",
                     "rates": [{"from": "2026-01-01", "rate_ppm": 101500}],
                     "fixed": [{"days_past_due": 1, "amount_minor": 4000, "each": "instalment"}]},
     "contract_interest": {"rates": [{"from": "2024-05-01", "rate_ppm": 90000}], "day_count": "30/360"},
     "bank_days": 2, "returns_days": 5}

A waterfall that has no name is a list of parts, by instalment or not:
``{"waterfall": ["costs", "interest", "principal"], "by_instalment": true}``; parts left out follow.
``late_charge.rate_table`` names the table from which ``rates`` were taken; a table without its rates is a mistake here,
because whoever reads terms has to bring them in first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, Final

from arrears.domain.charging import (
    CONTRACT,
    Cap,
    ChargeOn,
    ContractInterest,
    DatedRate,
    Each,
    FixedCharge,
    LateCharge,
)
from arrears.domain.said_fields import FieldReader, names_of
from arrears.domain.waterfalls import Order, Pays, Waterfall, order_of, whole_order
from arrears.kernel.daycount import DAY_COUNTS, DayCount
from arrears.kernel.money import MOST_MINOR
from arrears.kernel.problems import Problem, Where
from arrears.kernel.rounding import Rounding
from arrears.kernel.texts import Text

__all__ = [
    "CONTRACT",
    "MOST_RATE_PPM",
    "PPM",
    "Ageing",
    "Cap",
    "ChargeOn",
    "ContractInterest",
    "DatedRate",
    "Each",
    "FixedCharge",
    "LateCharge",
    "Order",
    "Pays",
    "Terms",
    "Waterfall",
    "order_of",
    "read_terms",
    "said_terms",
]

PPM: Final = 1_000_000
MOST_RATE_PPM: Final = 10 * PPM


class Ageing(IntEnum):
    """From which date days past due are counted (P01)."""

    OLDEST_UNPAID = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a product.

    An instalment that is short by less than its tolerance, the larger of ``tolerance_minor`` and
    ``tolerance_ppm`` of the instalment, is not past due. ``bank_days`` are the business days that money may
    take beyond a promised date, and ``returns_days`` the calendar days in which a bank may still take a payment
    back (P35). ``caps`` are bounds from outside the contract; they are no part of the JSON.
    """

    waterfall: Waterfall | Order = Waterfall.INTEREST_PRINCIPAL_CHARGES
    ageing: Ageing = Ageing.OLDEST_UNPAID
    tolerance_minor: int = 0
    tolerance_ppm: int = 0
    late_charge: LateCharge = field(default_factory=LateCharge)
    bank_days: int = 2
    returns_days: int = 5
    contract_interest: ContractInterest = field(default_factory=ContractInterest)
    caps: tuple[Cap, ...] = ()


_WHOLE: Final = ("tolerance_minor", "tolerance_ppm", "bank_days", "returns_days")
_WHOLE_OF_CHARGE: Final[dict[str, int]] = {
    "rate_ppm": MOST_RATE_PPM,
    "grace_days": 366,
    "rate_cap_ppm": MOST_RATE_PPM,
    "cap_minor": MOST_MINOR,
    "cap_ppm": 100 * PPM,
}
_SHOWN: Final = {rounding.value: rounding for rounding in (Rounding.HALF_UP, Rounding.DOWN)}
_MOST_RATES, _MOST_FIXED = 400, 12

_BAD_ORDER: Final = Text(
    "Each part can be paid once, and only neighbours instalment by instalment.",
    "Cada parte se paga una sola vez y cuota a cuota solo las que van juntas.",
    "每个部分只能出现一次；只有相邻的利息和本金才能按期支付。",
)
_NAME_PARTS: Final = Text(
    "Name parts out of: {parts}.", "Use partes de entre: {parts}.", "请从以下部分中选择：{parts}。"
)
_NO_RATES: Final = Text(
    "The rates of table “{table}” were not brought in.",
    "No se han incorporado los tipos de la tabla «{table}».",
    "尚未引入利率表“{table}”的利率。",
)
_NAME_TABLE: Final = Text(
    "Name a table of rates that the packs hold.",
    "Indique una tabla de tipos de los paquetes de reglas.",
    "请指定规则包中已有的利率表。",
)
_NOT_IN_ORDER: Final = Text(
    "The days do not follow one another.", "Las fechas no van en orden ascendente.", "日期未按先后顺序排列。"
)
_SORT: Final = Text("Put the earliest day first.", "Ponga primero la fecha más antigua.", "请将最早的日期放在最前。")


def read_terms(said: Mapping[str, Any], where: Where | None = None) -> Terms | list[Problem]:
    """Read a product's ``terms`` JSON; returns every mistake found, by field, where there is one."""
    reader = FieldReader(where or Where(), "bad_terms")
    reader.refuse_unknown(
        said, {*_WHOLE, "waterfall", "by_instalment", "ageing", "late_charge", "contract_interest"}, ""
    )
    terms = Terms(
        waterfall=_waterfall(reader, said),
        ageing=reader.choice(said, "ageing", names_of(Ageing), Ageing.OLDEST_UNPAID),
        late_charge=_late_charge(reader, reader.block(said, "late_charge")),
        contract_interest=_contract_interest(reader, reader.block(said, "contract_interest")),
        tolerance_minor=reader.whole(said, "tolerance_minor", 0, MOST_MINOR),
        tolerance_ppm=reader.whole(said, "tolerance_ppm", 0, PPM),
        bank_days=reader.whole(said, "bank_days", 2, 30),
        returns_days=reader.whole(said, "returns_days", 5, 120),
    )
    return reader.problems or terms


def _waterfall(reader: FieldReader, said: Mapping[str, Any]) -> Waterfall | Order:
    usual = Waterfall.INTEREST_PRINCIPAL_CHARGES
    named = said.get("waterfall")
    if not isinstance(named, list):
        reader.flag({"by_instalment": False} if named is None else said, "by_instalment")
        return reader.choice(said, "waterfall", names_of(Waterfall), usual)
    known = names_of(Pays)
    by_instalment = reader.flag(said, "by_instalment")
    parts = [known[part] for part in named if isinstance(part, str) and part in known]
    order = whole_order(parts, by_instalment=by_instalment) if len(parts) == len(named) else None
    if order is None:
        reader.problem("waterfall", _BAD_ORDER, _NAME_PARTS.filled(parts=", ".join(known)))
        return usual
    return order


def _late_charge(reader: FieldReader, said: Mapping[str, Any]) -> LateCharge:
    at = "late_charge."
    reader.refuse_unknown(said, {*_WHOLE_OF_CHARGE, "day_count", "rounding", "on", "rates", "fixed", "rate_table"}, at)
    charge = LateCharge(
        day_count=reader.choice(said, "day_count", DAY_COUNTS, DayCount.ACT_365F, at),
        rounding=reader.choice(said, "rounding", _SHOWN, Rounding.HALF_UP, at),
        on=reader.choice(said, "on", names_of(ChargeOn), ChargeOn.OVERDUE_PRINCIPAL, at),
        rates=_rates(reader, said, at),
        fixed=_fixed(reader, said, at),
        rate_table=reader.words(said, "rate_table", at),
        **{name: reader.whole(said, name, 0, most, at) for name, most in _WHOLE_OF_CHARGE.items()},
    )
    if charge.rate_table and not charge.rates:
        reader.problem(at + "rate_table", _NO_RATES.filled(table=charge.rate_table), _NAME_TABLE)
    return charge


def _contract_interest(reader: FieldReader, said: Mapping[str, Any]) -> ContractInterest:
    at = "contract_interest."
    reader.refuse_unknown(said, {"rates", "rate_ppm", "day_count", "rounding"}, at)
    rates = _rates(reader, said, at)
    one = reader.whole(said, "rate_ppm", 0, MOST_RATE_PPM, at)
    return ContractInterest(
        rates=rates or ((DatedRate(date(1970, 1, 1), one),) if one else ()),
        day_count=reader.choice(said, "day_count", DAY_COUNTS, DayCount.ACT_365F, at),
        rounding=reader.choice(said, "rounding", _SHOWN, Rounding.HALF_UP, at),
    )


def _rates(reader: FieldReader, said: Mapping[str, Any], at: str) -> tuple[DatedRate, ...]:
    rates = []
    for place, each in reader.blocks(said, "rates", _MOST_RATES, at):
        reader.refuse_unknown(each, {"from", "rate_ppm"}, place)
        rates.append(
            DatedRate(reader.day(each, "from", place), reader.whole(each, "rate_ppm", 0, MOST_RATE_PPM, place))
        )
    if any(rates[n].since >= rates[n + 1].since for n in range(len(rates) - 1)):
        reader.problem(at + "rates", _NOT_IN_ORDER, _SORT)
    return tuple(rates)


def _fixed(reader: FieldReader, said: Mapping[str, Any], at: str) -> tuple[FixedCharge, ...]:
    fixed = []
    for place, each in reader.blocks(said, "fixed", _MOST_FIXED, at):
        reader.refuse_unknown(each, {"days_past_due", "amount_minor", "each"}, place)
        fixed.append(
            FixedCharge(
                reader.whole(each, "days_past_due", 1, 3_660, place, least=1),
                reader.whole(each, "amount_minor", 0, MOST_MINOR, place),
                reader.choice(each, "each", {one.value: one for one in Each}, Each.INSTALMENT, place),
            )
        )
    return tuple(fixed)


def said_terms(terms: Terms) -> dict[str, Any]:
    """Return the JSON form of ``terms``; `read_terms` reads it back to the same, caps from outside left out."""
    charge, interest = terms.late_charge, terms.contract_interest
    return {
        **_said_waterfall(terms.waterfall),
        "ageing": terms.ageing.name.lower(),
        **{name: getattr(terms, name) for name in _WHOLE},
        "late_charge": {
            **{name: getattr(charge, name) for name in _WHOLE_OF_CHARGE},
            "on": charge.on.name.lower(),
            "day_count": _said_day_count(charge.day_count),
            "rounding": charge.rounding.value,
            **({"rates": _said_rates(charge.rates)} if charge.rates else {}),
            **({"fixed": [_said_fixed(each) for each in charge.fixed]} if charge.fixed else {}),
            **({"rate_table": charge.rate_table} if charge.rate_table else {}),
        },
        **(
            {
                "contract_interest": {
                    "rates": _said_rates(interest.rates),
                    "day_count": _said_day_count(interest.day_count),
                    "rounding": interest.rounding.value,
                }
            }
            if interest != ContractInterest()
            else {}
        ),
    }


def _said_waterfall(waterfall: Waterfall | Order) -> dict[str, Any]:
    if isinstance(waterfall, Waterfall):
        return {"waterfall": waterfall.name.lower()}
    return {"waterfall": [part.name.lower() for part in waterfall.parts], "by_instalment": waterfall.by_instalment}


def _said_day_count(by: DayCount) -> str:
    return next(name for name, each in DAY_COUNTS.items() if each is by)


def _said_rates(rates: tuple[DatedRate, ...]) -> list[dict[str, Any]]:
    return [{"from": each.since.isoformat(), "rate_ppm": each.rate_ppm} for each in rates]


def _said_fixed(fixed: FixedCharge) -> dict[str, Any]:
    return {
        "days_past_due": fixed.days_past_due,
        "amount_minor": fixed.amount_minor,
        "each": fixed.each.value,
    }
