"""Positions of accounts: what they are made from, in columns, and the rows themselves, written over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arrears.domain.position import COLUMNS, Position
from arrears.engine.ledger.rebuild import ENTRY
from arrears.kernel.calendars import Place
from arrears.store import answers, bookday, copying
from arrears.store.layouts import POSITION_ROW
from arrears.store.tables.work import AccountPosition

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]

_ENTRIES: Final = """
    SELECT id, account_id, amount_minor, principal_minor, coalesce(reverses_id, 0), value_date - date '1970-01-01',
           book_day, detail, kind
    FROM entry WHERE account_id = ANY(%s::bigint[])"""
_BASES: Final = """
    SELECT a.id, a.organisation_id, a.person_id, a.product_id, p.terms, a.country, a.region, o.timezone, p.debt_kind,
           p.consumer_purpose, a.currency
    FROM account a JOIN product p ON p.id = a.product_id JOIN organisation o ON o.id = a.organisation_id
    WHERE a.id = ANY(%s::bigint[]) ORDER BY a.id"""
_BASES_AT_ONCE: Final = 10_000
_LOCK: Final = "SELECT 1 FROM account_position WHERE account = ANY(%s::bigint[]) ORDER BY account FOR UPDATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a position rests on besides its entries: whose it is, whose debt, by which terms, where banks are open."""

    account: int
    owner: int
    person: int
    product: int
    terms: dict[str, Any]  # JSON, read by domain.terms
    place: Place
    timezone: str
    debt_kind: str
    consumer: bool | None
    currency: str


def hold_rows(accounts: Ints, *, using: str = "default") -> None:
    """Wait for other writers of these positions, and keep them out until the transaction ends.

    Entries read after this are all that count: who posts at the same time reads after us and sees ours too. The book
    day of their owners is held first, together with other writers: who took it after the rows could wait for somebody
    closing the day, who waits for a writer, who waits for the rows.
    """
    bookday.share_books_of(accounts.tolist(), using=using)
    answers.asked(_LOCK, [accounts.tolist()], len(accounts), using=using)


def bases_of(accounts: Ints, *, using: str = "default") -> list[Basis]:
    """Return what positions of ``accounts`` rest on, in the order of account ids."""
    found: list[Basis] = []
    for start in range(0, len(accounts), _BASES_AT_ONCE):
        part = accounts[start : start + _BASES_AT_ONCE]
        found.extend(_basis(*row) for row in answers.prepared(_BASES, [part.tolist()], using=using))
    return found


def _basis(
    account: int,
    owner: int,
    person: int,
    product: int,
    terms: dict[str, Any],
    country: str,
    region: str,
    zone: str,
    debt_kind: str,
    consumer: bool | None,  # noqa: FBT001
    currency: str,
) -> Basis:
    return Basis(
        account=account,
        owner=owner,
        person=person,
        product=product,
        terms=terms,
        place=Place(country, region.removeprefix(f"{country}-")),
        timezone=zone,
        debt_kind=debt_kind,
        consumer=consumer,
        currency=currency,
    )


def entries_of(accounts: Ints, *, using: str = "default") -> Rows:
    """Return all entries of ``accounts`` as rows of the ledger's `ENTRY`, in no order."""
    if len(accounts) <= answers.FEW:
        return answers.prepared_rows(_ENTRIES, [accounts.tolist()], ENTRY, using=using)
    return copying.read(_ENTRIES, [accounts.tolist()], ENTRY, using=using)


def write(rows: Rows, *, using: str = "default") -> int:
    """Write positions, rows of ``POSITION_ROW``, over what stood there."""
    assert rows.dtype == POSITION_ROW
    return copying.merge("account_position", rows, ("account",), using=using)


def read(accounts: Sequence[int], *, using: str = "default") -> dict[int, Position]:
    """Return the positions of ``accounts``, by account; one that was never made is left out."""
    rows = AccountPosition.objects.using(using).filter(pk__in=list(accounts))
    return {row.pk: Position(**{n: row.pk if n == "account" else getattr(row, n) for n in COLUMNS}) for row in rows}
