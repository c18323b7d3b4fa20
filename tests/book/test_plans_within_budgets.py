"""A plan made from a budget never asks for more than that leaves, whoever asks and however often it is edited."""

from datetime import date

import pytest
from tests.plan_desk import FIRST, MONDAY, budgeted, codes, edited, made, standing
from tests.working_book import WorkingBook, at, settle


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def test_a_plan_above_its_budget_is_not_made_and_one_that_takes_all_of_it_is(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    budget = budgeted(working, loan, 43_333)  # 9 999.9 a week
    refused = made(working, loan, budget=budget)
    assert codes(refused) == ["above_surplus"]
    assert "Instalment 1 is higher than what the budget leaves. Make it smaller" in refused[0].said_in("en")
    carried = made(working, loan, each=29_997, budget=budget)
    assert (carried.state, standing(working, carried.plan).budget) == ("on_time", budget)


def test_a_proposal_binds_nobody_and_is_not_made_above_the_budget_either(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    assert codes(made(working, loan, budget=budgeted(working, loan, 0), agreement=None)) == ["above_surplus"]


def test_a_budget_of_somebody_else_or_in_another_currency_carries_no_plan(working: WorkingBook) -> None:
    loan, other = (working.loan(unpaid_since=date(2026, 2, 20)) for _ in range(2))
    theirs = budgeted(working, other, 90_000)
    assert codes(made(working, loan, budget=theirs)) == ["budget_not_theirs"]
    in_pesos = budgeted(working, loan, 90_000, currency="MXN")
    assert codes(made(working, loan, budget=in_pesos)) == ["budget_not_theirs"]
    assert made(working, loan).state == "on_time"


def test_an_edit_stays_within_the_budget_until_the_person_gives_a_better_one(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan, budget=budgeted(working, loan, 50_000)).plan
    heavier = {"working": working, "plan": plan, "by": working.alice, "on": MONDAY, "total": 30_000, "count": 2}
    assert codes(edited(**heavier)) == ["above_surplus"]
    assert standing(working, plan).version == 1
    budgeted(working, loan, 500_000, currency="MXN", now=at(MONDAY, "11:00"))
    assert codes(edited(**heavier)) == ["above_surplus"]
    budgeted(working, loan, 70_000, now=at(MONDAY, "12:00"))
    assert edited(**heavier).version == 2


def test_a_plan_without_a_budget_is_edited_freely(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    budgeted(working, loan, 100)
    assert edited(working, plan, working.alice, MONDAY, 30_000, first=FIRST, count=1).version == 2
