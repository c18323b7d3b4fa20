"""Terms of a product: how its debts age, how payments are shared out, what late payment costs.

They are kept as the product's ``terms`` JSON; `read_terms` turns that into `Terms` or says what is wrong with it:

    {"waterfall": "interest_principal_charges", "tolerance_minor": 0, "tolerance_ppm": 50000,
     "late_charge": {"rate_ppm": 240000, "rate_cap_ppm": 240000, "day_count": "ACT/365F", "grace_days": 5,
                     "cap_minor": 0, "cap_ppm": 0, "rounding": "half_up"},
     "bank_days": 2, "returns_days": 5}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, TypeVar

from arrears.kernel.daycount import DAY_COUNTS, DayCount
from arrears.kernel.money import MOST_MINOR
from arrears.kernel.problems import Problem, Where
from arrears.kernel.rounding import Rounding
from arrears.kernel.texts import Text

_Named = TypeVar("_Named", bound=IntEnum)
_Choice = TypeVar("_Choice")

PPM: Final = 1_000_000
MOST_RATE_PPM: Final = 10 * PPM


class Ageing(IntEnum):
    """From which date days past due are counted (P01)."""

    OLDEST_UNPAID = 1


class Waterfall(IntEnum):
    """In which order a payment pays. Codes are stored as payment instructions; 0 there means the product's own.

    Within a component the oldest instalment comes first. `INTEREST_PRINCIPAL_CHARGES` pays late charges last,
    so that no late charge arises only because an earlier one ate part of a full and timely payment (16 CFR
    444.4).
    """

    INTEREST_PRINCIPAL_CHARGES = 1
    CHARGES_INTEREST_PRINCIPAL = 2
    COSTS_INTEREST_PRINCIPAL = 3
    PRINCIPAL_INTEREST_CHARGES = 4


@dataclass(frozen=True, slots=True)
class LateCharge:
    """What late payment costs: a simple daily rate on overdue principal.

    Rates are parts per million a year. The charge starts to run ``grace_days`` after a due date, never before it. The
    rate is held at ``rate_cap_ppm``, and the sum of all charges at ``cap_minor`` and at ``cap_ppm`` of the
    principal that was opened; 0 means no such cap. ``rounding`` is how the exact charge is shown and paid.
    """

    rate_ppm: int = 0
    day_count: DayCount = DayCount.ACT_365F
    grace_days: int = 0
    rate_cap_ppm: int = 0
    cap_minor: int = 0
    cap_ppm: int = 0
    rounding: Rounding = Rounding.HALF_UP

    @property
    def rate(self) -> int:
        """The rate that is charged: as agreed, held at its cap."""
        return min(self.rate_ppm, self.rate_cap_ppm) if self.rate_cap_ppm else self.rate_ppm


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a product.

    An instalment that is short by less than its tolerance, the larger of ``tolerance_minor`` and
    ``tolerance_ppm`` of the instalment, is not past due. ``bank_days`` are the business days that money may
    take beyond a promised date, and ``returns_days`` the calendar days in which a bank may still take a payment
    back (P35).
    """

    waterfall: Waterfall = Waterfall.INTEREST_PRINCIPAL_CHARGES
    ageing: Ageing = Ageing.OLDEST_UNPAID
    tolerance_minor: int = 0
    tolerance_ppm: int = 0
    late_charge: LateCharge = field(default_factory=LateCharge)
    bank_days: int = 2
    returns_days: int = 5


_WHOLE: Final[dict[str, int]] = {
    "tolerance_minor": MOST_MINOR,
    "tolerance_ppm": PPM,
    "bank_days": 30,
    "returns_days": 120,
}
_WHOLE_OF_CHARGE: Final[dict[str, int]] = {
    "rate_ppm": MOST_RATE_PPM,
    "grace_days": 366,
    "rate_cap_ppm": MOST_RATE_PPM,
    "cap_minor": MOST_MINOR,
    "cap_ppm": 100 * PPM,
}


