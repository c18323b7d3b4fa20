"""Lines of a computation put into words of one language: amounts, dates and percentages as people write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from arrears.engine.computation.lines import Line, Value
from arrears.kernel.money import Currency, currency, is_currency
from arrears.kernel.texts import Text

_LOCALES: Final = {"en": "en_US", "es": "es_ES", "zh": "zh_Hans_CN"}
_DAYS: Final = {"en": "d MMM y", "es": "d MMM y", "zh": "y年M月d日"}
_FINE: Final = 2
"""Digits beyond the minor unit in a step of a computation: enough to follow it by hand."""


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language[:2].lower(), _LOCALES["en"]))


def _currency(code: str) -> Currency:
    return currency(code) if is_currency(code) else Currency(code, 2)


def said(line: Line, language: str, code: str) -> str:
    """Return the words of a line in ``language``, amounts in the currency ``code``."""
    values = {name: _said_value(value, language, code) for name, value in line.values.items()}
    return line.words.said_in(language).format(**values)


def said_day(day: date, language: str) -> str:
    """Return a date as people write it."""
    return str(format_date(day, _DAYS.get(language[:2].lower(), _DAYS["en"]), locale=_locale(language)))


def said_amount(amount: Fraction | int, language: str, code: str) -> str:
    """Return an amount of minor units with its currency; one that is not whole, a step, with two digits more."""
    of = _currency(code)
    if Fraction(amount).denominator == 1:
        return str(format_currency(Decimal(int(amount)).scaleb(-of.exponent), of.code, locale=_locale(language)))
    exact = Fraction(amount)
    scaled = Fraction(exact, 1) * 10**_FINE
    fine = Decimal(round(scaled)).scaleb(-_FINE - of.exponent)
    pattern = "#,##0." + "0" * (of.exponent + _FINE)
    return str(format_decimal(fine, pattern, locale=_locale(language)))


def _said_value(value: Value, language: str, code: str) -> str:
    kind, what = value
    if isinstance(what, date):
        return said_day(what, language)
    if isinstance(what, Text):
        return what.said_in(language)
    match kind:
        case "money":
            return said_amount(what, language, code)
        case "rate":
            return str(format_percent(Decimal(what) / 1_000_000, "#,##0.####%", locale=_locale(language)))
        case _:
            return str(format_decimal(what, locale=_locale(language)))
