"""Payments: posted once, matched by hand where a feed line named no debt, taken back when a bank returns them.

Whoever paid leaves the list at once: positions are made anew, promises judged and the person decided again in the same
transaction. Money seen and not yet cleared is an entry of its own and holds contact (P38). A third party's payment is
taken and recorded as such, never suggested (P39).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import history, positions
from arrears.domain.contacts import Role
from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors import postings
from arrears.store.doors.postings import FeedLine, NewEntry, PostedEntry, count_unmatched, lines_by_hand, unmatched

__all__ = [
    "FeedLine",
    "Posted",
    "after_payments",
    "count_unmatched",
    "follow_payments",
    "lines_by_hand",
    "match_by_hand",
    "post",
    "reverse",
    "unmatched",
]

PAYMENT: Final = "payment"
PAYMENT_SEEN: Final = "payment_seen"
PAYMENT_RETURN: Final = "payment_return"
"""Source kinds of entries: a reference posts once within its own."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A payment in the book; ``is_new`` is False where its reference had been posted before."""

    entry: int
    account: int
    is_new: bool


def post(
    account_id: int,
    amount_minor: int,
    value_date: date,
    *,
    reference: str,
    now: datetime,
    is_cleared: bool = True,
    payer_role: Role = Role.DEBTOR,
    means: str = "",
    using: str = "default",
) -> Posted | Problem:
    """Post a payment to an account; the same ``reference`` posts once for its owner.

    Not ``is_cleared``: the money has been seen, a bank has not given it yet. The cleared payment that follows under the
    same reference takes its place.
    """
    owed = postings.owed(account_id, using=using)
    if owed is None:
        return _mistake("account_unknown")
    if amount_minor <= 0:
        return _mistake("amount_not_above_zero")
    day = bookday.stamp(owed.owner, using=using).day
    seen = postings.posted_from(owed.owner, PAYMENT_SEEN, reference, using=using)
    entry = NewEntry(
        owner=owed.owner,
        account=owed.id,
        kind=EntryKind.PAYMENT if is_cleared else EntryKind.PAYMENT_SEEN,
        value_date=value_date,
        book_day=day,
        amount_minor=amount_minor,
        source_kind=PAYMENT if is_cleared else PAYMENT_SEEN,
        source_ref=reference,
        reverses=seen.to_reverse if is_cleared and seen and seen.reversed_by is None else None,
        instruction=instruction(payer_role.value, means),
    )
    return _posted(entry, reference, now, using)


def _posted(entry: NewEntry, reference: str, now: datetime, using: str) -> Posted | Problem:
    made = postings.add_entry(entry, using=using)
    if made is None:
        there = postings.posted_from(entry.owner, entry.source_kind, reference, using=using)
        if there is None or (there.account, there.amount_minor) != (entry.account, entry.amount_minor):
            return _mistake("reference_taken")
        return Posted(there.id, there.account, is_new=False)
    kind = "payment_posted" if entry.kind is EntryKind.PAYMENT else "payment_seen"
    history.append(
        kind,
        owner=entry.owner,
        account=entry.account,
        now=now,
        using=using,
        entry=made,
        amount_minor=entry.amount_minor,
    )
    after_payments([entry.account], now=now, using=using)
    return Posted(made, entry.account, is_new=True)


def instruction(payer_role: str | None, means: str | None) -> dict[str, str] | None:
    """Return what an entry keeps of who paid and how: codes, never a name; None where it was the debtor, unsaid how."""
    said = {"payer_role": payer_role if payer_role != Role.DEBTOR else None, "means": means}
    return {name: value for name, value in said.items() if value} or None


def match_by_hand(
    line_id: int,
    account_id: int,
    *,
    now: datetime,
    payer_role: Role = Role.DEBTOR,
    using: str = "default",
) -> Posted | Problem:
    """Post a feed line that found no debt to the account somebody chose; of two hands at once one matches it."""
    line = postings.held_line(line_id, using=using)
    owed = postings.owed(account_id, using=using)
    if line is None or line.state != "unmatched":
        return _mistake("line_not_waiting")
    if owed is None or owed.owner != line.owner:
        return _mistake("account_unknown")
    if owed.currency != line.currency:
        return _mistake("other_currency")
    done = post(
        owed.id,
        line.amount_minor,
        line.value_date,
        reference=line.source_ref,
        now=now,
        payer_role=payer_role,
        using=using,
    )
    if isinstance(done, Posted):
        postings.settle_line(line.id, "by_hand", account=owed.id, entry=done.entry, reason="", now=now, using=using)
    return done


