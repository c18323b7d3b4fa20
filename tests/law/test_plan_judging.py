"""Plans judged by payments: each cent once, over several debts, beside promises; late, missed, mended, returned."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.plans import Instalment, Plan, PlanState
from arrears.domain.promises import Outcome, Promise
from arrears.domain.terms import Terms
from arrears.engine.plans.judging import Debt, PromiseOn, judge_together
from arrears.kernel.calendars import Place

NEW_YORK = Place("US", "NY")
AGREED = date(2026, 3, 2)
DUES = (date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20))


def plan_of(*, plan: int = 1, accounts: tuple[int, ...] = (1,), amount: int = 100, **also: int) -> Plan:
    rows = tuple(Instalment(n, day, day, amount) for n, day in enumerate(DUES, start=1))
    return Plan(
        id=plan, accounts=frozenset(accounts), agreed_on=AGREED, instalments=rows, place=NEW_YORK,
        **{"grace_days": 3, **also},
    )  # fmt: skip


def paid(entry: int, day: date, amount: int, book_day: int = 1) -> Entry:
    return Entry(entry, EntryKind.PAYMENT, day, book_day, amount)


def debts(**entries: list[Entry]) -> dict[int, Debt]:
    return {int(name[1:]): Debt(own, Terms(), NEW_YORK) for name, own in entries.items()}


def state(plan: Plan, on: date, *entries: Entry) -> str:
    return judge_together([], [plan], debts(d1=list(entries)), on).plans[plan.id].state.value


def test_a_plan_is_on_time_behind_missed_and_in_default_by_the_days() -> None:
    plan = plan_of()
    assert state(plan, date(2026, 3, 10)) == "on_time"
    assert state(plan, date(2026, 3, 11)) == "behind"
    assert state(plan, date(2026, 3, 13)) == "behind"
    assert state(plan, date(2026, 3, 14)) == "missed"
    assert state(plan, date(2026, 3, 20)) == "missed"
    assert state(plan, date(2026, 3, 21)) == "defaulted"


def test_late_money_mends_a_plan_that_was_missed() -> None:
    plan = plan_of()
    assert state(plan, date(2026, 3, 16), paid(5, date(2026, 3, 16), 100)) == "on_time"


def test_a_backdated_payment_mends_and_a_returned_one_breaks_again() -> None:
    plan, on = plan_of(), date(2026, 3, 21)
    money = [paid(5, date(2026, 3, 6), 100), paid(6, date(2026, 3, 13), 100)]
    assert state(plan, on, *money) == "on_time"
    back = Entry(9, EntryKind.REVERSAL, date(2026, 3, 18), 3, 100, reverses=6)
    assert state(plan, on, *money, back) == "missed"


def test_what_was_known_on_an_earlier_book_day_stays() -> None:
    plan, on = plan_of(), date(2026, 3, 16)
    late_news = debts(d1=[paid(5, date(2026, 3, 6), 100, book_day=9)])
    assert judge_together([], [plan], late_news, on, known_on=8).plans[1].state is PlanState.MISSED
    assert judge_together([], [plan], late_news, on).plans[1].state is PlanState.ON_TIME


def test_money_that_had_come_before_the_plan_keeps_nothing() -> None:
    plan = plan_of(after_entry=7)
    assert state(plan, date(2026, 3, 16), paid(7, date(2026, 3, 2), 300)) == "missed"


def test_paid_ahead_counts_for_what_comes_next() -> None:
    found = judge_together([], [plan_of()], debts(d1=[paid(5, date(2026, 3, 3), 250)]), date(2026, 3, 19)).plans[1]
    assert [each.paid for each in found.instalments] == [100, 100, 50]
    assert (found.paid, found.still_to_come) == (250, 50)
    assert found.state is PlanState.ON_TIME
    assert found.next_due is not None
    assert found.next_due.due == DUES[2]


def test_short_by_the_tolerance_is_paid_but_what_is_short_does_not_vanish() -> None:
    plan = plan_of(tolerance=5)
    first = paid(5, date(2026, 3, 6), 95)
    assert state(plan, date(2026, 3, 12), first) == "on_time"
    second = paid(6, date(2026, 3, 13), 95)
    assert state(plan, date(2026, 3, 19), first, second) == "behind"


def test_a_plan_over_two_debts_takes_money_from_either() -> None:
    plan = plan_of(accounts=(1, 2), amount=100)
    money = debts(d1=[paid(5, date(2026, 3, 6), 60)], d2=[paid(6, date(2026, 3, 6), 40)])
    assert judge_together([], [plan], money, date(2026, 3, 12)).plans[1].state is PlanState.ON_TIME


def test_it_is_completed_and_firm_only_when_no_bank_can_take_it_back() -> None:
    money = [paid(5, date(2026, 3, 20), 300)]
    found = judge_together([], [plan_of(returns_days=5)], debts(d1=money), date(2026, 3, 20)).plans[1]
    assert (found.state, found.firm_after) == (PlanState.COMPLETED, date(2026, 3, 25))
    later = judge_together([], [plan_of(returns_days=5)], debts(d1=money), date(2026, 3, 26)).plans[1]
    assert later.firm_after is None


def promise(due: date, amount: int, of_plan: int = 0) -> PromiseOn:
    return PromiseOn(1, Promise(8, AGREED, due, amount), of_plan)


def test_a_promise_beside_a_plan_gets_no_cent_that_the_plan_has_taken() -> None:
    beside = promise(date(2026, 3, 6), 100)
    found = judge_together([beside], [plan_of()], debts(d1=[paid(5, date(2026, 3, 6), 100)]), date(2026, 3, 11))
    assert found.plans[1].state is PlanState.ON_TIME
    assert found.promises[8].outcome is Outcome.BROKEN
    both = judge_together([beside], [plan_of()], debts(d1=[paid(5, date(2026, 3, 6), 200)]), date(2026, 3, 11))
    assert both.promises[8].outcome is Outcome.KEPT
    assert both.plans[1].paid == 100


def test_an_earlier_promise_comes_before_a_later_instalment() -> None:
    beside = promise(date(2026, 3, 4), 100)
    found = judge_together([beside], [plan_of()], debts(d1=[paid(5, date(2026, 3, 4), 100)]), date(2026, 3, 11))
    assert found.promises[8].outcome is Outcome.KEPT
    assert found.plans[1].state is PlanState.BEHIND


def test_a_promise_of_the_plans_own_instalment_is_kept_by_the_plans_money() -> None:
    mending = PromiseOn(1, Promise(8, date(2026, 3, 12), date(2026, 3, 13), 100), of_plan=1)
    money = debts(d1=[paid(5, date(2026, 3, 13), 100)])
    found = judge_together([mending], [plan_of()], money, date(2026, 3, 17))
    assert found.promises[8].outcome is Outcome.KEPT
    assert found.plans[1].state is PlanState.ON_TIME


def test_kept_in_a_row_counts_back_from_the_latest_and_late_ones_do_not_count() -> None:
    late = [paid(5, date(2026, 3, 12), 100), paid(6, date(2026, 3, 13), 100), paid(7, date(2026, 3, 20), 100)]
    found = judge_together([], [plan_of()], debts(d1=late), date(2026, 3, 30)).plans[1]
    assert found.kept_in_a_row == 2


moments = st.dates(date(2026, 2, 25), date(2026, 4, 10))
payments = st.lists(st.tuples(moments, st.integers(1, 250), st.sampled_from([1, 2])), max_size=8)
promised = st.lists(
    st.tuples(moments, st.integers(1, 200), st.sampled_from([1, 2]), st.sampled_from([0, 1])), max_size=4
)


@settings(deadline=None, max_examples=150)
@given(payments, promised, moments)
def test_no_cent_counts_twice(
    money: list[tuple[date, int, int]], said: list[tuple[date, int, int, int]], on: date
) -> None:
    entries = {1: [], 2: []}  # type: dict[int, list[Entry]]
    for n, (day, amount, account) in enumerate(money, start=1):
        entries[account].append(paid(n, day, amount))
    known = {account: Debt(own, Terms(), NEW_YORK) for account, own in entries.items()}
    promises = [
        PromiseOn(account, Promise(n, AGREED, day, amount), of_plan)
        for n, (day, amount, account, of_plan) in enumerate(said, start=1)
    ]
    plans = [plan_of(accounts=(1, 2)), plan_of(plan=2, accounts=(2,), amount=70)]
    found = judge_together(promises, plans, known, on)
    came = sum(amount for day, amount, _ in money if day <= on)
    beside = sum(found.promises[each.promise.id].paid for each in promises if not each.of_plan)
    taken = sum(each.paid for each in found.plans.values())
    assert beside + taken <= came
    named = sum(found.promises[each.promise.id].paid for each in promises if each.of_plan)
    assert named <= found.plans[1].paid


@settings(deadline=None, max_examples=100)
@given(payments, moments, st.integers(1, 60))
def test_more_money_never_makes_a_plan_stand_worse(money: list[tuple[date, int, int]], on: date, more: int) -> None:
    order = ["completed", "on_time", "behind", "missed", "defaulted"]
    entries = [paid(n, day, amount) for n, (day, amount, _) in enumerate(money, start=1)]
    before = state(plan_of(), on, *entries)
    after = state(plan_of(), on, *entries, paid(99, AGREED + timedelta(days=1), more))
    assert order.index(after) <= order.index(before)
