"""Contacts: ask the gate, take a permit, note what came of it, tell what happened elsewhere (P19–P24, R09).

No permit, no contact: permit and attempt are written together under the person's lock, so that of two collectors only
one takes the last permitted call. A crash after dialling leaves the attempt ``started``; that counts as a contact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import across, approvals, findings, history, holds, people, positions
from arrears.actions.agreed_hours import AROUND, around, zone_of
from arrears.actions.elsewhere import call_received, close_incident, keep_note, open_incident, record_elsewhere
from arrears.actions.gatekeeping import Approach, Brief, brief, brief_on
from arrears.actions.mistakes import mistake
from arrears.domain.contacts import (
    EFFECTS,
    MEDIUM_OF,
    IncidentKind,
    Outcome,
)
from arrears.domain.holds import ConsentKind
from arrears.domain.permits import LIFE_OF_A_PERMIT, PermitState
from arrears.domain.warnings import Approval, Json
from arrears.engine.gate import Answer, Verdict
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.dispositions import NO_GOOD, AddressEffect, Disposition, Level, Need, NextDate, dispositions
from arrears.store import bookday, locks
from arrears.store.doors import attempts, case_files, consents, ongoing, work_holds
from arrears.store.doors import contact_records as records
from arrears.store.doors import promises as promise_rows
from arrears.store.doors.attempts import Begun, Leave, Told
from arrears.store.scope import current

__all__ = [
    "Approach",
    "Ended",
    "Refused",
    "Taken",
    "Told",
    "call_received",
    "close_incident",
    "colleague_at",
    "dry_verdict",
    "dry_verdicts",
    "record_elsewhere",
    "record_outcome",
    "take_permit",
]

_CUT_SHORT: Final = frozenset({Outcome.UNVERIFIED, Outcome.DROPPED})


SAME_DAY_RETURN: Final = timedelta(minutes=30)
"""After a line that was busy or a number that was wrong, how soon the person may be tried again: a house assumption."""


CALL_LASTS: Final = timedelta(hours=2)
"""How long a call that nobody ended keeps colleagues from calling: a house assumption, longer than any call."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Leave was given: the permit, and the attempt that is now started."""

    permit: int
    attempt: int
    verdict: Verdict
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The gate said no, or that a named human must be asked; nothing was written."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Ended:
    """What an outcome led to: the step that follows and when, and the hold it started."""

    attempt: int
    person: int
    disposition: Disposition
    outcome: Outcome
    next_step: str
    next_on: date
    back_at: datetime | None
    hold: int | None


def dry_verdict(approach: Approach, *, now: datetime, using: str = "default") -> Verdict | Problem:
    """Return what the gate says to ``approach`` at ``now``; asking takes nothing and counts nothing."""
    found = brief(approach, now=now, using=using)
    return found if isinstance(found, Problem) else found.verdict()


def dry_verdicts(
    person: int,
    contact_points: Sequence[int],
    *,
    now: datetime,
    facts: Mapping[str, object] | None = None,
    using: str = "default",
) -> dict[int, Verdict | Problem]:
    """Return what the gate says to a call to each of a person's numbers at ``now``; the book is read once.

    ``facts`` say more of the call, such as that it asks for nothing that is disputed.
    """
    record = records.record_of(person, now, using=using)
    if record is None:
        return dict.fromkeys(contact_points, mistake("person_not_found", "person"))
    found: dict[int, Verdict | Problem] = {}
    for point in contact_points:
        approach = Approach(person=person, contact_point=point, facts=facts or {})
        asked = brief_on(record, approach, now=now, using=using)
        found[point] = asked if isinstance(asked, Problem) else asked.verdict()
    return found


def take_permit(
    approach: Approach,
    *,
    now: datetime,
    approved_because: str = "",
    answered: Sequence[Json] = (),
    is_complete: bool = False,
    using: str = "default",
) -> Taken | Refused | Problem:
    """Ask the gate again under the person's lock and, where it lets the contact go, write permit and attempt together.

    The permit is bound to what was asked for, can be used once, and expires. Where the gate asks for a named human,
    the user of the scope is that human if their role allows and ``approved_because`` says why; or who ``answered`` each
    of its warnings before (records with their answers, see `arrears.domain.warnings`). A person whom a colleague holds
    or is calling is called by nobody else, save by who leads them, with a reason. Where the words are complete, as
    those of a message are, nobody can add what a rule still asks for, and it refuses. Call it last in the transaction,
    and commit: others who want to contact this person wait.
    """
    locks.lock_person(approach.person, using=using)
    is_with_colleague = _is_with_colleague(approach.person, now, using)
    if is_with_colleague and not (approved_because.strip() and people.is_in_charge(using=using)):
        return mistake("with_colleague")
    found = brief(approach, now=now, using=using)
    if isinstance(found, Problem):
        return found
    verdict = found.verdict()
    if verdict.answer is Answer.REFUSE or (is_complete and approvals.lacks_a_part(verdict)):
        return Refused(verdict)
    by = Approval(current(using).user, approved_because.strip()) if is_with_colleague else None
    if verdict.answer is Answer.ASK_HUMAN:
        by = approvals.approved(verdict, approved_because, answered, using=using)
        if by is None:
            return mistake("human_needed", "approved_because") if approved_because else Refused(verdict)
    return _take(found, verdict, by, using)


