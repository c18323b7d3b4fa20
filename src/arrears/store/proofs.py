"""Proofs that a contact is in sealed history: its digest, the way up to the root of its seal, and the chain of seals.

Whoever holds a proof needs nothing of ours to check it: SHA-256, the fields of the contact, and one chained value that
was kept elsewhere.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connections

from arrears.store import seals
from arrears.store.tables.event import Seal

_TABLE: Final = "attempt"
_COLUMN: Final = "attempts_to"


@dataclass(frozen=True, slots=True)
class Proof:
    """A contact's way up to a root: each step is the hash beside it, and whether that one stands on the right."""

    id: int
    seal: int
    digest: bytes
    steps: tuple[tuple[bool, bytes], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One seal of the chain, as it was made: what it covers and the two values that stand for it."""

    number: int
    sealed_at: str
    rows: int
    reach: tuple[int, ...]
    root: bytes
    chained: bytes


def chain(organisation: int, *, using: str = "default") -> tuple[Link, ...]:
    """Return all seals of an organisation in order."""
    rows = Seal.objects.using(using).filter(organisation_id=organisation).order_by("number")
    return tuple(
        Link(
            number=row.number,
            sealed_at=row.sealed_at.isoformat(),
            rows=row.rows,
            reach=tuple(int(getattr(row, column)) for _, column in seals.SEALED),
            root=bytes(row.root),
            chained=bytes(row.chained),
        )
        for row in rows
    )


def proofs_of(
    organisation: int, attempts: Sequence[int], links: Sequence[Link], *, using: str = "default"
) -> tuple[Proof, ...]:
    """Return the proofs of ``attempts`` (ids of contacts about the organisation's debts), none before their seal."""
    place = next(n for n, (_, column) in enumerate(seals.SEALED) if column == _COLUMN)
    reached = [link.reach[place] for link in links]
    by_seal: dict[int, list[int]] = {}
    for attempt in sorted(set(attempts)):
        found = bisect_left(reached, attempt)
        if found < len(links):
            by_seal.setdefault(found, []).append(attempt)
    return tuple(proof for found, ids in by_seal.items() for proof in _of_seal(organisation, ids, links, found, using))


def _of_seal(organisation: int, attempts: list[int], links: Sequence[Link], found: int, using: str) -> list[Proof]:
    """Return the proofs of the contacts under one seal; its tree is built once for all of them."""
    start = links[found - 1].reach if found else (0,) * len(seals.SEALED)
    asked, leaves = frozenset(attempts), list[bytes]()
    wanted: dict[int, tuple[int, bytes]] = {}
    for (table, _), after, until in zip(seals.SEALED, start, links[found].reach, strict=True):
        for number, digest in _digests(table, organisation, after, until, using):
            if table == _TABLE and number in asked:
                wanted[number] = (len(leaves), digest)
            leaves.append(seals.leaf(digest))
    levels = seals.merkle_levels(leaves)
    return [
        Proof(number, links[found].number, digest, _steps(levels, position))
        for number, (position, digest) in sorted(wanted.items())
    ]


def _steps(levels: Sequence[Sequence[bytes]], position: int) -> tuple[tuple[bool, bytes], ...]:
    steps: list[tuple[bool, bytes]] = []
    for level in levels[:-1]:
        beside = position ^ 1
        if beside < len(level):
            steps.append((beside > position, level[beside]))
        position //= 2
    return tuple(steps)


def _digests(table: str, organisation: int, after: int, until: int, using: str) -> list[tuple[int, bytes]]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT id, digest FROM {table} WHERE organisation_id = %s AND id > %s AND id <= %s ORDER BY id",
            [organisation, after, until],
        )
        return [(int(number), bytes(digest)) for number, digest in cursor.fetchall()]
