"""What is owed and why, line by line, in words that a collector can read out (P25, P28, P66)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from arrears.domain.entries import EntryKind, taken_out
from arrears.domain.terms import PPM, ChargeOn, LateCharge, Terms
from arrears.engine.ledger.rates import late_rate_on
from arrears.engine.ledger.state import InstalmentState, State, state
from arrears.kernel.daycount import UNITS_IN_YEAR
from arrears.packs.caps import DebtOf
from arrears.packs.terms import TermsInForce, terms_in_force
from arrears.store.doors.cases import Debt, Line, entries_of
from arrears.web import spoken


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One line of what is owed: what, how much, why; ``is_late`` where it is past due."""

    what: str
    minor: int
    why: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What one debt comes to on a day."""

    debt: Debt
    terms: Terms
    state: State
    lines: tuple[OwedLine, ...]
    entries: tuple[Line, ...]
    ask_minor: int
    charge_per_day_minor: int

    @property
    def seen(self) -> tuple[Line, ...]:
        """Payments that were seen and have not cleared."""
        gone = taken_out(line.fact for line in self.entries)
        seen = (line for line in self.entries if line.fact.kind is EntryKind.PAYMENT_SEEN)
        return tuple(line for line in seen if line.fact.id not in gone)


def owed_on(debt: Debt, as_of: date) -> Owed:
    """Return what ``debt`` comes to at the end of a day, by everything known."""
    terms = terms_of(debt).terms
    entries = entries_of(debt.id)
    facts = [line.fact for line in entries]
    now = state(terms, facts, as_of)
    per_day = charge_per_day(now, terms.late_charge)
    lines = tuple(_lines(debt, terms, now, entries, per_day))
    return Owed(debt, terms, now, lines, entries, now.arrears + now.fees + now.charges, per_day)


def terms_of(debt: Debt) -> TermsInForce:
    """Return the terms as law lets them bind the debt; plain ones where the book's do not read."""
    found = terms_in_force(debt.terms, DebtOf(debt.country, debt.debt_kind, debt.consumer, debt.currency))
    return found if isinstance(found, TermsInForce) else TermsInForce(Terms(), (), tuple(found))


def charge_per_day(now: State, charge: LateCharge) -> int:
    """Return by how much the late charge grows in a day while nothing changes, in minor units, half up.

    Nothing grows while charges are frozen, or where the cap is reached; near the cap, no more than is left under it.
    """
    if now.is_frozen:
        return 0
    daily = Fraction(now.charge_base * now.charge_rate_ppm, PPM * days_in_year(charge))
    grows = max(Fraction(0), min(daily, now.charge_cap - now.charge_exact))
    return int(grows + Fraction(1, 2))


def days_in_year(charge: LateCharge) -> int:
    """Return the days that the charge's day count takes for a year, nearly so where years differ."""
    return {360: 360}.get(UNITS_IN_YEAR[charge.day_count], 365)


def _lines(debt: Debt, terms: Terms, now: State, entries: tuple[Line, ...], per_day: int) -> Iterator[OwedLine]:
    unpaid = [one for one in now.instalments if one.unpaid]
    for one in unpaid:
        yield _instalment(one, now, debt.currency)
    if rest := now.principal - sum(one.unpaid_principal for one in unpaid):
        yield OwedLine(_("Principal not yet due"), rest)
    if rest := now.interest - sum(one.unpaid_interest for one in unpaid):
        yield OwedLine(_("Interest"), rest, is_late=True)
    if now.fees:
        yield OwedLine(_("Fees and costs"), now.fees, _fees(entries, debt.currency), is_late=True)
    if now.charges:
        yield OwedLine(_("Late charge"), now.charges, charge_words(terms, now, debt.currency, per_day), is_late=True)
    if now.credit:
        yield OwedLine(_("Paid ahead"), -now.credit)


def _instalment(one: InstalmentState, now: State, currency: str) -> OwedLine:
    due = spoken.day(one.due)
    what = _("Instalment %(number)s, due %(day)s") % {"number": one.number, "day": due}
    if one.number <= 0:
        what = _("Fell due %(day)s") % {"day": due}
    return OwedLine(what, one.unpaid, _parts(one, currency), is_late=one.is_short and one.due < now.as_of)


def _parts(one: InstalmentState, currency: str) -> str:
    parts = [(_("principal %(amount)s"), one.unpaid_principal), (_("interest %(amount)s"), one.unpaid_interest)]
    words = ", ".join(said % {"amount": spoken.money(minor, currency)} for said, minor in parts if minor)
    if one.unpaid < one.amount:
        words += _("; of %(amount)s, %(paid)s is paid") % {
            "amount": spoken.money(one.amount, currency),
            "paid": spoken.money(one.amount - one.unpaid, currency),
        }
    if not one.is_short:
        words += _("; small enough not to count as late")
    return words


def _fees(entries: tuple[Line, ...], currency: str) -> str:
    facts = [line.fact for line in entries if line.fact.kind in {EntryKind.FEE, EntryKind.COST}]
    return "; ".join(f"{spoken.day(fact.value_date)}: {spoken.money(fact.amount, currency)}" for fact in facts[-4:])


def charge_words(terms: Terms, now: State, currency: str, per_day: int) -> str:
    """Return how the late charge is computed, in a sentence or three."""
    charge, rate = terms.late_charge, late_rate_on(terms, now.as_of)
    said = _("%(rate)s a year while principal was overdue, by the day")
    if now.charge_base and charge.on is ChargeOn.OVERDUE_PRINCIPAL:
        said = _("%(rate)s a year on %(base)s of overdue principal, by the day")
    elif now.charge_base:
        said = _("%(rate)s a year on %(base)s, by the day")
    words = [said % {"rate": percent(rate.ppm), "base": spoken.money(now.charge_base, currency)}]
    if charge.grace_days:
        words.append(_("from %(days)s days after each due date") % {"days": charge.grace_days})
    if per_day:
        words.append(_("%(amount)s more each day") % {"amount": spoken.money(per_day, currency)})
    if rate.ppm < rate.agreed_ppm:
        words.append(_("held at the cap of %(rate)s") % {"rate": percent(rate.ppm)})
    if now.charges_settled:
        words.append(_("%(paid)s of it is already settled") % {"paid": spoken.money(now.charges_settled, currency)})
    return "; ".join(words)


def percent(ppm: int) -> str:
    """Return parts per million as a percentage with as many digits as it needs; in Chinese without a space."""
    space = "" if spoken.language() == "zh" else " "
    return f"{spoken.number(Decimal(ppm) / 10_000)}{space}%"


def cost_of_waiting(found: Owed, days: int) -> int:
    """Return by how much late charge and contract interest grow in the days to come if nothing is paid (P25)."""
    facts = [line.fact for line in found.entries]
    later = state(found.terms, facts, found.state.as_of + timedelta(days=days))
    return later.charges - found.state.charges + later.accrued - found.state.accrued
