"""Accounts decided: facts through the tables, then the few sums and dates that tables do not do.

``expected_minor`` is the share of the arrears that one conversation adds, times the chance of having it; both
shares are answers of tables, in basis points, each product cut to whole minor units. ``value_per_minute`` is that
divided by the minutes of the next action: what the list is ordered by inside a tier (P07), never by risk alone.
"""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from arrears.engine.decide.decision import DECISION
from arrears.engine.decide.strategy import Strategy
from arrears.engine.tables import many, one
from arrears.facts import NULL, Fact
from arrears.kernel.epoch import NO_DATE

Column = npt.NDArray[np.int64]
Decisions = npt.NDArray[np.void]
Decided = dict[str, int]
Amount = TypeVar("Amount", int, Column)

_WHOLE_BPS = 10_000
_FROM_FACTS = ("account", "person", "arrears_minor", "days_past_due")
_WORKED_OUT = ("expected_minor", "value_per_minute", "next_on", "treatment_row", "reason")
_FROM_TABLES = tuple(name for name in DECISION.names or () if name not in (*_FROM_FACTS, *_WORKED_OUT))


def decide(
    facts: Mapping[str, npt.NDArray[np.integer]],
    strategy: Strategy,
    day: int,
    *,
    accounts: npt.NDArray[np.integer],
    people: npt.NDArray[np.integer],
) -> Decisions:
    """Return a decision for each of ``accounts`` (an array of ``DECISION``) on the epoch day ``day``.

    ``facts`` are columns as ``fact_columns`` makes them; ``people`` holds the main debtor of each account.
    """
    rows = len(accounts)
    answers = many(strategy.program, facts, rows, rows_of=(strategy.treatment_table,))
    out = np.zeros(rows, DECISION)
    out["account"], out["person"] = accounts, people
    for name in _FROM_TABLES:
        out[name] = answers[name]
    for name in ("arrears_minor", "days_past_due"):
        out[name] = _column(facts, strategy.facts[name], rows)
    out["treatment_row"] = answers[strategy.treatment_table]
    out["expected_minor"] = _share(_share(out["arrears_minor"], answers["added_recovery_bps"]), answers["reach_bps"])
    out["value_per_minute"] = out["expected_minor"] // np.maximum(1, answers["effort_minutes"])
    out["next_on"] = _next_on(facts, strategy, answers, day, rows)
    out["reason"] = _lowest_bit(answers["reasons"])
    return out


def decide_one(facts: Mapping[str, int], strategy: Strategy, day: int, *, account: int, person: int) -> Decided:
    """Return the decision about one account, by plain integers: the same fields and numbers as ``decide``."""
    answered = one(strategy.program, facts)
    answers = answered.values
    arrears = facts.get("arrears_minor", strategy.facts["arrears_minor"].absent)
    expected = _share(_share(arrears, answers["added_recovery_bps"]), answers["reach_bps"])
    row = answered.rows[strategy.treatment_table]
    reasons = answers["reasons"]
    return {
        **{name: answers[name] for name in _FROM_TABLES},
        "account": account,
        "person": person,
        "arrears_minor": arrears,
        "days_past_due": facts.get("days_past_due", 0),
        "expected_minor": expected,
        "value_per_minute": expected // max(1, answers["effort_minutes"]),
        "next_on": _next_on_one(facts, strategy, answers, day),
        "treatment_row": -1 if row is None else row,
        "reason": (reasons & -reasons).bit_length() - 1 if reasons else 0,
    }


def _share(amount: Amount, bps: Amount) -> Amount:
    """Return ``amount * bps / 10,000`` cut to whole units, without a product that could leave 64 bits."""
    return amount // _WHOLE_BPS * bps + amount % _WHOLE_BPS * bps // _WHOLE_BPS


def _column(facts: Mapping[str, npt.NDArray[np.integer]], fact: Fact, rows: int) -> Column:
    column = facts.get(fact.name)
    return np.full(rows, fact.absent, np.int64) if column is None else column.astype(np.int64, copy=False)


_ANCHORED_ON = {
    "last_contact": ("days_since_contact", -1),
    "last_worked": ("days_since_worked", -1),
    "promise_due": ("promise_due_in_days", 1),
    "plan_due": ("plan_due_in_days", 1),
    "hold_end": ("hold_ends_in_days", 1),
    "next_due": ("days_to_next_due", 1),
    "cure": ("days_since_cure", -1),
}


def _next_on(
    facts: Mapping[str, npt.NDArray[np.integer]],
    strategy: Strategy,
    answers: Mapping[str, Column],
    day: int,
    rows: int,
) -> Column:
    """Return the date of the next action: anchor plus offset, not before ``day``.

    Cadence adds its gap after the last contact; a cure counts from work done after it. Where the anchor is unknown
    the account is looked at again ``review_days`` after it was last worked, and today where nobody ever did: never
    dropped (P20).
    """
    anchor = answers["anchor"]
    worked = _column(facts, strategy.facts["days_since_worked"], rows)
    ahead = np.where(worked == NULL, 0, strategy.review_days - worked)
    for name, (fact, sign) in _ANCHORED_ON.items():
        known = _column(facts, strategy.facts[fact], rows)
        if name == "cure":
            known = np.where((known != NULL) & (worked != NULL), np.minimum(known, worked), known)
        offset = answers["offset_days"] + (answers["gap_days"] if name == "last_contact" else 0)
        here = (anchor == strategy.number("anchor", name)) & (known != NULL)
        ahead = np.where(here, sign * known + offset, ahead)
    never_tried = (anchor == strategy.number("anchor", "last_contact")) & (
        _column(facts, strategy.facts["days_since_contact"], rows) == NULL
    )
    today = never_tried | (anchor == strategy.number("anchor", "today"))
    ahead = np.where(today, 0, ahead)
    dated = day + np.maximum(0, ahead)
    return np.where(anchor == strategy.number("anchor", "never"), NO_DATE, dated)


def _next_on_one(facts: Mapping[str, int], strategy: Strategy, answers: Mapping[str, int], day: int) -> int:
    name = strategy.name("anchor", answers["anchor"])
    if name == "never":
        return NO_DATE
    if name == "today":
        return day
    fact, sign = _ANCHORED_ON[name]
    known = facts.get(fact, strategy.facts[fact].absent)
    if name == "cure" and NULL not in {known, worked := facts.get("days_since_worked", NULL)}:
        known = min(known, worked)
    if known != NULL:
        gap = answers["gap_days"] if name == "last_contact" else 0
        return day + max(0, sign * known + answers["offset_days"] + gap)
    if name == "last_contact":
        return day
    worked = facts.get("days_since_worked", NULL)
    return day if worked == NULL else day + max(0, strategy.review_days - worked)


def _lowest_bit(masks: Column) -> Column:
    lowest = masks & -masks
    bits: Column = np.bitwise_count(np.maximum(lowest - 1, 0)).astype(np.int64)
    return np.where(masks == 0, 0, bits)
