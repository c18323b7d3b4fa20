"""Files become a book: every kind of record, once, in order, with what is wrong set aside."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book")

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)

DEBTS = """loan_number,customer_id,name,principal,origination date,State,mobile,ssn
A-1,C-1,Ana Torres,"1,200.00",2025-10-01,NY,(212) 555-0101,900-11-2222
A-2,C-2,Ben Ochoa,600.00,2025-11-01,TX,(713) 555-0102,
A-3,C-1,Ana Torres,300.50,2025-12-01,NY,,
"""
SCHEDULES = """loan number,due date,amount,principal,number
A-1,2026-01-15,110.00,100.00,1
A-1,2026-02-15,110.00,100.00,2
A-1,2026-03-15,110.00,100.00,3
A-2,2026-02-01,60.00,60.00,1
"""
PAYMENTS = """loan number,payment date,amount,payment id
A-1,2026-01-15,110.00,P-1
A-2,2026-02-10,25.00,P-2
"""


@pytest.fixture
def lender(book: str) -> Any:
    from arrears.store import bookday
    from arrears.store.doors import intake
    from arrears.store.scope import scope

    owner = intake.add_owner("Meadow Loans", "US", "America/New_York", "en")
    with scope(owner.id, None, using="night"):
        bookday.open_first(owner.id, DAY, now=NOW, using="night")
    return owner


def brought(owner: Any, folder: Path, **options: Any) -> dict[str, Any]:
    """Write files (name: text) into ``folder``, import them together, return each one's result by its name."""
    from arrears.actions.imports import run
    from arrears.engine.intake import files

    texts = options.pop("texts")
    defaults = run.Defaults(currency="USD", **options.pop("defaults", {}))
    planned = []
    for name, text in texts.items():
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        shape = files.look_at(path)
        assert isinstance(shape, files.Shape), shape
        each = run.plan(shape, owner, None, defaults, business_date=DAY.isoformat())
        assert isinstance(each, run.Planned), each
        planned.append(each)
    done = {result.name: result for result in run.bring(planned, owner, now=NOW, **options)}
    for each in done.values():
        print(each.name, each.faults.rows())  # shown when a test fails
    return done


def counted(owner: Any) -> dict[str, int]:
    """How many rows the owner has, table by table."""
    from arrears.store.tables import account, contact, feed, person, work

    tables = {
        "person": person.Person,
        "contact_point": person.ContactPoint,
        "account": account.Account,
        "account_party": account.AccountParty,
        "entry": account.Entry,
        "payment_line": feed.PaymentLine,
        "attempt": contact.Attempt,
        "account_position": work.AccountPosition,
    }
    return {
        name: table.objects.using("night").filter(organisation_id=owner.id).count() for name, table in tables.items()
    }


def position(owner: Any, number: str) -> Any:
    from arrears.store.tables.work import AccountPosition

    return AccountPosition.objects.using("night").get(account__number=number, organisation_id=owner.id)


BOOK = {"debts.csv": DEBTS, "schedules.csv": SCHEDULES, "payments.csv": PAYMENTS}


def test_debts_schedules_and_payments_make_accounts_with_positions(lender: Any, tmp_path: Path) -> None:
    results = brought(lender, tmp_path, texts=BOOK)
    assert {name: (r.read, r.new, r.known, r.refused) for name, r in results.items()} == {
        "debts.csv": (3, 3, 0, 0),
        "schedules.csv": (4, 4, 0, 0),
        "payments.csv": (2, 2, 0, 0),
    }
    assert counted(lender) == {
        "person": 2,
        "contact_point": 2,
        "account": 3,
        "account_party": 3,
        "entry": 9,
        "payment_line": 0,
        "attempt": 0,
        "account_position": 3,
    }
    first, second = position(lender, "A-1"), position(lender, "A-2")
    assert (first.principal_minor, first.due_unpaid_minor, first.paid_minor) == (110_000, 11_000, 11_000)
    assert (second.principal_minor, second.due_unpaid_minor) == (57_500, 3_500)


def test_the_same_files_twice_make_the_same_book(lender: Any, tmp_path: Path) -> None:
    brought(lender, tmp_path, texts=BOOK)
    before = counted(lender)
    again = brought(lender, tmp_path, texts=BOOK)
    assert {name: (r.new, r.known, r.refused) for name, r in again.items()} == {
        "debts.csv": (0, 3, 0),
        "schedules.csv": (0, 4, 0),
        "payments.csv": (0, 2, 0),
    }
    assert counted(lender) == before