def read_terms(said: Mapping[str, Any], where: Where | None = None) -> Terms | list[Problem]:
    """Read a product's ``terms`` JSON; returns every mistake found, by field, where there is one."""
    reader = _Reader(where or Where())
    charge = reader.block(said, "late_charge")
    reader.refuse_unknown(said, {*_WHOLE, "waterfall", "ageing", "late_charge"}, "")
    reader.refuse_unknown(charge, {*_WHOLE_OF_CHARGE, "day_count", "rounding"}, "late_charge.")
    terms = Terms(
        waterfall=reader.choice(said, "waterfall", _names(Waterfall), Waterfall.INTEREST_PRINCIPAL_CHARGES),
        ageing=reader.choice(said, "ageing", _names(Ageing), Ageing.OLDEST_UNPAID),
        late_charge=LateCharge(
            day_count=reader.choice(charge, "day_count", DAY_COUNTS, DayCount.ACT_365F, "late_charge."),
            rounding=reader.choice(charge, "rounding", _SHOWN, Rounding.HALF_UP, "late_charge."),
            **{name: reader.whole(charge, name, 0, most, "late_charge.") for name, most in _WHOLE_OF_CHARGE.items()},
        ),
        **{name: reader.whole(said, name, _DEFAULTS[name], most) for name, most in _WHOLE.items()},
    )
    return reader.problems or terms


def said_terms(terms: Terms) -> dict[str, Any]:
    """Return the JSON form of ``terms``; `read_terms` reads it back to the same."""
    charge = terms.late_charge
    return {
        "waterfall": terms.waterfall.name.lower(),
        "ageing": terms.ageing.name.lower(),
        **{name: getattr(terms, name) for name in _WHOLE},
        "late_charge": {
            **{name: getattr(charge, name) for name in _WHOLE_OF_CHARGE},
            "day_count": next(name for name, by in DAY_COUNTS.items() if by is charge.day_count),
            "rounding": charge.rounding.value,
        },
    }


def _names(of: type[_Named]) -> dict[str, _Named]:
    return {member.name.lower(): member for member in of}


_DEFAULTS: Final[dict[str, int]] = {"tolerance_minor": 0, "tolerance_ppm": 0, "bank_days": 2, "returns_days": 5}
_SHOWN: Final = {rounding.value: rounding for rounding in (Rounding.HALF_UP, Rounding.DOWN)}


class _Reader:
    """Reads fields of the JSON and collects what is wrong."""

    def __init__(self, where: Where) -> None:
        self.where = where
        self.problems: list[Problem] = []

    def block(self, said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = said.get(name, {})
        if isinstance(value, Mapping):
            return value
        self._problem(
            name,
            Text("This is not a block of fields.", "No es un bloque de campos.", "这里应是一组字段。"),
            Text("Write its fields in braces.", "Escriba sus campos entre llaves.", "请用花括号写出其字段。"),
        )
        return {}

    def refuse_unknown(self, said: Mapping[str, Any], known: set[str], prefix: str) -> None:
        for name in sorted(set(said) - known):
            self._problem(
                prefix + name,
                Text("There is no such term.", "No existe tal condición.", "没有这项条款。"),
                Text("Known terms: {known}.", "Condiciones conocidas: {known}.", "可用条款：{known}。").filled(
                    known=", ".join(sorted(known))
                ),
            )

    def whole(self, said: Mapping[str, Any], name: str, default: int, most: int, prefix: str = "") -> int:
        value = said.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self._problem(
            prefix + name,
            Text(
                "“{value}” is not a whole number from 0 to {most}.",
                "«{value}» no es un número entero de 0 a {most}.",
                "“{value}”不是 0 到 {most} 之间的整数。",
            ).filled(value=value, most=most),
            Text("Correct the number.", "Corrija el número.", "请更正该数字。"),
        )
        return default

    def choice(
        self, said: Mapping[str, Any], name: str, among: Mapping[str, _Choice], default: _Choice, prefix: str = ""
    ) -> _Choice:
        value = said.get(name)
        if value is None:
            return default
        if isinstance(value, str) and value in among:
            return among[value]
        self._problem(
            prefix + name,
            Text("“{value}” is not known here.", "«{value}» no se reconoce aquí.", "此处不接受“{value}”。").filled(
                value=value
            ),
            Text("Choose one of: {among}.", "Elija entre: {among}.", "请选择其一：{among}。").filled(
                among=", ".join(among)
            ),
        )
        return default

    def _problem(self, name: str, reason: Text, remedy: Text) -> None:
        where = Where(self.where.file, self.where.row, name)
        self.problems.append(Problem("bad_terms", reason, remedy, where))
