"""The hours of one day in which people under the same clocks may be contacted, read off the gate's own bars."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Final

from arrears.domain.contacts import Channel, DisclosureBasis, Purpose, Role
from arrears.engine.gate import Collector, CollectorKind, Debt, DebtStatus, Known, Proposal, RuleBook, Settings
from arrears.engine.gate.asking import PLAIN, Case
from arrears.engine.gate.judging import Heard, hear
from arrears.engine.gate.local import days, instant_in
from arrears.engine.gate.rules import Severity
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import SECOND, moment_of, union

CLOCK_RULES: Final = frozenset({"hours"})
"""The kinds of rule that depend on nothing but place, clock and calendar."""

_CLOSED: Final = (0, 0)


def opening_of(
    book: RuleBook,
    on: date,
    *,
    places: tuple[str, ...],
    zones: tuple[str, ...],
    collector: CollectorKind | None = None,
    settings: Settings = PLAIN,
) -> tuple[int, int]:
    """Return the minutes of the local day ``[opens, closes)`` in which a call is open to somebody under all ``zones``.

    Minutes are those of the first zone's clock. Hours with a break in the middle count from the first opening to the
    last closing: the gate is asked again at the moment of contact. (0, 0) where no minute is open, no zone is known.
    """
    if not zones:
        return _CLOSED
    whole_day = days(zones[0], epoch_day(on), epoch_day(on))
    case = Case.of(_plain_call(on, zones[0], places, collector), Known(zones=zones, places=places))
    open_hours = whole_day - union(heard.barred for heard in _by_the_clock(hear(book, case, settings)))
    if not open_hours:
        return _CLOSED
    midnight = instant_in(zones[0], on, time(0))
    first, last = open_hours.spans[0].start, open_hours.spans[-1].until
    return (first - midnight) // (60 * SECOND), -((midnight - last) // (60 * SECOND))


def _by_the_clock(heard: Iterable[Heard]) -> Iterable[Heard]:
    return (one for one in heard if one.rule.kind in CLOCK_RULES and one.rule.severity is Severity.BLOCK)


def _plain_call(on: date, zone: str, places: tuple[str, ...], collector: CollectorKind | None) -> Proposal:
    """Return a call to a debtor of whom nothing is known but where they are, at noon of their day."""
    noon = moment_of(instant_in(zone, on, time(12))) or datetime.combine(on, time(12), UTC)
    debt = Debt(id=0, status=DebtStatus.OPEN, consumer_purpose=True, place=places[0] if places else None)
    return Proposal(
        at=noon,
        collector=Collector(organisation=0, kind=collector),
        person=0,
        role=Role.DEBTOR,
        basis=DisclosureBasis.LIABLE,
        debts=(debt,),
        channel=Channel.CALL,
        purpose=Purpose.COLLECT,
    )
