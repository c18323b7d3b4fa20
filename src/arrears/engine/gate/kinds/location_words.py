"""What a third person is asked where somebody lives with: the caller's own name, and nothing that tells of a debt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.domain.holds import HoldKind
from arrears.domain.wording import Block, Topic
from arrears.engine.gate.asking import Case, Words, lasting
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS

_NEEDED: Final = frozenset({Block.CALLER_NAMED, Block.LOCATION_ASKED})
_TELLING: Final = frozenset(
    {Block.CREDITOR_NAMED, Block.DEBT_IDENTIFIED, Block.ATTEMPT_TO_COLLECT, Block.FROM_A_COLLECTOR}
)
_HARMLESS: Final = frozenset({Topic.THIRD_PARTY})


@dataclass(frozen=True, slots=True)
class LocationWords(Evaluator):
    """Words that nobody has read are left to the rule on disclosure. The employer is named only when asked for."""

    stage = Stage.PERSON
    fact_names = frozenset({"wrong"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        wrong = sorted(self._wrong(words, case)) if words else []
        if case.proposal.facts.get("is_postcard") is True:
            wrong.append("postcard")
        if wrong:
            yield Finding(ALWAYS, {"wrong": ", ".join(wrong)})
        for hold in case.known.holds:
            # Once an attorney is known, only the attorney is asked (12 CFR 1006.10(b)(6)).
            if hold.kind is HoldKind.ATTORNEY and (not hold.debts or not hold.debts.isdisjoint(case.debt_ids)):
                yield Finding(lasting(hold.since, hold.until), {"wrong": hold.kind.value})

    def _wrong(self, words: Words, case: Case) -> Iterable[str]:
        yield from (topic.value for topic in (words.mentions or frozenset()) - _HARMLESS)
        if words.blocks is None:
            return
        asked_for = case.proposal.facts.get("asked_for_employer") is True
        yield from (block.value for block in words.blocks & _TELLING)
        yield from (f"–{block.value}" for block in _NEEDED - words.blocks)
        if Block.COLLECTOR_NAMED in words.blocks and not asked_for:
            yield Block.COLLECTOR_NAMED.value


def read(_given: Parameters) -> LocationWords:
    """No parameters."""
    return LocationWords()
