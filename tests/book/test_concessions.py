"""Settlements and waivers: who may decide, what holds until when, and that nothing is cut before it is paid for."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, hire, settle

from arrears.domain.concessions import ConcessionKind, Part, State
from arrears.domain.entries import EntryKind

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)
TUE, FRI = MON + timedelta(days=1), MON + timedelta(days=4)
SETTLEMENT, WAIVER = ConcessionKind.SETTLEMENT, ConcessionKind.WAIVER


@pytest.fixture
def working() -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    """600.00 owed, four instalments of six past due, the oldest for 97 days."""
    return working.loan(unpaid_since=date(2025, 11, 25))


@pytest.fixture
def grace(working: WorkingBook) -> int:
    """A manager."""
    return hire(working.lender, ["manager"])


def offer(working: WorkingBook, loan: Any, by: int, *parts: tuple[date, int], **said: Any) -> Any:
    from arrears.actions import concessions

    told = {"kind": SETTLEMENT, "reason": "Lost her job, a brother pays", "key": "1", "now": at(MON), **said}
    with working.hands_of(by, MON):
        return concessions.propose(loan.account, parts=[Part(*part) for part in parts], **told)


def by_hand(working: WorkingBook, verb: str, number: int, by: int, *, on: date = MON, **said: Any) -> Any:
    from arrears.actions import concessions

    with working.hands_of(by, on):
        return getattr(concessions, verb)(number, now=at(on), **said)


def approve(working: WorkingBook, number: int, by: int, **said: Any) -> Any:
    return by_hand(working, "decide", number, by, **{"approve": True, "reason": "Better than waiting", **said})


def code(found: Any) -> str:
    return str((found[0] if isinstance(found, list) else found).code)


def cuts(loan: Any) -> list[tuple[str, int]]:
    """The entries that cut or take a cut back, in order."""
    from arrears.store.tables.account import Entry

    kinds = [EntryKind.WAIVER, EntryKind.SETTLEMENT, EntryKind.ACCELERATION, EntryKind.REVERSAL]
    rows = Entry.objects.using("report").filter(account_id=loan.account, kind__in=kinds).order_by("pk")
    return [(EntryKind(kind).name, amount) for kind, amount in rows.values_list("kind", "amount_minor")]


def state(number: int) -> str:
    from arrears.store.tables.concession import Concession

    return Concession.objects.using("report").get(pk=number).state


def steps(number: int) -> list[str]:
    from arrears.store.tables.concession import ConcessionStep

    rows = ConcessionStep.objects.using("report").filter(concession_id=number).order_by("number")
    return list(rows.values_list("state", flat=True))


def owed(working: WorkingBook, loan: Any, on: date) -> int:
    from arrears.engine.ledger import by_day
    from arrears.kernel.epoch import epoch_day

    return by_day.contractual(working.position(loan.account), epoch_day(on))


def night(working: WorkingBook, on: date) -> None:
    from arrears.jobs.night.steps import judge_concessions

    class Tonight:
        organisation = type("O", (), {"id": working.lender})
        instant = at(on, "02:00")
        scope = staticmethod(working.nobody)

    Tonight.on = on  # type: ignore[attr-defined]
    judge_concessions.run(Tonight())  # type: ignore[arg-type]


def accepted(working: WorkingBook, loan: Any, grace: int, *parts: tuple[date, int]) -> int:
    """A settlement that is offered by Alice, approved by Grace and taken by the debtor on Monday."""
    made = offer(working, loan, working.alice, *parts)
    assert made.state is State.AWAITING, made
    assert approve(working, made.id, grace).state is State.APPROVED
    assert by_hand(working, "accept", made.id, working.alice).state is State.ACCEPTED
    return int(made.id)


def test_an_offer_beyond_ones_authority_waits_and_its_level_is_said(working: WorkingBook, loan: Any) -> None:
    made = offer(working, loan, working.alice, (FRI, 40_000))
    assert (made.state, made.weighed.level.name, made.weighed.cut_minor) == (State.AWAITING, "supervisor", 20_000)
    assert (made.weighed.share_bps, made.weighed.worth.expectation.source) == (3_334, "assumption")
    assert cuts(loan) == []
    assert working.events(account_id=loan.account) == [
        "concession_drafted", "concession_offered", "concession_awaiting",
    ]  # fmt: skip


def test_within_ones_authority_an_offer_is_approved_at_once(working: WorkingBook, loan: Any) -> None:
    assert offer(working, loan, working.dora, (FRI, 40_000)).state is State.APPROVED


def test_the_same_form_sent_twice_makes_one_offer(working: WorkingBook, loan: Any) -> None:
    first = offer(working, loan, working.alice, (FRI, 40_000))
    assert offer(working, loan, working.alice, (FRI, 40_000)).id == first.id
    assert code(offer(working, loan, working.alice, (FRI, 41_000), key="2")) == "one_at_a_time"


@pytest.mark.parametrize(
    ("parts", "said", "expected"),
    [
        ([], {}, "parts_missing"),
        ([(FRI, 60_000)], {}, "cuts_nothing"),
        ([(FRI, 0)], {}, "part_not_above_zero"),
        ([(MON - timedelta(days=1), 40_000)], {}, "part_day"),
        ([(FRI, 40_000)], {"reason": " "}, "reason_missing"),
        ([(FRI, 10_000)], {}, "beyond_all_authority"),
        ([], {"kind": WAIVER, "cut_minor": 100}, "cuts_too_much"),
    ],
)
def test_what_cannot_be_offered(
    working: WorkingBook, loan: Any, parts: list[Any], said: dict[str, Any], expected: str
) -> None:
    assert code(offer(working, loan, working.alice, *parts, **said)) == expected
    assert working.rows("concession") == 0


def test_who_offers_does_not_approve_and_authority_must_reach(working: WorkingBook, loan: Any, grace: int) -> None:
    senior = hire(working.lender, ["senior"])
    made = offer(working, loan, working.alice, (FRI, 30_000))
    assert made.weighed.level.name == "manager"
    assert code(approve(working, made.id, working.alice)) == "own_offer"
    assert code(approve(working, made.id, senior)) == "beyond_authority"
    assert code(approve(working, made.id, working.dora)) == "beyond_authority"
    assert code(approve(working, made.id, grace, reason=" ")) == "reason_missing"
    assert approve(working, made.id, grace).state is State.APPROVED
    assert code(approve(working, made.id, grace)) == "not_waiting"


def test_of_two_who_decide_at_once_one_wins(working: WorkingBook, loan: Any, grace: int) -> None:
    from django.db import connections

    made = offer(working, loan, working.alice, (FRI, 40_000))
    heard: list[Any] = []
    gate = threading.Barrier(2)

    def hand(by: int, *, is_yes: bool) -> None:
        gate.wait()
        try:
            heard.append(approve(working, made.id, by, approve=is_yes))
        finally:
            connections["default"].close()

    hands = [
        threading.Thread(target=hand, args=(by,), kwargs={"is_yes": yes})
        for by, yes in ((grace, True), (working.dora, False))
    ]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert sorted(getattr(one, "code", "decided") for one in heard) == ["decided", "not_waiting"]
    assert len(steps(made.id)) == 4


def test_approval_and_offer_end_by_themselves(working: WorkingBook, loan: Any, grace: int) -> None:
    made = offer(working, loan, working.alice, (FRI, 40_000))
    night(working, MON + timedelta(days=5))
    assert state(made.id) == "awaiting"
    night(working, MON + timedelta(days=6))
    assert state(made.id) == "expired"
    again = offer(working, loan, working.alice, (FRI, 40_000), key="2")
    assert code(approve(working, again.id, grace, on=MON + timedelta(days=6))) == "has_expired"
    third = offer(working, loan, working.dora, (FRI, 40_000), key="3")
    assert code(by_hand(working, "accept", third.id, working.dora, on=MON + timedelta(days=20))) == "has_expired"


def test_nothing_is_cut_before_the_last_payment_has_cleared(working: WorkingBook, loan: Any, grace: int) -> None:
    number = accepted(working, loan, grace, (FRI, 25_000), (FRI + timedelta(days=7), 15_000))
    working.pay(loan, TUE, 25_000)
    assert (state(number), cuts(loan), owed(working, loan, TUE)) == ("accepted", [], 35_000)
    working.pay(loan, FRI, 15_000)
    assert (state(number), cuts(loan), owed(working, loan, FRI)) == ("paid", [], 20_000)
    night(working, FRI + timedelta(days=5))
    assert (state(number), cuts(loan)) == ("paid", [])
    night(working, FRI + timedelta(days=6))
    assert (state(number), owed(working, loan, FRI + timedelta(days=6))) == ("completed", 0)
    assert cuts(loan) == [("ACCELERATION", 0), ("SETTLEMENT", 20_000)]


def test_a_settled_debt_bills_nothing_more_and_is_no_cure(working: WorkingBook, loan: Any, grace: int) -> None:
    from arrears.domain.position import Flag
    from arrears.kernel.epoch import NO_DATE, epoch_day

    accepted(working, loan, grace, (FRI, 40_000))
    working.pay(loan, TUE, 40_000)
    night(working, MON + timedelta(days=10))
    row = working.position(loan.account)
    assert (row.next_due_day, row.cured_day) == (NO_DATE, NO_DATE)
    assert row.relief_day == epoch_day(TUE)
    assert row.flags & Flag.NOTHING_OWED


def test_missed_leaves_the_whole_debt_and_a_backdated_payment_judges_anew(
    working: WorkingBook, loan: Any, grace: int
) -> None:
    number = accepted(working, loan, grace, (FRI, 40_000))
    after = MON + timedelta(days=9)
    night(working, after)
    assert (state(number), owed(working, loan, after)) == ("reinstated", 60_000)
    assert steps(number)[-2:] == ["missed", "reinstated"]
    assert (cuts(loan), working.events(account_id=loan.account)[-1]) == ([], "concession_reinstated")
    with working.nobody():
        from arrears.actions import payments

        payments.post(loan.account, 40_000, FRI, reference="late news", now=at(after), using="night")
    assert state(number) == "paid"
    night(working, FRI + timedelta(days=6))
    assert (state(number), owed(working, loan, after)) == ("completed", 0)


def test_a_return_after_completion_takes_the_cut_back(working: WorkingBook, loan: Any, grace: int) -> None:
    from arrears.actions import payments

    number = accepted(working, loan, grace, (FRI, 40_000))
    paid = working.pay(loan, TUE, 40_000)
    later = MON + timedelta(days=20)
    night(working, later)
    assert (state(number), owed(working, loan, later)) == ("completed", 0)
    with working.nobody():
        payments.reverse(paid, value_date=later, reason="R10", now=at(later), using="night")
    assert (state(number), owed(working, loan, later)) == ("reinstated", 60_000)
    assert cuts(loan) == [
        ("ACCELERATION", 0), ("SETTLEMENT", 20_000), ("REVERSAL", 40_000), ("REVERSAL", 20_000), ("REVERSAL", 0),
    ]  # fmt: skip


def test_a_cost_that_comes_to_be_known_later_is_settled_too(working: WorkingBook, loan: Any, grace: int) -> None:
    from arrears.actions import entries

    number = accepted(working, loan, grace, (FRI, 40_000))
    working.pay(loan, TUE, 40_000)
    later = MON + timedelta(days=10)
    night(working, later)
    with working.hands_of(working.dora, later):
        entries.post_entry(
            loan.account, EntryKind.COST, amount_minor=700, value_date=MON, reason="x", source_kind="by_hand",
            source_ref="1", now=at(later),
        )  # fmt: skip
    assert (state(number), owed(working, loan, later)) == ("completed", 0)
    assert [amount for kind, amount in cuts(loan) if kind == "SETTLEMENT"] == [20_000, 20_700]


def test_a_waiver_takes_fees_off_once_its_payment_has_cleared(working: WorkingBook, loan: Any) -> None:
    working.enter(loan.account, EntryKind.FEE, date(2026, 2, 1), 1_500)
    with working.nobody():
        from arrears.actions import positions

        positions.refresh([loan.account], now=at(MON), using="night")
    made = offer(working, loan, working.alice, (TUE, 40_000), kind=WAIVER, cut_minor=1_500)
    assert (made.state, made.weighed.level.name) == (State.APPROVED, "collector")
    by_hand(working, "accept", made.id, working.alice)
    working.pay(loan, TUE, 40_000)
    assert cuts(loan) == []
    night(working, MON + timedelta(days=7))
    assert (state(made.id), cuts(loan)) == ("completed", [("WAIVER", 1_500)])
    assert owed(working, loan, MON + timedelta(days=7)) == 20_000


def test_a_waiver_without_conditions_is_booked_when_it_is_taken(working: WorkingBook, loan: Any) -> None:
    working.enter(loan.account, EntryKind.FEE, date(2026, 2, 1), 1_500)
    with working.nobody():
        from arrears.actions import positions

        positions.refresh([loan.account], now=at(MON), using="night")
    made = offer(working, loan, working.alice, kind=WAIVER, cut_minor=1_500)
    assert by_hand(working, "accept", made.id, working.alice).state is State.COMPLETED
    assert (cuts(loan), owed(working, loan, MON)) == ([("WAIVER", 1_500)], 60_000)


def test_an_offer_is_taken_back_only_while_no_money_has_come(working: WorkingBook, loan: Any, grace: int) -> None:
    number = accepted(working, loan, grace, (FRI, 40_000))
    working.pay(loan, TUE, 100)
    assert code(by_hand(working, "withdraw", number, working.alice, reason="changed her mind")) == "money_has_come"


def test_an_agency_offers_and_never_approves(working: WorkingBook, loan: Any, grace: int) -> None:
    working.place(loan, from_on=MON - timedelta(days=9), in_default_since=date(2025, 11, 25))
    boss = hire(working.agency, ["manager", "agency"])
    made = offer(working, loan, working.bob, (FRI, 40_000))
    assert made.state is State.AWAITING
    from arrears.actions import concessions
    from arrears.store.scope import scope

    with scope(working.agency, boss, today=MON):
        assert code(concessions.decide(made.id, approve=True, reason="ours", now=at(MON))) == "beyond_authority"
    assert approve(working, made.id, grace).state is State.APPROVED


def test_a_draft_waits_until_it_is_put_forward(working: WorkingBook, loan: Any) -> None:
    made = offer(working, loan, working.alice, (FRI, 40_000), as_draft=True)
    assert (made.state, steps(made.id)) == (State.DRAFTED, ["drafted"])
    assert by_hand(working, "put_forward", made.id, working.alice).state is State.AWAITING


def test_a_step_is_never_changed(working: WorkingBook, loan: Any) -> None:
    from django.db import DatabaseError

    from arrears.store.tables.concession import ConcessionStep

    offer(working, loan, working.alice, (FRI, 40_000))
    with pytest.raises(DatabaseError), working.nobody():
        ConcessionStep.objects.using("night").update(state="approved")
