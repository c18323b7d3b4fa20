"""Recording what is proven of a number or an address: that its owner used it, opted out of it, or keeps it still.

Proof is kept by name with the contact point, where the gate reads it, and every entry leaves an event that is never
erased. Whoever takes something back (an opt-out, a stop of machines, an address that told somebody else) waits for
senders: what is just going out is out first, and nothing goes after.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions import history, people
from arrears.actions.mistakes import mistake
from arrears.domain.addresses import CheckResult, LineType, is_stop
from arrears.facts.asked import Bearer
from arrears.kernel.problems import Problem
from arrears.store import locks
from arrears.store.doors import consents, facts_kept
from arrears.store.doors import contact_points as points
from arrears.store.doors.contact_points import Point
from arrears.store.scope import current

A_DAY: Final = timedelta(days=1)
"""By how much a person's calendar may be ahead of ours."""

OF_MAIL: Final = frozenset({"email"})
OF_NUMBERS: Final = frozenset({"phone"})
OF_BOTH: Final = OF_MAIL | OF_NUMBERS


def note_use(point: int, *, on: date, now: datetime, using: str = "default") -> Problem | None:
    """Keep that the person used this address or number with us about the debt (12 CFR 1006.6(d)(4)(i), (d)(5)(i)).

    Messages that came through the inbox are on record and prove it by themselves; this is for what came otherwise.
    """
    facts = {"used_on": on.isoformat(), "used_with": current(using).organisation}
    return _keep(point, OF_BOTH, facts, now=now, using=using, on=on)


def note_opt_out(point: int, *, on: date, words: str = "", now: datetime, using: str = "default") -> Problem | None:
    """Keep that the person wants no more messages at this address or number, and stop them at once."""
    found = _found(point, OF_BOTH, on, now, using)
    if isinstance(found, Problem):
        return found
    locks.lock_person(found.person, using=using)
    media = ("email",) if found.kind == "email" else ("text",)
    consents.add_address_stop(
        found.owner, found.person, point, media=media, words=words, at=now, source_ref=f"{point}:{on}", using=using
    )
    _write(found, {"opted_out_on": on.isoformat()}, now, using)
    return None


def note_creditors_use(
    point: int, *, is_from_consumer: bool, was_used: bool, now: datetime, using: str = "default"
) -> Problem | None:
    """Keep whether the creditor had the address from the consumer, and used it about the account ((d)(4)(ii))."""
    facts = {"obtained_by_creditor": is_from_consumer, "used_by_creditor": was_used}
    return _keep(point, OF_MAIL, facts, now=now, using=using)


def note_employers(
    point: int, *, is_employers: bool, is_for_this_debt: bool = False, now: datetime, using: str = "default"
) -> Problem | None:
    """Keep whether an employer provides the address, and whether it was given for this debt all the same."""
    facts = {"is_employers": is_employers, "given_for_this_debt": is_for_this_debt}
    return _keep(point, OF_MAIL, facts, now=now, using=using)


def note_prior_use(point: int, *, is_proven: bool, now: datetime, using: str = "default") -> Problem | None:
    """Keep that the collector before us used this address, and whether the file proves it ((d)(4)(iii))."""
    facts = {"prior_collector_used": True, "prior_collector_evidence": is_proven}
    return _keep(point, OF_MAIL, facts, now=now, using=using)


def note_check(point: int, *, result: CheckResult, on: date, now: datetime, using: str = "default") -> Problem | None:
    """Keep what a complete and accurate database said of a number being reassigned (47 CFR 64.1200(m))."""
    facts = {"reassigned_checked_on": on.isoformat(), "reassigned_check_result": result.value}
    return _keep(point, OF_NUMBERS, facts, now=now, using=using, on=on)


def note_line(
    point: int,
    *,
    line: LineType,
    is_given_in_transaction: bool | None = None,
    now: datetime,
    using: str = "default",
) -> Problem | None:
    """Keep what kind of line a number is, and whether the person gave it in the transaction."""
    facts = {"line_type": line.value, "given_in_transaction": is_given_in_transaction}
    return _keep(point, OF_NUMBERS, facts, now=now, using=using)


def note_disclosure(point: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Keep that somebody else learnt of a debt by this address or number: it is not used again ((d)(3)(ii))."""
    return _keep(point, OF_BOTH, {"led_to_disclosure": True}, now=now, using=using, stops=True)


def hear_stop(point: int, words: str, *, now: datetime, using: str = "default") -> bool | Problem:
    """Stop machines and texts at a number where the whole message is a stop word; say whether it was one.

    47 CFR 64.1200(a)(10). Anything longer is for sorting, or people, to read.
    """
    if not is_stop(words):
        return False
    found = _found(point, OF_NUMBERS, now.date(), now, using)
    if isinstance(found, Problem):
        return found
    locks.lock_person(found.person, using=using)
    consents.add_address_stop(
        found.owner,
        found.person,
        None,
        media=("text",),
        words=words,
        at=now,
        source_ref=f"{point}:stop:{now}",
        using=using,
    )
    _write(found, {"machines_stopped_on": now.date().isoformat()}, now, using)
    people.redecide([found.person], now=now, using=using)
    return True


def _keep(
    point: int,
    kinds: frozenset[str],
    facts: Mapping[str, Any],  # JSON
    *,
    now: datetime,
    using: str,
    on: date | None = None,
    stops: bool = False,
) -> Problem | None:
    found = _found(point, kinds, on or now.date(), now, using)
    if isinstance(found, Problem):
        return found
    if stops:
        locks.lock_person(found.person, using=using)
    _write(found, facts, now, using)
    return None


def _found(point: int, kinds: frozenset[str], on: date, now: datetime, using: str) -> Point | Problem:
    """Return the contact point; a Problem where the scope sees none, it is of another kind, or the day is to come."""
    found = points.point(point, using=using)
    if found is None:
        return mistake("point_of_other", "contact_point")
    if found.kind not in kinds:
        return mistake("point_of_other_kind", "contact_point", channel=min(kinds))
    if on > now.date() + A_DAY:
        return mistake("time_ahead", "on")
    return found


def _write(found: Point, facts: Mapping[str, Any], now: datetime, using: str) -> None:  # Any: JSON
    facts_kept.keep(Bearer.CONTACT_POINT, [found.id], facts, using=using)
    history.append(
        "address_proven",
        owner=found.owner,
        person=found.person,
        now=now,
        using=using,
        contact_point=found.id,
        proof={name: value for name, value in facts.items() if value is not None},
    )
