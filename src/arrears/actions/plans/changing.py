"""Changing a plan that runs: an edit with history in place of a cancel, an early end, a re-age by rule (P36)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from arrears.actions import entries, noting, people, positions
from arrears.actions.plans import affording
from arrears.actions.plans.drafting import Draft, Drafted, debts_of, draft
from arrears.actions.plans.judging import judge_plans
from arrears.actions.plans.making import follow, freeze, tell
from arrears.actions.plans.mistakes import wrong
from arrears.domain.entries import EntryKind
from arrears.domain.plans import ACTIVE, Charges, Outline, PlanJudgement, PlanState
from arrears.engine.plans.judging import judge_together
from arrears.engine.plans.re_age import may_re_age
from arrears.engine.plans.shares import pro_rata, rewritten
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.plans import rules
from arrears.store import bookday, locks
from arrears.store.doors import plan_debts, plans
from arrears.store.doors import positions as bases
from arrears.store.doors.plans import Shape, Standing
from arrears.store.scope import current

_MAY_END = frozenset({"senior", "supervisor", "manager"})


@dataclass(frozen=True, slots=True)
class Edited:
    """A plan with a new version: it holds at once, or ``is_asked``, waiting for somebody who leads."""

    plan: int
    version: int
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The version that an edit adds, what was paid included, and whether somebody who leads must approve it."""

    shape: Shape
    needs_approval: bool


def edit(
    plan_id: int,
    outline: Outline,
    because: str,
    *,
    version: int,
    now: datetime,
    amounts: Mapping[int, int] | None = None,
    charges: Charges | None = None,
    using: str = "default",
) -> Edited | list[Problem]:
    """Write the rest of a plan anew from the outline's first day on; what was paid stands as it is.

    ``outline.total`` is what is still to be paid. ``version`` is the one that whoever edits has seen: where somebody
    else was faster nothing changes. ``amounts`` is what the whole plan covers of each debt from now on, what was paid
    included; left out, the debts of the plan in their old proportion. A plan that was made from a budget asks for no
    more than that leaves, or a newer one of the person.
    """
    found = _to_edit(plan_id, because, version, now, using)
    if isinstance(found, Problem):
        return [found]
    worked = _worked_out(found, outline, amounts, charges, now, using)
    if not isinstance(worked, Rewritten):
        return worked
    shape = worked.shape
    note = noting.keep(
        found.owner,
        found.person,
        because,
        account=min(found.shape.amounts),
        now=now,
        using=using,
    )
    day = bookday.stamp(found.owner, using=using).day
    number = plans.add_version(found, shape, note=note, at=now, book_day=day, using=using)
    if worked.needs_approval:
        plans.change(plan_id, using=using, asked_version=number)
        tell(found, "plan_edit_asked", now=now, using=using, facts={"version": number})
        return Edited(plan_id, number, is_asked=True)
    return _held_to(found, number, shape, now, using) or Edited(plan_id, number, is_asked=False)


def preview(
    plan_id: int,
    outline: Outline,
    *,
    now: datetime,
    amounts: Mapping[int, int] | None = None,
    charges: Charges | None = None,
    using: str = "default",
) -> Rewritten | list[Problem]:
    """Return what `edit` would write with the same words, and what is wrong with it; nothing is written."""
    found = plans.plan(plan_id, using=using)
    if found is None:
        return [wrong("plan_not_found")]
    if found.state not in ACTIVE | {PlanState.DEFAULTED}:
        return [wrong("plan_not_running")]
    return _worked_out(found, outline, amounts, charges, now, using)


def _worked_out(
    found: Standing,
    outline: Outline,
    amounts: Mapping[int, int] | None,
    charges: Charges | None,
    now: datetime,
    using: str,
) -> Rewritten | list[Problem]:
    """Work out the version that an edit would add: its debts, its budget, what was paid."""
    total = found.kept_minor + outline.total
    shares = dict(amounts) if amounts else _in_proportion(found.shape.amounts, total)
    if sum(shares.values()) != total:
        return [wrong("more_than_owed", "amounts", number="")]
    said = Draft(person=found.person, amounts=shares, outline=outline, charges=charges or Charges(found.shape.charges))
    drafted = draft(said, now=now, instead_of=found, using=using)
    if not isinstance(drafted, Drafted):
        return drafted
    judged = judged_now(found, now=now, using=using)
    problems = affording.against_edit(found, outline, using=using) + _left_out(found, shares, judged, using)
    if problems:
        return problems
    return Rewritten(_whole(found, drafted.shape, shares, outline.first, judged), drafted.needs_approval)


