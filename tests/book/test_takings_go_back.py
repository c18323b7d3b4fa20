"""What goes back, goes back once: a part of a payment, by an old look-up, by a stranger's message, or after a lost answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.takings_desk import MON, Desk, desk, say
from tests.working_book import at

TUE = MON + timedelta(days=1)


@pytest.fixture
def till(shared_book: str) -> Iterator[Desk]:
    with desk() as made:
        yield made


def paid(till: Desk, amount: int) -> tuple[Any, str]:
    made = till.link("part", amount)
    intent = till.bank.pay(made.provider_ref)
    till.tell()
    return made, intent


def test_a_part_that_was_refunded_leaves_the_rest_as_the_payment_by_its_own_day(till: Desk) -> None:
    from arrears.store.tables.account import Entry

    made, intent = paid(till, 1_000)
    owed = till.position().paid_minor
    till.bank.refund(intent, 300)
    till.tell(on=TUE)
    till.tell(on=TUE)
    whole = [("PAYMENT", 1_000), ("REVERSAL", 1_000), ("PAYMENT", 700)]
    assert till.entries() == whole
    till.bank.refund(intent, 200)
    till.tell(on=TUE)
    till.tell(on=TUE)
    assert till.entries() == [*whole, ("REVERSAL", 700), ("PAYMENT", 500)]
    assert till.position().paid_minor == owed - 500
    there: Any = till.link_now(made.id)
    rest = Entry.objects.using("report").get(pk=there.entry)
    assert (there.state, rest.amount_minor, rest.value_date) == ("paid", 500, MON)
    till.bank.refund(intent, 500)
    till.tell(on=TUE)
    assert till.entries()[-1] == ("REVERSAL", 500)
    assert till.link_now(made.id).state == "returned"


def test_a_cleared_debit_of_which_a_part_was_refunded_keeps_the_rest(till: Desk) -> None:
    made = till.debit(till.mandate(is_recurring=False), 1_000, on=MON)
    till.bank.clear(made.provider_ref)
    till.tell()
    till.bank.refund(made.provider_ref, 400)
    till.tell(on=TUE)
    assert till.entries()[1:] == [("PAYMENT", 1_000), ("REVERSAL", 1_000), ("PAYMENT", 600)]
    assert till.debit_now(made.id).state == "cleared"


def test_a_promise_is_kept_by_what_was_not_refunded(till: Desk) -> None:
    from arrears.actions import promises
    from arrears.store.tables.promise import Promise

    with till.hands():
        promises.take(
            till.loan.account, amount_minor=900, due_on=MON, due_hour=17, means="card", may_call=False,
            may_write=False, now=at(MON, "10:00"),
        )  # fmt: skip
    _, intent = paid(till, 1_000)

    def state() -> str:
        return str(Promise.objects.using("report").get(account_id=till.loan.account).state)

    assert state() == "provisional"
    till.bank.refund(intent, 100)
    till.tell()
    assert state() == "provisional"
    till.bank.refund(intent, 1)
    till.tell()
    assert state() not in {"provisional", "kept"}


def test_an_old_look_up_neither_gives_again_nor_takes_back(till: Desk) -> None:
    from arrears.actions.takings import following

    made, intent = paid(till, 1_000)
    cleared: Any = till.provider.look_up(till.link_now(made.id).provider_ref)
    till.bank.dispute(intent, "fraudulent")
    till.tell(on=TUE)
    back: Any = till.provider.look_up(till.link_now(made.id).provider_ref)

    def late(standing: Any) -> tuple[str, int]:
        following.keep(standing, till.working.lender, made.reference, till.provider, now=at(TUE))
        return till.link_now(made.id).state, len(till.entries())

    assert late(cleared) == ("returned", 2)
    till.bank.win(intent)
    till.tell(on=TUE)
    assert late(back) == ("paid", 3)


def test_money_that_came_is_never_only_seen_again(till: Desk) -> None:
    from arrears.actions.takings import following

    made = till.debit(till.mandate(is_recurring=False), 1_000, on=MON)
    seen: Any = till.provider.look_up(made.provider_ref)
    till.bank.clear(made.provider_ref)
    till.tell()
    following.keep(seen, till.working.lender, made.reference, till.provider, now=at(MON, "12:30"))
    assert till.debit_now(made.id).state == "cleared"


def test_the_round_follows_what_came_back_and_what_came_again(till: Desk) -> None:
    made, intent = paid(till, 1_000)
    till.bank.dispute(intent, "fraudulent")
    till.tell(on=TUE)
    till.bank.win(intent)
    till.bank.events.clear()  # nobody tells
    till.round(TUE)
    assert till.link_now(made.id).state == "paid"
    till.bank.lose(intent)
    till.bank.events.clear()
    till.round(TUE, "08:00")
    assert till.link_now(made.id).state == "returned"
    assert [kind for kind, _ in till.entries()] == ["PAYMENT", "REVERSAL", "PAYMENT", "REVERSAL"]


def test_a_message_from_another_account_than_the_organisations_is_an_incident_and_nothing_else(till: Desk) -> None:
    from arrears.actions.takings import following
    from arrears.channels.payments.sandbox import signed
    from arrears.store.tables.taking import TakingNotice

    made = till.link("part", 1_000)
    till.bank.pay(made.provider_ref)
    event = till.bank.events[-1] | {"account": "acct_stranger"}
    told = till.provider.read(*signed(event))
    assert following.notice(told, till.provider, now=at(MON)) is False
    assert till.entries() == []
    assert till.link_now(made.id).state == "open"
    notices = TakingNotice.objects.using("report").filter(organisation_id=till.working.lender)
    assert not notices.filter(reference=made.reference).exists()
    assert "payment_message_of_another_account" in till.working.events(organisation_id=till.working.lender)
    say(till.working.lender, account="acct_stranger")
    assert following.notice(told, till.provider, now=at(MON)) is True
    assert till.entries() == [("PAYMENT", 1_000)]


def test_a_debit_whose_answer_was_lost_is_followed_until_it_is_known(till: Desk) -> None:
    mandate = till.mandate(is_recurring=False)
    till.bank.loses_answers = True
    made = till.debit(mandate, 1_000, on=MON)
    till.bank.loses_answers = False
    till.bank.is_down = True
    till.round(TUE, "23:00")
    assert (till.debit_now(made.id).state, till.debit_now(made.id).reason) == ("failed", "unclear")
    till.bank.is_down = False
    till.bank.events.clear()  # nobody tells
    assert till.round(TUE, "23:30")["found_after_all"] == 1
    known = till.debit_now(made.id)
    assert (known.state, known.reason, known.settled_at) == ("presented", "", None)
    assert till.entries() == [("PAYMENT_SEEN", 1_000)]
    till.bank.clear(known.provider_ref)
    till.bank.events.clear()
    till.round(TUE, "23:45")
    assert till.debit_now(made.id).state == "cleared"
    assert till.entries() == [("PAYMENT_SEEN", 1_000), ("PAYMENT", 1_000)]


def test_nobody_is_asked_to_pay_a_fee_that_a_cap_refuses(till: Desk) -> None:
    from arrears.actions.takings import links
    from arrears.store.tables.account import Account, Product

    product = Account.objects.using("report").get(pk=till.loan.account).product
    say(till.working.lender, fees={product.debt_kind: {"most_minor": 300, "clause": "clause 7"}})
    capped = {**product.terms, "late_charge": {**product.terms.get("late_charge", {}), "cap_minor": 299}}
    Product.objects.using("night").filter(pk=product.pk).update(terms=capped)
    with till.hands():
        refused: Any = links.ask(
            till.loan.account, "part", 500, fee_minor=300, providers=till.providers, back="http://localhost/",
            now=at(MON),
        )  # fmt: skip
    assert refused.code == "above_contract_cap"
    assert "POST /v1/checkout/sessions" not in till.bank.asked


def test_a_fee_that_a_cap_came_to_refuse_meanwhile_is_not_charged_and_history_says_so(till: Desk) -> None:
    from arrears.actions.takings import links
    from arrears.store.tables.account import Account, Product

    product = Account.objects.using("report").get(pk=till.loan.account).product
    say(till.working.lender, fees={product.debt_kind: {"most_minor": 300, "clause": "clause 7"}})
    with till.hands():
        made: Any = links.ask(
            till.loan.account, "part", 500, fee_minor=300, providers=till.providers, back="http://localhost/",
            now=at(MON),
        )  # fmt: skip
    capped = {**product.terms, "late_charge": {**product.terms.get("late_charge", {}), "cap_minor": 299}}
    Product.objects.using("night").filter(pk=product.pk).update(terms=capped)
    till.bank.pay(till.link_now(made.id).provider_ref)
    till.tell()
    assert till.entries() == [("PAYMENT", 800)]
    assert "payment_fee_refused" in till.working.events(account_id=till.loan.account)
