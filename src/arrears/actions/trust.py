"""Clients' money: received, taken back, remitted net, gross or combined; each client by itself, never below zero.

Money that debtors paid for a client is held apart from the agency's own. Each movement is a line of that client's
ledger and a journal of the agency's books in one transaction; the database refuses a line that would leave a client
with less than nothing, whoever writes at the same time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import books, history
from arrears.actions.mistakes import filled
from arrears.actions.remittances import Remittance, due_to
from arrears.engine.books.journals import Line
from arrears.kernel.money import currency, plain
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors import trust as door
from arrears.store.doors.trust import ClientRow, NewTrustLine, TrustAccountRow, TrustLineRow
from arrears.store.scope import current


@dataclass(frozen=True, slots=True)
class Remitted:
    """What was passed on to a client and what was kept as commission; ``is_new`` False where it was done before."""

    client: int
    amount: int
    commission: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Movement:
    kind: str
    amount: int
    value_date: date
    source_kind: str
    source_ref: str
    lines: tuple[tuple[str, int], ...]


def open_account(name: str, code: str, *, bank_account: int | None = None, using: str = "default") -> int | Problem:
    """Open a trust account of the organisation in scope; ``bank_account`` is the one its statements come for."""
    made = door.add_account(current(using).organisation, name, code, bank_account, using=using)
    return filled("name_taken", _NAME_TAKEN, "name", name=name) if made is None else made


def receive(
    trust_account: int,
    client: int,
    amount: int,
    value_date: date,
    *,
    reference: str,
    now: datetime,
    using: str = "default",
) -> TrustLineRow | Problem:
    """Take in money that was paid for a client; the same reference counts once."""
    if amount <= 0:
        return filled("not_above_zero", _NOT_ABOVE_ZERO, "amount")
    lines = (("trust_bank", amount), ("client_money", -amount))
    return _move(
        trust_account, client, _Movement("receipt", amount, value_date, "receipt", reference, lines), now, using
    )


def take_back(reference: str, value_date: date, *, now: datetime, using: str = "default") -> TrustLineRow | Problem:
    """Take back a receipt that its bank returned; refused where the money was passed on already (then `fund` first)."""
    owner = current(using).organisation
    there = door.line_from(owner, "receipt", reference, using=using)
    if there is None:
        return filled("no_such_receipt", _NO_RECEIPT, "reference")
    account = _account_of(there, using)
    lines = (("client_money", there.amount), ("trust_bank", -there.amount))
    movement = _Movement("return", -there.amount, value_date, "return", reference, lines)
    return _move(account.id, there.client, movement, now, using)


def fund(
    trust_account: int,
    client: int,
    amount: int,
    value_date: date,
    *,
    reference: str,
    now: datetime,
    using: str = "default",
) -> TrustLineRow | Problem:
    """Put the agency's own money into a client's ledger, for instance before a return; the client owes it back."""
    if amount <= 0:
        return filled("not_above_zero", _NOT_ABOVE_ZERO, "amount")
    lines = (
        ("trust_bank", amount),
        ("operating_bank", -amount),
        ("commission_receivable", amount),
        ("client_money", -amount),
    )
    return _move(
        trust_account, client, _Movement("funding", amount, value_date, "funding", reference, lines), now, using
    )


def remit(
    trust_account: int,
    client: int,
    way: Remittance,
    on: date,
    *,
    released_until: date,
    reference: str,
    now: datetime,
    using: str = "default",
) -> Remitted | Problem:
    """Pass on to a client what is held for it, in one of three ways; with the same reference it is done once.

    Money valued after ``released_until`` stays: its bank may still take it back. Nothing to pass on is no mistake;
    that more was passed on before than has been released is one.
    """
    owner = current(using).organisation
    account = _trust_account(trust_account, using)
    if account is None:
        return filled("no_such_account", _NO_ACCOUNT, "trust_account")
    ledger = door.client_of(owner, trust_account, client, using=using)
    door.hold_client(ledger, using=using)
    if (done := _remitted_before(owner, client, reference, using)) is not None:
        return done
    row = _client(owner, ledger, using)
    due = due_to(row, way, released_until, using=using)
    if due.free < 0:
        return _not_released(row, due.unreleased)
    kept, passed = due.kept, due.passed
    if kept:
        taken = (
            ("client_money", kept),
            ("trust_bank", -kept),
            ("operating_bank", kept),
            ("commission_receivable", -kept),
        )
        movement = _Movement("commission", -kept, on, "commission", reference, taken)
        moved = _move(trust_account, client, movement, now, using)
        if isinstance(moved, Problem):
            return moved
    if passed:
        sent = (("client_money", passed), ("trust_bank", -passed))
        movement = _Movement("remittance", -passed, on, "remittance", reference, sent)
        moved = _move(trust_account, client, movement, now, using)
        if isinstance(moved, Problem):
            return moved
    history.append(
        "client_money_remitted",
        owner=owner,
        now=now,
        using=using,
        client=client,
        way=way.value,
        amount=passed,
        commission=kept,
    )
    return Remitted(client, passed, kept, is_new=True)


def _remitted_before(owner: int, client: int, reference: str, using: str) -> Remitted | None:
    kept, sent = (
        door.line_from(owner, kind, f"{client}/{reference}", using=using) for kind in ("commission", "remittance")
    )
    if kept is None and sent is None:
        return None
    return Remitted(client, -sent.amount if sent else 0, -kept.amount if kept else 0, is_new=False)


def _move(trust_account: int, client: int, movement: _Movement, now: datetime, using: str) -> TrustLineRow | Problem:
    """Write a movement as a journal and a line of the client's ledger; the same source is written once."""
    owner, account = current(using).organisation, _trust_account(trust_account, using)
    if account is None:
        return filled("no_such_account", _NO_ACCOUNT, "trust_account")
    reference = movement.source_ref if movement.kind in _BY_OWN_REFERENCE else f"{client}/{movement.source_ref}"
    ledger = door.client_of(owner, trust_account, client, using=using)
    door.hold_client(ledger, using=using)
    if (there := door.line_from(owner, movement.source_kind, reference, using=using)) is not None:
        is_same = (there.client, there.amount) == (client, movement.amount)
        return there if is_same else filled("reference_taken", _REFERENCE_TAKEN, "reference")
    held = _client(owner, ledger, using)
    if held.balance + movement.amount < 0:
        return _below_zero(held, movement)
    journal = books.post_lines(
        owner,
        "trust",
        [Line(purpose, account.currency, amount) for purpose, amount in movement.lines],
        why=movement.kind,
        now=now,
        using=using,
    )
    new = NewTrustLine(
        owner=owner,
        client=ledger,
        kind=movement.kind,
        amount_minor=movement.amount,
        value_date=movement.value_date,
        book_day=bookday.stamp(owner, using=using).day,
        journal=journal,
        source_kind=movement.source_kind,
        source_ref=reference,
        made_at=now,
        made_by=current(using).user,
    )
    made = door.add_line(new, using=using)
    written = door.line_from(owner, movement.source_kind, reference, using=using)
    assert made is not None, "the balance was looked at under the lock of the client"
    assert written is not None
    return written


