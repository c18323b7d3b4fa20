"""Text into values, a column at a time: each sort of field gives a column of values beside a column of fault codes."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import phonenumbers
import polars as pl

from arrears.engine.intake import amounts, dates
from arrears.engine.intake.dates import trimmed
from arrears.engine.intake.fields import Field, Sort
from arrears.engine.intake.guess import plain_header
from arrears.kernel.money import is_currency

LONGEST: Final = 200
PPM: Final = 1_000_000


class Written(NamedTuple):
    """How a column is written, settled for the whole file before its values are read."""

    format: str = ""
    decimal: str = "."
    unit: str = ""
    zone: str = "UTC"
    values: Mapping[str, str] = {}
    currencies: str = ""
    countries: str = ""


class Column(NamedTuple):
    """Values of one field and the code of what is wrong with each, null where nothing is."""

    values: pl.Series
    faults: pl.Series


Reader = Callable[[pl.DataFrame, str, Field, Written], Column]


def read(frame: pl.DataFrame, column: str, field: Field, written: Written) -> Column:
    """Read one column of text as ``field``; empty cells are null without fault."""
    return _READERS[field.sort](frame, column, field, written)


def _checked(frame: pl.DataFrame, column: str, value: pl.Expr, fault: str) -> Column:
    """Return values beside ``fault`` wherever there was text and no value came of it."""
    done = frame.select(value.alias("value"), trimmed(column).alias("text"))
    wrong = pl.when(pl.col("text").is_not_null() & pl.col("value").is_null()).then(pl.lit(fault))
    return Column(done["value"], done.select(wrong.alias("fault"))["fault"])


def _text(frame: pl.DataFrame, column: str, _: Field, __: Written) -> Column:
    text = trimmed(column).str.replace_all(r"[\u0000-\u001f\u007f]+", " ")
    return _checked(frame, column, pl.when(text.str.len_chars() <= LONGEST).then(text), "too_long")


def _date(frame: pl.DataFrame, column: str, _: Field, written: Written) -> Column:
    return _checked(frame, column, dates.read_date(column, written.format), "not_a_date")


def _instant(frame: pl.DataFrame, column: str, _: Field, written: Written) -> Column:
    return _checked(frame, column, dates.read_instant(column, written.format, written.zone), "not_an_instant")


def _amount(frame: pl.DataFrame, column: str, _: Field, written: Written) -> Column:
    return Column(*amounts.read_amounts(frame, column, written.decimal, written.currencies))


def _rate(frame: pl.DataFrame, column: str, _: Field, written: Written) -> Column:
    """Read a yearly rate as whole parts per million: digits are moved, never multiplied as floats."""
    digits = 4 if written.unit == "percent" else 6
    bare = trimmed(column).str.replace_all(r"[%\s]", "")
    point = bare.str.replace_all(",", ".", literal=True) if written.decimal == "," else bare
    whole = point.str.extract(r"^(\d+)(?:\.\d*)?$", 1)
    cents = point.str.extract(r"^\d+\.(\d*)$", 1).fill_null("").str.strip_chars_end("0")
    ppm = pl.when(cents.str.len_bytes() <= digits).then(
        (whole + cents.str.pad_end(digits, "0")).cast(pl.Int64, strict=False)
    )
    return _checked(frame, column, pl.when(ppm <= 10 * PPM).then(ppm), "not_a_number")


def _whole(frame: pl.DataFrame, column: str, _: Field, __: Written) -> Column:
    number = trimmed(column).str.replace(r"\.0+$", "").cast(pl.Int32, strict=False)
    return _checked(frame, column, number, "not_a_number")


_YES: Final = ("1", "y", "yes", "true", "t", "valid", "si", "verdadero", "是", "有效", "真")
_NO: Final = ("0", "n", "no", "false", "f", "invalid", "falso", "否", "无效", "假")


def _flag(frame: pl.DataFrame, column: str, _: Field, written: Written) -> Column:
    known = dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "no")
    said = _by_word(frame, column, {**known, **_plain(written.values)})
    flags = said.replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean)
    return _checked(frame.with_columns(flags.alias("_value")), column, pl.col("_value"), "not_known")


def _choice(frame: pl.DataFrame, column: str, field: Field, written: Written) -> Column:
    said = _by_word(frame, column, {**_plain(field.values), **_plain(written.values)})
    return _checked(frame.with_columns(said.alias("_value")), column, pl.col("_value"), "not_known")


def _plain(words: Mapping[str, str]) -> dict[str, str]:
    return {plain_header(theirs): ours for theirs, ours in words.items()}


def _by_word(frame: pl.DataFrame, column: str, known: Mapping[str, str]) -> pl.Series:
    """Return what each word of a column means; few words stand for many rows, so each is looked up once."""
    words = frame.select(trimmed(column).alias("w"))["w"]
    meaning = {word: known.get(plain_header(word)) for word in words.unique().drop_nulls()}
    return words.replace_strict(meaning or {"": None}, default=None, return_dtype=pl.String)


def _currency(frame: pl.DataFrame, column: str, _: Field, __: Written) -> Column:
    words = frame.select(trimmed(column).str.to_uppercase().alias("w"))["w"]
    meaning = {word: _CURRENCY_WORDS.get(word, word) for word in words.unique().drop_nulls()}
    known = {word: code if is_currency(code) else None for word, code in meaning.items()}
    found = words.replace_strict(known or {"": None}, default=None, return_dtype=pl.String)
    return _checked(frame.with_columns(found.alias("_value")), column, pl.col("_value"), "not_a_currency")


_CURRENCY_WORDS: Final = {
    "RMB": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "US$": "USD",
    "美元": "USD",
    "€": "EUR",
    "欧元": "EUR",
    "£": "GBP",
}


def _country(frame: pl.DataFrame, column: str, field: Field, written: Written) -> Column:
    words = frame.select(trimmed(column).alias("w"))["w"]
    known = {**_plain(_countries()), **_plain(field.values), **_plain(written.values)}
    meaning = {word: known.get(plain_header(word)) for word in words.unique().drop_nulls()}
    found = words.replace_strict(meaning or {"": None}, default=None, return_dtype=pl.String)
    return _checked(frame.with_columns(found.alias("_value")), column, pl.col("_value"), "not_a_country")


def _countries() -> dict[str, str]:
    """Return ISO 3166-1 codes by code and by name in the three languages."""
    from babel import Locale

    names: dict[str, str] = {}
    for language in ("en", "es", "zh"):
        for code, name in Locale(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY:
                names |= {code: code, name: code}
    return names


_NO_COUNTRY: Final = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


def _language(frame: pl.DataFrame, column: str, field: Field, written: Written) -> Column:
    words = frame.select(trimmed(column).alias("w"))["w"]
    known = {**_plain(field.values), **_plain(written.values)}
    meaning = {word: known.get(plain_header(word), _language_tag(word)) for word in words.unique().drop_nulls()}
    found = words.replace_strict(meaning or {"": None}, default=None, return_dtype=pl.String)
    return _checked(frame.with_columns(found.alias("_value")), column, pl.col("_value"), "not_a_language")


def _language_tag(word: str) -> str | None:
    return word.lower().replace("_", "-") if re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2,4})?", word) else None


def _email(frame: pl.DataFrame, column: str, _: Field, __: Written) -> Column:
    text = trimmed(column)
    sound = pl.when(text.str.contains(r"^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$")).then(text)
    return _checked(frame, column, sound, "not_an_email")


def _phone(frame: pl.DataFrame, column: str, _: Field, written: Written) -> Column:
    """Read telephone numbers to E.164; a number without country code is one of the row's country."""
    country = pl.col(written.countries) if written.countries else pl.lit("")
    pairs = frame.select(trimmed(column).alias("text"), country.fill_null("").alias("country"))
    each = pairs.unique().drop_nulls("text")
    found = [e164(text, place) for text, place in each.iter_rows()]
    known = each.with_columns(pl.Series("value", found, dtype=pl.String))
    done = pairs.join(known, on=["text", "country"], how="left", maintain_order="left")
    return _checked(frame.with_columns(done["value"].alias("_value")), column, pl.col("_value"), "not_a_phone")


def e164(text: str, country: str) -> str | None:
    """Return a telephone number as E.164; None where it could be none of ``country`` (or has no country code)."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_READERS: Final[dict[Sort, Reader]] = {
    Sort.KEY: _text,
    Sort.TEXT: _text,
    Sort.DATE: _date,
    Sort.INSTANT: _instant,
    Sort.AMOUNT: _amount,
    Sort.RATE: _rate,
    Sort.WHOLE: _whole,
    Sort.FLAG: _flag,
    Sort.CHOICE: _choice,
    Sort.CURRENCY: _currency,
    Sort.COUNTRY: _country,
    Sort.LANGUAGE: _language,
    Sort.PHONE: _phone,
    Sort.EMAIL: _email,
}
EMPTY: Final[dict[Sort, pl.DataType]] = {
    **dict.fromkeys(Sort, pl.String()),
    Sort.DATE: pl.Date(),
    Sort.INSTANT: pl.Datetime("us", "UTC"),
    Sort.AMOUNT: pl.Int64(),
    Sort.RATE: pl.Int64(),
    Sort.WHOLE: pl.Int32(),
    Sort.FLAG: pl.Boolean(),
}
"""The column type of each sort."""
