"""Settlements and waivers, from the draft to the last cleared payment (P37).

Nobody cuts a debt on their own account: the matrix of authority says who may decide, whoever offered does not approve,
approval and offer both end by themselves, and no entry takes anything off before the last payment has cleared. What is
missed needs no repair, because nothing was booked; a payment that is taken back takes the cut back with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import people
from arrears.actions import positions as bases_of
from arrears.actions.authority import (
    Weighed,
    ends_of_offer,
    facts_of_cut,
    kept_worth,
    may_approve,
    own_rank,
    stamp_of,
    weigh,
)
from arrears.actions.concession_judging import Change, judge
from arrears.actions.concession_mistakes import mistake
from arrears.actions.concession_steps import debt_and_day, held, note_of, step
from arrears.domain.concessions import LIVE, ConcessionKind, Part, State
from arrears.domain.position import Flag
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store import bookday, locks
from arrears.store.doors import concessions as rows
from arrears.store.doors import positions as bases
from arrears.store.doors.concessions import Cuttable, Offered
from arrears.store.scope import current

__all__ = [
    "Change",
    "Proposed",
    "accept",
    "confirm_cut",
    "decide",
    "expire",
    "judge",
    "propose",
    "put_forward",
    "withdraw",
]

FURTHEST_DAYS: Final = 366
MOST_PARTS: Final = 36


@dataclass(frozen=True, slots=True)
class Proposed:
    """An offer in the book, and where it stands."""

    id: int
    state: State
    weighed: Weighed | None = None


def propose(
    account: int,
    kind: ConcessionKind,
    parts: Sequence[Part],
    *,
    reason: str,
    key: str,
    now: datetime,
    cut_minor: int = 0,
    attempt: int | None = None,
    as_draft: bool = False,
    using: str = "default",
) -> Proposed | list[Problem]:
    """Keep an offer and put it forward; every mistake is returned, and then nothing is written.

    Within the user's own authority it is approved at once; beyond it it waits for somebody whose authority reaches. The
    same ``key`` makes one offer.
    """
    debt = rows.cuttable(account, using=using)
    if debt is None:
        return [mistake("account_unknown")]
    locks.lock_person(debt.person, using=using)
    if (there := rows.by_key(debt.owner, key, using=using)) is not None:
        return Proposed(there.id, there.state)
    (basis,) = bases.bases_of(bases_of.ids([account]), using=using)
    today = local_day(now, basis.timezone)
    ordered = tuple(sorted(parts, key=lambda part: part.due))
    weighed = weigh(debt, kind, ordered, cut_minor, on=today, using=using)
    if problems := _mistakes(debt, weighed, kind, ordered, reason, today, using):
        return problems
    offer = _add(debt, weighed, kind, ordered, (key, attempt), now, today, using)
    note = note_of(debt.id, reason, now, using)
    step(offer, State.DRAFTED, now, using, note=note)
    if as_draft:
        return Proposed(offer.id, State.DRAFTED, weighed)
    return Proposed(offer.id, _put_forward(offer, weighed, now, using), weighed)


def _mistakes(
    debt: Cuttable,
    weighed: Weighed,
    kind: ConcessionKind,
    parts: Sequence[Part],
    reason: str,
    today: date,
    using: str,
) -> list[Problem]:
    is_of_payments = kind is ConcessionKind.SETTLEMENT
    checks = (
        (debt.status != "open" or weighed.owed_minor <= 0 or _is_sold(debt, using), "nothing_to_cut", ""),
        (rows.has_live(debt.id, using=using), "one_at_a_time", ""),
        (is_of_payments and not parts, "parts_missing", "parts"),
        (len(parts) > MOST_PARTS, "too_many_parts", "parts"),
        (any(part.amount <= 0 for part in parts), "part_not_above_zero", "parts"),
        (any(not today <= part.due <= today + timedelta(days=FURTHEST_DAYS) for part in parts), "part_day", "parts"),
        (weighed.cut_minor <= 0, "cuts_nothing", "cut_minor"),
        (not is_of_payments and weighed.cut_minor > weighed.left_minor, "cuts_too_much", "cut_minor"),
        (own_rank(debt.owner, using=using) == 0, "may_not_offer", ""),
        (weighed.may.name == "refused", "beyond_all_authority", ""),
        (not reason.strip(), "reason_missing", "reason"),
    )
    return [mistake(code, field) for is_wrong, code, field in checks if is_wrong]


def _is_sold(debt: Cuttable, using: str) -> bool:
    return bool(bases.read([debt.id], using=using)[debt.id].flags & Flag.SOLD)


def _add(
    debt: Cuttable,
    weighed: Weighed,
    kind: ConcessionKind,
    parts: tuple[Part, ...],
    source: tuple[str, int | None],
    now: datetime,
    today: date,
    using: str,
) -> Offered:
    approve_within, valid = ends_of_offer()
    approve_by = today + timedelta(days=approve_within)
    made = rows.add(
        rows.NewConcession(
            owner=debt.owner,
            account=debt.id,
            person=debt.person,
            attempt=source[1],
            kind=kind,
            at=now,
            book_day=bookday.stamp(debt.owner, using=using).day,
            on=today,
            owed_minor=weighed.owed_minor,
            cut_minor=weighed.cut_minor,
            parts=parts,
            level=weighed.level.number,
            approve_by=approve_by,
            valid_until=today + timedelta(days=approve_within + valid),
            authority=stamp_of(weighed, now),
            worth=kept_worth(weighed.worth),
            key=source[0],
        ),
        using=using,
    )
    offer = rows.concession(made, using=using)
    assert offer is not None
    return offer


def _put_forward(offer: Offered, weighed: Weighed, now: datetime, using: str) -> State:
    step(offer, State.OFFERED, now, using)
    if weighed.may.name == "alone":
        step(offer, State.APPROVED, now, using, look_on=offer.valid_until + timedelta(days=1), alone=True)
        return State.APPROVED
    step(offer, State.AWAITING, now, using, look_on=offer.approve_by + timedelta(days=1), level=weighed.level.name)
    return State.AWAITING


def put_forward(concession_id: int, *, now: datetime, using: str = "default") -> Proposed | Problem:
    """Put a draft forward by what the debt and the matrix say today; its days to be answered in run from its draft."""
    offer = held(concession_id, using)
    if offer is None or offer.state is not State.DRAFTED:
        return mistake("not_waiting")
    debt, today = debt_and_day(offer, now, using)
    if rows.has_live(offer.account, offer.id, using=using):
        return mistake("one_at_a_time")
    weighed = weigh(debt, offer.kind, offer.parts, offer.cut_minor, on=today, using=using)
    if weighed.may.name == "refused" or weighed.cut_minor != offer.cut_minor:
        return mistake("draft_is_stale")
    return Proposed(offer.id, _put_forward(offer, weighed, now, using), weighed)


def decide(
    concession_id: int, *, approve: bool, reason: str, now: datetime, using: str = "default"
) -> Proposed | Problem:
    """Approve an offer that waits, or refuse it, with a reason; by somebody whose own authority reaches so far.

    Who made the offer does not decide about it. Of two who decide at once the first wins. One that has waited too long
    has expired, and is said to have.
    """
    offer = held(concession_id, using)
    if offer is None:
        return mistake("not_waiting")
    if (refused := _may_not_decide(offer, reason, now, using)) is not None:
        return refused
    state = State.APPROVED if approve else State.REFUSED
    look_on = offer.valid_until + timedelta(days=1) if approve else None
    step(offer, state, now, using, note=note_of(offer.account, reason, now, using), look_on=look_on)
    return Proposed(offer.id, state)


def _may_not_decide(offer: Offered, reason: str, now: datetime, using: str) -> Problem | None:
    _, today = debt_and_day(offer, now, using)
    if offer.state is State.AWAITING and today > offer.approve_by:
        step(offer, State.EXPIRED, now, using)
        return mistake("has_expired")
    checks = (
        (offer.state is not State.AWAITING, "not_waiting", ""),
        (offer.proposed_by == current(using).user, "own_offer", ""),
        (not may_approve(offer.owner, dict(offer.authority["facts"]), using=using), "beyond_authority", ""),
        (not reason.strip(), "reason_missing", "reason"),
    )
    return next((mistake(code, field) for is_wrong, code, field in checks if is_wrong), None)


def accept(concession_id: int, *, now: datetime, using: str = "default") -> Proposed | Problem:
    """Note that the debtor takes an approved offer; from now on payments judge it. One without payments is booked."""
    offer = held(concession_id, using)
    if offer is None:
        return mistake("not_waiting")
    _, today = debt_and_day(offer, now, using)
    if offer.state is State.APPROVED and today > offer.valid_until:
        step(offer, State.EXPIRED, now, using)
        return mistake("has_expired")
    if offer.state is not State.APPROVED:
        return mistake("not_approved")
    step(offer, State.ACCEPTED, now, using, look_on=today)
    judge([offer.account], now=now, using=using)
    people.redecide([offer.person], now=now, using=using)
    there = rows.concession(offer.id, using=using)
    assert there is not None
    return Proposed(offer.id, there.state)


def confirm_cut(
    concession_id: int, *, cut_minor: int, reason: str, now: datetime, using: str = "default"
) -> Proposed | Problem:
    """Confirm that a cut may be booked though it grew beyond who approved it; then payments judge the offer again.

    By somebody whose own authority reaches the whole cut, with a reason, and never by who made the offer.
    ``cut_minor`` is the amount that was shown.
    """
    offer = held(concession_id, using)
    told = rows.latest_facts(concession_id, using=using)
    if offer is None or offer.state is not State.PAID or "unconfirmed_minor" not in told:
        return mistake("not_unconfirmed")
    cut, level = told["unconfirmed_minor"], told["level"]
    facts = facts_of_cut(offer.authority["facts"], cut, offer.pay_minor)
    checks = (
        (offer.proposed_by == current(using).user, "own_offer", ""),
        (not may_approve(offer.owner, facts, using=using), "beyond_authority", ""),
        (cut != cut_minor, "cut_has_changed", ""),
        (not reason.strip(), "reason_missing", "reason"),
    )
    for is_wrong, code, field in checks:
        if is_wrong:
            return mistake(code, field)
    note = note_of(offer.account, reason, now, using)
    step(offer, State.PAID, now, using, note=note, confirmed_minor=cut, level=level)
    judge([offer.account], now=now, using=using)
    people.redecide([offer.person], now=now, using=using)
    there = rows.concession(offer.id, using=using)
    assert there is not None
    return Proposed(offer.id, there.state)


def withdraw(concession_id: int, reason: str, *, now: datetime, using: str = "default") -> Proposed | Problem:
    """Take an offer back that no money has come for, with a reason."""
    offer = held(concession_id, using)
    if offer is None or offer.state not in LIVE | {State.DRAFTED} or offer.state is State.PAID:
        return mistake("not_waiting")
    if offer.paid_minor:
        return mistake("money_has_come")
    if not reason.strip():
        return mistake("reason_missing", "reason")
    step(offer, State.WITHDRAWN, now, using, note=note_of(offer.account, reason, now, using))
    return Proposed(offer.id, State.WITHDRAWN)


def expire(owner: int, on: date, *, now: datetime, using: str = "night") -> int:
    """Let offers of an organisation expire that nobody answered or took up in time; return how many."""
    ended = 0
    for seen in rows.to_look_at(owner, on, using=using):
        offer = held(seen.id, using)
        if offer is None or offer.state not in {State.AWAITING, State.APPROVED}:
            continue
        if on > (offer.approve_by if offer.state is State.AWAITING else offer.valid_until):
            step(offer, State.EXPIRED, now, using)
            ended += 1
    return ended
