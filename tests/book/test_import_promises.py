"""Promises that a lender brings along: each once, judged by the payments in the book, the bad ones set aside."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book")

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)

BOOK = {
    "debts.csv": """loan_number,customer_id,name,principal,origination date,State
A-1,C-1,Ana Torres,"1,200.00",2025-10-01,NY
A-2,C-2,Ben Ochoa,600.00,2025-11-01,TX
""",
    "schedules.csv": """loan number,due date,amount,principal,number
A-1,2026-01-15,110.00,100.00,1
A-1,2026-02-15,110.00,100.00,2
A-2,2026-02-01,60.00,60.00,1
""",
    "payments.csv": """loan number,payment date,amount,payment id
A-1,2026-01-20,110.00,P-1
A-2,2026-02-10,25.00,P-2
""",
}
PROMISES = """loan number,taken at,promised amount,promise date,hour,medio de pago,ptp id
A-1,2026-01-18 10:30,110.00,2026-01-20,15,transferencia,T-1
A-1,2026-02-18 09:00,110.00,2026-02-20,12,card,T-2
A-1,2026-03-01 09:00,110.00,2026-03-03,,,T-3
A-2,2026-02-08 17:00,60.00,2026-02-10,18,cash,T-4
"""


@pytest.fixture
def lender() -> Any:
    from arrears.store import bookday
    from arrears.store.doors import intake
    from arrears.store.scope import scope

    owner = intake.add_owner("Meadow Loans", "US", "America/New_York", "en")
    with scope(owner.id, None, using="night"):
        bookday.open_first(owner.id, DAY, now=NOW, using="night")
    return owner


def brought(owner: Any, folder: Path, texts: dict[str, str], *, now: datetime = NOW) -> dict[str, Any]:
    """Import files (name: text) together; return each one's result by its name."""
    from arrears.actions.imports import run
    from arrears.engine.intake import files

    planned = []
    for name, text in texts.items():
        (folder / name).write_text(text)
        shape = files.look_at(folder / name)
        assert isinstance(shape, files.Shape), shape
        each = run.plan(shape, owner, None, run.Defaults(currency="USD"), business_date=DAY.isoformat())
        assert isinstance(each, run.Planned), each
        planned.append(each)
    return {result.name: result for result in run.bring(planned, owner, now=now)}


def states(owner: Any) -> dict[str, tuple[str, int]]:
    """The state of each promise and what was kept of it, by its reference."""
    from arrears.store.tables.promise import Promise

    rows = Promise.objects.using("night").filter(organisation_id=owner.id)
    return {row.source_ref: (row.state, row.kept_minor) for row in rows}


def position(owner: Any, number: str) -> Any:
    from arrears.store.tables.work import AccountPosition

    return AccountPosition.objects.using("night").get(account__number=number, organisation_id=owner.id)


def test_the_ledger_says_what_became_of_each_promise(lender: Any, tmp_path: Path) -> None:
    results = brought(lender, tmp_path, {**BOOK, "promises.csv": PROMISES})
    assert (results["promises.csv"].new, results["promises.csv"].refused) == (4, 0)
    assert states(lender) == {
        "T-1": ("kept", 11_000),
        "T-2": ("broken", 0),
        "T-3": ("open", 0),
        "T-4": ("part_kept", 2_500),
    }


def test_positions_count_them_and_name_the_day_of_the_open_one(lender: Any, tmp_path: Path) -> None:
    from arrears.kernel.epoch import NO_DATE, epoch_day

    brought(lender, tmp_path, {**BOOK, "promises.csv": PROMISES})
    first, second = position(lender, "A-1"), position(lender, "A-2")
    assert (first.promises_kept, first.promises_broken, first.promises_open) == (1, 1, 1)
    assert (first.promise_due_day, first.promise_minor) == (epoch_day(date(2026, 3, 3)), 11_000)
    assert first.broken_1_day == epoch_day(date(2026, 2, 20))
    assert (second.promises_kept, second.promises_broken, second.promise_due_day) == (0, 1, NO_DATE)


def test_what_was_not_said_is_not_made_up(lender: Any, tmp_path: Path) -> None:
    from arrears.store.tables.promise import Promise

    brought(lender, tmp_path, {**BOOK, "promises.csv": PROMISES})
    said = Promise.objects.using("night").get(source_ref="T-1")
    silent = Promise.objects.using("night").get(source_ref="T-3")
    assert (said.due_hour, said.means, said.taken_at) == (15, "transfer", datetime(2026, 1, 18, 15, 30, tzinfo=UTC))
    assert (silent.due_hour, silent.means) == (23, "unknown")
    assert (silent.may_call, silent.may_write, silent.taken_by_id, silent.attempt_id) == (False, False, None, None)


