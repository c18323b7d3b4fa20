"""A debit keeps to what was agreed; what failed is repeated within the limits, or ends the authorisation."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from tests.takings_desk import MON, Desk, desk
from tests.working_book import at

A_WEEK = MON + timedelta(days=7)


@pytest.fixture
def till(shared_book: str) -> Iterator[Desk]:
    with desk() as made:
        yield made


def failed(till: Desk, code: str = "insufficient_funds", *, mandate: Any = None) -> Any:
    """A debit asked for a week ahead, taken that day, and refused by the bank a day later."""
    made = till.debit(mandate or till.mandate(), 10_000, on=MON, collect_on=A_WEEK)
    till.round(A_WEEK)
    presented = till.debit_now(made.id)
    assert presented.state == "presented"
    till.bank.fail(presented.provider_ref, code)
    till.tell(on=A_WEEK + timedelta(days=1))
    return till.debit_now(made.id)


def test_an_authorisation_on_the_providers_page_keeps_who_when_what_and_that_a_copy_was_given(till: Desk) -> None:
    given = till.mandate()
    assert (given.state, given.form, given.words) == ("active", "hosted_page", "I agree to be debited.")
    assert given.given_at == given.copy_given_at == at(MON)
    assert given.provider_method.startswith("pm_")
    assert given.provider_mandate.startswith("mandate_")
    assert "mandate_given" in till.working.events(account_id=till.loan.account)


def test_the_evidence_of_an_authorisation_cannot_be_changed_by_anybody(till: Desk) -> None:
    from django.db import DatabaseError

    from arrears.store.tables.taking import Mandate

    given = till.mandate()
    for column, value in (
        ("words", "I agreed to more"),
        ("most_minor", 10**9),
        ("is_recurring", False),
        ("form", "signed"),
    ):
        with pytest.raises(DatabaseError):
            Mandate.objects.using("night").filter(pk=given.id).update(**{column: value})


def test_a_debit_waits_for_its_day_and_its_money_counts_when_it_clears(till: Desk) -> None:
    made = till.debit(till.mandate(), 10_000, on=MON, collect_on=A_WEEK)
    assert made.state == "asked"
    assert till.round(A_WEEK - timedelta(days=1))["presented"] == 0
    assert till.round(A_WEEK)["presented"] == 1
    presented = till.debit_now(made.id)
    assert "core.money_on_its_way" in till.gate(A_WEEK)
    till.bank.clear(presented.provider_ref)
    till.round(A_WEEK + timedelta(days=2))
    assert till.debit_now(made.id).state == "cleared"
    assert till.entries() == [("PAYMENT_SEEN", 10_000), ("PAYMENT", 10_000)]


@pytest.mark.parametrize(
    ("amount", "days", "code"),
    [
        (50_001, 7, "house.as_agreed"),
        (10_000, 4, "house.notice"),
        (10_000, -1, "house.as_agreed"),
        (0, 7, "amount_missing"),
    ],
)
def test_a_debit_outside_of_what_was_agreed_is_refused_by_name(till: Desk, amount: int, days: int, code: str) -> None:
    mandate = till.mandate(until=MON + timedelta(days=400))
    said = till.debit(mandate, amount, on=MON, collect_on=MON + timedelta(days=days))
    assert said.code == (code if days > 0 else "day_past")
    assert till.bank.asked.count("POST /v1/payment_intents") == 0


def test_an_authorisation_for_once_is_used_once(till: Desk) -> None:
    mandate = till.mandate(is_recurring=False)
    assert till.debit(mandate, 5_000, on=MON).state == "presented"
    assert till.debit(mandate, 5_000, on=MON).code == "house.as_agreed"


def test_several_debits_need_a_writing_and_a_word_on_the_telephone_its_proof(till: Desk) -> None:
    from arrears.actions.takings import mandates

    known = till.mandate()

    def said(**more: Any) -> Any:
        told: dict[str, Any] = {
            "form": "oral_recorded",
            "words": "Yes, take 50 today.",
            "proof": "recording 7",
            "most_minor": 5_000,
        }
        with till.hands():
            return mandates.record(till.loan.account, like=known.id, now=at(MON), **(told | more))

    refused = said(is_recurring=True)
    assert refused.code == "house.recurring_in_writing"
    assert said(proof="").code == "proof_missing"
    assert said(words=" ").code == "words_missing"
    assert said(form="hosted_page").code == "proof_missing"
    assert said(form="signed", is_recurring=True, proof="paper 3").state == "active"
    assert till.debit(said(), 5_000, on=MON).state == "presented"


def test_what_was_agreed_by_voice_with_a_notice_waits_for_the_copy(till: Desk) -> None:
    from arrears.actions.takings import mandates

    known = till.mandate()
    with till.hands():
        given: Any = mandates.record(
            till.loan.account, like=known.id, form="oral_noticed", words="Yes.", proof="", most_minor=5_000, now=at(MON)
        )
    made = till.debit(given, 5_000, on=MON)
    assert made.state == "asked"
    with till.hands():
        assert mandates.give_copy(given.id, now=at(MON, "12:00")) is None
    till.round(MON, "13:00")
    assert till.debit_now(made.id).state == "presented"


def test_a_failed_debit_says_why_frees_contact_and_stands_in_the_queue(till: Desk) -> None:
    from arrears.store.doors import takings as rows

    made = failed(till)
    assert (made.state, made.reason) == ("failed", "insufficient_funds")
    assert till.entries() == [("PAYMENT_SEEN", 10_000), ("REVERSAL", 10_000)]
    assert till.gate(A_WEEK + timedelta(days=1)) == []
    with till.hands():
        assert made.id in {one.what.id for one in rows.failures()}
    assert till.mandate_now(made.mandate).state == "active"


def test_a_refusal_for_lack_of_money_is_repeated_twice_and_no_more(till: Desk) -> None:
    from arrears.actions.takings import debits

    last = failed(till)
    day = A_WEEK + timedelta(days=2)
    for turn in (2, 3):
        with till.hands(day):
            again: Any = debits.repeat(last.id, day, providers=till.providers, now=at(day))
        assert (again.presentation, again.amount_minor, again.first) == (turn, 10_000, last.first or last.id)
        till.bank.fail(till.debit_now(again.id).provider_ref, "insufficient_funds")
        till.tell(on=day)
        last = till.debit_now(again.id)
        day += timedelta(days=2)
    with till.hands(day):
        refused: Any = debits.repeat(last.id, day, providers=till.providers, now=at(day))
    assert refused.code == "house.represent"
    assert till.bank.asked.count("POST /v1/payment_intents") == 3


def test_no_debit_is_repeated_half_a_year_after_it_was_first_presented(till: Desk) -> None:
    from arrears.actions.takings import debits
    from arrears.store import partitions

    partitions.make_ahead(MON + timedelta(days=150), MON + timedelta(days=210), using="owner")
    last = failed(till)
    late = A_WEEK + timedelta(days=181)
    with till.hands(late):
        refused: Any = debits.repeat(last.id, late, providers=till.providers, now=at(late))
        may: Any = debits.repeat(
            last.id, late - timedelta(days=1), providers=till.providers, now=at(late - timedelta(days=1))
        )
    assert refused.code == "house.represent"
    assert may.presentation == 2


@pytest.mark.parametrize("code", ["account_closed", "debit_not_authorized"])
def test_a_failure_that_no_later_try_can_cure_ends_the_authorisation(till: Desk, code: str) -> None:
    from arrears.actions.takings import debits

    mandate = till.mandate()
    ahead = till.debit(mandate, 1_000, on=MON, collect_on=A_WEEK + timedelta(days=30))
    made = failed(till, code, mandate=mandate)
    assert till.mandate_now(mandate.id).state == "stopped"
    assert till.debit_now(ahead.id).state == "cancelled"
    with till.hands(A_WEEK):
        refused: Any = debits.repeat(made.id, A_WEEK + timedelta(days=9), providers=till.providers, now=at(A_WEEK))
    assert refused.code == "not_repeatable"


def test_a_debit_declined_at_once_fails_at_once(till: Desk) -> None:
    till.bank.declines.append("insufficient_funds")
    made = till.debit(till.mandate(is_recurring=False), 1_000, on=MON)
    assert (made.state, made.reason) == ("failed", "insufficient_funds")
    assert till.entries() == []


def test_a_cleared_debit_that_comes_back_is_reversed_and_never_repeated(till: Desk) -> None:
    from arrears.actions.takings import debits

    mandate = till.mandate(is_recurring=False)
    made = till.debit(mandate, 10_000, on=MON)
    till.bank.clear(made.provider_ref)
    till.tell()
    till.bank.dispute(made.provider_ref, "debit_not_authorized")
    till.tell(*till.bank.events[::-1], on=A_WEEK)
    back = till.debit_now(made.id)
    assert (back.state, back.reason) == ("returned", "debit_not_authorized")
    assert [kind for kind, _ in till.entries()] == ["PAYMENT_SEEN", "PAYMENT", "REVERSAL"]
    assert till.mandate_now(mandate.id).state == "stopped"
    with till.hands(A_WEEK):
        refused: Any = debits.repeat(made.id, A_WEEK, providers=till.providers, now=at(A_WEEK))
    assert refused.code == "not_repeatable"


def test_a_failure_is_dealt_with_once(till: Desk) -> None:
    from arrears.actions.takings import debits

    made = failed(till)
    with till.hands():
        assert debits.work(made.id, "other_means", now=at(A_WEEK)) is None
        again = debits.work(made.id, "called", now=at(A_WEEK))
        assert again is not None
        assert again.code == "not_failed"
    assert till.debit_now(made.id).worked_how == "other_means"


def test_the_debtor_takes_an_authorisation_back_at_any_time(till: Desk) -> None:
    from arrears.actions.takings import mandates

    mandate = till.mandate()
    made = till.debit(mandate, 10_000, on=MON, collect_on=A_WEEK)
    with till.hands():
        assert mandates.revoke(mandate.id, providers=till.providers, now=at(MON, "12:00")) == ()
    assert till.mandate_now(mandate.id).state == "revoked"
    assert till.debit_now(made.id).state == "cancelled"
    assert f"POST /v1/payment_methods/{mandate.provider_method}/detach" in till.bank.asked
    till.round(A_WEEK)
    assert "POST /v1/payment_intents" not in till.bank.asked
    assert till.debit(mandate, 10_000, on=MON, collect_on=A_WEEK).code == "mandate_over"
    with till.hands():
        again = mandates.revoke(mandate.id, providers=till.providers, now=at(MON, "12:00"))
    assert again.code == "mandate_over"  # type: ignore[union-attr]  # a problem, not debits


def test_a_debit_at_the_provider_is_stopped_there_when_its_authorisation_is_taken_back(till: Desk) -> None:
    from arrears.actions.takings import mandates

    mandate = till.mandate(is_recurring=False)
    made = till.debit(mandate, 10_000, on=MON)
    with till.hands():
        moving = mandates.revoke(mandate.id, providers=till.providers, now=at(MON, "12:00"))
    assert [one.id for one in moving] == [made.id]  # type: ignore[union-attr]  # debits, not a problem
    till.round(MON, "13:00")
    assert till.debit_now(made.id).state == "cancelled"
    assert till.entries() == [("PAYMENT_SEEN", 10_000), ("REVERSAL", 10_000)]


def test_an_authorisation_ends_after_its_last_day(till: Desk) -> None:
    mandate = till.mandate(until=A_WEEK)
    till.round(A_WEEK)
    assert till.mandate_now(mandate.id).state == "active"
    till.round(A_WEEK + timedelta(days=1))
    assert till.mandate_now(mandate.id).state == "expired"


def test_an_authorisation_that_is_no_longer_good_at_the_bank_is_stopped(till: Desk) -> None:
    mandate = till.mandate()
    till.bank.things[mandate.provider_mandate]["status"] = "inactive"
    assert till.round(A_WEEK)["mandates_stopped"] == 1
    assert till.mandate_now(mandate.id).ended_because == "at_the_bank"


@pytest.mark.parametrize("kind", ["dispute", "bankruptcy", "moratorium"])
def test_nobody_is_debited_under_a_hold_that_forbids_it(till: Desk, kind: str) -> None:
    from arrears.actions import holds

    made = till.debit(till.mandate(), 10_000, on=MON, collect_on=A_WEEK)
    with till.hands():
        holds.place(kind, person=till.loan.person, account=till.loan.account, now=at(MON, "15:00"))
    till.round(A_WEEK)
    assert till.debit_now(made.id).state == "asked"
    assert "POST /v1/payment_intents" not in till.bank.asked


def test_what_was_paid_meanwhile_by_another_way_is_not_debited_again(till: Desk) -> None:
    owed = 60_000
    made = till.debit(till.mandate(), 10_000, on=MON, collect_on=A_WEEK)
    till.working.pay(till.loan, MON, owed)
    till.round(A_WEEK)
    assert till.debit_now(made.id).state == "cancelled"
    assert "POST /v1/payment_intents" not in till.bank.asked


def test_a_lost_answer_is_asked_for_again_under_the_same_key_and_takes_the_money_once(till: Desk) -> None:
    mandate = till.mandate(is_recurring=False)
    till.bank.is_down = True
    made = till.debit(mandate, 10_000, on=MON)
    assert made.state == "presenting"
    till.bank.is_down = False
    till.round(MON, "12:00")
    till.round(MON, "12:30")
    assert till.debit_now(made.id).state == "presented"
    assert till.entries() == [("PAYMENT_SEEN", 10_000)]


def test_a_lost_answer_of_long_ago_is_left_to_a_human(till: Desk) -> None:
    mandate = till.mandate(is_recurring=False)
    till.bank.is_down = True
    made = till.debit(mandate, 10_000, on=MON)
    till.bank.is_down = False
    till.round(MON + timedelta(days=1), "23:00")
    assert (till.debit_now(made.id).state, till.debit_now(made.id).reason) == ("failed", "unclear")


def at_once(*acts: Any) -> list[Any]:
    """Let several hands, each with its own connections, begin at the same moment; return what each got."""
    barrier = Barrier(len(acts))

    def run(act: Any) -> Any:
        from django.db import connections

        try:
            barrier.wait(timeout=60)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_debit_that_clears_and_cash_at_the_till_at_once_are_both_kept_to_the_unit(till: Desk) -> None:
    made = till.debit(till.mandate(is_recurring=False), 10_000, on=MON)
    till.bank.clear(made.provider_ref)
    before = till.position().paid_minor
    at_once(
        till.tell,
        lambda: till.working.pay(till.loan, MON, 10_000),
        till.tell,
        lambda: till.round(MON, "12:00"),
    )
    assert till.position().paid_minor == before + 20_000
    assert sorted(till.entries()) == [("PAYMENT", 10_000), ("PAYMENT", 10_000), ("PAYMENT_SEEN", 10_000)]


def test_revoked_while_it_is_presented_a_debit_is_either_never_given_or_stopped(till: Desk) -> None:
    from arrears.actions.takings import debits, mandates
    from arrears.store.scope import Scope

    for turn in range(4):
        mandate = till.mandate(is_recurring=False)
        ahead = MON + timedelta(days=1 + turn)
        made = till.debit(mandate, 1_000, on=MON, collect_on=ahead)
        within = Scope(till.working.lender, till.working.alice)

        def revoke(mandate: Any = mandate) -> None:
            with till.hands():
                mandates.revoke(mandate.id, providers=till.providers, now=at(MON))

        at_once(partial(debits.present, made.id, till.provider, now=at(ahead), within=within), revoke)
        till.round(ahead, "23:00")
        assert till.mandate_now(mandate.id).state == "revoked"
        assert till.debit_now(made.id).state == "cancelled"
        taken = [thing["status"] for thing in till.bank.things.values() if thing["object"] == "payment_intent"]
        assert set(taken) <= {"canceled"}
    assert till.position().pending_minor == 0


def test_of_two_hands_that_repeat_a_debit_at_once_one_does(till: Desk) -> None:
    from arrears.actions.takings import debits
    from arrears.kernel.problems import Problem

    last = failed(till)
    day: date = A_WEEK + timedelta(days=2)

    def again() -> Any:
        with till.hands(day):
            return debits.repeat(last.id, day, providers=till.providers, now=at(day))

    said = at_once(again, again, again)
    assert sum(not isinstance(one, Problem) for one in said) == 1
    assert till.bank.asked.count("POST /v1/payment_intents") == 2
