"""Amounts as the provider writes them: its smallest unit is not always that of ISO 4217.

Source: Stripe's documentation of currencies (zero-decimal, three-decimal and special cases).
"""

from typing import Final

from arrears.kernel.money import currency, is_currency

_WITHOUT_DIGITS: Final = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_THREE_DIGITS: Final = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
_WHOLE_UNITS: Final = frozenset({"ISK", "UGX"})
"""Written with two digits that must be zero."""


def to_provider(amount_minor: int, code: str) -> int | None:
    """Return an amount of minor units as the provider writes it; None where it cannot be written exactly."""
    if not is_currency(code) or amount_minor <= 0:
        return None
    scaled, rest = divmod(amount_minor * _units(_digits(code)), _units(currency(code).exponent))
    step = 100 if code in _WHOLE_UNITS else 10 if code in _THREE_DIGITS else 1
    return None if rest or scaled % step else scaled


def from_provider(amount: int, code: str) -> int:
    """Return the provider's amount as minor units; raises ValueError where it is finer than the currency."""
    minor, rest = divmod(amount * _units(currency(code.upper()).exponent), _units(_digits(code.upper())))
    if rest:
        raise ValueError(f"{amount} {code} has digits below the minor unit")
    return minor


def _digits(code: str) -> int:
    return 0 if code in _WITHOUT_DIGITS else 3 if code in _THREE_DIGITS else 2


def _units(digits: int) -> int:
    return int(10**digits)
