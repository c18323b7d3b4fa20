"""A person is contacted for a purpose once, and again only when they ask for it, or named facts open it."""

from collections.abc import Iterable
from dataclasses import dataclass

from arrears.domain.contacts import Purpose
from arrears.domain.holds import ConsentKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.kinds.facts_hold import Test, applying, tests_in
from arrears.engine.gate.local import date_of
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import FOREVER, Intervals, instant_of, union


@dataclass(frozen=True, slots=True)
class Once(Evaluator):
    """Any collector's contact for ``counted`` purposes counts: the third person is one person."""

    counted: frozenset[Purpose]
    again: tuple[Test, ...] = ()
    stage = Stage.PERSON
    fact_names = frozenset({"first"})

    def bars(self, case: Case) -> Iterable[Finding]:
        made = [
            contact.at
            for contact in case.known.contacts
            if contact.person == case.proposal.person
            and contact.purpose in self.counted
            and contact.effect().is_connected
            and not contact.is_from_person()
        ]
        if made and not self._may_be_asked_again(case):
            since = Intervals.between(instant_of(min(made)), FOREVER)
            yield Finding(since - self._asked_again(case), {"first": date_of(min(made), case.zones)})

    def _may_be_asked_again(self, case: Case) -> bool:
        return bool(self.again) and applying(self.again, None, case) is True

    def _asked_again(self, case: Case) -> Intervals:
        return union(
            lasting(consent.at, consent.ends())
            for consent in case.known.consents
            if consent.kind is ConsentKind.ASK_AGAIN and consent.person == case.proposal.person
        )


def read(given: Parameters) -> Once:
    """``counted``: purposes, of which one contact may be made; ``again``: facts that together open it a second time."""
    return Once(given.codes("counted", Purpose), tuple(tests_in(given, "again")))
