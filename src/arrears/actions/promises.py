"""Promises: amount, date, hour and means; kept as they were said, judged by the ledger alone (P30, P34, P35).

A date beyond the stage's horizon is never refused, or false dates would get typed: it becomes an arrangement that
somebody else approves, or a call on pay-day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final, Literal

from arrears.actions import history, noting, people, positions
from arrears.actions.agreed_hours import AROUND, around, zone_of
from arrears.actions.disputed_parts import above_rest
from arrears.actions.mistakes import mistake
from arrears.actions.promise_judging import Change, judge, sayings_on, state_of
from arrears.domain.holds import ConsentKind
from arrears.domain.plans import ACTIVE
from arrears.engine.ledger import by_day
from arrears.engine.tables import Program, compiled, one
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import instant_of, local_day
from arrears.kernel.problems import Problem
from arrears.packs.loading import load
from arrears.store import bookday, locks
from arrears.store.doors import consents, ongoing, plans
from arrears.store.doors import positions as bases
from arrears.store.doors import promises as rows
from arrears.store.doors.positions import Basis
from arrears.store.doors.promises import Standing, Taken
from arrears.store.scope import current

__all__ = [
    "MEANS",
    "Change",
    "Promised",
    "decide_arrangement",
    "horizon_days",
    "judge",
    "sayings_on",
    "state_of",
    "take",
    "withdraw",
]

Beyond = Literal["arrangement", "pay_day_call"]
MEANS: Final = ("transfer", "debit", "card", "wallet", "counter", "cheque")
FURTHEST_DAYS: Final = 366
_LAST_HOUR: Final = 23


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise in the book. ``kind`` is what it became: ``promise``, ``arrangement`` or ``pay_day_call``."""

    id: int
    kind: str
    state: str
    due_on: date
    horizon_days: int
    last_day: date


def take(
    account: int,
    *,
    amount_minor: int | None,
    due_on: date | None,
    due_hour: int | None,
    means: str,
    may_call: bool | None,
    may_write: bool | None,
    now: datetime,
    person: int | None = None,
    attempt: int | None = None,
    confidence: str = "sure",
    beyond: Beyond = "arrangement",
    in_place_of: int | None = None,
    is_beside_plan: bool = False,
    undisputed_only: bool = False,
    using: str = "default",
) -> Promised | list[Problem]:
    """Keep what was promised. Every mistake is returned, and then nothing is written.

    ``due_hour`` is by the debtor's clock. ``may_call`` and ``may_write`` answer whether one may call or write around
    that hour; a yes is kept as consent of this day, for that hour. ``confidence`` is ``sure`` or ``weak`` (P31). A date
    beyond the horizon is kept as said: as an arrangement that waits for approval, or with ``beyond="pay_day_call"`` as
    a call on that day.

    Several promises may be open on a debt, each with its own day. ``in_place_of`` is an open one whose place this
    takes: it is withdrawn, and this says which it was. On a debt with a plan that runs a promise names the plan's
    money, unless it ``is_beside_plan``. ``undisputed_only``: of a debt disputed in part it is about the rest alone
    and no more than that rest; the dispute stands.
    """
    found = bases.bases_of(positions.ids([account]), using=using)
    if not found:
        return [mistake("account_not_found", "account")]
    (basis,) = found
    today = local_day(now, basis.timezone)
    problems = [
        *_mistakes_of_money(basis, today, amount_minor, due_on, using),
        *(_above_rest(account, amount_minor, now, using) if undisputed_only else []),
        *(_mistakes_of_time(today, due_on, due_hour) or _hour_over(basis, person, due_on, due_hour, now, using)),
        *([] if means in MEANS else [mistake("means_missing", "means")]),
        *(
            mistake("answer_missing", name)
            for name, said in (("may_call", may_call), ("may_write", may_write))
            if said is None
        ),
    ]
    if problems:
        return problems
    assert amount_minor is not None
    assert due_on is not None
    assert due_hour is not None
    horizon = horizon_days(account, today, using=using)
    last_day = today + timedelta(days=horizon)
    kind, state = ("promise", "open") if due_on <= last_day else _beyond(beyond)
    locks.lock_person(person or basis.person, using=using)
    if in_place_of is not None and (refused := _give_way(in_place_of, basis, now, using)):
        return [refused]
    taken = Taken(
        owner=basis.owner,
        account=account,
        person=person or basis.person,
        kind=kind,
        state=state,
        amount_minor=amount_minor,
        due_on=due_on,
        due_hour=due_hour,
        means=means,
        confidence=confidence,
        may_call=bool(may_call),
        may_write=bool(may_write),
        attempt=attempt,
        at=now,
        book_day=bookday.stamp(basis.owner, using=using).day,
        plan=None if is_beside_plan or kind == "pay_day_call" else _plan_on(account, using),
        replaces=in_place_of,
    )
    promise = rows.add(taken, using=using)
    _keep_consent(taken, promise, using)
    _tell_taken(taken, promise, horizon, using, **({"undisputed_only": True} if undisputed_only else {}))
    positions.refresh([account], now=now, using=using)
    people.redecide([taken.person], now=now, using=using)
    return Promised(promise, kind, state, due_on, horizon, last_day)


