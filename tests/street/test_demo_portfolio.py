"""The made-up portfolio behaves like the published book it is tuned to, and can reach nobody."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from arrears.jobs.demo import months, people
from arrears.jobs.demo.portfolio import LENDERS, NORTHFIELD, QINGHE, files

DAY = date(2026, 3, 17)


@pytest.fixture(scope="module", params=LENDERS, ids=lambda lender: lender.code)
def book(request):
    return files(request.param, 3_000, DAY, seed=7)


def test_the_same_seed_and_day_make_the_same_files():
    again = [files(QINGHE, 300, DAY, seed=3) for _ in range(2)]
    assert all(again[0][kind].equals(again[1][kind]) for kind in again[0])


def test_another_seed_makes_another_book():
    assert not files(QINGHE, 300, DAY, 3)["payments"].equals(files(QINGHE, 300, DAY, 4)["payments"])


def test_loans_move_between_missed_instalments_as_the_published_book_does():
    states = months.missed_by_month(np.random.default_rng(1), 60_000, 24)
    seen = np.zeros_like(months.MOVES)
    for before, after in zip(states[:, :-1].T, states[:, 1:].T, strict=True):
        open_loans = before != months.PAID_OFF
        np.add.at(seen, (before[open_loans], after[open_loans]), 1)
    shares = seen / seen.sum(axis=1, keepdims=True)
    assert np.abs(shares - months.MOVES).max() < 0.01


def test_of_late_payers_six_in_ten_are_back_within_seven_days_and_eight_in_ten_within_fifteen():
    days = months.days_after_due(np.random.default_rng(2), 200_000)
    late = days[days > 0]
    assert (late <= 7).mean() == pytest.approx(0.60, abs=0.03)
    assert (late <= 15).mean() == pytest.approx(0.84, abs=0.04)


def test_nothing_is_paid_or_called_after_the_day_the_book_is_seen(book):
    assert book["payments"]["value_date"].max() <= DAY
    assert book["contacts"]["at"].max() < DAY.isoformat()


def test_every_row_points_at_a_debt_and_a_customer_that_exist(book):
    debts = book["debts"]
    for kind in ("schedules", "payments", "contacts"):
        assert book[kind].join(debts, on="account_number", how="anti").is_empty()
    for kind in ("debts", "contact_points", "contacts"):
        assert book[kind].join(book["parties"], on="person_number", how="anti").is_empty()


def test_a_loan_that_kept_up_has_paid_every_instalment_due_before_this_month():
    book = files(NORTHFIELD, 2_000, DAY, seed=5)
    cents = pl.col("amount").str.replace(".", "", literal=True).cast(pl.Int64)
    due = book["schedules"].filter(pl.col("due_on") < date(2026, 3, 1)).group_by("account_number").agg(due=cents.sum())
    paid = book["payments"].group_by("account_number").agg(paid=cents.sum())
    both = due.join(paid, on="account_number", how="left").with_columns(pl.col("paid").fill_null(0))
    behind = both.filter(pl.col("paid") < pl.col("due"))
    assert 0.10 < behind.height / both.height < 0.30


def test_american_numbers_are_the_ones_kept_for_fiction():
    numbers = people.numbers(np.random.default_rng(1), np.zeros(500, dtype=int), "US")
    assert all(number.startswith("+121255501") and len(number) == 12 for number in numbers)


def test_chinese_numbers_have_a_prefix_no_operator_holds():
    numbers = people.numbers(np.random.default_rng(1), np.zeros(500, dtype=int), "CN")
    assert all(number.startswith("+86120") and len(number) == 14 for number in numbers)
