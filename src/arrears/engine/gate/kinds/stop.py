"""The person asked not to be reached by a medium, or blocked a number: no number of ours gets round it (R04)."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from arrears.domain.contacts import MEDIUM_OF, Purpose
from arrears.domain.holds import Preference, PreferenceKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.columns import STOP_BIT, Columns, Days
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.intervals import FOREVER, Intervals, instant_of

_STOPS = {PreferenceKind.STOP_MEDIUM, PreferenceKind.BLOCKED_NUMBER}


@dataclass(frozen=True, slots=True)
class Stop(Evaluator):
    """One confirmation that the stop was heard may go out by the same medium, with nothing else in it.

    ``any_medium``: where the law hears "no more" in it, whatever medium the person spoke of.
    """

    one_confirmation: bool
    any_medium: bool = False
    stage = Stage.PERSON
    fact_names = frozenset({"medium", "since"})

    def bars(self, case: Case) -> Iterable[Finding]:
        for wish in self._wishes(case):
            if self.any_medium or wish.address is None or self._is_this_address(wish, case):
                barred = lasting(wish.since, wish.until) - self._confirmation(wish, case)
                yield Finding(barred, {"medium": case.proposal.medium, "since": date_of(wish.since, case.zones)})

    def _wishes(self, case: Case) -> Iterable[Preference]:
        if not self.any_medium:
            return case.preferences(*_STOPS)
        return (w for w in case.known.preferences if w.kind in _STOPS and w.person == case.proposal.person)

    def free_day(self, columns: Columns, days: Days) -> Days | None:
        if self.any_medium:
            return None
        bit = STOP_BIT[MEDIUM_OF[columns.channel]]
        return np.where((columns.rows["stops"] & bit) != 0, NO_DATE, days).astype(np.int32)

    def _is_this_address(self, wish: Preference, case: Case) -> bool:
        return case.proposal.address is not None and case.proposal.address.id == wish.address

    def _confirmation(self, wish: Preference, case: Case) -> Intervals:
        """Return the instants at which the one confirmation may still be sent."""
        if not self.one_confirmation or case.proposal.purpose is not Purpose.STOP_CONFIRMATION:
            return Intervals()
        since = instant_of(wish.since)
        sent = (
            instant_of(contact.at)
            for contact in case.known.contacts
            if contact.purpose is Purpose.STOP_CONFIRMATION
            and contact.person == wish.person
            and contact.medium() is case.proposal.medium
            and instant_of(contact.at) >= since
        )
        return Intervals.between(since, min(sent, default=FOREVER))


def read(given: Parameters) -> Stop:
    """``one_confirmation``: whether a single confirmation of the stop may go out; ``any_medium``: yes or no."""
    return Stop(given.flag("one_confirmation"), given.flag("any_medium"))
