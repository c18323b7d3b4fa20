"""Words that speak of something only where facts bear them out: suit, seizure, listing with a decision behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.wording import Topic
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import Test, tests_in, value_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking


@dataclass(frozen=True, slots=True)
class TopicFacts(Evaluator):
    """Where words mention any of ``mentions``, all of ``must`` have to hold for each debt; an unknown one refuses."""

    mentions: frozenset[Topic]
    must: tuple[Test, ...]
    stage = Stage.PERSON
    fact_names = frozenset({"mentioned", "fact"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        spoken = self.mentions & ((words.mentions if words else None) or frozenset())
        if not spoken:
            return
        said = ", ".join(sorted(topic.value for topic in spoken))
        for debt in case.debts:
            for test in self.must:
                value = value_of(test, debt, case)
                if value is None:
                    yield lacking(test.fact)
                else:
                    yield Finding(test.fails(value, case), {"mentioned": said, "fact": test.fact})


def read(given: Parameters) -> TopicFacts:
    """``mentions``: topics of words; ``must``: tests as in ``facts_hold``."""
    return TopicFacts(given.codes("mentions", Topic), tuple(tests_in(given, "must")))
