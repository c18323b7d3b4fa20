"""Since when two payments of a debt are missing, by the ledger: what the notice of sums in arrears is counted from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from arrears.actions.ledger_states import states_at
from arrears.engine.gate import Known, Proposal, RuleBook, Settings
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.engine.ledger.state import State

SINCE: Final = "two_missed_on"
HOW_MANY: Final = "missed_payments"
_TWO: Final = 2


def with_missed_payments(
    proposal: Proposal, known: Known, settings: Settings, book: RuleBook, today: date, *, using: str = "default"
) -> Proposal:
    """Return ``proposal`` with what the ledger says of missed payments, where a rule that is heard counts from them.

    What somebody has said of a debt goes before what the ledger says.
    """
    if not _is_asked(known, settings, book):
        return proposal
    told = missed([int(debt.id) for debt in proposal.debts if SINCE not in debt.facts], today, using=using)
    debts = tuple(replace(debt, facts={**told.get(int(debt.id), {}), **debt.facts}) for debt in proposal.debts)
    return replace(proposal, debts=debts)


def missed(accounts: Sequence[int], today: date, *, using: str = "default") -> dict[int, Mapping[str, object]]:
    """Return by debt how many payments are missing, and since when there were two: from the day after the second.

    A payment is missing from the day after it fell due; what is within the tolerance of the contract is not. Of a debt
    without a ledger nothing is said.
    """
    found = states_at(dict.fromkeys(accounts, today), using=using)
    return {account: _missed(one, today) for account, one in found.items()}


def _missed(now: State, today: date) -> Mapping[str, object]:
    short = sorted(one.due for one in now.instalments if one.is_short and one.due < today)
    since = {SINCE: short[_TWO - 1] + timedelta(days=1)} if len(short) >= _TWO else {}
    return {HOW_MANY: len(short), **since}


def _is_asked(known: Known, settings: Settings, book: RuleBook) -> bool:
    heard = (voice.rule.evaluator for voice in book.voices(known.places, settings))
    return any(isinstance(one, NoticeDue) and one.since == SINCE for one in heard)


def is_by_the_ledger(fact: str) -> bool:
    """Return whether the day ``fact`` follows from the ledger where nobody has said it."""
    return fact == SINCE