_BY_OWN_REFERENCE: Final = frozenset({"receipt", "return"})


def _below_zero(held: ClientRow, movement: _Movement) -> Problem:
    of = currency(held.currency)
    return filled(
        "client_below_zero",
        _BELOW_ZERO,
        "amount",
        name=held.name,
        held=plain(held.balance, of),
        asked=plain(-movement.amount, of),
    )


def _not_released(held: ClientRow, unreleased: int) -> Problem:
    of = currency(held.currency)
    said = {"name": held.name, "held": plain(held.balance, of), "unreleased": plain(unreleased, of)}
    return filled("client_below_zero", _NOT_RELEASED, "released_until", **said)


def _account_of(line: TrustLineRow, using: str) -> TrustAccountRow:
    owner = current(using).organisation
    ledgers = {
        row.trust_account
        for row in door.clients(owner, using=using)
        if row.client == line.client and any(each.id == line.id for each in door.lines(row.id, using=using))
    }
    return next(row for row in door.accounts(owner, using=using) if row.id in ledgers)


def _trust_account(number: int, using: str) -> TrustAccountRow | None:
    return next((row for row in door.accounts(current(using).organisation, using=using) if row.id == number), None)


def _client(owner: int, ledger: int, using: str) -> ClientRow:
    return next(row for row in door.clients(owner, using=using) if row.id == ledger)


_NAME_TAKEN: Final = (
    Text(
        "There is a trust account called “{name}”.",
        "Ya hay una cuenta de clientes llamada «{name}».",
        "已有名为“{name}”的信托账户。",
    ),
    Text("Choose another name.", "Elija otro nombre.", "请换一个名称。"),
)
_NOT_ABOVE_ZERO: Final = (
    Text("The amount must be above zero.", "El importe debe ser mayor que cero.", "金额须大于零。"),
    Text("Correct the amount.", "Corrija el importe.", "请更正金额。"),
)
_NO_RECEIPT: Final = (
    Text("No receipt has this reference.", "Ningún cobro lleva esta referencia.", "没有使用该参考号的收款。"),
    Text("Look it up in the client's ledger.", "Búsquela en el libro del cliente.", "请在客户台账中查找。"),
)
_NO_ACCOUNT: Final = (
    Text("There is no such trust account.", "No existe esa cuenta de clientes.", "没有该信托账户。"),
    Text("Choose one from the list.", "Elija una de la lista.", "请从列表中选择。"),
)
_REFERENCE_TAKEN: Final = (
    Text(
        "This reference stands for another movement.",
        "Esta referencia corresponde a otro movimiento.",
        "该参考号已用于另一笔往来。",
    ),
    Text(
        "Use the movement's own reference.", "Use la referencia propia del movimiento.", "请使用该笔往来自己的参考号。"
    ),
)
_BELOW_ZERO: Final = (
    Text(
        "{held} is held for {name}; {asked} cannot be taken out. One client's money never pays for another.",
        "Para {name} hay {held}; no se pueden sacar {asked}. El dinero de un cliente nunca cubre a otro.",
        "为{name}保管的款项为 {held}，无法支出 {asked}。不得以一位委托方的资金垫付另一方。",
    ),
    Text(
        "Put your own money in first (funding), then take it out.",
        "Aporte antes fondos propios y después retírelos.",
        "请先以自有资金补足，再行支出。",
    ),
)
_NOT_RELEASED: Final = (
    Text(
        "{held} is held for {name}, and {unreleased} may still be taken back by its bank. Nothing can go: the client "
        "would be left with less than nothing.",
        "Para {name} hay {held}, y el banco aún puede devolver {unreleased}. No puede salir nada: el cliente quedaría "
        "en negativo.",
        "为{name}保管 {held}，其中 {unreleased} 仍可能被银行退回。现在不能汇出：委托方余额会变为负数。",
    ),
    Text(
        "Wait until it is released, or choose a later day.",
        "Espere a que se libere o elija un día posterior.",
        "请等待款项解除保留，或选择较晚的日期。",
    ),
)
