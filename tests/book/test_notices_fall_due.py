"""Notices that law wants so long after a day that is known of a debt, or before the first contact: listed, made, let go."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.notices import NoticeKind
from arrears.kernel.problems import Problem

MONDAY = date(2026, 3, 2)
MISSED = date(2026, 2, 20)
BRITISH = {
    "name": "Meadow Loans", "address": "1 High Street, Leeds", "phone": "0113 496 0000", "information_sheet": True,
    "debt_advice": "MoneyHelper, 0800 138 7777", "consequences": "We may end the agreement and go to court.",
    "breach": "Clause 4: payments on their days.",
}  # fmt: skip
ON = [
    "uk.cca.86b-87.arrears", "uk.cca.86b-87.not_meanwhile", "eu.gdpr.13-14.month", "in.rbi.agent.id",
    "uk.cca.86b-87.sum_notice",
]  # fmt: skip


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    made = settle()
    for organisation in (made.lender, made.agency):
        _settings(organisation)
    return made


def _settings(organisation: int) -> None:
    from arrears.store.tables.organisation import Organisation

    row = Organisation.objects.using("night").get(pk=organisation)
    row.settings = {**row.settings, "notices": BRITISH, "gate": {"switched_on": ON}}
    row.save(using="night")


@pytest.fixture(scope="module")
def lead(working: WorkingBook) -> int:
    return hire(working.lender, ["collector", "supervisor"])


def debt_in(working: WorkingBook, country: str, address: str, facts: dict[str, Any]) -> Any:
    """Write a loan of somebody who lives in ``country``, two instalments behind, of which ``facts`` are known."""
    from arrears.store.tables.account import Account
    from arrears.store.tables.person import ContactPoint, Person

    loan = working.loan(unpaid_since=MISSED - timedelta(days=31))
    row = Account.objects.using("night").get(pk=loan.account)
    row.country, row.region, row.facts = country, "", {**row.facts, **facts}
    row.save(using="night")
    Person.objects.using("night").filter(pk=loan.person).update(country=country, region="")
    ContactPoint.objects.using("night").filter(person_id=loan.person).update(country=country, region="")
    ContactPoint(
        organisation_id=working.lender, person_id=loan.person, kind="address", use="home", value=address,
        normalised=address, country=country, region="", timezones=["Europe/London"], source="contract",
    ).save(using="night")  # fmt: skip
    return loan


def due_of(loan: Any, on: date) -> list[Any]:
    from arrears.actions import notices

    return [one for one in notices.deadlines(now=at(on)) if one.account == loan.account]


def test_arrears_are_told_of_within_fourteen_days_of_which_the_first_is_the_day_itself(working, lead):
    loan = debt_in(working, "GB", "7 Mill Lane, Leeds", {"two_missed_on": MISSED.isoformat(), "missed_payments": 2})
    last = date(2026, 3, 5)
    with working.hands_of(lead, MONDAY):
        (due,) = due_of(loan, MONDAY)
        (late,) = due_of(loan, last + timedelta(days=1))
    assert (due.kind, due.first_on, due.due, due.is_late) == (NoticeKind.ARREARS, MISSED, last, False)
    assert late.is_late


def test_since_when_two_are_missing_is_what_the_ledger_says_where_nobody_has_said_it(working, lead):
    behind = debt_in(working, "GB", "5 Mill Lane, Leeds", {})  # fell due on 20 January and on 20 February
    with working.hands_of(lead, MONDAY):
        (due,) = due_of(behind, MONDAY)
        assert due_of(behind, date(2026, 2, 20)) == []
    assert (due.first_on, due.due) == (date(2026, 2, 21), date(2026, 3, 6))


def test_whoever_sends_counts_missed_payments_as_the_pages_do(working):
    from arrears.actions.gatekeeping import Approach, brief
    from arrears.store.scope import scope

    behind = debt_in(working, "GB", "6 Mill Lane, Leeds", {})
    after = date(2026, 3, 9)
    asked = Approach(person=behind.person, contact_point=None)
    said = {}
    for using in ("default", "night"):
        with scope(working.lender, None, today=after, using=using):
            found: Any = brief(asked, now=at(after), using=using)
            (debt,) = found.proposal.debts
            said[using] = (
                debt.facts["missed_payments"],
                debt.facts["two_missed_on"],
                [one.rule.id for one in found.verdict().spoken],
            )
    assert said["night"] == said["default"]
    assert said["night"][:2] == (2, date(2026, 2, 21))
    assert "uk.cca.86b-87.arrears" in said["night"][2]


def test_its_figures_are_the_ledgers_and_once_it_is_made_nothing_is_due(working, lead):
    from arrears.actions import notices

    loan = debt_in(working, "GB", "8 Mill Lane, Leeds", {"two_missed_on": MISSED.isoformat()})
    with working.hands_of(lead, MONDAY):
        draft: Any = notices.drafted(loan.account, NoticeKind.ARREARS, now=at(MONDAY))
        assert not isinstance(draft, list), draft
        said = draft.given
        assert said["arrears"] > 0
        assert said["to_put_right"] == said["arrears"] + said["default_sums"] + said["late_charges"]
        assert isinstance(notices.issue(draft, now=at(MONDAY)), int)
        again = notices.issue(draft, now=at(MONDAY))
        assert due_of(loan, MONDAY) == []
    assert isinstance(again, Problem)
    assert again.code == "notice_stands"


def test_a_default_notice_gives_fourteen_days_after_it_counts_as_served_and_names_what_is_missing(working, lead):
    from arrears.actions import notices

    loan = debt_in(working, "GB", "9 Mill Lane, Leeds", {})
    with working.hands_of(lead, MONDAY):
        draft: Any = notices.drafted(loan.account, NoticeKind.DEFAULT, now=at(MONDAY))
        unsaid: Any = notices.drafted(loan.account, NoticeKind.DEFAULT, now=at(MONDAY), given={"breach": " "})
        too_near: Any = notices.drafted(
            loan.account, NoticeKind.DEFAULT, now=at(MONDAY), given={"remedy_by": draft.given["served_on"]}
        )
    assert draft.given["remedy_by"] - draft.given["served_on"] == timedelta(days=14)
    assert draft.given["served_on"] > MONDAY
    assert [one.where.field for one in unsaid] == ["breach"]
    assert [one.code for one in too_near] == ["notice_day_too_near"]


def test_who_got_the_data_elsewhere_tells_within_a_month_and_an_agency_before_it_calls(working):
    german = debt_in(working, "DE", "Am Markt 1, Kiel", {"data_received_on": "2026-02-05", "is_transferred": False})
    indian = debt_in(working, "IN", "4 MG Road, Pune", {})
    for loan in (german, indian):
        working.place(loan, from_on=date(2026, 2, 20), in_default_since=date(2026, 2, 16))
    with working.hands_of(working.bob, MONDAY):
        (month,) = due_of(german, MONDAY)
        (before,) = due_of(indian, MONDAY)
    with working.hands_of(working.alice, MONDAY):
        assert due_of(german, MONDAY) == due_of(indian, MONDAY) == []
    assert (month.kind, month.due, month.is_late) == (NoticeKind.DATA_ORIGIN, date(2026, 3, 5), False)
    assert (before.kind, before.due, before.rule) == (NoticeKind.AGENCY, None, "in.rbi.agent.id")


# --- Sums of default ---


def test_each_sum_of_default_is_told_of_within_its_days_and_a_later_one_anew(working, lead):
    from arrears.actions import notices
    from arrears.domain.entries import EntryKind

    loan = debt_in(working, "GB", "3 Mill Lane, Leeds", {"missed_payments": 1})
    working.enter(loan.account, EntryKind.FEE, date(2026, 2, 10), 1_200)
    last = date(2026, 2, 10) + timedelta(days=35)
    with working.hands_of(lead, MONDAY):
        (due,) = due_of(loan, MONDAY)
        (late,) = due_of(loan, last + timedelta(days=1))
        draft: Any = notices.drafted(loan.account, NoticeKind.DEFAULT_SUMS, now=at(MONDAY))
        assert isinstance(notices.issue(draft, now=at(MONDAY)), int)
        assert due_of(loan, MONDAY) == []
    assert (due.kind, due.due, due.is_late, late.is_late) == (NoticeKind.DEFAULT_SUMS, last, False, True)
    assert (draft.given["sums_told"], draft.given["sums_listed"]) == (1_200, "10 Feb 2026 $12.00")
    gone(loan, MONDAY)
    working.enter(loan.account, EntryKind.FEE, MONDAY + timedelta(days=1), 500)
    with working.hands_of(lead, MONDAY + timedelta(days=1)):
        (anew,) = due_of(loan, MONDAY + timedelta(days=20))
        again: Any = notices.drafted(loan.account, NoticeKind.DEFAULT_SUMS, now=at(MONDAY + timedelta(days=1)))
    assert anew.due == MONDAY + timedelta(days=36)
    assert again.given["sums_told"] == 500


def test_a_sum_that_is_booked_after_its_notice_went_is_told_of_though_its_day_is_earlier(working, lead):
    from arrears.actions import notices
    from arrears.domain.entries import EntryKind

    loan = debt_in(working, "GB", "6 Mill Lane, Leeds", {"missed_payments": 1})
    working.enter(loan.account, EntryKind.FEE, MONDAY, 1_200)
    with working.hands_of(lead, MONDAY):
        draft: Any = notices.drafted(loan.account, NoticeKind.DEFAULT_SUMS, now=at(MONDAY))
        assert isinstance(notices.issue(draft, now=at(MONDAY)), int)
    gone(loan, MONDAY)
    assert candidates(working, lead, loan) == []
    working.enter(loan.account, EntryKind.FEE, MONDAY, 500)
    working.enter(loan.account, EntryKind.FEE, MONDAY - timedelta(days=3), 700)
    assert candidates(working, lead, loan) == [loan.person]
    with working.hands_of(lead, MONDAY + timedelta(days=1)):
        again: Any = notices.drafted(loan.account, NoticeKind.DEFAULT_SUMS, now=at(MONDAY + timedelta(days=1)))
    assert again.given["sums_told"] == 1_200
    assert again.given["sums_listed"] == "27 Feb 2026 $7.00; 2 Mar 2026 $5.00"


def candidates(working: WorkingBook, staff: int, loan: Any) -> list[int]:
    """Return to whom a notice of sums about a loan may be due: who was told of all is none, and takes nobody's place."""
    from arrears.actions.default_sums import SUM_ON
    from arrears.store.doors import notices_due

    with working.hands_of(staff, MONDAY):
        found = notices_due.since_fact(
            NoticeKind.DEFAULT_SUMS, SUM_ON, ["GB"], sent_after=at(MONDAY), with_fees=True, most=1_000
        )
    return [person for account, person, _, _ in found if account == loan.account]


def gone(loan: Any, on: date) -> None:
    """Write that the notice of a loan went on a day, as whoever sends would."""
    from arrears.store.tables.notice import Notice

    Notice.objects.using("night").filter(person_id=loan.person).update(sent_at=at(on))
