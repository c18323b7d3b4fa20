"""Amounts, dates and hours as people write them in the language of the page (Babel); and amounts read back."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol
from django.utils import translation

from arrears.config.clock import today_in
from arrears.kernel.epoch import NO_DATE, date_of
from arrears.kernel.money import Currency, Minor, currency, is_currency, read_amount
from arrears.kernel.problems import Problem, Where

_LOCALES = {"en": "en_US", "es": "es_ES", "zh": "zh_Hans_CN"}
_DAY = {"en": "EEE d MMM y", "es": "EEE d MMM y", "zh": "y年M月d日 EEE"}
_SHORT_DAY = {"en": "EEE d MMM", "es": "EEE d MMM", "zh": "M月d日 EEE"}
NOTHING = "–"


def language() -> str:
    """Return the language of the page as the house's texts name it: ``en``, ``es`` or ``zh``."""
    return (translation.get_language() or "en")[:2]


def locale() -> Locale:
    """Return Babel's locale of the page."""
    return Locale.parse(_LOCALES.get(language(), "en_US"))


def territory(code: str) -> str:
    """Return a country by its name in the language of the page; what is none (the European Union) has a name too."""
    return str(locale().territories.get(code, code))


def money(minor: Minor | None, code: str) -> str:
    """Return an amount of minor units with its currency: ``$1,234.50``, ``1234,50 €``, ``¥1,234.50``."""
    if minor is None:
        return NOTHING
    of = _currency(code)
    return str(format_currency(Decimal(minor).scaleb(-of.exponent), of.code, locale=locale()))


def plain_money(minor: Minor | None, code: str) -> str:
    """Return an amount as one types it in the language of the page: no currency, no grouping."""
    if minor is None:
        return ""
    of = _currency(code)
    pattern = "0." + "0" * of.exponent if of.exponent else "0"
    return str(format_decimal(Decimal(minor).scaleb(-of.exponent), pattern, locale=locale()))


def typed_money(typed: str, code: str, field: str = "amount") -> Minor | Problem:
    """Read an amount as people of the page's language type it; a Problem where it is none."""
    mark = str(get_decimal_symbol(locale()))
    bare = typed.strip().removeprefix(code).removesuffix(code).strip("$€¥£ \u00a0")
    return read_amount(bare, _currency(code), Where(field=field), decimal_mark=mark)


def _currency(code: str) -> Currency:
    return currency(code) if is_currency(code) else Currency(code, 2)


def day(value: date | int | None, *, short: bool = False) -> str:
    """Return a date with its weekday (P50); whole numbers are epoch days, the sentinel is no date."""
    found = calendar_day(value)
    if found is None:
        return NOTHING
    pattern = (_SHORT_DAY if short else _DAY).get(language(), _DAY["en"])
    return str(format_date(found, pattern, locale=locale()))


def calendar_day(value: date | int | None) -> date | None:
    """Return the date of a date, an instant's own date, or an epoch day; None for none."""
    if value is None or value == NO_DATE:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date_of(int(value))


def clock(value: datetime | None, zone: str = "UTC") -> str:
    """Return the wall time of an instant in a zone, such as ``14:05``."""
    if value is None:
        return NOTHING
    return str(format_time(value.astimezone(ZoneInfo(zone)), "HH:mm", locale=locale()))


def moment(value: datetime | None, zone: str = "UTC") -> str:
    """Return day and wall time of an instant in a zone, with the year where it is not the present one."""
    if value is None:
        return NOTHING
    local = value.astimezone(ZoneInfo(zone)).date()
    return f"{day(local, short=local.year == today_in(zone).year)} {clock(value, zone)}"


def month(value: date) -> str:
    """Return a month and its year."""
    return str(format_skeleton("yMMM", value, locale=locale()))


def number(value: float | Decimal | None) -> str:
    """Return a number with the grouping of the page's language."""
    return NOTHING if value is None else str(format_decimal(value, locale=locale()))


def share(part: int, whole: int) -> str:
    """Return ``part`` of ``whole`` as a percentage; a dash where there is no whole."""
    return str(format_percent(Decimal(part) / Decimal(whole), "#,##0%", locale=locale())) if whole else NOTHING


def span(gone: timedelta) -> str:
    """Return a length of time as ``m:ss``."""
    seconds = int(gone.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}"