def _above_rest(account: int, amount_minor: int | None, now: datetime, using: str) -> list[Problem]:
    found = above_rest(account, amount_minor, now, using=using)
    return [found] if found else []


def _tell_taken(taken: Taken, promise: int, horizon: int, using: str, **more: object) -> None:
    history.append(
        _TAKEN_AS[taken.kind],
        owner=taken.owner,
        account=taken.account,
        person=taken.person,
        now=taken.at,
        using=using,
        promise=promise,
        amount_minor=taken.amount_minor,
        due_on=taken.due_on.isoformat(),
        due_hour=taken.due_hour,
        means=taken.means,
        horizon_days=horizon,
        **more,
    )


def _plan_on(account: int, using: str) -> int | None:
    """Return the plan that runs on a debt."""
    if not plans.have_plans([account], using=using):
        return None
    return next((plan.id for plan in plans.of_accounts([account], ACTIVE, using=using)), None)


def _give_way(promise_id: int, basis: Basis, now: datetime, using: str) -> Problem | None:
    """Withdraw an open promise of the same person whose place another takes; one whose day is over stays (P35)."""
    found = rows.promise(promise_id, using=using)
    if found is None or found.owner != basis.owner:
        return mistake("promise_not_found", "in_place_of")
    judge([found.account], now=now, using=using)
    if _is_late(found, now, using) and not people.is_in_charge(using=using):
        return mistake("may_not_withdraw", "in_place_of")
    if not rows.withdraw(promise_id, using=using):
        return mistake("promise_decided", "in_place_of")
    _tell_withdrawn(found, "promise_replaced", now, using)
    if found.account != basis.account:
        positions.refresh([found.account], now=now, using=using)
    return None


def _tell_withdrawn(found: Standing, kind: str, now: datetime, using: str, **facts: object) -> None:
    history.append(
        kind,
        owner=found.owner,
        account=found.account,
        person=found.person,
        now=now,
        using=using,
        promise=found.id,
        was=found.state,
        amount_minor=found.amount_minor,
        due_on=found.due_on.isoformat(),
        **facts,
    )


_TAKEN_AS: Final = {
    "promise": "promise_taken",
    "arrangement": "arrangement_asked",
    "pay_day_call": "pay_day_call_agreed",
}


def _beyond(beyond: Beyond) -> tuple[str, str]:
    return ("pay_day_call", "open") if beyond == "pay_day_call" else ("arrangement", "asked")


def _mistakes_of_money(
    basis: Basis, today: date, amount_minor: int | None, due_on: date | None, using: str
) -> list[Problem]:
    if amount_minor is None or amount_minor <= 0:
        return [mistake("amount_missing", "amount_minor")]
    if amount_minor > _most(basis.account, max(due_on or today, today), using):
        return [mistake("amount_above_owed", "amount_minor")]
    return []


def _mistakes_of_time(today: date, due_on: date | None, due_hour: int | None) -> list[Problem]:
    found: list[Problem] = []
    if due_on is None:
        found.append(mistake("date_missing", "due_on"))
    elif due_on < today:
        found.append(mistake("date_past", "due_on"))
    elif due_on > today + timedelta(days=FURTHEST_DAYS):
        found.append(mistake("date_too_far", "due_on", days=FURTHEST_DAYS))
    if due_hour is None or not 0 <= due_hour <= _LAST_HOUR:
        found.append(mistake("hour_missing", "due_hour"))
    return found


def _hour_over(
    basis: Basis, person: int | None, due_on: date | None, due_hour: int | None, now: datetime, using: str
) -> list[Problem]:
    """Refuse an hour whose last minute is gone by the debtor's clock; the one that is running may be promised."""
    assert due_on is not None
    assert due_hour is not None
    zone = zone_of(person or basis.person, basis.owner, using=using)
    is_over = instant_of(due_on, time(due_hour), zone) + timedelta(hours=1) <= now
    return [mistake("hour_past", "due_hour")] if is_over else []