def test_the_same_promises_twice_are_kept_once(lender: Any, tmp_path: Path) -> None:
    brought(lender, tmp_path, {**BOOK, "promises.csv": PROMISES})
    before = states(lender)
    again = brought(lender, tmp_path, {"promises.csv": PROMISES})["promises.csv"]
    assert (again.new, again.known, again.refused) == (0, 4, 0)
    assert states(lender) == before


def test_promises_without_a_reference_are_told_apart_by_what_they_say(lender: Any, tmp_path: Path) -> None:
    text = """loan number,taken at,promised amount,promise date
A-1,2026-03-01 09:00,110.00,2026-03-03
A-1,2026-03-01 09:00,110.00,2026-03-03
A-1,2026-03-01 09:00,50.00,2026-03-06
"""
    found = brought(lender, tmp_path, {**BOOK, "promises.csv": text})["promises.csv"]
    assert (found.new, found.refused) == (2, 1)
    again = brought(lender, tmp_path, {"promises.csv": text})["promises.csv"]
    assert (again.new, again.known, again.refused) == (0, 2, 1)


def test_bad_rows_are_set_aside_each_with_its_reason(lender: Any, tmp_path: Path) -> None:
    text = """loan number,customer id,taken at,promised amount,promise date,hour,means,currency,ptp id
A-9,,2026-03-01 09:00,110.00,2026-03-03,15,card,USD,B-1
A-1,C-9,2026-03-01 09:00,110.00,2026-03-03,15,card,USD,B-2
A-1,,2026-03-01 09:00,0.00,2026-03-03,15,card,USD,B-3
A-1,,2026-03-01 09:00,110.00,2026-02-28,15,card,USD,B-4
A-1,,2026-03-02 16:30,110.00,2026-03-03,15,card,USD,B-5
A-1,,2026-03-01 09:00,110.00,2026-03-03,24,card,USD,B-6
A-1,,2026-03-01 09:00,110.00,2062-03-03,15,card,USD,B-7
A-1,,2026-03-01 09:00,110.00,2026-03-03,15,seashells,USD,B-8
A-1,,2026-03-01 09:00,110.00,2026-03-03,15,card,EUR,B-9
A-1,C-2,2026-03-01 09:00,110.00,2026-03-03,15,card,USD,G-1
"""
    found = brought(lender, tmp_path, {**BOOK, "promises.csv": text})["promises.csv"]
    assert found.faults.sort("_row").select("field", "code").rows() == [
        ("account_number", "no_such_account"),
        ("person_number", "no_such_person"),
        ("amount", "not_above_zero"),
        ("due_on", "runs_backward"),
        ("taken_at", "still_ahead"),
        ("due_hour", "not_a_number"),
        ("due_on", "too_far_ahead"),
        ("means", "not_known"),
        ("currency", "other_currency"),
    ]
    assert list(states(lender)) == ["G-1"]


def test_a_reference_that_says_something_else_than_before_is_set_aside(lender: Any, tmp_path: Path) -> None:
    brought(lender, tmp_path, {**BOOK, "promises.csv": PROMISES})
    other = PROMISES.replace("2026-02-20,12,card", "2026-02-24,12,card")
    found = brought(lender, tmp_path, {"promises.csv": other})["promises.csv"]
    assert (found.new, found.known, found.faults["code"].to_list()) == (0, 3, ["reference_taken"])
    assert states(lender)["T-2"] == ("broken", 0)


def test_an_earlier_promise_that_comes_later_claims_its_payment(lender: Any, tmp_path: Path) -> None:
    head, first, *_ = PROMISES.splitlines()
    brought(lender, tmp_path, {**BOOK, "promises.csv": f"{head}\n{first.replace('2026-01-20', '2026-01-21')}\n"})
    assert states(lender) == {"T-1": ("kept", 11_000)}
    sooner = f"{head}\nA-1,2026-01-17 10:30,110.00,2026-01-20,15,card,T-0\n"
    brought(lender, tmp_path, {"promises.csv": sooner})
    assert states(lender) == {"T-0": ("kept", 11_000), "T-1": ("broken", 0)}


def test_a_payment_that_comes_after_an_imported_promise_keeps_it(lender: Any, tmp_path: Path) -> None:
    brought(lender, tmp_path, {**BOOK, "promises.csv": PROMISES})
    paid = "loan number,payment date,amount,payment id\nA-1,2026-03-02,110.00,P-3\n"
    brought(lender, tmp_path, {"payments.csv": paid})
    assert states(lender)["T-3"] == ("provisional", 11_000)
    assert position(lender, "A-1").promises_open == 1
