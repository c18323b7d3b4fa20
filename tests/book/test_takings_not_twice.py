"""Nobody is debited twice for the same money, on another day than they were told, or charged for paying in vain."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.takings_desk import MON, Desk, desk, say
from tests.working_book import at

A_WEEK = MON + timedelta(days=7)


@pytest.fixture
def till(shared_book: str) -> Iterator[Desk]:
    with desk() as made:
        yield made


def owed(till: Desk) -> int:
    from arrears.engine.ledger import by_day
    from arrears.kernel.epoch import epoch_day

    return by_day.contractual(till.position(), epoch_day(MON))


def test_a_debit_on_its_way_is_not_asked_for_again(till: Desk) -> None:
    everything = owed(till)
    first = till.debit(till.mandate(is_recurring=False, most=100_000), everything, on=MON)
    assert first.state == "presented"
    second = till.mandate(is_recurring=False, most=100_000)
    assert till.debit(second, 100, on=MON).code == "on_its_way"
    till.bank.fail(first.provider_ref, "insufficient_funds")
    till.tell()
    assert till.debit(second, everything, on=MON).state == "presented"


def test_debits_asked_for_ahead_come_to_no_more_than_is_owed(till: Desk) -> None:
    mandate, everything = till.mandate(most=100_000), owed(till)
    assert till.debit(mandate, everything - 500, on=MON, collect_on=A_WEEK).state == "asked"
    assert till.debit(mandate, 501, on=MON, collect_on=A_WEEK).code == "on_its_way"
    assert till.debit(mandate, 500, on=MON, collect_on=A_WEEK).state == "asked"


def test_a_debit_whose_day_went_by_is_taken_back_and_not_taken_later(till: Desk) -> None:
    made = till.debit(till.mandate(), 10_000, on=MON, collect_on=A_WEEK)
    late: date = A_WEEK + timedelta(days=4)
    assert till.round(late)["presented"] == 0
    there = till.debit_now(made.id)
    assert (there.state, there.reason) == ("cancelled", "day_past")


def test_the_fee_for_paying_goes_back_with_the_payment_and_comes_again_with_it(till: Desk) -> None:
    from arrears.actions.takings import links
    from arrears.store.tables.account import Account

    kind = Account.objects.using("report").get(pk=till.loan.account).product.debt_kind
    say(till.working.lender, fees={kind: {"most_minor": 300, "clause": "clause 7"}})
    before = owed(till)
    with till.hands():
        made: Any = links.ask(
            till.loan.account, "part", 500, fee_minor=300, providers=till.providers, back="http://localhost/",
            now=at(MON),
        )  # fmt: skip

    def told() -> int:
        till.tell(till.bank.events[-1])
        return owed(till)

    intent = till.bank.pay(till.link_now(made.id).provider_ref)
    assert told() == before - 500
    till.bank.dispute(intent, "fraudulent")
    assert told() == before
    till.bank.win(intent)
    assert told() == before - 500
    till.bank.lose(intent)
    assert told() == before


def test_who_holds_positions_holds_the_book_day_of_their_owner_too(till: Desk) -> None:
    import numpy as np
    from django.db import connections

    from arrears.store.doors import positions

    with till.hands():
        positions.hold_rows(np.array([till.loan.account], np.int64))
        with till.working.nobody(), connections["night"].cursor() as cursor:
            name = f"book {till.working.lender}"
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            assert cursor.fetchone() == (False,)
