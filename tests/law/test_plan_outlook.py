"""What a plan leaves of the debts, by the ledger itself: charges that run or rest, over one debt or two."""

from datetime import date, timedelta

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.plans import Charges, Outline, PlanKind, Rhythm
from arrears.domain.terms import Terms, read_terms
from arrears.engine.plans.judging import Debt
from arrears.engine.plans.projecting import projected
from arrears.engine.plans.schedule import schedule
from arrears.kernel.calendars import Place
from arrears.kernel.problems import Problem

TODAY = date(2026, 3, 2)
NOWHERE = Place("")


def debt(principal: int) -> Debt:
    """A debt of one instalment that fell due 30 days ago, with a charge of 24 % a year on what is overdue."""
    terms = read_terms({"late_charge": {"rate_ppm": 240_000, "day_count": "ACT/360"}})
    assert isinstance(terms, Terms)
    due = TODAY - timedelta(days=30)
    entries = [
        Entry(1, EntryKind.OPENING, due - timedelta(days=30), 1, principal, principal),
        Entry(2, EntryKind.INSTALMENT_DUE, due, 1, principal, principal, detail=1),
    ]
    return Debt(entries, terms, NOWHERE)


def outlook(charges: Charges, debts: dict[int, Debt], amounts: dict[int, int], count: int = 3) -> list[tuple[int, int]]:
    rows = schedule(
        Outline(
            kind=PlanKind.EQUAL, rhythm=Rhythm.FOUR_WEEKLY, first=TODAY + timedelta(days=10), total=sum(amounts.values()),
            count=count,
        )
    )  # fmt: skip
    assert not isinstance(rows, Problem)
    return [(each.owed, each.charges) for each in projected(debts, amounts, rows, charges, TODAY)]


def test_charges_that_run_are_worked_out_by_hand() -> None:
    # 90,000 at 24 % of 360 days is 60 a day: 600 in ten days; then 60,000 and 30,000 for 28 days each.
    assert outlook(Charges.RUN, {1: debt(90_000)}, {1: 90_000}) == [
        (60_000 + 1_800 + 600, 600),
        (30_000 + 1_800 + 600 + 1_120, 1_720),
        (1_800 + 600 + 1_120 + 560, 2_280),
    ]


def test_charges_that_rest_do_not_grow_until_the_last_instalment() -> None:
    assert outlook(Charges.FROZEN, {1: debt(90_000)}, {1: 90_000}) == [(61_800, 0), (31_800, 0), (1_800, 0)]


def test_two_debts_sum_to_what_each_would_be_alone() -> None:
    both = outlook(Charges.RUN, {1: debt(60_000), 2: debt(30_000)}, {1: 60_000, 2: 30_000})
    alone = outlook(Charges.RUN, {1: debt(90_000)}, {1: 90_000})
    assert both == alone
