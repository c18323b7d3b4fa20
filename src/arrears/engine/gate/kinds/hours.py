"""Contact only in the hours of a week, by every clock the person may live under, or in hours they agreed to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from arrears.domain.holds import ConsentKind, WeeklyWindow
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.columns import Columns, Days
from arrears.engine.gate.local import hours_in_all, instant_in, local_reading
from arrears.engine.gate.noons import NOON, first_open_day
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.engine.gate.words import Readings
from arrears.kernel.calendars import Place
from arrears.kernel.epoch import sure_date
from arrears.kernel.intervals import NEVER, Intervals


@dataclass(frozen=True, slots=True)
class Hours(Evaluator):
    """``clock`` names the one zone a law goes by; without it, all candidate zones of the person count.

    ``unless_agreed``: hours the person agreed to are open; ``when_named``: only hours that they named, not a plain yes.
    ``several_clocks``: the rule speaks only where more than one place is possible.
    """

    windows: tuple[WeeklyWindow, ...]
    clock: str | None
    closed: Place | None
    unless_agreed: bool
    when_named: bool
    several_clocks: bool = False
    stage = Stage.TIME
    fact_names = frozenset({"local", "open"})

    def bars(self, case: Case) -> Iterable[Finding]:
        zones = (self.clock,) if self.clock else case.zones
        if not zones:
            yield lacking("person.timezones")
            return
        if self.several_clocks and len(zones) == 1:
            return
        allowed = hours_in_all(zones, self.windows, case.first_day, case.last_day, self.closed)
        yield Finding(case.horizon - allowed - self._agreed(case, zones), self._facts(case, zones))

    def facts(self, case: Case, _at: int, /) -> Mapping[str, object]:
        return self._facts(case, (self.clock,) if self.clock else case.zones)

    def _agreed(self, case: Case, zones: tuple[str, ...]) -> Intervals:
        if not self.unless_agreed:
            return NEVER
        agreed = NEVER
        for consent in case.consents(ConsentKind.HOURS, only_to_collector=False):
            while_it_lasts = lasting(consent.at, consent.ends())
            if consent.windows:
                agreed |= while_it_lasts & hours_in_all(zones, consent.windows, case.first_day, case.last_day)
            elif not self.when_named:
                agreed |= while_it_lasts
        return agreed

    def _facts(self, case: Case, zones: tuple[str, ...]) -> Mapping[str, object]:
        readings = Readings(tuple((local_reading(zone, case.around), zone) for zone in zones))
        return {"local": readings, "open": ", ".join(map(said, self.windows))}

    def free_day(self, columns: Columns, days: Days) -> Days:
        return first_open_day(columns, days, self._is_open_at_noon)

    def _is_open_at_noon(self, zones: tuple[str, ...], day: int) -> bool:
        noon = instant_in(zones[0], sure_date(day), NOON)
        clocks = (self.clock,) if self.clock else zones
        return noon in hours_in_all(clocks, self.windows, day - 2, day + 2, self.closed)


def said(window: WeeklyWindow) -> str:
    """Return a window in figures every language reads: days as numbers, Monday 1, and hours."""
    days = "" if len(window.days) == 7 else "/".join(str(day + 1) for day in sorted(window.days)) + " "  # noqa: PLR2004 -- days of a week
    return f"{days}{window.start:%H:%M}–{window.until:%H:%M}"


def read(given: Parameters) -> Hours:
    """``open``: windows; ``clock``: a zone; ``closed_on_holidays_of``: a place.

    ``unless_agreed``, ``when_named``, ``several_clocks``: yes or no.
    """
    return Hours(
        given.windows("open"),
        given.text("clock"),
        given.place("closed_on_holidays_of"),
        given.flag("unless_agreed"),
        given.flag("when_named"),
        given.flag("several_clocks"),
    )
