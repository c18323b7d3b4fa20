"""Owen gets a breathing space for one of his two debts. That one rests, with its charges; the other does not."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

MON = date(2026, 3, 2)
FIRST, LAST, OVER = date(2026, 3, 3), date(2026, 5, 1), date(2026, 5, 2)


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    from arrears.store.tables.account import Product

    working = settle()
    working.loan(unpaid_since=date(2026, 2, 12))  # makes the product
    Product.objects.using("night").update(terms={"late_charge": {"rate_ppm": 365_000}})
    return working


@pytest.fixture
def owen(working: WorkingBook) -> tuple[Any, Any]:
    """The loan that is listed, and another of the same person that is not; he lives in England."""
    from arrears.store.tables.account import Account, AccountParty
    from arrears.store.tables.person import ContactPoint, Person

    listed, other = (working.loan(unpaid_since=date(2026, 2, 12)) for _ in range(2))
    home = {"country": "GB", "region": ""}
    Person.objects.using("night").filter(pk=listed.person).update(**home)
    ContactPoint.objects.using("night").filter(pk=listed.phone).update(**home, timezones=["Europe/London"])
    Account.objects.using("night").filter(pk__in=[listed.account, other.account]).update(
        **home, person_id=listed.person
    )
    AccountParty.objects.using("night").filter(account_id=other.account).update(person_id=listed.person)
    return listed, other


def opened(working: WorkingBook, kind: str, loan: Any, **facts: str) -> int:
    from arrears.actions import cases

    with working.hands_of(working.alice, MON):
        case = cases.open_case(
            kind, person=loan.person, accounts=[loan.account], received_at=at(MON, "09:00"), now=at(MON, "10:00"),
            facts={"registered_on": MON.isoformat(), **facts}, proof={"name": "Notification", "sent_on": MON.isoformat()},
        )  # fmt: skip
    assert isinstance(case, int), case
    return case


def asks(working: WorkingBook, listed: Any, account: int, on: date) -> list[str]:
    from arrears.actions import contacts

    with working.hands_of(working.alice, on):
        verdict: Any = contacts.dry_verdict(
            contacts.Approach(person=listed.person, contact_point=listed.phone, accounts=(account,)),
            now=at(on, "10:00"),
        )
    return [spoken.rule.id for spoken in verdict.refusing]


def charges(account: int, on: date) -> int:
    from arrears.engine.ledger.state import state
    from arrears.store.doors.cases import debt_of, entries_of
    from arrears.web.call.owed import terms_of

    debt = debt_of(account, on)
    assert debt is not None
    return state(terms_of(debt).terms, [line.fact for line in entries_of(account)], on).charges


def test_the_listed_debt_rests_for_sixty_days_with_its_charges_and_the_other_goes_on(working, owen):
    listed, other = owen
    opened(working, "breathing_space", listed)

    # The demand of 15 April is refused for the listed debt (T8.1), and goes for the one that is not listed (T8.3).
    assert "core.moratorium" in asks(working, listed, listed.account, date(2026, 4, 15))
    assert asks(working, listed, other.account, date(2026, 4, 15)) == []
    assert "core.moratorium" in asks(working, listed, listed.account, LAST)
    assert asks(working, listed, listed.account, OVER) == []

    # No charge arises on the sixty days; it runs before, and from the first day after, on what was owed all along.
    with working.hands_of(working.dora, MON):
        assert charges(listed.account, LAST) == charges(listed.account, MON)
        assert charges(listed.account, OVER) > charges(listed.account, LAST)
        assert charges(other.account, LAST) > charges(other.account, MON)


def test_a_crisis_moratorium_lasts_until_thirty_days_after_treatment(working, owen):
    from arrears.actions import cases

    listed, _ = owen
    case = opened(working, "crisis_moratorium", listed)
    far = MON + timedelta(days=200)
    assert "core.moratorium" in asks(working, listed, listed.account, far)
    ended = date(2026, 6, 10)
    with working.hands_of(working.dora, ended):
        assert not hasattr(cases.end_treatment(case, ended, now=at(ended)), "code")
    last = ended + timedelta(days=30)
    assert "core.moratorium" in asks(working, listed, listed.account, last)
    assert asks(working, listed, listed.account, last + timedelta(days=1)) == []
    with working.hands_of(working.dora, last):
        assert charges(listed.account, last) == charges(listed.account, MON)
        assert charges(listed.account, last + timedelta(days=1)) > charges(listed.account, last)


def test_an_agency_that_holds_the_debt_is_to_be_told(working, owen):
    from arrears.store.doors import case_files

    listed, _ = owen
    working.place(listed, from_on=MON - timedelta(days=1), in_default_since=MON - timedelta(days=30))
    case = opened(working, "breathing_space", listed)
    with working.hands_of(working.dora, MON):
        told = [(one.rule, one.about.split(":")[-1]) for one in case_files.clocks_of(case) if one.due_on is None]
    assert ("house.tell_holder", "Harbour Recoveries") in told
    assert ("uk.drs.14", "") in told
