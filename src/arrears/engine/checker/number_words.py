"""Numbers as people write and say them: figures with marks of any country, English, Spanish and Chinese words."""

import re
from decimal import Decimal
from typing import Final

MOST_WORDS: Final = 24
"""More words, or characters, no number has; without an end a text of nothing but numbers would take minutes."""
HAN_DIGITS: Final = dict(
    zip("零一二三四五六七八九两〇壹贰叁肆伍陆柒捌玖", [*range(10), 2, 0, *range(1, 10)], strict=True)
)
HAN_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
HAN_NUMBER: Final = rf"[{''.join(HAN_DIGITS)}{''.join(HAN_UNITS)}万亿]{{1,{MOST_WORDS}}}"
_SMALL_EN: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_SMALL_ES: Final = """
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete
dieciocho diecinueve
"""
_TENS_ES: Final = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
SCALES: Final = {
    "en": {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000},
    "es": {"mil": 1000, "millon": 1_000_000, "millones": 1_000_000},
}
_WORDS: Final = {
    "en": (_SMALL_EN, "twenty thirty forty fifty sixty seventy eighty ninety"),
    "es": (_SMALL_ES, _TENS_ES),
}
_HUNDREDS: Final = """
cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos
"""
_TEENS: Final = 10


def _values(language: str) -> dict[str, int]:
    small, tens = _WORDS[language]
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


VALUES: Final = {language: _values(language) for language in _WORDS}


def any_of(language: str, *more: str) -> str:
    """Return an expression for one word of a number."""
    return "|".join(sorted([*VALUES[language], *SCALES[language], *more], key=len, reverse=True))


def number_words(language: str) -> str:
    """Return an expression for a number in words; after a figure, "12 hundred", the figure is another's to read."""
    either = any_of(language)
    return rf"(?:{either})(?:[\s-]+(?:{any_of(language, 'and', 'y')})){{0,{MOST_WORDS}}}"


def number_of(written: str) -> Decimal | None:
    """Return the number that figures write; a last point or comma with one or two digits after it is a decimal mark."""
    digits = re.sub(r"['\s]", "", written)
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return Decimal(digits)
    last = max(digits.rfind("."), digits.rfind(","))
    tail = len(digits) - last - 1
    if tail in {1, 2}:
        return Decimal(re.sub("[.,]", "", digits[:last]) + "." + digits[last + 1 :])
    return Decimal(re.sub("[.,]", "", digits))


def count(words: str, language: str) -> int:
    """Return the number that words say; "four fifty" is 450, as people say prices."""
    whole = part = before = 0
    values, scales = VALUES[language], SCALES[language]
    for word in re.split(r"[\s-]+", words):
        if word in values:
            is_price = language == "en" and 0 < before < 2 * _TEENS and values[word] >= _TEENS and part == before
            part = part * 100 + values[word] if is_price else part + values[word]
            before = values[word]
        elif scales.get(word) == 100:  # noqa: PLR2004 - "hundred" multiplies what stands before it
            part, before = max(1, part) * 100, 0
        elif word in scales:
            whole, part, before = whole + max(1, part) * scales[word], 0, 0
    return whole + part


def han_count(words: str) -> Decimal:
    """Return the number that Chinese characters say; a last digit alone is of the next lower unit: 三万五 is 35,000."""
    whole = part = digit = 0
    last_unit = 1
    for one in words:
        if one in HAN_DIGITS:
            digit = HAN_DIGITS[one]
            last_unit = 1 if digit == 0 else last_unit
        elif one in HAN_UNITS:
            part, digit = part + max(1, digit) * HAN_UNITS[one], 0
            last_unit = HAN_UNITS[one]
        else:
            scale = _HAN_MYRIADS[one]
            whole, part, digit = (whole + part + digit) * scale, 0, 0
            last_unit = scale
    return Decimal(whole + part + digit * max(1, last_unit // 10))