def reverse(
    entry_id: int, *, value_date: date, reason: str, now: datetime, reference: str = "", using: str = "default"
) -> Posted | Problem:
    """Take back a payment that its bank returned: it counts as if it had never been, and what it closed opens again.

    ``reason`` is the bank's code or word for it. Returned twice, the second time changes nothing.
    """
    paid = postings.posted(entry_id, using=using)
    if paid is None or not _is_payment(paid):
        return _mistake("no_such_payment")
    if paid.reversed_by is not None:
        return Posted(paid.reversed_by, paid.account, is_new=False)
    day = bookday.stamp(paid.owner, using=using).day
    made = postings.add_entry(
        NewEntry(
            owner=paid.owner,
            account=paid.account,
            kind=EntryKind.REVERSAL,
            value_date=value_date,
            book_day=day,
            amount_minor=paid.amount_minor,
            source_kind=PAYMENT_RETURN,
            source_ref=reference or _return_ref(paid),
            reverses=paid.to_reverse,
            instruction={"reason": reason} if reason else None,
        ),
        using=using,
    )
    if made is None:
        return _mistake("reference_taken")
    postings.mark_returned(paid.id, reason, using=using)
    history.append(
        "payment_returned",
        owner=paid.owner,
        account=paid.account,
        now=now,
        using=using,
        entry=made,
        returned=paid.id,
        amount_minor=paid.amount_minor,
        reason=reason,
    )
    after_payments([paid.account], now=now, using=using)
    return Posted(made, paid.account, is_new=True)


def follow_chain(reversal: int, *, using: str = "default") -> None:
    """Let the feed line of the payment at the bottom of a chain of reversals say whether the payment stands now."""
    found = postings.posted(reversal, using=using)
    while found is not None and found.kind is EntryKind.REVERSAL:
        found = postings.posted(found.reverses, using=using)
    if found is None or not _is_payment(found):
        return
    if found.reversed_by is None:
        postings.mark_given_back(found.id, using=using)
    else:
        postings.mark_returned(found.id, "", using=using)


def _return_ref(paid: PostedEntry) -> str:
    """Return the reference of a return that has none: one that follows a return taken back is another one."""
    again = "" if paid.to_reverse == paid.id else f"/{paid.to_reverse}"
    return f"{paid.source_kind}/{paid.source_ref}{again}"


def _is_payment(entry: PostedEntry) -> bool:
    return entry.kind in CASH_KINDS or entry.kind is EntryKind.PAYMENT_SEEN


def after_payments(accounts: Iterable[int], *, now: datetime, using: str = "default") -> None:
    """Bring everything up to date that follows from money: positions, promises, and who is on today's list."""
    from arrears.actions.plans import judging  # it stands above positions, as this does

    touched = sorted(set(accounts))
    judging.hold_together(touched, using=using)
    positions.refresh(touched, now=now, using=using)
    follow_payments(touched, now=now, using=using)


def follow_payments(accounts: Sequence[int], *, now: datetime, using: str = "default") -> None:
    """Judge the promises on accounts whose positions are fresh, and decide again about their people."""
    from arrears.actions import concessions, decisions, promises  # rooms that themselves post and ask about payments
    from arrears.actions.takings import traces

    concessions.judge(accounts, now=now, using=using)
    promises.judge(accounts, now=now, using=using)
    traces.follow_payments(accounts, now=now, using=using)
    decisions.redecide_people(postings.people_of(list(accounts), using=using), now=now, using=using)


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "account_unknown": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "amount_not_above_zero": (
        Text("A payment is above zero.", "Un pago es mayor que cero.", "付款金额须大于零。"),
        Text(
            "Write money that goes back as a return of its payment.",
            "Registre la devolución como devolución de su pago.",
            "退回款项请登记为原付款的退回。",
        ),
    ),
    "reference_taken": (
        Text(
            "Another payment already has this reference.",
            "Otro pago ya tiene esta referencia.",
            "该编号已被另一笔付款使用。",
        ),
        Text("Check which of the two is right.", "Compruebe cuál de los dos es correcto.", "请核对哪一笔正确。"),
    ),
    "line_not_waiting": (
        Text("This line is not waiting any more.", "Esta línea ya no está pendiente.", "该条记录已不在待处理之列。"),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请刷新列表。"),
    ),
    "other_currency": (
        Text("The debt is in another currency.", "La deuda está en otra moneda.", "该债务为其他币种。"),
        Text("Choose another debt.", "Elija otra deuda.", "请选择其他债务。"),
    ),
    "no_such_payment": (
        Text("There is no such payment here.", "Aquí no figura ese pago.", "此处没有这笔付款。"),
        Text("Look the payment up again.", "Vuelva a buscar el pago.", "请重新查找该付款。"),
    ),
}


def _mistake(code: str) -> Problem:
    return Problem(code, *_SAID[code], Where())
