"""Money: whole minor units and the currency they are of. Never a float.

Exponents are those of ISO 4217: how many decimal digits the major unit has.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

Minor = int
"""An amount in minor units (cents, fen, céntimos) of a currency named beside it."""

_MOST_DIGITS: Final = 18
MOST_MINOR: Final = 10**13
"""The largest amount one entry may carry. It keeps every product of the ledger inside 64 bits."""

_WITHOUT_MINOR_UNITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"
_TWO_DIGITS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
    "UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
)
_EXPONENTS: Final[dict[str, int]] = {
    code: exponent
    for codes, exponent in ((_WITHOUT_MINOR_UNITS, 0), (_TWO_DIGITS, 2), (_THREE_DIGITS, 3), (_FOUR_DIGITS, 4))
    for code in codes.split()
}


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency: its code and how many decimal digits its major unit has."""

    code: str
    exponent: int

    def __str__(self) -> str:
        return self.code


def currency(code: str) -> Currency:
    """Return the currency of an ISO 4217 ``code``; raises KeyError for a code that is none."""
    return Currency(code, _EXPONENTS[code])


def is_currency(code: str) -> bool:
    """Return whether ``code`` is a current ISO 4217 code."""
    return code in _EXPONENTS


def plain(amount: Minor, of: Currency) -> str:
    """Return ``amount`` in major units with a point and no grouping: ``-1234.50``. Words for people come from Babel."""
    return f"{Decimal(amount).scaleb(-of.exponent):f}" if of.exponent else str(amount)


def minor_of(amount: Decimal, of: Currency) -> Minor:
    """Return a decimal of major units as minor units; raises ValueError where a digit would be lost."""
    scaled = amount.scaleb(of.exponent)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{amount} has more decimal digits than {of.code} has")
    return whole


def read_amount(text: str, of: Currency, where: Where | None = None, *, decimal_mark: str = ".") -> Minor | Problem:
    """Read an amount as people and files write it: ``1,234.50``, ``-12``, ``1.234,50`` with ``decimal_mark=","``.

    Grouping by comma, point, apostrophe or space is taken out when it is not the decimal mark. Returns minor units, or
    a `Problem` where the text is no amount, has digits below the minor unit, or exceeds `MOST_MINOR`.
    """
    where = where or Where()
    bare = text.strip()
    for mark in {",", ".", "'", "’", " ", "\u00a0", "\u202f"} - {decimal_mark}:
        bare = bare.replace(mark, "")
    try:
        amount = Decimal(bare.replace(decimal_mark, "."))
        if not amount.is_finite():
            return _no_amount(text, where)
        if amount and amount.adjusted() >= _MOST_DIGITS:
            return _too_large(text, where)
        minor = minor_of(amount, of)
    except InvalidOperation:
        return _no_amount(text, where)
    except ValueError:
        return _too_fine(text, of, where)
    return minor if abs(minor) <= MOST_MINOR else _too_large(text, where)


def _no_amount(text: str, where: Where) -> Problem:
    return Problem(
        "not_an_amount",
        Text("“{said}” is not an amount.", "«{said}» no es un importe.", "“{said}”不是金额。").filled(said=text),
        Text("Write digits, such as 1234.50.", "Escriba cifras, por ejemplo 1234.50.", "请填写数字，例如 1234.50。"),
        where,
    )


def _too_fine(text: str, of: Currency, where: Where) -> Problem:
    return Problem(
        "amount_too_fine",
        Text(
            "“{said}” has more decimal digits than {code} has ({digits}).",
            "«{said}» tiene más decimales de los que admite {code} ({digits}).",
            "“{said}”的小数位数超过 {code} 的位数（{digits}）。",
        ).filled(said=text, code=of.code, digits=of.exponent),
        Text("Round it at its source.", "Redondéelo en su origen.", "请在数据来源处取整。"),
        where,
    )


def _too_large(text: str, where: Where) -> Problem:
    return Problem(
        "amount_too_large",
        Text(
            "“{said}” is above the largest amount one entry may carry.",
            "«{said}» supera el importe máximo de un asiento.",
            "“{said}”超过单笔分录的最大金额。",
        ).filled(said=text),
        Text(
            "Check the decimal mark, or split the entry.",
            "Revise el separador decimal o divida el asiento.",
            "请检查小数点，或拆分该分录。",
        ),
        where,
    )
