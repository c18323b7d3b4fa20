"""A permit that nobody said anything about expires at night, and counts as used."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

TODAY = date(2026, 3, 2)
NIGHT_AT = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def permit(owner: int, person: int, account: int, *, until: datetime, by: int = 0, state: str = "issued") -> int:
    """A permit of any day and state, alone: what the database asks of one when it is issued is not asked here."""
    from django.db import connections

    from arrears.store.tables.contact import Permit

    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE permit DISABLE TRIGGER USER")
    row = Permit.objects.using("night").create(
        organisation_id=owner, by_organisation_id=by or owner, person_id=person, accounts=[account], role="debtor",
        channel="call", purpose="collect", state=state, verdict="allow", pack_version="1",
        issued_at=until - timedelta(minutes=5), expires_at=until,
        settled_at=None if state == "issued" else until,
    )  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE permit ENABLE TRIGGER USER")
    return int(row.pk)


def states(*permits: int) -> list[tuple[str, str]]:
    from arrears.store.tables.contact import Permit

    rows = Permit.objects.using("night").in_bulk(permits)
    return [(rows[one].state, rows[one].outcome) for one in permits]


def expired(report: Any) -> int:
    [figures] = [step.figures for step in report.steps if step.step.name == "expire_permits"]
    return int(figures["expired"])


def test_a_permit_expires_when_its_time_is_over_and_not_an_instant_before(people, night_book):
    over = permit(people.lender, people.kept_debtor, people.kept, until=NIGHT_AT)
    running = permit(people.lender, people.kept_debtor, people.kept, until=NIGHT_AT + INSTANT)

    [report] = night_book.run(people.lender, TODAY + timedelta(days=1))

    assert expired(report) == 1
    assert states(over, running) == [("expired", "unknown"), ("issued", "")]


def test_a_permit_that_was_used_or_given_back_stays_what_it_is(people, night_book):
    settled = [
        permit(people.lender, people.kept_debtor, people.kept, until=NIGHT_AT - timedelta(days=1), state=state)
        for state in ("used", "given_back")
    ]

    [report] = night_book.run(people.lender, TODAY + timedelta(days=1))

    assert expired(report) == 0
    assert [state for state, _ in states(*settled)] == ["used", "given_back"]


def test_the_owner_s_night_expires_the_permits_of_its_agency_and_nobody_else_s(people, night_book):
    from arrears.store.tables.event import Event
    from arrears.store.tables.person import Person

    stranger = Person.objects.using("night").create(
        organisation_id=people.agency, number="S-1", kind="natural", full_name="Sam", language="en", country="US"
    )
    until = NIGHT_AT - timedelta(hours=1)
    placed = permit(people.lender, people.placed_debtor, people.placed, until=until, by=people.agency)
    other = permit(people.agency, stranger.pk, people.placed, until=until)

    night_book.run(people.lender, TODAY + timedelta(days=1))

    assert states(placed, other) == [("expired", "unknown"), ("issued", "")]
    event = Event.objects.using("night").get(kind="permits_expired")
    assert (event.organisation_id, event.facts["permits"]) == (people.lender, 1)


def test_a_night_with_nothing_to_expire_leaves_no_event(people, night_book):
    from arrears.store.tables.event import Event

    [report] = night_book.run(people.lender, TODAY + timedelta(days=1))

    assert expired(report) == 0
    assert not Event.objects.using("night").filter(kind="permits_expired").exists()
