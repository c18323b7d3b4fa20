"""A bank file comes in whole or not at all, posts what is sure once, and lets the rest wait; returns open debts again."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.camt import PAYER, camt, line

pytestmark = pytest.mark.usefixtures("book")

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
DEBTS = """loan number,name,original amount,opened on
LN-100200,Ana Torres,1200.00,2025-10-01
LN-100345,Ben Ochoa,600.00,2025-10-01
LN-100981,Carla Ruiz,900.00,2025-10-01
"""
SCHEDULES = """loan number,due date,amount
LN-100200,2026-01-15,100.00
LN-100200,2026-02-15,100.00
LN-100345,2026-02-15,75.50
LN-100981,2026-02-15,88.20
"""


@pytest.fixture
def lender(book: str, tmp_path: Path) -> Any:
    from arrears.actions.imports import desk, run

    owner: Any = desk.new_owner("Meadow Loans", desk.Place("US", "America/New_York", "en"), now=NOW)
    paths = []
    for name, text in (("debts", DEBTS), ("schedules", SCHEDULES)):
        (path := tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        paths.append(path)
    at = desk.desk(owner, run.Defaults(currency="USD"), mapping_at=None, home=None)
    planned, problems = desk.plan_files(at, paths)
    assert not problems
    run.bring(planned, owner, now=NOW)
    return owner


def taken(owner: Any, *lines: dict[str, Any], number: int = 1) -> Any:
    from arrears.actions import bank

    return bank.take_in(camt(*lines, number=number), f"s{number}.xml", owner, now=NOW)


def account(number: str) -> int:
    from arrears.store.tables.account import Account

    return int(Account.objects.using("night").get(number=number).pk)


def paid(number: str) -> int:
    from arrears.store.tables.work import AccountPosition

    row: Any = AccountPosition.objects.using("night").get(account__number=number)
    return int(row.paid_minor)


def states() -> list[tuple[int, str]]:
    from arrears.store.tables.statement import StatementLine

    return list(StatementLine.objects.using("night").order_by("pk").values_list("amount_minor", "state"))


def waiting(owner: Any) -> Any:
    from arrears.store.doors import bank_lines
    from arrears.store.scope import scope

    with scope(owner.id, None):
        return [(each, bank_lines.candidates(each.id)) for each in bank_lines.waiting()]


GOOD = (
    line("100.00", "loan LN-100200", "Ana Torres"),
    line("75.50", "LN-1003 45 thank you", "OCHOA BEN"),
    line("12.34", "rent", "Somebody Else"),
)


def test_sure_lines_are_posted_with_reasons_and_the_rest_waits(lender: Any) -> None:
    from arrears.store.tables.statement import LineMatch

    done = taken(lender, *GOOD)
    assert (done.new, done.posted, done.waiting, done.known) == (3, 2, 1, 0)
    assert (paid("LN-100200"), paid("LN-100345")) == (10_000, 7_550)
    reasons = [row.reasons for row in LineMatch.objects.using("night").order_by("pk")]
    assert reasons[0][:3] == ["reference_exact=LN100200", "amount_instalment", "name_same"]
    assert reasons[1][0] == "reference_broken=LN100345"
    assert states()[2] == (1_234, "suspense")


def test_the_same_file_and_the_same_line_in_another_file_post_once(lender: Any) -> None:
    taken(lender, *GOOD)
    again = taken(lender, *GOOD)
    assert again.is_known
    other = taken(lender, *GOOD, line("88.20", "LN-100981", "Carla Ruiz"), number=2)
    assert (other.known, other.new, other.posted) == (3, 1, 1)
    assert (paid("LN-100200"), paid("LN-100345"), paid("LN-100981")) == (10_000, 7_550, 8_820)


def test_a_broken_file_changes_nothing_and_says_why(lender: Any) -> None:
    from arrears.actions import bank
    from arrears.kernel.problems import Problem
    from arrears.store.tables.feed import ImportBatch

    found = bank.take_in(camt(*GOOD)[:-40], "s.xml", lender, now=NOW)
    assert isinstance(found, Problem)
    assert states() == []
    assert not ImportBatch.objects.using("night").filter(kind="statement").exists()


def test_a_reference_that_name_and_amount_contradict_waits(lender: Any) -> None:
    done = taken(lender, line("88.20", "LN-100200", "Carla Ruiz"), line("50.00", "LN-100345", "Ben Ochoa"))
    assert done.posted == 1
    ((found, candidates),) = waiting(lender)
    assert found.amount_minor == 8_820
    assert {each.number for each in candidates} == {"LN-100200", "LN-100981"}


def test_one_transfer_for_two_debts_is_split_where_the_parts_add_up(lender: Any) -> None:
    done = taken(lender, line("175.50", "LN-100200 and LN-100345", "Ana Torres"))
    assert (done.posted, done.split) == (1, 1)
    assert (paid("LN-100200"), paid("LN-100345")) == (10_000, 7_550)
    other = taken(lender, line("160.00", "LN-100200 and LN-100345", "Ana Torres"), number=2)
    assert (other.posted, other.waiting) == (0, 1)


def test_a_return_finds_its_payment_opens_the_debt_and_keeps_the_reason(lender: Any) -> None:
    from arrears.store.tables.account import Entry

    taken(lender, line("75.50", "LN-100345", "Ben Ochoa", e2e="E2E-77"))
    back = line(
        "75.50", "returned", "Ben Ochoa", bank="R1", side="DBIT", e2e="E2E-77",
        back="<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>",
    )  # fmt: skip
    lost = line("9.99", "returned", "Nobody", bank="R2", side="DBIT", back="<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")
    done = taken(lender, back, lost, number=2)
    assert (done.returned, done.waiting) == (1, 1)
    assert paid("LN-100345") == 0
    reversal = Entry.objects.using("night").get(kind=120)
    assert reversal.instruction == {"reason": "AC04: The account is closed"}
    assert states()[-1] == (-999, "return_open")


def test_a_return_booked_with_the_banks_charges_finds_its_payment_and_leaves_the_charges_apart(lender: Any) -> None:
    taken(lender, line("75.50", "LN-100345", "Ben Ochoa", e2e="E2E-77"))
    reason = "<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>"
    charges = '<Chrgs><Rcrd><Amt Ccy="USD">5.50</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>'
    back = line("81.00", "returned", "Ben Ochoa", bank="R1", side="DBIT", e2e="E2E-77", back=reason + charges)
    done = taken(lender, back, number=2)
    assert (done.returned, done.waiting) == (1, 0)
    assert paid("LN-100345") == 0
    assert [amount for amount, _ in states()] == [7_550, -7_550, -550]
    assert states()[-1] == (-550, "outgoing")


def test_what_was_decided_can_be_undone_and_decided_otherwise(lender: Any) -> None:
    from arrears.actions import bank
    from arrears.kernel.problems import Problem
    from arrears.store.scope import scope
    from arrears.store.tables.statement import StatementLine

    taken(lender, *GOOD)
    first = StatementLine.objects.using("night").order_by("pk")[0].pk
    with scope(lender.id, None):
        assert isinstance(bank.undo(first, " ", now=NOW), Problem)
        assert bank.undo(first, "the wrong debt", now=NOW) is None
    assert paid("LN-100200") == 0
    assert waiting(lender)[0][0].id == first
    with scope(lender.id, None):
        assert not isinstance(
            bank.split(first, [(account("LN-100200"), 4_000), (account("LN-100981"), 6_000)], now=NOW), Problem
        )
        again = bank.accept(first, account("LN-100345"), now=NOW)
    assert isinstance(again, Problem)
    assert again.code == "line_not_waiting"
    assert (paid("LN-100200"), paid("LN-100981")) == (4_000, 6_000)


def test_money_that_no_debt_got_is_counted_until_somebody_decides(lender: Any) -> None:
    from arrears.actions import bank
    from arrears.store.doors import bank_lines
    from arrears.store.scope import scope

    taken(lender, *GOOD)
    ((found, _),) = waiting(lender)
    with scope(lender.id, None):
        (money,) = bank_lines.suspense()
        assert (money.amount_minor, money.lines, money.oldest_on) == (1_234, 1, date(2026, 3, 2))
        assert bank.park(found.id, "asked the payer", now=NOW) is None
        assert bank_lines.suspense()[0].amount_minor == 1_234
        assert bank_lines.suspense_by_age(date(2026, 3, 12)) == [("USD", 7, 30, 1, 1_234)]
        assert bank.not_ours(found.id, "interest of the bank", now=NOW) is None
        assert bank_lines.suspense() == ()


def test_of_two_hands_at_once_one_decides(lender: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from arrears.actions import bank
    from arrears.kernel.problems import Problem
    from arrears.store.scope import scope

    taken(lender, *GOOD)
    ((found, _),) = waiting(lender)
    debts = [account("LN-100200"), account("LN-100345")]

    def decide(debt: int) -> Any:
        try:
            with scope(lender.id, None):
                return bank.accept(found.id, debt, now=NOW)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as hands:
        done = list(hands.map(decide, debts))
    assert sorted(isinstance(each, Problem) for each in done) == [False, True]
    assert paid("LN-100200") + paid("LN-100345") == 10_000 + 7_550 + 1_234


def test_the_account_of_a_payer_is_kept_sealed_and_known_again(lender: Any) -> None:
    from arrears.store.tables.statement import StatementLine

    taken(lender, GOOD[0])
    row: Any = StatementLine.objects.using("night").get()
    assert PAYER.format(len("Ana Torres")).encode() not in bytes(row.payer_sealed)
    done = taken(lender, line("100.00", "thanks", "A. Torres", payer=PAYER.format(len("Ana Torres"))), number=2)
    assert done.posted == 1
    assert paid("LN-100200") == 20_000


def test_a_rehearsal_shows_what_would_come_and_keeps_nothing(lender: Any) -> None:
    from arrears.actions import bank

    done: Any = bank.take_in(camt(*GOOD), "s.xml", lender, now=NOW, is_rehearsal=True)
    assert (done.posted, done.waiting) == (2, 1)
    assert states() == []


def test_a_file_whose_sums_contradict_it_stays_out_until_somebody_answers_for_it(lender: Any) -> None:
    from arrears.actions import bank
    from arrears.kernel.problems import Problem
    from arrears.store.tables.feed import ImportBatch

    data = camt(line("75.50", "LN-100345", "Ben Ochoa")).replace(b"1075.50", b"1080.00")
    refused = bank.take_in(data, "s.xml", lender, now=NOW)
    assert isinstance(refused, Problem)
    assert refused.code == "bank_balance_differs"
    assert states() == []
    done: Any = bank.take_in(data, "s.xml", lender, now=NOW, sums_checked=False)
    assert done.posted == 1
    batch: Any = ImportBatch.objects.using("night").get(kind="statement")
    assert batch.mapping == {"sums_checked": False}


def test_a_table_comes_in_by_its_mapping(lender: Any) -> None:
    from arrears.actions import bank
    from arrears.channels.bank import read_table_mapping

    mapping: Any = read_table_mapping("columns: {booked_on: When, amount: Sum, remittance: For}\ncurrency: USD")
    data = b"When;Sum;For\n2026-03-02;75.50;LN-100345 Ben Ochoa\n2026-03-02;12.34;rent\n"
    done: Any = bank.take_in(data, "t.csv", lender, now=NOW, mapping=mapping)
    assert done.new == 2
    assert [amount for amount, _ in states()] == [7_550, 1_234]


def test_a_number_that_the_bank_gave_is_nobodys_reference_but_is_shown(lender: Any) -> None:
    from arrears.store.tables.statement import StatementLine

    done = taken(lender, line("100.00", "thank you", "Somebody Else", bank="LN-100200"))
    assert (done.posted, done.waiting) == (0, 1)
    assert not paid("LN-100200")
    assert "LN-100200" in StatementLine.objects.using("night").get().said_references
