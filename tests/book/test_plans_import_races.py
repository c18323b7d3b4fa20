"""A file of payments meets a payment on another debt of the same plan: one waits for the other, never each for each."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.camt import camt, line
from tests.plan_desk import agreed, codes, outline
from tests.working_book import hire

pytestmark = pytest.mark.usefixtures("book")

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FILES = {
    "debts": """loan number,customer id,name,original amount,opened on
LN-100200,C-1,Ana Torres,1200.00,2025-10-01
LN-100345,C-1,Ana Torres,1200.00,2025-10-01
""",
    "schedules": """loan number,due date,amount
LN-100200,2026-01-15,500.00
LN-100345,2026-01-15,500.00
""",
}


class Town:
    """A lender with two debts of one person under one plan; ``low`` is the debt that is held first."""

    def __init__(self, folder: Path) -> None:
        from arrears.actions.imports import desk
        from arrears.store.tables.account import Account

        self.folder = folder
        self.owner: Any = desk.new_owner("Meadow Loans", desk.Place("US", "America/New_York", "en"), now=NOW)
        self.bring(**FILES)
        self.low, self.high = Account.objects.using("night").order_by("pk").values_list("pk", flat=True)
        self.number = dict(Account.objects.using("night").values_list("pk", "number"))
        self.person = int(Account.objects.using("night").get(pk=self.low).person_id)
        self.plan = self.planned()

    def bring(self, **texts: str) -> None:
        from arrears.actions.imports import desk, run

        paths = []
        for name, text in texts.items():
            (path := self.folder / f"{name}.csv").write_text(text, encoding="utf-8")
            paths.append(path)
        planned, problems = desk.plan_files(
            desk.desk(self.owner, run.Defaults(currency="USD"), mapping_at=None, home=None), paths
        )
        assert not problems
        run.bring(planned, self.owner, now=NOW)

    def planned(self) -> int:
        from arrears.actions.plans.drafting import Draft
        from arrears.actions.plans.making import make
        from arrears.store.scope import scope

        said = Draft(person=self.person, amounts={self.low: 30_000, self.high: 30_000}, outline=outline(60_000))
        with scope(self.owner.id, hire(self.owner.id, ["collector"])):
            made: Any = make(said, means="transfer", agreement=agreed(), now=NOW)
        assert not isinstance(made, list), codes(made)
        return int(made.plan)

    def pay(self, account: int, amount: int, reference: str) -> Any:
        from arrears.actions import payments

        return payments.post(account, amount, TODAY, reference=reference, now=NOW, using="night")

    def kept(self) -> int:
        from arrears.store.tables.plan import Plan

        return int(Plan.objects.using("report").get(pk=self.plan).kept_minor)

    def meet(self, file_comes: Callable[[], object]) -> None:
        """Let a payment hold the low debt until the file waits for it; then it reaches for all debts of the plan."""
        from arrears.actions import positions
        from arrears.store.doors import positions as rows
        from arrears.store.scope import scope

        came: list[object] = []
        file = threading.Thread(target=_alone, args=(lambda: came.append(file_comes()),), daemon=True)
        with scope(self.owner.id, None, using="night"):
            rows.hold_rows(positions.ids([self.low]), using="night")
            file.start()
            while file.is_alive() and not _somebody_waits():
                time.sleep(0.02)
            assert file.is_alive(), "the file never needed the debt that was held"
            self.pay(self.low, 1_000, "over the counter")
        file.join()
        assert len(came) == 1, "the file was thrown out"


def _alone(doing: Callable[[], object]) -> None:
    """Do something in a thread with connections of its own."""
    from django.db import connections

    try:
        doing()
    finally:
        connections.close_all()


def _somebody_waits() -> bool:
    """Whether another connection waits for what this one holds."""
    from django.db import connections

    with connections["night"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def town(book: str, tmp_path: Path) -> Town:
    return Town(tmp_path)


def test_an_imported_payment_and_one_by_hand_on_two_debts_of_a_plan_both_count(town: Town) -> None:
    feed = f"loan number,payment date,amount,payment id\n{town.number[town.high]},2026-03-02,20.00,P-1\n"
    town.meet(lambda: town.bring(payments=feed))
    assert town.kept() == 3_000


def test_a_bank_statement_and_a_payment_by_hand_on_two_debts_of_a_plan_both_count(town: Town) -> None:
    from arrears.actions import bank

    data = camt(line("500.00", f"loan {town.number[town.high]}", "Ana Torres"))
    town.meet(lambda: bank.take_in(data, "s.xml", town.owner, now=NOW))
    assert town.kept() == 51_000


def test_payments_that_a_statement_takes_back_are_held_together_however_the_bank_lists_them(town: Town) -> None:
    from arrears.actions import bank
    from arrears.store.scope import scope

    with scope(town.owner.id, None, using="night"):
        for account in (town.low, town.high):
            town.pay(account, 2_000, f"DD-{account}")
    reason = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    back = [
        line("20.00", f"RETURN DD-{account}", e2e=f"DD-{account}", side="DBIT", back=reason, bank=f"R{account}")
        for account in (town.high, town.low)
    ]
    assert town.kept() == 4_000
    town.meet(lambda: bank.take_in(camt(*back), "r.xml", town.owner, now=NOW))
    assert town.kept() == 1_000


def test_promises_of_a_file_are_judged_after_all_its_debts_are_held(town: Town) -> None:
    head = "loan number,taken at,promised amount,promise date,ptp id\n"
    first = f"{head}{town.number[town.high]},2026-03-01 09:00,10.00,2026-03-20,T-1\n"
    town.bring(promises=first)
    second = (
        f"{head}{town.number[town.high]},2026-03-02 09:00,10.00,2026-03-21,T-2\n"
        f"{town.number[town.low]},2026-03-02 09:00,10.00,2026-03-21,T-3\n"
    )
    town.meet(lambda: town.bring(more=second))
    from arrears.store.tables.promise import Promise

    assert Promise.objects.using("report").filter(state="open").count() == 3
    assert town.kept() == 1_000
