"""A contact person may be reached only while the debtor cannot be: lost, dead, or unable to act."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Contact, Outcome, Role
from arrears.domain.holds import HoldKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS, FOREVER, NEVER, Intervals, instant_of, union

_ABSENT = {HoldKind.DECEASED, HoldKind.INCAPACITY}


@dataclass(frozen=True, slots=True)
class LostDebtor(Evaluator):
    """``failures``: after so many contacts in a row without reaching the debtor they count as lost; 0: only as told.

    ``dead_number``: a number that turns out not to be in service is enough, until they are tried at another.
    """

    failures: int
    dead_number: bool = False
    stage = Stage.PERSON
    fact_names = frozenset({"role"})

    def bars(self, case: Case) -> Iterable[Finding]:
        lost = self._lost(case)
        if lost is None:
            yield lacking("debtor.is_lost")
        elif lost != ALWAYS:
            yield Finding(~lost, {"role": case.proposal.role or Role.UNKNOWN})

    def _lost(self, case: Case) -> Intervals | None:
        """Return when the debtor counts as out of reach; None where nobody can say."""
        absent = union(
            lasting(hold.since, hold.until)
            for hold in case.known.holds
            if hold.kind in _ABSENT and hold.person == case.known.debtor and hold.person is not None
        )
        if case.known.is_debtor_lost is not None:
            return ALWAYS if case.known.is_debtor_lost else absent
        if not self.failures or case.known.debtor is None:
            return absent or None
        return absent | self._after_failures(case) | self._dead(case)

    def _after_failures(self, case: Case) -> Intervals:
        tries = sorted((c for c in case.known.contacts if c.person == case.known.debtor), key=lambda c: c.at)
        lost, in_a_row, since = NEVER, 0, 0
        for contact in tries:
            if _is_reached(contact):
                if in_a_row >= self.failures:
                    lost |= Intervals.between(since, instant_of(contact.at))
                in_a_row = 0
            else:
                in_a_row += 1
                since = instant_of(contact.at) if in_a_row == self.failures else since
        return lost | Intervals.between(since, FOREVER) if in_a_row >= self.failures else lost

    def _dead(self, case: Case) -> Intervals:
        """Return from each answer that a number is not in service until the next contact of another outcome."""
        if not self.dead_number:
            return NEVER
        tries = sorted((c for c in case.known.contacts if c.person == case.known.debtor), key=lambda c: c.at)
        ends = [instant_of(each.at) for each in tries[1:]]
        return union(
            Intervals.between(instant_of(each.at), end)
            for each, end in zip(tries, [*ends, FOREVER], strict=False)
            if each.outcome is Outcome.NOT_IN_SERVICE
        )


def _is_reached(contact: Contact) -> bool:
    return contact.is_from_person() or contact.effect().is_reached


def read(given: Parameters) -> LostDebtor:
    """``failures`` in contacts; left out, only what somebody recorded counts. ``dead_number``: yes or no."""
    failures = given.whole("failures", "contacts") if given.has("failures") else 0
    return LostDebtor(failures, given.flag("dead_number"))
