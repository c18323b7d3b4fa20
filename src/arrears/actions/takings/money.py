"""The entries of a taking: money that was seen, the payment in its place, what of it went back, and the fee for paying.

A payment that is taken back may come again, whole or in part: each time under a reference made from the entry that took
the one before it out, so that the same step posts once.
"""

from datetime import date, datetime
from typing import Final

from arrears.actions import entries, history, payments
from arrears.channels.payments import Stage, Standing
from arrears.domain.entries import EntryKind
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.packs.takings import takings
from arrears.store.doors import postings
from arrears.store.doors import takings as rows
from arrears.store.doors.postings import PostedEntry
from arrears.store.doors.takings import DebitRow, LinkRow

SOURCE: Final = rows.SOURCE
FEE: Final = "payment_fee"
REFUNDED: Final = "refunded"
"""Why a payment was taken back of which the creditor gave a part back."""


def move(about: LinkRow | DebitRow, standing: Standing, means: str, now: datetime, using: str) -> int | None:
    """Post, take the place of, or take back the entry of a taking; return the entry that now stands for it."""
    source = SOURCE + about.reference
    day = _day(about, now, using)
    match standing.stage:
        case Stage.SEEN:
            if postings.posted_from(about.organisation, payments.PAYMENT, source, using=using):
                return None
            return _post(about, standing.amount_minor, day, source, means, now, using, is_cleared=False)
        case Stage.CLEARED:
            return _cleared(about, standing, day, means, now, using)
        case Stage.RETURNED | Stage.FAILED | Stage.CANCELLED:
            _take_back(about, standing.reason or standing.stage.value, day, now, using)
    return None


def is_posted(about: LinkRow | DebitRow, standing: Standing, using: str) -> bool:
    """Return whether the payment that stands is what cleared less what went back; what a hand took out stays out."""
    paid = _last(about, payments.PAYMENT, SOURCE + about.reference, using)
    return paid is None or paid.reversed_by is not None or paid.amount_minor == _kept(standing)


def _kept(standing: Standing) -> int:
    return standing.amount_minor - standing.refunded_minor


def _last(about: LinkRow | DebitRow, kind: str, source: str, using: str) -> PostedEntry | None:
    """Return the last entry posted from a source, following those that were taken back and came again."""
    last, found = None, postings.posted_from(about.organisation, kind, source, using=using)
    while found is not None:
        last = found
        again = f"{source}/{found.reversed_by}"
        found = postings.posted_from(about.organisation, kind, again, using=using) if found.reversed_by else None
    return last


def _cleared(
    about: LinkRow | DebitRow, standing: Standing, day: date, means: str, now: datetime, using: str
) -> int:  # fmt: skip
    """Post the payment by the day on which it was first seen: the debtor paid then, the bank needed the rest."""
    source, kept = SOURCE + about.reference, _kept(standing)
    paid = _last(about, payments.PAYMENT, source, using)
    if paid is None:
        seen = postings.posted_from(about.organisation, payments.PAYMENT_SEEN, source, using=using)
        return _post(about, kept, seen.value_date if seen else day, source, means, now, using, is_cleared=True)
    out = paid.reversed_by
    if out is None:
        if paid.amount_minor == kept:
            return paid.id
        day, out = paid.value_date, _part_back(about, paid, standing, day, now, using)
    return _post(about, kept, day, f"{source}/{out}", means, now, using, is_cleared=True)


def _part_back(
    about: LinkRow | DebitRow, paid: PostedEntry, standing: Standing, day: date, now: datetime, using: str
) -> int:
    """Take a payment out whose rest is posted anew; return the entry that did."""
    back = payments.reverse(paid.id, value_date=day, reason=REFUNDED, now=now, using=using)
    if isinstance(back, Problem):
        raise RuntimeError(f"{about.reference}: {back.code}")  # noqa: TRY004 - ours: the payment is our own
    history.append(
        "payment_partly_refunded", owner=about.organisation, account=about.account, person=about.person, now=now,
        using=using, entry=paid.id, amount_minor=standing.amount_minor, refunded_minor=standing.refunded_minor,
    )  # fmt: skip
    return back.entry


def _post(
    about: LinkRow | DebitRow, amount: int, day: date, source: str, means: str, now: datetime, using: str,
    *, is_cleared: bool,
) -> int:  # fmt: skip
    done = payments.post(
        about.account, amount, day, reference=source, now=now, is_cleared=is_cleared, means=means, using=using
    )
    if isinstance(done, Problem):
        raise RuntimeError(f"{about.reference}: {done.code}")  # noqa: TRY004 - ours: the reference is our own
    return done.entry


def _take_back(about: LinkRow | DebitRow, reason: str, day: date, now: datetime, using: str) -> None:
    """Take back what was posted of it last: the payment where it had cleared, else the money that was seen."""
    source = SOURCE + about.reference
    there = [postings.posted(about.entry, using=using)] if about.entry else []
    there += [_last(about, kind, source, using) for kind in (payments.PAYMENT, payments.PAYMENT_SEEN)]
    standing = next((one for one in there if one is not None and one.reversed_by is None), None)
    if standing is not None:
        payments.reverse(standing.id, value_date=day, reason=takings().reason(reason).code, now=now, using=using)


def _day(about: LinkRow | DebitRow, now: datetime, using: str) -> date:
    payer = rows.payer(about.account, using=using)
    assert payer is not None
    return local_day(now, payer.timezone)


def charge_fee(link: LinkRow, now: datetime, using: str) -> None:
    """Charge what the agreement lets one ask for paying so, as the entry it is.

    It was weighed before anybody was asked for it. What a cap refuses all the same, because others charged meanwhile,
    is not charged: all that was paid pays the debt, and history says so.
    """
    before = _last(link, FEE, link.reference, using)
    if before is not None and before.reversed_by is None:
        return
    reference = link.reference if before is None else f"{link.reference}/{before.reversed_by}"
    done = entries.post_entry(
        link.account, EntryKind.FEE, amount_minor=link.fee_minor, value_date=_day(link, now, using), reason=FEE,
        source_kind=FEE, source_ref=reference, now=now, using=using,
    )  # fmt: skip
    if isinstance(done, Problem):
        history.append(
            "payment_fee_refused", owner=link.organisation, account=link.account, person=link.person, now=now,
            using=using, link=link.id, amount_minor=link.fee_minor, because=done.code,
        )  # fmt: skip


def give_fee_back(link: LinkRow, reason: str, now: datetime, using: str) -> None:
    """Take the fee back: what was not paid after all costs nothing for being paid (R11)."""
    charged = _last(link, FEE, link.reference, using)
    if charged is not None and charged.reversed_by is None:
        code, day = takings().reason(reason).code, _day(link, now, using)
        entries.reverse_entry(charged.id, value_date=day, reason=code, now=now, using=using)
