"""The ledger on accounts worked out by hand, a boundary each."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from arrears.domain.entries import CASH_KINDS, EFFECTS, RELIEF_KINDS, Entry, EntryKind, in_order
from arrears.domain.position import COLUMNS, LEDGER_COLUMNS, NO_CAP, Flag
from arrears.domain.terms import LateCharge, Terms, Waterfall
from arrears.engine.ledger import by_day
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.position import position
from arrears.engine.ledger.state import Part, state
from arrears.kernel.daycount import DayCount
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.kernel.rounding import Rounding

K = EntryKind


def on(text: str) -> date:
    return date.fromisoformat(text)


def account(text: str) -> list[Entry]:
    """Read lines ``2026-02-01 instalment_due 110.00/100.00 @3 #7 x2``: amount/principal, book day, detail, takes out.

    Numbers follow the order of lines, from 1. Lines without an amount have none.
    """
    return [_entry(number, line.split()) for number, line in enumerate(text.strip().splitlines(), start=1)]


def _entry(number: int, words: list[str]) -> Entry:
    marks = {word[0]: int(word[1:]) for word in words[2:] if word[0] in "@#x"}
    amounts = next((word for word in words[2:] if word[0] not in "@#x"), "0").split("/")
    amount, principal = (round(float(each) * 100) for each in (*amounts, "0")[:2])
    return Entry(
        number,
        EntryKind[words[1].upper()],
        on(words[0]),
        marks.get("@", 1),
        amount,
        principal,
        marks.get("x", 0),
        marks.get("#", 0),
    )


LOAN = """
2026-01-01 opening         1000.00/1000.00
2026-02-01 instalment_due   110.00/100.00 #1
2026-03-01 instalment_due   110.00/100.00 #2
2026-04-01 instalment_due   110.00/100.00 #3
"""


def test_the_numbers_of_kinds_waterfalls_and_sentinels_are_the_same_in_the_compiled_loop() -> None:
    rare = {"ACCELERATION", "PAYOFF", "PAYMENT_SEEN", "WAIVER", "SETTLEMENT", "RE_AGE", "CHARGE_OFF", "SALE"}
    usual = {"OPENING", "ADJUSTMENT", "DEFERRAL", "INSTALMENT_DUE", "FEE", "COST"}
    assert all(getattr(r, name) == EntryKind[name] for name in rare | usual)
    assert frozenset(kind for kind in K if r.FIRST_CASH <= kind <= r.LAST_CASH) == CASH_KINDS
    assert all(getattr(r, each.name) == each for each in Waterfall)
    assert (r.NONE, r.UNCAPPED) == (NO_DATE, NO_CAP)
    assert frozenset({K.WAIVER, K.SETTLEMENT, K.RE_AGE, K.DEFERRAL, K.CHARGE_OFF}) == RELIEF_KINDS


def test_the_loop_answers_every_column_of_the_row_that_is_the_ledgers() -> None:
    assert {"account", *r.ANSWERS} == set(LEDGER_COLUMNS)


def test_every_kind_says_what_it_does_in_three_languages() -> None:
    assert set(EFFECTS) == set(K)
    assert all(all(effect.words) and effect.contractual and effect.book for effect in EFFECTS.values())


def test_wide_columns_come_first_so_that_a_row_has_no_holes() -> None:
    widths = [column.width for column in COLUMNS.values()]
    assert widths == sorted(widths, reverse=True)


def test_within_a_day_what_falls_due_comes_before_what_pays_it() -> None:
    late_come = account("2026-02-01 payment 110.00\n2026-02-01 instalment_due 110.00/100.00")
    assert [entry.kind for entry in sorted(late_come, key=in_order)] == [K.INSTALMENT_DUE, K.PAYMENT]


def test_a_loan_before_its_first_due_date_owes_its_principal_and_is_not_late() -> None:
    it = state(Terms(), account(LOAN), on("2026-01-31"))
    assert (it.principal, it.interest, it.contractual, it.arrears, it.days_past_due) == (100_000, 0, 100_000, 0, 0)
    assert (it.next_due, it.next_due_amount) == (on("2026-02-01"), 11_000)


@pytest.mark.parametrize(
    ("day", "late", "arrears"), [("2026-02-01", 0, 0), ("2026-02-02", 1, 11_000), ("2026-03-01", 28, 11_000)]
)
def test_an_instalment_is_late_from_the_day_after_its_due_date(day: str, late: int, arrears: int) -> None:
    it = state(Terms(), account(LOAN), on(day))
    assert (it.days_past_due, it.arrears) == (late, arrears)


def test_the_oldest_instalment_is_paid_first_and_interest_before_principal() -> None:
    it = state(Terms(), account(LOAN + "2026-03-05 payment 150.00"), on("2026-03-05"))
    assert [(each.instalment, each.part, each.amount) for each in it.allocations] == [
        (0, Part.INTEREST, 1_000),
        (0, Part.PRINCIPAL, 10_000),
        (1, Part.INTEREST, 1_000),
        (1, Part.PRINCIPAL, 3_000),
    ]
    assert (it.oldest_unpaid, it.days_past_due, it.arrears) == (on("2026-03-01"), 4, 7_000)


@pytest.mark.parametrize(
    ("waterfall", "allocated"),
    [
        (Waterfall.INTEREST_PRINCIPAL_CHARGES, {Part.INTEREST: 1_000, Part.PRINCIPAL: 4_000}),
        (
            Waterfall.CHARGES_INTEREST_PRINCIPAL,
            {Part.CHARGES: 100, Part.FEES: 2_000, Part.INTEREST: 1_000, Part.PRINCIPAL: 1_900},
        ),
        (
            Waterfall.COSTS_INTEREST_PRINCIPAL,
            {Part.FEES: 2_000, Part.CHARGES: 100, Part.INTEREST: 1_000, Part.PRINCIPAL: 1_900},
        ),
        (Waterfall.PRINCIPAL_INTEREST_CHARGES, {Part.PRINCIPAL: 5_000}),
    ],
)
def test_a_waterfall_says_what_a_payment_pays(waterfall: Waterfall, allocated: dict[Part, int]) -> None:
    """36.5 % a year on 100.00 for 10 days is 1.00."""
    entries = account(LOAN + "2026-02-05 fee 20.00\n2026-02-11 payment 50.00")
    it = state(Terms(waterfall, late_charge=LateCharge(365_000)), entries, on("2026-02-11"))
    assert it.allocated(6) == allocated


def test_an_instruction_on_a_payment_goes_before_the_products_waterfall() -> None:
    entries = account(LOAN + "2026-02-11 payment 50.00 #4")
    assert state(Terms(), entries, on("2026-02-11")).allocated(5) == {Part.PRINCIPAL: 5_000}


@pytest.mark.parametrize(("paid", "late"), [("104.49", 1), ("104.50", 1), ("104.51", 0), ("110.00", 0)])
def test_an_instalment_short_by_less_than_its_tolerance_is_not_past_due(paid: str, late: int) -> None:
    """5 % of 110.00 is 5.50: short by 5.50 is late, by 5.49 is not."""
    entries = account(LOAN + f"2026-02-01 payment {paid}")
    it = state(Terms(tolerance_ppm=50_000), entries, on("2026-02-02"))
    assert it.days_past_due == late
    assert it.instalments[0].unpaid == 11_000 - round(float(paid) * 100)


def test_shortfalls_within_tolerance_add_up_because_the_oldest_is_filled_first() -> None:
    entries = account(LOAN + "2026-02-01 payment 106.00\n2026-03-01 payment 106.00")
    it = state(Terms(tolerance_ppm=50_000), entries, on("2026-03-02"))
    assert (it.days_past_due, it.arrears) == (1, 800)


def test_more_than_is_due_is_kept_as_credit_and_pays_the_next_instalment() -> None:
    entries = account(LOAN + "2026-02-01 payment 300.00")
    now, then = state(Terms(), entries, on("2026-02-01")), state(Terms(), entries, on("2026-03-01"))
    assert (now.credit, now.contractual) == (19_000, 101_000 - 30_000)
    assert (then.credit, then.arrears) == (8_000, 0)
    assert then.allocations[-1].day == on("2026-03-01")


def test_an_overpayment_never_vanishes() -> None:
    it = state(Terms(), account(LOAN + "2026-01-05 payoff\n2026-01-05 payment 1234.56"), on("2026-06-01"))
    assert (it.principal, it.interest, it.credit, it.contractual, it.book) == (0, 0, 23_456, -23_456, 0)


def test_one_thousand_at_ten_point_one_five_percent_for_thirty_days_is_eight_thirty_four() -> None:
    """First day late 1 July, paid on 30 July: the interest of thirty days; 8.3424..., shown as 8.34."""
    entries = account("2025-06-01 opening 1000.00/1000.00\n2025-06-30 instalment_due 1000.00/1000.00")
    it = state(Terms(late_charge=LateCharge(101_500)), entries, on("2025-07-30"))
    assert (it.charges, it.charge_exact) == (834, Fraction(100_000 * 1_015 * 30, 10_000 * 365))


@pytest.mark.parametrize(("rounding", "charge"), [(Rounding.HALF_UP, 1), (Rounding.DOWN, 0)])
def test_half_a_cent_is_shown_as_the_product_rounds(rounding: Rounding, charge: int) -> None:
    entries = account("2026-01-01 opening 1.00/1.00\n2026-01-01 instalment_due 1.00/1.00")
    terms = Terms(late_charge=LateCharge(1_825_000, rounding=rounding))
    it = state(terms, entries, on("2026-01-02"))
    assert (it.charges, it.charge_exact) == (charge, Fraction(1, 2))


def test_five_fifths_of_a_cent_counted_one_by_one_are_a_cent() -> None:
    """20 % of a cent a day, counted anew on each of five days because something of nothing is paid."""
    payments = "".join(f"2026-01-0{day} payment 0.00\n" for day in range(2, 6))
    entries = account("2026-01-01 opening 0.73/0.73\n2026-01-01 instalment_due 0.73/0.73\n" + payments)
    row = position(
        1, Terms(late_charge=LateCharge(1_000_000)), [*entries, *account("2026-01-06 payment 0.00")], on("2026-01-06")
    )
    assert (row.charge_minor, row.charge_carry) == (1, 0)


@pytest.mark.parametrize(("day", "exact"), [("2026-02-06", 0), ("2026-02-07", 10), ("2026-02-08", 20)])
def test_a_late_charge_runs_from_the_end_of_grace_and_not_before(day: str, exact: int) -> None:
    terms = Terms(late_charge=LateCharge(365_000, grace_days=5))
    assert state(terms, account(LOAN), on(day)).charge_exact == exact


def test_no_late_charge_arises_because_an_earlier_one_ate_part_of_a_timely_payment() -> None:
    """16 CFR 444.4: February is paid late and costs a charge; March is paid in full and on time and costs none."""
    entries = account(LOAN + "2026-02-11 payment 110.00\n2026-03-01 payment 110.00")
    terms = Terms(late_charge=LateCharge(365_000))
    february, march = state(terms, entries, on("2026-02-11")), state(terms, entries, on("2026-03-31"))
    assert (february.charges, march.charges, march.days_past_due) == (100, 100, 0)


@pytest.mark.parametrize(
    ("charge", "shown"),
    [
        (LateCharge(365_000, rate_cap_ppm=36_500), 30),
        (LateCharge(365_000, cap_minor=299), 299),
        (LateCharge(365_000, cap_minor=300), 300),
        (LateCharge(365_000, cap_minor=301), 300),
        (LateCharge(365_000, cap_ppm=1_000), 100),
    ],
)
def test_a_cap_bounds_the_rate_and_the_sum_of_charges(charge: LateCharge, shown: int) -> None:
    """Without a cap, thirty days of 10 cents."""
    entries = account("2026-01-01 opening 1000.00/1000.00\n2026-02-01 instalment_due 100.00/100.00")
    assert state(Terms(late_charge=charge), entries, on("2026-03-03")).charges == shown


def test_a_payment_that_comes_with_an_earlier_value_date_takes_the_charge_away() -> None:
    terms = Terms(late_charge=LateCharge(365_000))
    entries = account(LOAN + "2026-02-01 payment 110.00 @9")
    as_known, in_truth = state(terms, entries, on("2026-02-21"), 8), state(terms, entries, on("2026-02-21"))
    assert (as_known.charges, as_known.days_past_due) == (200, 20)
    assert (in_truth.charges, in_truth.days_past_due) == (0, 0)


def test_a_reversed_payment_reopens_the_debt_from_the_payments_own_day() -> None:
    entries = account(LOAN + "2026-02-01 payment 110.00 @2\n2026-02-10 reversal 110.00 @3 x5")
    before, after = state(Terms(), entries, on("2026-02-20"), 2), state(Terms(), entries, on("2026-02-20"), 3)
    assert (before.days_past_due, before.reversed_payments) == (0, ())
    assert (after.days_past_due, after.reversed_payments, after.paid) == (19, (5,), 0)


def test_a_payment_seen_pays_nothing_until_it_has_cleared() -> None:
    entries = account(LOAN + "2026-02-01 payment_seen 110.00 @2\n2026-02-01 payment 110.00 @3 x5")
    seen, cleared = state(Terms(), entries, on("2026-02-05"), 2), state(Terms(), entries, on("2026-02-05"), 3)
    assert (seen.pending, seen.days_past_due, seen.contractual) == (11_000, 4, 101_000)
    assert (cleared.pending, cleared.days_past_due, cleared.contractual) == (0, 0, 90_000)


def test_a_seen_payment_stays_gone_when_the_cleared_one_is_taken_back() -> None:
    entries = account(
        LOAN + "2026-02-01 payment_seen 110.00\n2026-02-01 payment 110.00 x5\n2026-02-03 reversal 110.00 x6"
    )
    assert state(Terms(), entries, on("2026-02-05")).pending == 0


def test_a_charge_off_moves_the_book_and_the_debtor_still_owes() -> None:
    entries = account(LOAN + "2026-06-01 charge_off 1030.00\n2026-06-05 recovery 30.00")
    it = state(Terms(), entries, on("2026-06-05"))
    assert (it.contractual, it.book, it.charged_off) == (100_000, 0, 103_000)


def test_a_part_charged_off_leaves_the_rest_in_the_book() -> None:
    it = state(Terms(), account(LOAN + "2026-01-15 charge_off 400.00\n2026-01-16 recovery 100.00"), on("2026-01-31"))
    assert (it.contractual, it.book) == (90_000, 50_000)


def test_a_sold_debt_is_carried_no_more() -> None:
    entries = account(LOAN + "2026-01-15 sale 300.00")
    assert state(Terms(), entries, on("2026-01-31")).book == 0
    assert position(1, Terms(), entries, on("2026-01-31")).flags & Flag.SOLD


def test_a_waiver_ends_arrears_and_is_no_cure() -> None:
    waived = position(1, Terms(), account(LOAN + "2026-02-10 waiver 110.00/100.00"), on("2026-02-10"))
    paid = position(1, Terms(), account(LOAN + "2026-02-10 payment 110.00"), on("2026-02-10"))
    assert (waived.cured_day, waived.relief_day) == (NO_DATE, epoch_day(on("2026-02-10")))
    assert (paid.cured_day, paid.relief_day) == (epoch_day(on("2026-02-10")), NO_DATE)


def test_a_payment_on_the_due_date_is_no_cure_because_nothing_was_late() -> None:
    row = position(1, Terms(), account(LOAN + "2026-02-01 payment 110.00"), on("2026-02-10"))
    assert (row.cured_day, row.late_since_day, row.instalments_late) == (NO_DATE, NO_DATE, 0)


def test_no_more_is_waived_than_is_owed() -> None:
    it = state(Terms(), account(LOAN + "2026-02-10 waiver 5000.00/4000.00"), on("2026-02-10"))
    assert (it.contractual, it.credit, it.wasted) == (0, 0, 500_000 - 101_000)


def test_a_re_aged_account_ages_anew_and_its_charge_waits_for_grace_again() -> None:
    terms = Terms(late_charge=LateCharge(365_000, grace_days=5))
    it = state(terms, account(LOAN + "2026-02-10 re_age"), on("2026-02-20"))
    assert (it.days_past_due, it.arrears, it.charge_exact) == (10, 11_000, Fraction(4 * 10 + 5 * 10))


def test_a_deferral_moves_what_would_fall_due_to_its_end() -> None:
    until = epoch_day(on("2026-03-15"))
    entries = account(LOAN + f"2026-01-15 deferral #{until}")
    before, after = state(Terms(), entries, on("2026-03-14")), state(Terms(), entries, on("2026-03-16"))
    assert (before.arrears, before.next_due, before.next_due_amount) == (0, on("2026-03-15"), 22_000)
    assert (after.arrears, after.days_past_due, after.next_due) == (22_000, 1, on("2026-04-01"))


def test_an_acceleration_makes_everything_due_and_voids_what_comes_later() -> None:
    it = state(Terms(), account(LOAN + "2026-02-10 acceleration"), on("2026-04-02"))
    assert (it.principal, it.interest, it.arrears, it.next_due) == (100_000, 1_000, 101_000, None)
    assert it.days_past_due == 60


def test_instalments_never_make_more_principal_due_than_there_is() -> None:
    entries = account("2026-01-01 opening 150.00/150.00" + LOAN[LOAN.index("\n2026-02") :])
    it = state(Terms(), entries, on("2026-04-02"))
    assert ([each.amount for each in it.instalments], it.principal) == ([11_000, 6_000, 1_000], 15_000)


def test_interest_that_is_brought_in_is_due_at_once_and_is_no_instalment() -> None:
    row = position(1, Terms(), account("2026-01-01 opening 1020.00/1000.00"), on("2026-01-11"))
    assert (row.interest_minor, row.instalments_due, by_day.days_past_due(row, epoch_day(on("2026-01-11")))) == (
        2_000,
        0,
        10,
    )


def test_the_first_instalment_unpaid_is_a_first_instalment_default_once_it_is_late() -> None:
    row = position(1, Terms(), account(LOAN), on("2026-02-01"))
    due = epoch_day(on("2026-02-01"))
    assert (by_day.is_first_default(row, due), by_day.is_first_default(row, due + 1)) == (False, True)
    paid = position(1, Terms(), account(LOAN + "2026-02-01 payment 110.00"), on("2026-03-05"))
    assert not by_day.is_first_default(paid, due + 40)


def test_an_old_loan_brought_in_at_its_seventh_instalment_has_no_first_default() -> None:
    entries = account("2026-01-01 opening 500.00/500.00\n2026-02-01 instalment_due 110.00/100.00 #7")
    assert not position(1, Terms(), entries, on("2026-02-05")).flags & Flag.FIRST_UNPAID


def test_who_is_always_late_shows_in_the_pattern() -> None:
    entries = account(LOAN + "2026-02-03 payment 110.00\n2026-03-01 payment 110.00\n2026-04-09 payment 110.00")
    row = position(1, Terms(), entries, on("2026-04-10"))
    assert (row.late_pattern, row.instalments_due, row.instalments_paid, row.instalments_late) == (0b101, 3, 3, 2)
    assert (by_day.late_of_last(row, 1), by_day.late_of_last(row, 2), by_day.late_of_last(row, 3)) == (1, 1, 2)


@pytest.mark.parametrize(
    ("day", "again"),
    [("2026-01-10", "2026-02-01"), ("2026-02-01", "2026-02-06"), ("2026-02-06", "2026-03-01"), ("2026-04-06", None)],
)
def test_the_row_says_when_time_alone_changes_it(day: str, again: str | None) -> None:
    row = position(1, Terms(late_charge=LateCharge(365_000, grace_days=5)), account(LOAN), on(day))
    assert row.look_again_on == (epoch_day(on(again)) if again else NO_DATE)


def test_ten_years_at_the_largest_amount_rate_and_day_count_do_not_overflow() -> None:
    most = 10**13
    entries = [
        Entry(1, K.OPENING, on("2020-01-01"), 1, most, most),
        Entry(2, K.INSTALMENT_DUE, on("2020-01-01"), 1, most, most),
    ]
    for by in DayCount:
        it = state(Terms(late_charge=LateCharge(10_000_000, by)), entries, on("2030-01-01"))
        years = Fraction(3_653, 365 if by is DayCount.ACT_365F else 360) if by < DayCount.ACT_ACT else 10
        assert it.charge_exact == most * 10 * years


def test_figures_by_day_are_the_same_for_one_row_and_for_many() -> None:
    from arrears.domain.position import as_rows

    rows = []
    for n, by in enumerate(DayCount, start=1):
        for caps in (0, 250, 77):
            terms = Terms(late_charge=LateCharge(9_999_999, by, 5, cap_minor=caps))
            extra = f"2026-02-{10 + n} payment {n}7.00\n2026-03-01 fee 3.33\n"
            rows.append(position(n, terms, account(LOAN + extra), on("2026-04-20")))
    big = [
        Entry(1, K.OPENING, on("2020-01-31"), 1, 10**13, 10**13),
        Entry(2, K.INSTALMENT_DUE, on("2020-01-31"), 1, 10**13, 10**13),
    ]
    rows += [position(9, Terms(late_charge=LateCharge(10_000_000, by)), big, on("2026-04-20")) for by in DayCount]
    many = as_rows(rows)
    for day in range(epoch_day(on("2026-04-20")), epoch_day(on("2026-04-20")) + 700, 13):
        for name in ("days_past_due", "arrears", "charge_owed", "contractual", "to_pay", "is_first_default"):
            one_by_one = [getattr(by_day, name)(row, day) for row in rows]
            assert getattr(by_day, name + "_many")(many, day).tolist() == one_by_one, name
        assert by_day.late_of_last_many(many, 2).tolist() == [by_day.late_of_last(row, 2) for row in rows]


def test_contacts_are_counted_over_the_days_that_end_today() -> None:
    day = epoch_day(on("2026-05-08"))
    slots, anchor = 0, NO_DATE
    for when in (day - 9, day - 7, day - 6, day - 6, day, day - 1):
        slots, anchor = by_day.slots_with(slots, anchor, when)
    counts = [by_day.counted(slots, anchor, day + later, 7) for later in (0, 1, 6, 7)]
    assert counts == [4, 2, 1, 0]


def test_contacts_of_a_day_stop_at_the_most_a_slot_holds() -> None:
    slots, anchor = by_day.slots_with(0, NO_DATE, 20_000, 500)
    assert by_day.counted(slots, anchor, 20_000, 1) == 127
    assert by_day.slots_with(slots, anchor, 20_007)[0] < 2**63


def test_a_rebuilt_row_on_a_later_day_is_the_row_made_before() -> None:
    entries = account(LOAN + "2026-02-20 payment 30.00")
    terms = Terms(late_charge=LateCharge(240_000))
    made = position(1, terms, entries, on("2026-02-20"))
    assert made == position(1, terms, entries, on("2026-02-20") + timedelta(days=8))
