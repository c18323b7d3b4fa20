"""Joe pays by link, by debit and by word of mouth: what came, what failed, what was only said, day by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.takings_desk import Desk, desk
from tests.working_book import at

MON = date(2026, 3, 2)
TUE, WED, THU, FRI = (MON + timedelta(days=n) for n in (1, 2, 3, 4))
NEXT_MON = MON + timedelta(days=7)
HELD = "core.money_on_its_way"


@pytest.fixture
def till(book: str) -> Iterator[Desk]:
    from arrears.store import partitions

    partitions.make_ahead(MON - timedelta(days=62), MON + timedelta(days=62), using="owner")
    with desk(unpaid_since=date(2026, 2, 15)) as made:
        yield made


def promised(till: Desk, amount: int, due_on: date, *, on: date, clock: str) -> None:
    from arrears.actions import promises

    with till.hands(on):
        made = promises.take(
            till.loan.account, amount_minor=amount, due_on=due_on, due_hour=17, means="debit", may_call=False,
            may_write=False, now=at(on, clock),
        )  # fmt: skip
    assert isinstance(made, promises.Promised), made


def promise_states() -> list[str]:
    from arrears.store.tables.promise import Promise

    return list(Promise.objects.using("report").order_by("pk").values_list("state", flat=True))


def reason_late(till: Desk) -> Any:
    from arrears.store.tables.account import Account

    return Account.objects.using("report").get(pk=till.loan.account).facts.get("reason_late")


def test_a_link_is_paid_in_the_evening_and_nobody_rings_the_next_day(till: Desk) -> None:
    # Monday noon he wants to pay what he promised, by card, later; he gets the page's address.
    promised(till, 10_000, TUE, on=MON, clock="12:00")
    link = till.link("promised", on=MON, clock="12:01")
    assert till.gate(MON, "12:05") == []

    # At eight his card is charged. The message gets lost; the round of the night finds it.
    till.bank.pay(link.provider_ref)
    till.round(MON, "23:30")
    assert till.link_now(link.id).state == "paid"
    assert promise_states() == ["provisional"]
    assert till.position().due_unpaid_minor == 0

    # The message comes on Tuesday after all, twice. Nothing happens again.
    till.tell(on=TUE)
    till.tell(on=TUE)
    assert till.entries() == [("PAYMENT", 10_000)]


def test_a_debit_fails_for_lack_of_money_is_presented_again_fails_and_stands_in_the_queue(till: Desk) -> None:
    from arrears.actions.takings import debits
    from arrears.store.doors import takings as rows

    # Monday he authorises one debit for today and promises it; it goes to the bank, and contact rests.
    promised(till, 10_000, MON, on=MON, clock="11:00")
    made = till.debit(till.mandate(is_recurring=False), 10_000, on=MON)
    assert till.gate(MON, "12:00") == [HELD]

    # Thursday the bank says R01. The debt is as it was, the promise broken, and why it is late is known.
    till.bank.fail(made.provider_ref, "R01")
    till.tell(on=THU)
    assert till.gate(THU, "12:00") == []
    assert promise_states() == ["broken"]
    assert till.position().due_unpaid_minor == 10_000
    assert "debit_failed" in till.working.events(account_id=till.loan.account)
    assert reason_late(till) == "debit_failed"

    # His wages come on Friday: it is presented again then, the same amount, and fails again.
    with till.hands(THU):
        again: Any = debits.repeat(made.id, FRI, providers=till.providers, now=at(THU, "15:00"))
    till.round(THU, "23:00")
    assert till.debit_now(again.id).state == "asked"
    till.round(FRI)
    till.bank.fail(till.debit_now(again.id).provider_ref, "R01")
    till.tell(on=NEXT_MON)
    with till.hands(NEXT_MON):
        [waiting] = [one for one in rows.failures() if one.what.account == till.loan.account]
    assert (waiting.what.presentation, waiting.what.reason) == (2, "R01")

    # He says that he will bring it to the counter; the failure leaves the queue.
    with till.hands(NEXT_MON):
        assert debits.work(again.id, "other_means", now=at(NEXT_MON)) is None
        assert rows.failures() == ()
    assert till.entries() == [("PAYMENT_SEEN", 10_000), ("REVERSAL", 10_000)] * 2


def test_what_he_says_he_paid_is_found_on_a_line_that_named_no_debt(till: Desk) -> None:
    from arrears.actions.takings import traces
    from arrears.store.tables.feed import ImportBatch, PaymentLine

    # Tuesday: "I paid on Monday." He is asked where, how much, how. Nobody rings him about it.
    with till.hands(TUE):
        trace: Any = traces.open_trace(
            till.loan.account, paid_to="the old account", amount_minor=10_000, paid_on=MON, means="transfer",
            proof="the bank's slip", now=at(TUE, "10:00"),
        )  # fmt: skip
    assert till.gate(WED) == [HELD]

    # Thursday's statement has such a sum, with his wife's name and no number. Fred sees that it is the one.
    own = {"organisation_id": till.working.lender}
    batch = ImportBatch.objects.using("night").create(
        **own, kind="payments", file_name="bank.csv", file_hash=b"1", started_at=at(THU), state="done"
    )
    PaymentLine.objects.using("night").create(
        **own, batch=batch, line=1, source_ref="B-77", value_date=MON, amount_minor=10_000, currency="USD",
        payer="M ALVAREZ", reference="loan", state="unmatched",
    )  # fmt: skip
    with till.hands(THU):
        [likely, *_] = traces.candidates(trace.id)
        assert (likely.kind, likely.is_exact) == ("line", True)
        assert traces.found_line(trace.id, likely.id, now=at(THU, "14:00")) is None
    assert till.position().due_unpaid_minor == 0
    assert till.working.events(account_id=till.loan.account)[-1] == "payment_trace_found"


def test_what_he_says_he_paid_is_not_found_he_is_told_and_the_work_goes_on(till: Desk) -> None:
    from arrears.actions.takings import traces

    with till.hands(TUE):
        trace: Any = traces.open_trace(
            till.loan.account, paid_to="a shop", amount_minor=10_000, paid_on=MON, means="counter", now=at(TUE, "10:00")
        )
    # Nobody looks after it for ten days: on the eleventh it is a human's, and contact still rests for them.
    late = TUE + timedelta(days=11)
    till.round(late)
    assert till.gate(late) == [HELD]
    with till.hands(late):
        assert (
            traces.not_found(trace.id, "The shop has no such payment; please send its slip.", now=at(late, "09:00"))
            is None
        )
    assert till.gate(late, "11:00") == []
    assert till.position().due_unpaid_minor == 10_000
