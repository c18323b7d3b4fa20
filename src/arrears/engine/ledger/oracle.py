"""The ledger said slowly: one account, day by day, with fractions. Read it to know the rules; tests hold `state` to it.

Nothing here is shared with `loop`: no anchors, no carry, no places in a row. Each morning the day's
interest and late charges are added, on what was owed when the day began, what falls due falls due, and fixed charges
come to their stage; then the entries of the day are taken in, in their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from arrears.domain.charging import ChargeOn, Each
from arrears.domain.entries import CASH_KINDS, Entry, EntryKind, in_order
from arrears.domain.terms import PPM, Terms
from arrears.domain.waterfalls import Order, Pays, Waterfall, order_of, order_with
from arrears.engine.ledger.oracle_rates import bounds, interest_rate, late_rate
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
    is_spared: bool = False
    stages: set[int] = field(default_factory=set)

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
    costs: int = 0
    credit: int = 0
    charge: Fraction = Fraction(0)
    charge_settled: int = 0
    accrued: Fraction = Fraction(0)
    accrued_settled: int = 0
    diverted: int = 0
    charged_off: int = 0
    paid: int = 0
    pending: int = 0
    wasted: int = 0
    is_accelerated: bool = False
    is_sold: bool = False
    deferred_to: date = date.min
    frozen_until: date = date.min
    stages_of_spell: set[int] = field(default_factory=set)

    def is_short(self, each: Due, unpaid: int | None = None) -> bool:
        """Return whether an instalment that has fallen due is unpaid beyond its tolerance."""
        short_by = Fraction(each.unpaid if unpaid is None else unpaid)
        by_share = Fraction(each.amount * self.terms.tolerance_ppm, PPM)
        return each.has_fallen and short_by > 0 and short_by >= max(by_share, Fraction(self.terms.tolerance_minor))

    def fallen(self) -> Iterator[Due]:
        """Return instalments that have fallen due, the oldest first."""
        return (each for each in self.instalments if each.has_fallen)

    def overdue(self, day: date) -> list[Due]:
        """Return the instalments that carry a late charge: unpaid, beyond their grace, and not spared."""
        grace = timedelta(days=self.terms.late_charge.grace_days)
        return [
            each
            for each in self.fallen()
            if self.is_short(each) and not each.is_spared and each.ages_from + grace <= day
        ]

    def overdue_principal(self, day: date) -> int:
        """Return the principal of these."""
        return sum(each.principal for each in self.overdue(day))

    def charge_base(self, day: date) -> int:
        """Return on what the daily late charge runs."""
        overdue = self.overdue(day)
        match self.terms.late_charge.on:
            case ChargeOn.OVERDUE_PRINCIPAL:
                return sum(each.principal for each in overdue)
            case ChargeOn.OVERDUE_INSTALMENTS:
                return sum(each.unpaid for each in overdue)
            case ChargeOn.OUTSTANDING:
                due = sum(each.unpaid for each in self.fallen() if not each.is_spared)
                return due + self.undue + self.fees + self.costs if overdue else 0

    @property
    def charges(self) -> int:
        """The late charge as shown and payable."""
        return max(0, rounded_fraction(self.charge, self.terms.late_charge.rounding) - self.charge_settled)

    @property
    def accrued_owed(self) -> int:
        """Contract interest by day as shown and payable."""
        return max(0, rounded_fraction(self.accrued, self.terms.contract_interest.rounding) - self.accrued_settled)

    @property
    def principal(self) -> int:
        """Principal owed, due or not."""
        return self.undue + sum(each.principal for each in self.fallen())

    @property
    def interest(self) -> int:
        """Interest due and unpaid, that of instalments and that by day."""
        return sum(each.interest for each in self.fallen()) + self.accrued_owed

    @property
    def book(self) -> int:
        """What the creditor carries: late charges and interest by day are none of it."""
        owed = self.principal + self.interest - self.accrued_owed + self.fees + self.costs - self.credit
        return 0 if self.is_sold else max(0, owed - self.charged_off)

    def pass_night(self, morning: date) -> None:
        """Add what the day that ends with this morning brought; let come what the morning brings."""
        yesterday = morning - _A_DAY
        if yesterday >= self.frozen_until:
            self._charge_a_day(yesterday, morning)
        self._let_fall(morning)
        self._charge_by_stage(morning)

    def _charge_a_day(self, yesterday: date, morning: date) -> None:
        late, interest = self.terms.late_charge, self.terms.contract_interest
        part = year_fraction(yesterday, morning, late.day_count)
        self._add_charge(Fraction(self.charge_base(yesterday) * late_rate(self.terms, morning), PPM) * part)
        part = year_fraction(yesterday, morning, interest.day_count)
        base = max(0, self.principal - self.credit)
        self.accrued += Fraction(base * interest_rate(self.terms, morning), PPM) * part

    def _charge_by_stage(self, morning: date) -> None:
        late = self.terms.late_charge
        for number, stage in enumerate(late.fixed):
            days = timedelta(days=max(stage.days_past_due, late.grace_days + 1))
            for each in list(self.fallen()):
                has_come = each.ages_from + days == morning and number not in each.stages
                if not has_come or not self.is_short(each) or each.is_spared:
                    continue
                each.stages.add(number)
                if morning <= self.frozen_until or (stage.each is Each.SPELL and number in self.stages_of_spell):
                    continue
                self.stages_of_spell.add(number)
                self._add_charge(Fraction(stage.amount_minor))

    def _add_charge(self, more: Fraction) -> None:
        if more:
            self.charge = max(self.charge, min([self.charge + more, *bounds(self.terms, self.opened)]))

    def _let_fall(self, day: date) -> None:
        for each in self.instalments:
            if not each.has_fallen and each.due <= day:
                was_on_time = not any(self.is_short(other) for other in self.fallen())
                each.has_fallen = True
                each.due = each.ages_from = day
                each.principal = min(each.principal, self.undue)
                each.amount = each.unpaid
                self.undue -= each.principal
                if was_on_time and self.is_short(each):
                    self.stages_of_spell.clear()
                self.pay(self.terms.waterfall, day)

    def _list(self, due: date, principal: int, interest: int, *, is_counted: bool) -> None:
        self.instalments.append(Due(due, due, principal, interest, is_counted))

    def pay(self, waterfall: Waterfall | Order, day: date) -> None:
        """Pay out of credit whatever is due, in the order asked."""
        if not self.credit:
            return
        order = order_of(waterfall)
        is_paid_together = False
        for part in order.parts:
            if order.by_instalment and part in {Pays.INTEREST, Pays.PRINCIPAL}:
                if not is_paid_together:
                    self._pay_together(part)
                is_paid_together = True
            else:
                self._pay_part(part)
        if self.diverted:
            self._spare(day)

    def _pay_together(self, first: Pays) -> None:
        if first is Pays.INTEREST:
            self._pay_accrued()
        for each in self.fallen():
            if first is Pays.INTEREST:
                self._pay_interest(each)
            self._pay_principal(each)
            self._pay_interest(each)
        self._pay_accrued()

    def _pay_part(self, part: Pays) -> None:
        match part:
            case Pays.COSTS:
                self.costs -= self._spend(self.costs)
            case Pays.FEES:
                self.fees -= self._spend(self.fees)
            case Pays.CHARGES:
                spent = self._spend(self.charges)
                self.charge_settled += spent
                self.diverted += spent
            case Pays.INTEREST:
                self._pay_accrued()
                for each in self.fallen():
                    self._pay_interest(each)
            case Pays.PRINCIPAL:
                for each in self.fallen():
                    self._pay_principal(each)

    def _spend(self, most: int) -> int:
        spent = min(self.credit, most)
        self.credit -= spent
        return spent

    def _pay_interest(self, each: Due) -> None:
        each.interest -= self._spend(each.interest)

    def _pay_principal(self, each: Due) -> None:
        each.principal -= self._spend(each.principal)

    def _pay_accrued(self) -> None:
        self.accrued_settled += self._spend(self.accrued_owed)

    def _spare(self, day: date) -> None:
        """Spare what would have been met in time had nothing gone to late charges."""
        grace = timedelta(days=self.terms.late_charge.grace_days)
        to_lay_against = self.diverted
        for each in self.fallen():
            covered = min(each.unpaid, to_lay_against)
            to_lay_against -= covered
            if self.is_short(each) and not self.is_short(each, each.unpaid - covered) and day <= each.ages_from + grace:
                each.is_spared = True
        self._forget_diverted()

    def _forget_diverted(self) -> None:
        if not self.credit:
            self.diverted = min(self.diverted, sum(each.unpaid for each in self.fallen()))

    def waive(self, amount: int, principal: int) -> None:
        """Take off principal, oldest due first; of the rest late charges, then fees, costs, interest."""
        rest = amount - principal
        charges = min(rest, self.charges)
        fees = min(rest - charges, self.fees)
        costs = min(rest - charges - fees, self.costs)
        accrued = min(rest - charges - fees - costs, self.accrued_owed)
        self.charge_settled += charges
        self.fees -= fees
        self.costs -= costs
        self.accrued_settled += accrued
        rest -= charges + fees + costs + accrued
        for each in self.fallen():
            less, less_interest = min(principal, each.principal), min(rest, each.interest)
            each.principal -= less
            each.interest -= less_interest
            principal -= less
            rest -= less_interest
        less = min(principal, self.undue)
        self.undue -= less
        self.wasted += principal - less + rest
        self._forget_diverted()

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
                self._add_fee(entry)
            case EntryKind.ADJUSTMENT if amount >= 0:
                self._add_principal(principal, day)
                self.fees += amount - principal
                self.pay(self.terms.waterfall, day)
            case EntryKind.ADJUSTMENT:
                self.waive(-amount, -principal)
            case kind if kind in CASH_KINDS:
                self.paid += amount
                self.credit += amount
                self.pay(order_with(entry.detail) or self.terms.waterfall, day)
            case _:
                self._take_rare(entry)
        self._let_fall(day)

    def _add_fee(self, entry: Entry) -> None:
        if entry.kind is EntryKind.COST:
            self.costs += entry.amount
        else:
            self.fees += entry.amount
        self.pay(self.terms.waterfall, entry.value_date)

    def _take_rare(self, entry: Entry) -> None:
        day, amount, principal = entry.value_date, entry.amount, entry.principal
        match entry.kind:
            case EntryKind.WAIVER | EntryKind.SETTLEMENT:
                self.waive(amount, principal)
            case EntryKind.ACCELERATION | EntryKind.PAYOFF:
                self.accelerate(day)
            case EntryKind.CHARGE_OFF:
                self.charged_off += amount
            case EntryKind.SALE:
                self.is_sold = True
            case EntryKind.PAYMENT_SEEN:
                self.pending += amount
            case _:
                self._shift(entry)

    def _shift(self, entry: Entry) -> None:
        match entry.kind:
            case EntryKind.RE_AGE:
                for each in self.fallen():
                    each.ages_from = entry.value_date if each.unpaid else each.ages_from
            case EntryKind.DEFERRAL:
                self.deferred_to = max(self.deferred_to, _epoch_date(entry.detail))
                for each in self.instalments:
                    each.due = each.due if each.has_fallen else max(each.due, self.deferred_to)
            case EntryKind.CHARGE_FREEZE:
                self.frozen_until = _epoch_date(entry.detail)
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


def _epoch_date(day: int) -> date:
    return date.fromordinal(min(day + date(1970, 1, 1).toordinal(), date.max.toordinal()))


def _stands(entry: Entry, known: Sequence[Entry]) -> bool:
    """Return whether nothing that came later has taken ``entry`` out and still does so itself."""
    takers = [each for each in known if each.reverses == entry.id and each.id > entry.id]
    return not any(taker.kind is not EntryKind.REVERSAL or _stands(taker, known) for taker in takers)


def told(terms: Terms, entries: Sequence[Entry], as_of: date, known_on: int) -> Oracle:
    """Return the account at the end of ``as_of`` by what was known on a book day."""
    known = [entry for entry in entries if entry.book_day <= known_on]
    living = sorted((entry for entry in known if _stands(entry, known)), key=in_order)
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
