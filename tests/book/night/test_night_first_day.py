"""A book that was opened this morning has its list the same day."""

from datetime import date, timedelta

TODAY = date(2026, 3, 2)


def test_a_book_opened_today_is_made_ready_today_and_its_day_stays_open(people, night_book):
    from arrears.store.tables.organisation import BookDay

    night_book.owe(people.lender, people.kept, instalments=(3,))
    night_book.can_be_called(people.lender, people.kept_debtor)
    [first] = night_book.run(people.lender, TODAY)
    assert (first.on, night_book.rows("Worklist").filter(run_id=first.run.id).count()) == (TODAY, 1)
    assert night_book.run(people.lender, TODAY) == []
    days = BookDay.objects.using("night").filter(organisation_id=people.lender)
    assert [(day.business_date, day.closed_at) for day in days] == [(TODAY, None)]


def test_the_second_night_reads_what_came_in_after_the_first(people, night_book):
    night_book.owe(people.lender, people.kept, instalments=(3,))
    night_book.can_be_called(people.lender, people.kept_debtor)
    night_book.run(people.lender, TODAY)
    night_book.pay(people.lender, people.kept, 10_000, on=TODAY)
    [second] = night_book.run(people.lender, TODAY + timedelta(days=1))
    assert second.on == TODAY + timedelta(days=1)
    assert night_book.rows("Worklist").filter(run_id=second.run.id).count() == 0


def test_a_killed_first_night_goes_on_the_same_day(people, night_book):
    import pytest

    night_book.owe(people.lender, people.kept, instalments=(3,))
    night_book.can_be_called(people.lender, people.kept_debtor)

    def kill(step, moment):
        if step.name == "allocate":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        night_book.run(people.lender, TODAY, watch=kill)
    [again] = night_book.run(people.lender, TODAY)
    assert again.on == TODAY
    assert night_book.rows("Worklist").filter(run_id=again.run.id).count() == 1
