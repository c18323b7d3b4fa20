"""Amounts of money in words: with signs, codes or names of currencies, in figures and in words, in three languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from arrears.kernel.money import currency, is_currency

_NAMES: Final = {
    "USD": r"us\$|usd|u\.s\. dollars?|us dollars?|dollars?|bucks|dolares|dolar|美元|美金",
    "EUR": r"€|eur|euros?|欧元",
    "GBP": r"£|gbp|pounds?|quid|libras?|英镑",
    "CNY": r"¥|rmb|cny|yuan|元整|元|块钱|块|人民币|圆",
    "MXN": r"mx\$|mxn|pesos mexicanos|mexican pesos",
    "COP": r"col\$|cop|pesos colombianos",
    "INR": r"₹|inr|rs\.?|rupees?|rupias",
    "BRL": r"r\$|brl|reais|real brasileno",
    "PHP": r"₱|php",
    "KES": r"kes|ksh\.?",
}
_OPEN: Final = r"\$|pesos?"
_NUMBER: Final = r"\d+(?:[.,'  ]\d{3})*(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?"
_ANY: Final = "|".join([*_NAMES.values(), _OPEN])
_BEFORE: Final = re.compile(
    rf"(?<![a-z0-9.])(?P<unit>{_ANY})\s?(?P<number>{_NUMBER})(?P<scale>\s?(?:k\b|thousand|mil\b|万|千))?"
)
_AFTER: Final = re.compile(
    rf"(?<![a-z0-9.,$€£¥])(?P<number>{_NUMBER})(?P<scale>\s?(?:k|thousand|mil|万|"
    rf"千))?\s?(?:de )?(?P<unit>{_ANY})(?![a-z])"
)
_SCALE: Final = {"k": 1000, "thousand": 1000, "mil": 1000, "千": 1000, "万": 10000}
_HAN_DIGITS: Final = dict(
    zip("零一二三四五六七八九两〇壹贰叁肆伍陆柒捌玖", [*range(10), 2, 0, *range(1, 10)], strict=True)
)
_HAN_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MOST_WORDS: Final = 24
"""More words, or characters, no number has; without an end a text of nothing but numbers would take minutes."""
_HAN_SPOKEN: Final = re.compile(
    rf"(?P<number>[{''.join(_HAN_DIGITS)}{''.join(_HAN_UNITS)}万亿]{{1,{_MOST_WORDS}}})(?:元|块|圆)(?:(?P<tenth>[{''.join(_HAN_DIGITS)}])角)?"
    rf"(?:(?P<cent>[{''.join(_HAN_DIGITS)}])分)?"
)
_SMALL_EN: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_SMALL_ES: Final = """
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete
dieciocho diecinueve
"""
_TENS_ES: Final = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_WORDS: Final = {
    "en": (
        _SMALL_EN,
        "twenty thirty forty fifty sixty seventy eighty ninety",
        {"hundred": 100, "thousand": 1000, "million": 1_000_000},
    ),
    "es": (_SMALL_ES, _TENS_ES, {"mil": 1000, "millon": 1_000_000, "millones": 1_000_000}),
}
_HUNDREDS: Final = """
cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos
"""


def _values(language: str) -> dict[str, int]:
    small, tens, _ = _WORDS[language]
    values = {word: number for number, word in enumerate(small.split())}
    values |= {word: 10 * number for number, word in enumerate(tens.split(), 2)}
    if language == "es":
        values |= {word: 100 * max(1, number) for number, word in enumerate(_HUNDREDS.split())}
        values |= {"ciento": 100, "un": 1, "una": 1, "veintiun": 21, "veintiuno": 21}
        values |= {
            f"veinti{word}": 20 + values[word]
            for word in ["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
        }
    return values


_VALUES: Final = {language: _values(language) for language in _WORDS}


def _any_of(language: str, *more: str) -> str:
    return "|".join(sorted([*_VALUES[language], *_WORDS[language][2], *more], key=len, reverse=True))


_SPOKEN: Final = {
    language: re.compile(
        rf"\b(?P<number>(?:{_any_of(language)})(?:[\s-]+(?:{_any_of(language, 'and', 'y')})){{0,{_MOST_WORDS}}})"
        rf"\s+(?:de )?(?P<unit>dollars?|euros?|pounds?|yuan|pesos?|dolares|libras?|rupees|bucks)\b"
    )
    for language in _WORDS
}


@dataclass(frozen=True, slots=True)
class Said:
    """An amount as it stands in folded words; ``currency`` None where a sign like ``$`` can mean several."""

    start: int
    until: int
    value: Decimal
    currency: str | None

    def in_minor(self, code: str) -> Decimal:
        """Return the amount in minor units of the currency ``code``; one with finer digits stays a fraction."""
        return self.value.scaleb(currency(code).exponent if is_currency(code) else 2)


def amounts_in(text: str) -> list[Said]:
    """Return the amounts in folded ``text``, in order; numbers without a currency are none."""
    found = {(one.start, one.until): one for one in (*_figures(text), *_spoken(text))}
    kept: list[Said] = []
    for one in sorted(found.values(), key=lambda said: (said.start, -said.until)):
        if not kept or one.start >= kept[-1].until:
            kept.append(one)
    return kept


def _figures(text: str) -> Iterator[Said]:
    for expression in (_BEFORE, _AFTER):
        for found in expression.finditer(text):
            value = number_of(found["number"])
            if value is not None:
                scale = _SCALE.get((found["scale"] or "").strip(), 1)
                yield Said(found.start(), found.end(), value * scale, _currency(found["unit"]))


def _spoken(text: str) -> Iterator[Said]:
    for language, expression in _SPOKEN.items():
        for found in expression.finditer(text):
            value = Decimal(_count(found["number"], language))
            yield Said(found.start(), found.end(), value, _currency(found["unit"]))
    for found in _HAN_SPOKEN.finditer(text):
        if any(one in _HAN_DIGITS or one in "十拾" for one in found["number"]):
            cents = 10 * _HAN_DIGITS.get(found["tenth"] or "", 0) + _HAN_DIGITS.get(found["cent"] or "", 0)
            yield Said(found.start(), found.end(), _han_count(found["number"]) + Decimal(cents) / 100, "CNY")


def number_of(written: str) -> Decimal | None:
    """Return the number that figures write; a last point or comma with one or two digits after it is a decimal mark."""
    digits = re.sub(r"['  ]", "", written)
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return Decimal(digits)
    last = max(digits.rfind("."), digits.rfind(","))
    tail = len(digits) - last - 1
    if tail in {1, 2}:
        return Decimal(re.sub("[.,]", "", digits[:last]) + "." + digits[last + 1 :])
    return Decimal(re.sub("[.,]", "", digits))


def _currency(unit: str) -> str | None:
    for code, names in _NAMES.items():
        if re.fullmatch(names, unit):
            return code
    return None


def _count(words: str, language: str) -> int:
    whole = part = 0
    values, scales = _VALUES[language], _WORDS[language][2]
    for word in re.split(r"[\s-]+", words):
        if word in values:
            part += values[word]
        elif scales.get(word) == 100:  # noqa: PLR2004 - "hundred" multiplies what stands before it
            part = max(1, part) * 100
        elif word in scales:
            whole, part = whole + max(1, part) * scales[word], 0
    return whole + part


def _han_count(words: str) -> Decimal:
    whole = part = digit = 0
    for one in words:
        if one in _HAN_DIGITS:
            digit = _HAN_DIGITS[one]
        elif one in _HAN_UNITS:
            part, digit = part + max(1, digit) * _HAN_UNITS[one], 0
        else:
            scale = 10_000 if one == "万" else 100_000_000
            whole, part, digit = (whole + part + digit) * scale, 0, 0
    return Decimal(whole + part + digit)
