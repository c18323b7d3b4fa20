"""Debits: asked for ahead, taken on their day under an authorisation in force, presented again within the limits.

What failed stands in a queue with its reason and what may be done; a reason that no later try can cure ends the
authorisation with it.
"""

from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import acts, history
from arrears.actions.takings import following, mandates
from arrears.actions.takings.asking import (
    Asked,
    Providers,
    asked_on,
    new_reference,
    provider_of,
    refused_amount,
    refused_by_hold,
)
from arrears.actions.takings.mistakes import mistake, refused_by
from arrears.channels.payments import DebitAsked, Provider, ProviderError
from arrears.domain.contacts import Act
from arrears.domain.takings import FAILURES, DebitState, Form, MandateState, Scheme
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.takings import TakingRule, takings
from arrears.store import locks
from arrears.store.after import after_commit
from arrears.store.doors import takings as rows
from arrears.store.doors.takings import DebitRow, MandateRow
from arrears.store.scope import Scope, current, scope

WORKED: Final = ("repeated", "other_means", "called", "left")
_AT_THE_PROVIDER: Final = frozenset({DebitState.PRESENTING, DebitState.PRESENTED})
_WAITING: Final = _AT_THE_PROVIDER | {DebitState.ASKED}
LATEST: Final = timedelta(days=3)
"""A debit that was kept from its day so long is taken back: the debtor was told of a day, not of any later one."""
UNCLEAR_AFTER: Final = timedelta(hours=20)
"""A request whose answer was lost is made again under its key for so long; later a human asks the provider."""


def ask(
    mandate_id: int,
    amount_minor: int,
    collect_on: date,
    *,
    is_told: bool,
    providers: Providers,
    now: datetime,
    using: str = "default",
) -> DebitRow | Problem:
    """Ask for a debit on a day, within what the debtor agreed to; it is taken on that day, now where that is today.

    ``is_told`` says that the debtor knows amount and day. Under an authorisation for several debits that must be so
    some days before; a part of what is owed may always be taken, unless a rule for the kind of debt refuses it.
    """
    payer = rows.mandate(mandate_id, using=using)
    if payer is not None:  # two authorisations of one person do not each take what is owed once
        locks.lock_person(payer.person, using=using)
    mandate = rows.mandate(mandate_id, hold=True, using=using)
    if mandate is None or mandate.state != MandateState.ACTIVE:
        return mistake("mandate_over")
    asked = asked_on(mandate.account, now=now, using=using)
    if isinstance(asked, Problem):
        return asked
    provider = provider_of(mandate.organisation, providers, using=using)
    if provider is None:
        return mistake("no_provider")
    problem = (
        refused_amount(asked, amount_minor, provider)
        or _twice(asked, amount_minor, _WAITING, using=using)
        or _outside(mandate, amount_minor, collect_on, asked, using)
        or _unlawful_part(mandate, amount_minor, asked)
        or (None if is_told or not mandate.is_recurring else mistake("notice_missing", "is_told"))
        or _too_soon(mandate, asked, collect_on, asked.today)
        or refused_by_hold(asked, now=now, using=using)
        or _refused_by_gate(mandate, amount_minor, asked, now=now, using=using)
    )
    if problem is not None:
        return problem
    made = rows.add_debit(
        organisation_id=mandate.organisation,
        account_id=mandate.account,
        person_id=mandate.person,
        mandate_id=mandate.id,
        reference=new_reference("debit"),
        amount_minor=amount_minor,
        currency=mandate.currency,
        collect_on=collect_on,
        asked_at=now,
        told_at=now if is_told else None,
        using=using,
    )
    _tell("debit_asked", made, now, using, collect_on=collect_on.isoformat())
    if collect_on <= asked.today:
        _present_after_commit(made.id, provider, now, using)
    return made


