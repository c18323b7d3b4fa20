"""A link is paid once, whoever tells of it, how often, in which order; money on its way holds contact."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from tests.takings_desk import MON, Desk, desk, say
from tests.working_book import at

TUE = MON + timedelta(days=1)


@pytest.fixture
def till(shared_book: str) -> Iterator[Desk]:
    with desk() as made:
        yield made


def test_a_link_asks_for_all_that_is_past_due_and_opens_at_the_provider(till: Desk) -> None:
    made = till.link()
    assert (made.state, made.amount_minor, made.currency) == ("open", till.position().due_unpaid_minor, "USD")
    assert made.url.startswith(till.bank.address)
    assert till.bank.things[made.provider_ref]["amount_total"] == made.amount_minor


def test_a_part_can_always_be_paid_and_never_more_than_is_owed(till: Desk) -> None:
    assert till.link("part", 1).amount_minor == 1
    assert till.link("part", 10**9).code == "more_than_owed"
    assert till.link("part", 0).code == "amount_missing"
    assert till.link("promised").code == "no_promise"


def test_a_link_for_what_was_promised_asks_for_that(till: Desk) -> None:
    from arrears.actions import promises

    with till.hands():
        promises.take(
            till.loan.account, amount_minor=4_200, due_on=MON, due_hour=17, means="card", may_call=False,
            may_write=False, now=at(MON, "10:00"),
        )  # fmt: skip
    assert till.link("promised").amount_minor == 4_200


def test_a_paid_link_posts_once_however_often_and_in_whatever_order_it_is_told(shared_book: str) -> None:
    for turn in permutations(range(2)):
        with desk() as till:
            made = till.link()
            till.bank.pay(made.provider_ref)
            told = [till.bank.events[place] for place in turn]
            assert till.tell(*told, *told) == [True] * 4
            assert till.entries() == [("PAYMENT", made.amount_minor)]
            assert till.link_now(made.id).state == "paid"
            assert till.position().due_unpaid_minor == 0
            assert till.round(MON)["followed"] == 0


def test_what_nobody_told_is_found_by_the_round(till: Desk) -> None:
    made = till.link()
    till.bank.pay(made.provider_ref)
    till.round(MON, "23:00")
    assert till.link_now(made.id).state == "paid"
    assert till.entries() == [("PAYMENT", made.amount_minor)]


def test_money_on_its_way_holds_contact_until_it_clears_and_counts_from_the_day_it_was_seen(till: Desk) -> None:
    from arrears.store.tables.account import Entry

    made = till.link()
    intent = till.bank.pay(made.provider_ref, is_cleared=False)
    till.tell()
    assert till.entries() == [("PAYMENT_SEEN", made.amount_minor)]
    assert "core.money_on_its_way" in till.gate(MON, "12:30")
    till.bank.clear(intent)
    till.tell(on=TUE)
    assert [kind for kind, _ in till.entries()] == ["PAYMENT_SEEN", "PAYMENT"]
    paid = Entry.objects.using("report").get(account_id=till.loan.account, kind=80, source_kind="payment")
    assert paid.value_date == MON
    assert till.position().pending_minor == 0


def test_money_that_was_seen_and_failed_is_taken_back(till: Desk) -> None:
    made = till.link()
    intent = till.bank.pay(made.provider_ref, is_cleared=False)
    till.tell()
    till.bank.fail(intent, "insufficient_funds")
    till.tell(*till.bank.events[::-1])
    assert till.entries() == [("PAYMENT_SEEN", made.amount_minor), ("REVERSAL", made.amount_minor)]
    assert till.link_now(made.id).state == "failed"
    assert till.position().pending_minor == 0
    assert till.gate(MON, "12:30") == []


def test_a_dispute_takes_the_payment_back_and_winning_it_gives_it_again(till: Desk) -> None:
    made = till.link()
    intent = till.bank.pay(made.provider_ref)
    till.tell()
    till.bank.dispute(intent, "fraudulent")
    till.tell(on=TUE)
    assert till.position().paid_minor == till.position().billed_minor - till.position().due_unpaid_minor
    assert till.link_now(made.id).state == "returned"
    till.bank.win(intent)
    till.tell(on=TUE)
    till.tell(on=TUE)
    assert [kind for kind, _ in till.entries()] == ["PAYMENT", "REVERSAL", "PAYMENT"]
    assert till.position().due_unpaid_minor == 0


def test_a_link_that_expired_takes_nothing_and_says_so(till: Desk) -> None:
    made = till.link()
    till.bank.expire(made.provider_ref)
    till.tell()
    assert till.link_now(made.id).state == "expired"
    assert till.entries() == []


def test_a_cancelled_link_is_closed_at_the_provider_and_money_that_still_comes_is_taken(till: Desk) -> None:
    from arrears.actions.takings import links

    first, second = till.link("part", 500), till.link("part", 700)
    with till.hands():
        assert links.cancel(first.id, providers=till.providers, now=at(MON, "12:00")) is None
    assert till.bank.things[first.provider_ref]["status"] == "expired"
    till.bank.pay(second.provider_ref)
    with till.hands():
        assert links.cancel(second.id, providers=till.providers, now=at(MON, "12:00")) is None
    till.tell()
    assert till.entries() == [("PAYMENT", 700)]


def test_a_provider_that_does_not_answer_leaves_a_link_that_says_so(till: Desk) -> None:
    till.bank.is_down = True
    made = till.link("part", 500)
    assert (made.state, made.reason, made.url) == ("failed", "provider_silent", "")


def test_no_fee_for_paying_unless_the_agreement_names_it(till: Desk) -> None:
    from arrears.actions.takings import links
    from arrears.store.tables.account import Account

    def asked(fee: int) -> Any:
        with till.hands():
            return links.ask(
                till.loan.account, "part", 500, fee_minor=fee, providers=till.providers, back="http://localhost/",
                now=at(MON),
            )  # fmt: skip

    refused = asked(300)
    assert refused.code == "us.regf.1006.22.b"
    assert "12 CFR 1006.22(b)" in refused.said_in("en")
    kind = Account.objects.using("report").get(pk=till.loan.account).product.debt_kind
    say(till.working.lender, fees={kind: {"most_minor": 300, "clause": "clause 7"}})
    assert asked(301).code == "us.regf.1006.22.b"
    made = till.link_now(asked(300).id)
    assert made.amount_minor == 800
    till.bank.pay(made.provider_ref)
    till.tell()
    assert till.entries() == [("FEE", 300), ("PAYMENT", 800)]


def test_nothing_is_taken_where_no_provider_is_set_up_or_the_debt_is_over(till: Desk) -> None:
    from arrears.store.tables.account import Account

    Account.objects.using("night").filter(pk=till.loan.account).update(status="sold")
    assert till.link().code == "debt_over"
    Account.objects.using("night").filter(pk=till.loan.account).update(status="open")
    say(till.working.lender, account="")
    assert till.link().code == "no_provider"


def test_a_message_about_nothing_of_ours_changes_nothing(till: Desk) -> None:
    made = till.link()
    intent = till.bank.pay(made.provider_ref)
    for marks in ({}, {"arrears_organisation": str(till.working.lender), "arrears_reference": "link-of-nobody"}):
        till.bank.things[intent]["metadata"] = marks
        assert till.tell(till.bank.events[-1]) == [False]
    assert till.entries() == []


def test_another_organisations_mark_on_a_payment_posts_nothing_there(till: Desk) -> None:
    made = till.link()
    intent = till.bank.pay(made.provider_ref)
    till.bank.things[intent]["metadata"]["arrears_organisation"] = str(till.working.agency)
    assert till.tell() == [False, False]
    assert till.entries() == []


def test_each_message_is_kept_once(till: Desk) -> None:
    from arrears.store.tables.taking import TakingNotice

    made = till.link()
    till.bank.pay(made.provider_ref)
    till.tell()
    till.tell()
    rows = TakingNotice.objects.using("report").filter(organisation_id=till.working.lender, reference=made.reference)
    assert rows.count() == 2


def test_a_link_lives_no_longer_than_the_provider_lets_a_page_live(till: Desk) -> None:
    say(till.working.lender, link_hours=900)
    made = till.link("part", 5)
    assert made.expires_at - made.made_at == timedelta(hours=24)
    assert till.bank.things[made.provider_ref]["expires_at"] == int(at(TUE).timestamp())
