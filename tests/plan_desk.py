"""Work with plans as tests do it: agreed, edited, judged, two hands at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from tests.working_book import Loan, WorkingBook, at

MONDAY = date(2026, 3, 2)
FIRST = date(2026, 3, 6)


def outline(total: int, **shape: Any) -> Any:
    from arrears.domain.plans import Outline, PlanKind, Rhythm, Shift
    from arrears.kernel.calendars import Place

    given: dict[str, Any] = {
        "kind": PlanKind.EQUAL,
        "rhythm": Rhythm.WEEKLY,
        "first": FIRST,
        "count": 3,
        "place": Place("US", "NY"),
    }
    return Outline(**{**given, "shift": Shift.FOLLOWING, "total": total, **shape})


def agreed(how: str = "letter", reference: str = "letter of 1 March", attempt: int | None = None) -> Any:
    from arrears.actions.plans.making import Agreement
    from arrears.domain.plans import AgreedBy

    return Agreement(AgreedBy(how), attempt=attempt, reference=reference)


def made(
    working: WorkingBook, *loans: Loan, by: int | None = None, each: int = 30_000, agreement: Any = "yes", **more: Any
) -> Any:
    from arrears.actions.plans.drafting import Draft
    from arrears.actions.plans.making import make
    from arrears.domain.plans import Charges

    amounts = more.pop("amounts", {loan.account: each for loan in loans})
    shape = more.pop("outline", None) or outline(sum(amounts.values()), **more.pop("shape", {}))
    said = Draft(
        person=loans[0].person, amounts=amounts, outline=shape, charges=Charges(more.pop("charges", "run")),
    )  # fmt: skip
    yes = agreed() if agreement == "yes" else agreement
    with working.hands_of(by or working.alice, MONDAY):
        return make(said, means="transfer", agreement=yes, now=more.pop("now", at(MONDAY)), **more)


def standing(working: WorkingBook, plan: int) -> Any:
    from arrears.store.doors import plans

    with working.nobody():
        found = plans.plan(plan, using="night")
    assert found is not None
    return found


def night_judges(working: WorkingBook, loan: Loan, on: date) -> None:
    from arrears.actions import promises

    with working.nobody():
        promises.judge([loan.account], now=at(on, "02:00"), using="night")


def second_loan(working: WorkingBook, of: Loan) -> Loan:
    """Another debt of the same person."""
    from arrears.store.tables.account import Account, AccountParty

    other = working.loan(unpaid_since=date(2026, 2, 20))
    Account.objects.using("night").filter(pk=other.account).update(person_id=of.person)
    party = AccountParty(
        organisation_id=working.lender, account_id=other.account, person_id=of.person, role="debtor",
        disclosure_basis="liable", from_on=MONDAY - timedelta(days=200),
    )  # fmt: skip
    party.save(using="night")
    return Loan(other.account, of.person, of.phone)


def codes(found: Any) -> list[str]:
    assert isinstance(found, list), found
    return [problem.code for problem in found]


def edited(working: WorkingBook, plan: int, by: int, on: date, total: int, version: int = 1, **shape: Any) -> Any:
    from arrears.actions.plans.changing import edit

    with working.hands_of(by, on):
        return edit(plan, outline(total, **shape), "hours were cut", version=version, now=at(on))


@contextmanager
def both(*doings: Any) -> Iterator[list[Any]]:
    """Do things at the same time, each in a thread with connections of its own; yield what came of each."""
    from django.db import connections

    found: list[Any] = [None] * len(doings)
    ready = threading.Barrier(len(doings))

    def run(place: int, doing: Any) -> None:
        ready.wait()
        try:
            found[place] = doing()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield found


def budgeted(working: WorkingBook, loan: Loan, surplus: int, **more: Any) -> int:
    """Keep a budget of the debtor that leaves so much a month; return its id."""
    from arrears.actions.plans import budgets
    from arrears.domain.plans import Rhythm
    from arrears.store.doors.budgets import Said

    lines = [Said("wages", 100_000 + surplus, Rhythm.MONTHLY), Said("housing", 100_000, Rhythm.MONTHLY)]
    given = {"currency": "USD", "pay_rhythm": Rhythm.MONTHLY, "pay_on": FIRST, "consented": True, "now": at(MONDAY)}
    with working.hands_of(working.alice, MONDAY):
        kept = budgets.keep(loan.person, lines=lines, **{**given, **more})
    assert isinstance(kept, int), kept
    return kept