def _twice(
    asked: Asked, amount_minor: int, states: frozenset[DebitState], *, but: int = 0, using: str
) -> Problem | None:
    """Return that a debit would take again what other debits are taking, or what has been seen and not cleared."""
    coming = asked.seen_minor + rows.unseen_debits(asked.payer.account, states, but=but, using=using)
    return mistake("on_its_way", "amount") if coming and amount_minor + coming > asked.owed_minor else None


def _outside(mandate: MandateRow, amount_minor: int, collect_on: date, asked: Asked, using: str) -> Problem | None:
    """Return the rule that keeps a debit to what was agreed: the bound, the last day, once where it was for once."""
    if collect_on < asked.today:
        return mistake("day_past", "collect_on")
    earlier = [one for one in rows.debits_of_mandate(mandate.id, using=using) if one.state != DebitState.CANCELLED]
    is_outside = (
        amount_minor > mandate.most_minor
        or (mandate.valid_until is not None and collect_on > mandate.valid_until)
        or (not mandate.is_recurring and bool(earlier))
    )
    return refused_by(_rule("bounds", mandate, asked), "amount") if is_outside else None


def _refused_by_gate(
    mandate: MandateRow, amount_minor: int, asked: Asked, *, now: datetime, using: str
) -> Problem | None:
    """Return that a rule of law or the core refuses the debit; an answer that needs a human is a no for a machine."""
    facts = {
        "means": "cpa" if mandate.scheme == Scheme.CARD and mandate.is_recurring else str(mandate.scheme),
        "form": str(mandate.form),
        "is_recurring": mandate.is_recurring,
        "is_as_mandated": amount_minor <= mandate.most_minor,
        "is_explained": bool(mandate.words),
        "sum_kind": "due",
        "is_part": amount_minor < asked.due_minor,
        "refused_since_consent": _refused_in_a_row(mandate, using),
        "money_goes_to": "creditor",
    }
    weighed = acts.weigh(Act.DEBIT, mandate.account, facts=facts, now=now, using=using)
    return weighed if isinstance(weighed, Problem) else weighed.refusal()


def _refused_in_a_row(mandate: MandateRow, using: str) -> int:
    """Return how many debits of the authorisation failed: a new express consent is a new authorisation."""
    return sum(one.state in FAILURES for one in rows.debits_of_mandate(mandate.id, using=using))


def _unlawful_part(mandate: MandateRow, amount_minor: int, asked: Asked) -> Problem | None:
    found = takings().binding("part", **_about(mandate, asked))
    return refused_by(found[0], "amount") if found and amount_minor < asked.due_minor else None


def _too_soon(mandate: MandateRow, asked: Asked, collect_on: date, told_on: date) -> Problem | None:
    """Return the rule whose days of notice have not run, for debits that repeat."""
    if not mandate.is_recurring:
        return None
    binding = takings().binding("notice", **_about(mandate, asked))
    late = next((rule for rule in binding if collect_on < told_on + timedelta(days=rule.days)), None)
    return refused_by(late, "collect_on") if late else None


def _about(mandate: MandateRow, asked: Asked) -> dict[str, str]:
    return {"scheme": mandate.scheme, "country": asked.payer.country, "debt_kind": asked.payer.debt_kind}


def _rule(kind: str, mandate: MandateRow, asked: Asked) -> TakingRule:
    return takings().binding(kind, **_about(mandate, asked))[0]


def _present_after_commit(debit_id: int, provider: Provider, now: datetime, using: str) -> None:
    within = current(using)
    after_commit(lambda: present(debit_id, provider, now=now, within=within), using=using)


