"""Sums: what flowed adds up to what is owed, held and carried, to the unit; compiled as interpreted."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.test_ledger_properties import FIRST_DAY, accounts_made, days, random_book, rows_of, terms_made
from tests.law.test_ledger_worked import LOAN, account, on
from tests.parts import missing

from arrears.domain.charging import ContractInterest, DatedRate, FixedCharge, LateCharge
from arrears.domain.entries import Entry
from arrears.domain.terms import Terms
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.compiled import has_numba
from arrears.engine.ledger.rebuild import block_of, rebuild, rebuild_with_sums
from arrears.engine.ledger.state import state
from arrears.engine.ledger.sums import BALANCES, FLOWS, FLOWS_INTO, PARTS, SUMS, TAKES, balances_of, sums_of


def test_the_loop_writes_each_sum_to_its_own_place() -> None:
    assert SUMS[r.S_CASH : r.S_PAID] == ("cash_payment", "cash_direct", "cash_set_off", "cash_recovery")
    for take, at in zip(TAKES, (r.S_PAID, r.S_WAIVED, r.S_SETTLED, r.S_ADJUSTED), strict=True):
        assert SUMS[at : at + len(PARTS)] == tuple(f"{take}_{part}" for part in PARTS)
    assert SUMS[r.S_CHARGED_OFF : r.S_BALANCES] == ("charged_off", "regained", "sold", "sale_price")
    assert (SUMS[r.S_BILLED], SUMS[r.S_ACCRUED], SUMS[r.S_CHARGES]) == (
        "billed_interest",
        "accrued_interest",
        "charges",
    )


def test_every_flow_but_those_of_the_book_goes_into_one_balance_or_out_of_it() -> None:
    used = [flow for flows in FLOWS_INTO.values() for flow, _ in flows]
    of_the_book = {"charged_off", "regained", "sold", "sale_price"}
    assert set(used) | of_the_book == set(FLOWS)
    assert {*FLOWS_INTO, "balance_book"} == set(BALANCES)
    paid = [flow for flow in used if used.count(flow) > 1]
    assert set(paid) == {f"paid_{part}" for part in PARTS}


def test_a_loan_with_everything_in_it_sums_up_by_hand() -> None:
    terms = Terms(late_charge=LateCharge(365_000, fixed=(FixedCharge(1, 500),)))
    text = (
        LOAN
        + "2026-02-01 payment 60.00\n2026-02-20 recovery 80.00\n2026-02-21 waiver 3.00\n2026-02-22 charge_off 900.00"
    )
    sums = sums_of(terms, account(text), on("2026-02-25"))
    assert {name: value for name, value in sums.items() if value} == {
        "opened_principal": 100_000,
        "billed_interest": 1_000,
        "charges": 595,
        "cash_payment": 6_000,
        "cash_recovery": 8_000,
        "paid_principal": 10_000,
        "paid_interest": 1_000,
        "paid_charges": 595,
        "charged_off": 90_000,
        "regained": 2_405,
        "balance_principal": 90_000,
        "balance_credit": 2_405,
    }


def test_interest_by_the_day_is_a_flow_of_its_own() -> None:
    terms = Terms(contract_interest=ContractInterest((DatedRate(on("2020-01-01"), 365_000),)))
    sums = sums_of(terms, account("2026-01-01 opening 1000.00/1000.00\n2026-01-03 payment 1.50"), on("2026-01-06"))
    assert (sums["accrued_interest"], sums["paid_accrued"], sums["balance_accrued"]) == (500, 150, 350)


@settings(deadline=None, max_examples=100)
@given(terms_made, accounts_made(), days, st.integers(1, 5))
def test_balances_are_what_flowed_in_less_what_flowed_out(
    terms: Terms, entries: list[Entry], as_of: date, known_on: int
) -> None:
    sums, it = sums_of(terms, entries, as_of, known_on), state(terms, entries, as_of, known_on)
    assert {name: sums[name] for name in BALANCES} == balances_of(sums)
    assert min(sums.values()) >= 0
    assert sums["balance_principal"] == it.principal
    assert sums["balance_interest"] + sums["balance_accrued"] == it.interest
    assert (sums["balance_fees"], sums["balance_costs"]) == (it.fees - it.costs, it.costs)
    assert (sums["balance_charges"], sums["balance_credit"], sums["balance_book"]) == (it.charges, it.credit, it.book)
    assert sum(sums[name] for name in SUMS if name.startswith("cash_")) == it.paid


@settings(deadline=None, max_examples=50)
@given(terms_made, accounts_made(), days, st.integers(0, 60))
def test_what_was_opened_billed_charged_and_paid_never_shrinks_with_time(
    terms: Terms, entries: list[Entry], as_of: date, later: int
) -> None:
    now, then = sums_of(terms, entries, as_of), sums_of(terms, entries, as_of + timedelta(days=later))
    falling = {name for name in FLOWS if then[name] < now[name]}
    assert falling <= {"regained", "sold"}


@pytest.mark.parametrize("is_compiled", [False, True])
def test_sums_of_many_are_those_of_one_and_leave_the_rows_as_they_are(*, is_compiled: bool) -> None:
    if is_compiled and not has_numba():
        missing("Numba (extra: night)")
    terms, accounts = random_book(120)
    which = np.arange(len(accounts)) % len(terms)
    block, as_of = block_of(rows_of(accounts)), FIRST_DAY + timedelta(days=700)
    rows, sums = rebuild_with_sums(block, terms, which, as_of, is_compiled=is_compiled)
    assert rows.tobytes() == rebuild(block, terms, which, as_of, is_compiled=is_compiled).tobytes()
    one_by_one = [sums_of(terms[which[n]], entries, as_of) for n, entries in enumerate(accounts)]
    assert [dict(zip(SUMS, row.tolist(), strict=True)) for row in sums] == one_by_one
