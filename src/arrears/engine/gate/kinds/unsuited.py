"""Times and places that the person said do not suit: kept as said, whatever the law's own hours are."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import PointUse
from arrears.domain.holds import Preference, PreferenceKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.local import hours_in_any
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS, NEVER, Intervals


@dataclass(frozen=True, slots=True)
class Unsuited(Evaluator):
    """``what``: times, places, or the employer's ban on calls at work, which is known however it was learnt."""

    what: frozenset[PreferenceKind]
    stage = Stage.PERSON
    fact_names = frozenset({"said"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for wish in case.preferences(*self.what):
            barred = self._barred(wish, case)
            if barred is None:
                yield lacking("address" if wish.kind is not PreferenceKind.TIME else "person.timezones")
            else:
                yield Finding(barred & lasting(wish.since, wish.until), {"said": wish.words.strip().rstrip(".。")})

    def _barred(self, wish: Preference, case: Case) -> Intervals | None:
        """Return the instants that do not suit; None where a fact is missing to say so."""
        if wish.kind is PreferenceKind.TIME:
            if not case.zones:
                return None
            return case.horizon & hours_in_any(case.zones, wish.windows, case.first_day, case.last_day)
        if case.proposal.address is None:
            return None
        places = {PointUse.WORK} if wish.kind is PreferenceKind.EMPLOYER_PROHIBITS else wish.places
        return ALWAYS if case.proposal.address.use in places else NEVER


def read(given: Parameters) -> Unsuited:
    """``what``: time, place, employer_prohibits."""
    return Unsuited(given.codes("what", PreferenceKind))
