"""A budget and a plan with one row in each of their tables, for books that must have something everywhere."""

from collections.abc import Callable, Mapping
from typing import Any


def fill_plans(keep: Callable[[Any], Any], made: Mapping[str, Any], debt: int) -> None:
    """Keep a budget with one line and a plan of one instalment; ``made`` says whose, by whom and for which person."""
    from tests.conftest import NOW, TODAY

    from arrears.store.tables import plan

    budget = keep(
        plan.Budget(
            **made, made_at=NOW, book_day=1, currency="USD", income_minor=10_000, costs_minor=9_000,
            pay_rhythm="monthly", pay_on=TODAY, consented=True, purpose="affordable_plan",
        )
    )  # fmt: skip
    keep(plan.BudgetLine(**made, budget=budget, name="wages", amount_minor=10_000, rhythm="monthly"))
    agreed = keep(
        plan.Plan(
            **made, budget=budget, made_at=NOW, book_day=1, currency="USD", means="transfer", state="on_time",
            agreed_at=NOW, agreed_by="letter", next_due_on=TODAY,
        )
    )  # fmt: skip
    keep(
        plan.PlanVersion(
            **made, plan=agreed, number=1, kind="equal", rhythm="monthly", charges="run", shift="none", rest="last",
            total_minor=1_000, tolerance_minor=0, grace_days=5, default_after=2, bank_days=2, returns_days=5,
            country="US", from_on=TODAY, made_at=NOW, book_day=1, because="agreed",
        )
    )  # fmt: skip
    keep(plan.PlanDebt(**made, plan=agreed, account_id=debt, version=1, amount_minor=1_000))
    row = {"version": 1, "number": 1, "nominal_on": TODAY, "due_on": TODAY, "amount_minor": 1_000}
    keep(plan.PlanInstalment(**made, plan=agreed, **row))
