"""One payment of a person over several debts: one entry a debt under one receipt, all of it or none of it.

The debtor's instruction comes first, then the organisation's rule; a disputed debt takes nothing unsaid (12 CFR
1006.30(c)); what exceeds all is credit on the debt it came for. Taking a receipt back takes back every entry of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import history, payments
from arrears.actions import positions as bases_of
from arrears.actions.takings.mistakes import mistake
from arrears.domain.contacts import Role
from arrears.engine.ledger import by_day
from arrears.engine.shares import ShareDebt, ShareRule, Shares, share
from arrears.kernel.epoch import NO_DATE, date_of, epoch_day
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import positions
from arrears.store.doors import receipts as rows
from arrears.store.doors import takings as payers
from arrears.store.doors.receipts import ReceiptRow, SharingDebt
from arrears.store.scope import undo

USUAL_RULE: Final = ShareRule.OLDEST_FIRST


@dataclass(frozen=True, slots=True)
class Dividing:
    """A payment as it would be divided: the debts that may take it, what each is asked, and the shares."""

    debts: tuple[SharingDebt, ...]
    asked: Mapping[int, int]
    rule: ShareRule
    shares: Shares


def divide(
    person: int,
    amount_minor: int,
    *,
    owner: int,
    currency: str,
    now: datetime,
    directed: Mapping[int, int] | None = None,
    came_for: int | None = None,
    using: str = "default",
) -> Dividing | Problem:
    """Return how a payment would be divided over a person's debts to one owner in one currency, writing nothing."""
    said = {debt: minor for debt, minor in (directed or {}).items() if minor}
    found = tuple(
        debt
        for debt in rows.debts_sharing(person, now=now, using=using)
        if (debt.owner, debt.currency) == (owner, currency)
    )
    known = {debt.account for debt in found}
    if not found or set(said) - known or (came_for is not None and came_for not in known):
        return mistake("nothing_to_share")
    if amount_minor <= 0 or min(said.values(), default=1) < 0:
        return mistake("amount_missing", "amount")
    if sum(said.values()) > amount_minor:
        return mistake("directed_too_much", "amount")
    settings = payers.settings_of(owner, using=using)
    rule = ShareRule(settings.get("share_rule", USUAL_RULE))
    order = {kind: place for place, kind in enumerate(settings.get("share_order", ()))}
    standing = positions.read(sorted(known), using=using)
    zone = _zone(found[0], using)
    day = epoch_day(local_day(now, zone))
    asked = {
        debt.account: by_day.to_pay(standing[debt.account], day) if debt.account in standing else 0 for debt in found
    }
    weighed = [
        ShareDebt(
            debt.account,
            asked[debt.account],
            _oldest(standing[debt.account].oldest_unpaid_day) if debt.account in standing else None,
            order.get(debt.debt_kind, len(order)),
            debt.is_disputed,
        )
        for debt in found
    ]
    return Dividing(found, asked, rule, share(amount_minor, weighed, rule, said=said, came_for=came_for))


def _zone(debt: SharingDebt, using: str) -> str:
    payer = payers.payer(debt.account, using=using)
    assert payer is not None
    return payer.timezone


def _oldest(day: int) -> date | None:
    return None if day == NO_DATE else date_of(day)


def post_shared(
    person: int,
    amount_minor: int,
    value_date: date,
    *,
    owner: int,
    currency: str,
    reference: str,
    now: datetime,
    directed: Mapping[int, int] | None = None,
    came_for: int | None = None,
    payer_role: Role = Role.DEBTOR,
    means: str = "",
    using: str = "default",
) -> ReceiptRow | Problem:
    """Post one payment over several debts, under one receipt; the same reference posts once for its owner.

    Whoever posts to the same debts at the same time waits, so that the shares are of what is really asked. Money that
    no debt may take unsaid is not posted: then somebody asks the debtor.
    """
    known = [debt.account for debt in rows.debts_sharing(person, now=now, using=using)]
    positions.hold_rows(bases_of.ids(known), using=using)
    before = rows.receipt_referred(owner, reference, using=using)
    if before is not None:
        is_same = (before.person, before.amount_minor, before.currency) == (person, amount_minor, currency)
        return before if is_same else mistake("over", "reference")
    found = divide(
        person, amount_minor, owner=owner, currency=currency, now=now, directed=directed, came_for=came_for, using=using
    )
    if isinstance(found, Problem):
        return found
    if found.shares.unplaced_minor:
        return mistake("ask_the_debtor", "directed")
    made = rows.add_receipt(
        organisation_id=owner, person_id=person, reference=reference, amount_minor=amount_minor, currency=currency,
        value_date=value_date, rule=found.rule, posted_at=now, using=using,
        directed={str(debt): minor for debt, minor in (directed or {}).items() if minor},
    )  # fmt: skip
    parts = []
    for part in found.shares.parts:
        posted = payments.post(
            part.debt, part.minor, value_date, reference=f"{reference}/{part.debt}", now=now, payer_role=payer_role,
            means=means, using=using,
        )  # fmt: skip
        if isinstance(posted, Problem):
            undo(using)  # all of it or nothing
            return posted
        parts.append(
            {"account_id": part.debt, "amount_minor": part.minor, "said_minor": part.said_minor,
             "credit_minor": part.credit_minor, "entry_id": posted.entry}
        )  # fmt: skip
    rows.add_parts(made, parts, using=using)
    history.append(
        "receipt_posted", owner=owner, person=person, now=now, using=using, receipt=made.id, amount_minor=amount_minor,
        rule=found.rule.value, debts=len(parts),
    )  # fmt: skip
    return made


def reverse_receipt(
    receipt_id: int, *, value_date: date, reason: str, now: datetime, using: str = "default"
) -> ReceiptRow | Problem:
    """Take back a payment over several debts: every entry of it, or none; the second time changes nothing."""
    held = rows.receipt(receipt_id, hold=True, using=using)
    if held is None:
        return mistake("receipt_unknown")
    if held.reversed_at is not None:
        return held
    for part in rows.parts_of(receipt_id, using=using):
        back = payments.reverse(part.entry, value_date=value_date, reason=reason, now=now, using=using)
        if isinstance(back, Problem):
            undo(using)
            return back
    rows.mark_reversed(receipt_id, at=now, because=reason, using=using)
    history.append(
        "receipt_reversed", owner=held.organisation, person=held.person, now=now, using=using, receipt=held.id,
        amount_minor=held.amount_minor, reason=reason,
    )  # fmt: skip
    return rows.receipt(receipt_id, using=using) or held
