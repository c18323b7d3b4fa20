"""A person's own request to be called takes calls out of the counts for some days, until a conversation uses it up.

One that names hours ("you may call at three") frees calls in those hours only, by every clock that may be theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arrears.domain.contacts import Contact
from arrears.domain.holds import Consent, ConsentKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import Columns, Days
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import hours, local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import FOREVER, NEVER, Intervals, instant_of, intersection, union


@dataclass(frozen=True, slots=True)
class CallConsent(Evaluator):
    """``days`` calendar days, that of the consent being the first; given to the collector itself, no other."""

    days: int

    def lifts(self, case: Case, _barred: Intervals, /) -> Intervals:
        return self._free(case)

    def leaves_out(self, contact: Contact, case: Case) -> bool:
        return instant_of(contact.at) in self._free(case)

    def lets_through(self, columns: Columns, days: Days) -> NDArray[np.bool_]:
        given = columns.rows["call_consent"].astype(np.int64)
        held: NDArray[np.bool_] = (given != NO_DATE) & (given <= days) & (days < given + self.days)
        return held

    def _free(self, case: Case) -> Intervals:
        return case.once((self, case.debt_ids), lambda: union(self._windows(case)))

    def _windows(self, case: Case) -> Iterator[Intervals]:
        for consent in case.consents(ConsentKind.CALL_MORE, only_to_collector=True):
            at, ends = instant_of(consent.at), consent.ends()
            used = self._used_up(case, at)
            until = min(FOREVER if ends is None else instant_of(ends), used)
            yield self._agreed(consent, case.zones, at) & Intervals.between(at, until)

    def _agreed(self, consent: Consent, zones: tuple[str, ...], at: int) -> Intervals:
        """Return its days, or its hours on those days; hours that no known clock can tell free nothing."""
        if consent.windows and not zones:
            return NEVER
        return intersection(self._by_clock(consent, zone, at) for zone in zones)

    def _by_clock(self, consent: Consent, zone: str, at: int) -> Intervals:
        first = local_day(zone, at)
        last = first + self.days - 1
        return hours(zone, consent.windows, first, last) if consent.windows else local_days(zone, first, last)

    def _used_up(self, case: Case, given: int) -> int:
        """Return the instant just after the first conversation that follows the consent."""
        later = (
            at + 1
            for at, contact in case.timed
            if at > given
            and contact.is_telephone_conversation()
            and contact.person == case.proposal.person
            and contact.collector == case.proposal.collector.organisation
            and any(case.talked_of(contact, key) for key in case.keys)
        )
        return min(later, default=FOREVER)


def read(given: Parameters) -> CallConsent:
    """``lasts``: for how many calendar days the consent holds, the day it was given being the first."""
    return CallConsent(given.whole("lasts", "calendar_days"))
