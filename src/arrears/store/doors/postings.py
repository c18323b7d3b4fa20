"""Entries one at a time, and the lines of payment feeds that wait for a hand; inside any scope that may post."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connections

from arrears.domain.entries import Entry as Fact
from arrears.domain.entries import EntryKind, taken_out
from arrears.store.scope import current
from arrears.store.tables.account import Account, Entry
from arrears.store.tables.feed import PaymentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry to be posted; its source is what posts it once."""

    owner: int
    account: int
    kind: EntryKind
    value_date: date
    book_day: int
    amount_minor: int
    source_kind: str
    source_ref: str
    principal_minor: int = 0
    detail: int = 0
    reverses: int | None = None
    instruction: Mapping[str, Any] | None = None  # JSON


@dataclass(frozen=True, slots=True)
class Owed:
    """An account as one who posts to it needs it."""

    id: int
    owner: int
    person: int
    number: str
    currency: str


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry as one who reverses it needs it.

    ``reversed_by`` is the entry that takes it out now, None where it stands. ``to_reverse`` is what a reversal has to
    name to take it out: the entry itself, or the last of the reversals that gave it back. ``reverses`` is what it
    names itself, 0 for nothing.
    """

    id: int
    owner: int
    account: int
    kind: EntryKind
    value_date: date
    amount_minor: int
    source_kind: str
    source_ref: str
    reversed_by: int | None
    to_reverse: int
    reverses: int = 0


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A line of a payment feed."""

    id: int
    owner: int
    line: int
    source_ref: str
    value_date: date
    amount_minor: int
    currency: str
    reference: str
    payer: str
    state: str
    reason: str
    account: int | None
    entry: int | None
    file_name: str
    started_at: datetime


_ADD: Final = """
    INSERT INTO entry (organisation_id, account_id, kind, value_date, book_day, amount_minor, principal_minor, detail,
                       reverses_id, instruction, source_kind, source_ref, posted_by_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (organisation_id, source_kind, source_ref) DO NOTHING RETURNING id"""


def add_entry(entry: NewEntry, *, using: str = "default") -> int | None:
    """Post an entry by the user of the scope, return its id; None where its source was posted before."""
    said = None if entry.instruction is None else json.dumps(dict(entry.instruction))
    with connections[using].cursor() as cursor:
        cursor.execute(
            _ADD,
            [
                entry.owner,
                entry.account,
                int(entry.kind),
                entry.value_date,
                entry.book_day,
                entry.amount_minor,
                entry.principal_minor,
                entry.detail,
                entry.reverses,
                said,
                entry.source_kind,
                entry.source_ref,
                current(using).user,
            ],
        )
        found = cursor.fetchone()
    return int(found[0]) if found else None


def owed(account_id: int, *, using: str = "default") -> Owed | None:
    """Return an account that the scope sees."""
    row = Account.objects.using(using).filter(pk=account_id).first()
    return Owed(row.pk, row.organisation_id, row.person_id, row.number, row.currency) if row else None


def owed_by_number(number: str, owner: int, *, using: str = "default") -> Owed | None:
    """Return the account of an owner by its number."""
    row = Account.objects.using(using).filter(organisation_id=owner, number=number.strip()).first()
    return Owed(row.pk, row.organisation_id, row.person_id, row.number, row.currency) if row else None


def people_of(accounts: list[int], *, using: str = "default") -> list[int]:
    """Return the main debtors of accounts, each once."""
    rows = Account.objects.using(using).filter(pk__in=accounts).values_list("person_id", flat=True)
    return sorted(set(rows))


def posted(entry_id: int, *, using: str = "default") -> PostedEntry | None:
    """Return an entry that the scope sees."""
    row = Entry.objects.using(using).filter(pk=entry_id).first()
    return None if row is None else _posted(row, using)


