"""Amounts of money in words: with signs, codes or names of currencies, in figures and in words, in three languages.

An amount may also stand bare behind a word for what is owed ("balance: 450", 欠款一千二): its currency is then the one
that is meant there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from arrears.engine.checker.number_words import (
    HAN_DIGITS,
    HAN_NUMBER,
    HAN_UNITS,
    count,
    han_count,
    number_of,
    number_words,
)
from arrears.kernel.money import currency, is_currency

__all__ = ["Said", "amounts_in", "number_of"]

_NAMES: Final = {
    "USD": r"us\$|usd|u\.s\. dollars?|us dollars?|dollars?|bucks?|dolares|dolar|dlls|dls|美元|美金",
    "EUR": r"€|eur|euros?|欧元",
    "GBP": r"£|gbp|pounds?|quid|libras?|英镑",
    "CNY": r"¥|rmb|cny|yuan|元整|元|块钱|块|人民币|圆",
    "MXN": r"mx\$|mxn|pesos mexicanos|mexican pesos",
    "COP": r"col\$|cop|pesos colombianos",
    "INR": r"₹|inr|rs\.?|rupees?|rupias",
    "BRL": r"r\$|brl|reais|real brasileno",
    "PHP": r"₱|php",
    "KES": r"kes|ksh\.?",
    "CHF": r"chf|francs?|francos?",
}
_OPEN: Final = r"\$|pesos?"
_NUMBER: Final = (
    r"\d(?: \d){2,11}(?!\d| ?[a-z])|\d{1,2}(?:,\d{2}){1,5},\d{3}(?:\.\d{1,2})?(?!\d)|"
    r"\d+(?:(?:[.,' \u00a0]|,\n)\d{3}){0,6}(?:\s?[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?"
)
_ANY: Final = "|".join([*_NAMES.values(), _OPEN])
_SCALES: Final = r"\s?(?:k\b|m\b|mn\b|thousand|hundred|million|grand|mil\b|millon(?:es)?\b|万|千|百|亿)"
_CENTS: Final = (
    r"(?:[, ]+(?:and|con|y|with) (?P<cents>\d{1,2}|[a-z]+(?:[ -][a-z]+){0,2}) (?:cents?|centavos?|centimos?|pence)|"
    r"(?P<jiao>\d)角(?:(?P<fen>\d)分)?)?"
)
_BEFORE: Final = re.compile(rf"(?<![a-z0-9.])(?P<unit>{_ANY})\s?(?P<number>{_NUMBER})(?P<scale>{_SCALES})?(?:{_CENTS})")
_AFTER: Final = re.compile(
    rf"(?<![a-z0-9.,$€£¥])(?P<number>{_NUMBER})(?P<scale>{_SCALES})?\s?(?:de )?(?P<unit>{_ANY})(?![a-z]){_CENTS}"
)
_SCALE: Final = {
    "k": 1000, "thousand": 1000, "grand": 1000, "mil": 1000, "千": 1000, "万": 10_000, "hundred": 100, "百": 100,
    "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "millon": 1_000_000, "millones": 1_000_000,
    "亿": 100_000_000,
}  # fmt: skip
_HAN_MONEY: Final = r"元|块|圆|美元|美金|欧元|英镑"
_HAN_SPOKEN: Final = re.compile(
    rf"(?P<number>{HAN_NUMBER})(?P<unit>{_HAN_MONEY})(?:(?P<tenth>[{''.join(HAN_DIGITS)}])角)?"
    rf"(?:(?P<cent>[{''.join(HAN_DIGITS)}])分)?"
)
_MIXED: Final = re.compile(rf"(?<![\d.])(?P<parts>(?:\d{{1,4}}[亿万千百]){{2,4}})(?P<unit>{_HAN_MONEY})")
_SPOKEN: Final = {
    language: re.compile(
        rf"(?<!\d )(?<!\d)\b(?P<number>{number_words(language)})"
        rf"\s+(?:de )?(?P<unit>dollars?|euros?|pounds?|yuan|pesos?|dolares|libras?|rupees|bucks|quid)\b{_CENTS}"
    )
    for language in ("en", "es")
}
_SLANG: Final = re.compile(
    r"\b(?P<half>half a |half |medio )?(?P<many>(?:a couple of|a couple|a few|several|\d{1,3}|[a-z]+|a) )?"
    r"(?P<scale>grand|thousand|million|hundred|millon)(?: (?P<unit>dollars?|bucks|euros?|pounds?|quid|de pesos|pesos))"
)
_GRAND: Final = re.compile(
    r"\b(?P<many>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}(?:\.5)?) (?P<unit>grand)\b"
)
_OWED: Final = (
    r"(?:(?:balance|amount|total|owe|owes|owed|owing|debt|fee|fees|interest|penalty|sum|payment of|"
    r"settle for|pay)\b(?: (?:us|due|owed|owing|outstanding|now|today|is|of|was|comes to|amounts to|payable|only|a|"
    r"total|in full|remaining)){0,6}|"
    r"(?:saldo|importe|monto|adeudo|deuda|debe|debes|total|cargo|comision|interes|intereses|pague|pagar|cuota de)\b"
    r"(?: (?:es|de|por|son|usted|hoy|ahora|pendiente|vencido|a pagar|total|actual|asciende a)){0,6}|"
    r"(?:金额|欠款|应还|余额|本金|利息|罚息|手续费|违约金|费用|总额|尾款|欠了?|还款|支付|付)(?:金额|总额|共计|共|合计|总计|为|是|约|了|我们){0,6})"
    r"\s?[:=]?\s?"
)
_NO_MONEY: Final = (
    r"(?!\d|[.,/:-]\d|\s?(?:%|per ?cent|por ciento|days?|dias?|hours?|horas?|weeks?|semanas?|months?|mes(?:es)?|"
    r"years?|anos?|times|veces|payments?|pagos|instal?lments?|cuotas|parts?|partes|minutes|minutos|calls|llamadas|"
    r"accounts?|cuentas|a\.?m\b|p\.?m\b|st\b|nd\b|rd\b|th\b|of |de (?:enero|febrero|marzo|abril|mayo|"
    r"junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|期|天|日|号|月|年|次|个|小时|折|成|位|%))"
)
_BARE: Final = re.compile(
    rf"(?<![a-z]){_OWED}(?P<number>(?:[1-9]\d{{0,2}}(?:[.,' ]\d{{3}}){{1,6}}|[1-9]\d{{1,17}}|0)(?:[.,]\d{{1,2}})?)"
    rf"(?P<scale>{_SCALES})?{_NO_MONEY}"
)
_BARE_HAN: Final = re.compile(rf"{_OWED}(?P<number>{HAN_NUMBER}){_NO_MONEY}")
_BARE_SPOKEN: Final = {
    language: re.compile(rf"(?<![a-z]){_OWED}(?P<number>{number_words(language)})\b{_NO_MONEY}")
    for language in ("en", "es")
}
_LOOKS_ZERO: Final = re.compile(r"(?<=\d)o+(?=[\d.,\s]|$|us|eur|dol)|(?<=\d)l(?=[\d.,])")
_LEAST_BARE: Final = 10
_YEARS: Final = range(1990, 2100)


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
    """Return the amounts in folded ``text``, in order; numbers without a currency are none but where they are owed."""
    plain = _LOOKS_ZERO.sub(lambda found: found.group().replace("o", "0").replace("l", "1"), text)
    found = {(one.start, one.until): one for one in (*_bare(plain), *_slang(plain), *_figures(plain), *_spoken(plain))}
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
                yield Said(found.start(), found.end(), value * scale + _cents(found), _currency(found["unit"]))


def _spoken(text: str) -> Iterator[Said]:
    for language, expression in _SPOKEN.items():
        for found in expression.finditer(text):
            value = Decimal(count(found["number"], language)) + _cents(found)
            yield Said(found.start(), found.end(), value, _currency(found["unit"]))
    for found in _HAN_SPOKEN.finditer(text):
        if any(one in HAN_DIGITS or one in "十拾" for one in found["number"]):
            cents = 10 * HAN_DIGITS.get(found["tenth"] or "", 0) + HAN_DIGITS.get(found["cent"] or "", 0)
            value = han_count(found["number"]) + Decimal(cents) / 100
            yield Said(found.start(), found.end(), value, _currency(found["unit"]) or "CNY")
    for found in _MIXED.finditer(text):
        parts = re.findall(r"(\d+)([亿万千百])", found["parts"])
        value = Decimal(sum(int(number) * _SCALE[scale] for number, scale in parts))
        yield Said(found.start(), found.end(), value, _currency(found["unit"]) or "CNY")


def _slang(text: str) -> Iterator[Said]:
    """Yield round sums as people say them: half a thousand dollars, five grand."""
    for found in _GRAND.finditer(text):
        many = found["many"]
        value = Decimal(many) if many[0].isdigit() else Decimal(count(many, "en") or 1)
        yield Said(found.start(), found.end(), 1000 * value, None)
    for found in _SLANG.finditer(text):
        if found["half"]:
            value = Decimal(_SCALE[found["scale"]]) / 2
            yield Said(found.start(), found.end(), value, _currency(found["unit"].removeprefix("de ")))


def _bare(text: str) -> Iterator[Said]:
    """Yield numbers behind words for what is owed, where nothing after them says that they count something else."""
    for found in _BARE.finditer(text):
        value = number_of(found["number"])
        is_year = value in _YEARS and len(found["number"]) == 4  # noqa: PLR2004 - 2026, not 2,026
        if value is not None and not is_year:
            whole = value * _SCALE.get((found["scale"] or "").strip(), 1)
            if whole >= _LEAST_BARE:
                yield Said(found.start("number"), found.end(), whole, None)
    for found in _BARE_HAN.finditer(text):
        if any(one in HAN_UNITS or one in "万亿" for one in found["number"]):
            yield Said(found.start("number"), found.end(), han_count(found["number"]), None)
    for language, expression in _BARE_SPOKEN.items():
        for found in expression.finditer(text):
            value = Decimal(count(found["number"], language))
            if value >= 2 * _LEAST_BARE:
                yield Said(found.start("number"), found.end(), value, None)


def _cents(found: re.Match[str]) -> Decimal:
    """Return the part of a unit that is said behind it: and fifty cents, 5角1分."""
    if found["jiao"]:
        return Decimal(int(found["jiao"]) * 10 + int(found["fen"] or 0)) / 100
    said = found["cents"]
    if not said:
        return Decimal(0)
    cents = int(said) if said.isdigit() else max(count(said, "en"), count(said, "es"))
    return Decimal(cents) / 100


def _currency(unit: str) -> str | None:
    for code, names in _NAMES.items():
        if re.fullmatch(names, unit):
            return code
    return None
