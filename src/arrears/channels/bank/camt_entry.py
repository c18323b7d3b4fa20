"""One entry of a camt message: booking, the payments in it, returns, charges and references."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.safe_xml import Node, every, first, said
from arrears.channels.bank.values import day, minor, one_line
from arrears.domain.statements import Line, LineStatus, Reference, ReferenceKind
from arrears.kernel.money import Minor
from arrears.kernel.problems import Where

_SIGNS: Final = {"CRDT": 1, "DBIT": -1}
_STATUS: Final = {"BOOK": LineStatus.BOOKED, "PDNG": LineStatus.PENDING, "FUTR": LineStatus.PENDING}
_RETURNED: Final = frozenset({"UPDD", "PRDD", "RRTN", "RPCR", "UPCQ", "UPCT", "RVSL"})
"""Sub-families of the ISO 20022 bank transaction code that take a payment back."""
_GERMAN_RETURN: Final = re.compile(r"(?:^|\+)(?:108|109|110|111|159)(?:\+|$)")
"""Business transaction codes of the German banking industry for returned debits, cheques and transfers."""
_NOTHING: Final = frozenset({"", "NOTPROVIDED", "NOT PROVIDED", "NONREF", "N/A"})
_REFS: Final = (
    ("EndToEndId", ReferenceKind.END_TO_END),
    ("MndtId", ReferenceKind.MANDATE),
    ("InstrId", ReferenceKind.INSTRUCTION),
    ("PmtInfId", ReferenceKind.PAYMENT_INFORMATION),
    ("MsgId", ReferenceKind.MESSAGE),
    ("TxId", ReferenceKind.TRANSACTION),
    ("UETR", ReferenceKind.TRANSACTION),
    ("ClrSysRef", ReferenceKind.CLEARING),
    ("ChqNb", ReferenceKind.CHEQUE),
    ("AcctSvcrRef", ReferenceKind.BANK),
)


def entry_line(entry: Node, number: str, where: Where) -> Line:
    """Return an ``Ntry`` as a line; its ``TxDtls`` become parts where they add up to it, else they only inform it."""
    amount, currency = _amount(first(entry, "Amt"), where)
    sign = _sign(said(entry, "CdtDbtInd"), where)
    booked, value = _day(entry, "BookgDt", where), _day(entry, "ValDt", where)
    status = said(entry, "Sts", "Cd") or said(entry, "Sts")
    line = Line(
        id=number,
        booked_on=booked,
        value_on=value or booked,
        amount_minor=sign * amount,
        currency=currency,
        references=tuple(_entry_references(entry)),
        remittance=one_line(said(entry, "AddtlNtryInf")),
        bank_code=_bank_code(entry),
        is_reversal=said(entry, "RvslInd") in {"true", "1"},
        is_return=_is_return(entry),
        charges_minor=_charges(entry, entry, amount, currency, where),
        status=_STATUS.get(status, LineStatus.INFORMATION if status else LineStatus.BOOKED),
    )
    details = [*every(entry, "NtryDtls", "TxDtls"), *every(entry, "TxDtls")]
    return _with_details(line, details, where) if details else line


def _with_details(line: Line, details: list[Node], where: Where) -> Line:
    parts = tuple(_part(line, each, f"{line.id}.{at}", where) for at, each in enumerate(details, 1))
    if len(parts) == 1:
        return _merged(line, parts[0])
    if all(_part_amount(each, line, where) is not None for each in details) and _adds_up(line, parts):
        return replace(line, parts=parts)
    references = tuple(dict.fromkeys((*line.references, *(each for part in parts for each in part.references))))
    said_all = one_line(" ".join(dict.fromkeys(part.remittance for part in parts)))
    returned = any(part.is_return for part in parts)
    return replace(line, references=references, remittance=said_all, is_return=line.is_return or returned)


def _adds_up(line: Line, parts: tuple[Line, ...]) -> bool:
    return sum(part.amount_minor for part in parts) == line.amount_minor


def _merged(line: Line, part: Line) -> Line:
    """Return the line with what its only payment says; the booked amount stays the line's."""
    return replace(
        part,
        id=line.id,
        amount_minor=line.amount_minor,
        currency=line.currency,
        references=tuple(dict.fromkeys((*part.references, *line.references))),
        remittance=part.remittance or line.remittance,
        charges_minor=part.charges_minor or line.charges_minor,
    )


def _part(line: Line, details: Node, number: str, where: Where) -> Line:
    own = _part_amount(details, line, where)
    returned = _is_return(details) or line.is_return or bool(details.get("RtrInf"))
    references = tuple(_references(details))
    end_to_end = next((each.text for each in references if each.kind == ReferenceKind.END_TO_END), "")
    name, account, ultimate = _other_side(details, is_credit=line.amount_minor >= 0, back=returned or line.is_reversal)
    amount = line.amount_minor if own is None else own
    return replace(
        line,
        id=number,
        amount_minor=amount,
        references=references,
        payer_name=name,
        payer_account=account,
        ultimate_payer=ultimate,
        remittance=_remittance(details) or one_line(said(details, "AddtlTxInf")),
        bank_code=_bank_code(details) or line.bank_code,
        is_return=returned,
        return_reason=_reason(details),
        returned_ref=end_to_end if returned else "",
        charges_minor=_charges(details, details, abs(amount), line.currency, where),
    )


def _part_amount(details: Node, line: Line, where: Where) -> Minor | None:
    """Return a payment's amount in the line's currency and direction; none where it is told in another, or not told."""
    told = first(details, "Amt") if details.get("Amt") else first(details, "AmtDtls", "TxAmt", "Amt")
    if told.get("@") != line.currency or not told[""]:
        return None
    sign = _SIGNS.get(said(details, "CdtDbtInd"), 1 if line.amount_minor >= 0 else -1)
    return sign * minor(told[""], line.currency, Where(where.file, where.row, f"{where.field}/NtryDtls/TxDtls/Amt"))


