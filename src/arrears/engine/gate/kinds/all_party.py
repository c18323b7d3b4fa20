"""A call is recorded only after everybody on it was told, where the law of either end wants all of them to agree."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Act
from arrears.domain.wording import Block
from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class AllParty(Evaluator):
    """``places`` want all parties to agree; a person of whom only the country is known may be in one of them.

    Where nobody has said from where we call, we may be in any of them.
    """

    places: frozenset[str]
    stage = Stage.PERSON
    fact_names = frozenset({"places"})

    def bars(self, case: Case) -> Iterable[Finding]:
        proposal = case.proposal
        if proposal.act is not Act.RECORD_CALL and proposal.facts.get("is_recorded") is not True:
            return
        said = (proposal.words.blocks if proposal.words else None) or frozenset()
        if Block.RECORDING in said or proposal.facts.get("recording_announced") is True:
            return
        ours = proposal.collector.facts.get("calls_from")
        ends = {*case.places, *(ours if isinstance(ours, list | tuple) else (str(ours),) if ours else ())}
        where = sorted(place for place in self.places if not ours or any(_may_be_in(end, place) for end in ends))
        if where:
            yield Finding(ALWAYS, {"places": ", ".join(where)})


def _may_be_in(end: str, place: str) -> bool:
    return end == place or end.startswith(f"{place}-") or place.startswith(f"{end}-")


def read(given: Parameters) -> AllParty:
    """``places``: regions whose law wants the consent of all parties."""
    return AllParty(frozenset(given.names("places")))
