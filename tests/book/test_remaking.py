"""A newer ledger makes all positions anew once, whatever an older one had left there."""

from datetime import date
from typing import Any

import pytest
from django.db import connections
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def test_positions_of_an_older_ledger_are_made_anew(working: Any) -> None:
    from arrears.actions.remaking import remake_all

    loan = working.loan(unpaid_since=date(2026, 2, 1), paid=2)
    remake_all(at(MONDAY))
    right = working.position(loan.account)
    with connections["night"].cursor() as cursor:
        cursor.execute("UPDATE account_position SET charge_base_minor = 7, due_unpaid_minor = 1")
    assert working.position(loan.account) != right
    assert remake_all(at(MONDAY)) >= 1
    assert working.position(loan.account) == right


def test_a_database_says_by_which_ledger_its_positions_were_made(book: str) -> None:
    from arrears.store import ledger_shape

    with connections["owner"].cursor() as cursor:
        cursor.execute("COMMENT ON TABLE public.account_position IS 'ledger 1'")
    assert not ledger_shape.is_of_today()
    ledger_shape.keep()
    assert ledger_shape.is_of_today()
