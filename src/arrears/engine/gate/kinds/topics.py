"""What words must not speak of where a rule says so: suit on a barred debt, a deadline within a time to dispute."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.wording import Topic
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class Topics(Evaluator):
    """Bars words that mention any of ``banned``; words that nobody has read mention nothing that is known."""

    banned: frozenset[Topic]
    stage = Stage.PERSON
    fact_names = frozenset({"mentioned"})

    def bars(self, case: Case) -> Iterable[Finding]:
        words = case.proposal.words
        mentioned = self.banned & ((words.mentions if words else None) or frozenset())
        if mentioned:
            yield Finding(ALWAYS, {"mentioned": ", ".join(sorted(topic.value for topic in mentioned))})


def read(given: Parameters) -> Topics:
    """``banned``: topics, by the codes of ``domain.wording.Topic``."""
    return Topics(given.codes("banned", Topic))
