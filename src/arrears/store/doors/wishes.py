"""A person's own wishes on when, where and how they are reached: kept in their words with what those mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from arrears.domain.contacts import Medium, PointUse
from arrears.domain.holds import PreferenceKind, WeeklyWindow
from arrears.store.doors.kept_windows import kept_windows, windows_of
from arrears.store.scope import current
from arrears.store.tables.person import Preference

SOURCE: Final = "wish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish on record. ``is_said`` is true of one that was taken down in the person's words and may be ended here."""

    id: int
    kind: PreferenceKind
    words: str
    windows: tuple[WeeklyWindow, ...]
    places: tuple[str, ...]
    media: tuple[str, ...]
    since: datetime
    until: datetime | None
    is_said: bool


def add(
    owner: int,
    person: int,
    kind: PreferenceKind,
    *,
    words: str,
    windows: Sequence[WeeklyWindow],
    places: Sequence[PointUse],
    media: Sequence[Medium],
    at: datetime,
    source_ref: str,
    using: str = "default",
) -> int:
    """Keep a wish in the person's words; return its id."""
    row = Preference.objects.using(using).create(
        organisation_id=owner,
        by_organisation_id=current(using).organisation,
        person_id=person,
        kind=kind,
        words=words,
        windows=kept_windows(windows),
        places=sorted(place.value for place in places),
        media=sorted(medium.value for medium in media),
        from_at=at,
        source_kind=SOURCE,
        source_ref=source_ref,
    )
    return int(row.pk)


def of_person(person: int, *, using: str = "default") -> tuple[Wish, ...]:
    """Return the wishes of a person, the newest first, ended ones too."""
    rows = Preference.objects.using(using).filter(person_id=person).order_by("-from_at", "-pk")
    return tuple(_wish(row) for row in rows)


def end(wish: int, *, person: int, at: datetime, using: str = "default") -> bool:
    """End a wish that was taken down here; False where there is none that still runs."""
    running = Preference.objects.using(using).filter(pk=wish, person_id=person, source_kind=SOURCE, until_at=None)
    return running.update(until_at=at) == 1


def _wish(row: Preference) -> Wish:
    kept: Sequence[Mapping[str, Any]] = row.windows
    return Wish(
        id=row.pk,
        kind=PreferenceKind(row.kind),
        words=row.words,
        windows=windows_of(kept),
        places=tuple(row.places),
        media=tuple(row.media),
        since=row.from_at,
        until=row.until_at,
        is_said=row.source_kind == SOURCE,
    )
