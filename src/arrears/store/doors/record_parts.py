"""Parts of a person's record made out of rows of JSON: days, instants, notices, plans."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from arrears.domain.holds import SignedPlan
from arrears.domain.notices import Notice, NoticeKind
from arrears.domain.plans import PlanState


def notice_of(row: Mapping[str, Any]) -> Notice:
    """Return a notice that went, as the gate knows it."""
    return Notice(
        kind=NoticeKind(row["kind"]),
        person=row["person_id"],
        sent_at=datetime.fromisoformat(row["sent_at"]),
        by=row["by_organisation_id"],
        debts=frozenset(row["accounts"]),
        received_on=day_of(row["received_on"]),
        period_ends=day_of(row["period_ends"]),
        opt_out_by=day_of(row["opt_out_by"]),
        undeliverable_at=instant_of(row["undeliverable_at"]),
        address=row["contact_point_id"],
        answers=row["answers_id"],
        facts=row["facts"],
    )


def plan_of(row: Mapping[str, Any]) -> SignedPlan:
    """Return a plan as the gate knows it: one that is missed is kept no more, one behind within its grace still is."""
    return SignedPlan(
        debts=frozenset(row["accounts"]),
        signed_at=datetime.fromisoformat(row["agreed_at"]),
        is_kept=row["state"] != PlanState.MISSED.value,
    )


def day_of(said: str | None) -> date | None:
    """Return the day of a JSON string; None for none."""
    return date.fromisoformat(said) if said else None


def instant_of(said: str | None) -> datetime | None:
    """Return the instant of a JSON string; None for none."""
    return datetime.fromisoformat(said) if said else None
