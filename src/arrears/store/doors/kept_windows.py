"""Weekly windows as the book keeps them: JSON, read back to the same."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from arrears.domain.holds import WeeklyWindow


def windows_of(kept: Iterable[Mapping[str, Any]]) -> tuple[WeeklyWindow, ...]:
    """Return weekly windows from their JSON: ``{"days": [0, 1], "start": "09:00", "until": "17:00"}``, 0 is Monday.

    ``"on": "2026-03-02"`` narrows one to that date.
    """
    return tuple(
        WeeklyWindow(
            frozenset(one["days"]),
            time.fromisoformat(one["start"]),
            time.fromisoformat(one["until"]),
            on=date.fromisoformat(one["on"]) if one.get("on") else None,
        )
        for one in kept
    )


def kept_windows(windows: Iterable[WeeklyWindow]) -> list[dict[str, Any]]:
    """Return the JSON of weekly windows; `windows_of` reads it back to the same."""
    return [
        {"days": sorted(one.days), "start": one.start.isoformat("minutes"), "until": one.until.isoformat("minutes")}
        | ({"on": one.on.isoformat()} if one.on else {})
        for one in windows
    ]
