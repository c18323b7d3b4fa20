"""Since when two payments of a debt are missing, by the ledger: what the notice of sums in arrears is counted from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from arrears.actions.computations import computed
from arrears.engine.gate import Known, Proposal, RuleBook, Settings
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.kernel.problems import Problem

SINCE: Final = "two_missed_on"
HOW_MANY: Final = "missed_payments"
_TWO: Final = 2


def with_missed_payments(
    proposal: Proposal, known: Known, settings: Settings, book: RuleBook, today: date, *, using: str = "default"
) -> Proposal:
    """Return ``proposal`` with what the ledger says of missed payments, where a rule that is heard counts from them.

    What somebody has said of a debt goes before what the ledger says. The ledger is read by the connection of pages;
    by another one the facts stay as they were said.
    """
    if using != "default" or not _is_asked(known, settings, book):
        return proposal
    debts = tuple(
        debt if SINCE in debt.facts else replace(debt, facts={**missed(int(debt.id), today), **debt.facts})
        for debt in proposal.debts
    )
    return replace(proposal, debts=debts)


def missed(account: int, today: date) -> Mapping[str, object]:
    """Return how many payments of a debt are missing, and since when there were two: from the day after the second.

    A payment is missing from the day after it fell due; what is within the tolerance of the contract is not. Without
    a ledger that adds up nothing is said.
    """
    found = computed(account, today, today=today)
    if found is None or isinstance(found.made, Problem):
        return {}
    short = sorted(one.due for one in found.made.state.instalments if one.is_short and one.due < today)
    since = {SINCE: short[_TWO - 1] + timedelta(days=1)} if len(short) >= _TWO else {}
    return {HOW_MANY: len(short), **since}


def _is_asked(known: Known, settings: Settings, book: RuleBook) -> bool:
    heard = (voice.rule.evaluator for voice in book.voices(known.places, settings))
    return any(isinstance(one, NoticeDue) and one.since == SINCE for one in heard)


def is_by_the_ledger(fact: str) -> bool:
    """Return whether the day ``fact`` follows from the ledger where nobody has said it."""
    return fact == SINCE
