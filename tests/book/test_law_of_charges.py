"""In the book: a rate table of law binds business debts of its place, a consumer's never, and caps refuse by name."""

from datetime import date
from typing import Any

import pytest
from tests.conftest import open_account
from tests.working_book import WorkingBook, at, settle

from arrears.domain.entries import EntryKind
from arrears.kernel.problems import Problem

TODAY = date(2026, 3, 2)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def debt(working: WorkingBook, number: str, *, country: str, currency: str, consumer: bool, terms: Any) -> int:
    """A debt of 1,000.00 that fell due on 30 June 2025, as known on the open book day."""
    from arrears.store.tables.account import Product

    account, _ = open_account(working.lender, number, country=country, region="", currency=currency)
    Product.objects.using("night").update(consumer_purpose=consumer, currency=currency, terms=terms)
    due = date(2025, 6, 30)
    working.enter(account, EntryKind.OPENING, due, 100_000, principal=100_000)
    working.enter(account, EntryKind.INSTALMENT_DUE, due, 100_000, principal=100_000, detail=1)
    return account


def told_on(working: WorkingBook, account: int, day: date) -> Any:
    from arrears.actions.computations import computed

    with working.hands_of(working.alice, TODAY):
        found = computed(account, day, today=TODAY)
    assert found is not None
    return found.made


STATUTORY = {"late_charge": {"rate_table": "eu.2011-7"}}


@pytest.mark.parametrize(("consumer", "charged"), [(False, 4_834), (True, 0)])
def test_case_10_1_and_10_5_in_the_book_by_who_owes(working: WorkingBook, consumer: bool, charged: int) -> None:  # noqa: FBT001
    from arrears.actions import positions

    account = debt(working, "ES-1", country="ES", currency="EUR", consumer=consumer, terms=STATUTORY)
    assert told_on(working, account, date(2025, 7, 30)).charges.total == charged
    with working.nobody():
        positions.refresh([account], now=at(date(2025, 7, 30)), using="night")
    assert (working.position(account).charge_minor > 0) == (not consumer)


def test_one_product_in_two_countries_is_bound_by_the_law_of_each(working: WorkingBook) -> None:
    from arrears.actions import positions

    spain = debt(working, "ES-2", country="ES", currency="EUR", consumer=False, terms=STATUTORY)
    states = debt(working, "US-2", country="US", currency="EUR", consumer=False, terms=STATUTORY)
    with working.nobody():
        positions.refresh([spain, states], now=at(date(2025, 7, 30)), using="night")
    assert (working.position(spain).charge_minor > 0, working.position(states).charge_minor) == (True, 0)


def test_a_fee_beyond_the_principal_is_refused_in_kenya_and_names_its_law(working: WorkingBook) -> None:
    from arrears.actions.entries import post_entry

    account = debt(working, "KE-1", country="KE", currency="KES", consumer=True, terms={})
    posted = []
    for n, amount in enumerate((99_999, 2), start=1):
        with working.nobody():
            posted.append(
                post_entry(
                    account, EntryKind.FEE, amount_minor=amount, value_date=TODAY, reason="late_fee",
                    source_kind="test", source_ref=f"fee-{n}", now=at(TODAY), using="night",
                )
            )  # fmt: skip
    assert isinstance(posted[0], int)
    assert isinstance(posted[1], Problem)
    assert (posted[1].code, "Legal Notice 46 of 2022" in posted[1].reason.en) == ("charge_above_cap", True)