def present(debit_id: int, provider: Provider, *, now: datetime, within: Scope) -> Problem | None:
    """Give a debit to the provider: marked first, asked under its own key, then written down as it stands.

    Opens scopes of its own, so that nobody waits for the provider inside a transaction. Revoked before the mark, it is
    not presented; revoked after, the provider is asked to stop it as soon as it is known there.
    """
    using = within.using
    with scope(within.organisation, within.user, using=using):
        wanted = _marked(debit_id, now, using)
    if isinstance(wanted, Problem):
        return wanted
    try:
        standing = provider.debit(wanted)
    except ProviderError:
        return None  # still marked: whoever follows it asks again, under the same key
    with scope(within.organisation, within.user, using=using):
        rows.move_debit(debit_id, provider_ref=standing.ref, using=using)
    following.keep(standing, within.organisation, wanted.reference, provider, now=now, using=using)
    with scope(within.organisation, within.user, using=using):
        held = rows.debit(debit_id, using=using)
        assert held is not None
        mandate = rows.mandate(held.mandate, using=using)
    if mandate is not None and mandate.ended_because == mandates.REVOKED:
        after = provider.cancel(standing.ref)
        if after is not None:
            following.keep(after, within.organisation, held.reference, provider, now=now, using=using)
    return None


def _marked(debit_id: int, now: datetime, using: str) -> DebitAsked | Problem:
    """Mark a debit as given to the provider, if all still holds that held when it was asked for."""
    known = rows.debit(debit_id, using=using)
    if known is not None:
        locks.lock_person(known.person, using=using)
    mandate = rows.mandate(known.mandate, hold=True, using=using) if known else None
    found = rows.debit(debit_id, hold=True, using=using)
    if found is None or mandate is None or found.state not in {DebitState.ASKED, DebitState.PRESENTING}:
        return mistake("over")
    if found.state == DebitState.ASKED:
        if (problem := _stopped(found, mandate, now, using)) is not None:
            return problem
        rows.move_debit(debit_id, state=DebitState.PRESENTING, presented_at=now, using=using)
    payer = rows.payer(found.account, using=using)
    assert payer is not None
    return DebitAsked(
        organisation=found.organisation,
        reference=found.reference,
        key=f"{found.organisation}-{found.reference}",
        amount_minor=found.amount_minor,
        currency=found.currency,
        words=f"{payer.owner_name} {payer.number}",
        scheme=Scheme(mandate.scheme),
        customer=mandate.provider_customer,
        method=mandate.provider_method,
        mandate=mandate.provider_mandate,
    )


def _stopped(found: DebitRow, mandate: MandateRow, now: datetime, using: str) -> Problem | None:
    """Return what now stands in the way; a debit that the book no longer wants is taken back."""
    asked = asked_on(found.account, now=now, using=using)
    if isinstance(asked, Problem):
        return _taken_back(found, asked, now, using)
    if mandate.state != MandateState.ACTIVE:
        return mistake("mandate_over")
    if found.collect_on > asked.today:
        return mistake("day_not_come")
    if (over := _no_longer(found, asked, using)) is not None:
        return _taken_back(found, over, now, using)
    if mandate.form == Form.ORAL_NOTICED and mandate.copy_given_at is None:
        return mistake("copy_missing")
    return refused_by_hold(asked, now=now, using=using) or _refused_by_gate(
        mandate, found.amount_minor, asked, now=now, using=using
    )


def _no_longer(found: DebitRow, asked: Asked, using: str) -> Problem | None:
    """Return why the book no longer wants a debit: its day went by, or its money came or is coming by another way."""
    if asked.today > found.collect_on + LATEST:
        return mistake("day_past")
    if found.amount_minor > asked.owed_minor:
        return mistake("more_than_owed")
    return _twice(asked, found.amount_minor, _AT_THE_PROVIDER, but=found.id, using=using)


def _taken_back(found: DebitRow, because: Problem, now: datetime, using: str) -> Problem:
    rows.move_debit(found.id, state=DebitState.CANCELLED, settled_at=now, reason=because.code, using=using)
    _tell("debit_cancelled", found, now, using, because=because.code)
    return because


