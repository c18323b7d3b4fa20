"""Who gets whom: minutes are shared by all lists of a day, the one who was given a case keeps it, rounds are policy."""

from datetime import UTC, date, datetime, timedelta

import pytest

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def three(people, night_book):
    """Three debtors of the lender's, all past due by some days, who can be called; the ids of the persons."""
    found = []
    for n in range(3):
        account, person = night_book.debtor(people.lender, f"H-{n}")
        night_book.owe(people.lender, account, instalments=(12 + n,))
        found.append(person)
    return found


def minutes(staff, allowed):
    from arrears.store.tables.staff import Staff

    Staff.objects.using("night").filter(pk=staff).update(capacity_minutes=allowed)


def listed(night_book, **which):
    return {row.person_id: row for row in night_book.rows("Worklist").filter(**which)}


def test_what_nobody_has_minutes_for_stays_in_the_pool_of_its_team(people, three, night_book):
    minutes(people.alice, 6)
    minutes(people.dora, 0)
    [report] = night_book.run(people.lender, TOMORROW)
    figures = next(step.figures for step in report.steps if step.step.name == "allocate")
    assert figures["not_placed"] == {"no_capacity": 2}
    rows = listed(night_book)
    assert sorted(row.staff_id for row in rows.values()) == [0, 0, people.alice]
    placed = next(row for row in rows.values() if row.staff_id)
    assert placed.rank == 0


def test_a_person_given_to_a_collector_by_hand_stays_with_them(people, three, night_book):
    from arrears.store.tables.work import Assignment

    minutes(people.dora, 100)  # fewer than alice has, so that nothing but the hand-over speaks for dora
    Assignment.objects.using("night").create(
        organisation_id=people.lender, by_organisation_id=people.lender, person_id=three[1], staff_id=people.dora,
        from_at=NOW, made_by_id=people.dora,
    )  # fmt: skip
    night_book.run(people.lender, TOMORROW)
    rows = listed(night_book)
    assert rows[three[1]].staff_id == people.dora
    assert {rows[three[0]].staff_id, rows[three[2]].staff_id} == {people.alice}


def test_somebody_who_speaks_spanish_goes_to_who_does(people, three, night_book):
    from arrears.store.tables.person import Person

    Person.objects.using("night").filter(pk=three[0]).update(language="es")
    minutes(people.dora, 60)
    night_book.run(people.lender, TOMORROW)
    assert listed(night_book)[three[0]].staff_id == people.dora


def test_an_agency_that_works_for_two_lenders_is_given_no_more_than_its_minutes(people, night_book):
    from arrears.store.tables.account import Account
    from arrears.store.tables.organisation import Access

    minutes(people.bob, 7)
    for owner in (people.lender, people.bank):
        account, _ = night_book.debtor(owner, f"G-{owner}")
        night_book.owe(owner, account, instalments=(12,))
        Account.objects.using("night").filter(pk=account).update(default_on=TODAY - timedelta(days=30))
        Access.objects.using("night").create(
            account_id=account, owner_id=owner, organisation_id=people.agency, scope="holder", from_on=TODAY
        )
        night_book.run(owner, TOMORROW)
    rows = night_book.rows("Worklist").filter(organisation_id=people.agency).order_by("owner_id")
    assert [(row.owner_id, row.staff_id) for row in rows] == [(people.lender, people.bob), (people.bank, 0)]


def test_the_rounds_of_the_day_are_the_organisations_own_where_it_has_said_so(people, three, night_book):
    from arrears.store.tables.organisation import Organisation

    waves = [{"name": "noon", "from": "12:00", "until": "13:30"}]
    Organisation.objects.using("night").filter(pk=people.lender).update(settings={"waves": waves})
    night_book.run(people.lender, TOMORROW)
    assert {(row.wave, row.from_minute, row.until_minute) for row in listed(night_book).values()} == {(1, 720, 810)}


def test_a_person_whose_only_number_lies_under_a_later_clock_is_reached_by_that_clock(people, night_book):
    account, person = night_book.debtor(people.lender, "Z-1", zone="America/Los_Angeles")
    night_book.owe(people.lender, account, instalments=(12,))
    night_book.run(people.lender, TOMORROW)
    row = listed(night_book)[person]
    assert (row.wave, row.from_minute, row.until_minute) == (1, 480, 600)  # minutes of the debtor's own day
