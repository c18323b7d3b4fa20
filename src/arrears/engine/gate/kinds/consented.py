"""A consent that lifts other rules: given directly to the collector, in a contact that was itself allowed."""

from dataclasses import dataclass

from arrears.domain.holds import Consent, ConsentKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.local import hours_in_all
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.intervals import Intervals, union


@dataclass(frozen=True, slots=True)
class Consented(Evaluator):
    """``kinds`` of consent; ``direct``: only to the collector itself; ``in_allowed_contact``: only one so given."""

    consents: frozenset[ConsentKind]
    direct: bool
    in_allowed_contact: bool

    def lifts(self, case: Case, _barred: Intervals, /) -> Intervals:
        given = case.consents(*self.consents, only_to_collector=self.direct)
        return union(self._while(consent, case) for consent in given if self._is_good(consent))

    def _is_good(self, consent: Consent) -> bool:
        return consent.in_allowed_contact is True or not self.in_allowed_contact

    def _while(self, consent: Consent, case: Case) -> Intervals:
        lasts = lasting(consent.at, consent.ends())
        if consent.windows and case.zones:
            lasts &= hours_in_all(case.zones, consent.windows, case.first_day, case.last_day)
        return lasts


def read(given: Parameters) -> Consented:
    """``consents``: kinds; ``direct``; ``in_allowed_contact``."""
    return Consented(given.codes("consents", ConsentKind), given.flag("direct"), given.flag("in_allowed_contact"))
