"""Holds: what stops contact by itself, from an instant, on its proof, until somebody with a reason lets go (P10, P38).

The gate reads them; what each kind stops is written in the compliance rules. Placing one is easy for everybody, because
the cautious way must never wait; releasing the grave ones takes a lead, compliance or legal.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from arrears.actions import history, people, positions
from arrears.actions.mistakes import mistake
from arrears.domain.contacts import Medium
from arrears.domain.holds import USUAL_DAYS, HoldKind
from arrears.kernel.hours import instant_of, local_day
from arrears.kernel.problems import Problem
from arrears.store import locks
from arrears.store.doors import consents
from arrears.store.doors import contact_records as records
from arrears.store.doors import holds as rows
from arrears.store.doors import promises as accounts
from arrears.store.doors.holds import Placed

OF_A_DEBT: Final = frozenset(
    {
        HoldKind.DISPUTE,
        HoldKind.ATTORNEY,
        HoldKind.IDENTITY_THEFT,
        HoldKind.PAYMENT_TRACE,
        HoldKind.MONEY_IN_FLIGHT,
        HoldKind.PAPERS_MISSING,
    }
)
"""Kinds that concern the debts that were talked about; all others concern the person."""

MAY_RELEASE: Final = frozenset({"supervisor", "manager", "compliance", "legal"})
RELEASED_BY_COLLECTORS: Final = frozenset({HoldKind.PAYMENT_TRACE, HoldKind.MONEY_IN_FLIGHT, HoldKind.PAPERS_MISSING})


def place(
    kind: str,
    *,
    person: int | None,
    account: int | None,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
    proof: Mapping[str, Any] | None = None,
    using: str = "default",
) -> int | Problem:
    """Place a hold and return its id.

    About one debt with ``account``, about all of a person's with ``person`` alone; with ``account`` alone it follows
    the debt, whoever is contacted. ``facts`` say what the rules ask of its kind (a dispute: ``written``, ``in_period``;
    an attorney: ``identified``, ``excused_from``); ``proof`` what shows it (a letter, a docket, a date of receipt).
    """
    if kind not in set(HoldKind):
        return mistake("hold_kind_unknown", "kind", said=kind)
    start_at = since or now
    if until is not None and until <= start_at:
        return mistake("hold_backward", "until")
    owner = _owner(person, account, using)
    if isinstance(owner, Problem):
        return owner
    found = start(
        HoldKind(kind),
        owner=owner,
        person=person,
        account=account,
        now=now,
        since=start_at,
        until=until,
        source=("placed", f"{kind}:{person or 0}:{account or 0}:{start_at.isoformat()}"),
        facts=facts or {},
        proof=proof or {},
        using=using,
    )
    _follow_up(rows.hold(found, using=using), now, using)
    return found


def _owner(person: int | None, account: int | None, using: str) -> int | Problem:
    if account is not None:
        found = accounts.person_owing(account, using=using)
        return mistake("account_not_found", "account") if found is None else found[0]
    reached = None if person is None else records.reached_person(person, using=using)
    return mistake("person_not_found", "person") if reached is None else reached.owner


def start(
    kind: HoldKind,
    *,
    owner: int,
    person: int | None,
    account: int | None,
    now: datetime,
    source: tuple[str, str],
    facts: Mapping[str, Any],
    since: datetime | None = None,
    until: datetime | None = None,
    proof: Mapping[str, Any] | None = None,
    said_by: Medium | None = None,
    using: str = "default",
) -> int:
    """Write a hold and its event, as part of another verb, which then refreshes and decides.

    ``said_by`` is the medium by which we were told: who asks there that contact cease is not reached by it again
    (12 CFR 1006.14(h)).
    """
    _wait_for_senders(person, account, using)
    until = until or _usual_end(kind, since or now, owner, using)
    hold = rows.add(
        kind,
        owner=owner,
        person=person,
        account=account,
        since=since or now,
        until=until,
        facts=facts,
        proof=proof or {},
        source=source,
        using=using,
    )
    history.append(
        "hold_placed",
        owner=owner,
        person=person,
        account=account,
        now=now,
        using=using,
        hold=hold,
        hold_kind=kind.value,
        until=until.isoformat() if until else None,
    )
    if kind is HoldKind.CEASE and said_by is not None and person is not None:
        consents.add_stop(owner, person, medium=said_by, at=since or now, hold=hold, using=using)
    return hold


def accounts_under(placed: Iterable[int], *, using: str = "default") -> set[int]:
    """Return the accounts whose position holds change, by the ids of the holds: more than those that were talked of.

    A hold on a person changes the positions of all debts of that person.
    """
    found = (rows.hold(one, using=using) for one in placed)
    return {
        account
        for hold in found
        if hold is not None
        for account in rows.accounts_under(hold.person, hold.account, using=using)
    }


def _wait_for_senders(person: int | None, account: int | None, using: str) -> None:
    """Take the turn of the people concerned: what is just being sent to them is out first, and nothing after us."""
    for each in rows.people_under(person, account, using=using):
        locks.lock_person(each, using=using)


def _usual_end(kind: HoldKind, since: datetime, owner: int, using: str) -> datetime | None:
    """Return the midnight, by the owner's clock, at which a hold of this kind ends by itself; None for no such end."""
    days = USUAL_DAYS.get(kind)
    if days is None:
        return None
    zone = records.house_of(owner, using=using).timezone
    return instant_of(local_day(since, zone) + timedelta(days=days), time(0), zone)


