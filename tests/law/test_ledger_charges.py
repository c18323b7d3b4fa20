"""Interest, late charges and waterfalls on accounts worked out by hand, to the cent."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from tests.law.test_ledger_worked import LOAN, account, on

from arrears.domain.charging import Cap, ChargeOn, ContractInterest, DatedRate, Each, FixedCharge, LateCharge
from arrears.domain.position import Flag
from arrears.domain.terms import Terms
from arrears.domain.waterfalls import Order, Pays, Waterfall, whole_order
from arrears.engine.ledger import by_day
from arrears.engine.ledger.position import position
from arrears.engine.ledger.rates import Bound, bound_of, interest_rate_on, late_rate_on
from arrears.engine.ledger.state import Part, State, state
from arrears.kernel.daycount import DayCount
from arrears.kernel.epoch import NO_DATE, epoch_day

LATE_PAYMENT_EU = LateCharge(
    rates=(DatedRate(on("2025-01-01"), 111_500), DatedRate(on("2025-07-01"), 101_500)),
    fixed=(FixedCharge(1, 4_000),),
)
"""Directive 2011/7/EU: the ECB's reference rate (3.15 % and 2.15 % in 2025) and eight points; EUR 40."""

EVER = on("1970-01-01")


def at(terms: Terms, text: str, day: str) -> State:
    return state(terms, account(text), on(day))


def test_statutory_interest_changes_with_the_half_year_and_forty_euros_arise_once() -> None:
    """10,000.00 due on 31 May, paid on 20 July: 30 days of June at 11.15 % (91.6438), 20 of July at 10.15 % (55.6164)."""
    invoice = "2025-05-01 opening 10000.00/10000.00\n2025-05-31 instalment_due 10000.00/10000.00"
    it = at(Terms(late_charge=LATE_PAYMENT_EU), invoice, "2025-07-20")
    interest = Fraction(1_000_000 * 1_115 * 30, 10_000 * 365) + Fraction(1_000_000 * 1_015 * 20, 10_000 * 365)
    assert (it.charge_exact, it.charges) == (interest + 4_000, 14_726 + 4_000)


def test_the_rate_of_a_half_year_counts_from_its_first_day() -> None:
    """Due on 30 June: the first day late, 1 July, has the new rate already. Thirty days of 10.15 % on 1,000.00: 8.34."""
    invoice = "2025-06-01 opening 1000.00/1000.00\n2025-06-30 instalment_due 1000.00/1000.00"
    terms = Terms(late_charge=replace(LATE_PAYMENT_EU, fixed=()))
    assert at(terms, invoice, "2025-07-30").charges == 834


def test_a_row_says_that_a_new_rate_comes() -> None:
    terms = Terms(late_charge=LATE_PAYMENT_EU)
    row = position(1, terms, account(LOAN.replace("2026", "2025")), on("2025-06-20"))
    after = position(1, terms, account(LOAN.replace("2026", "2025")), on("2025-07-01"))
    assert (row.charge_rate_ppm, row.look_again_on) == (111_500, epoch_day(on("2025-06-30")))
    assert (after.charge_rate_ppm, after.charge_anchor_day) == (101_500, epoch_day(on("2025-06-30")))


@pytest.mark.parametrize(
    ("base", "a_day", "charge"),
    [
        (ChargeOn.OVERDUE_PRINCIPAL, 10_000, 100),
        (ChargeOn.OVERDUE_INSTALMENTS, 11_000, 110),
        (ChargeOn.OUTSTANDING, 102_500, 1_025),
    ],
)
def test_what_the_daily_charge_runs_on_is_a_term_of_the_product(base: ChargeOn, a_day: int, charge: int) -> None:
    """A tenth of a cent a day on each unit; 1,000.00 of principal, 10.00 of interest due, fees and costs of 15.00."""
    text = LOAN + "2026-01-20 fee 5.00\n2026-01-25 cost 10.00"
    it = at(Terms(late_charge=LateCharge(365_000, on=base)), text, "2026-02-11")
    assert (it.charge_base, it.charge_exact) == (a_day, Fraction(charge))


