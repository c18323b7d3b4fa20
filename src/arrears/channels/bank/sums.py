"""The check that nothing is missing: opening balance and lines make the closing balance, to the minor unit."""

from collections.abc import Iterable

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.values import in_words
from arrears.domain.statements import LineStatus, Statement
from arrears.kernel.problems import Where


def must_balance(statement: Statement, where: Where) -> None:
    """Refuse a statement whose booked lines do not lead from its opening to its closing balance.

    Only where both balances are told and every booked line is in the statement's currency.
    """
    if statement.opening is None or statement.closing is None:
        return
    booked = [line for line in statement.lines if line.status == LineStatus.BOOKED]
    if any(line.currency != statement.currency for line in booked):
        return
    made = statement.opening.amount_minor + sum(line.amount_minor for line in booked)
    if made != statement.closing.amount_minor:
        code = statement.currency
        refuse(
            "bank_balance_differs",
            where,
            made=in_words(made, code),
            said=in_words(statement.closing.amount_minor, code),
        )


def must_all_balance(statements: Iterable[Statement], file: str) -> None:
    """Refuse the file where one of its statements does not balance; the field says which."""
    for at, statement in enumerate(statements, 1):
        named = " ".join(part for part in (statement.bank_account, statement.number) if part)
        must_balance(statement, Where(file, None, f"statement {at} ({named})" if named else f"statement {at}"))
