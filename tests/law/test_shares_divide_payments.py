"""One payment over several debts: nothing is lost, the debtor's word comes first, a disputed debt gets nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.shares import ShareDebt, ShareRule, Shares, share

OLD, NEW = date(2026, 1, 5), date(2026, 2, 5)
A, B, C = ShareDebt(1, 10_000, NEW, rank=1), ShareDebt(2, 3_000, OLD, rank=2), ShareDebt(3, 500, NEW, rank=0)


def given_to(found: Shares) -> dict[int, int]:
    return {part.debt: part.minor for part in found.parts}


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (ShareRule.OLDEST_FIRST, {1: 1_000, 2: 3_000}),
        (ShareRule.PRIORITY, {1: 3_500, 3: 500}),
        # 4000 of 13500: 2962.96…, 888.88…, 148.14…: two units go to the largest remainders
        (ShareRule.PRO_RATA, {1: 2_963, 2: 889, 3: 148}),
    ],
)
def test_each_rule_divides_in_its_own_way(rule: ShareRule, parts: dict[int, int]) -> None:
    assert given_to(share(4_000, [A, B, C], rule)) == parts


def test_the_debtors_word_comes_before_any_rule() -> None:
    found = share(4_000, [A, B, C], ShareRule.OLDEST_FIRST, said={1: 2_500})
    assert given_to(found) == {1: 2_500, 2: 1_500}
    assert [part.said_minor for part in found.parts] == [2_500, 0]


def test_a_word_that_comes_to_more_than_the_payment_is_served_in_its_order() -> None:
    assert given_to(share(1_000, [A, B], ShareRule.PRO_RATA, said={2: 800, 1: 800})) == {1: 200, 2: 800}


def test_a_disputed_debt_gets_nothing_by_rule_and_all_that_the_debtor_says() -> None:
    disputed = ShareDebt(2, 3_000, OLD, is_disputed=True)
    assert given_to(share(20_000, [A, disputed], ShareRule.OLDEST_FIRST, came_for=2)) == {1: 20_000}
    assert given_to(share(4_000, [A, disputed], ShareRule.PRO_RATA, said={2: 1_000})) == {1: 3_000, 2: 1_000}


def test_money_that_may_go_nowhere_is_said_and_does_not_vanish() -> None:
    disputed = ShareDebt(2, 3_000, OLD, is_disputed=True)
    assert share(4_000, [disputed], ShareRule.PRIORITY) == Shares((), 4_000)
    assert share(4_000, [disputed], ShareRule.PRIORITY, said={2: 1_000}).unplaced_minor == 3_000


def test_what_exceeds_all_is_credit_on_the_debt_it_came_for() -> None:
    found = share(14_000, [A, B, C], ShareRule.PRO_RATA, came_for=3)
    assert given_to(found) == {1: 10_000, 2: 3_000, 3: 1_000}
    assert [part.credit_minor for part in found.parts] == [0, 0, 500]


@pytest.mark.parametrize(
    ("amount", "said", "came_for"), [(-1, {}, None), (5, {9: 1}, None), (5, {}, 9), (5, {1: -1}, 1)]
)
def test_what_makes_no_sense_raises(amount: int, said: dict[int, int], came_for: int | None) -> None:
    with pytest.raises(ValueError, match="cannot divide"):
        share(amount, [A], ShareRule.PRIORITY, said=said, came_for=came_for)


def debts() -> st.SearchStrategy[list[ShareDebt]]:
    one = st.tuples(st.integers(0, 10**9), st.integers(0, 400), st.integers(0, 3), st.booleans())
    return st.lists(one, min_size=1, max_size=6).map(
        lambda rows: [
            ShareDebt(n, asked, date(2025, 1, 1) + timedelta(days=age), rank, is_disputed)
            for n, (asked, age, rank, is_disputed) in enumerate(rows, start=1)
        ]
    )


AMOUNTS = st.integers(0, 10**10)
RULES = st.sampled_from(ShareRule)


@settings(deadline=None)
@given(AMOUNTS, debts(), RULES, st.data())
def test_every_unit_goes_somewhere_once_and_none_to_a_disputed_debt_unsaid(
    amount: int, owed: list[ShareDebt], rule: ShareRule, data: st.DataObject
) -> None:
    said = data.draw(st.dictionaries(st.sampled_from([debt.id for debt in owed]), st.integers(0, 10**9)))
    found = share(amount, owed, rule, said=said)
    assert sum(given_to(found).values()) + found.unplaced_minor == amount
    assert all(part.minor > 0 for part in found.parts)
    disputed = {debt.id for debt in owed if debt.is_disputed}
    assert all(part.minor == part.said_minor for part in found.parts if part.debt in disputed)
    served = {part.debt: part.said_minor for part in found.parts}
    if sum(said.values()) <= amount:
        assert all(served.get(debt, 0) == minor for debt, minor in said.items())


@settings(deadline=None)
@given(AMOUNTS, st.integers(1, 10**6), debts(), RULES)
def test_more_money_takes_from_no_debt_beyond_the_one_unit_of_rounding(
    amount: int, more: int, owed: list[ShareDebt], rule: ShareRule
) -> None:
    before, after = given_to(share(amount, owed, rule)), given_to(share(amount + more, owed, rule))
    slack = 1 if rule is ShareRule.PRO_RATA else 0
    assert all(after.get(debt, 0) >= minor - slack for debt, minor in before.items())


@settings(deadline=None)
@given(AMOUNTS, st.permutations(range(6)), debts(), RULES)
def test_the_order_in_which_debts_are_listed_changes_nothing(
    amount: int, turn: list[int], owed: list[ShareDebt], rule: ShareRule
) -> None:
    came_for = owed[0].id
    shuffled = sorted(owed, key=lambda debt: turn[debt.id - 1])
    first = share(amount, owed, rule, came_for=came_for)
    second = share(amount, shuffled, rule, came_for=came_for)
    assert given_to(first) == given_to(second)


@settings(deadline=None)
@given(AMOUNTS, debts())
def test_pro_rata_stays_within_a_unit_of_the_exact_share_and_never_above_what_is_asked(
    amount: int, owed: list[ShareDebt]
) -> None:
    free = [debt for debt in owed if not debt.is_disputed]
    whole = sum(debt.asked_minor for debt in free)
    if amount > whole or not whole:
        return
    found = given_to(share(amount, owed, ShareRule.PRO_RATA))
    for debt in free:
        got = found.get(debt.id, 0)
        assert (
            amount * debt.asked_minor // whole <= got <= min(-(-amount * debt.asked_minor // whole), debt.asked_minor)
        )