def _amount(amount: Node, where: Where) -> tuple[Minor, str]:
    place = Where(where.file, where.row, f"{where.field}/Amt")
    if not amount[""] or "@" not in amount:
        refuse("bank_field_missing", place, said="Amt, Ccy")
    return minor(amount[""], amount["@"], place), amount["@"]


def _sign(indicator: str, where: Where) -> int:
    if indicator not in _SIGNS:
        place = Where(where.file, where.row, f"{where.field}/CdtDbtInd")
        refuse("bank_field_wrong" if indicator else "bank_field_missing", place, said=indicator or "CdtDbtInd")
    return _SIGNS[indicator]


def _day(entry: Node, name: str, where: Where) -> date | None:
    text = said(entry, name, "Dt") or said(entry, name, "DtTm")
    return day(text, Where(where.file, where.row, f"{where.field}/{name}")) if text else None


def _bank_code(node: Node) -> str:
    code = first(node, "BkTxCd")
    domain = (said(code, "Domn", "Cd"), said(code, "Domn", "Fmly", "Cd"), said(code, "Domn", "Fmly", "SubFmlyCd"))
    return "/".join(domain) if domain[0] else said(code, "Prtry", "Cd")


def _is_return(node: Node) -> bool:
    code = first(node, "BkTxCd")
    german = _GERMAN_RETURN.search(said(code, "Prtry", "Cd"))
    return said(code, "Domn", "Fmly", "SubFmlyCd") in _RETURNED or german is not None


def _reason(details: Node) -> str:
    back = first(details, "RtrInf")
    reason = first(back, "Rsn") if back.get("Rsn") else first(back, "RtrRsn")
    return said(reason, "Cd") or said(reason, "Prtry")


def _entry_references(entry: Node) -> Iterator[Reference]:
    for name, kind in (("AcctSvcrRef", ReferenceKind.BANK), ("NtryRef", ReferenceKind.OTHER)):
        if text := said(entry, name):
            yield Reference(kind, text)
    for batch in (*every(entry, "NtryDtls", "Btch"), *every(entry, "Btch")):
        for name, kind in (("PmtInfId", ReferenceKind.PAYMENT_INFORMATION), ("MsgId", ReferenceKind.MESSAGE)):
            if text := said(batch, name):
                yield Reference(kind, text)


def _references(details: Node) -> Iterator[Reference]:
    refs = first(details, "Refs")
    for name, kind in _REFS:
        text = said(refs, name)
        if text.upper() not in _NOTHING:
            yield Reference(kind, text)
    for own in every(refs, "Prtry"):
        if text := said(own, "Ref"):
            yield Reference(ReferenceKind.OTHER, text)
    for structured in every(details, "RmtInf", "Strd"):
        for told in every(structured, "CdtrRefInf"):
            if text := said(told, "Ref") or said(told, "CdtrRef"):
                yield Reference(ReferenceKind.CREDITOR, text)
        for document in every(structured, "RfrdDocInf"):
            if text := said(document, "Nb") or said(document, "RfrdDocNb"):
                yield Reference(ReferenceKind.DOCUMENT, text)


def _remittance(details: Node) -> str:
    free = [each[""] for each in every(details, "RmtInf", "Ustrd")]
    added = [each[""] for each in every(details, "RmtInf", "Strd", "AddtlRmtInf")]
    return one_line(" ".join((*free, *added)))


def _other_side(details: Node, *, is_credit: bool, back: bool) -> tuple[str, str, str]:
    """Return name, account and ultimate party of the other side.

    A payment in names its debtor, one out its creditor. What comes back keeps the parties of the original, so the
    other side of a returned debit, booked as money out, is still the debtor.
    """
    parties = first(details, "RltdPties")
    order = ("Dbtr", "Cdtr") if is_credit != back else ("Cdtr", "Dbtr")
    for role in order if back else order[:1]:
        name, account = _name(first(parties, role)), _account(first(parties, f"{role}Acct"))
        if name or account:
            return name, account, _name(first(parties, f"Ultmt{role}"))
    return "", "", _name(first(parties, f"Ultmt{order[0]}"))


def _name(party: Node) -> str:
    held = first(party, "Pty") if party.get("Pty") else party
    return one_line(said(held, "Nm") or said(party, "Agt", "FinInstnId", "Nm"))


def _account(account: Node) -> str:
    held = first(account, "Id")
    found = said(held, "IBAN") or said(held, "Othr", "Id") or said(held, "BBAN") or said(held, "PrtryAcct", "Id")
    return found.replace(" ", "")


def _charges(holder: Node, details: Node, booked: Minor, currency: str, where: Where) -> Minor:
    """Return charges that the booked amount carries: said to be included, or the difference to what was sent."""
    included = unsaid = 0
    for charge in every(holder, "Chrgs"):
        for record in charge.get("Rcrd", [charge]):
            amount = first(record, "Amt")
            if amount.get("@") != currency:
                continue
            size = minor(amount[""], currency, Where(where.file, where.row, f"{where.field}/Chrgs/Amt"))
            told = said(record, "ChrgInclInd")
            included += size if told in {"true", "1"} else 0
            unsaid += size if not told else 0
    return included + (
        unsaid if unsaid and _sent(details, currency, where) in {booked + unsaid, booked - unsaid} else 0
    )


def _sent(details: Node, currency: str, where: Where) -> Minor | None:
    sent = first(details, "AmtDtls", "InstdAmt", "Amt")
    if sent.get("@") != currency:
        return None
    return minor(sent[""], currency, Where(where.file, where.row, f"{where.field}/AmtDtls/InstdAmt"))
