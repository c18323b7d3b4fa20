"""Field 61 of MT940: one booking with its dates, sign, amount, kind and references; field 86 tells what it was for."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.mt940_details import Details, details_of
from arrears.channels.bank.values import is_thirtieth_of_february, minor, one_line, short_day
from arrears.domain.statements import Line, Reference, ReferenceKind
from arrears.kernel.money import Minor
from arrears.kernel.problems import Where

_LINE: Final = re.compile(
    r"\s*([0-9]{6})([0-9]{4}| {4})?(RC|RD|EC|ED|C|D)([A-Z])?([0-9]+(?:[,.][0-9]*)?|,[0-9]+)([A-Z][A-Z0-9]{3})?(.*)",
    re.ASCII,
)
_NOTHING: Final = frozenset({"", "NONREF", "KREF", "KREF+", "EREF", "EREF+", "MREF", "PREF", "NOTPROVIDED", "N"})
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_RETURNED: Final = frozenset({"NRTI", "NRTN"})
_HALF_A_YEAR: Final = 6
_SEARCHED: Final = 4_000
_CHARGED: Final = re.compile(r"/OCMT/([A-Z]{3})([0-9]+,[0-9]*).*?/CHGS/([A-Z]{3})([0-9]+,[0-9]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Written:
    """Field 61 as it stands."""

    value: str
    entry: str
    mark: str
    amount: str
    kind: str
    references: str


def statement_line(
    written: list[str], details: list[list[str]], currency: str, number: str, where: Where
) -> tuple[Line, str]:
    """Return a booking, and its value date as written where that is a day only 30/360 calendars have."""
    found = _LINE.fullmatch(written[0].rstrip())
    if found is None:
        refuse("bank_field_wrong", where, said=written[0])
    said = _Written(found[1], (found[2] or "").strip(), found[3], found[5], found[6] or "", found[7])
    odd = is_thirtieth_of_february(said.value)
    value = _last_of_february(said.value, where) if odd else short_day(said.value, where)
    more = details_of(details)
    added = [line for line in written[1:] if line.strip()]
    size = minor(said.amount, currency, where)
    amount = size if said.mark in {"C", "RD", "EC"} else -size
    back = more.is_return or said.kind in _RETURNED
    references = _references(said, more)
    end_to_end = next((each.text for each in references if each.kind == ReferenceKind.END_TO_END), "")
    line = Line(
        id=number,
        booked_on=_entry_day(said.entry, value, where),
        value_on=value,
        amount_minor=amount,
        currency=currency,
        references=references,
        payer_name=more.name,
        payer_account=more.account or _account_in(said.references, added),
        ultimate_payer=more.ultimate,
        remittance=more.remittance or one_line(" ".join(added)),
        bank_code="/".join(part for part in (said.kind, more.code) if part),
        is_return=back,
        is_reversal=said.mark in {"RC", "RD"},
        return_reason=more.reason,
        returned_ref=end_to_end if back else "",
        charges_minor=_charges(more, "\n".join(added)[:_SEARCHED], amount, currency, where),
    )
    return line, said.value if odd else ""


def _last_of_february(text: str, where: Where) -> date:
    year = short_day(f"{text[:4]}01", where).year
    return date(year, 2, monthrange(year, 2)[1])


def _entry_day(text: str, value: date, where: Where) -> date:
    """Return the booking day: month and day of the field, in the year nearest to the value date."""
    if not text:
        return value
    month = int(text[:2])
    year = value.year + (month - value.month < -_HALF_A_YEAR) - (month - value.month > _HALF_A_YEAR)
    try:
        return date(year, month, int(text[2:]))
    except ValueError:
        refuse("bank_date_wrong", where, said=text)


def _references(said: _Written, more: Details) -> tuple[Reference, ...]:
    own, _, bank = said.references.partition("//")
    found = list(more.references)
    if own.strip().upper() not in _NOTHING and not _IBAN.fullmatch(own.strip()):
        kind = ReferenceKind.CHEQUE if said.kind in {"NCHK", "NCHG"} else ReferenceKind.CUSTOMER
        found.append(Reference(kind, own.strip()))
    if bank.strip().upper() not in _NOTHING:
        found.append(Reference(ReferenceKind.BANK, bank.strip()))
    return tuple(dict.fromkeys(found))


def _account_in(references: str, added: list[str]) -> str:
    """Return the other side's IBAN where a bank writes it into the references of field 61."""
    for text in (references.partition("//")[0].strip(), *(line.strip() for line in added)):
        if _IBAN.fullmatch(text):
            return text
    return ""


def _charges(more: Details, added: str, amount: Minor, currency: str, where: Where) -> Minor:
    """Return charges where original amount and charges explain the booked amount to the minor unit; else none."""
    found = _CHARGED.search(added)
    sent, kept = (found[1] + found[2], found[3] + found[4]) if found else (more.original, more.charges)
    original, charges = (_of_currency(text, currency, where) for text in (sent, kept))
    return charges if charges and abs(amount + charges) == original else 0


def _of_currency(text: str, currency: str, where: Where) -> Minor:
    """Return an amount that may name its currency; none is the statement's, and another counts for nothing."""
    bare = text.removeprefix(currency)
    return minor(bare, currency, where) if bare[:1].isdigit() else 0
