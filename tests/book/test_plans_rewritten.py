"""What a plan covers changes by an edit: shown before it is written, a debt left out unless money came on it."""

from datetime import date
from typing import Any

import pytest
from tests.plan_desk import FIRST, codes, made, outline, second_loan, standing
from tests.working_book import Loan, WorkingBook, at, settle

NEXT = date(2026, 3, 13)


@pytest.fixture
def working(book: str) -> WorkingBook:
    return settle()


def over_both(working: WorkingBook, **more: Any) -> tuple[Loan, Loan, int]:
    """A plan over two debts, of which 100.00 came on the first."""
    loan = working.loan(unpaid_since=date(2026, 2, 20))
    other = second_loan(working, loan)
    plan = made(working, loan, other, each=15_000, **more).plan
    working.pay(loan, FIRST, 10_000)
    return loan, other, int(plan)


def rewritten(working: WorkingBook, verb: str, plan: int, total: int, amounts: dict[int, int], by: int) -> Any:
    from arrears.actions.plans import changing

    more: dict[str, Any] = {"amounts": amounts, "now": at(FIRST)}
    with working.hands_of(by, FIRST):
        if verb == "preview":
            return changing.preview(plan, outline(total, first=NEXT, count=2), **more)
        return changing.edit(plan, outline(total, first=NEXT, count=2), "less", version=1, **more)


def test_a_preview_is_what_the_edit_writes_and_itself_writes_nothing(working: WorkingBook) -> None:
    loan, other, plan = over_both(working)
    amounts = {loan.account: 15_000, other.account: 5_000}
    shown = rewritten(working, "preview", plan, 10_000, amounts, working.alice)
    assert (standing(working, plan).version, shown.needs_approval) == (1, False)
    rewritten(working, "edit", plan, 10_000, amounts, working.alice)
    shape = standing(working, plan).shape
    assert (shape.instalments, dict(shape.amounts)) == (shown.shape.instalments, amounts)
    assert [each.amount for each in shape.instalments] == [10_000, 5_000, 5_000]


def test_a_debt_is_left_out_unless_money_of_the_plan_came_on_it(working: WorkingBook) -> None:
    loan, other, plan = over_both(working)
    refused = rewritten(working, "edit", plan, 5_000, {other.account: 15_000}, working.alice)
    assert codes(refused) == ["money_came_on_it"]
    rewritten(working, "edit", plan, 5_000, {loan.account: 15_000}, working.alice)
    found = standing(working, plan)
    assert (dict(found.shape.amounts), found.kept_minor) == ({loan.account: 15_000}, 10_000)
    assert working.position(other.account).plan_state == 0


def test_charges_run_again_on_a_debt_that_is_left_out(working: WorkingBook) -> None:
    from arrears.store.tables.account import Entry

    loan, other, plan = over_both(working, by=working.dora, charges="frozen")
    rewritten(working, "edit", plan, 5_000, {loan.account: 15_000}, working.dora)
    latest = Entry.objects.using("report").filter(account_id=other.account, kind=32).order_by("pk").last()
    assert latest is not None
    assert (latest.value_date, latest.detail) == (FIRST, (FIRST - date(1970, 1, 1)).days)
