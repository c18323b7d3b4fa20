"""Late charges and daily interest, period by period, from the ledger's own growths; rounded once."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from arrears.domain.entries import Entry
from arrears.domain.terms import Terms
from arrears.engine.computation.lines import Kind, Line, Section, Value
from arrears.engine.computation.phrases import CapSaid
from arrears.engine.ledger.charge_periods import charge_periods
from arrears.engine.ledger.state import State
from arrears.kernel.daycount import UNITS_IN_YEAR, DayCount, units_between
from arrears.kernel.texts import Text


def charges_section(terms: Terms, entries: Sequence[Entry], found: State, caps: Sequence[CapSaid]) -> Section:
    """Return all late charges up to the day of a state, oldest first, and the rounding to what is shown."""
    del caps
    periods = charge_periods(terms, entries, found.as_of, found.known_on)
    by = terms.late_charge.day_count
    lines = [_period(one.since, one.until, one.base, one.rate_ppm, one.amount, by) for one in periods]
    return _rounded(lines, found.charges + found.charges_settled)


def accrued_section(terms: Terms, entries: Sequence[Entry], found: State, caps: Sequence[CapSaid]) -> Section:
    """Return the contract's interest by the day, as `charges_section` does."""
    del terms, entries, found, caps
    return Section((), 0)


def _period(since: object, until: object, base: int, rate: int, amount: Fraction, by: DayCount) -> Line:
    from datetime import date

    assert isinstance(since, date)
    assert isinstance(until, date)
    values: dict[str, Value] = {
        "since": ("day", since),
        "until": ("day", until),
        "base": ("money", base),
        "rate": ("rate", rate),
        "days": ("number", (until - since).days),
        "units": ("number", units_between(since, until, by)),
        "year": ("number", UNITS_IN_YEAR[by]),
    }
    return Line(Kind.PERIOD, _PERIOD, amount, until, values=values)


def _rounded(lines: list[Line], total: int) -> Section:
    exact = sum((line.amount for line in lines), Fraction(0))
    if exact != total:
        lines = [*lines, Line(Kind.ROUNDING, _ROUNDING, total - exact)]
    return Section(tuple(lines), total)


_PERIOD: Final = Text(
    "After {since} up to {until}: {base} × {rate} a year × {units} / {year} ({days} days)",
    "Después del {since} hasta el {until}: {base} × {rate} anual × {units} / {year} ({days} días)",
    "{since} 次日至 {until}：{base} × 年率 {rate} × {units} / {year}（{days} 天）",
)
_ROUNDING: Final = Text("Rounded once, to whole units", "Redondeo, una sol vez, a unidades enteras", "一次性取整")
