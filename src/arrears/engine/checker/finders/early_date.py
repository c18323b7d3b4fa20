"""A day by which to pay that lies within the time in which the debt may still be disputed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from arrears.engine.checker.folding import Folded
from arrears.engine.checker.report import Setting

_MONTHS: Final = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES: Final = (
    re.compile(rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"),
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of| de)? (?P<month>{_MONTH})(?:,?(?: de| del)? (?P<year>\d{{4}}))?"
    ),
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?:(?P<year>\d{4})年)?(?P<number>\d{1,2})月(?P<day>\d{1,2})[日号]"),
)
_BY: Final = re.compile(
    r"(?:\b(?:pay|paid|payment|settle|respond|call|must|due|pague|pagar|pago|liquid\w+|abon\w+|antes del?|"
    r"a mas tardar|by|"
    r"before|no later than)\b|还|付|缴|之前|前还|务必|最迟)"
)
_SPAN: Final = re.compile(
    r"\b(?:within|in the next|en|dentro de|en las proximas|en los proximos) (?P<n>\d+|five|ten|seven|cinco|diez|"
    r"siete|tres|three|two|dos) "
    r"(?P<unit>days?|hours?|hrs|dias?|horas?)\b|(?P<zn>\d+|[一二三五七十])(?P<zunit>日|天|小时)(?:之)?内"
)
_SMALL: Final = {
    "two": 2,
    "dos": 2,
    "three": 3,
    "tres": 3,
    "five": 5,
    "cinco": 5,
    "seven": 7,
    "siete": 7,
    "ten": 10,
    "diez": 10,
}
_SMALL_ZH: Final = {"一": 1, "二": 2, "三": 3, "五": 5, "七": 7, "十": 10}
_NEAR: Final = 60
_AFTER: Final = 12


def find(folded: Folded, setting: Setting, _rule: object, _language: str | None) -> Iterator[tuple[int, int]]:
    """Yield days and spans of days to pay by that end on or before the last day of the time to dispute."""
    if setting.on is None or setting.dispute_until is None:
        return
    for expression in _DATES:
        for found in expression.finditer(folded.text):
            day = _day(found, setting.on)
            near = folded.text[max(0, found.start() - _NEAR) : found.end() + _AFTER]
            if day and setting.on <= day <= setting.dispute_until and _BY.search(near) and not _DISPUTE.search(near):
                yield found.span()
    for found in _SPAN.finditer(folded.text):
        near = folded.text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if setting.on + timedelta(days=_days(found)) <= setting.dispute_until and not _DISPUTE.search(near):
            yield found.span()


_DISPUTE: Final = re.compile(r"disput|异议|争议|impugn|in writing|por escrito|owed|debia|adeudaba|欠款为|between|entre")


def _day(found: re.Match[str], on: date) -> date | None:
    said = found.groupdict()
    month = _MONTHS[said["month"]] if said.get("month") else int(said.get("number") or 0)
    try:
        return date(int(said.get("year") or on.year), month, int(said["day"]))
    except ValueError:
        return None


def _days(found: re.Match[str]) -> int:
    said = found["n"] or found["zn"]
    number = int(said) if said.isdigit() else {**_SMALL, **_SMALL_ZH}[said]
    return 0 if (found["unit"] or found["zunit"]).startswith(("h", "小")) else number
