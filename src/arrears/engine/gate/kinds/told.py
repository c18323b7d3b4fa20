"""Only who is liable, a consumer in law, or covered by the debtor's consent learns of a debt (P43, R02)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from arrears.domain.contacts import DisclosureBasis, Purpose, Role
from arrears.domain.holds import ConsentKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.columns import Columns, Days, code_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import ALWAYS, Intervals, union


@dataclass(frozen=True, slots=True)
class Told(Evaluator):
    """Others may be reached for ``silent_purposes`` with words that reveal nothing. How late a debt is never counts."""

    silent_purposes: frozenset[Purpose]
    stage = Stage.PERSON
    fact_names = frozenset({"role", "basis"})

    def bars(self, case: Case) -> Iterable[Finding]:
        proposal = case.proposal
        match proposal.basis:
            case None:
                yield lacking("party.disclosure_basis")
            case DisclosureBasis.LIABLE | DisclosureBasis.CONSUMER_IN_LAW:
                return
            case DisclosureBasis.CONSENT:
                yield Finding(~self._consented(case), self._facts(case))
            case DisclosureBasis.NONE:
                yield from self._silent(case)

    def free_day(self, columns: Columns, days: Days) -> Days:
        open_to = [code_of(DisclosureBasis.LIABLE), code_of(DisclosureBasis.CONSUMER_IN_LAW)]
        may = np.isin(columns.rows["basis"], open_to)
        # Consent and silent words are not in the columns: where they might open it, the moment of contact decides.
        may |= columns.rows["basis"] == code_of(DisclosureBasis.CONSENT)
        if columns.purpose in self.silent_purposes:
            may |= columns.rows["basis"] == code_of(DisclosureBasis.NONE)
        return np.where(may, days, NO_DATE).astype(np.int32)

    def _consented(self, case: Case) -> Intervals:
        return union(
            lasting(consent.at, consent.ends())
            for consent in case.known.consents
            if consent.kind is ConsentKind.TELL_THIRD_PARTY
            and consent.about == case.proposal.person
            and (not consent.debts or case.debt_ids <= consent.debts)
        )

    def _silent(self, case: Case) -> Iterator[Finding]:
        words = case.proposal.words
        if case.proposal.purpose not in self.silent_purposes:
            yield Finding(ALWAYS, self._facts(case))
        elif words is None or words.reveals_debt is None:
            yield lacking("words.reveals_debt")
        elif words.reveals_debt:
            yield Finding(ALWAYS, self._facts(case))

    def _facts(self, case: Case) -> dict[str, object]:
        return {"role": case.proposal.role or Role.UNKNOWN, "basis": case.proposal.basis}


def read(given: Parameters) -> Told:
    """``silent_purposes``: what somebody who may not be told may still be contacted for."""
    return Told(given.codes("silent_purposes", Purpose))