def _left_out(found: Standing, shares: Mapping[int, int], judged: PlanJudgement, using: str) -> list[Problem]:
    """Return the mistake that a debt is left out on which money of the plan came: it would no longer count."""
    gone = {account: 0 for account in found.shape.amounts if not shares.get(account)}
    if not gone:
        return []
    counted = set(judged.entries)
    debts = debts_of(gone, using=using)
    has_paid = any(entry.id in counted for debt in debts.values() for entry in debt.entries)
    return [wrong("money_came_on_it", "amounts")] if has_paid else []


def _to_edit(plan_id: int, because: str, version: int, now: datetime, using: str) -> Standing | Problem:
    if not because.strip():
        return wrong("reason_missing", "because")
    found = _held(plan_id, now, using)
    if isinstance(found, Standing) and (found.version != version or found.asked_version is not None):
        return wrong("plan_changed")
    return found


def _in_proportion(amounts: Mapping[int, int], total: int) -> dict[int, int]:
    """Return the amounts of debts for another total, in the proportion they had."""
    whole = sum(amounts.values())
    if total <= whole:
        return pro_rata(total, amounts)
    more = pro_rata(total % whole, amounts)
    return {account: amount * (total // whole) + more[account] for account, amount in amounts.items()}


def _whole(found: Standing, new: Shape, shares: Mapping[int, int], since: date, judged: PlanJudgement) -> Shape:
    """Return the version: the instalments that money came for at what came, then the new ones."""
    paid = [(each.instalment, each.paid) for each in judged.instalments]
    return replace(
        new,
        amounts={account: amount for account, amount in shares.items() if amount},
        instalments=rewritten(paid, since, new.instalments),
        because="edited",
        grace_days=found.shape.grace_days,
        default_after=found.shape.default_after,
    )


def judged_now(plan: Standing, *, now: datetime, using: str = "default") -> PlanJudgement:
    """Return how each instalment stands, by everything known; promises beside the plan draw on the same money."""
    from arrears.actions.plans.judging import drawing_together
    from arrears.actions.promises import sayings_on

    together = drawing_together(plan.shape.amounts, using=using)
    others = [one for one in together.plans if one.id != plan.id]
    accounts = {account: 0 for one in (plan, *others) for account in one.shape.amounts}
    (first, *_rest) = bases.bases_of(positions.ids(accounts), using=using)
    zone = first.timezone
    agreed = plan.agreed_at or now
    all_plans = [
        plan.judged_from(local_day(agreed, zone)),
        *(one.judged_from(local_day(one.agreed_at, zone)) for one in others if one.agreed_at),
    ]
    said = sayings_on(accounts, zone, using=using)
    return judge_together(said, all_plans, debts_of(accounts, using=using), local_day(now, zone)).plans[plan.id]


def decide_edit(plan_id: int, *, is_approved: bool, now: datetime, using: str = "default") -> list[Problem]:
    """Approve an edit that waits, or turn it down, as one who leads and did not write it."""
    found = _held(plan_id, now, using)
    if isinstance(found, Problem):
        return [found]
    number = found.asked_version
    if number is None:
        return [wrong("plan_not_waiting")]
    written = plans.versions(plan_id, using=using)[0]
    own = current(using).user
    if not people.is_in_charge(using=using) or plans.version_made_by(plan_id, written.number, using=using) == own:
        return [wrong("may_not_decide")]
    if not is_approved:
        plans.change(plan_id, using=using, asked_version=None)
        tell(found, "plan_edit_declined", now=now, using=using, facts={"version": number})
        return []
    return _held_to(found, number, plans.shape_of(plan_id, number, using=using), now, using)


def _held_to(found: Standing, number: int, shape: Shape, now: datetime, using: str) -> list[Problem]:
    """Let a version hold from now on."""
    review = shape.from_on + timedelta(days=rules().review_every_days)
    if not plans.change(
        found.id, only_in=ACTIVE | {PlanState.DEFAULTED}, using=using, version=number, asked_version=None,
        last_due_on=shape.instalments[-1].due, review_on=review,
    ):  # fmt: skip
        return [wrong("plan_not_running")]
    tell(found, "plan_edited", now=now, using=using, facts={"version": number, "was": found.version})
    fresh = plans.plan(found.id, using=using)
    assert fresh is not None
    problems = _freeze_again(found, fresh, shape, number, now, using)
    judge_plans(shape.amounts, now=now, using=using)
    positions.refresh(set(found.shape.amounts) | set(shape.amounts), now=now, using=using)
    follow(fresh, now=now, using=using)
    return problems


def _freeze_again(
    found: Standing, fresh: Standing, shape: Shape, number: int, now: datetime, using: str
) -> list[Problem]:
    """Let charges rest until the new end; let them run again from today where the new version says so.

    On a debt that is no longer in the plan they run again too.
    """
    gone = {account: amount for account, amount in found.shape.amounts.items() if account not in shape.amounts}
    if gone and shape.charges == Charges.FROZEN.value:
        without = replace(found.shape, amounts=gone)
        freeze(fresh, without, found.version, now=now, until=shape.from_on, using=using)
    if shape.charges == Charges.RUN.value and found.shape.charges == Charges.FROZEN.value:
        return freeze(fresh, found.shape, found.version, now=now, until=shape.from_on, using=using)
    return freeze(fresh, shape, number, now=now, using=using)


def end(plan_id: int, because: str, *, now: datetime, using: str = "default") -> list[Problem]:
    """End a plan before its time, as a named person with a reason; charges that rested run again from today.

    What was paid stays paid. Nothing ends a plan by itself: a default changes how its debts are worked, no more.
    """
    if not because.strip():
        return [wrong("reason_missing", "because")]
    found = _held(plan_id, now, using)
    if isinstance(found, Problem):
        return [found]
    if _MAY_END.isdisjoint(people.own_roles(using=using)):
        return [wrong("may_not_end")]
    note = noting.keep(
        found.owner,
        found.person,
        because,
        account=min(found.shape.amounts),
        now=now,
        using=using,
    )
    by = {"ended_by_id": current(using).user, "ended_at": now, "ended_because": f"note:{note}"}
    may_be = ACTIVE | {PlanState.DEFAULTED}
    if not plans.change(plan_id, only_in=may_be, using=using, state=PlanState.ENDED.value, asked_version=None, **by):
        return [wrong("plan_not_running")]
    tell(found, "plan_ended", now=now, using=using, facts={"was": found.state.value, "kept_minor": found.kept_minor})
    problems = freeze(found, found.shape, found.version, now=now, until=_today(found, now, using), using=using)
    follow(found, now=now, using=using)
    return problems


def re_age(plan_id: int, account: int, *, now: datetime, using: str = "default") -> int | list[Problem]:
    """Re-age a debt of a plan that is kept: by rule, by a named supervisor or manager; return the entry's id."""
    found = _held(plan_id, now, using)
    if isinstance(found, Problem):
        return [found]
    if account not in found.shape.amounts:
        return [wrong("debt_not_of_plan", "account")]
    if not people.is_in_charge(using=using):
        return [wrong("may_not_decide")]
    if problems := against_re_age(found, account, now=now, using=using):
        return problems
    posted = entries.post_entry(
        account, EntryKind.RE_AGE, value_date=_today(found, now, using), reason="plan_kept", source_kind="plan_re_age",
        source_ref=f"{plan_id}:{account}:{_today(found, now, using).isoformat()}", now=now, using=using,
    )  # fmt: skip
    if isinstance(posted, Problem):
        return [posted]
    tell(found, "debt_re_aged_by_plan", now=now, using=using, facts={"account": account, "entry": posted})
    return posted


def against_re_age(plan: Standing, account: int, *, now: datetime, using: str = "default") -> list[Problem]:
    """Return every reason against re-ageing a debt of a plan now."""
    return list(
        may_re_age(
            rules().re_age,
            kept=judged_now(plan, now=now, using=using).kept_in_a_row,
            earlier=plan_debts.re_aged_on(account, using=using),
            opened_on=plan_debts.opened_on(account, using=using),
            as_of=_today(plan, now, using),
        )
    )


def review(plan_id: int, on: date, *, now: datetime, using: str = "default") -> list[Problem]:
    """Set the day on which somebody looks at a plan again; a review that was made is told in history."""
    found = _held(plan_id, now, using)
    if isinstance(found, Problem):
        return [found]
    if on <= _today(found, now, using):
        return [wrong("begins_in_the_past", "review_on")]
    plans.change(plan_id, using=using, review_on=on)
    tell(found, "plan_reviewed", now=now, using=using, facts={"again_on": on.isoformat()})
    return []


def _today(plan: Standing, now: datetime, using: str) -> date:
    (basis, *_rest) = bases.bases_of(positions.ids(plan.shape.amounts), using=using)
    return local_day(now, basis.timezone)


def _held(plan_id: int, now: datetime, using: str) -> Standing | Problem:
    """Return a plan that runs or is in default, judged just now, with its person held: of two hands one is first."""
    found = plans.plan(plan_id, using=using)
    if found is None:
        return wrong("plan_not_found")
    locks.lock_person(found.person, using=using)
    judge_plans(found.shape.amounts, now=now, using=using)
    found = plans.plan(plan_id, using=using)
    assert found is not None
    return found if found.state in ACTIVE | {PlanState.DEFAULTED} else wrong("plan_not_running")
