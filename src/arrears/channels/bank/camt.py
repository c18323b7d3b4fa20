"""camt.052, camt.053 and camt.054 in every version: account report, statement, notification (ISO 20022)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from arrears.channels.bank.camt_entry import entry_line
from arrears.channels.bank.faults import refuse
from arrears.channels.bank.safe_xml import Node, elements, first, local, release, said, tree
from arrears.channels.bank.values import day, minor
from arrears.domain.statements import Balance, Line, Statement, StatementKind
from arrears.kernel.problems import Where
from arrears.kernel.texts import Text

_MESSAGES: Final = {
    "BkToCstmrStmt": ("camt.053", StatementKind.BOOKED),
    "BkToCstmrAcctRpt": ("camt.052", StatementKind.INTRADAY),
    "BkToCstmrDbtCdtNtfctn": ("camt.054", StatementKind.NOTICE),
}
_STATEMENTS: Final = frozenset({"Stmt", "Rpt", "Ntfctn"})
_STARTS: Final = _STATEMENTS | {f"{name}{version}" for name in _MESSAGES for version in ("", "V01")}
_ENDS: Final = frozenset({"Acct", "Bal", "Ntry"}) | _STATEMENTS
_OPENING: Final = ("OPBD", "PRCD")
_CLOSING: Final = ("CLBD",)
_INTERIM: Final = "ITBD"

_OTHER_CURRENCY: Final = Text(
    "The closing balance is in another currency than the account and was not compared.",
    "El saldo final está en otra moneda que la cuenta y no se comparó.",
    "期末余额与账户币种不同，未作核对。",
)


@dataclass(slots=True)
class _Open:
    """A statement while its elements come in."""

    at: int
    account: Node = field(default_factory=dict)
    balances: list[Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_camt(data: bytes, file: str) -> tuple[Statement, ...]:
    """Return the statements of a camt message; raises `Unreadable` where it is none or any of it is broken."""
    form, kind = "", StatementKind.BOOKED
    done: list[Statement] = []
    current = _Open(0)
    for event, element in elements(data, file, names=_ENDS, starts=_STARTS):
        name = local(element.tag)
        if event == "start":
            if name in _STATEMENTS:
                current = _Open(len(done) + 1)
            else:
                form, kind = _MESSAGES[name.removesuffix("V01")]
        elif name in _STATEMENTS:
            done.append(_closed(current, element, form, kind, file))
            release(element)
        else:
            _taken(current, name, element, file)
    if not form or not done:
        refuse("bank_no_statement", Where(file, None, form))
    return tuple(done)


def _taken(current: _Open, name: str, element: Any, file: str) -> None:
    if local(element.getparent().tag) not in _STATEMENTS:
        return
    if name == "Acct":
        current.account = tree(element)
    elif name == "Bal":
        current.balances.append(tree(element))
    else:
        where = Where(file, element.sourceline, f"{local(element.getparent().tag)}/Ntry[{len(current.lines) + 1}]")
        current.lines.append(entry_line(tree(element), f"{current.at}.{len(current.lines) + 1}", where))
        release(element)


def _closed(current: _Open, element: Any, form: str, kind: StatementKind, file: str) -> Statement:
    head = tree(element)
    where = Where(file, element.sourceline, f"{local(element.tag)}[{current.at}]")
    opening, closing, foreign = _balances(current, where)
    currency = _currency(current)
    created = said(head, "CreDtTm")
    return Statement(
        bank_account=account_id(current.account),
        currency=currency,
        number=said(head, "LglSeqNb") or said(head, "ElctrncSeqNb") or said(head, "Id"),
        opening=opening,
        closing=closing,
        lines=tuple(current.lines),
        source_format=form,
        kind=kind,
        made_on=day(created, where) if created else None,
        notes=(_OTHER_CURRENCY,) if foreign else (),
    )


def account_id(account: Node) -> str:
    """Return an account's IBAN or whatever else names it, without spaces."""
    held = first(account, "Id")
    found = said(held, "IBAN") or said(held, "Othr", "Id") or said(held, "BBAN") or said(held, "PrtryAcct", "Id")
    return found.replace(" ", "")


def _currency(current: _Open) -> str:
    told = said(current.account, "Ccy")
    if told:
        return told
    opening = _of_type(current, _OPENING) or _of_type(current, (_INTERIM,)) or _of_type(current, _CLOSING)
    return str(first(opening, "Amt").get("@", "")) or (current.lines[0].currency if current.lines else "")


def _of_type(current: _Open, codes: tuple[str, ...]) -> Node:
    """Return the first balance whose type is the first of ``codes`` that is there."""
    for code in codes:
        for balance in current.balances:
            if (said(balance, "Tp", "CdOrPrtry", "Cd") or said(balance, "Tp", "Cd")) == code:
                return balance
    return {}


def _balances(current: _Open, where: Where) -> tuple[Balance | None, Balance | None, bool]:
    """Return opening and closing balance in the account's currency, and whether a closing one in another was left out.

    A page of a statement in several pages opens or closes with an interim balance.
    """
    interim = [each for each in current.balances if said(each, "Tp", "CdOrPrtry", "Cd") == _INTERIM]
    opening, closing = _of_type(current, _OPENING), _of_type(current, _CLOSING)
    opening = opening or (interim[0] if interim and (closing or len(interim) > 1) else {})
    closing = closing or (interim[-1] if interim and interim[-1] is not opening else {})
    currency = _currency(current)
    foreign = bool(closing) and first(closing, "Amt").get("@") != currency
    return (
        _balance(opening, currency, where),
        None if foreign else _balance(closing, currency, where),
        foreign,
    )


def _balance(balance: Node, currency: str, where: Where) -> Balance | None:
    amount = first(balance, "Amt")
    if not balance or amount.get("@") != currency:
        return None
    size = minor(amount[""], currency, Where(where.file, where.row, f"{where.field}/Bal/Amt"))
    when = said(balance, "Dt", "Dt") or said(balance, "Dt", "DtTm")
    signed = -size if said(balance, "CdtDbtInd") == "DBIT" else size
    return Balance(signed, _day_or_none(when, where))


def _day_or_none(text: str, where: Where) -> date | None:
    return day(text, Where(where.file, where.row, f"{where.field}/Bal/Dt")) if text else None
