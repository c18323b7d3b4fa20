"""The ledger said slowly: one account, day by day, with fractions. Read it to know the rules; tests hold `state` to it.

Nothing here is shared with `loop`: no anchors, no carry, no places in a row. Each morning the late charge of the day
before is added; then the entries of the day are taken in, in their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from arrears.domain.entries import CASH_KINDS, Entry, EntryKind, in_order
from arrears.domain.terms import PPM, Terms, Waterfall
from arrears.kernel.daycount import year_fraction
from arrears.kernel.rounding import rounded_fraction

_A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Due:
    """An instalment as it is listed, falls due and is paid."""

    due: date
    ages_from: date
    principal: int
    interest: int
    is_counted: bool
    amount: int = 0
    has_fallen: bool = False

    @property
    def unpaid(self) -> int:
        """What is unpaid of it."""
        return self.principal + self.interest


@dataclass(slots=True)
class Oracle:
    """One account while its days are told; `told` makes it."""

    terms: Terms
    instalments: list[Due] = field(default_factory=list)
    undue: int = 0
    opened: int = 0
    fees: int = 0
    credit: int = 0
    charge: Fraction = Fraction(0)
    charge_settled: int = 0
    charged_off: int = 0
    paid: int = 0
    pending: int = 0
    wasted: int = 0
    is_accelerated: bool = False
    is_sold: bool = False
    deferred_to: date = date.min

    def is_short(self, each: Due) -> bool:
        """Return whether an instalment that has fallen due is unpaid beyond its tolerance."""
        short_by = Fraction(each.unpaid)
        by_share = Fraction(each.amount * self.terms.tolerance_ppm, PPM)
        return each.has_fallen and each.unpaid > 0 and short_by >= max(by_share, Fraction(self.terms.tolerance_minor))

    def fallen(self) -> Iterator[Due]:
        """Return instalments that have fallen due, the oldest first."""
        return (each for each in self.instalments if each.has_fallen)

    def overdue_principal(self, day: date) -> int:
        """Return the base of the late charge: principal of unpaid instalments whose grace has ended."""
        grace = timedelta(days=self.terms.late_charge.grace_days)
        return sum(each.principal for each in self.fallen() if self.is_short(each) and each.ages_from + grace <= day)

    @property
    def charges(self) -> int:
        """The late charge as shown and payable."""
        return max(0, rounded_fraction(self.charge, self.terms.late_charge.rounding) - self.charge_settled)

    @property
    def principal(self) -> int:
        """Principal owed, due or not."""
        return self.undue + sum(each.principal for each in self.fallen())

    @property
    def interest(self) -> int:
        """Interest due and unpaid."""
        return sum(each.interest for each in self.fallen())

    @property
    def book(self) -> int:
        """What the creditor carries: late charges are none of it."""
        owed = self.principal + self.interest + self.fees - self.credit
        return 0 if self.is_sold else max(0, owed - self.charged_off)

    def pass_night(self, morning: date) -> None:
        """Add the late charge of the day that ends with this morning, and let what was deferred to it fall due."""
        charge = self.terms.late_charge
        yesterday = morning - _A_DAY
        base = self.overdue_principal(yesterday)
        more = Fraction(base * charge.rate, PPM) * year_fraction(yesterday, morning, charge.day_count)
        if more:
            self.charge = max(self.charge, min(self.charge + more, *self._caps()))
        self._let_fall(morning)

    def _caps(self) -> list[Fraction]:
        charge = self.terms.late_charge
        by_share = Fraction(self.opened * charge.cap_ppm // PPM)
        return [
            Fraction(charge.cap_minor) if charge.cap_minor else Fraction(2**62),
            by_share if charge.cap_ppm else Fraction(2**62),
        ]

    def _let_fall(self, day: date) -> None:
        for each in self.instalments:
            if not each.has_fallen and each.due <= day:
                each.has_fallen = True
                each.due = each.ages_from = day
                each.principal = min(each.principal, self.undue)
                each.amount = each.unpaid
                self.undue -= each.principal
                self.pay(self.terms.waterfall)

    def _list(self, due: date, principal: int, interest: int, *, is_counted: bool) -> None:
        self.instalments.append(Due(due, due, principal, interest, is_counted))

    def pay(self, order: Waterfall) -> None:
        """Pay out of credit whatever is due, in the order asked."""
        if not self.credit:
            return
        if order in {Waterfall.CHARGES_INTEREST_PRINCIPAL, Waterfall.COSTS_INTEREST_PRINCIPAL}:
            first = [self._pay_charges, self._pay_fees]
            for pay in first if order is Waterfall.CHARGES_INTEREST_PRINCIPAL else reversed(first):
                pay()
        one_by_one = order in {Waterfall.INTEREST_PRINCIPAL_CHARGES, Waterfall.CHARGES_INTEREST_PRINCIPAL}
        if one_by_one:
            for each in self.fallen():
                self._pay_interest(each)
                self._pay_principal(each)
        else:
            passes = [self._pay_interest, self._pay_principal]
            for pay_part in passes if order is Waterfall.COSTS_INTEREST_PRINCIPAL else reversed(passes):
                for each in self.fallen():
                    pay_part(each)
        self._pay_fees()
        self._pay_charges()

    def _spend(self, most: int) -> int:
        spent = min(self.credit, most)
        self.credit -= spent
        return spent

    def _pay_interest(self, each: Due) -> None:
        each.interest -= self._spend(each.interest)

    def _pay_principal(self, each: Due) -> None:
        each.principal -= self._spend(each.principal)

    def _pay_fees(self) -> None:
        self.fees -= self._spend(self.fees)

    def _pay_charges(self) -> None:
        self.charge_settled += self._spend(self.charges)

    def waive(self, amount: int, principal: int) -> None:
        """Take off principal, oldest due first; of the rest late charges, then fees, then interest."""
        rest = amount - principal
        charges = min(rest, self.charges)
        fees = min(rest - charges, self.fees)
        self.charge_settled += charges
        self.fees -= fees
        rest -= charges + fees
        for each in self.fallen():
            less, less_interest = min(principal, each.principal), min(rest, each.interest)
            each.principal -= less
            each.interest -= less_interest
            principal -= less
            rest -= less_interest
        less = min(principal, self.undue)
        self.undue -= less
        self.wasted += principal - less + rest

    def accelerate(self, day: date) -> None:
        """Let everything fall due."""
        self.is_accelerated = True
        for each in self.instalments:
            each.due = day if not each.has_fallen else each.due
        self._let_fall(day)
        if self.undue:
            self._list(day, self.undue, 0, is_counted=False)
            self._let_fall(day)

    def take(self, entry: Entry) -> None:
        """Take one entry in."""
        day, amount, principal = entry.value_date, entry.amount, entry.principal
        match entry.kind:
            case EntryKind.OPENING:
                self.opened += principal
                self._add_principal(principal, day)
                if amount > principal:
                    latest = max((each.due for each in self.instalments), default=day)
                    self._list(max(day, latest), 0, amount - principal, is_counted=False)
            case EntryKind.INSTALMENT_DUE:
                if not self.is_accelerated:
                    self._list(max(day, self.deferred_to), principal, amount - principal, is_counted=True)
            case EntryKind.FEE | EntryKind.COST:
                self.fees += amount
                self.pay(self.terms.waterfall)
            case EntryKind.ADJUSTMENT if amount >= 0:
                self._add_principal(principal, day)
                self.fees += amount - principal
                self.pay(self.terms.waterfall)
            case EntryKind.ADJUSTMENT:
                self.waive(-amount, -principal)
            case kind if kind in CASH_KINDS:
                self.paid += amount
                self.credit += amount
                self.pay(Waterfall(entry.detail) if entry.detail else self.terms.waterfall)
            case _:
                self._take_rare(entry)
        self._let_fall(day)

    def _take_rare(self, entry: Entry) -> None:
        day, amount, principal = entry.value_date, entry.amount, entry.principal
        match entry.kind:
            case EntryKind.WAIVER | EntryKind.SETTLEMENT:
                self.waive(amount, principal)
            case EntryKind.ACCELERATION | EntryKind.PAYOFF:
                self.accelerate(day)
            case EntryKind.RE_AGE:
                for each in self.fallen():
                    each.ages_from = day if each.unpaid else each.ages_from
            case EntryKind.DEFERRAL:
                self.deferred_to = max(self.deferred_to, date.fromordinal(entry.detail + date(1970, 1, 1).toordinal()))
            case EntryKind.CHARGE_OFF:
                self.charged_off += amount
            case EntryKind.SALE:
                self.is_sold = True
            case EntryKind.PAYMENT_SEEN:
                self.pending += amount
            case _:
                pass  # a reversal speaks through what it takes out

    def _add_principal(self, principal: int, day: date) -> None:
        self.undue += principal
        if self.is_accelerated and principal:
            self.accelerate(day)

    def oldest_unpaid(self) -> date | None:
        """Return the date from which the oldest unpaid instalment ages."""
        return next((each.ages_from for each in self.fallen() if self.is_short(each)), None)

    def days_past_due(self, day: date) -> int:
        """Return the days since then."""
        oldest = self.oldest_unpaid()
        return (day - oldest).days if oldest else 0

    def arrears(self, day: date) -> int:
        """Return what is past due: what ages from today is not."""
        return sum(each.unpaid for each in self.fallen() if self.is_short(each) and each.ages_from < day)


def told(terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int) -> Oracle:
    """Return the account at the end of ``as_of`` by what was known on a book day."""
    known = [entry for entry in entries if entry.book_day <= known_on]
    taken_out = {entry.reverses for entry in known if entry.reverses}
    living = sorted((entry for entry in known if entry.id not in taken_out), key=in_order)
    account = Oracle(terms)
    if not living:
        return account
    day = living[0].value_date
    while day <= as_of:
        account.pass_night(day)
        for entry in living:
            if entry.value_date == day:
                account.take(entry)
        day += _A_DAY
    return account
