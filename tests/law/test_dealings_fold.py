"""What contacts, promises and holds make of a position: the same bytes whatever the order of arrival."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.actions.dealings import dealings
from arrears.engine.ledger.by_day import counted
from arrears.kernel.epoch import NO_DATE
from arrears.store.doors.dealings import BROKEN, CONTACT, HOLD, KEPT, OPEN, PART_KEPT, PROMISE, PROVISIONAL, Dealt

TODAY = 20_000
CALL = (1, 1, 1, 0, 0, 0)  # outbound, call, counted, with anybody, reached, asked for
BUSY = (1, 1, 0, 0, 0, 0)
TALK = (1, 1, 1, 1, 1, 0)
LETTER = (1, 0, 1, 0, 0, 0)
RECEIVED = (0, 1, 1, 1, 1, 0)
ASKED_FOR = (1, 1, 1, 0, 0, 1)


def folded(
    contacts: list[Any] | None = None,
    promises: list[Any] | None = None,
    holds: list[Any] | None = None,
    as_of: int = TODAY,
) -> Any:
    rows = [(n, 7, day, *what) for n, (day, what) in enumerate(contacts or [])]
    dealt = Dealt(
        np.array(rows, CONTACT),
        np.array([(7, *one) for one in promises or []], PROMISE),
        np.array([(7, *one) for one in holds or []], HOLD),
    )
    return dealings(np.array([7]), dealt, as_of)[0]


def test_nothing_dealt_is_a_blank_row():
    row = folded()
    assert (row["slots_day"], row["last_rpc_day"], row["dealings_look_on"]) == (NO_DATE, NO_DATE, NO_DATE)
    assert (row["calls_slots"], row["holds"], row["promises_open"]) == (0, 0, 0)


def test_calls_and_contacts_are_counted_by_day_back_from_the_latest():
    row = folded([(TODAY, CALL), (TODAY, LETTER), (TODAY - 3, CALL), (TODAY - 3, CALL), (TODAY - 9, CALL)])
    assert row["slots_day"] == TODAY
    assert (int(row["calls_slots"]), int(row["contacts_slots"])) == (1 | 2 << 24, 2 | 2 << 24)


def test_busy_is_an_attempt_that_does_not_count():
    row = folded([(TODAY, BUSY)])
    assert (row["calls_slots"], row["slots_day"], row["last_attempt_day"]) == (0, NO_DATE, TODAY)
    assert row["attempts_since_rpc"] == 1


def test_attempts_are_counted_from_the_last_time_the_person_was_reached():
    row = folded([(TODAY - 5, CALL), (TODAY - 4, TALK), (TODAY - 2, CALL), (TODAY - 1, LETTER)])
    assert (row["attempts_since_rpc"], row["last_rpc_day"]) == (2, TODAY - 4)


def test_a_call_received_reaches_the_person_and_is_no_attempt_of_ours():
    row = folded([(TODAY - 1, CALL), (TODAY, RECEIVED)])
    assert (row["attempts_since_rpc"], row["last_rpc_day"], row["last_attempt_day"]) == (0, TODAY, TODAY - 1)
    assert (row["slots_day"], int(row["calls_slots"]), int(row["contacts_slots"])) == (TODAY, 1 << 8, 1 | 1 << 8)


def test_a_call_that_was_asked_for_is_a_contact_and_not_counted_as_a_call():
    row = folded([(TODAY, ASKED_FOR), (TODAY, CALL)])
    assert (int(row["calls_slots"]), int(row["contacts_slots"]), row["attempts_since_rpc"]) == (1, 2, 2)


def test_the_row_is_looked_at_again_when_the_oldest_counted_contact_leaves_the_window():
    assert folded([(TODAY - 6, CALL), (TODAY, CALL)])["dealings_look_on"] == TODAY + 1
    assert folded([(TODAY - 7, CALL), (TODAY, CALL)])["dealings_look_on"] == TODAY + 7


def test_the_open_promise_due_next_is_shown():
    row = folded(
        promises=[(500, TODAY + 2, OPEN), (300, TODAY + 1, OPEN), (200, TODAY + 1, OPEN), (0, TODAY, PROVISIONAL)]
    )
    assert (row["promise_due_day"], row["promise_minor"], row["promises_open"]) == (TODAY + 1, 500, 4)
    assert row["dealings_look_on"] == TODAY + 1


def test_a_promise_that_is_due_is_looked_at_every_day_until_it_is_judged():
    assert folded(promises=[(500, TODAY - 1, OPEN)])["dealings_look_on"] == TODAY + 1
    assert folded(promises=[(500, TODAY - 1, KEPT)])["dealings_look_on"] == NO_DATE


def test_the_last_three_broken_promises_are_remembered_by_their_due_days():
    row = folded(promises=[(1, TODAY - n, BROKEN if n % 2 else PART_KEPT) for n in (40, 10, 30, 20)])
    assert [row[f"broken_{n}_day"] for n in (1, 2, 3)] == [TODAY - 10, TODAY - 20, TODAY - 30]
    assert row["promises_broken"] == 4


def test_holds_that_are_on_set_their_bits_and_their_ends_are_looked_at():
    row = folded(holds=[(3, 1, TODAY - 5, TODAY + 4), (0, 0, TODAY + 2, NO_DATE)])
    assert (row["holds"], row["dealings_look_on"]) == (1 << 3, TODAY + 2)


def test_rows_of_other_accounts_are_left_out():
    dealt = Dealt(np.array([(1, 8, TODAY, *CALL)], CONTACT), np.array([], PROMISE), np.array([], HOLD))
    assert dealings(np.array([7, 9]), dealt, TODAY)["calls_slots"].tolist() == [0, 0]


contacts_anywhere = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(TODAY - 12, TODAY),
        st.sampled_from([CALL, BUSY, TALK, LETTER, RECEIVED, ASKED_FOR]),
    ),
    max_size=40,
)


@settings(deadline=None, max_examples=150)
@given(contacts_anywhere, st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_the_company_do_not_matter(contacts, random):
    def rows_of(order: list[Any], accounts: list[int]) -> Any:
        rows = np.array([(0, account, day, *what) for account, day, what in order], CONTACT)
        return dealings(np.array(accounts), Dealt(rows, np.array([], PROMISE), np.array([], HOLD)), TODAY)

    together = rows_of(contacts, [1, 2, 3])
    shuffled = list(contacts)
    random.shuffle(shuffled)
    assert rows_of(shuffled, [1, 2, 3]).tobytes() == together.tobytes()
    for place, account in enumerate((1, 2, 3)):
        assert rows_of(contacts, [account]).tobytes() == together[place : place + 1].tobytes()


@settings(deadline=None, max_examples=150)
@given(contacts_anywhere, st.integers(1, 8))
def test_the_slots_count_what_a_loop_counts(contacts, days):
    rows = np.array([(0, account, day, *what) for account, day, what in contacts], CONTACT)
    row = dealings(np.array([1]), Dealt(rows, np.array([], PROMISE), np.array([], HOLD)), TODAY)[0]
    plain = sum(account == 1 and what in (CALL, TALK) and day > TODAY - days for account, day, what in contacts)
    assert counted(int(row["calls_slots"]), int(row["slots_day"]), TODAY, days) == plain
    whole = sum(account == 1 and what != BUSY and day > TODAY - days for account, day, what in contacts)
    assert counted(int(row["contacts_slots"]), int(row["slots_day"]), TODAY, days) == whole
