"""Who writes or rings at a time or by a medium that does not suit may be answered once, the same way."""

from dataclasses import dataclass

from arrears.domain.holds import PreferenceKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator
from arrears.kernel.intervals import FOREVER, Intervals, instant_of, intersection, union


@dataclass(frozen=True, slots=True)
class ReplyOnce(Evaluator):
    """The words of a stop ask for no answer.

    ``days``: how long an answer is still an answer, by the house's own measure; that of the contact is the first.
    """

    days: int

    def lifts(self, case: Case, barred: Intervals) -> Intervals:
        stopped = {instant_of(wish.since) for wish in case.preferences(PreferenceKind.STOP_MEDIUM)}
        begun = (
            instant_of(contact.at)
            for contact in case.known.contacts
            if contact.is_from_person()
            and contact.person == case.proposal.person
            and contact.medium() is case.proposal.medium
        )
        return union(
            self._until_answered(case, moment) for moment in begun if moment in barred and moment not in stopped
        )

    def _until_answered(self, case: Case, begun: int) -> Intervals:
        answered = (
            instant_of(contact.at)
            for contact in case.known.contacts
            if not contact.is_from_person()
            and contact.person == case.proposal.person
            and contact.medium() is case.proposal.medium
            and instant_of(contact.at) > begun
        )
        fresh = intersection(
            local_days(zone, local_day(zone, begun), local_day(zone, begun) + self.days - 1) for zone in case.zones
        )
        return fresh & Intervals.between(begun, min(answered, default=FOREVER))


def read(given: Parameters) -> ReplyOnce:
    """``within``: for how many calendar days an answer may be given."""
    return ReplyOnce(given.whole("within", "calendar_days"))
