"""What was told of money: kept as it was said, found again where more came to be known later, marked as repaired."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final  # Any: values and rows of a cursor

from django.db import connections
from psycopg.types.json import Jsonb

from arrears.store import answers
from arrears.store.scope import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Amounts about to be told."""

    owner: int
    account: int
    kind: str
    template: str
    language: str
    as_of: date
    known_on: int
    amounts: Mapping[str, int]
    terms_mark: bytes
    document_hash: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """Amounts that were told, with what was known then; ``by`` is the name of whoever told them."""

    id: int
    owner: int
    account: int
    number: str
    person: int
    person_name: str
    currency: str
    kind: str
    template: str
    language: str
    as_of: date
    known_on: int
    last_entry: int
    amounts: Mapping[str, int]
    terms_mark: bytes
    at: datetime
    by: str


_ADD: Final = """
    INSERT INTO told (organisation_id, by_organisation_id, account_id, staff_id, kind, template, language, as_of,
                      known_on, last_entry, amounts, terms_mark, document_hash, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, coalesce((SELECT max(id) FROM entry WHERE account_id = %s), 0),
            %s, %s, %s, %s)
    RETURNING id"""

_SAID: Final = """
    SELECT t.id, t.organisation_id, t.account_id, a.number, a.person_id, p.full_name, a.currency, t.kind, t.template,
           t.language, t.as_of, t.known_on, t.last_entry, t.amounts, t.terms_mark, t.at, coalesce(s.full_name, '')
    FROM told t
    JOIN account a ON a.id = t.account_id
    JOIN person p ON p.id = a.person_id
    LEFT JOIN staff s ON s.id = t.staff_id"""

_OPEN: Final = "NOT EXISTS (SELECT 1 FROM told_repair r WHERE r.told_id = t.id)"
_OVERTAKEN: Final = "EXISTS (SELECT 1 FROM entry e WHERE e.account_id = t.account_id AND e.id > t.last_entry)"

_MARKS: Final = f"""
    SELECT DISTINCT ON (a.product_id, a.country, a.currency, t.terms_mark) t.account_id, t.terms_mark
    FROM told t JOIN account a ON a.id = t.account_id
    WHERE t.organisation_id = %s AND {_OPEN}"""

_REPAIRED: Final = """
    INSERT INTO told_repair (organisation_id, account_id, told_id, staff_id, remedy, amounts, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (told_id) DO NOTHING RETURNING id"""


def add(saying: Saying, *, at: datetime, using: str = "default") -> int:
    """Keep what is told by the user of the scope; return its id."""
    by = current(using)
    values = [
        saying.owner,
        by.organisation,
        saying.account,
        by.user,
        saying.kind,
        saying.template,
        saying.language,
        saying.as_of,
        saying.known_on,
        saying.account,
        Jsonb(dict(saying.amounts)),
        saying.terms_mark,
        saying.document_hash,
        at,
    ]
    ((made,),) = answers.prepared(_ADD, values, using=using)
    return int(made)


def told_of(account: int, *, using: str = "default") -> tuple[Said, ...]:
    """Return all that was told about an account, the latest first."""
    return _read(f"{_SAID} WHERE t.account_id = %s ORDER BY t.id DESC", [account], using)


def told(told_id: int, *, using: str = "default") -> Said | None:
    """Return one thing that was told and is not repaired; None where there is none that this scope may see."""
    return next(iter(_read(f"{_SAID} WHERE t.id = %s AND {_OPEN}", [told_id], using)), None)


def marks_in_use(owner: int, *, using: str = "default") -> list[tuple[int, bytes]]:
    """Return for each way in which open tellings were computed one account and the digest of the terms of then."""
    with connections[using].cursor() as cursor:
        cursor.execute(_MARKS, [owner])
        return [(int(account), bytes(mark)) for account, mark in cursor.fetchall()]


def overtaken(owner: int, marks: list[bytes], *, most: int, using: str = "default") -> tuple[Said, ...]:
    """Return open tellings after which an entry came in, or by terms with one of ``marks``; the oldest first."""
    found = f"{_SAID} WHERE t.organisation_id = %s AND {_OPEN} AND ({_OVERTAKEN} OR t.terms_mark = ANY(%s))"
    return _read(f"{found} ORDER BY t.id LIMIT %s", [owner, marks, most], using)


def add_repair(
    said: Said, remedy: str, amounts: Mapping[str, int], *, staff: int, at: datetime, using: str = "default"
) -> bool:
    """Keep that ``staff`` set right what was told; False where somebody did so already."""
    values: list[Any] = [said.owner, said.account, said.id, staff, remedy, json.dumps(dict(amounts)), at]
    with connections[using].cursor() as cursor:
        cursor.execute(_REPAIRED, values)
        return cursor.fetchone() is not None


def _read(sql: str, values: list[Any], using: str) -> tuple[Said, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(_said(*row) for row in cursor.fetchall())


def _said(*row: Any) -> Said:
    found = Said(*row)
    amounts: Any = found.amounts
    read = json.loads(amounts) if isinstance(amounts, str) else amounts
    return replace(found, amounts=read, terms_mark=bytes(found.terms_mark))