def _is_with_colleague(person: int, now: datetime, using: str) -> bool:
    staff = current(using).user
    return staff is not None and colleague_at(person, staff, now=now, using=using) is not None


def colleague_at(person: int, staff: int | None, *, now: datetime, using: str = "default") -> int | None:
    """Return who else is at work on a person: holds them, or began a call within two hours and has not ended it."""
    holder = ongoing.held_by(person, now, using=using)
    others = ongoing.on_the_line(person, now - CALL_LASTS, using=using) - {staff}
    return holder if holder not in {None, staff} else min(others, default=None)


def _take(found: Brief, verdict: Verdict, by: Approval | None, using: str) -> Taken:
    """Write permit and attempt; ``by`` is the named human who let it go, None where nobody had to."""
    asked, staff = found.asked, current(using).user
    now = found.proposal.at
    day = bookday.stamp(asked.owner, using=using).day
    leave = Leave(
        verdict=verdict.answer.name.lower(),
        pack_version=verdict.pack_version,
        reasons=[spoken.as_record() for spoken in verdict.spoken],
        facts={"zones": list(found.known.zones), "places": list(found.known.places)},
        issued_at=now,
        expires_at=now + LIFE_OF_A_PERMIT,
        approved_by=by.by if by else None,
        approved_because=by.because if by else "",
    )
    permit = attempts.add_permit(asked, leave, staff=staff, using=using)
    attempt = attempts.add_attempt(asked, permit, at=now, book_day=day, staff=staff, using=using)
    history.append(
        "contact_started",
        owner=asked.owner,
        person=asked.person,
        now=now,
        using=using,
        attempt=attempt,
        permit=permit,
        channel=asked.channel.value,
        accounts=list(asked.accounts),
    )
    across.note(asked.person, now, using=using)
    positions.refresh(asked.accounts, now=now, using=using)
    return Taken(permit, attempt, verdict, leave.expires_at)


def record_outcome(
    attempt_id: int,
    code: str,
    *,
    now: datetime,
    seconds: int | None = None,
    note: str = "",
    callback_at: datetime | None = None,
    discussed: tuple[int, ...] | None = None,
    using: str = "default",
) -> Ended | list[Problem]:
    """Note how a started contact ended, by the code of a disposition, and do everything that the code fixes.

    That is: attempt and permit (busy and not in service give it back), the number (P19), a hold where the code starts
    one, consent to the agreed hour of a call-back, a short note (P32), history, position, the person's re-decision.
    ``discussed`` names the debts talked about where they are not those of the attempt. Every mistake is returned, and
    then nothing is written.
    """
    begun = attempts.attempt(attempt_id, using=using)
    if begun is None:
        return [mistake("attempt_not_found")]
    ending = dispositions().get(code)
    if ending is None:
        return [mistake("disposition_unknown", "code", said=code)]
    problems = _what_is_missing(begun, ending, callback_at, now, using)
    if problems:
        return problems
    return _end(begun, ending, now, seconds, note, callback_at, discussed, using)


def _what_is_missing(
    begun: Begun, ending: Disposition, callback_at: datetime | None, now: datetime, using: str
) -> list[Problem]:
    if begun.outcome not in {Outcome.STARTED, Outcome.UNKNOWN}:
        return [mistake("attempt_ended")]
    found: list[Problem] = []
    if begun.staff != current(using).user and not people.is_in_charge(using=using):
        found.append(mistake("attempt_of_other"))
    if Need.VERIFICATION in ending.needs and not _is_verified(begun, using):
        found.append(mistake("verification_needed", "code"))
    is_promised = promise_rows.is_taken_on(begun.id, using=using)
    if Need.PROMISE in ending.needs and not is_promised:
        found.append(mistake("promise_needed", "code"))
    if Need.DATE in ending.needs and not is_promised and (callback_at is None or callback_at <= now):
        found.append(mistake("callback_needed", "callback_at"))
    return found


def _is_verified(begun: Begun, using: str) -> bool:
    found = attempts.verification_of(begun.id, using=using)
    return found is not None and found[0]