def said_orally(kind: HoldKind) -> dict[str, Any]:
    """Return the facts of a hold that somebody told us on the telephone."""
    match kind:
        case HoldKind.DISPUTE:
            return {"written": False}
        case HoldKind.CEASE:  # law asks for it in writing (12 CFR 1006.6(c)); what is said stops its medium alone
            return {"written": False}
        case HoldKind.ATTORNEY:
            return {"identified": False}
        case _:
            return {}


def release(
    hold_id: int, because: str, *, now: datetime, proof: Mapping[str, Any] | None = None, using: str = "default"
) -> Problem | None:
    """End a hold that is in force, for a reason; a Problem where the user's role does not reach, or it has ended."""
    if not because.strip():
        return mistake("reason_missing", "because")
    found = rows.hold(hold_id, using=using)
    if found is None:
        return mistake("hold_not_found")
    if found.kind not in RELEASED_BY_COLLECTORS and MAY_RELEASE.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_decide")
    if not rows.end(hold_id, at=now, because=because.strip(), proof=proof or {}, using=using):
        return mistake("hold_not_found")
    consents.end_stop(hold_id, at=max(now, found.since), using=using)
    history.append(
        "hold_released",
        owner=found.owner,
        person=found.person,
        account=found.account,
        now=now,
        using=using,
        hold=hold_id,
        hold_kind=found.kind.value,
    )
    _follow_up(found, now, using)
    return None


def say(
    hold_id: int, facts: Mapping[str, Any], *, now: datetime, until: datetime | None = None, using: str = "default"
) -> Problem | None:
    """Add what became known about a hold in force, and its end where there is one, by a role that may release it."""
    found = rows.hold(hold_id, using=using)
    if found is None:
        return mistake("hold_not_found")
    if MAY_RELEASE.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_decide")
    if not rows.say(hold_id, facts, until=until, at=now, using=using):
        return mistake("hold_not_found")
    history.append(
        "hold_changed",
        owner=found.owner,
        person=found.person,
        account=found.account,
        now=now,
        using=using,
        hold=hold_id,
        hold_kind=found.kind.value,
        facts=sorted(facts),
        until=until.isoformat() if until else None,
    )
    _follow_up(found, now, using)
    return None


def _follow_up(hold: Placed | None, now: datetime, using: str) -> None:
    assert hold is not None
    positions.refresh(rows.accounts_under(hold.person, hold.account, using=using), now=now, using=using)
    people.redecide(rows.people_on(hold, using=using), now=now, using=using)
