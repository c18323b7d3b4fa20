"""Waivers by rule: where somebody paid all but the penalty, one named human may waive it for all of them at once (P37).

Each is an offer of its own, weighed by the same matrix as any other: within the human's authority it is booked,
beyond it it waits for approval.
"""

from dataclasses import dataclass
from datetime import datetime

from arrears.actions import concessions
from arrears.actions.concession_mistakes import mistake
from arrears.domain.concessions import ConcessionKind, State
from arrears.kernel.problems import Problem
from arrears.store.doors import penalties
from arrears.store.doors.penalties import PenaltyLeft
from arrears.store.scope import current


@dataclass(frozen=True, slots=True)
class Waived:
    """How many debts were waived, wait for approval, or were left as they are because the matrix refuses."""

    waived: int
    waiting: int
    left: int


def penalty_only(*, using: str = "default") -> tuple[int, tuple[PenaltyLeft, ...]]:
    """Return how many debts are short by the penalty only, and the debts; at most `penalties.MOST` are listed."""
    found = penalties.penalty_only(using=using)
    return len(found), found


def waive(*, reason: str, now: datetime, using: str = "default") -> Waived | Problem:
    """Offer the waiver on every debt that is listed, and take what the user may decide alone as taken."""
    if current(using).user is None:
        return mistake("human_needed")
    if not reason.strip():
        return mistake("reason_missing", "reason")
    counts = {State.COMPLETED: 0, State.AWAITING: 0}
    found = penalties.penalty_only(using=using)
    for debt in found:
        made = concessions.propose(
            debt.account,
            ConcessionKind.WAIVER,
            [],
            cut_minor=debt.left_minor,
            reason=reason,
            key=f"penalty/{debt.account}/{debt.left_minor}/{now:%Y%m%d}",
            now=now,
            using=using,
        )
        if isinstance(made, list):
            continue
        state = made.state
        if state is State.APPROVED:
            taken = concessions.accept(made.id, now=now, using=using)
            state = taken.state if not isinstance(taken, Problem) else state
        counts[state] = counts.get(state, 0) + 1
    done, waiting = counts[State.COMPLETED], counts[State.AWAITING]
    return Waived(done, waiting, len(found) - done - waiting)