def test_nothing_runs_on_what_is_outstanding_while_all_is_on_time() -> None:
    terms = Terms(late_charge=LateCharge(365_000, grace_days=5, on=ChargeOn.OUTSTANDING))
    assert at(terms, LOAN, "2026-02-06").charge_exact == 0
    assert at(terms, LOAN, "2026-02-07").charge_exact == 101


@pytest.mark.parametrize(
    ("by", "exact"),
    [
        (DayCount.ACT_365F, Fraction(4 * 100)),
        (DayCount.ACT_360, Fraction(4 * 36_500, 360)),
        (DayCount.ACT_ACT, 200 + Fraction(2 * 36_500, 366)),
        (DayCount.THIRTY_360, Fraction(3 * 36_500, 360)),
    ],
)
def test_four_days_over_the_end_of_a_year_by_each_day_count(by: DayCount, exact: Fraction) -> None:
    """1,000.00 at 36.5 % from 30 December 2027 to 3 January 2028, a leap year; by 30/360 the 31st is no day."""
    text = "2027-12-01 opening 1000.00/1000.00\n2027-12-30 instalment_due 1000.00/1000.00"
    assert at(Terms(late_charge=LateCharge(365_000, by)), text, "2028-01-03").charge_exact == exact


FIXED = LateCharge(fixed=(FixedCharge(5, 2_500), FixedCharge(30, 1_000, Each.SPELL)))


@pytest.mark.parametrize(
    ("day", "charges"),
    [("2026-02-05", 0), ("2026-02-06", 2_500), ("2026-03-02", 2_500), ("2026-03-03", 3_500), ("2026-03-06", 6_000)],
)
def test_a_fixed_charge_arises_on_its_day_for_each_instalment_or_once_a_spell(day: str, charges: int) -> None:
    assert at(Terms(late_charge=FIXED), LOAN, day).charges == charges


def test_a_new_spell_of_arrears_has_its_own_fixed_charge() -> None:
    text = LOAN + "2026-02-03 payment 110.00"
    terms = Terms(late_charge=LateCharge(fixed=(FixedCharge(1, 700, Each.SPELL),)))
    assert [at(terms, text, day).charges for day in ("2026-02-28", "2026-03-02", "2026-04-20")] == [700, 1_400, 1_400]


def test_who_pays_within_grace_owes_no_fixed_charge() -> None:
    terms = Terms(late_charge=LateCharge(grace_days=10, fixed=(FixedCharge(1, 2_500),)))
    on_the_last_day = LOAN + "2026-02-11 payment 110.00"
    assert at(terms, on_the_last_day, "2026-02-28").charges == 0
    assert at(terms, LOAN, "2026-02-12").charges == 2_500


def test_a_fixed_charge_does_not_come_back_with_a_re_age() -> None:
    terms = Terms(late_charge=LateCharge(fixed=(FixedCharge(5, 2_500),)))
    assert at(terms, LOAN + "2026-02-10 re_age", "2026-02-28").charges == 2_500


def test_contract_interest_accrues_by_the_day_on_principal_and_is_paid_as_interest() -> None:
    """1,000.00 at 9 % by 30/360: 7.50 a month. 100.00 on 1 February pay it and 92.50 of what falls due that day."""
    terms = Terms(contract_interest=ContractInterest((DatedRate(EVER, 90_000),), DayCount.THIRTY_360))
    text = "2026-01-01 opening 1000.00/1000.00\n2026-02-01 instalment_due 100.00/100.00\n2026-02-01 payment 100.00"
    before, paid, after = (at(terms, text, day) for day in ("2026-01-31", "2026-02-01", "2026-03-01"))
    assert (before.interest, before.contractual, before.arrears) == (725, 100_725, 0)
    assert (paid.allocated(3), paid.interest) == ({Part.INTEREST: 750, Part.PRINCIPAL: 9_250}, 0)
    assert (after.accrued_exact, after.interest) == (750 + Fraction(90_750 * 9, 1_200), 681)


