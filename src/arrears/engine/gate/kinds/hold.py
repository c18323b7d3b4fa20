"""A hold stops contact about its debts until it ends, save for the few messages a law lets through once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from arrears.domain.contacts import Purpose, Role
from arrears.domain.holds import Hold, HoldKind
from arrears.engine.gate.asking import Case
from arrears.engine.gate.columns import HOLD_BIT, Columns, Days
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, lacking
from arrears.kernel.intervals import FOREVER, Intervals, instant_of

CONSUMERS_IN_LAW: Final = frozenset({Role.SPOUSE, Role.PARENT_OF_MINOR, Role.GUARDIAN, Role.EXECUTOR})
"""Whom 12 CFR 1006.6(a) treats as the consumer: what stops contact with the debtor stops it with them."""
REACH_CONSUMERS_IN_LAW: Final = frozenset({HoldKind.CEASE, HoldKind.BANKRUPTCY, HoldKind.ATTORNEY, HoldKind.DECEASED})
"""Holds on the debtor that reach them too: nobody presses a widow. Whom a rule lets through it names itself."""

ORALLY: Final = "orally"
WRITTEN: Final = "written"


@dataclass(frozen=True, slots=True)
class StandingHold(Evaluator):
    """``written_in_period``: only a dispute in writing within its period. ``once``: purposes that go a single time.

    ``excusable``: an attorney who stays silent past reason, or agrees to direct contact, lifts it. ``said``: orally is
    only what was said and not written; written all but that, since a hold of which nobody says so rests on a paper.
    ``joint``: what is held of one debtor is held of those who owe the same debt with them. ``places``: only of people
    who may live in one of these regions of the rule's own place.
    """

    holds: frozenset[HoldKind]
    once: frozenset[Purpose]
    written_in_period: bool
    excusable: bool
    said: str = ""
    joint: bool = False
    places: tuple[str, ...] = ()
    fact_names = frozenset({"since", "hold"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if self.places and not may_live_in(self.places, case):
            return
        for hold in case.known.holds:
            if hold.kind in self.holds and self._is_so_said(hold) and (is_on(hold, case) or self._is_joint(hold, case)):
                yield from self._stand(hold, case)

    def free_day(self, columns: Columns, days: Days) -> Days | None:
        if self.written_in_period or self.said == ORALLY or self.joint or self.places:
            return None
        bits = np.uint32(sum(HOLD_BIT[kind] for kind in self.holds))
        barred = (columns.rows["holds"] & bits) != 0
        return np.where(barred, np.maximum(columns.rows["hold_until"], days), days).astype(np.int32)

    def _stand(self, hold: Hold, case: Case) -> Iterator[Finding]:
        unsaid = self._unsaid(hold)
        if unsaid is not None:
            yield lacking(unsaid)
        elif not self.written_in_period or (hold.written and hold.in_period):
            start, until = self._from(hold, case), self._until(hold)
            yield Finding(Intervals.between(start, until), self._facts(hold, case))

    def _is_so_said(self, hold: Hold) -> bool:
        return not self.said or (hold.written is False) == (self.said == ORALLY)

    def _is_joint(self, hold: Hold, case: Case) -> bool:
        return self.joint and case.proposal.role is Role.CO_OBLIGOR and not hold.debts.isdisjoint(case.debt_ids)

    def _unsaid(self, hold: Hold) -> str | None:
        if not self.written_in_period or hold.written is False or hold.in_period is False:
            return None
        return "dispute.written" if hold.written is None else "dispute.in_period" if hold.in_period is None else None

    def _from(self, hold: Hold, case: Case) -> int:
        """Return when the hold starts to bar: at once, or for a message allowed once, when it was sent."""
        since = instant_of(hold.since)
        if case.proposal.purpose not in self.once:
            return since
        sent = (
            instant_of(contact.at)
            for contact in case.known.contacts
            if contact.purpose is case.proposal.purpose
            and not contact.is_from_person()
            and instant_of(contact.at) >= since
            and any(case.is_about(contact, key) for key in case.keys)
        )
        return min(sent, default=FOREVER)

    def _until(self, hold: Hold) -> int:
        ends = [hold.until, hold.excused_from if self.excusable else None]
        return min((instant_of(end) for end in ends if end is not None), default=FOREVER)

    def _facts(self, hold: Hold, case: Case) -> dict[str, object]:
        return {"since": date_of(hold.since, case.zones), "hold": hold.kind}


def is_on(hold: Hold, case: Case) -> bool:
    """Return whether a hold is on who is contacted, or on the debtor in whose stead the law lets them be told."""
    if hold.is_on(case.proposal.person, case.debt_ids):
        return True
    if case.proposal.role not in CONSUMERS_IN_LAW or hold.kind not in REACH_CONSUMERS_IN_LAW:
        return False
    debtors = ((debt.debtor if debt.debtor is not None else case.known.debtor, debt.id) for debt in case.debts)
    return any(debtor is not None and hold.is_on(debtor, frozenset((debt,))) for debtor, debt in debtors)


def may_live_in(places: tuple[str, ...], case: Case) -> bool:
    """Return whether the person may live in one of ``places``: of some only the country is known."""
    return any(
        place == own or place.startswith(f"{own}-") or own.startswith(f"{place}-")
        for place in case.places
        for own in places
    )


def read(given: Parameters) -> StandingHold:
    """``holds``: kinds; ``once``: purposes that go through one time; ``written_in_period``; ``excusable``; ``said``.

    ``joint``: yes or no; ``places``: regions ("GB-ENG") to which the law keeps.
    """
    return StandingHold(
        given.codes("holds", HoldKind),
        given.codes("once", Purpose),
        given.flag("written_in_period"),
        given.flag("excusable"),
        given.word("said", ORALLY, WRITTEN) if given.has("said") else "",
        given.flag("joint"),
        given.names("places"),
    )
