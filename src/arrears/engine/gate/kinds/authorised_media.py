"""Only media that the person authorised beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class AuthorisedMedia(Evaluator):
    """Refuses a medium that is not on the person's list, and any where there is no list."""

    stage = Stage.PERSON
    fact_names = frozenset({"medium"})

    def bars(self, case: Case) -> Iterable[Finding]:
        authorised = case.known.authorised_media
        if authorised is None:
            yield lacking("person.authorised_media")
        elif case.proposal.medium not in authorised:
            yield Finding(ALWAYS, {"medium": case.proposal.medium})


def read(_given: Parameters) -> AuthorisedMedia:
    """No parameters: the person's own list says it."""
    return AuthorisedMedia()
