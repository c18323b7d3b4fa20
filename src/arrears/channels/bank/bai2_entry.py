"""Record 16 of BAI2: one transaction with its type code, funds type, references and text."""

import re
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.values import one_line, short_day
from arrears.domain.statements import Line, LineStatus, Reference, ReferenceKind
from arrears.kernel.money import MOST_MINOR
from arrears.kernel.problems import Where

_AMOUNT: Final = re.compile(r"[+-]?[0-9]{1,18}")
_CREDITS: Final = (range(100, 400), range(920, 960))
_DEBITS: Final = (range(400, 700), range(960, 1000))
_RETURNED: Final = frozenset({"255", "257", "261", "266", "268", "555", "556", "557", "561", "566", "568"})
"""Type codes of items that came back: returned checks, ACH returns, rejected and returned transfers."""
_REVERSED: Final = frozenset({"252", "254", "258", "552", "554", "558"})
_ANY: Final = frozenset({"108", "109", "409", "408"})
_BACK: Final = re.compile(r"(?:RETURNED|RTN|RETURN)\b", re.IGNORECASE)
_REASON: Final = re.compile(r"\bReason:? *\"?(R[0-9]{2}|[A-Z]{2}[0-9]{2})\b", re.IGNORECASE)
_CHEQUES: Final = frozenset({"395", "475"})
_NOTHING: Final = frozenset({"", "0", "NONREF"})
_TOLD: Final = re.compile(r"\s*(EREF|CREF|REMI|DBNM|CRNM|DACT|CACT|CHKN|IDNM|DBIC|CBIC|DABA|CABA) ?: ?(.*)", re.DOTALL)
_WORDED: Final = {
    "EREF": ReferenceKind.END_TO_END,
    "CREF": ReferenceKind.CLEARING,
    "CHKN": ReferenceKind.CHEQUE,
    "IDNM": ReferenceKind.OTHER,
}
_OTHER_SIDE: Final = re.compile(r"(?:Return )?(?:From|To): ([^,]+)")
_FUNDS_EXTRA: Final = {"S": 3, "V": 2}


def taken_funds(fields: list[str], at: int, where: Where) -> tuple[str, int]:
    """Return the value date that the funds type at a place tells (``YYMMDD`` or empty), and the place after it."""
    kind = (fields[at : at + 1] or [""])[0].strip().upper()
    following = (fields[at + 1 : at + 2] or [""])[0].strip()
    if kind == "D":
        if not (following.isascii() and following.isdigit()) or len(following) > 2:  # noqa: PLR2004 - few days, not hundreds
            refuse("bank_field_wrong", where, said=following)
        return "", at + 2 + 2 * int(following)
    if kind not in {"", "0", "1", "2", "Z", "S", "V"}:
        refuse("bank_field_wrong", where, said=kind)
    return following if kind == "V" else "", at + 1 + _FUNDS_EXTRA.get(kind, 0)


def entry_line(
    fields: list[str], continued: list[str], currency: str, as_of: date | None, number: str, where: Where
) -> tuple[Line, int]:
    """Return a transaction, and its amount as the control totals count it: without the sign of its type."""
    code = fields[0].strip()
    if len(code) != 3 or not (code.isascii() and code.isdigit()):  # noqa: PLR2004 - type codes have three digits
        refuse("bank_field_wrong", where, said=code)
    size = _amount((fields[1:2] or [""])[0].strip(), where)
    value, after = taken_funds(fields, 2, where)
    rest = fields[after:]
    bank, customer = ([part.strip() for part in rest[:2]] + ["", ""])[:2]
    text = ",".join(rest[2:]).strip()
    told = _told(continued)
    words = one_line(" ".join((text, *(line for line in continued if not _TOLD.match(line)))))
    sign = _sign(int(code))
    back = code in _RETURNED or (code in _ANY and _BACK.match(text) is not None)
    reason = _REASON.search(words)
    account, name = _other_side(told, words, is_credit=sign > 0)
    line = Line(
        id=number,
        booked_on=as_of,
        value_on=short_day(value, where) if value else as_of,
        amount_minor=sign * size,
        currency=currency,
        references=tuple(_references(code, bank, customer, told)),
        payer_name=name,
        payer_account=account,
        remittance=one_line(told.get("REMI", "")) or words,
        bank_code=code,
        is_return=back,
        is_reversal=code in _REVERSED,
        return_reason=reason[1].upper() if reason and back else "",
        returned_ref=(told.get("EREF") or customer) if back else "",
        status=LineStatus.BOOKED if sign else LineStatus.INFORMATION,
    )
    return line, size


def _sign(code: int) -> int:
    if any(code in held for held in _CREDITS):
        return 1
    return -1 if any(code in held for held in _DEBITS) else 0


def _amount(text: str, where: Where) -> int:
    if text and _AMOUNT.fullmatch(text) is None:
        refuse("bank_amount_wrong", where, said=text)
    amount = int(text or 0)
    if abs(amount) > MOST_MINOR:
        refuse("bank_amount_too_large", where, said=text)
    return amount


def _told(continued: list[str]) -> dict[str, str]:
    """Return what continuation lines tell by code word."""
    found: dict[str, str] = {}
    for line in continued:
        if match := _TOLD.match(line):
            found.setdefault(match[1], match[2].strip())
    return found


def _references(code: str, bank: str, customer: str, told: dict[str, str]) -> list[Reference]:
    own = ReferenceKind.CHEQUE if code in _CHEQUES else ReferenceKind.CUSTOMER
    found = [Reference(_WORDED[word], said) for word, said in told.items() if word in _WORDED and said]
    found += [
        Reference(kind, said)
        for kind, said in ((own, customer), (ReferenceKind.BANK, bank))
        if said.upper() not in _NOTHING
    ]
    return list(dict.fromkeys(found))


def _other_side(told: dict[str, str], words: str, *, is_credit: bool) -> tuple[str, str]:
    named = told.get("DBNM" if is_credit else "CRNM", "")
    found = _OTHER_SIDE.search(words)
    return told.get("DACT" if is_credit else "CACT", ""), one_line(named or (found[1] if found else ""))
