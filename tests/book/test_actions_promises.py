"""Promises: amount, date, hour and means; kept as said; judged by the ledger and by nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)
SAID: dict[str, Any] = {
    "amount_minor": 10_000,
    "due_on": MONDAY + timedelta(days=1),
    "due_hour": 15,
    "means": "transfer",
    "may_call": True,
    "may_write": False,
}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def take(working: WorkingBook, loan: Any, on: date = MONDAY, clock: str = "11:00", **said: Any) -> Any:
    from arrears.actions import promises

    with working.hands_of(working.alice, on):
        return promises.take(loan.account, now=at(on, clock), **{**SAID, **said})


def judge(working: WorkingBook, loan: Any, on: date) -> list[str]:
    from arrears.actions import promises

    with working.nobody():
        return [change.state for change in promises.judge([loan.account], now=at(on), using="night")]


def pay(working: WorkingBook, loan: Any, on: date, amount: int, **more: Any) -> int:
    from arrears.domain.entries import EntryKind

    return working.enter(loan.account, EntryKind.PAYMENT, on, amount, **more)


def state_of(promise: int) -> tuple[str, int]:
    from arrears.store.tables.promise import Promise

    row = Promise.objects.using("report").get(pk=promise)
    return row.state, row.kept_minor


def last_event(loan: Any, kind: str) -> dict[str, Any]:
    from arrears.store.tables.event import Event

    return dict(Event.objects.using("report").filter(account_id=loan.account, kind=kind).latest("pk").facts)


def words_of_note(note: int) -> str:
    from arrears.store.tables.account import Note

    return str(Note.objects.using("report").get(pk=note).words)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"amount_minor": None}, "amount_missing"),
        ({"amount_minor": 0}, "amount_missing"),
        ({"amount_minor": 60_001}, "amount_above_owed"),
        ({"due_on": None}, "date_missing"),
        ({"due_on": MONDAY - timedelta(days=1)}, "date_past"),
        ({"due_on": MONDAY + timedelta(days=367)}, "date_too_far"),
        ({"due_hour": None}, "hour_missing"),
        ({"due_hour": 24}, "hour_missing"),
        ({"means": ""}, "means_missing"),
        ({"may_call": None}, "answer_missing"),
        ({"may_write": None}, "answer_missing"),
    ],
)
def test_a_promise_demands_all_of_it_and_a_mistake_writes_nothing(working, loan, said, code):
    before = [working.rows(table) for table in ("promise", "consent", "event", "touched")]
    (problem,) = take(working, loan, **said)
    assert problem.code == code
    assert [working.rows(table) for table in ("promise", "consent", "event", "touched")] == before


@pytest.mark.parametrize(("hour", "code"), [(10, "hour_past"), (11, "")])
def test_an_hour_of_today_may_be_promised_until_it_is_over(working, loan, hour, code):
    answer = take(working, loan, due_on=MONDAY, due_hour=hour, clock="11:00")
    assert (answer[0].code if isinstance(answer, list) else "") == code


def test_all_mistakes_are_told_at_once(working, loan):
    problems = take(working, loan, amount_minor=None, due_on=None, due_hour=None, means="")
    assert [problem.code for problem in problems] == ["amount_missing", "date_missing", "hour_missing", "means_missing"]
    assert [problem.where.field for problem in problems] == ["amount_minor", "due_on", "due_hour", "means"]


def test_the_whole_of_what_is_owed_may_be_promised(working, loan):
    assert take(working, loan, amount_minor=60_000).kind == "promise"


def test_a_promise_shows_in_the_position(working, loan):
    from arrears.kernel.epoch import epoch_day

    take(working, loan)
    position = working.position(loan.account)
    due = epoch_day(SAID["due_on"])
    assert (position.promises_open, position.promise_minor, position.promise_due_day) == (1, 10_000, due)
    assert position.dealings_look_on == position.look_again_on == due


def test_a_yes_to_calling_is_kept_as_consent_for_that_hour_only(working, loan):
    from arrears.store.tables.person import Consent

    take(working, loan, may_call=True, may_write=True)
    given = {row.kind: row for row in Consent.objects.using("report").filter(person_id=loan.person)}
    assert set(given) == {"call_more", "hours", "medium"}
    assert given["hours"].windows == [{"days": [1], "start": "14:00", "until": "16:00", "on": "2026-03-03"}]
    assert given["hours"].until_at == at(SAID["due_on"], "16:00")
    assert given["medium"].media == ["text", "email"]


def test_a_no_to_calling_leaves_no_consent(working, loan):
    from arrears.store.tables.person import Consent

    take(working, loan, may_call=False, may_write=False)
    assert not Consent.objects.using("report").filter(person_id=loan.person).exists()


@pytest.mark.parametrize(("days", "kind", "state"), [(2, "promise", "open"), (3, "arrangement", "asked")])
def test_the_horizon_turns_a_later_date_into_an_arrangement(working, loan, days, kind, state):
    taken = take(working, loan, due_on=MONDAY + timedelta(days=days))
    assert (taken.kind, taken.state, taken.horizon_days) == (kind, state, 2)
    assert taken.due_on == MONDAY + timedelta(days=days)


def test_a_later_date_may_become_a_call_on_pay_day(working, loan):
    taken = take(working, loan, due_on=MONDAY + timedelta(days=12), beyond="pay_day_call")
    assert (taken.kind, taken.state) == ("pay_day_call", "open")
    assert working.position(loan.account).promises_open == 0


def test_an_arrangement_is_approved_by_somebody_else_who_leads(working, loan):
    from arrears.actions import promises

    taken = take(working, loan, due_on=MONDAY + timedelta(days=12))
    with working.hands_of(working.alice, MONDAY):
        problem: Any = promises.decide_arrangement(taken.id, approve=True, now=at(MONDAY, "12:00"))
    assert problem.code == "may_not_decide"
    assert state_of(taken.id) == ("asked", 0)
    with working.hands_of(working.dora, MONDAY):
        assert promises.decide_arrangement(taken.id, approve=True, now=at(MONDAY, "12:00")) is None
        again: Any = promises.decide_arrangement(taken.id, approve=False, now=at(MONDAY, "12:01"))
    assert again.code == "promise_decided"
    assert state_of(taken.id) == ("open", 0)
    assert working.position(loan.account).promises_open == 1
    assert working.events(account_id=loan.account) == ["arrangement_asked", "arrangement_approved"]


def test_an_arrangement_turned_down_can_become_a_call(working, loan):
    from arrears.actions import promises
    from arrears.store.tables.promise import Promise

    taken = take(working, loan, due_on=MONDAY + timedelta(days=12))
    with working.hands_of(working.dora, MONDAY):
        promises.decide_arrangement(taken.id, approve=False, as_call=True, now=at(MONDAY, "12:00"))
    row = Promise.objects.using("report").get(pk=taken.id)
    assert (row.kind, row.state, row.due_on) == ("pay_day_call", "open", MONDAY + timedelta(days=12))


def test_a_promise_is_kept_by_a_payment_and_firm_when_no_bank_can_take_it_back(working, loan):
    taken = take(working, loan)
    pay(working, loan, SAID["due_on"], 10_000)
    assert judge(working, loan, SAID["due_on"]) == ["provisional"]
    assert working.position(loan.account).promises_kept == 0
    last_return = SAID["due_on"] + timedelta(days=5)
    assert judge(working, loan, last_return) == []
    assert judge(working, loan, last_return + timedelta(days=1)) == ["kept"]
    assert state_of(taken.id) == ("kept", 10_000)
    assert working.position(loan.account).promises_kept == 1
    assert working.events(account_id=loan.account) == ["promise_taken", "promise_kept", "promise_firm"]


def test_bank_days_are_waited_for_before_a_promise_is_broken(working, loan):
    taken = take(working, loan)  # due on a Tuesday; two bank days more are Wednesday and Thursday
    assert judge(working, loan, date(2026, 3, 5)) == []
    assert judge(working, loan, date(2026, 3, 6)) == ["broken"]
    assert state_of(taken.id) == ("broken", 0)
    assert working.position(loan.account).promises_broken == 1


def test_part_of_the_money_keeps_part_of_the_promise(working, loan):
    taken = take(working, loan)
    pay(working, loan, SAID["due_on"], 9_999)
    assert judge(working, loan, SAID["due_on"]) == ["open"]
    assert judge(working, loan, date(2026, 3, 6)) == ["part_kept"]
    assert state_of(taken.id) == ("part_kept", 9_999)


def test_each_cent_of_a_payment_counts_for_one_promise_only(working, loan):
    first = take(working, loan, amount_minor=6_000)
    second = take(working, loan, amount_minor=6_000, due_on=MONDAY + timedelta(days=2))
    pay(working, loan, SAID["due_on"], 10_000)
    assert judge(working, loan, SAID["due_on"]) == ["provisional", "open"]
    assert (state_of(first.id), state_of(second.id)) == (("provisional", 6_000), ("open", 4_000))
    pay(working, loan, SAID["due_on"], 2_000)
    assert judge(working, loan, SAID["due_on"]) == ["provisional"]
    assert state_of(second.id) == ("provisional", 6_000)


def test_money_that_came_before_the_promise_does_not_keep_it(working, loan):
    pay(working, loan, MONDAY, 10_000)
    taken = take(working, loan)
    assert judge(working, loan, SAID["due_on"]) == []
    assert state_of(taken.id) == ("open", 0)


def test_a_reversed_payment_breaks_the_promise_again(working, loan):
    from arrears.domain.entries import EntryKind

    taken = take(working, loan)
    payment = pay(working, loan, SAID["due_on"], 10_000)
    judge(working, loan, SAID["due_on"])
    working.enter(loan.account, EntryKind.REVERSAL, date(2026, 3, 9), 10_000, reverses=payment)
    assert judge(working, loan, date(2026, 3, 9)) == ["broken"]
    assert state_of(taken.id) == ("broken", 0)
    position = working.position(loan.account)
    assert (position.promises_kept, position.promises_broken) == (0, 1)
    assert working.events(account_id=loan.account) == ["promise_taken", "promise_kept", "promise_broken"]


def test_a_backdated_payment_mends_a_broken_promise(working, loan):
    taken = take(working, loan)
    judge(working, loan, date(2026, 3, 6))
    pay(working, loan, SAID["due_on"], 10_000)
    assert judge(working, loan, date(2026, 3, 20)) == ["kept"]
    assert state_of(taken.id) == ("kept", 10_000)


def test_a_promise_taken_in_error_is_withdrawn_with_a_reason(working, loan):
    from arrears.actions import promises

    taken = take(working, loan)
    with working.hands_of(working.alice, MONDAY):
        problem: Any = promises.withdraw(taken.id, " ", now=at(MONDAY))
        assert problem.code == "reason_missing"
        assert promises.withdraw(taken.id, "typed for the wrong debt", now=at(MONDAY)) is None
    assert judge(working, loan, date(2026, 3, 20)) == []
    assert state_of(taken.id) == ("withdrawn", 0)
    assert working.position(loan.account).promises_open == 0
    told = last_event(loan, "promise_withdrawn")
    assert told["was"] == "open"
    assert words_of_note(told["note"]) == "typed for the wrong debt"


@pytest.mark.parametrize(("on", "state"), [(date(2026, 3, 5), "open"), (date(2026, 3, 20), "broken")])
def test_after_its_day_a_promise_is_taken_back_only_by_who_is_in_charge(working, loan, on, state):
    from arrears.actions import promises

    taken = take(working, loan)
    with working.hands_of(working.alice, on):
        problem: Any = promises.withdraw(taken.id, "noted in error", now=at(on))
    assert problem.code == "may_not_withdraw"
    assert state_of(taken.id) == (state, 0)
    with working.hands_of(working.dora, on):
        assert promises.withdraw(taken.id, "noted in error", now=at(on)) is None
    assert state_of(taken.id) == ("withdrawn", 0)


def test_a_promise_that_money_has_kept_is_not_taken_back(working, loan):
    from arrears.actions import promises

    taken = take(working, loan)
    pay(working, loan, SAID["due_on"], 10_000)
    with working.hands_of(working.dora, date(2026, 3, 20)):
        problem: Any = promises.withdraw(taken.id, "noted in error", now=at(date(2026, 3, 20)))
    assert problem.code == "promise_decided"
    assert state_of(taken.id) == ("kept", 10_000)
