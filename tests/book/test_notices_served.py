"""A default notice that somebody decides to serve: on each who owes, with its figures proved, and what waits for it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.notices import NoticeKind

MONDAY = date(2026, 3, 2)
MISSED = date(2026, 2, 20)
RULE = "uk.cca.86b-87.default"
BRITISH = {
    "name": "Meadow Loans", "address": "1 High Street, Leeds", "phone": "0113 496 0000", "information_sheet": True,
    "debt_advice": "MoneyHelper, 0800 138 7777", "consequences": "We may end the agreement.",
    "breach": "Clause 4: payments on their days.",
}  # fmt: skip
WHY = "Two reminders went unanswered."


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    from arrears.store.tables.organisation import Organisation

    made = settle()
    row = Organisation.objects.using("night").get(pk=made.lender)
    row.settings = {**row.settings, "notices": BRITISH, "gate": {"switched_on": [RULE]}}
    row.settings["facts"] = {"arrears_policy": "P-1", "envelopes_are_plain": True}
    row.save(using="night")
    return made


@pytest.fixture(scope="module")
def lead(working: WorkingBook) -> int:
    return hire(working.lender, ["collector", "manager"])


def british(person: int, working: WorkingBook, address: str) -> None:
    from arrears.store.tables.person import ContactPoint, Person

    Person.objects.using("night").filter(pk=person).update(country="GB", region="")
    ContactPoint.objects.using("night").filter(person_id=person).update(country="GB", region="")
    if address:
        ContactPoint(
            organisation_id=working.lender, person_id=person, kind="address", use="home", value=address,
            normalised=address, country="GB", region="", timezones=["Europe/London"], source="contract",
        ).save(using="night")  # fmt: skip


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return british_loan(working)


def british_loan(working: WorkingBook) -> Any:
    from arrears.store.tables.account import Account

    made = working.loan(unpaid_since=MISSED - timedelta(days=31))
    row = Account.objects.using("night").get(pk=made.account)
    row.country, row.region = "GB", ""
    row.facts = {**row.facts, "forbearance_considered": True, "is_last_resort": True, "is_right_person": True}
    row.save(using="night")
    british(made.person, working, "7 Mill Lane, Leeds")
    return made


def joined(working: WorkingBook, loan: Any, address: str = "9 Mill Lane, Leeds") -> int:
    """Let somebody else owe the loan together with its debtor."""
    from arrears.store.tables.account import AccountParty
    from arrears.store.tables.person import Person

    person = Person(
        organisation_id=working.lender, number=f"J-{loan.account}", kind="natural", full_name="Joint Debtor",
        language="en", country="GB", region="",
    )  # fmt: skip
    person.save(using="night")
    AccountParty(
        organisation_id=working.lender, account_id=loan.account, person=person, role="co_obligor",
        disclosure_basis="liable", from_on=date(2025, 1, 1),
    ).save(using="night")  # fmt: skip
    british(int(person.pk), working, address)
    return int(person.pk)


def serve(working: WorkingBook, staff: int, *loans: Any, on: date = MONDAY, because: str = WHY) -> Any:
    from arrears.actions import notices

    with working.hands_of(staff, on):
        accounts = [one.account for one in loans]
        return notices.issue_many(accounts, NoticeKind.DEFAULT, now=at(on), because=because)


def row_of(notice: int) -> Any:
    from arrears.store.tables.notice import Notice

    return Notice.objects.using("report").get(pk=notice)


def sent(working: WorkingBook, notice: int, on: date = MONDAY) -> Any:
    """Let the message of a notice go by a printer that takes everything."""
    from arrears.actions.messages import sending
    from arrears.channels.carrying import Handed, Outgoing
    from arrears.domain.contacts import Channel
    from arrears.domain.messages import Delivery

    class Printer:
        def send(self, _outgoing: Outgoing) -> Handed:
            return Handed(Delivery.ACCEPTED, ref="printed")

        def rest(self) -> None:
            """It keeps nothing open."""

    only = int(row_of(notice).message_ref)
    return sending.send_next(working.lender, {Channel.LETTER: Printer()}, clock=lambda: at(on, "12:00"), only=only)


def is_barred(working: WorkingBook, loan: Any, staff: int, on: date) -> bool:
    """Whether the rule of default notices keeps enforcement of the loan waiting on a day, at eleven."""
    from arrears.actions import acts
    from arrears.domain.contacts import Act

    with working.hands_of(staff, on):
        verdict: Any = acts.may_act(Act.ENFORCE, loan.account, now=at(on))
    return RULE in [spoken.rule.id for spoken in verdict.refusing]


def remedy_by(notice: int) -> date:
    return date.fromisoformat(row_of(notice).facts["remedy_by"])


def test_serving_needs_leave_and_a_reason_and_leaves_nothing_behind_without(working, loan, lead):
    before = working.rows("notice"), working.rows("message")
    collector = serve(working, working.alice, loan)
    silent = serve(working, lead, loan, because=" ")
    codes = [[problem.code for one in done.refused for problem in one.problems] for done in (collector, silent)]
    assert codes == [["notice_not_served_by_you"], ["reason_missing"]]
    assert (working.rows("notice"), working.rows("message")) == before


def test_what_it_holds_back_waits_until_the_day_it_names_and_its_days_run_from_service(working, loan, lead):
    assert is_barred(working, loan, lead, MONDAY)
    (made,) = serve(working, lead, loan).made
    assert is_barred(working, loan, lead, MONDAY + timedelta(days=60)), "one that waits to go is none"
    assert str(sent(working, made).state) == "sent"
    kept, last = row_of(made), remedy_by(made)
    assert kept.facts["because"] == WHY
    assert kept.received_on == MONDAY + timedelta(days=7)
    assert last - kept.received_on >= timedelta(days=14)
    assert kept.period_ends == last - timedelta(days=1)
    assert is_barred(working, loan, lead, last - timedelta(days=1))
    assert not is_barred(working, loan, lead, last)
    assert serve(working, lead, loan).refused[0].problems[0].code == "notice_stands"


@pytest.mark.parametrize(("days", "is_too_late"), [(14, False), (13, True)])
def test_proof_that_it_came_too_late_keeps_barring_and_a_new_one_may_go(working, loan, lead, days, is_too_late):
    from arrears.actions import notices

    (made,) = serve(working, lead, loan).made
    sent(working, made)
    last = remedy_by(made)
    arrived = last - timedelta(days=days)
    with working.hands_of(lead, arrived):
        assert notices.received(made, arrived, now=at(arrived)) == made
    assert is_barred(working, loan, lead, last) is is_too_late
    assert bool(serve(working, lead, loan, on=arrived).made) is is_too_late


def test_one_that_came_back_keeps_barring(working, loan, lead):
    from arrears.actions import notices

    (made,) = serve(working, lead, loan).made
    sent(working, made)
    with working.hands_of(lead, MONDAY + timedelta(days=5)):
        notices.came_back(made, "moved", now=at(MONDAY + timedelta(days=5)))
    assert is_barred(working, loan, lead, remedy_by(made))


def test_who_pays_what_it_asks_in_time_has_broken_nothing(working, loan, lead):
    from arrears.actions import notices

    (made,) = serve(working, lead, loan).made
    sent(working, made)
    kept, last = row_of(made), remedy_by(made)
    asked = kept.facts["to_put_right"]
    paid = working.pay(loan, last - timedelta(days=1), asked)
    with working.hands_of(lead, last):
        assert notices.put_right_on(loan.account, kept.facts) == last - timedelta(days=1)
    assert is_barred(working, loan, lead, last + timedelta(days=30))
    from arrears.domain.entries import EntryKind

    working.enter(loan.account, EntryKind.REVERSAL, last - timedelta(days=1), 0, reverses=paid)
    assert not is_barred(working, loan, lead, last + timedelta(days=30)), "money taken back has put nothing right"


def test_who_pays_a_penny_less_or_a_day_late_has_not_put_it_right(working, lead):
    short, late = british_loan(working), british_loan(working)
    made = serve(working, lead, short, late).made
    for notice in made:
        sent(working, notice)
    last, asked = remedy_by(made[0]), row_of(made[0]).facts["to_put_right"]
    working.pay(short, last - timedelta(days=1), asked - 1)
    working.pay(late, last, asked)
    assert not is_barred(working, short, lead, last + timedelta(days=1))
    assert not is_barred(working, late, lead, last + timedelta(days=1))


def test_each_who_owes_together_is_served_and_one_whose_letter_came_back_keeps_the_act_waiting(working, loan, lead):
    from arrears.actions import notices

    other = joined(working, loan)
    mine, theirs = serve(working, lead, loan).made
    assert [row_of(one).person_id for one in (mine, theirs)] == [loan.person, other]
    assert row_of(theirs).facts["consumer_name"] == "Joint Debtor"
    assert row_of(theirs).facts["consumer_address"] == "9 Mill Lane, Leeds"
    sent(working, mine)
    last = remedy_by(mine)
    assert is_barred(working, loan, lead, last), "one of two has not gone"
    sent(working, theirs)
    assert not is_barred(working, loan, lead, last)
    with working.hands_of(lead, last):
        notices.came_back(theirs, "moved", now=at(last))
    assert is_barred(working, loan, lead, last + timedelta(days=1))


def test_who_has_no_address_is_named_and_the_other_is_served(working, loan, lead):
    joined(working, loan, address="")
    done = serve(working, lead, loan)
    assert len(done.made) == 1
    ((account, name, problems),) = [(one.account, one.name, one.problems) for one in done.refused]
    assert (account, name, [problem.code for problem in problems]) == (
        loan.account, "Joint Debtor", ["no_address_for_notice"],
    )  # fmt: skip


def test_who_paid_a_part_meanwhile_is_sent_no_notice_of_what_they_owed_before(working, loan, lead):
    (made,) = serve(working, lead, loan).made
    later = MONDAY + timedelta(days=1)
    working.pay(loan, later, 100)
    turn = sent(working, made, later)
    dropped = row_of(made)
    assert (str(turn.state), turn.said) == ("given_up", "figures_changed")
    assert (dropped.sent_at, dropped.dropped_because) == (None, "given_up")
    assert is_barred(working, loan, lead, remedy_by(made) + timedelta(days=1))
    (anew,) = serve(working, lead, loan, on=later).made
    assert row_of(anew).facts["to_put_right"] == dropped.facts["to_put_right"] - 100


def test_its_figures_are_the_ledgers_to_the_cent_and_nobody_says_others(working, loan, lead):
    from arrears.actions import notices
    from arrears.actions.computations import computed

    with working.hands_of(lead, MONDAY):
        (look,) = notices.offered([loan.account], NoticeKind.DEFAULT, now=at(MONDAY))
        ledger: Any = computed(loan.account, MONDAY, today=MONDAY)
        given = {"arrears": 1, "to_put_right": 1}
        other: Any = notices.drafted(loan.account, NoticeKind.DEFAULT, now=at(MONDAY), given=given)
    assert {field.name: amount for field, amount, is_proved in look.figures if is_proved} == {
        "arrears": ledger.made.state.arrears,
        "default_sums": ledger.made.state.fees,
        "late_charges": ledger.made.state.charges,
        "to_put_right": ledger.made.state.arrears + ledger.made.state.fees + ledger.made.state.charges,
    }
    assert [problem.code for problem in other] == ["notice_figure_unproved"] * 2
    assert look.way is not None
    assert look.way.is_open


def test_nobody_asks_for_all_of_it_at_once_before_the_day_that_the_notice_names(working, loan, lead):
    from arrears.actions import debt_events

    (made,) = serve(working, lead, loan).made
    sent(working, made)
    last = remedy_by(made)

    def called_in(on: date) -> Any:
        with working.hands_of(lead, on):
            return debt_events.note(
                loan.account, "acceleration", reason="missed", key=f"{loan.account}{on}", now=at(on)
            )

    before: Any = called_in(last - timedelta(days=1))
    assert before.code == "act_refused"
    assert "debt_accelerated" not in working.events(account_id=loan.account)
    assert isinstance(called_in(last), int)


def test_those_that_are_behind_where_law_knows_such_a_notice_are_to_be_chosen_from(working, loan, lead):
    from arrears.actions import notices

    american = working.loan(unpaid_since=MISSED)
    with working.hands_of(lead, MONDAY):
        before = [one[0] for one in notices.to_choose_from(NoticeKind.DEFAULT, now=at(MONDAY))]
    serve(working, lead, loan)
    with working.hands_of(lead, MONDAY):
        after = [one[0] for one in notices.to_choose_from(NoticeKind.DEFAULT, now=at(MONDAY))]
    assert loan.account in before
    assert loan.account not in after
    assert american.account not in before


def test_two_who_serve_the_same_debts_at_once_in_other_orders_serve_each_once(working, lead):
    loans = [british_loan(working) for _ in range(3)]
    start = Barrier(2)

    def server(asked: Any) -> Any:
        from django.db import connections

        try:
            start.wait()
            return serve(working, lead, *asked)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(server, (loans, loans[::-1])))
    made = [row_of(notice).accounts[0] for one in done for notice in one.made]
    assert sorted(made) == sorted(one.account for one in loans)
    left_out = [problem.code for one in done for refused in one.refused for problem in refused.problems]
    assert left_out == ["notice_stands"] * 3


def test_what_became_of_many_notices_is_read_from_one_ledger(working, loan, lead):
    from arrears.actions import notices

    (made,) = serve(working, lead, loan).made
    sent(working, made)
    kept, last = row_of(made).facts, remedy_by(made)
    working.pay(loan, last - timedelta(days=2), kept["to_put_right"])
    other = british_loan(working)
    sooner = {**kept, "remedy_by": (last - timedelta(days=2)).isoformat()}
    with working.hands_of(lead, last):
        found = notices.put_right([
            (loan.account, kept), (loan.account, sooner), (loan.account, {}), (other.account, kept), (loan.account, kept),
        ])  # fmt: skip
    assert found == [last - timedelta(days=2), None, None, None, last - timedelta(days=2)]
