"""One ACH entry with its addenda: what it moves, or what came back and why."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.values import one_line
from arrears.domain.statements import Line, LineStatus, Reference, ReferenceKind, Return, ReturnKind
from arrears.kernel.problems import Where

_DEBITS: Final = frozenset("56789")
_ADVICE_DEBITS: Final = frozenset({"82", "84", "86", "88"})
_RETURN, _CHANGE, _FREE = "799", "798", "705"
_DISHONOURED: Final = range(61, 71)
_CONTESTED: Final = range(71, 78)


@dataclass(slots=True)
class Entry:
    """An entry detail record: transaction code, account, cents, who, and the addenda below it."""

    code: str
    account: str
    amount_minor: int
    id_number: str
    name: str
    trace: str
    is_debit: bool
    addenda: list[str] = field(default_factory=list)

    def addendum(self, kind: str) -> str:
        """Return the first addendum of a type, empty where there is none."""
        return next((each for each in self.addenda if each.startswith(kind)), "")


def read_entry(text: str, form: str, where: Where) -> Entry:
    """Return an entry of a batch of class ``form``; domestic, international and advice entries differ in layout."""
    code = text[1:3]
    if not (code.isascii() and code.isdigit()):
        refuse("bank_field_wrong", where, said=code)
    amount, account, id_number, name = text[29:39], text[12:29], text[39:54], text[54:76]
    is_debit = code[1] in _DEBITS
    if form == "ADV":
        amount, account, id_number = text[27:39], text[12:27], text[39:48]
        is_debit = code in _ADVICE_DEBITS
    elif form == "IAT":
        account, id_number, name = text[39:74], "", ""
    elif form in {"CTX", "ENR"}:
        name = text[58:74]
    if not (amount.strip().isascii() and amount.strip().isdigit()):
        refuse("bank_amount_wrong", where, said=amount)
    trace = text[79:94].strip()
    return Entry(code, account.strip(), int(amount), id_number.strip(), one_line(name), trace, is_debit)


def told_line(entry: Entry, number: str, on: date | None, currency: str, company: str) -> Line:
    """Return a forward entry as its originator sees it: what draws on the other side's account is money in."""
    told = [each[3:83].strip() for each in entry.addenda if each.startswith(_FREE)]
    return Line(
        id=number,
        booked_on=None,
        value_on=on,
        amount_minor=entry.amount_minor if entry.is_debit else -entry.amount_minor,
        currency=currency,
        references=tuple(_references(entry)),
        payer_name=entry.name or _foreign_name(entry),
        payer_account=entry.account,
        remittance=one_line(" ".join((company, *told))),
        bank_code=entry.code,
        status=LineStatus.INFORMATION,
    )


def told_return(entry: Entry, number: str, on: date | None, currency: str) -> Return | None:
    """Return what came back, was dishonoured, contested or is to be corrected; none for a forward entry."""
    back, change = entry.addendum(_RETURN), entry.addendum(_CHANGE)
    if not (back or change):
        return None
    text = back or change
    original = text[6:21].strip()
    references = (
        *_references(entry),
        *([Reference(ReferenceKind.TRANSACTION, original)] if original.strip("0") else []),
    )
    return Return(
        id=number,
        kind=_kind(back),
        reason=text[3:6],
        amount_minor=entry.amount_minor,
        currency=currency,
        on=on,
        references=tuple(dict.fromkeys(references)),
        debtor_name=entry.name or _foreign_name(entry),
        debtor_account=entry.account,
        was_debit=entry.is_debit,
        words=one_line(text[35:79]) if back and _kind(back) == ReturnKind.RETURN else "",
        corrected=one_line(change[35:64]) if change else "",
    )


def _kind(back: str) -> ReturnKind:
    if not back:
        return ReturnKind.CHANGE
    code = int(back[4:6]) if back[3] == "R" and back[4:6].isascii() and back[4:6].isdigit() else 0
    if code in _DISHONOURED:
        return ReturnKind.DISHONOURED
    return ReturnKind.CONTESTED if code in _CONTESTED else ReturnKind.RETURN


def _references(entry: Entry) -> list[Reference]:
    told = ((ReferenceKind.CUSTOMER, entry.id_number), (ReferenceKind.BANK, entry.trace))
    return [Reference(kind, said) for kind, said in told if said.strip("0")]


def _foreign_name(entry: Entry) -> str:
    """Return the receiver's name of an international entry, from its first addendum."""
    return one_line(entry.addendum("710")[46:81])
