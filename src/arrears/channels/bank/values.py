"""Amounts, days and text as bank files write them, read exactly or refused."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.kernel.money import MOST_MINOR, Minor, currency, is_currency, plain
from arrears.kernel.problems import Where

_DIGITS: Final = re.compile(r"([0-9]*)(?:[.,]([0-9]*))?", re.ASCII)
_MOST_DIGITS: Final = 40
_SPACES: Final = re.compile(r"\s+")


def exponent_of(code: str, where: Where) -> int:
    """Return how many decimal digits ``code`` has; refuses what is no current currency."""
    if not is_currency(code):
        refuse("bank_currency_unknown", where, said=code)
    return currency(code).exponent


def minor(text: str, code: str, where: Where) -> Minor:
    """Return digits with at most one point or comma, no sign and no grouping, as minor units of ``code``.

    Zeros beyond the minor unit say nothing and are let through; any other digit there is refused, never rounded.
    """
    found = _DIGITS.fullmatch(text)
    if found is None or len(text) > _MOST_DIGITS or not any(found.groups()):
        refuse("bank_amount_wrong", where, said=text)
    digits = exponent_of(code, where)
    cents = (found[2] or "").rstrip("0")
    if len(cents) > digits:
        refuse("bank_amount_too_fine", where, said=text, currency=code, digits=digits)
    amount = int((found[1] or "0") + cents.ljust(digits, "0"))
    if amount > MOST_MINOR:
        refuse("bank_amount_too_large", where, said=text)
    return amount


def signed(text: str, code: str, where: Where) -> Minor:
    """Return an amount that may carry a sign in front."""
    bare = text.strip()
    amount = minor(bare.lstrip("+-") if bare[:1] in {"+", "-"} else bare, code, where)
    return -amount if bare.startswith("-") else amount


def in_words(amount: Minor, code: str) -> str:
    """Return an amount in major units with its currency, for a sentence; plain digits where there is no currency."""
    return f"{plain(amount, currency(code))} {code}" if is_currency(code) else str(amount)


def day(text: str, where: Where) -> date:
    """Return the day of ``YYYY-MM-DD``, alone or before a time; refuses what is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        refuse("bank_date_wrong", where, said=text)


_CENTURY, _TURN = 2000, 80


def short_day(text: str, where: Where) -> date:
    """Return the day of six digits ``YYMMDD``; years from 80 are of the last century."""
    if len(text) != len("YYMMDD") or not (text.isascii() and text.isdigit()):
        refuse("bank_date_wrong", where, said=text)
    year = int(text[:2])
    try:
        return date(_CENTURY + year - (100 if year >= _TURN else 0), int(text[2:4]), int(text[4:]))
    except ValueError:
        refuse("bank_date_wrong", where, said=text)


_FEBRUARY, _LAST_OF_30_360 = 2, 30


def is_thirtieth_of_february(text: str) -> bool:
    """Return whether six digits name 29 or 30 February where there is none, as 30/360 calendars of banks do."""
    if not (text.isascii() and text.isdigit()):
        return False
    month, of_month = int(text[2:4]), int(text[4:])
    return month == _FEBRUARY and monthrange(_CENTURY + int(text[:2]), month)[1] < of_month <= _LAST_OF_30_360


def one_line(text: str) -> str:
    """Return text with every run of white space made one space."""
    return _SPACES.sub(" ", text).strip()


_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, where: Where) -> str:
    """Return the file's text: by its byte order mark, as UTF-8 where it is, else as the likeliest older encoding.

    Western (cp1252), Central European (cp1250, cp852) and Chinese (gb18030) are tried; the one whose high bytes make
    letters inside words wins. Digits and marks are the same in all of them, so no amount depends on the choice.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _likeliest(data)


def _strictly(data: bytes, name: str, where: Where) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        refuse("bank_text_unreadable", where)


_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_WORDS_WITH_HIGH: Final = re.compile(rb"[A-Za-z]{0,8}[\x80-\xff]{1,64}[A-Za-z\x80-\xff]{0,16}")
"""Bounded on every side, so that no file can make the search slow."""
_SAMPLE: Final = 2_000
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]*")


def _likeliest(data: bytes) -> str:
    words = [found.group() for found, _ in zip(_WORDS_WITH_HIGH.finditer(data), range(_SAMPLE), strict=False)]
    if all(_is_chinese(run) for word in words for run in _HIGH_RUN.findall(word)):
        return data.decode("gb18030", errors="replace")
    best = max(("cp1252", "cp852"), key=lambda name: sum(_letters(word, name) for word in words))
    return data.decode(best, errors="replace")


def _is_chinese(run: bytes) -> bool:
    try:
        return len(run) % 2 == 0 and _CHINESE.fullmatch(run.decode("gb18030")) is not None
    except UnicodeDecodeError:
        return False


def _letters(word: bytes, name: str) -> bool:
    return word.decode(name, errors="replace").isalpha()
