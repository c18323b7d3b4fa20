"""A night makes the day ready: decisions, a list, one row that publishes it."""

from datetime import date, timedelta

import pytest

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)


def figures(report):
    return {step.step.name: step.figures for step in report.steps}


@pytest.fixture
def owing(people, night_book):
    """Two debtors past due who can be called: one worked by the lender, one placed with its agency."""
    from arrears.store.tables.account import Account

    Account.objects.using("night").filter(pk=people.placed).update(default_on=TODAY - timedelta(days=30))
    night_book.owe(people.lender, people.kept, instalments=(3, 33))
    night_book.owe(people.lender, people.placed, instalments=(40,))
    night_book.can_be_called(people.lender, people.kept_debtor)
    night_book.can_be_called(people.lender, people.placed_debtor)
    return people


def test_a_night_decides_lists_and_publishes(owing, night_book):
    from arrears.store.tables.work import PublishedRun, Run

    [report] = night_book.run(owing.lender, TOMORROW)
    assert figures(report)["decide"] == {
        "debts": 2, "persons": 2, "changed": 2, "written": 2, "handed_over": 0, "refused": 0, "refused_by_rule": {},
    }  # fmt: skip
    assert night_book.rows("Decision").count() == 2
    listed = night_book.rows("Worklist")
    assert {(row.person_id, row.organisation_id, row.owner_id) for row in listed.all()} == {
        (owing.kept_debtor, owing.lender, owing.lender),
        (owing.placed_debtor, owing.agency, owing.lender),
    }
    assert {row.staff_id for row in listed.filter(organisation_id=owing.agency)} == {owing.bob}
    assert PublishedRun.objects.using("night").get().run_id == report.run.id
    run = Run.objects.using("night").get()
    assert (run.state, run.figures["decide"]["debts"], run.figures["allocate"]["listed"]) == ("done", 2, 2)
    assert run.figures["decide"]["peak_bytes"] > 0


def test_a_day_that_is_ready_is_not_made_ready_again(owing, night_book):
    from arrears.store.tables.work import Run

    night_book.run(owing.lender, TOMORROW)
    assert night_book.run(owing.lender, TOMORROW) == []
    assert Run.objects.using("night").count() == 1


def test_the_next_night_reads_who_is_due_and_writes_nothing_where_nothing_changed(owing, night_book):

    night_book.run(owing.lender, TOMORROW)
    [second] = night_book.run(owing.lender, TOMORROW + timedelta(days=1))
    assert figures(second)["decide"]["debts"] == 2
    assert figures(second)["decide"]["written"] == 0
    assert night_book.rows("Worklist").filter(run_id=second.run.id).count() == 2


def test_the_first_night_of_a_month_writes_every_decision_anew(owing, night_book):
    night_book.run(owing.lender, TOMORROW)
    [april] = night_book.run(owing.lender, date(2026, 4, 1))
    assert figures(april)["decide"]["written"] == 2


def test_a_debt_that_passes_thirty_days_is_handed_over_with_an_event(people, night_book):
    from arrears.store.tables.event import Event

    night_book.owe(people.lender, people.kept, instalments=(28,))
    night_book.can_be_called(people.lender, people.kept_debtor)
    handed_over = Event.objects.using("night").filter(kind="account_handed_over")
    for days, past_due in ((1, 29), (2, 30)):
        night_book.run(people.lender, TODAY + timedelta(days=days))
        assert not handed_over.exists(), f"handed over at {past_due} days"
    [report] = night_book.run(people.lender, TODAY + timedelta(days=3))
    assert figures(report)["decide"]["handed_over"] == 1
    event = handed_over.get()
    assert (event.account_id, event.facts["from"], event.facts["to"]) == (people.kept, 1, 2)


def test_a_hand_over_missed_by_a_night_that_did_not_run_is_made_by_the_next(people, night_book):
    from arrears.store.tables.event import Event

    night_book.owe(people.lender, people.kept, instalments=(28,))
    night_book.run(people.lender, TODAY + timedelta(days=1))
    [report] = night_book.run(people.lender, TODAY + timedelta(days=9))
    assert figures(report)["decide"]["handed_over"] == 1
    assert Event.objects.using("night").filter(kind="account_handed_over").count() == 1


def test_who_paid_is_off_the_list_of_the_next_night(owing, night_book):

    night_book.run(owing.lender, TOMORROW)
    night_book.pay(owing.lender, owing.kept, 20_000, on=TOMORROW)
    [second] = night_book.run(owing.lender, TOMORROW + timedelta(days=1))
    people = night_book.rows("Worklist").filter(run_id=second.run.id).values_list("person_id", flat=True)
    assert list(people) == [owing.placed_debtor]


def test_missed_nights_are_made_up_for_one_by_one_or_by_the_last(owing, night_book):
    from arrears.store.tables.organisation import BookDay
    from arrears.store.tables.work import Run

    later = TODAY + timedelta(days=3)
    reports = night_book.run(owing.lender, later, catch_up=True)
    assert [report.on for report in reports] == [TODAY + timedelta(days=n) for n in (1, 2, 3)]
    assert Run.objects.using("night").filter(organisation_id=owing.lender).count() == 3
    straight = later + timedelta(days=5)
    assert [report.on for report in night_book.run(owing.lender, straight)] == [straight]
    days = BookDay.objects.using("night").filter(organisation_id=owing.lender).order_by("day")
    assert [day.business_date for day in days] == [TODAY, *(r.on for r in reports), straight]


def test_one_night_after_a_gap_decides_what_nights_in_a_row_would_have(people, night_book, cluster):

    later = TODAY + timedelta(days=9)
    night_book.fill(people)
    night_book.run(people.lender, later)
    said = ("account_id", "band", "stage", "treatment", "tone", "next_action", "owner_team", "tier", "days_past_due")
    straight = list(night_book.rows("Decision").order_by("account_id").values(*said))
    with night_book.another(cluster) as others:
        night_book.fill(others)
        night_book.run(others.lender, later, catch_up=True)
        newest = night_book.rows("Decision").order_by("account_id", "-on_day").distinct("account_id")
        row_by_row = list(newest.values(*said))
    changing = {"days_past_due"}
    assert [{k: v for k, v in row.items() if k not in changing} for row in row_by_row] == [
        {k: v for k, v in row.items() if k not in changing} for row in straight
    ]


def test_a_full_night_proves_positions_and_names_one_that_was_tampered_with(owing, night_book):
    from arrears.store.tables.work import AccountPosition

    [proved] = night_book.run(owing.lender, TOMORROW, full=True, proof="all")
    assert figures(proved)["prove"] == {"accounts": 2, "differing": 0, "named": {}}
    AccountPosition.objects.using("night").filter(pk=owing.kept).update(fees_minor=1)
    [again] = night_book.run(owing.lender, TOMORROW + timedelta(days=1), full=True, proof="all")
    assert figures(again)["prove"] == {"accounts": 2, "differing": 1, "named": {str(owing.kept): 1}}


def test_two_nights_of_one_organisation_do_not_run_at_once(owing, night_book):
    from django.db import connections

    from arrears.store.doors import runs

    with connections["report"].cursor() as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [runs._LOCK_SPACE, owing.lender])
        with pytest.raises(runs.NightIsRunningError):
            night_book.run(owing.lender, TOMORROW)
        other.execute("SELECT pg_advisory_unlock(%s, %s)", [runs._LOCK_SPACE, owing.lender])
    assert len(night_book.run(owing.lender, TOMORROW)) == 1
