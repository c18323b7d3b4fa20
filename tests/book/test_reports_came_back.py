"""What fell overdue and came back, by hand-made movements of a few accounts."""

from datetime import date

import numpy as np

from arrears.kernel.epoch import epoch_day
from arrears.reports.came_back import cohorts
from arrears.store.doors.book_figures import Movements

#: The day that still runs is the first of April: the window is March.
FIRST, LAST = date(2026, 3, 1), date(2026, 4, 1)


def moved(*entries: tuple[int, int, int, int], accounts: int, tolerance: int = 0) -> Movements:
    """Movements from (account, day of March, billed, paid); nothing was owed before the window."""
    rows = np.array(entries, np.int64).reshape(-1, 4)
    account, day, billed, paid = rows.T
    return Movements(
        account=account,
        day=epoch_day(FIRST) + day - 1,
        billed_change=billed,
        paid_change=paid,
        billed=np.bincount(account, billed, accounts).astype(np.int64),
        paid=np.bincount(account, paid, accounts).astype(np.int64),
        tolerance=np.full(accounts, tolerance, np.int64),
    )


def test_the_cohort_is_the_day_after_the_due_date_and_the_seventh_day_is_still_in_time():
    found = cohorts(moved((0, 5, 100, 0), (0, 12, 0, 100), (1, 5, 100, 0), (1, 13, 0, 100), accounts=2), FIRST, LAST)
    (cohort,) = found
    assert (cohort.first_day, cohort.accounts, cohort.amount_minor) == (date(2026, 3, 6), 2, 200)
    assert (cohort.soon.accounts, cohort.soon.amount_minor, cohort.soon.is_finished) == (1, 100, True)
    assert (cohort.later.accounts, cohort.still_out) == (2, 0)


def test_who_pays_on_the_due_date_never_fell_overdue():
    assert cohorts(moved((0, 5, 100, 100), accounts=1), FIRST, LAST) == ()


def test_a_shortfall_within_the_tolerance_is_no_arrears():
    assert cohorts(moved((0, 5, 100, 99), accounts=1, tolerance=1), FIRST, LAST) == ()
    assert len(cohorts(moved((0, 5, 100, 98), accounts=1, tolerance=1), FIRST, LAST)) == 1


def test_a_second_instalment_while_the_first_is_open_begins_no_second_spell():
    (cohort,) = cohorts(moved((0, 5, 100, 0), (0, 20, 100, 0), accounts=1), FIRST, LAST)
    assert (cohort.accounts, cohort.still_out) == (1, 1)


def test_who_came_back_and_fell_again_counts_in_both_cohorts():
    found = cohorts(moved((0, 5, 100, 0), (0, 6, 0, 100), (0, 10, 100, 0), accounts=1), FIRST, LAST)
    assert [(one.first_day.day, one.soon.accounts) for one in found] == [(6, 1), (11, 0)]


def test_a_young_cohort_is_shown_as_unfinished():
    (cohort,) = cohorts(moved((0, 24, 100, 0), accounts=1), FIRST, LAST)
    assert (cohort.soon.is_finished, cohort.later.is_finished) == (True, False)
    (cohort,) = cohorts(moved((0, 25, 100, 0), accounts=1), FIRST, LAST)
    assert not cohort.soon.is_finished


def test_arrears_from_before_the_window_belong_to_no_cohort_of_it():
    before = moved((0, 20, 0, 0), accounts=1)
    standing = Movements(**{**{name: getattr(before, name) for name in Movements.__slots__}, "billed": np.array([100])})
    assert cohorts(standing, FIRST, LAST) == ()


def test_the_day_that_still_runs_begins_no_cohort_and_brings_nobody_back():
    assert cohorts(moved((0, 32, 100, 0), accounts=1), FIRST, LAST) == ()
    (cohort,) = cohorts(moved((0, 30, 100, 0), (0, 32, 0, 100), accounts=1), FIRST, LAST)
    assert (cohort.soon.accounts, cohort.still_out) == (0, 1)
