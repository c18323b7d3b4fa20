"""Versions of the rules: kept once by their content, with the words behind their codes, named by every decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from arrears.store import answers
from arrears.store.tables.work import PackVersion

_OF_CONTENT: Final = "SELECT id FROM pack_version WHERE organisation_id = %s AND content_hash = %s ORDER BY id LIMIT 1"


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

    Of two that decide for the first time at once, one waits for the other to commit and takes its version.
    """
    found = answers.prepared(_OF_CONTENT, [organisation, content_hash], using=using)
    if not found:
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
