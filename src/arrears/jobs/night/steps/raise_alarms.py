"""Raise alarms: what would be silently dropped (P20) is counted and told, for somebody to take up in the morning."""

from arrears.actions import history
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors import due
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Count open accounts without a decision, without a dated next action, and overdue ones; leave one event of it."""
    figures = due.dropped(night.organisation.id, night.on, since_day=night.decisions_since, using=ALIAS)
    if any(figures.values()):
        history.append(
            "next_action_missed",
            owner=night.organisation.id,
            now=night.clock(),
            using=ALIAS,
            run=night.run.id,
            **figures,
        )
    return figures


STEP = Step(90, "raise_alarms", Text("Raise alarms", "Dar avisos", "发出提醒"), run)
