"""Files become a book: every kind of record, once, in order, with what is wrong set aside."""

from datetime import UTC, date, datetime, timedelta
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
    return {result.name: result for result in run.bring(planned, owner, now=options.pop("now", NOW), **options)}


def counted(owner: Any) -> dict[str, int]:
    """How many rows the owner has, table by table."""
    from arrears.store.tables import account, contact, feed, person, work

    tables: dict[str, Any] = {
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


PEOPLE = """customer number,first name,last name,country,mobile,e-mail,idioma,national id,date of birth
C-1,Ana,Torres,US,+12125550101,ana@example.org,español,900-11-2222,1980-02-03
C-2,,王,CN,13800001111,,中文,,
C-9,,,US,,,,,
"""
RELATIONS = """loan number,person id,relationship,since
A-1,C-2,aval,2025-10-01
A-1,C-7,spouse,2025-10-01
"""
POINTS = """customer id,type,number,source,uso
C-1,phone,(212) 555-0107,contract,trabajo
C-1,phone,(212) 555-0108,phone book,casa
C-2,phone,12,contract,casa
C-1,email,new@example.org,debtor,
"""
CONTACTS = """loan number,date,channel,result,direction
A-1,2026-02-20 10:30,phone call,ptp,out
A-1,2026-02-21 10:30,sms,sent,out
A-1,2026-03-08 02:30,call,no answer,out
"""


def test_people_relations_points_and_past_contacts_come_in_and_what_is_wrong_is_named(
    lender: Any, tmp_path: Path
) -> None:
    from arrears.store.tables import account, contact, person

    texts = {
        "customers.csv": PEOPLE,
        "debts.csv": DEBTS,
        "guarantors.csv": RELATIONS,
        "phones.csv": POINTS,
        "calls.csv": CONTACTS,
    }
    results = brought(lender, tmp_path, texts=texts)
    faults = {name: [row[:2] + row[3:] for row in each.faults.sort("_row").rows()] for name, each in results.items()}
    assert faults == {
        "customers.csv": [(3, "full_name", "missing")],
        "debts.csv": [],
        "guarantors.csv": [(2, "person_number", "no_such_person")],
        "phones.csv": [(2, "source", "source_not_allowed"), (3, "value", "not_a_phone")],
        "calls.csv": [(3, "at", "not_an_instant")],
    }
    ana = person.Person.objects.using("night").get(number="C-1")
    wang = person.Person.objects.using("night").get(number="C-2")
    assert (ana.full_name, ana.language, wang.full_name, wang.language) == ("Ana Torres", "es", "王", "zh")
    points = person.ContactPoint.objects.using("night").filter(person=ana).order_by("normalised")
    assert [(point.normalised, point.use, point.timezones) for point in points] == [
        ("+12125550101", "mobile", ["America/New_York"]),
        ("+12125550107", "work", ["America/New_York"]),
        ("ana@example.org", "other", []),
        ("new@example.org", "other", []),
    ]
    parties = account.AccountParty.objects.using("night").filter(account__number="A-1").order_by("role")
    assert [(party.role, party.person_id, party.disclosure_basis) for party in parties] == [
        ("debtor", ana.pk, "liable"),
        ("guarantor", wang.pk, "liable"),
    ]
    attempts = contact.Attempt.objects.using("night").order_by("started_at")
    assert [(a.origin, a.channel, a.outcome, a.started_at.isoformat(), a.permit_id) for a in attempts] == [
        ("historic", "call", "conversation", "2026-02-20T15:30:00+00:00", None),
        ("historic", "text", "sent", "2026-02-21T15:30:00+00:00", None),
    ]


def test_contacts_and_payments_of_days_to_come_are_set_aside(lender: Any, tmp_path: Path) -> None:
    calls = (
        CONTACTS.splitlines()[0]
        + "\nA-1,2026-03-02 11:00,call,no answer,out\nA-1,2026-03-02 11:01,call,no answer,out\n"
    )
    payments = PAYMENTS.splitlines()[0] + "\nA-1,2026-03-09,5.00,P-8\nA-1,2026-03-10,5.00,P-9\n"
    results = brought(lender, tmp_path, texts={"debts.csv": DEBTS, "calls.csv": calls, "payments.csv": payments})
    assert results["calls.csv"].faults.select("_row", "field", "code").rows() == [(2, "at", "still_ahead")]
    assert results["payments.csv"].faults.select("_row", "field", "code").rows() == [(2, "value_date", "paid_ahead")]
    assert (counted(lender)["attempt"], results["payments.csv"].new) == (1, 1)


def test_contacts_after_the_book_opened_count_and_open_incidents_where_nobody_had_leave(
    lender: Any, tmp_path: Path
) -> None:
    from arrears.store.doors import contact_records
    from arrears.store.scope import scope
    from arrears.store.tables import contact, event

    calls = """loan number,date,channel,result,direction
A-1,2026-03-02 10:59,call,no answer,out
A-1,2026-03-02 11:00,call,no answer,out
A-1,2026-03-02 12:00,call,no answer,in
"""
    later = NOW + timedelta(hours=3)
    brought(lender, tmp_path, texts={"debts.csv": DEBTS, "calls.csv": calls}, now=later)
    attempts = list(contact.Attempt.objects.using("night").order_by("started_at"))
    assert [a.origin for a in attempts] == ["historic", "agency_reported", "inbound"]
    (incident,) = contact.Incident.objects.using("night")
    assert (incident.attempt_id, incident.kind) == (attempts[1].pk, "unpermitted_contact")
    assert incident.facts == {"source": "import", "channel": "call"}
    assert event.Event.objects.using("night").filter(kind="incident_opened", person=incident.person_id).count() == 1
    with scope(lender.id, None, using="night"):
        record = contact_records.record_of(incident.person_id, later, using="night")
    assert record is not None
    assert len(record.contacts) == 3


def test_past_contacts_are_linked_to_the_number_of_their_person_however_it_is_written(
    lender: Any, tmp_path: Path
) -> None:
    from arrears.store.tables import contact

    calls = """loan number,date,channel,result,direction,number called
A-1,2026-02-20 10:30,call,no answer,out,212-555-0101
A-1,2026-02-21 10:30,call,no answer,out,(713) 555-0102
A-1,2026-02-22 10:30,call,no answer,out,
"""
    results = brought(lender, tmp_path, texts={"debts.csv": DEBTS, "calls.csv": calls})
    assert results["calls.csv"].faults.height == 0
    attempts = contact.Attempt.objects.using("night").order_by("started_at").select_related("contact_point")
    assert [each.contact_point and each.contact_point.normalised for each in attempts] == ["+12125550101", None, None]
    assert [each.address for each in attempts] == ["212-555-0101", "(713) 555-0102", ""]


def test_a_national_id_is_sealed_and_found_by_its_index_alone(lender: Any, tmp_path: Path) -> None:
    from arrears.store import sealed
    from arrears.store.tables.person import Person

    brought(lender, tmp_path, texts={"debts.csv": DEBTS})
    ana: Any = Person.objects.using("night").get(number="C-1")
    assert b"2222" not in bytes(ana.national_id_sealed)
    assert sealed.unseal(bytes(ana.national_id_sealed), f"person.national_id {ana.pk}") == "900-11-2222"
    assert bytes(ana.national_id_index) == sealed.blind("900112222", lender.id)


def test_who_came_in_is_found_by_name_account_and_telephone(lender: Any, tmp_path: Path) -> None:
    from arrears.store import search
    from arrears.store.scope import scope

    brought(lender, tmp_path, texts={"debts.csv": DEBTS})
    with scope(lender.id, None):
        found = {said: [each.full_name for each in search.find(said)] for said in ("torr", "A-2", "7135550102", "zzz")}
    assert found == {"torr": ["Ana Torres"], "A-2": ["Ben Ochoa"], "7135550102": ["Ben Ochoa"], "zzz": []}


def test_a_rehearsal_counts_everything_and_keeps_nothing(lender: Any, tmp_path: Path) -> None:
    from arrears.store.tables.feed import ImportBatch

    results = brought(lender, tmp_path, texts=BOOK, is_rehearsal=True)
    assert [results[name].new for name in BOOK] == [3, 4, 2]
    assert set(counted(lender).values()) == {0}
    assert not ImportBatch.objects.using("night").exists()


def test_a_debt_that_differs_from_the_book_is_set_aside_and_changes_nothing(lender: Any, tmp_path: Path) -> None:
    brought(lender, tmp_path, texts={"debts.csv": DEBTS})
    before = counted(lender)
    changed = DEBTS.replace("600.00", "700.00")
    result = brought(lender, tmp_path, texts={"debts.csv": changed})["debts.csv"]
    assert (result.new, result.known, result.refused) == (0, 2, 1)
    assert result.faults.rows() == [(2, "account_number", "A-2", "differs")]
    assert counted(lender) == before


SNAPSHOT = """account;nombre;saldo;saldo vencido;dias de mora;fecha de apertura;importe original
S-1;Inés Rojas;1.500,00;320,40;12;31/01/2025;2.000,00
S-2;Iván Peña;900,00;;0;15/02/2025;1.000,00
S-3;Eva Gil;100,00;50,00;;15/02/2025;400,00
"""


def test_a_snapshot_opens_with_its_balance_and_what_is_overdue_since_when(lender: Any, tmp_path: Path) -> None:
    from arrears.kernel.epoch import epoch_day

    result = brought(lender, tmp_path, texts={"cartera.csv": SNAPSHOT.encode("cp1252")})["cartera.csv"]
    assert result.faults.rows() == [(3, "overdue_amount", "50,00", "no_due_date")]
    first, second = position(lender, "S-1"), position(lender, "S-2")
    assert (first.principal_minor, first.due_unpaid_minor) == (150_000, 32_040)
    assert first.oldest_unpaid_day == epoch_day(DAY) - 12
    assert (second.principal_minor, second.due_unpaid_minor) == (90_000, 0)


def test_a_phone_book_is_refused_whole(lender: Any, tmp_path: Path) -> None:
    from arrears.actions.imports import run
    from arrears.engine.intake import files

    (path := tmp_path / "通讯录.csv").write_text("客户号,手机\nC-1,13800001111\n", encoding="utf-8")
    shape = files.look_at(path)
    assert isinstance(shape, files.Shape)
    refused = run.plan(shape, lender, None, run.Defaults(kind="contact_points"), business_date="2026-03-02")
    assert isinstance(refused, list)
    assert [problem.code for problem in refused] == ["phone_book_refused"]
    assert set(counted(lender).values()) == {0}


def test_more_numbers_than_a_contract_holds_are_a_phone_book_too(lender: Any, tmp_path: Path) -> None:
    brought(lender, tmp_path, texts={"debts.csv": DEBTS})
    before = counted(lender)
    rows = "".join(f"C-1,phone,+1212555{number:04d},contract\n" for number in range(100, 113))
    result = brought(lender, tmp_path, texts={"phones.csv": "customer id,type,number,source\n" + rows})["phones.csv"]
    assert (result.read, result.refused) == (13, 13)
    assert counted(lender) == before