def cancel(debit_id: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Take back a debit that was asked for and not given to the provider."""
    found = rows.debit(debit_id, hold=True, using=using)
    if found is None or found.state != DebitState.ASKED:
        return mistake("over")
    rows.move_debit(debit_id, state=DebitState.CANCELLED, settled_at=now, reason="by_hand", using=using)
    _tell("debit_cancelled", found, now, using, because="by_hand")
    return None


def may_repeat(
    found: DebitRow, mandate: MandateRow, asked: Asked, *, on: date, using: str = "default"
) -> Problem | None:
    """Return why a failed debit may not be presented again on a day; None where it may."""
    if found.state not in FAILURES or found.worked_at is not None:
        return mistake("not_failed")
    reason = takings().reason(found.reason)
    if found.state == DebitState.RETURNED or reason.treat != "retry":
        return mistake("not_repeatable")
    if mandate.state != MandateState.ACTIVE:
        return mistake("mandate_over")
    kin = rows.family(found, using=using)
    began = kin[0].presented_at
    first_day = local_day(began, asked.payer.timezone) if began else kin[0].collect_on
    for rule in takings().binding("represent", **_about(mandate, asked)):
        is_about = not rule.reasons or reason.code in rule.reasons
        if is_about and (len(kin) > rule.most or on > first_day + timedelta(days=rule.within_days)):
            return refused_by(rule)
    return mistake("day_past", "collect_on") if on < asked.today else None


def repeat(
    debit_id: int, collect_on: date, *, providers: Providers, now: datetime, using: str = "default"
) -> DebitRow | Problem:
    """Present a failed debit again on a day: the same amount, within the limits, under the same authorisation."""
    known = rows.debit(debit_id, using=using)
    if known is not None:
        locks.lock_person(known.person, using=using)
    mandate = rows.mandate(known.mandate, hold=True, using=using) if known else None
    found = rows.debit(debit_id, hold=True, using=using)
    if found is None or mandate is None:
        return mistake("not_failed")
    asked = asked_on(found.account, now=now, using=using)
    if isinstance(asked, Problem):
        return asked
    provider = provider_of(found.organisation, providers, using=using)
    if provider is None:
        return mistake("no_provider")
    problem = (
        may_repeat(found, mandate, asked, on=collect_on, using=using)
        or refused_by_hold(asked, now=now, using=using)
        or _refused_by_gate(mandate, found.amount_minor, asked, now=now, using=using)
    )
    if problem is None and found.amount_minor > asked.owed_minor:
        problem = mistake("more_than_owed")
    problem = problem or _twice(asked, found.amount_minor, _WAITING, using=using)
    if problem is not None:
        return problem
    kin = rows.family(found, using=using)
    made = rows.add_debit(
        organisation_id=found.organisation,
        account_id=found.account,
        person_id=found.person,
        mandate_id=found.mandate,
        first_id=kin[0].id,
        presentation=len(kin) + 1,
        reference=new_reference("debit"),
        amount_minor=found.amount_minor,
        currency=found.currency,
        collect_on=collect_on,
        asked_at=now,
        told_at=found.told_at,
        using=using,
    )
    _worked(found, "repeated", now, using)
    _tell("debit_repeated", made, now, using, of=kin[0].id, presentation=made.presentation)
    if collect_on <= asked.today:
        _present_after_commit(made.id, provider, now, using)
    return made


def work(debit_id: int, how: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Take a failure off the queue, and say how it was dealt with: one of ``WORKED``."""
    found = rows.debit(debit_id, hold=True, using=using)
    if found is None or found.state not in FAILURES or found.worked_at is not None or how not in WORKED:
        return mistake("not_failed")
    _worked(found, how, now, using)
    _tell("debit_failure_worked", found, now, using, how=how)
    return None


def _worked(found: DebitRow, how: str, now: datetime, using: str) -> None:
    rows.move_debit(found.id, worked_at=now, worked_how=how, worked_by_id=current(using).user, using=using)


def _tell(kind: str, about: DebitRow, now: datetime, using: str, **facts: object) -> None:
    history.append(
        kind, owner=about.organisation, account=about.account, person=about.person, now=now, using=using,
        debit=about.id, amount_minor=about.amount_minor, **facts,
    )  # fmt: skip
