"""The fold by person: of all a person's accounts one lead debt, the severest stage, one next action.

The lead debt is the account that asks for contact soonest; among those that do so on the same day the one in the
better tier, then in the severer stage, then with the most value by the minute, then the lower account id. A person
without any account to contact about is led by the review that comes soonest; closed accounts lead only where all
are closed. One conversation speaks of all accounts that ask for contact by the lead's day: their expected sums are
added over the longest of their efforts, and the tone is the gentlest of theirs.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from arrears.engine.decide.accounts import Decided, Decisions
from arrears.engine.decide.decision import PERSON
from arrears.engine.decide.strategy import Strategy
from arrears.kernel.epoch import NO_DATE

_FROM_LEAD = (
    "account",
    "days_past_due",
    "next_on",
    "band",
    "debtor_class",
    "treatment",
    "channels",
    "first_channel",
    "touches_per_day",
    "next_action",
    "tier",
    "reason",
    "promise_days",
    "is_contact",
    "is_minimum",
)


def fold(decisions: Decisions, strategy: Strategy, day: int) -> npt.NDArray[np.void]:
    """Return one row of ``PERSON`` for each person in ``decisions``, ascending by person.

    Dates before ``day`` are as good as ``day``: what is overdue and what is due today are ordered by tier.
    """
    if not len(decisions):
        return np.zeros(0, PERSON)
    closed = strategy.number("stage", "closed")
    ranked = decisions[_order(decisions, closed, day)]
    starts = np.flatnonzero(np.diff(ranked["person"], prepend=ranked["person"][0] - 1))
    sizes = np.diff(starts, append=len(ranked))
    lead = ranked[starts]
    out = np.zeros(len(starts), PERSON)
    out["person"] = lead["person"]
    for name in _FROM_LEAD:
        out[name] = lead[name]
    is_open = ranked["stage"] != closed
    out["accounts"] = np.add.reduceat(is_open.astype(np.int64), starts)
    out["stage"] = np.maximum.reduceat(ranked["stage"], starts)
    out["owner_team"] = _of_severest(ranked, starts, sizes)
    out["arrears_minor"] = np.add.reduceat(np.where(is_open, ranked["arrears_minor"], 0), starts)
    out["reasons"] = np.bitwise_or.reduceat(ranked["reasons"], starts)
    talked_about = _talked_about(ranked, np.repeat(lead["next_on"], sizes), day)
    talked_about[starts] = True
    expected = np.add.reduceat(np.where(talked_about, ranked["expected_minor"], 0), starts)
    minutes = np.maximum.reduceat(np.where(talked_about, ranked["effort_minutes"], 1), starts)
    out["effort_minutes"] = minutes
    out["value_per_minute"] = expected // np.maximum(1, minutes)
    gentlest = np.iinfo(np.int16).max
    out["tone"] = np.minimum.reduceat(np.where(talked_about, ranked["tone"], gentlest), starts)
    return out


def fold_one(decisions: Sequence[Decided], strategy: Strategy, day: int) -> Decided:
    """Return what ``fold`` makes of one person's decisions, of which there must be at least one."""
    closed = strategy.number("stage", "closed")
    lead = min(decisions, key=lambda each: _key(each, closed, day))
    limit = max(lead["next_on"], day)
    about = [each for each in decisions if each is lead or (each["is_contact"] and max(each["next_on"], day) <= limit)]
    still_open = [each for each in decisions if each["stage"] != closed]
    stage = max(each["stage"] for each in decisions)
    minutes = max(each["effort_minutes"] for each in about)
    reasons = 0
    for each in decisions:
        reasons |= each["reasons"]
    return {
        **{name: lead[name] for name in _FROM_LEAD},
        "person": lead["person"],
        "accounts": len(still_open),
        "stage": stage,
        "owner_team": max(each["owner_team"] for each in decisions if each["stage"] == stage),
        "arrears_minor": sum(each["arrears_minor"] for each in still_open),
        "reasons": reasons,
        "effort_minutes": minutes,
        "value_per_minute": sum(each["expected_minor"] for each in about) // max(1, minutes),
        "tone": min(each["tone"] for each in about),
    }


def _order(decisions: Decisions, closed: int, day: int) -> npt.NDArray[np.intp]:
    """Return the rows by person, each person's lead first: the short keys packed into one, as ``_key`` has them."""
    urgency = (decisions["stage"] == closed).astype(np.int64) << 1 | (1 - decisions["is_contact"])
    urgency = urgency << 31 | np.maximum(decisions["next_on"], day)
    urgency = urgency << 15 | decisions["tier"]
    urgency = urgency << 15 | (np.iinfo(np.int16).max - decisions["stage"].astype(np.int64))
    return np.lexsort((decisions["account"], -decisions["value_per_minute"], urgency, decisions["person"]))


def _key(decision: Decided, closed: int, day: int) -> tuple[int, ...]:
    return (
        decision["stage"] == closed,
        1 - decision["is_contact"],
        max(decision["next_on"], day),
        decision["tier"],
        -decision["stage"],
        -decision["value_per_minute"],
        decision["account"],
    )


def _talked_about(ranked: Decisions, lead_on: npt.NDArray[np.integer], day: int) -> npt.NDArray[np.bool_]:
    limit = np.maximum(lead_on, day)
    soon = np.maximum(ranked["next_on"], day) <= limit
    return np.asarray((ranked["is_contact"] == 1) & soon & (ranked["next_on"] != NO_DATE), np.bool_)


def _of_severest(
    ranked: Decisions, starts: npt.NDArray[np.intp], sizes: npt.NDArray[np.intp]
) -> npt.NDArray[np.integer]:
    """Return the team of the severest account; the highest team where several are equally severe."""
    severest = np.repeat(np.maximum.reduceat(ranked["stage"], starts), sizes)
    team = np.where(ranked["stage"] == severest, ranked["owner_team"], 0)
    return np.asarray(np.maximum.reduceat(team, starts), np.int16)
