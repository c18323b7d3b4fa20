"""pain.002, the bank's answer to our orders (ISO 20022): what it refuses is a `Return`; nothing is booked."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.safe_xml import Node, elements, every, first, said, tree
from arrears.channels.bank.values import day, minor, one_line
from arrears.domain.statements import Reference, ReferenceKind, Return, ReturnKind, Statement, StatementKind
from arrears.kernel.problems import Where

_MESSAGES: Final = frozenset({"CstmrPmtStsRpt", "PmtStsRpt", "pain.002.001.01", "pain.002.001.02"})
_REFUSED: Final = frozenset({"RJCT", "CANC"})
_REFS: Final = (
    ("OrgnlEndToEndId", ReferenceKind.END_TO_END),
    ("OrgnlInstrId", ReferenceKind.INSTRUCTION),
    ("OrgnlTxId", ReferenceKind.TRANSACTION),
    ("AcctSvcrRef", ReferenceKind.BANK),
)


def read_pain(data: bytes, file: str) -> tuple[Statement, ...]:
    """Return one statement of the refused payments; raises `Unreadable` where the message is broken."""
    found = [element for _, element in elements(data, file, names=_MESSAGES, starts=frozenset())]
    if not found:
        refuse("bank_no_statement", Where(file, None, "pain.002"))
    message = tree(found[0])
    head = first(message, "GrpHdr")
    created = said(head, "CreDtTm")
    made_on = day(created, Where(file, None, "GrpHdr/CreDtTm")) if created else None
    returns = tuple(_returns(message, made_on, file))
    currency = returns[0].currency if returns else ""
    return (
        Statement(
            bank_account="",
            currency=currency,
            number=said(head, "MsgId"),
            opening=None,
            closing=None,
            lines=(),
            source_format="pain.002",
            kind=StatementKind.RETURNS,
            made_on=made_on,
            returns=returns,
        ),
    )


def _returns(message: Node, on: date | None, file: str) -> Iterator[Return]:
    """Yield each refused payment: told singly, or, where all of a group or batch is refused, as one of its sum."""
    group = first(message, "OrgnlGrpInfAndSts")
    was_debit = not said(group, "OrgnlMsgNmId").startswith("pain.001")
    count = 0
    for batch in (*every(message, "OrgnlPmtInfAndSts"), message):
        singles = list(every(batch, "TxInfAndSts"))
        for single in singles:
            if said(single, "TxSts") in _REFUSED or (not said(single, "TxSts") and _reason(single)):
                count += 1
                yield _single(single, batch, group, f"1.{count}", on, file, was_debit=was_debit)
        if not singles and said(batch, "PmtInfSts") in _REFUSED:
            count += 1
            yield _whole(batch, f"1.{count}", on, was_debit=was_debit)
    if not count and said(group, "GrpSts") in _REFUSED:
        yield _whole(group, "1.1", on, was_debit=was_debit)


def _single(
    single: Node, batch: Node, group: Node, number: str, on: date | None, file: str, *, was_debit: bool
) -> Return:
    original = first(single, "OrgnlTxRef")
    amount = first(original, "Amt", "InstdAmt")
    where = Where(file, None, f"TxInfAndSts[{number[2:]}]/OrgnlTxRef/Amt")
    code = str(amount.get("@", ""))
    mandate = said(original, "MndtRltdInf", "MndtId")
    return Return(
        id=number,
        kind=ReturnKind.REJECTION,
        reason=_reason(single) or _reason(batch) or _reason(group),
        amount_minor=minor(amount[""], code, where) if code else 0,
        currency=code,
        on=on,
        references=(*_references(single, batch), *([Reference(ReferenceKind.MANDATE, mandate)] if mandate else [])),
        debtor_name=one_line(said(original, "Dbtr", "Nm") or said(original, "Dbtr", "Pty", "Nm")),
        debtor_account=said(original, "DbtrAcct", "Id", "IBAN") or said(original, "DbtrAcct", "Id", "Othr", "Id"),
        was_debit=was_debit,
        words=_words(single),
    )


def _references(single: Node, batch: Node) -> Iterator[Reference]:
    for name, kind in _REFS:
        text = said(single, name)
        if text and text.upper() != "NOTPROVIDED":
            yield Reference(kind, text)
    if text := said(batch, "OrgnlPmtInfId") or said(single, "OrgnlPmtInfId"):
        yield Reference(ReferenceKind.PAYMENT_INFORMATION, text)


def _whole(told: Node, number: str, on: date | None, *, was_debit: bool) -> Return:
    """Return the refusal of a whole batch or message. It names no payment: its amount stays untold."""
    names = (("OrgnlPmtInfId", ReferenceKind.PAYMENT_INFORMATION), ("OrgnlMsgId", ReferenceKind.MESSAGE))
    return Return(
        id=number,
        kind=ReturnKind.REJECTION,
        reason=_reason(told),
        amount_minor=0,
        currency="",
        on=on,
        references=tuple(Reference(kind, said(told, name)) for name, kind in names if said(told, name)),
        was_debit=was_debit,
        words=_words(told),
    )


def _reason(told: Node) -> str:
    for info in every(told, "StsRsnInf"):
        if code := said(info, "Rsn", "Cd") or said(info, "Rsn", "Prtry") or said(info, "StsRsn", "Cd"):
            return code
    return ""


def _words(told: Node) -> str:
    return one_line(" ".join(each[""] for info in every(told, "StsRsnInf") for each in every(info, "AddtlInf")))