def test_no_interest_accrues_on_money_that_we_hold() -> None:
    terms = Terms(contract_interest=ContractInterest((DatedRate(EVER, 365_000),)))
    text = "2026-01-01 opening 1000.00/1000.00\n2026-01-01 payment 400.00\n2026-01-05 payment 700.00"
    it = at(terms, text, "2026-01-20")
    assert (it.accrued_exact, it.credit, it.principal) == (Fraction(4 * 60), 110_000 - 240, 100_000)


@pytest.mark.parametrize(
    ("ends", "exact"), [("", 190), ("2026-02-10 charge_freeze #{d}", 90), ("2026-02-10 charge_freeze #0", 190)]
)
def test_a_freeze_holds_the_charge_and_makes_nothing_up(ends: str, exact: int) -> None:
    """Ten a day from 1 February; frozen from the end of the 10th to the end of the 20th, or until it is lifted."""
    until = epoch_day(on("2026-02-20"))
    text = LOAN + ends.replace("#0", f"#{epoch_day(on('2026-02-10'))}").replace("{d}", str(until))
    assert at(Terms(late_charge=LateCharge(365_000)), text, "2026-02-20").charge_exact == exact


def test_a_later_freeze_says_when_the_first_one_ends_and_a_reversal_lets_it_run() -> None:
    terms = Terms(late_charge=LateCharge(365_000))
    first, last = epoch_day(on("2026-03-31")), epoch_day(on("2026-02-15"))
    text = LOAN + f"2026-02-05 charge_freeze #{first}\n2026-02-15 charge_freeze #{last}\n"
    row = position(1, terms, account(text), on("2026-02-10"))
    assert row.flags & Flag.FROZEN
    assert (row.charge_rate_ppm, row.look_again_on) == (0, last)
    assert at(terms, text, "2026-02-20").charge_exact == 4 * 10 + 5 * 10
    assert at(terms, text + "2026-02-21 reversal x6", "2026-02-20").charge_exact == 40
    assert at(terms, text + "2026-02-21 reversal x6\n2026-02-22 reversal x5", "2026-02-20").charge_exact == 190


def test_no_fixed_charge_arises_in_a_freeze_nor_after_it_for_that_stage() -> None:
    until = epoch_day(on("2026-02-20"))
    terms = Terms(late_charge=LateCharge(fixed=(FixedCharge(5, 2_500),)))
    assert at(terms, LOAN + f"2026-02-01 charge_freeze #{until}", "2026-02-28").charges == 0


EATEN = LOAN + "2026-02-11 payment 110.00\n2026-03-01 payment 110.00\n2026-04-01 payment 110.00"


@pytest.mark.parametrize("waterfall", list(Waterfall))
@pytest.mark.parametrize("base", list(ChargeOn))
def test_no_charge_comes_of_a_charge_whatever_the_waterfall(waterfall: Waterfall, base: ChargeOn) -> None:
    """16 CFR 444.4: February is paid ten days late and costs a charge; March and April come in full and in time.

    With charges first every later instalment is a little short, because the charge of February went ahead of it. None
    of them carries a daily charge or a fixed one.
    """
    charge = LateCharge(36_500, on=base, grace_days=3, fixed=(FixedCharge(1, 500),))
    terms = Terms(waterfall, late_charge=charge)
    february, march, later = (at(terms, EATEN, day) for day in ("2026-02-11", "2026-03-01", "2026-12-31"))
    assert 500 < february.charge_exact <= march.charge_exact == later.charge_exact < 1_000
    assert later.arrears == (later.charges_settled if later.spared else 0)


def test_what_a_charge_took_of_a_late_payment_is_still_late() -> None:
    """The payment of 11 February was late: what the charge took of it stays overdue until the next payment pays it."""
    terms = Terms(Waterfall.CHARGES_INTEREST_PRINCIPAL, late_charge=LateCharge(365_000))
    before, after = (at(terms, EATEN, day) for day in ("2026-02-11", "2026-03-31"))
    assert (before.charges, before.charge_base) == (0, 100)
    assert (before.charge_exact, after.charge_exact) == (
        Fraction(100),
        100 + Fraction(18 * 100 * 365_000, 365 * 1_000_000),
    )
    assert after.spared == (1,)


