"""Electronic messages only with the consumer's consent to the medium, given to who sends them."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.holds import ConsentKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import union


@dataclass(frozen=True, slots=True)
class MessageConsent(Evaluator):
    """``direct``: only a consent to the collector itself counts."""

    direct: bool
    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        given = case.consents(ConsentKind.MEDIUM, only_to_collector=self.direct)
        yield Finding(~union(lasting(consent.at, consent.ends()) for consent in given))


def read(given: Parameters) -> MessageConsent:
    """``direct``."""
    return MessageConsent(given.flag("direct"))
