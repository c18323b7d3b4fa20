"""Positions: made anew from entries and dealings, the same bytes for one account and for many, marked for the night."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture(scope="module")
def loans(working: WorkingBook) -> list[Any]:
    return [working.loan(unpaid_since=date(2026, 2, 1) + timedelta(days=n), paid=n) for n in range(5)]


def test_a_position_follows_from_entries(working, loans):
    from arrears.kernel.epoch import epoch_day

    position = working.position(loans[3].account)
    assert (position.principal_minor, position.due_unpaid_minor, position.paid_minor) == (90_000, 10_000, 30_000)
    assert (position.instalments_due, position.instalments_paid, position.instalments_late) == (4, 3, 0)
    assert position.oldest_unpaid_day == epoch_day(date(2026, 2, 4))
    assert position.next_due_day == epoch_day(date(2026, 3, 4))
    assert position.look_again_on == position.next_due_day


def test_one_at_a_time_and_all_together_give_the_same_bytes(working, loans):
    import numpy as np

    from arrears.actions import positions

    accounts = np.array([loan.account for loan in loans])
    with working.nobody():
        together = positions.made_anew(accounts, now=at(MONDAY), using="night")
        apart = [positions.made_anew(accounts[n : n + 1], now=at(MONDAY), using="night") for n in range(len(accounts))]
    assert together.tobytes() == b"".join(one.tobytes() for one in apart)


def test_what_is_written_is_what_a_rebuild_makes(working, loans):
    import numpy as np

    from arrears.actions import positions
    from arrears.store import copying
    from arrears.store.layouts import POSITION_ROW

    accounts = np.array([loan.account for loan in loans])
    with working.nobody():
        positions.refresh(accounts, now=at(MONDAY), using="night")
        query = copying.table_query("account_position", POSITION_ROW, "account = ANY(%s) ORDER BY account")
        stands = copying.read(query, [accounts.tolist()], POSITION_ROW, using="night")
        assert stands.tobytes() == positions.made_anew(accounts, now=at(MONDAY), using="night").tobytes()


def test_compiled_and_interpreted_make_the_same_position(working, loans, monkeypatch):
    import numpy as np

    from arrears.actions import positions
    from arrears.engine.ledger.compiled import has_numba

    accounts = np.array([loan.account for loan in loans])
    with working.nobody():
        interpreted = positions.made_anew(accounts, now=at(MONDAY), using="night")
        monkeypatch.setattr(positions, "COMPILED_FROM", 0)
        compiled = positions.made_anew(accounts, now=at(MONDAY), using="night")
    assert has_numba()
    assert compiled.tobytes() == interpreted.tobytes()


def test_a_refresh_marks_the_account_once_on_the_open_day(working, loans):
    from arrears.actions import positions
    from arrears.store.tables.account import Touched

    with working.nobody():
        for _ in range(2):
            positions.refresh([loans[0].account], now=at(MONDAY), using="night")
    assert list(
        Touched.objects.using("report").filter(account_id=loans[0].account).values_list("book_day", flat=True)
    ) == [1]


def test_the_days_are_those_of_the_owner_of_the_debt(working):
    """A call at 23:30 in New York is on the next day in UTC and on the same day in the position."""
    from arrears.actions import contacts
    from arrears.domain.contacts import Channel, Direction, Origin, Outcome, Role
    from arrears.kernel.epoch import epoch_day

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    told = contacts.Told(
        owner=working.lender, person=loan.person, accounts=(loan.account,), contact_point=loan.phone, role=Role.DEBTOR,
        channel=Channel.CALL, origin=Origin.INBOUND, direction=Direction.FROM_PERSON, outcome=Outcome.CONVERSATION,
        at=at(date(2026, 3, 1), "23:30"), source_kind="switchboard", source_ref="1",
    )  # fmt: skip
    with working.hands_of(working.alice, MONDAY):
        contacts.record_elsewhere(told, now=at(MONDAY))
    assert working.position(loan.account).last_rpc_day == epoch_day(date(2026, 3, 1))
