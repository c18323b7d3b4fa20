"""The hours of one day in which people under the same clocks may be contacted, read off the gate's own bars."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Final

from arrears.domain.contacts import Channel, DisclosureBasis, Purpose, Role
from arrears.engine.allocate.waves import MINUTES_OF_DAY
from arrears.engine.gate import Collector, CollectorKind, Debt, DebtStatus, Known, Proposal, RuleBook, Settings
from arrears.engine.gate.asking import PLAIN, Case
from arrears.engine.gate.judging import Heard, hear
from arrears.engine.gate.local import days, instant_in, local_reading
from arrears.engine.gate.rules import Severity
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import moment_of, union

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
    chosen = (settings.only, settings.switched_on, settings.by_choice, *sorted(settings.limits.items()))
    key = (book.version, on, places, zones, collector, chosen)
    if key not in _FOUND:
        if len(_FOUND) >= _MOST_KEPT:
            _FOUND.clear()
        _FOUND[key] = _opening(book, on, places, zones, collector, settings)
    return _FOUND[key]


#: Openings worked out already: a book of a million people knows a few hundred.
_FOUND: Final[dict[object, tuple[int, int]]] = {}
_MOST_KEPT: Final = 8_192


def _opening(
    book: RuleBook,
    on: date,
    places: tuple[str, ...],
    zones: tuple[str, ...],
    collector: CollectorKind | None,
    settings: Settings,
) -> tuple[int, int]:
    whole_day = days(zones[0], epoch_day(on), epoch_day(on))
    case = Case.of(_plain_call(on, zones[0], places, collector), Known(zones=zones, places=places))
    open_hours = whole_day - union(heard.barred for heard in _by_the_clock(hear(book, case, settings)))
    if not open_hours:
        return _CLOSED
    first, last = open_hours.spans[0].start, open_hours.spans[-1].until
    return _on_the_wall(zones[0], on, first), _on_the_wall(zones[0], on, last)


def _on_the_wall(zone: str, on: date, instant: int) -> int:
    """Return the minute that the clock shows, a part of one counted as whole; the end of the day is minute 1440."""
    shown = local_reading(zone, instant)
    if shown.date() > on:
        return MINUTES_OF_DAY
    return shown.hour * 60 + shown.minute + bool(shown.second or shown.microsecond)


def _by_the_clock(heard: Iterable[Heard]) -> Iterable[Heard]:
    """Yield the rules on hours; those for some debts only are asked when it is known which debt it is about."""
    return (
        one
        for one in heard
        if one.rule.kind in CLOCK_RULES and one.rule.severity is Severity.BLOCK and not one.rule.is_narrowed
    )


def _plain_call(on: date, zone: str, places: tuple[str, ...], collector: CollectorKind | None) -> Proposal:
    """Return a call about an overdue consumer debt, to a debtor of whom nothing else is known, at noon of their day."""
    noon = moment_of(instant_in(zone, on, time(12))) or datetime.combine(on, time(12), UTC)
    debt = Debt(
        id=0,
        status=DebtStatus.OPEN,
        consumer_purpose=True,
        in_default_when_obtained=True,
        place=places[0] if places else None,
    )
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
