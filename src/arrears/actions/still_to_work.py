"""Whether somebody on the list is still to be worked: decided about again, and asked about at the gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.actions import contacts, people
from arrears.actions.decisions import Redecided
from arrears.engine.gate import Answer, Verdict
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import local_day
from arrears.packs.loading import load
from arrears.store.doors import contact_records as records
from arrears.store.doors import workers
from arrears.store.doors.serving import Candidate
from arrears.store.scope import current

CALLS: Final = frozenset(
    {
        "call",
        "check_promise",
        "answer_broken_promise",
        "check_plan",
        "answer_missed_plan",
        "agree_arrangement",
        "negotiate",
        "find_person",
        "review_recovery",
    }
)
CONTACTS: Final = CALLS | {"look_after_cure", "send_message", "send_reminder"}
"""Next actions that reach out to the person; for the others no leave of the gate is needed."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done with a person: the decision, the action by name, and the first number the gate lets through.

    ``contact_point`` and ``verdict`` are None where the next action is no contact.
    """

    found: Redecided
    action: str
    contact_point: int | None = None
    verdict: Verdict | None = None


def may_need_the_gate(candidate: Candidate) -> bool:
    """Return whether the list has a candidate down for a contact, so that hours matter."""
    return load().name("next_action", candidate.next_action) in CONTACTS


def still_to_work(candidate: Candidate, now: datetime, using: str) -> Work | None:
    """Return what is to be done with a candidate now; None where nothing is left today or the gate lets none pass."""
    found = _what_now(candidate, now, using)
    if found is None:
        return None
    action = load().name("next_action", found.next_action)
    if action not in CONTACTS:
        return Work(found, action)
    reached = _reachable(candidate.person, now, using)
    return None if reached is None else Work(found, action, *reached)


def _what_now(candidate: Candidate, now: datetime, using: str) -> Redecided | None:
    """Decide about the person again; None where nothing is left for us to do today: paid, promised, stopped, moved."""
    scope = current(using)
    decided = people.redecide([candidate.person], now=now, using=using)
    found = next((one for one in decided if one.working == scope.organisation), None)
    if found is None or not (found.is_listed or (candidate.is_back and _is_still_to_call(found, now, using))):
        return None
    return found if candidate.staff or _is_of_our_team(found, using) else None


def _is_still_to_call(found: Redecided, now: datetime, using: str) -> bool:
    """Return whether who is back on the list, because nothing rang or they asked for it, is still to be called."""
    action = load().name("next_action", found.next_action)
    is_due = found.next_on <= epoch_day(local_day(now, _zone(using)))
    return action in CALLS and (is_due or action != "check_promise")


def _is_of_our_team(found: Redecided, using: str) -> bool:
    """Return whether the pool's person is of the collector's team; who is in none the strategy names serves all."""
    return own_team(using=using) in {0, found.owner_team}


def own_team(*, using: str = "default") -> int:
    """Return the number of the user's team as the strategy has it; 0 for who is in none that it names."""
    own = workers.own(using=using)
    return (load().facts["owner_team"].number_of(own.team) or 0) if own and own.team else 0


def _reachable(person: int, now: datetime, using: str) -> tuple[int, Verdict] | None:
    """Return the first telephone number of the person that the gate does not refuse now, with its verdict."""
    phones = records.phones_of(person, using=using)
    for point, verdict in contacts.dry_verdicts(person, phones, now=now, using=using).items():
        if isinstance(verdict, Verdict) and verdict.answer is not Answer.REFUSE:
            return point, verdict
    return None


def _zone(using: str) -> str:
    return records.house_of(current(using).organisation, using=using).timezone
