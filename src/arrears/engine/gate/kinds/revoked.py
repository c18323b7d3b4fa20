"""Consent to machine calls and texts that was taken back: honoured at once, for this number or for all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.domain.contacts import Medium
from arrears.domain.holds import ConsentKind, PreferenceKind
from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.kinds.machine_consent import is_by_machine
from arrears.engine.gate.local import local_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.calendars import Place, add_business_days
from arrears.kernel.epoch import epoch_day, sure_date
from arrears.kernel.intervals import FOREVER, Intervals, instant_of

_MACHINES: Final = frozenset({Medium.TELEPHONE, Medium.TEXT})
_US: Final = Place("US")


@dataclass(frozen=True, slots=True)
class Revoked(Evaluator):
    """``days``: business days by which it has to be honoured at the latest; the gate does not wait for them.

    ``reaches_all``: what was said to one kind of message stops calls and texts by machine of every kind.
    """

    days: int
    reaches_all: bool
    stage = Stage.PERSON
    fact_names = frozenset({"since", "latest"})

    def bars(self, case: Case) -> Iterable[Finding]:
        if not is_by_machine(case):
            return
        for since in self._taken_back(case):
            day = sure_date(min(local_day(zone, since) for zone in case.zones or ("UTC",)))
            barred = Intervals.between(since, self._again(case, since))
            yield Finding(barred, {"since": day, "latest": add_business_days(day, self.days, _US)})

    def _taken_back(self, case: Case) -> Iterator[int]:
        said = addresses.proof(case).machines_stopped_on
        if said is not None:
            yield starts(case, epoch_day(said), min)
        general = case.known.facts.get("machines_stopped_on")
        if self.reaches_all and general is not None:
            yield starts(case, epoch_day(datetime.fromisoformat(str(general)).date()), min)
        for wish in case.known.preferences:
            if wish.person == case.proposal.person and wish.kind is PreferenceKind.STOP_MEDIUM:
                media = wish.media or _MACHINES
                if media & _MACHINES if self.reaches_all else case.proposal.medium in media:
                    yield instant_of(wish.since)
        for consent in case.known.consents:
            if consent.person == case.proposal.person and consent.kind is ConsentKind.AUTOMATED and consent.revoked_at:
                yield instant_of(consent.revoked_at)

    def _again(self, case: Case, since: int) -> int:
        """Return when a new consent follows; without one it stays taken back."""
        given = (
            instant_of(consent.at)
            for consent in case.consents(ConsentKind.AUTOMATED, only_to_collector=False)
            if instant_of(consent.at) > since
        )
        return min(given, default=FOREVER)


def read(given: Parameters) -> Revoked:
    """``honour`` in business days; ``reaches_all``."""
    return Revoked(given.whole("honour", "business_days"), given.flag("reaches_all"))
