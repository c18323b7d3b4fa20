"""The made-up portfolio behaves like the published book it is tuned to, and can reach nobody."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from arrears.jobs.demo import months, people
from arrears.jobs.demo.loans import LENDERS, NORTHFIELD, QINGHE
from arrears.jobs.demo.portfolio import files

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
    assert book["promises"]["taken_at"].max() < DAY.isoformat()


def test_every_row_points_at_a_debt_and_a_customer_that_exist(book):
    debts = book["debts"]
    for kind in ("schedules", "payments", "contacts", "promises"):
        assert book[kind].join(debts, on="account_number", how="anti").is_empty()
    for kind in ("debts", "contact_points", "contacts", "promises"):
        assert book[kind].join(book["parties"], on="person_number", how="anti").is_empty()


def test_a_loan_that_kept_up_has_paid_every_instalment_due_before_this_month():
    book = files(NORTHFIELD, 2_000, DAY, seed=5)
    cents = pl.col("amount").str.replace(".", "", literal=True).cast(pl.Int64)
    due = book["schedules"].filter(pl.col("due_on") < date(2026, 3, 1)).group_by("account_number").agg(due=cents.sum())
    paid = book["payments"].group_by("account_number").agg(paid=cents.sum())
    both = due.join(paid, on="account_number", how="left").with_columns(pl.col("paid").fill_null(0))
    behind = both.filter(pl.col("paid") < pl.col("due"))
    assert 0.10 < behind.height / both.height < 0.30


def test_promises_were_given_on_a_call_to_their_debtor_for_a_later_hour(book):
    given = book["promises"].join(
        book["contacts"].filter(outcome="right_party"), left_on=["account_number", "taken_at"],
        right_on=["account_number", "at"], how="semi",
    )  # fmt: skip
    assert given.height == book["promises"].height
    taken_on = pl.col("taken_at").str.slice(0, 10).str.to_date()
    assert book["promises"].filter(pl.col("due_on") < taken_on).is_empty()
    assert book["promises"]["due_hour"].is_between(9, 19).all()


def test_of_promises_whose_day_has_come_two_thirds_were_met_by_a_payment_in_time(book):
    due = book["promises"].filter(pl.col("due_on") <= DAY)
    paid = book["payments"].join(due, on="account_number", how="inner", suffix="_promised")
    met = paid.filter(
        pl.col("value_date").cast(pl.String) >= pl.col("taken_at").str.slice(0, 10),
        pl.col("value_date") <= pl.col("due_on"), pl.col("amount") == pl.col("amount_promised"),
    )["reference_promised"].n_unique()  # fmt: skip
    assert 0.60 < met / due.height < 0.75


def test_some_who_are_late_have_promised_for_each_of_the_next_three_days_and_paid_nothing_since(book):
    ahead = book["promises"].filter(pl.col("due_on") > DAY)
    assert set(ahead["due_on"]) == {DAY + timedelta(days=n) for n in (1, 2, 3)}
    assert min(ahead["due_on"].value_counts()["count"]) > 3
    since = book["payments"].filter(pl.col("value_date") > DAY - timedelta(days=5))
    assert since.join(ahead, on="account_number", how="semi").is_empty()


def test_american_numbers_are_the_ones_kept_for_fiction():
    numbers = people.numbers(np.random.default_rng(1), np.zeros(500, dtype=int), "US")
    assert all(number.startswith("+121255501") and len(number) == 12 for number in numbers)


def test_chinese_numbers_have_a_prefix_no_operator_holds():
    numbers = people.numbers(np.random.default_rng(1), np.zeros(500, dtype=int), "CN")
    assert all(number.startswith("+86120") and len(number) == 14 for number in numbers)