def _most(account: int, on: date, using: str) -> int:
    """Return what is owed at most on a day, late charge included."""
    row = bases.read([account], using=using).get(account)
    return 0 if row is None else max(0, by_day.contractual(row, epoch_day(on)))


def horizon_days(account: int, today: date, *, using: str = "default") -> int:
    """Return how many days ahead a promise on this account may lie, by its stage and the pack (P30)."""
    latest = ongoing.decided([account], epoch_day(today), using=using).get(account)
    return one(_horizon(), {"stage": latest.stage} if latest else {}).values["promise_days"]


@cache
def _horizon() -> Program:
    strategy = load()
    return compiled([table for name, table in strategy.tables.items() if name.endswith("/promise_horizon")])


def _keep_consent(taken: Taken, promise: int, using: str) -> None:
    """Keep a yes to "may one call or write then" as consent: of this day, to us, around the hour, until it is over."""
    zone = zone_of(taken.person, taken.owner, using=using)
    due_at = instant_of(taken.due_on, time(taken.due_hour), zone)
    kinds: list[tuple[tuple[ConsentKind, ...], tuple[str, ...]]] = []
    if taken.may_call:
        kinds.append(((ConsentKind.CALL_MORE, ConsentKind.HOURS), ("telephone",)))
    if taken.may_write:
        kinds.append(((ConsentKind.MEDIUM,), ("text", "email")))
    for given, media in kinds:
        consents.add(
            consents.Given(
                owner=taken.owner,
                person=taken.person,
                attempt=taken.attempt,
                kinds=given,
                media=media,
                accounts=(taken.account,),
                windows=(around(due_at, zone),),
                at=taken.at,
                until=due_at + AROUND,
                source_kind="promise",
                source_ref=str(promise),
                evidence={"promise": promise},
            ),
            using=using,
        )


def decide_arrangement(
    promise_id: int, *, approve: bool, now: datetime, as_call: bool = False, using: str = "default"
) -> Problem | None:
    """Approve an arrangement that was asked for, or turn it down, as a supervisor or manager who did not take it.

    Approved it is open and judged as a promise is. Turned down it is withdrawn, or with ``as_call`` becomes a call on
    that day, so that what the debtor said is not lost.
    """
    found = rows.promise(promise_id, using=using)
    if found is None:
        return mistake("promise_not_found")
    if not people.is_in_charge(using=using) or found.taken_by == current(using).user:
        return mistake("may_not_decide")
    kind, state = _decided(approve=approve, as_call=as_call)
    by = current(using).user
    if not rows.decide(promise_id, kind=kind, state=state, by=by, at=now, using=using):
        return mistake("promise_decided")
    history.append(
        "arrangement_approved" if approve else "arrangement_declined",
        owner=found.owner,
        account=found.account,
        person=found.person,
        now=now,
        using=using,
        promise=promise_id,
        became=kind,
    )
    positions.refresh([found.account], now=now, using=using)
    people.redecide([found.person], now=now, using=using)
    return None


def _decided(*, approve: bool, as_call: bool) -> tuple[str, str]:
    if approve:
        return "arrangement", "open"
    return ("pay_day_call", "open") if as_call else ("arrangement", "withdrawn")


def withdraw(promise_id: int, because: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Take back a promise that was noted in error or replaced, with a reason, which is kept as a note.

    It is judged first, and one that money kept stays. Once the promised day is over, or it is judged broken, only a
    supervisor or manager takes it back: else a broken promise would vanish by the hand that took it.
    """
    if not because.strip():
        return mistake("reason_missing", "because")
    found = rows.promise(promise_id, using=using)
    if found is None:
        return mistake("promise_not_found")
    locks.lock_person(found.person, using=using)
    judge([found.account], now=now, using=using)
    is_late = _is_late(found, now, using)
    if is_late and not people.is_in_charge(using=using):
        return mistake("may_not_withdraw")
    if not rows.withdraw(promise_id, is_late=is_late, using=using):
        return mistake("promise_decided")
    note = noting.keep(
        found.owner,
        found.person,
        because,
        account=found.account,
        now=now,
        using=using,
    )
    _tell_withdrawn(found, "promise_withdrawn", now, using, note=note)
    positions.refresh([found.account], now=now, using=using)
    people.redecide([found.person], now=now, using=using)
    return None


def _is_late(found: Standing, now: datetime, using: str) -> bool:
    """Return whether the day that was promised is over by the calendar of the debt's owner."""
    (basis,) = bases.bases_of(positions.ids([found.account]), using=using)
    return found.due_on < local_day(now, basis.timezone)
