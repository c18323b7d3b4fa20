"""The first book of an organisation: the gate is shut for facts nobody gave, the queue names them, and it empties."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)
LOANS = 6


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    return settle()


@pytest.fixture(scope="module")
def loans(working: WorkingBook) -> list[Any]:
    """Loans that were bought, as a first file brings them: nothing is said of their papers."""
    from arrears.store.tables.account import Account

    found = [working.loan(unpaid_since=date(2026, 2, 15)) for _ in range(LOANS)]
    for loan in found:
        Account.objects.using("night").filter(pk=loan.account).update(facts={"is_transferred": True})
    with working.nobody():
        from arrears.actions import readiness

        looked = readiness.refresh(now=at(MONDAY), using="night")
    assert (looked.debts, looked.parked) == (LOANS, LOANS)
    return found


@pytest.fixture(scope="module")
def lead(working: WorkingBook) -> int:
    return hire(working.lender, ["supervisor"])


def answer_of(working: WorkingBook, loan: Any) -> Any:
    from arrears.actions import contacts

    with working.hands_of(working.alice, MONDAY):
        return contacts.dry_verdict(contacts.Approach(person=loan.person, contact_point=loan.phone), now=at(MONDAY))


def test_the_queue_of_a_first_book_empties_and_the_gate_opens(working, loans, lead):
    from arrears.actions import missing
    from arrears.store.doors import missing_facts

    assert all(not answer_of(working, loan).may_go for loan in loans)
    with working.hands_of(lead, MONDAY):
        progress = missing.look(now=at(MONDAY))
        queue = {line.fact: line for line in missing_facts.by_fact()}
    assert progress.people == LOANS
    assert set(queue) == {"debt.chain_of_creditors", "debt.right_person"}
    chain = queue["debt.chain_of_creditors"]
    assert (chain.debts, chain.balance_minor, chain.supplier) == (LOANS, LOANS * 60_000, "creditor")
    assert chain.rules == ("core.papers_missing",)

    with working.hands_of(lead, MONDAY):
        right = [line.id for line in missing_facts.lines("debt.right_person")]
        refused = missing.supply("debt.right_person", "contract and passport", right, " ", now=at(MONDAY))
        assert isinstance(refused, Problem)
        assert refused.code == "fact_reason"
        assert (
            missing.supply("debt.right_person", "contract and passport", right, "files seen", now=at(MONDAY)) == LOANS
        )
        assert missing.ask_supplier([one.id for one in missing_facts.lines()], now=at(MONDAY)) == LOANS
        table = missing.exported(supplier="creditor")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["fact"] for row in rows] == ["debt.chain_of_creditors"] * LOANS
    for row in rows[1:]:
        row["answer"] = "deed of assignment 2025-11-30, page 4"
    rows[0]["line"] = "no line"
    rows[0]["answer"] = "something"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    with working.hands_of(lead, MONDAY):
        done = missing.answers_from(out.getvalue().encode(), "answer of the seller", now=at(MONDAY))
        (left,) = missing_facts.lines()
        assert missing_facts.parked()[0][3] == ("chain_of_creditors",)
    assert (done.answered, [(one.code, one.where.row) for one in done.problems]) == (LOANS - 1, [("line_gone", 1)])
    assert left.asked_at is not None
    assert sorted(answer_of(working, loan).may_go for loan in loans) == [False] + [True] * (LOANS - 1)

    with working.hands_of(lead, MONDAY):
        assert missing.supply(left.fact, "deed", [left.id], "found in the archive", now=at(MONDAY)) == 1
        assert missing_facts.by_fact() == ()
        assert missing_facts.parked() == ()
    assert all(answer_of(working, loan).may_go for loan in loans)
    assert working.events(account=left.account)[-2:] == ["fact_supplied", "papers_completed"]


def test_whoever_only_calls_says_no_facts_for_many(working, loans):
    from arrears.actions import missing

    with working.hands_of(working.alice, MONDAY):
        refused = missing.supply("debt.right_person", "said so", [1], "because", now=at(MONDAY))
    assert isinstance(refused, Problem)
    assert refused.code == "fact_not_yours"


def test_what_has_a_place_of_its_own_is_not_set_from_the_queue(working, loans, lead):
    from arrears.actions import missing

    with working.hands_of(lead, MONDAY):
        refused = missing.supply("debt.status", "open", [1], "because", now=at(MONDAY))
    assert isinstance(refused, Problem)
    assert refused.code == "fact_elsewhere"