def test_money_that_came_early_counts_as_in_time_though_a_charge_took_of_it() -> None:
    """110.00 are here on 20 February for the instalment of 1 March; a charge of 1.00 that was open takes its part."""
    text = LOAN + "2026-02-11 payment 110.00\n2026-02-20 payment 110.00"
    it = at(Terms(late_charge=LateCharge(365_000)), text, "2026-03-31")
    assert (it.charge_exact, it.arrears, it.spared) == (Fraction(100), 100, (1,))


def test_a_payment_that_would_have_been_short_anyhow_is_not_spared() -> None:
    text = LOAN + "2026-02-11 payment 110.00\n2026-02-20 payment 109.99"
    it = at(Terms(late_charge=LateCharge(365_000)), text, "2026-03-02")
    assert (it.charge_base, it.spared) == (101, ())


STEPS = "2026-01-01 opening 300.00/300.00\n2026-02-01 instalment_due 110.00/100.00\n2026-03-01 instalment_due 110.00/100.00\n"
MIXED = STEPS + "2026-03-02 fee 5.00\n2026-03-03 cost 7.00\n2026-03-04 payment 125.00"


@pytest.mark.parametrize(
    ("parts", "by_instalment", "paid"),
    [
        ("costs interest principal", False, {Part.COSTS: 700, Part.INTEREST: 2_000, Part.PRINCIPAL: 9_800}),
        ("costs interest principal", True, {Part.COSTS: 700, Part.INTEREST: 1_800, Part.PRINCIPAL: 10_000}),
        ("principal", False, {Part.PRINCIPAL: 12_500}),
        ("principal interest", True, {Part.PRINCIPAL: 11_500, Part.INTEREST: 1_000}),
        ("fees costs principal", False, {Part.FEES: 500, Part.COSTS: 700, Part.PRINCIPAL: 11_300}),
    ],
)
def test_a_payment_pays_in_the_order_of_the_waterfall(
    parts: str, *, by_instalment: bool, paid: dict[Part, int]
) -> None:
    order = whole_order([Pays[part.upper()] for part in parts.split()], by_instalment=by_instalment)
    assert isinstance(order, Order)
    assert at(Terms(order), MIXED, "2026-03-04").allocated(6) == paid
    instructed = MIXED.replace("payment 125.00", f"payment 125.00 #{order.code}")
    assert at(Terms(), instructed, "2026-03-04").allocated(6) == paid


def test_a_cap_says_which_rule_it_is() -> None:
    charge = LateCharge(365_000, rate_cap_ppm=300_000, cap_minor=900, cap_ppm=5_000)
    law = (Cap("rate", rate_ppm=240_000, since=on("2026-03-01")), Cap("sum", minor=450), Cap("share", ppm=4_000))
    terms = Terms(late_charge=charge, caps=law)
    assert late_rate_on(terms, on("2026-02-28"))[::2] == (300_000, "contract")
    assert late_rate_on(terms, on("2026-03-01")) == (240_000, 365_000, "rate")
    assert bound_of(terms, 100_000) == Bound(400, "share")
    assert bound_of(terms, 200_000) == Bound(450, "sum")
    assert bound_of(Terms(late_charge=charge), 100_000) == Bound(500, "contract")
    assert bound_of(Terms(), 100_000) is None
    assert position(1, terms, account(LOAN), on("2026-02-01")).charge_cap_minor == 400


def test_a_cap_on_both_rates_together_leaves_the_late_charge_what_interest_leaves() -> None:
    terms = Terms(
        late_charge=LateCharge(240_000),
        contract_interest=ContractInterest((DatedRate(EVER, 100_000),)),
        caps=(Cap("together", rate_ppm=154_000, is_together=True),),
    )
    day = on("2026-02-01")
    assert (interest_rate_on(terms, day).ppm, late_rate_on(terms, day)) == (100_000, (54_000, 240_000, "together"))


def test_a_cap_of_nothing_forbids_late_charges() -> None:
    assert at(Terms(late_charge=LateCharge(365_000), caps=(Cap("none", minor=0),)), LOAN, "2026-04-01").charges == 0


