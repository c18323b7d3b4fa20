"""What is said to be paid is looked for while contact rests; it is found, or not found and told, or goes to a human."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.takings_desk import MON, Desk, desk, say
from tests.working_book import at

TUE = MON + timedelta(days=1)
HELD = "core.money_on_its_way"


@pytest.fixture
def till(shared_book: str) -> Iterator[Desk]:
    with desk() as made:
        yield made


def opened(till: Desk, **said: Any) -> Any:
    from arrears.actions.takings import traces

    told: dict[str, Any] = {
        "paid_to": "the account on the letter",
        "amount_minor": 10_000,
        "paid_on": MON,
        "means": "transfer",
    } | said
    with till.hands():
        return traces.open_trace(till.loan.account, now=at(MON), **told)


def now(till: Desk, trace: Any) -> Any:
    from arrears.store.doors import traces

    with till.hands():
        return traces.trace(trace.id)


def unmatched(till: Desk, amount: int) -> int:
    from arrears.store.tables.feed import ImportBatch, PaymentLine

    own = {"organisation_id": till.working.lender}
    batch = ImportBatch.objects.using("night").create(
        **own, kind="payments", file_name="bank.csv", file_hash=b"1", started_at=at(MON), state="done"
    )
    line = PaymentLine.objects.using("night").create(
        **own, batch=batch, line=1, source_ref=f"line {till.loan.account}", value_date=MON, amount_minor=amount,
        currency="USD", reference="rent", payer="SOMEBODY", state="unmatched",
    )  # fmt: skip
    return int(line.pk)


def test_every_answer_is_asked_for_at_once(till: Desk) -> None:
    problems = opened(till, paid_to=" ", amount_minor=0, paid_on=None, means="pigeon")
    assert [problem.where.field for problem in problems] == ["paid_to", "amount", "paid_on", "means"]
    assert [problem.code for problem in opened(till, paid_on=TUE)] == ["day_ahead"]
    assert till.gate(MON) == []


def test_contact_rests_while_a_payment_is_looked_for_and_one_is_looked_for_at_a_time(till: Desk) -> None:
    trace = opened(till)
    assert (trace.state, trace.deadline_on) == ("running", MON + timedelta(days=10))
    assert till.gate(MON, "11:05") == [HELD]
    assert [problem.code for problem in opened(till)] == ["trace_running"]


def test_the_payment_that_comes_closes_its_trace_and_the_rest_follows(till: Desk) -> None:
    trace = opened(till)
    till.working.pay(till.loan, MON, 4_000)
    assert now(till, trace).state == "running"
    till.working.pay(till.loan, MON, 10_000)
    found = now(till, trace)
    assert (found.state, found.ended_because) == ("found", "came")
    assert till.gate(TUE) == []
    assert till.working.events(account_id=till.loan.account)[-1] == "payment_trace_found"


def test_the_very_line_that_waited_is_found_and_posted(till: Desk) -> None:
    from arrears.actions.takings import traces

    line = unmatched(till, 9_900)
    trace = opened(till)
    with till.hands():
        [offered] = [one for one in traces.candidates(trace.id) if one.kind == "line" and one.id == line]
        assert not offered.is_exact
        assert traces.found_line(trace.id, line, now=at(TUE)) is None
    assert till.entries() == [("PAYMENT", 9_900)]
    assert now(till, trace).state == "found"
    assert till.gate(TUE) == []


def test_a_payment_that_was_posted_already_may_be_named_and_another_persons_not(till: Desk) -> None:
    from arrears.actions.takings import traces

    entry = till.working.pay(till.loan, MON, 10_000)
    other = till.working.loan(unpaid_since=MON - timedelta(days=5))
    strange = till.working.pay(other, MON, 10_000)
    trace = opened(till)
    with till.hands():
        refused = traces.found(trace.id, strange, now=at(TUE))
        assert refused is not None
        assert refused.code == "not_that_payment"
        assert traces.candidates(trace.id)[0].id == entry
        assert traces.found(trace.id, entry, now=at(TUE)) is None
        again = traces.found(trace.id, entry, now=at(TUE))
        assert again is not None
        assert again.code == "over"


def test_a_payment_that_was_not_found_is_told_in_words_and_contact_resumes(till: Desk) -> None:
    from arrears.actions.takings import traces

    trace = opened(till)
    with till.hands(TUE):
        unsaid = traces.not_found(trace.id, " ", now=at(TUE))
        assert unsaid is not None
        assert unsaid.code == "must_be_told"
    assert till.gate(TUE) == [HELD]
    with till.hands(TUE):
        assert traces.not_found(trace.id, "Not at our bank by Tuesday; asked for the slip.", now=at(TUE)) is None
    assert now(till, trace).told_at == at(TUE)
    assert till.gate(TUE, "11:05") == []


def test_after_its_last_day_a_trace_goes_to_a_human_and_contact_rests_some_days_more(till: Desk) -> None:
    say(till.working.lender, trace_days=3, trace_human_days=2)
    trace = opened(till)
    till.round(MON + timedelta(days=3))
    assert now(till, trace).state == "running"
    assert till.round(MON + timedelta(days=4))["traces_to_humans"] == 1
    assert now(till, trace).state == "to_human"
    assert till.gate(MON + timedelta(days=5)) == [HELD]
    assert till.gate(MON + timedelta(days=6)) == []


def test_saying_so_on_the_telephone_and_asking_after_it_end_together(till: Desk) -> None:
    from arrears.actions import holds
    from arrears.actions.takings import traces

    with till.hands():
        holds.place("payment_trace", person=till.loan.person, account=till.loan.account, now=at(MON, "10:00"))
    trace = opened(till)
    with till.hands(TUE):
        assert traces.withdraw(trace.id, "It was another loan.", now=at(TUE)) is None
    assert till.gate(TUE, "11:05") == []


def test_a_line_of_a_bank_statement_in_suspense_is_found_and_posted(till: Desk) -> None:
    from arrears.actions.takings import traces
    from arrears.store.tables.statement import StatementLine

    line = in_suspense(till, 10_000)
    trace = opened(till)
    with till.hands():
        [offered] = [one for one in traces.candidates(trace.id) if (one.kind, one.id) == ("bank", line)]
        assert offered.is_exact
        assert traces.found_bank_line(trace.id, line, now=at(TUE)) is None
    assert till.entries() == [("PAYMENT", 10_000)]
    assert now(till, trace).state == "found"
    assert StatementLine.objects.using("report").get(pk=line).state == "posted"


def in_suspense(till: Desk, amount: int) -> int:
    """A line of a statement that found no debt."""
    from arrears.store.tables.feed import ImportBatch
    from arrears.store.tables.statement import BankAccount, Statement, StatementLine

    own = {"organisation_id": till.working.lender, "currency": "USD"}
    account = BankAccount.objects.using("night").create(
        **own, name="Main", number_sealed=b"s", number_index=b"i", since=at(MON)
    )
    batch = ImportBatch.objects.using("night").create(
        organisation_id=till.working.lender, kind="statement", file_name="a.xml", file_hash=b"7", started_at=at(MON),
        state="done",
    )  # fmt: skip
    statement = Statement.objects.using("night").create(
        **own, batch=batch, bank_account=account, place=1, file_hash=b"7", source_format="camt053", kind="booked",
        total_minor=amount, lines=1, lines_new=1, taken_at=at(MON),
    )  # fmt: skip
    row = StatementLine.objects.using("night").create(
        **own, statement=statement, bank_account=account, place=1, line_key=f"k{till.loan.account}", value_on=MON,
        amount_minor=amount, state="suspense", payer_name="SOMEBODY",
    )  # fmt: skip
    return int(row.pk)
