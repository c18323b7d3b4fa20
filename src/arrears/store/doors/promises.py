"""Promises as they were said, and what became of them by the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Max

from arrears.domain.entries import Entry as Fact
from arrears.domain.entries import EntryKind
from arrears.domain.promises import Promise as Said
from arrears.store import answers
from arrears.store.scope import current
from arrears.store.tables.account import Account, Entry
from arrears.store.tables.promise import Promise

JUDGED: Final = ("open", "provisional", "kept", "part_kept", "broken")
_SOURCE: Final = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A promise as it is kept: all four of amount, date, hour and means, and whether one may call or write then.

    ``plan`` is the plan whose instalment it names; ``replaces`` the promise whose place it takes.
    """

    owner: int
    account: int
    person: int
    kind: str
    state: str
    amount_minor: int
    due_on: date
    due_hour: int
    means: str
    confidence: str
    may_call: bool
    may_write: bool
    attempt: int | None
    at: datetime
    book_day: int
    plan: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A promise as it stands."""

    id: int
    owner: int
    by_organisation: int
    account: int
    person: int
    kind: str
    state: str
    amount_minor: int
    kept_minor: int
    due_on: date
    due_hour: int
    means: str
    taken_at: datetime
    taken_by: int | None
    after_entry: int
    plan: int | None = None

    def said(self, taken_on: date) -> Said:
        """Return it as the ledger judges it; ``taken_on`` is the day it was taken on the owner's calendar."""
        return Said(self.id, taken_on, self.due_on, self.amount_minor, self.after_entry)


def add(taken: Taken, *, using: str = "default") -> int:
    """Add a promise, return its id. It remembers the latest entry of its account: only later ones can keep it."""
    latest = Entry.objects.using(using).filter(account_id=taken.account).aggregate(latest=Max("pk"))["latest"] or 0
    number = Promise.objects.using(using).filter(account_id=taken.account, source_kind=_SOURCE).count() + 1
    row = Promise.objects.using(using).create(
        organisation_id=taken.owner,
        by_organisation_id=current(using).organisation,
        account_id=taken.account,
        person_id=taken.person,
        attempt_id=taken.attempt,
        taken_by_id=current(using).user,
        kind=taken.kind,
        state=taken.state,
        taken_at=taken.at,
        book_day=taken.book_day,
        amount_minor=taken.amount_minor,
        due_on=taken.due_on,
        due_hour=taken.due_hour,
        means=taken.means,
        confidence=taken.confidence,
        may_call=taken.may_call,
        may_write=taken.may_write,
        plan_id=taken.plan,
        replaces_id=taken.replaces,
        source_kind=_SOURCE,
        source_ref=f"{taken.account}:{number}:{latest}",
    )
    return int(row.pk)


def is_taken_on(attempt_id: int, *, using: str = "default") -> bool:
    """Return whether a promise, an arrangement or a pay-day call was noted on an attempt."""
    return Promise.objects.using(using).filter(attempt_id=attempt_id).exclude(state="withdrawn").exists()


def due_on_of(attempt_id: int, *, using: str = "default") -> date | None:
    """Return the first day on which something promised on an attempt falls due; None where nothing was."""
    rows = Promise.objects.using(using).filter(attempt_id=attempt_id).exclude(state="withdrawn")
    return rows.order_by("due_on").values_list("due_on", flat=True).first()


def promise(promise_id: int, *, using: str = "default") -> Standing | None:
    """Return a promise; None where the scope sees no such one."""
    row = Promise.objects.using(using).filter(pk=promise_id).first()
    return None if row is None else _standing(row)


def to_judge(accounts: Iterable[int], *, using: str = "default") -> dict[int, list[Standing]]:
    """Return the promises that the ledger judges, by account, in the order they were taken."""
    rows = Promise.objects.using(using).filter(
        account_id__in=list(accounts), state__in=JUDGED, kind__in=("promise", "arrangement")
    )
    found: dict[int, list[Standing]] = {}
    for row in rows.order_by("taken_at", "pk"):
        found.setdefault(row.account_id, []).append(_standing(row))
    return found


def open_on(accounts: Iterable[int], *, using: str = "default") -> list[Standing]:
    """Return what is promised on accounts and still to come, by due date: promises, arrangements asked for or open."""
    rows = Promise.objects.using(using).filter(account_id__in=list(accounts), state__in=("asked", "open"))
    return [_standing(row) for row in rows.exclude(kind="pay_day_call").order_by("due_on", "due_hour", "pk")]


def _standing(row: Promise) -> Standing:
    return Standing(
        id=row.pk,
        owner=row.organisation_id,
        by_organisation=row.by_organisation_id,
        account=row.account_id,
        person=row.person_id,
        kind=row.kind,
        state=row.state,
        amount_minor=row.amount_minor,
        kept_minor=row.kept_minor,
        due_on=row.due_on,
        due_hour=row.due_hour,
        means=row.means,
        taken_at=row.taken_at,
        taken_by=row.taken_by_id,
        after_entry=int(row.source_ref.rpartition(":")[2]) if row.source_kind == _SOURCE else 0,
        plan=row.plan_id,
    )


def set_judgement(
    promise_id: int, *, state: str, kept_minor: int, on: date, book_day: int, using: str = "default"
) -> None:
    """Write down what the ledger says of a promise."""
    Promise.objects.using(using).filter(pk=promise_id).update(
        state=state, kept_minor=kept_minor, judged_on=on, judged_book_day=book_day
    )


def decide(promise_id: int, *, kind: str, state: str, by: int | None, at: datetime, using: str = "default") -> bool:
    """Decide on an arrangement that was asked for; False where somebody has decided already."""
    rows = Promise.objects.using(using).filter(pk=promise_id, state="asked")
    return rows.update(kind=kind, state=state, approved_by_id=by, approved_at=at) == 1


def withdraw(promise_id: int, *, is_late: bool = False, using: str = "default") -> bool:
    """Take back a promise that is not judged yet, or where it ``is_late`` one that is broken; else False."""
    states = ("asked", "open", "part_kept", "broken") if is_late else ("asked", "open")
    rows = Promise.objects.using(using).filter(pk=promise_id, state__in=states)
    return rows.update(state="withdrawn") == 1


def facts_of(accounts: Sequence[int], *, using: str = "default") -> dict[int, list[Fact]]:
    """Return the entries of accounts as the ledger reads them, by account."""
    found: dict[int, list[Fact]] = {account: [] for account in accounts}
    for account, *said in answers.asked(_FACTS, [list(found)], len(found), using=using):
        entry, kind, value_date, book_day, amount, principal, reverses, detail = said
        found[account].append(
            Fact(
                id=entry,
                kind=EntryKind(kind),
                value_date=value_date,
                book_day=book_day,
                amount=amount,
                principal=principal,
                reverses=reverses,
                detail=detail,
            )
        )
    return found


_FACTS: Final = """
    SELECT account_id, id, kind, value_date, book_day, amount_minor, principal_minor, coalesce(reverses_id, 0), detail
    FROM entry WHERE account_id = ANY(%s::bigint[]) ORDER BY id"""


def person_owing(account_id: int, *, using: str = "default") -> tuple[int, int] | None:
    """Return (owner, main debtor) of an account; None where the scope sees no such one."""
    rows = Account.objects.using(using).filter(pk=account_id)
    return rows.values_list("organisation_id", "person_id").first()