def test_how_much_room_a_cap_leaves_is_known_of_the_row_and_the_day() -> None:
    row = position(1, Terms(late_charge=LateCharge(365_000, cap_minor=150)), account(LOAN), on("2026-02-05"))
    assert [by_day.charge_room(row, epoch_day(on(day))) for day in ("2026-02-06", "2026-02-28")] == [100, 0]


def test_a_reversal_that_is_reversed_gives_the_payment_back() -> None:
    text = LOAN + "2026-02-01 payment 110.00\n2026-02-10 reversal 110.00 x5 @2\n2026-02-20 reversal 110.00 x6 @3\n"
    text += "2026-02-25 reversal 110.00 x7 @4"
    known = [state(Terms(), account(text), on("2026-02-28"), book_day) for book_day in (1, 2, 3, 4)]
    assert [(it.paid, it.days_past_due) for it in known] == [(11_000, 0), (0, 27), (11_000, 0), (0, 27)]


def test_a_second_deferral_moves_what_the_first_one_moved() -> None:
    first, second = epoch_day(on("2026-03-15")), epoch_day(on("2026-04-15"))
    it = at(Terms(), LOAN + f"2026-01-15 deferral #{first}\n2026-03-10 deferral #{second}", "2026-04-14")
    assert (it.arrears, it.next_due, it.next_due_amount) == (0, on("2026-04-15"), 33_000)


def test_short_by_less_than_the_tolerance_is_not_past_due_and_bears_nothing() -> None:
    terms = Terms(tolerance_minor=100, late_charge=LateCharge(365_000, on=ChargeOn.OUTSTANDING))
    within, beyond = (at(terms, LOAN + f"2026-02-01 payment {paid}", "2026-02-21") for paid in ("109.01", "109.00"))
    assert (within.days_past_due, within.charge_exact) == (0, Fraction(0))
    assert (beyond.days_past_due, beyond.charge_exact > 0) == (20, True)


@pytest.mark.parametrize("relief", ["re_age", "waiver 110.00/100.00", "charge_off 1010.00", "settlement 110.00/100.00"])
def test_no_relief_is_a_cure(relief: str) -> None:
    row = position(1, Terms(), account(LOAN + f"2026-02-10 {relief}"), on("2026-02-20"))
    assert (row.cured_day, row.relief_day) == (NO_DATE, epoch_day(on("2026-02-10")))


def test_what_is_recovered_after_a_charge_off_lowers_what_is_owed_and_not_the_book() -> None:
    text = LOAN + "2026-06-01 charge_off 1030.00\n2026-06-05 recovery 130.00"
    before, after = at(Terms(), text, "2026-06-04"), at(Terms(), text, "2026-06-05")
    assert (before.contractual, before.book) == (103_000, 0)
    assert (after.contractual, after.book) == (90_000, 0)


def test_paid_too_much_stays_as_credit() -> None:
    it = at(Terms(), LOAN + "2026-02-10 acceleration\n2026-02-11 payment 1500.00", "2026-12-31")
    assert (it.contractual, it.credit) == (-49_000, 49_000)


def test_figures_by_day_follow_from_the_row_for_all_terms() -> None:
    terms = Terms(
        late_charge=LateCharge(365_000, DayCount.ACT_ACT, on=ChargeOn.OUTSTANDING),
        contract_interest=ContractInterest((DatedRate(EVER, 73_000),), DayCount.THIRTY_360),
    )
    entries = account(LOAN + "2026-02-20 payment 30.00\n2026-02-25 cost 3.00")
    row = position(1, terms, entries, on("2026-04-10"))
    from arrears.domain.position import as_rows

    many = as_rows([row])
    for ahead in (0, 1, 30, 400):
        day = epoch_day(on("2026-04-10")) + ahead
        it = state(terms, entries, on("2026-04-10") + timedelta(days=ahead))
        assert (by_day.charge_exact(row, day), by_day.accrued_exact(row, day)) == (it.charge_exact, it.accrued_exact)
        assert (by_day.contractual(row, day), by_day.interest(row, day)) == (it.contractual, it.interest)
        for name in ("contractual", "to_pay", "accrued_owed", "charge_owed"):
            assert getattr(by_day, name + "_many")(many, day).tolist() == [getattr(by_day, name)(row, day)], name
