"""A payment counts once: from a feed, by hand, pending and cleared, taken back; who paid it is kept, never their name."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book")

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
DEBTS = """loan number,name,original amount,opened on
A-1,Ana Torres,1200.00,2025-10-01
A-2,Ben Ochoa,600.00,2025-10-01
"""
SCHEDULES = """loan number,due date,amount
A-1,2026-01-15,100.00
A-1,2026-02-15,100.00
A-2,2026-02-15,100.00
"""


@pytest.fixture
def lender(book: str, tmp_path: Path) -> Any:
    """A creditor with two debts, both behind."""
    from arrears.actions.imports import desk

    owner = desk.new_owner("Meadow Loans", desk.Place("US", "America/New_York", "en"), now=NOW)
    fed(owner, tmp_path, debts=DEBTS, schedules=SCHEDULES)
    return owner


def fed(owner: Any, folder: Path, **texts: str) -> dict[str, tuple[int, int, list[str]]]:
    """Import files; return for each its new and known rows and the codes of its faults."""
    from arrears.actions.imports import desk, run

    paths = []
    for name, text in texts.items():
        (path := folder / f"{name}.csv").write_text(text, encoding="utf-8")
        paths.append(path)
    at = desk.desk(owner, run.Defaults(currency="USD"), mapping_at=None, home=None)
    planned, problems = desk.plan_files(at, paths)
    assert not problems, [problem.said_in("en") for problem in problems]
    results = run.bring(planned, owner, now=NOW)
    return {result.kind.name: (result.new, result.known, result.faults["code"].to_list()) for result in results}


def position(number: str) -> Any:
    from arrears.store.tables.work import AccountPosition

    return AccountPosition.objects.using("night").get(account__number=number)


def account(number: str) -> int:
    from arrears.store.tables.account import Account

    return int(Account.objects.using("night").get(number=number).pk)


def lines() -> list[tuple[str, str, str, int | None]]:
    from arrears.store.tables.feed import PaymentLine

    rows = PaymentLine.objects.using("night").order_by("id")
    return [(row.source_ref, row.state, row.payer, row.account_id) for row in rows]


def kinds(number: str) -> list[tuple[str, int]]:
    from arrears.domain.entries import EntryKind
    from arrears.store.tables.account import Entry

    rows = Entry.objects.using("night").filter(account__number=number).order_by("id")
    return [(EntryKind(row.kind).name, row.amount_minor) for row in rows if row.kind >= EntryKind.PAYMENT_SEEN]


HEAD = "account number,payment date,amount,payment id,memo,payer,paid by role,status,reversal of\n".replace(
    "paid by role", "payer role"
)


def test_a_feed_matches_by_number_reference_and_words_and_keeps_the_rest(lender: Any, tmp_path: Path) -> None:
    feed = HEAD + (
        "A-1,2026-03-01,50.00,P-1,,,,,\n"
        ",2026-03-01,20.00,A-2,,,,,\n"
        ",2026-03-01,30.00,P-3,for A-1 thank you,Ana T.,,,\n"
        ",2026-03-01,40.00,P-4,for A-1 and A-2,,,,\n"
        ",2026-03-01,60.00,P-5,rent,Somebody,,,\n"
        "A-9,2026-03-01,70.00,P-6,,,,,\n"
    )
    assert fed(lender, tmp_path, payments=feed) == {"payments": (6, 0, [])}
    assert (position("A-1").paid_minor, position("A-2").paid_minor) == (8_000, 2_000)
    waiting = [line[0] for line in lines() if line[1] == "unmatched"]
    assert waiting == ["P-4", "P-5", "P-6"]
    assert fed(lender, tmp_path, payments=feed) == {"payments": (0, 6, [])}
    assert (position("A-1").paid_minor, position("A-2").paid_minor) == (8_000, 2_000)


def test_a_line_that_waited_is_posted_by_hand_once(lender: Any, tmp_path: Path) -> None:
    from arrears.actions import payments
    from arrears.kernel.problems import Problem
    from arrears.store.scope import scope

    feed = HEAD + ",2026-03-01,60.00,P-5,rent,Somebody,,,\n"
    fed(lender, tmp_path, payments=feed)
    with scope(lender.id, None):
        (line,) = payments.unmatched(lender.id)
        done = payments.match_by_hand(line.id, account("A-2"), now=NOW)
        again = payments.match_by_hand(line.id, account("A-1"), now=NOW)
    assert isinstance(done, payments.Posted)
    assert isinstance(again, Problem)
    assert again.code == "line_not_waiting"
    assert kinds("A-2") == [("PAYMENT", 6_000)]
    assert lines() == [("P-5", "by_hand", "Somebody", account("A-2"))]
    assert fed(lender, tmp_path, payments=feed) == {"payments": (0, 1, [])}
    assert (kinds("A-1"), kinds("A-2")) == ([], [("PAYMENT", 6_000)])


def test_a_debt_that_comes_later_takes_the_line_that_waited_for_it(lender: Any, tmp_path: Path) -> None:
    feed = HEAD + "A-3,2026-03-01,60.00,P-5,,,,,\n"
    fed(lender, tmp_path, payments=feed)
    assert [line[:2] for line in lines()] == [("P-5", "unmatched")]
    debts = "loan number,name,original amount,opened on\nA-3,Cai Gil,100.00,2025-10-01\n"
    fed(lender, tmp_path, debts=debts, payments=feed)
    assert [line[:2] for line in lines()] == [("P-5", "matched")]
    assert kinds("A-3") == [("PAYMENT", 6_000)]


def test_money_seen_is_pending_until_the_cleared_payment_takes_its_place(lender: Any, tmp_path: Path) -> None:
    fed(lender, tmp_path, payments=HEAD + "A-1,2026-03-01,50.00,P-1,,,,pending,\n")
    assert (position("A-1").pending_minor, position("A-1").paid_minor) == (5_000, 0)
    fed(lender, tmp_path, payments=HEAD + "A-1,2026-03-02,50.00,P-1,,,,cleared,\n")
    assert (position("A-1").pending_minor, position("A-1").paid_minor) == (0, 5_000)
    assert kinds("A-1") == [("PAYMENT_SEEN", 5_000), ("PAYMENT", 5_000)]


def test_a_returned_payment_opens_the_debt_again_once(lender: Any, tmp_path: Path) -> None:
    fed(lender, tmp_path, payments=HEAD + "A-2,2026-03-01,100.00,P-1,,Ben O.,,,\n")
    assert position("A-2").due_unpaid_minor == 0
    back = HEAD + "A-2,2026-03-02,100.00,R-1,,,,returned,P-1\nA-2,2026-03-02,9.00,R-2,,,,returned,P-0\n"
    assert fed(lender, tmp_path, payments=back) == {"payments": (1, 0, ["no_such_entry"])}
    assert (position("A-2").due_unpaid_minor, position("A-2").paid_minor) == (10_000, 0)
    assert [line[:2] for line in lines()] == [("P-1", "returned")]
    assert fed(lender, tmp_path, payments=back) == {"payments": (0, 1, ["no_such_entry"])}
    assert kinds("A-2") == [("PAYMENT", 10_000), ("REVERSAL", 10_000)]


def test_a_third_partys_payment_is_recorded_as_theirs_and_the_entry_holds_no_name(lender: Any, tmp_path: Path) -> None:
    from arrears.store.tables.account import Entry

    fed(lender, tmp_path, payments=HEAD + "A-1,2026-03-01,50.00,P-1,,Rosa Torres,familiar,,\n")
    entry = Entry.objects.using("night").get(source_kind="payment")
    assert entry.instruction == {"payer_role": "household"}
    assert lines() == [("P-1", "matched", "Rosa Torres", account("A-1"))]


def test_two_lines_that_say_the_same_without_a_reference_post_once(lender: Any, tmp_path: Path) -> None:
    same = HEAD + "A-1,2026-03-01,50.00,,,,,,\nA-1,2026-03-01,50.00,,,,,,\n"
    assert fed(lender, tmp_path, payments=same) == {"payments": (1, 0, ["said_twice"])}
    assert kinds("A-1") == [("PAYMENT", 5_000)]


def test_a_reference_of_another_payment_is_set_aside(lender: Any, tmp_path: Path) -> None:
    fed(lender, tmp_path, payments=HEAD + "A-1,2026-03-01,50.00,P-1,,,,,\n")
    other = HEAD + "A-1,2026-03-01,51.00,P-1,,,,,\n"
    assert fed(lender, tmp_path, payments=other) == {"payments": (0, 0, ["reference_taken"])}
    assert kinds("A-1") == [("PAYMENT", 5_000)]


def test_a_payment_posted_on_a_page_counts_once_and_can_be_taken_back(lender: Any) -> None:
    from arrears.actions import payments
    from arrears.store.scope import scope

    with scope(lender.id, None):
        first = payments.post(account("A-2"), 10_000, DAY, reference="till-7", now=NOW)
        second = payments.post(account("A-2"), 10_000, DAY, reference="till-7", now=NOW)
        assert isinstance(first, payments.Posted)
        assert isinstance(second, payments.Posted)
        assert (first.is_new, second.is_new, first.entry == second.entry) == (True, False, True)
        assert position_in_scope(account("A-2")) == 0
        back = payments.reverse(first.entry, value_date=DAY, reason="R01", now=NOW)
        twice = payments.reverse(first.entry, value_date=DAY, reason="R01", now=NOW)
        assert isinstance(back, payments.Posted)
        assert isinstance(twice, payments.Posted)
        assert (back.is_new, twice.is_new, back.entry == twice.entry) == (True, False, True)
        assert position_in_scope(account("A-2")) == 10_000


def position_in_scope(account_id: int) -> int:
    from arrears.store.tables.work import AccountPosition

    row: Any = AccountPosition.objects.get(account=account_id)
    return int(row.due_unpaid_minor)


@pytest.mark.parametrize(
    ("amount", "account_number", "code"),
    [(0, "A-1", "amount_not_above_zero"), (-5, "A-1", "amount_not_above_zero"), (5, "", "account_unknown")],
)
def test_what_is_no_payment_is_refused_and_leaves_nothing(
    lender: Any, amount: int, account_number: str, code: str
) -> None:
    from arrears.actions import payments
    from arrears.kernel.problems import Problem
    from arrears.store.scope import scope
    from arrears.store.tables.account import Entry
    from arrears.store.tables.event import Event

    before = (Entry.objects.using("night").count(), Event.objects.using("night").count())
    with scope(lender.id, None):
        found = payments.post(account(account_number) if account_number else 0, amount, DAY, reference="x", now=NOW)
    assert isinstance(found, Problem)
    assert found.code == code
    assert (Entry.objects.using("night").count(), Event.objects.using("night").count()) == before


def test_eight_tellers_at_once_post_each_payment_once_and_lose_none(lender: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from arrears.actions import payments
    from arrears.store.scope import scope

    debt = account("A-1")

    def teller(number: int) -> list[bool]:
        try:
            found = []
            for reference in (f"own-{number}", "shared"):
                with scope(lender.id, None):
                    done = payments.post(debt, 100, DAY, reference=reference, now=NOW)
                    assert isinstance(done, payments.Posted)
                    found.append(done.is_new)
            return found
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as crowd:
        said = list(crowd.map(teller, range(8)))
    assert [own for own, _ in said] == [True] * 8
    assert sum(shared for _, shared in said) == 1
    assert kinds("A-1") == [("PAYMENT", 100)] * 9
    assert position("A-1").paid_minor == 900
