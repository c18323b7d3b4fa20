"""Versions of the rules: kept once by their content, with the words behind their codes, named by every decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from psycopg.types.json import Jsonb

from arrears.store import answers
from arrears.store.scope import current
from arrears.store.tables.work import PackVersion

_OF_CONTENT: Final = "SELECT id FROM pack_version WHERE organisation_id = %s AND content_hash = %s ORDER BY id LIMIT 1"
_KEPT_FOR: Final = "SELECT keep_pack_version(%s, %s, %s, %s, %s)::text"
PAGES: Final = "default"
"""The connection of the pages' role, for which only the rows of its own organisation are open."""


def keep_version(
    organisation: int,
    *,
    version: str,
    content_hash: bytes,
    codes: Mapping[str, Any],  # JSON
    now: datetime,
    using: str = "default",
) -> int:
    """Return the id of the version with this content, added where the organisation has not decided under it before.

    Of two that decide for the first time at once, one waits for the other to commit and takes its version. Who holds
    accounts of ``organisation`` may be the first to decide under its rules: the database lets no other keep one for it.
    """
    found = answers.prepared(_OF_CONTENT, [organisation, content_hash], using=using)
    if not found:
        if using == PAGES and current(using).organisation != organisation:
            answers.prepared(_KEPT_FOR, [organisation, version, content_hash, Jsonb(dict(codes)), now], using=using)
        else:
            row = PackVersion(
                organisation_id=organisation, version=version, content_hash=content_hash, codes=dict(codes), since=now
            )
            PackVersion.objects.using(using).bulk_create([row], ignore_conflicts=True)
        found = answers.prepared(_OF_CONTENT, [organisation, content_hash], using=using)
    return int(found[0][0])


def latest_version(organisation: int, *, using: str = "default") -> int | None:
    """Return the id of the version under which an organisation decided last; None where it never did."""
    rows = PackVersion.objects.using(using).filter(organisation_id=organisation).order_by("-since", "-pk")
    return rows.values_list("pk", flat=True).first()
