"""Versions of the rules: kept once by their content, with the words behind their codes, named by every decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from arrears.store.tables.work import PackVersion


def keep_version(
    organisation: int,
    *,
    version: str,
    content_hash: bytes,
    codes: Mapping[str, Any],  # JSON
    now: datetime,
    using: str = "default",
) -> int:
    """Return the id of the version with this content, added where the organisation has not decided under it before."""
    rows = PackVersion.objects.using(using)
    found = rows.filter(organisation_id=organisation, content_hash=content_hash).values_list("pk", flat=True).first()
    if found is not None:
        return int(found)
    row = rows.create(
        organisation_id=organisation, version=version, content_hash=content_hash, codes=dict(codes), since=now
    )
    return int(row.pk)


def latest_version(organisation: int, *, using: str = "default") -> int | None:
    """Return the id of the version under which an organisation decided last; None where it never did."""
    rows = PackVersion.objects.using(using).filter(organisation_id=organisation).order_by("-since", "-pk")
    return rows.values_list("pk", flat=True).first()
