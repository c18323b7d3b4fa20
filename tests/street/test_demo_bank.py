"""The demonstration's bank statements: whole files that the reader takes, the same for the same seed."""

from datetime import date

import polars as pl
import pytest

from arrears.channels import bank as channel
from arrears.domain.statements import Statement
from arrears.jobs.demo import bank, portfolio
from arrears.jobs.demo.loans import LENDERS

DAY = date(2026, 3, 20)
SEED = 7


@pytest.mark.parametrize("lender", LENDERS, ids=lambda lender: lender.code)
def test_a_statement_is_read_back_line_by_line_and_its_balances_add_up(lender):
    frames = portfolio.files(lender, 600, DAY, SEED)
    read = channel.read(bank.statement(lender, frames, DAY, SEED, 1), "demo.xml")
    assert isinstance(read, tuple)
    (statement,) = read
    assert isinstance(statement, Statement)
    assert 0 < len(statement.lines) <= bank.LINES
    assert statement.opening is not None
    assert statement.closing is not None
    assert statement.closing.amount_minor - statement.opening.amount_minor == sum(
        line.amount_minor for line in statement.lines
    )
    numbers = set(frames["debts"]["account_number"])
    known = [line for line in statement.lines if line.remittance in numbers]
    assert len(known) > len(statement.lines) * 0.6
    assert len(known) < len(statement.lines)


def test_the_same_seed_writes_the_same_statement_and_the_next_one_is_another():
    lender = LENDERS[0]
    frames = portfolio.files(lender, 600, DAY, SEED)
    first = bank.statement(lender, frames, DAY, SEED, 1)
    assert bank.statement(lender, frames, DAY, SEED, 1) == first
    assert bank.statement(lender, frames, DAY, SEED, 2) != first


def test_only_instalments_that_nobody_has_paid_since_are_on_it():
    lender = LENDERS[0]
    frames = portfolio.files(lender, 600, DAY, SEED)
    lately = frames["payments"].filter(pl.col("value_date") > date(2026, 2, 8))["account_number"]
    owing = set(bank._due(frames, DAY)["account_number"])
    assert owing
    assert not owing & set(lately)
