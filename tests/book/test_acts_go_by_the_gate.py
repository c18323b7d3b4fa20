"""Acts on a real book: what stops suit, debit and placement, what limitation the ledger gives, what history keeps."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MONDAY = date(2026, 3, 2)
APPROVED = {"approved_by": "dora"}


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 15))


def change(account: int, **columns: Any) -> None:
    from arrears.store.tables.account import Account

    Account.objects.using("night").filter(pk=account).update(**columns)


def hold(working: WorkingBook, loan: Any, kind: str) -> None:
    from arrears.actions import holds

    with working.hands_of(working.dora, MONDAY):
        made = holds.place(kind, person=loan.person, account=loan.account, now=at(MONDAY, "08:00"))
    assert isinstance(made, int), made


def dry(working: WorkingBook, act: str, account: int, facts: Mapping[str, object] | None = None) -> Any:
    from arrears.actions.acts import may_act
    from arrears.domain.contacts import Act

    with working.hands_of(working.dora, MONDAY):
        return may_act(Act(act), account, facts=facts, now=at(MONDAY))


def taken(working: WorkingBook, act: str, account: int, facts: Mapping[str, object] | None = None) -> Any:
    from arrears.actions.acts import take_act
    from arrears.domain.contacts import Act

    with working.hands_of(working.dora, MONDAY):
        return take_act(Act(act), account, facts=facts, now=at(MONDAY))


def test_a_suit_without_a_verified_period_is_refused_by_the_name_of_what_is_missing(working, loan):
    verdict = dry(working, "sue", loan.account, APPROVED)

    assert not verdict.may_go
    assert verdict.missing == ("debt.limitation",)


def test_nobody_is_sued_by_a_model(working, loan):
    assert "core.auto_decide" in [said.rule.id for said in dry(working, "sue", loan.account).refusing]


def switch_on(working: WorkingBook, *rules: str) -> None:
    from arrears.store.tables.organisation import Organisation

    lender = Organisation.objects.using("night").filter(pk=working.lender)
    settings = {**lender.get().settings, "gate": {"switched_on": list(rules)}}
    lender.update(settings=settings)


def test_the_ledger_says_when_the_time_is_over_and_a_payment_does_not_revive_it_in_new_york(working):
    switch_on(working, "limitation.us.ny.214-i")
    old = working.loan(unpaid_since=date(2023, 3, 2), paid=1)
    change(old.account, default_on=date(2023, 3, 1))
    working.pay(old, MONDAY - timedelta(days=30), 5_000)
    young = working.loan(unpaid_since=date(2023, 3, 2), paid=1)
    change(young.account, default_on=date(2023, 3, 2))
    try:
        over, open_still = dry(working, "sue", old.account, APPROVED), dry(working, "sue", young.account, APPROVED)
    finally:
        switch_on(working)

    assert "core.suit_in_time" in [said.rule.id for said in over.refusing]
    assert over.said_by("core.suit_in_time").facts["last_day"] == date(2026, 3, 1)
    assert open_still.said_by("core.suit_in_time") is None


def test_payments_of_the_ledger_revive_where_the_law_says_so(working):
    from arrears.actions.limitation import course_of
    from arrears.store.doors.limitation_records import course_rows

    loan = working.loan(unpaid_since=date(2026, 2, 15), paid=2)
    working.pay(loan, MONDAY, 5_000)
    change(loan.account, facts={"acknowledged_on": "2026-02-20", "last_payment_on": "2019-05-05"})
    with working.hands_of(working.dora, MONDAY):
        course = course_of(course_rows([loan.account])[loan.account])

    assert course.payments[0] == date(2019, 5, 5)
    assert course.payments[-1] == MONDAY
    assert len(course.payments) == 4
    assert course.acknowledgements == (date(2026, 2, 20),)


@pytest.mark.parametrize("kind", ["bankruptcy", "identity_theft", "dispute", "deceased"])
def test_what_stops_contact_stops_debit_and_placement_too(working, loan, kind):
    hold(working, loan, kind)
    facts = {"is_as_mandated": True}

    assert not dry(working, "debit", loan.account, facts).may_go
    assert not dry(working, "place", loan.account).may_go


def test_a_debit_as_it_was_agreed_goes(working, loan):
    assert dry(working, "debit", loan.account, {"is_as_mandated": True}).may_go
    assert not dry(working, "debit", loan.account, {"is_as_mandated": False}).may_go


def test_a_refused_act_is_a_problem_that_names_the_rule_and_stands_in_history(working, loan):
    from arrears.kernel.problems import Problem

    hold(working, loan, "bankruptcy")
    refused = taken(working, "debit", loan.account, {"is_as_mandated": True})

    assert isinstance(refused, Problem)
    assert refused.code == "act_refused"
    assert "core.bankruptcy" in refused.reason.en
    assert "core.bankruptcy" in refused.reason.zh
    assert working.events(account_id=loan.account)[-1] == "act_refused"


def test_a_permitted_act_stands_in_history_with_the_version_of_the_rules(working, loan):
    from arrears.store.tables.event import Event

    verdict = taken(working, "debit", loan.account, {"is_as_mandated": True})

    event = Event.objects.using("report").filter(account_id=loan.account).latest("pk")
    assert event.kind == "act_permitted"
    assert event.facts["act"] == "debit"
    assert event.facts["pack"] == verdict.pack_version


def test_an_account_that_is_not_ours_is_not_found(working):
    from arrears.kernel.problems import Problem

    assert isinstance(dry(working, "debit", 10**9), Problem)
    assert isinstance(taken(working, "debit", 10**9), Problem)


def test_a_placement_leaves_out_what_a_rule_refuses_and_says_so(working):
    from arrears.actions import placements

    good, bad = working.loan(unpaid_since=date(2026, 2, 15)), working.loan(unpaid_since=date(2026, 2, 15))
    hold(working, bad, "bankruptcy")
    with working.hands_of(working.dora, MONDAY):
        given = placements.place(
            [good.account, bad.account], working.agency, MONDAY, in_default_on=date(2026, 2, 15), now=at(MONDAY)
        )

    assert given == 1
    assert "account_placed" in working.events(account_id=good.account)
    assert "account_placed" not in working.events(account_id=bad.account)
    assert working.events(account_id=bad.account)[-1] == "act_refused"
