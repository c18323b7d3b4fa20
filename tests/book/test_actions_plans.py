"""Plans in the book: a yes is needed, authority, money counted once, edited with history, ended and re-aged by people."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.plan_desk import (
    FIRST,
    MONDAY,
    agreed,
    both,
    codes,
    edited,
    made,
    night_judges,
    outline,
    second_loan,
    standing,
)
from tests.working_book import WorkingBook, at, hire, settle


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def test_a_plan_that_is_agreed_runs_and_stands_in_the_position(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    found = standing(working, plan)
    assert (found.state, found.version, found.next_due_on, found.next_due_minor) == ("on_time", 1, FIRST, 10_000)
    row = working.position(loan.account)
    assert (row.plan_state, row.plan_due_day - date(1970, 1, 1).toordinal() * 0) == (1, (FIRST - date(1970, 1, 1)).days)
    assert working.events(person=loan.person)[:2] == ["plan_proposed", "plan_agreed"]


def test_silence_is_no_agreement(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    assert codes(made(working, loan, agreement=agreed(reference=" "))) == ["agreement_missing"]
    assert codes(made(working, loan, agreement=agreed("call", ""))) == ["agreement_missing"]
    proposed = made(working, loan, agreement=None)
    assert proposed.state == "proposed"
    night_judges(working, loan, MONDAY + timedelta(days=60))
    assert standing(working, proposed.plan).state == "proposed"
    assert working.position(loan.account).plan_state == 0


def test_a_proposal_runs_once_the_person_says_yes(working: WorkingBook) -> None:
    from arrears.actions.plans.making import agree

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan, agreement=None).plan
    with working.hands_of(working.alice, MONDAY):
        done: Any = agree(plan, agreed("portal", "session 7"), now=at(MONDAY))
        assert done.state == "on_time"
        assert codes(agree(plan, agreed(), now=at(MONDAY))) == ["plan_not_waiting"]
    assert standing(working, plan).evidence == {"reference": "session 7"}


def test_a_call_in_which_the_person_was_verified_is_a_yes(working: WorkingBook) -> None:
    from arrears.actions import contacts, verification

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    with working.hands_of(working.alice, MONDAY):
        call = contacts.call_received(
            loan.person,
            (loan.account,),
            contact_point=loan.phone,
            owner=working.lender,
            now=at(MONDAY),
            using="default",
        )
    assert isinstance(call, int)
    assert codes(made(working, loan, agreement=agreed("call", attempt=call))) == ["agreement_missing"]
    with working.hands_of(working.alice, MONDAY):
        verification.record(call, ["birth_date", "postcode"], is_passed=True, now=at(MONDAY))
    found = standing(working, made(working, loan, agreement=agreed("call", attempt=call)).plan)
    assert (found.agreed_by, found.attempt) == ("call", call)


def test_a_plan_beyond_ones_authority_waits_for_somebody_who_leads(working: WorkingBook) -> None:
    from arrears.actions.plans.making import approve

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    shape = {"count": 40}
    plan = made(working, loan, shape=shape).plan
    assert standing(working, plan).state == "awaiting_approval"
    with working.hands_of(working.alice, MONDAY):
        assert codes(approve(plan, now=at(MONDAY))) == ["may_not_decide"]
    with working.hands_of(working.dora, MONDAY):
        assert approve(plan, now=at(MONDAY)) == []
        assert codes(approve(plan, now=at(MONDAY))) == ["plan_not_waiting"]
    found = standing(working, plan)
    assert (found.state, found.approved_by) == ("on_time", working.dora)


def test_who_made_a_plan_does_not_approve_it_and_a_refusal_has_a_name_and_a_reason(working: WorkingBook) -> None:
    from arrears.actions.plans.making import approve, decline

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan, by=working.dora, shape={"count": 115}).plan
    with working.hands_of(working.dora, MONDAY):
        assert codes(approve(plan, now=at(MONDAY))) == ["may_not_decide"]
    manager = hire(working.lender, ["manager"])
    with working.hands_of(manager, MONDAY):
        assert codes(decline(plan, " ", now=at(MONDAY))) == ["reason_missing"]
        assert decline(plan, "too long for what is owed", now=at(MONDAY)) == []
    found = standing(working, plan)
    assert (found.state, found.approved_by) == ("declined", manager)


def test_debts_that_may_not_be_in_a_plan_are_named(working: WorkingBook) -> None:
    from arrears.actions import holds
    from arrears.domain.holds import HoldKind

    loan, stranger = working.loan(unpaid_since=date(2026, 2, 20)), working.loan(unpaid_since=date(2026, 2, 20))
    assert codes(made(working, loan, stranger)) == ["not_one_person"]
    assert codes(made(working, loan, each=900_000)) == ["more_than_owed"]
    assert codes(made(working, loan, shape={"first": date(2026, 2, 27)})) == ["begins_in_the_past"]
    made(working, loan)
    assert codes(made(working, loan)) == ["has_plan"]
    with working.hands_of(working.alice, MONDAY):
        holds.start(
            HoldKind.DISPUTE, owner=working.lender, person=stranger.person, account=stranger.account, now=at(MONDAY),
            source=("test", "1"), facts={},
        )  # fmt: skip
    assert codes(made(working, stranger)) == ["debt_is_disputed"]


def test_one_plan_over_two_debts_is_kept_by_money_on_either(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    other = second_loan(working, loan)
    plan = made(working, loan, other, amounts={loan.account: 20_000, other.account: 10_000}).plan
    working.pay(loan, FIRST, 6_000)
    working.pay(other, FIRST, 4_000)
    night_judges(working, loan, date(2026, 3, 12))
    found = standing(working, plan)
    assert (found.state, found.kept_minor, found.next_due_on) == ("on_time", 10_000, date(2026, 3, 13))
    assert {working.position(each.account).plan_state for each in (loan, other)} == {1}


def test_a_plan_breaks_by_the_days_and_a_backdated_payment_mends_it(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    for on, state in ((date(2026, 3, 10), "on_time"), (date(2026, 3, 11), "behind"), (date(2026, 3, 16), "missed")):
        night_judges(working, loan, on)
        assert standing(working, plan).state == state, on
    assert working.position(loan.account).plan_state == 3
    with working.nobody():
        from arrears.actions import payments

        payments.post(loan.account, 10_000, FIRST, reference="found", now=at(date(2026, 3, 17)), using="night")
    assert standing(working, plan).state == "on_time"
    told = [kind for kind in working.events(person=loan.person) if kind.startswith("plan_")]
    assert told[2:] == ["plan_behind", "plan_missed", "plan_on_time_again"]


def test_the_gate_knows_a_plan_that_is_kept_and_one_that_is_not(working: WorkingBook) -> None:
    from arrears.store.doors.contact_records import record_of

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    made(working, loan)

    def known(on: date) -> list[tuple[bool | None, frozenset[int]]]:
        with working.hands_of(working.alice, on):
            record = record_of(loan.person, at(on))
        assert record is not None
        return [(plan.is_kept, frozenset(map(int, plan.debts))) for plan in record.plans]

    assert known(MONDAY) == [(True, frozenset({loan.account}))]
    night_judges(working, loan, date(2026, 3, 16))
    assert known(date(2026, 3, 16)) == [(False, frozenset({loan.account}))]


def test_a_returned_payment_reopens_even_a_completed_plan(working: WorkingBook) -> None:
    from arrears.actions import payments

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    entry = working.pay(loan, date(2026, 3, 4), 30_000)
    found = standing(working, plan)
    assert (found.state, found.firm_after) == ("completed", date(2026, 3, 9))
    with working.nobody():
        payments.reverse(entry, value_date=date(2026, 3, 8), reason="AC04", now=at(date(2026, 3, 13)), using="night")
    assert standing(working, plan).state == "behind"
    night_judges(working, loan, date(2026, 3, 17))
    assert standing(working, plan).state == "missed"


def test_a_promise_on_a_debt_with_a_plan_is_the_plans_own_money_unless_it_is_said_to_be_beside(
    working: WorkingBook,
) -> None:
    from arrears.actions import promises
    from arrears.store.tables.promise import Promise

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    said: dict[str, Any] = {
        "due_on": date(2026, 3, 4),
        "due_hour": 15,
        "means": "transfer",
        "may_call": False,
        "may_write": False,
    }
    with working.hands_of(working.alice, MONDAY):
        own = promises.take(loan.account, amount_minor=10_000, now=at(MONDAY), **said)
        beside = promises.take(loan.account, amount_minor=4_000, is_beside_plan=True, now=at(MONDAY), **said)
    assert isinstance(own, promises.Promised)
    assert isinstance(beside, promises.Promised)
    working.pay(loan, date(2026, 3, 4), 10_000)
    states = dict(Promise.objects.using("report").values_list("pk", "state"))
    assert states[beside.id] == "provisional"
    assert standing(working, plan).kept_minor == 6_000
    assert dict(Promise.objects.using("report").values_list("pk", "kept_minor")) == {own.id: 6_000, beside.id: 4_000}
    working.pay(loan, date(2026, 3, 4), 4_000)
    assert dict(Promise.objects.using("report").values_list("pk", "state"))[own.id] == "provisional"
    assert standing(working, plan).kept_minor == 10_000


def test_a_promise_in_place_of_another_says_so_and_withdraws_it(working: WorkingBook) -> None:
    from arrears.actions import promises
    from arrears.store.tables.promise import Promise

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    said: dict[str, Any] = {"due_hour": 15, "means": "transfer", "may_call": False, "may_write": False}
    with working.hands_of(working.alice, MONDAY):
        first = promises.take(loan.account, amount_minor=9_000, due_on=date(2026, 3, 3), now=at(MONDAY), **said)
        added = promises.take(loan.account, amount_minor=1_000, due_on=date(2026, 3, 4), now=at(MONDAY), **said)
        assert isinstance(first, promises.Promised)
        assert isinstance(added, promises.Promised)
        new = promises.take(
            loan.account, amount_minor=8_000, due_on=date(2026, 3, 4), in_place_of=first.id, now=at(MONDAY), **said
        )
        assert isinstance(new, promises.Promised)
        again = promises.take(
            loan.account, amount_minor=7_000, due_on=date(2026, 3, 4), in_place_of=first.id, now=at(MONDAY), **said
        )
    assert codes(again) == ["promise_decided"]
    rows = {row.pk: (row.state, row.replaces_id) for row in Promise.objects.using("report").all()}
    assert rows == {first.id: ("withdrawn", None), added.id: ("open", None), new.id: ("open", first.id)}
    assert "promise_replaced" in working.events(account=loan.account)


def test_an_edit_writes_the_rest_anew_and_keeps_what_was_paid_and_who_when_and_why(working: WorkingBook) -> None:
    from arrears.store.doors import plans

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    working.pay(loan, FIRST, 10_000)
    working.pay(loan, date(2026, 3, 9), 3_000)
    on = date(2026, 3, 12)
    done = edited(working, plan, working.alice, on, 17_000, first=date(2026, 3, 27), count=4)
    assert (done.version, done.is_asked) == (2, False)
    found = standing(working, plan)
    assert [each.amount for each in found.shape.instalments] == [10_000, 3_000, 4_250, 4_250, 4_250, 4_250]
    assert (found.kept_minor, found.state, found.next_due_on) == (13_000, "on_time", date(2026, 3, 27))
    with working.nobody():
        new, old = plans.versions(plan, using="night")
    assert (new.number, new.words, new.made_at, old.number) == (2, "hours were cut", at(on), 1)
    assert sum(each.amount for each in old.shape.instalments) == 30_000
    assert codes(edited(working, plan, working.alice, on, 17_000, version=1)) == ["plan_changed"]


def test_an_edit_beyond_ones_authority_changes_nothing_until_it_is_approved(working: WorkingBook) -> None:
    from arrears.actions.plans.changing import decide_edit

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    done = edited(working, plan, working.alice, MONDAY, 30_000, count=50)
    assert done.is_asked
    assert (standing(working, plan).version, standing(working, plan).asked_version) == (1, 2)
    with working.hands_of(working.alice, MONDAY):
        assert codes(decide_edit(plan, is_approved=True, now=at(MONDAY))) == ["may_not_decide"]
    with working.hands_of(working.dora, MONDAY):
        assert decide_edit(plan, is_approved=True, now=at(MONDAY)) == []
    found = standing(working, plan)
    assert (found.version, found.asked_version, len(found.shape.instalments)) == (2, None, 50)


def test_a_debt_joins_a_plan_by_an_edit_and_the_money_is_the_same(working: WorkingBook) -> None:
    from arrears.actions.plans.changing import edit

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    other = second_loan(working, loan)
    plan = made(working, loan).plan
    working.pay(loan, FIRST, 10_000)
    with working.hands_of(working.alice, FIRST):
        done = edit(
            plan, outline(25_000, first=date(2026, 3, 13), count=5), "one plan for both", version=1, now=at(FIRST),
            amounts={loan.account: 30_000, other.account: 5_000},
        )  # fmt: skip
    assert done.version == 2  # type: ignore[union-attr]
    found = standing(working, plan)
    assert (found.shape.total, found.kept_minor, dict(found.shape.amounts)) == (
        35_000,
        10_000,
        {loan.account: 30_000, other.account: 5_000},
    )
    assert working.position(other.account).plan_state == 1


def test_charges_rest_while_a_plan_says_so_and_run_again_when_it_is_ended(working: WorkingBook) -> None:
    from arrears.actions.plans.changing import end
    from arrears.store.tables.account import Entry

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan, by=working.dora, charges="frozen").plan
    last = standing(working, plan).last_due_on
    freeze = Entry.objects.using("report").get(account_id=loan.account, kind=32)
    assert (freeze.value_date, freeze.detail) == (MONDAY, (last - date(1970, 1, 1)).days + 1)
    on = date(2026, 3, 9)
    with working.hands_of(working.alice, on):
        assert codes(end(plan, "they moved abroad", now=at(on))) == ["may_not_end"]
    with working.hands_of(working.dora, on):
        assert codes(end(plan, "", now=at(on))) == ["reason_missing"]
        assert end(plan, "they moved abroad", now=at(on)) == []
    ends = Entry.objects.using("report").filter(account_id=loan.account, kind=32).order_by("pk").last()
    assert ends is not None
    assert (ends.value_date, ends.detail) == (on, (on - date(1970, 1, 1)).days)
    assert standing(working, plan).state == "ended"
    assert working.position(loan.account).plan_state == 0


def test_a_collector_asks_before_charges_rest(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    assert made(working, loan, charges="frozen").state == "awaiting_approval"


def test_a_debt_is_re_aged_only_by_rule_and_by_somebody_who_leads(working: WorkingBook) -> None:
    from arrears.actions.plans.changing import re_age
    from arrears.store.tables.account import Account

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    Account.objects.using("night").filter(pk=loan.account).update(opened_on=date(2025, 1, 1))
    plan = made(working, loan, shape={"count": 6}, each=30_000).plan
    for day in (FIRST, date(2026, 3, 13), date(2026, 3, 20)):
        working.pay(loan, day, 5_000)
    early, on = date(2026, 3, 17), date(2026, 3, 25)
    with working.hands_of(working.dora, early):
        assert codes(re_age(plan, loan.account, now=at(early))) == ["too_few_kept"]
    with working.hands_of(working.alice, on):
        assert codes(re_age(plan, loan.account, now=at(on))) == ["may_not_decide"]
    with working.hands_of(working.dora, on):
        assert isinstance(re_age(plan, loan.account, now=at(on)), int)
        assert codes(re_age(plan, loan.account, now=at(on + timedelta(days=1)))) == ["too_soon"]
    row = working.position(loan.account)
    assert row.relief_day == (on - date(1970, 1, 1)).days


def test_a_budget_is_kept_with_consent_by_named_roles_and_without_lines_of_our_own(working: WorkingBook) -> None:
    from arrears.actions.plans import budgets
    from arrears.domain.plans import Rhythm
    from arrears.store.doors import budgets as rows
    from arrears.store.doors.budgets import Said

    loan = working.loan(unpaid_since=date(2026, 2, 20))
    lines = [Said("wages", 50_000, Rhythm.WEEKLY), Said("housing", 90_000, Rhythm.MONTHLY)]
    asked: dict[str, Any] = {"currency": "USD", "pay_rhythm": Rhythm.WEEKLY, "pay_on": FIRST, "now": at(MONDAY)}
    finance = hire(working.lender, ["finance"])
    with working.hands_of(finance, MONDAY):
        assert codes(budgets.keep(loan.person, lines=lines, consented=True, **asked)) == ["may_not_see_budgets"]
    with working.hands_of(working.alice, MONDAY):
        assert codes(budgets.keep(loan.person, lines=lines, consented=False, **asked)) == ["consent_missing"]
        odd = [*lines, Said("medicine", 100, Rhythm.MONTHLY)]
        assert codes(budgets.keep(loan.person, lines=odd, consented=True, **asked)) == ["line_not_known"]
        kept = budgets.keep(loan.person, lines=lines, consented=True, **asked)
        assert isinstance(kept, int)
        found = rows.budget(kept)
    assert found is not None
    assert (found.income_minor, found.costs_minor, found.surplus_minor) == (216_666, 90_000, 126_666)
    with working.hands_of(working.bob, MONDAY):
        assert rows.budget(kept) is None


def test_of_two_edits_at_once_one_holds_and_the_other_is_told(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    with both(
        lambda: edited(working, plan, working.alice, MONDAY, 30_000, count=4),
        lambda: edited(working, plan, working.dora, MONDAY, 30_000, count=5),
    ) as done:
        assert sorted("told" if isinstance(one, list) else "done" for one in done) == ["done", "told"]
    assert [codes(one) for one in done if isinstance(one, list)] == [["plan_changed"]]
    assert standing(working, plan).version == 2


def test_a_payment_that_comes_while_a_plan_is_judged_is_counted(working: WorkingBook) -> None:
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    plan = made(working, loan).plan
    on = date(2026, 3, 11)
    with both(lambda: night_judges(working, loan, on), lambda: working.pay(loan, FIRST, 10_000, clock="02:00")) as done:
        assert done[1] is not None
    found = standing(working, plan)
    assert (found.state, found.kept_minor) == ("on_time", 10_000)
    assert working.position(loan.account).plan_state == 1