def _end(
    begun: Begun,
    ending: Disposition,
    now: datetime,
    seconds: int | None,
    note: str,
    callback_at: datetime | None,
    discussed: tuple[int, ...] | None,
    using: str,
) -> Ended | list[Problem]:
    locks.lock_person(begun.person, using=using)
    outcome = _outcome(begun, ending, using)
    noted = attempts.end_attempt(
        begun.id, outcome=outcome, disposition=ending.code, at=now, seconds=seconds, discussed=discussed, using=using
    )
    if not noted:
        return [mistake("attempt_ended")]
    _settle(begun, outcome, now, using)
    if begun.permit is not None and now >= begun.started_at + LIFE_OF_A_PERMIT + CALL_LASTS:
        open_incident(begun, IncidentKind.LATE_OUTCOME, {"outcome": outcome.value}, now, using)
    _mark_point(begun, ending, now, using)
    if note.strip():
        keep_note(begun, note.strip(), now, using)
    if callback_at is not None and Need.DATE in ending.needs:
        _agree_call_back(begun, callback_at, now, using)
    if ending.reason_late:
        findings.note_reason(begun.accounts, ending.reason_late, using=using)
    placed = _start_hold(begun, ending, now, using)
    next_on, back_at = _next(begun, ending, callback_at, now, using)
    history.append(
        "contact_ended",
        owner=begun.owner,
        person=begun.person,
        now=now,
        using=using,
        attempt=begun.id,
        disposition=ending.code,
        outcome=outcome.value,
        level=_level(ending, outcome).value,
        tells_supervisor=ending.tells_supervisor,
        next_step=ending.next_step,
        next_on=next_on.isoformat(),
        back_at=back_at.isoformat() if back_at else None,
    )
    if begun.staff is not None:
        work_holds.release_person(begun.person, begun.staff, using=using)
    told = {*begun.accounts, *(discussed or ()), *holds.accounts_under(placed, using=using)}
    told |= set(case_files.all_accounts(begun.person, using=using)) if ending.address in NO_GOOD else set()
    positions.refresh(told, now=now, using=using)  # without a number the hours agreed for any debt may be others
    people.redecide([begun.person], now=now, using=using)
    hold = placed[0] if placed else None
    return Ended(begun.id, begun.person, ending, outcome, ending.next_step, next_on, back_at, hold)


def _outcome(begun: Begun, ending: Disposition, using: str) -> Outcome:
    """Return what it counts as: who was verified on a call that then went wrong was spoken to all the same.

    What follows verification is a conversation in the sense of 12 CFR 1006.14(b), however short.
    """
    if ending.outcome in _CUT_SHORT and _is_verified(begun, using):
        return Outcome.CONVERSATION
    return ending.outcome


def _level(ending: Disposition, outcome: Outcome) -> Level:
    if ending.level is Level.CONTACT and EFFECTS[outcome].is_reached:
        return Level.RIGHT_PARTY
    return ending.level


def _settle(begun: Begun, outcome: Outcome, now: datetime, using: str) -> None:
    if begun.permit is None:
        return
    state = PermitState.GIVEN_BACK if EFFECTS[outcome].gives_permit_back else PermitState.USED
    attempts.settle_permit(begun.permit, state=state, outcome=outcome, at=now, using=using)


def _mark_point(begun: Begun, ending: Disposition, now: datetime, using: str) -> None:
    if begun.contact_point is not None:
        is_bad = ending.address in NO_GOOD
        attempts.mark_point(begun.contact_point, outcome=ending.code, at=now, is_bad=is_bad, using=using)
    if ending.address is AddressEffect.BLOCKED:
        consents.add_blocked_number(
            begun.owner, begun.person, number=begun.from_number, at=now, source_ref=str(begun.id), using=using
        )


def _agree_call_back(begun: Begun, at: datetime, now: datetime, using: str) -> None:
    """Keep the request to be called at an hour: it is asked for by the person, to us, and ends an hour after."""
    zone = zone_of(begun.person, begun.owner, using=using)
    consents.add(
        consents.Given(
            owner=begun.owner,
            person=begun.person,
            attempt=begun.id,
            kinds=(ConsentKind.CALL_MORE, ConsentKind.HOURS),
            media=("telephone",),
            accounts=begun.accounts,
            windows=(around(at, zone),),
            at=now,
            until=at + AROUND,
            source_kind="call_back",
            source_ref=str(begun.id),
            evidence={"call_back_at": at.isoformat()},
        ),
        using=using,
    )


def _start_hold(begun: Begun, ending: Disposition, now: datetime, using: str) -> list[int]:
    if ending.hold is None:
        return []
    accounts = begun.accounts if ending.hold in holds.OF_A_DEBT else (None,)
    return [
        holds.start(
            ending.hold,
            owner=begun.owner,
            person=begun.person,
            account=account,
            now=now,
            source=("attempt", f"{begun.id}:{account or 0}"),
            facts=holds.said_orally(ending.hold),
            said_by=MEDIUM_OF[begun.channel],
            using=using,
        )
        for account in accounts
    ]


def _next(
    begun: Begun, ending: Disposition, callback_at: datetime | None, now: datetime, using: str
) -> tuple[date, datetime | None]:
    """Return the day of the next step, and the instant from which the person may be served again."""
    zone = records.house_of(begun.owner, using=using).timezone
    if ending.date is NextDate.PROMISED or (Need.DATE in ending.needs and callback_at is None):
        due = promise_rows.due_on_of(begun.id, using=using)
        return due or local_day(now, zone), None
    if callback_at is not None and Need.DATE in ending.needs:
        return local_day(callback_at, zone), callback_at
    back = now + SAME_DAY_RETURN if ending.returns_today else None
    return local_day(now, zone) + timedelta(days=ending.after_days), back
