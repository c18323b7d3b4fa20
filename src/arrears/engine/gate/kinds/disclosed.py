"""What every communication discloses: the first that it is to collect a debt, each later one whom it is from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.domain.contacts import Contact, Medium, Outcome, Purpose
from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import BEGINNING, FOREVER, Intervals, instant_of

WRITTEN: Final = frozenset({Medium.TEXT, Medium.CHAT, Medium.EMAIL, Medium.POST, Medium.SOCIAL})
_SAID_NOTHING: Final = frozenset({Outcome.NO_ANSWER, Outcome.REJECTED, Outcome.LIMITED_MESSAGE, Outcome.DROPPED})
"""No communication: nothing about the debt was conveyed (12 CFR 1006.2(d), (j))."""
_FIRST: Final = frozenset({Block.ATTEMPT_TO_COLLECT})
_LATER: Final = frozenset({Block.ATTEMPT_TO_COLLECT, Block.FROM_A_COLLECTOR})


def is_communication(contact: Contact) -> bool:
    """Return whether a contact conveyed something about a debt; a limited message and a formal pleading do not."""
    return (
        contact.effect().is_connected
        and contact.outcome not in _SAID_NOTHING
        and contact.purpose not in {Purpose.LOCATION, Purpose.STOP_CONFIRMATION}
        and contact.person is not None
    )


def first_communication(case: Case, *, written: bool = False) -> int:
    """Return when this collector and the person first communicated about the debts at hand; ``FOREVER`` for never.

    Of several debts the one that was talked about last decides: for it the coming contact may be the first.
    """
    firsts = []
    for key in case.keys:
        made = (
            instant_of(contact.at)
            for contact in case.known.contacts
            if contact.person == case.proposal.person
            and contact.collector == case.proposal.collector.organisation
            and is_communication(contact)
            and (not written or contact.medium() in WRITTEN)
            and case.talked_of(contact, key)
        )
        firsts.append(min(made, default=FOREVER))
    return max(firsts, default=FOREVER)


@dataclass(frozen=True, slots=True)
class Disclosed(Evaluator):
    """The first communication, and the first in writing, carry the long disclosure; each later one at least the short.

    ``language``: what is disclosed stands in the language of the rest, as far as anybody has said.
    """

    stage = Stage.PERSON
    fact_names = frozenset({"lacking"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        carried = (words.blocks if words else None) or frozenset()
        first = first_communication(case)
        if case.proposal.medium in WRITTEN:
            first = max(first, first_communication(case, written=True))
        if not carried & _FIRST:
            yield Finding(Intervals.between(BEGINNING, first), {"lacking": Block.ATTEMPT_TO_COLLECT.value})
        if not carried & _LATER and first < FOREVER:
            yield Finding(Intervals.between(first, FOREVER), {"lacking": Block.FROM_A_COLLECTOR.value})
        disclosed = case.proposal.facts.get("disclosure_language")
        if words is not None and words.language and disclosed and disclosed != words.language:
            yield Finding(Intervals.between(BEGINNING, FOREVER), {"lacking": words.language})


def read(_given: Parameters) -> Disclosed:
    """No parameters: the parts are those of 12 CFR 1006.18(e)(1) and (2)."""
    return Disclosed()
