"""Decide: read, decide, ask the gate for all, fold by person, and append the decisions that say something new."""

from arrears.actions import history
from arrears.jobs.night.deciding import DecidedNight, decided_night
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.store.doors.runs import ALIAS


def run(night: Night) -> Figures:
    """Decide block by block in one transaction: either every decision of the night is in the book or none."""
    found = decided_night(night, writing=True)
    night.carried["decided"] = found
    _tell_of_handovers(night, found)
    return {
        "debts": found.debts,
        "persons": found.persons,
        "changed": found.changed,
        "written": found.written,
        "handed_over": len(found.handed_over),
        "refused": found.refused,
        "refused_by_rule": dict(sorted(found.refused_by_rule.items(), key=lambda item: (-item[1], item[0]))),
    }


def _tell_of_handovers(night: Night, found: DecidedNight) -> None:
    """Leave an event for each account whose owner team changed (P02): who has it now, who had it."""
    history.append_all(
        [
            history.Happened(
                kind="account_handed_over",
                owner=night.organisation.id,
                account=account,
                person=person,
                facts={"from": before, "to": after, "run": night.run.id},
            )
            for account, person, before, after in found.handed_over
        ],
        now=night.clock(),
        using=ALIAS,
    )


STEP = Step(60, "decide", Text("Decide", "Decidir", "决策"), run)
