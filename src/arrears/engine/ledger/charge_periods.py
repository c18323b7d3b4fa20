"""What grew on an account by the day, period by period: on what base, at which rate, for how long, how much (P66).

Nothing is computed a second way: the ledger writes down each growth as it counts it, and the periods are those.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from arrears.domain.charging import ChargeOn
from arrears.domain.entries import Entry
from arrears.domain.terms import PPM, Terms
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.columns import EVERYTHING
from arrears.engine.ledger.rates import bound_of, interest_rate_on, late_rate_on
from arrears.engine.ledger.state import ran
from arrears.kernel.daycount import UNITS_IN_YEAR, DayCount, units_between, year_fraction
from arrears.kernel.epoch import sure_date


class Grows(StrEnum):
    """What grows."""

    LATE_CHARGE = "late_charge"
    """The daily late charge."""
    FIXED_CHARGE = "fixed_charge"
    """A late charge of one sum, by stage."""
    INTEREST = "interest"
    """Contract interest by the day."""


class Base(StrEnum):
    """On what something runs; the words for it are found by this code."""

    OVERDUE_PRINCIPAL = "overdue_principal"
    OVERDUE_INSTALMENTS = "overdue_instalments"
    OUTSTANDING = "outstanding"
    PRINCIPAL_OWED = "principal_owed"
    """All principal, due or not, less credit held."""
    INSTALMENT = "instalment"
    """One instalment that is past due; of a fixed charge, whose sum does not depend on it."""


@dataclass(frozen=True, slots=True)
class ChargePeriod:
    """From the end of ``since`` to that of ``until`` something on ``base`` grew by ``amount`` exact minor units.

    ``rate_ppm`` is the yearly rate that ran, ``agreed_ppm`` what was agreed, and ``rate_rule`` the rule that held it
    ("" where none did). ``cap_rule`` is the rule that bounded the sum in this period ("": none); ``uncapped`` is what
    it would have grown by. A fixed charge has one day, ``since`` = ``until``, its ``stage`` (a place among the fixed
    charges of the terms) and ``instalment`` (a place among those fallen due), and ``base`` 0.
    """

    since: date
    until: date
    base: int
    rate_ppm: int
    amount: Fraction
    kind: Grows = Grows.LATE_CHARGE
    base_is: Base = Base.OVERDUE_PRINCIPAL
    day_count: DayCount = DayCount.ACT_365F
    uncapped: Fraction = Fraction(0)
    cap_rule: str = ""
    agreed_ppm: int = 0
    rate_rule: str = ""
    instalment: int | None = None
    stage: int | None = None

    @property
    def days(self) -> int:
        """How many days it ran."""
        return (self.until - self.since).days

    @property
    def units(self) -> int:
        """How many units of the day count it ran; a year has `units_in_year`."""
        return units_between(self.since, self.until, self.day_count)

    @property
    def units_in_year(self) -> int:
        """How many units of the day count a year has."""
        return UNITS_IN_YEAR[self.day_count]

    @property
    def fraction(self) -> Fraction:
        """The part of a year that it ran, by its day count."""
        return year_fraction(self.since, self.until, self.day_count)

    @property
    def is_capped(self) -> bool:
        """Return whether a cap of the sum kept some of it from arising."""
        return self.amount != self.uncapped


def charge_periods(
    terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING
) -> tuple[ChargePeriod, ...]:
    """Return how the late charge of an account grew, daily and by stage, oldest first; the sum is its exact charge."""
    return tuple(each for each in growths(terms, entries, as_of, known_on) if each.kind is not Grows.INTEREST)


def interest_periods(
    terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING
) -> tuple[ChargePeriod, ...]:
    """Return how contract interest by the day grew, oldest first; the sum is all of it ever, never rounded."""
    return tuple(each for each in growths(terms, entries, as_of, known_on) if each.kind is Grows.INTEREST)


def growths(
    terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int = EVERYTHING
) -> tuple[ChargePeriod, ...]:
    """Return all periods in which something grew, by kind and day; neighbours alike are joined.

    A period ends where its base or its rate changes and at a cap; by ACT/ACT also with the calendar year.
    """
    w = ran(terms, entries, as_of, known_on).room
    found = [_period(terms, w, n) for n in range(w[r.GROWTHS_AT], w[r.GROWTHS], r.GROWTH_WIDTH)]
    parts = [
        part for kind in Grows for each in _joined(one for one in found if one.kind is kind) for part in _by_year(each)
    ]
    return tuple(sorted(parts, key=lambda each: (each.kind is Grows.INTEREST, each.since, each.until)))


_KINDS = {r.GROWTH_DAILY: Grows.LATE_CHARGE, r.GROWTH_FIXED: Grows.FIXED_CHARGE, r.GROWTH_INTEREST: Grows.INTEREST}
_BASES = {
    ChargeOn.OVERDUE_PRINCIPAL: Base.OVERDUE_PRINCIPAL,
    ChargeOn.OVERDUE_INSTALMENTS: Base.OVERDUE_INSTALMENTS,
    ChargeOn.OUTSTANDING: Base.OUTSTANDING,
}


def _period(terms: Terms, w: list[int], n: int) -> ChargePeriod:
    what, since, until, base, rate, whole, rest, is_held = w[n : n + r.GROWTH_WIDTH]
    kind = _KINDS[what]
    parts = w[r.T_INTEREST_PARTS] if kind is Grows.INTEREST else w[r.T_PARTS]
    made = ChargePeriod(
        sure_date(since), sure_date(until), base, rate, whole + Fraction(rest, parts), kind, _base(terms, kind)
    )
    if kind is Grows.FIXED_CHARGE:
        uncapped = Fraction(terms.late_charge.fixed[rate].amount_minor)
        place = (base - r.ROOM) // r.WIDTH
        made = replace(made, base=0, rate_ppm=0, uncapped=uncapped, instalment=place, stage=rate)
    else:
        made = _at_its_rate(terms, made)
    bound = bound_of(terms, w[r.OPENED]) if is_held and made.is_capped else None
    return replace(made, cap_rule=bound.rule if bound else "")


def _base(terms: Terms, kind: Grows) -> Base:
    if kind is Grows.LATE_CHARGE:
        return _BASES[terms.late_charge.on]
    return Base.INSTALMENT if kind is Grows.FIXED_CHARGE else Base.PRINCIPAL_OWED


def _at_its_rate(terms: Terms, made: ChargePeriod) -> ChargePeriod:
    is_interest = made.kind is Grows.INTEREST
    rate = (interest_rate_on if is_interest else late_rate_on)(terms, made.since + timedelta(days=1))
    by = terms.contract_interest.day_count if is_interest else terms.late_charge.day_count
    uncapped = Fraction(made.base * made.rate_ppm, PPM) * year_fraction(made.since, made.until, by)
    return replace(made, day_count=by, uncapped=uncapped, agreed_ppm=rate.agreed_ppm, rate_rule=rate.rule)


def _joined(periods: Iterable[ChargePeriod]) -> Iterator[ChargePeriod]:
    """Join neighbours that are alike, and leave out those in which nothing would have grown."""
    open_one: ChargePeriod | None = None
    for each in periods:
        if each.uncapped == 0:
            continue
        if open_one and _are_alike(open_one, each):
            amount, uncapped = open_one.amount + each.amount, open_one.uncapped + each.uncapped
            open_one = replace(open_one, until=each.until, amount=amount, uncapped=uncapped)
            continue
        if open_one:
            yield open_one
        open_one = each
    if open_one:
        yield open_one


def _are_alike(one: ChargePeriod, other: ChargePeriod) -> bool:
    is_daily = one.kind is other.kind is not Grows.FIXED_CHARGE
    is_next = one.until == other.since and one.cap_rule == other.cap_rule
    return (
        is_daily
        and is_next
        and (one.base, one.rate_ppm, one.rate_rule)
        == (
            other.base,
            other.rate_ppm,
            other.rate_rule,
        )
    )


def _by_year(period: ChargePeriod) -> Iterator[ChargePeriod]:
    """Part a period by ACT/ACT at the ends of its years, whose days weigh differently; none that a cap cut short."""
    first = date(period.since.year + 1, 1, 1)
    if period.day_count is not DayCount.ACT_ACT or period.is_capped or first >= period.until:
        yield period
        return
    share = period.amount * year_fraction(period.since, first, period.day_count) / period.fraction
    yield replace(period, until=first, amount=share, uncapped=share)
    rest = period.amount - share
    yield from _by_year(replace(period, since=first, amount=rest, uncapped=rest))