def posted_from(owner: int, source_kind: str, source_ref: str, *, using: str = "default") -> PostedEntry | None:
    """Return the entry of a source."""
    row = Entry.objects.using(using).filter(organisation_id=owner, source_kind=source_kind, source_ref=source_ref)
    found = row.first()
    return None if found is None else _posted(found, using)


def _posted(row: Entry, using: str) -> PostedEntry:
    chain = list(_chain(row.pk, using))
    facts = [
        Fact(entry, EntryKind(kind), row.value_date, row.book_day, 0, reverses=named) for entry, kind, named in chain
    ]
    return PostedEntry(
        row.pk,
        row.organisation_id,
        row.account_id,
        EntryKind(row.kind),
        row.value_date,
        row.amount_minor,
        row.source_kind,
        row.source_ref,
        chain[0][0] if row.pk in taken_out(facts) else None,
        chain[-1][0] if chain else row.pk,
        row.reverses_id or 0,
    )


def _chain(entry_id: int, using: str) -> Iterator[tuple[int, int, int]]:
    """Yield id, kind and what it names of the entry that reverses an entry, of the one that reverses that, and on."""
    rows = Entry.objects.using(using).values_list("pk", "kind", "reverses_id")
    while (found := rows.filter(reverses_id=entry_id).first()) is not None:
        yield found
        entry_id = found[0]


def unmatched(owner: int, *, most: int = 200, using: str = "default") -> tuple[FeedLine, ...]:
    """Return the lines of payment feeds that found no account, oldest first."""
    rows = PaymentLine.objects.using(using).filter(organisation_id=owner, state="unmatched").select_related("batch")
    return tuple(_line(row) for row in rows.order_by("value_date", "pk")[:most])


def count_unmatched(owner: int, *, using: str = "default") -> int:
    """Return how many lines wait for a hand."""
    return PaymentLine.objects.using(using).filter(organisation_id=owner, state="unmatched").count()


def lines_by_hand(owner: int, *, most: int = 50, using: str = "default") -> tuple[FeedLine, ...]:
    """Return the lines that were matched by hand, newest first."""
    rows = PaymentLine.objects.using(using).filter(organisation_id=owner, state="by_hand").select_related("batch")
    return tuple(_line(row) for row in rows.order_by("-decided_at", "-pk")[:most])


def held_line(line_id: int, *, using: str = "default") -> FeedLine | None:
    """Return a line and hold it until the transaction ends, so that of two hands one matches it."""
    row = PaymentLine.objects.using(using).select_for_update(of=("self",)).filter(pk=line_id).first()
    return _line(row) if row else None


def _line(row: PaymentLine) -> FeedLine:
    return FeedLine(
        row.pk,
        row.organisation_id,
        row.line,
        row.source_ref,
        row.value_date,
        row.amount_minor,
        row.currency,
        row.reference,
        row.payer,
        row.state,
        row.reason,
        row.account_id,
        row.entry_id,
        row.batch.file_name,
        row.batch.started_at,
    )


def settle_line(
    line_id: int, state: str, *, account: int, entry: int, reason: str, now: datetime, using: str = "default"
) -> None:
    """Note which account and entry a line came to, and who said so."""
    PaymentLine.objects.using(using).filter(pk=line_id).update(
        state=state,
        account_id=account,
        entry_id=entry,
        reason=reason,
        decided_by_id=current(using).user,
        decided_at=now,
    )


def mark_returned(entry_id: int, reason: str, *, using: str = "default") -> int:
    """Note on the line of a payment that its bank took it back; return how many lines there were."""
    return PaymentLine.objects.using(using).filter(entry_id=entry_id).update(state="returned", reason=reason)


def mark_given_back(entry_id: int, *, using: str = "default") -> int:
    """Note on the line of a payment that counts again that it did not go back; return how many lines there were."""
    lines = PaymentLine.objects.using(using).filter(entry_id=entry_id, state="returned")
    by_hand = lines.filter(decided_by__isnull=False).update(state="by_hand", reason="")
    return by_hand + lines.update(state="matched", reason="")
