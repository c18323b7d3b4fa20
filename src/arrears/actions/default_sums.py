"""Sums of default of which no notice was given yet, by the ledger: what that notice, and interest on them, wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from arrears.domain.contacts import Id
from arrears.domain.notices import TOLD_OF, Notice, NoticeKind
from arrears.engine.gate import Known, Proposal, RuleBook, Settings
from arrears.engine.gate.kinds.facts_hold import FactsHold
from arrears.engine.gate.kinds.notice_due import NoticeDue
from arrears.engine.notices.default_sums import DefaultSum, untold
from arrears.store.doors import promises

SUM_ON: Final = "default_sum_on"
NOTICED_ON: Final = "default_sum_noticed_on"


def with_default_sums(
    proposal: Proposal, known: Known, settings: Settings, book: RuleBook, today: date, *, using: str = "default"
) -> Proposal:
    """Return ``proposal`` with what ledger and notices say of sums of default, where a rule that is heard asks for it.

    What somebody has said of a debt goes before it. When notice of the sums was given is known once all were told of.
    """
    if not _is_asked(known, settings, book):
        return proposal
    facts = promises.facts_of([int(debt.id) for debt in proposal.debts], using=using)
    debts = []
    for debt in proposal.debts:
        told = [one for one in known.notices if _tells(one, debt.id, proposal.person)]
        left = untold(facts[int(debt.id)], told_of(told, debt.id, proposal.person), today)
        debts.append(replace(debt, facts={**_found(left, told), **debt.facts}))
    return replace(proposal, debts=tuple(debts))


def told_of(notices: Sequence[Notice], debt: Id, person: Id) -> frozenset[int]:
    """Return the entries of the ledger of whose sums ``person`` was told by notices about a debt that stand."""
    return frozenset(entry for one in notices if _tells(one, debt, person) for entry in _entries(one))


def _entries(notice: Notice) -> Sequence[int]:
    said = notice.facts.get(TOLD_OF)
    return said if isinstance(said, list) else ()


def _tells(notice: Notice, debt: Id, person: Id) -> bool:
    is_one = notice.kind is NoticeKind.DEFAULT_SUMS and notice.person == person and notice.is_about(debt)
    return is_one and notice.undeliverable_at is None


def _found(left: Sequence[DefaultSum], told: Sequence[Notice]) -> Mapping[str, object]:
    if left:
        return {SUM_ON: left[0].day}
    return {NOTICED_ON: max(one.received_on or one.sent_at.date() for one in told)} if told else {}


def _is_asked(known: Known, settings: Settings, book: RuleBook) -> bool:
    heard = (voice.rule.evaluator for voice in book.voices(known.places, settings))
    return any(
        (isinstance(one, NoticeDue) and one.since == SUM_ON)
        or (isinstance(one, FactsHold) and any(test.name == NOTICED_ON for test in one.must))
        for one in heard
    )
