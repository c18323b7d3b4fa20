"""Seals: every few minutes the digests of what was added are folded into one root, chained to the root before.

A row that is changed, dropped, slipped in or cut off at the end no longer gives the root that was sealed. The newest
``chained`` value, kept elsewhere, anchors all of it: whoever rewrites the whole chain cannot reproduce that.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from django.db import OperationalError, connections, transaction

from arrears.store.tables.event import Seal

#: Tables whose rows are sealed, in the order in which their digests become leaves; each has a column of its own.
SEALED: Final = (("entry", "entries_to"), ("event", "events_to"), ("attempt", "attempts_to"))
_NOTHING: Final = bytes(32)
_PATIENCE = "250ms"
_FETCH = 10_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that does not hold: its number, and what seems to have happened to the rows below it."""

    number: int
    kind: str
    """changed, dropped, added (to a past that was sealed), unchained, or missing (the anchor's seal is not there)."""


def seal(organisation_id: int, now: datetime, *, using: str = "night") -> Seal | None:
    """Seal what the organisation's history gained since its last seal; None where nothing did, or writers were busy.

    Waits briefly until no writer is half-way, looks how far the history reaches, and lets them go on before hashing.
    """
    before = _last(organisation_id, using)
    reach = _reach(organisation_id, using)
    if reach is None or (before is not None and reach == _reached_by(before)):
        return None
    start = _reached_by(before) if before else [0] * len(SEALED)
    root, rows = _root_between(organisation_id, start, reach, using)
    if rows == 0:
        return None
    number = before.number + 1 if before else 1
    fresh = Seal(organisation_id=organisation_id, number=number, sealed_at=now, rows=rows, root=root)
    for (_, column), last in zip(SEALED, reach, strict=True):
        setattr(fresh, column, last)
    fresh.chained = _chained(fresh, bytes(before.chained) if before else _NOTHING)
    fresh.save(using=using, force_insert=True)
    return fresh


def verify(organisation_id: int, *, anchor: tuple[int, bytes] | None = None, using: str = "night") -> list[Broken]:
    """Return every seal that no longer holds; ``anchor`` is the number and ``chained`` of one, kept elsewhere."""
    seals = list(Seal.objects.using(using).filter(organisation_id=organisation_id).order_by("number"))
    broken = [_missing(number) for number, found in enumerate(seals, 1) if found.number != number][:1]
    for before, here in pairwise([None, *seals]):
        assert here is not None
        if (kind := _fault(organisation_id, before, here, using)) is not None:
            broken.append(Broken(here.number, kind))
    if anchor is not None:
        broken += _against(anchor, seals)
    return broken


def _against(anchor: tuple[int, bytes], seals: list[Seal]) -> list[Broken]:
    number, chained = anchor
    found = next((one for one in seals if one.number == number), None)
    if found is None:
        return [_missing(number)]
    return [] if bytes(found.chained) == chained else [Broken(number, "unchained")]


def _missing(number: int) -> Broken:
    return Broken(number, "missing")


def _fault(organisation_id: int, before: Seal | None, here: Seal, using: str) -> str | None:
    start = _reached_by(before) if before else [0] * len(SEALED)
    root, rows = _root_between(organisation_id, start, _reached_by(here), using)
    if rows != here.rows:
        return "dropped" if rows < here.rows else "added"
    if root != bytes(here.root):
        return "changed"
    chained = _chained(here, bytes(before.chained) if before else _NOTHING)
    return None if chained == bytes(here.chained) else "unchained"


def _last(organisation_id: int, using: str) -> Seal | None:
    return Seal.objects.using(using).filter(organisation_id=organisation_id).order_by("-number").first()


def _reached_by(sealed: Seal) -> list[int]:
    return [int(getattr(sealed, column)) for _, column in SEALED]


def _reach(organisation_id: int, using: str) -> list[int] | None:
    """Return the last id of each table while no writer is half-way; None where they would not pause."""
    lock = f"book {organisation_id}"
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [lock])
            cursor.execute("SET LOCAL lock_timeout = 0")
            try:
                return [_last_id(table, organisation_id, using) for table, _ in SEALED]
            finally:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [lock])
    except OperationalError as refusal:
        if "lock timeout" in str(refusal):
            return None
        raise


def _last_id(table: str, organisation_id: int, using: str) -> int:
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table} WHERE organisation_id = %s", [organisation_id])
        return int(cursor.fetchone()[0])


def _root_between(organisation_id: int, start: list[int], end: list[int], using: str) -> tuple[bytes, int]:
    leaves = [
        leaf(digest)
        for (table, _), first, last in zip(SEALED, start, end, strict=True)
        for digest in _digests(table, organisation_id, first, last, using)
    ]
    return merkle_root(leaves), len(leaves)


def _digests(table: str, organisation_id: int, after: int, until: int, using: str) -> Iterator[bytes]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT digest FROM {table} WHERE organisation_id = %s AND id > %s AND id <= %s ORDER BY id",
            [organisation_id, after, until],
        )
        while rows := cursor.fetchmany(_FETCH):
            yield from (bytes(row[0]) for row in rows)


def leaf(digest: bytes) -> bytes:
    """Return the leaf that stands for a row's digest."""
    return _hash(b"\x00", digest)


def merkle_root(leaves: list[bytes]) -> bytes:
    """Return the root over leaf hashes, as RFC 6962 pairs them; of no leaves, 32 zero bytes."""
    level = leaves or [_NOTHING]
    while len(level) > 1:
        level = _up(level)
    return level[0]


def merkle_levels(leaves: list[bytes]) -> list[list[bytes]]:
    """Return all levels of the tree, the leaves first and the root last."""
    levels = [leaves or [_NOTHING]]
    while len(levels[-1]) > 1:
        levels.append(_up(levels[-1]))
    return levels


def _up(level: list[bytes]) -> list[bytes]:
    """Return the level above: pairs hashed together, one left over as it is."""
    paired = [_hash(b"\x01", left + right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return paired + level[len(paired) * 2 :]


def _hash(mark: bytes, said: bytes) -> bytes:
    return hashlib.sha256(mark + said).digest()


def _chained(sealed: Seal, before: bytes) -> bytes:
    said = [sealed.organisation_id, sealed.number, sealed.rows, *_reached_by(sealed)]
    return hashlib.sha256(before + bytes(sealed.root) + ",".join(map(str, said)).encode()).digest()
