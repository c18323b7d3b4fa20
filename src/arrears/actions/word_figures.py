"""The amounts that words about debts may truly name on a day: by the ledger, plans that run, offers that stand."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from arrears.domain.concessions import State
from arrears.domain.plans import ACTIVE
from arrears.domain.position import Position
from arrears.engine.checker import Figure
from arrears.engine.decide.columns import facts_of
from arrears.kernel.epoch import epoch_day
from arrears.store.doors import concessions, plans, positions, word_figures

_APPROVED: Final = frozenset({State.APPROVED, State.ACCEPTED, State.PAID, State.OFFERED})
_LEDGER: Final = frozenset(
    {
        "principal_minor",
        "interest_minor",
        "fees_minor",
        "credit_minor",
        "due_unpaid_minor",
        "overdue_principal_minor",
        "charge_minor",
        "accrued_minor",
        "costs_minor",
        "paid_minor",
        "pending_minor",
        "last_payment_minor",
        "next_due_minor",
        "promise_minor",
    }
)


def figures(accounts: Sequence[int], on: date, *, using: str = "default") -> Iterator[Figure]:
    """Yield every amount, with its currency, that may be said of ``accounts`` on ``on``; nothing of other debts."""
    entered = word_figures.entered(accounts, using=using)
    stand = positions.read(list(entered), using=using)
    sums: dict[tuple[str, str], int] = {}
    for account, (currency, amounts) in entered.items():
        by_ledger = dict(_by_ledger(stand[account], on)) if account in stand else {}
        yield from ((abs(minor), currency) for minor in {*amounts, *by_ledger.values()})
        yield from ((minor, currency) for minor in _offered(account, on, using))
        for name, minor in by_ledger.items():
            sums[name, currency] = sums.get((name, currency), 0) + minor
    yield from ((minor, currency) for (_, currency), minor in sums.items())
    yield from _planned(accounts, using)


def _by_ledger(position: Position, on: date) -> Iterator[tuple[str, int]]:
    """Yield the amounts of a position, and what is owed and past due with charges counted to ``on``."""
    yield from ((column.name, getattr(position, column.name)) for column in fields(position) if column.name in _LEDGER)
    known = facts_of(position, epoch_day(on))
    for name in ("arrears_minor", "balance_minor"):
        if name in known:
            yield name, known[name]
            yield f"{name} less what comes", known[name] - position.pending_minor


def _offered(account: int, on: date, using: str) -> Iterator[int]:
    """Yield what offers ask for that were approved, or need no approval, and still stand."""
    for offer in concessions.of_account(account, using=using):
        if offer.state in _APPROVED and on <= offer.valid_until:
            yield from (offer.pay_minor, offer.cut_minor, offer.pay_minor - offer.paid_minor)
            yield from (part.amount for part in offer.parts)


def _planned(accounts: Sequence[int], using: str) -> Iterator[Figure]:
    for plan in plans.of_accounts(accounts, ACTIVE, using=using):
        amounts = (plan.shape.total, plan.kept_minor, plan.next_due_minor, plan.behind_minor)
        yield from ((minor, plan.currency) for minor in amounts)
        yield from ((each.amount, plan.currency) for each in plan.shape.instalments)
